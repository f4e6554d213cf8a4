"""Taking a booking: the places one customer books at once, with their charges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from lle_desk.core.days import london_time, now_utc
from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError
from lle_desk.core.ready import known_id, put_in, table_of
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.courses.actions.clashes import check_free
from lle_desk.courses.actions.pricing import charge_places, freeze_terms, person_name
from lle_desk.courses.actions.reselling import settle_resold
from lle_desk.courses.models import CourseBooking, Event, Place
from lle_desk.courses.queries.asked_price import closed_words
from lle_desk.courses.queries.prices import place_price
from lle_desk.courses.queries.waiting import offered_places
from lle_desk.courses.rules import (
    BOOKABLE,
    HOLDING,
    PlaceState,
    booking_words,
    counted,
    full_words,
)
from lle_desk.customers.models import Customer, Person

MOST_AT_ONCE = 500

_EVENT, _BOOKING = table_of(Event).c, table_of(CourseBooking).c
_CUSTOMER = table_of(Customer).c
_BOOKED_ON = select(
    _EVENT.code, _EVENT.state, _EVENT.capacity, _EVENT.places_held, _EVENT.first_on
).where(_EVENT.id == bindparam("event"))
_PAYS = select(_CUSTOMER.id, _CUSTOMER.name, _CUSTOMER.is_demo, _CUSTOMER.closed_on).where(
    _CUSTOMER.id == bindparam("customer")
)
_NEWEST = select(func.max(_BOOKING.number))
_SAME_NAME = (
    select(Person)
    .where(
        Person.customer_id == bindparam("customer"),
        Person.erased_on.is_(None),
        func.lower(Person.given_name) == func.lower(bindparam("given")),
        func.lower(Person.family_name) == func.lower(bindparam("family")),
    )
    .order_by(Person.id)
    .limit(1)
)
_HELD = (
    select(Person.given_name, Person.family_name, CourseBooking.number)
    .select_from(Place)
    .join(Person, Person.id == Place.person_id)
    .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
    .where(
        Place.event_id == bindparam("event"),
        Place.holds_place,
        Place.person_id.in_(bindparam("people", expanding=True)),
    )
    .limit(1)
)

explain(
    {
        "ck_event_not_over_capacity": ("No place is left on this event.", "delegates"),
        "uq_place_person_once": (
            "One of the delegates has a place on this event already.",
            "delegates",
        ),
        "ck_course_booking_order_number_text": (
            "An order number has at most 60 letters.",
            "order_number",
        ),
        "ck_course_booking_notes_text": ("Notes have at most 4,000 letters.", "notes"),
        "ck_course_booking_confirmation_to_text": (
            "The address has at most 200 letters.",
            "confirmation_to",
        ),
        "ck_person_given_name_text": ("A given name has at most 100 letters.", "delegates"),
        "ck_person_family_name_text": ("A family name has at most 100 letters.", "delegates"),
    }
)


@dataclass(frozen=True, slots=True)
class Delegate:
    """Who takes a place: a known person, a new name, or nobody yet when nothing is given."""

    person_id: int | None = None
    given_name: str = ""
    family_name: str = ""
    job_title: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class BookPlaces:
    """What the booking form asks for: one place for each of `delegates`.

    The caller is `contact_id`, or a person named `contact_name` who is added when not known.
    """

    client_uuid: str
    event_id: int
    customer_id: int
    delegates: tuple[Delegate, ...]
    contact_id: int | None = None
    order_number: str = ""
    confirmation_to: str = ""
    notes: str = ""
    contact_name: str = ""


class _BookedOn(NamedTuple):
    """What decides whether an event can be booked."""

    code: str
    state: str
    capacity: int
    places_held: int
    first_on: date | None


class Payer(NamedTuple):
    """The customer who books."""

    id: int
    name: str
    is_demo: bool
    closed_on: date | None


def book_places(session: Session, ask: BookPlaces) -> int:
    """Book the places with one charge each, and return the booking's id.

    The customer's agreements pay first: such a place has a charge of nothing that names the
    agreement. Price, VAT and their reasons are frozen on the charges, the cancellation scale on the
    booking.

    Raises:
        OfficerError: the event is not open or has too few places, the customer is closed, a
            delegate has a place already, or there is no price for the customer's band.
    """
    known = known_id(session, CourseBooking, ask.client_uuid)
    if known is not None:
        return known
    event = _open_event(session, ask)
    customer = open_customer(session, ask.customer_id, event.first_on)
    people = [found_person(session, customer, delegate) for delegate in ask.delegates]
    check_people(session, ask.event_id, people)
    price = place_price(session, ask.event_id, customer.id)
    booking = new_booking(session, ask, customer, people)
    places = add_places(session, booking, people, PlaceState.BOOKED)
    freeze_terms(session, price.scale, booking.id)
    charge_places(session, price, booking, places)
    settle_resold(session, ask.event_id)
    return booking.id


def new_booking(
    session: Session, ask: BookPlaces, customer: Payer, people: Sequence[Person | None]
) -> CourseBooking:
    """Add the booking of these people, without places yet; new people are added with it."""
    for person in people:  # first, so that a caller who is a delegate as well is not made twice
        if person is not None and person.id is None:
            put_in(session, person)
    booking = _booking(session, ask, customer)
    put_in(session, booking)
    return booking


def add_places(
    session: Session,
    booking: CourseBooking,
    people: Sequence[Person | None],
    state: PlaceState,
) -> list[Place]:
    """Add one place for each of the people, None for one not named yet."""
    places = [
        Place(
            client_uuid=new_uuid(),
            course_booking_id=booking.id,
            event_id=booking.event_id,
            person_id=person.id if person else None,
            state=str(state),
            holds_place=state in HOLDING,
        )
        for person in people
    ]
    for place in places:
        put_in(session, place)
    return places


def _open_event(session: Session, ask: BookPlaces) -> _BookedOn:
    wanted = len(ask.delegates)
    if not wanted:
        raise OfficerError("Add at least one delegate, named or not.", "delegates")
    if wanted > MOST_AT_ONCE:
        raise OfficerError(
            f"One booking takes at most {MOST_AT_ONCE} places. Book the rest apart.", "delegates"
        )
    found = session.execute(_BOOKED_ON, {"event": ask.event_id}).first()
    if found is None:
        raise OfficerError("Choose the event to book.", "event")
    event = _BookedOn(*found)
    check_bookable(session, ask.event_id, event, wanted, "delegates")
    return event


def check_bookable(
    session: Session, event_id: int, event: _BookedOn | Event, wanted: int, field: str
) -> None:
    """Refuse an event that is not open, or that has not so many places; those beside `field`."""
    if event.state not in BOOKABLE:
        raise OfficerError(
            f"{event.code} is {event.state}, so nobody can be booked on it. Choose another event.",
            "event",
        )
    free = event.capacity - event.places_held
    if wanted > free:
        raise OfficerError(full_words(wanted, free, event.capacity), field)
    check_not_offered(session, event_id, wanted, free, field)


def check_not_offered(session: Session, event_id: int, wanted: int, free: int, field: str) -> None:
    """Refuse places that are offered to who waits, as long as the offer stands.

    Raises:
        OfficerError: how many are free, and how many of them are offered; beside `field`.
    """
    offered = offered_places(session, event_id, london_time(now_utc()))
    if wanted > free - offered:
        raise OfficerError(
            f"{counted(free, 'place')} {'is' if free == 1 else 'are'} free, but {offered} "
            f"{'is' if offered == 1 else 'are'} offered to who waits. Put the caller on the "
            "waiting list, or choose another event.",
            field,
        )


def open_customer(session: Session, customer_id: int, first_on: date | None) -> Payer:
    """Return the customer who books.

    Raises:
        OfficerError: there is none, or it closed before the event.
    """
    found = session.execute(_PAYS, {"customer": customer_id}).first()
    if found is None:
        raise OfficerError("Choose the school or customer who books.", "customer")
    customer = Payer(*found)
    closed = closed_words(customer.name, customer.closed_on, first_on)
    if closed:
        raise OfficerError(closed, "customer")
    return customer


def found_person(session: Session, customer: Payer, delegate: Delegate) -> Person | None:
    """Return the delegate's row: known, found by name among the customer's people, or new."""
    if delegate.person_id is not None:
        person = session.get(Person, delegate.person_id)
        if person is None or person.customer_id != customer.id or person.erased_on is not None:
            raise OfficerError(
                f"A delegate is not among the people of {customer.name} any more. "
                "Type the name instead.",
                "delegates",
            )
        return person
    given, family = clean_text(delegate.given_name), clean_text(delegate.family_name)
    if not given and not family:
        return None
    if not family:
        given, family = "", given
    same = session.scalar(_SAME_NAME, {"customer": customer.id, "given": given, "family": family})
    return same or Person(
        client_uuid=new_uuid(),
        customer_id=customer.id,
        given_name=given,
        family_name=family,
        job_title=clean_text(delegate.job_title),
        email=clean_text(delegate.email),
        is_demo=customer.is_demo,
    )


def check_people(
    session: Session, event_id: int, people: Sequence[Person | None], *, waits: bool = False
) -> None:
    """Refuse a person named twice, who has a place on the event already, or is elsewhere then.

    Who only `waits` may be on another event at that time, and choose when a place comes free.

    Raises:
        OfficerError: who it is, and with which booking they have a place.
    """
    seen: set[int | str] = set()
    for person in people:
        if person is None:
            continue
        who = person.id or person_name(person).casefold()
        if who in seen:
            raise OfficerError(
                f"{person_name(person)} is on this booking twice. Take one of them off.",
                "delegates",
            )
        seen.add(who)
    ids = [person.id for person in people if person is not None and person.id is not None]
    if not ids:
        return  # somebody new has no place anywhere
    held = session.execute(_HELD, {"event": event_id, "people": ids}).first()
    if held is not None:
        name_held = f"{held.given_name} {held.family_name}".strip()
        raise OfficerError(
            f"{name_held} has a place on this event already, "
            f"{booking_words(held.number)}. Take them off this booking.",
            "delegates",
        )
    if not waits:
        check_free(session, event_id, ids)


def _booking(session: Session, ask: BookPlaces, customer: Payer) -> CourseBooking:
    if ask.contact_id is not None:
        contact = session.get(Person, ask.contact_id)
        if contact is None or contact.customer_id != customer.id:
            raise OfficerError(
                f"The caller is not among the people of {customer.name}. Choose another.",
                "contact",
            )
    newest = session.scalar(_NEWEST) or 0
    return CourseBooking(
        client_uuid=ask.client_uuid,
        number=newest + 1,
        customer_id=customer.id,
        contact_id=ask.contact_id or _new_contact(session, ask, customer),
        event_id=ask.event_id,
        order_number=clean_text(ask.order_number),
        confirmation_to=clean_text(ask.confirmation_to),
        notes=clean_text(ask.notes),
        taken_by=acting(session).officer[:60],
        taken_at=now_utc(),
    )


def _new_contact(session: Session, ask: BookPlaces, customer: Payer) -> int | None:
    given, _, family = clean_text(ask.contact_name).rpartition(" ")
    person = found_person(session, customer, Delegate(given_name=given, family_name=family))
    if person is None:
        return None
    if person.id is None:
        person.is_contact = True
        put_in(session, person)
    return person.id
