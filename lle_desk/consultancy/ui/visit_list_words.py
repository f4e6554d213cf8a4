"""The columns of the list of visits, and what is said where it is empty."""

from lle_desk.consultancy.queries import VisitLine, VisitLines
from lle_desk.consultancy.rules import Which
from lle_desk.consultancy.ui.visit_page import STATE_KINDS
from lle_desk.core.days import day_words, london_today, short_day, span_words
from lle_desk.core.money import pounds
from lle_desk.qt.chips import BadgeText
from lle_desk.qt.table_model import Column

EMPTY = {
    Which.COMING: "No visit to come is found. Plan one with “New visit”.",
    Which.NO_NOTE: "No note is missing: every visit that is over has one.",
    Which.NOT_BILLED: "Nothing waits to be billed: every visit that is over is on a paper.",
    Which.OPEN: "No visit is open.",
    Which.ALL: "No visit is found in these days. Choose others, or empty the search with Esc.",
    Which.CANCELLED: "No visit of these days was cancelled.",
}


def counted_words(found: VisitLines) -> str:
    """Return "26 visits", and how many of them are listed where that is fewer."""
    said = f"{found.count:,} visit{'' if found.count == 1 else 's'}"
    shown = len(found.rows)
    return said if shown == found.count else f"the first {shown:,} of {said}"


def _day(row: VisitLine) -> str:
    """Return the day, its year only where that is not this one."""
    day = row.starts_at.date()
    return short_day(day) if day.year == london_today().year else day_words(day)


def _whole_day(row: VisitLine) -> str:
    return day_words(row.starts_at.date())


def _time(row: VisitLine) -> str:
    return span_words(row.starts_at, row.ends_at)


def _adviser_and_service(row: VisitLine) -> str:
    return f"{row.adviser}, {row.service_code}"


def _kind(row: VisitLine) -> str:
    return row.kind.capitalize()


def _net(row: VisitLine) -> str:
    return pounds(row.net) if row.net else ""


def _badges(row: VisitLine) -> list[BadgeText]:
    kinds = {str(state): kind for state, kind in STATE_KINDS.items()}
    return [BadgeText(row.state.capitalize(), kinds[row.state])]


def _nothing(_row: VisitLine) -> str:
    return ""


COLUMNS = [
    Column("Day", _day, sort_key=lambda row: row.starts_at, width=96, tip=_whole_day),
    Column("Time", _time, width=92, quiet=True, give_up=1),
    Column(
        "School or customer",
        lambda row: row.customer,
        width=0,
        strong=True,
        tip=lambda row: row.customer,
    ),
    Column("Topic", lambda row: row.topic, width=190, tip=lambda row: row.topic, give_up=3),
    Column("Adviser", lambda row: row.adviser, width=152, tip=_adviser_and_service, give_up=2),
    Column("Length", _kind, width=76, quiet=True, give_up=5),
    Column("Before VAT", _net, sort_key=lambda row: row.net, width=88, numeric=True, give_up=4),
    Column("Money", lambda row: row.money, width=108, quiet=True),
    Column("", _nothing, sort_key=lambda row: row.state, width=92, badges=_badges),
    Column("Visit", lambda row: row.code, width=74, quiet=True, give_up=6),
]
