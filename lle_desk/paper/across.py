"""Sheets that lie across, of any size: the house's line, a heading, blocks, and a foot."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from reportlab.lib.pagesizes import A3, A4
from reportlab.lib.units import mm

from lle_desk.paper.book import Leaf
from lle_desk.paper.flow import Block, Placed, paginate
from lle_desk.paper.pen import Pen
from lle_desk.paper.sender import Sender
from lle_desk.paper.styles import ACCENT, HOUSE, LINE, NOTE, QUIET, TITLE, Style
from lle_desk.paper.words import Line, Strong, shorten, words

EDGE = 14 * mm  # empty at every side
HOUSE_TOP = 10 * mm
HEAD_RULE = 17 * mm
HEADING_TOP = 20 * mm
FOOT = 12 * mm  # from the bottom
A4_ACROSS = (A4[1], A4[0])
A3_ACROSS = (A3[1], A3[0])
SCREEN = (960.0, 540.0)  # as wide as screens are: 16 to 9


@dataclass(frozen=True, slots=True)
class Across:
    """The words around the blocks. `size` is that of the heading in points.

    Without a `name`, a single page says no number.

    The heading is set smaller when it is too long for its line, and cut only then.
    """

    heading: str
    note: str  # at the right of the heading
    name: str  # before the page number
    foot: str
    sender: Sender
    size: float = TITLE.size
    page: tuple[float, float] = A4_ACROSS

    @property
    def right(self) -> float:
        return self.page[0] - EDGE

    @property
    def measure(self) -> float:
        return self.page[0] - 2 * EDGE

    @property
    def top(self) -> float:
        """Where the blocks begin."""
        return HEADING_TOP + self.size * 1.25 + 5 * mm

    @property
    def bottom(self) -> float:
        """Where they must end."""
        return self.page[1] - FOOT - 5 * mm

    @property
    def room(self) -> float:
        """How high the blocks of one page may be together."""
        return self.bottom - self.top


def across_leaves(sheet: Across, blocks: Iterable[Block]) -> tuple[Leaf, ...]:
    """Return the pages of such a document; heading and day stand on each of them."""
    pages = paginate(blocks, sheet.top, sheet.top, sheet.bottom)
    return tuple(
        Leaf(
            partial(_draw, sheet=sheet, placed=placed, number=number, count=len(pages)),
            *sheet.page,
        )
        for number, placed in enumerate(pages, start=1)
    )


def fitted(what: str, style: Style, wide: float, least: float) -> Line:
    """Return `what` as one line, in smaller letters when it is too long, down to `least` points.

    Cut only when it is too long for those as well.
    """
    said = Strong(" ".join(what.split()))
    lines = words(said, style=style).lines(wide)
    size = style.size
    while len(lines) > 1 and size > least:
        size = max(size * 0.92, least)
        small = replace(style, size=size)
        lines = words(said, style=small).lines(wide)
    return lines[0] if len(lines) == 1 else shorten(lines[0], wide)


def _draw(pen: Pen, sheet: Across, placed: list[Placed], number: int, count: int) -> None:
    document = pen.tree.document
    note = fitted(sheet.note, Style(max(sheet.size * 0.55, 12), sheet.size), sheet.measure / 2, 8)
    room = sheet.measure - note.wide - 16
    heading = fitted(sheet.heading, Style(sheet.size, sheet.size * 1.25), room, sheet.size * 0.4)
    baseline = HEADING_TOP + sheet.size
    if number == 1:
        with pen.tagged(document.child("H1")):
            pen.line(heading, EDGE, baseline)
        with pen.tagged(document.child("P")):
            pen.line(note, sheet.right - note.wide, baseline)
    with pen.decoration():
        if number > 1:
            pen.line(heading, EDGE, baseline)
            pen.line(note, sheet.right - note.wide, baseline)
        _draw_house(pen, sheet)
        _draw_foot(pen, sheet, number, count)
    for block in placed:
        block.draw(pen)


def _draw_house(pen: Pen, sheet: Across) -> None:
    sender = sheet.sender
    name = words(Strong(sender.name), style=HOUSE).lines(sheet.measure)[0]
    office = words(f"·  {sender.office}", style=replace(HOUSE, colour=QUIET))
    pen.line(name, EDGE, HOUSE_TOP + HOUSE.size)
    pen.line(
        office.lines(sheet.measure - name.wide - 6)[0],
        EDGE + name.wide + 6,
        HOUSE_TOP + HOUSE.size,
    )
    pen.rule(EDGE, sheet.right, HEAD_RULE, colour=LINE)
    pen.rule(EDGE, EDGE + 9.5 * mm, HEAD_RULE, 1.6, ACCENT)


def _draw_foot(pen: Pen, sheet: Across, number: int, count: int) -> None:
    top = sheet.page[1] - FOOT
    pen.rule(EDGE, sheet.right, top, colour=LINE)
    page = f"Page {number} of {count}" if count > 1 or sheet.name else ""
    said = " · ".join(part for part in (sheet.name, page) if part)
    place = shorten_to(said, sheet.measure / 2)
    pen.write([place], EDGE, top + 1.2 * mm, sheet.measure, align=1)
    pen.write([shorten_to(sheet.foot, sheet.measure - place.wide - 8)], EDGE, top + 1.2 * mm)


def shorten_to(what: str, wide: float) -> Line:
    """Return `what` in the letters of a note, cut to `wide` points."""
    lines = words(" ".join(what.split()), style=NOTE).lines(wide)
    return lines[0] if len(lines) == 1 else shorten(lines[0], wide)
