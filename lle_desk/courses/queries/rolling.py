"""The year rolled forward: which events there are to roll, and how each would stand a year on."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.core.settings import setting
from lle_desk.courses.models import Course, Event
from lle_desk.courses.queries.events import SessionRow, sessions_by_event
from lle_desk.courses.queries.roll_rooms import Clash, MeantSession, RollDiary, RoomOption
from lle_desk.courses.rules import EventState
from lle_desk.officers.models import Service
from lle_desk.rooms.rules.school_terms import SchoolTerms, YearLater, terms_told, year_of

ROLLED = uuid.UUID("5b0f6c1a-6b57-4f0e-8f43-0a52c8a4d6c1")
SHIFTS = (0, 7, -7, 14, -14)  # days that all of an event is moved by to miss a closed day


@dataclass(frozen=True, slots=True)
class RollQuestion:
    """Whose events: those that begin on the days from `first` to `last`, both counted."""

    first: date
    last: date
    service_id: int | None = None


@dataclass(slots=True)
class Progress:
    """How far a look is. The worker counts, the screen reads and may ask it to stop."""

    done: int = 0
    of: int = 0
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class RollEvent:
    """An event that may be rolled; `made` is the code of what was made of it already."""

    id: int
    version: int
    client_uuid: str  # of the event that is to be made
    code: str
    title: str
    service_code: str
    first_on: date
    last_on: date
    made: str


@dataclass(frozen=True, slots=True)
class RollLine:
    """One event of the report: its new times, rooms to choose from, and what is wrong.

    `options` are best first and empty where no session had a room, or none can be had.
    """

    event: RollEvent
    meant: tuple[MeantSession, ...]
    trainer_ids: tuple[tuple[int, ...], ...]  # by session
    trainers: str
    week: str
    options: tuple[RoomOption, ...]
    had_room: bool
    clashes: tuple[Clash, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong, in words."""
        return tuple(clash.words for clash in self.clashes)

    @property
    def to_open(self) -> tuple[Clash, ...]:
        """What is in the way and can be opened, each once."""
        found = {(clash.kind, clash.id): clash for clash in self.clashes if clash.kind}
        return tuple(found.values())

    @property
    def room_was(self) -> str:
        return ", ".join(dict.fromkeys(one.was.venue for one in self.meant))


def school_terms(session: Session) -> SchoolTerms:
    """Return the county's terms as the setting tells them, else the usual ones.

    Raises:
        OfficerError: the setting cannot be read.
    """
    try:
        return SchoolTerms(terms_told(setting(session, "school_terms", str)))
    except ValueError as error:
        raise OfficerError(f"The setting school_terms is wrong. {error}") from error


def roll_events(session: Session, ask: RollQuestion) -> list[RollEvent]:
    """Return the events that began in that time and were not called off, by day."""
    found = (
        select(
            Event.id,
            Event.version,
            Event.client_uuid,
            Event.code,
            Course.title,
            Service.code.label("service_code"),
            Event.first_on,
            Event.last_on,
        )
        .join(Course, Course.id == Event.course_id)
        .join(Service, Service.id == Course.service_id)
        .where(
            Event.first_on >= ask.first,
            Event.first_on <= ask.last,
            Event.state != str(EventState.CANCELLED),
        )
        .order_by(Event.first_on, Event.code)
    )
    if ask.service_id is not None:
        found = found.where(Course.service_id == ask.service_id)
    rows = session.execute(found).all()
    meant = {row.id: new_uuid_of(row.client_uuid, year_of(row.first_on) + 1) for row in rows}
    made = _made(session, list(meant.values()))
    return [
        RollEvent(
            row.id,
            row.version,
            meant[row.id],
            row.code,
            row.title,
            row.service_code,
            row.first_on,
            row.last_on or row.first_on,
            made.get(meant[row.id], ""),
        )
        for row in rows
    ]


def new_uuid_of(client_uuid: str, year: int) -> str:
    """Return what names the event that another becomes in a school year: always the same."""
    return str(uuid.uuid5(ROLLED, f"{client_uuid} {year}"))


def roll_look(
    session: Session, ask: RollQuestion, event_ids: frozenset[int], progress: Progress
) -> tuple[RollLine, ...]:
    """Return the plan of these events of that time as they are now; see `roll_plan`."""
    events = [event for event in roll_events(session, ask) if event.id in event_ids]
    return roll_plan(session, events, progress)


def roll_plan(
    session: Session, events: Sequence[RollEvent], progress: Progress
) -> tuple[RollLine, ...]:
    """Return how each event would stand a year later, in their order; nothing is changed.

    Rooms and trainers that an earlier one of them takes are taken for the later ones. Fewer are
    returned when the look was stopped.

    Raises:
        OfficerError: the setting of the terms cannot be read.
    """
    progress.of, progress.done = len(events), 0
    terms, diary = school_terms(session), RollDiary(session)
    sessions = sessions_by_event(session, [event.id for event in events])
    lines = []
    for event in events:
        if progress.is_stopped:
            break
        lines.append(_line(event, sessions.get(event.id, []), terms, diary))
        progress.done += 1
    return tuple(lines)


def _line(
    event: RollEvent, sessions: Sequence[SessionRow], terms: SchoolTerms, diary: RollDiary
) -> RollLine:
    meant, later, problems = _new_times(sessions, terms, diary)
    clashes = [Clash(words) for words in problems]
    options, wrong = diary.rooms_for(meant)
    had_room = any(one.was.space_id for one in meant)
    clashes += wrong
    if had_room and not options:
        clashes.append(Clash("no room that fits is free"))
    free: list[tuple[int, ...]] = []
    for one in meant:
        ids, busy = diary.trainers_for(one)
        free.append(tuple(ids))
        clashes += [clash for clash in busy if clash not in clashes]
    diary.take(event.title, meant, options[0] if options else None, free)
    return RollLine(
        event=event,
        meant=tuple(meant),
        trainer_ids=tuple(free),
        trainers=_names(meant, free),
        week=later.week.words if later and later.week else "holidays",
        options=tuple(options),
        had_room=had_room,
        clashes=tuple(clashes),
    )


def _new_times(
    sessions: Sequence[SessionRow], terms: SchoolTerms, diary: RollDiary
) -> tuple[list[MeantSession], YearLater | None, list[str]]:
    """Return the sessions a year later, clear of bank holidays and closed days where that works."""
    if not sessions:
        return [], None, []
    later = terms.year_later(sessions[0].starts_at.date())
    days = [terms.year_later(row.starts_at.date()).day for row in sessions]
    old = [row.starts_at.date() for row in sessions]
    steps = zip(pairwise(old), pairwise(days), strict=True)
    if any((a < b) != (x < y) for (a, b), (x, y) in steps):
        days = [later.day + (day - old[0]) for day in old]  # keep them apart as they are
    problems = []
    if later.week is None:
        problems.append("it is in the school holidays: 52 weeks later")
    elif later.is_cut:
        problems.append(f"{later.week.words} has no such day then: the nearest week that has it")
    first_fault = ""
    for shift in SHIFTS:
        moved = [day + timedelta(days=shift) for day in days]
        meant = [_on(row, day) for row, day in zip(sessions, moved, strict=True)]
        fault = next((words for words in map(diary.closed_words, meant) if words), "")
        first_fault = first_fault or fault
        if not fault:
            if shift:
                problems.append(f"{first_fault}: moved {_weeks_words(shift)}")
            return meant, later, problems
    problems.append(f"{first_fault}, and so are the weeks around it")
    return [_on(row, day) for row, day in zip(sessions, days, strict=True)], later, problems


def _on(row: SessionRow, day: date) -> MeantSession:
    by = day - row.starts_at.date()
    return MeantSession(row, row.starts_at + by, row.ends_at + by)


def _weeks_words(shift: int) -> str:
    weeks = abs(shift) // 7
    count = "a week" if weeks == 1 else f"{weeks} weeks"
    return f"{count} {'later' if shift > 0 else 'earlier'}"


def _names(meant: Sequence[MeantSession], free: Sequence[Sequence[int]]) -> str:
    names: dict[str, None] = {}
    for one, ids in zip(meant, free, strict=True):
        names |= {held.name: None for held in one.was.trainers if held.trainer_id in ids}
        if one.was.trainer_names:
            names[one.was.trainer_names] = None
    return ", ".join(names)


def _made(session: Session, meant: Sequence[str]) -> dict[str, str]:
    """Return the codes of those that were made already."""
    found: dict[str, str] = {}
    for start in range(0, len(meant), 500):
        some = meant[start : start + 500]
        asked = select(Event.client_uuid, Event.code).where(Event.client_uuid.in_(some))
        found |= {row[0]: row[1] for row in session.execute(asked)}
    return found
