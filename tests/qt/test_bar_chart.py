"""Bars beside a table."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from lle_desk.qt.bar_chart import Bar, BarChart, BarsLook, steps_to
from lle_desk.qt.theme import Scheme, colour, theme

PARTS = (("counted", "fill"), ("registers", "soft"), ("expected", "hatched"))
BARS = [
    Bar("a", "External", (60, 20, 20), 80, "100", "EX"),
    Bar("b", "LCC meetings", (10, 0, 0), None, "10"),
]


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        (0, [0, 1]),
        (24_789, [0, 10_000, 20_000, 30_000]),
        (31, [0, 10, 20, 30, 40]),
        (4, [0, 1, 2, 3, 4]),
    ],
)
def test_an_axis_has_a_few_round_numbers_up_to_the_most(most: float, steps: list[float]) -> None:
    assert steps_to(most) == steps


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_bars_are_painted_light_and_dark_and_a_click_tells_the_group(
    qtbot: QtBot, scheme: Scheme, upright: bool
) -> None:
    theme().install(scheme)
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    chart.show_bars(BARS, BarsLook(PARTS, "2012/13", "", upright))
    chart.choose("a")
    chart.show()
    picture = chart.grab().toImage()
    shades = {picture.pixelColor(x, y).name() for x in range(500) for y in range(0, 300, 2)}
    assert colour("bar_fill").name() in shades
    assert colour("field_edge").name() in shades
    spot = QPoint(100, 80) if upright else QPoint(200, 50)
    with qtbot.waitSignal(chart.bar_clicked) as clicked:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=spot)
    assert clicked.args == ["a"]
    theme().install(Scheme.LIGHT)
