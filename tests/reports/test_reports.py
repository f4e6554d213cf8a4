"""Reports as values: groups, years against each other, and what is behind each figure."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.actions import take_back
from lle_desk.charges.models import Charge
from lle_desk.core.db import By, Database
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import AddEvent, NewSession, add_event
from lle_desk.courses.actions.costs import SaveCost, save_cost
from lle_desk.courses.models import EventSession
from lle_desk.courses.queries import event_card
from lle_desk.courses.queries.breaking_even import break_even, break_even_of
from lle_desk.courses.rules import PlaceState
from lle_desk.customers.rules import Kind as Sort
from lle_desk.demo.files import DemoCustomer
from lle_desk.demo.people import add_demo_customers
from lle_desk.demo.programme import add_programme
from lle_desk.paper.lists import plain
from lle_desk.reports.documents import report_pdf
from lle_desk.reports.exports import report_csv, report_xlsx
from lle_desk.reports.queries import behind_figure, report_of
from lle_desk.reports.rules import (
    Ask,
    Figure,
    How,
    Kind,
    Report,
    ReportRow,
    Year,
    YearKind,
    figure_words,
    year_of,
)
from lle_desk.reports.rules.choices import REPORTS
from lle_desk.rooms.actions import CancelBooking, CloseSpace, cancel_booking, close_space
from lle_desk.rooms.models import RoomUse, Space
from lle_desk.trainers.actions import AddTrainer, add_trainer, set_session_trainers
from tests.reports.office import MAY, YEAR, booked
from tests.reports.test_queries import book, give_back, make_event, mark

BOOKINGS, BEFORE, PEOPLE, PEOPLE_BEFORE, DIFFERENCE, SHARE, COUNTED, REGISTER, EXPECTED = range(9)


def report(database: Database, what: str, by: str, year: Year = YEAR) -> Report:
    return database.read(report_of, Ask(what, by, year))


def row(shown: Report, label: str) -> ReportRow:
    return next(one for one in shown.rows if one.label == label)


def total(shown: Report) -> tuple[float | None, ...]:
    assert shown.total is not None
    return shown.total.cells


def test_this_year_stands_beside_last_year_with_the_difference_and_per_cent(
    database: Database, rooms: dict[str, int]
) -> None:
    cells = row(report(database, "footfall", "category"), "LCC meetings").cells
    assert cells == (2, 1, 32, 10, 22, 220.0, 32, 0, 0)


def test_what_was_counted_and_what_only_expected_are_told_apart(
    database: Database, rooms: dict[str, int]
) -> None:
    cells = total(report(database, "footfall", "category"))
    assert (cells[PEOPLE], cells[COUNTED], cells[REGISTER], cells[EXPECTED]) == (42, 32, 0, 10)


@pytest.mark.parametrize("by_what", ["category", "month", "room", "weekday"])
def test_the_whole_year_is_the_same_however_it_is_grouped(
    database: Database, rooms: dict[str, int], by_what: str
) -> None:
    shown = report(database, "footfall", by_what)
    assert total(shown)[:4] == (3, 1, 42, 10)
    assert sum(one.cells[PEOPLE] or 0 for one in shown.rows) == 42


def test_an_academic_year_begins_in_september(database: Database, rooms: dict[str, int]) -> None:
    year = year_of(YearKind.ACADEMIC, MAY)
    assert (year.words, year.first, year.last) == ("2012/13", date(2012, 9, 1), date(2013, 8, 31))
    shown = report(database, "footfall", "month", year)
    assert shown.rows[0].label == "September"
    assert total(shown)[:4] == (3, 1, 42, 10)


def test_years_stand_under_each_other(database: Database, rooms: dict[str, int]) -> None:
    shown = report(database, "footfall", "year")
    found = [(one.label, one.cells[PEOPLE], one.cells[PEOPLE_BEFORE]) for one in shown.rows]
    assert found == [("2012/13", 10, 0), ("2013/14", 42, 10)]


def test_one_who_changes_rooms_counts_in_both_and_once_in_the_year(
    database: Database, by: By, rooms: dict[str, int]
) -> None:
    def morning_and_afternoon(session: Session) -> None:
        first = booked(session, rooms["Ash"], MAY, 8, came=8)
        use = session.get_one(RoomUse, first)
        booked(
            session,
            rooms["Beech"],
            MAY,
            8,
            came=8,
            booking_id=use.room_booking_id,
            hours=(13, 15),
        )

    database.write(by, morning_and_afternoon)
    shown = report(database, "footfall", "room")
    assert row(shown, "Ash").cells[PEOPLE] == 8
    assert row(shown, "Beech").cells[PEOPLE] == 8
    assert total(shown)[PEOPLE] == 42 + 8


def figures(shown: Report) -> Iterator[tuple[Figure, float]]:
    """Yield every figure that opens something and is an amount of it."""
    for line in (*shown.rows, *([shown.total] if shown.total else [])):
        key = None if line is shown.total else line.key
        for column, cell in zip(shown.columns, line.cells, strict=True):
            is_amount = not column.heading.startswith(("Bookings", "Events"))
            if column.opens and column.kind is not Kind.PERCENT and is_amount:
                yield Figure(shown.ask, key, column.last_year, column.part), cell or 0


def test_what_is_behind_a_figure_adds_up_to_it(
    database: Database, by: By, rooms: dict[str, int]
) -> None:
    event, school = database.write(by, make_event)
    database.write(by, book, event, school, "One", "Two")
    database.write(by, give_back)
    for what, by_what in [(one.key, by) for one in REPORTS for by, _words in one.groupings]:
        for figure, amount in figures(report(database, what, by_what)):
            behind = database.read(behind_figure, figure).total
            assert behind == pytest.approx(amount), f"{what} by {by_what}: {figure}"


def test_the_bookings_behind_the_expected_heads_are_those_nobody_counted(
    database: Database, rooms: dict[str, int]
) -> None:
    figure = Figure(Ask("footfall", "category", YEAR), None, part=How.EXPECTED)
    [behind] = database.read(behind_figure, figure).rows
    assert (behind.kind, behind.group, behind.amount, behind.how) == (
        "room_use",
        "External",
        10,
        "expected",
    )


def test_occupancy_is_hours_booked_of_hours_open_and_a_joined_room_fills_its_rooms(
    database: Database, rooms: dict[str, int]
) -> None:
    shown = report(database, "occupancy", "room")
    assert "Oak Room" not in [one.label for one in shown.rows]
    elm, oak = row(shown, "Elm").cells, row(shown, "Oak 1").cells
    assert (elm[0], oak[0], row(shown, "Oak 2").cells[0]) == (6, 3, 3)
    assert elm[1] == oak[1]
    assert elm[2] == pytest.approx(600 / (elm[1] or 1))
    assert "bank holidays and closures" in shown.notes[0]


def test_a_closed_room_is_not_open(database: Database, by: By, rooms: dict[str, int]) -> None:
    before = row(report(database, "occupancy", "room"), "Ash").cells[1] or 0
    database.write(by, close_ash, rooms["Ash"])
    after = row(report(database, "occupancy", "room"), "Ash").cells[1] or 0
    assert before - after == 4


def close_ash(session: Session, space_id: int) -> None:
    site = session.get_one(Space, space_id).site_id
    hours = datetime(2013, 7, 2, 10), datetime(2013, 7, 2, 14)
    ask = CloseSpace(
        client_uuid=new_uuid(),
        site_id=site,
        space_id=space_id,
        starts_at=hours[0],
        ends_at=hours[1],
        reason="new carpet",
    )
    close_space(session, ask)


def test_cancelled_bookings_count_nothing_in_any_report(
    database: Database, by: By, rooms: dict[str, int]
) -> None:
    def cancel(session: Session) -> None:
        use = booked(session, rooms["Ash"], MAY, 50)
        booking = session.get_one(RoomUse, use).room_booking_id
        ask = CancelBooking(booking_id=booking, seen_version=1)
        cancel_booking(session, ask)

    database.write(by, cancel)
    assert total(report(database, "footfall", "room"))[PEOPLE] == 42
    assert row(report(database, "occupancy", "room"), "Ash").cells[0] == 0


def test_courses_are_counted_by_service_venue_and_side_of_the_border(
    database: Database, by: By
) -> None:
    event, school = database.write(by, make_event)
    database.write(by, book, event, school, "One", "Two")
    for by_what, label in (
        ("service", "LPDS professional development"),
        ("venue", "Woodlands"),
        ("month", "June"),
        ("county", "In the county"),
    ):
        cells = row(report(database, "courses", by_what), label).cells
        assert (cells[0], cells[2], cells[6]) == (1, 2, 0), by_what
    assert total(report(database, "courses", "service"))[8] == 10.0  # 2 of 20


def second_event(session: Session) -> None:
    """Add an event of another service, month and venue, with a school from out of the county."""
    course = add_programme(session)["GOV-C01"].course_id
    begins, ends = datetime(2013, 11, 5, 9), datetime(2013, 11, 5, 16)
    hours = (NewSession(begins, ends, outside_venue="Demo Stadium, Anytown"),)
    event = add_event(session, AddEvent(new_uuid(), course, hours, capacity=10))
    away = DemoCustomer(Sort.ACADEMY, "Faraway Academy", "", "Fictionby", "", in_county=False)
    (payer,) = add_demo_customers(session, [away])
    book(session, event, payer.id, "Four", "Five")


def test_every_figure_of_courses_is_the_sum_of_its_groups_and_of_the_records_behind_it(
    database: Database, by: By
) -> None:
    event, school = database.write(by, make_event)
    database.write(by, book, event, school, "One", "Two", "Three")
    database.write(by, second_event)
    database.write(by, mark, PlaceState.ATTENDED, 2)
    database.write(by, with_a_trainer, event)
    year_after = Year(YearKind.FINANCIAL, 2014)  # in it, they are the year before
    for one in REPORTS:
        for by_what, _words in one.groupings if one.key in {"courses", "income"} else ():
            for year in (YEAR, year_after):
                shown = report(database, one.key, by_what, year)
                assert_adds_up(database, shown)
    for by_what, rows in (("service", 2), ("month", 12), ("venue", 2), ("county", 2)):
        shown = report(database, "courses", by_what)
        assert len(shown.rows) == rows
        for column, all_of_it in ((2, 5), (6, 2), (9, 3)):
            assert sum(line.cells[column] or 0 for line in shown.rows) == all_of_it, by_what
            assert total(shown)[column] == all_of_it
    database.write(by, book, event, school, "One more")
    assert row(report(database, "courses", "county"), "In the county").cells[2] == 4


def assert_adds_up(database: Database, shown: Report) -> None:
    """Each figure that opens has records that add up to it, in each line and in the total."""
    assert shown.total is not None
    for line in (*shown.rows, shown.total):
        key = None if line is shown.total else line.key
        for column, cell in zip(shown.columns, line.cells, strict=True):
            if column.opens and column.kind is not Kind.PERCENT:
                figure = Figure(shown.ask, key, column.last_year, column.part)
                behind = database.read(behind_figure, figure)
                assert behind.total == cell, (shown.ask, line.label, column.heading)
                assert all(one.amount for one in behind.rows)


def with_a_trainer(session: Session, event: int) -> None:
    """Give the event's one session a trainer who costs £300 a day."""
    trainer = add_trainer(
        session, AddTrainer(new_uuid(), "Demo Trainer", cost_per_day=Pence(30_000))
    )
    row = session.scalars(select(EventSession).where(EventSession.event_id == event)).one()
    set_session_trainers(session, row.id, (trainer,), row.starts_at, row.ends_at, "Demo")


def behind_charge(database: Database) -> int:
    with Session(database.engine) as session:
        return session.scalars(select(Charge.id).order_by(Charge.id)).first() or 0


def test_the_income_of_an_event_opens_the_bookings_that_brought_it(
    database: Database, by: By
) -> None:
    event, school = database.write(by, make_event)
    database.write(by, with_a_trainer, event)
    database.write(by, book, event, school, "One", "Two")
    database.write(by, book, event, school, "Three")
    database.write(by, save_cost, SaveCost(new_uuid(), event, "Speaker", Pence(10_000)))
    shown = report(database, "income", "event")
    (line,) = shown.rows
    income = int(line.cells[1] or 0)
    assert line.cells[0] == 3
    assert income > 0
    whole = database.read(break_even, event)
    assert line.cells[2] == whole.cost > 10_000
    assert line.cells[3] == income - whole.cost
    behind = database.read(behind_figure, Figure(shown.ask, line.key))
    assert [one.kind for one in behind.rows] == ["course_booking"] * 2
    assert behind.total == income
    charge = behind_charge(database)
    database.write(by, take_back, [charge], "It was promised free")
    (line,) = report(database, "income", "event").rows
    assert line.cells[1] == income * 2 / 3
    # the event's page and the list of events at risk say the same, by the same rule
    assert database.read(event_card, event).money.income == line.cells[1]
    assert database.read(break_even_of, [event])[event].income == line.cells[1]


def test_cancelled_places_are_counted_by_their_reason(database: Database, by: By) -> None:
    event, school = database.write(by, make_event)
    database.write(by, book, event, school, "One", "Two")
    database.write(by, give_back)
    [only] = report(database, "cancelled", "reason").rows
    assert (only.label, only.cells[0]) == ("No reason given", 1)


@pytest.mark.parametrize("words", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1"])
def test_text_in_a_file_is_never_a_formula(words: str) -> None:
    assert plain(words) == f"'{words}"


def test_a_csv_file_has_plain_numbers(database: Database, rooms: dict[str, int]) -> None:
    data = report_csv(report(database, "footfall", "category")).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(data)))
    assert rows[0][:3] == ["Category", "Bookings 2013/14", "Bookings 2012/13"]
    assert rows[-1] == ["Whole year", "3", "1", "42", "10", "32", "320", "32", "0", "10"]


def test_a_workbook_has_the_table_and_the_records_and_no_formula(
    database: Database, by: By, rooms: dict[str, int]
) -> None:
    from openpyxl import load_workbook

    database.write(by, booked, rooms["Ash"], MAY, 5, title='=HYPERLINK("x")')
    shown = report(database, "footfall", "category")
    behind = database.read(behind_figure, Figure(shown.ask, None))
    book = load_workbook(BytesIO(report_xlsx(shown, behind)))
    assert book.sheetnames == ["Report", "Records behind"]
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert all(cell.data_type != "f" for cell in cells)
    assert '=HYPERLINK("x")' in [cell.value for cell in cells]
    assert 47 in [cell.value for cell in book["Report"]["D"]]


def test_a_report_is_printed_with_its_figures(database: Database, rooms: dict[str, int]) -> None:
    data = report_pdf(report(database, "footfall", "category"), datetime(2014, 4, 2, 9))
    said = PdfDocument(data)[0].get_textpage().get_text_range()
    assert "Footfall 2013/14" in said
    assert "Edge Hill University" in said
    assert "+320.0 %" in said


def test_figures_are_written_with_a_true_minus() -> None:
    assert figure_words(-1439, Kind.CHANGE) == "−1,439"
    assert figure_words(13.64, Kind.CHANGE_PERCENT) == "+13.6 %"
    assert figure_words(None, Kind.PERCENT) == "–"
