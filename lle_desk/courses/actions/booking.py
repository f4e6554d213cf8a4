"""Taking a booking: the places one customer books at once, with their charges."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.agreements.actions import Use, use_agreement
from lle_desk.agreements.rules import Allowance, DrawSource
from lle_desk.charges.actions import add_charge
from lle_desk.charges.rules import NewCharge, Source
from lle_desk.core.days import day_words, now_utc
from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.courses.models import (
    BookingTerm,
    Course,
    CourseBooking,
    Event,
    EventSession,
    Place,
)
from lle_desk.courses.queries.prices import PlaceLine, PlacePrice, covered_line, place_price
from lle_desk.courses.rules import (
    BOOKABLE,
    PlaceState,
    booking_words,
    days_words,
    full_words,
)
from lle_desk.customers.models import Customer, Person
from lle_desk.offers.rules import Scale

MOST_AT_ONCE = 500

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


def book_places(session: Session, ask: BookPlaces) -> int:
    """Book the places with one charge each, and return the booking's id.

    The customer's agreements pay first: such a place has a charge of nothing that names the
    agreement. Price, VAT and their reasons are frozen on the charges, the cancellation scale on the
    booking.

    Raises:
        OfficerError: the event is not open or has too few places, the customer is closed, a
            delegate has a place already, or there is no price for the customer's band.
    """
    known = session.scalar(
        select(CourseBooking.id).where(CourseBooking.client_uuid == ask.client_uuid)
    )
    if known is not None:
        return known
    event = _open_event(session, ask)
    customer = _open_customer(session, ask.customer_id, event.first_on)
    people = [_person(session, customer, delegate) for delegate in ask.delegates]
    _check_people(session, event, people)
    price = place_price(session, event.id, customer.id)
    session.add_all([person for person in people if person is not None])
    session.flush()  # so that a caller who is a delegate as well is found, not made twice
    booking = _booking(session, ask, customer)
    session.add(booking)
    session.flush()
    places = [
        Place(
            client_uuid=new_uuid(),
            course_booking_id=booking.id,
            event_id=event.id,
            person_id=person.id if person else None,
            state=str(PlaceState.BOOKED),
            holds_place=True,
        )
        for person in people
    ]
    session.add_all(places)
    if price.scale is not None:
        session.add_all(_terms(booking.id, price.scale))
    session.flush()
    words = _charge_words(session, event)
    for place, person in zip(places, people, strict=True):
        line = _line(session, price, booking.customer_id, place.id)
        add_charge(session, _charge(price, line, booking, place.id, words, person))
    return booking.id


def _line(session: Session, price: PlacePrice, customer_id: int, place_id: int) -> PlaceLine:
    """Return what a place costs, an agreement used for it where one has something left."""
    cover = use_agreement(
        session,
        Use(
            customer_id=customer_id,
            service_id=price.service_id,
            allowance=Allowance.PLACES,
            units=1,
            source=DrawSource.PLACE,
            source_id=place_id,
            day=price.first_on,
        ),
    )
    if cover is not None:
        return covered_line(cover)
    return PlaceLine(price.price.amount, price.price.reason, is_covered=False)


def _open_event(session: Session, ask: BookPlaces) -> Event:
    wanted = len(ask.delegates)
    if not wanted:
        raise OfficerError("Add at least one delegate, named or not.", "delegates")
    if wanted > MOST_AT_ONCE:
        raise OfficerError(
            f"One booking takes at most {MOST_AT_ONCE} places. Book the rest apart.", "delegates"
        )
    event = session.get(Event, ask.event_id)
    if event is None:
        raise OfficerError("Choose the event to book.", "event")
    if event.state not in BOOKABLE:
        raise OfficerError(
            f"{event.code} is {event.state}, so nobody can be booked on it. Choose another event.",
            "event",
        )
    free = event.capacity - event.places_held
    if wanted > free:
        raise OfficerError(full_words(wanted, free, event.capacity), "delegates")
    return event


def _open_customer(session: Session, customer_id: int, first_on: date | None) -> Customer:
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise OfficerError("Choose the school or customer who books.", "customer")
    closed = customer.closed_on
    if closed is not None and first_on is not None and closed <= first_on:
        raise OfficerError(
            f"{customer.name} closed on {day_words(closed)}, before this event. "
            "Book for the school that followed it.",
            "customer",
        )
    return customer


def _person(session: Session, customer: Customer, delegate: Delegate) -> Person | None:
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
    same = session.scalar(
        select(Person)
        .where(
            Person.customer_id == customer.id,
            Person.erased_on.is_(None),
            func.lower(Person.given_name) == func.lower(given),
            func.lower(Person.family_name) == func.lower(family),
        )
        .order_by(Person.id)
        .limit(1)
    )
    return same or Person(
        client_uuid=new_uuid(),
        customer_id=customer.id,
        given_name=given,
        family_name=family,
        job_title=clean_text(delegate.job_title),
        is_demo=customer.is_demo,
    )


def _check_people(session: Session, event: Event, people: list[Person | None]) -> None:
    seen: set[int | str] = set()
    for person in people:
        if person is None:
            continue
        who = person.id or _name(person).casefold()
        if who in seen:
            raise OfficerError(
                f"{_name(person)} is on this booking twice. Take one of them off.", "delegates"
            )
        seen.add(who)
    ids = [person.id for person in people if person is not None and person.id is not None]
    held = session.execute(
        select(Person.given_name, Person.family_name, CourseBooking.number)
        .select_from(Place)
        .join(Person, Person.id == Place.person_id)
        .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
        .where(Place.event_id == event.id, Place.holds_place, Place.person_id.in_(ids))
        .limit(1)
    ).first()
    if held is not None:
        name_held = f"{held.given_name} {held.family_name}".strip()
        raise OfficerError(
            f"{name_held} has a place on this event already, "
            f"{booking_words(held.number)}. Take them off this booking.",
            "delegates",
        )


def _booking(session: Session, ask: BookPlaces, customer: Customer) -> CourseBooking:
    if ask.contact_id is not None:
        contact = session.get(Person, ask.contact_id)
        if contact is None or contact.customer_id != customer.id:
            raise OfficerError(
                f"The caller is not among the people of {customer.name}. Choose another.",
                "contact",
            )
    newest = session.scalar(select(func.max(CourseBooking.number))) or 0
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


def _new_contact(session: Session, ask: BookPlaces, customer: Customer) -> int | None:
    given, _, family = clean_text(ask.contact_name).rpartition(" ")
    person = _person(session, customer, Delegate(given_name=given, family_name=family))
    if person is None:
        return None
    if person.id is None:
        person.is_contact = True
        session.add(person)
        session.flush()
    return person.id


def _terms(booking_id: int, scale: Scale) -> list[BookingTerm]:
    return [
        BookingTerm(
            client_uuid=new_uuid(),
            course_booking_id=booking_id,
            notice_below=step.notice_below,
            percent=step.percent,
            unit=scale.unit,
            base=step.base,
            free_place_fee=scale.free_place_fee,
        )
        for step in scale.steps
    ]


def _charge_words(session: Session, event: Event) -> tuple[str, str]:
    """Return what the charges of an event say: what was sold, and the days of it."""
    title = session.get_one(Course, event.course_id).title
    starts = session.scalars(
        select(EventSession.starts_at).where(EventSession.event_id == event.id)
    )
    return f"Course place: {title}", f"{event.code}, {days_words(at.date() for at in starts)}"


def _charge(
    price: PlacePrice,
    line: PlaceLine,
    booking: CourseBooking,
    place_id: int,
    words: tuple[str, str],
    person: Person | None,
) -> NewCharge:
    description, days = words
    who = _name(person) if person else "Delegate to be named"
    return NewCharge(
        customer_id=booking.customer_id,
        offer_id=price.offer_id,
        source=Source.PLACE,
        source_id=place_id,
        description=description,
        detail=f"{who} · {days}"[:400].strip(),
        quantity=1,
        unit_price=line.net,
        band=price.price.band,
        price_reason=line.reason,
        supply=price.supply,
        vat_code=price.vat.code,
        vat_rate=price.vat.rate,
        vat_reason=price.vat.reason,
        route=price.route.value,
        route_reason=price.route.reason,
        tax_point_on=price.last_on,
        order_number=booking.order_number,
    )


def _name(person: Person) -> str:
    return f"{person.given_name} {person.family_name}".strip()
