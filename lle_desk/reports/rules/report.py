"""A report as plain values: what the table, the chart, the files and the paper all show."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from lle_desk.core.money import Pence, pounds
from lle_desk.reports.rules.years import Year

T = TypeVar("T")
MINUS = "\N{MINUS SIGN}"


class Kind(StrEnum):
    """How a column's numbers are written."""

    COUNT = "count"
    CHANGE = "change"
    PERCENT = "percent"
    CHANGE_PERCENT = "change in percent"
    HOURS = "hours"
    POINTS = "percentage points"
    MONEY = "money"  # in pence


@dataclass(frozen=True, slots=True)
class Ask:
    """Which report is wanted: `what` of `REPORTS`, by which grouping, of which year."""

    what: str
    by: str
    year: Year


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column of figures.

    `last_year` and `part` say which records a figure opens: those of the year before, and only
    those whose numbers are of that part ("" all of them). `opens` False: a difference.
    """

    heading: str
    kind: Kind = Kind.COUNT
    last_year: bool = False
    part: str = ""
    opens: bool = True
    give_up: int = 0  # left out in a narrow window, the highest first
    strong: bool = False
    tip: str = ""
    short: str = ""  # on the screen, under a title that says the year


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line: `key` is the group that its figures open; a cell may have no figure."""

    key: Hashable
    label: str
    cells: tuple[float | None, ...]
    code: str = ""  # of a category, for its colour


@dataclass(frozen=True, slots=True)
class ChartPart:
    """One part of the bars: which column, what it is called, and how it is filled."""

    column: int
    words: str
    look: str  # "fill", "soft" or "hatched"


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars beside the table, of the same figures: this year's in parts, last year's behind."""

    title: str
    parts: tuple[ChartPart, ...]
    before: int | None = None  # the column of last year
    upright: bool = False  # time goes from left to right
    suffix: str = ""
    most: int = 0  # only so many bars, of the first rows; 0 for all


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `total` has its own sums: a booking of two months counts once there."""

    ask: Ask
    title: str
    subtitle: str
    heading: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]
    total: ReportRow | None
    chart: Chart
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One record behind a figure. `kind` and `record_id` open it; the `amount`s add up to it."""

    kind: str
    record_id: int
    key: Hashable
    day: date
    time: str
    number: str
    title: str
    where: str
    who: str
    group: str
    amount: float
    how: str


@dataclass(frozen=True, slots=True)
class Behind:
    """The records behind a figure, oldest first. `heads` name `where`, `who`, `group`, `amount`."""

    heads: tuple[str, str, str, str]
    kind: Kind
    rows: tuple[BehindRow, ...]

    @property
    def total(self) -> float:
        return sum(row.amount for row in self.rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that is looked behind: of a row (None: of all), this year's or last year's."""

    ask: Ask
    key: Hashable | None
    last_year: bool = False
    part: str = ""

    @property
    def year(self) -> Year:
        return self.ask.year.before if self.last_year else self.ask.year


def change(now: float, before: float) -> tuple[float, float | None]:
    """Return the difference to last year, and in per cent; None when last year had nothing."""
    return now - before, (now - before) * 100 / before if before else None


def parted(items: Iterable[T], group_of: Callable[[T], Hashable]) -> dict[Hashable, list[T]]:
    """Return the items of each group, in their order."""
    groups: dict[Hashable, list[T]] = defaultdict(list)
    for one in items:
        groups[group_of(one)].append(one)
    return groups


def in_file(value: float | None, kind: Kind) -> float | None:
    """Return a figure as a spreadsheet has it: money in pounds, whole numbers without decimals."""
    if value is None:
        return None
    if kind is Kind.MONEY:
        return round(value) / 100
    return int(value) if value == int(value) else round(value, 1)


def figure_words(value: float | None, kind: Kind) -> str:
    """Return a figure as it is shown, with a true minus: "1,439", "+13.6 %", "62.5 h"."""
    if value is None:
        return "–"
    if kind is Kind.COUNT:
        return f"{value:,.0f}"
    if kind is Kind.MONEY:
        return pounds(Pence(round(value)))
    if kind is Kind.HOURS:
        return f"{value:,.1f}"
    if kind is Kind.PERCENT:
        return f"{value:.1f} %"
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    if kind is Kind.CHANGE:
        return f"{sign}{abs(value):,.0f}"
    if kind is Kind.POINTS:
        return f"{sign}{abs(value):.1f}"
    return f"{sign}{abs(value):,.1f} %"
