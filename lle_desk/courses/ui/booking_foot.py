"""What stays in sight below the steps of a booking: the read-back, what is amiss, the button."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from lle_desk.core.days import day_words
from lle_desk.courses.queries import BookableEvent
from lle_desk.courses.ui.booking_boxes import ReadBack
from lle_desk.courses.ui.waiting_row import WaitingRow
from lle_desk.qt.buttons import Button
from lle_desk.qt.form import CheckField
from lle_desk.qt.section import TintedRow
from lle_desk.qt.theme import px
from lle_desk.qt.words import label


class LateRow(TintedRow):
    """Says that the event is over; only who ticks it books for what was."""

    def __init__(self) -> None:
        super().__init__("warning")
        self._words = label("", wrap=True)
        self.agreed = CheckField("Late &paperwork: book it all the same")
        line = QHBoxLayout()
        line.setContentsMargins(px(6), px(4), px(6), px(4))
        line.setSpacing(px(10))
        line.addWidget(self._words, 1)
        line.addWidget(self.agreed, 0, Qt.AlignmentFlag.AlignVCenter)
        self.layout_rows.addLayout(line)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether the tick is still missing."""
        return not self.isHidden() and not self.agreed.value()

    def show_event(self, event: BookableEvent | None, today: date) -> None:
        """Warn of an event whose last day is before today; another event is asked about anew."""
        is_over = event is not None and event.is_over(today)
        if event is not None and event.sessions:
            last = event.sessions[-1].starts_at.date()
            words = f"This event is over: it was on {day_words(last)}."
            if is_over and words != self._words.text():
                self.agreed.set_value(False)
            self._words.set(words)
        self.setVisible(is_over)


class BookingFoot(QFrame):
    """The read-back, the ways out when it cannot be booked as it stands, and the buttons.

    Signals:
        book_wanted: book the places.
        unnamed_wanted: one more place whose name is to come.
        wait_wanted: put the party on the waiting list.
    """

    book_wanted = Signal()
    unnamed_wanted = Signal()
    wait_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("line", "above")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(8), px(16), px(10))
        column.setSpacing(px(8))
        self.read_back = ReadBack()
        self.late = LateRow()
        self.waiting = WaitingRow()
        self.waiting.wanted.connect(self.wait_wanted)
        self.refusal = label("", "refusal", wrap=True)
        self.refusal.hide()
        for row in (self.read_back, self.late, self.waiting, self.refusal):
            column.addWidget(row)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        self.book_button = Button("Book", "check", key="Ctrl+Return", kind="primary")
        self.book_button.key = "Ctrl+Enter"
        self.book_button.clicked.connect(self.book_wanted)
        keypad = QShortcut(QKeySequence("Ctrl+Enter"), self.book_button)
        keypad.activated.connect(self.book_button.click)
        unnamed = Button("Name to come", "user-plus", key="Alt+U")
        unnamed.clicked.connect(self.unnamed_wanted)
        line.addWidget(self.book_button)
        line.addStretch(1)
        line.addWidget(unnamed)
        column.addLayout(line)

    def show_refusal(self, words: str) -> None:
        """Say why it was not booked; nothing hides it."""
        self.refusal.set(words)
        self.refusal.setVisible(bool(words))
