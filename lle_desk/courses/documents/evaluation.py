"""The blank evaluation sheet as PDF: a box to tick for each score, and lines to write on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from lle_desk.courses.queries.day_papers import SheetHead
from lle_desk.courses.rules import SCORE_WORDS, Asked
from lle_desk.paper.across import EDGE, Across, across_leaves
from lle_desk.paper.book import Chapter, Cover, bind
from lle_desk.paper.flow import Block, Text
from lle_desk.paper.pen import CENTRED, Pen
from lle_desk.paper.sender import Sender
from lle_desk.paper.styles import (
    BODY,
    HAIRLINE,
    INK,
    LINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    QUIET_BODY,
    Style,
)
from lle_desk.paper.tables import Column, Grid, Row, make_row, table
from lle_desk.paper.words import Strong, words

NUMBER, SCORE, GAP = 8 * mm, 17 * mm, 3 * mm
BOX = 4.2 * mm
WRITING_LINE = 9 * mm
LARGE = Style(11, 14)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a sheet is set: its letters, points over and under a question, and lines to write on."""

    style: Style
    space: float
    lines: int


MANNERS = (_Manner(LARGE, 9, 6), _Manner(LARGE, 5, 4), _Manner(BODY, 2.5, 3))  # the first to fit


def evaluation_pdf(head: SheetHead, questions: Sequence[Asked], sender: Sender) -> bytes:
    """Return one blank sheet, to be printed as often as there are delegates."""
    paper = Across(
        heading=head.title,
        note="Evaluation",
        name=head.code,
        foot="Thank you. Please leave it in the room.",
        sender=sender,
        page=(PAGE_WIDTH, PAGE_HEIGHT),
    )
    ways = (across_leaves(paper, _story(head, questions, paper, one)) for one in MANNERS)
    leaves = min(ways, key=len)
    cover = Cover(f"Evaluation {head.code}".strip(), "Evaluation sheet", sender.name)
    return bind(cover, [Chapter("Evaluation", leaves)])


def _story(
    head: SheetHead, questions: Sequence[Asked], paper: Across, manner: _Manner
) -> Iterator[Block]:
    measure = paper.measure
    about = words(Strong(head.about), style=manner.style).lines(measure)
    yield Text(about, left=EDGE, keeps_next=True)
    say = words("Please tick one box for each question.", style=QUIET_BODY).lines(measure)
    yield Text(say, left=EDGE, keeps_next=True)
    grid = _grid(measure)
    rows = [_row(grid, at, one, manner) for at, one in enumerate(questions, 1)]
    yield from table(grid, ("", "Question", *SCORE_WORDS), rows, above=10)
    best = "What was best, and what should be otherwise?"
    yield _Lines(wide=measure, said=best, count=manner.lines, above=18)
    yield _Lines(wide=measure, said="Your name, if you wish to give it", count=1, above=14)


def _grid(measure: float) -> Grid:
    wide = measure - NUMBER - len(SCORE_WORDS) * (SCORE + GAP) - GAP
    boxes = EDGE + NUMBER + GAP + wide + GAP
    return Grid(
        (
            Column(EDGE, NUMBER),
            Column(EDGE + NUMBER + GAP, wide),
            *(Column(boxes + at * (SCORE + GAP), SCORE, CENTRED) for at in range(len(SCORE_WORDS))),
        )
    )


def _row(grid: Grid, number: int, one: Asked, manner: _Manner) -> Row:
    said = [
        words(str(number), style=replace(manner.style, colour=QUIET)),
        words(one.words, style=manner.style),
    ]
    row = make_row(grid, [*said, *[words("\u00a0")] * len(SCORE_WORDS)])
    return _Boxes(grid, row.cells, row.key, over=manner.space, under=manner.space)


class _Boxes(Row):
    """A question with a box for each score."""

    __slots__ = ()

    def draw(self, pen: Pen, top: float) -> None:
        super().draw(pen, top)
        with pen.decoration():
            for column in self.grid.columns[2:]:
                left = column.left + (column.wide - BOX) / 2
                pen.frame(left, top + (self.height - BOX) / 2, BOX, BOX, 0.8, INK)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines(Block):
    """What to write, and lines to write it on."""

    wide: float
    said: str
    count: int

    @property
    def height(self) -> float:
        return BODY.leading + self.count * WRITING_LINE

    def draw(self, pen: Pen, top: float) -> None:
        pen.say("P", words(Strong(self.said)).lines(self.wide), EDGE, top)
        with pen.decoration():
            for at in range(1, self.count + 1):
                under = top + BODY.leading + at * WRITING_LINE
                pen.rule(EDGE, EDGE + self.wide, under, HAIRLINE, LINE)
