"""A list as a table for spreadsheets and as a PDF in the house's manner."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

GAP = 6.0  # points between two columns
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ListColumns:
    """The columns of a kind of list: their headings, and how wide each is beside the others."""

    name: str  # before the page's number
    foot: str
    heads: tuple[str, ...]
    shares: tuple[int, ...]
    strong: int = 1  # the column set in bold


@dataclass(frozen=True, slots=True)
class ListPaper:
    """What the screen shows: a heading, a note at its right, and a line of words for each row."""

    columns: ListColumns
    heading: str
    note: str
    lines: Sequence[Sequence[str]]


def list_csv(paper: ListPaper) -> bytes:
    """Return the list as a CSV file that a spreadsheet program opens by itself."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(paper.columns.heads)
    for line in paper.lines:
        writer.writerow([plain(words) for words in line])
    return file.getvalue().encode("utf-8-sig")


def list_pdf(paper: ListPaper) -> bytes:
    """Return the list on A4 across. The same values give the same bytes."""
    from lle_desk.paper.across import EDGE, Across, across_leaves
    from lle_desk.paper.book import Chapter, Cover, bind
    from lle_desk.paper.sender import WOODLANDS
    from lle_desk.paper.styles import Style
    from lle_desk.paper.tables import Column, Grid, make_row, table
    from lle_desk.paper.words import Strong, words

    kind = paper.columns
    sheet = Across(
        heading=paper.heading, note=paper.note, name=kind.name, foot=kind.foot, sender=WOODLANDS
    )
    wide = sheet.measure / sum(kind.shares)
    lefts = [sum(kind.shares[:number]) * wide for number in range(len(kind.shares))]
    grid = Grid(
        tuple(
            Column(EDGE + left, share * wide - GAP)
            for left, share in zip(lefts, kind.shares, strict=True)
        ),
        named_rows=True,
    )
    small = Style(7.6, 9.4)
    rows = [
        make_row(
            grid,
            [
                words(
                    Strong(" ".join(cell.split())) if number == kind.strong else cell, style=small
                )
                for number, cell in enumerate(line)
            ],
            over=2.2,
            under=2.2,
        )
        for line in paper.lines
    ]
    blocks = table(grid, kind.heads, rows)
    cover = Cover(paper.heading, kind.name, WOODLANDS.name)
    return bind(cover, [Chapter(kind.name, across_leaves(sheet, blocks))])


def plain(words: str) -> str:
    """Return a text that no spreadsheet program takes for a formula."""
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words
