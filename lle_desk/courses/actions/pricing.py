"""The charges of places: what each costs as it is booked, agreements used first."""

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from lle_desk.agreements.actions import Use, use_agreement
from lle_desk.agreements.rules import Allowance, DrawSource
from lle_desk.charges.actions import add_charge
from lle_desk.charges.rules import NewCharge, Source
from lle_desk.core.ready import table_of
from lle_desk.core.records import new_uuid
from lle_desk.courses.models import BookingTerm, Course, CourseBooking, Event, EventSession, Place
from lle_desk.courses.queries.prices import PlaceLine, PlacePrice, covered_line
from lle_desk.courses.rules import days_words
from lle_desk.customers.models import Person
from lle_desk.offers.rules import Scale

UNNAMED = "Delegate to be named"

_FREEZE = insert(table_of(BookingTerm))
_COURSE, _EVENT, _SESSION = table_of(Course), table_of(Event), table_of(EventSession)
_SOLD = (
    select(_COURSE.c.title, _EVENT.c.code, _SESSION.c.starts_at)
    .select_from(_EVENT)
    .join(_COURSE, _COURSE.c.id == _EVENT.c.course_id)
    .outerjoin(_SESSION, _SESSION.c.event_id == _EVENT.c.id)
    .where(_EVENT.c.id == bindparam("event"))
    .order_by(_SESSION.c.id)
)


def charge_places(
    session: Session, price: PlacePrice, booking: CourseBooking, places: Sequence[Place]
) -> None:
    """Write one charge for each place. `price` is as it stands when the places are taken."""
    words = charge_words(session, booking.event_id)
    for place in places:
        person = session.get(Person, place.person_id) if place.person_id else None
        line = _line(session, price, booking.customer_id, place.id)
        add_charge(session, _charge(price, line, booking, place.id, words, person))


def freeze_terms(session: Session, scale: Scale | None, booking_id: int) -> None:
    """Freeze the cancellation scale on a booking that was made just now."""
    if scale is None or not scale.steps:
        return
    terms = [
        {
            "client_uuid": new_uuid(),
            "version": 1,
            "course_booking_id": booking_id,
            "notice_below": step.notice_below,
            "percent": step.percent,
            "unit": scale.unit,
            "base": step.base,
            "free_place_fee": scale.free_place_fee,
        }
        for step in scale.steps
    ]
    session.execute(_FREEZE, terms)  # all in one statement


def freeze_terms_once(session: Session, scale: Scale | None, booking_id: int) -> None:
    """Freeze the cancellation scale on a booking, unless it was frozen on it before."""
    asked = select(BookingTerm.id).where(BookingTerm.course_booking_id == booking_id).limit(1)
    if session.scalar(asked) is None:
        freeze_terms(session, scale, booking_id)


def charge_words(session: Session, event_id: int) -> tuple[str, str]:
    """Return what the charges of an event say: what was sold, and the days of it."""
    found = session.execute(_SOLD, {"event": event_id}).all()
    title, code, _ = found[0]
    days = days_words(starts.date() for _, _, starts in found if starts is not None)
    return f"Course place: {title}", f"{code}, {days}"


def detail_words(person: Person | None, days: str) -> str:
    """Return the second line of a place's charge: who, and on which days."""
    who = person_name(person) if person else UNNAMED
    return f"{who} · {days}"[:400].strip()


def person_name(person: Person) -> str:
    """Return a person's name as it is read."""
    return f"{person.given_name} {person.family_name}".strip()


def _line(session: Session, price: PlacePrice, customer_id: int, place_id: int) -> PlaceLine:
    """Return what a place costs, an agreement used for it where one has something left."""
    use = Use(
        customer_id=customer_id,
        service_id=price.service_id,
        allowance=Allowance.PLACES,
        units=1,
        source=DrawSource.PLACE,
        source_id=place_id,
        day=price.first_on,
    )
    cover = use_agreement(session, use) if price.covers else None
    if cover is not None:
        return covered_line(cover)
    return PlaceLine(price.price.amount, price.price.reason, is_covered=False)


def _charge(
    price: PlacePrice,
    line: PlaceLine,
    booking: CourseBooking,
    place_id: int,
    words: tuple[str, str],
    person: Person | None,
) -> NewCharge:
    description, days = words
    return NewCharge(
        customer_id=booking.customer_id,
        offer_id=price.offer_id,
        source=Source.PLACE,
        source_id=place_id,
        description=description,
        detail=detail_words(person, days),
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
