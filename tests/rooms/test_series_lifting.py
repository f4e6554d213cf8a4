"""A date that was left out of a repeating booking is booked after all within it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.rooms.actions import hold_room
from lle_desk.rooms.actions.series import hold_series
from lle_desk.rooms.rules.places import DateChoice
from lle_desk.rooms.ui.tab import RoomsTab
from tests.rooms.test_series import TUESDAY, places, taken, weekly
from tests.rooms.test_series_screen import WEEK, saved_form
from tests.rooms.woodlands import Woodlands


def test_a_date_that_was_left_out_is_booked_within_the_series_and_undone(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    second, third = TUESDAY + WEEK, TUESDAY + 2 * WEEK
    without = tuple(DateChoice(on=day, skip="half-term") for day in (second, third))
    ask = replace(weekly(woodlands.elm), choices=without)
    use = database.write(by, hold_series, ask)
    database.write(by, hold_room, taken(woodlands.elm, third))
    form = saved_form(tab, qtbot, use)
    around = form.around
    qtbot.mouseClick(around.all_dates, Qt.MouseButton.LeftButton)
    assert around.lift.isHidden()
    around.day_table.choose(second)
    assert not around.lift.isHidden()
    qtbot.keyClick(around.lift, Qt.Key.Key_Space)
    there = ["03/03 Elm", "10/03 Elm", "17/03 left out: half-term", "24/03 Elm"]
    qtbot.waitUntil(lambda: places(database, use) == there)
    qtbot.waitUntil(lambda: not tab._desk.is_busy())
    tab._desk.undos.undo()
    qtbot.waitUntil(lambda: places(database, use)[1] == "10/03 cancelled")
    qtbot.waitUntil(lambda: not tab._desk.is_busy())
    tab._desk.undos.redo()
    qtbot.waitUntil(lambda: places(database, use) == there)
    form = saved_form(tab, qtbot, use)
    form.around.day_table.show()
    form.around.day_table.choose(third)
    qtbot.keyClick(form.around.day_table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "“Spanish”" in form.refusal)
    assert places(database, use) == there
