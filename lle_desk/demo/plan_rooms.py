"""Plans a year of room bookings: what, when and where, so that the people come out exactly.

Nothing is written here. No two uses share a cell in the same part of a day, and the database is
asked to see to that when they are written.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random

from lle_desk.demo.calendar import at, busyness, open_days, year_end, year_start
from lle_desk.demo.dice import dice, fit_to_sum, pick
from lle_desk.demo.sizes import CategorySize, YearSize
from lle_desk.rooms.rules import Category, SpaceFacts

MORNING, AFTERNOON, EVENING = 1, 2, 4
WHOLE_DAY = MORNING | AFTERNOON
LEAST_HEADS = 2
TRIES = 30  # days tried by chance before all days are looked through
COUNTED = 0.98  # of uses; the others keep their expected heads, as an estimate
CALLED_OFF = 0.04  # cancelled bookings on top, which count nothing
COURSE_GAP = timedelta(days=14)  # from the first to the second day of a course

PARTS = {
    Category.EXTERNAL: ((WHOLE_DAY, 35), (MORNING, 20), (AFTERNOON, 20), (EVENING, 25)),
    Category.EDGE_HILL: ((WHOLE_DAY, 50), (MORNING, 25), (AFTERNOON, 25)),
    Category.CONFERENCES: ((WHOLE_DAY, 80), (MORNING, 12), (AFTERNOON, 8)),
    Category.SCHOOLS: ((WHOLE_DAY, 55), (MORNING, 20), (AFTERNOON, 25)),
    Category.MEETINGS: ((MORNING, 45), (AFTERNOON, 42), (WHOLE_DAY, 9), (EVENING, 4)),
}
TWO_DAYS = {
    Category.EXTERNAL: 0.03,
    Category.EDGE_HILL: 0.08,
    Category.CONFERENCES: 0.08,
    Category.SCHOOLS: 0.14,
    Category.MEETINGS: 0.01,
}
HOURS = {  # by part: when it begins, quarters of an hour it may begin later, and how long
    MORNING: ((9, 0), 2, (90, 120, 135, 150)),
    AFTERNOON: ((13, 0), 2, (90, 120, 150, 180)),
    WHOLE_DAY: ((9, 0), 2, (330, 360, 390)),
    EVENING: ((18, 0), 2, (90, 120, 150)),
}
SHORT_MARGIN, LONG_MARGIN = timedelta(minutes=15), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class PlannedUse:
    """A space used once. `heads` is what counts: counted people, or the expected ones."""

    space_id: int
    layout: str
    starts_at: datetime
    ends_at: datetime
    margin: timedelta
    heads: int
    expected: int
    is_counted: bool


@dataclass(frozen=True, slots=True)
class PlannedBooking:
    """A room booking of one or two days, with its place in the year."""

    category: Category
    place: int
    uses: tuple[PlannedUse, ...]
    is_called_off: bool = False


class Rooms:
    """Which cell is taken in which part of which day."""

    def __init__(self, spaces: Sequence[SpaceFacts]) -> None:
        fitting = [space for space in spaces if space.layouts]
        self._by_size = sorted(fitting, key=lambda space: (_most(space), space.id))
        self._taken: dict[tuple[date, int], int] = defaultdict(int)

    @property
    def largest(self) -> int:
        """Return how many the largest room holds."""
        return _most(self._by_size[-1])

    def find(
        self, day: date, part: int, heads: int, chance: Random, layout: str = ""
    ) -> SpaceFacts | None:
        """Return a room free then that holds so many, often one that wastes little."""
        free = [
            space
            for space in self._by_size
            if ((space.capacity(layout) or 0) if layout else _most(space)) >= heads
            and not any(self._taken[day, cell] & part for cell in space.cells)
        ]
        if not free:
            return None
        return free[min(len(free) - 1, int(chance.expovariate(0.6)))]

    def take(self, day: date, part: int, space: SpaceFacts) -> None:
        """Hold the cells of a room for a part of a day."""
        for cell in space.cells:
            self._taken[day, cell] |= part


@dataclass(frozen=True, slots=True)
class _Wish:
    category: Category
    place: int
    heads: tuple[int, ...]
    is_called_off: bool = False


def plan_room_year(size: YearSize, spaces: Sequence[SpaceFacts]) -> list[PlannedBooking]:
    """Return all room bookings of a year, by day: those held sum to its sizes exactly.

    Raises:
        ValueError: there are no rooms, or too few for so many people.
    """
    if not any(space.layouts for space in spaces):
        raise ValueError("There are no rooms to book.")
    chance = dice("rooms", size.year)
    rooms = Rooms(spaces)
    days = open_days(year_start(size.year), year_end(size.year))
    wishes = [wish for one in size.rooms for wish in _wishes(one, rooms.largest, chance)]
    wishes.sort(key=lambda wish: (-max(wish.heads), wish.category, wish.place))
    finder = _Finder(rooms, days, chance)
    planned = [finder.place(wish) for wish in wishes]
    return sorted(planned, key=lambda one: (one.uses[0].starts_at, one.category, one.place))


def _wishes(size: CategorySize, largest: int, chance: Random) -> Iterable[_Wish]:
    """Yield the bookings of a category with their heads by day, then some called off."""
    days = [2 if chance.random() < TWO_DAYS[size.category] else 1 for _ in range(size.bookings)]
    sizes = [chance.lognormvariate(0.0, 0.55) for _ in days]
    by_day = [value for value, count in zip(sizes, days, strict=True) for _ in range(count)]
    lows, highs = [LEAST_HEADS] * len(by_day), [largest] * len(by_day)
    heads = iter(fit_to_sum(by_day, lows, highs, size.people))
    for place, count in enumerate(days):
        yield _Wish(size.category, place, tuple(next(heads) for _ in range(count)))
    for place in range(round(size.bookings * CALLED_OFF)):
        yield _Wish(size.category, len(days) + place, (chance.randint(4, 20),), True)


class _Finder:
    """Gives each wish its days and rooms, the largest first."""

    def __init__(self, rooms: Rooms, days: Sequence[date], chance: Random) -> None:
        self._rooms = rooms
        self._days = days
        self._index = {day: place for place, day in enumerate(days)}
        self._weights = list(accumulate(busyness(day) for day in days))
        self._chance = chance

    def place(self, wish: _Wish) -> PlannedBooking:
        part = pick(self._chance, PARTS[wish.category])
        uses: list[PlannedUse] = []
        day: date | None = None
        for heads in wish.heads:
            wanted = self._after(day, wish.category) if day else self._any_day()
            day, part, space = self._room(
                wanted, part, heads, {use.starts_at.date() for use in uses}
            )
            if not wish.is_called_off:
                self._rooms.take(day, part, space)
            uses.append(self._use(wish, day, part, space, heads))
        uses.sort(key=lambda use: use.starts_at)
        return PlannedBooking(wish.category, wish.place, tuple(uses), wish.is_called_off)

    def _any_day(self) -> date:
        return self._chance.choices(self._days, cum_weights=self._weights)[0]

    def _after(self, day: date, category: Category) -> date:
        """Return the next day of a booking: of a course two weeks later, else the day after."""
        later = day + COURSE_GAP
        if category is Category.SCHOOLS and later in self._index:
            return later
        return self._days[(self._index[day] + 1) % len(self._days)]

    def _room(
        self, day: date, part: int, heads: int, but: AbstractSet[date]
    ) -> tuple[date, int, SpaceFacts]:
        """Return a day, not one of `but`, a part of it and a room that holds so many."""
        tried = [day, *(self._any_day() for _ in range(TRIES))]
        parts = (part,) if part == WHOLE_DAY else (part, MORNING, AFTERNOON)
        for other in [*tried, *self._days]:
            for some in () if other in but else parts:
                space = self._rooms.find(other, some, heads, self._chance)
                if space is not None:
                    return other, some, space
        if part != MORNING:
            return self._room(day, MORNING, heads, but)
        raise ValueError(f"No room for {heads} is left in the year")

    def _use(self, wish: _Wish, day: date, part: int, space: SpaceFacts, heads: int) -> PlannedUse:
        chance = self._chance
        (hour, minute), quarters, lengths = HOURS[part]
        start = at(day, hour, minute) + timedelta(minutes=15 * chance.randint(0, quarters))
        counted = chance.random() < COUNTED
        expected = heads if not counted else max(1, heads + chance.choice((-1, 0, 0, 1, 2, 3)))
        layouts = [layout.layout for layout in space.layouts if layout.capacity >= heads]
        return PlannedUse(
            space.id,
            chance.choice(layouts),
            start,
            start + timedelta(minutes=chance.choice(lengths)),
            SHORT_MARGIN if wish.category is Category.MEETINGS else LONG_MARGIN,
            heads,
            expected,
            counted,
        )


def part_of(starts_at: datetime, ends_at: datetime) -> int:
    """Return which parts of its day an event takes, with the time around it."""
    part = MORNING if starts_at.hour < 12 else 0
    if starts_at.hour < 16 and (ends_at.hour, ends_at.minute) > (12, 0):
        part |= AFTERNOON
    if ends_at.hour >= 17:
        part |= EVENING | (AFTERNOON if starts_at.hour < 17 else 0)
    return part or AFTERNOON


def _most(space: SpaceFacts) -> int:
    return max((layout.capacity for layout in space.layouts), default=0)
