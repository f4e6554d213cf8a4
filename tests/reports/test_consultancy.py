"""Consultancies of a year, counted from the visits."""

from datetime import date

from lle_desk.consultancy.actions import CancelVisit, cancel_visit
from lle_desk.core.db import Database
from lle_desk.reports.exports import courses_table
from tests.consultancy.office import a_visit, an_office, at
from tests.courses.people import ANN

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
