"""Invoices, credit notes and recharge journals: drafts that become papers nobody can change."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.charges import models as _charges  # noqa: F401  (a line refers to its charge)
from lle_desk.core.db import Base
from lle_desk.core.records import (
    STRICT,
    Recorded,
    day_checks,
    one_of,
    record_checks,
    text_check,
    text_checks,
    with_strict,
)
from lle_desk.core.types import Day, Key, Money, UtcMoment, Whole, Words
from lle_desk.offers.rules import VatCode

SERIES = ("INV", "CRN", "RCH")
STATES = ("draft", "issued")


class InvoiceSeries(Base):
    """The next number of a series. It rises by one, and only by issuing."""

    __tablename__ = "invoice_series"
    __table_args__ = (
        one_of("series", SERIES),
        CheckConstraint("next_number >= 1", name="next_number_counts"),
        STRICT | {"sqlite_autoincrement": False},
    )

    series: Mapped[str] = mapped_column(Words, primary_key=True)
    next_number: Mapped[int] = mapped_column(Whole)


class Invoice(Recorded, Base):
    """A paper that asks for money or gives it back; numbered and frozen when issued.

    What a paper gives back, it names: a credit note its invoice, a reversing recharge the recharge
    it takes back. Its words are copies: a customer who moves house does not change what was sent.
    """

    __tablename__ = "invoice"
    __table_args__ = with_strict(
        record_checks(),
        one_of("state", STATES),
        UniqueConstraint("series", "number"),
        CheckConstraint("(state = 'draft') = (number is null)", name="number_when_issued"),
        CheckConstraint("(state = 'draft') = (issued_at is null)", name="time_when_issued"),
        CheckConstraint("state = 'draft' or due_on >= issued_on", name="due_after_issue"),
        CheckConstraint(
            "series = 'RCH' or (series = 'CRN') = (credits_id is not null)",
            name="credit_names_it",
        ),
        CheckConstraint("total = net + vat", name="total_adds_up"),
        text_check("customer_name", 200),
        text_check("address", 1000, least=0),
        text_checks(60, "order_number", "customer_number", "issued_by"),
        text_checks(1000, "seller_words", "vat_registration", "payment_words"),
        day_checks("issued_on", "due_on"),
        Index(None, "customer_id"),
        Index(None, "credits_id"),
        Index(None, "issued_on"),
    )

    series: Mapped[str] = mapped_column(ForeignKey("invoice_series.series"))
    number: Mapped[int | None] = mapped_column(Whole)
    state: Mapped[str] = mapped_column(Words)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    credits_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"))
    customer_name: Mapped[str] = mapped_column(Words)
    address: Mapped[str] = mapped_column(Words)  # one printed line a line
    customer_number: Mapped[str] = mapped_column(Words)
    order_number: Mapped[str] = mapped_column(Words, default="")
    seller_words: Mapped[str] = mapped_column(Words)
    vat_registration: Mapped[str] = mapped_column(Words)
    payment_words: Mapped[str] = mapped_column(Words, default="")
    net: Mapped[int] = mapped_column(Money)
    vat: Mapped[int] = mapped_column(Money)
    total: Mapped[int] = mapped_column(Money)
    issued_on: Mapped[date | None] = mapped_column(Day)
    due_on: Mapped[date | None] = mapped_column(Day)
    issued_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    issued_by: Mapped[str] = mapped_column(Words, default="")


class InvoiceLine(Recorded, Base):
    """One printed line. A charge is on one line only; a credit names the line it gives back."""

    __tablename__ = "invoice_line"
    __table_args__ = with_strict(
        record_checks(),
        one_of("vat_code", VatCode),
        text_check("description", 300),
        text_check("detail", 400, least=0),
        text_check("vat_words", 60),
        text_check("vat_reason", 200, least=0),
        day_checks("tax_point_on"),
        CheckConstraint("net = quantity * unit_price", name="net_follows"),
        CheckConstraint(
            "abs(vat) = (abs(net) * vat_rate + 5000) / 10000 and vat * net >= 0",
            name="vat_follows",
        ),
        UniqueConstraint("invoice_id", "line_number"),
        Index(None, "credits_line_id"),
    )

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
    line_number: Mapped[int] = mapped_column(Whole)
    charge_id: Mapped[int | None] = mapped_column(ForeignKey("charge.id"), unique=True)
    credits_line_id: Mapped[int | None] = mapped_column(ForeignKey("invoice_line.id"))
    description: Mapped[str] = mapped_column(Words)
    detail: Mapped[str] = mapped_column(Words, default="")
    tax_point_on: Mapped[date] = mapped_column(Day)
    quantity: Mapped[int] = mapped_column(Whole)
    unit_price: Mapped[int] = mapped_column(Money)
    net: Mapped[int] = mapped_column(Money)
    vat_code: Mapped[str] = mapped_column(Words)
    vat_words: Mapped[str] = mapped_column(Words)
    vat_rate: Mapped[int] = mapped_column(Whole)
    vat_reason: Mapped[str] = mapped_column(Words, default="")
    vat: Mapped[int] = mapped_column(Money)


class PeriodLock(Base):
    """The day up to which the books are closed: nothing is issued with an earlier date."""

    __tablename__ = "period_lock"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        *day_checks("locked_to"),
        STRICT | {"sqlite_autoincrement": False},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    locked_to: Mapped[date] = mapped_column(Day)
