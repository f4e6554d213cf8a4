"""What a time grid says aloud: one sentence for each block, slot and group."""

from collections.abc import Iterator
from datetime import date, datetime

from lle_desk.core.days import long_day
from lle_desk.qt.time_grid.cursor import Place
from lle_desk.qt.time_grid.layout import Layout
from lle_desk.qt.time_grid.values import Block, Key, Slot


def block_sentence(layout: Layout, block: Block) -> str:
    """Return "Oak Room, Tuesday 4 March, 09:30 to 12:00, Phonics, confirmed, 18 of 20"."""
    parts = [lane_name(layout, block.lane), *_when(block.start, block.end), block.title]
    if block.said:
        parts.append(block.said)
    else:
        parts += ["provisional" if block.provisional else "", block.words]
    parts += [block.warning, "clash" if block.conflict else ""]
    return ", ".join(part for part in parts if part)


def slot_sentence(layout: Layout, slot: Slot) -> str:
    """Return "Oak Room, Tuesday 4 March, 13:00 to 14:00, free"."""
    return ", ".join([lane_name(layout, slot.lane), *_when(slot.start, slot.end), "free"])


def place_sentence(layout: Layout, place: Place) -> str:
    """Return what is selected, in words; empty when nothing is."""
    block = layout.block(place.block) if place.block is not None else None
    if block:
        return block_sentence(layout, block)
    if place.slot:
        return slot_sentence(layout, place.slot)
    for heading in layout.rows.headings:
        if heading.group.key == place.group and place.group is not None:
            state = "open" if heading.is_open else "folded"
            return f"{heading.group.name}, {heading.count} lanes, {state}"
    return ""


def spoken_blocks(layout: Layout) -> Iterator[tuple[Key, str]]:
    """Yield the key and the sentence of every block, lane by lane."""
    for row in layout.rows.rows:
        for block in layout.rows.blocks(row.lane.key):
            yield block.key, block_sentence(layout, block)


def lane_name(layout: Layout, lane: Key) -> str:
    """Return the lane's name; its key when the lane is folded away."""
    row = layout.rows.row(lane)
    return row.lane.name if row else str(lane)


def _when(start: datetime, end: datetime) -> list[str]:
    last = "" if end.date() == start.date() else f"{_day(end.date())} "
    return [_day(start.date()), f"{start:%H:%M} to {last}{end:%H:%M}"]


def _day(day: date) -> str:
    return long_day(day).rsplit(" ", 1)[0]
