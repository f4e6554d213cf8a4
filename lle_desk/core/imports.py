"""Tables out of files that others made: what was read, what was refused, by line.

A fault of the file (not a table, wrong encoding, a column missing, a quote never closed) refuses
all of it: `FileRefused`. A fault of one line refuses that line: a `Problem`. Nothing here touches
a database, and files are read as a stream, so a wrong one costs little.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from lle_desk.core.errors import OfficerError
from lle_desk.core.types import clean_text

MOST_BYTES = 256 * 1024 * 1024  # the whole national register has 62 million
MOST_LINES = 250_000
MOST_COLUMNS = 1_000
_STEP = 250  # lines between two looks at the progress
_UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_WRONG_STARTS = {
    b"\xff\xfe": "This file is in UTF-16 ({name}). Save it as CSV UTF-8, then try again.",
    b"\xfe\xff": "This file is in UTF-16 ({name}). Save it as CSV UTF-8, then try again.",
    b"PK\x03\x04": "This is a workbook or a zip file ({name}). Open it and save it as CSV.",
    b"\xd0\xcf\x11\xe0": "This is an old Excel workbook ({name}). Open it and save it as CSV.",
    b"%PDF": "This is a PDF, not CSV ({name}).",
}


class FileRefused(OfficerError):
    """The file as a whole cannot be read; nothing of it is taken in."""


class ImportStopped(OfficerError):
    """The officer stopped the import; nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was imported.")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line was not taken in. `line` counts from 1 and the heading is line 1; 0 is no line."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence}" if self.line else self.sentence


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """How many records an import made, changed, found as they were, and refused."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    @property
    def exit_status(self) -> int:
        """0 all went in, 1 some were refused, 2 nothing was taken in."""
        if not self.refused:
            return 0
        return 1 if self.new + self.changed + self.unchanged else 2

    def words(self, what: str) -> str:
        """Return "1,765 schools: 1,690 new, 3 changed, 70 as they were, 2 lines refused"."""
        read = self.new + self.changed + self.unchanged + self.refused
        lines = "line" if self.refused == 1 else "lines"
        return (
            f"{read:,} {what}: {self.new:,} new, {self.changed:,} changed,"
            f" {self.unchanged:,} as they were, {self.refused:,} {lines} refused"
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A wanted column: our word for it, and the heading it has in their file."""

    field: str
    heading: str
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its number in the file, and the cells in the order of the columns."""

    number: int
    cells: tuple[str, ...]


class Progress:
    """How far a long import has come. One thread works, another may look and may stop it.

    A screen polls `done` and `of`; a command overrides `step` to print.
    """

    stopped: type[OfficerError] = ImportStopped

    def __init__(self) -> None:
        self.done = 0
        self.of = 0
        self._is_stopped = False

    def step(self, done: int, of: int) -> None:
        """Say how far it is.

        Raises:
            OfficerError: `stopped`, when somebody stopped it meanwhile.
        """
        self.done, self.of = done, of
        if self._is_stopped:
            raise self.stopped

    def stop(self) -> None:
        """Ask the worker to leave off at its next step."""
        self._is_stopped = True

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return min(1.0, self.done / self.of) if self.of else 0.0


def read_mapping(path: Path) -> dict[str, str]:
    """Return our field -> their column heading from a TOML file, bare or under [columns].

    Raises:
        FileRefused: the file is not there, not TOML, or maps to something but words.
    """
    try:
        with path.open("rb") as file:
            told = tomllib.load(file)
    except OSError as error:
        raise FileRefused(f"{path.name} cannot be opened: {_why(error)}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileRefused(f"{path.name} is not TOML: {error}.") from error
    columns = told.get("columns", told)
    if not isinstance(columns, dict) or not all(isinstance(name, str) for name in columns.values()):
        raise FileRefused(f'{path.name} must hold lines such as urn = "Their heading".')
    return dict(columns)


def read_lines(
    path: Path,
    columns: Sequence[Column],
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Iterator[Line | Problem]:
    """Yield each line of a CSV file, or why that line is refused. Empty lines are left out.

    Cells are trimmed, in one Unicode form and without control characters; a wanted column that
    is not needed and not there gives "". Progress counts bytes.

    Raises:
        FileRefused: the whole file is at fault; the sentence says what to do.
        ImportStopped: the progress was stopped.
    """
    progress = progress or Progress()
    try:
        size = path.stat().st_size
        _refuse_size(path, size)
        encoding = text_encoding(path)
        wanted = _mapped(columns, mapping)
        with path.open("rb") as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
            yield from _lines(raw, text, path.name, wanted, progress, size)
    except OSError as error:
        raise FileRefused(f"{path.name} cannot be opened: {_why(error)}.") from error


def present_columns(
    path: Path, columns: Sequence[Column], mapping: Mapping[str, str] | None = None
) -> frozenset[str]:
    """Return the fields of the wanted columns that the file has, by its first line alone.

    Raises:
        FileRefused: the same as `read_lines` would say of the heading.
    """
    mapped = _mapped(columns, mapping)
    try:
        _refuse_size(path, path.stat().st_size)
        encoding = text_encoding(path)
        with path.open(encoding=encoding, newline="") as file:
            heading = [one_line(cell) for cell in next(csv.reader(file), [])]
    except OSError as error:
        raise FileRefused(f"{path.name} cannot be opened: {_why(error)}.") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise FileRefused(f"The first line of {path.name} cannot be read: {error}.") from error
    places = _places(heading, mapped, path.name)
    return frozenset(c.field for c, place in zip(mapped, places, strict=True) if place >= 0)


def text_encoding(path: Path) -> str:
    """Return "utf-8-sig" or "cp1252", whichever the whole file is.

    Raises:
        FileRefused: it is neither, or no text at all.
    """
    with path.open("rb") as file:
        start = file.read(4)
        for mark, sentence in _WRONG_STARTS.items():
            if start.startswith(mark):
                raise FileRefused(sentence.format(name=path.name))
        file.seek(0)
        high = letters = 0
        for line, content in enumerate(file, start=1):
            if b"\0" in content:
                raise FileRefused(
                    f"Line {line} of {path.name} holds a NUL: this is no text file, or it is in"
                    " UTF-16. Save it as CSV UTF-8, then try again."
                )
            if not content.isascii():
                found = _UTF8_LETTER.findall(content)
                letters += len(found)
                high += sum(byte > 127 for byte in content) - sum(map(len, found))
    if not high:
        return "utf-8-sig"
    if letters > high or start.startswith(b"\xef\xbb\xbf"):
        raise FileRefused(
            f"{path.name} is damaged: it is in UTF-8 but {high} of its letters are broken."
            " Fetch it again."
        )
    return "cp1252"


def one_line(text: str) -> str:
    """Return a cell as one clean line: no control characters, single spaces, trimmed."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    return " ".join(clean_text(text).split())


def _lines(
    raw: BinaryIO,
    text: TextIO,
    name: str,
    columns: Sequence[Column],
    progress: Progress,
    size: int,
) -> Iterator[Line | Problem]:
    reader = csv.reader(text, strict=True)
    try:
        heading = [one_line(cell) for cell in next(reader, [])]
        places = _places(heading, columns, name)
        before = reader.line_num
        for count, cells in enumerate(reader, start=1):
            number, before = before + 1, reader.line_num
            if not count % _STEP:
                progress.step(raw.tell(), size)
            if count > MOST_LINES:
                raise FileRefused(f"{name} has more than {MOST_LINES:,} lines. Split it.")
            read = _line(number, cells, len(heading), places)
            if read:
                yield read
        progress.step(size, size)
    except csv.Error as error:
        raise FileRefused(
            f"Line {reader.line_num} of {name} is not CSV ({error}). Nothing after it can be"
            " trusted, so nothing was taken in. Fetch the file again."
        ) from error
    except UnicodeDecodeError as error:
        raise FileRefused(
            f"{name} is neither UTF-8 nor Windows-1252 near line {reader.line_num + 1}."
            " Save it as CSV UTF-8, then try again."
        ) from error


def _line(
    number: int, cells: Sequence[str], wanted: int, places: Sequence[int]
) -> Line | Problem | None:
    """Return the line, why it is refused, or None when nothing is written on it."""
    if len(cells) == wanted:
        found = tuple([one_line(cells[place]) if place >= 0 else "" for place in places])
        return Line(number, found) if any(found) else None
    if not any(cells):
        return None
    short = "too short" if len(cells) < wanted else "too long"
    values = f"{len(cells)} value{'' if len(cells) == 1 else 's'}"
    return Problem(number, f"it is {short}: {values} where the heading has {wanted}.")


def _places(heading: Sequence[str], columns: Sequence[Column], name: str) -> list[int]:
    """Return where each wanted column stands, -1 for one that may be left out and is."""
    if not any(heading):
        raise FileRefused(f"{name} is empty: its first line must name the columns.")
    if len(heading) > MOST_COLUMNS:
        raise FileRefused(f"{name} has {len(heading):,} columns, more than {MOST_COLUMNS:,}.")
    missing = [c.heading for c in columns if c.needed and c.heading not in heading]
    if missing:
        listed = ", ".join(missing)
        raise FileRefused(
            f"{name} lacks the {'column' if len(missing) == 1 else 'columns'} {listed}."
            " Check that it is the right file, or map its own headings to ours."
        )
    for column in columns:
        if heading.count(column.heading) > 1:
            raise FileRefused(f"{name} has two columns called {column.heading}. Remove one.")
    return [heading.index(c.heading) if c.heading in heading else -1 for c in columns]


def _mapped(columns: Sequence[Column], mapping: Mapping[str, str] | None) -> list[Column]:
    told = dict(mapping or {})
    mapped = [
        Column(c.field, told.pop(c.field, c.heading), c.needed or c.field in (mapping or {}))
        for c in columns
    ]
    if told:
        known = ", ".join(column.field for column in columns)
        raise FileRefused(f"The map names {', '.join(told)}, which is unknown. Known: {known}.")
    return mapped


def _refuse_size(path: Path, size: int) -> None:
    if not size:
        raise FileRefused(f"{path.name} is empty: its first line must name the columns.")
    if size > MOST_BYTES:
        raise FileRefused(
            f"{path.name} has {size // 1_000_000:,} MB; at most {MOST_BYTES // 1_000_000} are read."
        )


def _why(error: OSError) -> str:
    return (error.strerror or "it cannot be read").lower()
