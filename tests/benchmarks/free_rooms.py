"""Which rooms are free, against the raw query, on both databases, with few and many years.

Two raw queries of the bare driver are compared. The first tells only which rooms are free and
large enough. The second tells all that the answer tells: of every room its seats, and who has it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.db import Database
from lle_desk.rooms.models import Site
from lle_desk.rooms.queries import FreeRoomsQuestion, free_spaces
from tests.benchmarks.driver import Driver, stored
from tests.benchmarks.harness import Row, Work, compared, timed
from tests.benchmarks.offices import Offices

LIMIT = 2.0
YEARS_LIMIT = 1.1
ROUNDS = 300
STARTS = datetime(2014, 3, 12, 10)
ENDS = STARTS + timedelta(hours=1)
HEADS, LAYOUT = 15, "classroom"
TAKEN = (
    "SELECT 1 FROM space_cell AS cell JOIN claim ON claim.resource_id = cell.resource_id"
    " WHERE cell.space_id = space.id AND claim.holds_space{true} AND claim.starts_at < ?"
    " AND claim.starts_at >= ? AND claim.ends_at > ?"
)
FREE = (
    "SELECT space.id, space.name, laid.capacity FROM space"
    " JOIN space_layout AS laid ON laid.space_id = space.id AND laid.layout = ?"
    " WHERE space.site_id = ? AND space.is_active{true} AND laid.capacity >= ?"
    f" AND NOT EXISTS ({TAKEN}) ORDER BY laid.capacity"
)
ALL = (
    "SELECT space.id, space.name, laid.capacity, held.number, held.title, held.starts_at,"
    " held.ends_at FROM space JOIN space_layout AS laid ON laid.space_id = space.id"
    " AND laid.layout = ? JOIN space_cell AS cell ON cell.space_id = space.id LEFT JOIN ("
    " SELECT claim.resource_id, booking.number, booking.title, claim.starts_at, claim.ends_at"
    " FROM claim JOIN room_use AS used ON used.id = claim.room_use_id"
    " JOIN room_booking AS booking ON booking.id = used.room_booking_id"
    " WHERE claim.holds_space{true} AND claim.starts_at < ? AND claim.starts_at >= ?"
    " AND claim.ends_at > ?) AS held ON held.resource_id = cell.resource_id"
    " WHERE space.site_id = ? AND space.is_active{true} ORDER BY laid.capacity"
)


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield for each database and number of years both ratios, then many years against few."""
    few, many = min(offices.years), max(offices.years)
    for kind in kinds:
        asked = {}
        for years in sorted({few, many}):
            database = Database(offices.with_years(kind, years))
            driver = Driver(offices.with_years(kind, years))
            asked[years] = ours(database)
            for what, statement in (("what is free", FREE), ("all that is told", ALL)):
                title = f"free rooms, raw query of {what}, {years} years, {kind}"
                other = raw(driver, statement)
                yield compared(title, timed(asked[years]), timed(other), LIMIT, ROUNDS, warm=20)
        if few != many:
            title = f"free rooms, {many} years against {few}, {kind}"
            both = timed(asked[many]), timed(asked[few])
            yield compared(title, *both, YEARS_LIMIT, ROUNDS, warm=20)


def ours(database: Database) -> Work:
    """Return what asks as the screen does, and gets every room with its reason."""
    site = database.read(_site)
    question = FreeRoomsQuestion(
        starts_at=STARTS, ends_at=ENDS, heads=HEADS, layout=LAYOUT, site_id=site
    )
    return lambda: database.read(free_spaces, question)


def raw(driver: Driver, statement: str) -> Work:
    """Return what asks the same of the bare driver."""
    text = statement.format(true=" = 1" if driver.is_sqlite else "")
    (site,) = driver.run("SELECT id FROM site WHERE code = 'WDL'")[0]
    times: list[object] = [ENDS, STARTS - timedelta(days=31), STARTS]
    if driver.is_sqlite:
        times = [stored(time) for time in times]
    values = [LAYOUT, site, HEADS, *times] if statement == FREE else [LAYOUT, *times, site]
    return lambda: driver.run(text, values)


def _site(session: Session) -> int:
    return session.scalars(select(Site.id).where(Site.code == "WDL")).one()
