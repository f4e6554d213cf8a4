"""What invoices and credit notes say. Plain values, frozen when the invoice was issued."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lle_desk.core.money import Pence
from lle_desk.paper.sender import WOODLANDS, Sender


class PaperKind(StrEnum):
    """Which paper it is; what gives back carries amounts below zero and names what it takes back.

    A recharge note tells a part of the council what its cost centre was charged by journal; a
    reversing recharge is the line of the journal that takes it back.
    """

    INVOICE = "invoice"
    CREDIT_NOTE = "credit note"
    RECHARGE = "recharge note"
    REVERSAL = "reversing recharge"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One printed line. `net` and `vat` are for the whole line, rounded once, on the line."""

    tax_point: date
    text: str
    detail: str
    quantity: str  # "72", "1.5"
    unit: Pence
    net: Pence
    code: str
    vat: Pence
    strong: bool = False  # tinted and strong: a deposit taken off, an amount credited


@dataclass(frozen=True, slots=True)
class VatRow:
    """What one VAT code comes to on this paper, and what the code is called."""

    code: str
    name: str  # "standard rate 20 %"
    net: Pence
    vat: Pence


@dataclass(frozen=True, slots=True)
class CodeReason:
    """Why a VAT code is used on this paper, in a sentence."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Bank:
    """Where the money goes."""

    payee: str
    sort_code: str
    account: str
    email: str  # where to say that it was paid


@dataclass(frozen=True, slots=True)
class InvoicePaper:
    """All that an invoice or credit note prints.

    `number` is None for a draft: drafts have no number until they are issued, say so across
    the paper, and have no remittance slip. `due_on` is None when nothing is to be paid.
    """

    kind: PaperKind
    number: str | None
    issued_on: date
    due_on: date | None
    terms: str  # "28 days"
    address: tuple[str, ...]
    order_number: str
    customer: str  # "C-00522"
    customer_name: str
    urn: str
    lines: tuple[PaperLine, ...]
    vat_rows: tuple[VatRow, ...]
    reasons: tuple[CodeReason, ...]
    net: Pence
    vat: Pence
    total: Pence
    seller: str  # "Lancashire County Council"
    vat_registration: str  # "GB 000 0000 00"
    bank: Bank | None = None
    credits_number: str = ""  # the paper that this one gives back
    credits_on: date | None = None  # the day that paper was issued
    credit_reason: str = ""
    note: str = (
        "VAT is rounded to the penny on each line. An issued invoice is never changed: "
        "a mistake is put right by a credit note that names it."
    )
    foot: str = "Lancashire County Council, for Lancashire Learning Excellence"
    sender: Sender = WOODLANDS
