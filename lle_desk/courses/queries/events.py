"""The programme: the list of events with what each needs, and the card of one event."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from lle_desk.courses.models import Course, Event, EventSession
from lle_desk.courses.rules import UNDECIDED, EventState, Need, Standing, needs_of
from lle_desk.officers.models import Officer, OfficerService, Service
from lle_desk.rooms.models import RoomUse, Space
from lle_desk.trainers.queries import SessionTrainer, session_trainers

NO_ROOM = "No room yet"
HERE, OUTSIDE = "here", "outside"  # in our rooms (or to be), or at somebody else's


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events to list: those with a session from `first` to `last`, both counted.

    `officer` keeps the services that login knows best, "" all; `words` must each stand in
    the title or the code. `venue` is "" for all, else HERE or OUTSIDE.
    """

    first: date
    last: date
    officer: str = ""
    no_room: bool = False
    below_minimum: bool = False
    with_waiting: bool = False
    words: str = ""
    service_id: int | None = None
    state: str = ""
    venue: str = ""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session with where it is: a room of ours, a venue outside, or nothing yet."""

    id: int
    version: int
    starts_at: datetime
    ends_at: datetime
    outside_venue: str
    trainer_names: str
    room_use_id: int | None
    space_id: int | None
    room: str
    layout: str
    heads: int
    trainers: tuple[SessionTrainer, ...] = ()

    @property
    def trainer_words(self) -> str:
        """All who teach: those whose time is held, then those outside our list."""
        names = [trainer.name for trainer in self.trainers]
        return ", ".join([*names, self.trainer_names] if self.trainer_names else names)

    @property
    def is_placed(self) -> bool:
        return bool(self.room or self.outside_venue)

    @property
    def venue(self) -> str:
        return self.room or self.outside_venue or NO_ROOM


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of the list, shown at its first session within the days asked for."""

    id: int
    version: int
    course_id: int
    code: str
    title: str
    service_code: str
    state: str
    capacity: int
    minimum: int
    decision_on: date | None
    held: int
    waiting: int
    first_on: date | None
    shown: SessionRow | None
    day_number: int  # which of its days `shown` is, from 1
    days: int
    without_room: int

    @property
    def needs(self) -> tuple[Need, ...]:
        return needs_of(
            Standing(
                state=self.state,
                held=self.held,
                waiting=self.waiting,
                capacity=self.capacity,
                minimum=self.minimum,
                decision_on=self.decision_on,
                without_room=self.without_room,
            )
        )

    @property
    def long_title(self) -> str:
        if self.days < 2:
            return self.title
        if self.day_number > 1:
            return f"{self.title}, day {self.day_number}"
        return f"{self.title} ({self.days} days)"


@dataclass(frozen=True, slots=True)
class EventCounts:
    """How many events each filter would keep, for the chips."""

    no_room: int
    below_minimum: int
    with_waiting: int


def event_list(session: Session, ask: EventFilter) -> list[EventRow]:
    """Return the events by the day and time they are shown at."""
    found = _events().where(*_conditions(ask, _chips(ask)))
    heads = session.execute(found).all()
    sessions = sessions_by_event(session, [head.id for head in heads])
    rows = [_event_row(head, sessions.get(head.id, []), ask) for head in heads]
    return sorted(rows, key=_shown_at)


def event_counts(session: Session, ask: EventFilter) -> EventCounts:
    """Return how many events need what, in the days and services asked for."""
    where = _conditions(ask, ())
    counted = (
        select(func.count()).select_from(Event).join(Course, Course.id == Event.course_id)
    ).where(*where)
    return EventCounts(
        no_room=session.scalar(counted.where(_has_no_room())) or 0,
        below_minimum=session.scalar(counted.where(_is_below_minimum())) or 0,
        with_waiting=session.scalar(counted.where(Event.places_waiting > 0)) or 0,
    )


def sessions_of(session: Session, event_id: int) -> list[SessionRow]:
    """Return the sessions of an event, by time."""
    return sessions_by_event(session, [event_id]).get(event_id, [])


def event_row(session: Session, event_id: int) -> EventRow:
    """Return one event as the list shows it, at its first session.

    Raises:
        LookupError: there is none of that number.
    """
    head = session.execute(_events().where(Event.id == event_id)).first()
    if head is None:
        raise LookupError(f"There is no event {event_id}")
    far = EventFilter(date(2000, 1, 1), date(2199, 12, 31))
    return _event_row(head, sessions_of(session, event_id), far)


def event_rows(session: Session, event_ids: list[int]) -> list[EventRow]:
    """Return these events as the list shows them, each at its first session."""
    heads = session.execute(_events().where(Event.id.in_(event_ids))).all()
    sessions = sessions_by_event(session, event_ids)
    far = EventFilter(date(2000, 1, 1), date(2199, 12, 31))
    return [_event_row(head, sessions.get(head.id, []), far) for head in heads]


def day_of_event(session: Session, event_id: int) -> date | None:
    """Return the first day of an event, so that the list can be turned to it."""
    return session.scalar(select(Event.first_on).where(Event.id == event_id))


def _events() -> Select[
    int, int, int, str, str, str, str, int, int, date | None, int, int, date | None
]:
    return (
        select(
            Event.id,
            Event.version,
            Event.course_id,
            Event.code,
            Course.title,
            Service.code.label("service_code"),
            Event.state,
            Event.capacity,
            Event.minimum,
            Event.decision_on,
            Event.places_held,
            Event.places_waiting,
            Event.first_on,
        )
        .join(Course, Course.id == Event.course_id)
        .join(Service, Service.id == Course.service_id)
    )


def conditions(ask: EventFilter) -> list[ColumnElement[bool]]:
    """Return what an event must be to be listed."""
    return _conditions(ask, _chips(ask))


def _conditions(
    ask: EventFilter, chips: Iterable[ColumnElement[bool]]
) -> list[ColumnElement[bool]]:
    from_start = datetime.combine(ask.first, time())
    to_end = datetime.combine(ask.last, time()) + timedelta(days=1)
    meets = select(EventSession.event_id).where(
        EventSession.starts_at >= from_start, EventSession.starts_at < to_end
    )
    where = [or_(Event.id.in_(meets), Event.first_on.is_(None)), *chips]
    if ask.officer:
        known = (
            select(OfficerService.service_id)
            .join(Officer, Officer.id == OfficerService.officer_id)
            .where(Officer.login == ask.officer)
        )
        where.append(Course.service_id.in_(known))
    if ask.service_id is not None:
        where.append(Course.service_id == ask.service_id)
    if ask.state:
        where.append(Event.state == ask.state)
    if ask.venue:
        outside = select(EventSession.event_id).where(EventSession.outside_venue != "")
        is_outside = Event.id.in_(outside)
        where.append(is_outside if ask.venue == OUTSIDE else ~is_outside)
    for word in ask.words.split():
        where.append(
            or_(
                Course.title.icontains(word, autoescape=True),
                Event.code.icontains(word, autoescape=True),
            )
        )
    return where


def _chips(ask: EventFilter) -> list[ColumnElement[bool]]:
    chips: list[ColumnElement[bool]] = []
    if ask.no_room:
        chips.append(_has_no_room())
    if ask.below_minimum:
        chips.append(_is_below_minimum())
    if ask.with_waiting:
        chips.append(Event.places_waiting > 0)
    return chips


def _has_no_room() -> ColumnElement[bool]:
    roomless = (
        select(EventSession.id)
        .outerjoin(RoomUse, RoomUse.id == EventSession.room_use_id)
        .where(
            EventSession.event_id == Event.id,
            EventSession.outside_venue == "",
            RoomUse.space_id.is_(None),
        )
    )
    return and_(
        Event.state.not_in(_words(EventState.CANCELLED, EventState.COMPLETED)), roomless.exists()
    )


def _is_below_minimum() -> ColumnElement[bool]:
    return and_(Event.places_held < Event.minimum, Event.state.in_(_words(*UNDECIDED)))


def _words(*states: EventState) -> list[str]:
    return [str(state) for state in states]


def sessions_by_event(session: Session, event_ids: list[int]) -> dict[int, list[SessionRow]]:
    """Return the sessions of each event, by time; an event without any is left out."""
    found = (
        select(
            EventSession.event_id,
            EventSession.id,
            EventSession.version,
            EventSession.starts_at,
            EventSession.ends_at,
            EventSession.outside_venue,
            EventSession.trainer_names,
            EventSession.room_use_id,
            RoomUse.space_id,
            func.coalesce(Space.name, ""),
            func.coalesce(RoomUse.layout, ""),
            func.coalesce(RoomUse.heads, 0),
        )
        .outerjoin(RoomUse, RoomUse.id == EventSession.room_use_id)
        .outerjoin(Space, Space.id == RoomUse.space_id)
        .where(EventSession.event_id.in_(event_ids))
        .order_by(EventSession.starts_at)
    )
    read = session.execute(found).all()
    held = session_trainers(session, [row[1] for row in read])
    rows: dict[int, list[SessionRow]] = {}
    for event_id, *values in read:
        row = SessionRow(*values)
        rows.setdefault(event_id, []).append(replace(row, trainers=held.get(row.id, ())))
    return rows


def _event_row(head: object, sessions: list[SessionRow], ask: EventFilter) -> EventRow:
    inside = [
        (number, row)
        for number, row in enumerate(sessions)
        if ask.first <= row.starts_at.date() <= ask.last
    ]
    at, shown = inside[0] if inside else (0, None)
    days = sorted({row.starts_at.date() for row in sessions})
    return EventRow(
        *head,  # type: ignore[misc]
        shown=shown,
        day_number=days.index(sessions[at].starts_at.date()) + 1 if sessions else 1,
        days=len(days),
        without_room=sum(not row.is_placed for row in sessions),
    )


def _shown_at(row: EventRow) -> tuple[datetime, str]:
    return (row.shown.starts_at if row.shown else datetime(2199, 12, 31), row.code)


def nearest_day(session: Session, day: date) -> date | None:
    """Return the first day of the next event from `day` on, else of the last one before it."""
    after = session.scalar(select(func.min(Event.first_on)).where(Event.first_on >= day))
    return after or session.scalar(select(func.max(Event.first_on)))
