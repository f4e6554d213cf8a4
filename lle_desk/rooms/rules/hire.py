"""For what a room is hired out: half days, days and evenings. Plain values in and out."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

MORNING = timedelta(hours=6)


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

    A use over several days is so many days. What ends before six in the morning belongs to the
    day before.
    """
    last_on = (ends_at - MORNING).date()
    days = (last_on - starts_at.date()).days + 1
    if days > 1:
        return {Part.DAY: days}
    parts = _parts_of_day(starts_at, ends_at, rules)
    return {part: 1 for part in Part if part in parts}


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


def _minutes(first: datetime, last: datetime) -> int:
    return int((last - first).total_seconds() // 60)
