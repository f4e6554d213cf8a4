"""The papers that were issued, newest first, found by number, customer or order."""

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.core.days import day_words
from lle_desk.core.money import figures, pounds
from lle_desk.invoicing.queries import PaperRow, paper_row, paper_rows
from lle_desk.invoicing.rules import RECHARGES
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel

PAGE = 200
TYPING_MS = 120  # a find starts when the officer paused for so long


def more_papers(session: Any, find: str, skip: int) -> list[PaperRow]:
    """Return the next page; a query of its own, so that it does not overtake a reload."""
    return paper_rows(session, find, skip, PAGE)


def _state(row: PaperRow) -> str:
    is_recharge = row.series == RECHARGES
    if row.credits_number:
        return f"{'reverses' if is_recharge else 'credits'} {row.credits_number}"
    if not row.credited:
        due = f"due {day_words(row.due_on)}" if row.due_on else ""
        return "recharged by journal" if is_recharge else due
    done = "reversed" if is_recharge else "credited"
    return f"{pounds(row.credited)} {done}" if row.left else f"{done} in full"


COLUMNS: list[Column[PaperRow]] = [
    Column("Number", lambda row: row.number, width=112, strong=True),
    Column("Issued", lambda row: day_words(row.issued_on), width=126, quiet=True),
    Column("Customer", lambda row: row.customer, width=0),
    Column("Order", lambda row: row.order_number, width=112, quiet=True),
    Column("Due, or credit", _state, width=168, quiet=True),
    Column("Total £", lambda row: figures(row.total), numeric=True, width=96, strong=True),
]


class PapersView(QWidget):
    """The list of issued papers.

    Signals:
        paper_chosen: the selection moved. object: PaperRow or None.
        customer_asked: Enter on a paper asks for its customer. int: the id.
    """

    paper_chosen = Signal(object)
    customer_asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._find = ""
        self._wanted = 0  # a paper to be chosen once it is loaded
        self._paged = 0  # how many rows came in pages; 0 before the first
        self._has_more = False
        self._model = RowTableModel(COLUMNS, lambda row: row.id)
        self._model.more_wanted.connect(self._load_more)
        self.table = Table(self._model, name="Papers: issued invoices and credit notes")
        self.table.remember(desk.settings, "invoices/papers")
        self._empty = EmptyState("Looking for papers…", icon="file-invoice")
        self.table.show_empty(self._empty)
        self.table.let_choose_several()
        self.table.row_chosen.connect(self.paper_chosen)
        self.table.row_opened.connect(self._on_opened)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.reload)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self._refresher = Refresher(self, desk, {"invoice", "invoice_line"}, self.reload)

    @property
    def chosen(self) -> PaperRow | None:
        """The paper that is chosen, or None."""
        row: PaperRow | None = self.table.chosen()
        return row

    @property
    def marked(self) -> tuple[int, ...]:
        """The ids of all papers that are chosen, with Shift or Ctrl, from the oldest on."""
        return tuple(sorted(row.id for row in self.table.chosen_rows()))

    def refresh(self) -> None:
        """Look again now, or when next shown."""
        self._refresher.look_again()

    def reload(self) -> None:
        """Load the first page; the rows stay until the new ones are there."""
        most = max(PAGE, self._paged)
        self._desk.load(self, self._show, paper_rows, self._find, 0, most)

    def show_found(self, typed: str) -> None:
        """Show papers of this number, customer or order."""
        self._find = typed.strip()
        self._paged = 0
        self._typing.start()

    def choose(self, invoice_id: int) -> None:
        """Choose a paper, looking for it when it is not among those shown."""
        self._wanted = invoice_id
        if self.table.choose(invoice_id):
            self._wanted = 0
        elif self._paged:
            self._desk.load(self, self._show_wanted, paper_row, invoice_id)

    def _show(self, rows: list[PaperRow]) -> None:
        found = f"No paper for “{self._find}”. Look for a number, a customer or an order."
        none = "No paper was issued yet. Choose what is to be invoiced on the worksheet."
        self._empty.say(found if self._find else none)
        before = self.chosen
        self._has_more = len(rows) == max(PAGE, self._paged)
        self._paged = len(rows)
        self._model.show_rows(rows, self._has_more)
        if self._wanted:
            self.choose(self._wanted)
        elif before is not None and not self._find:
            self.choose(before.id)
        elif before is None or not self.table.choose(before.id):
            self.table.choose_first()
        self.paper_chosen.emit(self.chosen)

    def _show_wanted(self, row: PaperRow | None) -> None:
        """Put a paper that lies further down at the top, and choose it."""
        if row is None or row.id != self._wanted:
            return
        self._wanted = 0
        if self._model.row_of(row.id) < 0:
            self._model.show_rows([row, *self._model.rows], self._has_more)
        self.table.choose(row.id)

    def _on_opened(self, row: PaperRow) -> None:
        self.customer_asked.emit(row.customer_id)

    def _load_more(self) -> None:
        self._desk.load(self, self._append, more_papers, self._find, self._paged)

    def _append(self, rows: list[PaperRow]) -> None:
        known = {row.id for row in self._model.rows}
        self._paged += len(rows)
        self._has_more = len(rows) == PAGE
        self._model.append_rows([row for row in rows if row.id not in known], self._has_more)
