"""Cancelling a room booking in the inspector: the cost stands there before anything is done."""

from collections.abc import Callable
from datetime import date
from typing import TypedDict

from PySide6.QtCore import Signal

from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.qt.cost_section import CostLine, CostSection
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import CheckField, DateField, Form, TextField
from lle_desk.qt.inspector import Page
from lle_desk.rooms.actions import CancelBooking, ReleaseRoom
from lle_desk.rooms.queries import UseCard
from lle_desk.rooms.queries.around import BookingRoom
from lle_desk.rooms.queries.cancelling import RoomCancellationCost, cost_or_why
from lle_desk.rooms.rules import number_words


class _Terms(TypedDict):
    """What is settled alike for a whole booking and a part of it."""

    reason: str
    notice_on: date | None
    by_us: bool
    waived_because: str


class CancelRoomPage(Page):
    """Asks for the notice and the reason, and shows what the frozen terms make of them.

    With `part` only that room on that day is taken out of the booking.

    Signals:
        cancel_wanted: object: the CancelBooking, or the ReleaseRoom of a part.
    """

    cancel_wanted = Signal(object)

    def __init__(
        self,
        desk: Desk,
        today: Callable[[], date],
        card: UseCard,
        part: BookingRoom | None = None,
    ) -> None:
        when = f"{day_words(card.starts_at.date())}, {card.space.name if card.space else 'parked'}"
        when += f", and {card.other_uses} more" if card.other_uses else ""
        title = "Cancel this booking"
        if part is not None:
            title, when = f"Take {part.room} out", f"{part.when}; the rest of the booking stays"
        super().__init__(title, code=number_words(card.number), lines=[card.title, when])
        self.card = card
        self.part = part
        self._desk = desk
        self.cost: RoomCancellationCost | None = None
        self.fields = Form()
        self._add_fields(today)
        self.form(self.fields)
        self.cost_section = CostSection()
        self.add(self.cost_section)
        self.foot("Cancel booking" if part is None else "Take out")
        self.notice_on.changed.connect(self._ask_cost)
        self.by_us.changed.connect(self._show)
        self.waive.changed.connect(self._show)
        self.saved.connect(self.save)
        self._ask_cost()

    def focus_first(self) -> None:
        """Go to the reason: the day is today already."""
        self.reason.setFocus()

    def save(self) -> None:
        """Ask for the booking to be cancelled as the form says."""
        if not self.fields.check():
            return
        self.show_busy(True)
        is_waived = self.waive.value() and not self.by_us.value()
        terms: _Terms = {
            "reason": self.reason.value(),
            "notice_on": self.notice_on.value(),
            "by_us": self.by_us.value(),
            "waived_because": self.waived_because.value() if is_waived else "",
        }
        card, part = self.card, self.part
        if part is not None:
            out = ReleaseRoom(use_id=part.use_id, seen_version=part.version, **terms)
            self.cancel_wanted.emit(out)
        else:
            whole = CancelBooking(
                booking_id=card.booking_id, seen_version=card.booking_version, **terms
            )
            self.cancel_wanted.emit(whole)

    def show_refusal(self, refusal: OfficerError) -> None:
        """Say why it was not cancelled."""
        self.show_busy(False)
        self.fields.show_refusal(refusal)

    def _add_fields(self, today: Callable[[], date]) -> None:
        self.reason = self.fields.add(
            TextField(
                "&Why is it cancelled?" if self.part is None else "&Why is it taken out?",
                needed=True,
                key="reason",
                max_length=200,
            )
        )
        self.notice_on = self.fields.add(
            DateField("Written &notice reached us on", today=today, needed=True, key="notice_on")
        )
        self.notice_on.set_value(today())
        by_us = "Cancelled by &us" if self.part is None else "Taken out by &us"
        self.by_us = self.fields.add(CheckField(f"{by_us}: no charge"))
        self.waive = self.fields.add(CheckField("Wai&ve the charge"))
        self.waived_because = self.fields.add(
            TextField("Waived &because", needed=True, key="waived", max_length=180)
        )
        self.waive.hide()
        self.waived_because.hide()

    def _ask_cost(self) -> None:
        notice_on = self.notice_on.value()
        if notice_on is not None:
            use_id = self.part.use_id if self.part is not None else None
            booking_id = self.card.booking_id
            self._desk.load(self, self._show_cost, cost_or_why, booking_id, notice_on, use_id)

    def _show_cost(self, cost: RoomCancellationCost | str) -> None:
        if isinstance(cost, str):
            self.cost = None
            self.fields.show_refusal(cost)
            return
        self.cost = cost
        self._show()

    def _show(self) -> None:
        cost = self.cost
        if cost is None:
            return
        self.waive.setVisible(cost.total > 0 and not self.by_us.value())
        is_waived = self.waive.value() and not self.waive.isHidden()
        self.waived_because.setVisible(is_waived)
        by_us = "cancelled by us" if self.part is None else "taken out by us"
        free = by_us if self.by_us.value() else "waived" if is_waived else ""
        lines = [
            CostLine(line.charge.description, line.fee, line.why, line.is_given_back)
            for line in cost.lines
        ]
        self.cost_section.show_cost(cost.notice_on, lines, free, cost.words)
