import random
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from lle_desk.qt.table_model import Column, Heading, RowTableModel


class Line(NamedTuple):
    id: int
    text: str


COLUMNS: list[Column[Line]] = [
    Column("Id", lambda line: str(line.id), lambda line: line.id, numeric=True),
    Column("Text", lambda line: line.text, lambda line: line.text),
]


def shown(model: RowTableModel[Line]) -> list[Line]:
    return [model.row_at(model.index(at, 0)) for at in range(model.rowCount())]


def test_it_keeps_qts_rules_through_any_updates(qtmodeltester: ModelTester) -> None:
    """Random updates: the rows are right and each held index follows its record."""
    model: RowTableModel[Line] = RowTableModel(COLUMNS, key=lambda line: line.id)
    qtmodeltester.check(model)
    dice = random.Random(7)
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    for _ in range(300):
        held = {
            line.id: QPersistentModelIndex(model.index(at, 1))
            for at, line in enumerate(shown(model))
        }
        old = set(held)
        ids = dice.sample(range(12), dice.randrange(12))
        resets.clear()
        rows = [Line(n, dice.choice("abc")) for n in ids]
        model.show_rows(rows)
        assert shown(model) == rows
        if not resets:
            for n in old & set(ids):
                assert held[n].isValid()
                assert model.row_at(held[n]).id == n


def test_sorting_is_kept_across_updates() -> None:
    model: RowTableModel[Line] = RowTableModel(COLUMNS, key=lambda line: line.id)
    model.show_rows([Line(1, "b"), Line(2, "a")])
    model.sort(1)
    assert [line.id for line in shown(model)] == [2, 1]
    model.show_rows([Line(1, "b"), Line(2, "c"), Line(3, "a")])
    assert [line.id for line in shown(model)] == [3, 1, 2]
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert [line.id for line in shown(model)] == [3, 2, 1]


def test_one_changed_row_repaints_one_row() -> None:
    model: RowTableModel[Line] = RowTableModel(COLUMNS, key=lambda line: line.id)
    model.show_rows([Line(n, "a") for n in range(1000)])
    repaints: list[int] = []
    model.dataChanged.connect(lambda top, bottom: repaints.append(top.row()))
    model.show_rows([Line(n, "b" if n == 500 else "a") for n in range(1000)])
    assert repaints == [500]


def test_more_rows_are_asked_for_once_and_only_when_there_are_more() -> None:
    model: RowTableModel[Line] = RowTableModel(COLUMNS, key=lambda line: line.id)
    asked: list[int] = []
    model.more_wanted.connect(lambda: asked.append(model.rowCount()))
    model.show_rows([Line(1, "a")], more=True)
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert not model.canFetchMore(QModelIndex())
    model.append_rows([Line(2, "b")])
    assert asked == [1]
    assert [line.id for line in shown(model)] == [1, 2]
    assert not model.canFetchMore(QModelIndex())


def test_a_heading_is_no_row_to_choose() -> None:
    model: RowTableModel[Line] = RowTableModel(
        COLUMNS,
        key=lambda line: line.id,
        heading=lambda line: Heading(line.text) if line.id < 0 else None,
    )
    model.show_rows([Line(-1, "This week"), Line(1, "Phonics")])
    assert model.flags(model.index(0, 0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.data(model.index(0, 0)) == "This week"


def test_a_tooltip_is_escaped() -> None:
    column: Column[Line] = Column("Text", lambda line: line.text, tip=lambda line: line.text)
    model: RowTableModel[Line] = RowTableModel([column], key=lambda line: line.id)
    model.show_rows([Line(1, "<img src=x>")])
    shown_tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert shown_tip == "<span>&lt;img src=x&gt;</span>"
