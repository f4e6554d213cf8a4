"""Filter chips and segmented views: choices that stay chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lle_desk.qt.button import LEFT, Button
from lle_desk.qt.theme import category, colour, font, px


class FilterChip(Button):
    """A round chip that is on or off, with a count; with a category it is the legend as well.

    Signals:
        toggled: it was switched. bool: whether it is on now.
    """

    def __init__(
        self,
        text: str,
        count: int | None = None,
        *,
        key: str = "",
        on: bool = False,
        category: str = "",
    ) -> None:
        self._count = count
        self._category = category
        super().__init__(text, key=key)
        self.setCheckable(True)
        self.setChecked(on)

    def is_on(self) -> bool:
        """Return whether the filter applies."""
        return self.isChecked()

    def set_count(self, count: int | None) -> None:
        """Show how many there are, or no number."""
        self._count = count
        words = self.words
        self.setAccessibleName(words if count is None else f"{words}, {count}")
        self._resized()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(font(13, bold=bool(self._category))).horizontalAdvance(self._text())
        extra = px(14) if self._category else 0
        code = QFontMetrics(font(12, bold=True)).horizontalAdvance(self._category + " ")
        return QSize(width + px(22) + extra + (code if self._category else 0), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._category:
            self._paint_category(painter)
        else:
            self._paint_round(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            radius = px(4) if self._category else self.height() / 2 - 1
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _paint_round(self, painter: QPainter) -> None:
        on = self.isChecked()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(colour("accent" if on else "hairline"))
        ground = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setFont(font(13, bold=on))
        painter.setPen(colour("accent" if on else "words"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text())

    def _paint_category(self, painter: QPainter) -> None:
        tint = category(self._category)
        on = self.isChecked()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colour("hairline")) if not on else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(tint.fill) if on else colour("surface"))
        painter.drawRoundedRect(box, px(4), px(4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint.edge) if on else colour("hairline"))
        painter.drawRoundedRect(QRectF(0, 0, px(4), self.height()), 2, 2)
        painter.setPen(QColor(tint.words) if on else colour("quiet"))
        painter.setFont(font(12, bold=True))
        code = QRect(px(12), 0, self.width(), self.height())
        painter.drawText(code, LEFT, self._category)
        left = code.left() + QFontMetrics(painter.font()).horizontalAdvance(self._category + "  ")
        painter.setFont(font(13, bold=on))
        painter.drawText(QRect(left, 0, self.width(), self.height()), LEFT, self._text())

    def _text(self) -> str:
        words = "" if self._category and self._compact > 1 else self.words
        return words if self._count is None else f"{words}  {self._count}".strip()


class Segments(QWidget):
    """A few views side by side, one of them chosen; arrow keys move between them.

    Signals:
        chosen: the officer picked another. str: its key.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], choice: str = "", *, accessible: str = "View"
    ) -> None:
        super().__init__()
        self.setAccessibleName(accessible)
        self._buttons: dict[str, _Segment] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for at, (key, words) in enumerate(choices):
            button = _Segment(words, first=at == 0, last=at == len(choices) - 1)
            button.setAutoExclusive(True)
            button.clicked.connect(self._on_clicked)
            self._buttons[key] = button
            layout.addWidget(button)
        self.choose(choice or choices[0][0])

    @property
    def choice(self) -> str:
        """The key of the chosen view."""
        return next((key for key, one in self._buttons.items() if one.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose a view without a signal."""
        self._buttons[key].setChecked(True)
        for one in self._buttons.values():
            # Tab comes in at the chosen one from either side: from another, Qt's arrows only look.
            stays = Qt.FocusPolicy.StrongFocus if one.isChecked() else Qt.FocusPolicy.ClickFocus
            one.setFocusPolicy(stays)
            one.update()

    def _on_clicked(self) -> None:
        self.choose(self.choice)
        self.chosen.emit(self.choice)


class _Segment(Button):
    """One button of `Segments`, joined to its neighbours."""

    def __init__(self, text: str, *, first: bool, last: bool) -> None:
        self._first = first
        self._last = last
        super().__init__(text)
        self.setCheckable(True)

    def _paint_ground(self, painter: QPainter) -> None:
        on = self.isChecked()
        radius = px(5)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if not self._first:
            box.setLeft(-radius - 2)
        if not self._last:
            box.setRight(self.width() + radius + 2)
        painter.setPen(colour("hairline"))
        painter.setBrush(colour("hover" if self.underMouse() and not on else "surface"))
        painter.drawRoundedRect(box, radius, radius)
        if not self._last and not on:
            painter.drawLine(self.width() - 1, px(6), self.width() - 1, self.height() - px(6))
        if on or self.hasFocus():
            inner = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(colour("accent"), 2 if self.hasFocus() else 1))
            painter.setBrush(colour("accent_soft" if on else "surface"))
            painter.drawRoundedRect(inner, radius, radius)

    def _words_colour(self) -> str:
        return "accent" if self.isChecked() and self.isEnabled() else super()._words_colour()
