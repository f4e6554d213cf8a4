"""The mouse on a time grid: choosing, dragging, hovering, cards dropped from outside."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent

from lle_desk.qt.time_grid.cursor import Place, place_of, slot_near
from lle_desk.qt.time_grid.drag import Press, dragged, ghost_of, moved_to, press_at
from lle_desk.qt.time_grid.values import Block

if TYPE_CHECKING:
    from lle_desk.qt.time_grid.grid import TimeGrid

EDGE = 28  # pixels at the work's rim where a drag scrolls
SCROLL_MS = 40
NOTCH = 120  # eighths of a degree


def plain_tip(text: str) -> str:
    """Return a tooltip that shows `text` as it is, its first line bold."""
    head, *rest = text.split("\n")
    lines = [f"<b>{escape(head)}</b>", *(escape(line) for line in rest)]
    return f"<qt>{'<br>'.join(lines)}</qt>" if text else ""


class MouseHand(QObject):
    """Turns the mouse into selection, ghosts and wishes. Lives as long as its grid."""

    def __init__(self, grid: "TimeGrid") -> None:
        super().__init__(grid)
        self._grid = grid
        self._press: Press | None = None
        self._at = QPointF()
        self._is_over = False  # what takes it outside
        self._turned = 0  # of the wheel, since the last step of zoom
        self._scroll = QTimer(self, interval=SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)

    @property
    def is_dragging(self) -> bool:
        return self._press is not None and self._grid.ghost is not None

    def press(self, event: QMouseEvent) -> None:
        grid, point = self._grid, event.position()
        if self._in_head(point):
            self._press_head(point)
            return
        layout, work = grid.layout_now(), grid.to_work(point)
        heading = layout.heading_at(work.y())
        if heading:
            grid.toggle_group(heading.group.key)
            return
        if point.x() < grid.look_now().side:
            self._press_side(work)
            return
        self._press = press_at(layout, work.x(), work.y())
        if self._pairs(event):
            return
        if self._press is None:
            grid.go_to(Place())
        elif self._press.block:
            grid.go_to(place_of(self._press.block))
        else:
            slot = slot_near(layout, self._press.lane, layout.axis.time(work.x()))
            grid.go_to(Place(self._press.lane, slot=slot))

    def _pairs(self, event: QMouseEvent) -> bool:
        """Say that a second block was chosen beside the first; returns whether it was."""
        block = self._press.block if self._press else None
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if not held or block is None or self._grid.place.block in (None, block.key):
            return False
        self._press = None
        self._grid.block_paired.emit(block.key)
        return True

    def _in_head(self, point: QPointF) -> bool:
        return point.y() < self._grid.layout_now().top

    def _press_head(self, point: QPointF) -> None:
        """Fold the group in the frozen band, or open the day whose date was clicked."""
        grid = self._grid
        layout, look = grid.layout_now(), grid.look_now()
        if point.x() >= look.side:
            if not layout.axis.span.one_day:
                column = layout.axis.column_at(grid.to_work(point).x())
                grid.day_opened.emit(column.plan.day)
        elif point.y() > look.axis:
            heading = layout.rows.heading_over(grid.verticalScrollBar().value())
            if heading:
                grid.toggle_group(heading.group.key)

    def _press_side(self, work: QPointF) -> None:
        grid = self._grid
        row = grid.layout_now().rows.row_at(work.y())
        if row:
            when = grid.anchor or grid.layout_now().axis.time(work.x() + grid.look_now().side)
            grid.go_to(Place(row.lane.key, slot=slot_near(grid.layout_now(), row.lane.key, when)))

    def move(self, event: QMouseEvent) -> None:
        self._at = event.position()
        if self._press is None:
            self.hover(event.position())
            return
        work = self._grid.to_work(event.position())
        if self._grid.ghost is None and not self._press.is_drag(work.x(), work.y()):
            return
        self._drag_to(work)
        self._carry_over(self._is_over_taker(event.position()))
        if not self._scroll.isActive() and not self._is_over:
            self._scroll.start()

    def _drag_to(self, work: QPointF) -> None:
        if self._press is None:
            return
        ghost = dragged(self._grid.layout_now(), self._press, work.x(), work.y())
        if ghost is not None:
            self._grid.show_ghost(ghost)

    def release(self, point: QPointF) -> None:
        self._scroll.stop()
        was_drag = self.is_dragging
        is_over = was_drag and self._is_over_taker(point)
        self._press = None
        self._carry_over(False)
        if is_over:
            self._grid.hand_over()
        elif was_drag:
            self._grid.drop_ghost()

    def _is_over_taker(self, point: QPointF) -> bool:
        ghost = self._grid.ghost
        return ghost is not None and ghost.kind == "move" and self._grid.is_taken_at(point)

    def _carry_over(self, over: bool) -> None:
        if over != self._is_over:
            self._is_over = over
            if over:
                self._scroll.stop()
            self._grid.carried_over.emit(over)

    def cancel(self) -> bool:
        """Forget the drag; returns whether there was one."""
        self._scroll.stop()
        was_drag = self.is_dragging
        self._press = None
        self._carry_over(False)
        if was_drag:
            self._grid.show_ghost(None)
        return was_drag

    def double(self, event: QMouseEvent) -> None:
        grid, point = self._grid, event.position()
        self._press = None
        if self._in_head(point) or point.x() < grid.look_now().side:
            return
        place = grid.place
        if place.block is not None:
            grid.block_opened.emit(place.block)
        elif place.slot is not None:
            grid.slot_chosen.emit(place.slot.lane, place.slot.start, place.slot.end)

    def hover(self, point: QPointF | None) -> None:
        """Know what is under the mouse, and show what a press would do there."""
        grid = self._grid
        found = None
        if point is not None and not self._in_head(point) and point.x() >= grid.look_now().side:
            work = grid.to_work(point)
            found = grid.layout_now().hit(work.x(), work.y())
        shape = Qt.CursorShape.ArrowCursor
        if found and found[0].movable and found[1] == "end":
            shape = Qt.CursorShape.SizeHorCursor
        if grid.viewport().cursor().shape() != shape:
            grid.viewport().setCursor(shape)
        key = found[0].key if found else None
        if key != grid.hovered:
            grid.hovered = key
            grid.viewport().update()

    def tip_at(self, point: QPointF) -> str:
        """Return the hover text of the block or the lane's heading at a place, escaped."""
        work = self._grid.to_work(point)
        if self._in_head(point) or self._grid.ghost:
            return ""
        if point.x() < self._grid.look_now().side:
            row = self._grid.layout_now().rows.row_at(work.y())
            lane = row.lane if row else None
            lines = (lane.name, lane.words, lane.icon_words) if lane else ()
            return plain_tip("\n".join(line for line in lines if line))
        found = self._grid.layout_now().hit(work.x(), work.y())
        words = found[0].hover if found else ""
        return plain_tip(words if isinstance(words, str) else words())

    def wheel(self, event: QWheelEvent) -> bool:
        """Zoom with Ctrl, scroll sideways with Shift; returns False for plain scrolling."""
        turned, held = event.angleDelta().y(), event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            self._turned += turned
            if abs(self._turned) >= NOTCH:
                at = event.position().x() - self._grid.look_now().side
                (self._grid.zoom_in if self._turned > 0 else self._grid.zoom_out)(at)
                self._turned = 0
            return True
        if held & Qt.KeyboardModifier.ShiftModifier and turned:
            bar = self._grid.horizontalScrollBar()
            bar.setValue(bar.value() - turned)
            return True
        return False

    def carry(self, block: Block, point: QPointF) -> None:
        """Show a card from outside as a ghost that starts a little left of the mouse."""
        layout, work = self._grid.layout_now(), self._grid.to_work(point)
        slot = moved_to(layout, block, work.x() - 12, work.y())
        self._grid.show_ghost(ghost_of(block, slot))

    def _scroll_on(self) -> None:
        """Scroll while a drag is held at the rim, the ghost going along."""
        grid, view = self._grid, self._grid.viewport()
        x, y = self._at.x(), self._at.y()
        across = (x > view.width() - EDGE) - (x < grid.look_now().side + EDGE)
        down = (y > view.height() - EDGE) - (y < grid.layout_now().top + EDGE / 2)
        if self.is_dragging and (across or down):
            grid.horizontalScrollBar().setValue(grid.horizontalScrollBar().value() + 16 * across)
            grid.verticalScrollBar().setValue(grid.verticalScrollBar().value() + 12 * down)
            self._drag_to(grid.to_work(self._at))
