"""Booking a room, with checks and audit, against the bare driver writing the same rows."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

from lle_desk.core.days import is_working_day
from lle_desk.core.db import Database
from lle_desk.core.records import new_uuid
from lle_desk.rooms.actions import HoldRoom, hold_room
from lle_desk.tables import metadata
from tests.benchmarks.driver import Driver
from tests.benchmarks.harness import Row, Work, compared, timed
from tests.benchmarks.history import LAST_DAY
from tests.benchmarks.offices import BY, Offices

LIMIT = 3.0
ROUNDS = 300
PAYLOAD = '{"position": 1, "after": {"title": "' + "-" * 500 + '"}}'
WORDS = '{"after": {"notes_customer": "", "notes_office": ""}}'

BOOKING = (
    "INSERT INTO room_booking (client_uuid, version, number, title, short_title, category,"
    " status, holds_space, order_number, notes_customer, notes_office, taken_by,"
    " external_number, source, cancelled_reason) VALUES (?, 1, ?, ?, '', 'Schools (CPD)',"
    " 'confirmed', ?, '', '', '', 'ann', '', '', '') RETURNING id"
)
USE = (
    "INSERT INTO room_use (client_uuid, version, room_booking_id, space_id, layout, heads,"
    " starts_at, ends_at, reserved_from, reserved_to, holds_space, is_pinned,"
    " over_capacity_reason) VALUES (?, 1, ?, ?, 'classroom', 12, ?, ?, ?, ?, ?, ?, '') RETURNING id"
)
CLAIM = (
    "INSERT INTO claim (resource_id, room_use_id, starts_at, ends_at, holds_space)"
    " VALUES (?, ?, ?, ?, ?)"
)
TERM = (
    "INSERT INTO room_booking_term (client_uuid, version, room_booking_id, notice_below, percent,"
    " unit, base) VALUES (?, 1, ?, ?, ?, 'working days', ?)"
)
TERMS = ((None, 0, "hire"), (6, 100, "hire and catering"), (10, 100, "hire"), (29, 50, "hire"))
AUDITED = 2 + len(TERMS)
ENTRY = (
    "INSERT INTO search_entry (kind, record_id, title, subtitle, words)"
    " VALUES ('room_booking', ?, ?, ?, ?) RETURNING id"
)
WORD = "INSERT INTO search_word (kind, word, entry_id) VALUES ('room_booking', ?, ?)"
AUDIT = "INSERT INTO audit (position, table_name, record_id, payload, hash) VALUES (?, ?, ?, ?, ?)"
DETAIL = "INSERT INTO audit_detail (position, salt, words) VALUES (?, ?, ?)"
HEAD = "UPDATE audit_head SET position = ?, hash = ?"


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield one row for each kind of database, with a year of the office's work in it."""
    for kind in kinds:
        database = Database(offices.with_years(kind, min(offices.years)))
        driver = Driver(offices.with_years(kind, min(offices.years)))
        drop_triggers(driver)
        yield compared(
            f"book a room, {kind}",
            timed(ours(database)),
            timed(raw(driver)),
            LIMIT,
            ROUNDS,
            warm=20,
        )
        driver.close()
        database.close()


def ours(database: Database) -> Work:
    """Return what books the next free hour."""
    with database.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT id FROM space ORDER BY sort_order").all()
    slots = free_slots([row[0] for row in found])

    def book() -> int:
        space, starts, ends = next(slots)
        ask = HoldRoom(
            client_uuid=new_uuid(),
            space_id=space,
            starts_at=starts,
            ends_at=ends,
            heads=12,
            title="Phonics for beginners",
        )
        return database.write(BY, hold_room, ask)

    return book


def raw(driver: Driver) -> Work:
    """Return what writes the rows that booking the next free hour makes, and nothing else."""
    cells = dict(driver.run("SELECT space_id, resource_id FROM space_cell"))
    slots = free_slots([row[0] for row in driver.run("SELECT id FROM space ORDER BY sort_order")])
    yes, no = (1, 0) if driver.is_sqlite else (True, False)
    positions = count(driver.run("SELECT position FROM audit_head")[0][0] + 1, AUDITED)
    numbers = count(driver.run("SELECT max(number) FROM room_booking")[0][0] + 1)

    def book() -> None:
        space, starts, ends = next(slots)
        span = [starts, ends] if not driver.is_sqlite else [str(starts), str(ends)]
        at, number, title, key = next(positions), next(numbers), "Phonics for beginners", b"0" * 32
        with driver.transaction():
            booking = driver.run(BOOKING, (new_uuid(), number, title, yes))[0][0]
            driver.many(TERM, [(new_uuid(), booking, *term) for term in TERMS])
            use = driver.run(USE, (new_uuid(), booking, space, *span, *span, yes, no))[0][0]
            driver.run(CLAIM, (cells[space], use, *span, yes))
            words = f"{title} wr {number} {number:05d}".lower()
            entry = driver.run(ENTRY, (booking, title, f"WR-{number}", words))[0][0]
            driver.many(WORD, [(word, entry) for word in set(words.split())])
            driver.run(AUDIT, (at, "room_booking", booking, PAYLOAD, key))
            driver.run(DETAIL, (at, "0" * 32, WORDS))
            frozen = PAYLOAD[:390]
            driver.many(
                AUDIT,
                [
                    (at + n, "room_booking_term", booking, frozen, key)
                    for n in range(1, AUDITED - 1)
                ],
            )
            driver.run(AUDIT, (at + AUDITED - 1, "room_use", use, PAYLOAD, key))
            driver.run(HEAD, (at + AUDITED - 1, key))

    return book


def free_slots(spaces: list[int]) -> Iterator[tuple[int, datetime, datetime]]:
    """Yield hours of the evening that nobody has, in the last year's own busy days."""
    for day in count():
        for hour in (17, 18, 19, 20):
            starts = datetime.combine(LAST_DAY, datetime.min.time()) - timedelta(days=day)
            starts = starts.replace(hour=hour)
            if not is_working_day(starts.date()):
                continue  # the site is shut
            for space in spaces:
                yield space, starts, starts + timedelta(hours=1)


def drop_triggers(driver: Driver) -> None:
    """Leave the tables with their checks, keys and indexes, but without our triggers."""
    if driver.is_sqlite:
        for (name,) in driver.run("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            driver.run(f"DROP TRIGGER {name}")
    else:
        for name in metadata.tables:
            driver.run(f"ALTER TABLE {name} DISABLE TRIGGER USER")
