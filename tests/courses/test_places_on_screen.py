"""Names, colleagues, other events and the waiting list, by keyboard in the Courses tab."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.courses.actions import Delegate, JoinWaiting, book_places, join_waiting_list
from lle_desk.courses.queries import booking_card, event_card
from lle_desk.courses.ui.booking_card_page import BookingCardPage
from lle_desk.courses.ui.event_page import EventPage
from lle_desk.courses.ui.form_pages import EventFormPage
from lle_desk.courses.ui.place_pages import NamePage, TransferPage
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.courses.ui.waiting_page import OfferPage, WaitingPage
from tests.courses.keyboard import CTRL, Keyboard, say
from tests.courses.people import ANN, a_course, a_person, a_school, an_event, booking_of, meeting
from tests.courses.test_waiting import Office as FullEvent
from tests.qt.walk import assert_named, assert_plain, shown_texts

LATER = date(2014, 5, 15)


def shown_booking(tab: CoursesTab, qtbot: QtBot, booking: int) -> BookingCardPage:
    side = tab.programme.side
    qtbot.waitUntil(lambda: isinstance(side.page, BookingCardPage) and side.page.card.id == booking)
    page = side.page
    assert isinstance(page, BookingCardPage)
    return page


def test_a_place_is_named_from_the_school_s_own_people(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    school = a_school(database)
    a_person(database, school, "Known", "Colleague")
    busy = a_person(database, school, "Known", "Elsewhere")
    course = a_course(database)
    event, same_days = an_event(database, course), an_event(database, course)
    elsewhere = replace(booking_of(same_days, school), delegates=(Delegate(busy),))
    database.write(ANN, book_places, elsewhere)
    booking = database.write(ANN, book_places, booking_of(event, school, "Delegate One", ""))
    tab.open_record("course_booking", booking)
    page = shown_booking(tab, qtbot, booking)
    unnamed = next(place for place in page.card.places if not place.delegate)
    page.name_wanted.emit(unnamed.id)
    side = tab.programme.side
    qtbot.waitUntil(lambda: isinstance(side.page, NamePage))
    assert isinstance(side.page, NamePage)
    finder = side.page.delegate
    keyboard.type("2")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    assert finder.error == "Type a name, or nothing: then it is to come."
    finder.line.selectAll()
    qtbot.keyClicks(finder.line, "known")
    qtbot.waitUntil(lambda: finder.is_open and len(finder._popup._model.rows) == 3)
    found = finder._popup._model.rows
    assert [(one.detail, one.is_busy) for one in found] == [
        ("known at this school", False),
        ("on Phonics then", True),
        ("new at this school", False),
    ]
    keyboard.press(Qt.Key.Key_Return)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    page = shown_booking(tab, qtbot, booking)
    assert {place.delegate for place in page.card.places} == {"Delegate One", "Known Colleague"}


def test_a_booking_changes_to_another_event_with_the_difference_shown_first(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    school, course = a_school(database), a_course(database)
    event = an_event(database, course)
    later = an_event(database, course, [meeting(LATER)], code="PHON-LATER")
    booking = database.write(ANN, book_places, booking_of(event, school, "Delegate One"))
    tab.open_record("course_booking", booking)
    shown_booking(tab, qtbot, booking).transfer_wanted.emit()
    side = tab.programme.side
    qtbot.waitUntil(lambda: isinstance(side.page, TransferPage))
    page = side.page
    assert isinstance(page, TransferPage)
    qtbot.keyClicks(page.event_field.line, "PHON-LATER")
    qtbot.waitUntil(lambda: page.event_field.is_open)
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Difference" in shown_texts(page))
    qtbot.keyClicks(page.reason.line, "The date does not suit")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: database.read(event_card, later).row.held == 1)
    assert database.read(event_card, event).row.held == 0
    qtbot.waitUntil(lambda: isinstance(side.page, BookingCardPage))


def test_one_key_promotes_who_is_next(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = FullEvent(database)
    waiting = office.join(1, "Delegate Three")
    office.free_places(1)
    tab.open_record("event", office.event)
    side = tab.programme.side
    qtbot.waitUntil(lambda: isinstance(side.page, EventPage) and side.page.card.row.waiting == 1)
    keyboard.press(Qt.Key.Key_W)
    qtbot.waitUntil(lambda: isinstance(side.page, WaitingPage))
    assert_plain(side)
    assert_named(side)
    keyboard.press(Qt.Key.Key_P)
    qtbot.waitUntil(lambda: database.read(booking_card, waiting).places[0].state == "booked")
    qtbot.waitUntil(lambda: isinstance(side.page, EventPage) and side.page.card.row.held == 3)
    assert tab._desk.undos.to_undo == ["Booked 1 place for School B"]
    tab._desk.undos.undo()
    qtbot.waitUntil(lambda: database.read(booking_card, waiting).places[0].state == "waiting")
    qtbot.waitUntil(lambda: isinstance(side.page, EventPage) and side.page.card.row.waiting == 1)
    tab._desk.undos.redo()
    qtbot.waitUntil(lambda: database.read(booking_card, waiting).places[0].state == "booked")


def test_a_party_goes_before_the_others_and_back(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = FullEvent(database)
    first, second = office.join(1, "Delegate Three"), office.join(2, "Delegate Four")
    side = tab.programme.side
    for priority, order in ((9, [second, first]), (0, [first, second])):
        tab.open_record("event", office.event)
        qtbot.waitUntil(lambda: isinstance(side.page, EventPage))
        keyboard.settle()
        keyboard.press(Qt.Key.Key_W)
        qtbot.waitUntil(lambda: isinstance(side.page, WaitingPage))
        page = side.page
        assert isinstance(page, WaitingPage)
        party = next(row for row in office.list().parties if row.booking_id == second)
        page._set_priority(party, priority)
        qtbot.waitUntil(lambda: isinstance(side.page, EventPage))
        assert [row.booking_id for row in office.list().parties] == order


def test_places_are_offered_until_a_time(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = FullEvent(database)
    office.join(1, "Delegate Three")
    office.free_places(1)
    tab.open_record("event", office.event)
    side = tab.programme.side
    qtbot.waitUntil(lambda: isinstance(side.page, EventPage) and side.page.card.row.waiting == 1)
    keyboard.press(Qt.Key.Key_W)
    qtbot.waitUntil(lambda: isinstance(side.page, WaitingPage))
    page = side.page
    assert isinstance(page, WaitingPage)
    page.offer_wanted.emit(office.list().parties[0])
    qtbot.waitUntil(lambda: isinstance(side.page, OfferPage))
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: office.list().offered == 1)
    assert office.list().parties[0].is_offered


def test_a_second_event_is_made_from_the_list_and_takes_it_along(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = FullEvent(database)
    waiting = office.join(1, "Delegate Three")
    tab.open_record("event", office.event)
    side = tab.programme.side
    qtbot.waitUntil(lambda: isinstance(side.page, EventPage) and side.page.card.row.waiting == 1)
    keyboard.press(Qt.Key.Key_W)
    qtbot.waitUntil(lambda: isinstance(side.page, WaitingPage))
    page = side.page
    assert isinstance(page, WaitingPage)
    page.second_wanted.emit()
    qtbot.waitUntil(lambda: isinstance(side.page, EventFormPage))
    form = side.page
    assert isinstance(form, EventFormPage)
    form.fields.sessions.show_value((meeting(LATER),))
    form.save()
    qtbot.waitUntil(lambda: database.read(booking_card, waiting).event_id != office.event)
    assert database.read(event_card, office.event).row.waiting == 0


def test_a_full_event_puts_the_caller_on_the_waiting_list(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = FullEvent(database)
    office.join(2, "Delegate Eight")
    tab.take_booking(office.event)
    booking = tab._booking
    assert booking is not None
    qtbot.waitUntil(lambda: booking.form.event_field.value() is not None)
    booking.form.customer.setFocus()
    say(keyboard, "school b")
    booking.form.delegates.setFocus()
    say(keyboard, "Delegate Nine")
    qtbot.waitUntil(booking.form.waiting.isVisible)
    assert not booking.form.read_back.words  # nothing to promise to the caller
    first = booking.form.waiting.first
    assert first.isVisible()
    keyboard.press(Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert first.value()
    keyboard.press(Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: database.read(event_card, office.event).row.waiting == 2)
    qtbot.waitUntil(lambda: booking.is_booked)
    assert [(row.customer, row.priority) for row in office.list().parties] == [
        ("School B", 9),
        ("School C", 0),
    ]
    assert not booking.form.delegates.error


def test_the_same_party_joins_once(database: Database) -> None:
    office = FullEvent(database)
    ask = JoinWaiting(booking_of(office.event, office.schools[1], "Delegate Three"))
    assert database.write(ANN, join_waiting_list, ask) == database.write(
        ANN, join_waiting_list, ask
    )
