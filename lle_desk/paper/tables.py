"""Tables: columns at fixed places, rules under the heading, hairlines between rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.units import mm

from lle_desk.paper.flow import Block
from lle_desk.paper.fonts import width
from lle_desk.paper.pen import LEFT_ALIGNED, RIGHT_ALIGNED, Pen
from lle_desk.paper.styles import HAIRLINE, INK, LEFT, LINE, NOTE, OVERHANG, RULE, TINT, Colour
from lle_desk.paper.tagging import HEADING_CELL, HEADING_CELL_OF_ROW, Element
from lle_desk.paper.words import Line, Words, first_lines, one_line, words

HEAD_LINES = 3
SMALLEST = 5.0  # points: a number wider than its column is set smaller, down to this

Cell = Words | Sequence[Words]


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column stands: its left edge on the sheet, its width, and where words lean."""

    left: float
    wide: float
    align: float = LEFT_ALIGNED

    @property
    def right(self) -> float:
        return self.left + self.wide


@dataclass(frozen=True, slots=True)
class Edge:
    """The line under a row."""

    weight: float
    colour: Colour


HEAVY = Edge(RULE, INK)
HAIR = Edge(HAIRLINE, LINE)


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns that the rows of a table share."""

    columns: tuple[Column, ...]
    named_rows: bool = False  # the first cell names its row, for readers
    pad: float = OVERHANG  # how far a tint reaches over the words at both ends

    @property
    def left(self) -> float:
        return self.columns[0].left

    @property
    def right(self) -> float:
        return self.columns[-1].right


@dataclass(frozen=True, slots=True)
class Row(Block):
    """One row: the lines of each cell, side by side. `key` stays when it is parted."""

    grid: Grid
    cells: tuple[tuple[Line, ...], ...]
    key: object
    table: object = None  # the table it belongs to
    heading: bool = False
    edge: Edge | None = HAIR
    tinted: bool = False
    over: float = 3.2
    under: float = 3.2

    @property
    def height(self) -> float:
        return self.over + self.under + max(map(_high, self.cells))

    def draw(self, pen: Pen, top: float) -> None:
        self._draw_ground(pen, top)
        table = pen.tree.once(id(self.table), pen.tree.document, "Table")
        row = pen.tree.once(id(self.key), table, "TR")
        for number, (column, lines) in enumerate(zip(self.grid.columns, self.cells, strict=True)):
            cell = self._element(pen, row, number, lines)
            if lines:
                with pen.tagged(cell):
                    pen.write(lines, column.left, top + self.over, column.wide, column.align)

    def draw_again(self, pen: Pen, top: float) -> None:
        self._draw_ground(pen, top)
        with pen.decoration():
            for column, lines in zip(self.grid.columns, self.cells, strict=True):
                pen.write(lines, column.left, top + self.over, column.wide, column.align)

    def split(self, room: float) -> tuple[Block, Block] | None:
        fits = [_count(lines, room - self.over - self.under) for lines in self.cells]
        if not any(fits) or all(n == len(c) for n, c in zip(fits, self.cells, strict=True)):
            return None
        first = tuple(lines[:n] for lines, n in zip(self.cells, fits, strict=True))
        rest = tuple(lines[n:] for lines, n in zip(self.cells, fits, strict=True))
        return replace(self, cells=first, keeps_next=False), replace(self, cells=rest, above=0)

    def _draw_ground(self, pen: Pen, top: float) -> None:
        if not (self.tinted or self.edge):
            return
        left, right, high = self.grid.left, self.grid.right, self.height
        pad = self.grid.pad
        with pen.decoration():
            if self.tinted:
                pen.tint(left - pad, top, right - left + 2 * pad, high, TINT)
            if self.edge:
                pen.rule(left, right, top + high, self.edge.weight, self.edge.colour)

    def _element(self, pen: Pen, row: Element, number: int, lines: tuple[Line, ...]) -> Element:
        name = (id(self.key), number)
        if name in pen.tree.found:
            return pen.tree.found[name]
        role, attributes = "TD", ""
        if self.heading and lines and lines[0].runs:
            role, attributes = "TH", HEADING_CELL
        elif self.grid.named_rows and number == 0:
            role, attributes = "TH", HEADING_CELL_OF_ROW
        cell = pen.tree.found[name] = row.child(role, attributes)
        return cell


def columns(*places: tuple[float, float] | tuple[float, float, float]) -> tuple[Column, ...]:
    """Return columns from their left edges and widths in millimetres from the left margin."""
    return tuple(
        Column(LEFT + place[0] * mm, place[1] * mm, place[2] if len(place) > 2 else LEFT_ALIGNED)
        for place in places
    )


def numbers(left: float, wide: float) -> tuple[float, float, float]:
    """Return the place of a column of numbers, which lean to the right."""
    return left, wide, RIGHT_ALIGNED


def head_row(grid: Grid, heads: Sequence[str], *, above: float = 0) -> Row:
    """Return the heading of a table; it never stands alone."""
    cells = tuple(
        first_lines(words(" ".join(head.split()), style=NOTE), HEAD_LINES, column.wide)
        if head.strip()
        else ()
        for head, column in zip(heads, grid.columns, strict=True)
    )
    return Row(
        grid,
        cells,
        object(),
        heading=True,
        edge=HEAVY,
        over=1.5,
        under=2.5,
        above=above,
        keeps_next=True,
    )


def make_row(grid: Grid, cells: Sequence[Cell], *, over: float = 3.2, under: float = 3.2) -> Row:
    """Return a row with each cell broken into the lines of its column."""
    laid = tuple(_laid(cell, column) for cell, column in zip(cells, grid.columns, strict=True))
    return Row(grid, laid, object(), over=over, under=under)


def table(grid: Grid, heads: Sequence[str], rows: Iterable[Row], above: float = 0) -> list[Block]:
    """Return a heading and its rows: the heading is said again on every sheet."""
    head = head_row(grid, heads, above=above)
    key = object()
    head = replace(head, table=key)
    return [head, *(replace(row, head=head, table=key) for row in rows)]


def keep_last(blocks: Sequence[Block]) -> list[Block]:
    """Return `blocks`, the last of which stays with what comes next: no total stands alone."""
    return [*blocks[:-1], *(replace(block, keeps_next=True) for block in blocks[-1:])]


def _laid(cell: Cell, column: Column) -> tuple[Line, ...]:
    parts = (cell,) if isinstance(cell, Words) else cell
    if column.align != LEFT_ALIGNED:
        return tuple(number_line(part, column.wide) for part in parts if not part.blank)
    return tuple(line for part in parts if not part.blank for line in part.lines(column.wide))


def number_line(number: Words, wide: float) -> Line:
    """Return a number in letters small enough for one line: a number is never broken."""
    line, *more = number.lines(wide)
    if not more:
        return line
    text = " ".join(part for letters, _ in number.parts for part in letters.split())
    font, style = number.parts[0][1], number.style
    whole = width(text, font, style.size)
    small = replace(style, font=font, size=max(style.size * wide / whole - 0.05, SMALLEST))
    return one_line(text, small, wide)


def _high(lines: Iterable[Line]) -> float:
    return sum(line.style.leading for line in lines)


def _count(lines: Sequence[Line], room: float) -> int:
    """Return how many of `lines` fit into `room`."""
    for number, line in enumerate(lines):
        room -= line.style.leading
        if room < 0:
            return number
    return len(lines)
