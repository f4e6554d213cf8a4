"""The plan when its days, its scale or its lanes change."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lle_desk.qt.theme import theme
from lle_desk.qt.time_grid import Block, Lane, Slot, TimeGrid, day_plan, days_plan
from tests.qt.plan_demo import DAY, GROUPS, ROOMS, at, day_areas, day_blocks

TOMORROW = DAY + timedelta(days=1)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def grid(qtbot: QtBot) -> TimeGrid:
    grid = TimeGrid("Woodlands")
    qtbot.addWidget(grid)
    grid.resize(1228, 500)
    grid.show_span(day_plan(DAY))
    grid.show_lanes(ROOMS, GROUPS)
    grid.show_blocks(day_blocks(), day_areas())
    grid.show()
    qtbot.waitExposed(grid)
    return grid


def turn(grid: TimeGrid, notches: int, held: Qt.KeyboardModifier) -> None:
    """Turn the wheel in the middle of the plan."""
    where = QPointF(grid.viewport().rect().center())
    event = QWheelEvent(
        where,
        QPointF(grid.viewport().mapToGlobal(where.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(grid.viewport(), event)


def test_a_selected_slot_goes_along_to_the_next_day(grid: TimeGrid) -> None:
    grid.select_slot(Slot("elm", at(DAY, "16:30"), at(DAY, "17:30")))
    grid.show_span(day_plan(TOMORROW))
    assert grid.selected_slot == Slot("elm", at(TOMORROW, "16:30"), at(TOMORROW, "17:30"))


def test_a_block_of_another_day_is_not_shown_at_the_edge(grid: TimeGrid) -> None:
    grid.show_span(day_plan(TOMORROW))
    assert grid.spoken_blocks() == []
    assert grid.layout_now().hit(2, 20) is None


def test_a_booking_over_night_is_one_block_over_both_days(grid: TimeGrid) -> None:
    over = Block(1, "elm", at(DAY, "15:00"), at(TOMORROW, "10:00"), "Residential")
    grid.show_span(days_plan(DAY, 2))
    grid.show_blocks([over])
    shape = grid.layout_now().shape(over)
    first, second = grid.layout_now().axis.columns
    assert shape is not None
    assert shape.left < first.right < second.left + 1 < shape.right
    assert "15:00 to Wednesday 5 March 10:00" in grid.spoken_blocks()[0][1]


def test_the_wheel_zooms_where_the_mouse_is_and_scrolls_sideways(grid: TimeGrid) -> None:
    middle = grid.viewport().width() / 2 - grid.look_now().side
    before = grid.layout_now().axis.time(middle)
    turn(grid, 1, CTRL)
    after = grid.layout_now().axis.time(middle + grid.horizontalScrollBar().value())
    assert grid.zoom == 1.5
    assert abs(after - before) < timedelta(minutes=2)
    at_first = grid.horizontalScrollBar().value()
    turn(grid, -1, SHIFT)
    assert grid.horizontalScrollBar().value() > at_first


def test_walking_down_scrolls_the_lane_into_sight(grid: TimeGrid) -> None:
    grid.select(1)
    for _ in range(13):
        QTest.keyClick(grid, Qt.Key.Key_Down)
    row = grid.layout_now().rows.row(grid.place.lane)
    assert row is not None
    bar = grid.verticalScrollBar()
    assert bar.value() <= row.top <= bar.value() + bar.pageStep() - row.height


def test_the_now_line_follows_the_clock(grid: TimeGrid) -> None:
    grid.follow_clock(lambda: datetime(2014, 3, 4, 11, 5))
    assert grid.scene().now == datetime(2014, 3, 4, 11, 5)


def test_larger_text_makes_everything_larger(grid: TimeGrid) -> None:
    small = grid.look_now().lane
    theme().set_text_scale(2.0)
    try:
        assert grid.look_now().lane == 2 * small
        assert not grid.grab().isNull()
    finally:
        theme().set_text_scale(1.0)


def test_a_plan_without_groups_or_lanes_still_answers(grid: TimeGrid) -> None:
    grid.show_lanes([])
    grid.select(1)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Plus):
        QTest.keyClick(grid, key)
    grid.show_lanes([Lane("elm", "Elm")])
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert not grid.grab().isNull()


def test_a_month_of_blocks_is_laid_out_and_walked(grid: TimeGrid) -> None:
    grid.show_span(days_plan(date(2014, 3, 1), 31))
    grid.select(1)
    seen = set()
    for _ in range(40):
        QTest.keyClick(grid, Qt.Key.Key_Right)
        seen.add((grid.selected, grid.selected_slot))
    assert len(seen) > 35
