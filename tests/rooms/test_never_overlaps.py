import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.rooms.actions import MoveUse, hold_room, move_use
from lle_desk.rooms.models import Claim, RoomUse
from lle_desk.rooms.queries import use_version
from tests.rooms.woodlands import Woodlands, at, wish

DESKS = 11
TRIES = 12


def held_claims(session: Session) -> list[tuple[int, datetime, datetime]]:
    found = select(Claim.resource_id, Claim.starts_at, Claim.ends_at).where(Claim.holds_space)
    rows = session.execute(found.order_by(Claim.resource_id, Claim.starts_at))
    return [(row[0], row[1], row[2]) for row in rows]


def test_eleven_desks_at_random_never_overlap(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    rooms = (woodlands.oak_1, woodlands.oak_2, woodlands.oak_room, woodlands.elm)

    def work(desk: int) -> tuple[int, int]:
        dice = random.Random(desk)
        mine = By(f"officer {desk}", f"desk-{desk}")
        won = lost = 0
        use: int | None = None
        for _ in range(TRIES):
            start = at("08:00") + timedelta(minutes=15 * dice.randrange(40))
            end = start + timedelta(minutes=15 * dice.randint(1, 8))
            room = dice.choice(rooms)
            try:
                if use is None or dice.random() < 0.5:
                    ask = wish(room, heads=4, before_minutes=dice.choice([0, 15]))
                    ask = replace(ask, starts_at=start, ends_at=end)
                    use = database.write(mine, hold_room, ask)
                else:
                    move = MoveUse(
                        use_id=use,
                        seen_version=database.read(use_version, use),
                        space_id=room,
                        starts_at=start,
                        ends_at=end,
                    )
                    database.write(mine, move_use, move)
                won += 1
            except OfficerError:
                lost += 1
        return won, lost

    with ThreadPoolExecutor(DESKS) as desks:
        scores = list(desks.map(work, range(DESKS)))
    assert sum(won for won, _ in scores)
    assert sum(lost for _, lost in scores)
    claims = database.read(held_claims)
    for earlier, later in itertools.pairwise(claims):
        assert earlier[0] != later[0] or earlier[2] <= later[1]


def put_beside(session: Session, use_id: int, space_id: int) -> None:
    session.execute(
        text("UPDATE room_use SET space_id = :space, version = version + 1 WHERE id = :id"),
        {"space": space_id, "id": use_id},
    )


def insert_past_the_action(session: Session, use_id: int) -> None:
    old = session.get_one(RoomUse, use_id)
    columns = {
        column.name: getattr(old, column.key)
        for column in RoomUse.__table__.columns
        if column.name not in ("id", "client_uuid", "version")
    }
    session.add(RoomUse(client_uuid=new_uuid(), **columns))
    session.flush()


def test_plain_sql_cannot_put_two_bookings_in_one_room(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    database.write(by, hold_room, wish(woodlands.oak_room))
    use = database.write(by, hold_room, wish(woodlands.elm))
    with pytest.raises(OfficerError, match="Another desk took this room"):
        database.write(by, put_beside, use, woodlands.oak_2)
    with pytest.raises(OfficerError, match="Another desk took this room"):
        database.write(by, insert_past_the_action, use)
    database.write(by, put_beside, use, woodlands.ash)
