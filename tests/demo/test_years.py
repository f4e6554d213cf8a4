"""Whole years: the figures of the county's report, computed from records made by every rule."""

from datetime import date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState
from lle_desk.consultancy.actions import PlanVisit, VisitAsked, plan_visit
from lle_desk.consultancy.rules import VisitKind
from lle_desk.core.checks import check_database
from lle_desk.core.db import By, Database
from lle_desk.core.records import new_uuid
from lle_desk.courses.models import CourseBooking, Event, EventSession, MissedSession, Place
from lle_desk.courses.rules import PlaceState
from lle_desk.customers.models import Person
from lle_desk.demo import make_demo
from lle_desk.demo.bulk import Work
from lle_desk.demo.calendar import year_end, year_start
from lle_desk.demo.make import is_within
from lle_desk.demo.sizes import YearSize, size_of, years_ending_2014
from lle_desk.demo.woodlands import add_rooms
from lle_desk.demo.years import make_years, records_in
from lle_desk.invoicing.models import Invoice, InvoiceSeries
from lle_desk.officers.models import Service
from lle_desk.reports.exports import courses_table, footfall_table
from lle_desk.reports.queries import behind_figure, report_of
from lle_desk.reports.rules import Ask, Figure, Year, YearKind
from lle_desk.rooms.models import RoomBooking, RoomUse
from lle_desk.rooms.rules import Category, Status
from lle_desk.trainers.models import Trainer

YEAR_2012 = (date(2012, 4, 1), date(2013, 3, 31))
YEAR_2013 = (date(2013, 4, 1), date(2014, 3, 31))
only_sqlite = pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)


def make_small_years(database: Database, by: By, count: int, share: float) -> list[YearSize]:
    sizes = [size_of(year, share) for year in years_ending_2014(count)]
    work = Work(database, by, None, records_in(sizes))
    work.write(add_rooms)
    make_years(work, sizes)
    return sizes


def wanted_footfall(size: YearSize) -> list[tuple[str | int, ...]]:
    rows: list[tuple[str | int, ...]] = [
        (str(one.category), one.bookings, one.people) for one in size.rooms
    ]
    bookings = sum(one.bookings for one in size.rooms)
    people = sum(one.people for one in size.rooms)
    return [("category", "bookings", "people"), *rows, ("total", bookings, people)]


def wanted_courses(size: YearSize) -> list[int]:
    ours, others = size.lpds, size.others
    return [
        ours.attended + ours.absent + others.attended + others.absent,
        ours.attended + others.attended,
        ours.attended,
        ours.events + others.events,
        ours.events,
        size.visits.lpds + size.visits.others,
        size.visits.lpds,
    ]


def test_small_years_come_out_exactly_and_are_billed(database: Database, by: By) -> None:
    for size in make_small_years(database, by, 2, 0.03):
        days = year_start(size.year), year_end(size.year)
        assert database.read(footfall_table, *days) == wanted_footfall(size)
        assert [row[1] for row in database.read(courses_table, *days)[1:]] == wanted_courses(size)
    with Session(database.engine) as session:
        states = session.execute(select(Charge.state, func.count()).group_by(Charge.state))
        assert {state for state, _ in states} == {ChargeState.BILLED, ChargeState.VOID}
        papers = session.execute(
            select(InvoiceSeries.series, InvoiceSeries.next_number, func.count(Invoice.id))
            .join(Invoice, Invoice.series == InvoiceSeries.series)
            .group_by(InvoiceSeries.series, InvoiceSeries.next_number)
        ).all()
        assert {series for series, _, _ in papers} == {"INV", "RCH"}
        assert [one.next_number - 1 for one in papers] == [one[2] for one in papers]


@only_sqlite
def test_small_years_keep_every_rule_of_the_database(database: Database, by: By) -> None:
    make_small_years(database, by, 2, 0.05)
    assert [one.rule for one in check_database(database.engine) if not one.is_kept] == []
    with Session(database.engine) as session:
        assert (session.scalar(select(func.count()).select_from(MissedSession)) or 0) > 0


@only_sqlite
def test_a_course_at_woodlands_is_one_of_the_schools_room_bookings(
    database: Database, by: By
) -> None:
    make_small_years(database, by, 1, 0.1)
    with Session(database.engine) as session:
        found = session.execute(
            select(RoomBooking.category, Event.id)
            .join(RoomUse, RoomUse.room_booking_id == RoomBooking.id)
            .join(EventSession, EventSession.room_use_id == RoomUse.id)
            .join(Event, Event.id == EventSession.event_id)
        ).all()
        assert len(found) > 10
        assert {category for category, _ in found} == {Category.SCHOOLS}
        homeless = select(EventSession).where(
            EventSession.room_use_id.is_(None), EventSession.outside_venue == ""
        )
        assert session.scalars(homeless).all() == []


@only_sqlite
def test_cancelled_bookings_are_there_on_top_and_hold_nothing(database: Database, by: By) -> None:
    (size,) = make_small_years(database, by, 1, 0.1)
    with Session(database.engine) as session:
        cancelled = select(func.count()).where(RoomBooking.status == Status.CANCELLED)
        assert session.scalar(cancelled) == pytest.approx(
            0.04 * sum(one.bookings for one in size.rooms), abs=3
        )
        holding = cancelled.where(RoomBooking.holds_space)
        assert session.scalar(holding) == 0


@only_sqlite
@pytest.mark.long
@pytest.mark.timeout(300)
def test_two_full_years_are_the_facts(database: Database, by: By) -> None:
    """The figures that Education Scrutiny received for 2012/13 and 2013/14."""
    make_demo(database, by, years=2, today=date(2026, 11, 24))
    assert database.read(footfall_table, *YEAR_2012)[1:] == [
        ("External", 174, 4_355),
        ("Edge Hill University", 277, 5_141),
        ("LCC conferences", 357, 18_384),
        ("Schools (CPD)", 473, 10_934),
        ("LCC meetings", 1_439, 21_812),
        ("total", 2_720, 60_626),
    ]
    assert database.read(footfall_table, *YEAR_2013)[-1][2] == 68_900
    shown_as_reports(database)
    assert [row[1] for row in database.read(courses_table, *YEAR_2013)[1:]] == [
        25_111,
        22_700,
        11_039,
        1_357,
        820,
        1_755,
        1_233,
    ]
    with Session(database.engine) as session:
        assert (session.scalar(select(func.count()).select_from(Person)) or 0) > 50_000
        held = select(func.count()).where(Place.holds_place)
        assert (session.scalar(held) or 0) > 50_000
    database.write(by, add_one_place_and_one_visit)
    assert [row[1] for row in database.read(courses_table, *YEAR_2013)[1:]] == [
        25_112,
        22_700,
        11_039,
        1_357,
        820,
        1_756,
        1_234,
    ]


def add_one_place_and_one_visit(session: Session) -> None:
    """Book one place and plan one visit more in 2013/14: the report counts records, not facts."""
    booking = session.scalars(
        select(CourseBooking)
        .join(Event, Event.id == CourseBooking.event_id)
        .where(Event.first_on.between(*YEAR_2013), Event.places_held < Event.capacity)
        .order_by(CourseBooking.id)
        .limit(1)
    ).one()
    more = {"state": str(PlaceState.BOOKED), "holds_place": True, "client_uuid": new_uuid()}
    session.add(Place(course_booking_id=booking.id, event_id=booking.event_id, **more))
    trainer, service = session.execute(
        select(Trainer.id, Service.id)
        .join(Service, Service.id == Trainer.service_id)
        .where(Service.code == "LPDS")
        .limit(1)
    ).one()
    starts, ends = datetime(2014, 3, 30, 9), datetime(2014, 3, 30, 12)
    asked = VisitAsked(
        trainer, booking.customer_id, service, VisitKind.HALF_DAY, starts, ends, "One more"
    )
    plan_visit(session, PlanVisit(new_uuid(), asked))


def shown_as_reports(database: Database) -> None:
    """The screen has the figures of the command line, and each opens what adds up to it."""
    year = Year(YearKind.FINANCIAL, 2013)
    for by_what in ("category", "month", "room", "weekday"):
        report = database.read(report_of, Ask("footfall", by_what, year))
        assert report.total is not None
        assert report.total.cells[1:4] == (2_720, 68_900, 60_626)
    ask = Ask("footfall", "category", year)
    assert database.read(behind_figure, Figure(ask, None, last_year=True)).total == 60_626
    courses = database.read(report_of, Ask("courses", "service", year)).total
    assert courses is not None
    assert (courses.cells[0], courses.cells[2], courses.cells[6]) == (1_357, 25_111, 22_700)


def test_today_is_left_out_where_it_would_change_a_year() -> None:
    sizes = [size_of("2013-14")]
    assert is_within(date(2014, 3, 4), sizes)
    assert not is_within(date(2026, 11, 24), sizes)
