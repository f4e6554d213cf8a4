"""Cancelling a room booking in the inspector: the cost stands there before anything is done."""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias, TypedDict

from PySide6.QtCore import Signal

from lle_desk.charges.queries import ChargeRow
from lle_desk.core.days import day_words, short_day
from lle_desk.qt.cost_section import CostLine, CostSection
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import CheckField, DateField, Form, TextField
from lle_desk.qt.inspector import Page
from lle_desk.rooms.actions import CancelBooking, ReleaseRoom
from lle_desk.rooms.actions.series_cost import SeriesCost, series_cost
from lle_desk.rooms.actions.series_requests import CancelSeries
from lle_desk.rooms.queries import UseCard
from lle_desk.rooms.queries.around import BookingRoom
from lle_desk.rooms.queries.cancelling import RoomCancellationCost, cost_or_why
from lle_desk.rooms.rules import number_words
from lle_desk.rooms.rules.repeats import Scope

# A room on a day that is taken out, the dates of a series, or None: all of one booking.
Part: TypeAlias = BookingRoom | Scope | None
DATES = {Scope.LATER: "This and all later dates", Scope.ALL: "All dates to come"}


class _Terms(TypedDict):
    """What is settled alike for a whole booking and a part of it."""

    reason: str
    notice_on: date | None
    by_us: bool
    waived_because: str


class CancelRoomPage(Page):
    """Asks for the notice and the reason, and shows what the frozen terms make of them.

    With `part` only that room on that day is taken out of the booking, or the dates of a series
    are cancelled.

    Signals:
        cancel_wanted: object: the CancelBooking, the CancelSeries, or the ReleaseRoom of a room.
    """

    cancel_wanted = Signal(object)

    def __init__(
        self,
        desk: Desk,
        today: Callable[[], date],
        card: UseCard,
        part: Part = None,
    ) -> None:
        when = f"{day_words(card.starts_at.date())}, {card.space.name if card.space else 'parked'}"
        when += f", and {card.other_uses} more" if card.other_uses else ""
        title, foot = "Cancel this booking", "Cancel booking"
        if isinstance(part, Scope):
            title, when, foot = "Cancel these dates", DATES[part], "Cancel dates"
        elif part is not None:
            foot = "Take out"
            title, when = f"Take {part.room} out", f"{part.when}; the rest of the booking stays"
        super().__init__(title, code=number_words(card.number), lines=[card.title, when])
        self.card = card
        self.part = part
        self._desk = desk
        self.cost: RoomCancellationCost | SeriesCost | None = None
        self.fields = Form()
        self._add_fields(today)
        self.form(self.fields)
        self.cost_section = CostSection()
        self.add(self.cost_section)
        self.foot(foot, leave="Keep it")
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
        if isinstance(part, BookingRoom):
            out = ReleaseRoom(use_id=part.use_id, seen_version=part.version, **terms)
            self.cancel_wanted.emit(out)
            return
        booking_id, seen = card.booking_id, card.booking_version
        if part is not None:
            dates = CancelSeries(booking_id=booking_id, seen_version=seen, scope=part, **terms)
            self.cancel_wanted.emit(dates)
        else:
            self.cancel_wanted.emit(
                CancelBooking(booking_id=booking_id, seen_version=seen, **terms)
            )

    @property
    def _is(self) -> str:
        return "are they" if isinstance(self.part, Scope) else "is it"

    @property
    def _done(self) -> str:
        return "taken out" if isinstance(self.part, BookingRoom) else "cancelled"

    def _called(self, charge: ChargeRow) -> str:
        """Return what was charged; of several dates, on which."""
        day = f"{short_day(charge.tax_point_on)}: " if isinstance(self.part, Scope) else ""
        return f"{day}{charge.description}"

    def _add_fields(self, today: Callable[[], date]) -> None:
        self.reason = self.fields.add(
            TextField(
                f"&Why {self._is} {self._done}?",
                needed=True,
                key="reason",
                max_length=200,
            )
        )
        self.notice_on = self.fields.add(
            DateField("Written &notice reached us on", today=today, needed=True, key="notice_on")
        )
        self.notice_on.set_value(today())
        by_us = f"{self._done.capitalize()} by &us: no charge"
        self.by_us = self.fields.add(CheckField(by_us))
        self.waive = self.fields.add(CheckField("Wai&ve the charge"))
        self.waived_because = self.fields.add(
            TextField("Waived &because", needed=True, key="waived", max_length=180)
        )
        self.waive.hide()
        self.waived_because.hide()

    def _ask_cost(self) -> None:
        notice_on = self.notice_on.value()
        if notice_on is not None:
            booking_id, part = self.card.booking_id, self.part
            if isinstance(part, Scope):
                self._desk.load(self, self._show_cost, series_cost, booking_id, part, notice_on)
                return
            use_id = part.use_id if part is not None else None
            self._desk.load(self, self._show_cost, cost_or_why, booking_id, notice_on, use_id)

    def _show_cost(self, cost: RoomCancellationCost | SeriesCost | str) -> None:
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
        free = f"{self._done} by us" if self.by_us.value() else "waived" if is_waived else ""
        lines = [
            CostLine(self._called(line.charge), line.fee, line.why, line.given_back)
            for line in cost.lines
        ]
        self.cost_section.show_cost(cost.notice_on, lines, free, cost.words)
