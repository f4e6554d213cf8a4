"""What rooms are hired out for around today, the menu, the store, and what bookings ordered."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.money import Pence
from lle_desk.customers.rules import Band
from lle_desk.demo.dice import dice, fixed_uuid
from lle_desk.demo.files import rows_of
from lle_desk.demo.present import Present
from lle_desk.offers.rules import BandPrice
from lle_desk.rooms.actions import (
    AddCateringItem,
    AddEquipment,
    SaveCatering,
    SaveEquipment,
    SetSpaceRate,
    add_catering_item,
    add_equipment,
    save_catering,
    save_equipment,
    set_space_rate,
)
from lle_desk.rooms.actions.charging import followed_together
from lle_desk.rooms.models import CateringItem, Equipment, RoomBooking, RoomUse
from lle_desk.rooms.queries.extras import equipment_free
from lle_desk.rooms.rules import Status
from lle_desk.rooms.rules.extras import Diets
from lle_desk.rooms.rules.hire import Part

SHARES = {Band.SUBSCRIBER: 85, Band.COUNTY: 90, Band.INTERNAL: 60}  # per cent of the hire
BEHIND, AHEAD = timedelta(days=2), timedelta(days=14)
HUNGRY = 0.55  # of the bookings
LENT = (("EQ-PROJ", 0.3, 1), ("EQ-FLIP", 0.3, 2), ("EQ-LAPTOP", 0.12, 1), ("EQ-LOOP", 0.05, 1))
NOON, LATE = time(12, 30), time(14)


def add_sold(session: Session, there: Present) -> None:
    """Set what rooms are hired out for, and fill the menu and the store."""
    begun = date(there.today.year - (1 if there.today.month >= 4 else 2), 4, 1)
    by_name = {space.name: space.id for space in there.spaces}
    for row in rows_of("hire.csv"):
        for part in Part:
            full = int(row[str(part).replace(" ", "_")])
            prices = tuple(
                BandPrice(band, Pence(full * SHARES.get(band, 100) // 100)) for band in Band
            )
            ask = SetSpaceRate(
                space_id=by_name[row["room"]], part=part, prices=prices, prices_from=begun
            )
            set_space_rate(session, ask)
    for place, row in enumerate(rows_of("menu.csv")):
        add_catering_item(
            session,
            AddCateringItem(
                client_uuid=fixed_uuid("menu", row["code"]),
                code=row["code"],
                name=row["name"],
                prices=_for_all(int(row["pence"])),
                prices_from=begun,
                is_per_head=row["each"] == "head",
                sort_order=place,
                is_demo=True,
            ),
        )
    for place, row in enumerate(rows_of("equipment.csv")):
        add_equipment(
            session,
            AddEquipment(
                client_uuid=fixed_uuid("equipment", row["code"]),
                code=row["code"],
                name=row["name"],
                stock=int(row["stock"]),
                prices=_for_all(int(row["pence"])),
                prices_from=begun,
                sort_order=place,
                is_demo=True,
            ),
        )


def uses_to_feed(session: Session, there: Present) -> list[int]:
    """Return the uses of rooms around today, courses among them, in their order."""
    first = datetime.combine(there.today - BEHIND, time())
    found = (
        select(RoomUse.id)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .where(
            RoomUse.holds_space,
            RoomUse.starts_at >= first,
            RoomUse.starts_at < first + BEHIND + AHEAD,
            RoomBooking.status == Status.CONFIRMED.value,
        )
        .order_by(RoomUse.starts_at, RoomUse.id)
    )
    return list(session.scalars(found))


def order_for(session: Session, there: Present, use_ids: Sequence[int]) -> None:
    """Order catering and equipment for some of these uses."""
    items = {row.client_uuid: row.id for row in session.scalars(select(CateringItem))}
    lent = {row.client_uuid: row.id for row in session.scalars(select(Equipment))}
    fed = select(RoomUse).where(RoomUse.id.in_(use_ids)).order_by(RoomUse.id)
    with followed_together(session):
        for use in session.scalars(fed):
            chance = dice("extras", there.today, use.client_uuid)
            if chance.random() < HUNGRY:
                for code, at in _meals(use):
                    item = items[fixed_uuid("menu", code)]
                    save_catering(session, _catering(use, item, at, chance), lambda: there.today)
            _lend(session, use, lent, chance)


def _meals(use: RoomUse) -> list[tuple[str, datetime]]:
    starts, day = use.starts_at, use.starts_at.date()
    meals = [("CAT-TEAB", starts if starts.hour >= 13 else starts + timedelta(minutes=60))]
    if starts.time() < NOON and use.ends_at >= datetime.combine(day, LATE):
        lunch = "CAT-BUFF" if use.heads > 12 else "CAT-SAND"
        meals.append((lunch, datetime.combine(day, NOON)))
    return meals


def _catering(use: RoomUse, item_id: int, at: datetime, chance: Random) -> SaveCatering:
    vegetarian, other = use.heads // 7, chance.choice((0, 0, 1))
    return SaveCatering(
        client_uuid=fixed_uuid("catering", use.client_uuid, at),
        use_id=use.id,
        item_id=item_id,
        served_at=at,
        quantity=use.heads,
        diets=Diets(
            vegetarian=vegetarian, gluten_free=min(other, use.heads), vegan=vegetarian // 3
        ),
        note="On the landing, please" if chance.random() < 0.1 else "",
    )


def _lend(session: Session, use: RoomUse, lent: dict[str, int], chance: Random) -> None:
    for code, share, quantity in LENT:
        equipment_id = lent[fixed_uuid("equipment", code)]
        if chance.random() >= share:
            continue
        free = {
            one.id: one.free for one in equipment_free(session, use.reserved_from, use.reserved_to)
        }
        if free[equipment_id] >= quantity:
            ask = SaveEquipment(
                client_uuid=fixed_uuid("lent", use.client_uuid, code),
                use_id=use.id,
                equipment_id=equipment_id,
                quantity=quantity,
            )
            save_equipment(session, ask)


def _for_all(pence: int) -> tuple[BandPrice, ...]:
    return tuple(BandPrice(band, Pence(pence)) for band in Band)
