"""Eleven processes that book rooms at random for a minute, all in one week of one site.

Nothing may overlap, every refusal must name who has the room, and no commit may take a quarter of a
second. Beside the commit stands the whole save as an officer feels it: waiting for the other desks,
looking, writing and the commit.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.errors import DatabaseBusy, OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.rooms.actions import HoldRoom, hold_room
from tests.benchmarks.harness import Row
from tests.benchmarks.offices import Offices

DESKS = 11
SECONDS = 60.0
LONGEST_S = 0.25
PAUSE_S = (0.05, 0.4)  # between two bookings of one desk
MONDAY = datetime(2014, 4, 7)
NAMES_WHO = "WR-"
OVERLAPS = (
    "SELECT count(*) FROM claim AS a JOIN claim AS b ON a.resource_id = b.resource_id"
    " AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
    " WHERE a.holds_space AND b.holds_space AND a.starts_at >= :monday AND b.starts_at >= :monday"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What one desk did: seconds of each save and of its commit; refusals that name nobody.

    `busy` counts how often its turn did not come within five seconds: no refusal of a room.
    """

    saves: list[float]
    commits: list[float]
    busy: int
    refused: int
    nameless: list[str]


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield the slowest commit and the middle save of each database against a quarter second."""
    for kind in kinds:
        url = offices.with_years(kind, min(offices.years))
        desks = [_start(url, seed) for seed in range(DESKS)]
        done = [Desk(**json.loads(desk.communicate()[0])) for desk in desks]
        saves = sorted(seconds for desk in done for seconds in desk.saves)
        commits = sorted(seconds for desk in done for seconds in desk.commits)
        refused = sum(desk.refused for desk in done)
        nameless = [words for desk in done for words in desk.nameless]
        database = Database(url)
        overlaps = database.read(_overlaps)
        database.close()
        print(
            f"  {kind}: {len(saves):,} booked, {refused:,} refused, {len(nameless)} of these name"
            f" nobody, {overlaps} overlap; over {LONGEST_S * 1000:.0f} ms:"
            f" {sum(one > LONGEST_S for one in commits)} commits,"
            f" {sum(one > LONGEST_S for one in saves)} saves with all waiting;"
            f" {sum(desk.busy for desk in done)} had no turn"
        )
        assert not overlaps, "two bookings have one room"
        assert not nameless, nameless[:3]
        yield Row(f"middle save of {DESKS} desks, {kind}", statistics.median(saves), LONGEST_S, 1.0)
        yield Row(f"slowest commit of {DESKS} desks, {kind}", commits[-1], LONGEST_S, 1.0)


def _start(url: str, seed: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.benchmarks.eleven", url, str(seed)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _overlaps(session: Session) -> int:
    return session.execute(text(OVERLAPS), {"monday": str(MONDAY)}).scalar_one()


def book_at_random(url: str, seed: int) -> Desk:
    """Book for a minute at random, as one desk."""
    database, dice = Database(url, f"desk-{seed}"), random.Random(seed)
    by = By(f"officer {seed}", f"desk-{seed}")
    saves: list[float] = []
    commits: list[float] = []
    busy, refused, nameless = 0, 0, []
    spaces = database.read(_spaces)
    end_at = time.monotonic() + SECONDS
    while time.monotonic() < end_at:
        ask = _ask(dice, spaces)
        start = time.perf_counter()
        try:
            held_at = database.write(by, _hold, ask)
        except DatabaseBusy:
            busy += 1
        except OfficerError as error:
            refused += 1
            if NAMES_WHO not in str(error):
                nameless.append(str(error))
        else:
            done_at = time.perf_counter()
            saves.append(done_at - start)
            commits.append(done_at - held_at)
        time.sleep(dice.uniform(*PAUSE_S))
    database.close()
    return Desk(saves, commits, busy, refused, nameless)


def _hold(session: Session, ask: HoldRoom) -> float:
    """Book, and return the moment at which only the commit is left."""
    hold_room(session, ask)
    return time.perf_counter()


def _ask(dice: random.Random, spaces: list[int]) -> HoldRoom:
    starts = MONDAY + timedelta(days=dice.randrange(5), minutes=480 + 15 * dice.randrange(40))
    return HoldRoom(
        client_uuid=new_uuid(),
        space_id=dice.choice(spaces),
        starts_at=starts,
        ends_at=starts + timedelta(minutes=15 * dice.randint(1, 8)),
        heads=12,
        title=f"Area team {dice.randrange(100)}",
    )


def _spaces(session: Session) -> list[int]:
    return list(session.execute(text("SELECT id FROM space ORDER BY id")).scalars())


if __name__ == "__main__":
    print(json.dumps(asdict(book_at_random(sys.argv[1], int(sys.argv[2])))))
