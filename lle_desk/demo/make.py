"""Fills an empty database with invented data: the office around today, and whole years."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.courses.models import CourseBooking, Event, Place
from lle_desk.customers.models import Customer, Person
from lle_desk.demo.bulk import Steps, Work, chunks
from lle_desk.demo.calendar import year_end, year_start
from lle_desk.demo.plan_rooms import Rooms
from lle_desk.demo.present import AFTER, BEFORE, add_present, sample_schools
from lle_desk.demo.present_agreements import add_present_agreements
from lle_desk.demo.present_changes import ask_for_rooms, cancel_some, write_letters
from lle_desk.demo.present_courses import (
    add_present_events,
    book_present_events,
    finish_present_events,
)
from lle_desk.demo.present_extras import add_sold, order_for, uses_to_feed
from lle_desk.demo.present_money import bill_present
from lle_desk.demo.present_rooms import (
    add_closure,
    add_today,
    count_heads,
    hold_rooms,
    present_holds,
)
from lle_desk.demo.present_visits import add_present_visits, teachers
from lle_desk.demo.sizes import MOST_YEARS, YearSize, size_of, years_ending_2014
from lle_desk.demo.woodlands import add_rooms
from lle_desk.demo.year_visits import add_advisers
from lle_desk.demo.years import make_years, records_in
from lle_desk.invoicing.models import Invoice
from lle_desk.rooms.models import RoomBooking

EVENTS_AT_ONCE, HOLDS_AT_ONCE = 10, 120
PRESENT_STEPS = 400  # of the progress


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What the database holds now."""

    customers: int
    people: int
    room_bookings: int
    events: int
    places: int
    papers: int

    @property
    def words(self) -> str:
        return (
            f"{self.customers:,} customers, {self.people:,} people, "
            f"{self.room_bookings:,} room bookings, {self.places:,} places on "
            f"{self.events:,} events, {self.papers:,} invoices and journals: all demo data."
        )


def make_demo(
    database: Database,
    by: By,
    *,
    years: int = 0,
    today: date,
    progress: Steps | None = None,
) -> DemoSummary:
    """Make the demo: the office around `today`, and `years` whole years up to March 2014.

    The same every time, but for the numbers that the program draws by chance. It is written in
    many short transactions, so others may work meanwhile; when it is stopped, what was written
    stays.

    Raises:
        OfficerError: the database holds real records or bookings already, or the years are not
            0 to 10.
        ImportStopped: the progress was told to stop.
    """
    if not 0 <= years <= MOST_YEARS:
        raise OfficerError(f"The demo has 0 to {MOST_YEARS} whole years.")
    database.read(refuse_real_data)
    sizes = [size_of(year) for year in years_ending_2014(years)]
    work = Work(database, by, progress, records_in(sizes) + PRESENT_STEPS)
    work.write(add_rooms)
    if sizes:
        make_years(work, sizes)
    if not is_within(today, sizes):
        _make_present(work, today)
    return database.read(demo_summary)


def refuse_real_data(session: Session) -> None:
    """Refuse a database that is in use.

    Raises:
        OfficerError: it has customers that are not demo data, or bookings.
    """
    real = session.scalar(select(func.count()).where(~Customer.is_demo))
    booked = session.scalar(select(RoomBooking.id).limit(1)) or session.scalar(
        select(CourseBooking.id).limit(1)
    )
    if real or booked:
        raise OfficerError(
            "This database has customers or bookings already, and demo data must not be mixed "
            "with them. Make it in a database of its own: "
            "lle-desk --database sqlite:///demo.db demo"
        )


def demo_summary(session: Session) -> DemoSummary:
    """Return how many records there are."""
    tables = (Customer, Person, RoomBooking, Event, Place, Invoice)
    counts = [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]
    return DemoSummary(*counts)


def _make_present(work: Work, today: date) -> None:
    there = work.write(add_present, today, sample_schools())
    rooms = Rooms(there.spaces)
    work.write(add_present_agreements, there)
    work.write(add_closure, there)
    work.write(add_sold, there)
    advisers = work.write(add_advisers)
    events = work.write(add_present_events, there, rooms, teachers(advisers))
    work.write(add_present_visits, there, advisers)
    for some in chunks(events, EVENTS_AT_ONCE):
        work.advance(work.write(book_present_events, there, some) // 4)
    work.write(finish_present_events, events)
    work.write(cancel_some, there, events)
    work.write(write_letters, there, events)
    work.write(add_today, there)
    work.write(ask_for_rooms)
    for holds in chunks(present_holds(there, rooms), HOLDS_AT_ONCE):
        work.write(hold_rooms, holds)
        work.advance(len(holds))
    for uses in chunks(work.write(uses_to_feed, there), HOLDS_AT_ONCE):
        work.write(order_for, there, uses)
    work.write(count_heads, there)
    work.write(bill_present, there)
    work.advance(work.of - work.done)


def is_within(today: date, sizes: list[YearSize]) -> bool:
    """Return whether the demo around today would change the figures of a whole year."""
    return any(
        today + AFTER >= year_start(size.year) and today - BEFORE <= year_end(size.year)
        for size in sizes
    )
