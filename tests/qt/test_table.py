from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyleOptionHeader
from pytestqt.qtbot import QtBot

from lle_desk.qt.chips import BadgeText, Places
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.settings import Settings
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, Heading, RowTableModel


@dataclass(frozen=True, slots=True)
class Event:
    id: int
    title: str
    booked: int = 3
    chosen: bool = False


def badges(event: Event) -> list[BadgeText]:
    return [BadgeText("Full", "plain", "lock"), BadgeText("No room", "refusal", "door")]


COLUMNS: list[Column[Event]] = [
    Column("", lambda e: "chosen" if e.chosen else "", check=lambda e: e.chosen, width=32),
    Column("Event", lambda e: e.title, width=0, link=True, second=lambda e: "two lines"),
    Column("Places", lambda e: str(e.booked), places=lambda e: Places(e.booked, 1, 12, 8)),
    Column("Needs", lambda e: "Full", badges=badges),
    Column("Service", lambda e: "SC", square=lambda e: "SC", icon=lambda e: "school"),
]


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    model: RowTableModel[Event] = RowTableModel(
        COLUMNS,
        lambda event: event.id,
        heading=lambda event: Heading(event.title) if event.id < 0 else None,
    )
    table = Table(model, name="Events")
    qtbot.addWidget(table)
    table.resize(700, 300)
    model.show_rows([Event(-1, "This week"), Event(1, "Phonics"), Event(2, "Safeguarding")])
    with qtbot.waitExposed(table):
        table.show()
    table.activateWindow()
    table.setFocus()
    return table


def test_it_paints_every_kind_of_cell(table: Table) -> None:
    table.choose(1)
    assert not table.grab().isNull()


def test_arrows_pass_over_headings_and_enter_opens(table: Table, qtbot: QtBot) -> None:
    table.choose_first()
    assert table.chosen().title == "Phonics"
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert table.chosen().title == "Phonics"
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.row_opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0].title == "Safeguarding"


def test_the_chosen_row_stays_chosen_through_a_refresh(table: Table) -> None:
    table.choose(2)
    model = table._rows_model
    model.show_rows([Event(-1, "This week"), Event(2, "Safeguarding", 9), Event(1, "Phonics")])
    assert table.chosen() == Event(2, "Safeguarding", 9)


def test_space_and_a_click_tick_the_box(table: Table, qtbot: QtBot) -> None:
    table.choose(1)
    with qtbot.waitSignal(table.row_checked) as ticked:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert ticked.args[0].id == 1
    cell = table.visualRect(table.model().index(2, 0)).center()
    with qtbot.waitSignal(table.row_checked) as ticked:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert ticked.args[0].id == 2


def test_an_empty_list_says_what_would_be_here(table: Table) -> None:
    table.show_empty(EmptyState("No event in these weeks."))
    assert table._empty is not None
    assert not table._empty.isVisible()
    table._rows_model.show_rows([])
    assert table._empty.isVisible()
    assert table.chosen() is None


def test_widths_are_remembered(table: Table, qtbot: QtBot) -> None:
    settings = Settings("ann")
    table.remember(settings, "events")
    table.setColumnWidth(3, 222)
    model: RowTableModel[Event] = RowTableModel(COLUMNS, lambda event: event.id)
    again = Table(model)
    qtbot.addWidget(again)
    again.remember(Settings("ann"), "events")
    assert again.columnWidth(3) == 222
    assert again.columnWidth(0) == table.columnWidth(0)


def test_several_rows_can_be_chosen_when_allowed(table: Table) -> None:
    table.let_choose_several()
    table.selectAll()
    assert [row.id for row in table.chosen_rows()] == [1, 2]


def test_a_narrow_list_gives_up_its_least_columns_first(qtbot: QtBot) -> None:
    columns: list[Column[Event]] = [
        Column("Event", lambda e: e.title, width=0),
        Column("Trainer", lambda e: "Trainer One", width=120, give_up=2),
        Column("Room", lambda e: "Oak Room", width=120, give_up=1),
        Column("Date", lambda e: "Tue 4 Mar", width=100),
    ]
    table = Table(RowTableModel(columns, lambda event: event.id))
    qtbot.addWidget(table)
    table.show()
    hidden = {}
    for width in (600, 450, 300):
        table.resize(width, 200)
        hidden[width] = [table.isColumnHidden(at) for at in range(4)]
    assert hidden[600] == [False, False, False, False]
    assert hidden[450] == [False, True, False, False]
    assert hidden[300] == [False, True, True, False]


@pytest.mark.parametrize(
    ("order", "arrow"),
    [
        (Qt.SortOrder.AscendingOrder, QStyleOptionHeader.SortIndicator.SortUp),
        (Qt.SortOrder.DescendingOrder, QStyleOptionHeader.SortIndicator.SortDown),
    ],
)
def test_the_arrow_of_a_heading_points_up_when_what_is_least_comes_first(
    qtbot: QtBot, order: Qt.SortOrder, arrow: QStyleOptionHeader.SortIndicator
) -> None:
    title: Column[Event] = Column("Event", lambda e: e.title, sort_key=lambda e: e.title)
    table = Table(RowTableModel([title], lambda event: event.id), name="Events")
    qtbot.addWidget(table)
    table.sortByColumn(0, order)
    option = QStyleOptionHeader()
    table.horizontalHeader().initStyleOptionForIndex(option, 0)
    assert option.sortIndicator == arrow
