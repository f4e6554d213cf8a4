"""The year rolled forward in the window: choose, look, choose again, make; by keyboard."""

import csv
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.courses.exports.roll import roll_paper
from lle_desk.courses.queries import event_card
from lle_desk.courses.queries.rolling import RollQuestion, roll_events
from lle_desk.courses.ui.roll_page import RollPage
from lle_desk.courses.ui.roll_table import NO_ROOM
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.paper.lists import list_csv, list_pdf
from lle_desk.rooms.actions import release_rooms
from lle_desk.rooms.rules.school_terms import school_year_days
from tests.courses.keyboard import CTRL, Keyboard
from tests.courses.people import ANN, a_course, an_event
from tests.courses.test_rolling import NEXT_THURSDAY, a_roomed_event, taken
from tests.courses.test_session_rooms import a_room, sessions
from tests.qt.walk import assert_named, assert_plain

SHIFT = Qt.KeyboardModifier.ShiftModifier
NEXT_YEAR = RollQuestion(*school_year_days(2014))


def open_page(tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot, count: int) -> RollPage:
    keyboard.press(Qt.Key.Key_R, CTRL | SHIFT)
    page = tab.findChild(RollPage)
    assert isinstance(page, RollPage)
    qtbot.waitUntil(lambda: len(page.rows) == count)
    qtbot.waitUntil(page.table.hasFocus)
    return page


def look(page: RollPage, keyboard: Keyboard, qtbot: QtBot) -> None:
    keyboard.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: not page.strip.is_running)


def make(page: RollPage, keyboard: Keyboard, qtbot: QtBot) -> None:
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not page.strip.is_running)


def test_a_year_is_rolled_forward_by_keyboard_and_one_event_left_out(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    an_event(database, a_course(database))
    an_event(database, a_course(database, "MATH", "Maths leaders"))
    page = open_page(tab, keyboard, qtbot, 2)
    assert not page.make_button.isEnabled()
    keyboard.press(Qt.Key.Key_Space)
    assert [row.is_ticked for row in page.rows] == [False, True]
    look(page, keyboard, qtbot)
    assert page.told.text().startswith("1 event looked at: 1 as they are, 0 with something")
    assert database.read(roll_events, NEXT_YEAR) == []
    make(page, keyboard, qtbot)
    [made] = database.read(roll_events, NEXT_YEAR)
    assert made.title == "Maths leaders"
    assert page.rows[1].said == f"made: {made.code}"
    desk = tab.programme._desk
    qtbot.waitUntil(lambda: desk.undos.to_undo == ["Rolled 1 event forward"])
    desk.undos.undo()
    qtbot.waitUntil(lambda: page.make_button.isEnabled())
    assert database.read(roll_events, NEXT_YEAR) == []
    desk.undos.redo()
    qtbot.waitUntil(lambda: not page.make_button.isEnabled())
    [made] = database.read(roll_events, NEXT_YEAR)
    desk.undos.undo()
    qtbot.waitUntil(lambda: page.make_button.isEnabled())
    make(page, keyboard, qtbot)
    [made] = database.read(roll_events, NEXT_YEAR)
    assert_plain(page)
    assert_named(page)
    keyboard.press(Qt.Key.Key_Escape)
    assert tab.findChild(RollPage) is None or not page.isVisible()
    assert tab.programme.dates.span[0] <= NEXT_THURSDAY <= tab.programme.dates.span[1]


def test_a_clash_is_told_and_the_officer_chooses_to_make_it_without_a_room(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    oak = a_room(database)
    a_room(database, "Elm")
    a_roomed_event(database, oak)
    taken(database, oak, NEXT_THURSDAY)
    page = open_page(tab, keyboard, qtbot, 1)
    look(page, keyboard, qtbot)
    assert "Thu 12 Mar: Oak Room is taken" in page.detail.text()
    keyboard.press(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    assert page.choice.box.hasFocus()
    assert page.choice.value() == 0
    keyboard.press(Qt.Key.Key_Down)
    assert page.rows[0].choice == NO_ROOM
    make(page, keyboard, qtbot)
    [made] = database.read(roll_events, NEXT_YEAR)
    assert sessions(database, made.id)[0].room == ""


def test_a_clash_is_opened_mended_and_looked_at_again_when_the_officer_comes_back(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    oak = a_room(database)
    event = a_roomed_event(database, oak)
    use = taken(database, oak, NEXT_THURSDAY)
    page = open_page(tab, keyboard, qtbot, 1)
    look(page, keyboard, qtbot)
    [opens_event, opens_clash] = page._to_open()
    assert opens_clash[0] == "Governors, Thu 12 Mar"
    with qtbot.waitSignal(tab.record_asked) as asked:
        opens_clash[2]()
    assert asked.args == ["room_use", use]
    opens_event[2]()
    assert not page.isVisible()
    qtbot.waitUntil(lambda: tab.programme.side.shown_event is not None)
    assert database.read(event_card, event).row.code in opens_event[0]
    database.write(ANN, release_rooms, [use], "They meet elsewhere")
    keyboard.press(Qt.Key.Key_R, CTRL | SHIFT)
    assert page.isVisible()
    qtbot.waitUntil(lambda: page.rows[0].line is not None and not page.rows[0].line.problems)


def test_any_days_are_rolled_and_a_last_day_before_the_first_is_said(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    an_event(database, a_course(database))
    page = open_page(tab, keyboard, qtbot, 1)
    keyboard.press(Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    keyboard.press(Qt.Key.Key_End)
    assert page.which.first.isVisible()
    page.which.first.set_value(date(2014, 3, 14))
    page.which.first.changed.emit()
    qtbot.waitUntil(lambda: not page.rows)
    page.which.first.set_value(date(2014, 3, 13))
    page.which.last.set_value(date(2014, 3, 13))
    page.which.last.changed.emit()
    qtbot.waitUntil(lambda: len(page.rows) == 1)
    page.which.last.set_value(date(2014, 3, 12))
    page.which.last.changed.emit()
    assert page.told.text() == "The last day is before the first. Give a later one."


def test_what_was_taken_after_the_look_is_said_at_its_line_and_the_rest_is_made(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    oak = a_room(database)
    a_roomed_event(database, oak)
    an_event(database, a_course(database, "MATH", "Maths leaders"))
    page = open_page(tab, keyboard, qtbot, 2)
    look(page, keyboard, qtbot)
    taken(database, oak, NEXT_THURSDAY)
    make(page, keyboard, qtbot)
    assert "Oak Room is taken" in page.rows[0].said
    assert page.rows[0].is_refused
    assert [one.title for one in database.read(roll_events, NEXT_YEAR)] == ["Maths leaders"]
    assert "1 event could not be made" in page.told.text()


def test_an_event_rolled_before_is_shown_as_made_and_cannot_be_made_twice(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database))
    page = open_page(tab, keyboard, qtbot, 1)
    look(page, keyboard, qtbot)
    make(page, keyboard, qtbot)
    keyboard.press(Qt.Key.Key_Escape)
    again = open_page(tab, keyboard, qtbot, 1)
    assert again.rows[0].event.made
    assert not again.look_button.isEnabled()
    assert len(database.read(roll_events, NEXT_YEAR)) == 1
    assert database.read(event_card, event).row.code != again.rows[0].event.made


def test_the_report_is_saved_as_a_table_line_by_line(
    database: Database,
    tab: CoursesTab,
    keyboard: Keyboard,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    an_event(database, a_course(database))
    page = open_page(tab, keyboard, qtbot, 1)
    look(page, keyboard, qtbot)
    file = tmp_path / "report.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page.paper_buttons[0].click()
    qtbot.waitUntil(file.exists)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        [heads, line] = list(csv.reader(lines))
    assert heads[:5] == ["Event", "Title", "Service", "This year", "Next year"]
    assert line[3:5] == ["Thu 13 and Thu 27 Mar 2014", "Thu 12 and Thu 26 Mar 2015"]
    assert line[-1] == "make"


def test_the_report_is_a_pdf_of_the_same_bytes_and_takes_any_words() -> None:
    line = ("LPDS-1", "R&D <b>", "LPDS", "a", "b", "=1+1", "d", "e" * 900, "make")
    report = roll_paper("School year 2013/14 rolled forward", "As of today", [line] * 40)
    data = list_pdf(report)
    assert data.startswith(b"%PDF")
    assert data == list_pdf(report)
    assert b"'=1+1" in list_csv(report)
