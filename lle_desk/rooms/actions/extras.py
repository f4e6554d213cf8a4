"""Catering and equipment on a use of a room, the menu, the stock and what rooms are hired for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.settings import setting
from lle_desk.core.types import clean_text
from lle_desk.customers.rules import ALWAYS
from lle_desk.offers.actions import AddOffer, SetPrice, add_offer, set_price
from lle_desk.offers.rules import BandPrice, Supply
from lle_desk.officers.models import Service
from lle_desk.rooms.actions.charging import follow_charges
from lle_desk.rooms.actions.holding import wall_clock, written
from lle_desk.rooms.actions.stock import refuse_short
from lle_desk.rooms.models import (
    CateringItem,
    CateringLine,
    Equipment,
    EquipmentLine,
    RoomBooking,
    RoomUse,
    Space,
    SpaceRate,
)
from lle_desk.rooms.rules import Status
from lle_desk.rooms.rules.extras import Diets, least_charged
from lle_desk.rooms.rules.hire import Part

Today: TypeAlias = Callable[[], date]
MOST = 100_000
WOODLANDS_SERVICE = "WDL"
NO_DIETS = Diets()

explain(
    {
        "equipment_stock": (
            "More of this is promised then than there is. Look at what is free, and take fewer.",
            "quantity",
        ),
        "equipment_follows_use": "Equipment is held by its booking only. Change the booking.",
        "equipment_line_kept": "Equipment is never deleted. Strike it out instead.",
        "catering_line_kept": "Catering is never deleted. Strike it out instead.",
        "catering_of_use": "Catering stays with its booking. Strike it out, and order it anew.",
        "final_number_kept": "The final number of this catering is kept as it was when due.",
        "uq_equipment_name": ("There is equipment of that name already.", "name"),
        "ck_equipment_stock_counted": ("Say how many there are: 0 or more.", "stock"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCatering:
    """A line of catering as it is to be; `line_id` None is a new one. Quantity 0 strikes out."""

    client_uuid: str
    use_id: int
    item_id: int
    served_at: datetime
    quantity: int
    diets: Diets = NO_DIETS
    note: str = ""
    line_id: int | None = None
    seen_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveEquipment:
    """So many of one piece of equipment on a use; 0 strikes it out."""

    client_uuid: str
    use_id: int
    equipment_id: int
    quantity: int
    line_id: int | None = None
    seen_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCateringItem:
    """Something new on the menu, with its first prices."""

    client_uuid: str
    code: str
    name: str
    prices: tuple[BandPrice, ...]
    prices_from: date = ALWAYS
    is_per_head: bool = True
    sort_order: int = 0
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEquipment:
    """New equipment; without prices it is lent free of charge."""

    client_uuid: str
    code: str
    name: str
    stock: int
    prices: tuple[BandPrice, ...] = ()
    prices_from: date = ALWAYS
    sort_order: int = 0
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStock:
    """How many of a piece of equipment there are now."""

    equipment_id: int
    seen_version: int
    stock: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSpaceRate:
    """What a space is hired out for: the prices of one part of a day."""

    space_id: int
    part: Part
    prices: tuple[BandPrice, ...]
    prices_from: date = ALWAYS


def save_catering(session: Session, ask: SaveCatering, today: Today | None = None) -> int:
    """Order catering, change it or strike it out, and return the line's id.

    From the day after the final numbers were due, what is charged no longer falls.

    Raises:
        OfficerError: a number makes no sense, or the charge is on an issued paper.
        RecordChanged: somebody saved the line since `seen_version`.
    """
    known = known_id(session, CateringLine, ask.client_uuid) if ask.line_id is None else None
    if known is not None:
        return known
    use = _use(session, ask.use_id)
    _check_catering(session, ask)
    line = session.get_one(CateringLine, ask.line_id) if ask.line_id else None
    if line is None:
        line = CateringLine(client_uuid=ask.client_uuid, room_use_id=use.id)
        session.add(line)
    else:
        _seen(line, ask.seen_version)
        line.least_charged = least_charged(
            line.quantity,
            line.least_charged,
            use.starts_at.date(),
            setting(session, "final_numbers_days", int),
            (today or wall_clock_day)(),
        )
    with session.no_autoflush:
        line.catering_item_id = ask.item_id
        line.served_at = ask.served_at
        line.quantity = ask.quantity
        diets = ask.diets if ask.quantity else Diets()
        line.vegetarian, line.vegan, line.halal = diets.vegetarian, diets.vegan, diets.halal
        line.gluten_free, line.other_diets = diets.gluten_free, diets.other
        line.note = written(ask.note, "The note", 200, "note")
    session.flush()
    follow_charges(session, use.room_booking_id)
    return line.id


def save_equipment(session: Session, ask: SaveEquipment) -> int:
    """Lend equipment with a room, change how many, or strike it out; return the line's id.

    Raises:
        OfficerError: not so many are free, and who has them.
        RecordChanged: somebody saved the line since `seen_version`.
    """
    use = _use(session, ask.use_id)
    if not 0 <= ask.quantity <= MOST:
        raise OfficerError("Say how many: 1 or more.", "quantity")
    line = session.scalars(
        select(EquipmentLine).where(
            EquipmentLine.room_use_id == use.id, EquipmentLine.equipment_id == ask.equipment_id
        )
    ).first()
    if line is not None and line.client_uuid == ask.client_uuid:
        return line.id  # it went in, and only the answer was lost
    if line is not None and ask.line_id is None and line.quantity:
        name = session.get_one(Equipment, ask.equipment_id).name
        raise OfficerError(f"{name} is on this booking already. Change that line.", "equipment")
    if line is not None and ask.line_id is not None:
        _seen(line, ask.seen_version)
    if use.holds_space:
        refuse_short(
            session, use.id, use.reserved_from, use.reserved_to, {ask.equipment_id: ask.quantity}
        )
    if line is None:
        line = EquipmentLine(
            client_uuid=ask.client_uuid,
            room_use_id=use.id,
            equipment_id=ask.equipment_id,
            starts_at=use.reserved_from,
            ends_at=use.reserved_to,
            holds_space=use.holds_space,
        )
    with session.no_autoflush:
        line.quantity = ask.quantity
        session.add(line)
    session.flush()
    follow_charges(session, use.room_booking_id)
    return line.id


def add_catering_item(session: Session, ask: AddCateringItem) -> int:
    """Put something on the menu and return its id.

    Raises:
        OfficerError: the code or a price makes no sense.
    """
    known = known_id(session, CateringItem, ask.client_uuid)
    if known is not None:
        return known
    item = CateringItem(
        client_uuid=ask.client_uuid,
        offer_id=_offer(session, ask.code, ask.name, Supply.CATERING, ask.prices, ask.prices_from),
        name=written(ask.name, "The name", 120, "name", needed=True),
        is_per_head=ask.is_per_head,
        sort_order=ask.sort_order,
        is_demo=ask.is_demo,
    )
    session.add(item)
    session.flush()
    return item.id


def add_equipment(session: Session, ask: AddEquipment) -> int:
    """Put equipment into the stock and return its id.

    Raises:
        OfficerError: there is some of that name, or the number makes no sense.
    """
    known = known_id(session, Equipment, ask.client_uuid)
    if known is not None:
        return known
    sold = [price for price in ask.prices if price.amount]
    offer = (ask.code, ask.name, Supply.ROOM_HIRE, ask.prices, ask.prices_from)
    equipment = Equipment(
        client_uuid=ask.client_uuid,
        name=written(ask.name, "The name", 120, "name", needed=True),
        stock=ask.stock,
        offer_id=_offer(session, *offer) if sold else None,
        sort_order=ask.sort_order,
        is_demo=ask.is_demo,
    )
    session.add(equipment)
    session.flush()
    return equipment.id


def set_stock(session: Session, ask: SetStock) -> int:
    """Say how many there are now and return the new version.

    Raises:
        OfficerError: more are promised from now on.
        RecordChanged: somebody saved it since `seen_version`.
    """
    equipment = session.get_one(Equipment, ask.equipment_id)
    _seen(equipment, ask.seen_version)
    equipment.stock = ask.stock
    session.flush()
    return equipment.version


def set_space_rate(session: Session, ask: SetSpaceRate) -> int:
    """Set what a space is hired out for by that part of a day, and return the offer's id.

    What was booked keeps the price it had.
    """
    offer_id = session.scalar(
        select(SpaceRate.offer_id).where(
            SpaceRate.space_id == ask.space_id, SpaceRate.part == str(ask.part)
        )
    )
    if offer_id is None:
        space = session.get_one(Space, ask.space_id)
        code = f"RH-{space.id}-{str(ask.part).split()[0].upper()}"
        name = f"Hire of {space.name}, {ask.part}"
        offer_id = _offer(session, code, name, Supply.ROOM_HIRE, (), ask.prices_from)
        rate = SpaceRate(
            client_uuid=new_uuid(), space_id=space.id, part=str(ask.part), offer_id=offer_id
        )
        session.add(rate)
        session.flush()
    for price in ask.prices:
        set_price(
            session, SetPrice(new_uuid(), offer_id, price.band, price.amount, ask.prices_from)
        )
    return offer_id


def wall_clock_day() -> date:
    """Return today."""
    return wall_clock().date()


def _offer(
    session: Session,
    code: str,
    name: str,
    supply: Supply,
    prices: tuple[BandPrice, ...],
    prices_from: date,
) -> int:
    service = session.scalars(select(Service.id).where(Service.code == WOODLANDS_SERVICE)).one()
    ask = AddOffer(new_uuid(), code, name, service, supply, "Room hire", prices, prices_from)
    return add_offer(session, ask)


def _use(session: Session, use_id: int) -> RoomUse:
    use = session.get_one(RoomUse, use_id)
    booking = session.get_one(RoomBooking, use.room_booking_id)
    if booking.status == Status.CANCELLED:
        raise OfficerError("This booking is cancelled. Make a new one instead.")
    return use


def _check_catering(session: Session, ask: SaveCatering) -> None:
    if not 0 <= ask.quantity <= MOST:
        raise OfficerError("Say for how many: 1 or more.", "quantity")
    if session.get(CateringItem, ask.item_id) is None:
        raise OfficerError("Choose something from the menu.", "item")
    if ask.quantity and ask.diets.most > ask.quantity:
        raise OfficerError(
            f"{ask.diets.words}, but only {ask.quantity} eat. Put the numbers right.", "quantity"
        )
    if len(clean_text(ask.note)) > 200:
        raise OfficerError("The note has more than 200 letters.", "note")


def _seen(record: CateringLine | EquipmentLine | Equipment, version: int) -> None:
    if record.version != version:
        raise RecordChanged("Another desk changed this line a moment ago. Look at it again first.")
