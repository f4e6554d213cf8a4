"""When a room is free, how large it is, and what a booking is called. No database, no Qt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar


class Status(StrEnum):
    """What a booking is called; whether it holds space is stored apart."""

    ENQUIRY = "enquiry"
    PROVISIONAL = "provisional"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    WAITING = "waiting"


class Category(StrEnum):
    """The five sorts of room booking; each booking has exactly one."""

    EXTERNAL = "External"
    EDGE_HILL = "Edge Hill University"
    CONFERENCES = "LCC conferences"
    SCHOOLS = "Schools (CPD)"
    MEETINGS = "LCC meetings"


CATEGORY_CODES = {
    Category.SCHOOLS: "SC",
    Category.CONFERENCES: "CF",
    Category.EDGE_HILL: "EH",
    Category.EXTERNAL: "EX",
    Category.MEETINGS: "MT",
}


class Layout(StrEnum):
    """How a room is laid out; each gives a space its own capacity."""

    THEATRE = "theatre"
    CLASSROOM = "classroom"
    BOARDROOM = "boardroom"
    CABARET = "cabaret"
    U_SHAPE = "U-shape"
    ICT = "ICT"


@dataclass(frozen=True, slots=True)
class Slot:
    """A half-open stretch of local wall-clock time: [starts_at, ends_at)."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise ValueError(f"Slot ends at {self.ends_at}, not after {self.starts_at}")

    def with_margins(self, before: timedelta, after: timedelta) -> "Slot":
        """Return the reserved time: set-up before, clear-down after."""
        return Slot(self.starts_at - before, self.ends_at + after)

    def overlaps(self, other: "Slot") -> bool:
        """Return whether any moment belongs to both; spans that only touch do not."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


SlotT = TypeVar("SlotT", bound=Slot)


def find_clashes(wanted: Slot, booked: Iterable[SlotT]) -> list[SlotT]:
    """Return the booked slots that `wanted` would run into, earliest first."""
    return sorted(
        (slot for slot in booked if wanted.overlaps(slot)), key=lambda slot: slot.starts_at
    )
