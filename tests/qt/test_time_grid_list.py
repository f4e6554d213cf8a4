"""The plan as a list of sentences."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from lle_desk.qt.time_grid import TimeGrid, day_plan
from lle_desk.qt.time_grid.plan_list import PlanList
from tests.qt.plan_demo import DAY, GROUPS, ROOMS, day_blocks


def test_the_list_says_every_block_and_shares_the_selection(qtbot: QtBot) -> None:
    grid = TimeGrid("Woodlands")
    qtbot.addWidget(grid)
    grid.show_span(day_plan(DAY))
    grid.show_lanes(ROOMS, GROUPS)
    grid.show_blocks(day_blocks())
    plan = PlanList(grid)
    qtbot.addWidget(plan)
    plan.show()
    assert plan.count() == len(day_blocks())
    assert plan.item(0).text().startswith("Oak Room, Tuesday 4 March, 09:30 to 12:00, Phonics")
    grid.select(2)
    assert plan.currentRow() == 1
    QTest.keyClick(plan, Qt.Key.Key_Up)
    assert grid.selected == 1
    with qtbot.waitSignal(grid.block_opened) as opened:
        QTest.keyClick(plan, Qt.Key.Key_Return)
    assert opened.args == [1]
    grid.show_blocks(day_blocks()[:3])
    assert (plan.count(), plan.currentRow()) == (3, 0)
