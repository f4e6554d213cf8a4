from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import (
    SetEventState,
    SetSessionRoom,
    clear_session_room,
    edit_event,
    set_event_state,
    set_session_room,
)
from lle_desk.courses.queries import SessionRow, event_card, event_of_room_use
from lle_desk.rooms.actions import AddSpace, MoveUse, SpaceLayoutOf, add_space, move_use
from lle_desk.rooms.models import RoomUse, Site
from lle_desk.rooms.queries import use_version
from lle_desk.rooms.rules import Layout
from tests.courses.people import ANN, THURSDAY, a_course, an_event, at, meeting
from tests.courses.test_programme import editing


def woodlands(session: Session) -> int:
    return session.scalars(select(Site.id).where(Site.code == "WDL")).one()


def a_room(database: Database, name: str = "Oak Room", capacity: int = 36) -> int:
    layouts = tuple(
        SpaceLayoutOf(layout, capacity) for layout in (Layout.CLASSROOM, Layout.CABARET)
    )
    ask = AddSpace(
        client_uuid=new_uuid(),
        site_id=database.read(woodlands),
        name=name,
        short_name=name[:20],
        layouts=layouts,
    )
    return database.write(ANN, add_space, ask)


@pytest.fixture
def oak(database: Database) -> int:
    return a_room(database)


def sessions(database: Database, event_id: int) -> tuple[SessionRow, ...]:
    return database.read(event_card, event_id).sessions


def give(database: Database, row: SessionRow, space_id: int, layout: str = Layout.CABARET) -> int:
    ask = SetSessionRoom(new_uuid(), row.id, row.version, space_id, layout)
    return database.write(ANN, set_session_room, ask)


def give_all(database: Database, event_id: int, space_id: int) -> None:
    for row in sessions(database, event_id):
        give(database, row, space_id)


def uses(session: Session) -> list[tuple[int, bool]]:
    found = select(RoomUse.room_booking_id, RoomUse.holds_space).order_by(RoomUse.id)
    return [(booking, holds) for booking, holds in session.execute(found)]


def test_a_session_is_given_a_room_laid_out_for_its_places(
    database: Database, event: int, oak: int
) -> None:
    give(database, sessions(database, event)[0], oak)
    first, second = sessions(database, event)
    assert (first.venue, first.layout, first.heads) == ("Oak Room", "cabaret", 12)
    assert second.venue == "No room yet"


def test_a_room_use_leads_back_to_its_event(database: Database, event: int, oak: int) -> None:
    use = give(database, sessions(database, event)[0], oak)
    assert database.read(event_of_room_use, use) == event


def test_the_sessions_of_an_event_are_one_booking_in_the_diary(
    database: Database, event: int, oak: int
) -> None:
    give_all(database, event, oak)
    (first, _), (second, _) = database.read(uses)
    assert first == second


def test_a_taken_room_is_refused_with_who_has_it(database: Database, event: int, oak: int) -> None:
    give_all(database, event, oak)
    other = an_event(database, a_course(database, "MATH", "Maths leaders"), [meeting(THURSDAY)])
    with pytest.raises(OfficerError, match=r"Oak Room is taken .*“Phonics in Key Stage 1”"):
        give(database, sessions(database, other)[0], oak)
    assert sessions(database, other)[0].room_use_id is None


def test_asking_twice_for_a_room_holds_it_once(database: Database, event: int, oak: int) -> None:
    row = sessions(database, event)[0]
    ask = SetSessionRoom(new_uuid(), row.id, row.version, oak, Layout.CABARET)
    assert database.write(ANN, set_session_room, ask) == database.write(ANN, set_session_room, ask)
    assert len(database.read(uses)) == 1


def test_another_room_takes_the_place_of_the_first(
    database: Database, event: int, oak: int
) -> None:
    elm = a_room(database, "Elm", 20)
    give(database, sessions(database, event)[0], oak)
    give(database, sessions(database, event)[0], elm)
    assert sessions(database, event)[0].venue == "Elm"
    other = an_event(database, a_course(database, "MATH", "Maths leaders"), [meeting(THURSDAY)])
    give(database, sessions(database, other)[0], oak)


def test_another_layout_is_taken_over(database: Database, event: int, oak: int) -> None:
    give(database, sessions(database, event)[0], oak)
    give(database, sessions(database, event)[0], oak, Layout.CLASSROOM)
    assert sessions(database, event)[0].layout == "classroom"


def test_a_room_given_back_is_free_for_others(database: Database, event: int, oak: int) -> None:
    give(database, sessions(database, event)[0], oak)
    row = sessions(database, event)[0]
    database.write(ANN, clear_session_room, row.id, row.version)
    assert sessions(database, event)[0].venue == "No room yet"
    other = an_event(database, a_course(database, "MATH", "Maths leaders"), [meeting(THURSDAY)])
    give(database, sessions(database, other)[0], oak)


def test_a_session_is_given_a_room_only_as_it_was_seen(
    database: Database, event: int, oak: int
) -> None:
    row = sessions(database, event)[0]
    give(database, row, oak)
    with pytest.raises(RecordChanged):
        give(database, row, a_room(database, "Elm"))


def test_a_session_at_an_outside_venue_has_no_room_of_ours(
    database: Database, event: int, oak: int
) -> None:
    give_all(database, event, oak)
    ask = editing(database, event)
    outside = tuple(replace(one, outside_venue="Carlisle") for one in ask.sessions)
    database.write(ANN, edit_event, replace(ask, sessions=outside))
    assert [row.venue for row in sessions(database, event)] == ["Carlisle", "Carlisle"]
    assert not any(holds for _, holds in database.read(uses))
    with pytest.raises(OfficerError, match="This session is at Carlisle"):
        give(database, sessions(database, event)[0], oak)


def test_a_session_that_moves_takes_its_room_along(
    database: Database, event: int, oak: int
) -> None:
    give_all(database, event, oak)
    ask = editing(database, event)
    moved = replace(ask.sessions[0], starts_at=at(THURSDAY, "10:00"), ends_at=at(THURSDAY, "12:00"))
    database.write(ANN, edit_event, replace(ask, sessions=(moved, ask.sessions[1])))
    assert sessions(database, event)[0].room == "Oak Room"
    other = an_event(
        database, a_course(database, "MATH", "Maths"), [meeting(THURSDAY, "13:30", "15:30")]
    )
    give(database, sessions(database, other)[0], oak)
    assert sessions(database, other)[0].room == "Oak Room"  # free since the other moved on


def test_a_session_cannot_move_where_its_room_is_taken(
    database: Database, event: int, oak: int
) -> None:
    give_all(database, event, oak)
    friday = date(2014, 3, 14)
    other = an_event(database, a_course(database, "MATH", "Maths leaders"), [meeting(friday)])
    give(database, sessions(database, other)[0], oak)
    ask = editing(database, event)
    moved = replace(ask.sessions[0], starts_at=at(friday, "09:30"), ends_at=at(friday, "15:30"))
    with pytest.raises(OfficerError, match="Oak Room is taken"):
        database.write(ANN, edit_event, replace(ask, sessions=(moved, ask.sessions[1])))
    assert sessions(database, event)[0].starts_at == at(THURSDAY, "09:30")


def test_a_move_in_the_diary_moves_the_session(database: Database, event: int, oak: int) -> None:
    use = give(database, sessions(database, event)[0], oak)
    ask = MoveUse(
        use_id=use,
        seen_version=database.read(use_version, use),
        space_id=oak,
        starts_at=at(THURSDAY, "10:00"),
        ends_at=at(THURSDAY, "16:00"),
    )
    database.write(ANN, move_use, ask)
    assert sessions(database, event)[0].starts_at == at(THURSDAY, "10:00")


def test_a_move_in_the_diary_onto_the_events_other_day_is_refused(
    database: Database, event: int, oak: int
) -> None:
    use = give(database, sessions(database, event)[0], oak)
    ask = MoveUse(
        use_id=use,
        seen_version=database.read(use_version, use),
        space_id=oak,
        starts_at=at(date(2014, 3, 27), "10:00"),
        ends_at=at(date(2014, 3, 27), "16:00"),
    )
    with pytest.raises(OfficerError, match="has another session then, Thu 27 Mar 09:30–15:30"):
        database.write(ANN, move_use, ask)
    assert sessions(database, event)[0].starts_at == at(THURSDAY, "09:30")


def test_a_form_opened_before_the_diary_moved_a_session_does_not_move_it_back(
    database: Database, event: int, oak: int
) -> None:
    use = give(database, sessions(database, event)[0], oak)
    opened = editing(database, event)
    ask = MoveUse(
        use_id=use,
        seen_version=database.read(use_version, use),
        space_id=oak,
        starts_at=at(THURSDAY, "10:00"),
        ends_at=at(THURSDAY, "16:00"),
    )
    database.write(ANN, move_use, ask)
    with pytest.raises(RecordChanged):
        database.write(ANN, edit_event, replace(opened, notes="bring aprons"))
    assert sessions(database, event)[0].starts_at == at(THURSDAY, "10:00")


def test_an_event_called_off_frees_its_rooms(database: Database, event: int, oak: int) -> None:
    give_all(database, event, oak)
    database.write(ANN, set_event_state, SetEventState(event, 1, "cancelled"))
    assert not any(holds for _, holds in database.read(uses))


def test_a_session_struck_out_frees_its_room(database: Database, event: int, oak: int) -> None:
    give_all(database, event, oak)
    ask = editing(database, event)
    database.write(ANN, edit_event, replace(ask, sessions=ask.sessions[:1]))
    assert [holds for _, holds in database.read(uses)] == [True, False]
