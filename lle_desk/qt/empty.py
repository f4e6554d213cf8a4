"""An empty screen: what would be here, and the first step."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.qt.buttons import Button
from lle_desk.qt.icons import paint_icon
from lle_desk.qt.theme import px
from lle_desk.qt.words import label


class EmptyState(QWidget):
    """One sentence in the middle, an icon above it and a button for the first step below."""

    def __init__(self, sentence: str, button: Button | None = None, icon: str = "") -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(24), px(24), px(24))
        layout.addStretch(2)
        if icon:
            layout.addWidget(IconView(icon, 32), 0, Qt.AlignmentFlag.AlignHCenter)
        self._sentence = label(sentence, "quiet", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._sentence)
        if button is not None:
            line = QHBoxLayout()
            line.addStretch()
            line.addWidget(button)
            line.addStretch()
            layout.addLayout(line)
        layout.addStretch(3)

    def say(self, sentence: str) -> None:
        """Say another sentence."""
        self._sentence.set(sentence)


class IconView(QWidget):
    """One icon of the set as a widget, tinted by the palette. It says nothing by itself."""

    def __init__(self, name: str, size: int = 16, colour_name: str = "quiet") -> None:
        super().__init__()
        self._name, self._size, self._colour = name, size, colour_name
        self.setFixedSize(px(size), px(size))

    def show_icon(self, name: str, colour_name: str) -> None:
        """Show another icon."""
        self._name, self._colour = name, colour_name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._name:
            paint_icon(painter, self.rect(), self._name, self._colour)
