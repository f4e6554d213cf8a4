"""What an import of rooms or bookings did, and the lines it refused when it looked."""

from dataclasses import dataclass

from lle_desk.core.imports import ImportSummary, Problem
from lle_desk.rooms.imports.booking_lines import BookingLine


@dataclass(frozen=True, slots=True)
class RoomsOutcome:
    """`problems` are those found against the database; the file's own are in the file."""

    summary: ImportSummary
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class BookedLine:
    """A line that goes in, its room's name, and what an officer should know of it ("")."""

    line: BookingLine
    room: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BookingsOutcome(RoomsOutcome):
    """As well, the lines that went in or would, and those that were there already."""

    booked: tuple[BookedLine, ...] = ()
    there: tuple[BookingLine, ...] = ()
