"""The questions of the evaluation sheet, changed by keyboard and undone; others only read them."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.courses.ui.day_section import DayPart
from lle_desk.courses.ui.evaluation_page import EvaluationPage
from lle_desk.courses.ui.questions_page import QuestionsPage
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from tests.courses.keyboard import CTRL, Keyboard
from tests.courses.people import ANN
from tests.courses.test_day_on_screen import opened, shown
from tests.courses.test_deciding import Office
from tests.courses.test_questions import headings, name_officer
from tests.qt.walk import assert_named, assert_plain

ALT = Qt.KeyboardModifier.AltModifier


def test_questions_are_added_moved_retired_and_undone_by_keyboard(
    database: Database, tab: CoursesTab, desk: Desk, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database)
    opened(tab, qtbot, office.event).day_wanted.emit(DayPart.EVALUATION)
    page = questions_from(shown(tab, qtbot, EvaluationPage), tab)
    qtbot.waitUntil(lambda: len(page.questions) == 4)
    keyboard.press(Qt.Key.Key_Delete, CTRL)  # the first, about aims
    keyboard.press(Qt.Key.Key_N, CTRL)
    assert not page.save_button.isEnabled()
    keyboard.type("The pace was right for me")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.type("Venue")
    assert page._fault.text() == "Questions 3 and 4 have the same heading."
    keyboard.press(Qt.Key.Key_A, CTRL)
    keyboard.type("Pace")
    keyboard.press(Qt.Key.Key_Up, ALT)
    assert_plain(page)
    assert_named(page)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: headings(database) == ["Content", "Trainer", "Pace", "Venue"])
    qtbot.waitUntil(lambda: page.retired.isVisible() and not page.is_typed())
    desk.undos.undo()
    qtbot.waitUntil(lambda: headings(database) == ["Aims met", "Content", "Trainer", "Venue"])
    desk.undos.redo()
    qtbot.waitUntil(lambda: headings(database) == ["Content", "Trainer", "Pace", "Venue"])
    others_only_read(database, page, desk, qtbot)
    page.table.setFocus()
    keyboard.press(Qt.Key.Key_Escape)
    assert tab._over is None
    assert isinstance(tab.programme.side.page, EvaluationPage)


def questions_from(page: EvaluationPage, tab: CoursesTab) -> QuestionsPage:
    """Open the questions from the page where sheets are typed."""
    next(one for one in page.findChildren(Button) if one.words == "Questions").click()
    assert isinstance(tab._over, QuestionsPage)
    return tab._over


def others_only_read(database: Database, page: QuestionsPage, desk: Desk, qtbot: QtBot) -> None:
    database.write(ANN, name_officer, "somebody else", "administrator")
    desk.look_for_changes()
    qtbot.waitUntil(lambda: page._rights.isVisible())
    assert "may change the questions; you may read them" in page._rights.text()
    assert not page.save_button.isVisible()
    assert page.words.line.isReadOnly()
