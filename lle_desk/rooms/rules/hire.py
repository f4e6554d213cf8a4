"""For what a room is hired out: half days, days and evenings. Plain values in and out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Part(StrEnum):
    """The parts of a day that a room is hired out for."""

    HALF_DAY = "half day"
    DAY = "day"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class HireRules:
    """How the office tells the parts apart; settings.

    Up to `half_day_minutes` before `evening_from` is a half day, more is a day. At most
    `grace_minutes` on the other side of it do not count as another part.
    """

    half_day_minutes: int = 240
    evening_from: time = time(17, 30)
    grace_minutes: int = 60


def hired_parts(starts_at: datetime, ends_at: datetime, rules: HireRules) -> dict[Part, int]:
    """Return which parts, and how many of each, [starts_at, ends_at) is hired for.

    A use over several days is so many days; each day counts by itself.
    """
    parts: Counter[Part] = Counter()
    for first, last in _by_day(starts_at, ends_at):
        parts.update(_parts_of_day(first, last, rules))
    return {part: parts[part] for part in Part if parts[part]}


def _parts_of_day(first: datetime, last: datetime, rules: HireRules) -> list[Part]:
    evening = datetime.combine(first.date(), rules.evening_from)
    by_day = max(0, _minutes(first, min(last, evening)))
    by_night = max(0, _minutes(max(first, evening), last))
    if by_night and by_day <= rules.grace_minutes:
        return [Part.EVENING]
    if by_night <= rules.grace_minutes:
        by_day, by_night = by_day + by_night, 0
    day = Part.HALF_DAY if by_day <= rules.half_day_minutes else Part.DAY
    return [day, Part.EVENING] if by_night else [day]


def _by_day(starts_at: datetime, ends_at: datetime) -> Iterator[tuple[datetime, datetime]]:
    day: date = starts_at.date()
    while datetime.combine(day, time()) < ends_at:
        midnight = datetime.combine(day + timedelta(days=1), time())
        yield max(starts_at, datetime.combine(day, time())), min(ends_at, midnight)
        day += timedelta(days=1)


def _minutes(first: datetime, last: datetime) -> int:
    return int((last - first).total_seconds() // 60)
