"""Agreements and what was used of them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.agreements.rules import Allowance, DrawSource
from lle_desk.core.db import Base
from lle_desk.core.records import (
    PERSONAL,
    UNAUDITED,
    Recorded,
    day_checks,
    flag_checks,
    one_of,
    record_checks,
    text_check,
    text_checks,
    with_strict,
)
from lle_desk.core.types import Day, Flag, Money, Whole, Words
from lle_desk.customers import models as _customers  # noqa: F401  (agreement refers to customer)
from lle_desk.offers import models as _offers  # noqa: F401  (agreement refers to offer)

COUNTED = text("NOT is_returned")


class Agreement(Recorded, Base):
    """What a customer pays for an offer from a day to a day, both counted. Printed as A-00012.

    `units` is the allowance, in half days for consultancy; `used` is counted by triggers and
    never above it. What is used more is priced.
    """

    __tablename__ = "agreement"
    __table_args__ = with_strict(
        record_checks(),
        text_check("title", 120),
        day_checks("starts_on", "ends_on", "cancelled_on"),
        CheckConstraint("starts_on <= ends_on", name="ends_on_after_starts_on"),
        CheckConstraint("price between 0 and 100000000", name="price_sensible"),
        one_of("allowance", Allowance),
        CheckConstraint("units between 0 and 100000", name="units_sensible"),
        CheckConstraint("(allowance = 'none') = (units = 0)", name="units_of_allowance"),
        CheckConstraint("used between 0 and units", name="not_over_used"),
        CheckConstraint("cancelled_on is null or cancelled_reason <> ''", name="cancelled_why"),
        text_checks(400, "cancelled_reason"),
        text_checks(60, "order_number"),
        text_checks(4000, "notes"),
        flag_checks("is_demo"),
        Index(None, "customer_id", "ends_on"),
        Index(None, "ends_on"),
    )

    number: Mapped[int] = mapped_column(Whole, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    title: Mapped[str] = mapped_column(Words)
    starts_on: Mapped[date] = mapped_column(Day)
    ends_on: Mapped[date] = mapped_column(Day)
    price: Mapped[int] = mapped_column(Money)
    allowance: Mapped[str] = mapped_column(Words)
    units: Mapped[int] = mapped_column(Whole)
    used: Mapped[int] = mapped_column(Whole, server_default="0", info=UNAUDITED)
    order_number: Mapped[str] = mapped_column(Words, default="")
    notes: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    cancelled_on: Mapped[date | None] = mapped_column(Day)  # the first day it covers nothing
    cancelled_reason: Mapped[str] = mapped_column(Words, default="")
    is_demo: Mapped[bool] = mapped_column(Flag, default=False)


class AgreementDraw(Recorded, Base):
    """What one record used of an agreement; returned, it counts no more and stays to be read."""

    __tablename__ = "agreement_draw"
    __table_args__ = with_strict(
        record_checks(),
        CheckConstraint("units between 1 and 10000", name="units_some"),
        one_of("source", DrawSource),
        day_checks("drawn_on"),
        flag_checks("is_returned"),
        Index(None, "agreement_id"),
        Index(
            "uq_agreement_draw_once",
            "source",
            "source_id",
            unique=True,
            sqlite_where=COUNTED,
            postgresql_where=COUNTED,
        ),
    )

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    units: Mapped[int] = mapped_column(Whole)
    source: Mapped[str] = mapped_column(Words)
    source_id: Mapped[int] = mapped_column(Whole)
    drawn_on: Mapped[date] = mapped_column(Day)  # the day of what was used
    is_returned: Mapped[bool] = mapped_column(Flag, default=False)
