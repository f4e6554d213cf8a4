"""Whole financial years of the office, ending with 2013-14, at full size."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.courses.models import CourseBooking
from lle_desk.customers.rules import ALWAYS
from lle_desk.demo.bulk import Work
from lle_desk.demo.people import Payers, add_payers
from lle_desk.demo.plan_courses import PlannedEvent, plan_course_year
from lle_desk.demo.plan_rooms import plan_room_year
from lle_desk.demo.plan_visits import plan_visit_year
from lle_desk.demo.programme import Programme, add_programme
from lle_desk.demo.sizes import YearSize
from lle_desk.demo.woodlands import woodlands_spaces
from lle_desk.demo.year_courses import Counters, CourseYear
from lle_desk.demo.year_papers import write_papers
from lle_desk.demo.year_rooms import RoomOfEvent, write_room_year
from lle_desk.demo.year_visits import Advisers, add_advisers, write_visit_year
from lle_desk.invoicing.rules import HeadValues
from lle_desk.rooms.models import RoomBooking
from lle_desk.rooms.rules import Category, SpaceFacts


def make_years(work: Work, sizes: Sequence[YearSize]) -> None:
    """Write the years one after the other, the oldest first.

    The rooms of Woodlands must be there. Each year is planned whole and written in short
    transactions, so that nobody else waits and memory stays flat.
    """
    spaces = work.database.read(woodlands_spaces)
    payers = add_payers(work)
    programme: Programme = work.write(add_programme, ALWAYS)
    there: Advisers = work.write(add_advisers, ALWAYS)
    counters = work.database.read(next_numbers)
    heads: dict[int, HeadValues] = {}
    for size in sizes:
        visits = plan_visit_year(size)
        write_visit_year(work, size.year, visits, payers, there)
        _make_year(work, size, spaces, payers, programme, counters, heads)


def records_in(sizes: Sequence[YearSize]) -> int:
    """Return how many room bookings, events and visits the years have, for the progress."""
    return sum(
        sum(one.bookings for one in size.rooms)
        + size.lpds.events
        + size.others.events
        + size.visits.lpds
        + size.visits.others
        for size in sizes
    )


def next_numbers(session: Session) -> Counters:
    """Return the numbers that bookings go on with."""
    return Counters(
        (session.scalar(select(func.max(RoomBooking.number))) or 0) + 1,
        (session.scalar(select(func.max(CourseBooking.number))) or 0) + 1,
    )


def _make_year(
    work: Work,
    size: YearSize,
    spaces: Sequence[SpaceFacts],
    payers: Payers,
    programme: Programme,
    counters: Counters,
    heads: dict[int, HeadValues],
) -> None:
    rooms = plan_room_year(size, spaces)
    events = plan_course_year(size, rooms)
    named = _events_in_rooms(events)
    first = counters.next_room_booking
    written = write_room_year(work, size.year, rooms, payers, named, first)
    counters.next_room_booking = first + len(rooms)
    CourseYear(work, size.year, payers, programme, written, counters).write(events)
    write_papers(work, size.year, heads)


def _events_in_rooms(events: Sequence[PlannedEvent]) -> dict[tuple[Category, int], RoomOfEvent]:
    return {
        event.room: RoomOfEvent(event.course.title, event.course.short_title)
        for event in events
        if event.room is not None
    }
