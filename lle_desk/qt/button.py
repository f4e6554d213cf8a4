"""A button that says its key, painted from the tokens."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy

from lle_desk.qt.icons import paint_icon
from lle_desk.qt.theme import colour, font, px, theme
from lle_desk.qt.words import tip

PADDING = 10
GAP = 6


class Button(QPushButton):
    """A button that shows its icon, its words and, quietly, its key.

    The key works while the button is to be seen and enabled. Kinds: plain (a line round it),
    primary (filled, one to a screen), quiet (no line), danger (words in red), link (words in
    the accent, underlined under the mouse), icon (no words; they become its tooltip and name).
    """

    def __init__(
        self,
        text: str,
        icon: str = "",
        *,
        key: str = "",
        kind: str = "plain",
        tip_text: str = "",
        on_click: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.kind = kind
        self._words = ""
        self._icon_name = icon
        self._tip_text = tip_text
        self._compact = 0
        self._shortcut: QShortcut | None = None
        self.key = ""
        gives_way = QSizePolicy.Policy.Maximum if kind == "link" else QSizePolicy.Policy.Fixed
        self.setSizePolicy(gives_way, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_text(text)
        if key:
            self.set_key(key)
        if on_click is not None:
            self.clicked.connect(on_click)
        theme().changed.connect(self._resized)

    def set_text(self, text: str) -> None:
        """Say something else; a mnemonic `&` is kept."""
        self._words = text
        self.setText(text if self.kind != "icon" else "")
        plain = text.replace("&", "")
        self.setAccessibleName(plain)
        self._say_tip()
        self._resized()

    def set_key(self, key: str) -> None:
        """Make `key`, such as "Ctrl+N", press this button."""
        self.key = key
        if self._shortcut is None:
            self._shortcut = QShortcut(QKeySequence(key), self)
            self._shortcut.activated.connect(self._press)
        else:
            self._shortcut.setKey(QKeySequence(key))
        self._say_tip()
        self._resized()

    def set_kind(self, kind: str) -> None:
        """Look like another kind."""
        self.kind = kind
        self._resized()

    def set_compact(self, level: int) -> None:
        """Leave out the key (1), and the words as well where there is an icon (2)."""
        if level != self._compact:
            self._compact = level
            self._say_tip()
            self.update()

    @property
    def words(self) -> str:
        """The words without the mnemonic mark."""
        return self._words.replace("&", "")

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._font()).horizontalAdvance(self.words) if self._shows() else 0
        parts = [words] if words else []
        if self._icon_name:
            parts.append(px(16))
        if self._key_text():
            parts.append(QFontMetrics(font(11.5)).horizontalAdvance(self._key_text()) + px(2))
        if self.kind == "icon":
            return QSize(px(28), px(28))
        side = self._side()
        height = px(28) if self.kind != "link" else px(22)
        return QSize(sum(parts) + px(GAP) * (len(parts) - 1) + 2 * side, height)

    def minimumSizeHint(self) -> QSize:
        """Words that open something may end in …; every other button is shown whole."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), px(72)), whole.height()) if self.kind == "link" else whole

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_PAD:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        words_colour = self._words_colour()
        left = self._left()
        if self._icon_name:
            box = QRect(left, 0, px(16), self.height())
            paint_icon(painter, _middle(box, px(16)), self._icon_name, words_colour)
            left += px(16) + px(GAP)
        if self._shows():
            left = self._paint_words(painter, left, words_colour)
        if self._key_text():
            painter.setFont(font(11.5))
            painter.setPen(_faded(colour(words_colour)))
            painter.drawText(QRect(left, 0, self.width(), self.height()), LEFT, self._key_text())

    def _paint_words(self, painter: QPainter, left: int, words_colour: str) -> int:
        shown = self._font()
        shown.setUnderline(self.kind == "link" and self.underMouse())
        painter.setFont(shown)
        painter.setPen(colour(words_colour))
        box = QRect(left, 0, self.width() - left, self.height())
        flags = LEFT | Qt.TextFlag.TextShowMnemonic
        words = self._words
        if self._is_cut():
            metrics = QFontMetrics(shown)
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, flags, words)
        return left + QFontMetrics(shown).horizontalAdvance(self.words) + px(GAP)

    def _is_cut(self) -> bool:
        return self.kind == "link" and self.width() < self.sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.kind == "link":
            self._say_tip()

    def _left(self) -> int:
        """Return where the first part starts, so that the parts stand in the middle."""
        spare = self.width() - self.sizeHint().width()
        if self.kind == "icon":
            return (self.width() - px(16)) // 2
        return self._side() + max(0, spare // 2)

    def _side(self) -> int:
        """Return the room at each side; words that open something stand in line with others."""
        return 0 if self.kind == "link" else px(PADDING)

    def _paint_ground(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(self._edge())
        painter.setBrush(self._fill())
        radius = px(5)
        painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus() and self.kind == "link":
            self._paint_line_below(painter)
        elif self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = "on_accent" if self.kind == "primary" else "accent"
            painter.setPen(QPen(colour(inner), 2))
            inset = 2.5 if self.kind == "primary" else 1
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius - 1, radius - 1
            )

    def _paint_line_below(self, painter: QPainter) -> None:
        """Show the keyboard on words that begin at their very edge: a ring would cut them."""
        painter.fillRect(self.rect(), colour("chosen"))
        painter.fillRect(0, self.height() - px(2), self.width(), px(2), colour("accent"))

    def _edge(self) -> QPen:
        if self.kind in ("quiet", "link", "icon"):
            return QPen(Qt.PenStyle.NoPen)
        if self.kind == "primary" and self.isEnabled():
            return QPen(colour("accent"))
        return QPen(colour("hairline"))

    def _fill(self) -> QColor:
        over = self.isEnabled() and self.underMouse()
        if self.kind == "primary" and self.isEnabled():
            pressed = self.isDown() or self.isChecked()
            return colour("accent").darker(118 if pressed else 108 if over else 100)
        if self.kind == "link":
            return QColor(Qt.GlobalColor.transparent)
        if self.isDown() or self.isChecked():
            return colour("chosen")
        if over:
            return colour("hover")
        return colour("surface") if self.kind in ("plain", "danger") else QColor(0, 0, 0, 0)

    def _words_colour(self) -> str:
        if not self.isEnabled():
            return "quiet"
        by_kind = {"primary": "on_accent", "danger": "refusal", "link": "accent"}
        return by_kind.get(self.kind, "words")

    def _font(self) -> QFont:
        return font(13, bold=self.kind not in ("quiet",))

    def _shows(self) -> bool:
        bare = self._compact > 1 and bool(self._icon_name) and self.kind != "primary"
        return self.kind != "icon" and bool(self._words) and not bare

    def _key_text(self) -> str:
        if self._compact or self.kind in ("icon", "quiet", "link"):
            return ""
        return self.key

    def _say_tip(self) -> None:
        whole = self._shows() and not self._is_cut()
        words = self._tip_text or ("" if whole else self.words)
        said = f"{words} ({self.key})" if words and self.key else words or self.key
        tip(self, said)

    def _press(self) -> None:
        if self.isEnabled():
            self.click()

    def _resized(self) -> None:
        self.updateGeometry()
        self.update()


_PAD = Qt.KeyboardModifier.KeypadModifier
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _middle(box: QRect, side: int) -> QRect:
    return QRect(box.left(), box.top() + (box.height() - side) // 2, side, side)


def _faded(one: QColor) -> QColor:
    """Return the colour of a key beside words of colour `one`, still readable on its ground."""
    faded = QColor(one)
    faded.setAlphaF(0.82)
    return faded
