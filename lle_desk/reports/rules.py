"""How people are counted, and which rows the council's reports have. Plain values in and out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LPDS = "LPDS"
DAY = timedelta(days=1)
TICK = timedelta(seconds=1)  # the diary's smallest step: a use that ends at midnight ended before


@dataclass(frozen=True, slots=True)
class CountedUse:
    """One use of a room, [starts_at, ends_at), and how many came each day.

    `is_estimate`: nobody counted them and no register was kept, so these are the expected heads.
    """

    booking_id: int
    category: str
    starts_at: datetime
    ends_at: datetime
    heads: int
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class FootfallRow:
    """Bookings of a category and the people they brought: people × days.

    `estimated` is the part of `people` that is only expected heads.
    """

    category: str
    bookings: int
    people: int
    estimated: int = 0


@dataclass(frozen=True, slots=True)
class CourseFigure:
    """One row of the courses report, named as in the tables that Education Scrutiny receives."""

    row: str
    value: int


def heads_of(actual: int | None, register: int | None, expected: int) -> tuple[int, bool]:
    """Return how many came, and whether that is an estimate.

    Counted heads come first, then the attended places of a register, then the expected heads.
    """
    if actual is not None:
        return actual, False
    if register is not None:
        return register, False
    return expected, True


def footfall_rows(
    uses: Iterable[CountedUse], categories: Sequence[str], first: date, last: date
) -> list[FootfallRow]:
    """Return a row for each of `categories`, in their order, of the days `first` to `last`.

    Someone who is there in the morning and again in the afternoon is one person that day: on
    each day a booking counts the most people that it had in its rooms at one time.
    """
    by_day: dict[tuple[str, int, date], list[CountedUse]] = defaultdict(list)
    for use in uses:
        for day in _days(use, first, last):
            by_day[use.category, use.booking_id, day].append(use)
    bookings: dict[str, set[int]] = defaultdict(set)
    people: dict[str, int] = defaultdict(int)
    estimated: dict[str, int] = defaultdict(int)
    for (category, booking_id, _), together in by_day.items():
        most, guessed = _most_at_once(together)
        bookings[category].add(booking_id)
        people[category] += most
        estimated[category] += guessed
    return [
        FootfallRow(category, len(bookings[category]), people[category], estimated[category])
        for category in categories
    ]


def _days(use: CountedUse, first: date, last: date) -> Iterator[date]:
    day = max(use.starts_at.date(), first)
    until = min((use.ends_at - TICK).date(), last)
    while day <= until:
        yield day
        day += DAY


def _most_at_once(uses: Sequence[CountedUse]) -> tuple[int, int]:
    """Return the most people at one time, and how many of these are an estimate."""
    if len(uses) == 1:
        return uses[0].heads, uses[0].heads if uses[0].is_estimate else 0
    sums = []
    for start in uses:
        there = [use for use in uses if use.starts_at <= start.starts_at < use.ends_at]
        sums.append(
            (sum(use.heads for use in there), sum(use.heads for use in there if use.is_estimate))
        )
    return max(sums)
