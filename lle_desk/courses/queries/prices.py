"""What a place costs a customer, and why: for the form before booking, and for booking itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lle_desk.agreements.queries import GivingBack, covering
from lle_desk.agreements.rules import Allowance, Cover, DrawSource
from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, vat_on
from lle_desk.core.ready import table_of
from lle_desk.courses.models import Course, Event
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import DatedStanding
from lle_desk.offers.models import Offer
from lle_desk.offers.queries import asked_once, band_for, price_for, route_for, scale_of, vat_for
from lle_desk.offers.rules import PriceFound, Scale, VatFound

_EVENT, _OFFER, _COURSE = table_of(Event), table_of(Offer), table_of(Course)
_SOLD = (  # what an event is sold as, and on which days; made once
    select(
        _EVENT.c.code,
        _EVENT.c.offer_id,
        _EVENT.c.first_on,
        _EVENT.c.last_on,
        _OFFER.c.supply,
        _OFFER.c.name,
        _COURSE.c.service_id,
        (_EVENT.c.offer_id != _COURSE.c.offer_id).label("is_own"),
    )
    .join(_OFFER, _OFFER.c.id == _EVENT.c.offer_id)
    .join(_COURSE, _COURSE.c.id == _EVENT.c.course_id)
    .where(_EVENT.c.id == bindparam("event"))
)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """What one place of several costs before VAT, and why: its price, or nothing when covered."""

    net: Pence
    reason: str
    is_covered: bool


@dataclass(frozen=True, slots=True)
class PlacePrice:
    """What one place on an event costs a customer, before it is booked and frozen.

    The band and its price are those of the event's first day, VAT and payment route those of
    its last, the tax point. `covers` are the customer's agreements that pay for places first.
    """

    event_id: int
    service_id: int
    offer_id: int
    supply: str
    price: PriceFound
    vat: VatFound
    route: DatedStanding
    first_on: date
    last_on: date
    scale: Scale | None
    covers: tuple[Cover, ...] = ()

    def lines(self, count: int) -> tuple[PlaceLine, ...]:
        """Return what each of `count` places costs: agreements are used first."""
        lines: list[PlaceLine] = []
        for cover in self.covers:
            for left in range(cover.left - 1, -1, -1):
                lines.append(covered_line(replace(cover, left=left)))
                if len(lines) >= count:
                    return tuple(lines[:count])
        priced_line = PlaceLine(self.price.amount, self.price.reason, is_covered=False)
        return tuple(lines + [priced_line] * (count - len(lines)))

    def gross_of(self, count: int) -> Pence:
        """Return what `count` places cost with VAT, which is rounded place by place."""
        return Pence(sum(line.net + vat_on(line.net, self.vat.rate) for line in self.lines(count)))

    @property
    def net(self) -> Pence:
        return self.price.amount

    @property
    def vat_amount(self) -> Pence:
        return vat_on(self.price.amount, self.vat.rate)

    @property
    def gross(self) -> Pence:
        return Pence(self.net + self.vat_amount)


def covered_line(cover: Cover) -> PlaceLine:
    """Return a place that an agreement pays for; `cover` as it stands after it."""
    return PlaceLine(Pence(0), f"Covered by {cover.words}"[:200], is_covered=True)


@dataclass(frozen=True, slots=True)
class NoPrice:
    """Why a place cannot be priced, and the field of the form it belongs beside."""

    why: str
    field: str


def priced(
    session: Session, event_id: int, customer_id: int, back: Sequence[int] = ()
) -> PlacePrice | NoPrice:
    """Return what a place costs a customer, or why that is not known. `back` as `place_price`."""
    try:
        return place_price(session, event_id, customer_id, back)
    except OfficerError as refusal:
        return NoPrice(str(refusal), refusal.field)


def place_price(
    session: Session, event_id: int, customer_id: int, back: Sequence[int] = ()
) -> PlacePrice:
    """Return what a place costs a customer, with all its reasons.

    `back` are places that are about to give back what they use of agreements.

    Raises:
        OfficerError: the event has no day yet, or band, price, VAT or route is not known then.
    """
    with asked_once(session):
        return _place_price(session, event_id, customer_id, back)


def _place_price(
    session: Session, event_id: int, customer_id: int, back: Sequence[int]
) -> PlacePrice:
    event = session.execute(_SOLD, {"event": event_id}).one()
    if event.first_on is None or event.last_on is None:
        raise OfficerError(f"{event.code} has no day yet. Give it a session first.", "event")
    price = price_for(session, event.offer_id, customer_id, event.first_on)
    if price is None:
        raise _no_price(session, event.name, customer_id, event.first_on, is_own=event.is_own)
    if event.is_own:
        price = replace(price, reason=f"{price.band}, the event's own price")
    vat = vat_for(session, event.supply, customer_id, event.last_on)
    if vat is None:
        raise OfficerError(
            f"The VAT of {event.supply} to {_name(session, customer_id)} on "
            f"{day_words(event.last_on)} is not known. "
            "Give the customer its VAT class, or ask finance for the code.",
            "customer",
        )
    route = route_for(session, customer_id, event.last_on)
    if route is None:
        raise OfficerError(
            f"How {_name(session, customer_id)} pays on {day_words(event.last_on)} is not known. "
            "Give the customer its payment route.",
            "customer",
        )
    return PlacePrice(
        event_id=event_id,
        service_id=event.service_id,
        offer_id=event.offer_id,
        supply=event.supply,
        price=price,
        vat=vat,
        route=route,
        first_on=event.first_on,
        last_on=event.last_on,
        scale=scale_of(session, event.offer_id),
        covers=tuple(
            covering(
                session,
                customer_id,
                event.service_id,
                Allowance.PLACES,
                event.first_on,
                GivingBack(DrawSource.PLACE, back),
            )
        ),
    )


def _name(session: Session, customer_id: int) -> str:
    return session.scalar(select(Customer.name).where(Customer.id == customer_id)) or ""


def _no_price(
    session: Session, offer: str, customer_id: int, day: date, *, is_own: bool
) -> OfficerError:
    """Return why there is no price: the customer has no band on that day, or the band no price."""
    band = band_for(session, customer_id, day)
    if band is None:
        customer = _name(session, customer_id)
        return OfficerError(
            f"{customer} has no price band on {day_words(day)}. "
            "Give it one in Customers: Change from a day.",
            "customer",
        )
    if is_own:
        return OfficerError(
            f"This event has prices of its own, and none for {band.value}. "
            "Edit the event and give that band a price.",
            "event",
        )
    return OfficerError(
        f"“{offer}” has no price for {band.value} on {day_words(day)}. "
        "Add the price to the course first.",
        "event",
    )
