"""A section of the inspector that is folded to its heading until it is wanted."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from lle_desk.qt.button import Button
from lle_desk.qt.icons import paint_icon
from lle_desk.qt.section import Section
from lle_desk.qt.settings import Settings
from lle_desk.qt.theme import colour, font, px

GAP = 8


class FoldingSection(Section):
    """A section whose rows come when its heading is pressed.

    Its heading says in a line what is inside. Whether it is open is this officer's: it is so for
    every record, and again the next day.
    """

    def __init__(self, title: str, note: str, settings: Settings, key: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._settings = settings
        self._key = f"unfolded/{key}"
        self.head = FoldHead(title, note)
        self.body = QWidget()
        self._rows.addWidget(self.head)
        self._rows.addWidget(self.body)
        self._rows = QVBoxLayout(self.body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(px(3))
        self._show(settings.flag(self._key))
        self.head.clicked.connect(self._turn)

    @property
    def is_open(self) -> bool:
        """Whether its rows are to be seen."""
        return self.head.is_open

    def _turn(self) -> None:
        self._settings.set_flag(self._key, not self.is_open)
        self._show(not self.is_open)

    def _show(self, is_open: bool) -> None:
        self.head.show_open(is_open)
        self.body.setVisible(is_open)


class FoldHead(Button):
    """The heading: its words, quietly what is inside, and which way it turns."""

    def __init__(self, title: str, note: str) -> None:
        self._note = note
        self.is_open = False
        super().__init__(title, kind="quiet")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_open(self, is_open: bool) -> None:
        """Say whether the rows below are to be seen."""
        self.is_open = is_open
        self.setAccessibleDescription(f"{self._note}, {'open' if is_open else 'folded'}")
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font(13, bold=True)).horizontalAdvance(self.words)
        note = QFontMetrics(font(11.5)).horizontalAdvance(self._note)
        return QSize(words + note + px(16) + 2 * px(GAP), px(22))

    def minimumSizeHint(self) -> QSize:
        """Let the note end in …: the rows say it whole."""
        return QSize(min(self.sizeHint().width(), px(160)), px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), px(2)))
            painter.drawRoundedRect(self.rect().adjusted(-px(3), 1, 0, -1), px(4), px(4))
        turned = "chevron-up" if self.is_open else "chevron-down"
        mark = QRect(self.width() - px(18), (self.height() - px(16)) // 2, px(16), px(16))
        paint_icon(painter, mark, turned, "words" if self.underMouse() else "quiet")
        strong = font(13, bold=True)
        painter.setFont(strong)
        painter.setPen(colour("words"))
        painter.drawText(self.rect(), LEFT, self.words)
        left = QFontMetrics(strong).horizontalAdvance(self.words) + 2 * px(GAP)
        small = font(11.5)
        room = QRect(left, 0, mark.left() - px(GAP) - left, self.height())
        said = QFontMetrics(small).elidedText(self._note, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(small)
        painter.setPen(colour("quiet"))
        painter.drawText(room, RIGHT, said)


LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
