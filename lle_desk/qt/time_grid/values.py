"""What a time grid shows: days, lanes, blocks, areas, and verdicts while something moves.

All times are wall-clock and every interval is half-open. Keys are whatever the screen
likes to use (a record's number), as long as they can be hashed and compared.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias

Key: TypeAlias = Hashable
DAY_MINUTES = 24 * 60
STEP = timedelta(minutes=15)  # what one key press or one notch of the mouse moves


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time in a lane."""

    lane: Key
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One day's column: hours in minutes after midnight, the evening narrower than the day.

    `evening_scale` is the width of an evening minute, a daytime minute being 1.
    `shut` says why the day is tinted ("Bank holiday"); `share` makes a column narrower.
    """

    day: date
    opens: int = 8 * 60
    evening: int = 18 * 60
    closes: int = 21 * 60
    evening_scale: float = 0.5
    note: str = ""
    shut: str = ""
    share: float = 1.0

    @property
    def start(self) -> datetime:
        return midnight(self.day) + timedelta(minutes=self.opens)

    @property
    def end(self) -> datetime:
        return midnight(self.day) + timedelta(minutes=self.closes)

    @property
    def weight(self) -> float:
        """Return the column's width in daytime minutes."""
        evening = max(0, self.closes - self.evening) * self.evening_scale
        return self.share * (min(self.evening, self.closes) - self.opens + evening)


@dataclass(frozen=True, slots=True)
class PlanSpan:
    """The days side by side, in order."""

    days: tuple[PlanDay, ...]

    @property
    def one_day(self) -> bool:
        return len(self.days) == 1

    def covering(self, blocks: "Iterable[Block]") -> "PlanSpan":
        """Return the span with its hours widened so that no reserved time is cut off."""
        needs: dict[date, list[int]] = {}
        for block in blocks:
            for day, first, last in _minutes_by_day(block.reserved_start, block.reserved_end):
                need = needs.setdefault(day, [first, last])
                need[:] = [min(need[0], first), max(need[1], last)]
        return PlanSpan(tuple(_widened(day, needs.get(day.day)) for day in self.days))


def day_plan(day: date) -> PlanSpan:
    """Return one day, 08:00 to 21:00, the evening from 18:00 at half scale."""
    return PlanSpan((PlanDay(day),))


def days_plan(first: date, count: int) -> PlanSpan:
    """Return `count` days from `first`, 08:30 to 17:00 and a narrow evening strip to 22:00.

    Weekends are narrower when there are more than five days.
    """
    days = [first + timedelta(days=n) for n in range(count)]
    return PlanSpan(
        tuple(
            PlanDay(
                day,
                opens=510,
                evening=17 * 60,
                closes=22 * 60,
                evening_scale=0.2,
                share=0.5 if count > 5 and day.weekday() > 4 else 1.0,
            )
            for day in days
        )
    )


@dataclass(frozen=True, slots=True)
class LaneGroup:
    """A heading that lanes stand under; it can be folded away."""

    key: Key
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: a room, a trainer, a bedroom.

    `words` are the small second line; `part` indents the lane under the one above it;
    `icons` are names of icons at the right, `icon_words` says them aloud.
    """

    key: Key
    name: str
    words: str = ""
    group: Key = None
    part: bool = False
    icons: tuple[str, ...] = ()
    icon_words: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Something that holds a lane for a time.

    `start` and `end` are the event; `set_up` and `clear_down` are minutes before and after.
    `short` is the short title, `words` the second line with `short_words` where it is narrow.
    `code` is the two-letter category, which also gives the colours. `warning` is a badge in
    place of the second line. `hover` is plain text, or what makes it when the mouse rests
    there; `said` ends the spoken sentence ("confirmed, 18 of 20"). A block that is not
    `movable` can be opened, not dragged. With `runs_over` a name that does not fit runs over
    into free time beside the block.
    """

    key: Key
    lane: Key
    start: datetime
    end: datetime
    title: str
    short: str = ""
    words: str = ""
    short_words: str = ""
    code: str = ""
    set_up: int = 0
    clear_down: int = 0
    provisional: bool = False
    conflict: bool = False
    icons: tuple[str, ...] = ()
    warning: str = ""
    hover: str | Callable[[], str] = field(default="", compare=False)
    said: str = ""
    movable: bool = True
    runs_over: bool = False

    @property
    def reserved_start(self) -> datetime:
        return self.start - timedelta(minutes=self.set_up)

    @property
    def reserved_end(self) -> datetime:
        return self.end + timedelta(minutes=self.clear_down)

    def at(self, slot: Slot) -> "Block":
        """Return the block as it would be in `slot`."""
        return replace(self, lane=slot.lane, start=slot.start, end=slot.end)


@dataclass(frozen=True, slots=True)
class Area:
    """A hatched stretch where nothing can be put: closed, or in use as part of another lane."""

    lane: Key
    start: datetime
    end: datetime
    words: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether what is being moved would fit in a lane at the ghost's time.

    `words` go beside the lane's name ("fits", "taken", "16 seats"). `reason`, `detail` and
    `instead` stand beside the ghost; `slot_words` inside a slot that fits. With `may_force`
    the block may be dropped all the same, and the screen asks for the reason.
    """

    fits: bool
    words: str
    reason: str = ""
    detail: str = ""
    instead: str = ""
    slot_words: str = ""
    may_force: bool = False


@dataclass(frozen=True, slots=True)
class Ghost:
    """What is being moved, lengthened or drawn, where it is now.

    `key` is None for a new slot. Times are the event's; the minutes around it stay.
    """

    key: Key
    kind: Literal["move", "length", "slot"]
    slot: Slot
    set_up: int = 0
    clear_down: int = 0
    title: str = ""
    words: str = ""
    code: str = ""
    short: str = ""

    @property
    def reserved_start(self) -> datetime:
        if not self.set_up:
            return self.slot.start
        return self.slot.start - timedelta(minutes=self.set_up)

    @property
    def reserved_end(self) -> datetime:
        if not self.clear_down:
            return self.slot.end
        return self.slot.end + timedelta(minutes=self.clear_down)


def midnight(day: date) -> datetime:
    """Return the first moment of `day`."""
    return datetime.combine(day, time())


def _minutes_by_day(start: datetime, end: datetime) -> list[tuple[date, int, int]]:
    """Return for each day that [start, end) touches its first and last minute."""
    day = start.date()
    if end.date() == day:
        return [(day, start.hour * 60 + start.minute, end.hour * 60 + end.minute)]
    found = []
    while midnight(day) < end:
        first = max(start, midnight(day)) - midnight(day)
        last = min(end, midnight(day + timedelta(days=1))) - midnight(day)
        found.append((day, first // timedelta(minutes=1), last // timedelta(minutes=1)))
        day += timedelta(days=1)
    return found


def _widened(day: PlanDay, need: list[int] | None) -> PlanDay:
    if need is None:
        return day
    opens = min(day.opens, need[0] // 60 * 60) if need[0] < day.opens else day.opens
    closes = min(DAY_MINUTES, -(-need[1] // 60) * 60) if need[1] > day.closes else day.closes
    return replace(day, opens=opens, closes=closes)
