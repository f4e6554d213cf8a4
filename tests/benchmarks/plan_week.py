"""A week of the plan from the query to the painted frame, against raw rows and raw painting.

Run: python -m tests.benchmarks.plan_week URL   (set QT_QPA_PLATFORM=offscreen without a screen)
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from tests.benchmarks.driver import Driver, stored
from tests.benchmarks.harness import Row, Work, compared, timed
from tests.benchmarks.offices import Offices

LIMIT = 1.5
ROUNDS = 60
MONDAY = date(2014, 3, 10)
SUNDAY = MONDAY + timedelta(days=6)
SPACES = (
    "SELECT space.id, space.code, space.name, space.short_name, space.kind, space.sort_order,"
    " laid.layout, laid.capacity FROM space LEFT JOIN space_layout AS laid"
    " ON laid.space_id = space.id ORDER BY space.sort_order, laid.capacity DESC"
)
USES = (
    "SELECT used.id, used.version, booking.id, booking.version, booking.number, used.space_id,"
    " booking.title, booking.short_title, booking.category, booking.status, used.holds_space,"
    " used.layout, used.heads, used.is_estimate, used.starts_at, used.ends_at,"
    " used.reserved_from, used.reserved_to, booking.option_on, booking.notes_customer <> '',"
    " used.is_pinned, used.over_capacity_reason, booking.source, customer.name,"
    " person.given_name, person.family_name FROM room_use AS used"
    " JOIN room_booking AS booking ON booking.id = used.room_booking_id"
    " LEFT JOIN customer ON customer.id = booking.customer_id"
    " LEFT JOIN person ON person.id = booking.contact_id WHERE used.space_id IS NOT NULL"
    " AND used.starts_at >= ? AND used.starts_at < ? ORDER BY used.starts_at, used.id"
)


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield a row for each database, measured in a process with a screen of its own."""
    for kind in kinds:
        for years in sorted(set(offices.years)):
            done = subprocess.run(
                [sys.executable, "-m", __name__, offices.with_years(kind, years)],
                env={"QT_QPA_PLATFORM": "offscreen"} | os.environ,
                check=True,
                capture_output=True,
                text=True,
            )
            told = json.loads(done.stdout)
            told["what"] = f"{told['what']}, {years} years, {kind}"
            yield Row(**told)


def measured(url: str) -> Row:
    """Return how long a week takes from asking for it to its picture."""
    from PySide6.QtWidgets import QApplication

    from lle_desk.core.db import Database
    from lle_desk.qt.theme import Scheme, theme

    _app = QApplication.instance() or QApplication([])
    theme().install(Scheme.LIGHT)
    database, driver = Database(url), Driver(url)
    work, count = ours(database), len(_rows(driver))
    row = compared(f"a week of {count}", timed(work), timed(raw(driver)), LIMIT, ROUNDS, warm=5)
    driver.close()
    database.close()
    return row


def ours(database: object) -> Work:
    """Return what reads the week, lays it out and paints it, as the Rooms tab does."""
    from PySide6.QtGui import QImage, QPainter

    from lle_desk.core.db import Database
    from lle_desk.qt.time_grid import TimeGrid
    from lle_desk.qt.time_grid.paint import paint_scene
    from lle_desk.rooms.queries import plan_of, sites
    from lle_desk.rooms.ui.plan_words import areas_of, blocks_of, lanes_of, span_of_plan
    from tests.benchmarks.plan_frame import SIZE

    assert isinstance(database, Database)
    site = database.read(sites)[0].id
    grid = TimeGrid("Woodlands")
    grid.resize(*SIZE)
    image = QImage(*SIZE, QImage.Format.Format_RGB32)

    def week() -> None:
        plan = database.read(plan_of, site, MONDAY, SUNDAY)
        lanes = lanes_of(plan.spaces)
        grid.show_plan(span_of_plan(plan), lanes, blocks_of(plan), areas_of(plan))
        painter = QPainter(image)
        paint_scene(painter, grid.scene())
        painter.end()

    return week


def raw(driver: Driver) -> Work:
    """Return what fetches the same rows and paints as many blocks, and nothing cleverer."""
    from PySide6.QtGui import QImage, QPainter

    from tests.benchmarks.plan_frame import SIZE, raw_frame

    image = QImage(*SIZE, QImage.Format.Format_RGB32)

    def week() -> None:
        driver.run(SPACES)
        rows = _rows(driver)
        painter = QPainter(image)
        raw_frame(painter, len(rows))
        painter.end()

    return week


def _rows(driver: Driver) -> list[tuple[object, ...]]:
    span: list[object] = [datetime.combine(MONDAY, time()), datetime.combine(SUNDAY, time.max)]
    span = [stored(moment) for moment in span] if driver.is_sqlite else span
    return driver.run(USES, span)


if __name__ == "__main__":
    print(json.dumps(asdict(measured(sys.argv[1]))))
