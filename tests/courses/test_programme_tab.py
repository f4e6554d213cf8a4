"""The programme in the window: by keys, and kept up to date by other desks."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.courses.actions import book_places
from lle_desk.courses.queries import course_card, event_card
from lle_desk.courses.ui.booking_card_page import BookingCardPage
from lle_desk.courses.ui.event_page import EventPage
from lle_desk.courses.ui.form_pages import CourseFormPage, EventFormPage
from lle_desk.courses.ui.room_page import RoomPage
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.customers.rules import Band
from lle_desk.qt.desk import Desk
from lle_desk.rooms.imports import read_rooms, save_rooms
from lle_desk.rooms.rules import Fit
from tests.courses.keyboard import CTRL, Keyboard, focused, say, today
from tests.courses.people import (
    ANN,
    THURSDAY,
    a_course,
    a_school,
    an_event,
    booking_of,
    meeting,
)
from tests.courses.test_session_rooms import a_room
from tests.qt.walk import assert_named, assert_plain, shown_texts

SHIFT = Qt.KeyboardModifier.ShiftModifier


def titles(tab: CoursesTab) -> list[str]:
    return [line.event.title for line in tab.programme.events.model.rows if line.event]


def headings(tab: CoursesTab) -> list[str]:
    lines = tab.programme.events.model.rows
    return [line.heading.title for line in lines if line.heading]


def shown(tab: CoursesTab, event: int, qtbot: QtBot) -> EventPage:
    qtbot.waitUntil(lambda: tab.programme.events.choose(event))
    qtbot.waitUntil(lambda: tab.programme.side.shown_event is not None)
    page = tab.programme.side.page
    assert isinstance(page, EventPage)
    return page


def test_a_course_and_its_first_event_are_made_by_keyboard(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    keyboard.press(Qt.Key.Key_C, CTRL | SHIFT)
    qtbot.waitUntil(lambda: isinstance(tab.programme.side.page, CourseFormPage))
    course = tab.programme.side.page
    assert isinstance(course, CourseFormPage)
    keyboard.type("Phonics in Key Stage 1")
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.type("PHON")
    course.fields.service.show_value(course.fields.service._values[5])
    course.fields.prices.amounts[Band.COUNTY].line.setFocus()
    keyboard.type("195")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(tab.programme.side.page, EventFormPage))
    event = tab.programme.side.page
    assert isinstance(event, EventFormPage)
    assert focused() is event.fields.sessions.edits[0].day.line
    keyboard.type("13/3/14")
    event.fields.capacity.line.setFocus()
    keyboard.type("20")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: titles(tab) == ["Phonics in Key Stage 1"])
    card = database.read(event_card, 1)
    assert (card.row.capacity, card.sessions[0].starts_at.date()) == (20, THURSDAY)
    assert [price.amount for price in card.prices] == [19500]
    qtbot.waitUntil(lambda: tab.programme.side.shown_event is not None)


def test_what_is_missing_in_a_new_event_is_said_beside_its_field(
    tab: CoursesTab, keyboard: Keyboard
) -> None:
    keyboard.press(Qt.Key.Key_N, CTRL | SHIFT)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    page = tab.programme.side.page
    assert isinstance(page, EventFormPage)
    assert page.fields.course.error == "Fill in: Course."
    assert page.fields.sessions.edits[0].day.error == "Fill in: Day."
    assert page.fields.capacity.error == "Fill in: Capacity."


def test_a_second_day_keeps_the_times(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    a_course(database)
    keyboard.press(Qt.Key.Key_N, CTRL | SHIFT)
    page = tab.programme.side.page
    assert isinstance(page, EventFormPage)
    say(keyboard, "phon")
    qtbot.waitUntil(lambda: page.fields.course.value() is not None)
    first = page.fields.sessions.edits[0]
    first.day.line.setFocus()
    keyboard.type("13/3/14")
    page.fields.capacity.line.setFocus()
    keyboard.type("12")
    keyboard.press(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert [one.starts_at.date() for one in page.fields.sessions.value()] == [
        THURSDAY,
        date(2014, 3, 20),
    ]
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(titles(tab)) == 1)
    assert len(database.read(event_card, 1).sessions) == 2


def test_capacity_below_the_places_booked_is_refused_beside_its_field(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database))
    database.write(ANN, book_places, booking_of(event, a_school(database), "", "", ""))
    shown(tab, event, qtbot)
    keyboard.press(Qt.Key.Key_E)
    page = tab.programme.side.page
    assert isinstance(page, EventFormPage)
    page.fields.minimum.line.selectAll()
    page.fields.minimum.line.setFocus()
    keyboard.type("0")
    page.fields.capacity.line.selectAll()
    page.fields.capacity.line.setFocus()
    keyboard.type("2")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "3 places of this event are booked" in page.fields.capacity.error)


def test_what_is_typed_is_not_lost_when_another_event_is_chosen(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    course = a_course(database)
    first, second = an_event(database, course), an_event(database, course)
    shown(tab, first, qtbot)
    keyboard.press(Qt.Key.Key_E)
    page = tab.programme.side.page
    assert isinstance(page, EventFormPage)
    page.fields.notes.box.setFocus()
    keyboard.type("Bring tablets")
    tab.programme.events.choose(second)
    keyboard.settle()
    assert tab.programme.side.page is page


def test_a_session_is_given_a_room_from_those_that_are_free(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "rooms.csv"
    elsewhere.write_text(
        "site,site name,room,room name,kind,capacity\n9,Abbey,1,Abbey 1,Classroom,30\n"
    )
    database.write(ANN, save_rooms, read_rooms(elsewhere))
    a_room(database, "Oak Room", 36)
    a_room(database, "Broom cupboard", 2)
    event = an_event(database, a_course(database), [meeting(THURSDAY)])
    shown(tab, event, qtbot)
    keyboard.press(Qt.Key.Key_R)
    qtbot.waitUntil(lambda: isinstance(tab.programme.side.page, RoomPage))
    page = tab.programme.side.page
    assert isinstance(page, RoomPage)
    qtbot.waitUntil(lambda: [fit.space.name for fit in page.rooms.fits] == ["Oak Room"])
    near = [row.space.name for row in page.rooms.model.rows if isinstance(row, Fit)]
    assert near == ["Oak Room", "Broom cupboard"], "rooms of another site are not offered"
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: database.read(event_card, event).sessions[0].room == "Oak Room")
    qtbot.waitUntil(lambda: isinstance(tab.programme.side.page, EventPage))
    qtbot.waitUntil(lambda: "No room" not in _needs(tab))
    assert tab.programme.events.table.hasFocus()


def _needs(tab: CoursesTab) -> list[str]:
    rows = [line.event for line in tab.programme.events.model.rows if line.event]
    return [need.words for row in rows for need in row.needs]


def test_an_event_is_confirmed_by_one_key(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database), minimum=0)
    shown(tab, event, qtbot)
    keyboard.press(Qt.Key.Key_C)
    qtbot.waitUntil(lambda: database.read(event_card, event).row.state == "confirmed to run")


def test_what_was_confirmed_is_taken_back(
    database: Database, tab: CoursesTab, keyboard: Keyboard, desk: Desk, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database), minimum=0)
    shown(tab, event, qtbot)
    with qtbot.waitSignal(desk.undo_offered) as offered:
        keyboard.press(Qt.Key.Key_C)
    undo, _redo = offered.args
    undo()
    qtbot.waitUntil(lambda: database.read(event_card, event).row.state == "open")
    keyboard.settle()


def test_a_room_that_was_given_is_taken_back(
    database: Database, tab: CoursesTab, keyboard: Keyboard, desk: Desk, qtbot: QtBot
) -> None:
    a_room(database)
    event = an_event(database, a_course(database), [meeting(THURSDAY)])
    shown(tab, event, qtbot)
    keyboard.press(Qt.Key.Key_R)
    page = tab.programme.side.page
    assert isinstance(page, RoomPage)
    qtbot.waitUntil(lambda: len(page.rooms.fits) == 1)
    with qtbot.waitSignal(desk.undo_offered) as offered:
        keyboard.press(Qt.Key.Key_Return)
    undo, _redo = offered.args
    assert database.read(event_card, event).sessions[0].room == "Oak Room"
    undo()
    qtbot.waitUntil(lambda: database.read(event_card, event).sessions[0].room == "")
    keyboard.settle()


def test_another_desks_event_and_booking_appear_by_themselves(
    database: Database, tab: CoursesTab, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database))
    qtbot.waitUntil(lambda: titles(tab) == ["Phonics in Key Stage 1"])
    page = shown(tab, event, qtbot)
    assert page.card.row.held == 0
    database.write(ANN, book_places, booking_of(event, a_school(database), "Delegate One"))
    qtbot.waitUntil(lambda: tab.programme.side.shown_event is not None)
    qtbot.waitUntil(lambda: _held(tab) == 1)


def _held(tab: CoursesTab) -> int:
    card = tab.programme.side.shown_event
    return card.row.held if card is not None else -1


def test_events_are_grouped_by_week(database: Database, tab: CoursesTab, qtbot: QtBot) -> None:
    course = a_course(database)
    for day in (date(2014, 3, 5), date(2014, 3, 12), date(2014, 3, 20)):
        an_event(database, course, [meeting(day)])
    qtbot.waitUntil(lambda: len(titles(tab)) == 3)
    assert headings(tab) == ["This week", "Next week", "Week of 17 March"]


def test_the_chips_narrow_the_list_and_are_remembered(
    database: Database, tab: CoursesTab, desk: Desk, qtbot: QtBot
) -> None:
    course = a_course(database)
    an_event(database, course, minimum=0)
    short = a_course(database, "MATH", "Maths leaders")
    an_event(database, short, minimum=5)
    qtbot.waitUntil(lambda: len(titles(tab)) == 2)
    tab.programme.below_minimum.click()
    qtbot.waitUntil(lambda: titles(tab) == ["Maths leaders"])
    assert CoursesTab(desk, today).programme.below_minimum.is_on()


def test_an_empty_month_leads_to_the_next_event(
    database: Database, tab: CoursesTab, qtbot: QtBot
) -> None:
    an_event(database, a_course(database), [meeting(date(2014, 6, 5))])
    tab.programme._find_next()
    qtbot.waitUntil(lambda: titles(tab) == ["Phonics in Key Stage 1"])


@pytest.mark.parametrize("kind", ["event", "course_booking", "place"])
def test_the_window_opens_what_another_tab_names(
    database: Database, tab: CoursesTab, qtbot: QtBot, kind: str
) -> None:
    event = an_event(database, a_course(database), [meeting(date(2014, 9, 4))])
    database.write(ANN, book_places, booking_of(event, a_school(database), "Delegate One"))
    tab.open_record(kind, 1)
    wanted = EventPage if kind == "event" else BookingCardPage
    qtbot.waitUntil(lambda: isinstance(tab.programme.side.page, wanted))
    assert "Delegate One" in " ".join(shown_texts(tab)) or kind == "event"


def test_prices_change_from_a_day_on(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    course = a_course(database)
    tab.open_record("course", course)
    qtbot.waitUntil(lambda: isinstance(tab.programme.side.page, CourseFormPage))
    page = tab.programme.side.page
    assert isinstance(page, CourseFormPage)
    county = page.fields.prices.amounts[Band.COUNTY].line
    county.selectAll()
    county.setFocus()
    keyboard.type("210")
    page.fields.prices_from.line.selectAll()
    page.fields.prices_from.line.setFocus()
    keyboard.type("1/4/14")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(database.read(course_card, course).prices) == 4)
    newest = max(database.read(course_card, course).prices, key=lambda price: price.valid_from)
    assert (newest.band, newest.amount) == ("county", 21000)


def test_hostile_words_stay_plain_and_every_control_has_a_name(
    database: Database, tab: CoursesTab, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database, title="R&D <img src=//host/x.png>"))
    database.write(ANN, book_places, booking_of(event, a_school(database), "<b>Ann</b>"))
    shown(tab, event, qtbot)
    assert_plain(tab)
    assert_named(tab)
