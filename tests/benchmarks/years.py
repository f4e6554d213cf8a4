"""What the office does all day, with many years of data against one, asked in turns."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.db import Database
from lle_desk.core.records import new_uuid
from lle_desk.core.search import find_records
from lle_desk.courses.actions import AddEvent, BookPlaces, Delegate, NewSession, add_event
from lle_desk.courses.actions import book_places as take_booking
from lle_desk.courses.models import Course
from lle_desk.courses.queries import EventFilter, event_list
from lle_desk.customers.models import Customer
from lle_desk.customers.queries import customer_card
from lle_desk.rooms.models import Site
from lle_desk.rooms.queries import FreeRoomsQuestion, free_spaces, plan_of
from tests.benchmarks import booking
from tests.benchmarks.harness import Row, Work, compared, timed
from tests.benchmarks.history import LAST_DAY
from tests.benchmarks.offices import BY, Offices
from tests.benchmarks.searching import TYPED

LIMIT = 1.2
ROOMS_LIMIT = 1.1
OF_ROOMS = frozenset({"book a room", "free rooms", "plan of a day", "plan of a week"})
ROUNDS = 40
SOON = LAST_DAY + timedelta(days=40)
DAY = date(2014, 3, 12)


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield a row for each thing done, the most years against the fewest."""
    fewest, most = min(offices.years), max(offices.years)
    if fewest == most:
        return
    for kind in kinds:
        little = Database(offices.with_years(kind, fewest))
        much = Database(offices.with_years(kind, most))
        here, there = works(much), works(little)
        for what in here:
            title = f"{what}, {most} years against {fewest}, {kind}"
            limit = ROOMS_LIMIT if what in OF_ROOMS else LIMIT
            yield compared(title, timed(here[what]), timed(there[what]), limit, ROUNDS, warm=10)
        little.close()
        much.close()


def works(database: Database) -> dict[str, Work]:
    """Return what is done, by its name."""
    site, customer = database.read(_site_and_customer)
    month = EventFilter(DAY.replace(day=1), LAST_DAY)
    noon = datetime(DAY.year, DAY.month, DAY.day, 12)
    question = FreeRoomsQuestion(
        starts_at=noon,
        ends_at=noon + timedelta(hours=1),
        heads=15,
        layout="classroom",
        site_id=site,
    )
    return {
        "book a room": booking.ours(database),
        "free rooms": lambda: database.read(free_spaces, question),
        "take a course booking": _take_booking(database, customer),
        "find": lambda: [database.read(_find, typed) for typed in TYPED],
        "plan of a day": lambda: database.read(plan_of, site, DAY, DAY),
        "plan of a week": lambda: database.read(plan_of, site, DAY, DAY + timedelta(days=6)),
        "events of a month": lambda: database.read(event_list, month),
        "one customer's facts": lambda: database.read(customer_card, customer, DAY),
    }


def _find(session: Session, typed: str) -> list[object]:
    return list(find_records(session, typed, most=8))


def _site_and_customer(session: Session) -> tuple[int, int]:
    site = session.scalars(select(Site.id).where(Site.code == "WDL")).one()
    open_one = select(Customer.id).where(Customer.closed_on.is_(None)).order_by(Customer.id)
    return site, session.scalars(open_one.offset(5).limit(1)).one()


def _take_booking(database: Database, customer: int) -> Work:
    """Return what books two delegates, one known by name and one new, on a roomy new event."""
    event = database.write(BY, _add_event)
    numbers = count(1)

    def book() -> int:
        n = next(numbers)
        delegates = (Delegate(given_name="Pat", family_name=f"Invented{n}"), Delegate())
        return database.write(BY, take_booking, BookPlaces(new_uuid(), event, customer, delegates))

    return book


def _add_event(session: Session) -> int:
    course = session.scalars(select(Course.id).order_by(Course.id).limit(1)).one()
    begins = datetime(SOON.year, SOON.month, SOON.day, 9)
    meeting = NewSession(begins, begins + timedelta(hours=3), outside_venue="Town hall")
    return add_event(session, AddEvent(new_uuid(), course, (meeting,), capacity=1000))
