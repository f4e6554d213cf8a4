"""Drafts: made from charges, and thrown away when they are issued anew."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lle_desk.charges.queries import ChargeRow, charges_named
from lle_desk.charges.rules import ChargeState
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.customers.rules import Route
from lle_desk.invoicing.actions.requests import Propose
from lle_desk.invoicing.models import Invoice, InvoiceLine
from lle_desk.invoicing.queries import chosen_charges, head_for, lines_for
from lle_desk.invoicing.rules import INVOICES, HeadValues, LineValues, totals


def propose(session: Session, ask: Propose) -> int:
    """Make a draft with one line for each charge and return its id; the same ask finds it again.

    Raises:
        OfficerError: there is nothing to invoice, or a charge is held back, billed, recharged,
            another customer's or on another draft.
    """
    known = find_paper(session, ask.client_uuid)
    if known is not None:
        return known.id
    if ask.charge_ids:
        charges = charges_named(session, ask.charge_ids)
    else:
        drafted = _drafted(session, ask.customer_id)
        charges = [
            row
            for row in chosen_charges(session, ask.customer_id, ask.up_to)
            if row.id not in drafted
        ]
    _check_charges(session, ask.customer_id, charges)
    head = head_for(session, ask.customer_id, charges)
    lines = lines_for(charges)
    draft = new_draft(INVOICES, ask.client_uuid, ask.customer_id, head, lines)
    return save_draft(session, draft, lines)


def find_paper(session: Session, client_uuid: str) -> Invoice | None:
    """Return the paper that this ask made before, or None."""
    return session.scalar(select(Invoice).where(Invoice.client_uuid == client_uuid))


def drafts_of(session: Session, customer_id: int) -> Sequence[Invoice]:
    """Return the draft invoices of a customer."""
    found = select(Invoice).where(
        Invoice.customer_id == customer_id, Invoice.state == "draft", Invoice.series == INVOICES
    )
    return session.scalars(found).all()


def new_draft(
    series: str,
    client_uuid: str,
    customer_id: int,
    head: HeadValues,
    lines: Sequence[LineValues],
) -> Invoice:
    """Return a draft that is not saved yet, with the totals of `lines`."""
    net, vat = totals(lines)
    return Invoice(
        client_uuid=client_uuid,
        series=series,
        state="draft",
        customer_id=customer_id,
        net=net,
        vat=vat,
        total=net + vat,
        **columns(head),
    )


def columns(head: HeadValues) -> dict[str, str]:
    """Return the words of a paper by the column that holds them."""
    return {name: getattr(head, name) for name in HeadValues.__dataclass_fields__}


def save_draft(session: Session, draft: Invoice, lines: Sequence[LineValues]) -> int:
    """Write a draft with its lines and return its id."""
    session.add(draft)
    session.flush()
    for number, line in enumerate(lines, 1):
        session.add(
            InvoiceLine(
                client_uuid=new_uuid(),
                invoice_id=draft.id,
                line_number=number,
                charge_id=line.charge_id,
                credits_line_id=line.credits_line_id,
                description=line.description,
                detail=line.detail,
                tax_point_on=line.tax_point_on,
                quantity=line.quantity,
                unit_price=line.unit_price,
                net=line.net,
                vat_code=line.vat_code,
                vat_words=line.vat_words,
                vat_rate=line.vat_rate,
                vat_reason=line.vat_reason,
                vat=line.vat,
            )
        )
    session.flush()
    return draft.id


def delete_draft(session: Session, invoice: Invoice) -> None:
    """Delete a draft and its lines."""
    session.execute(delete(InvoiceLine).where(InvoiceLine.invoice_id == invoice.id))
    session.delete(invoice)
    session.flush()


def check_seen(invoice: Invoice, seen_version: int) -> None:
    """Raise `RecordChanged` when the draft is not the one that was looked at."""
    if invoice.version != seen_version:
        raise RecordChanged("This draft was changed while you looked at it. Look again.")


def _drafted(session: Session, customer_id: int) -> frozenset[int]:
    """Return the charges that are on a draft of this customer."""
    found = (
        select(InvoiceLine.charge_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(Invoice.customer_id == customer_id, Invoice.state == "draft")
    )
    return frozenset(charge_id for charge_id in session.scalars(found) if charge_id is not None)


def _check_charges(session: Session, customer_id: int, charges: Sequence[ChargeRow]) -> None:
    """Refuse what no invoice of this customer may take."""
    if not charges:
        raise OfficerError("There is nothing to invoice up to that day. Look again.")
    drafted = _drafted(session, customer_id)
    for row in charges:
        if row.customer_id != customer_id:
            raise OfficerError(f"“{row.description}” is a charge of {row.customer}.")
        if row.state != ChargeState.UNBILLED:
            why = f": {row.hold_reason}" if row.hold_reason else ""
            raise OfficerError(f"“{row.description}” for {row.customer} is {row.state}{why}.")
        if row.route != Route.INVOICE:
            raise OfficerError(
                f"{row.customer} is recharged by journal for “{row.description}”, not invoiced."
            )
        if row.id in drafted:
            raise OfficerError(f"“{row.description}” is on another draft of {row.customer}.")
