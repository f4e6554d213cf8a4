"""The plan of a week on one large sheet: rooms down the side, days along the top, no colours."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lle_desk.core.days import day_words, short_day, span_words
from lle_desk.paper.across import A3_ACROSS, A4_ACROSS, EDGE, Across, across_leaves
from lle_desk.paper.book import Chapter, Cover, Leaf, Step, bind
from lle_desk.paper.flow import Block, Text
from lle_desk.paper.pen import Pen
from lle_desk.paper.styles import HAIRLINE, LINE, NOTE, STRONG_BODY, Style
from lle_desk.paper.tables import Column, Grid, Row, head_row, make_row
from lle_desk.paper.words import Strong, Words, words
from lle_desk.rooms.documents.set_up import printed_words
from lle_desk.rooms.papers import WeekEntry, WeekPlan, WeekRow

NAMES = 78.0  # points for the rooms' names
GAP = 8.0
TEXT = {False: Style(7.6, 9.6), True: Style(9, 11.4)}  # by whether it is A3


def week_plan_pdf(plan: WeekPlan, *, is_a3: bool = False, step: Step | None = None) -> bytes:
    """Return the week on A4 or A3 across. The same values give the same bytes."""
    first = day_words(plan.days[0])
    cover = Cover(f"Rooms, week of {first}", "Weekly plan", plan.sender.name)
    return bind(cover, [Chapter("Weekly plan", week_leaves(plan, is_a3=is_a3))], step)


def week_leaves(plan: WeekPlan, *, is_a3: bool) -> tuple[Leaf, ...]:
    """Return its pages: the heading with the days stands on each of them."""
    sheet = Across(
        heading=f"Rooms at {plan.site}",
        note=f"Week of {day_words(plan.days[0])}",
        name="Weekly plan",
        foot=f"{printed_words(plan.printed_at)} · numbers are people expected · “prov.” is not "
        "confirmed yet",
        sender=plan.sender,
        page=A3_ACROSS if is_a3 else A4_ACROSS,
    )
    return across_leaves(sheet, list(_story(plan, sheet, TEXT[is_a3])))


def _story(plan: WeekPlan, sheet: Across, style: Style) -> Iterator[Block]:
    if plan.rows:
        yield from _table(plan, sheet, style)
    else:
        yield Text(words("No room is booked in this week.").lines(sheet.measure), left=EDGE)
    if plan.free:
        said = words(Strong("Free all week: "), ", ".join(plan.free), style=style)
        yield Text(said.lines(sheet.measure), left=EDGE, above=8)


def _table(plan: WeekPlan, sheet: Across, style: Style) -> Iterator[Block]:
    wide = (sheet.measure - NAMES) / len(plan.days)
    days = (Column(EDGE + NAMES + wide * n + GAP / 2, wide - GAP) for n in range(len(plan.days)))
    grid = Grid((Column(EDGE, NAMES - GAP), *days), named_rows=True)
    heads = ("Room", *(short_day(day) for day in plan.days))
    head = head_row(grid, heads)
    bold = replace(NOTE, size=style.size + 1, leading=style.leading + 1, font=STRONG_BODY.font)
    cells = tuple(words(text, style=bold).lines(90) for text in heads)
    key = object()
    head = replace(head, cells=cells, table=key)
    yield head
    for row in plan.rows:
        made = make_row(grid, [_name(row, style), *_cells(row, style)])
        yield _Ruled(grid, made.cells, made.key, key, head=head)


def _name(row: WeekRow, style: Style) -> Words:
    return words(Strong(row.room), style=style)


def _cells(row: WeekRow, style: Style) -> list[list[Words]]:
    return [
        [
            *([words(Strong("Closed: "), closed, style=style)] if closed else []),
            *(_entry(entry, style) for entry in entries),
        ]
        or [words("")]
        for entries, closed in zip(row.days, row.closed, strict=True)
    ]


def _entry(entry: WeekEntry, style: Style) -> Words:
    about = "about " if entry.is_estimate else ""
    when = Strong(span_words(entry.starts_at, entry.ends_at))
    prov = "prov. " if entry.is_provisional else ""
    return words(
        when, f" {prov}{' '.join(entry.title.split())} ({about}{entry.people})", style=style
    )


@dataclass(frozen=True, slots=True)
class _Ruled(Row):
    """A row with hairlines between its days."""

    def draw(self, pen: Pen, top: float) -> None:
        Row.draw(self, pen, top)
        with pen.decoration():
            for column in self.grid.columns[1:]:
                pen.upright(column.left - GAP / 2, top, top + self.height, HAIRLINE, LINE)
