"""What Woodlands sells with a room and for how much: hire, menu and equipment."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lle_desk.core.money import Pence
from lle_desk.offers.models import Price
from lle_desk.rooms.models import CateringItem, Equipment, Space, SpaceRate
from lle_desk.rooms.rules.hire import Part

HIRE, MENU, EQUIPMENT = "hire", "menu", "equipment"


@dataclass(frozen=True, slots=True)
class SoldRow:
    """One thing sold. `id` is that of the space, the menu item or the equipment.

    `prices` are the newest by band, empty when there is none; equipment without is free.
    """

    kind: str
    id: int
    version: int
    name: str
    part: str
    stock: int | None
    offer_id: int | None
    prices: tuple[tuple[str, Pence], ...]

    @property
    def key(self) -> tuple[str, int, str]:
        return (self.kind, self.id, self.part)

    def price(self, band: str) -> Pence | None:
        """Return the newest price of a band."""
        return dict(self.prices).get(band)


def sold_list(session: Session, site_id: int) -> list[SoldRow]:
    """Return hire of the rooms of a site by part of the day, the menu, and the equipment."""
    spaces = session.execute(
        select(Space.id, Space.version, Space.name)
        .where(Space.site_id == site_id, Space.is_active)
        .order_by(Space.sort_order, Space.name)
    ).all()
    rates = {
        (row.space_id, row.part): row.offer_id
        for row in session.execute(select(SpaceRate.space_id, SpaceRate.part, SpaceRate.offer_id))
    }
    found = [
        (HIRE, space.id, space.version, space.name, str(part), None, rates.get((space.id, part)))
        for space in spaces
        for part in Part
    ]
    found += [(MENU, *row[:3], "", None, row[3]) for row in session.execute(_MENU)]
    found += [(EQUIPMENT, *row[:3], "", row[3], row[4]) for row in session.execute(_EQUIPMENT)]
    prices = _newest(session, [row[-1] for row in found if row[-1] is not None])
    return [SoldRow(*row, prices=prices.get(row[-1] or 0, ())) for row in found]


_MENU: Select[*tuple[Any, ...]] = (
    select(CateringItem.id, CateringItem.version, CateringItem.name, CateringItem.offer_id)
    .where(CateringItem.is_active)
    .order_by(CateringItem.sort_order, CateringItem.name)
)
_EQUIPMENT: Select[*tuple[Any, ...]] = (
    select(Equipment.id, Equipment.version, Equipment.name, Equipment.stock, Equipment.offer_id)
    .where(Equipment.is_active)
    .order_by(Equipment.sort_order, Equipment.name)
)


def _newest(session: Session, offer_ids: list[int]) -> dict[int, tuple[tuple[str, Pence], ...]]:
    newest: dict[int, dict[str, Pence]] = {}
    found = (
        select(Price.offer_id, Price.band, Price.amount)
        .where(Price.offer_id.in_(offer_ids))
        .order_by(Price.valid_from)
    )
    for offer_id, band, amount in session.execute(found):
        newest.setdefault(offer_id, {})[band] = Pence(amount)
    return {offer_id: tuple(bands.items()) for offer_id, bands in newest.items()}
