"""Whom to tell that an event runs, moved or was called off: one row a booking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lle_desk.core.money import Pence
from lle_desk.courses.models import CourseBooking, Event, EventDecision, Place, Telling
from lle_desk.courses.rules import (
    HOLDING,
    MOVED,
    UNDECIDED,
    EventState,
    PlaceState,
    booking_words,
    called_off_words,
)
from lle_desk.customers.models import Customer, Person
from lle_desk.letters.queries import in_trouble

CONCERNED = frozenset({*HOLDING, PlaceState.WAITING})


@dataclass(frozen=True, slots=True)
class PersonToTell:
    """One booking to be told, and how to reach them. Amounts are net.

    `telling_id` None: nothing was decided yet. `delegates` are those with a name. `struck_out`
    was on no paper yet, `credited` was, and is given back on `credit_notes`.
    """

    telling_id: int | None
    version: int
    booking_id: int
    booking_number: int
    customer_id: int
    customer: str
    contact_id: int | None
    contact: str
    telephone: str
    email: str
    delegates: tuple[str, ...]
    places: int
    waiting: int
    struck_out: Pence
    credited: Pence
    credit_notes: str
    told_at: datetime | None  # UTC
    told_by: str
    letter_failed: bool = False  # the outbox has a letter to them that did not go for sure

    @property
    def words(self) -> str:
        return booking_words(self.booking_number)

    @property
    def is_told(self) -> bool:
        return self.told_at is not None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided about an event, when (UTC), by whom and why; of a move, where it was."""

    id: int
    decided: str
    reason: str
    decided_by: str
    decided_at: datetime


def last_decision(session: Session, event_id: int) -> DecisionRow | None:
    """Return the newest decision about an event that still stands, None while there is none.

    A move without a list took back the one before it, of which nobody had been told.
    """
    state = session.scalar(select(Event.state).where(Event.id == event_id))
    has_list = select(Telling.id).where(Telling.event_decision_id == EventDecision.id).exists()
    taken_back = 0
    for number, decided, reason, by, at, is_listed in session.execute(
        select(
            EventDecision.id,
            EventDecision.decided,
            EventDecision.reason,
            EventDecision.decided_by,
            EventDecision.decided_at,
            has_list,
        )
        .where(EventDecision.event_id == event_id)
        .order_by(EventDecision.id.desc())
    ):
        row = DecisionRow(number, decided, reason, by, at)
        if row.decided == MOVED and (taken_back or not is_listed):
            taken_back += -1 if is_listed else 1
        elif _stands(row, state):
            return row
    return None


def _stands(row: DecisionRow, state: str | None) -> bool:
    is_off = row.decided == EventState.CANCELLED
    is_taken_back = row.decided == EventState.CONFIRMED and state in UNDECIDED
    return is_off == (state == EventState.CANCELLED) and not is_taken_back


def people_to_tell(session: Session, event_id: int) -> tuple[PersonToTell, ...]:
    """Return whom to tell of the newest decision, by customer; one row a booking.

    While nothing is decided: every booking with a place or a waiting party.
    """
    decision = last_decision(session, event_id)
    if decision is None:
        return people_concerned(session, event_id)
    found = (
        _bookings()
        .add_columns(Telling)
        .join(Telling, Telling.course_booking_id == CourseBooking.id)
        .where(Telling.event_decision_id == decision.id)
    )
    read = session.execute(found).all()
    bookings = [row[0] for row in read]
    names = _names(session, bookings, called_off_words(decision.reason))
    failed = in_trouble(session, "course_booking", bookings, decision.decided_at)
    return tuple(
        replace(
            _person(booking, names),
            telling_id=telling.id,
            version=telling.version,
            places=telling.places,
            waiting=telling.waiting,
            struck_out=Pence(telling.struck_out),
            credited=Pence(telling.credited),
            credit_notes=telling.credit_notes,
            told_at=telling.told_at,
            told_by=telling.told_by,
            letter_failed=booking[0] in failed,
        )
        for *booking, telling in read
    )


def people_concerned(session: Session, event_id: int) -> tuple[PersonToTell, ...]:
    """Return every booking with a place or a waiting party, whatever was decided before."""
    counted = bookings_concerned(session, event_id)
    found = _bookings().where(CourseBooking.id.in_(list(counted)))
    names = _names(session, list(counted), "")
    return tuple(
        replace(
            _person(booking, names), places=counted[booking[0]][0], waiting=counted[booking[0]][1]
        )
        for booking in session.execute(found)
    )


def bookings_concerned(session: Session, event_id: int) -> dict[int, tuple[int, int]]:
    """Return how many places each booking of an event holds, and how many it waits for."""
    counted: dict[int, tuple[int, int]] = {}
    for booking_id, state in session.execute(
        select(Place.course_booking_id, Place.state).where(
            Place.event_id == event_id, Place.state.in_([str(one) for one in CONCERNED])
        )
    ):
        held, waiting = counted.get(booking_id, (0, 0))
        is_waiting = state == PlaceState.WAITING
        counted[booking_id] = (held + (not is_waiting), waiting + is_waiting)
    return counted


def _bookings() -> Select[*tuple[Any, ...]]:
    return (
        select(
            CourseBooking.id,
            CourseBooking.number,
            CourseBooking.customer_id,
            Customer.name,
            CourseBooking.contact_id,
            Person.given_name,
            Person.family_name,
            Person.telephone,
            Customer.telephone,
            CourseBooking.confirmation_to,
            Person.email,
            Customer.email,
        )
        .join(Customer, Customer.id == CourseBooking.customer_id)
        .outerjoin(Person, Person.id == CourseBooking.contact_id)
        .order_by(Customer.name, CourseBooking.number)
    )


def _person(booking: Sequence[Any], names: Mapping[int, Sequence[str]]) -> PersonToTell:
    """Return a booking with its contact and the nearest telephone and e-mail."""
    booking_id, number, customer_id, customer, contact_id, given, family, *ways = booking
    return PersonToTell(
        telling_id=None,
        version=0,
        booking_id=booking_id,
        booking_number=number,
        customer_id=customer_id,
        customer=customer,
        contact_id=contact_id,
        contact=f"{given or ''} {family or ''}".strip(),
        telephone=ways[0] or ways[1],
        email=next((way for way in ways[2:] if way and "@" in way), ""),
        delegates=tuple(names.get(booking_id, ())),
        places=0,
        waiting=0,
        struck_out=Pence(0),
        credited=Pence(0),
        credit_notes="",
        told_at=None,
        told_by="",
    )


def _names(session: Session, bookings: Sequence[int], why: str) -> dict[int, list[str]]:
    """Return the named delegates of each booking who come, wait, or were taken off `why`."""
    named: dict[int, list[str]] = {}
    for booking_id, state, reason, given, family in session.execute(
        select(
            Place.course_booking_id,
            Place.state,
            Place.cancelled_reason,
            Person.given_name,
            Person.family_name,
        )
        .join(Person, Person.id == Place.person_id)
        .where(Place.course_booking_id.in_(bookings))
        .order_by(Place.id)
    ):
        if state in CONCERNED or (why and reason == why):
            named.setdefault(booking_id, []).append(f"{given} {family}".strip())
    return named
