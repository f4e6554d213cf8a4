"""The sheet of keys that F1 shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import KeyCap
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

MOST_LINES = 18  # in one column
WORDS_WIDE = 216  # pixels at 100 %; three columns fit a narrow window


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as printed on it, and what it does in an officer's words; key "" is a heading."""

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
    KeyLine("Ctrl+Shift+G", "go where the line at the foot leads"),
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
        sides.setSpacing(px(32))
        for at, lines in enumerate(_columns(own)):
            sides.addLayout(_block("" if at else tab, lines))
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


def _columns(lines: Sequence[KeyLine]) -> list[Sequence[KeyLine]]:
    """Return the lines in one column; many in two, the second with a heading or a line on top."""
    if len(lines) <= MOST_LINES:
        return [lines] if lines else []
    half = len(lines) // 2
    headings = [at for at, line in enumerate(lines) if at and not line.key]
    cut = min(headings, key=partial(_distance, half), default=half)
    return [lines[:cut], lines[cut:]]


def _distance(half: int, at: int) -> int:
    return abs(at - half)


def _block(title: str, lines: Sequence[KeyLine]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(px(8))
    if title and (not lines or lines[0].key):
        column.addWidget(label(title, "heading"), 0, Qt.AlignmentFlag.AlignTop)
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(4))
    for at, line in enumerate(lines):
        if not line.key:
            grid.addWidget(label(line.words, "heading"), at, 0, 1, 2)
            continue
        said = label(line.words, wrap=True)
        said.setFixedWidth(px(WORDS_WIDE))
        grid.addWidget(KeyCap(line.key), at, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(said, at, 1)
    column.addLayout(grid)
    column.addStretch(1)
    return column
