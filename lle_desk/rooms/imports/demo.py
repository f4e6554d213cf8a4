"""The invented rooms of the demonstration, from `resources/demo/rooms.csv`.

Only Oak Room is a real room at Woodlands; every other room, and every number, is made up.
"""

import csv
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from lle_desk.rooms.actions import AddSpace, SpaceLayoutOf, add_space

_DEMO_ROOM = uuid.UUID("c9f0a1d2-7b34-4c11-9a58-3e5d6f708192")


@dataclass(frozen=True, slots=True)
class DemoRoom:
    """One line of the file: `joins` names rooms of earlier lines."""

    name: str
    short_name: str
    kind: str
    joins: tuple[str, ...]
    layouts: tuple[SpaceLayoutOf, ...]
    set_up_minutes: int
    clear_down_minutes: int
    fixed_pcs: int
    sort_order: int


def demo_rooms(path: Path) -> list[DemoRoom]:
    """Return the rooms of the file. Lines that begin with # say something about it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return [_room(row) for row in rows]


def add_demo_rooms(session: Session, site_id: int, rooms: Sequence[DemoRoom]) -> dict[str, int]:
    """Add the rooms that are not there yet, and return the numbers of all by name."""
    made: dict[str, int] = {}
    for room in rooms:
        ask = AddSpace(
            client_uuid=str(uuid.uuid5(_DEMO_ROOM, f"{site_id}|{room.name}")),
            site_id=site_id,
            name=room.name,
            short_name=room.short_name,
            kind=room.kind,
            joins=tuple(made[name] for name in room.joins),
            layouts=room.layouts,
            set_up_minutes=room.set_up_minutes,
            clear_down_minutes=room.clear_down_minutes,
            fixed_pcs=room.fixed_pcs,
            sort_order=room.sort_order,
            is_demo=True,
        )
        made[room.name] = add_space(session, ask)
    return made


def _room(row: dict[str, str]) -> DemoRoom:
    return DemoRoom(
        name=row["name"],
        short_name=row["short_name"],
        kind=row["kind"],
        joins=tuple(name for name in row["joins"].split("+") if name),
        layouts=tuple(_layout(told) for told in row["layouts"].split(";")),
        set_up_minutes=int(row["set_up_minutes"]),
        clear_down_minutes=int(row["clear_down_minutes"]),
        fixed_pcs=int(row["fixed_pcs"]),
        sort_order=int(row["sort_order"]),
    )


def _layout(told: str) -> SpaceLayoutOf:
    """Return a layout written as "theatre 60" or, with its own minutes, "theatre 60 30 15"."""
    layout, capacity, *minutes = told.split()
    before, after = (int(minutes[0]), int(minutes[1])) if minutes else (None, None)
    return SpaceLayoutOf(layout, int(capacity), before, after)
