"""Equipment that a use takes along: refused with who has it, before the database refuses it."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.rooms.models import Equipment, EquipmentLine, RoomUse
from lle_desk.rooms.queries.extras import lent_then
from lle_desk.rooms.rules.extras import EquipmentWanted, most_lent, short_words

_LINE_OF_USE = uuid.UUID("5f0f6a0e-3b0c-4d0a-9c63-0d4f7be2a1c9")


def lend(session: Session, use: RoomUse, wanted: EquipmentWanted) -> None:
    """Lend equipment with a use that is being made.

    Raises:
        OfficerError: not so many are free, and who has them.
    """
    if wanted.quantity < 1:
        return
    if use.holds_space:
        numbers = {wanted.equipment_id: wanted.quantity}
        refuse_short(session, use.id, use.reserved_from, use.reserved_to, numbers)
    own = uuid.uuid5(_LINE_OF_USE, f"{use.client_uuid}/{wanted.equipment_id}")
    line = EquipmentLine(
        client_uuid=str(own),
        room_use_id=use.id,
        equipment_id=wanted.equipment_id,
        quantity=wanted.quantity,
        starts_at=use.reserved_from,
        ends_at=use.reserved_to,
        holds_space=use.holds_space,
    )
    session.add(line)
    session.flush()


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
