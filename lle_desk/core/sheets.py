"""Spreadsheets that others made, CSV or XLSX, as they stand: rows of values, with line numbers.

Nothing is taken from a formula but the value that its program left in the file. What is merged
down over several lines stands in each of them. Nothing here touches a database.
"""

import csv
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from lle_desk.core.errors import OfficerError
from lle_desk.core.imports import FileRefused, Progress, one_line, text_encoding

Value: TypeAlias = "str | int | float | bool | date | time | None"

MOST_BYTES = 32 * 1024 * 1024
MOST_UNPACKED = 256 * 1024 * 1024  # what a workbook's parts may come to
MOST_PARTS = 5_000
MOST_ROWS = 100_000
MOST_WIDE = 500
MOST_CELLS = 3_000_000
_STEP = 250
_CHUNK = 1 << 20
_SEPARATORS = ",;\t|"
_MERGED = re.compile(rb'<mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_VALUELESS = re.compile(rb"(?:</f>|<f [^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_Merged: TypeAlias = "Mapping[int, Sequence[tuple[int, int]]]"  # line -> column, last line
_OLD = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line: its number in the file, from 1, and its values up to the last that is not empty."""

    number: int
    cells: tuple[Value, ...]

    def cell(self, at: int) -> Value:
        """Return the value in column `at`, counted from 0; None where the line is shorter."""
        return self.cells[at] if 0 <= at < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet without its empty lines. `valueless` counts formulas that hold no value."""

    name: str
    rows: tuple[SheetRow, ...]
    valueless: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """A file with one sheet or more; `name` is the file's."""

    name: str
    sheets: tuple[Sheet, ...]


def read_book(path: Path, progress: Progress | None = None) -> Book:
    """Return what a CSV file or an XLSX workbook holds.

    Raises:
        FileRefused: it cannot be read, or is far too large; the sentence says what to do.
        ImportStopped: the progress was stopped.
    """
    progress = progress or Progress()
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise FileRefused(f"{path.name} cannot be opened: {why}.") from error
    _refuse(path.name, start, size)
    is_workbook = start.startswith(b"PK")
    sheets = _workbook(path, progress) if is_workbook else (_csv(path, progress),)
    if not any(sheet.rows for sheet in sheets):
        raise FileRefused(f"{path.name} is empty: nothing is written in it.")
    return Book(path.name, tuple(sheet for sheet in sheets if sheet.rows))


def _refuse(name: str, start: bytes, size: int) -> None:
    if not size:
        raise FileRefused(f"{name} is empty: nothing is written in it.")
    if start == _OLD:
        raise FileRefused(
            f"{name} is an old Excel workbook, or it has a password. Open it in Excel and save it"
            " as an Excel workbook (.xlsx) without a password, then try again."
        )
    if size > MOST_BYTES:
        raise FileRefused(
            f"{name} has {size // 1_000_000:,} MB; at most {MOST_BYTES // 1_000_000} are read."
            " Split it, or leave the pictures out."
        )


# CSV


def _csv(path: Path, progress: Progress) -> Sheet:
    encoding = text_encoding(path)
    rows: list[SheetRow] = []
    budget = _Budget(path.name)
    with path.open(encoding=encoding, newline="") as file:
        separator = _separator(file)
        reader = csv.reader(file, delimiter=separator, strict=True)
        try:
            before = 0
            for count, cells in enumerate(reader):
                number, before = before + 1, reader.line_num
                if not count % _STEP:
                    progress.step(count, 0)
                row = _row(number, [one_line(cell) or None for cell in cells])
                if row:
                    budget.spend(row)
                    rows.append(row)
        except csv.Error as error:
            raise FileRefused(
                f"Line {reader.line_num} of {path.name} is not CSV ({error}). Nothing after it can"
                " be trusted, so nothing was taken in. Save the spreadsheet again."
            ) from error
        except UnicodeDecodeError as error:
            raise FileRefused(
                f"{path.name} is neither UTF-8 nor Windows-1252. Save it as CSV UTF-8."
            ) from error
    return Sheet(path.stem, tuple(rows))


def _separator(file: Any) -> str:
    """Return what separates the values: what most of the first lines have equally often."""
    lines = [line for line in (file.readline() for _ in range(40)) if line.strip()]
    file.seek(0)
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines]
    counts = {one: sorted(line.count(one) for line in bare) for one in _SEPARATORS}
    return max(_SEPARATORS, key=lambda one: counts[one][len(bare) // 2] if bare else 0)


# XLSX


def _workbook(path: Path, progress: Progress) -> tuple[Sheet, ...]:
    broken = f"{path.name} cannot be read as a workbook. Open it in Excel, save it again as .xlsx."
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(path.name, archive)
            return tuple(_sheets(path, archive, progress))
    except OfficerError:
        raise
    except Exception as error:  # a foreign file may break openpyxl anywhere: it is the file's fault
        raise FileRefused(broken) from error


def _refuse_bomb(name: str, archive: zipfile.ZipFile) -> None:
    """Look at what the parts come to before one of them is unpacked; zipfile keeps them to it."""
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if "[Content_Types].xml" not in archive.namelist():
        raise FileRefused(f"{name} is a zip file and no workbook. Take the spreadsheet out of it.")
    if size > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise FileRefused(
            f"{name} would unpack to {size // 1_000_000:,} MB; at most"
            f" {MOST_UNPACKED // 1_000_000} are read. Copy the lines you need into a new workbook."
        )


def _sheets(path: Path, archive: zipfile.ZipFile, progress: Progress) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    budget = _Budget(path.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and drop-down lists that are not read
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    part = str(getattr(sheet, "_worksheet_path", ""))
                    merged, valueless = _scan(archive, part)
                    rows = tuple(_rows(sheet, merged, budget, progress))
                    yield Sheet(sheet.title, rows, valueless)
        finally:
            book.close()


def _rows(sheet: Any, merged: _Merged, budget: "_Budget", progress: Progress) -> Iterator[SheetRow]:
    of = sheet.max_row or 0
    sheet.reset_dimensions()  # what the file says of its size is often wrong
    held: dict[int, tuple[int, Value]] = {}  # column -> last line, value that is merged down
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if not number % _STEP:
            progress.step(min(number, of), of)
        cells = [_value(value) for value in values]
        for column, (last, value) in list(held.items()):
            if number > last:
                del held[column]
                continue
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = value if cells[column] is None else cells[column]
        for column, last in merged.get(number, ()):
            if column < len(cells):
                held[column] = (last, cells[column])
        row = _row(number, cells)
        if row:
            budget.spend(row)
            yield row


def _scan(archive: zipfile.ZipFile, part: str) -> tuple[_Merged, int]:
    """Return what is merged down, by its first line, and how many formulas hold no value."""
    merged: dict[int, list[tuple[int, int]]] = {}
    valueless, rest = 0, b""
    with archive.open(part.lstrip("/")) as file:
        while chunk := file.read(_CHUNK):
            piece = rest + chunk
            cut = max(piece.rfind(b"<c "), piece.rfind(b"<mergeCell "))
            ready, rest = (piece[:cut], piece[cut:]) if cut > 0 else (piece, b"")
            valueless += _merges(ready, merged)
        valueless += _merges(rest, merged)
    return merged, valueless


def _merges(piece: bytes, merged: dict[int, list[tuple[int, int]]]) -> int:
    for column, first, last in _MERGED.findall(piece):
        if int(last) > int(first):
            merged.setdefault(int(first), []).append((_column(column), int(last)))
    return len(_VALUELESS.findall(piece))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _value(value: Any) -> Value:
    """Return a cell's value: text as one clean line, a length of time as a share of a day."""
    if isinstance(value, str):
        return one_line(value) or None
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if value is None or isinstance(value, (bool, int, float, date, time)):
        return value
    return one_line(str(value)) or None


def _row(number: int, cells: Iterable[Value]) -> SheetRow | None:
    kept = list(cells)
    while kept and kept[-1] is None:
        kept.pop()
    return SheetRow(number, tuple(kept)) if kept else None


class _Budget:
    """How much one file may hold; whoever takes more is refused before memory runs out."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows = self._cells = 0

    def spend(self, row: SheetRow) -> None:
        self._rows += 1
        self._cells += len(row.cells)
        if len(row.cells) > MOST_WIDE:
            raise FileRefused(
                f"Line {row.number} of {self._name} has {len(row.cells):,} columns; at most"
                f" {MOST_WIDE} are read. Copy the columns you need into a new spreadsheet."
            )
        if self._rows > MOST_ROWS or self._cells > MOST_CELLS:
            raise FileRefused(
                f"{self._name} has more than {MOST_ROWS:,} lines or {MOST_CELLS:,} values."
                " Split it and take in one part after the other."
            )
