"""A table model over plain rows. It never touches the database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter

from lle_desk.qt.chips import BadgeText, Places
from lle_desk.qt.words import escaped

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Heading:
    """A line over the whole width that heads the rows below it."""

    title: str
    quiet: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its heading, what it prints, what it sorts by and how it is drawn.

    `width` is in pixels at 100 %; 0 takes what is left. `text` is also what a screen reader
    says, so it stays in words where `badges`, `places` or `check` draw something.
    """

    heading: str
    text: Callable[[Row], str]
    sort_key: Callable[[Row], Any] | None = None
    numeric: bool = False  # right-aligned
    width: int = 120
    strong: bool | Callable[[Row], bool] = False
    quiet: bool = False
    colour: Callable[[Row], str | None] | None = None  # a token: "refusal"
    badges: Callable[[Row], Sequence[BadgeText]] | None = None
    places: Callable[[Row], Places | None] | None = None
    icon: Callable[[Row], str] | None = None
    square: Callable[[Row], str] | None = None  # a category code or #RRGGBB before the words
    second: Callable[[Row], str] | None = None  # a quiet second line
    indent: Callable[[Row], int] | None = None  # pixels at 100 %
    check: Callable[[Row], bool | None] | None = None  # a box; None: no box in this row
    tip: Callable[[Row], str] | None = None
    link: bool = False  # underlined under the mouse; a click opens the row
    paint: Callable[[QPainter, QRect, Row], None] | None = None  # draws the cell itself
    give_up: int = 0  # 0: always shown; else left out in a narrow window, the highest first


class RowTableModel(QAbstractTableModel, Generic[Row]):
    """Shows a list of rows; `show_rows` brings it up to date in place.

    Rows are compared by `key` to find what came, went or moved, and by `==` to
    find what changed, so a refresh keeps the officer's selection and place. A row for which
    `heading` gives a `Heading` is drawn as one line and cannot be chosen.

    Signals:
        more_wanted: the officer scrolled to the end and `append_rows` said there is more.
    """

    more_wanted = Signal()

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], object],
        parent: QObject | None = None,
        *,
        heading: Callable[[Row], Heading | None] | None = None,
        ground: Callable[[Row], str | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.heading = heading
        self.ground = ground
        self._key = key
        self._rows: list[Row] = []
        self._sorting: tuple[int, bool] | None = None  # column, descending
        self._more = False

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as shown."""
        return tuple(self._rows)

    def row_at(self, index: Index) -> Row:
        """Return the row behind `index`, which must be valid."""
        return self._rows[index.row()]

    def key_of(self, row: Row) -> object:
        """Return what tells `row` from all others."""
        return self._key(row)

    def row_of(self, key: object) -> int:
        """Return at which line the row with `key` is, -1 when it is not shown."""
        return next((at for at, row in enumerate(self._rows) if self._key(row) == key), -1)

    def show_rows(self, rows: Sequence[Row], more: bool = False) -> None:
        """Make the table hold exactly `rows`: in the sorted order, else as given."""
        self._more = more
        target = self._sorted(rows)
        wanted = {self._key(row) for row in target}
        kept = sum(self._key(row) in wanted for row in self._rows)
        if kept * 2 < len(target) or not target:  # mostly new: no place to keep
            self.beginResetModel()
            self._rows = target
            self.endResetModel()
            return
        self._remove_all_but(wanted)
        self._insert_missing(target)
        self._reorder(target)
        self._repaint_changed(target)

    def append_rows(self, rows: Sequence[Row], more: bool = False) -> None:
        """Add another page at the end; `more` says that there is still another."""
        self._more = more
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def heading_at(self, index: Index) -> Heading | None:
        """Return the heading this line is, or None when it is a row."""
        return self.heading(self._rows[index.row()]) if self.heading else None

    def _sorted(self, rows: Sequence[Row]) -> list[Row]:
        if self._sorting is None or self.heading is not None:
            return list(rows)
        column, descending = self._sorting
        sort_key = self.columns[column].sort_key
        return list(rows) if sort_key is None else sorted(rows, key=sort_key, reverse=descending)

    def _remove_all_but(self, wanted: set[object]) -> None:
        for at in reversed(range(len(self._rows))):
            if self._key(self._rows[at]) not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self.endRemoveRows()

    def _insert_missing(self, target: list[Row]) -> None:
        shown = {self._key(row) for row in self._rows}
        for at, row in enumerate(target):
            if self._key(row) not in shown:
                at = min(at, len(self._rows))
                self.beginInsertRows(QModelIndex(), at, at)
                self._rows.insert(at, row)
                self.endInsertRows()

    def _reorder(self, target: list[Row]) -> None:
        old_keys = [self._key(row) for row in self._rows]
        place = {self._key(row): at for at, row in enumerate(target)}
        if old_keys == list(place):
            return
        self.layoutAboutToBeChanged.emit()
        by_key = dict(zip(old_keys, self._rows, strict=True))
        self._rows = [by_key[key] for key in place]
        for index in self.persistentIndexList():
            moved = self.index(place[old_keys[index.row()]], index.column())
            self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()

    def _repaint_changed(self, target: list[Row]) -> None:
        last = len(self.columns) - 1
        for at, row in enumerate(target):
            if row != self._rows[at]:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at, 0), self.index(at, last))

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.heading_at(index) is not None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            heading = self.heading_at(index)
            if heading is not None:
                return heading.title if index.column() == 0 else ""
            return column.text(row)
        if role == Role.TextAlignmentRole:
            return RIGHT if column.numeric else LEFT
        if role == Role.ToolTipRole and self.heading_at(index) is None:
            said = column.tip(row) if column.tip else ""
            return escaped(said) if said else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self.columns[section].heading
        if role == Role.TextAlignmentRole:
            return RIGHT if self.columns[section].numeric else LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by `column` now and at every later `show_rows`; -1 goes back to given order."""
        if column >= 0 and self.columns[column].sort_key is None:
            return
        self._sorting = None if column < 0 else (column, order == Qt.SortOrder.DescendingOrder)
        self._reorder(self._sorted(self._rows))

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more

    def fetchMore(self, parent: Index) -> None:
        self._more = False  # asked once; append_rows says whether to ask again
        self.more_wanted.emit()
