"""Reports as tables for CSV files: the heading first."""

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from lle_desk.reports.queries import course_figures, footfall

Table = list[tuple[str | int, ...]]


def footfall_table(session: Session, first: date, last: date) -> Table:
    """Return the footfall of Woodlands by category, the sums in the last row."""
    rows = footfall(session, first, last)
    total = ("total", sum(row.bookings for row in rows), sum(row.people for row in rows))
    counted: Table = [(str(row.group), row.bookings, row.people) for row in rows]
    return [("category", "bookings", "people"), *counted, total]


def courses_table(session: Session, first: date, last: date) -> Table:
    """Return bookings, attendance and events of all services and of LPDS."""
    figures: Table = [(figure.row, figure.value) for figure in course_figures(session, first, last)]
    return [("row", "value"), *figures]


REPORTS: dict[str, Callable[[Session, date, date], Table]] = {
    "footfall": footfall_table,
    "courses": courses_table,
}
