"""The list of visits as it is printed or saved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lle_desk.consultancy.queries import VisitLine
from lle_desk.core.days import day_words, span_words
from lle_desk.core.money import Pence, pounds
from lle_desk.paper.lists import ListColumns, ListPaper

COLUMNS = ListColumns(
    name="Visits",
    foot="",
    heads=(
        "Visit",
        "Day",
        "Time",
        "School or customer",
        "Topic",
        "Adviser",
        "Service",
        "Length",
        "State",
        "Before VAT",
        "Money",
    ),
    shares=(9, 17, 13, 34, 30, 18, 9, 11, 11, 12, 13),
    strong=3,
)


def visits_paper(
    rows: Sequence[VisitLine], which: str, first: date | None, last: date | None, today: date
) -> ListPaper:
    """Return the list as it is shown; its foot says of which days and when it was made."""
    days = f"{day_words(first)} to {day_words(last)}" if first and last else "of all days"
    net = pounds(Pence(sum(row.net for row in rows)))
    note = f"{len(rows):,} visit{'' if len(rows) == 1 else 's'}, {net} before VAT"
    columns = replace(COLUMNS, foot=f"{which}, {days}, as on {day_words(today)}")
    return ListPaper(columns, f"Visits: {which.lower()}", note, [_line(row) for row in rows])


def _line(row: VisitLine) -> tuple[str, ...]:
    return (
        row.code,
        day_words(row.starts_at.date()),
        span_words(row.starts_at, row.ends_at),
        row.customer,
        row.topic,
        row.adviser,
        row.service_code,
        row.kind,
        row.state,
        pounds(row.net),
        row.money,
    )
