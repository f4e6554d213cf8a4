"""Places of customers in the county and out of it, by their price band on the day of the event."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from lle_desk.courses.models import Course, CourseBooking, Event, Place
from lle_desk.courses.rules import PlaceState, booking_words
from lle_desk.customers.models import Customer, CustomerStanding
from lle_desk.customers.rules import Band, Standing
from lle_desk.reports.queries.uses import counted
from lle_desk.reports.rules import BehindRow, Year

IN_COUNTY, OUT_OF_COUNTY, OTHERS = "In the county", "Out of county", "External and other"
SIDES = {
    Band.SUBSCRIBER: IN_COUNTY,
    Band.COUNTY: IN_COUNTY,
    Band.INTERNAL: IN_COUNTY,
    Band.OUT_OF_COUNTY: OUT_OF_COUNTY,
}


@dataclass(frozen=True, slots=True)
class Sided:
    """What one booking holds, and on which side of the county's border its customer was."""

    booking_id: int
    number: int
    customer: str
    band: str
    side: str
    event_id: int
    code: str
    title: str
    first_on: date
    held: int
    attended: int

    def behind(self, amount: int) -> BehindRow:
        """Return it as a record behind a figure."""
        return BehindRow(
            "course_booking",
            self.booking_id,
            self.booking_id,
            self.first_on,
            "",
            booking_words(self.number),
            self.title,
            self.customer,
            self.band or "no band yet",
            self.code,
            amount,
            "",
        )


def sided_bookings(session: Session, year: Year) -> list[Sided]:
    """Return the bookings with places on the events that begin in a year, by day and number."""
    bands = _bands(session)
    places = (
        select(
            Place.course_booking_id,
            Place.event_id,
            func.count(Place.id).label("held"),
            counted(Place.state == PlaceState.ATTENDED.value).label("attended"),
        )
        .join(Event, Event.id == Place.event_id)
        .where(Place.holds_place, Event.first_on.between(year.first, year.last))
        .group_by(Place.course_booking_id, Place.event_id)
        .subquery()
    )
    found: Select[*tuple[Any, ...]] = (
        select(
            CourseBooking.id,
            CourseBooking.number,
            CourseBooking.customer_id,
            Customer.name,
            Event.id,
            Event.code,
            Course.title,
            Event.first_on,
            places.c.held,
            places.c.attended,
        )
        .join(places, places.c.course_booking_id == CourseBooking.id)
        .join(Event, Event.id == places.c.event_id)
        .join(Course, Course.id == Event.course_id)
        .join(Customer, Customer.id == CourseBooking.customer_id)
        .order_by(Event.first_on, CourseBooking.number)
    )
    sided = []
    for booking, number, customer_id, customer, event, *shown in session.execute(found):
        band = _band_on(bands.get(customer_id, ()), shown[2])
        side = SIDES.get(Band(band), OTHERS) if band else OTHERS
        sided.append(Sided(booking, number, customer, band, side, event, *shown))
    return sided


def _bands(session: Session) -> Mapping[int, Sequence[tuple[date, str]]]:
    """Return the price bands of each customer with the day they began, the newest first."""
    found = (
        select(CustomerStanding.customer_id, CustomerStanding.valid_from, CustomerStanding.value)
        .where(CustomerStanding.standing == Standing.BAND)
        .order_by(CustomerStanding.valid_from.desc())
    )
    known: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for customer_id, since, band in session.execute(found):
        known[customer_id].append((since, band))
    return known


def _band_on(bands: Sequence[tuple[date, str]], day: date) -> str:
    return next((band for since, band in bands if since <= day), "")
