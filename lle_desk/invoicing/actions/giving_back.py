"""Giving back what a booking had been billed: by a credit note or a recharge, issued at once."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from lle_desk.charges.actions import credit_with
from lle_desk.charges.queries import credited_with, credits_from
from lle_desk.core.days import london_today
from lle_desk.core.records import new_uuid
from lle_desk.invoicing.actions.credits import credit
from lle_desk.invoicing.actions.requests import CreditInvoice, CreditLine
from lle_desk.invoicing.models import Invoice, InvoiceLine
from lle_desk.invoicing.queries import creditable


def credit_charges(session: Session, charge_ids: Sequence[int], reason: str) -> list[str]:
    """Give back what is left of billed charges, and return the numbers of what was issued.

    What was invoiced goes onto a credit note, what was recharged onto a reversing recharge.

    Raises:
        OfficerError: it was refused, as by a closed period.
    """
    lines = session.execute(
        select(InvoiceLine.id, Invoice.id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(InvoiceLine.charge_id.in_(charge_ids), Invoice.state == "issued")
        .order_by(Invoice.id, InvoiceLine.id)
    ).all()
    by_invoice: dict[int, set[int]] = {}
    for line_id, invoice_id in lines:
        by_invoice.setdefault(invoice_id, set()).add(line_id)
    numbers = [_credit(session, paper, wanted, reason) for paper, wanted in by_invoice.items()]
    return [number for number in numbers if number]


def _credit(session: Session, invoice_id: int, line_ids: set[int], reason: str) -> str:
    left = [
        CreditLine(line.line_id, line.left)
        for line in creditable(session, invoice_id).lines
        if line.line_id in line_ids and line.left
    ]
    if not left:
        return ""
    ask = CreditInvoice(new_uuid(), invoice_id, reason, london_today(), tuple(left))
    return credit(session, ask).papers[0].number


def credited_in_full(session: Session, charge_ids: Sequence[int]) -> frozenset[int]:
    """Return those of the charges of which credit notes have left nothing."""
    credits_line, credit_note = aliased(InvoiceLine), aliased(Invoice)
    given = (
        select(func.coalesce(func.sum(credits_line.net), 0))
        .join(credit_note, credit_note.id == credits_line.invoice_id)
        .where(credits_line.credits_line_id == InvoiceLine.id, credit_note.state == "issued")
        .scalar_subquery()
    )
    found = session.scalars(
        select(InvoiceLine.charge_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            InvoiceLine.charge_id.in_(charge_ids),
            Invoice.state == "issued",
            InvoiceLine.net + given == 0,
        )
    )
    return frozenset(charge_id for charge_id in found if charge_id is not None)


def given_back_rows() -> Select[int | None, int, int]:
    """Return the question for each line of an issued credit note: its charge, net and VAT."""
    billed, credit_line = aliased(InvoiceLine), aliased(InvoiceLine)
    return (
        select(
            billed.charge_id.label("charge_id"),
            credit_line.net.label("net"),
            credit_line.vat.label("vat"),
        )
        .join(credit_line, credit_line.credits_line_id == billed.id)
        .join(Invoice, (Invoice.id == credit_line.invoice_id) & (Invoice.state == "issued"))
        .where(credit_line.credits_line_id.is_not(None))
    )


credit_with(credit_charges)
credits_from(given_back_rows())
credited_with(credited_in_full)
