"""Equipment that a use takes along: refused with who has it, before the database refuses it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.rooms.models import Equipment, EquipmentLine
from lle_desk.rooms.queries.extras import lent_then
from lle_desk.rooms.rules.extras import most_lent, short_words


def refuse_short(
    session: Session,
    use_id: int,
    starts_at: datetime,
    ends_at: datetime,
    wanted: Mapping[int, int] | None = None,
) -> None:
    """Refuse a reserved time in which the equipment of a use is not free.

    `wanted` are numbers by equipment; None: what the use has already.

    Raises:
        OfficerError: with who has it.
    """
    if wanted is None:
        found = select(EquipmentLine.equipment_id, EquipmentLine.quantity).where(
            EquipmentLine.room_use_id == use_id, EquipmentLine.quantity > 0
        )
        wanted = {row[0]: row[1] for row in session.execute(found)}
    if not wanted:
        return
    lent = lent_then(session, list(wanted), starts_at, ends_at, use_id)
    for equipment_id, quantity in wanted.items():
        there = lent[equipment_id]
        stock = session.get_one(Equipment, equipment_id)
        if quantity and quantity + most_lent(there, starts_at, ends_at) > stock.stock:
            words = short_words(stock.name, stock.stock, quantity, there, (starts_at, ends_at))
            raise OfficerError(words, "quantity")
