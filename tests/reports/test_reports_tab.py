"""The Reports tab, driven by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.qt.desk import Desk
from lle_desk.qt.table import Table
from lle_desk.reports.rules import BehindRow, How, YearKind
from lle_desk.reports.ui.tab import ReportsTab
from tests.qt.walk import assert_named, assert_plain
from tests.reports.office import MAY, YEAR, booked

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def tab(desk: Desk, rooms: dict[str, int], qtbot: QtBot) -> ReportsTab:
    """The footfall of 2013/14 by category."""
    tab = ReportsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1700, 900)
    tab.show()
    tab.show_report("footfall", "category", YEAR)
    qtbot.waitUntil(lambda: tab.figures.report is not None)
    qtbot.waitUntil(lambda: tab.figures.report.ask.year == YEAR)  # type: ignore[union-attr]
    wait(tab, qtbot)
    table(tab).setFocus()
    return tab


def wait(tab: ReportsTab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: tab.behind.shown is not None and not tab._desk.is_busy())


def table(tab: ReportsTab) -> Table:
    assert tab.figures.table is not None
    return tab.figures.table


def behind(tab: ReportsTab) -> tuple[BehindRow, ...]:
    assert tab.behind.shown is not None
    return tab.behind.shown.rows


def press(tab: ReportsTab, qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(table(tab), key)
    wait(tab, qtbot)


def labels(tab: ReportsTab) -> list[str]:
    return [shown.row.label for shown in tab.figures.rows]


def test_the_whole_year_and_its_bookings_are_there_at_once(tab: ReportsTab, qtbot: QtBot) -> None:
    assert labels(tab)[-1] == "Whole year"
    qtbot.waitUntil(lambda: len(behind(tab)) == 3)
    assert tab.behind.words == "Whole year: People 2013/14, 42 3 lines, people 42"


def test_arrows_go_over_the_figures_and_enter_opens_a_booking_behind_one(
    tab: ReportsTab, qtbot: QtBot
) -> None:
    press(tab, qtbot, Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up)
    tab.figures.choose(("row", "LCC meetings"), 4)
    qtbot.waitUntil(lambda: [row.amount for row in behind(tab)] == [10])
    assert tab.behind.words == "LCC meetings: People 2012/13, 10 1 line, people 10"
    press(tab, qtbot, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: sorted(row.amount for row in behind(tab)) == [12, 20])
    qtbot.keyClick(table(tab), Qt.Key.Key_Return)
    listed = tab.behind.table
    assert listed is not None
    qtbot.waitUntil(listed.hasFocus)
    with qtbot.waitSignal(tab.record_asked) as asked:
        qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert asked.args == ["room_use", behind(tab)[0].record_id]
    qtbot.keyClick(listed, Qt.Key.Key_Escape)
    assert table(tab).hasFocus()


def test_only_what_was_expected_is_behind_the_estimate(tab: ReportsTab, qtbot: QtBot) -> None:
    tab.figures.choose(tab.figures.rows[-1].key, 9)
    qtbot.waitUntil(lambda: [row.how for row in behind(tab)] == [How.EXPECTED])


def test_alt_and_arrows_change_the_year(tab: ReportsTab, qtbot: QtBot) -> None:
    QTest.keyClick(tab, Qt.Key.Key_Left, ALT)
    qtbot.waitUntil(lambda: tab._title.text() == "Footfall 2012/13")
    assert tab.figures.rows[-1].row.cells[2] == 10
    tab.bar.kinds.chosen.emit(YearKind.ACADEMIC)
    qtbot.waitUntil(lambda: "academic year, 1 Sep 2012" in tab._subtitle.text())


@pytest.mark.parametrize(
    ("what", "by_what", "first"),
    [
        ("footfall", "month", "April"),
        ("footfall", "weekday", "Monday"),
        ("footfall", "room", "Oak Room"),
        ("footfall", "year", "2012/13"),
        ("occupancy", "room", "Oak 1"),
        ("courses", "service", "Whole year"),
        ("cancelled", "reason", "Whole year"),
    ],
)
def test_every_report_is_a_table_and_a_chart_of_the_same_rows(
    tab: ReportsTab, qtbot: QtBot, what: str, by_what: str, first: str
) -> None:
    tab.show_report(what, by_what)
    qtbot.waitUntil(lambda: labels(tab)[0] == first)
    wait(tab, qtbot)
    assert [bar.label for bar in tab.chart.bars] == [
        shown.row.label for shown in tab.figures.rows if not shown.is_total
    ]


def test_one_booking_more_at_another_desk_changes_the_figures(
    tab: ReportsTab, database: Database, rooms: dict[str, int], qtbot: QtBot
) -> None:
    database.write(By("bob", "desk-2"), booked, rooms["Ash"], MAY, 5)
    qtbot.waitUntil(lambda: tab.figures.rows[-1].row.cells[2] == 47)
    qtbot.waitUntil(lambda: len(behind(tab)) == 4)


def test_a_click_on_a_bar_chooses_its_line(tab: ReportsTab, qtbot: QtBot) -> None:
    tab.chart.bar_clicked.emit("External")
    qtbot.waitUntil(lambda: tab.behind.words.startswith("External: People 2013/14, 10"))


def test_a_report_is_saved_as_a_workbook_and_as_csv(
    tab: ReportsTab, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("footfall.xlsx", "footfall.csv"):
        with qtbot.waitSignal(desk.said):
            tab.save_to(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 100
    with qtbot.waitSignal(desk.refused) as refused:
        tab.save_to(tmp_path / "nowhere" / "footfall.csv")
    assert "cannot be written" in refused.args[0]


def test_a_report_is_shown_on_paper_and_escape_goes_back(tab: ReportsTab, qtbot: QtBot) -> None:
    tab._print()
    qtbot.waitUntil(lambda: tab.paper.view.page_count == 1)
    qtbot.waitUntil(tab.paper.isVisible)
    qtbot.keyClick(tab.paper.view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not tab.paper.isVisible())


def test_everything_is_plain_text_and_has_a_name(tab: ReportsTab) -> None:
    assert_plain(tab)
    assert_named(tab)


def test_what_an_officer_chose_is_there_next_time(
    tab: ReportsTab, desk: Desk, qtbot: QtBot
) -> None:
    tab.show_report("occupancy", "month")
    tab.bar._by_chosen("month")
    again = ReportsTab(desk)
    qtbot.addWidget(again)
    assert (again.bar.ask.what, again.bar.ask.by) == ("occupancy", "month")
