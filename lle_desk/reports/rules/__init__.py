"""How people are counted, which rows the council's reports have, and what a report is."""

from dataclasses import dataclass

from lle_desk.reports.rules.footfall import (
    CountedUse,
    FootfallRow,
    How,
    Presence,
    footfall_rows,
    grouped,
    heads_of,
    presences,
)
from lle_desk.reports.rules.report import (
    Ask,
    Behind,
    BehindRow,
    Chart,
    ChartPart,
    Figure,
    Kind,
    Report,
    ReportColumn,
    ReportRow,
    change,
    figure_words,
    in_file,
    parted,
)
from lle_desk.reports.rules.years import Year, YearKind, year_of

LPDS = "LPDS"


@dataclass(frozen=True, slots=True)
class CourseFigure:
    """One row of the courses report, named as in the tables that Education Scrutiny receives."""

    row: str
    value: int


__all__ = [
    "LPDS",
    "Ask",
    "Behind",
    "BehindRow",
    "Chart",
    "ChartPart",
    "CountedUse",
    "CourseFigure",
    "Figure",
    "FootfallRow",
    "How",
    "Kind",
    "Presence",
    "Report",
    "ReportColumn",
    "ReportRow",
    "Year",
    "YearKind",
    "change",
    "figure_words",
    "footfall_rows",
    "grouped",
    "heads_of",
    "in_file",
    "parted",
    "presences",
    "year_of",
]
