"""The list of billable lines. A charge is a fact, an invoice is a paper."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.db import Base
from lle_desk.core.records import (
    PERSONAL,
    Recorded,
    day_checks,
    one_of,
    record_checks,
    text_check,
    text_checks,
    with_strict,
)
from lle_desk.core.types import Day, Money, Whole, Words
from lle_desk.customers import models as _customers  # noqa: F401  (charge refers to customer)
from lle_desk.customers.rules import Band, Route
from lle_desk.offers import models as _offers  # noqa: F401  (charge refers to offer)
from lle_desk.offers.rules import Supply, VatCode


class Charge(Recorded, Base):
    """One billable line made by a booking. Price, VAT and their reasons are frozen on it.

    Once billed it never changes. `source` and `source_id` name the record that made it, so
    every charge opens its booking.
    """

    __tablename__ = "charge"
    __table_args__ = with_strict(
        record_checks(),
        one_of("source", Source),
        one_of("state", ChargeState),
        one_of("band", Band),
        one_of("supply", Supply),
        one_of("vat_code", VatCode),
        one_of("route", Route),
        text_check("description", 300),
        text_check("detail", 400, least=0),
        text_checks(200, "price_reason", "vat_reason", "route_reason", "hold_reason"),
        text_checks(60, "order_number"),
        day_checks("tax_point_on"),
        CheckConstraint("quantity <> 0", name="quantity_some"),
        CheckConstraint("net = quantity * unit_price", name="net_follows"),
        CheckConstraint("vat_rate between 0 and 10000", name="vat_rate_sensible"),
        CheckConstraint(
            "abs(vat) = (abs(net) * vat_rate + 5000) / 10000 and vat * net >= 0",
            name="vat_follows",
        ),
        CheckConstraint("state <> 'held back' or hold_reason <> ''", name="held_why"),
        Index(None, "customer_id", "state"),
        Index(None, "source", "source_id"),
        Index(None, "state", "tax_point_on"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    source: Mapped[str] = mapped_column(Words)
    source_id: Mapped[int] = mapped_column(Whole)
    state: Mapped[str] = mapped_column(Words)
    hold_reason: Mapped[str] = mapped_column(Words, default="")
    description: Mapped[str] = mapped_column(Words)
    detail: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)  # names the delegate
    quantity: Mapped[int] = mapped_column(Whole)
    unit_price: Mapped[int] = mapped_column(Money)
    net: Mapped[int] = mapped_column(Money)
    vat: Mapped[int] = mapped_column(Money)
    band: Mapped[str] = mapped_column(Words)
    price_reason: Mapped[str] = mapped_column(Words)
    supply: Mapped[str] = mapped_column(Words)
    vat_code: Mapped[str] = mapped_column(Words)
    vat_rate: Mapped[int] = mapped_column(Whole)
    vat_reason: Mapped[str] = mapped_column(Words)
    route: Mapped[str] = mapped_column(Words)
    route_reason: Mapped[str] = mapped_column(Words)
    tax_point_on: Mapped[date] = mapped_column(Day)
    order_number: Mapped[str] = mapped_column(Words, default="")
