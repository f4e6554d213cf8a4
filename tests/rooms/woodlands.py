"""Woodlands as these tests know it: Oak Room of two halves, Elm, Ash and an ICT suite."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.records import new_uuid
from lle_desk.rooms.actions import AddSpace, HoldRoom, MoveUse, SpaceLayoutOf, add_space
from lle_desk.rooms.models import Site
from lle_desk.rooms.queries import UseCard, use_card, use_version

YEAR, MONTH, DAY = 2014, 3, 4


@dataclass(frozen=True, slots=True)
class Woodlands:
    """The numbers of the site and its spaces."""

    site: int
    oak_1: int
    oak_2: int
    oak_room: int
    elm: int
    ash: int
    ict_1: int


def build(database: Database, by: By) -> Woodlands:
    return database.write(by, _build)


def at(clock: str, day: int = DAY) -> datetime:
    """Return that time of Tuesday 4 March 2014, or of another day of the month."""
    hour, minute = clock.split(":")
    return datetime(YEAR, MONTH, day, int(hour), int(minute))


def wish(
    space_id: int | None, start: str = "09:30", end: str = "12:00", **more: object
) -> HoldRoom:
    """Return a booking of 18 people without set-up, unless it is said otherwise."""
    values: dict[str, object] = {
        "client_uuid": new_uuid(),
        "space_id": space_id,
        "starts_at": at(start),
        "ends_at": at(end),
        "heads": 8,
        "title": "Phonics in Key Stage 1",
        "before_minutes": 0,
        "after_minutes": 0,
    }
    return HoldRoom(**(values | more))  # type: ignore[arg-type]


def _build(session: Session) -> Woodlands:
    site = session.scalars(select(Site.id).where(Site.code == "WDL")).one()

    def add(name: str, *layouts: SpaceLayoutOf, **more: object) -> int:
        ask = AddSpace(
            client_uuid=new_uuid(),
            site_id=site,
            name=name,
            short_name=name,
            layouts=layouts,
            is_demo=True,
            **more,  # type: ignore[arg-type]
        )
        return add_space(session, ask)

    classroom, theatre = "classroom", "theatre"
    oak_1 = add("Oak 1", SpaceLayoutOf(classroom, 10), sort_order=2)
    oak_2 = add("Oak 2", SpaceLayoutOf("boardroom", 8), SpaceLayoutOf(classroom, 8), sort_order=3)
    oak_room = add(
        "Oak Room",
        SpaceLayoutOf(classroom, 20, 30, 30),
        SpaceLayoutOf(theatre, 60),
        joins=(oak_1, oak_2),
        sort_order=1,
    )
    return Woodlands(
        site,
        oak_1,
        oak_2,
        oak_room,
        add("Elm", SpaceLayoutOf(classroom, 30), sort_order=4),
        add("Ash", SpaceLayoutOf(classroom, 32), SpaceLayoutOf(theatre, 50), sort_order=5),
        add("ICT Suite 1", SpaceLayoutOf("ICT", 15), kind="ICT suite", fixed_pcs=15, sort_order=90),
    )


def card(database: Database, use_id: int) -> UseCard:
    """Return a use as the inspector shows it."""
    found = database.read(use_card, use_id)
    assert found is not None
    return found


def move_of(database: Database, use_id: int, space_id: int | None, start: str, end: str) -> MoveUse:
    """Return the ask that moves a use as it is now."""
    return MoveUse(
        use_id=use_id,
        seen_version=database.read(use_version, use_id),
        space_id=space_id,
        starts_at=at(start),
        ends_at=at(end),
    )
