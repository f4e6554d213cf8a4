"""What ends a visit, in the inspector: its note, or cancelling it with the cost shown first."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from lle_desk.consultancy.actions import CancelVisit, WriteNote, undoing
from lle_desk.consultancy.queries import VisitCard, VisitCost, visit_cost
from lle_desk.core.days import day_words
from lle_desk.qt.cost_section import CostLine, CostSection
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import CheckField, DateField, Form, LinesField, TextField
from lle_desk.qt.inspector import Page


class NotePage(Page):
    """The note of a visit; with it the visit is done.

    Signals:
        done: it is saved. int: the visit's id.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, today: Callable[[], date], card: VisitCard) -> None:
        day = card.starts_at.date()
        super().__init__(
            "Note of visit", code=card.words, lines=[f"{card.customer} · {day_words(day)}"]
        )
        self._desk = desk
        self._card = card
        self.fields = Form()
        self.note = self.fields.add(
            LinesField("What was done and &agreed", rows=9, needed=True, key="note")
        )
        self.note_on = self.fields.add(
            DateField("&Written on", today=today, needed=True, key="note_on")
        )
        self.note.set_value(card.note)
        self.note_on.set_value(card.note_on or max(today(), day))
        self.form(self.fields)
        self.foot("The visit is done" if not card.note else "Save")
        self.saved.connect(self.save)

    def save(self) -> None:
        """Write the note as the form says."""
        note_on = self.note_on.value()
        if not self.fields.check() or note_on is None:
            return
        self.show_busy(True)
        ask = WriteNote(self._card.id, self._card.version, self.note.value(), note_on)
        self._desk.do(self, self._written, undoing.note, ask, on_refused=self.show_refusal)

    def _written(self, _nothing: object) -> None:
        self.done.emit(self._card.id)


class CancelVisitPage(Page):
    """Cancels one visit.

    Signals:
        done: it is cancelled. int: the visit's id.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, today: Callable[[], date], card: VisitCard) -> None:
        day = card.starts_at.date()
        super().__init__(
            "Cancel the visit",
            code=card.words,
            lines=[f"{card.customer} · {day_words(day)}, {card.trainer}"],
        )
        self._desk = desk
        self._card = card
        self.fields = Form()
        self.by_us = self.fields.add(CheckField("We &cancel it: nothing to pay"))
        self.notice_on = self.fields.add(
            DateField("Written &notice reached us on", today=today, needed=True, key="notice_on")
        )
        self.notice_on.set_value(today())
        self.reason = self.fields.add(
            TextField("&Why it is cancelled", needed=True, key="reason", max_length=180)
        )
        self.waive = self.fields.add(CheckField("Wai&ve the fee"))
        self.waived_because = self.fields.add(
            TextField("Waived &because", needed=True, key="waived", max_length=180)
        )
        self.waived_because.hide()
        self.form(self.fields)
        self._known: VisitCost | None = None
        self.cost = CostSection()
        self.add(self.cost)
        self.foot("Cancel the visit", leave="Keep it")
        self.notice_on.changed.connect(self._ask_cost)
        self.by_us.changed.connect(self._ask_cost)
        self.waive.changed.connect(self._on_waive)
        self.saved.connect(self.save)
        self._ask_cost()

    def focus_first(self) -> None:
        """Go to the reason: the day is today already."""
        self.reason.setFocus()

    def save(self) -> None:
        """Cancel the visit as the form says."""
        notice_on = self.notice_on.value()
        if not self.fields.check() or notice_on is None:
            return
        self.show_busy(True)
        is_waived = self.waive.value() and not self.by_us.value()
        ask = CancelVisit(
            visit_id=self._card.id,
            seen_version=self._card.version,
            notice_on=notice_on,
            reason=self.reason.value(),
            waived_because=self.waived_because.value() if is_waived else "",
            by_us=self.by_us.value(),
        )
        self._desk.do(self, self._cancelled, undoing.cancel, ask, on_refused=self.show_refusal)

    def _ask_cost(self) -> None:
        notice_on = self.notice_on.value()
        if notice_on is not None:
            self._desk.load(self, self._show_cost, visit_cost, self._card.id, notice_on)

    def _show_cost(self, cost: VisitCost) -> None:
        self._known = cost
        self.waive.setVisible(cost.fee > 0 and not self.by_us.value())
        is_waived = self.waive.value() and not self.waive.isHidden()
        self.waived_because.setVisible(is_waived)
        free = "we cancel it" if self.by_us.value() else "waived" if is_waived else ""
        line = CostLine(f"Visit of {self._card.trainer}", cost.fee, cost.why, cost.given_back)
        self.cost.show_cost(cost.notice_on, [line], free)

    def _on_waive(self) -> None:
        if self._known is not None:
            self._show_cost(self._known)

    def _cancelled(self, _nothing: object) -> None:
        self.done.emit(self._card.id)
