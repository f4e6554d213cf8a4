"""The year rolled forward: where each event would stand, what clashes, and what is made."""

from datetime import date, datetime

import pytest

from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.core.undo import ChangedSince, Way, take_back
from lle_desk.courses.actions import NewSession, SetEventState, book_places, set_event_state
from lle_desk.courses.actions.costs import SetMaterials, set_materials
from lle_desk.courses.actions.rolling import RollForward, RollSession, roll_forward
from lle_desk.courses.actions.unrolling import roll_way
from lle_desk.courses.queries import event_card
from lle_desk.courses.queries.rolling import (
    Progress,
    RollLine,
    RollQuestion,
    roll_events,
    roll_plan,
)
from lle_desk.courses.rules import EventState
from lle_desk.rooms.actions import CloseSpace, HoldRoom, close_space, hold_room
from lle_desk.rooms.rules import Layout
from lle_desk.rooms.rules.school_terms import school_year_days
from lle_desk.trainers.actions import TakeLeave, take_leave
from tests.core.office import assert_refused_by, run
from tests.courses.people import (
    ANN,
    THURSDAY,
    a_course,
    a_school,
    an_event,
    at,
    booking_of,
    meeting,
)
from tests.courses.test_session_rooms import a_room, give, sessions, woodlands
from tests.trainers.people import a_trainer

NEXT_THURSDAY = date(2015, 3, 12)  # spring, week 9, as 13 March 2014
YEAR = RollQuestion(*school_year_days(2013))


def planned(database: Database) -> tuple[RollLine, ...]:
    events = database.read(roll_events, YEAR)
    return database.read(roll_plan, events, Progress())


def asked(line: RollLine, option: int = 0) -> RollForward:
    spaces = line.options[option].space_ids if line.options else (None,) * len(line.meant)
    rows = zip(line.meant, spaces, line.trainer_ids, strict=True)
    return RollForward(
        line.event.client_uuid,
        line.event.id,
        line.event.version,
        tuple(
            RollSession(one.was.id, one.starts_at, one.ends_at, space, ids)
            for one, space, ids in rows
        ),
    )


def a_roomed_event(database: Database, space: int, *trainers: int, title: str = "Phonics") -> int:
    starts, ends = at(THURSDAY, "09:30"), at(THURSDAY, "15:30")
    new = NewSession(starts, ends, trainer_ids=trainers)
    event = an_event(database, a_course(database, title[:4].upper(), title), (new,))
    give(database, sessions(database, event)[0], space)
    return event


def taken(database: Database, space: int, day: date, title: str = "Governors") -> int:
    ask = HoldRoom(
        client_uuid=new_uuid(),
        space_id=space,
        starts_at=at(day, "08:00"),
        ends_at=at(day, "17:00"),
        heads=8,
        title=title,
    )
    return database.write(ANN, hold_room, ask)


def test_an_event_stands_on_the_same_weekday_of_the_same_week_with_room_and_trainer(
    database: Database,
) -> None:
    oak, anna = a_room(database), a_trainer(database)
    event = a_roomed_event(database, oak, anna)
    database.write(ANN, set_materials, SetMaterials(event, "A laptop"))
    [line] = planned(database)
    assert (line.week, line.problems) == ("Spring, week 9", ())
    assert line.options[0].words == "Oak Room (as this year)"
    made = database.write(ANN, roll_forward, asked(line))
    assert made.is_new
    old, new = database.read(event_card, event), database.read(event_card, made.event_id)
    [row] = new.sessions
    assert row.starts_at == at(NEXT_THURSDAY, "09:30")
    assert (row.room, row.layout) == ("Oak Room", Layout.CABARET)
    assert [trainer.name for trainer in row.trainers] == ["Anna Example"]
    assert (new.row.state, new.row.capacity, new.row.minimum) == ("planned", 12, 8)
    assert new.row.decision_on == date(2015, 3, 5)
    assert old.row.code != new.row.code
    assert new.prices == old.prices


def test_rolled_again_makes_nothing_twice(database: Database) -> None:
    event = an_event(database, a_course(database))
    [line] = planned(database)
    first = database.write(ANN, roll_forward, asked(line))
    again = database.write(ANN, roll_forward, asked(line))
    assert (again.event_id, again.is_new) == (first.event_id, False)
    [known] = database.read(roll_events, YEAR)
    assert (known.id, known.made) == (event, first.code)
    assert len(database.read(roll_events, RollQuestion(*school_year_days(2014)))) == 1


def test_a_taken_room_is_told_and_another_that_fits_is_proposed(database: Database) -> None:
    oak = a_room(database)
    a_room(database, "Elm")
    a_roomed_event(database, oak)
    taken(database, oak, NEXT_THURSDAY)
    [line] = planned(database)
    assert [option.words for option in line.options] == ["Elm"]
    assert "Thu 12 Mar: Oak Room is taken" in line.problems[0]
    made = database.write(ANN, roll_forward, asked(line))
    assert sessions(database, made.event_id)[0].room == "Elm"


def test_two_events_of_the_look_do_not_get_one_room(database: Database) -> None:
    oak, elm = a_room(database), a_room(database, "Elm")
    taken(database, elm, NEXT_THURSDAY)
    a_roomed_event(database, oak)
    other = an_event(
        database,
        a_course(database, "MATH", "Maths leaders"),
        (meeting(date(2014, 3, 14)),),
    )
    give(database, sessions(database, other)[0], oak)
    lines = planned(database)
    assert [line.problems for line in lines] == [(), ()]
    events = database.read(roll_events, YEAR)
    twice = database.read(roll_plan, [events[0], events[0]], Progress())
    assert twice[1].problems == (
        "Thu 12 Mar: Oak Room is wanted for “Phonics”, rolled forward too",
        "no room that fits is free",
    )


def test_a_busy_trainer_is_told_and_left_off(database: Database) -> None:
    anna = a_trainer(database)
    starts, ends = at(THURSDAY, "09:30"), at(THURSDAY, "15:30")
    an_event(database, a_course(database), (NewSession(starts, ends, trainer_ids=(anna,)),))
    leave = TakeLeave(new_uuid(), anna, NEXT_THURSDAY, NEXT_THURSDAY)
    database.write(ANN, take_leave, leave)
    [line] = planned(database)
    assert line.trainer_ids == ((),)
    assert line.problems[0].startswith("Anna Example is away")


def test_a_bank_holiday_is_missed_by_a_week(database: Database) -> None:
    an_event(database, a_course(database), (meeting(date(2013, 4, 29)),))
    events = database.read(roll_events, RollQuestion(*school_year_days(2012)))
    [line] = database.read(roll_plan, events, Progress())
    assert line.week == "Summer, week 3"
    assert line.meant[0].starts_at == at(date(2014, 5, 12), "09:30")
    assert line.problems == ("Mon 5 May 2014 is Early May bank holiday: moved a week later",)


def test_a_closed_house_is_missed_by_a_week(database: Database) -> None:
    oak = a_room(database)
    a_roomed_event(database, oak)
    closing = CloseSpace(
        client_uuid=new_uuid(),
        site_id=database.read(woodlands),
        space_id=None,
        starts_at=datetime(2015, 3, 12),
        ends_at=datetime(2015, 3, 13),
        reason="Training day",
    )
    database.write(ANN, close_space, closing)
    [line] = planned(database)
    assert line.meant[0].starts_at == at(date(2015, 3, 19), "09:30")
    assert line.problems == ("Thu 12 Mar 2015 is closed: Training day: moved a week later",)


def test_a_room_taken_after_the_look_is_refused_and_nothing_is_kept(database: Database) -> None:
    oak = a_room(database)
    a_roomed_event(database, oak)
    [line] = planned(database)
    taken(database, oak, NEXT_THURSDAY)
    with pytest.raises(OfficerError, match="Oak Room is taken"):
        database.write(ANN, roll_forward, asked(line))
    assert database.read(roll_events, RollQuestion(*school_year_days(2014))) == []


def test_an_event_changed_after_the_look_is_not_made(database: Database) -> None:
    an_event(database, a_course(database))
    [line] = planned(database)
    stale = RollForward(
        line.event.client_uuid, line.event.id, line.event.version + 1, asked(line).sessions
    )
    with pytest.raises(RecordChanged, match="Look again"):
        database.write(ANN, roll_forward, stale)


def test_a_look_that_is_stopped_gives_what_it_has(database: Database) -> None:
    an_event(database, a_course(database))
    events = database.read(roll_events, YEAR)
    progress = Progress(is_stopped=True)
    assert database.read(roll_plan, events, progress) == ()
    assert (progress.done, progress.of) == (0, 1)


def rolled(database: Database) -> tuple[list[int], Way]:
    """Roll the year forward and return the new events with the one way back."""
    made = [database.write(ANN, roll_forward, asked(line)).event_id for line in planned(database)]
    return made, database.read(roll_way, made)


def test_a_whole_roll_forward_is_undone_at_once_and_can_be_rolled_again(
    database: Database,
) -> None:
    oak, anna = a_room(database), a_trainer(database)
    event = a_roomed_event(database, oak, anna)
    database.write(ANN, set_materials, SetMaterials(event, "A laptop"))
    an_event(database, a_course(database, "MATH", "Maths leaders"))
    made, way = rolled(database)
    assert (len(made), way.words) == (2, "Rolled 2 events forward")
    database.write(ANN, take_back, way.back, way.after)
    assert database.read(roll_events, RollQuestion(*school_year_days(2014))) == []
    assert [line.problems for line in planned(database)] == [(), ()]  # room and trainer are free
    again, _way = rolled(database)
    assert [sessions(database, one)[0].room for one in again] == ["Oak Room", ""]


def test_undoing_is_refused_when_somebody_was_booked_or_something_was_changed(
    database: Database,
) -> None:
    a_roomed_event(database, a_room(database))
    an_event(database, a_course(database, "MATH", "Maths leaders"))
    made, way = rolled(database)
    database.write(ANN, set_event_state, SetEventState(made[0], 1, EventState.OPEN))
    with pytest.raises(ChangedSince, match="you have changed LPDS-0003 since"):
        database.write(ANN, take_back, way.back, way.after)
    way = database.read(roll_way, made)
    booking = booking_of(made[0], a_school(database), "Delegate One")
    database.write(ANN, book_places, booking)
    with pytest.raises(OfficerError, match="LPDS-0003 has a booking by now"):
        database.write(ANN, take_back, way.back, way.after)
    assert len(database.read(roll_events, RollQuestion(*school_year_days(2014)))) == 2
    assert sessions(database, made[0])[0].room == "Oak Room"


def test_an_event_with_bookings_or_a_decision_is_not_deleted_by_plain_sql(
    database: Database,
) -> None:
    event = an_event(database, a_course(database))
    database.write(ANN, book_places, booking_of(event, a_school(database), "Delegate One"))
    other = an_event(database, a_course(database, "MATH", "Maths leaders"))
    database.write(ANN, set_event_state, SetEventState(other, 1, EventState.CANCELLED))
    for number in (event, other):
        with assert_refused_by("event_kept"):
            run(database, "DELETE FROM event WHERE id = :id", id=number)
