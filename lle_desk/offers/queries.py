"""What an offer costs a customer on a day, its VAT, and what cancelling costs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lle_desk.core.money import BasisPoints, Pence
from lle_desk.core.ready import table_of
from lle_desk.customers.models import CustomerStanding
from lle_desk.customers.rules import DatedStanding, Standing, standing_on
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

T = TypeVar("T")
_ANSWERS = "answers of prices and standings"

# Asked for every place that is booked: made once, since making them takes longer than asking.
_STANDING, _PRICE, _RULE = (table_of(one).c for one in (CustomerStanding, Price, VatRule))
_RATE, _OFFER, _SCALE = (table_of(one).c for one in (VatCodeRate, Offer, CancellationScale))
_STEP = table_of(CancellationStep).c
_STANDINGS = select(
    _STANDING.standing, _STANDING.value, _STANDING.valid_from, _STANDING.reason
).where(_STANDING.customer_id == bindparam("customer"))
_PRICES = (
    select(_PRICE.band, _PRICE.amount, _PRICE.valid_from)
    .where(_PRICE.offer_id == bindparam("offer"))
    .order_by(_PRICE.band, _PRICE.valid_from)
)
_RULED = (
    select(
        _RULE.supply,
        _RULE.vat_class,
        _RULE.code,
        _RULE.valid_from,
        _RULE.reason,
        _RATE.rate,
        _RATE.valid_from,
    )
    .outerjoin(table_of(VatCodeRate), _RATE.code == _RULE.code)
    .where(_RULE.supply == bindparam("supply"), _RULE.vat_class == bindparam("vat_class"))
)
_SCALED = (
    select(
        _SCALE.name,
        _SCALE.unit,
        _SCALE.free_place_fee,
        _STEP.notice_below,
        _STEP.percent,
        _STEP.base,
    )
    .join(table_of(Offer), _OFFER.scale_id == _SCALE.id)
    .outerjoin(table_of(CancellationStep), _STEP.scale_id == _SCALE.id)
    .where(_OFFER.id == bindparam("offer"))
    .order_by(_STEP.notice_below.is_(None), _STEP.notice_below)
)


@contextmanager
def asked_once(session: Session) -> Iterator[None]:
    """Ask for prices, VAT and standings once inside, however many days are charged.

    For an action that writes many charges and changes none of these.
    """
    outer = session.info.get(_ANSWERS)
    session.info[_ANSWERS] = {} if outer is None else outer
    try:
        yield
    finally:
        if outer is None:
            session.info.pop(_ANSWERS, None)


def _answer(session: Session, key: tuple[object, ...], ask: Callable[[], T]) -> T:
    known = session.info.get(_ANSWERS)
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    found: T = known[key]
    return found


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

    def ask() -> tuple[list[VatRuling], list[VatRate]]:
        found = session.execute(_RULED, asked).all()
        rates = [
            VatRate(row.code, BasisPoints(row.rate), row[6])
            for row in found
            if row.rate is not None
        ]
        return [VatRuling(*row[:5]) for row in found], rates

    rulings, rates = _answer(session, ("vat", supply, found.value), ask)
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

    def ask() -> list[DatedStanding]:
        found = session.execute(_STANDINGS, {"customer": customer_id})
        return [DatedStanding(Standing(name), *fact) for name, *fact in found]

    return standing_on(_answer(session, ("standings", customer_id), ask), standing, day)


def prices_of(session: Session, offer_id: int) -> tuple[DatedPrice, ...]:
    """Return all prices of an offer, by band and day."""

    def ask() -> tuple[DatedPrice, ...]:
        found = session.execute(_PRICES, {"offer": offer_id})
        return tuple(DatedPrice(band, Pence(amount), day) for band, amount, day in found)

    return _answer(session, ("prices", offer_id), ask)


def scale_of(session: Session, offer_id: int) -> Scale | None:
    """Return the cancellation scale of an offer, the shortest notice first."""
    rows = session.execute(_SCALED, {"offer": offer_id}).all()
    if not rows:
        return None
    name, unit, fee = rows[0][:3]
    steps = (ScaleStep(*row[3:]) for row in rows if row.percent is not None)
    return Scale(name, unit, Pence(fee), tuple(steps))
