"""The worksheet: choose what is invoiced, look at the paper, issue."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.charges.actions import ChargeReason, hold_charge, release_charge
from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence, pounds
from lle_desk.core.records import new_uuid
from lle_desk.invoicing.actions import Issued, IssueNow, issue_for
from lle_desk.invoicing.queries import CustomerSum, Worksheet, worksheet
from lle_desk.invoicing.rules import CREDITS, INVOICES, Group, numbers_words
from lle_desk.invoicing.ui.sheet_rows import (
    Filter,
    Kind,
    SheetRow,
    is_ticked,
    sheet_rows,
    tick_key,
    ticked_rows,
)
from lle_desk.invoicing.ui.sheet_table import SheetTable
from lle_desk.invoicing.ui.strip import Strip
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.stale import Refresher
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

TABLES = frozenset({"charge", "customer", "invoice", "invoice_line", "setting"})


class WorksheetView(QWidget):
    """Four groups of what waits to be billed, the totals chosen, and the strip that issues.

    Signals:
        row_shown: the row to show a paper of. object: SheetRow or None.
        choice_changed: what is chosen, or how many are held or lack an order, is another now.
        issued: papers have their numbers. object: Issued.
        record_asked: a charge's booking is to be opened. str, int: kind and id.
    """

    row_shown = Signal(object)
    choice_changed = Signal()
    issued = Signal(object)
    record_asked = Signal(str, int)

    def __init__(self, desk: Desk, up_to: date, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk = desk
        self._today = today
        self._up_to = up_to
        self._sheet: Worksheet | None = None
        self._ticks: dict[tuple[Group, int], bool] = {}
        self._opened: set[tuple[Group, int]] = set()
        self._filter = Filter()
        self._press: IssueNow | None = None
        self._rests = False  # after issuing no row is chosen until the officer chooses one
        self.table = SheetTable()
        self.table.show_empty(EmptyState("Looking for what waits to be billed…", icon="cash"))
        self.table.row_chosen.connect(self._on_chosen)
        self.table.row_opened.connect(self._on_opened)
        self.table.row_checked.connect(self._on_checked)
        self.table.open_wanted.connect(self._set_open)
        self.confirm = Strip("Issue now", "send")
        self.confirm.agreed.connect(self._issue)
        self.confirm.left.connect(self._left)
        self.hold = Strip("Hold it back", "hand-stop", reason="&Why it is held back")
        self.hold.agreed.connect(self._hold)
        self.hold.left.connect(self._left)
        self._lay_out()
        self._refresher = Refresher(self, desk, TABLES, self.reload)

    @property
    def sheet(self) -> Worksheet | None:
        """What is shown, None before the first load."""
        return self._sheet

    @property
    def chosen(self) -> list[CustomerSum]:
        """What would be issued, in the order of its numbers."""
        return ticked_rows(self._sheet, self._ticks) if self._sheet is not None else []

    def refresh(self) -> None:
        """Look again now, or when next shown."""
        self._refresher.look_again()

    def reload(self) -> None:
        """Load the worksheet; the rows stay until the new ones are there."""
        opened = frozenset(self._opened)
        self._desk.load(self, self._show, worksheet, self._up_to, opened)

    def show_up_to(self, up_to: date) -> None:
        """Show what waits up to and including another day; every tick is as usual again."""
        self._up_to = up_to
        self._ticks.clear()
        self.confirm.hide()
        self.refresh()

    def set_filter(self, chosen: Filter) -> None:
        """Show only some of the customers."""
        self._filter = chosen
        self._draw()

    def ask_to_issue(self) -> None:
        """Show the totals chosen and the next numbers, and ask."""
        rows = self.chosen
        if not rows or self._sheet is None or self.confirm.isVisible():
            return
        today = self._today()
        self._press = IssueNow(
            client_uuid=new_uuid(),
            customer_ids=tuple(row.customer_id for row in rows if not row.draft_id),
            up_to=self._up_to,
            issued_on=today,
            seen_total=_total(rows),
            drafts=tuple((row.draft_id, row.draft_version) for row in rows if row.draft_id),
        )
        due = today + timedelta(days=self._sheet.due_days)
        self.hold.hide()
        self.confirm.ask(
            f"Issue {_papers(rows)}, {pounds(_total(rows))}, as {self._next_numbers(rows)}?",
            f"Dated {day_words(today)}, due {day_words(due)}. An issued paper is never changed: "
            "corrections are credit notes.",
        )

    def ask_to_hold(self) -> None:
        """Hold the chosen charge back, asking why; one that is held is released at once."""
        row = self.table.chosen()
        if row is None or row.charge is None:
            return
        if row.group is Group.HELD:
            charge = row.charge
            self._desk.act(self, self._released, release_charge, charge.charge_id, charge.version)
            return
        self.confirm.hide()
        self.hold.ask(
            f"Hold back “{row.title}”, {pounds(row.total or Pence(0))}?",
            f"{row.customer.customer if row.customer else ''}: no paper takes it until it is "
            "released.",
        )

    # Loading and drawing

    def _show(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._draw()

    def _draw(self) -> None:
        if self._sheet is None:
            return
        rows = sheet_rows(self._sheet, self._ticks, self._opened, self._filter)
        before = self.table.chosen()
        self.table.show_empty(EmptyState(self._nothing(), icon="cash"))
        self.table.show_lines(rows)
        if before is None and rows and not self._rests:
            first = next((row for row in rows if row.kind is Kind.CUSTOMER), rows[0])
            self.table.choose(first.key)
        else:
            self._on_chosen(self.table.chosen())
        self._say_choice()

    def _nothing(self) -> str:
        if self._filter != Filter():
            return "No customer here is held back or without an order number."
        said = f"Nothing waits to be billed up to {day_words(self._up_to)}."
        if self._sheet is not None and self._sheet.later:
            return (
                f"{said} {self._sheet.later} charges have a later tax point: press L to see them."
            )
        return f"{said} Places and rooms that are booked bring their charges here."

    def _say_choice(self) -> None:
        rows = self.chosen
        self._amount.set(f"{_papers(rows)}  {pounds(_total(rows))}" if rows else "nothing")
        self._numbers.set(f"next: {self._next_numbers(rows)}" if rows else "tick a customer first")
        self.choice_changed.emit()

    def _next_numbers(self, rows: list[CustomerSum]) -> str:
        """Return the numbers that the chosen rows would take."""
        if self._sheet is None:
            return ""
        notes = sum(bool(row.draft_id) for row in rows)
        parts = (
            numbers_words(INVOICES, self._sheet.next_invoice, len(rows) - notes),
            numbers_words(CREDITS, self._sheet.next_credit, notes),
        )
        return " and ".join(part for part in parts if part)

    # What the officer does in the list

    def _on_chosen(self, row: SheetRow | None) -> None:
        self._rests = self._rests and row is None
        is_charge = row is not None and row.charge is not None
        self._hold_button.setEnabled(is_charge)
        held = is_charge and row is not None and row.group is Group.HELD
        self._hold_button.set_text("Release this line" if held else "Hold this line back")
        if not is_charge:
            self.hold.hide()
        self.row_shown.emit(row)

    def _on_opened(self, row: SheetRow) -> None:
        if row.charge is not None:
            self.record_asked.emit(row.charge.opens, row.charge.opens_id)
        elif row.kind is Kind.CUSTOMER:
            self._set_open(row, not row.is_open)

    def _set_open(self, row: SheetRow, wanted: bool) -> None:
        if row.customer is None or row.is_open == wanted or row.customer.draft_id:
            return
        key = (row.group, row.customer.customer_id)
        if wanted:
            self._opened.add(key)
            self.reload()
        else:
            self._opened.discard(key)
            self._draw()

    def _on_checked(self, row: SheetRow) -> None:
        if self._sheet is None or self.confirm.isVisible():
            return  # what is asked about stays as it is
        if row.kind is Kind.GROUP and row.checked is not None:
            wanted = row.partly or not row.checked
            for one in self._sheet.group(row.group).customers:
                if self._filter.shows(one):
                    self._ticks[tick_key(one)] = wanted
        elif row.customer is not None:
            ticked = is_ticked(row.customer, self._ticks)
            if ticked is not None:
                self._ticks[tick_key(row.customer)] = not ticked
        self._draw()

    # Issuing and holding

    def _issue(self, _reason: str) -> None:
        if self._press is not None:
            self.confirm.wait()
            self._desk.act(
                self, self._on_issued, issue_for, self._press, on_refused=self._on_refused
            )

    def _on_issued(self, done: Issued) -> None:
        self.confirm.hide()
        self._ticks.clear()
        self._rests = True
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())
        self.table.setFocus()
        self._desk.say(f"Issued: {done.words()}. Corrections are credit notes.")
        self.issued.emit(done)
        self.refresh()

    def _on_refused(self, error: OfficerError) -> None:
        self.confirm.refuse(str(error), may_retry=not isinstance(error, RecordChanged))
        self.refresh()

    def _hold(self, reason: str) -> None:
        row = self.table.chosen()
        if row is not None and row.charge is not None:
            ask = ChargeReason(row.charge.charge_id, row.charge.version, reason)
            self.hold.wait()
            self._desk.act(self, self._on_held, hold_charge, ask, on_refused=self._on_hold_refused)

    def _on_held(self, _done: None) -> None:
        self.hold.hide()
        self.table.setFocus()
        self._desk.say("Held back: it stays here until it is released.")

    def _on_hold_refused(self, error: OfficerError) -> None:
        self.hold.refuse(str(error))

    def _released(self, _done: None) -> None:
        self._desk.say("Released: the next invoice takes it.")

    def _left(self) -> None:
        self.table.setFocus()

    def _lay_out(self) -> None:
        self._amount = label("", "strong")
        self._numbers = label("", "quiet")
        self._hold_button = Button(
            "Hold this line back",
            "hand-stop",
            key="H",
            tip_text="Keep the chosen charge off every paper until it is released",
            on_click=self.ask_to_hold,
        )
        foot = QFrame()
        foot.setProperty("ground", "window")
        foot.setProperty("line", "above")
        foot.setFixedHeight(px(40))
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(12), 0, px(12), 0)
        row.setSpacing(px(12))
        for widget in (label("Chosen", "quiet"), self._amount, self._numbers):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._hold_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        for below in (self.confirm, self.hold, foot):
            column.addWidget(below)


def _total(rows: list[CustomerSum]) -> Pence:
    return Pence(sum(row.total for row in rows))


def _papers(rows: list[CustomerSum]) -> str:
    """Return "6 invoices", "1 invoice and 2 credit notes"."""
    notes = sum(bool(row.draft_id) for row in rows)
    counted = ((len(rows) - notes, "invoice"), (notes, "credit note"))
    parts = [f"{count} {what}{'s' if count > 1 else ''}" for count, what in counted if count]
    return " and ".join(parts)
