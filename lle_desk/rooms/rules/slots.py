"""Stretches of wall-clock time, half-open."""

from dataclasses import dataclass
from datetime import datetime, timedelta


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


def minutes_of(starts_at: datetime, ends_at: datetime) -> int:
    """Return the whole minutes from one to the other."""
    return int((ends_at - starts_at) // timedelta(minutes=1))
