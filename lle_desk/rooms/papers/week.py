"""What the plan of a week says on paper. Plain values."""

from dataclasses import dataclass
from datetime import date, datetime

from lle_desk.paper.sender import WOODLANDS, Sender


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """One use of a room on one day; event times, cut to the day."""

    starts_at: datetime
    ends_at: datetime
    title: str
    people: int
    is_estimate: bool = False
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One room's week: for each day what is in it by time, and why it is closed."""

    room: str
    days: tuple[tuple[WeekEntry, ...], ...]
    closed: tuple[str, ...]  # "" on days when it is open


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """The rooms of a site that are in use in a week, and those that are not, by name."""

    site: str
    days: tuple[date, ...]
    rows: tuple[WeekRow, ...]
    free: tuple[str, ...]
    printed_at: datetime
    sender: Sender = WOODLANDS
