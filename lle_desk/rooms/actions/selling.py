"""Prices of what Woodlands sells with a room, from a day on; what was booked keeps its price."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.customers.rules import Band
from lle_desk.offers.actions import SetPrice, set_price
from lle_desk.offers.models import Offer
from lle_desk.offers.rules import BandPrice
from lle_desk.rooms.actions.extras import (
    AddCateringItem,
    AddEquipment,
    SetSpaceRate,
    add_catering_item,
    add_equipment,
    set_space_rate,
)
from lle_desk.rooms.models import CateringItem, Equipment
from lle_desk.rooms.queries.sold import EQUIPMENT, HIRE, MENU, SoldRow
from lle_desk.rooms.rules.hire import Part

COUNTY = (Band.SUBSCRIBER, Band.COUNTY)


@dataclass(frozen=True, slots=True)
class SetSoldPrice:
    """New prices of one line: one amount for all, or those of outside, county and internal."""

    row: SoldRow
    amounts: tuple[Pence, ...]
    valid_from: date


@dataclass(frozen=True, slots=True)
class AddSold:
    """Something new on the menu or in the store, one price for all."""

    client_uuid: str
    kind: str
    name: str
    amount: Pence
    stock: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class TakeOff:
    """Something that is not sold any more, or sold again."""

    kind: str
    id: int
    seen_version: int
    is_active: bool = False


def band_prices(amounts: Sequence[Pence]) -> tuple[BandPrice, ...]:
    """Return the price of each band from one amount, or from three.

    Raises:
        OfficerError: there are neither one nor three.
    """
    if len(amounts) not in (1, 3):
        raise OfficerError("Give one price for all, or three: outside, county, internal.")
    outside, county, internal = amounts if len(amounts) == 3 else (*amounts,) * 3
    of = dict.fromkeys(Band, outside) | dict.fromkeys(COUNTY, county) | {Band.INTERNAL: internal}
    return tuple(BandPrice(band, amount) for band, amount in of.items())


def set_sold_price(session: Session, ask: SetSoldPrice) -> int:
    """Set the prices of a line from a day on and return its offer.

    Raises:
        OfficerError: the amounts make no sense, or the equipment is lent free of charge.
    """
    prices = band_prices(ask.amounts)
    row = ask.row
    if row.kind == HIRE:
        rate = SetSpaceRate(
            space_id=row.id, part=Part(row.part), prices=prices, prices_from=ask.valid_from
        )
        return set_space_rate(session, rate)
    if row.offer_id is None:
        raise OfficerError(f"{row.name} is lent free of charge. Add it anew under another name.")
    for price in prices:
        new = SetPrice(new_uuid(), row.offer_id, price.band, price.amount, ask.valid_from)
        set_price(session, new)
    return row.offer_id


def take_off(session: Session, ask: TakeOff) -> int:
    """Sell a dish or a piece of equipment no longer, or again, and return its new version.

    What is booked with it stays booked.

    Raises:
        RecordChanged: somebody saved it since `seen_version`.
    """
    row: CateringItem | Equipment
    if ask.kind == MENU:
        row = session.get_one(CateringItem, ask.id)
    else:
        row = session.get_one(Equipment, ask.id)
    if row.version != ask.seen_version:
        raise RecordChanged(f"Another desk changed {row.name} meanwhile. Look at it again first.")
    row.is_active = ask.is_active
    session.flush()
    return row.version


def add_sold(session: Session, ask: AddSold) -> int:
    """Put something on the menu or into the store and return its id.

    Raises:
        OfficerError: the name is missing or taken, or a number makes no sense.
    """
    letters = {MENU: "CAT", EQUIPMENT: "EQ"}[ask.kind]
    count = session.scalar(select(func.max(Offer.id))) or 0
    code, prices = f"{letters}-{count + 1}", band_prices((ask.amount,))
    if ask.kind == MENU:
        item = AddCateringItem(
            client_uuid=ask.client_uuid,
            code=code,
            name=ask.name,
            prices=prices,
            prices_from=ask.valid_from,
            sort_order=count,
        )
        return add_catering_item(session, item)
    thing = AddEquipment(
        client_uuid=ask.client_uuid,
        code=code,
        name=ask.name,
        stock=ask.stock,
        prices=prices,
        prices_from=ask.valid_from,
        sort_order=count,
    )
    return add_equipment(session, thing)
