"""A year's footfall by category, against the raw rows that it is counted from.

The raw queries fetch what a count needs, uses and what the registers of courses say, and add
nothing up.
"""

from collections.abc import Iterator
from datetime import datetime, time

from lle_desk.core.db import Database
from lle_desk.courses.rules import PlaceState
from lle_desk.reports.queries import footfall
from lle_desk.reports.rules import YearKind, year_of
from tests.benchmarks.driver import Driver, stored
from tests.benchmarks.harness import Row, Work, compared, timed
from tests.benchmarks.history import LAST_DAY
from tests.benchmarks.offices import Offices

LIMIT = 3.0
YEARS_LIMIT = 1.2
ROUNDS = 30
YEAR = year_of(YearKind.FINANCIAL, LAST_DAY)
RAW = (
    "SELECT used.id, used.room_booking_id, booking.category, used.space_id, used.starts_at,"
    " used.ends_at, used.actual_heads, used.heads FROM room_use AS used"
    " JOIN room_booking AS booking ON booking.id = used.room_booking_id"
    " WHERE used.holds_space{true} AND used.starts_at >= ? AND used.starts_at < ?"
)
OF_COURSES = (
    "SELECT used.id, count(*) FROM room_use AS used"
    " JOIN event_session AS met ON met.room_use_id = used.id"
)
IN_YEAR = " AND used.starts_at >= ? AND used.starts_at < ? GROUP BY used.id"
CAME = (
    f"{OF_COURSES} JOIN place ON place.event_id = met.event_id"
    f" WHERE place.state = '{PlaceState.ATTENDED}' AND used.actual_heads IS NULL{IN_YEAR}"
)
MISSED = (
    f"{OF_COURSES} JOIN missed_session AS missed ON missed.event_session_id = met.id"
    f" WHERE used.actual_heads IS NULL{IN_YEAR}"
)


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield for each database the ratio to raw, and of many years to few."""
    few, many = min(offices.years), max(offices.years)
    for kind in kinds:
        asked = {}
        for years in sorted({few, many}):
            asked[years] = ours(Database(offices.with_years(kind, years)))
            other = raw(Driver(offices.with_years(kind, years)))
            title = f"footfall of a year, raw rows, {years} years, {kind}"
            yield compared(title, timed(asked[years]), timed(other), LIMIT, ROUNDS, warm=5)
        if few != many:
            title = f"footfall, {many} years against {few}, {kind}"
            both = timed(asked[many]), timed(asked[few])
            yield compared(title, *both, YEARS_LIMIT, ROUNDS, warm=5)


def ours(database: Database) -> Work:
    """Return what counts the people of a year by category."""
    return lambda: database.read(footfall, YEAR.first, YEAR.last)


def raw(driver: Driver) -> Work:
    """Return what fetches the bare rows."""
    text = RAW.format(true=" = 1" if driver.is_sqlite else "")
    times: list[object] = [datetime.combine(day, time()) for day in (YEAR.first, YEAR.after.first)]
    if driver.is_sqlite:
        times = [stored(one) for one in times]
    return lambda: [driver.run(one, times) for one in (text, CAME, MISSED)]
