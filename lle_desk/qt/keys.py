"""The sheet of keys that F1 shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import KeyCap
from lle_desk.qt.theme import px
from lle_desk.qt.words import label


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as printed on it, and what it does in an officer's words."""

    key: str
    words: str


EVERYWHERE = (
    KeyLine("Ctrl+1 … 8", "go to a tab"),
    KeyLine("Ctrl+K", "find anything"),
    KeyLine("Ctrl+N", "something new"),
    KeyLine("Ctrl+Enter", "save, and stay ready for the next"),
    KeyLine("Esc", "leave what is open"),
    KeyLine("Ctrl+Z, Ctrl+Y", "take back, do again"),
    KeyLine("Ctrl+P", "print"),
    KeyLine("F5", "look again"),
    KeyLine("T", "today"),
    KeyLine("Alt+Left, Alt+Right", "a day, week or month back or on"),
    KeyLine("Enter", "open what is chosen"),
    KeyLine("F6", "from the list to the details and back"),
    KeyLine("F1", "these keys"),
)


class KeySheet(QDialog):
    """The keys of a tab beside those that work everywhere. Any Esc or F1 closes it."""

    def __init__(self, tab: str, own: Sequence[KeyLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Keys: {tab}")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        sides = QHBoxLayout()
        sides.setSpacing(px(40))
        if own:
            sides.addLayout(_block(tab, own))
        sides.addLayout(_block("Everywhere", EVERYWHERE))
        column.addLayout(sides)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Button("Close", key="Esc", on_click=self.close))
        column.addLayout(foot)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
            self.close()
        else:
            super().keyPressEvent(event)


def _block(title: str, lines: Sequence[KeyLine]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(px(10))
    column.addWidget(label(title, "heading"), 0, Qt.AlignmentFlag.AlignTop)
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(14))
    grid.setVerticalSpacing(px(6))
    for at, line in enumerate(lines):
        grid.addWidget(KeyCap(line.key), at, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(line.words), at, 1)
    column.addLayout(grid)
    column.addStretch(1)
    return column
