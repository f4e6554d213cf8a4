"""Catering and equipment of rooms: what a use has, what a day needs, and what is in stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.customers.models import Customer
from lle_desk.rooms.models import (
    CateringItem,
    CateringLine,
    Equipment,
    EquipmentLine,
    RoomBooking,
    RoomUse,
    Space,
)
from lle_desk.rooms.rules.extras import Diets, Lent, most_lent

LONGEST = timedelta(days=31)  # no reserved time is longer


@dataclass(frozen=True, slots=True)
class CateringRow:
    """One line of catering. `least_charged` is the final number once it was changed later."""

    id: int
    version: int
    use_id: int
    item_id: int
    item: str
    served_at: datetime
    quantity: int
    diets: Diets
    note: str
    least_charged: int | None


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    """So many of one piece of equipment on a use."""

    id: int
    version: int
    use_id: int
    equipment_id: int
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Extras:
    """What goes with one use of a room: catering by time, equipment by name."""

    catering: tuple[CateringRow, ...] = ()
    equipment: tuple[EquipmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuItem:
    """Something that can be ordered."""

    id: int
    version: int
    name: str
    is_per_head: bool
    is_active: bool
    offer_id: int


@dataclass(frozen=True, slots=True)
class EquipmentFree:
    """How many of one piece of equipment there are, and are free all through a time."""

    id: int
    name: str
    stock: int
    free: int


@dataclass(frozen=True, slots=True)
class CateringOfDay:
    """One line of a day's catering sheet. `room` is "" while the use is parked."""

    served_at: datetime
    room: str
    number: int
    title: str
    customer: str
    item: str
    quantity: int
    diets: Diets
    note: str
    use_id: int
    source: str
    status: str


_DIETS = (
    CateringLine.vegetarian,
    CateringLine.vegan,
    CateringLine.halal,
    CateringLine.gluten_free,
    CateringLine.other_diets,
)


def extras_of(session: Session, use_ids: Sequence[int]) -> dict[int, Extras]:
    """Return catering and equipment of each use that has any; what is struck out is left out."""
    catering: dict[int, list[CateringRow]] = {}
    equipment: dict[int, list[EquipmentRow]] = {}
    for line in _catering(session, use_ids):
        catering.setdefault(line.use_id, []).append(line)
    for row in _equipment(session, use_ids):
        equipment.setdefault(row.use_id, []).append(row)
    return {
        use_id: Extras(tuple(catering.get(use_id, ())), tuple(equipment.get(use_id, ())))
        for use_id in use_ids
        if use_id in catering or use_id in equipment
    }


def catering_of_day(session: Session, site_id: int, day: date) -> list[CateringOfDay]:
    """Return what the kitchen brings on a day to what holds its room, by time and room."""
    starts = datetime.combine(day, time())
    found = (
        select(
            CateringLine.served_at,
            Space.name,
            RoomBooking.number,
            RoomBooking.title,
            Customer.name,
            CateringItem.name,
            CateringLine.quantity,
            *_DIETS,
            CateringLine.note,
            RoomUse.id,
            RoomBooking.source,
            RoomBooking.status,
        )
        .select_from(CateringLine)
        .join(RoomUse, RoomUse.id == CateringLine.room_use_id)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .join(CateringItem, CateringItem.id == CateringLine.catering_item_id)
        .join(Space, Space.id == RoomUse.space_id, isouter=True)
        .join(Customer, Customer.id == RoomBooking.customer_id, isouter=True)
        .where(
            RoomUse.starts_at >= starts - LONGEST,
            RoomUse.starts_at < starts + timedelta(days=2),
            RoomUse.holds_space,
            CateringLine.served_at >= starts,
            CateringLine.served_at < starts + timedelta(days=1),
            CateringLine.quantity > 0,
            (Space.site_id == site_id) | Space.id.is_(None),
        )
        .order_by(CateringLine.served_at, Space.sort_order, RoomBooking.number, CateringLine.id)
    )
    return [_of_day(tuple(row)) for row in session.execute(found)]


def menu(session: Session, *, every: bool = False) -> list[MenuItem]:
    """Return what can be ordered, in the order of the menu; `every` also what no longer can."""
    found = select(
        CateringItem.id,
        CateringItem.version,
        CateringItem.name,
        CateringItem.is_per_head,
        CateringItem.is_active,
        CateringItem.offer_id,
    ).order_by(CateringItem.sort_order, CateringItem.name)
    if not every:
        found = found.where(CateringItem.is_active)
    return [MenuItem(*row) for row in session.execute(found)]


def equipment_free(
    session: Session,
    starts_at: datetime,
    ends_at: datetime,
    ignoring_use_id: int | None = None,
) -> list[EquipmentFree]:
    """Return what is in stock and how much of it is free all through [starts_at, ends_at).

    The times are reserved times, with set-up and clear-down.
    """
    found = (
        select(Equipment.id, Equipment.name, Equipment.stock)
        .where(Equipment.is_active)
        .order_by(Equipment.sort_order, Equipment.name)
    )
    rows = session.execute(found).all()
    lent = lent_then(session, [row.id for row in rows], starts_at, ends_at, ignoring_use_id)
    return [
        EquipmentFree(
            row.id, row.name, row.stock, row.stock - most_lent(lent[row.id], starts_at, ends_at)
        )
        for row in rows
    ]


def lent_then(
    session: Session,
    equipment_ids: Sequence[int],
    starts_at: datetime,
    ends_at: datetime,
    ignoring_use_id: int | None = None,
) -> dict[int, list[Lent]]:
    """Return who holds each piece of equipment in that time, a list for each asked for."""
    found = (
        select(
            EquipmentLine.equipment_id,
            EquipmentLine.room_use_id,
            RoomBooking.number,
            RoomBooking.title,
            EquipmentLine.quantity,
            EquipmentLine.starts_at,
            EquipmentLine.ends_at,
        )
        .join(RoomUse, RoomUse.id == EquipmentLine.room_use_id)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .where(
            EquipmentLine.equipment_id.in_(equipment_ids),
            EquipmentLine.holds_space,
            EquipmentLine.quantity > 0,
            EquipmentLine.starts_at < ends_at,
            EquipmentLine.starts_at >= starts_at - LONGEST,
            EquipmentLine.ends_at > starts_at,
        )
    )
    lent: dict[int, list[Lent]] = {one: [] for one in equipment_ids}
    for row in session.execute(found):
        one = Lent(*row[1:])
        if one.use_id != ignoring_use_id:
            lent[row[0]].append(one)
    return lent


def _catering(session: Session, use_ids: Sequence[int]) -> list[CateringRow]:
    found = (
        select(
            CateringLine.id,
            CateringLine.version,
            CateringLine.room_use_id,
            CateringItem.id,
            CateringItem.name,
            CateringLine.served_at,
            CateringLine.quantity,
            *_DIETS,
            CateringLine.note,
            CateringLine.least_charged,
        )
        .join(CateringItem, CateringItem.id == CateringLine.catering_item_id)
        .where(
            CateringLine.room_use_id.in_(use_ids),
            (CateringLine.quantity > 0) | (CateringLine.least_charged > 0),
        )
        .order_by(CateringLine.served_at, CateringLine.id)
    )
    return [_catering_row(tuple(row)) for row in session.execute(found)]


def _equipment(session: Session, use_ids: Sequence[int]) -> list[EquipmentRow]:
    found = (
        select(
            EquipmentLine.id,
            EquipmentLine.version,
            EquipmentLine.room_use_id,
            Equipment.id,
            Equipment.name,
            EquipmentLine.quantity,
        )
        .join(Equipment, Equipment.id == EquipmentLine.equipment_id)
        .where(EquipmentLine.room_use_id.in_(use_ids), EquipmentLine.quantity > 0)
        .order_by(Equipment.sort_order, Equipment.name)
    )
    return [EquipmentRow(*row) for row in session.execute(found)]


def _catering_row(row: tuple[Any, ...]) -> CateringRow:
    number, version, use_id, item_id, item, served_at, quantity = row[:7]
    note, least = row[12:]
    diets = Diets(*row[7:12])
    return CateringRow(
        number, version, use_id, item_id, item, served_at, quantity, diets, note, least
    )


def _of_day(row: tuple[Any, ...]) -> CateringOfDay:
    served_at, room, number, title, customer, item, quantity, *rest = row
    diets = Diets(*rest[:5])
    head = (served_at, room or "", number, title, customer or "", item, quantity)
    return CateringOfDay(*head, diets, *rest[5:])
