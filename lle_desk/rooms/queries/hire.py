"""What a room booking is charged for: hire of its rooms, catering and equipment, with prices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.queries import ChargeRow, charges_of, standing
from lle_desk.charges.rules import Source
from lle_desk.core.days import day_words, short_day, span_words, time_words
from lle_desk.core.money import BasisPoints
from lle_desk.core.settings import setting
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import ALWAYS, DatedStanding, Standing
from lle_desk.offers.models import Offer, VatCodeRate
from lle_desk.offers.queries import band_for, price_for, route_for, standing_for, vat_for
from lle_desk.offers.rules import (
    PriceFound,
    Supply,
    VatCode,
    VatFound,
    VatRate,
    VatRuling,
    find_vat,
)
from lle_desk.rooms.models import (
    CateringItem,
    CateringLine,
    Equipment,
    EquipmentLine,
    RoomBooking,
    RoomUse,
    Site,
    Space,
    SpaceRate,
)
from lle_desk.rooms.rules import Status, number_words
from lle_desk.rooms.rules.extras import charged_quantity
from lle_desk.rooms.rules.hire import HireRules, hired_parts

CHARGED = frozenset({Status.CONFIRMED, Status.COMPLETED})  # a provisional booking costs nothing
SOURCES = (Source.ROOM_USE, Source.CATERING_LINE, Source.EQUIPMENT_LINE)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that a booking is to be charged for, before it is priced.

    `source` and `source_id` name the use or the line. Its price is that of `first_on`, VAT and
    payment route are those of `last_on`, the tax point. `is_opted`: of a building whose hire
    carries VAT.
    """

    source: Source
    source_id: int
    use_id: int
    booking_id: int
    offer_id: int
    offer: str
    supply: str
    part: str
    quantity: int
    detail: str
    first_on: date
    last_on: date
    is_opted: bool

    @property
    def key(self) -> tuple[str, int, str]:
        return (str(self.source), self.source_id, self.part)


@dataclass(frozen=True, slots=True)
class DuePrice:
    """What one unit of a due costs the customer, with all reasons."""

    price: PriceFound
    vat: VatFound
    route: DatedStanding


def dues_of(session: Session, booking_id: int) -> list[Due]:
    """Return what a booking is to be charged for now; nothing unless it is confirmed.

    Sessions of courses are no hire: the course bears them.
    """
    return dues_of_many(session, [booking_id])


def dues_of_many(session: Session, booking_ids: Sequence[int]) -> list[Due]:
    """Return what these bookings are to be charged for now, in a few questions for all."""
    found = _USES.where(
        RoomUse.room_booking_id.in_(booking_ids),
        RoomBooking.source != "course",
        RoomBooking.customer_id.is_not(None),
        RoomBooking.status.in_(CHARGED),
    )
    uses = session.execute(found).all()
    if not uses:
        return []
    by_id = {use.id: use for use in uses}
    return [
        *_hire_of(session, uses),
        *_catering_of(session, by_id),
        *_equipment_of(session, by_id),
    ]


def hire_rules(session: Session) -> HireRules:
    """Return how the office tells half days, days and evenings apart."""
    hour, minute = setting(session, "hire_evening_from", str).split(":")
    return HireRules(
        setting(session, "hire_half_day_minutes", int),
        time(int(hour), int(minute)),
        setting(session, "hire_grace_minutes", int),
    )


def price_of(session: Session, customer_id: int, due: Due) -> DuePrice | str:
    """Return what a due costs a customer, or the sentence that says why that is not known."""
    price = price_for(session, due.offer_id, customer_id, due.first_on)
    day = day_words(due.first_on)
    if price is None:
        name = _name(session, customer_id)
        band = band_for(session, customer_id, due.first_on)
        if band is None:
            return f"{name} has no price band on {day}. Give it one, and it is charged."
        return f"“{due.offer}” has no price for {band.value} on {day}. Add the price first."
    vat = _vat_of(session, customer_id, due)
    route = route_for(session, customer_id, due.last_on)
    if vat is None or route is None:
        name = _name(session, customer_id)
        what = "VAT class" if vat is None else "payment route"
        return f"{name} has no {what} on {day_words(due.last_on)}. Give it one, and it is charged."
    return DuePrice(price, vat, route)


def hire_charges(session: Session, booking_id: int) -> list[ChargeRow]:
    """Return all charges that the uses and lines of a booking ever wrote, in that order."""
    return hire_charges_of_many(session, [booking_id]).get(booking_id, [])


def hire_charges_of_many(
    session: Session, booking_ids: Sequence[int]
) -> dict[int, list[ChargeRow]]:
    """Return the same for each of these bookings, in a few questions for all."""
    uses = select(RoomUse.id, RoomUse.room_booking_id).where(
        RoomUse.room_booking_id.in_(booking_ids)
    )
    sources = {Source.ROOM_USE: uses}
    for source, line in (
        (Source.CATERING_LINE, CateringLine),
        (Source.EQUIPMENT_LINE, EquipmentLine),
    ):
        its = select(line.id, RoomUse.room_booking_id).join(RoomUse, RoomUse.id == line.room_use_id)
        sources[source] = its.where(RoomUse.room_booking_id.in_(booking_ids))
    found: dict[int, list[ChargeRow]] = {}
    for source in SOURCES:
        booking_of = {row[0]: row[1] for row in session.execute(sources[source])}
        for row in charges_of(session, source, list(booking_of)):
            found.setdefault(booking_of[row.source_id], []).append(row)
    return found


def standing_charges(session: Session, charges: Iterable[ChargeRow]) -> list[ChargeRow]:
    """Return those that are charged for what is booked: not void, given back, or for cancelling."""
    return standing(session, [row for row in charges if row.supply != Supply.COMPENSATION])


def part_names(session: Session, offer_ids: Iterable[int]) -> dict[int, str]:
    """Return for what part of a day each of these offers hires out a room."""
    found = select(SpaceRate.offer_id, SpaceRate.part).where(SpaceRate.offer_id.in_(offer_ids))
    return {row[0]: row[1] for row in session.execute(found)}


_USES = (
    select(
        RoomUse.id,
        RoomUse.room_booking_id,
        RoomUse.space_id,
        RoomUse.starts_at,
        RoomUse.ends_at,
        RoomBooking.number,
        RoomBooking.title,
        Space.name,
        Site.is_opted_to_tax,
    )
    .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
    .join(Space, Space.id == RoomUse.space_id, isouter=True)
    .join(Site, Site.id == Space.site_id, isouter=True)
    .where(RoomUse.holds_space)
    .order_by(RoomUse.starts_at, RoomUse.id)
)


def _hire_of(session: Session, uses: Sequence[Any]) -> list[Due]:
    rates: dict[int, list[Any]] = {}
    found = (
        select(SpaceRate.space_id, SpaceRate.part, Offer.id, Offer.name, Offer.supply)
        .join(Offer, Offer.id == SpaceRate.offer_id)
        .where(SpaceRate.space_id.in_({use.space_id for use in uses}))
    )
    for rate in session.execute(found):
        rates.setdefault(rate.space_id, []).append(rate)
    if not rates:
        return []
    rules = hire_rules(session)
    dues = []
    for use in uses:
        parts = hired_parts(use.starts_at, use.ends_at, rules)
        when = f"{short_day(use.starts_at.date())} {span_words(use.starts_at, use.ends_at)}"
        dues += [
            _due(use, Source.ROOM_USE, use.id, rate[2:], rate.part, parts[rate.part], when)
            for rate in rates.get(use.space_id, ())
            if rate.part in parts
        ]
    return dues


def _name(session: Session, customer_id: int) -> str:
    return session.scalar(select(Customer.name).where(Customer.id == customer_id)) or ""


def _catering_of(session: Session, uses: dict[int, Any]) -> list[Due]:
    lines = session.execute(
        select(
            CateringLine.id,
            CateringLine.room_use_id,
            CateringLine.served_at,
            CateringLine.quantity,
            CateringLine.least_charged,
            Offer.id,
            Offer.name,
            Offer.supply,
        )
        .join(CateringItem, CateringItem.id == CateringLine.catering_item_id)
        .join(Offer, Offer.id == CateringItem.offer_id)
        .where(CateringLine.room_use_id.in_(uses))
        .order_by(CateringLine.served_at, CateringLine.id)
    )
    dues = []
    for line in lines:
        served = line.served_at
        when = f"{short_day(served.date())} {time_words(served)}"
        quantity = charged_quantity(line.quantity, line.least_charged)
        if quantity:
            use = uses[line.room_use_id]
            dues.append(_due(use, Source.CATERING_LINE, line[0], line[5:], "", quantity, when))
    return dues


def _equipment_of(session: Session, uses: dict[int, Any]) -> list[Due]:
    lines = session.execute(
        select(
            EquipmentLine.id,
            EquipmentLine.room_use_id,
            EquipmentLine.quantity,
            Offer.id,
            Offer.name,
            Offer.supply,
        )
        .join(Equipment, Equipment.id == EquipmentLine.equipment_id)
        .join(Offer, Offer.id == Equipment.offer_id)
        .where(EquipmentLine.room_use_id.in_(uses), EquipmentLine.quantity > 0)
        .order_by(EquipmentLine.id)
    )
    dues = []
    for line in lines:
        use = uses[line.room_use_id]
        when = short_day(use.starts_at.date())
        dues.append(_due(use, Source.EQUIPMENT_LINE, line[0], line[3:], "", line.quantity, when))
    return dues


def _due(
    use: Any,
    source: Source,
    source_id: int,
    offer: Any,
    part: str,
    quantity: int,
    when: str,
) -> Due:
    last: datetime = use.ends_at
    return Due(
        source=source,
        source_id=source_id,
        use_id=use.id,
        offer_id=offer[0],
        offer=offer[1],
        supply=offer[2],
        part=part,
        quantity=quantity,
        booking_id=use.room_booking_id,
        detail=f"{number_words(use.number)}, {when} · {use.title}"[:400].strip(),
        first_on=use.starts_at.date(),
        last_on=last.date(),
        is_opted=bool(use.is_opted_to_tax),
    )


def _vat_of(session: Session, customer_id: int, due: Due) -> VatFound | None:
    """Return the VAT; hire in a building opted to tax is no longer exempt."""
    found = vat_for(session, due.supply, customer_id, due.last_on)
    if found is None or found.code != VatCode.EXEMPT or not due.is_opted:
        return found
    if due.supply != Supply.ROOM_HIRE:
        return found
    standing = standing_for(session, customer_id, Standing.VAT, due.last_on)
    if standing is None:
        return None
    why = "Hire of rooms carries VAT: the building is opted to tax."
    ruling = VatRuling(due.supply, standing.value, VatCode.STANDARD, ALWAYS, why)
    rates = [
        VatRate(code, BasisPoints(rate), valid_from)
        for code, rate, valid_from in session.execute(
            select(VatCodeRate.code, VatCodeRate.rate, VatCodeRate.valid_from)
        )
    ]
    return find_vat([ruling], rates, due.supply, standing.value, due.last_on)
