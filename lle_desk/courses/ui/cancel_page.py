"""Cancelling a booking in the inspector: the cost stands there before anything is done."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from lle_desk.courses.actions import CancelBooking, cancel_booking
from lle_desk.courses.actions.kept_places import KeepingPlaces
from lle_desk.courses.queries import BookingCard, CancellationCost, cancellation_cost
from lle_desk.courses.rules import HOLDING, counted
from lle_desk.courses.ui.place_pages import PlaceChoice
from lle_desk.qt.cost_section import CostLine, CostSection
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import CheckField, DateField, Form, TextField
from lle_desk.qt.inspector import Page


class CancelPage(Page):
    """Cancels one booking.

    Signals:
        done: it is cancelled. int: the booking's id.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, today: Callable[[], date], card: BookingCard) -> None:
        places = [place for place in card.places if place.state in HOLDING]
        super().__init__(
            f"Cancel {counted(len(places), 'place')}" if len(places) == 1 else "Cancel places",
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
        self.until_resold = self.fields.add(
            CheckField("Hold the fee back: waived if the place is &sold again")
        )
        self.waive = self.fields.add(CheckField("Wai&ve the fee"))
        self.waived_because = self.fields.add(
            TextField("Waived &because", needed=True, key="waived", max_length=180)
        )
        self.waived_because.hide()
        self.form(self.fields)
        self.places = PlaceChoice(places)
        self.form(self.places)
        self._known: CancellationCost | None = None
        self.cost = CostSection()
        self.add(self.cost)
        self._cancel_button = self.foot(
            f"Cancel {counted(len(places), 'place')}",
            leave="Keep them" if places[1:] else "Keep it",
        )
        self.places.chosen_changed.connect(self._ask_cost)
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
        if not self.places.chosen:
            self.fields.show_refusal("Tick at least one place to cancel.")
            return
        self.show_busy(True)
        ask = CancelBooking(
            booking_id=self._card.id,
            seen_version=self._card.version,
            notice_on=notice_on,
            reason=self.reason.value(),
            waived_because=self.waived_because.value() if self.waive.value() else "",
            place_ids=self.places.chosen,
            until_resold=self.until_resold.value(),
        )
        places = counted(len(ask.place_ids), "place")
        words = f"Cancelled {places} of {self._card.words}, {self._card.customer}"
        again = "“Book the cancelled places again” does it under More, at today's price."
        action = KeepingPlaces(cancel_booking, words, instead=again, is_told=True)
        self._desk.do(self, self._cancelled, action, ask, on_refused=self.show_refusal)

    def _ask_cost(self) -> None:
        notice_on = self.notice_on.value()
        chosen = self.places.chosen
        self._cancel_button.set_text(f"Cancel {counted(len(chosen), 'place')}")
        if notice_on is not None and chosen:
            booking = self._card.id
            self._desk.load(self, self._show_cost, cancellation_cost, booking, notice_on, chosen)

    def _show_cost(self, cost: CancellationCost) -> None:
        self._known = cost
        is_free = self.waive.value() and cost.total > 0
        lines = [
            CostLine(
                line.place.delegate or "Name to come",
                line.fee,
                line.why,
                line.given_back(is_waived=is_free),
            )
            for line in cost.lines
        ]
        self.cost.show_cost(cost.notice_on, lines, "waived" if is_free else "")
        self.waive.setVisible(cost.total > 0)
        self.until_resold.setVisible(cost.total > 0)

    def _on_waive(self) -> None:
        if self._known is not None:
            self._show_cost(self._known)
        self.waived_because.setVisible(self.waive.value())
        self.until_resold.setEnabled(not self.waive.value())

    def _cancelled(self, _nothing: object) -> None:
        self.done.emit(self._card.id)
