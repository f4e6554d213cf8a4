"""What the booking form offers when an event is full: a place on the waiting list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lle_desk.courses.rules import counted
from lle_desk.qt.buttons import Button
from lle_desk.qt.form import CheckField
from lle_desk.qt.section import TintedRow
from lle_desk.qt.theme import px
from lle_desk.qt.words import label


class WaitingRow(TintedRow):
    """Says how many are free, and puts the party on the waiting list.

    Signals:
        wanted: put them on the list.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warning", parent)
        self._words = label("", wrap=True)
        self.whole = CheckField("All o&r nothing")
        self.button = Button("Waiting list", "clock", key="Alt+W", on_click=self.wanted.emit)
        line = QHBoxLayout()
        line.setContentsMargins(px(6), px(4), px(6), px(4))
        line.setSpacing(px(10))
        line.addWidget(self._words, 1)
        line.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.button)
        self.layout_rows.addLayout(line)
        self.hide()

    def show_need(self, wanted: int, free: int, waiting: int) -> None:
        """Offer the list when more is wanted than is free."""
        is_short = wanted > max(0, free)
        self.setVisible(is_short)
        if not is_short:
            return
        left = f"{counted(free, 'place')} free" if free > 0 else "Full"
        others = f", {waiting} waiting already" if waiting else ", nobody waits yet"
        self._words.set(f"{left}{others}.")
        self.whole.setVisible(wanted > 1)
