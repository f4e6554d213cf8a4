"""The one field of a list that is typed straight down: it stands in the chosen line."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from lle_desk.qt.table import Table
from lle_desk.qt.theme import theme

ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class CountLine(QLineEdit):
    """A field over one column of a table's chosen line. Enter, Down and Up change the line.

    Signals:
        left: the line was left with something else in it. object: its key, str: what was typed.
        faulty: what stands in the line cannot be saved. object: its key, str: why.
        closed: Esc with nothing typed.
    """

    left = Signal(object, str)
    faulty = Signal(object, str)
    closed = Signal()

    def __init__(self, table: Table, column: int, fault: Callable[[str], str]) -> None:
        """`fault` returns what is wrong with what was typed, "" when nothing is."""
        super().__init__(table.viewport())
        self._table = table
        self._fault = fault
        self._column = column
        self._key: object = None
        self._before = ""
        self.setMaxLength(8)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.hide()
        table.viewport().installEventFilter(self)
        table.horizontalHeader().sectionResized.connect(self._place)
        table.horizontalHeader().geometriesChanged.connect(self._place)
        table.verticalScrollBar().valueChanged.connect(self._place)
        theme().changed.connect(self._place)

    @property
    def key(self) -> object:
        """The key of the line it stands in."""
        return self._key

    def stand_at(self, key: object, value: str, spoken: str) -> None:
        """Stand in the line `key`, whose saved words are `value`; what is typed there stays."""
        if key != self._key or not self.is_typed():
            self._key = key
            self._before = value
            self.setText(value)
            self.selectAll()
        self._before = value
        self.setAccessibleName(spoken)
        self.show()
        self._place()

    def is_typed(self) -> bool:
        """Return whether something else than what is saved stands here."""
        return self.text().strip() != self._before

    def leave(self) -> bool:
        """Say what was typed, once; return whether the line may be left."""
        if self._key is None or not self.is_typed():
            return True
        fault = self._fault(self.text())
        if fault:
            self.faulty.emit(self._key, fault)
            return False
        self._before = self.text().strip()
        self.left.emit(self._key, self.text())
        return True

    def back(self) -> None:
        """Go back to the line that may not be left yet."""
        self._table.choose(self._key)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in ON or key == Qt.Key.Key_Up:
            if self.leave():
                self._step(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Escape and self.is_typed():
            self.setText(self._before)
            self.selectAll()
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._table.event(QKeyEvent(event))
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._place)  # the columns find their places first
        return False

    def _step(self, by: int) -> None:
        model = self._table.model()
        at = self._table.currentIndex().row() + by
        if 0 <= at < model.rowCount():
            self._table.selectRow(at)
            self._table.scrollTo(model.index(at, self._column))
        else:
            self.selectAll()

    def _place(self) -> None:
        if self.isHidden():
            return
        index = self._table.model().index(self._table.currentIndex().row(), self._column)
        self.setGeometry(self._table.visualRect(index).adjusted(2, 1, -2, -2))
        self.raise_()
