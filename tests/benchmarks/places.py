"""Booking one place, with price, charge, checks and audit, against the bare driver's same rows."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import text
from sqlalchemy.orm import Session

from lle_desk.core.db import Database
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import AddEvent, BookPlaces, Delegate, NewSession, add_event
from lle_desk.courses.actions import book_places as take_booking
from tests.benchmarks.booking import AUDIT, DETAIL, ENTRY, HEAD, PAYLOAD, WORDS, drop_triggers
from tests.benchmarks.driver import Driver
from tests.benchmarks.harness import Row, Work, compared, timed
from tests.benchmarks.history import LAST_DAY
from tests.benchmarks.offices import BY, Offices

LIMIT = 3.0
ROUNDS = 300
SEATS = 1000
SOON = LAST_DAY + timedelta(days=40)
BOOKING = (
    "INSERT INTO course_booking (client_uuid, version, number, customer_id, contact_id, event_id,"
    " order_number, confirmation_to, notes, taken_by, taken_at) VALUES"
    " (?, 1, ?, ?, NULL, ?, '', '', '', 'ann', ?) RETURNING id"
)
TERM = (
    "INSERT INTO booking_term (client_uuid, version, course_booking_id, notice_below, percent,"
    " unit, base, free_place_fee) VALUES (?, 1, ?, ?, ?, 'working days', 'fee', 5000)"
)
PERSON = (
    "INSERT INTO person (client_uuid, version, customer_id, given_name, family_name, job_title,"
    " email, telephone, is_contact, is_demo, basis) VALUES"
    " (?, 1, ?, 'Pat', ?, '', '', '', ?, ?, 'contract') RETURNING id"
)
PLACE = (
    "INSERT INTO place (client_uuid, version, course_booking_id, event_id, person_id, state,"
    " holds_place, cancelled_reason) VALUES (?, 1, ?, ?, ?, 'booked', ?, '') RETURNING id"
)
COUNTED = "UPDATE event SET places_held = places_held + 1 WHERE id = ?"
CHARGE = (
    "INSERT INTO charge (client_uuid, version, customer_id, offer_id, source, source_id, state,"
    " hold_reason, description, detail, quantity, unit_price, net, vat, band, price_reason, supply,"
    " vat_code, vat_rate, vat_reason, route, route_reason, tax_point_on, order_number) VALUES"
    " (?, 1, ?, ?, 'place', ?, 'unbilled', '', 'Course place: Phonics, part 1', 'Pat Invented', 1,"
    " 14000, 14000, 0, 'out of county', 'out of county, from 1 Sep 2013', 'education', 'E', 0,"
    " 'education', 'invoice', 'pays by invoice', ?, '') RETURNING id"
)
WORD = "INSERT INTO search_word (kind, word, entry_id) VALUES (?, ?, ?)"
FACTS = ("SELECT min(id) FROM course", "SELECT min(id) FROM customer WHERE closed_on IS NULL")
AUDITED = ("person", "course_booking", "booking_term", "booking_term", "place", "charge")


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield one row for each kind of database, with a year of the office's work in it."""
    for kind in kinds:
        database = Database(offices.with_years(kind, min(offices.years)))
        driver = Driver(offices.with_years(kind, min(offices.years)))
        drop_triggers(driver)
        ours_, raw_ = timed(ours(database)), timed(raw(driver))
        yield compared(f"book a place, {kind}", ours_, raw_, LIMIT, ROUNDS, warm=20)
        driver.close()
        database.close()


def ours(database: Database) -> Work:
    """Return what books one place for somebody new on an event with room."""
    numbers = count(1)
    with database.engine.connect() as connection:
        course, customer = (connection.execute(text(one)).scalar_one() for one in FACTS)
    event = database.write(BY, _add_event, course)

    def book() -> int:
        pat = (Delegate(given_name="Pat", family_name=f"Invented{next(numbers)}"),)
        return database.write(BY, take_booking, BookPlaces(new_uuid(), event, customer, pat))

    return book


def raw(driver: Driver) -> Work:
    """Return what writes the rows that booking one place makes, and nothing else."""
    yes, no = (1, 0) if driver.is_sqlite else (True, False)
    numbers = count(driver.run("SELECT max(number) FROM course_booking")[0][0] + 1)
    positions = count(driver.run("SELECT position FROM audit_head")[0][0] + 1, len(AUDITED))
    event, offer = driver.run("SELECT id, offer_id FROM event ORDER BY id DESC LIMIT 1")[0]
    driver.many("UPDATE event SET capacity = ? WHERE id = ?", [(SEATS, event)])
    customer = driver.run(FACTS[1])[0][0]
    moment, day = datetime(2014, 3, 31, 12), LAST_DAY
    taken_at: object = str(moment) if driver.is_sqlite else moment
    on: object = str(day) if driver.is_sqlite else day

    def book() -> None:
        number, at, key = next(numbers), next(positions), b"0" * 32
        family = f"Invented{number}"
        with driver.transaction():
            person = driver.run(PERSON, (new_uuid(), customer, family, no, no))[0][0]
            values = (new_uuid(), number, customer, event, taken_at)
            booking = driver.run(BOOKING, values)[0][0]
            for notice, percent in ((5, 100), (None, 0)):
                driver.many(TERM, [(new_uuid(), booking, notice, percent)])
            place = driver.run(PLACE, (new_uuid(), booking, event, person, yes))[0][0]
            driver.many(COUNTED, [(event,)])
            driver.run(CHARGE, (new_uuid(), customer, offer, place, on))
            _found(driver, "person", person, f"pat {family}".lower())
            _found(driver, "course_booking", booking, f"b {number} {number:05d}")
            for place_at, table in enumerate(AUDITED):
                driver.run(AUDIT, (at + place_at, table, booking, PAYLOAD, key))
            for place_at in (0, 1, 5):
                driver.run(DETAIL, (at + place_at, "0" * 32, WORDS))
            driver.run(HEAD, (at + len(AUDITED) - 1, key))

    return book


def _found(driver: Driver, kind: str, record: int, words: str) -> None:
    statement = ENTRY.replace("'room_booking'", f"'{kind}'")
    entry = driver.run(statement, (record, words, "", words))[0][0]
    driver.many(WORD, [(kind, word, entry) for word in set(words.split())])


def _add_event(session: Session, course: int) -> int:
    begins = datetime(SOON.year, SOON.month, SOON.day, 9)
    meeting = NewSession(begins, begins + timedelta(hours=3), outside_venue="Town hall")
    return add_event(session, AddEvent(new_uuid(), course, (meeting,), capacity=SEATS))
