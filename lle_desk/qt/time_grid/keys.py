"""The keys of a time grid: walking, moving, lengthening."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from lle_desk.qt.time_grid.cursor import (
    Place,
    end_of_lane,
    in_line,
    lengthened_slot,
    moved_slot,
    neighbour,
    sideways,
    up_or_down,
)
from lle_desk.qt.time_grid.drag import ghost_of, nudged, stretched
from lle_desk.qt.time_grid.values import Ghost

if TYPE_CHECKING:
    from lle_desk.qt.time_grid.grid import TimeGrid

Key = Qt.Key
Held = Qt.KeyboardModifier
GATHER_MS = 500  # presses closer together than this are one move
DAY_STEPS = 24 * 4
SIDEWAYS = {int(Key.Key_Left): -1, int(Key.Key_Right): 1}
UPRIGHT = {int(Key.Key_Up): -1, int(Key.Key_Down): 1}


class KeyHand(QObject):
    """Turns key presses into selection, ghosts and wishes. Lives as long as its grid."""

    def __init__(self, grid: "TimeGrid") -> None:
        super().__init__(grid)
        self._grid = grid
        self._gather = QTimer(self, interval=GATHER_MS, singleShot=True)
        self._gather.timeout.connect(self.send)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; returns False for a key that is not the grid's."""
        held = event.modifiers() & ~Held.KeypadModifier
        key = event.key()
        if held & (Held.AltModifier | Held.MetaModifier):
            return False
        if held & Held.ControlModifier:
            far = bool(held & Held.ShiftModifier)
            return self._move(key, far)
        if held & Held.ShiftModifier and key in SIDEWAYS:
            return self._lengthen(SIDEWAYS[key])
        if key in SIDEWAYS or key in UPRIGHT or key in (Key.Key_Home, Key.Key_End):
            return self._walk(key)
        return self._act(key) or self._zoom(event.text())

    def hold(self) -> None:
        """Wait for the next press from now on."""
        self._gather.start()

    def send(self) -> None:
        """Ask for what the presses so far amount to."""
        self._gather.stop()
        self._grid.drop_ghost()

    def forget(self) -> bool:
        """Drop the ghost; returns whether there was one."""
        self._gather.stop()
        there = self._grid.ghost is not None
        self._grid.show_ghost(None)
        return there

    @property
    def is_gathering(self) -> bool:
        return self._gather.isActive()

    def _walk(self, key: int) -> bool:
        grid = self._grid
        self.forget()
        layout, place = grid.layout_now(), grid.place
        when = grid.anchor or layout.axis.span.days[0].start if layout.axis.span.days else None
        if when is None:
            return False
        if place == Place():
            grid.go_to(in_line(layout, layout.rows.rows[0], when) if layout.rows.rows else place)
        elif key in UPRIGHT:
            grid.go_to(up_or_down(layout, place, UPRIGHT[key], when), keep_anchor=True)
        elif place.group is not None:
            if key in SIDEWAYS and (place.group in grid.collapsed) == (SIDEWAYS[key] > 0):
                grid.toggle_group(place.group)
        elif key in SIDEWAYS:
            grid.go_to(sideways(layout, place, SIDEWAYS[key]))
        else:
            grid.go_to(end_of_lane(layout, place, key == Key.Key_End))
        return True

    def _act(self, key: int) -> bool:
        grid, place = self._grid, self._grid.place
        if key == Key.Key_Escape:
            return grid.cancel()
        if key in (Key.Key_Return, Key.Key_Enter):
            return self._open()
        if key == Key.Key_N and place.slot:
            grid.slot_chosen.emit(place.slot.lane, place.slot.start, place.slot.end)
            return True
        if key == Key.Key_Space and place.group is not None:
            grid.toggle_group(place.group)
            return True
        return False

    def _open(self) -> bool:
        grid, place = self._grid, self._grid.place
        if grid.ghost is not None:
            self.send()
        elif place.block is not None:
            grid.block_opened.emit(place.block)
        elif place.slot is not None:
            grid.slot_chosen.emit(place.slot.lane, place.slot.start, place.slot.end)
        elif place.group is not None:
            grid.toggle_group(place.group)
        else:
            return False
        return True

    def _move(self, key: int, far: bool) -> bool:
        grid = self._grid
        if key not in SIDEWAYS and (far or key not in UPRIGHT):
            return False
        steps = SIDEWAYS.get(key, 0) * (DAY_STEPS if far else 1)
        if grid.place.slot and grid.ghost is None:
            if steps:
                grid.select_slot(moved_slot(grid.place.slot, steps))
            return True
        ghost = grid.ghost or self._fresh_ghost(length=False)
        if ghost is None or ghost.kind == "slot":
            return ghost is not None
        lane = neighbour(grid.layout_now(), ghost.slot.lane, UPRIGHT.get(key, 0))
        moved = nudged(ghost, steps, lane)
        grid.show_ghost(moved)
        grid.scroll_to(moved.slot.start, lane)
        self.hold()
        return True

    def _lengthen(self, steps: int) -> bool:
        grid = self._grid
        if grid.place.slot and grid.ghost is None:
            grid.select_slot(lengthened_slot(grid.place.slot, steps))
            return True
        ghost = grid.ghost or self._fresh_ghost(length=True)
        if ghost is None:
            return False
        grid.show_ghost(stretched(ghost, steps))
        self.hold()
        return True

    def _fresh_ghost(self, *, length: bool) -> Ghost | None:
        block = self._grid.chosen_block()
        return ghost_of(block, length=length) if block and block.movable else None

    def _zoom(self, text: str) -> bool:
        act = {
            "+": self._grid.zoom_in,
            "=": self._grid.zoom_in,
            "-": self._grid.zoom_out,
            "−": self._grid.zoom_out,
            "0": self._grid.zoom_reset,
        }.get(text)
        if act is None:
            return False
        act()
        return True
