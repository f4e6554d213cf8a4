"""What hangs on doors and stands on the screen in the foyer: few words, as large as they fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lle_desk.core.days import long_day, span_words
from lle_desk.paper.across import EDGE, SCREEN, Across, across_leaves
from lle_desk.paper.book import Leaf
from lle_desk.paper.flow import Beside
from lle_desk.paper.styles import QUIET, STRONG_BODY, Style
from lle_desk.paper.tables import Column, Grid, Row, head_row
from lle_desk.paper.words import Line, shorten, words
from lle_desk.rooms.papers import DayPack, DoorSign

# Points: the largest with which all fit on a page, and no title takes more lines than that.
SIGN_SIZES = (52.0, 44.0, 37.0, 31.0, 26.0, 22.0, 18.0)
SCREEN_SIZES = (32.0, 28.0, 24.0, 20.0, 17.0)
HALF_SIZES = (17.0, 15.0, 13.0, 12.0, 11.0, 10.0)  # of a crowded day in two columns
TITLE_LINES = 3
HALF_LINES = 2  # of a title in two columns


@dataclass(frozen=True, slots=True)
class _Said:
    """One line to be set large: when, what, and where."""

    starts_at: datetime
    ends_at: datetime
    title: str
    where: str


def sign_leaves(sign: DoorSign, pack: DayPack) -> tuple[Leaf, ...]:
    """Return the sign of one door, A4 across; more bookings than fit go on over the next."""
    sheet = Across(sign.room, long_day(pack.day), "", "", pack.sender, size=64)
    rows = [_Said(row.starts_at, row.ends_at, row.title, row.where) for row in sign.rows]

    def laid(size: float) -> list[Row]:
        grid = _grid(sheet, size, 0)
        return [_row(row, grid, size) for row in rows]

    return across_leaves(sheet, _largest(SIGN_SIZES, laid, sheet.room))


def welcome_leaves(pack: DayPack) -> tuple[Leaf, ...]:
    """Return the page for the screen in the foyer, as wide as screens are."""
    heading = f"Welcome to {pack.site}"
    sheet = Across(heading, long_day(pack.day), "", "", pack.sender, size=36, page=SCREEN)
    rows = [_Said(row.starts_at, row.ends_at, row.title, row.room) for row in pack.welcome]

    def laid(size: float) -> list[Row]:
        grid = _grid(sheet, size, 0.26)
        return _with_head(grid, [_row(row, grid, size) for row in rows])

    if _high(laid(SCREEN_SIZES[-1])) > sheet.room:
        for size in HALF_SIZES:
            halves = _halves(rows, sheet, size)
            if halves.height <= sheet.room:
                return across_leaves(sheet, [halves])
    return across_leaves(sheet, _largest(SCREEN_SIZES, laid, sheet.room))


def _halves(rows: Sequence[_Said], sheet: Across, size: float) -> Beside:
    """Return the rows in two columns, the earlier ones at the left."""
    gap = 24.0
    half = (sheet.measure - gap) / 2
    many = -(-len(rows) // 2)
    sides = []
    for left, own in ((EDGE, rows[:many]), (EDGE + half + gap, rows[many:])):
        times, places = size * 6.2 + 10, half * 0.26
        titles = Column(left + times, half - times - places - 6)
        grid = Grid((Column(left, times - 10), titles, Column(left + half - places, places)))
        laid = [_cut(_row(row, grid, size, pad=0.18), HALF_LINES) for row in own]
        sides.append(tuple(_with_head(grid, laid)))
    return Beside(sides[0], sides[1])


def _high(rows: Sequence[Row]) -> float:
    return sum(row.height for row in rows)


def _largest(sizes: Sequence[float], laid: Callable[[float], list[Row]], room: float) -> list[Row]:
    """Return the rows in the largest letters that fit on one page, else in the smallest."""
    for size in sizes[:-1]:
        rows = laid(size)
        longest = max((len(row.cells[1]) for row in rows), default=0)
        if _high(rows) <= room and longest <= TITLE_LINES:
            return rows
    return [_cut(row) for row in laid(sizes[-1])]


def _cut(row: Row, most: int = TITLE_LINES) -> Row:
    """Return `row` with what is too long for so many lines cut, so that it fits on any page."""
    cells = tuple(
        (*lines[: most - 1], shorten(lines[most - 1], column.wide)) if len(lines) > most else lines
        for lines, column in zip(row.cells, row.grid.columns, strict=True)
    )
    return replace(row, cells=cells)


def _grid(sheet: Across, size: float, place: float) -> Grid:
    """Return columns for time, title and, when it has a share of the width, the place."""
    gap = size * 0.8
    when = size * 6.2
    where = sheet.measure * place
    left = EDGE + when + gap
    titles = Column(left, sheet.right - left - (where + gap if where else 0))
    times = Column(EDGE, when)
    if not where:
        return Grid((times, titles))
    return Grid((times, titles, Column(sheet.right - where, where)))


def _row(row: _Said, grid: Grid, size: float, pad: float = 0.34) -> Row:
    """Return one large row; where there is no column for the place, it stands under the title."""
    strong = Style(size, size * 1.22, font=STRONG_BODY.font)
    plain = Style(size, size * 1.22)
    quiet = Style(size * 0.6, size * 0.8, QUIET)
    when = _said(span_words(row.starts_at, row.ends_at), strong, grid.columns[0])
    title = _said(row.title, plain, grid.columns[1])
    if len(grid.columns) > 2:
        place = _said(row.where, replace(plain, colour=QUIET), grid.columns[2])
        return _spaced(Row(grid, (when, title, place), object()), size * pad)
    under = _said(row.where, quiet, grid.columns[1]) if row.where else ()
    return _spaced(Row(grid, (when, (*title, *under)), object()), size * pad)


def _spaced(row: Row, pad: float) -> Row:
    return replace(row, over=pad, under=pad)


def _said(what: str, style: Style, column: Column) -> tuple[Line, ...]:
    return words(" ".join(what.split()), style=style).lines(column.wide)


def _with_head(grid: Grid, rows: Sequence[Row]) -> list[Row]:
    """Return the rows under a heading that is said again on every page."""
    large = Style(12, 16, QUIET)
    cells = tuple(
        words(said, style=large).lines(column.wide) if said else ()
        for said, column in zip(("Time", "", "Room"), grid.columns, strict=True)
    )
    key = object()
    head = replace(head_row(grid, ("Time", "", "Room")), cells=cells, table=key)
    return [head, *(replace(row, head=head, table=key) for row in rows)]
