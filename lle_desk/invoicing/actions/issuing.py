"""Issuing: the next number of the series, every word frozen, and nothing twice."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.queries import charges_named
from lle_desk.core.anchors import write_anchor
from lle_desk.core.days import day_words, now_utc
from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence, pounds
from lle_desk.core.settings import setting
from lle_desk.invoicing.actions.drafts import (
    check_seen,
    columns,
    delete_draft,
    drafts_of,
    find_paper,
    propose,
)
from lle_desk.invoicing.actions.requests import Issue, Issued, IssuedPaper, IssueNow, Propose
from lle_desk.invoicing.models import Invoice, InvoiceSeries, PeriodLock
from lle_desk.invoicing.queries import frozen_lines, head_for
from lle_desk.invoicing.rules import INVOICES, number_words


def issue(session: Session, ask: Issue) -> Issued:
    """Give each draft the next number of its series and freeze it; return the papers.

    A draft that is issued already keeps its number: a second press issues nothing more.

    Raises:
        OfficerError: the books of that day are closed, a charge was billed or held back
            meanwhile, or a credit is larger than what is left of its invoice.
        RecordChanged: a draft was changed since it was looked at.
    """
    papers = []
    for invoice_id, seen_version in ask.drafts:
        invoice = session.get(Invoice, invoice_id)
        if invoice is None:
            raise RecordChanged("A draft was discarded meanwhile. Look again at what is left.")
        if invoice.number is None:
            check_seen(invoice, seen_version)
            _issue(session, invoice, ask.issued_on)
        papers.append(_issued_paper(invoice))
    return Issued(tuple(papers))


def issue_for(session: Session, ask: IssueNow) -> Issued:
    """Propose and issue one invoice for each customer; a second press issues nothing more.

    Drafts that were proposed for these customers go into the one invoice.

    Raises:
        OfficerError: what there is to invoice is not what was seen, or `issue` refuses.
    """
    known = [find_paper(session, uuid) for uuid in _uuids(ask)]
    if any(known):
        again = [session.get(Invoice, draft) for draft, _version in ask.drafts]
        found = [paper for paper in (*known, *again) if paper is not None and paper.number]
        return Issued(tuple(_issued_paper(paper) for paper in found))
    drafts = []
    for customer_id, client_uuid in zip(ask.customer_ids, _uuids(ask), strict=True):
        for invoice in drafts_of(session, customer_id):
            delete_draft(session, invoice)
        draft = propose(session, Propose(client_uuid, customer_id, (), ask.up_to))
        drafts.append((draft, session.get_one(Invoice, draft).version))
    chosen = (*drafts, *ask.drafts)
    _check_total(session, [draft for draft, _version in chosen], ask.seen_total)
    return issue(session, Issue(tuple(chosen), ask.issued_on))


def _uuids(ask: IssueNow) -> list[str]:
    """Return the client_uuid of each customer's invoice, the same for the same press."""
    named = (f"{ask.client_uuid}/{customer_id}" for customer_id in ask.customer_ids)
    return [str(uuid5(NAMESPACE_OID, name)) for name in named]


def _issue(session: Session, invoice: Invoice, issued_on: date) -> None:
    """Give the draft its number and freeze its words as they stand on this day."""
    _check_period(session, issued_on)
    lines = frozen_lines(session, invoice.id)
    if invoice.series == INVOICES:
        named = [one.charge_id for one in lines if one.charge_id is not None]
        charges = charges_named(session, named)
        for name, words in columns(head_for(session, invoice.customer_id, charges)).items():
            setattr(invoice, name, words)
        if invoice.total < 0:
            raise OfficerError(
                f"The invoice of {invoice.customer_name} comes to {pounds(Pence(invoice.total))}. "
                "Wait for more charges, or credit the invoice that was too high."
            )
        due_days = setting(session, "invoice_due_days", int)
        invoice.due_on = issued_on + timedelta(days=due_days)
    invoice.number = session.scalars(
        select(InvoiceSeries.next_number).where(InvoiceSeries.series == invoice.series)
    ).one()
    invoice.state = "issued"
    invoice.issued_on = issued_on
    invoice.issued_at = now_utc()
    invoice.issued_by = acting(session).officer
    write_anchor(session, number_words(invoice.series, invoice.number))


def _check_period(session: Session, issued_on: date) -> None:
    locked_to = session.scalar(select(PeriodLock.locked_to))
    if locked_to is not None and issued_on <= locked_to:
        raise OfficerError(
            f"The books are closed up to {day_words(locked_to)}. Issue with a later date.",
            "issued_on",
        )


def _check_total(session: Session, drafts: Sequence[int], seen_total: Pence | None) -> None:
    """Refuse when what would be issued is not what the officer saw and agreed to."""
    total = sum(session.get_one(Invoice, draft).total for draft in drafts)
    if seen_total is not None and total != seen_total:
        raise RecordChanged(
            f"These charges come to {pounds(Pence(total))} now, not {pounds(seen_total)}: another "
            "desk changed them. Nothing was issued; look again."
        )


def _issued_paper(invoice: Invoice) -> IssuedPaper:
    number = number_words(invoice.series, invoice.number or 0)
    return IssuedPaper(invoice.id, number, invoice.customer_name, Pence(invoice.total))
