"""A file of room bookings: one line for each room and time of a booking.

Times may carry an offset; they become the wall-clock time in Europe/London. Who comes is often
not told: heads are then half of the room's seats, marked as an estimate.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from lle_desk.core.days import on_london_clock
from lle_desk.core.imports import Column, Line, Problem, Progress, read_lines
from lle_desk.rooms.rules import CATEGORY_CODES, Category

COLUMNS = (
    Column("booking", "booking"),
    Column("site", "site"),
    Column("room", "room"),
    Column("start", "start"),
    Column("end", "end"),
    Column("title", "title"),
    Column("contact", "contact", needed=False),
    Column("category", "category", needed=False),
    Column("heads", "heads", needed=False),
)
MOST_DAYS = 31
_CATEGORIES = {category.casefold(): category for category in Category} | {
    code.casefold(): category for category, code in CATEGORY_CODES.items()
}


@dataclass(frozen=True, slots=True)
class BookingLine:
    """One room and time of a booking. `heads` None: the file does not tell.

    `layout` "" is the room's usual one. `site` and `room` are the file's own words.
    """

    line: int
    booking: str
    site: str
    room: str
    starts_at: datetime
    ends_at: datetime
    title: str
    contact: str
    category: Category
    heads: int | None
    layout: str = ""
    notes: str = ""

    @property
    def key(self) -> str:
        """Return what makes this line the same line when the file is read again."""
        return "|".join(
            (self.booking, self.site, self.room, str(self.starts_at), str(self.ends_at))
        )


@dataclass(frozen=True, slots=True)
class BookingsFile:
    """What a file of bookings holds, in its order, and the refused lines.

    `spaces` are the rooms that were found for (site, room) of lines already; without one, both
    are codes. `left_out` counts the lines that the officer did not want.
    """

    lines: tuple[BookingLine, ...]
    problems: tuple[Problem, ...]
    spaces: Mapping[tuple[str, str], int] = field(default_factory=dict)
    left_out: int = 0


def read_room_bookings(
    path: Path, mapping: Mapping[str, str] | None = None, progress: Progress | None = None
) -> BookingsFile:
    """Return the bookings of a file; `mapping` is our field -> their heading.

    Raises:
        FileRefused: the file as a whole is at fault; nothing of it may be used.
        ImportStopped: the progress was stopped.
    """
    lines: dict[str, BookingLine] = {}
    problems: list[Problem] = []
    for line in read_lines(path, COLUMNS, mapping, progress):
        told = line if isinstance(line, Problem) else _booking(line)
        if isinstance(told, BookingLine) and told.key in lines:
            before = lines[told.key].line
            told = Problem(told.line, f"it says the same as line {before}.")
        if isinstance(told, Problem):
            problems.append(told)
        else:
            lines[told.key] = told
    return BookingsFile(tuple(lines.values()), tuple(problems))


def wall_clock(text: str) -> datetime:
    """Return an ISO time as the clock in London shows it; without an offset it is that already.

    Raises:
        ValueError: it is no time.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        moment = on_london_clock(moment)
    return moment.replace(microsecond=0, fold=0)


def _booking(line: Line) -> BookingLine | Problem:
    booking, site, room, start, end, title, contact, category, heads = line.cells
    fault = fault_of_words(booking, title, contact, category, heads)
    if fault:
        return Problem(line.number, fault)
    try:
        starts_at, ends_at = wall_clock(start), wall_clock(end)
    except ValueError:
        return Problem(
            line.number,
            f"“{start[:30]}” and “{end[:30]}” must be times such as 2017-07-05T10:00:00+01:00.",
        )
    fault = fault_of_times(starts_at, ends_at, start, end)
    if fault:
        return Problem(line.number, fault)
    return BookingLine(
        line.number,
        booking,
        site,
        room,
        starts_at,
        ends_at,
        title,
        contact,
        _CATEGORIES[category.casefold()] if category else Category.EXTERNAL,
        int(heads) if heads else None,
    )


def fault_of_times(starts_at: datetime, ends_at: datetime, start: str, end: str) -> str:
    """Return what is wrong with the times, told as the file says them; "" for nothing."""
    if ends_at <= starts_at:
        return f"it ends at {end[:30]}, not after {start[:30]}."
    if (ends_at - starts_at).days >= MOST_DAYS or not 2000 <= starts_at.year < 2199:
        return f"from {start[:30]} to {end[:30]} is no booking of a room."
    return ""


def fault_of_words(booking: str, title: str, contact: str, category: str, heads: str) -> str:
    """Return what is wrong with the words of a line, "" for nothing."""
    if not booking or len(booking) > 60:
        return "the booking's number is missing or longer than 60 letters."
    if not title or len(title) > 200:
        return "the title is missing or longer than 200 letters."
    if len(contact) > 200:
        return "the contact is longer than 200 letters."
    if category and category.casefold() not in _CATEGORIES:
        return f"“{category[:40]}” is none of the five categories."
    if heads and not (heads.isascii() and heads.isdigit() and 1 <= int(heads) <= 100_000):
        return f"“{heads[:20]}” is not a number of people."
    return ""
