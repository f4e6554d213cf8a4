"""Small marks: badges, keys, and bars of places. Each can be a widget or be painted in a cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lle_desk.qt.icons import _pixmap
from lle_desk.qt.theme import CATEGORY_WORDS, Tint, category, colour, font, px, state, theme
from lle_desk.qt.words import tip

BADGE_HEIGHT = 20
BESIDE = 22  # what a bar leaves at its right edge for those who wait


@dataclass(frozen=True, slots=True)
class BadgeText:
    """A badge in words: its kind is a state (warning, refusal, fine, accent, plain) or a category.

    The kind "check" has no ground, only words in the fine colour.
    """

    text: str
    kind: str = "plain"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Places of an event: booked and waiting people, seats in all, and the fewest it runs with."""

    booked: int
    waiting: int
    capacity: int
    minimum: int = 0

    def words(self) -> str:
        """Return them as a sentence for the tooltip and the screen reader."""
        parts = [f"{self.booked} of {self.capacity} booked"]
        if self.waiting:
            parts.append(f"{self.waiting} waiting")
        if self.minimum:
            met = "reached" if self.booked >= self.minimum else "not reached"
            parts.append(f"minimum {self.minimum} {met}")
        return ", ".join(parts)


class Badge(QWidget):
    """A short word on a tinted ground, with an icon; colour never stands alone."""

    def __init__(self, text: str, kind: str = "plain", icon: str = "") -> None:
        super().__init__()
        self._badge = BadgeText(text, kind, icon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme().changed.connect(self.updateGeometry)

    @classmethod
    def of_category(cls, code: str) -> "Badge":
        """Return the badge of a booking category: its code and its words."""
        return cls(f"{code}  {CATEGORY_WORDS.get(code, code)}", code)

    @property
    def text(self) -> str:
        """What it says."""
        return self._badge.text

    def show_badge(self, text: str, kind: str = "plain", icon: str = "") -> None:
        """Say something else."""
        self._badge = BadgeText(text, kind, icon)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(badge_width(self._badge), px(BADGE_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_badge(painter, 0, self.height() // 2, self._badge)


class KeyCap(QWidget):
    """The name of a key in a small box."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Key {key}")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(
            QFontMetrics(font(11.5)).horizontalAdvance(self._key) + px(10), px(BADGE_HEIGHT - 2)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour("hairline"))
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(3), px(3))
        painter.setFont(font(11.5))
        painter.setPen(colour("quiet"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._key)


class CapacityBar(QWidget):
    """Places booked, waiting and free as a bar with the minimum marked."""

    def __init__(self, places: Places | None = None) -> None:
        super().__init__()
        self._places = places or Places(0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_places(self._places)
        theme().changed.connect(self.updateGeometry)

    def show_places(self, places: Places) -> None:
        """Show these places."""
        self._places = places
        self.setAccessibleName(places.words())
        tip(self, places.words())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(88), px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        beside = 0 if self._places.waiting else px(BESIDE)  # alone, no bar below it to line up with
        paint_capacity(painter, self.rect().adjusted(0, 0, beside, 0), self._places)


class Meter(QWidget):
    """How much of something is used, one cell each up to 24, else one bar."""

    def __init__(self, used: int = 0, of: int = 0) -> None:
        super().__init__()
        self._used, self._of = used, of
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_used(used, of)
        theme().changed.connect(self.updateGeometry)

    def show_used(self, used: int, of: int) -> None:
        """Show `used` of `of`."""
        self._used, self._of = used, of
        self.setAccessibleName(f"{used} of {of} used")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(120), px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells = self._of if 0 < self._of <= 24 else 1
        gap = px(2)
        width = (self.width() - gap * (cells - 1)) / cells
        for cell in range(cells):
            box = QRectF(cell * (width + gap), 0.5, width, self.height() - 1)
            full = cell < self._used if cells > 1 or self._of == 1 else False
            painter.setPen(colour("bar_fill"))
            painter.setBrush(colour("bar_fill") if full else colour("bar_free"))
            painter.drawRoundedRect(box.adjusted(0.5, 0, -0.5, 0), px(2), px(2))
            if cells == 1 and self._of > 1:
                box.setWidth(width * min(1.0, self._used / self._of))
                painter.setBrush(colour("bar_fill"))
                painter.drawRoundedRect(box, px(2), px(2))


def badge_width(badge: BadgeText) -> int:
    """Return how wide `paint_badge` will draw it."""
    words = QFontMetrics(font(11.5, bold=True)).horizontalAdvance(badge.text)
    return words + px(12) + (px(12) + px(4) if badge.icon else 0)


def paint_badge(painter: QPainter, left: int, middle: int, badge: BadgeText) -> int:
    """Draw one badge centred on the height `middle`; return where the next may start."""
    tint = _tint(badge.kind)
    height, width = px(BADGE_HEIGHT), badge_width(badge)
    box = QRect(left, middle - height // 2, width, height)
    if badge.kind != "check":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint.fill))
        painter.drawRoundedRect(QRectF(box), px(4), px(4))
    at = left + px(6)
    if badge.icon:
        side = px(12)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(at, middle - side // 2, _pixmap(badge.icon, side, tint.words, ratio))
        at += side + px(4)
    painter.setPen(QColor(tint.words))
    painter.setFont(font(11.5, bold=True))
    painter.drawText(
        QRect(at, box.top(), width, height),
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        badge.text,
    )
    return left + width + px(4)


def paint_badges(painter: QPainter, rect: QRect, badges: Sequence[BadgeText]) -> None:
    """Draw badges from the left of `rect`; one that does not fit is left out whole."""
    left = rect.left()
    for badge in badges:
        if left > rect.left() and left + badge_width(badge) > rect.right():
            return
        left = paint_badge(painter, left, rect.center().y() + 1, badge)


def paint_capacity(painter: QPainter, rect: QRect, places: Places) -> None:
    """Draw the bar of places in `rect`: booked, free, the minimum, and the waiting beside it."""
    height = min(px(9), rect.height())
    waiting = px(18) if places.waiting else 0
    whole = QRectF(
        rect.left() + 0.5,
        rect.center().y() - height / 2 + 0.5,
        rect.width() - px(BESIDE) - 1,
        height,
    )
    share = min(1.0, places.booked / places.capacity) if places.capacity else 0.0
    low = places.booked < places.minimum
    painter.setPen(colour("field_edge"))
    painter.setBrush(colour("bar_free"))
    painter.drawRoundedRect(whole, px(2), px(2))
    if share:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("bar_low" if low else "bar_fill"))
        painter.drawRoundedRect(
            QRectF(whole.left(), whole.top(), whole.width() * share, height), px(2), px(2)
        )
    if places.minimum and places.capacity:
        at = whole.left() + whole.width() * min(1.0, places.minimum / places.capacity)
        painter.fillRect(QRectF(at - 1, whole.top() - px(2), 2, height + px(4)), colour("words"))
    if waiting:
        _paint_waiting(painter, QRectF(whole.right() + px(3), whole.top(), waiting, height))


def _paint_waiting(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(colour("bar_low")))
    painter.setBrush(QBrush(colour("bar_low"), Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(box, px(2), px(2))


def _tint(kind: str) -> Tint:
    if kind in CATEGORY_WORDS:
        return category(kind)
    return state("fine" if kind == "check" else kind)
