"""A priced Woodlands: hire of Elm, a menu and projectors, and schools that pay."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.queries import ChargeRow
from lle_desk.core.db import By, Database
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.customers.rules import Band, Route, VatClass
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
from lle_desk.rooms.models import RoomUse
from lle_desk.rooms.queries.hire import hire_charges
from lle_desk.rooms.rules.extras import Diets
from lle_desk.rooms.rules.hire import Part
from tests.courses.people import a_school
from tests.rooms.woodlands import Woodlands, at

FROM_APRIL = date(2013, 4, 1)


@dataclass(frozen=True, slots=True)
class Buying:
    """Who buys what: a school that is recharged, an academy, and what there is."""

    school: int
    academy: int
    coffee: int
    lunch: int
    projector: int
    screen: int


def for_all(pence: int) -> tuple[BandPrice, ...]:
    """Return the price for each band; internal customers pay half."""
    return tuple(
        BandPrice(band, Pence(pence // 2 if band is Band.INTERNAL else pence)) for band in Band
    )


def stock_up(database: Database, by: By, woodlands: Woodlands) -> Buying:
    """Give Elm and Ash their prices, and fill the menu and the store."""

    def fill(session: Session) -> tuple[int, ...]:
        for space, half in ((woodlands.elm, 8000), (woodlands.ash, 9000)):
            for part, share in ((Part.HALF_DAY, 10), (Part.DAY, 16), (Part.EVENING, 12)):
                prices = for_all(half * share // 10)
                set_space_rate(
                    session,
                    SetSpaceRate(space_id=space, part=part, prices=prices, prices_from=FROM_APRIL),
                )
        items = [
            add_catering_item(
                session,
                AddCateringItem(
                    client_uuid=new_uuid(),
                    code=code,
                    name=name,
                    prices=for_all(pence),
                    prices_from=FROM_APRIL,
                ),
            )
            for code, name, pence in (
                ("CAT-COFFEE", "Coffee and biscuits", 195),
                ("CAT-LUNCH", "Buffet lunch", 895),
            )
        ]
        lent = [
            add_equipment(
                session,
                AddEquipment(
                    client_uuid=new_uuid(), code=code, name=name, stock=stock, prices=prices
                ),
            )
            for code, name, stock, prices in (
                ("EQ-PROJ", "Projector", 2, for_all(1500)),
                ("EQ-SCREEN", "Screen", 1, ()),
            )
        ]
        return (*items, *lent)

    coffee, lunch, projector, screen = database.write(by, fill)
    academy = a_school(database, "Demo Academy", Band.EXTERNAL, Route.INVOICE, VatClass.ELIGIBLE)
    return Buying(a_school(database), academy, coffee, lunch, projector, screen)


def order(use_id: int, item_id: int, quantity: int, clock: str = "10:30") -> SaveCatering:
    """Return an order of catering on Tuesday 4 March 2014."""
    return SaveCatering(
        client_uuid=new_uuid(),
        use_id=use_id,
        item_id=item_id,
        served_at=at(clock),
        quantity=quantity,
        diets=Diets(vegetarian=min(2, quantity)),
    )


def lend(use_id: int, equipment_id: int, quantity: int = 1) -> SaveEquipment:
    """Return an ask for equipment."""
    return SaveEquipment(
        client_uuid=new_uuid(), use_id=use_id, equipment_id=equipment_id, quantity=quantity
    )


def booking_of(session: Session, use_id: int) -> int:
    """Return the booking of a use."""
    return session.scalars(select(RoomUse.room_booking_id).where(RoomUse.id == use_id)).one()


def charges_of_use(database: Database, use_id: int) -> list[ChargeRow]:
    """Return the charges of the booking of a use that are not void."""

    def found(session: Session) -> list[ChargeRow]:
        rows = hire_charges(session, booking_of(session, use_id))
        return [row for row in rows if row.state != "void"]

    return database.read(found)


def money(database: Database, use_id: int) -> list[tuple[str, int, int, str]]:
    """Return description, quantity, net pence and VAT code of each charge that stands."""
    return [
        (row.description, row.quantity, int(row.net), row.vat_code)
        for row in charges_of_use(database, use_id)
    ]


__all__ = [
    "Buying",
    "booking_of",
    "charges_of_use",
    "for_all",
    "lend",
    "money",
    "order",
    "save_catering",
    "save_equipment",
    "stock_up",
]
