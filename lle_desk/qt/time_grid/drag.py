"""What the mouse does to blocks and empty time in a grid: from press and place to a ghost."""

from dataclasses import dataclass, replace
from datetime import datetime

from lle_desk.qt.time_grid.layout import Layout, Part
from lle_desk.qt.time_grid.values import STEP, Block, Ghost, Key, Slot


@dataclass(frozen=True, slots=True)
class Press:
    """A mouse button held down: on a block (`part` of it) or on empty time in a lane.

    `x` and `y` are work pixels; `grab` is how far right of the block's start it was taken.
    """

    x: float
    y: float
    lane: Key
    block: Block | None = None
    part: Part = "body"
    grab: float = 0.0

    def is_drag(self, x: float, y: float) -> bool:
        """Return whether the mouse has gone far enough to mean it."""
        return abs(x - self.x) + abs(y - self.y) >= 6


def ghost_of(block: Block, slot: Slot | None = None, *, length: bool = False) -> Ghost:
    """Return a block's ghost, where it is or in `slot`."""
    return Ghost(
        block.key,
        "length" if length else "move",
        slot or Slot(block.lane, block.start, block.end),
        block.set_up,
        block.clear_down,
        block.title,
        block.words,
        block.code,
        block.short,
    )


def press_at(layout: Layout, x: float, y: float) -> Press | None:
    """Return the press at a place; None outside all lanes."""
    row = layout.rows.row_at(y)
    if row is None or not 0 <= x < layout.width:
        return None
    found = layout.hit(x, y)
    if found is None:
        return Press(x, y, row.lane.key)
    block, part = found
    return Press(x, y, row.lane.key, block, part, x - layout.axis.x(block.start))


def dragged(layout: Layout, press: Press, x: float, y: float) -> Ghost | None:
    """Return the ghost for the mouse at a place, or None where nothing can be dragged."""
    if press.block is None:
        return Ghost(None, "slot", _drawn(layout, press, x))
    if not press.block.movable:
        return None
    if press.part == "end":
        return ghost_of(press.block, _stretched(layout, press.block, x), length=True)
    return ghost_of(press.block, moved_to(layout, press.block, x - press.grab, y))


def moved_to(layout: Layout, block: Block, left: float, y: float) -> Slot:
    """Return where a block comes to lie with its start at `left` in the lane at `y`.

    A block of one day stays within the day that its start is in.
    """
    row = layout.rows.nearest(y)
    lane = row.lane.key if row else block.lane
    start = layout.axis.near(left)
    length = block.end - block.start
    day = layout.axis.column_at(left + 1).plan
    if length <= day.end - day.start:
        start = max(day.start, min(start, day.end - length))
    return Slot(lane, start, start + length)


def _stretched(layout: Layout, block: Block, x: float) -> Slot:
    return Slot(block.lane, block.start, max(block.start + STEP, layout.axis.near(x)))


def _drawn(layout: Layout, press: Press, x: float) -> Slot:
    """Return the quarter hours between press and mouse, both included, within one day."""
    day = layout.axis.column_at(press.x).plan
    first, last = sorted((layout.axis.time(press.x), layout.axis.time(x)))
    start = max(day.start, _floor(first))
    end = min(day.end, _floor(last) + STEP)
    return Slot(press.lane, min(start, day.end - STEP), max(end, start + STEP))


def _floor(when: datetime) -> datetime:
    spare = (when - when.replace(hour=0, minute=0, second=0, microsecond=0)) % STEP
    return when - spare


def nudged(ghost: Ghost, steps: int, lane: Key) -> Ghost:
    """Return the ghost some quarter hours later, in `lane`."""
    slot = ghost.slot
    return replace(ghost, slot=Slot(lane, slot.start + steps * STEP, slot.end + steps * STEP))


def stretched(ghost: Ghost, steps: int) -> Ghost:
    """Return the ghost some quarter hours longer, but never shorter than one."""
    slot = ghost.slot
    end = max(slot.start + STEP, slot.end + steps * STEP)
    return replace(ghost, slot=Slot(slot.lane, slot.start, end))
