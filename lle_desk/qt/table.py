"""The list every screen uses: rows, headings between them, Enter opens, arrows move."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionHeader,
    QStyleOptionViewItem,
    QTableView,
)

from lle_desk.qt.cells import paint_cell, paint_heading
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.settings import Settings
from lle_desk.qt.table_model import Index, RowTableModel
from lle_desk.qt.theme import colour, px, theme

LEAST_STRETCH = 190  # pixels at 100 % that the stretched column keeps
MODES = QAbstractItemView.SelectionMode


class _Header(QHeaderView):
    """Headings whose arrow points up for ascending; Qt's own points down."""

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, index: int) -> None:
        super().initStyleOptionForIndex(option, index)
        arrows = QStyleOptionHeader.SortIndicator
        turned = {arrows.SortDown: arrows.SortUp, arrows.SortUp: arrows.SortDown}
        option.sortIndicator = turned.get(option.sortIndicator, option.sortIndicator)


class Table(QTableView):
    """A list over a `RowTableModel`.

    Signals:
        row_chosen: the selection moved. object: the row, or None when there is none.
        row_opened: Enter, a double click, or a click on a link column. object: the row.
        row_checked: Space or a click on the box of a `check` column. object: the row.
    """

    row_chosen = Signal(object)
    row_opened = Signal(object)
    row_checked = Signal(object)

    def __init__(
        self, model: RowTableModel[Any], *, row_height: int = 28, name: str = "List"
    ) -> None:
        super().__init__()
        self._row_height = row_height
        self._rows_model = model
        self._settings: tuple[Settings, str] | None = None
        self._empty: EmptyState | None = None
        self._said: object = None
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(self))
        self._set_up_view()
        self._set_up_header()
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._open_index)
        for told in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            told.connect(self._rows_came_or_went)
        theme().changed.connect(self._set_sizes)

    def chosen(self) -> Any:
        """Return the row that is chosen, or None."""
        index = self.currentIndex()
        if not index.isValid() or not self.selectionModel().isRowSelected(index.row()):
            return None
        return self._rows_model.row_at(index)

    def chosen_rows(self) -> Sequence[Any]:
        """Return all chosen rows, from the top."""
        lines = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows_model.rows[line] for line in lines]

    def choose(self, key: object) -> bool:
        """Choose the row with `key` and bring it into sight; return whether it is shown."""
        line = self._rows_model.row_of(key)
        if line < 0:
            return False
        self._select(line)
        self.scrollTo(self._rows_model.index(line, 0))
        return True

    def choose_first(self) -> None:
        """Choose the first row that is no heading."""
        for line in range(self._rows_model.rowCount()):
            index = self._rows_model.index(line, 0)
            if self._rows_model.flags(index) & Qt.ItemFlag.ItemIsSelectable:
                self._select(line)
                return

    def _select(self, line: int) -> None:
        """Choose one row, whatever keys are held down; Qt's own `selectRow` toggles with Ctrl."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(
            self._rows_model.index(line, 0), flags.ClearAndSelect | flags.Rows
        )

    def let_choose_several(self) -> None:
        """Let several rows be chosen, with Ctrl and Shift as everywhere."""
        self.setSelectionMode(MODES.ExtendedSelection)

    def show_empty(self, empty: EmptyState) -> None:
        """Say this, with its first step, whenever there is no row."""
        if self._empty is not None:
            self._empty.deleteLater()
        self._empty = empty
        empty.setParent(self)
        self._place_empty()

    def remember(self, settings: Settings, key: str) -> None:
        """Keep the column widths of this officer under `key`."""
        self._settings = (settings, f"columns/{key}")
        widths = settings.text(self._settings[1]).split(",")
        columns = self._rows_model.columns
        if len(widths) == len(columns):
            for at, width in enumerate(widths):
                if columns[at].width and width.isdecimal() and int(width):
                    self.setColumnWidth(at, px(int(width)))
        self.horizontalHeader().sectionResized.connect(self._keep_widths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            row = self.chosen()
            if row is not None:
                self.row_opened.emit(row)
        elif event.key() == Qt.Key.Key_Space and self._check_column() >= 0:
            for row in self.chosen_rows():
                self.row_checked.emit(row)
        elif event.key() == Qt.Key.Key_Down and self.chosen() is None and not event.modifiers():
            self.choose_first()  # Qt begins on it without choosing it, and would go past it
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        column = self._rows_model.columns[index.column()]
        if not self._rows_model.flags(index) or event.modifiers():
            return
        if column.check is not None:
            self.row_checked.emit(self._rows_model.row_at(index))
        elif column.link:
            self.row_opened.emit(self._rows_model.row_at(index))

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 (Qt's name)
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()  # headings stay where they are while the columns move

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_up_columns()
        self._place_empty()

    def _set_up_view(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(MODES.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.setCornerButtonEnabled(False)

    def _set_up_header(self) -> None:
        header = _Header(Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(header)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(px(24))
        columns = self._rows_model.columns
        for at, column in enumerate(columns):
            if column.width == 0:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        sortable = self._rows_model.heading is None and any(c.sort_key for c in columns)
        if sortable:
            header.setSortIndicatorClearable(True)
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)
        self._set_sizes()

    def _set_sizes(self) -> None:
        self.verticalHeader().setDefaultSectionSize(px(self._row_height))
        self.horizontalHeader().setFixedHeight(px(36))
        for at, column in enumerate(self._rows_model.columns):
            if column.width:
                self.setColumnWidth(at, px(column.width))
        self.viewport().update()

    def _give_up_columns(self) -> None:
        """Hide what may be given up until the widest column has room to be read."""
        columns = self._rows_model.columns
        if not any(one.give_up for one in columns):
            return
        room = self.viewport().width() - px(LEAST_STRETCH)
        shown = {at: px(one.width) for at, one in enumerate(columns) if one.width}
        order = sorted(shown, key=lambda at: columns[at].give_up, reverse=True)
        for at in order:
            over = sum(shown.values()) > room
            if columns[at].give_up and over:
                del shown[at]
            if columns[at].give_up:
                self.setColumnHidden(at, over)

    def _check_column(self) -> int:
        columns = self._rows_model.columns
        return next((at for at, one in enumerate(columns) if one.check is not None), -1)

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        row = self._rows_model.row_at(_now) if _now.isValid() else None
        self.row_chosen.emit(row)

    def _open_index(self, index: QModelIndex) -> None:
        if self._rows_model.flags(index):
            self.row_opened.emit(self._rows_model.row_at(index))

    def _rows_came_or_went(self) -> None:
        self._place_empty()

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().geometry())
            self._empty.setVisible(self._rows_model.rowCount() == 0)
            self._empty.raise_()

    def _keep_widths(self) -> None:
        if self._settings is not None:
            settings, key = self._settings
            scale = theme().text_scale
            columns = (
                self._rows_model.columns
            )  # one that is left out has no width: it keeps its own
            widths = [self.columnWidth(at) or px(one.width) for at, one in enumerate(columns)]
            settings.set_text(key, ",".join(str(round(width / scale)) for width in widths))


class _RowDelegate(QStyledItemDelegate):
    """Paints a cell straight from its row: a tenth of the calls Qt's own painting makes."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._table._rows_model
        rect: QRect = option.rect
        heading = model.heading_at(index)
        painter.save()
        painter.setClipRect(rect)
        if heading is not None:
            paint_heading(painter, self._whole(rect), heading)
        else:
            state = option.state
            chosen = QStyle.StateFlag.State_Selected in state
            self._paint_ground(painter, rect, index, chosen)
            column = model.columns[index.column()]
            hovered = column.link and QStyle.StateFlag.State_MouseOver in state
            paint_cell(painter, rect, column, model.row_at(index), hovered=hovered)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(80), px(self._table._row_height))

    def _whole(self, rect: QRect) -> QRect:
        return QRect(0, rect.top(), self._table.viewport().width(), rect.height())

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index, chosen: bool) -> None:
        model = self._table._rows_model
        tint = model.ground(model.row_at(index)) if model.ground else None
        if chosen or tint:
            painter.fillRect(rect, colour("chosen" if chosen else tint or "surface"))
        focused = chosen and self._has_keyboard()
        line = colour("accent" if focused else "hairline")
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, line)
        if chosen:
            if self._is_first(index.column()):
                edge = "accent" if focused else "field_edge"
                painter.fillRect(rect.left(), rect.top(), px(3), rect.height(), colour(edge))
            if focused:
                painter.fillRect(rect.left(), rect.top(), rect.width(), 1, line)

    def _has_keyboard(self) -> bool:
        """Whether the keyboard is here, or in the field that a list below belongs to."""
        table = self._table
        return table.hasFocus() or table.focusPolicy() == Qt.FocusPolicy.NoFocus

    def _is_first(self, column: int) -> bool:
        return all(self._table.isColumnHidden(at) for at in range(column))
