"""Rows of a list too long to be read at once: only their numbers are known, words come in pages."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from lle_desk.qt.table_model import Column, Index, Role, Row, RowTableModel

MOST_KEPT = 6_000  # rows whose words stay in memory
NOT_READ = "…"


class LongModel(RowTableModel[Row]):
    """Holds the numbers of all rows in their order, and the words of those lately seen.

    `blank(number)` makes the row that stands in until the words of a number are there. Sorting
    is not done here: whoever shows the list does it.

    Signals:
        sort_wanted: a heading was clicked. int, bool: the column, and whether downwards.
    """

    sort_wanted = Signal(int, bool)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], int],
        blank: Callable[[int], Row],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, key, parent)
        self._blank = blank
        self._ids: Any = ()  # a numpy array of numbers
        self._known: dict[int, Row] = {}
        self._old: dict[int, Row] = {}  # shown until their words were read again

    @property
    def ids(self) -> Any:
        """The numbers of all rows, in order: a numpy array."""
        return self._ids

    def show_ids(self, ids: Any) -> None:
        """Show the rows of these numbers, a numpy array, in its order."""
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()

    def keep_ids(self, ids: Any) -> bool:
        """Say whether these are the rows that are shown already, in the same order."""
        import numpy as np

        return len(self._ids) == len(ids) and bool(np.array_equal(self._ids, ids))

    def take_rows(self, rows: Iterable[Row]) -> None:
        """Take the words of some rows."""
        if len(self._known) > MOST_KEPT:
            self._known.clear()
        for row in rows:
            self._known[self.number_of(row)] = row

    def forget_words(self) -> None:
        """Have all words read again; those shown stay until then."""
        self._old = self._old | self._known if len(self._old) < MOST_KEPT else self._known
        self._known = {}

    def missing(self, first: int, last: int) -> list[int]:
        """Return the numbers of the lines `first` to `last` whose words are not there."""
        wanted = (int(number) for number in self._ids[first : last + 1])
        return [number for number in wanted if number not in self._known]

    def words_at(self, line: int) -> Row | None:
        """Return the row at a line, None while its words are not there."""
        number = int(self._ids[line])
        return self._known.get(number) or self._old.get(number)

    def number_of(self, row: Row) -> int:
        """Return the number of a row."""
        number = self.key_of(row)
        assert isinstance(number, int)
        return number

    # What the table asks of any model

    @property
    def rows(self) -> Sequence[Row]:
        """The rows whose words are there, in no particular order."""
        return tuple(self._known.values())

    def row_at(self, index: Index) -> Row:
        number = int(self._ids[index.row()])
        row = self._known.get(number) or self._old.get(number)
        return self._blank(number) if row is None else row

    def row_of(self, key: object) -> int:
        import numpy as np

        found = np.flatnonzero(np.asarray(self._ids) == key)
        return int(found[0]) if len(found) else -1

    def lines_of(self, numbers: Iterable[int]) -> list[int]:
        """Return at which lines these numbers are, from the top; the missing are left out."""
        import numpy as np

        return [int(at) for at in np.flatnonzero(np.isin(self._ids, list(numbers)))]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row = self.words_at(index.row())
        column = self.columns[index.column()]
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return NOT_READ if row is None else column.text(row)
        if role == Role.ToolTipRole and row is not None and column.tip is not None:
            return column.tip(row) or None
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0 or self.columns[column].sort_key is not None:
            self.sort_wanted.emit(column, order == Qt.SortOrder.DescendingOrder)
