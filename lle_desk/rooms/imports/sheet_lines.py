"""Bookings out of any spreadsheet whose columns were matched: one line, one room, one time."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lle_desk.core import cells
from lle_desk.core.imports import Problem, Progress
from lle_desk.core.matching import Headings, Match, data_rows
from lle_desk.core.sheets import Sheet, SheetRow, Value
from lle_desk.core.words import folded
from lle_desk.rooms.imports.booking_lines import (
    BookingLine,
    BookingsFile,
    fault_of_times,
    fault_of_words,
)
from lle_desk.rooms.imports.sheet_fields import CATEGORIES, LAYOUTS
from lle_desk.rooms.queries.choices import RoomChoice, RoomFinder
from lle_desk.rooms.rules import Category

_STEP = 250
TELLING = ("room", "title", "organisation", "time", "start", "end")  # without all: no booking


@dataclass(frozen=True, slots=True)
class BookingSheet:
    """A sheet, its heading line, what its columns mean, and the rooms that there are."""

    sheet: Sheet
    headings: Headings
    match: Match
    choices: tuple[RoomChoice, ...]
    site_id: int | None = None  # whose rooms are meant where the file names no site

    @property
    def rows(self) -> Sequence[SheetRow]:
        """The lines below the headings."""
        return data_rows(self.sheet, self.headings)


@dataclass(frozen=True, slots=True)
class OpenWord:
    """Words of the file that are none of ours, of which field, and on how many lines.

    `ours` is what the officer decided: None not yet, "" to leave those lines out, else the
    number or name of ours.
    """

    key: str
    theirs: str
    lines: int
    ours: str | None


def open_words(asked: BookingSheet) -> tuple[OpenWord, ...]:
    """Return the rooms and categories of the file that are not ours, the most frequent first."""
    reader = _Reader(asked)
    counted: Counter[tuple[str, str]] = Counter()
    for row in asked.rows:
        site, room = reader.words(row, "site"), reader.words(row, "room")
        if room and reader.finder.find(site, room) is None:
            counted["room", told_room(site, room)] += 1
        category = reader.words(row, "category")
        if category and folded(category) not in CATEGORIES:
            counted["category", category] += 1
    return tuple(
        OpenWord(key, theirs, lines, asked.match.words.get(key, {}).get(folded(theirs)))
        for (key, theirs), lines in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    )


def told_room(site: str, room: str) -> str:
    """Return what a room of the file is called on the screen and remembered by."""
    return f"{room}, {site}" if site else room


def read_booking_sheet(asked: BookingSheet, progress: Progress | None = None) -> BookingsFile:
    """Return the bookings of a sheet; what cannot be read is a problem with its line.

    Raises:
        ImportStopped: the progress was stopped.
    """
    progress = progress or Progress()
    reader = _Reader(asked)
    lines: dict[str, BookingLine] = {}
    problems: list[Problem] = []
    rows = asked.rows
    for count, row in enumerate(rows):
        if not count % _STEP:
            progress.step(count, len(rows))
        try:
            line = reader.line(row)
        except ValueError as fault:
            problems.append(Problem(row.number, _small(str(fault))))
            continue
        if line is not None and line.key in lines:
            problems.append(
                Problem(row.number, f"it says the same as line {lines[line.key].line}.")
            )
        elif line is not None:
            lines[line.key] = line
    if asked.sheet.valueless:
        problems.insert(0, _valueless(asked.sheet))
    return BookingsFile(tuple(lines.values()), tuple(problems), reader.spaces, reader.left_out)


class _Reader:
    """Reads one line after the other; it remembers the day above and the rooms it found."""

    def __init__(self, asked: BookingSheet) -> None:
        self._match = asked.match
        self._place = {key: asked.headings.place(name) for key, name in asked.match.columns.items()}
        self._month_first = asked.match.options.get("month_first") == "yes"
        self._carries = asked.match.options.get("carries_day") == "yes"
        self._category = CATEGORIES.get(
            folded(asked.match.options.get("category", "")), Category.EXTERNAL
        )
        self._day_above: Value = None
        self._rooms = {one.id for one in asked.choices}
        self.finder = RoomFinder(asked.choices, asked.site_id)
        self.spaces: dict[tuple[str, str], int] = {}
        self.left_out = 0

    def value(self, row: SheetRow, key: str) -> Value:
        return row.cell(self._place.get(key, -1))

    def words(self, row: SheetRow, key: str) -> str:
        return cells.read_words(self.value(row, key))

    def line(self, row: SheetRow) -> BookingLine | None:
        """Return the booking of a line, None when the officer leaves it out.

        Raises:
            ValueError: why it cannot be taken in, for the officer.
        """
        if not any(self.words(row, key) for key in TELLING):
            raise ValueError("It is no booking: no room, title or time stands in it.")
        site, room = self.words(row, "site"), self.words(row, "room")
        category = self._category_of(row)
        if not self._find_room(site, room) or category is None:
            self.left_out += 1
            return None
        starts_at, ends_at = self._times(row)
        organisation = self.words(row, "organisation")
        title = self.words(row, "title") or organisation
        heads = self.value(row, "heads")
        booking = self.words(row, "booking")
        booking = booking or _own_number(site, room, title, str(starts_at), str(ends_at))
        contact = self.words(row, "contact")
        self._refuse(fault_of_words(booking, title, contact, "", ""))
        notes = [f"For: {organisation}" if organisation != title and organisation else ""]
        return BookingLine(
            row.number,
            booking,
            site,
            room,
            starts_at,
            ends_at,
            title,
            contact,
            category,
            None if heads is None else cells.read_count(heads),
            LAYOUTS.get(folded(self.words(row, "layout")), ""),
            "\n".join(told for told in (*notes, self.words(row, "notes")) if told),
        )

    def _find_room(self, site: str, room: str) -> bool:
        """Return whether the line is wanted, and remember its room if it is known."""
        if not room:
            raise ValueError("It names no room. Write one there, or book it by hand.")
        if (site, room) in self.spaces:
            return True
        found = self.finder.find(site, room)
        if found is None:
            decided = self._match.words.get("room", {}).get(folded(told_room(site, room)))
            if decided == "":
                return False
            found = int(decided) if decided and decided.isdecimal() else None
            found = found if found in self._rooms else None
        if found is None:
            raise ValueError(
                f"“{told_room(site, room)[:60]}” is none of the rooms here. Choose the room it is"
                " among the words to match, or leave its lines out."
            )
        self.spaces[site, room] = found
        return True

    def _category_of(self, row: SheetRow) -> Category | None:
        """Return the category of a line, None when lines of its words are left out."""
        told = self.words(row, "category")
        known = CATEGORIES.get(folded(told)) if told else self._category
        if known is None:
            decided = self._match.words.get("category", {}).get(folded(told))
            if decided == "":
                return None
            known = CATEGORIES.get(folded(decided or ""))
        if known is None:
            raise ValueError(
                f"“{told[:40]}” is none of the five categories. Choose one for it among the words"
                " to match."
            )
        return known

    def _times(self, row: SheetRow) -> tuple[datetime, datetime]:
        told = self.value(row, "time")
        if told is not None:
            first, end_minutes = cells.read_span(told)
            day = self._day(row)
            starts_at, ends_at = _at(day, first), _at(self._last_day(row, day), end_minutes)
            self._refuse(fault_of_times(starts_at, ends_at, cells.shown(told), cells.shown(told)))
            return starts_at, ends_at
        start, end = self.value(row, "start"), self.value(row, "end")
        if start is None or end is None:
            missing = "end" if start is not None else "start" if end is not None else "time"
            raise ValueError(f"It tells no {missing}. Write it there, or book it by hand.")
        starts_at = self._moment(row, start, None)
        ends_at = self._moment(row, end, self._last_day(row, starts_at.date()))
        if ends_at.time() == time() and ends_at == _at(starts_at.date(), 0) and _is_clock(end):
            ends_at += timedelta(days=1)  # until midnight
        self._refuse(fault_of_times(starts_at, ends_at, cells.shown(start), cells.shown(end)))
        return starts_at, ends_at

    def _moment(self, row: SheetRow, value: Value, day: date | None) -> datetime:
        """Return a time of day on its day, or a cell that tells both."""
        if not _is_clock(value):
            return cells.read_moment(value, month_first=self._month_first)
        return _at(self._day(row) if day is None else day, cells.read_clock(value))

    def _day(self, row: SheetRow) -> date:
        told = self.value(row, "day")
        if told is None and self._carries:
            told = self._day_above
        if told is None:
            raise ValueError("It tells no day. Write it there, or book it by hand.")
        self._day_above = told
        return cells.read_day(told, month_first=self._month_first)

    def _last_day(self, row: SheetRow, day: date) -> date:
        told = self.value(row, "end_day")
        return day if told is None else cells.read_day(told, month_first=self._month_first)

    def _refuse(self, fault: str) -> None:
        if fault:
            raise ValueError(fault)


def _is_clock(value: Value) -> bool:
    """Return whether a cell tells a time of day without its day."""
    if isinstance(value, datetime) and value.year >= cells.FIRST_YEAR:
        return False
    try:
        cells.read_clock(value)
    except ValueError:
        return False
    return not (isinstance(value, (int, float)) and value > 2400)


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def _own_number(*told: str) -> str:
    """Return the number of a booking that has none: the same whenever the line is read again."""
    return "line " + hashlib.sha256("|".join(told).encode()).hexdigest()[:16]


def _small(sentence: str) -> str:
    """Return a sentence as it goes on after "line 5: "."""
    return sentence[0].lower() + sentence[1:] if sentence.startswith("It ") else sentence


def _valueless(sheet: Sheet) -> Problem:
    count = sheet.valueless
    return Problem(
        0,
        f"{count:,} formula{'' if count == 1 else 's'} of “{sheet.name}” hold no value, so"
        " nothing is read there. Open the workbook in Excel, save it, and choose it again.",
    )
