"""The plan as one widget: keys, mouse, cards dragged in from outside, and what a reader is told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from lle_desk.qt.time_grid.cursor import Place, place_of
from lle_desk.qt.time_grid.drag import ghost_of
from lle_desk.qt.time_grid.keys import KeyHand
from lle_desk.qt.time_grid.mouse import MouseHand
from lle_desk.qt.time_grid.speech import place_sentence, spoken_blocks
from lle_desk.qt.time_grid.values import (
    Area,
    Block,
    Ghost,
    Key,
    PlanSpan,
    Slot,
    Verdict,
)
from lle_desk.qt.time_grid.view import GridView

OWN_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
PARKED = "application/x-lle-desk-parked"
Judge = Callable[[Ghost], Mapping[Key, Verdict]]


def parked_mime(number: int) -> QMimeData:
    """Return what a card outside carries while it is dragged to a grid that knows `number`."""
    data = QMimeData()
    data.setData(PARKED, str(number).encode())
    return data


class TimeGrid(GridView):
    """A plan that an officer reads, walks through and moves bookings on.

    Keys of lanes and blocks are the screen's own. Times are wall-clock, half-open.

    Signals:
        block_selected: the selection moved. A block's key, or None for an empty slot.
        block_opened: Enter or a double click on a block. Its key.
        slot_chosen: something new is wanted here. Lane, start, end.
        move_wanted: a block is to move or change its length. Key, lane, start, end (the
            event's). It is drawn there until `show_blocks` or `drop_pending`.
        move_refused: dropped where it does not fit; nothing moves. Key, Verdict.
        block_paired: Ctrl and a click on a second block. Its key; the first stays selected.
        let_go: a dragged block was let go over what takes it outside (`set_taker`). Its key.
        carried_over: what is dragged is over what takes it, or no longer is. bool.
        escaped: Esc, while `keeps_keys` is set.
        day_opened: a click on a date. The date.
    """

    block_selected = Signal(object)
    block_opened = Signal(object)
    slot_chosen = Signal(object, object, object)
    move_wanted = Signal(object, object, object, object)
    move_refused = Signal(object, object)
    block_paired = Signal(object)
    let_go = Signal(object)
    carried_over = Signal(bool)
    escaped = Signal()
    day_opened = Signal(object)

    def __init__(self, name: str = "Plan") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self.anchor: datetime | None = None  # where up and down stay
        self._parked: dict[int, Block] = {}
        self._judge: Judge | None = None
        self._taker: QWidget | None = None
        self.keeps_keys = False  # Esc and Enter are the plan's, whatever else is open
        self._keys = KeyHand(self)
        self._mouse = MouseHand(self)

    # The selection

    @property
    def selected(self) -> Key:
        """Return the selected block's key, or None."""
        return self.place.block

    @property
    def selected_slot(self) -> Slot | None:
        return self.place.slot

    def chosen_block(self) -> Block | None:
        """Return the selected block."""
        return self.layout_now().block(self.place.block) if self.place.block is not None else None

    def select(self, key: Key) -> None:
        """Select a block and bring it into sight; None or an unknown key selects nothing."""
        block = self.layout_now().block(key) if key is not None else None
        self.go_to(place_of(block) if block else Place())

    def select_slot(self, slot: Slot) -> None:
        """Select empty time."""
        self.go_to(Place(slot.lane, slot=slot))

    def spoken_blocks(self) -> list[tuple[Key, str]]:
        """Return every block's key and sentence, lane by lane."""
        return list(spoken_blocks(self.layout_now()))

    def show_span(self, span: PlanSpan) -> None:
        """Show other days; a selected slot goes along to the same time of the first of them."""
        super().show_span(span)
        slot = self.place.slot
        if not (slot or self.anchor):
            return
        axis = self.layout_now().axis
        if self.anchor and span.days and axis.column_of(self.anchor) is None:
            self.anchor = datetime.combine(span.days[0].day, self.anchor.time())
        if slot and span.days and not axis.shows(slot.start, slot.end):
            away = datetime.combine(span.days[0].day, slot.start.time()) - slot.start
            self.select_slot(Slot(slot.lane, slot.start + away, slot.end + away))

    def show_blocks(self, blocks: Iterable[Block], areas: Iterable[Area] = ()) -> None:
        super().show_blocks(blocks, areas)
        if self.place.block is not None:
            block = self.chosen_block()
            if block is None:
                self.go_to(Place())
            elif block.lane != self.place.lane:
                self.place = place_of(block)
        self._describe()

    def go_to(self, place: Place, *, keep_anchor: bool = False) -> None:
        """Select a place, bring it into sight and say it."""
        changed = place.block != self.place.block
        self.place = place
        block = self.chosen_block()
        start = block.start if block else place.slot.start if place.slot else None
        if start and not keep_anchor:
            self.anchor = start
        if start and place.lane is not None:
            self.scroll_to(start, place.lane)
        for heading in self.layout_now().rows.headings:
            if place.group is not None and heading.group.key == place.group:
                self.scroll_down_to(heading.top, heading.height)
        self._describe()
        if changed:
            self.block_selected.emit(place.block)
        self.viewport().update()

    def toggle_group(self, key: Key) -> None:
        """Fold a group or open it."""
        opens = key in self.collapsed
        self.set_collapsed(self.collapsed - {key} if opens else self.collapsed | {key})
        self._describe()

    def _describe(self) -> None:
        """Tell a screen reader what is selected."""
        words = place_sentence(self.layout_now(), self.place)
        if words == self.accessibleDescription():
            return
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
        if words and self.hasFocus():  # readers speak a description only on arrival
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    # Moving

    def set_judge(self, judge: Judge | None) -> None:
        """Ask `judge` for all lanes' verdicts whenever the ghost has another time or length."""
        self._judge = judge

    def set_taker(self, taker: QWidget) -> None:
        """Let blocks be dragged out of the grid onto this widget."""
        self._taker = taker

    def is_taken_at(self, point: QPointF) -> bool:
        """Return whether what is let go at this place of the viewport is taken outside."""
        if self._taker is None or self.viewport().rect().contains(point.toPoint()):
            return False
        there = self._taker.mapFromGlobal(self.viewport().mapToGlobal(point.toPoint()))
        return self._taker.isVisible() and self._taker.rect().contains(there)

    def hand_over(self) -> None:
        """Give the ghost to what takes it outside."""
        ghost = self.ghost
        self.show_ghost(None)
        if ghost is not None:
            self.let_go.emit(ghost.key)

    def set_parked(self, blocks: Mapping[int, Block]) -> None:
        """Know these cards when one is dragged in from outside (`parked_mime`)."""
        self._parked = dict(blocks)

    def drop_pending(self, key: Key) -> None:
        """Put a block back whose move was refused."""
        if self._pending.pop(key, None):
            self._change(self._plan)
            block = self.chosen_block()
            if block:
                self.go_to(place_of(block))

    def begin_move(self, key: Key) -> None:
        """Start moving a block with the keys, as Ctrl+arrows do."""
        block = self.layout_now().block(key)
        if block and block.movable:
            self.select(key)
            self.setFocus()
            self.show_ghost(ghost_of(block))

    def show_ghost(self, ghost: Ghost | None) -> None:
        """Show what is being moved; the verdicts follow when its time has changed."""
        before, self.ghost = self.ghost, ghost
        if ghost == before:
            return
        if ghost is None:
            self.verdicts = {}
        elif self._judge and (before is None or _times(before) != _times(ghost)):
            self.verdicts = dict(self._judge(ghost))
        self.viewport().update()

    def drop_ghost(self) -> None:
        """Let go of the ghost: ask for the move or the slot, or say why not."""
        ghost = self.ghost
        verdict = self.verdicts.get(ghost.slot.lane) if ghost else None
        self.show_ghost(None)
        if ghost is None:
            return
        if ghost.kind == "slot":
            self.select_slot(ghost.slot)
            self.slot_chosen.emit(ghost.slot.lane, ghost.slot.start, ghost.slot.end)
        elif verdict and not verdict.fits and not verdict.may_force:
            self.move_refused.emit(ghost.key, verdict)
        else:
            self._ask_for_move(ghost.key, ghost.slot)

    def _ask_for_move(self, key: Key, slot: Slot) -> None:
        block = self.layout_now().block(key)
        if block:
            if Slot(block.lane, block.start, block.end) == slot:
                return
            self._pending[key] = slot
            self._change(self._plan)
            if self.place.block == key:
                self.go_to(replace(self.place, lane=slot.lane))
        self.move_wanted.emit(key, slot.lane, slot.start, slot.end)

    def cancel(self) -> bool:
        """Forget what is being moved; returns whether there was anything."""
        if self._mouse.cancel() or self._keys.forget():
            return True
        if self.keeps_keys:
            self.escaped.emit()
        return self.keeps_keys

    # Qt's side

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            is_mine = isinstance(event, QKeyEvent) and event.key() in OWN_KEYS
            if self.ghost is not None or (self.keeps_keys and is_mine):
                event.accept()  # Esc and Enter are the ghost's before they are the tab's
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            event.ignore()  # not to the scroll area: arrows are the selection's

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._keys.forget()
            self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._mouse.release(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._mouse.double(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self._mouse.tip_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self._mouse.hover(None)
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._mouse.wheel(event):
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._keys.is_gathering:
            self._keys.send()
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._carry(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._carry(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.show_ghost(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._carry(event)
        self.drop_ghost()

    def _carry(self, event: QDropEvent) -> None:
        carried = bytes(event.mimeData().data(PARKED).data())
        block = self._parked.get(int(carried)) if carried.isdigit() else None
        if block is None:
            event.ignore()
            return
        self._mouse.carry(block, event.position())
        event.acceptProposedAction()


def _times(ghost: Ghost) -> tuple[Key, datetime, datetime]:
    return ghost.key, ghost.slot.start, ghost.slot.end
