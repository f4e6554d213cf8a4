"""What moving an event's sessions would mean: rooms, trainers, catering, and who must be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.days import bank_holidays, day_words, short_day
from lle_desk.courses.queries.events import SessionRow, sessions_of
from lle_desk.courses.queries.telling import PersonToTell, people_concerned
from lle_desk.rooms.models import CateringLine, RoomUse
from lle_desk.rooms.queries import diary_of, space_facts
from lle_desk.rooms.rules import Slot, Wanted, minutes_of
from lle_desk.trainers.queries import clash_words


@dataclass(frozen=True, slots=True)
class WantedSession:
    """A session as typed. `number` is its place in the form; `session_id` None is a new one."""

    number: int
    session_id: int | None
    starts_at: datetime
    ends_at: datetime
    outside_venue: str
    trainer_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SessionClash:
    """What stands in the way of one session, a sentence; `may_force`: a reason lets it be."""

    number: int
    words: str
    may_force: bool = False


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What a change of an event's sessions would mean.

    `moves` says in words what goes along; `people` are the bookings to be told, empty while
    no day, time or room changes.
    """

    clashes: tuple[SessionClash, ...]
    moves: tuple[str, ...]
    people: tuple[PersonToTell, ...]


def move_preview(session: Session, event_id: int, wanted: Sequence[WantedSession]) -> MovePreview:
    """Return what stands in the way of these sessions, and what they would take along.

    `event_id` 0 is an event that is not there yet.
    """
    rows = sessions_of(session, event_id) if event_id else []
    known = {row.id: row for row in rows}
    clashes = [*_own_clashes(wanted)]
    moves: list[str] = []
    uses = tuple(row.room_use_id for row in rows if row.room_use_id)
    times = tuple(one.time_id for row in rows for one in row.trainers)
    for one in wanted:
        row = known.get(one.session_id or 0)
        holiday = bank_holidays().get(one.starts_at.date())
        if holiday:
            day = day_words(one.starts_at.date())
            clashes.append(SessionClash(one.number, f"{day} is {holiday}."))
        clashes += _trainer_clashes(session, one, times)
        if row is None:
            continue
        if (row.starts_at, row.ends_at) != (one.starts_at, one.ends_at):
            clashes += _room_clashes(session, row, one, uses)
            moves.append(_moved_words(session, row, one))
    gone = set(known) - {one.session_id for one in wanted}
    moves += [f"{short_day(known[at].starts_at.date())} is struck out" for at in sorted(gone)]
    if event_id and rows:
        moves += [
            f"{short_day(one.starts_at.date())} is new" for one in wanted if one.session_id is None
        ]
    people = people_concerned(session, event_id) if event_id and moves else ()
    return MovePreview(tuple(clashes), tuple(moves), people)


def _own_clashes(wanted: Sequence[WantedSession]) -> list[SessionClash]:
    found = []
    in_order = sorted(wanted, key=lambda one: one.starts_at)
    for at, one in enumerate(in_order):
        for other in in_order[:at]:
            if one.starts_at < other.ends_at:
                words = f"It overlaps with session {other.number + 1} of this event."
                found.append(SessionClash(one.number, words))
                break
    return found


def _trainer_clashes(
    session: Session, one: WantedSession, leaving_out: Sequence[int]
) -> list[SessionClash]:
    said = (
        clash_words(session, trainer_id, one.starts_at, one.ends_at, leaving_out)
        for trainer_id in one.trainer_ids
    )
    return [SessionClash(one.number, f"{words}.") for words in said if words]


def _room_clashes(
    session: Session, row: SessionRow, one: WantedSession, leaving_out: tuple[int, ...]
) -> list[SessionClash]:
    """Return why the session's room cannot go along; the event's own rooms move away first."""
    if row.space_id is None or row.room_use_id is None or one.outside_venue:
        return []
    use = session.get_one(RoomUse, row.room_use_id)
    wanted = Wanted(
        one.starts_at,
        one.ends_at,
        row.heads,
        row.layout,
        minutes_of(use.reserved_from, use.starts_at),
        minutes_of(use.ends_at, use.reserved_to),
        use.id,
    )
    [space] = space_facts(session, space_ids=[row.space_id])
    slot = wanted.reserved_in(space)
    span = Slot(slot.starts_at, slot.ends_at)
    fit = diary_of(session, [space], span, without=leaving_out).judge(space, wanted)
    if fit.fits or (fit.may_force and use.over_capacity_reason):
        return []
    return [SessionClash(one.number, fit.reason, may_force=fit.may_force)]


def _moved_words(session: Session, row: SessionRow, one: WantedSession) -> str:
    """Return what a session takes along: its room, its trainers, how many lines of catering."""
    along = [row.room] if row.room and not one.outside_venue else []
    along += [held.name for held in row.trainers if held.trainer_id in one.trainer_ids]
    if row.room_use_id is not None and not one.outside_venue:
        lines = session.scalar(
            select(func.count())
            .select_from(CateringLine)
            .where(CateringLine.room_use_id == row.room_use_id, CateringLine.quantity > 0)
        )
        if lines:
            along.append("its catering")
    day = short_day(row.starts_at.date())
    same = one.starts_at.date() == row.starts_at.date()
    to = "gets other times" if same else f"moves to {day_words(one.starts_at.date())}"
    return f"{day} {to}{', with ' + ', '.join(along) if along else ''}"
