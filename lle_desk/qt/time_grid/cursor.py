"""Where the arrow keys lead in a time grid. No widget here: layout in, place out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from lle_desk.qt.time_grid.layout import Layout
from lle_desk.qt.time_grid.rows import Heading, Row
from lle_desk.qt.time_grid.values import STEP, Block, Key, PlanDay, Slot, midnight

HOUR = timedelta(hours=1)
LEAST = timedelta(minutes=30)  # a shorter gap between two bookings is not a place to stop at


@dataclass(frozen=True, slots=True)
class Place:
    """What is selected: a block, an empty slot, or a group's line (then `lane` is None)."""

    lane: Key = None
    block: Key = None
    slot: Slot | None = None
    group: Key = None


@dataclass(frozen=True, slots=True)
class _Stop:
    start: datetime
    end: datetime
    block: Key | None


def stops(layout: Layout, lane: Key) -> list[_Stop]:
    """Return where the selection can stand in a lane, by time: blocks and free slots."""
    found = [_Stop(each.start, each.end, each.key) for each in layout.rows.blocks(lane)]
    busy = sorted(_busy(layout, lane))
    one_day = layout.axis.span.one_day
    for day in layout.axis.span.days:
        for start, end in _free(day, busy):
            found += [_Stop(*piece, None) for piece in _cut(day, start, end, one_day)]
    return sorted(found, key=lambda stop: (stop.start, stop.end))


def _busy(layout: Layout, lane: Key) -> Iterator[tuple[datetime, datetime]]:
    for block in layout.rows.blocks(lane):
        yield block.reserved_start, block.reserved_end
    for area in layout.rows.areas(lane):
        yield area.start, area.end


def _free(
    day: PlanDay, busy: list[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    free_from = day.start
    for start, end in busy:
        if start >= day.end:
            break
        if start > free_from:
            yield free_from, start
        free_from = max(free_from, end)
    if free_from < day.end:
        yield free_from, day.end


def _cut(
    day: PlanDay, start: datetime, end: datetime, one_day: bool
) -> Iterator[tuple[datetime, datetime]]:
    """Cut a gap at full hours, or with several days into morning, afternoon and evening."""
    dawn = midnight(day.day)
    hours = range(1, 24) if one_day else (12, day.evening // 60)
    edges = [
        start,
        *(dawn + hour * HOUR for hour in hours if start < dawn + hour * HOUR < end),
        end,
    ]
    for first, last in pairwise(edges):
        if last - first >= LEAST:
            yield first, last


def sideways(layout: Layout, place: Place, step: int) -> Place:
    """Return the next stop to the right (`step` 1) or left (-1) in the same lane."""
    found = stops(layout, place.lane)
    if not found:
        return place
    now = _when(layout, place)
    if step > 0:
        after = [stop for stop in found if stop.start > now]
        return _at(place.lane, after[0] if after else found[-1])
    before = [stop for stop in found if stop.start < now]
    return _at(place.lane, before[-1] if before else found[0])


def end_of_lane(layout: Layout, place: Place, last: bool) -> Place:
    """Return the first or last stop of the lane."""
    found = stops(layout, place.lane)
    return _at(place.lane, found[-1 if last else 0]) if found else place


def up_or_down(layout: Layout, place: Place, step: int, when: datetime) -> Place:
    """Return the stop at about `when` in the line above (-1) or below (1)."""
    lines = _lines(layout)
    names = [
        (line.group.key, None) if isinstance(line, Heading) else (None, line.lane.key)
        for line in lines
    ]
    here = (place.group, None) if place.lane is None else (None, place.lane)
    at = names.index(here) if here in names else (-1 if step > 0 else len(lines))
    to = max(0, min(len(lines) - 1, at + step))
    return in_line(layout, lines[to], when) if lines else place


def in_line(layout: Layout, line: Row | Heading, when: datetime) -> Place:
    """Return the stop of that line at about `when`."""
    if isinstance(line, Heading):
        return Place(group=line.group.key)
    found = stops(layout, line.lane.key)
    if not found:
        return Place(line.lane.key, slot=Slot(line.lane.key, when, when + HOUR))
    over = [stop for stop in found if stop.start <= when < stop.end]
    over.sort(key=lambda stop: stop.block is None)
    nearest = over[0] if over else min(found, key=lambda stop: abs(stop.start - when))
    return _at(line.lane.key, nearest)


def place_of(block: Block) -> Place:
    """Return the place that is this block."""
    return Place(block.lane, block=block.key)


def slot_near(layout: Layout, lane: Key, when: datetime) -> Slot:
    """Return the free stop that holds `when`, else an hour from `when`."""
    for stop in stops(layout, lane):
        if stop.block is None and stop.start <= when < stop.end:
            return Slot(lane, stop.start, stop.end)
    return Slot(lane, when, when + HOUR)


def neighbour(layout: Layout, lane: Key, step: int) -> Key:
    """Return the lane above or below, group lines passed over; at the end the same."""
    keys = [row.lane.key for row in layout.rows.rows]
    if lane not in keys:
        return lane
    return keys[max(0, min(len(keys) - 1, keys.index(lane) + step))]


def moved_slot(slot: Slot, steps: int) -> Slot:
    """Return the slot some quarter hours later."""
    return Slot(slot.lane, slot.start + steps * STEP, slot.end + steps * STEP)


def lengthened_slot(slot: Slot, steps: int) -> Slot:
    """Return the slot some quarter hours longer, but never shorter than one."""
    return Slot(slot.lane, slot.start, max(slot.start + STEP, slot.end + steps * STEP))


def _when(layout: Layout, place: Place) -> datetime:
    block = layout.block(place.block) if place.block is not None else None
    if block:
        return block.start
    return place.slot.start if place.slot else layout.axis.span.days[0].start


def _at(lane: Key, stop: _Stop) -> Place:
    if stop.block is not None:
        return Place(lane, block=stop.block)
    return Place(lane, slot=Slot(lane, stop.start, stop.end))


def _lines(layout: Layout) -> list[Row | Heading]:
    lines: list[Row | Heading] = [*layout.rows.headings, *layout.rows.rows]
    return sorted(lines, key=lambda line: (line.top, isinstance(line, Row)))
