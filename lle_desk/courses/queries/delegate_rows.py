"""The words of places in the list of all delegates: of the rows that are seen, copied or saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.charges.queries import ChargeRow, charges_of, standing
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.days import london_time
from lle_desk.core.money import Pence
from lle_desk.courses.models import Course, CourseBooking, Event, EventSession, Place
from lle_desk.courses.queries.missed import in_part
from lle_desk.courses.rules import PlaceState, booking_words
from lle_desk.customers.models import Customer, Person
from lle_desk.customers.rules import Band, Route
from lle_desk.officers.models import Service
from lle_desk.rooms.models import RoomUse, Space

UNNAMED = "Name to come"
COUNTY_WORDS = {
    Band.SUBSCRIBER: "in",
    Band.COUNTY: "in",
    Band.INTERNAL: "in",
    Band.OUT_OF_COUNTY: "out",
    Band.EXTERNAL: "external",
}
PAID = {Route.INVOICE: "Invoiced", Route.RECHARGE: "Recharged"}
TO_PAY = {Route.INVOICE: "To be invoiced", Route.RECHARGE: "To be recharged"}


@dataclass(frozen=True, slots=True)
class DelegateRow:
    """One place in words. `price` is None where nothing is charged; without VAT.

    `part` says which part of the event was attended, "1 of 2 sessions", "" when all of it.
    """

    place_id: int
    event_id: int = 0
    booking_id: int = 0
    customer_id: int = 0
    state: str = ""
    reason: str = ""
    delegate: str = ""
    school: str = ""
    course: str = ""
    event: str = ""
    service: str = ""
    day: date | None = None
    venue: str = ""
    county: str = ""
    price: Pence | None = None
    how: str = ""
    booking: str = ""
    taken_on: date | None = None
    part: str = ""

    @property
    def came(self) -> str:
        """Whether they came: "attended", "did not attend", "" while it is not known."""
        return self.state if self.state in (PlaceState.ATTENDED, PlaceState.ABSENT) else ""


def blank_row(place_id: int) -> DelegateRow:
    """Return the row of a place whose words are not read yet."""
    return DelegateRow(place_id)


def delegate_rows(session: Session, place_ids: Sequence[int]) -> list[DelegateRow]:
    """Return these places in words, in this order; what is no longer there is left out."""
    ids = [int(one) for one in place_ids]
    venues, parts = _venues(session, ids), in_part(session, Place.id.in_(ids))
    charges: dict[int, list[ChargeRow]] = {}
    for charge in standing(session, charges_of(session, Source.PLACE, ids)):
        charges.setdefault(charge.source_id, []).append(charge)
    rows = {}
    for found in _found(session, ids):
        place_id, event_id, state = found.place_id, found.event_id, found.state
        price, county, how = _money(charges.get(place_id, []), state)
        rows[place_id] = DelegateRow(
            place_id=place_id,
            event_id=event_id,
            booking_id=found.booking_id,
            customer_id=found.customer_id,
            state=state,
            reason=found.cancelled_reason,
            delegate=f"{found.given_name or ''} {found.family_name or ''}".strip() or UNNAMED,
            school=found.school,
            course=found.title,
            event=found.event,
            service=found.service,
            day=found.first_on,
            venue=venues.get(event_id, ""),
            county=county,
            price=price,
            how=how,
            booking=booking_words(found.number),
            taken_on=london_time(found.taken_at).date(),
            part=parts.get(place_id, ""),
        )
    return [rows[place_id] for place_id in ids if place_id in rows]


def _found(session: Session, ids: list[int]) -> list[Any]:
    found = (
        select(
            Place.id.label("place_id"),
            Place.event_id,
            Place.state,
            Place.cancelled_reason,
            Person.given_name,
            Person.family_name,
            CourseBooking.number,
            CourseBooking.taken_at,
            CourseBooking.id.label("booking_id"),
            CourseBooking.customer_id,
            Customer.name.label("school"),
            Course.title,
            Event.code.label("event"),
            Event.first_on,
            Service.code.label("service"),
        )
        .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
        .join(Customer, Customer.id == CourseBooking.customer_id)
        .join(Event, Event.id == Place.event_id)
        .join(Course, Course.id == Event.course_id)
        .join(Service, Service.id == Course.service_id)
        .outerjoin(Person, Person.id == Place.person_id)
        .where(Place.id.in_(ids))
    )
    return list(session.execute(found))


def _venues(session: Session, ids: list[int]) -> dict[int, str]:
    """Return where each of the events of these places first meets."""
    events = select(Place.event_id).where(Place.id.in_(ids))
    found = (
        select(
            EventSession.event_id,
            func.coalesce(Space.name, ""),
            EventSession.outside_venue,
        )
        .outerjoin(RoomUse, RoomUse.id == EventSession.room_use_id)
        .outerjoin(Space, Space.id == RoomUse.space_id)
        .where(EventSession.event_id.in_(events))
        .order_by(EventSession.starts_at.desc())
    )
    return {event_id: room or outside for event_id, room, outside in session.execute(found)}


def _money(charges: list[ChargeRow], state: str) -> tuple[Pence | None, str, str]:
    """Return what a place is charged, on which side of the border it was, and how it is paid."""
    if not charges:
        is_held = state not in (PlaceState.CANCELLED, PlaceState.WAITING)
        return None, "", "No charge" if is_held else ""
    last = charges[-1]
    price = Pence(sum(charge.net for charge in charges))
    county = COUNTY_WORDS.get(Band(last.band), "")
    if not price:
        return price, county, last.price_reason
    states = {charge.state for charge in charges}
    if ChargeState.HELD in states:
        return price, county, "Held back"
    words = TO_PAY if ChargeState.UNBILLED in states else PAID
    return price, county, words[Route(last.route)]
