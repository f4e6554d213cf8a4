"""The strip below the plan while two bookings are to change places."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from lle_desk.qt.buttons import Button
from lle_desk.qt.choices import Segments
from lle_desk.qt.empty import IconView
from lle_desk.qt.form import TextField
from lle_desk.qt.theme import px
from lle_desk.qt.words import label, name, tip
from lle_desk.rooms.queries import PlanUse
from lle_desk.rooms.ui.judging import Judge
from lle_desk.rooms.ui.swapping import Swap, Turn, swap_of, swaps_times

WAYS = [("rooms", "Rooms only"), ("times", "Rooms and times")]


class SwapBar(QFrame):
    """Says of the first booking and each one that is pointed at what a swap would come to.

    Signals:
        swap_wanted: object: the Swap; str: the reason for more heads than seats.
        ended: nothing is to be swapped any more.
    """

    swap_wanted = Signal(object, str)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setProperty("line", "above")
        name(self, "Swap two bookings")
        self.first: PlanUse | None = None
        self.swap: Swap | None = None
        self._judge: Judge | None = None
        self._second: PlanUse | None = None
        self.title = label("", "heading")
        self.ways = Segments(WAYS, "rooms", accessible="What is swapped")
        self.ways.chosen.connect(self._look)
        tip(self.ways, "Alt+W changes it")
        QShortcut(QKeySequence("Alt+W"), self).activated.connect(self.turn_ways)
        self.do_button = Button("Swap", "arrows-exchange", kind="primary", on_click=self.confirm)
        self._lines = [_Line(), _Line()]
        self.reason = TextField("Reason for more heads than seats", max_length=200)
        self.reason.hide()
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        leave = Button("Leave them", on_click=self.end, tip_text="Leave them where they are (Esc)")
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self.title)
        head.addStretch(1)
        for part in (self.ways, self.do_button, leave):
            head.addWidget(part)
        lines = QGridLayout()
        lines.setHorizontalSpacing(px(8))
        lines.setColumnStretch(2, 1)
        for row, line in enumerate(self._lines):
            lines.addWidget(line.icon, row, 0)
            lines.addWidget(line.where, row, 1)
            lines.addWidget(line.verdict, row, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addLayout(lines)
        column.addWidget(self.reason)

    def begin(self, first: PlanUse, judge: Judge) -> None:
        """Ask for the booking to swap this one with."""
        self.first, self._judge = first, judge
        self._second = self.swap = None
        self.title.set(f"Swap “{first.title}” with …")
        for line, words in zip(
            self._lines, ("Choose the other with the arrows or the mouse.", ""), strict=True
        ):
            line.say(words)
        self._show_ways(False)
        self.show()

    def offer(self, second: PlanUse | None) -> None:
        """Say what would come of swapping with this one."""
        if self.first is None or second is None or second.id == self.first.id:
            return
        self._second = second
        self.ways.choose("times" if swaps_times(self.first, second) else "rooms")
        same_time = (self.first.starts_at, self.first.ends_at) == (
            second.starts_at,
            second.ends_at,
        )
        same_room = self.first.space_id == second.space_id
        self._show_ways(not same_time and not same_room)
        self._look()

    def look_again(self, judge: Judge) -> None:
        """Judge once more, on the plan as it is now."""
        self._judge = judge
        if self.first is None:
            return
        first = judge.use(self.first.id)
        second = judge.use(self._second.id) if self._second else None
        if first is None or (self._second is not None and second is None):
            self.end()
            return
        self.first, self._second = first, second
        self._look()

    def turn_ways(self) -> None:
        """Swap times as well, or rooms only."""
        if self.ways.isVisible():
            self.ways.choose("rooms" if self.ways.choice == "times" else "times")
            self._look()

    def confirm(self) -> None:
        """Ask for the swap, when it can be done."""
        swap = self.swap
        if swap is None or not swap.can_be:
            return
        if swap.needs_reason and not self.reason.value():
            self.reason.show_error("Say why more heads than seats are fine here.")
            self.reason.setFocus()
            return
        self.swap_wanted.emit(swap, self.reason.value())

    def end(self) -> None:
        """Leave them where they are."""
        self.first = self._second = self.swap = None
        self.reason.set_value("")
        self.hide()
        self.ended.emit()

    def _show_ways(self, shown: bool) -> None:
        self.ways.setVisible(shown)
        self.do_button.setEnabled(False)
        self.reason.hide()

    def _look(self, _way: str = "") -> None:
        if self.first is None or self._second is None or self._judge is None:
            return
        times = self.ways.choice == "times"
        swap = self.swap = swap_of(self._judge, self.first, self._second, times)
        self.title.set(f"Swap “{self.first.title}” with “{self._second.title}”?")
        for line, turn in zip(self._lines, (swap.first, swap.second), strict=True):
            line.show_turn(turn)
        self.do_button.setEnabled(swap.can_be)
        self.reason.setVisible(swap.needs_reason)


class _Line:
    """One of the two, with its verdict."""

    def __init__(self) -> None:
        self.icon = IconView("", 16)
        self.where = label("", "body")
        self.verdict = label("", "body")

    def say(self, words: str) -> None:
        self.icon.show_icon("info-circle" if words else "", "quiet")
        self.where.set(words, "quiet")
        self.verdict.set("")

    def show_turn(self, turn: Turn) -> None:
        role = "fine" if turn.fits else "warning" if turn.may_force else "refusal"
        icon = {"fine": "circle-check", "warning": "alert-triangle", "refusal": "circle-x"}[role]
        self.icon.show_icon(icon, role)
        self.where.set(turn.where, "body")
        self.verdict.set(turn.verdict, role)
