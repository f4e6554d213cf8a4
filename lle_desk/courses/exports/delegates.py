"""The list of all delegates as a file: read and written in pieces, however long it is."""

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.courses.queries.delegate_rows import DelegateRow, delegate_rows
from lle_desk.courses.queries.rolling import Progress
from lle_desk.paper.lists import plain

PIECE = 1_000  # places read at a time
HEADS = (
    "Delegate",
    "School",
    "Course",
    "Service",
    "Event",
    "Date",
    "Venue",
    "County",
    "Status",
    "Attended in part",
    "Reason",
    "Price",
    "How paid",
    "Booking",
    "Booked on",
)
WIDTHS = (26, 38, 34, 9, 13, 16, 22, 9, 15, 16, 28, 11, 22, 11, 16)
Cells = tuple[str | date | float | None, ...]


def save_delegates(
    database: Database,
    _by: By,
    is_over: Callable[[], bool],
    ids: Sequence[int],
    path: Path,
    progress: Progress,
) -> int:
    """Write these places to a CSV file or a workbook, as the ending says; return how many.

    A file that was stopped is not left behind; then 0 is returned.

    Raises:
        OfficerError: the file cannot be written.
    """
    progress.of = len(ids)
    half = path.with_name(f".{path.name}.part")
    write = _write_xlsx if path.suffix.lower() == ".xlsx" else _write_csv
    try:
        count = write(half, _pieces(database, ids, progress, is_over))
        if progress.is_stopped or is_over():
            half.unlink()
            return 0
        os.replace(half, path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise OfficerError(f"{path} cannot be written: {error.strerror or error}.") from error
    return count


def cells_of(row: DelegateRow) -> Cells:
    """Return what a row holds under each of HEADS."""
    return (
        row.delegate,
        row.school,
        row.course,
        row.service,
        row.event,
        row.day,
        row.venue,
        row.county,
        row.state,
        row.part,
        row.reason,
        None if row.price is None else row.price / 100,
        row.how,
        row.booking,
        row.taken_on,
    )


def copied(rows: Sequence[DelegateRow]) -> str:
    """Return rows with their headings as a spreadsheet program takes them from the clipboard."""
    lines = [HEADS, *([_words(cell) for cell in cells_of(row)] for row in rows)]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


def _pieces(
    database: Database, ids: Sequence[int], progress: Progress, is_over: Callable[[], bool]
) -> Iterator[list[DelegateRow]]:
    for at in range(0, len(ids), PIECE):
        if progress.is_stopped or is_over():
            return
        yield database.read(delegate_rows, ids[at : at + PIECE])
        progress.done = min(at + PIECE, len(ids))


def _write_csv(path: Path, pieces: Iterator[list[DelegateRow]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        for rows in pieces:
            for row in rows:
                writer.writerow([_words(cell) for cell in cells_of(row)])
            count += len(rows)
    return count


def _write_xlsx(path: Path, pieces: Iterator[list[DelegateRow]]) -> int:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("Delegates")
        formats = {
            date: book.add_format({"num_format": "ddd d mmm yyyy", "align": "left"}),
            float: book.add_format({"num_format": "£#,##0.00;\N{MINUS SIGN}£#,##0.00"}),
        }
        head = book.add_format({"bold": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        for at, (heading, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, heading, head)
        for rows in pieces:
            for row in rows:
                count += 1
                _write_row(sheet, count, cells_of(row), formats)
    return count


def _write_row(sheet: Any, line: int, cells: Cells, formats: dict[type, Any]) -> None:
    for at, cell in enumerate(cells):
        if isinstance(cell, date):
            sheet.write_datetime(line, at, cell, formats[date])
        elif isinstance(cell, float):
            sheet.write_number(line, at, cell, formats[float])
        elif cell:
            sheet.write_string(line, at, cell)


def _words(cell: str | date | float | None) -> str:
    if isinstance(cell, float):
        return f"{cell:.2f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return plain(cell or "")
