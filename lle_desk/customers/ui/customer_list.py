"""The list of customers: everybody by name, or what was found while typing."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from lle_desk.customers.queries import CustomerHit, CustomersFilter, list_customers
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel

PAUSE_MS = 100  # after the last letter typed
PAGE = 2_500  # rows read at once: all that the office has, so that they sort as one


class CustomerList(QWidget):
    """A list that a find field narrows; the keyboard may stay in that field.

    Signals:
        row_chosen: the selection moved. object: the CustomerHit or None.
        row_opened: Enter or a double click. object: the CustomerHit.
        emptied: a list was read. bool: whether there is no customer at all.
    """

    row_chosen = Signal(object)
    row_opened = Signal(object)
    emptied = Signal(bool)

    def __init__(self, desk: Desk, find: QLineEdit, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk = desk
        self._find = find
        self._filter = CustomersFilter(on_day=today())
        self._today = today
        self._more_of = self._filter
        self._wanted: int | None = None  # to be chosen as soon as it is shown
        self.model: RowTableModel[CustomerHit] = RowTableModel(
            self._columns(), lambda hit: hit.customer_id, self
        )
        self.table = Table(self.model, name="Customers")
        self.table.remember(desk.settings, "customers")
        self.model.more_wanted.connect(self._read_more)
        self.table.row_chosen.connect(self.row_chosen)
        self.table.row_opened.connect(self.row_opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.read)
        find.textChanged.connect(self._on_typed)
        find.installEventFilter(self)
        self._refresher = Refresher(self, desk, {"customer"}, self.read)

    def narrow(self, group: str, with_closed: bool) -> None:
        """Show another group, with or without closed schools."""
        typed = self._find.text()
        self._filter = CustomersFilter(typed, group, with_closed, self._today())
        self._refresher.look_again()

    def choose(self, customer_id: int) -> bool:
        """Choose a customer, once the list is read again if it is not in it yet."""
        self._wanted = None if self.table.choose(customer_id) else customer_id
        if self._wanted is not None:
            self.table.clearSelection()
        return self._wanted is None

    def show_empty(self, empty: EmptyState) -> None:
        """Say this when there is nothing to show."""
        self.table.show_empty(empty)

    def read(self) -> None:
        """Read the list again."""
        self._filter = CustomersFilter(
            self._find.text(), self._filter.group, self._filter.with_closed, self._today()
        )
        self._desk.load(self, self._show, list_customers, self._filter, PAGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list while the keyboard stays in the find field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.model.rows:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                if self.table.chosen() is not None:
                    self.table.setFocus()
                    self.row_opened.emit(self.table.chosen())
                return True
        return super().eventFilter(watched, event)

    def _step(self, step: int) -> None:
        row = self.table.currentIndex().row() + step
        line = min(max(row, 0), self.model.rowCount() - 1)
        self.table.choose(self.model.key_of(self.model.rows[line]))

    def _on_typed(self) -> None:
        self._pause.start()

    def _read_more(self) -> None:
        rows = len(self.model.rows)
        self._more_of = self._filter
        self._desk.load(self, self._append, _more_customers, self._filter, PAGE, rows)

    def _show(self, hits: Sequence[CustomerHit]) -> None:
        whole = not self._filter.typed.strip()
        self.model.show_rows(hits, more=whole and len(hits) == PAGE)
        self.emptied.emit(whole and not self._filter.group and not hits)
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self.table.choose(wanted):
            return
        if not whole and hits:
            self.table.choose_first()

    def _append(self, hits: Sequence[CustomerHit]) -> None:
        if self._more_of == self._filter:
            self.model.append_rows(hits, more=len(hits) == PAGE)

    def _columns(self) -> list[Column[CustomerHit]]:
        return [
            Column("Name", lambda hit: hit.name, width=0, strong=True, tip=lambda hit: hit.name),
            Column("Town", lambda hit: hit.town, width=120),
            Column("Postcode", lambda hit: hit.postcode, width=80, quiet=True),
            Column("DfE number", lambda hit: hit.dfe, width=88, quiet=True),
            Column("Sort", self._sort, width=208, quiet=True),
        ]

    def _sort(self, hit: CustomerHit) -> str:
        closed = hit.closed_on is not None and hit.closed_on <= self._filter.on_day
        return f"closed · {hit.kind}" if closed else hit.kind


def _more_customers(
    session: Any, wanted: CustomersFilter, most: int, skip: int
) -> list[CustomerHit]:
    return list_customers(session, wanted, most, skip)
