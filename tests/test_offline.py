"""A tab first opened while the database is out of reach says why it is empty, and fills later."""

import pytest
from pytestqt.qtbot import QtBot

from lle_desk.app import make_window
from lle_desk.core.db import Database
from lle_desk.qt.offline import OFFLINE, OfflineStrip
from lle_desk.qt.theme import Scheme, theme
from lle_desk.rooms.ui.tab import RoomsTab
from tests.core.office import run
from tests.qt.test_desk import CUT, ON_POSTGRESQL
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.room_office import ANN
from tests.rooms.woodlands import build

ROOMS = 2


@ON_POSTGRESQL
@pytest.mark.usefixtures("qapp")
def test_a_tab_first_opened_offline_says_why_it_is_empty(
    database: Database, administrators_database: Database, qtbot: QtBot
) -> None:
    build(administrators_database, ANN)
    theme().install(Scheme.LIGHT)
    window = make_window(database, ANN)
    qtbot.addWidget(window)
    window.show()
    strip = window.findChildren(OfflineStrip)[0]
    qtbot.waitUntil(lambda: not window.desk.is_busy())
    assert not strip.isVisible()
    run(administrators_database, "ALTER ROLE ann NOLOGIN")
    try:
        run(administrators_database, CUT)
        qtbot.waitUntil(strip.isVisible)
        window.show_tab(ROOMS)
        assert OFFLINE in shown_texts(window)
        assert_plain(window)
        assert_named(window)
    finally:
        run(administrators_database, "ALTER ROLE ann LOGIN")
    qtbot.waitUntil(lambda: not strip.isVisible())
    rooms = window.page(ROOMS)
    assert isinstance(rooms, RoomsTab)
    qtbot.waitUntil(lambda: len(rooms.grid.layout_now().rows.rows) >= 6)
    window.desk.close()
