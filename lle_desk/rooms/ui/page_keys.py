"""The keys of a list in the Rooms tab, which act on its chosen row before the inspector's do."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from lle_desk.qt.table import Table

HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class PageKeys(QObject):
    """Calls what a key stands for while the list has the keyboard.

    The inspector beside a list has the same keys for the booking it shows; a quick hand would
    confirm the one before. So the list keeps its keys to itself.
    """

    def __init__(self, table: Table, calls: Mapping[Qt.Key, Callable[[], object]]) -> None:
        super().__init__(table)
        self._calls = dict(calls)
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.modifiers() & HELD:
            return False
        call = self._calls.get(Qt.Key(event.key()))
        if call is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            call()
            return True
        return False
