"""When a room would be free that day, if none is at the time that was asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from lle_desk.rooms.rules.fit import Diary, SpaceFacts, Wanted
from lle_desk.rooms.rules.slots import Slot

STEP = timedelta(minutes=15)
OPENS, CLOSES = time(8), time(21)  # where nobody said when a site is open
MOST = 5


@dataclass(frozen=True, slots=True)
class OtherTime:
    """A time near the one asked for at which a room fits."""

    space: SpaceFacts
    starts_at: datetime
    ends_at: datetime
    capacity: int


def day_of(wanted: Wanted) -> Slot:
    """Return all of the day in which other times are looked for."""
    midnight = datetime.combine(wanted.starts_at.date(), time())
    return Slot(midnight, midnight + timedelta(days=1))


def other_times(spaces: Iterable[SpaceFacts], wanted: Wanted, diary: Diary) -> list[OtherTime]:
    """Return for the rooms that are large enough the nearest time that day, nearest first.

    `diary` must know the whole day.
    """
    found = []
    for space in spaces:
        capacity = space.capacity(wanted.layout) or 0
        if capacity < wanted.heads:
            continue
        start = next(_free_starts(space, wanted, diary), None)
        if start is not None:
            length = wanted.ends_at - wanted.starts_at
            found.append(OtherTime(space, start, start + length, capacity))
    found.sort(
        key=lambda one: (
            abs(one.starts_at - wanted.starts_at),
            one.capacity - wanted.heads,
            one.space.sort_order,
        )
    )
    return found[:MOST]


def _free_starts(space: SpaceFacts, wanted: Wanted, diary: Diary) -> Iterator[datetime]:
    """Yield the starts at which the space is free, the nearest to the wanted one first."""
    day = wanted.starts_at.date()
    times = diary.hours_of(space)
    usual = Slot(datetime.combine(day, OPENS), datetime.combine(day, CLOSES))
    hours, reserved = times.of(day) if times else usual, wanted.reserved_in(space)
    if hours is None:
        return
    for step in range(1, int(timedelta(days=1) / STEP)):
        for shift in (step * STEP, -step * STEP):
            if wanted.starts_at + shift < hours.starts_at:
                continue
            if wanted.ends_at + shift > hours.ends_at:
                continue
            moved = Slot(reserved.starts_at + shift, reserved.ends_at + shift)
            if diary.is_free(space, moved, wanted):
                yield wanted.starts_at + shift
