"""A step of the booking form: its number, its title, the key that leads to it."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from lle_desk.qt.chips import KeyCap
from lle_desk.qt.icons import paint_icon
from lle_desk.qt.theme import colour, font, px
from lle_desk.qt.words import label


class StepMark(QWidget):
    """The round number of a step: to come, now, or done."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._state = "later"
        self.setFixedSize(px(24), px(24))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: str) -> None:
        """Show "later", "now" or "done"."""
        if state != self._state:
            self._state = state
            self.setAccessibleName(f"Step {self._number}, {state}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(24), px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        fills = {"later": "surface", "now": "accent", "done": "fine_fill"}
        edges = {"later": "field_edge", "now": "accent", "done": "fine_fill"}
        painter.setPen(QPen(colour(edges[self._state]), 1))
        painter.setBrush(colour(fills[self._state]))
        painter.drawEllipse(box)
        if self._state == "done":
            paint_icon(painter, self.rect().adjusted(px(5), px(5), -px(5), -px(5)), "check", "fine")
            return
        painter.setFont(font(12, bold=True))
        painter.setPen(colour("on_accent" if self._state == "now" else "quiet"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class Step(QFrame):
    """One of the five steps. Alt and its number lead to its first field."""

    def __init__(self, number: int, title: str, go: Callable[[], object]) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.mark = StepMark(number)
        self._title = label(title, "heading")
        self._note = label("", "small")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, px(10))
        line.setSpacing(px(12))
        line.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(px(6))
        line.addLayout(self._column, 1)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._note)
        head.addWidget(KeyCap(f"Alt+{number}"))
        self._column.addLayout(head)
        shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
        shortcut.activated.connect(go)

    def add(self, *widgets: QWidget, stretch: tuple[int, ...] = ()) -> None:
        """Add widgets side by side below the title."""
        if len(widgets) == 1:
            self._column.addWidget(widgets[0])
            return
        line = QHBoxLayout()
        line.setSpacing(px(10))
        for at, widget in enumerate(widgets):
            share = stretch[at] if stretch else 1
            line.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(line)

    def set_note(self, words: str) -> None:
        """Say something quietly beside the title."""
        self._note.set(words)

    def show_state(self, state: str) -> None:
        """Show whether the step is to come, now, or done."""
        self.mark.show_state(state)
