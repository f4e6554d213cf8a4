"""Esc goes back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class LeavesOnEsc(QWidget):
    """A part of the window that Esc leaves, from wherever in it the keyboard is."""

    def leave(self) -> None:
        """Go back to what was there before."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
