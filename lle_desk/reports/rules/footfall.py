"""How people are counted: people × days, by counted heads, else registers, else expected ones."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeVar

Group = TypeVar("Group", bound=Hashable)

DAY = timedelta(days=1)
TICK = timedelta(seconds=1)  # the diary's smallest step: a use that ends at midnight ended before


class How(StrEnum):
    """Where a number of people comes from, the best first."""

    COUNTED = "counted"
    REGISTER = "register"
    EXPECTED = "expected"


class CountedUse(NamedTuple):  # a tuple is made in a fifth of a dataclass's time, 4,000 a year
    """One use of a room, [starts_at, ends_at), and how many came each day."""

    use_id: int
    booking_id: int
    category: str
    space_id: int
    starts_at: datetime
    ends_at: datetime
    heads: int
    how: How


class Presence(NamedTuple):
    """The people of one booking on one day; of one of its rooms when counted by room.

    `estimated` and `registered` are the parts of `people` that are only expected heads, and
    that a course register says. `use_id` is the first of its uses that day.
    """

    booking_id: int
    use_id: int
    category: str
    space_id: int
    day: date
    people: int
    registered: int
    estimated: int


@dataclass(frozen=True, slots=True)
class FootfallRow:
    """Bookings of a group and the people they brought: people × days.

    `estimated` is the part of `people` that is only expected heads, `registered` the part that
    course registers say; the rest was counted.
    """

    group: Hashable
    bookings: int
    people: int
    estimated: int = 0
    registered: int = 0


def heads_of(actual: int | None, register: int | None, expected: int) -> tuple[int, How]:
    """Return how many came, and how that is known.

    Counted heads come first, then the attended places of a register, then the expected heads.
    """
    if actual is not None:
        return actual, How.COUNTED
    if register is not None:
        return register, How.REGISTER
    return expected, How.EXPECTED


def presences(
    uses: Iterable[CountedUse], first: date, last: date, *, by_room: bool = False
) -> list[Presence]:
    """Return who was there on each of the days `first` to `last`, a booking at a time.

    Someone who is there in the morning and again in the afternoon is one person that day: on
    each day a booking counts the most people that it had in its rooms at one time. `by_room`
    counts each room by itself, so one who changes rooms counts in both.
    """
    together: dict[tuple[int, int, date], list[CountedUse]] = {}
    for use in uses:
        room = use.space_id if by_room else 0
        for day in _days(use, first, last):
            together.setdefault((use.booking_id, room, day), []).append(use)
    return [_presence(day, there) for (_, _, day), there in together.items()]


def grouped(
    there: Iterable[Presence], group_of: Callable[[Presence], Group]
) -> Mapping[Group, FootfallRow]:
    """Return the bookings and people of each group that has any.

    A booking of two groups, such as two months, is a booking of both; people are of one day.
    """
    bookings: dict[Group, set[int]] = defaultdict(set)
    sums: dict[Group, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in there:
        group = group_of(one)
        bookings[group].add(one.booking_id)
        total = sums[group]
        total[0] += one.people
        total[1] += one.estimated
        total[2] += one.registered
    return {group: FootfallRow(group, len(bookings[group]), *sums[group]) for group in sums}


def footfall_rows(
    uses: Iterable[CountedUse], categories: Sequence[str], first: date, last: date
) -> list[FootfallRow]:
    """Return a row for each of `categories`, in their order, of the days `first` to `last`."""
    found = grouped(presences(uses, first, last), _category)
    return [found.get(category, FootfallRow(category, 0, 0)) for category in categories]


def _category(one: Presence) -> str:
    return one.category


def _days(use: CountedUse, first: date, last: date) -> Sequence[date]:
    """Return the days of a use that count."""
    day = use.starts_at.date()
    if day == use.ends_at.date() and first <= day <= last:  # as nearly all are
        return (day,)
    return tuple(_long_days(use, first, last))


def _long_days(use: CountedUse, first: date, last: date) -> Iterator[date]:
    day = max(use.starts_at.date(), first)
    until = min((use.ends_at - TICK).date(), last)
    while day <= until:
        yield day
        day += DAY


def _presence(day: date, together: Sequence[CountedUse]) -> Presence:
    """Return the most people of one booking at one time on a day."""
    use = together[0]
    if len(together) > 1:
        use = min(together, key=lambda one: (one.starts_at, one.use_id))
        people, registered, estimated = max(_at_once(together, start) for start in together)
    else:
        people = use.heads
        registered = people if use.how is How.REGISTER else 0
        estimated = people if use.how is How.EXPECTED else 0
    return Presence(
        use.booking_id, use.use_id, use.category, use.space_id, day, people, registered, estimated
    )


def _at_once(uses: Sequence[CountedUse], start: CountedUse) -> tuple[int, int, int]:
    """Return the people there when `start` began: all, from registers, only expected."""
    there = [use for use in uses if use.starts_at <= start.starts_at < use.ends_at]
    return (
        sum(use.heads for use in there),
        sum(use.heads for use in there if use.how is How.REGISTER),
        sum(use.heads for use in there if use.how is How.EXPECTED),
    )
