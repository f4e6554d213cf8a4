"""Writes a planned year of courses: events, delegates, places and their charges."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.courses.models import (
    BookingTerm,
    CourseBooking,
    Event,
    EventCost,
    EventSession,
    MissedSession,
    Place,
)
from lle_desk.courses.rules import EventState, PlaceState
from lle_desk.customers.models import Person
from lle_desk.demo.bulk import Row, Work, chunks, insert_numbered, insert_rows
from lle_desk.demo.charge_rows import charge_row
from lle_desk.demo.dice import dice, fixed_uuid, pick
from lle_desk.demo.people import JOBS, Payer, Payers, person_name, person_row
from lle_desk.demo.plan_courses import PlannedEvent
from lle_desk.demo.programme import Programme
from lle_desk.demo.year_rooms import Written

AT_ONCE = 15  # events a transaction
MISSES = 0.06  # of those who attended an event of several sessions
COMES_AGAIN = 0.02  # delegates who were on another event before
PARTIES = ((1, 35), (2, 35), (3, 15), (4, 10), (5, 5))
TRAINERS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
REASONS = (
    ("Unwell", 35),
    ("No cover at school", 30),
    ("Another date suits better", 15),
    ("Booked by mistake", 10),
    ("Left the school", 10),
)
FEES = (25_000, 32_000, 38_000, 45_000)  # pence a session, of trainers outside our list
VENUE, SEAT = 9_000, 600  # pence a session: an outside venue, and each seat in it


@dataclass(slots=True)
class _Seat:
    """One place to be written: who sits there, and what became of it."""

    payer: Payer
    uuid: str
    name: tuple[str, str]
    state: PlaceState
    person_id: int | None = None
    person_uuid: str = ""
    booking_id: int = 0
    place_id: int = 0
    days: set[date] = field(default_factory=set)  # of somebody new


@dataclass(slots=True)
class _Party:
    """A booking to be written, with its seats."""

    payer: Payer
    uuid: str
    number: int
    taken_at: datetime
    order_number: str
    seats: list[_Seat] = field(default_factory=list)


class CourseYear:
    """One year of courses on its way into the database. Keeps only what the next chunk needs."""

    def __init__(
        self,
        work: Work,
        year: str,
        payers: Payers,
        programme: Programme,
        rooms: Written,
        counters: "Counters",
    ) -> None:
        self._work = work
        self._year = year
        self._payers = payers
        self._programme = programme
        self._rooms = rooms
        self._counters = counters
        self._chance = dice("places", year)
        self._busy: set[tuple[int, date]] = set()  # who comes again is on one event a day

    def write(self, planned: Sequence[PlannedEvent]) -> None:
        """Write all events of the year, some at a time."""
        for some in chunks(planned, AT_ONCE):
            self._work.write(add_events, self, some)
            self._work.advance(len(some))

    def add(self, session: Session, planned: Sequence[PlannedEvent]) -> None:
        """Write some events with everything that hangs on them."""
        codes = [self._counters.code(event.course.service) for event in planned]
        events = insert_numbered(session, Event, self._event_rows(planned, codes))
        sessions = insert_numbered(session, EventSession, list(self._session_rows(planned, events)))
        insert_rows(session, EventCost, list(self._cost_rows(planned, events)))
        parties = [self._parties(event) for event in planned]
        self._add_people(session, [seat for some in parties for one in some for seat in one.seats])
        self._add_bookings(session, planned, events, parties)
        self._add_places(session, planned, events, codes, parties)
        self._add_missed(session, planned, sessions, parties)

    def _event_rows(self, planned: Sequence[PlannedEvent], codes: Sequence[str]) -> list[Row]:
        rows = []
        for event, code in zip(planned, codes, strict=True):
            course = self._programme[event.course.code]
            state = EventState.CANCELLED if event.is_called_off else EventState.COMPLETED
            minimum = min(8, event.capacity // 2)
            row = {
                "client_uuid": fixed_uuid("event", self._year, event.place),
                "version": 1,
                "course_id": course.course_id,
                "offer_id": course.offer_id,
                "code": code,
                "state": str(state),
                "capacity": event.capacity,
                "minimum": minimum,
                "decision_on": event.sessions[0][0].date() - timedelta(days=7),
                "is_demo": True,
            }
            rows.append(row)
        return rows

    def _session_rows(
        self, planned: Sequence[PlannedEvent], events: Sequence[int]
    ) -> Iterator[Row]:
        for event, event_id in zip(planned, events, strict=True):
            uses = self._rooms.get(event.room, []) if event.room else []
            for number, (starts_at, ends_at) in enumerate(event.sessions):
                yield {
                    "client_uuid": fixed_uuid("session", self._year, event.place, number),
                    "version": 1,
                    "event_id": event_id,
                    "starts_at": starts_at,
                    "ends_at": ends_at,
                    "room_use_id": uses[number] if uses else None,
                    "outside_venue": event.venue,
                    "trainer_names": f"Trainer {self._chance.choice(TRAINERS)}",
                }

    def _cost_rows(self, planned: Sequence[PlannedEvent], events: Sequence[int]) -> Iterator[Row]:
        """Yield what the events that ran cost beside what other records say."""
        for event, event_id in zip(planned, events, strict=True):
            fee = dice("fee", self._year, event.place).choice(FEES)
            costs = {"Trainer's fee": fee, f"Hire of {event.venue}": VENUE + SEAT * event.capacity}
            for what, amount in costs.items():
                if event.is_called_off or (what != "Trainer's fee" and not event.venue):
                    continue
                yield {
                    "client_uuid": fixed_uuid("cost", self._year, event.place, what),
                    "version": 1,
                    "event_id": event_id,
                    "what": what,
                    "amount": amount * len(event.sessions),
                }

    def _parties(self, event: PlannedEvent) -> list[_Party]:
        """Return the bookings of an event: customers with one to five people each."""
        states = [PlaceState.ATTENDED] * event.attended + [PlaceState.ABSENT] * event.absent
        states += [PlaceState.CANCELLED] * event.given_back
        self._chance.shuffle(states)
        parties: list[_Party] = []
        seen: set[int] = set()  # people on this event
        days = {begins.date() for begins, _ in event.sessions}
        done = 0
        while done < len(states):
            size = self._chance.choices(*zip(*PARTIES, strict=True))[0]
            party = self._party(event, len(parties))
            for state in states[done : done + size]:
                name = f"{event.place}/{len(parties)}/{len(party.seats)}"
                party.seats.append(self._seat(party.payer, name, state, seen, days))
            done += size
            parties.append(party)
        return parties

    def _party(self, event: PlannedEvent, place: int) -> _Party:
        payer = self._payers.goer(self._chance)
        begins = event.sessions[0][0]
        return _Party(
            payer,
            fixed_uuid("course booking", self._year, event.place, place),
            self._counters.booking(),
            begins
            - timedelta(days=self._chance.randint(8, 90), minutes=self._chance.randint(0, 480)),
            f"PO {self._chance.randint(1000, 9999)}" if self._chance.random() < 0.6 else "",
        )

    def _seat(
        self, payer: Payer, name: str, state: PlaceState, seen: set[int], days: set[date]
    ) -> _Seat:
        uuid = fixed_uuid("place", self._year, name)
        if payer.known and self._chance.random() < COMES_AGAIN:
            person_id, known = self._chance.choice(payer.known)
            held = {(person_id, day) for day in days}
            if person_id not in seen and not held & self._busy:
                seen.add(person_id)
                self._busy |= held
                given, _, family = known.partition(" ")
                return _Seat(payer, uuid, (given, family), state, person_id)
        person_uuid = fixed_uuid("person", self._year, name)
        return _Seat(payer, uuid, person_name(self._chance), state, None, person_uuid, days=days)

    def _add_people(self, session: Session, seats: Sequence[_Seat]) -> None:
        new = [seat for seat in seats if seat.person_id is None]
        rows = [
            person_row(seat.payer.id, seat.person_uuid, seat.name, self._chance.choice(JOBS))
            for seat in new
        ]
        for seat, person_id in zip(new, insert_numbered(session, Person, rows), strict=True):
            seat.person_id = person_id
            self._busy |= {(person_id, day) for day in seat.days}
            seat.payer.known.append((person_id, " ".join(seat.name)))

    def _add_bookings(
        self,
        session: Session,
        planned: Sequence[PlannedEvent],
        events: Sequence[int],
        parties: Sequence[Sequence[_Party]],
    ) -> None:
        listed = [
            (party, event_id, event)
            for event, event_id, some in zip(planned, events, parties, strict=True)
            for party in some
        ]
        rows = [_booking_row(party, event_id) for party, event_id, _ in listed]
        ids = insert_numbered(session, CourseBooking, rows)
        terms: list[Row] = []
        for (party, _, event), booking_id in zip(listed, ids, strict=True):
            for seat in party.seats:
                seat.booking_id = booking_id
            terms.extend(self._term_rows(party, booking_id, event))
        insert_rows(session, BookingTerm, terms)

    def _term_rows(self, party: _Party, booking_id: int, event: PlannedEvent) -> Iterator[Row]:
        scale = self._programme[event.course.code].scale
        for place, step in enumerate(scale.steps):
            yield {
                "client_uuid": fixed_uuid("term", party.uuid, place),
                "version": 1,
                "course_booking_id": booking_id,
                "notice_below": step.notice_below,
                "percent": step.percent,
                "unit": scale.unit,
                "base": step.base,
                "free_place_fee": scale.free_place_fee,
            }

    def _add_places(
        self,
        session: Session,
        planned: Sequence[PlannedEvent],
        events: Sequence[int],
        codes: Sequence[str],
        parties: Sequence[Sequence[_Party]],
    ) -> None:
        places: list[Row] = []
        charged: list[tuple[_Party, _Seat, PlannedEvent, str]] = []
        for event, event_id, code, some in zip(planned, events, codes, parties, strict=True):
            for party in some:
                places.extend(_place_row(seat, event, event_id) for seat in party.seats)
                charged.extend((party, seat, event, code) for seat in party.seats)
        ids = insert_numbered(session, Place, places)
        for (_, seat, _, _), place_id in zip(charged, ids, strict=True):
            seat.place_id = place_id
        rows = [
            charge_row(
                self._payers.vat,
                seat.payer,
                self._programme[event.course.code].offer_id,
                event,
                code,
                place_id,
                " ".join(seat.name),
                party.order_number,
                is_void=seat.state is PlaceState.CANCELLED,
            )
            for (party, seat, event, code), place_id in zip(charged, ids, strict=True)
        ]
        insert_rows(session, Charge, rows)

    def _add_missed(
        self,
        session: Session,
        planned: Sequence[PlannedEvent],
        sessions: Sequence[int],
        parties: Sequence[Sequence[_Party]],
    ) -> None:
        """Let some who attended outside miss a session: in rooms of ours footfall counts heads."""
        rows: list[Row] = []
        left = iter(sessions)
        for event, some in zip(planned, parties, strict=True):
            of_event = list(islice(left, len(event.sessions)))
            if len(of_event) < 2 or not event.venue:
                continue
            for seat in (seat for party in some for seat in party.seats):
                chance = dice("missed", seat.uuid)
                if seat.state is PlaceState.ATTENDED and chance.random() < MISSES:
                    row = {"place_id": seat.place_id, "event_session_id": chance.choice(of_event)}
                    uuid = fixed_uuid("missed", seat.uuid)
                    rows.append({"client_uuid": uuid, "version": 1, **row})
        insert_rows(session, MissedSession, rows)


def add_events(session: Session, year: CourseYear, planned: Sequence[PlannedEvent]) -> None:
    """Write some events of a year in one transaction."""
    year.add(session, planned)


@dataclass(slots=True)
class Counters:
    """The next numbers of bookings and of the events of each service."""

    next_room_booking: int
    next_course_booking: int
    events: dict[str, int] = field(default_factory=dict)

    def code(self, service: str) -> str:
        """Return the next event code of a service."""
        number = self.events[service] = self.events.get(service, 0) + 1
        return f"{service}-{number:04d}"

    def booking(self) -> int:
        """Return the next number of a course booking."""
        self.next_course_booking += 1
        return self.next_course_booking - 1


def _booking_row(party: _Party, event_id: int) -> dict[str, Any]:
    return {
        "client_uuid": party.uuid,
        "version": 1,
        "number": party.number,
        "customer_id": party.payer.id,
        "contact_id": party.payer.contact_id,
        "event_id": event_id,
        "order_number": party.order_number,
        "taken_by": "demo",
        "taken_at": party.taken_at,
    }


def _place_row(seat: _Seat, event: PlannedEvent, event_id: int) -> Row:
    gone = seat.state is PlaceState.CANCELLED
    return {
        "client_uuid": seat.uuid,
        "version": 1,
        "course_booking_id": seat.booking_id,
        "event_id": event_id,
        "person_id": seat.person_id,
        "state": str(seat.state),
        "holds_place": not gone,
        "cancelled_at": event.sessions[0][0] - timedelta(days=12) if gone else None,
        "cancelled_reason": _reason(seat, event) if gone else "",
    }


def _reason(seat: _Seat, event: PlannedEvent) -> str:
    return "Called off" if event.is_called_off else pick(dice("reason", seat.uuid), REASONS)
