"""The rooms that these tests book, and the tab they are booked in."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.qt.desk import Desk
from lle_desk.rooms.ui.tab import RoomsTab
from tests.rooms.buying import Buying, stock_up
from tests.rooms.woodlands import Woodlands, build

TUESDAY = date(2014, 3, 4)


@pytest.fixture
def woodlands(database: Database, by: By) -> Woodlands:
    """Rooms at Woodlands; all of them are free."""
    return build(database, by)


@pytest.fixture
def buying(database: Database, by: By, woodlands: Woodlands) -> Buying:
    """What can be bought at Woodlands, and who buys it."""
    return stock_up(database, by, woodlands)


@pytest.fixture
def tab(desk: Desk, woodlands: Woodlands, qtbot: QtBot) -> RoomsTab:
    """The tab on Tuesday 4 March 2014 at Woodlands."""
    tab = RoomsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1400, 800)
    tab.bar.stepper.set_day(TUESDAY)
    with qtbot.waitSignal(tab.plan_shown):
        tab.show()
    tab.activateWindow()
    qtbot.waitUntil(lambda: not desk.is_busy())
    return tab
