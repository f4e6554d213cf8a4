"""Where a moment lies along the top of a time grid, and which moment lies there."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from lle_desk.qt.time_grid.values import STEP, PlanDay, PlanSpan, midnight

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Column:
    """One day's place: `left` to `right`, its evening from `evening`, in pixels."""

    plan: PlanDay
    left: float
    evening: float
    right: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line at `x`; `words` only on full hours that have room for them."""

    x: float
    words: str
    full: bool
    evening: bool


class Axis:
    """Maps times to pixels and back, in straight pieces: days and evenings, no nights.

    Pixels count from the left edge of the first day. A time in the night lies on the
    edge between two days.
    """

    def __init__(self, span: PlanSpan, width: float) -> None:
        self.span = span
        self.width = width
        self.columns: list[Column] = []
        self._open = [(day.start, day.end) for day in span.days]
        scale = width / (sum(day.weight for day in span.days) or 1.0)
        self.minute = scale  # pixels of a daytime minute
        left = 0.0
        for day in span.days:
            right = left + day.weight * scale
            morning = min(day.evening, day.closes) - day.opens
            evening = left + day.share * morning * scale
            self.columns.append(Column(day, left, evening, right))
            left = right
        self._ticks: dict[tuple[date, float, bool], list[Tick]] = {}
        self._pieces = [piece for column in self.columns for piece in _pieces(column)]
        self._starts = [piece[0] for piece in self._pieces]
        self._lefts = [piece[2] for piece in self._pieces]

    def x(self, when: datetime) -> float:
        """Return where `when` lies."""
        at = bisect_right(self._starts, when) - 1
        if at < 0:
            return 0.0
        start, end, left, right = self._pieces[at]
        if when >= end:
            return right
        return left + (right - left) * ((when - start) / (end - start))

    def time(self, x: float) -> datetime:
        """Return the moment at `x`, to the second; outside, the nearest end."""
        at = max(0, bisect_right(self._lefts, x) - 1)
        start, end, left, right = self._pieces[at]
        share = min(1.0, max(0.0, (x - left) / (right - left))) if right > left else 0.0
        return start + timedelta(seconds=round((end - start).total_seconds() * share))

    def near(self, x: float, step: timedelta = STEP) -> datetime:
        """Return the whole step nearest to `x`."""
        when = self.time(x)
        day = midnight(when.date())
        return day + round((when - day) / step) * step

    def shows(self, start: datetime, end: datetime) -> bool:
        """Return whether any of [start, end) lies in the hours shown."""
        return any(opens < end and start < closes for opens, closes in self._open)

    def column_at(self, x: float) -> Column:
        """Return the day under `x`; outside, the nearest."""
        at = bisect_right([column.left for column in self.columns], x) - 1
        return self.columns[max(0, at)]

    def column_of(self, when: datetime) -> Column | None:
        """Return the day that `when` falls on, if it is shown."""
        day = when.date()
        return next((column for column in self.columns if column.plan.day == day), None)

    def ticks(self, column: Column, hour_width: float, half_hours: bool) -> list[Tick]:
        """Return the hour lines of a day: words only where `hour_width` pixels are free."""
        key = (column.plan.day, hour_width, half_hours)
        if key not in self._ticks:
            self._ticks[key] = list(self._find_ticks(column, hour_width, half_hours))
        return self._ticks[key]

    def _find_ticks(self, column: Column, hour_width: float, half_hours: bool) -> Iterator[Tick]:
        dawn = midnight(column.plan.day)
        dusk = dawn + timedelta(minutes=column.plan.evening)
        by_day = self._stride(hour_width, 1.0)
        by_night = self._stride(hour_width, column.plan.evening_scale)
        for half in range(-(-column.plan.opens // 30), -(-column.plan.closes // 30)):
            when = dawn + half * (HOUR / 2)
            evening, hour = when >= dusk, half % 2 == 0
            since, stride = (18, by_night) if evening else (0, by_day)
            words = hour and (half // 2 - since) % stride == 0
            if hour or half_hours:
                yield Tick(self.x(when), f"{half // 2:02d}" if words else "", hour, evening)

    def _stride(self, hour_width: float, scale: float) -> int:
        wide = self.minute * 60 * scale
        strides = (1, 2, 3, 6) if self.span.one_day else (1, 3, 6)
        return next((n for n in strides if wide * n >= hour_width), 24)


@lru_cache(maxsize=16)
def axis_of(span: PlanSpan, width: float) -> Axis:
    """Return the axis with its lines; days and width stay when only what lies in them changes."""
    return Axis(span, width)


def _pieces(column: Column) -> list[tuple[datetime, datetime, float, float]]:
    """Return the straight pieces of a day: (start, end, left, right)."""
    plan = column.plan
    dusk = midnight(plan.day) + timedelta(minutes=min(plan.evening, plan.closes))
    pieces = [(plan.start, dusk, column.left, column.evening)]
    if plan.closes > plan.evening:
        pieces.append((dusk, plan.end, column.evening, column.right))
    return pieces
