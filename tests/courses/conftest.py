"""The Courses tab as these tests open it."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.qt.desk import Desk
from tests.courses.keyboard import Keyboard, today
from tests.courses.people import a_course, an_event
from tests.screen import put_up


@pytest.fixture
def event(database: Database) -> int:
    """A course's event on Thursday 13 March 2014."""
    return an_event(database, a_course(database))


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> Iterator[CoursesTab]:
    tab = CoursesTab(desk, today)
    put_up(qtbot, tab, 1600, 900)
    tab.programme.events.table.setFocus()
    qtbot.waitUntil(tab.programme.events.table.hasFocus)
    yield tab
    qtbot.waitUntil(lambda: not desk.is_busy())


@pytest.fixture
def keyboard(tab: CoursesTab, desk: Desk, qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot, desk)
