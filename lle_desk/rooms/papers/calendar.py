"""What a calendar file holds: meetings that real calendar programs take. Plain values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One use of a room as a meeting; times on London's clock, without a zone.

    `uid` is the same for ever, `sequence` rises with each change, so that a program that has it
    already moves it.
    """

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    words: str  # what more there is to say, over several lines
    is_cancelled: bool
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A named calendar: of a booking, a room or a person. `made_at` is UTC.

    `organizer` is the office's address. `withdraws`: all of it is cancelled, so that programs
    that have it take it out.
    """

    name: str
    entries: tuple[CalendarEntry, ...]
    organizer: str
    made_at: datetime
    withdraws: bool = False
