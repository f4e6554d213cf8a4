"""Figures from the records: one booking or one place more changes them."""

from datetime import date, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import (
    AddEvent,
    BookPlaces,
    Delegate,
    NewSession,
    SetSessionRoom,
    add_event,
    book_places,
    set_session_room,
)
from lle_desk.courses.models import EventSession, MissedSession, Place
from lle_desk.courses.rules import PlaceState
from lle_desk.customers.rules import Kind
from lle_desk.demo.files import DemoCustomer
from lle_desk.demo.people import add_demo_customers
from lle_desk.demo.programme import add_programme
from lle_desk.demo.woodlands import add_rooms
from lle_desk.reports.exports import courses_table, footfall_table
from lle_desk.reports.queries import course_figures, footfall
from lle_desk.reports.rules import FootfallRow
from lle_desk.rooms.actions import CancelBooking, HoldRoom, cancel_booking, hold_room
from lle_desk.rooms.models import RoomBooking, RoomUse
from lle_desk.rooms.rules import Category

YEAR = (date(2013, 4, 1), date(2014, 3, 31))
SCHOOL = DemoCustomer(Kind.ACADEMY, "Demo Academy", "", "Anytown", "", in_county=True)


@pytest.fixture
def rooms(database: Database, by: By) -> dict[str, int]:
    return database.write(by, add_rooms)


def hold(rooms: dict[str, int], room: str | None, **more: object) -> HoldRoom:
    values: dict[str, object] = {
        "client_uuid": new_uuid(),
        "space_id": rooms[room] if room else None,
        "starts_at": datetime(2013, 5, 1, 9),
        "ends_at": datetime(2013, 5, 1, 12),
        "heads": 18,
        "title": "Demo",
        "category": Category.MEETINGS,
        "layout": "classroom",
    }
    return HoldRoom(**(values | more))  # type: ignore[arg-type]


def meetings(database: Database) -> FootfallRow:
    return next(row for row in database.read(footfall, *YEAR) if row.group == Category.MEETINGS)


def figures(database: Database) -> list[int]:
    return [figure.value for figure in database.read(course_figures, *YEAR)][:5]


def count_heads(session: Session, use_id: int, heads: int) -> None:
    session.get_one(RoomUse, use_id).actual_heads = heads


def cancel(session: Session, use_id: int) -> None:
    booking = session.get_one(RoomBooking, session.get_one(RoomUse, use_id).room_booking_id)
    cancel_booking(session, CancelBooking(booking_id=booking.id, seen_version=booking.version))


def test_one_room_booking_more_changes_the_footfall(
    database: Database, by: By, rooms: dict[str, int]
) -> None:
    assert meetings(database) == FootfallRow(Category.MEETINGS, 0, 0, 0)
    database.write(by, hold_room, hold(rooms, "Elm"))
    assert meetings(database) == FootfallRow(Category.MEETINGS, 1, 18, 18)
    use = database.write(by, hold_room, hold(rooms, "Ash"))
    database.write(by, count_heads, use, 21)
    assert meetings(database) == FootfallRow(Category.MEETINGS, 2, 39, 18)


def test_cancelled_bookings_and_those_without_a_room_count_nothing(
    database: Database, by: By, rooms: dict[str, int]
) -> None:
    use = database.write(by, hold_room, hold(rooms, "Elm"))
    database.write(by, cancel, use)
    database.write(by, hold_room, hold(rooms, None))
    database.write(by, hold_room, hold(rooms, "Ash", status="enquiry"))
    assert meetings(database) == FootfallRow(Category.MEETINGS, 0, 0, 0)


def test_a_joined_room_counts_once(database: Database, by: By, rooms: dict[str, int]) -> None:
    database.write(by, hold_room, hold(rooms, "Oak Room"))
    assert meetings(database) == FootfallRow(Category.MEETINGS, 1, 18, 18)


def test_a_booking_on_the_first_of_april_is_of_the_next_year(
    database: Database, by: By, rooms: dict[str, int]
) -> None:
    begins, ends = datetime(2014, 4, 1, 9), datetime(2014, 4, 1, 12)
    database.write(by, hold_room, hold(rooms, "Elm", starts_at=begins, ends_at=ends))
    assert meetings(database).bookings == 0


def test_the_footfall_table_ends_with_its_sums(
    database: Database, by: By, rooms: dict[str, int]
) -> None:
    database.write(by, hold_room, hold(rooms, "Elm"))
    database.write(by, hold_room, hold(rooms, "Ash", category=Category.EXTERNAL))
    table = database.read(footfall_table, *YEAR)
    assert table[0] == ("category", "bookings", "people")
    assert [row[0] for row in table[1:]] == [*(str(one) for one in Category), "total"]
    assert table[-1] == ("total", 2, 36)


def make_event(session: Session, code: str = "LPDS-C01") -> tuple[int, int]:
    """Return an event with a room, and a school that may book it."""
    rooms, programme = add_rooms(session), add_programme(session)
    begins, ends = datetime(2013, 6, 4, 9), datetime(2013, 6, 4, 12)
    ask = AddEvent(new_uuid(), programme[code].course_id, (NewSession(begins, ends),), capacity=20)
    event = add_event(session, ask)
    row = session.scalars(select(EventSession).where(EventSession.event_id == event)).one()
    set_session_room(
        session, SetSessionRoom(new_uuid(), row.id, row.version, rooms["Elm"], "classroom")
    )
    (school,) = add_demo_customers(session, [SCHOOL])
    return event, school.id


def book(session: Session, event: int, school: int, *names: str) -> None:
    delegates = tuple(Delegate(None, "Delegate", name) for name in names)
    book_places(session, BookPlaces(new_uuid(), event, school, delegates))


def mark(session: Session, state: PlaceState, most: int) -> None:
    for place in session.scalars(select(Place).order_by(Place.id).limit(most)):
        place.state = str(state)


def miss_first(session: Session, event: int) -> None:
    """Let who attended first miss the first session, of two."""
    later = datetime(2013, 6, 11, 9), datetime(2013, 6, 11, 12)
    row = session.scalars(select(EventSession).where(EventSession.event_id == event)).one()
    words = {"outside_venue": "Elsewhere", "trainer_names": ""}
    uuids = {"client_uuid": new_uuid()}
    session.add(
        EventSession(event_id=event, starts_at=later[0], ends_at=later[1], **words, **uuids)
    )
    session.flush()
    place = session.scalars(select(Place.id).order_by(Place.id).limit(1)).one()
    session.add(MissedSession(client_uuid=new_uuid(), place_id=place, event_session_id=row.id))


def schools_heads(database: Database) -> tuple[int, int]:
    rows = {row.group: row for row in database.read(footfall, *YEAR)}
    return rows[str(Category.SCHOOLS)].people, rows[str(Category.SCHOOLS)].estimated


def test_one_place_more_changes_the_courses_report(database: Database, by: By) -> None:
    assert figures(database) == [0, 0, 0, 0, 0]
    event, school = database.write(by, make_event)
    assert figures(database) == [0, 0, 0, 1, 1]
    database.write(by, book, event, school, "One", "Two")
    assert figures(database) == [2, 0, 0, 1, 1]
    database.write(by, mark, PlaceState.ATTENDED, 1)
    assert figures(database) == [2, 1, 1, 1, 1]


def test_other_services_are_not_counted_with_lpds(database: Database, by: By) -> None:
    event, school = database.write(by, make_event, "GOV-C01")
    database.write(by, book, event, school, "One", "Two")
    database.write(by, mark, PlaceState.ATTENDED, 2)
    assert figures(database) == [2, 2, 0, 1, 0]


def test_a_place_given_back_is_no_booking(database: Database, by: By) -> None:
    event, school = database.write(by, make_event)
    database.write(by, book, event, school, "One", "Two")
    database.write(by, give_back)
    assert figures(database)[0] == 1


def give_back(session: Session) -> None:
    place = session.scalars(select(Place).limit(1)).one()
    session.execute(
        update(Place)
        .where(Place.id == place.id)
        .values(
            state=PlaceState.CANCELLED.value,
            holds_place=False,
            cancelled_at=datetime(2013, 6, 1),
            version=place.version + 1,
        )
    )


def test_the_rows_are_named_as_the_county_names_them(database: Database) -> None:
    table = database.read(courses_table, *YEAR)
    assert table[0] == ("row", "value")
    assert [row[0] for row in table[1:]] == [
        "Total course bookings (all groups)",
        "Total course attendance (all groups)",
        "Total course attendance (LPDS only)",
        "Total events planned (all groups)",
        "Number of events planned (LPDS only)",
        "Consultancy bookings (all groups)",
        "Consultancy bookings (LPDS)",
    ]


def test_a_register_counts_before_the_expected_heads_and_counted_heads_before_both(
    database: Database, by: By
) -> None:
    event, school = database.write(by, make_event)
    assert schools_heads(database) == (20, 20)
    database.write(by, book, event, school, "One", "Two", "Three")
    assert schools_heads(database) == (20, 20)
    database.write(by, mark, PlaceState.ABSENT, 3)
    database.write(by, mark, PlaceState.ATTENDED, 2)
    assert schools_heads(database) == (2, 0)
    use_id = database.read(lambda session: session.scalars(select(RoomUse.id)).one())
    database.write(by, miss_first, event)
    assert schools_heads(database) == (1, 0)
    database.write(by, count_heads, use_id, 5)
    assert schools_heads(database) == (5, 0)
