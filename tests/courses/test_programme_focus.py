"""Where the keyboard is after something was saved or left: in the list, so that its keys work."""

from functools import partial

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.courses.actions import book_places
from lle_desk.courses.ui.booking_card_page import BookingCardPage
from lle_desk.courses.ui.form_pages import EventFormPage
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.qt.buttons import FilterChip
from lle_desk.qt.desk import Desk
from lle_desk.qt.table import Table
from tests.courses.keyboard import CTRL, Keyboard, focused
from tests.courses.people import ANN, a_course, a_school, an_event, booking_of
from tests.qt.walk import shown_texts


def test_after_saving_and_leaving_a_form_the_keys_are_the_lists_again(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database))
    qtbot.waitUntil(lambda: tab.programme.events.choose(event))
    side = tab.programme.side
    for key, modifiers in ((Qt.Key.Key_Return, CTRL), (Qt.Key.Key_Escape, None)):
        qtbot.waitUntil(lambda: side.shown_event is not None)
        keyboard.press(Qt.Key.Key_E)
        assert isinstance(side.page, EventFormPage)
        keyboard.press(key, modifiers or Qt.KeyboardModifier.NoModifier)
        assert focused() is tab.programme.events.table
    qtbot.waitUntil(lambda: side.shown_event is not None)  # left: the event is there again
    keyboard.press(Qt.Key.Key_Escape)  # the list keeps the keyboard and the event
    assert focused() is tab.programme.events.table
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down):  # from what narrows the list into it
        tab.programme.search.setFocus()
        keyboard.press(key)
        assert focused() is tab.programme.events.table


def test_the_keys_work_on_what_narrowing_left_and_on_nothing_out_of_sight(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    phonics = an_event(database, a_course(database))
    maths = an_event(database, a_course(database, "MATH", "Maths leaders"))
    side = tab.programme.side
    qtbot.waitUntil(lambda: side.shown_event is not None)
    for typed, event in (("maths", maths), ("phonics", phonics)):
        keyboard.press(Qt.Key.Key_F, CTRL)
        keyboard.type(typed)
        keyboard.press(Qt.Key.Key_Down)
        qtbot.waitUntil(partial(_is_shown, tab, event))
        assert tab.programme.events.chosen_id == event


def _is_shown(tab: CoursesTab, event: int) -> bool:
    shown = tab.programme.side.shown_event
    return shown is not None and shown.row.id == event


def test_what_is_opened_from_the_details_has_the_keyboard_and_so_have_they_when_read_again(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot, desk: Desk
) -> None:
    event = an_event(database, a_course(database))
    database.write(ANN, book_places, booking_of(event, a_school(database), "Delegate One"))
    side = tab.programme.side
    tab.open_record("event", event)
    qtbot.waitUntil(partial(_is_shown, tab, event))
    keyboard.settle()
    page = side.page
    assert page is not None
    places = next(one for one in page.findChildren(Table) if one.accessibleName() == "Places")
    places.setFocus()
    side.reload()  # another desk saved something just then
    qtbot.waitUntil(lambda: side.page is not page and not desk.is_busy())
    assert focused().accessibleName() == "Places"
    keyboard.press(Qt.Key.Key_Down)  # takes the first, which is the only one
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(side.page, BookingCardPage))
    assert side.isAncestorOf(focused())


def test_an_empty_list_speaks_of_filters_only_when_there_are_some(
    tab: CoursesTab, qtbot: QtBot
) -> None:
    begins = "No event begins in these four weeks. Ctrl+Shift+N makes one."
    qtbot.waitUntil(lambda: begins in shown_texts(tab))
    chip = tab.programme.no_room
    assert isinstance(chip, FilterChip)
    chip.click()
    qtbot.waitUntil(lambda: "No event of these weeks fits the filters above." in shown_texts(tab))
    chip.click()
    qtbot.waitUntil(lambda: begins in shown_texts(tab))


def test_an_event_on_its_way_is_not_lost_when_everything_is_read_again(
    database: Database, tab: CoursesTab, qtbot: QtBot
) -> None:
    course = a_course(database)
    first, second = an_event(database, course), an_event(database, course)
    side = tab.programme.side
    tab.open_record("event", first)
    qtbot.waitUntil(lambda: side.shown_event is not None)
    tab.open_record("event", second)
    side.reload()  # another desk saved something just then
    qtbot.waitUntil(lambda: side.shown_event is not None and side.shown_event.row.id == second)
