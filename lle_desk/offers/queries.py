"""What an offer costs a customer on a day, its VAT, and what cancelling costs."""

from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lle_desk.core.money import BasisPoints, Pence
from lle_desk.customers.models import CustomerStanding
from lle_desk.customers.rules import DatedStanding, Standing
from lle_desk.offers.models import (
    CancellationScale,
    CancellationStep,
    Offer,
    Price,
    VatCodeRate,
    VatRule,
)
from lle_desk.offers.rules import (
    DatedPrice,
    PriceFound,
    Scale,
    ScaleStep,
    VatFound,
    VatRate,
    VatRuling,
    find_price,
    find_vat,
)

# Asked for every place that is booked: made once, since making them takes longer than asking.
_STANDING = (
    select(CustomerStanding.value, CustomerStanding.valid_from, CustomerStanding.reason)
    .where(
        CustomerStanding.customer_id == bindparam("customer"),
        CustomerStanding.standing == bindparam("standing"),
        CustomerStanding.valid_from <= bindparam("day"),
    )
    .order_by(CustomerStanding.valid_from.desc())
    .limit(1)
)
_PRICES = (
    select(Price.band, Price.amount, Price.valid_from)
    .where(Price.offer_id == bindparam("offer"))
    .order_by(Price.band, Price.valid_from)
)
_RULED = select(
    VatRule.supply, VatRule.vat_class, VatRule.code, VatRule.valid_from, VatRule.reason
).where(VatRule.supply == bindparam("supply"), VatRule.vat_class == bindparam("vat_class"))
_RATES = select(VatCodeRate.code, VatCodeRate.rate, VatCodeRate.valid_from)


def price_for(session: Session, offer_id: int, customer_id: int, day: date) -> PriceFound | None:
    """Return what one unit costs a customer on `day`, with the reason to read out.

    None when the customer has no band on that day, or the band no price.
    """
    band = band_for(session, customer_id, day)
    return find_price(prices_of(session, offer_id), band.value, day) if band else None


def vat_for(session: Session, supply: str, customer_id: int, day: date) -> VatFound | None:
    """Return code, rate and reason of the VAT on a supply to a customer on `day`.

    None when the customer has no VAT class on that day, or finance's table no row for it.
    """
    found = standing_for(session, customer_id, Standing.VAT, day)
    if found is None:
        return None
    asked = {"supply": supply, "vat_class": found.value}
    rulings = [VatRuling(*row) for row in session.execute(_RULED, asked)]
    rates = [
        VatRate(code, BasisPoints(rate), valid_from)
        for code, rate, valid_from in session.execute(_RATES)
    ]
    return find_vat(rulings, rates, supply, found.value, day)


def band_for(session: Session, customer_id: int, day: date) -> DatedStanding | None:
    """Return the customer's price band on `day`, with its reason."""
    return standing_for(session, customer_id, Standing.BAND, day)


def route_for(session: Session, customer_id: int, day: date) -> DatedStanding | None:
    """Return how the customer pays on `day`, with the reason."""
    return standing_for(session, customer_id, Standing.ROUTE, day)


def standing_for(
    session: Session, customer_id: int, standing: Standing, day: date
) -> DatedStanding | None:
    """Return one of the three facts of a customer as it is on `day`."""
    asked = {"customer": customer_id, "standing": standing, "day": day}
    row = session.execute(_STANDING, asked).first()
    return DatedStanding(standing, row[0], row[1], row[2]) if row else None


def prices_of(session: Session, offer_id: int) -> tuple[DatedPrice, ...]:
    """Return all prices of an offer, by band and day."""
    found = session.execute(_PRICES, {"offer": offer_id})
    return tuple(DatedPrice(band, Pence(amount), day) for band, amount, day in found)


def scale_of(session: Session, offer_id: int) -> Scale | None:
    """Return the cancellation scale of an offer, the shortest notice first."""
    scale = session.execute(
        select(
            CancellationScale.id,
            CancellationScale.name,
            CancellationScale.unit,
            CancellationScale.free_place_fee,
        )
        .join(Offer, Offer.scale_id == CancellationScale.id)
        .where(Offer.id == offer_id)
    ).first()
    if scale is None:
        return None
    steps = session.execute(
        select(CancellationStep.notice_below, CancellationStep.percent, CancellationStep.base)
        .where(CancellationStep.scale_id == scale.id)
        .order_by(CancellationStep.notice_below.is_(None), CancellationStep.notice_below)
    )
    rows = tuple(ScaleStep(*step) for step in steps)
    return Scale(scale.name, scale.unit, Pence(scale.free_place_fee), rows)
