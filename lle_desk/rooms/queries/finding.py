"""A room over several days, and whether the equipment asked for is there on each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from lle_desk.rooms.queries.extras import equipment_free
from lle_desk.rooms.queries.free import FreeRoomsQuestion, RoomOverDays, free_over_days
from lle_desk.rooms.rules.extras import EquipmentWanted


@dataclass(frozen=True, slots=True)
class ShortOn:
    """A day on which too little of the equipment is free."""

    day: date
    name: str
    free: int
    wanted: int


@dataclass(frozen=True, slots=True)
class FoundRooms:
    """The rooms over the days, those that work first, and where equipment is short."""

    days: tuple[date, ...]
    rooms: tuple[RoomOverDays, ...]
    short: tuple[ShortOn, ...]


def find_rooms(
    session: Session,
    question: FreeRoomsQuestion,
    days: Sequence[date],
    equipment: Sequence[EquipmentWanted] = (),
) -> FoundRooms:
    """Return how each room answers on all of the days, and what equipment is short when."""
    rooms = free_over_days(session, question, days)
    short = [short for day in days for short in _short_on(session, question, day, equipment)]
    return FoundRooms(tuple(days), tuple(rooms), tuple(short))


def _short_on(
    session: Session,
    question: FreeRoomsQuestion,
    day: date,
    equipment: Sequence[EquipmentWanted],
) -> list[ShortOn]:
    if not equipment:
        return []
    shift = day - question.starts_at.date()
    there = {
        one.id: one
        for one in equipment_free(session, question.starts_at + shift, question.ends_at + shift)
    }
    return [
        ShortOn(day, there[one.equipment_id].name, there[one.equipment_id].free, one.quantity)
        for one in equipment
        if one.equipment_id in there and there[one.equipment_id].free < one.quantity
    ]
