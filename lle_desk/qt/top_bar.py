"""The top bar of the window: the program's mark, the tabs, the find box, and who is here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from lle_desk.qt.buttons import Entry, MenuButton
from lle_desk.qt.cells import LEFT
from lle_desk.qt.icons import paint_icon
from lle_desk.qt.theme import colour, font, px, theme
from lle_desk.qt.words import label, tip

HEIGHT = 44
FULL, WORDS, ICONS = range(3)  # how much a tab button shows, as the window gets narrow

# Whether the program's name is shown and how the tabs are, from wide to narrow.
FALLBACKS = ((True, FULL), (True, WORDS), (False, WORDS), (True, ICONS), (False, ICONS))


class TopBar(QFrame):
    """The bar of the whole window.

    Signals:
        tab_asked: a tab was clicked. int: its place from the left.
    """

    tab_asked = Signal(int)

    def __init__(
        self, tabs: Sequence[tuple[str, str]], find_box: QWidget, menu: MenuButton
    ) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setProperty("line", "below")
        self._find_box = find_box
        self._menu = menu
        self._mark = _Mark()
        self._name = label("LLE Desk", "heading")
        self.tabs = [TabButton(words, icon, at + 1) for at, (words, icon) in enumerate(tabs)]
        self._line = QHBoxLayout(self)
        self._line.setSpacing(0)
        self._line.addWidget(self._mark)
        self._line.addSpacing(px(8))
        self._line.addWidget(self._name)
        self._line.addSpacing(px(16))
        for tab in self.tabs:
            tab.clicked.connect(self._on_clicked)
            self._line.addWidget(tab)
        self._line.addStretch(1)
        self._line.addWidget(find_box)
        self._line.addSpacing(px(8))
        self._line.addWidget(menu)
        theme().changed.connect(self._set_sizes)
        self._set_sizes()

    def show_tab(self, place: int) -> None:
        """Underline the tab at `place`."""
        for at, tab in enumerate(self.tabs):
            tab.setChecked(at == place)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        tabs = sum(tab.width_of(ICONS) for tab in self.tabs)
        return QSize(self._taken() + tabs, px(HEIGHT))

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, TabButton):
            self.tab_asked.emit(button.number - 1)

    def _set_sizes(self) -> None:
        self.setFixedHeight(px(HEIGHT))
        self._line.setContentsMargins(px(12), 0, px(10), 0)
        self._find_box.setFixedWidth(px(280 if theme().text_scale < 1.3 else 200))
        self._fit()

    def _taken(self) -> int:
        """Return the width of all but the tabs and the program's name."""
        margins = self._line.contentsMargins()
        gaps = margins.left() + margins.right() + px(8 + 16 + 8 + 8)
        return gaps + self._find_box.width() + self._menu.sizeHint().width() + self._mark.width()

    def _fit(self) -> None:
        """Let the tabs show icon and words, only words, or only icons, as there is room."""
        taken = self._taken()
        for named, look in FALLBACKS:
            tabs = sum(tab.width_of(look) for tab in self.tabs)
            name = self._name.sizeHint().width() if named else 0
            if taken + name + tabs <= self.width():
                break
        self._name.setVisible(named)
        for tab in self.tabs:
            tab.show_as(look)


class TabButton(QPushButton):
    """One tab: icon and words, underlined when its page is shown, with a count when it has one."""

    def __init__(self, words: str, icon: str, number: int) -> None:
        super().__init__()
        self.number = number
        self._words = words
        self._icon = icon
        self._count = 0
        self._look = FULL
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words)
        tip(self, f"{words} (Ctrl+{number})")

    def set_count(self, count: int) -> None:
        """Show how many things wait there; 0 shows nothing."""
        self._count = count
        self.setAccessibleName(f"{self._words}, {count} due" if count else self._words)
        self.updateGeometry()
        self.update()

    def show_as(self, look: int) -> None:
        """Show icon and words (FULL), only words (WORDS), or the icon alone (ICONS)."""
        if look != self._look:
            self._look = look
            self.updateGeometry()
            self.update()

    def width_of(self, look: int) -> int:
        """Return how wide the tab would be; the open tab always keeps its words."""
        words = QFontMetrics(font(13, bold=True)).horizontalAdvance(self._words)
        parts = 0 if look == ICONS and not self.isChecked() else words
        if look != WORDS:
            parts += px(16) + (px(6) if parts else 0)
        count = self._count_width() + px(6) if self._count else 0
        return parts + count + px(20)

    def sizeHint(self) -> QSize:
        return QSize(self.width_of(self._look), px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if self.underMouse() and not chosen:
            painter.fillRect(self.rect(), colour("hover"))
        tint = "accent" if chosen else "words"
        left = px(10)
        if self._look != WORDS:
            side = px(16)
            paint_icon(
                painter, QRect(left, (self.height() - side) // 2, side, side), self._icon, tint
            )
            left += side + px(6)
        if self._look != ICONS or chosen:
            painter.setFont(font(13, bold=True))
            painter.setPen(colour(tint))
            painter.drawText(QRect(left, 0, self.width(), self.height()), LEFT, self._words)
            left += QFontMetrics(painter.font()).horizontalAdvance(self._words) + px(6)
        if self._count:
            self._paint_count(painter, left)
        if chosen:
            painter.fillRect(0, self.height() - px(3), self.width(), px(3), colour("accent"))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 4, -3, -5), px(4), px(4))

    def _count_width(self) -> int:
        return max(
            px(18), QFontMetrics(font(11.5, bold=True)).horizontalAdvance(str(self._count)) + px(10)
        )

    def _paint_count(self, painter: QPainter, left: int) -> None:
        high = px(18)
        box = QRectF(left, (self.height() - high) / 2, self._count_width(), high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("warning_fill"))
        painter.drawRoundedRect(box, high / 2, high / 2)
        painter.setPen(colour("warning"))
        painter.setFont(font(11.5, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._count))


class OfficerButton(MenuButton):
    """A round button with the officer's initials that opens the program's menu."""

    def __init__(self, officer: str, entries: Callable[[], Sequence[Entry]]) -> None:
        super().__init__("", "", entries, kind="icon")
        self._initials = initials_of(officer)
        self.setAccessibleName(f"{officer}: light or dark, text size, keys")
        tip(self, f"{officer}: light or dark, text size, keys")

    def sizeHint(self) -> QSize:
        return QSize(px(28), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.underMouse() or self.isDown()
        painter.setBrush(colour("chosen" if over else "bar_free"))
        focused = self.hasFocus()
        painter.setPen(QPen(colour("accent"), 2) if focused else QPen(Qt.PenStyle.NoPen))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setPen(colour("words"))
        painter.setFont(font(11, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)


class _Mark(QWidget):
    """The program's mark: an L on the accent."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(px(22), px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(self.rect(), px(4), px(4))
        painter.setPen(colour("on_accent"))
        painter.setFont(font(13, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "L")


def initials_of(name: str) -> str:
    """Return one or two letters for a name: "Officer Demo" is OD, "ann" is A."""
    words = [word for word in name.replace(".", " ").replace("_", " ").split() if word]
    letters = [word[0].upper() for word in (words[:1] + words[1:][-1:])]
    return "".join(letters) or "?"
