"""The price list, finance's VAT table, and what cancelling costs."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import (
    Recorded,
    day_checks,
    flag_checks,
    one_of,
    record_checks,
    text_check,
    with_strict,
)
from lle_desk.core.types import Day, Flag, Money, Whole, Words
from lle_desk.customers.rules import Band, VatClass
from lle_desk.offers.rules import Supply, VatCode
from lle_desk.officers import models as _officers  # noqa: F401  (offer refers to service)

SCALE_UNITS = ("working days", "weeks")
SCALE_BASES = ("fee", "hire", "hire and catering", "total")


class Offer(Recorded, Base):
    """Something sold: a course place, a room's half day, a clerked meeting."""

    __tablename__ = "offer"
    __table_args__ = with_strict(
        record_checks(),
        text_check("code", 30),
        text_check("name", 200),
        one_of("supply", Supply),
        flag_checks("is_active"),
    )

    code: Mapped[str] = mapped_column(Words, unique=True)
    name: Mapped[str] = mapped_column(Words)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    supply: Mapped[str] = mapped_column(Words)
    scale_id: Mapped[int | None] = mapped_column(ForeignKey("cancellation_scale.id"))
    is_active: Mapped[bool] = mapped_column(Flag, default=True)


class Price(Recorded, Base):
    """What an offer costs one band from a day on, before VAT, for one unit."""

    __tablename__ = "price"
    __table_args__ = with_strict(
        record_checks(),
        one_of("band", Band),
        CheckConstraint("amount between 0 and 100000000", name="amount_sensible"),
        day_checks("valid_from"),
        UniqueConstraint("offer_id", "band", "valid_from"),
    )

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    band: Mapped[str] = mapped_column(Words)
    amount: Mapped[int] = mapped_column(Money)
    valid_from: Mapped[date] = mapped_column(Day)


class VatRule(Recorded, Base):
    """A row of finance's table: this supply to this VAT class has this code from a day on."""

    __tablename__ = "vat_rule"
    __table_args__ = with_strict(
        record_checks(),
        one_of("supply", Supply),
        one_of("vat_class", VatClass),
        one_of("code", VatCode),
        text_check("reason", 200),
        day_checks("valid_from"),
        UniqueConstraint("supply", "vat_class", "valid_from"),
    )

    supply: Mapped[str] = mapped_column(Words)
    vat_class: Mapped[str] = mapped_column(Words)
    code: Mapped[str] = mapped_column(Words)
    valid_from: Mapped[date] = mapped_column(Day)
    reason: Mapped[str] = mapped_column(Words)


class VatCodeRate(Recorded, Base):
    """The rate of a VAT code from a day on; 2000 basis points are 20 %."""

    __tablename__ = "vat_code_rate"
    __table_args__ = with_strict(
        record_checks(),
        one_of("code", VatCode),
        CheckConstraint("rate between 0 and 10000", name="rate_sensible"),
        day_checks("valid_from"),
        UniqueConstraint("code", "valid_from"),
    )

    code: Mapped[str] = mapped_column(Words)
    rate: Mapped[int] = mapped_column(Whole)
    valid_from: Mapped[date] = mapped_column(Day)


class CancellationScale(Recorded, Base):
    """What cancelling costs, by notice given. Copied onto each booking when it is made."""

    __tablename__ = "cancellation_scale"
    __table_args__ = with_strict(
        record_checks(),
        text_check("name", 80),
        one_of("unit", SCALE_UNITS),
        CheckConstraint("free_place_fee >= 0", name="free_place_fee_sensible"),
    )

    name: Mapped[str] = mapped_column(Words, unique=True)
    unit: Mapped[str] = mapped_column(Words)
    free_place_fee: Mapped[int] = mapped_column(Money)  # instead of the fee of a free place


class CancellationStep(Recorded, Base):
    """One row of a scale: with less notice than this, that share of that base is charged."""

    __tablename__ = "cancellation_step"
    __table_args__ = with_strict(
        record_checks(),
        one_of("base", SCALE_BASES),
        CheckConstraint("percent between 0 and 100", name="percent_sensible"),
        CheckConstraint("notice_below >= 0", name="notice_sensible"),
        UniqueConstraint("scale_id", "notice_below"),
    )

    scale_id: Mapped[int] = mapped_column(ForeignKey("cancellation_scale.id"))
    notice_below: Mapped[int | None] = mapped_column(Whole)  # None: with any notice
    percent: Mapped[int] = mapped_column(Whole)
    base: Mapped[str] = mapped_column(Words)
