"""A report on paper: the table with a bar in each row. Values in, bytes out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from reportlab.lib.units import mm

from lle_desk.core.days import day_words, time_words
from lle_desk.paper.flow import Block, heading, text
from lle_desk.paper.letterhead import Sheet, pdf
from lle_desk.paper.pen import Pen
from lle_desk.paper.sender import WOODLANDS
from lle_desk.paper.styles import BODY, HAIRLINE, HEADING, INK, MEASURE, NOTE, STRONG_BODY
from lle_desk.paper.tables import Grid, Row, columns, head_row, make_row, numbers
from lle_desk.paper.words import Strong, words
from lle_desk.reports.rules import Chart, Kind, Report, ReportRow, figure_words

NAMES, FIGURE, MONEY, GAP = 40.0, 15.5, 23.0, 5.0  # millimetres
BAR, THIN = 7.0, 2.6  # points
BLUE, PALE, GREY = (0.345, 0.522, 0.725), (0.72, 0.81, 0.9), (0.6, 0.65, 0.7)
LOOKS = {"fill": BLUE, "soft": (0.53, 0.67, 0.82), "hatched": PALE}


def report_pdf(report: Report, printed_at: datetime) -> bytes:
    """Return the report on paper. The same values give the same bytes."""
    sheet = Sheet(
        title=report.title,
        heading=report.title,
        name=report.title,
        foot=(
            f"Printed {day_words(printed_at.date())} {time_words(printed_at)}"
            " · every figure opens, on screen, the records behind it"
        ),
        sender=WOODLANDS,
        subtitle=report.subtitle,
    )
    return pdf(sheet, list(_story(report)))


def _story(report: Report) -> Iterator[Block]:
    shown = [at for at, one in enumerate(report.columns) if not one.give_up]
    named = heading(
        words(Strong(f"By {report.heading.lower()}"), style=HEADING),
        f"bars: {report.chart.title.lower()}",
        right=True,
        above=6,
        below=3,
    )
    yield named
    grid = _grid([report.columns[at].kind for at in shown])
    key = object()
    heads = [report.heading, *(report.columns[at].heading for at in shown), ""]
    head = replace(head_row(grid, heads), table=key)
    yield head
    scale = _most(report)
    for row in report.rows:
        made = _row(grid, report, row, shown)
        bars = tuple((row.cells[part.column] or 0, LOOKS[part.look]) for part in report.chart.parts)
        before = row.cells[report.chart.before] if report.chart.before is not None else None
        lined = BarRow(made.grid, made.cells, made.key, over=made.over, under=made.under)
        yield replace(lined, head=head, table=key, bars=bars, before=before, scale=scale)
    if report.total is not None:
        total = _row(grid, report, report.total, shown)
        yield replace(total, head=head, table=key, tinted=True)
    yield text(words(_legend(report.chart, report), style=NOTE), above=8)
    for note in report.notes:
        yield text(words(note, style=NOTE), above=3)


def _grid(kinds: list[Kind]) -> Grid:
    left = NAMES
    places: list[tuple[float, float] | tuple[float, float, float]] = [(0, NAMES - 2)]
    for kind in kinds:
        wide = MONEY if kind is Kind.MONEY else FIGURE
        places.append(numbers(left, wide - 1.5))
        left += wide
    places.append((left + GAP - 1.5, MEASURE / mm - left - GAP + 1.5))
    return Grid(columns(*places), named_rows=True)


def _row(grid: Grid, report: Report, row: ReportRow, shown: list[int]) -> Row:
    is_total = row is report.total
    style = STRONG_BODY if is_total else BODY
    cells = [words(row.label, style=style)]
    for at in shown:
        column = report.columns[at]
        strong = STRONG_BODY if column.strong or is_total else BODY
        cells.append(words(figure_words(row.cells[at], column.kind), style=strong))
    return make_row(grid, [*cells, words("")], over=3, under=3)


def _most(report: Report) -> float:
    """Return what the longest bar stands for."""
    chart = report.chart
    found = [1.0]
    for row in report.rows:
        found.append(sum(row.cells[part.column] or 0 for part in chart.parts))
        found.append((row.cells[chart.before] or 0) if chart.before is not None else 0)
    return max(found)


def _legend(chart: Chart, report: Report) -> str:
    shades = {"fill": "full", "soft": "medium", "hatched": "pale"}
    parts = [f"{shades[part.look]}: {part.words}" for part in chart.parts]
    if chart.before is not None:
        parts.append(f"thin: {report.ask.year.before.words}")
    return f"Bars: {', '.join(parts)}."


@dataclass(frozen=True, slots=True)
class BarRow(Row):
    """A row with its bar at the right: this year's in parts, last year's thin under it.

    Readers pass over the bars: the figures beside them say the same.
    """

    bars: tuple[tuple[float, tuple[float, float, float]], ...] = ()
    before: float | None = None
    scale: float = 1.0

    def draw(self, pen: Pen, top: float) -> None:
        Row.draw(self, pen, top)
        column = self.grid.columns[-1]
        down = top + (self.height - BAR - THIN - 1) / 2
        with pen.decoration():
            left = column.left
            for value, shade in self.bars:
                wide = column.wide * value / self.scale
                if wide > 0:
                    pen.tint(left, down, wide, BAR, shade)
                    pen.frame(left, down, wide, BAR, HAIRLINE, BLUE)
                left += wide
            if self.before:
                wide = column.wide * self.before / self.scale
                pen.tint(column.left, down + BAR + 1, wide, THIN, GREY)
            pen.tint(column.left - 0.6, top, 0.6, self.height, INK)
