"""A year of 4,000 bookings given rooms, read from the database, against the bare solver.

The bare solver gets the very same models, put together beforehand, and only has to solve them.

Run: python -m tests.benchmarks.allocating
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import highspy
import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.db import Database
from lle_desk.core.paths import resources
from lle_desk.core.records import new_uuid
from lle_desk.prepare import make_ready
from lle_desk.rooms.imports import add_demo_rooms, demo_rooms
from lle_desk.rooms.models import RoomBooking, RoomUse, Site
from lle_desk.rooms.queries import space_facts
from lle_desk.rooms.queries.allocation import allocation_question
from lle_desk.rooms.rules import Category, SpaceFacts, Status
from lle_desk.rooms.rules.allocation import Allocation, allocate
from lle_desk.rooms.rules.allocation.solver import ALMOST_ONE, Model
from tests.benchmarks.harness import Row, Work, compared, table, timed
from tests.benchmarks.offices import BY, Offices

LIMIT = 1.2
YEARS_LIMIT = 1.1
ROUNDS = 5
USES = 4000
FIRST, LAST = date(2013, 4, 1), date(2014, 3, 31)
LAYOUTS = {"boardroom": 40, "classroom": 25, "theatre": 12, "cabaret": 12, "U-shape": 6, "ICT": 5}
PARTS = {(540, 720): 40, (780, 960): 30, (540, 960): 27, (1080, 1200): 3}  # minutes of the day
COURSES = 0.1  # of bookings have two or three days, a week apart
CARELESS = 0.02  # of uses are taken without a look whether a room is free


@dataclass(frozen=True, slots=True)
class Wish:
    """A use without a room; those of one booking have its number."""

    booking: int
    starts_at: datetime
    ends_at: datetime
    layout: str
    heads: int


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield two rows for each kind of database: one of them compares many years with few."""
    for kind in kinds:
        yield row(offices.bare(kind), kind)
        few, many = min(offices.years), max(offices.years)
        if few != many:
            young, old = (Database(offices.with_years(kind, years)) for years in (few, many))
            what = f"allocate a year in order, {many} years ({few}), {kind}"
            yield compared(what, timed(in_order(old)), timed(in_order(young)), YEARS_LIMIT)
            young.close()
            old.close()


def in_order(database: Database) -> Work:
    """Return what allocates the last year of a database, in which all have rooms."""
    site_id = database.read(_woodlands)
    return lambda: ours(database, site_id, [])


def row(url: str, kind: str) -> Row:
    """Return how long a year of bookings takes in a ready and empty database."""
    database = Database(url)
    try:
        site_id = database.write(BY, fill)
        models: list[Model] = []
        plan = ours(database, site_id, models)
        assert plan.is_proved, plan.proof_words
        bare = Bare(models)
        what = f"allocate {len(plan.placements):,} bookings, {kind}"
        return compared(
            what, timed(lambda: ours(database, site_id, [])), timed(bare.solve), LIMIT, ROUNDS, 1
        )
    finally:
        database.close()


def ours(database: Database, site_id: int, models: list[Model]) -> Allocation:
    question = database.read(allocation_question, site_id, FIRST, LAST)
    return allocate(question, asked=models.append)


class Bare:
    """HiGHS alone, with models that are ready."""

    def __init__(self, models: Sequence[Model]) -> None:
        self._models = [_ready(model) for model in models]

    def solve(self) -> None:
        for model in self._models:
            solver = highspy._core._Highs()  # what highspy.Highs adds is not the solver's
            solver.setOptionValue("output_flag", False)
            solver.setOptionValue("threads", 1)
            solver.setOptionValue("mip_rel_gap", 0.0)
            solver.setOptionValue("mip_abs_gap", ALMOST_ONE)
            solver.passModel(model)
            solver.run()


def _ready(model: Model) -> highspy.HighsLp:
    whole, between = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    width = len(model.cost)
    made = highspy.HighsLp()
    made.num_col_, made.num_row_ = width, len(model.low)
    made.col_cost_ = np.array(model.cost, dtype=np.float64)
    made.col_lower_, made.col_upper_ = np.zeros(width), np.ones(width)
    made.row_lower_, made.row_upper_ = np.array(model.low), np.array(model.high)
    made.integrality_ = [whole] * model.whole + [between] * (width - model.whole)
    made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    made.a_matrix_.start_ = np.array(model.starts, dtype=np.int32)
    made.a_matrix_.index_ = np.array(model.columns, dtype=np.int32)
    made.a_matrix_.value_ = np.array(model.values, dtype=np.float64)
    return made


def fill(session: Session) -> int:
    """Put a year of bookings without rooms into Woodlands, and return the site."""
    site_id = _woodlands(session)
    add_demo_rooms(session, site_id, demo_rooms(resources() / "demo" / "rooms.csv"))
    bookings: dict[int, RoomBooking] = {}
    listed = wishes(space_facts(session, site_id), Random(1))
    for wish in listed:
        if wish.booking not in bookings:
            bookings[wish.booking] = RoomBooking(
                client_uuid=new_uuid(),
                number=wish.booking,
                title="Area team",
                category=Category.MEETINGS,
                status=Status.CONFIRMED,
                holds_space=True,
                taken_by="ann",
            )
    session.add_all(bookings.values())
    session.flush()
    session.add_all(
        RoomUse(
            client_uuid=new_uuid(),
            room_booking_id=bookings[wish.booking].id,
            layout=wish.layout,
            heads=wish.heads,
            starts_at=wish.starts_at,
            ends_at=wish.ends_at,
            reserved_from=wish.starts_at - timedelta(minutes=15),
            reserved_to=wish.ends_at + timedelta(minutes=15),
            holds_space=True,
        )
        for wish in listed
    )
    return site_id


def _woodlands(session: Session) -> int:
    return session.scalars(select(Site.id).where(Site.code == "WDL")).one()


def wishes(spaces: Sequence[SpaceFacts], chance: Random) -> list[Wish]:
    """Return a year of uses that nearly all find a room, if rooms are given well."""
    days = [FIRST + timedelta(days=n) for n in range(365)]
    days = [day for day in days if day.weekday() < 5]
    taken: dict[tuple[date, int], list[tuple[int, int]]] = {}
    found: list[Wish] = []
    booking = 0
    while len(found) < USES:
        booking += 1
        layout = chance.choices(list(LAYOUTS), list(LAYOUTS.values()))[0]
        largest = chance.choice([size for one in spaces if (size := one.capacity(layout))])
        heads = max(2, int(largest * chance.uniform(0.4, 1)))
        starts, ends = chance.choices(list(PARTS), list(PARTS.values()))[0]
        span = starts + 15 * chance.randrange(3), ends - 15 * chance.randrange(4)
        day = chance.choice(days)
        for week in range(chance.choice((2, 2, 2, 3)) if chance.random() < COURSES else 1):
            on = day + timedelta(days=7 * week)
            free = [one for one in spaces if (one.capacity(layout) or 0) >= heads]
            free = [one for one in free if _is_free(taken, on, one, span)]
            if free:
                space = free[min(len(free) - 1, int(chance.expovariate(0.6)))]
                for cell in space.cells:
                    taken.setdefault((on, cell), []).append((span[0] - 15, span[1] + 15))
            if (free or chance.random() < CARELESS) and on <= LAST:
                midnight = datetime.combine(on, time())
                begins, done = (midnight + timedelta(minutes=minute) for minute in span)
                found.append(Wish(booking, begins, done, layout, heads))
    return found[:USES]


def _is_free(
    taken: dict[tuple[date, int], list[tuple[int, int]]],
    on: date,
    space: SpaceFacts,
    span: tuple[int, int],
) -> bool:
    return not any(
        held[0] < span[1] + 15 and span[0] - 15 < held[1]
        for cell in space.cells
        for held in taken.get((on, cell), ())
    )


def main() -> None:
    """Print the table of an embedded database."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{(Path(folder) / 'desk.db').as_posix()}"
        make_ready(url)
        print(table("Allocation", [row(url, "sqlite")]))


if __name__ == "__main__":
    main()
