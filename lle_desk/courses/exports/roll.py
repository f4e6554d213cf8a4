"""The report of a year rolled forward, as a table for spreadsheets and as a PDF."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

HEADS = (
    "Event",
    "Title",
    "Service",
    "This year",
    "Next year",
    "Room",
    "Trainers",
    "What stands in the way",
    "To do",
)
SHARES = (9, 20, 7, 13, 13, 13, 13, 30, 13)  # of the sheet's width, for the PDF
GAP = 6.0  # points between two columns
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class RollReport:
    """What the screen shows: its heading and a line of words for each event, as HEADS."""

    heading: str
    note: str
    lines: Sequence[Sequence[str]]


def roll_csv(report: RollReport) -> bytes:
    """Return the report as a CSV file that a spreadsheet program opens by itself."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEADS)
    for line in report.lines:
        writer.writerow([_plain(words) for words in line])
    return file.getvalue().encode("utf-8-sig")


def roll_pdf(report: RollReport) -> bytes:
    """Return the report on A4 across. The same values give the same bytes."""
    from lle_desk.paper.across import EDGE, Across, across_leaves
    from lle_desk.paper.book import Chapter, Cover, bind
    from lle_desk.paper.sender import WOODLANDS
    from lle_desk.paper.styles import Style
    from lle_desk.paper.tables import Column, Grid, make_row, table
    from lle_desk.paper.words import Strong, words

    sheet = Across(
        heading=report.heading,
        note=report.note,
        name="Roll forward",
        foot="What would be made, line by line, before anything is.",
        sender=WOODLANDS,
    )
    wide = sheet.measure / sum(SHARES)
    lefts = [sum(SHARES[:number]) * wide for number in range(len(SHARES))]
    grid = Grid(
        tuple(
            Column(EDGE + left, share * wide - GAP)
            for left, share in zip(lefts, SHARES, strict=True)
        ),
        named_rows=True,
    )
    small = Style(7.6, 9.4)
    rows = [
        make_row(
            grid,
            [
                words(Strong(" ".join(cell.split())) if number == 1 else cell, style=small)
                for number, cell in enumerate(line)
            ],
            over=2.2,
            under=2.2,
        )
        for line in report.lines
    ]
    blocks = table(grid, HEADS, rows)
    cover = Cover(report.heading, "Roll forward", WOODLANDS.name)
    return bind(cover, [Chapter("Roll forward", across_leaves(sheet, blocks))])


def _plain(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words
