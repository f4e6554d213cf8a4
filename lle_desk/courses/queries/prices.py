"""What a place costs a customer, and why: for the form before booking, and for booking itself."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lle_desk.agreements.queries import covering
from lle_desk.agreements.rules import Allowance, Cover
from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, vat_on
from lle_desk.courses.models import Course, Event
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import DatedStanding
from lle_desk.offers.models import Offer
from lle_desk.offers.queries import band_for, price_for, route_for, scale_of, vat_for
from lle_desk.offers.rules import PriceFound, Scale, VatFound


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


def priced(session: Session, event_id: int, customer_id: int) -> PlacePrice | NoPrice:
    """Return what a place costs a customer, or why that is not known."""
    try:
        return place_price(session, event_id, customer_id)
    except OfficerError as refusal:
        return NoPrice(str(refusal), refusal.field)


def place_price(session: Session, event_id: int, customer_id: int) -> PlacePrice:
    """Return what a place costs a customer, with all its reasons.

    Raises:
        OfficerError: the event has no day yet, or band, price, VAT or route is not known then.
    """
    event = session.execute(_sold(event_id)).one()
    if event.first_on is None or event.last_on is None:
        raise OfficerError(f"{event.code} has no day yet. Give it a session first.", "event")
    name = session.scalar(select(Customer.name).where(Customer.id == customer_id)) or ""
    price = _price(session, event.offer_id, event.name, customer_id, name, event.first_on)
    vat = vat_for(session, event.supply, customer_id, event.last_on)
    if vat is None:
        raise OfficerError(
            f"The VAT of {event.supply} to {name} on {day_words(event.last_on)} is not known. "
            "Give the customer its VAT class, or ask finance for the code.",
            "customer",
        )
    route = route_for(session, customer_id, event.last_on)
    if route is None:
        raise OfficerError(
            f"How {name} pays on {day_words(event.last_on)} is not known. "
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
            covering(session, customer_id, event.service_id, Allowance.PLACES, event.first_on)
        ),
    )


def _sold(event_id: int) -> Select[*tuple[Any, ...]]:
    """Return the question for what an event is sold as, and on which days."""
    return (
        select(
            Event.code,
            Event.offer_id,
            Event.first_on,
            Event.last_on,
            Offer.supply,
            Offer.name,
            Course.service_id,
        )
        .join(Offer, Offer.id == Event.offer_id)
        .join(Course, Course.id == Event.course_id)
        .where(Event.id == event_id)
    )


def _price(
    session: Session, offer_id: int, offer: str, customer_id: int, customer: str, day: date
) -> PriceFound:
    found = price_for(session, offer_id, customer_id, day)
    if found is not None:
        return found
    band = band_for(session, customer_id, day)
    if band is None:
        raise OfficerError(
            f"{customer} has no price band on {day_words(day)}. Give it one first.", "customer"
        )
    raise OfficerError(
        f"“{offer}” has no price for {band.value} on {day_words(day)}. "
        "Add the price to the course first.",
        "event",
    )
