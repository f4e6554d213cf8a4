"""A field that finds while you type: a customer, an event, a person."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from lle_desk.qt.desk import Desk
from lle_desk.qt.field import LineField
from lle_desk.qt.icons import icon as icon_of
from lle_desk.qt.icons import leading_icon
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px, theme
from lle_desk.qt.words import label

R = TypeVar("R")

PAUSE_MS = 120  # after the last letter typed
LINES = 9
ENOUGH = 5  # where so many fit below the line the list stands there, and the others are scrolled to


class FindField(LineField[R | None], Generic[R]):
    """Finds a record while the officer types, and holds the one that was chosen.

    `query(session, typed, *args)` returns rows, best first. Down or Enter moves into the
    list, Enter takes, Esc leaves it. The value is the chosen row, or None. Rows that are `quiet`
    are greyed; they can be taken all the same.

    Signals:
        chosen: a row was taken from the list. object: the row.
    """

    chosen = Signal(object)

    def __init__(
        self,
        title: str,
        desk: Desk,
        query: Callable[..., Sequence[R]],
        *,
        text: Callable[[R], str],
        detail: Callable[[R], str] | None = None,
        key_of: Callable[[R], object] | None = None,
        quiet: Callable[[R], bool] | None = None,
        icon: str = "search",
        args: tuple[Any, ...] = (),
        **options: Any,
    ) -> None:
        super().__init__(title, **options)
        self._desk = desk
        self._query = query
        self._args = args
        self._text = text
        self._value: R | None = None
        self._awaiting = False  # an answer to what was typed is still wanted
        self._takes_best = False
        self._icon = icon
        self._action = leading_icon(self.line, icon)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look)
        self._popup = FindPopup(self.line, text, detail, key_of or hash, quiet)
        self._popup.taken.connect(self._take_row)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._on_typed)
        self.put(self.line)
        theme().changed.connect(self._tint)

    def value(self) -> R | None:
        return self._value

    def show_value(self, value: R | None) -> None:
        self._value = value
        self._awaiting = self._takes_best = False
        self._pause.stop()
        self._popup.hide()
        self.line.setText("" if value is None else self._text(value))
        self.line.setCursorPosition(0)

    def raw(self) -> Hashable:
        return self.line.text()

    def fault(self) -> str:
        if self._value is None and self.text():
            return f"Choose one from the list for: {self.title}."
        return super().fault()

    @property
    def is_open(self) -> bool:
        """Whether the list is shown, so that Enter takes from it."""
        return self._popup.isVisible()

    def take_best(self) -> None:
        """Take the first row that fits what is typed as soon as it is found.

        For an officer who presses Enter before the list has come.
        """
        self._takes_best = True
        self._look()

    def set_args(self, *args: Any) -> None:
        """Search with other arguments from now on, such as another customer."""
        self._args = args

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not self._popup.isActiveWindow():
            self._popup.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            return self._keep_escape(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        """Return whether the key was for the list."""
        if self._popup.isVisible():
            return self._popup.take_key(event)
        if event.key() == Qt.Key.Key_Down and not event.modifiers() & _NOT_ALT:
            self._look()
            return True
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if enter and self._value is None and self.text():
            self.take_best()
            return True
        return False

    def _keep_escape(self, event: QKeyEvent) -> bool:
        """Keep Esc from a button that has it as its key while the list is open."""
        if event.key() == Qt.Key.Key_Escape and self._popup.isVisible():
            event.accept()
            return True
        return False

    def _on_typed(self) -> None:
        held, self._value = self._value, None
        self._takes_best = False
        self._pause.start()
        if held is not None:
            self.changed.emit()  # that of the typing itself came while it was still held

    def _look(self) -> None:
        self._pause.stop()
        self._awaiting = True
        self._desk.load(self, self._show_found, self._query, self.text(), *self._args)

    def _show_found(self, rows: Sequence[R]) -> None:
        if not self._awaiting:
            return
        self._awaiting = False
        if self._takes_best and rows:
            self._take_row(rows[0])
            return
        self._takes_best = False
        if self.line.hasFocus() and self._value is None:
            self._popup.show_found(rows, self.text())
        elif self.line.hasFocus() and self._value is not None and not self.text():
            self._popup.show_found(rows, "")

    def _take_row(self, row: R) -> None:
        self.show_value(row)
        self._on_edited()
        self.chosen.emit(row)

    def _tint(self) -> None:
        self._action.setIcon(icon_of(self._icon, "quiet"))


class FindPopup(QFrame):
    """The list under a finding field. The keyboard stays in the field.

    Signals:
        taken: object: the row that Enter or a click chose.
    """

    taken = Signal(object)

    def __init__(
        self,
        line: QLineEdit,
        text: Callable[[Any], str],
        detail: Callable[[Any], str] | None,
        key_of: Callable[[Any], object],
        quiet: Callable[[Any], bool] | None = None,
    ) -> None:
        super().__init__(line, Qt.WindowType.ToolTip)
        self.setProperty("ground", "surface")
        self.setProperty("line", "box")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._line = line
        self._row_height = 42 if detail else 28
        colour = None if quiet is None else partial(_colour, quiet)
        column: Column[Any] = Column("", text, width=0, second=detail, colour=colour)
        self._model: RowTableModel[Any] = RowTableModel([column], key_of, self)
        self._table = Table(self._model, row_height=self._row_height, name="Found")
        self._table.horizontalHeader().hide()
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._table.clicked.connect(self._on_clicked)
        self._none = label("", "quiet")
        self._none.setContentsMargins(px(8), px(4), px(8), px(4))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._table)
        layout.addWidget(self._none)

    def show_found(self, rows: Sequence[Any], typed: str) -> None:
        """Show the rows below the line, the first of them chosen."""
        self._model.show_rows(rows[:LINES])
        self._none.set(f"Nothing found for “{typed}”." if typed else "Type a few letters.")
        self._none.setVisible(not rows)
        self._table.setVisible(bool(rows))
        if rows:
            self._table.selectRow(0)
        self._put_beside_line(min(len(rows), LINES))
        self.show()

    def _put_beside_line(self, count: int) -> None:
        """Stand below the line, or above it where there is no room; never off the screen."""
        screen = self._line.screen().availableGeometry()
        top = self._line.mapToGlobal(QPoint(0, 0))
        below = screen.bottom() - (top.y() + self._line.height() + 2)
        above = top.y() - 2 - screen.top()
        row = px(self._row_height)
        wanted = row * count + 6 if count else px(32)
        is_below = below >= min(wanted, row * ENOUGH + 6, above)
        fits = (below if is_below else above) - 6
        height = min(
            wanted, max(1, fits // row) * row + 6
        )  # whole rows; the others are scrolled to
        self.setFixedSize(max(self._line.width(), px(280)), height)
        self.move(top + QPoint(0, self._line.height() + 2 if is_below else -2 - height))

    def take_key(self, event: QKeyEvent) -> bool:
        """Move, take or close with this key; return whether it was one of the list's."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            count = self._model.rowCount()
            if count:
                self._table.selectRow((self._table.currentIndex().row() + step) % count)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return False
            self._take_current()
            return key != Qt.Key.Key_Tab
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _take_current(self) -> None:
        row = self._table.chosen()
        self.hide()
        if row is not None:
            self.taken.emit(row)

    def _on_clicked(self) -> None:
        self._take_current()


def _colour(quiet: Callable[[Any], bool], row: object) -> str | None:
    """Return the token of a row that is greyed, since it had better not be taken."""
    return "quiet" if quiet(row) else None


_NOT_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
