"""Taking a booking: the customer's facts, the form, and the letter as it will be sent."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from lle_desk.core.errors import OfficerError
from lle_desk.courses.papers import Confirmation
from lle_desk.courses.queries import (
    BookableEvent,
    DraftLetter,
    confirmation_of,
    draft_confirmation,
)
from lle_desk.courses.ui.booking_form import BookingForm
from lle_desk.courses.ui.letters import BookingLetter, draw_confirmation
from lle_desk.customers.queries import CustomerCard
from lle_desk.customers.ui.facts import CustomerFacts
from lle_desk.customers.ui.facts_line import FactsLine
from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import Badge, KeyCap
from lle_desk.qt.desk import Desk
from lle_desk.qt.pdf_view import PdfView
from lle_desk.qt.section import TintedRow
from lle_desk.qt.theme import px
from lle_desk.qt.words import label, short_label

if TYPE_CHECKING:
    from lle_desk.courses.ui.post import Post

WIDE = 1400  # from here on facts, form and letter stand side by side
NARROW = 720  # the form's own width: the eye goes straight down
FACTS = 320
BESIDE = 560  # what the form needs beside the facts; with less they fold to a line
NO_LETTER = "The letter stands here as soon as school and event are chosen."


class BookingPage(QFrame):
    """One booking from the first letter of the school to the printed confirmation.

    Signals:
        left: back to the programme. int: the event to show there, 0 for none.
        next_wanted: take the next booking. int, int: event and customer, 0 for another.
    """

    left = Signal(int)
    next_wanted = Signal(int, int)

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self._desk = desk
        self._today = today
        self._booking_id = 0
        self._pdf = b""
        self._letter_asked: bool | None = None
        self._facts_asked = False
        self._day = today()  # on which the facts are to be known
        self._came_from: QWidget = self
        self.letters = BookingLetter(desk, self, today)
        self.facts = CustomerFacts(desk)
        self.facts_line = FactsLine("F2")
        self.form = BookingForm(desk, today)
        self.letter = PdfView()
        self.letter.show_empty(NO_LETTER)
        self.done_row = _DoneRow()
        self.done_row.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_bar())
        column.addLayout(self._make_body(), 1)
        self._connect()

    def start(self, event_id: int = 0, customer_id: int = 0) -> None:
        """Begin, with what is known already."""
        self.form.start(event_id, customer_id)

    @property
    def is_booked(self) -> bool:
        """Whether the places are booked."""
        return bool(self._booking_id)

    @property
    def is_unfinished(self) -> bool:
        """Whether something is typed that is not booked."""
        return self.form.is_typed() and not self.is_booked

    def leave(self) -> None:
        """Go back; what was typed is asked about once."""
        if self.is_unfinished and not self._leave_row.isVisible():
            self._leave_row.show()
            return
        event = self.form.event_field.value()
        self.left.emit(event.event_id if event else 0)

    def minimumSizeHint(self) -> QSize:
        """Return what the form needs: what stands beside it gives way, so it asks for nothing."""
        return QSize(px(BESIDE), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    # Making

    def _make_bar(self) -> Bar:
        bar = Bar()
        bar.button("Courses", "arrow-left", key="Esc", on_click=self.leave)
        bar.add(label("Taking a booking", "heading"))
        self._free = Badge("", "fine")
        bar.add(self._free)
        self._free.hide()
        bar.gap()
        for key, words in (("Enter", "next field"), ("Alt+1…5", "step"), ("F2", "facts")):
            bar.add(KeyCap(key))
            bar.words(words, "small")
        bar.stretch()
        self._toggle = bar.button("Letter", "file-text", key="F3", on_click=self._toggle_letter)
        self._toggle.setCheckable(True)
        self._save = bar.button("Save as PDF", "file-type-pdf", on_click=self._save_letter)
        self._print = bar.button("Print letter", "printer", key="Ctrl+P", on_click=self._print_it)
        for button in (self._save, self._print):
            button.setEnabled(False)
        return bar

    def _make_body(self) -> QHBoxLayout:
        body = QHBoxLayout()
        body.setSpacing(0)
        self.facts.setProperty("line", "right")
        body.addWidget(self.facts)
        middle = QFrame()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.facts_line)
        column.addWidget(self.done_row)
        self._leave_row = self._make_leave_row()
        column.addWidget(self._leave_row)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(self.focusPolicy())
        area.setWidget(self.form)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for narrow in (self.form, self.form.foot):
            narrow.setMaximumWidth(px(NARROW))
        column.addWidget(area, 1)
        below = QHBoxLayout()
        below.addWidget(self.form.foot)
        column.addLayout(below)
        self._area = area
        self.form.step_entered.connect(self._bring_to_sight)
        area.verticalScrollBar().rangeChanged.connect(self._keep_in_sight)
        body.addWidget(middle, 1)
        body.addWidget(self._make_letter_side(), 1)
        return body

    def _make_leave_row(self) -> TintedRow:
        row = TintedRow("warning")
        line = QHBoxLayout()
        line.addWidget(label("Nothing is booked yet.", "warning"), 1)
        line.addWidget(Button("Go on", kind="primary", on_click=row.hide))
        line.addWidget(Button("Leave it", kind="danger", on_click=self.leave))
        row.layout_rows.addLayout(line)
        row.hide()
        return row

    def _make_letter_side(self) -> QWidget:
        self._side = QFrame()
        self._side.setProperty("line", "left")
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(10), px(16), px(8))
        head.addWidget(label("Confirmation letter", "heading"))
        head.addStretch(1)
        self._letter_note = short_label("as it will be sent · changes as you type", "small")
        head.addWidget(self._letter_note)
        column.addLayout(head)
        column.addWidget(self.letter, 1)
        return self._side

    def _connect(self) -> None:
        facts = QShortcut(QKeySequence("F2"), self)
        facts.activated.connect(self.switch_side)
        self.facts.shown.connect(self._on_facts)
        self.form.customer_changed.connect(self._on_customer)
        self.form.event_changed.connect(self._on_event)
        self.form.draft_changed.connect(self._on_draft)
        self.form.booked.connect(self._on_booked)
        self.form.joined.connect(self._on_joined)
        self.done_row.next_button.clicked.connect(self._next)
        self.done_row.again_button.clicked.connect(self._again)
        self.done_row.mail_button.clicked.connect(self._mail_it)
        self.done_row.draft_button.clicked.connect(self._save_draft)

    # What is shown beside the form

    def _on_customer(self, customer_id: int) -> None:
        event = self.form.event_field.value()
        self._day = (
            event.sessions[0].starts_at.date() if event and event.sessions else self._today()
        )
        self.facts.show_customer(customer_id, self._day)

    def _on_facts(self, card: CustomerCard) -> None:
        self.facts_line.show_card(card, self._day)
        self._share_width()

    def _on_event(self, event: BookableEvent | None) -> None:
        self._free.setVisible(event is not None)
        if event is not None:
            kind = "fine" if event.free > 0 else "refusal"
            self._free.show_badge(f"{event.free} of {event.capacity} places free", kind)

    def _on_draft(self, draft: DraftLetter | None) -> None:
        if self.is_booked:
            return
        if draft is None:
            self.letter.show_empty(NO_LETTER)
        elif self._side.isVisible():
            self._desk.load(self, self._draw, draft_confirmation, draft)

    def _draw(self, paper: Confirmation) -> None:
        if self.is_booked and paper.status == "Not booked yet":
            return
        if self.is_booked:
            self.done_row.show_done(paper.booking, self.form.read_back.words)
        self._desk.work(self, self._drawn, draw_confirmation, paper)

    def _drawn(self, data: bytes) -> None:
        self._pdf = data
        self.letter.show_pdf(data)
        for button in (self._save, self._print):
            button.setEnabled(self.is_booked)

    # After booking

    def _on_booked(self, booking_id: int) -> None:
        self._booking_id = booking_id
        self._leave_row.hide()
        self.form.setEnabled(False)
        self._letter_note.set("as it is sent")
        self._free.hide()  # it counted before this booking
        self.done_row.show_done("", self.form.read_back.words)
        self._desk.load(self, self._draw, confirmation_of, booking_id, self._today())
        self.done_row.next_button.setFocus()

    def _on_joined(self, booking_id: int) -> None:
        """Say that they wait; there is nothing to confirm until they have a place."""
        self._booking_id = booking_id
        self._leave_row.hide()
        self.form.setEnabled(False)
        self._letter_note.set("")
        self.letter.show_empty("They wait: nothing is booked, charged or to be confirmed yet.")
        self.done_row.show_done(
            "", "On the waiting list. They are told as soon as places come free."
        )
        self.done_row.next_button.setFocus()

    def _print_it(self) -> None:
        if self._pdf and self.is_booked:
            self.letters.print_of(self._booking_id)

    def _save_letter(self) -> None:
        if self._pdf and self.is_booked:
            self.letters.save_of(self._booking_id)

    def _mail_it(self) -> None:
        post = self._post()
        post.gone.connect(self.done_row.show_mailed)
        post.send_of(self._booking_id)

    def _save_draft(self) -> None:
        self._post().save_draft_of(self._booking_id)

    def _post(self) -> "Post":
        from lle_desk.courses.ui.post import Post  # e-mail: when asked for

        post = Post(self._desk, self, self._today)
        post.refused.connect(self._say_refused)
        return post

    def _say_refused(self, refusal: OfficerError) -> None:
        self._desk.refused.emit(str(refusal))

    def _next(self) -> None:
        self.next_wanted.emit(0, 0)

    def _again(self) -> None:
        self.next_wanted.emit(0, self.form.customer.customer_id or 0)

    def _bring_to_sight(self, field: QWidget) -> None:
        self._area.ensureWidgetVisible(field, 0, px(120))  # with what is amiss below it

    def _keep_in_sight(self) -> None:
        """Show where the keyboard is when thirty names are added above it, or the foot grows."""
        field = QApplication.focusWidget()
        if field is not None and self.form.isAncestorOf(field):
            self._bring_to_sight(field)

    # Room for three columns

    def switch_side(self) -> None:
        """Go to the customer's facts, which the arrows then go through, and back to the form."""
        if self.facts.has_keyboard:
            self._facts_asked = False
            self._came_from.setFocus()
            self._share_width()
            return
        self._facts_asked = True
        self._came_from = QApplication.focusWidget() or self
        self._share_width()
        self.facts.take_keyboard()

    def _toggle_letter(self) -> None:
        self._letter_asked = not self._side.isVisible()
        self._facts_asked = False
        self._share_width()
        if self._side.isVisible():
            self.form.tell_draft()

    def _share_width(self) -> None:
        """Give the form its room first: the letter goes, then the facts fold to a line."""
        wide = self.width() >= px(WIDE)
        asked = wide if self._letter_asked is None else self._letter_asked
        letter = asked and (wide or not self._facts_asked)
        beside = wide or (not letter and self.width() >= px(FACTS + BESIDE))
        facts = beside or self._facts_asked
        self._side.setVisible(letter)
        self._toggle.setChecked(letter)
        self.facts.setVisible(facts)
        self.facts.setFixedWidth(px(FACTS))
        self.facts_line.setVisible(not facts and bool(self.facts_line.words))


class _DoneRow(TintedRow):
    """Says what was booked, and offers what comes next."""

    def __init__(self) -> None:
        super().__init__("fine")
        self._words = label("", "fine", wrap=True)
        self.next_button = Button("Next booking", "phone", key="Ctrl+N", kind="primary")
        self.again_button = Button("Same school again", "arrow-back-up", key="Ctrl+Shift+S")
        self.mail_button = Button("Send by e-mail", "mail", key="Ctrl+E")
        self.draft_button = Button("E-mail draft …", key="Ctrl+D")
        self._letter_buttons = (self.mail_button, self.draft_button)
        for button in self._letter_buttons:
            button.hide()
        self.layout_rows.setContentsMargins(px(16), px(10), px(16), px(10))
        self.layout_rows.addWidget(self._words)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.next_button)
        line.addWidget(self.again_button)
        for button in self._letter_buttons:
            line.addWidget(button)
        line.addStretch(1)
        self.layout_rows.addLayout(line)

    def show_mailed(self) -> None:
        """Let no second key send the letter again: it is in the outbox."""
        self.mail_button.setEnabled(False)

    def show_done(self, number: str, read_back: str) -> None:
        """Show what was booked, and its number as soon as it is known."""
        booked = f"Booked, {number}" if number else "Booked"
        self._words.set(read_back.replace("Read back", booked))
        for button in self._letter_buttons:
            button.setVisible(bool(number))
        self.show()
