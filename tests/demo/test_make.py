"""The office around today, as a new program shows it."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.agreements.models import Agreement, AgreementDraw
from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState
from lle_desk.core.checks import check_database
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.imports import ImportStopped, Progress
from lle_desk.courses.models import Event, EventSession, MissedSession, Place
from lle_desk.courses.rules import EventState, PlaceState
from lle_desk.customers.models import Customer, Person
from lle_desk.demo import make_demo
from lle_desk.demo.make import demo_summary, refuse_real_data
from lle_desk.demo.people import EDGE_HILL, UNIVERSITY, add_demo_customers
from lle_desk.invoicing.models import Invoice
from lle_desk.letters.models import Message
from lle_desk.rooms.models import Closure, RoomBooking, RoomRequest, RoomUse, Space
from lle_desk.rooms.rules import Category, Status

TODAY = date(2026, 11, 24)  # a Tuesday
BY = By("ann", "desk-1")
UNTIL_RESOLD = 2  # fees of places that were given back and may be sold again
only_sqlite = pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def made(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demo in a SQLite database, made once and only looked at."""
    file = tmp_path_factory.mktemp("demo") / "desk.db"
    shutil.copy(sqlite_template, file)
    database = Database(f"sqlite:///{file.as_posix()}")
    progress = Progress()
    make_demo(database, BY, today=TODAY, progress=progress)
    assert progress.share == 1.0
    yield database
    database.close()


def count(session: Session, *wanted: object) -> int:
    return session.scalar(select(func.count()).where(*wanted)) or 0  # type: ignore[arg-type]


def uses_on(session: Session, day: date) -> list[RoomUse]:
    start = datetime.combine(day, datetime.min.time())
    found = select(RoomUse).where(
        RoomUse.starts_at >= start, RoomUse.starts_at < start + timedelta(days=1)
    )
    return list(session.scalars(found))


def rooms_today(session: Session, day: date = TODAY) -> int:
    return sum(use.space_id is not None and use.holds_space for use in uses_on(session, day))


def test_the_demo_shows_each_thing_that_a_screen_can_show(made: Database) -> None:
    shows_each_thing(made)


@pytest.mark.parametrize("administrators_url", ["postgresql"], indirect=True)
@pytest.mark.long
def test_the_demo_is_the_same_every_time_on_either_database(
    database: Database, by: By, made: Database
) -> None:
    summary = make_demo(database, by, today=TODAY)
    assert "all demo data" in summary.words
    assert summary == made.read(demo_summary)
    shows_each_thing(database)
    assert shown(database) == shown(made)


def shows_each_thing(database: Database) -> None:
    summary = database.read(demo_summary)
    assert (summary.events, summary.papers) == (40, 5)
    with Session(database.engine) as session:
        assert 20 <= rooms_today(session) <= 30
        assert count(session, RoomUse.space_id.is_(None)) == 3
        assert count(session, RoomBooking.status == Status.PROVISIONAL) > 10
        assert count(session, Closure.reason != "") == 1
        for category in Category:
            assert count(session, RoomBooking.category == category) > 10
        assert count(session, Event.places_waiting > 0) > 2
        assert count(session, Event.places_held == Event.capacity) > 3
        assert count(session, Event.places_held < Event.minimum, Event.state == "open") > 3
        assert count(session, Event.state == EventState.COMPLETED) == 6
        assert count(session, Event.state == EventState.CONFIRMED) > 3
        assert count(session, EventSession.room_use_id.is_(None), no_venue()) == 3
        assert count(session, MissedSession.place_id > 0) == 2
        assert count(session, Charge.state == ChargeState.UNBILLED) > 300
        assert count(session, Charge.state == ChargeState.HELD) == 3 + UNTIL_RESOLD
        assert count(session, Charge.state == ChargeState.BILLED) > 10
        assert count(session, Invoice.series == "CRN", Invoice.state == "issued") == 1
        assert count(session, Event.places_waiting > 0, Event.places_held == Event.capacity) > 2
        agreements_of_every_sort(session)
        what_goes_otherwise(session)


def what_goes_otherwise(session: Session) -> None:
    """Places given back, rooms asked for, and letters that wait: to nobody who could get them."""
    gone = select(Place.cancelled_reason).where(Place.state == PlaceState.CANCELLED)
    assert len(set(session.scalars(gone))) == 6
    states = sorted(session.scalars(select(RoomRequest.state)))
    assert states == ["refused", "waiting", "waiting"]
    assert sorted(session.scalars(select(Message.state))) == ["failed", *["queued"] * 3]
    assert count(session, Message.sent_at.is_not(None)) == 0
    written_to = [*session.scalars(select(Message.to_address))]
    written_to += session.scalars(select(Person.email).where(Person.email != ""))
    assert len(written_to) > 500
    assert {one.rpartition("@")[2] for one in written_to} == {"school.example"}


def agreements_of_every_sort(session: Session) -> None:
    """Running, running out within a month, used up, over, ended early."""
    running = (Agreement.ends_on >= TODAY, Agreement.cancelled_on.is_(None))
    assert count(session, *running) > 5
    assert count(session, *running, Agreement.ends_on < TODAY + timedelta(days=30)) == 2
    assert count(session, *running, Agreement.used == Agreement.units, Agreement.units > 0) > 0
    assert count(session, *running, Agreement.used > 0, Agreement.used < Agreement.units) > 1
    assert count(session, Agreement.ends_on < TODAY) == 1
    assert count(session, Agreement.cancelled_on.is_not(None)) == 1
    assert count(session, AgreementDraw.source == "visit") > 0


def no_venue() -> object:
    return EventSession.outside_venue == ""


def test_a_week_has_about_sixty_room_bookings(made: Database) -> None:
    with Session(made.engine) as session:
        next_week = [TODAY + timedelta(days=n) for n in range(6, 11)]
        assert 50 <= sum(rooms_today(session, day) for day in next_week) <= 75


def test_everybody_in_the_demo_is_invented_but_the_schools_and_the_university(
    made: Database,
) -> None:
    with Session(made.engine) as session:
        real = session.scalars(select(Customer).where(~Customer.is_demo)).all()
        assert all(one.urn or one.name == EDGE_HILL for one in real)
        contacts = select(Person.family_name).where(Person.is_contact)
        assert all(name.startswith("Demo") for name in session.scalars(contacts))
        assert count(session, ~Space.is_demo) == 0


def test_the_demo_keeps_every_rule_of_the_database(made: Database) -> None:
    assert [one.rule for one in check_database(made.engine) if not one.is_kept] == []


@only_sqlite
@pytest.mark.parametrize(
    "day",
    [date(2014, 3, 2), date(2026, 12, 25)],
    ids=["a Sunday of 2014", "Christmas"],
)
def test_the_demo_can_be_made_on_any_day(database: Database, by: By, day: date) -> None:
    make_demo(database, by, today=day)
    with Session(database.engine) as session:
        assert rooms_today(session, day) >= 20


def shown(database: Database) -> list[tuple[object, ...]]:
    """Return what an officer sees of rooms, events and charges."""
    with Session(database.engine) as session:
        rooms = select(RoomBooking.number, RoomBooking.title, RoomUse.starts_at, RoomUse.heads)
        rooms = rooms.join(RoomUse, RoomUse.room_booking_id == RoomBooking.id)
        events = select(Event.code, Event.first_on, Event.places_held, Event.places_waiting)
        charges = select(Charge.id, Charge.description, Charge.detail, Charge.net)
        found = (rooms, events, charges)
        return [tuple(row) for one in found for row in sorted(session.execute(one).all(), key=str)]


def test_demo_data_is_not_mixed_with_real_customers(database: Database, by: By) -> None:
    database.write(by, add_demo_customers, [UNIVERSITY])  # a real one
    with pytest.raises(OfficerError, match="a database of its own"):
        make_demo(database, by, today=TODAY)


def test_an_empty_database_may_be_filled_and_one_with_a_real_customer_not(
    database: Database, by: By
) -> None:
    database.read(refuse_real_data)
    database.write(by, add_demo_customers, [UNIVERSITY])  # a real one
    with pytest.raises(OfficerError, match="a database of its own"):
        database.read(refuse_real_data)


def test_the_demo_has_no_more_than_ten_years(database: Database, by: By) -> None:
    with pytest.raises(OfficerError, match="0 to 10"):
        make_demo(database, by, years=11, today=TODAY)


@only_sqlite
def test_the_demo_can_be_stopped(database: Database, by: By) -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(ImportStopped):
        make_demo(database, by, today=TODAY, progress=progress)
