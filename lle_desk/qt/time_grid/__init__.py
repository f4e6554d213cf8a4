"""A plan: lanes down the side, time along the top, bookings as painted blocks.

It knows no feature and no database. A screen hands it values (`values`) and hears
signals; nothing changes until the screen shows new blocks.

    grid = TimeGrid("Rooms")
    grid.show_span(day_plan(day))
    grid.show_lanes(lanes, groups)
    grid.show_blocks(blocks, areas)
    grid.set_judge(judge)              # Ghost -> {lane key: Verdict}, while something is moved
    grid.move_wanted.connect(self._move)      # then show_blocks(...) or drop_pending(key)

Keys: arrows move the selection over blocks, free slots and group lines; Home and End go to the
ends of the lane. Enter opens a block or takes a slot, n takes a slot. Ctrl+arrows move a block by
a quarter of an hour or a lane, Ctrl+Shift+left and right by a day, Shift+left and right change
its length; the presses gather into one move, sent half a second after the last, Enter sends it at
once, Esc forgets it. + and − zoom, 0 shows everything, Space folds a group.

Mouse: click selects, double click opens, dragging moves, the right edge lengthens, dragging on
empty time draws a slot. Ctrl+wheel zooms, Shift+wheel scrolls sideways.
"""

from lle_desk.qt.time_grid.grid import TimeGrid, parked_mime
from lle_desk.qt.time_grid.values import (
    Area,
    Block,
    Ghost,
    Lane,
    LaneGroup,
    PlanDay,
    PlanSpan,
    Slot,
    Verdict,
    day_plan,
    days_plan,
)

__all__ = [
    "Area",
    "Block",
    "Ghost",
    "Lane",
    "LaneGroup",
    "PlanDay",
    "PlanSpan",
    "Slot",
    "TimeGrid",
    "Verdict",
    "day_plan",
    "days_plan",
    "parked_mime",
]
