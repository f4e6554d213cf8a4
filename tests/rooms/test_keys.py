"""The sheet of keys (F1) of the Rooms tab says all keys that work there, and only those."""

import re
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.qt.desk import Desk
from lle_desk.qt.keys import EVERYWHERE
from lle_desk.qt.time_grid import Slot
from lle_desk.rooms.actions import hold_room
from lle_desk.rooms.ui.tab import RoomsTab
from lle_desk.rooms.ui.tab_keys import KEYS
from tests.rooms.woodlands import Woodlands, at, wish

# Keys that the plan hears itself, as they are written on the sheet.
OF_THE_PLAN = {
    "Arrows": ("Left", "Right", "Up", "Down"),
    "Home": ("Home",),
    "End": ("End",),
    "Enter": ("Return",),
    "Ctrl+Arrows": ("Ctrl+Left", "Ctrl+Right", "Ctrl+Up", "Ctrl+Down"),
    "Ctrl+Shift+Left, Right": ("Ctrl+Shift+Left", "Ctrl+Shift+Right"),
    "Shift+Left, Right": ("Shift+Left", "Shift+Right"),
    "+, −, 0": ("+", "-", "0"),
}
FOR_A_GROUP, FOR_FREE_TIME, BY_MOUSE = "Space", "N", "Ctrl+click"
WHILE_BOOKING = {"Alt+K"}  # and Alt+J, which both forms have
ALSO_EVERYWHERE = {"Ctrl+Return", "Ctrl+Enter", "Esc"}


@pytest.fixture
def tab(desk: Desk, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot) -> RoomsTab:
    """The tab with a provisional booking in its inspector."""
    use = database.write(by, hold_room, wish(woodlands.elm, status="provisional"))
    tab = RoomsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1600, 900)
    tab.bar.stepper.set_day(date(2014, 3, 4))
    with qtbot.waitSignal(tab.plan_shown):
        tab.show()
    tab.activateWindow()
    tab.grid.setFocus()
    tab.grid.select(use)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    qtbot.waitUntil(lambda: not desk.is_busy())
    return tab


def written(tab: RoomsTab) -> set[str]:
    """Return the keys on the sheet one by one, but for those of the plan."""
    found: set[str] = set()
    for line in KEYS:
        if line.key not in OF_THE_PLAN:
            found |= {part.strip() for part in line.key.split(",")}
    return found


def shortcuts(tab: RoomsTab) -> set[str]:
    """Return the keys of all buttons that are there now, and of the swap bar."""
    made = tab.findChildren(QShortcut)
    keys = {one.key().toString() for one in made if one.isEnabled()}
    known = {part.strip() for line in EVERYWHERE for part in re.split(r",", line.key)}
    return keys - known - ALSO_EVERYWHERE - {""}


def test_every_key_of_a_button_is_on_the_sheet(
    tab: RoomsTab, woodlands: Woodlands, qtbot: QtBot
) -> None:
    on_booking = shortcuts(tab)
    assert {"C", "P", "K", "S", "L", "Alt+Q", "Alt+I", "Alt+V", "Alt+J"} <= on_booking
    tab.grid.select_slot(Slot(woodlands.ash, at("13:00"), at("14:00")))
    qtbot.keyClick(tab.grid, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: "Alt+K" in shortcuts(tab))
    assert (on_booking | shortcuts(tab)) - written(tab) - {"Ctrl+N", "Ctrl+P"} == set()


def test_every_key_on_the_sheet_works(tab: RoomsTab, woodlands: Woodlands, qtbot: QtBot) -> None:
    there = shortcuts(tab) | {one.key().toString() for one in tab.findChildren(QShortcut)}
    plan = {"Arrows", "Home", "End", "Enter"}
    rest = written(tab) - plan - {FOR_A_GROUP, FOR_FREE_TIME, BY_MOUSE} - WHILE_BOOKING
    assert rest - there == set()
    assert tab.keys() == list(KEYS)
    for line in KEYS:
        for name in line.key.split(", ") if line.key.startswith("Arrows") else [line.key]:
            for key in OF_THE_PLAN.get(name, ()):
                assert hears(tab, key), f"{key} does nothing on the plan"
    assert not hears(tab, "Z"), "a key of nobody is not taken"


def hears(tab: RoomsTab, key: str) -> bool:
    """Press a key on the plan, where a booking is selected, and return whether it was taken."""
    tab.grid.select(tab.grid.spoken_blocks()[0][0])
    combination = QKeySequence(key)[0]  # type: ignore[index]
    event = QKeyEvent(
        QKeyEvent.Type.KeyPress, combination.key(), combination.keyboardModifiers(), key[-1]
    )
    tab.grid.keyPressEvent(event)  # what it does not take, it ignores
    was_taken = event.isAccepted()
    tab.grid.cancel()
    return was_taken
