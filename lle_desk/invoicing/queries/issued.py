"""The papers that were issued, what is left to credit of them, and what a customer owes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import BasisPoints, Pence
from lle_desk.customers.rules import Route
from lle_desk.invoicing.models import Invoice, InvoiceLine, InvoiceSeries
from lle_desk.invoicing.rules import CREDITS, INVOICES, BilledLine, number_words

TYPED_NUMBER = re.compile(r"^(?:(?P<series>[a-z]{3})?[ -]*0*)?(?P<number>[1-9]\d*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One issued paper. `credited` is what later papers gave back of it.

    Amounts of what gives back are below nought, and `credits_number` names what it takes back.
    """

    id: int
    series: str
    number: str
    issued_on: date
    due_on: date | None
    customer_id: int
    customer: str
    order_number: str
    net: Pence
    vat: Pence
    total: Pence
    credited: Pence
    credits_number: str
    issued_by: str

    @property
    def left(self) -> Pence:
        """What of an invoice or recharge is not given back; nought for what gives back."""
        return Pence(0 if self.credits_number else self.total - self.credited)


@dataclass(frozen=True, slots=True)
class Creditable:
    """An issued invoice or recharge and its lines with what is left of each."""

    invoice_id: int
    series: str
    number: str
    customer_id: int
    customer: str
    issued_on: date
    left: Pence  # with VAT
    lines: tuple[BilledLine, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """What a customer's account comes to, with VAT. Credit notes count as below nought."""

    unbilled: Pence
    held_back: Pence
    to_recharge: Pence
    invoiced: Pence
    credited: Pence


def paper_rows(session: Session, find: str = "", skip: int = 0, most: int = 200) -> list[PaperRow]:
    """Return issued papers, newest first; `find` is a number, part of a name, or an order."""
    newest = (Invoice.issued_on.desc(), Invoice.id.desc())
    page = select(Invoice.id).where(Invoice.state == "issued")
    typed = find.strip()
    number = TYPED_NUMBER.match(typed)
    if number:
        page = page.where(Invoice.number == int(number["number"]))
        if number["series"]:
            page = page.where(Invoice.series == number["series"].upper())
    elif typed:
        page = page.where(
            Invoice.customer_name.icontains(typed, autoescape=True)
            | Invoice.order_number.icontains(typed, autoescape=True)
        )
    # Only the page's own papers are asked for their credit notes.
    page = page.order_by(*newest).offset(skip).limit(most)
    found = _papers().where(Invoice.id.in_(page)).order_by(*newest)
    return [_paper_row(row) for row in session.execute(found)]


def paper_row(session: Session, invoice_id: int) -> PaperRow | None:
    """Return one issued paper, None when it is a draft still or not there."""
    row = session.execute(_papers().where(Invoice.id == invoice_id)).one_or_none()
    return _paper_row(row) if row else None


def next_number(session: Session, series: str = INVOICES) -> str:
    """Return the number that the next paper of a series takes: INV-000001."""
    number = session.scalar(select(InvoiceSeries.next_number).where(InvoiceSeries.series == series))
    return number_words(series, number or 1)


def creditable(session: Session, invoice_id: int) -> Creditable:
    """Return an issued invoice or recharge with what is left of each line.

    Raises:
        OfficerError: it is not issued yet, or it gives back itself.
    """
    invoice = session.get(Invoice, invoice_id)
    if invoice is None or invoice.number is None or invoice.issued_on is None:
        raise OfficerError("Only an issued paper can be given back; discard the draft instead.")
    if invoice.credits_id is not None:
        raise OfficerError("What gives back is not given back itself. Bill it anew instead.")
    lines = tuple(_billed_lines(session, invoice_id))
    left = sum(line.left + line.left_vat for line in lines)
    return Creditable(
        invoice_id,
        invoice.series,
        number_words(invoice.series, invoice.number),
        invoice.customer_id,
        invoice.customer_name,
        invoice.issued_on,
        Pence(left),
        lines,
    )


def customer_balance(session: Session, customer_id: int) -> Balance:
    """Return what the customer's charges and papers come to, with VAT."""
    charged = session.execute(
        select(Charge.state, Charge.route, func.sum(Charge.net + Charge.vat))
        .where(
            Charge.customer_id == customer_id,
            Charge.state.in_((str(ChargeState.UNBILLED), str(ChargeState.HELD))),
        )
        .group_by(Charge.state, Charge.route)
    ).all()
    billed = session.execute(
        select(Invoice.series, func.sum(Invoice.total))
        .where(Invoice.customer_id == customer_id, Invoice.state == "issued")
        .group_by(Invoice.series)
    )
    papers = {series: int(amount) for series, amount in billed}
    sums = {(state, route): int(amount) for state, route, amount in charged}
    return Balance(
        unbilled=Pence(sums.get((ChargeState.UNBILLED, Route.INVOICE), 0)),
        held_back=Pence(sum(sums.get((ChargeState.HELD, route), 0) for route in Route)),
        to_recharge=Pence(sums.get((ChargeState.UNBILLED, Route.RECHARGE), 0)),
        invoiced=Pence(papers.get(INVOICES, 0)),
        credited=Pence(papers.get(CREDITS, 0)),
    )


def _papers() -> Select[*tuple[Any, ...]]:
    credit, credited = aliased(Invoice), aliased(Invoice)
    given_back = (
        select(func.coalesce(-func.sum(credit.total), 0))
        .where(credit.credits_id == Invoice.id, credit.state == "issued")
        .scalar_subquery()
    )
    return (
        select(
            Invoice.id,
            Invoice.series,
            Invoice.number,
            Invoice.issued_on,
            Invoice.due_on,
            Invoice.customer_id,
            Invoice.customer_name,
            Invoice.order_number,
            Invoice.net,
            Invoice.vat,
            Invoice.total,
            given_back,
            credited.series,
            credited.number,
            Invoice.issued_by,
        )
        .outerjoin(credited, credited.id == Invoice.credits_id)
        .where(Invoice.state == "issued")
    )


def _paper_row(row: Sequence[Any]) -> PaperRow:
    named = number_words(row[12], row[13]) if row[12] else ""
    number, credited = number_words(row[1], row[2]), Pence(int(row[11]))
    values: list[Any] = [*row[:2], number, *row[3:11], credited, named, row[14]]
    return PaperRow(*values)


def _billed_lines(session: Session, invoice_id: int) -> list[BilledLine]:
    given = aliased(InvoiceLine)
    back = (
        select(
            given.credits_line_id.label("line_id"),
            func.sum(given.net).label("net"),
            func.sum(given.vat).label("vat"),
        )
        .join(Invoice, Invoice.id == given.invoice_id)
        .where(Invoice.credits_id == invoice_id, Invoice.state == "issued")
        .group_by(given.credits_line_id)
        .subquery()
    )
    found = (
        select(InvoiceLine, func.coalesce(back.c.net, 0), func.coalesce(back.c.vat, 0))
        .outerjoin(back, back.c.line_id == InvoiceLine.id)
        .where(InvoiceLine.invoice_id == invoice_id)
        .order_by(InvoiceLine.line_number)
    )
    return [_billed_line(*row) for row in session.execute(found)]


def _billed_line(line: InvoiceLine, net: int, vat: int) -> BilledLine:
    return BilledLine(
        line_id=line.id,
        number=line.line_number,
        description=line.description,
        tax_point_on=line.tax_point_on,
        quantity=line.quantity,
        unit_price=Pence(line.unit_price),
        net=Pence(line.net),
        vat=Pence(line.vat),
        vat_code=line.vat_code,
        vat_rate=BasisPoints(line.vat_rate),
        vat_reason=line.vat_reason,
        credited_net=Pence(-int(net)),
        credited_vat=Pence(-int(vat)),
    )
