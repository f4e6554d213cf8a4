"""Events around today with their rooms, bookings and waiting lists, made as officers make them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import add_working_days, is_working_day
from lle_desk.courses.actions import (
    AddEvent,
    BookPlaces,
    Delegate,
    JoinWaiting,
    NewSession,
    SetEventState,
    SetSessionRoom,
    add_event,
    book_places,
    join_waiting_list,
    set_event_state,
    set_session_room,
)
from lle_desk.courses.models import Event, EventSession, MissedSession, Place
from lle_desk.courses.rules import EventState, PlaceState
from lle_desk.customers.rules import Route
from lle_desk.demo.calendar import DAY, at
from lle_desk.demo.dice import dice, fixed_uuid
from lle_desk.demo.files import rows_of
from lle_desk.demo.people import JOBS, MAIL, person_name
from lle_desk.demo.plan_rooms import Rooms, part_of
from lle_desk.demo.present import Booker, Present
from lle_desk.trainers.queries import clash_words

ANY_ROOM = "room"
PARTIES = (3, 4, 5, 6, 7)
UNNAMED = 0.04  # places whose delegate is to be named
TRAINERS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
ABSENT = 0.08  # of those booked on an event that is over
DECIDED_BEFORE = -5  # working days before the event


@dataclass(frozen=True, slots=True)
class DemoEvent:
    """A line of events.csv. `venue` is a room's name, "room", "" or somewhere outside.

    `again` is the day of its second session, None for one alone.
    """

    course: str
    days_later: int
    starts: str
    ends: str
    venue: str
    layout: str
    capacity: int
    minimum: int
    booked: int
    waiting: int
    state: str
    trainer: str
    again: int | None

    @property
    def days(self) -> tuple[int, ...]:
        """The days of its sessions, so many working days from today."""
        return (self.days_later,) if self.again is None else (self.days_later, self.again)


@dataclass(frozen=True, slots=True)
class AddedEvent:
    """An event that is there, to be booked on."""

    event_id: int
    told: DemoEvent
    starts_at: datetime


@cache
def demo_events() -> tuple[DemoEvent, ...]:
    """Return the events of the file, by day."""
    return tuple(
        DemoEvent(
            row["course"],
            int(row["days_later"]),
            row["starts"],
            row["ends"],
            row["venue"],
            row["layout"],
            int(row["capacity"]),
            int(row["minimum"]),
            int(row["capacity"]) * int(row["booked_percent"]) // 100,
            int(row["waiting"]),
            row["state"],
            row["trainer"],
            int(row["again"]) if row["again"] else None,
        )
        for row in rows_of("events.csv")
    )


def add_present_events(
    session: Session, there: Present, rooms: Rooms, trainers: Sequence[int]
) -> list[AddedEvent]:
    """Add the events with sessions, rooms and trainers; those that are over are still open."""
    by_name = {space.name: space.id for space in there.spaces}
    added = []
    for told in demo_events():
        days = [there.day(later) for later in told.days]
        spans = [(clock(day, told.starts), clock(day, told.ends)) for day in days]
        is_ours = told.venue in ("", ANY_ROOM) or told.venue in by_name
        uuid = fixed_uuid("present event", told.course)
        event_id = add_event(
            session,
            AddEvent(
                uuid,
                there.programme[told.course].course_id,
                tuple(
                    NewSession(
                        *span,
                        "" if is_ours else told.venue,
                        trainer_ids=_trainers(session, trainers, told, *span),
                    )
                    for span in spans
                ),
                told.capacity,
                told.minimum,
                decision_on=_decision_on(there, days[0]),
                budgeted=told.minimum + 2,
                is_demo=True,
            ),
        )
        for row in _sessions(session, event_id):
            space_id = by_name.get(told.venue)
            if told.venue == ANY_ROOM:
                space_id = _free_room(rooms, told, row.starts_at, row.ends_at)
            if space_id is not None:
                _give_room(session, row, uuid, space_id, told)
        added.append(AddedEvent(event_id, told, spans[0][0]))
    return added


def _trainers(
    session: Session,
    trainers: Sequence[int],
    told: DemoEvent,
    starts_at: datetime,
    ends_at: datetime,
) -> tuple[int, ...]:
    """Return who teaches: the one that the file means, else the next who is free."""
    place = TRAINERS.index(told.trainer)
    for trainer_id in (*trainers[place:], *trainers[:place]):
        if not clash_words(session, trainer_id, starts_at, ends_at):
            return (trainer_id,)
    return ()


def book_present_events(session: Session, there: Present, events: Sequence[AddedEvent]) -> int:
    """Book places until each event is as full as its line says; return how many."""
    chance = dice("present bookings", events[0].told.course)
    booked = 0
    for event in events:
        paying = [one for one in there.schools if one.route == Route.INVOICE]
        is_over = event.told.days_later < 0
        bookers = [*there.schools, *paying * 2] if is_over else there.schools
        left, place = event.told.booked, 0
        while left:
            size = min(left, chance.choice(PARTIES))
            _book(session, event, chance.choice(bookers), size, place, chance)
            left -= size
            place += 1
            booked += size
        if event.told.waiting:
            _wait(session, event, chance.choice(there.schools), chance)
    return booked


def finish_present_events(session: Session, events: Sequence[AddedEvent]) -> None:
    """Confirm events to run, and complete those that are over, with their registers."""
    chance = dice("present registers")
    for event in events:
        if event.told.state == EventState.COMPLETED:
            places = select(Place).where(Place.event_id == event.event_id).order_by(Place.id)
            for place in session.scalars(places):
                came = chance.random() >= ABSENT
                place.state = str(PlaceState.ATTENDED if came else PlaceState.ABSENT)
            session.flush()
            _miss_some(session, event)
        if event.told.state != EventState.OPEN:
            version = session.get_one(Event, event.event_id).version
            set_event_state(session, SetEventState(event.event_id, version, event.told.state))


def _miss_some(session: Session, event: AddedEvent) -> None:
    """Let the first to book miss the first session, and the third the second."""
    rows = _sessions(session, event.event_id)
    came = select(Place).where(
        Place.event_id == event.event_id, Place.state == str(PlaceState.ATTENDED)
    )
    places = session.scalars(came.order_by(Place.id)).all() if len(rows) > 1 else ()
    for place, row in zip(places[::2], rows, strict=False):
        uuid = fixed_uuid("missed session", event.told.course, row.starts_at)
        session.add(MissedSession(client_uuid=uuid, place_id=place.id, event_session_id=row.id))
    session.flush()


def _sessions(session: Session, event_id: int) -> Sequence[EventSession]:
    """Return the sessions of an event, by time."""
    found = select(EventSession).where(EventSession.event_id == event_id)
    return session.scalars(found.order_by(EventSession.starts_at)).all()


def clock(day: date, typed: str) -> datetime:
    """Return the moment that "09:30" is on a day."""
    return at(day, int(typed[:2]), int(typed[3:]))


def _decision_on(there: Present, day: date) -> date:
    """Return when it is decided whether an event runs; never a day that was missed."""
    usual = add_working_days(day, DECIDED_BEFORE)
    return usual if day <= there.today else max(usual, min(there.day(1), day - DAY))


def _free_room(rooms: Rooms, told: DemoEvent, starts_at: datetime, ends_at: datetime) -> int | None:
    part = part_of(starts_at, ends_at)
    chance = dice("present room", told.course)
    space = rooms.find(starts_at.date(), part, told.capacity, chance, told.layout)
    if space is None:
        return None
    rooms.take(starts_at.date(), part, space)
    return space.id


def _give_room(
    session: Session, row: EventSession, uuid: str, space_id: int, told: DemoEvent
) -> None:
    heads = told.booked or told.minimum
    ask = SetSessionRoom(
        fixed_uuid("present room", uuid, row.starts_at.date()),
        row.id,
        row.version,
        space_id,
        told.layout,
        heads,
        "" if is_working_day(row.starts_at.date()) else "The caretaker opens for the day",
    )
    set_session_room(session, ask)


def _book(
    session: Session, event: AddedEvent, booker: Booker, size: int, place: int, chance: Random
) -> None:
    delegates = [_delegate(chance) for _ in range(size)]
    book_places(
        session,
        BookPlaces(
            fixed_uuid("present booking", event.told.course, place),
            event.event_id,
            booker.id,
            tuple(delegates),
            booker.contact_id,
            f"PO {chance.randint(1000, 9999)}" if chance.random() < 0.7 else "",
        ),
    )


def _delegate(chance: Random) -> Delegate:
    if chance.random() < UNNAMED:
        return Delegate()
    given, family = person_name(chance)
    email = f"{given}.{family}@{MAIL}".casefold()
    return Delegate(None, given, family, chance.choice(JOBS), email)


def _wait(session: Session, event: AddedEvent, booker: Booker, chance: Random) -> None:
    """Put a party on the waiting list."""
    names = [person_name(chance) for _ in range(event.told.waiting)]
    delegates = [Delegate(None, given, family, chance.choice(JOBS)) for given, family in names]
    party = BookPlaces(
        fixed_uuid("waiting party", event.told.course),
        event.event_id,
        booker.id,
        tuple(delegates),
        booker.contact_id,
        notes="Waits for places.",
    )
    join_waiting_list(session, JoinWaiting(party))
