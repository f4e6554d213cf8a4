from dataclasses import replace
from datetime import date

import pytest

from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import (
    AddCourse,
    AddEvent,
    EditCourse,
    EditEvent,
    NewSession,
    SetEventState,
    add_course,
    add_event,
    book_places,
    edit_course,
    edit_event,
    set_event_state,
)
from lle_desk.courses.queries import (
    EventFilter,
    course_card,
    day_of_event,
    event_card,
    event_counts,
    event_list,
    event_row,
    find_courses,
)
from tests.courses.people import (
    ANN,
    THURSDAY,
    a_course,
    a_school,
    an_event,
    at,
    booking_of,
    meeting,
    service_id,
)

MARCH = EventFilter(date(2014, 3, 1), date(2014, 3, 31))


def editing(database: Database, event_id: int) -> EditEvent:
    """Return the event as it is, to be changed and saved."""
    card = database.read(event_card, event_id)
    sessions = tuple(
        NewSession(
            row.starts_at, row.ends_at, row.outside_venue, row.trainer_names, row.id, row.version
        )
        for row in card.sessions
    )
    row = card.row
    return EditEvent(event_id, row.version, sessions, row.capacity, row.minimum, row.decision_on)


def test_a_course_has_its_prices_by_band(database: Database) -> None:
    card = database.read(course_card, a_course(database))
    assert (card.code, card.service_code) == ("PHON", "LPDS")
    assert {price.band: price.amount for price in card.prices} == {
        "county subscriber": 16500,
        "county": 19500,
        "out of county": 24500,
    }


def test_saving_a_course_twice_makes_one(database: Database) -> None:
    ask = AddCourse(new_uuid(), "PHON", "Phonics", database.read(service_id), ())
    assert database.write(ANN, add_course, ask) == database.write(ANN, add_course, ask)


def test_a_code_belongs_to_one_course(database: Database) -> None:
    a_course(database)
    ask = AddCourse(new_uuid(), "PHON", "Phonology", database.read(service_id), ())
    with pytest.raises(OfficerError, match="PHON belongs to “Phonics in Key Stage 1”"):
        database.write(ANN, add_course, ask)


def test_a_course_is_edited_only_as_it_was_seen(database: Database) -> None:
    course = a_course(database)
    database.write(ANN, edit_course, EditCourse(course, 1, "Phonics, new"))
    assert database.read(course_card, course).title == "Phonics, new"
    with pytest.raises(RecordChanged):
        database.write(ANN, edit_course, EditCourse(course, 1, "Phonics, old"))


def test_courses_are_found_by_any_of_their_words(database: Database) -> None:
    a_course(database)
    a_course(database, "MATH", "Mathematics subject leaders")
    assert [hit.code for hit in database.read(find_courses, "key phon")] == ["PHON"]
    assert [hit.code for hit in database.read(find_courses, "%")] == []


def test_events_of_a_service_are_numbered_on(database: Database) -> None:
    course = a_course(database)
    an_event(database, course, code="LPDS-0416")
    assert database.read(event_row, an_event(database, course)).code == "LPDS-0417"


def test_a_code_belongs_to_one_event(database: Database) -> None:
    course = a_course(database)
    an_event(database, course, code="LPDS-0416")
    with pytest.raises(OfficerError, match="an event LPDS-0416 already"):
        an_event(database, course, code="LPDS-0416")


@pytest.mark.parametrize(
    ("sessions", "words"),
    [
        ((), "at least one session"),
        ((meeting(THURSDAY, "15:30", "09:30"),), "ends after it starts"),
        ((meeting(THURSDAY, "09:30", "09:30"),), "ends after it starts"),
        ((NewSession(at(THURSDAY, "20:00"), at(date(2014, 3, 14), "02:00")),), "the day it starts"),
        ((meeting(THURSDAY), meeting(THURSDAY, "12:00", "16:00")), "overlap on Thu 13 Mar 2014"),
    ],
)
def test_sessions_with_wrong_times_are_refused_in_words(
    database: Database, sessions: tuple[NewSession, ...], words: str
) -> None:
    ask = AddEvent(new_uuid(), a_course(database), sessions, capacity=12)
    with pytest.raises(OfficerError, match=words) as refused:
        database.write(ANN, add_event, ask)
    assert refused.value.field == "sessions"


def test_sessions_that_only_touch_are_taken(database: Database) -> None:
    two = (meeting(THURSDAY, "09:00", "12:00"), meeting(THURSDAY, "12:00", "15:00"))
    event = an_event(database, a_course(database), two)
    assert len(database.read(event_card, event).sessions) == 2


@pytest.mark.parametrize(("capacity", "minimum"), [(0, 0), (10_001, 0), (12, 13), (12, -1)])
def test_places_that_make_no_sense_are_refused(
    database: Database, capacity: int, minimum: int
) -> None:
    with pytest.raises(OfficerError, match="between"):
        an_event(database, a_course(database), capacity=capacity, minimum=minimum)


def test_capacity_never_goes_below_the_places_booked(database: Database) -> None:
    event = an_event(database, a_course(database))
    database.write(ANN, book_places, booking_of(event, a_school(database), "", "", ""))
    ask = replace(editing(database, event), capacity=2, minimum=0)
    with pytest.raises(OfficerError, match="3 places of this event are booked") as refused:
        database.write(ANN, edit_event, ask)
    assert refused.value.field == "capacity"
    database.write(ANN, edit_event, replace(ask, capacity=3))
    assert database.read(event_row, event).capacity == 3


def test_sessions_are_added_changed_and_struck_out_together(database: Database) -> None:
    event = an_event(database, a_course(database))
    ask = editing(database, event)
    first = replace(ask.sessions[0], outside_venue="Carlisle", trainer_names="Trainer One")
    added = meeting(date(2014, 4, 3))
    database.write(ANN, edit_event, replace(ask, sessions=(first, added)))
    card = database.read(event_card, event)
    assert [(row.starts_at.date(), row.venue) for row in card.sessions] == [
        (THURSDAY, "Carlisle"),
        (date(2014, 4, 3), "No room yet"),
    ]
    assert database.read(day_of_event, event) == THURSDAY


def test_an_event_is_edited_only_as_it_was_seen(database: Database) -> None:
    event = an_event(database, a_course(database))
    ask = editing(database, event)
    database.write(ANN, edit_event, replace(ask, notes="Bring tablets"))
    with pytest.raises(RecordChanged):
        database.write(ANN, edit_event, replace(ask, notes="Bring books"))


def test_an_event_with_places_is_not_called_off_alone(database: Database) -> None:
    event = an_event(database, a_course(database))
    database.write(ANN, book_places, booking_of(event, a_school(database), "", ""))
    with pytest.raises(OfficerError, match="2 places are booked on LPDS-0001"):
        database.write(ANN, set_event_state, SetEventState(event, 1, "cancelled"))


def test_the_list_shows_what_each_event_needs(database: Database) -> None:
    course = a_course(database)
    event = an_event(database, course)
    database.write(ANN, book_places, booking_of(event, a_school(database), "", "", ""))
    [row] = database.read(event_list, MARCH)
    assert row.long_title == "Phonics in Key Stage 1 (2 days)"
    assert [need.words for need in row.needs] == ["No room", "Needs 5 by 6 Mar"]
    database.write(ANN, set_event_state, SetEventState(event, row.version, "confirmed to run"))
    [row] = database.read(event_list, MARCH)
    assert [need.words for need in row.needs] == ["No room", "Confirmed to run"]


def test_the_list_is_by_day_and_time_within_the_days_asked(database: Database) -> None:
    course = a_course(database)
    an_event(database, course, [meeting(THURSDAY, "13:00", "16:00")], code="C")
    an_event(database, course, [meeting(THURSDAY)], code="B")
    an_event(database, course, [meeting(date(2014, 3, 3))], code="A")
    an_event(database, course, [meeting(date(2014, 4, 3))], code="D")
    assert [row.code for row in database.read(event_list, MARCH)] == ["A", "B", "C"]


def test_an_event_that_began_before_is_shown_at_its_next_day(database: Database) -> None:
    an_event(database, a_course(database))
    late = EventFilter(date(2014, 3, 24), date(2014, 3, 28))
    [row] = database.read(event_list, late)
    assert row.long_title == "Phonics in Key Stage 1, day 2"
    between = EventFilter(date(2014, 3, 17), date(2014, 3, 21))
    assert database.read(event_list, between) == []


def test_the_chips_count_and_keep_the_same_events(database: Database) -> None:
    course = a_course(database)
    outside = replace(meeting(THURSDAY), outside_venue="Carlisle")
    an_event(database, course, [outside], minimum=0, code="FINE")
    an_event(database, course, [meeting(THURSDAY)], minimum=0, code="ROOMLESS")
    an_event(database, course, [outside], minimum=5, code="SHORT")
    counts = database.read(event_counts, MARCH)
    assert (counts.no_room, counts.below_minimum, counts.with_waiting) == (1, 1, 0)
    kept = database.read(event_list, replace(MARCH, no_room=True))
    assert [row.code for row in kept] == ["ROOMLESS"]
    kept = database.read(event_list, replace(MARCH, below_minimum=True))
    assert [row.code for row in kept] == ["SHORT"]
    kept = database.read(event_list, replace(MARCH, words="phonics fin"))
    assert [row.code for row in kept] == ["FINE"]


def test_the_card_says_which_run_of_its_course_it_is(database: Database) -> None:
    course = a_course(database)
    later = an_event(database, course, [meeting(date(2014, 6, 3))])
    an_event(database, course)
    card = database.read(event_card, later)
    assert (card.number, card.runs) == (2, 2)


def test_the_card_adds_up_what_its_places_bring(database: Database) -> None:
    event = an_event(database, a_course(database))
    database.write(ANN, book_places, booking_of(event, a_school(database), "", "A B"))
    card = database.read(event_card, event)
    assert (card.money.income, card.money.unbilled, card.money.billed) == (39000, 39000, 0)


def test_the_card_tells_who_did_what(database: Database) -> None:
    event = an_event(database, a_course(database))
    database.write(ANN, book_places, booking_of(event, a_school(database), ""))
    history = database.read(event_card, event).history
    assert [row.action for row in history] == ["book_places", "add_event"]
    assert {row.officer for row in history} == {"ann"}
