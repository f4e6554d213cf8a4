"""The Courses tab as these tests open it."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.qt.desk import Desk
from tests.courses.keyboard import Keyboard, today


@pytest.fixture
def tab(desk: Desk, qtbot: QtBot) -> Iterator[CoursesTab]:
    tab = CoursesTab(desk, today)
    qtbot.addWidget(tab)
    tab.resize(1600, 900)
    with qtbot.waitExposed(tab):
        tab.show()
    tab.activateWindow()
    tab.programme.events.table.setFocus()
    qtbot.waitUntil(tab.programme.events.table.hasFocus)
    yield tab
    qtbot.waitUntil(lambda: not desk.is_busy())


@pytest.fixture
def keyboard(tab: CoursesTab, desk: Desk, qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot, desk)
