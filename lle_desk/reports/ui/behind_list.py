"""The records behind a figure, which open in the tab that owns them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from lle_desk.core.days import day_words
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.leaving import LeavesOnEsc
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.reports.rules import Behind, BehindRow, Kind, figure_words

NOTHING = "Nothing is behind this figure: it is nought."


class BehindList(LeavesOnEsc):
    """A list whose amounts add up to the figure above it.

    Signals:
        opened: str: a table, int: the record to open.
        left: Esc: the keyboard goes back to the figures.
    """

    opened = Signal(str, int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title, self._summary = label("", "heading"), label("", "quiet")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(px(10), px(6), px(10), px(6))
        head.setSpacing(px(10))
        head.addWidget(self._title)
        head.addWidget(self._summary)
        head.addStretch(1)
        head.addWidget(label("Enter opens the record", "quiet"))
        self._column.addLayout(head)
        self._shown: Behind | None = None
        self._heads: tuple[object, ...] = ()
        self.table: Table | None = None
        self._model: RowTableModel[BehindRow] | None = None

    @property
    def shown(self) -> Behind | None:
        """What is listed."""
        return self._shown

    @property
    def words(self) -> str:
        """What is said above the list."""
        return f"{self._title.text()} {self._summary.text()}".strip()

    def say(self, words: str) -> None:
        """Say which figure is looked behind; the rows follow, and their sum with them."""
        self._title.set(words)
        self._summary.set("")

    def show_behind(self, behind: Behind) -> None:
        """List these records."""
        self._shown = behind
        if (behind.heads, behind.kind) != self._heads:
            self._heads = (behind.heads, behind.kind)
            self._make_table(behind)
        assert self._model is not None
        self._model.show_rows(behind.rows)
        count = len(behind.rows)
        lines = f"{count:,} line{'' if count == 1 else 's'}"
        total = figure_words(behind.total, behind.kind)
        self._summary.set(f"{lines}, {behind.heads[-1].lower()} {total}" if count else "")

    def go_in(self) -> None:
        """Take the keyboard to the first record."""
        if self.table is not None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.table.chosen() is None:
                self.table.choose_first()

    def leave(self) -> None:
        """Go back to the figures."""
        self.left.emit()

    def _make_table(self, behind: Behind) -> None:
        self._model = RowTableModel(_columns(behind), key=lambda row: row.key)
        old, self.table = self.table, Table(self._model, name="Records behind the figure")
        self.table.show_empty(EmptyState(NOTHING, icon="list"))
        self.table.row_opened.connect(self._open)
        self._column.addWidget(self.table, 1)
        if old is not None:
            self._column.removeWidget(old)
            old.deleteLater()

    def _open(self, row: BehindRow) -> None:
        self.opened.emit(row.kind, row.record_id)


def _columns(behind: Behind) -> list[Column[BehindRow]]:
    where, who, group, amount = behind.heads
    has_times = any(row.time for row in behind.rows)
    has_how = any(row.how for row in behind.rows)
    columns: list[Column[BehindRow]] = [
        Column("Day", lambda row: day_words(row.day), lambda row: row.day, width=124),
        Column("Number", lambda row: row.number, lambda row: row.number, width=92, quiet=True),
        Column("Event", lambda row: row.title, lambda row: row.title, width=0, strong=True),
        Column(where, lambda row: row.where, lambda row: row.where, width=150),
        Column(who, lambda row: row.who, lambda row: row.who, width=190, give_up=2),
        Column(group, lambda row: row.group, lambda row: row.group, width=160, give_up=3),
        Column(
            amount,
            lambda row: figure_words(row.amount, behind.kind),
            lambda row: row.amount,
            width=100 if behind.kind is Kind.MONEY else 84,
            numeric=True,
        ),
    ]
    if has_how:
        columns.append(Column("How", lambda row: row.how, lambda row: row.how, width=110))
    if has_times:
        columns.insert(1, Column("Time", lambda row: row.time, width=104))
    return columns
