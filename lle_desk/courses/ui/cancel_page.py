"""Cancelling a booking in the inspector: the cost stands there before anything is done."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import pounds
from lle_desk.courses.actions import CancelBooking, cancel_booking
from lle_desk.courses.queries import BookingCard, CancellationCost, cancellation_cost
from lle_desk.courses.rules import HOLDING, counted
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import CheckField, DateField, Form, TextField
from lle_desk.qt.inspector import Page
from lle_desk.qt.section import Section


class CancelPage(Page):
    """Cancels one booking.

    Signals:
        done: it is cancelled. int: the booking's id.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, today: Callable[[], date], card: BookingCard) -> None:
        held = sum(place.state in HOLDING for place in card.places)
        super().__init__(
            f"Cancel {counted(held, 'place')}",
            code=card.words,
            lines=[f"{card.customer} · {card.title}, {card.event_code}"],
        )
        self._desk = desk
        self._card = card
        self.fields = Form()
        self.notice_on = self.fields.add(
            DateField(
                "Written &notice reached us on",
                today=today,
                needed=True,
                key="notice_on",
            )
        )
        self.notice_on.set_value(today())
        self.reason = self.fields.add(
            TextField("&Why they cancel", needed=True, key="reason", max_length=180)
        )
        self.waive = self.fields.add(CheckField("Wai&ve the fee"))
        self.waived_because = self.fields.add(
            TextField("Waived &because", needed=True, key="waived", max_length=180)
        )
        self.waived_because.hide()
        self.form(self.fields)
        self._cost_holder = QWidget()
        self._cost_column = QVBoxLayout(self._cost_holder)
        self._cost_column.setContentsMargins(0, 0, 0, 0)
        self.cost = Section("What it costs")
        self._cost_column.addWidget(self.cost)
        self.add(self._cost_holder)
        self.foot(f"Cancel {counted(held, 'place')}")
        self.notice_on.changed.connect(self._ask_cost)
        self.waive.changed.connect(self._on_waive)
        self.saved.connect(self.save)
        self._ask_cost()

    def focus_first(self) -> None:
        """Go to the reason: the day is today already."""
        self.reason.setFocus()

    def save(self) -> None:
        """Cancel the booking as the form says."""
        notice_on = self.notice_on.value()
        if not self.fields.check() or notice_on is None:
            return
        self.show_busy(True)
        ask = CancelBooking(
            booking_id=self._card.id,
            seen_version=self._card.version,
            notice_on=notice_on,
            reason=self.reason.value(),
            waived_because=self.waived_because.value() if self.waive.value() else "",
        )
        self._desk.act(self, self._cancelled, cancel_booking, ask, on_refused=self._refused)

    def _ask_cost(self) -> None:
        notice_on = self.notice_on.value()
        if notice_on is not None:
            self._desk.load(self, self._show_cost, cancellation_cost, self._card.id, notice_on)

    def _show_cost(self, cost: CancellationCost) -> None:
        self.cost.hide()
        self.cost.deleteLater()
        self.cost = Section("What it costs", f"notice on {day_words(cost.notice_on)}")
        self._cost_column.addWidget(self.cost)
        for line in cost.lines:
            self.cost.amount(line.place.delegate or "Name to come", "", pounds(line.fee))
            self.cost.note(line.why)
        self.cost.amount("To pay", "in place of the price", pounds(cost.total), strong=True)
        self.waive.setVisible(cost.total > 0)

    def _on_waive(self) -> None:
        self.waived_because.setVisible(self.waive.value())

    def _cancelled(self, _nothing: object) -> None:
        self._desk.say(f"Cancelled: {self._card.words}, {self._card.customer}.")
        self.done.emit(self._card.id)

    def _refused(self, refusal: OfficerError) -> None:
        self.show_busy(False)
        self.fields.show_refusal(refusal)
