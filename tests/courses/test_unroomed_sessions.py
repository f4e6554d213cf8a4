"""Sessions without a room get theirs by an allocation of rooms."""

from dataclasses import replace
from datetime import date

import pytest

from lle_desk.core.db import Database
from lle_desk.core.errors import RecordChanged
from lle_desk.courses.actions import SetEventState, edit_event, set_event_state
from lle_desk.courses.queries import event_card
from lle_desk.rooms.actions.allocating import allocation_question, apply_allocation
from lle_desk.rooms.rules.allocation import Allocation, allocate
from tests.courses.people import ANN, THURSDAY, a_course, an_event, meeting
from tests.courses.test_programme import editing
from tests.courses.test_session_rooms import a_room, give, sessions, woodlands

MONTH = (date(2014, 3, 1), date(2014, 3, 31))


def plan(database: Database) -> Allocation:
    site = database.read(woodlands)
    return allocate(database.read(allocation_question, site, *MONTH))


def rooms(database: Database, event_id: int) -> list[str]:
    return [row.room for row in sessions(database, event_id)]


def test_the_sessions_of_an_event_get_one_room_and_one_booking(
    database: Database, event: int
) -> None:
    a_room(database, "Oak Room", 12)
    a_room(database, "Elm", 30)
    found = plan(database)
    assert [one.why for one in found.changed] == ["It had no room."] * 2
    assert database.write(ANN, apply_allocation, found) == 2
    assert rooms(database, event) == ["Oak Room", "Oak Room"]
    again = plan(database)
    assert not again.changed
    assert len({one.use.party for one in again.placements}) == 1


def test_a_session_follows_the_room_and_layout_of_the_others(
    database: Database, event: int
) -> None:
    a_room(database, "Oak Room", 12)
    elm = a_room(database, "Elm", 30)
    give(database, sessions(database, event)[0], elm)
    database.write(ANN, apply_allocation, plan(database))
    assert rooms(database, event) == ["Elm", "Elm"]
    assert {one.use.layout for one in plan(database).placements} == {"cabaret"}


def test_a_session_at_an_outside_venue_wants_no_room(database: Database) -> None:
    a_room(database)
    away = replace(meeting(THURSDAY), outside_venue="The town hall")
    an_event(database, a_course(database), [away])
    assert plan(database).placements == ()


def test_an_event_called_off_wants_no_room(database: Database, event: int) -> None:
    a_room(database)
    row = database.read(event_card, event).row
    database.write(ANN, set_event_state, SetEventState(event, row.version, "cancelled"))
    assert plan(database).placements == ()


def test_a_session_moved_meanwhile_gets_nothing(database: Database, event: int) -> None:
    a_room(database)
    found = plan(database)
    ask = editing(database, event)
    later = tuple(replace(one, ends_at=one.ends_at.replace(hour=17)) for one in ask.sessions)
    database.write(ANN, edit_event, replace(ask, sessions=later))
    with pytest.raises(RecordChanged):
        database.write(ANN, apply_allocation, found)
    assert rooms(database, event) == ["", ""]
