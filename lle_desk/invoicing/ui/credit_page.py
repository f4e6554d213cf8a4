"""Giving back an issued paper: all that is left of it or some of its lines, and why."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal

from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, pounds
from lle_desk.core.records import new_uuid
from lle_desk.invoicing.actions import CreditInvoice, CreditLine, Issued, credit
from lle_desk.invoicing.queries import Creditable
from lle_desk.invoicing.rules import (
    INVOICES,
    RECHARGES,
    BilledLine,
    credit_fault,
    credit_lines,
    totals,
)
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import CheckField, Form, LinesField, MoneyField
from lle_desk.qt.inspector import Inspector, Page
from lle_desk.qt.words import label


@dataclass(frozen=True, slots=True)
class _Names:
    """What the paper is called, and what is done with the one it gives back."""

    paper: str
    done: str


NAMES = {
    INVOICES: _Names("Credit note", "credited"),
    RECHARGES: _Names("Reversing recharge", "reversed"),
}


class CreditPage(Inspector):
    """The form of one credit note, or of what reverses a recharge.

    Ctrl+Enter issues it; Esc leaves it, asking if it was typed in.

    Signals:
        issued: it has its number. object: Issued.
    """

    issued = Signal(object)

    def __init__(self, desk: Desk, billed: Creditable, today: date) -> None:
        self._names = NAMES[billed.series]
        super().__init__(self._names.paper)
        self._desk = desk
        self._billed = billed
        self._today = today
        self._client_uuid = new_uuid()
        self._lines = [line for line in billed.lines if line.left]
        self.form = Form()
        self.reason = self.form.add(
            LinesField(f"&Why it is {self._names.done} (printed)", needed=True, key="reason")
        )
        self.all = self.form.add(CheckField(f"&All that is left, {pounds(billed.left)} with VAT"))
        self.all.set_value(True)
        self.amounts = [self.form.add(_amount_field(line)) for line in self._lines]
        self.sum = label("", "strong")
        self.form.widget(self.sum)
        self.form.typed.connect(self._on_typed)
        self.show_page(self._make_page(billed))
        self.saved.connect(self._issue)
        self._on_typed()

    def focus_first(self) -> None:
        """Go to the reason."""
        self.form.focus_first()

    def _make_page(self, billed: Creditable) -> Page:
        left = f"{pounds(billed.left)} not {self._names.done} yet"
        lines = [billed.customer, f"Issued {day_words(billed.issued_on)}, {left}"]
        page = Page(f"{self._names.paper} for {billed.number}", lines=lines)
        page.form(self.form)
        page.foot(f"Issue {self._names.paper.lower()}")
        return page

    def _asked(self) -> tuple[CreditLine, ...]:
        """Return the amounts typed; none when all that is left is asked for."""
        if self.all.value():
            return ()
        typed = zip(self._lines, self.amounts, strict=True)
        return tuple(
            CreditLine(line.line_id, Pence(amount))
            for line, field in typed
            if (amount := field.value())
        )

    def _on_typed(self) -> None:
        everything = self.all.value()
        for field in self.amounts:
            field.setVisible(not everything)
        asked = {one.line_id: one.net for one in self._asked()}
        given = [
            part
            for line in self._lines
            for part in credit_lines(
                line, line.left if everything else asked.get(line.line_id, Pence(0))
            )
            if part.net
        ]
        net, vat = totals(given)
        self.sum.set(f"Comes to {pounds(Pence(net + vat))}, of which VAT {pounds(vat)}")

    def _issue(self) -> None:
        if not self.form.check() or not self._amounts_fit():
            return
        self.busy(True)
        ask = CreditInvoice(
            self._client_uuid,
            self._billed.invoice_id,
            self.reason.value(),
            self._today,
            self._asked(),
        )
        self._desk.act(self, self._done, credit, ask, on_refused=self._refused)

    def _amounts_fit(self) -> bool:
        """Say beside a field what is too much; return whether there is something to credit."""
        if self.all.value():
            return True
        for line, field in zip(self._lines, self.amounts, strict=True):
            amount = field.value()
            fault = credit_fault(line, amount) if amount else ""
            if fault:
                field.show_error(fault)
                field.setFocus()
                return False
        if not self._asked():
            self.form.show_refusal(f"Type what is {self._names.done} of at least one line.")
            return False
        return True

    def _done(self, done: Issued) -> None:
        self._desk.say(f"Issued: {done.words()}, for {self._billed.number}.")
        self.issued.emit(done)

    def _refused(self, error: OfficerError) -> None:
        self.busy(False)
        self.form.show_refusal(error)


def _amount_field(line: BilledLine) -> MoneyField:
    return MoneyField(
        f"{line.number}. {line.description}".replace("&", "&&"),
        may_be_negative=line.left < 0,
        hint=f"At most {pounds(line.left)} before VAT",
        key=f"line {line.line_id}",
    )
