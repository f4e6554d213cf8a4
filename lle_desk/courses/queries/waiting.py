"""The waiting list of an event: who is next, and what is offered to whom until when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from lle_desk.core.days import london_time
from lle_desk.core.ready import table_of
from lle_desk.courses.models import CourseBooking, Event, Place, WaitingParty
from lle_desk.courses.rules import PlaceState, booking_words
from lle_desk.customers.models import Customer, Person

_PARTY, _BOOKING = table_of(WaitingParty), table_of(CourseBooking)
_OFFERED = (  # made once: it is asked for every booking
    select(func.sum(_PARTY.c.offered_places))
    .join(_BOOKING, _BOOKING.c.id == _PARTY.c.course_booking_id)
    .where(
        _BOOKING.c.event_id == bindparam("event"),
        _BOOKING.c.id != bindparam("booking"),
        _PARTY.c.offered_until > bindparam("now"),
    )
)


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party that waits. `joined_at` and `offered_until` are on the office's clock.

    `fits` says whether the free places suffice for it as it stands in the list, those offered to
    others left out.
    """

    id: int
    version: int
    booking_id: int
    number: int
    customer_id: int
    customer: str
    contact: str
    telephone: str
    places: int
    priority: int
    is_all_or_nothing: bool
    joined_at: datetime
    offered_places: int
    offered_until: datetime | None
    is_offered: bool
    fits: bool

    @property
    def words(self) -> str:
        return booking_words(self.number)


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The parties of an event in their order, and the places nobody holds or was offered."""

    event_id: int
    free: int
    offered: int
    parties: tuple[PartyRow, ...]

    @property
    def next_party(self) -> PartyRow | None:
        """Return the first party that can have places now.

        Who let an offer run out comes after those who were not asked yet.
        """
        fitting = [row for row in self.parties if row.fits]
        unasked = (row for row in fitting if row.offered_until is None or row.is_offered)
        return next(unasked, fitting[0] if fitting else None)


def waiting_list(session: Session, event_id: int, now: datetime) -> WaitingList:
    """Return who waits for an event: the highest priority first, then who asked first."""
    event = session.get_one(Event, event_id)
    rows = session.execute(_in_order(event_id)).all()
    offered = sum(row[0].offered_places for row in rows if _is_offered(row[0], now))
    free = event.capacity - event.places_held - offered
    parties = []
    for party, number, customer_id, customer, given, family, telephone, count in rows:
        is_offered = _is_offered(party, now)
        own = free + (party.offered_places if is_offered else 0)
        parties.append(
            PartyRow(
                id=party.id,
                version=party.version,
                booking_id=party.course_booking_id,
                number=number,
                customer_id=customer_id,
                customer=customer,
                contact=f"{given or ''} {family or ''}".strip(),
                telephone=telephone or "",
                places=count,
                priority=party.priority,
                is_all_or_nothing=party.is_all_or_nothing,
                joined_at=london_time(party.joined_at),
                offered_places=party.offered_places,
                offered_until=party.offered_until,
                is_offered=is_offered,
                fits=own >= (count if party.is_all_or_nothing else 1),
            )
        )
    return WaitingList(event_id, max(0, free), offered, tuple(parties))


def _in_order(event_id: int) -> Select[*tuple[Any, ...]]:
    """Return the question for the parties of an event, with who they are and how many."""
    places = (
        select(Place.course_booking_id, func.count().label("places"))
        .where(Place.event_id == event_id, Place.state == str(PlaceState.WAITING))
        .group_by(Place.course_booking_id)
        .subquery()
    )
    return (
        select(
            WaitingParty,
            CourseBooking.number,
            CourseBooking.customer_id,
            Customer.name,
            Person.given_name,
            Person.family_name,
            Person.telephone,
            places.c.places,
        )
        .join(CourseBooking, CourseBooking.id == WaitingParty.course_booking_id)
        .join(places, places.c.course_booking_id == CourseBooking.id)
        .join(Customer, Customer.id == CourseBooking.customer_id)
        .outerjoin(Person, Person.id == CourseBooking.contact_id)
        .order_by(WaitingParty.priority.desc(), WaitingParty.joined_at, WaitingParty.id)
    )


def offered_places(session: Session, event_id: int, now: datetime, booking_id: int = 0) -> int:
    """Return how many free places are offered to parties other than `booking_id`'s until later."""
    asked = {"event": event_id, "booking": booking_id, "now": now}
    return int(session.scalar(_OFFERED, asked) or 0)


def _is_offered(party: WaitingParty, now: datetime) -> bool:
    return party.offered_until is not None and party.offered_until > now
