"""The invented programme in the database: its courses, their offers and prices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.courses.actions import AddCourse, add_course
from lle_desk.courses.models import Course
from lle_desk.customers.rules import ALWAYS, Band
from lle_desk.demo.dice import fixed_uuid
from lle_desk.demo.files import courses
from lle_desk.demo.people import price_for_band
from lle_desk.offers.queries import scale_of
from lle_desk.offers.rules import BandPrice, Scale
from lle_desk.officers.models import Service


@dataclass(frozen=True, slots=True)
class CourseOnOffer:
    """A course's numbers, by its code in the demo's files."""

    course_id: int
    offer_id: int
    scale: Scale


Programme = Mapping[str, CourseOnOffer]


def add_programme(session: Session, prices_from: date = ALWAYS) -> Programme:
    """Add the courses that are not there yet, with a price for each band, and return them all."""
    services = dict(session.execute(select(Service.code, Service.id)).all())
    added: dict[str, CourseOnOffer] = {}
    for course in courses():
        course_id = add_course(
            session,
            AddCourse(
                fixed_uuid("course", course.code),
                course.code,
                course.title,
                services[course.service],
                tuple(BandPrice(band, price_for_band(course.county, band)) for band in Band),
                prices_from,
                course.short_title,
                is_demo=True,
            ),
        )
        offer_id = session.get_one(Course, course_id).offer_id
        scale = scale_of(session, offer_id)
        assert scale is not None  # add_course gives every course one
        added[course.code] = CourseOnOffer(course_id, offer_id, scale)
    return added
