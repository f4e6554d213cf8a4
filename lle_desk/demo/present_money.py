"""Charges around today: most wait, some are held back, a few are on papers already."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.charges.actions import ChargeReason, hold_charge
from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState
from lle_desk.core.money import Pence
from lle_desk.customers.rules import Route
from lle_desk.demo.dice import fixed_uuid
from lle_desk.demo.present import Present
from lle_desk.invoicing.actions import CreditInvoice, CreditLine, IssueNow, credit, issue_for
from lle_desk.invoicing.models import InvoiceLine

INVOICED = 4  # customers
HELD = (
    "Waits for an order number",
    "Two budgets pay: waits for the split",
    "Ring the contact first",
)
HALF_BACK = "Half the fee given back: the heating failed (demo)"


def bill_present(session: Session, there: Present) -> int:
    """Issue some invoices and a credit note, hold some charges back; return the papers."""
    up_to = there.day(-3)
    customers = _with_charges(session, up_to)
    if not customers:
        return 0
    issued_on = there.day(-1)
    ask = IssueNow(fixed_uuid("present papers"), tuple(customers), up_to, issued_on)
    papers = issue_for(session, ask).papers
    _credit_half(session, papers[0].invoice_id, there.today)
    _hold_some(session, there.today)
    return len(papers) + 1


def _with_charges(session: Session, up_to: date) -> list[int]:
    found = (
        select(Charge.customer_id)
        .where(
            Charge.state == ChargeState.UNBILLED.value,
            Charge.route == Route.INVOICE.value,
            Charge.tax_point_on <= up_to,
        )
        .group_by(Charge.customer_id)
        .order_by(func.count().desc(), Charge.customer_id)
    )
    return list(session.scalars(found.limit(INVOICED)))


def _credit_half(session: Session, invoice_id: int, on: date) -> None:
    line = session.scalars(
        select(InvoiceLine).where(InvoiceLine.invoice_id == invoice_id).limit(1)
    ).one()
    half = CreditLine(line.id, Pence(line.net // 2))
    credit(session, CreditInvoice(fixed_uuid("present credit"), invoice_id, HALF_BACK, on, (half,)))


def _hold_some(session: Session, today: date) -> None:
    found = (
        select(Charge.id, Charge.version)
        .where(Charge.state == ChargeState.UNBILLED.value, Charge.tax_point_on <= today)
        .order_by(Charge.id.desc())
        .limit(len(HELD) * 7)
    )
    for (charge_id, version), reason in zip(session.execute(found).all()[::7], HELD, strict=False):
        hold_charge(session, ChargeReason(charge_id, version, reason))
