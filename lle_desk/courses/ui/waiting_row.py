"""What the booking form offers when an event is full: a place on the waiting list."""

from PySide6.QtCore import Signal

from lle_desk.courses.queries import BookableEvent
from lle_desk.qt.buttons import Button
from lle_desk.qt.flow import Flow
from lle_desk.qt.form import CheckField
from lle_desk.qt.section import TintedRow
from lle_desk.qt.words import short_label

FIRST = 9  # the priority of a party that goes before the others


class WaitingRow(TintedRow):
    """Says how many are free, and puts the party on the waiting list.

    Signals:
        wanted: put them on the list.
    """

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__("warning")
        self._words = short_label("")
        self.whole = CheckField("All o&r nothing")
        self.first = CheckField("&Before the others")
        self.button = Button("Waiting list", "clock", key="Alt+W", on_click=self.wanted.emit)
        self.layout_rows.addWidget(Flow([self._words, self.whole, self.first, self.button]))
        self.hide()

    @property
    def priority(self) -> int:
        """The priority the party has on the list."""
        return FIRST if self.first.value() else 0

    def show_need(self, wanted: int, event: BookableEvent) -> None:
        """Offer the list when more is wanted than is free."""
        is_short = wanted > event.free
        self.setVisible(is_short)
        if not is_short:
            return
        others = f"{event.waiting} waiting already" if event.waiting else "nobody waits yet"
        self._words.set(f"{event.left_words.capitalize()}; {others}.")
        self.whole.setVisible(wanted > 1)
        self.first.setVisible(event.waiting > 0)
