"""Eleven processes that want the last places of nearly full events for a minute.

Each books one to three places somewhere at random and now and then cancels a booking of its own,
so that places come free again. Never may an event hold one place too many, and every place that a
desk was told it has, less those it gave back, must be there at the end.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.errors import DatabaseBusy, OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import (
    AddEvent,
    BookPlaces,
    CancelBooking,
    Delegate,
    NewSession,
    add_event,
    book_places,
    cancel_booking,
)
from tests.benchmarks.harness import Row
from tests.benchmarks.history import LAST_DAY
from tests.benchmarks.offices import BY, Offices

DESKS = 11
SECONDS = 60.0
EVENTS, CAPACITY = 20, 12
PAUSE_S = (0.05, 0.4)  # between two bookings of one desk
GIVES_BACK = 0.35
SOON = LAST_DAY + timedelta(days=60)
LONGEST_S = 0.25
TOO_MANY = "SELECT count(*) FROM event WHERE places_held > capacity"
NOT_COUNTED = (
    "SELECT count(*) FROM event WHERE places_held <> (SELECT count(*) FROM place"
    " WHERE place.event_id = event.id AND place.holds_place)"
)
HELD = (
    "SELECT coalesce(sum(places_held), 0), coalesce(sum(capacity), 0) FROM event"
    " WHERE code LIKE 'LAST-%'"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What one desk did: places it has in the end, seconds of its saves, refusals, no turn."""

    has: int
    booked: int
    given_back: int
    saves: list[float]
    full: int
    busy: int
    unclear: list[str]


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Check what eleven desks leave behind in each database; yield their middle save."""
    for kind in kinds:
        url = offices.with_years(kind, min(offices.years))
        database = Database(url)
        database.write(BY, _add_events)
        running = [_start(url, seed) for seed in range(DESKS)]
        desks = [Desk(**json.loads(one.communicate()[0])) for one in running]
        held, seats = database.read(_pair, HELD)
        saves = [seconds for desk in desks for seconds in desk.saves]
        print(
            f"  {kind}: {sum(desk.booked for desk in desks):,} places booked,"
            f" {sum(desk.given_back for desk in desks):,} given back; {held} of {seats} held;"
            f" {sum(desk.full for desk in desks):,} refused as full,"
            f" {sum(desk.busy for desk in desks)} had no turn"
        )
        unclear = [words for desk in desks for words in desk.unclear]
        assert not unclear, unclear[:3]
        assert database.read(_pair, TOO_MANY)[0] == 0, "an event has more places than seats"
        assert database.read(_pair, NOT_COUNTED)[0] == 0, "an event counts other places than it has"
        assert held == sum(desk.has for desk in desks), "a place was lost, or nobody asked for it"
        database.close()
        yield Row(f"middle save of {DESKS} desks, {kind}", statistics.median(saves), LONGEST_S, 1.0)


def want_the_last(url: str, seed: int) -> Desk:
    """Book and give back for a minute, as one desk."""
    database, dice = Database(url, f"desk-{seed}"), random.Random(seed)
    by = By(f"officer {seed}", f"desk-{seed}")
    events, customers = database.read(_events), database.read(_customers)
    own: dict[int, int] = {}  # booking -> places
    done = Desk(0, 0, 0, [], 0, 0, [])
    end_at = time.monotonic() + SECONDS
    while time.monotonic() < end_at:
        gives = dice.random() < GIVES_BACK and bool(own)
        ask = BookPlaces(
            new_uuid(),
            dice.choice(events),
            dice.choice(customers),
            (Delegate(),) * dice.randint(1, 3),
        )
        start = time.perf_counter()
        try:
            if gives:
                gone = dice.choice(list(own))
                database.write(by, _cancel, gone)
                done = replace(done, given_back=done.given_back + own.pop(gone))
            else:
                count = len(ask.delegates)
                own[database.write(by, book_places, ask)] = count
                done = replace(done, booked=done.booked + count)
            done.saves.append(time.perf_counter() - start)
        except DatabaseBusy:
            done = replace(done, busy=done.busy + 1)
        except OfficerError as error:
            done = _refused(done, str(error))
        time.sleep(dice.uniform(*PAUSE_S))
    database.close()
    return replace(done, has=sum(own.values()))


def _refused(done: Desk, words: str) -> Desk:
    if "place" not in words:
        done.unclear.append(words)
    return replace(done, full=done.full + ("place" in words))


def _start(url: str, seed: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.benchmarks.last_places", url, str(seed)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _add_events(session: Session) -> None:
    course = session.execute(text("SELECT min(id) FROM course")).scalar_one()
    for n in range(EVENTS):
        begins = datetime(SOON.year, SOON.month, SOON.day, 9) + timedelta(days=n)
        meeting = NewSession(begins, begins + timedelta(hours=3), outside_venue="Town hall")
        ask = AddEvent(new_uuid(), course, (meeting,), capacity=CAPACITY, code=f"LAST-{n:04d}")
        add_event(session, ask)


def _events(session: Session) -> list[int]:
    found = session.execute(text("SELECT id FROM event WHERE code LIKE 'LAST-%' ORDER BY id"))
    return list(found.scalars())


def _customers(session: Session) -> list[int]:
    found = (
        "SELECT id FROM customer WHERE closed_on IS NULL AND 3 = (SELECT count(DISTINCT standing)"
        " FROM customer_standing WHERE customer_id = customer.id AND valid_from <= '2014-01-01')"
        " ORDER BY id LIMIT 40"
    )
    return list(session.execute(text(found)).scalars())


def _cancel(session: Session, booking_id: int) -> None:
    version = "SELECT version FROM course_booking WHERE id = :id"
    seen = session.execute(text(version), {"id": booking_id}).scalar_one()
    cancel_booking(session, CancelBooking(booking_id, seen, LAST_DAY, "The day does not suit"))


def _pair(session: Session, statement: str) -> tuple[int, ...]:
    return tuple(int(value) for value in session.execute(text(statement)).one())


if __name__ == "__main__":
    print(json.dumps(asdict(want_the_last(sys.argv[1], int(sys.argv[2])))))
