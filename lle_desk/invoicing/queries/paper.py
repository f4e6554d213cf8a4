"""What a paper says: of an issued one from its frozen words only, of a draft as it would print."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.queries import ChargeRow, unbilled_charges
from lle_desk.charges.rules import ChargeState
from lle_desk.core.anchors import anchor_of
from lle_desk.core.days import now_utc
from lle_desk.core.money import BasisPoints, Pence
from lle_desk.core.settings import setting
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import Route
from lle_desk.invoicing.models import Invoice, InvoiceLine
from lle_desk.invoicing.papers import (
    Bank,
    CodeReason,
    InvoicePaper,
    PaperKind,
    PaperLine,
    VatRow,
)
from lle_desk.invoicing.rules import (
    CREDITS,
    INVOICES,
    RECHARGES,
    HeadValues,
    LineValues,
    address_for,
    customer_number,
    number_words,
    order_words,
    read_words,
    totals,
    with_order,
    write_words,
)
from lle_desk.paper.sender import WOODLANDS, Sender

URN = " · URN "
NOTE = (
    "VAT is rounded to the penny on each line. An issued invoice is never changed: "
    "a mistake is put right by a credit note that names it."
)
RECHARGE_NOTE = (
    "Charged to your cost centre by journal inside the county council: nothing is to be paid."
)
REVERSAL_NOTE = (
    "Given back to your cost centre by journal inside the county council: nothing is to be paid."
)
KINDS = {
    INVOICES: PaperKind.INVOICE,
    CREDITS: PaperKind.CREDIT_NOTE,
    RECHARGES: PaperKind.RECHARGE,
}
JOURNAL_NOTES = {PaperKind.RECHARGE: RECHARGE_NOTE, PaperKind.REVERSAL: REVERSAL_NOTE}


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """Which paper a screen asks for: one that is saved, else a customer's as it would print."""

    invoice_id: int = 0
    customer_id: int = 0
    up_to: date = date.max
    on: date = date.max


def wanted_paper(session: Session, wanted: WantedPaper) -> tuple[WantedPaper, InvoicePaper | None]:
    """Return what was asked for with its paper, None when there is nothing to invoice."""
    if wanted.invoice_id:
        return wanted, paper_of(session, wanted.invoice_id)
    return wanted, draft_preview(session, wanted.customer_id, wanted.up_to, wanted.on)


def chosen_charges(
    session: Session, customer_id: int, up_to: date | None = None
) -> list[ChargeRow]:
    """Return what the customer's next invoice takes: unbilled, not held back, not recharged."""
    return unbilled_charges(
        session,
        customer_id=customer_id,
        route=Route.INVOICE,
        until=up_to,
        states=(ChargeState.UNBILLED,),
    )


def draft_preview(session: Session, customer_id: int, up_to: date, on: date) -> InvoicePaper | None:
    """Return the customer's invoice as it would print if issued `on` that day.

    Nothing is saved. None when there is nothing to invoice up to and including `up_to`.
    """
    charges = chosen_charges(session, customer_id, up_to)
    if not charges:
        return None
    lines = lines_for(charges)
    due_on = on + timedelta(days=setting(session, "invoice_due_days", int))
    return _paper(INVOICES, head_for(session, customer_id, charges), lines, on, due_on)


def paper_of(session: Session, invoice_id: int) -> InvoicePaper:
    """Return what an invoice or credit note prints; of an issued one, its frozen words only.

    Raises:
        LookupError: there is none of that id.
    """
    invoice = session.get(Invoice, invoice_id)
    if invoice is None:
        raise LookupError(f"There is no paper {invoice_id}")
    on = invoice.issued_on or now_utc().date()
    lines = frozen_lines(session, invoice_id)
    number = None
    if invoice.number is not None:
        number = number_words(invoice.series, invoice.number)
    credited = session.get(Invoice, invoice.credits_id) if invoice.credits_id else None
    head = head_of(invoice)
    paper = _paper(invoice.series, head, lines, on, invoice.due_on, number, credited)
    mark = anchor_of(session, number) if number else None
    return replace(paper, foot=f"Record {mark.words} · {paper.foot}") if mark else paper


def papers_of(session: Session, invoice_ids: Sequence[int]) -> list[InvoicePaper]:
    """Return what several papers print, in the order asked for."""
    return [paper_of(session, invoice_id) for invoice_id in invoice_ids]


def head_for(session: Session, customer_id: int, charges: Sequence[ChargeRow]) -> HeadValues:
    """Return the words of a paper for this customer as they stand now."""
    customer = session.get_one(Customer, customer_id)
    places = (customer.street, customer.locality, customer.address3)
    return HeadValues(
        customer_name=customer.name,
        address="\n".join(address_for(customer.name, places, customer.town, customer.postcode)),
        customer_number=customer_number(customer_id, customer.urn),
        order_number=order_words(charge.order_number for charge in charges),
        seller_words=_seller_words(session),
        vat_registration=setting(session, "vat_registration", str),
        payment_words=_payment_words(session),
    )


def lines_for(charges: Sequence[ChargeRow]) -> tuple[LineValues, ...]:
    """Return one line for each charge, in its own words."""
    orders = [charge.order_number for charge in charges]
    return tuple(
        LineValues(
            description=charge.description,
            detail=with_order(charge.detail, charge.order_number, orders),
            tax_point_on=charge.tax_point_on,
            quantity=charge.quantity,
            unit_price=charge.unit_price,
            vat_code=charge.vat_code,
            vat_rate=charge.vat_rate,
            vat_reason=charge.vat_reason,
            charge_id=charge.id,
        )
        for charge in charges
    )


def frozen_lines(session: Session, invoice_id: int) -> tuple[LineValues, ...]:
    """Return the lines of a paper as they are stored."""
    found = (
        select(InvoiceLine)
        .where(InvoiceLine.invoice_id == invoice_id)
        .order_by(InvoiceLine.line_number)
    )
    return tuple(
        LineValues(
            description=line.description,
            detail=line.detail,
            tax_point_on=line.tax_point_on,
            quantity=line.quantity,
            unit_price=Pence(line.unit_price),
            vat_code=line.vat_code,
            vat_rate=BasisPoints(line.vat_rate),
            vat_reason=line.vat_reason,
            charge_id=line.charge_id,
            credits_line_id=line.credits_line_id,
        )
        for line in session.scalars(found)
    )


def head_of(invoice: Invoice) -> HeadValues:
    """Return the words of a paper as they are stored."""
    return HeadValues(
        customer_name=invoice.customer_name,
        address=invoice.address,
        customer_number=invoice.customer_number,
        order_number=invoice.order_number,
        seller_words=invoice.seller_words,
        vat_registration=invoice.vat_registration,
        payment_words=invoice.payment_words,
    )


def _seller_words(session: Session) -> str:
    return write_words(
        {
            "seller": setting(session, "seller_body", str),
            "foot": setting(session, "seller_name", str),
            "name": WOODLANDS.name,
            "office": WOODLANDS.office,
            "place": WOODLANDS.place,
            "telephone": setting(session, "seller_telephone", str),
            "email": setting(session, "seller_email", str),
            "note": NOTE,
        }
    )


def _payment_words(session: Session) -> str:
    return write_words(
        {
            "terms": f"{setting(session, 'invoice_due_days', int)} days",
            "payee": setting(session, "bank_payee", str),
            "sort code": setting(session, "bank_sort_code", str),
            "account": setting(session, "bank_account", str),
            "email": setting(session, "income_email", str),
        }
    )


def _paper(
    series: str,
    head: HeadValues,
    lines: Sequence[LineValues],
    on: date,
    due_on: date | None,
    number: str | None = None,
    credited: Invoice | None = None,
) -> InvoicePaper:
    seller, payment = read_words(head.seller_words), read_words(head.payment_words)
    net, vat = totals(lines)
    named, _, urn = head.customer_number.partition(URN)
    kind = PaperKind.REVERSAL if series == RECHARGES and credited else KINDS[series]
    return InvoicePaper(
        kind=kind,
        number=number,
        issued_on=on,
        due_on=due_on if series == INVOICES else None,
        terms=payment.get("terms", "") if series == INVOICES else "",
        address=tuple(head.address.splitlines()),
        order_number=head.order_number,
        customer=named,
        customer_name=head.customer_name,
        urn=urn,
        lines=tuple(_line(line, series) for line in lines),
        vat_rows=_vat_rows(lines),
        reasons=_reasons(lines),
        net=net,
        vat=vat,
        total=Pence(net + vat),
        seller=seller.get("seller", head.seller_words),
        vat_registration=head.vat_registration,
        bank=_bank(payment),
        credits_number=number_words(credited.series, credited.number or 0) if credited else "",
        credits_on=credited.issued_on if credited else None,
        credit_reason=payment.get("reason", ""),
        note=JOURNAL_NOTES.get(kind) or seller.get("note", ""),
        foot=seller.get("foot", ""),
        sender=_sender(seller),
    )


def _line(line: LineValues, series: str) -> PaperLine:
    return PaperLine(
        tax_point=line.tax_point_on,
        text=line.description,
        detail=line.detail,
        quantity=f"{line.quantity:,}",
        unit=line.unit_price,
        net=line.net,
        code=line.vat_code,
        vat=line.vat,
        strong=series == INVOICES and line.net < 0,
    )


def _vat_rows(lines: Sequence[LineValues]) -> tuple[VatRow, ...]:
    """Return what each code at each rate comes to, in the order they first appear."""
    found = dict.fromkeys((line.vat_code, line.vat_words) for line in lines)
    rows = []
    for code, words in found:
        net, vat = totals([one for one in lines if (one.vat_code, one.vat_words) == (code, words)])
        rows.append(VatRow(code, words, net, vat))
    return tuple(rows)


def _reasons(lines: Sequence[LineValues]) -> tuple[CodeReason, ...]:
    """Return for each code the sentences that say why it is used on this paper."""
    why: dict[str, dict[str, None]] = {}
    for line in lines:
        if line.vat_reason:
            why.setdefault(line.vat_code, {})[line.vat_reason] = None
    return tuple(CodeReason(code, " ".join(sentences)) for code, sentences in why.items())


def _bank(payment: dict[str, str]) -> Bank | None:
    if "account" not in payment:
        return None
    return Bank(
        payment.get("payee", ""),
        payment.get("sort code", ""),
        payment["account"],
        payment.get("email", ""),
    )


def _sender(seller: dict[str, str]) -> Sender:
    named = (seller.get(name, "") for name in ("name", "office", "place", "telephone", "email"))
    return Sender(*named) if "name" in seller else WOODLANDS
