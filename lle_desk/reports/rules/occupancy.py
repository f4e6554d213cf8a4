"""How full rooms are: hours booked of hours open. Plain values in and out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

Span = tuple[datetime, datetime]  # half-open
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BookedHours:
    """One use of one cell on one day: the minutes of it while the room was open."""

    use_id: int
    space_id: int  # the single room that the cell is
    day: date
    minutes: int


@dataclass(frozen=True, slots=True)
class OpenDay:
    """The minutes for which one room was open on one day."""

    space_id: int
    day: date
    minutes: int


def without(open_times: Span, closed: Iterable[Span]) -> list[Span]:
    """Return what is left of a time when others are taken out of it, in order."""
    left = [open_times]
    for shut_from, shut_until in closed:
        left = [
            part
            for begins, ends in left
            for part in ((begins, min(ends, shut_from)), (max(begins, shut_until), ends))
            if part[0] < part[1]
        ]
    return left


def minutes_in(use: Span, times: Sequence[Span]) -> int:
    """Return how many minutes of a use are within these times."""
    return sum(
        max(0, int((min(use[1], ends) - max(use[0], begins)).total_seconds()) // 60)
        for begins, ends in times
    )


def days_between(first: date, last: date) -> Iterator[date]:
    """Return the days from `first` to `last`, both included."""
    day = first
    while day <= last:
        yield day
        day += DAY
