"""What gives back an issued paper, or a part of it: a credit note, or a reversing recharge."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, pounds
from lle_desk.core.settings import setting
from lle_desk.core.types import clean_text
from lle_desk.invoicing.actions.drafts import find_paper, new_draft, save_draft
from lle_desk.invoicing.actions.issuing import issue
from lle_desk.invoicing.actions.requests import CreditInvoice, CreditLine, Issue, Issued
from lle_desk.invoicing.models import Invoice
from lle_desk.invoicing.queries import Creditable, creditable, head_for
from lle_desk.invoicing.rules import (
    GIVEN_BACK_BY,
    HeadValues,
    LineValues,
    credit_fault,
    credit_lines,
    totals,
    write_words,
)

MOST_LETTERS = 400  # of the reason, which is printed


def propose_credit(session: Session, ask: CreditInvoice) -> int:
    """Make a draft that gives back and return its id; the same ask finds it again.

    Raises:
        OfficerError: no reason was given, the paper is not issued, or more is asked than is
            left of a line.
    """
    known = find_paper(session, ask.client_uuid)
    if known is not None:
        return known.id
    reason = " ".join(clean_text(ask.reason).split())
    if not reason:
        raise OfficerError("Say why it is credited: the reason is printed.", "reason")
    if len(reason) > MOST_LETTERS:
        raise OfficerError(f"Give a reason of at most {MOST_LETTERS} letters.", "reason")
    billed = creditable(session, ask.invoice_id)
    lines = _credit_lines(billed, ask.lines)
    invoice = session.get_one(Invoice, ask.invoice_id)
    head = HeadValues(
        customer_name=invoice.customer_name,
        address=invoice.address,
        customer_number=invoice.customer_number,
        order_number=invoice.order_number,
        seller_words=head_for(session, invoice.customer_id, ()).seller_words,
        vat_registration=setting(session, "vat_registration", str),
        payment_words=write_words({"reason": reason}),
    )
    draft = new_draft(
        GIVEN_BACK_BY[billed.series], ask.client_uuid, invoice.customer_id, head, lines
    )
    draft.credits_id = invoice.id
    return save_draft(session, draft, lines)


def credit(session: Session, ask: CreditInvoice) -> Issued:
    """Make what gives back an issued paper and issue it; the same ask finds it again.

    Raises:
        OfficerError: as `propose_credit` and `issue`.
    """
    draft = propose_credit(session, ask)
    seen = session.get_one(Invoice, draft).version
    return issue(session, Issue(((draft, seen),), ask.issued_on))


def _credit_lines(billed: Creditable, asked: Sequence[CreditLine]) -> list[LineValues]:
    """Return the lines of the credit note.

    Raises:
        OfficerError: nothing is left, or a line gives back more than it has left.
    """
    by_id = {line.line_id: line for line in billed.lines}
    wanted = asked or [CreditLine(line.line_id, line.left) for line in billed.lines if line.left]
    if not wanted:
        raise OfficerError(f"{billed.number} was credited in full already.")
    found: list[LineValues] = []
    for one in wanted:
        if one.line_id not in by_id:
            raise OfficerError(f"{billed.number} has no such line. Look again.")
        fault = credit_fault(by_id[one.line_id], one.net)
        if fault:
            raise OfficerError(fault)
        found += credit_lines(by_id[one.line_id], one.net)
    net, vat = totals(found)
    if -(net + vat) > billed.left:
        raise OfficerError(
            f"Of {billed.number} {pounds(billed.left)} is left, {pounds(Pence(-net - vat))} was "
            "asked for. Credit less."
        )
    return found
