"""What a visit costs, why, what pays for it, and what cancelling it costs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.agreements.queries import GivingBack, covering
from lle_desk.agreements.rules import UNITS_OF_ONE, Allowance, Cover, DrawSource, amount, paid_by
from lle_desk.charges.rules import ChargeState, given_back_words
from lle_desk.consultancy.models import VisitOffer, VisitTerm
from lle_desk.consultancy.queries.visits import visit_card
from lle_desk.consultancy.rules import VisitKind, VisitState
from lle_desk.core.days import day_words, working_days_between
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, pounds
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import DatedStanding
from lle_desk.offers.models import Offer
from lle_desk.offers.queries import band_for, price_for, prices_of, route_for, scale_of, vat_for
from lle_desk.offers.rules import (
    DatedPrice,
    PriceFound,
    Scale,
    ScaleStep,
    VatFound,
    cancellation_fee,
    step_on,
)
from lle_desk.officers.models import Service


@dataclass(frozen=True, slots=True)
class VisitPrice:
    """What a visit of so many half days costs, with its reasons.

    `cover` is an agreement that pays for it instead, or for as much of it as it has left.
    """

    offer_id: int
    supply: str
    price: PriceFound
    vat: VatFound
    route: DatedStanding
    scale: Scale | None
    units: int
    cover: Cover | None

    @property
    def net(self) -> Pence:
        """What is to pay: of a visit that is covered in part, the share that is over."""
        over = self.units - (self.cover.drawn if self.cover else 0)
        return Pence((2 * self.price.amount * over + self.units) // (2 * self.units))

    @property
    def reason(self) -> str:
        """Why it costs that, as it is frozen on the charge."""
        cover = self.cover
        if cover is None:
            return self.price.reason
        if cover.drawn == self.units:
            return f"Covered by {cover.words}"
        paid = amount(Allowance.DAYS, cover.drawn)
        return f"{paid} by {cover.words}; over-use of {pounds(self.price.amount)}"

    @property
    def words(self) -> str:
        """Return the price to be read out, or what pays for it."""
        if self.cover and self.cover.drawn == self.units:
            return self.reason
        return f"{pounds(self.net)} before VAT, {self.reason}"


@dataclass(frozen=True, slots=True)
class VisitWanted:
    """Whose visit of which kind, on which day, is to be priced.

    What `changed_id`, a visit that is there, uses of an agreement is left for it.
    """

    service_id: int
    kind: str
    customer_id: int
    day: date
    changed_id: int = 0


@dataclass(frozen=True, slots=True)
class NoPrice:
    """Why a visit cannot be priced, and the field it belongs beside."""

    why: str
    field: str


@dataclass(frozen=True, slots=True)
class VisitCost:
    """What a visit costs when its cancellation reaches us on `notice_on`, and why."""

    notice_on: date
    fee: Pence
    why: str
    given_back: str  # what becomes of its price on an issued paper, "" where none has it


@dataclass(frozen=True, slots=True)
class VisitPrices:
    """The prices of a service's visits of one kind."""

    service_id: int
    service_code: str
    kind: str
    offer_id: int
    prices: tuple[DatedPrice, ...]


def priced(session: Session, wanted: VisitWanted) -> VisitPrice | NoPrice:
    """Return what a visit costs, or why that is not known."""
    try:
        return visit_price(session, wanted)
    except OfficerError as refusal:
        return NoPrice(str(refusal), refusal.field)


def visit_price(
    session: Session, wanted: VisitWanted, used: Mapping[int, int] | None = None
) -> VisitPrice:
    """Return what a visit costs a customer, with all its reasons.

    `used` are half days of agreements, by their id, that other visits are about to draw first.

    Raises:
        OfficerError: the service has no price list for it, or band, VAT or route is not known.
    """
    day, customer_id = wanted.day, wanted.customer_id
    offer = session.execute(
        select(Offer.id, Offer.supply, Offer.name)
        .join(VisitOffer, VisitOffer.offer_id == Offer.id)
        .where(VisitOffer.service_id == wanted.service_id, VisitOffer.kind == wanted.kind)
    ).first()
    if offer is None:
        raise OfficerError(
            f"This service has no price for a {wanted.kind} yet. Give it one under Prices.", "kind"
        )
    name = session.scalar(select(Customer.name).where(Customer.id == customer_id)) or ""
    price = price_for(session, offer.id, customer_id, day)
    if price is None:
        band = band_for(session, customer_id, day)
        why = f"“{offer.name}” has no price for {band.value}" if band else f"{name} has no band"
        raise OfficerError(f"{why} on {day_words(day)}. Give it one first.", "customer_id")
    vat = vat_for(session, offer.supply, customer_id, day)
    route = route_for(session, customer_id, day)
    if vat is None or route is None:
        raise OfficerError(
            f"The VAT class or the payment route of {name} on {day_words(day)} is not known. "
            "Give the customer those first.",
            "customer_id",
        )
    scale, units = scale_of(session, offer.id), half_days(wanted.kind)
    own = (wanted.changed_id,) if wanted.changed_id else ()
    back = GivingBack(DrawSource.VISIT, own)
    covers = covering(session, customer_id, wanted.service_id, Allowance.DAYS, day, back)
    if used:
        covers = [replace(one, left=one.left - used.get(one.agreement_id, 0)) for one in covers]
    cover = paid_by(covers, units, in_part=True)
    return VisitPrice(offer.id, offer.supply, price, vat, route, scale, units, cover)


def half_days(kind: str) -> int:
    """Return what a visit uses of an agreement: a day is two, a half day or a twilight one."""
    return UNITS_OF_ONE[Allowance.DAYS] if kind == VisitKind.DAY else 1


def visit_cost(session: Session, visit_id: int, notice_on: date) -> VisitCost:
    """Return what cancelling a visit costs by the scale that was frozen on it.

    Raises:
        OfficerError: it is cancelled or done already.
    """
    card = visit_card(session, visit_id)
    if card.state in (VisitState.CANCELLED, VisitState.DONE):
        raise OfficerError(f"This visit is {card.state} already.")
    live = card.counting
    billed = [row.route for row in live if row.state == ChargeState.BILLED]
    given_back = given_back_words(billed[0]) if billed else ""
    scale = frozen_scale(session, visit_id)
    day = card.starts_at.date()
    notice = working_days_between(notice_on, day)
    said = f"{notice} working day{'' if notice == 1 else 's'} of notice"
    step = step_on(scale, notice_on, day) if scale else None
    if scale is None or step is None or not step.percent or not live:
        return VisitCost(notice_on, Pence(0), f"{said}: nothing to pay", given_back)
    net = Pence(sum(row.net for row in live))
    fee = cancellation_fee(net, step.percent, scale.free_place_fee)
    base = pounds(net or scale.free_place_fee)
    return VisitCost(notice_on, fee, f"{said}: {step.percent} % of {base}", given_back)


def visit_prices(session: Session) -> list[VisitPrices]:
    """Return the price lists of visits, by service and kind."""
    found = (
        select(Service.id, Service.code, VisitOffer.kind, VisitOffer.offer_id)
        .join(Service, Service.id == VisitOffer.service_id)
        .order_by(Service.code, VisitOffer.kind)
    )
    return [VisitPrices(*row, prices_of(session, row[3])) for row in session.execute(found)]


def frozen_scale(session: Session, visit_id: int) -> Scale | None:
    """Return the cancellation scale as it stood when the visit was booked."""
    terms = session.execute(
        select(
            VisitTerm.notice_below,
            VisitTerm.percent,
            VisitTerm.base,
            VisitTerm.unit,
            VisitTerm.free_place_fee,
        )
        .where(VisitTerm.visit_id == visit_id)
        .order_by(VisitTerm.notice_below.is_(None), VisitTerm.notice_below)
    ).all()
    if not terms:
        return None
    steps = tuple(ScaleStep(term.notice_below, term.percent, term.base) for term in terms)
    return Scale("as booked", terms[0].unit, Pence(terms[0].free_place_fee), steps)
