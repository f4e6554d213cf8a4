"""What a customer has booked on courses, and where nobody came: for their one screen."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.courses.models import Course, CourseBooking, Event, Place
from lle_desk.courses.queries.missed import in_part
from lle_desk.courses.rules import PlaceState
from lle_desk.customers.models import Person

LOOK_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ComingBooking:
    """What a customer has booked from today on."""

    booking_id: int
    number: int
    first_on: date
    title: str
    places: int


@dataclass(frozen=True, slots=True)
class InPart:
    """A place that attended only `part` of an event: "1 of 2 sessions"; `delegate` may be ""."""

    booking_id: int
    delegate: str
    title: str
    part: str


@dataclass(frozen=True, slots=True)
class Absences:
    """How many places of a customer nobody took in a year, of how many, and the last of them.

    `in_part` are the places that attended only some of the sessions, the last first.
    """

    absent: int
    booked: int
    last_on: date | None
    last_title: str
    last_booking_id: int
    in_part: tuple[InPart, ...] = ()


def coming_bookings(session: Session, customer_id: int, today: date) -> list[ComingBooking]:
    """Return what a customer has booked on events that are not over, the soonest first."""
    held = func.count(Place.id)
    found = (
        select(CourseBooking.id, CourseBooking.number, Event.first_on, Course.title, held)
        .join(Event, Event.id == CourseBooking.event_id)
        .join(Course, Course.id == Event.course_id)
        .join(Place, Place.course_booking_id == CourseBooking.id)
        .where(CourseBooking.customer_id == customer_id, Place.holds_place, Event.last_on >= today)
        .group_by(CourseBooking.id, CourseBooking.number, Event.first_on, Course.title)
        .order_by(Event.first_on, CourseBooking.number)
    )
    return [
        ComingBooking(booking_id, number, day, title, places)
        for booking_id, number, day, title, places in session.execute(found)
        if day is not None
    ]


def absences(session: Session, customer_id: int, today: date) -> Absences:
    """Return how often nobody came in the year before `today`, or only to some sessions."""
    in_year = (
        CourseBooking.customer_id == customer_id,
        Place.holds_place,
        Event.last_on < today,
        Event.last_on >= today - LOOK_BACK,
    )
    places = (
        select(
            Place.state,
            Event.first_on,
            Course.title,
            CourseBooking.id,
            Place.id.label("place"),
            func.coalesce(Person.given_name + " " + Person.family_name, "").label("delegate"),
        )
        .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
        .join(Event, Event.id == CourseBooking.event_id)
        .join(Course, Course.id == Event.course_id)
        .outerjoin(Person, Person.id == Place.person_id)
        .where(*in_year)
        .order_by(Event.first_on)
    )
    rows = session.execute(places).all()
    came = [row.place for row in rows if row.state == PlaceState.ATTENDED]
    parts = in_part(session, Place.id.in_(came)) if came else {}
    partly = tuple(
        InPart(row.id, row.delegate, row.title, parts[row.place])
        for row in reversed(rows)
        if row.place in parts
    )
    missed = [row for row in rows if row.state == PlaceState.ABSENT]
    if not missed:
        return Absences(0, len(rows), None, "", 0, partly)
    last = missed[-1]
    return Absences(len(missed), len(rows), last.first_on, last.title, last.id, partly)
