"""Consultancies of a year, counted from the visits."""

from datetime import date, timedelta

import pytest

from lle_desk.agreements.actions import MakeAgreement, make_agreement
from lle_desk.agreements.rules import Allowance
from lle_desk.consultancy.actions import (
    CancelVisit,
    WriteNote,
    cancel_visit,
    write_note,
)
from lle_desk.consultancy.rules import VisitKind
from lle_desk.core.db import Database
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.reports.documents import report_pdf
from lle_desk.reports.exports import courses_table, report_csv, report_xlsx
from lle_desk.reports.queries import behind_figure, report_of
from lle_desk.reports.rules import Ask, Figure, Report
from lle_desk.reports.rules.choices import REPORTS
from tests.consultancy.office import DAY, Office, a_visit, an_office, at
from tests.courses.people import ANN
from tests.reports.office import YEAR as THE_YEAR

YEAR = (date(2013, 4, 1), date(2014, 3, 31))
NEXT_APRIL = date(2014, 4, 1)


def figures(database: Database) -> list[tuple[str | int, ...]]:
    return database.read(courses_table, *YEAR)[-2:]


def test_one_visit_more_changes_the_figures_and_a_cancelled_one_counts_nothing(
    database: Database,
) -> None:
    office = an_office(database)
    assert [row[1] for row in figures(database)] == [0, 0]
    number = a_visit(database, office.asked())
    later = office.asked(starts_at=at(NEXT_APRIL, "09:00"), ends_at=at(NEXT_APRIL, "12:00"))
    a_visit(database, later)
    assert figures(database) == [
        ("Consultancy bookings (all groups)", 1),
        ("Consultancy bookings (LPDS)", 1),
    ]
    database.write(ANN, cancel_visit, CancelVisit(number, 2, date(2014, 2, 1), "Ill"))
    assert [row[1] for row in figures(database)] == [0, 0]


def three_visits(database: Database) -> Office:
    """A half day done, a day that an agreement pays for, and a twilight in another month."""
    office = an_office(database)
    first = a_visit(database, office.asked())
    note = WriteNote(first, 2, "Seen and agreed.", DAY)
    database.write(ANN, write_note, note)
    twilight = office.asked(
        starts_at=at(date(2014, 2, 4), "15:45"),
        ends_at=at(date(2014, 2, 4), "17:30"),
        kind=VisitKind.TWILIGHT,
    )
    a_visit(database, twilight)
    ask = MakeAgreement(
        new_uuid(),
        office.school,
        office.service,
        "Two days of advice",
        DAY,
        date(2014, 3, 31),
        Pence(80_000),
        Allowance.DAYS,
        4,
    )
    database.write(ANN, make_agreement, ask)
    later = DAY + timedelta(days=1)
    day = office.asked(
        starts_at=at(later, "09:00"),
        ends_at=at(later, "15:30"),
        kind=VisitKind.DAY,
        trainer_id=office.ben,
    )
    a_visit(database, day)
    return office


def shown(database: Database, by_what: str) -> Report:
    return database.read(report_of, Ask("consultancy", by_what, THE_YEAR))


def cells(report: Report, label: str) -> tuple[float | None, ...]:
    (found,) = [row.cells for row in report.rows if row.label == label]
    return (found[0], *found[4:])


def test_visits_are_counted_with_their_days_and_how_they_are_paid_for(database: Database) -> None:
    three_visits(database)
    kinds = shown(database, "kind")
    assert cells(kinds, "Half day") == (1, 1, 0, 0.5, 24_000, 0)
    assert cells(kinds, "Day") == (1, 0, 1, 1, 0, 1)
    assert cells(kinds, "Twilight") == (1, 0, 1, 0.5, 21_000, 0)
    assert cells(shown(database, "month"), "March") == (2, 1, 1, 1.5, 24_000, 1)
    assert cells(shown(database, "adviser"), "Ben Sample") == (1, 0, 1, 1, 0, 1)


def test_each_figure_of_consultancy_opens_the_visits_that_add_up_to_it(
    database: Database,
) -> None:
    three_visits(database)
    [choice] = [one for one in REPORTS if one.key == "consultancy"]
    for by_what, _words in choice.groupings:
        report = shown(database, by_what)
        lines = [(row.key, row) for row in report.rows] + [(None, report.total)]
        for key, row in lines:
            assert row is not None
            for cell, column in zip(row.cells, report.columns, strict=True):
                if column.opens:
                    figure = Figure(report.ask, key, column.last_year, column.part)
                    behind = database.read(behind_figure, figure)
                    assert behind.total == pytest.approx(cell), figure
                    assert {one.kind for one in behind.rows} <= {"visit"}


def test_consultancy_is_saved_and_printed_with_money_in_pounds(database: Database) -> None:
    three_visits(database)
    report = shown(database, "kind")
    behind = database.read(behind_figure, Figure(report.ask, None, part="charged"))
    assert "Half day,1,0,1,,1,0,0.5,240.0,0" in report_csv(report).decode("utf-8-sig")
    assert report_xlsx(report, behind).startswith(b"PK")
    assert report_pdf(report, at(DAY, "09:00")).startswith(b"%PDF")
