"""What a time grid is painted with: colours, fonts, sizes and the tiles already painted."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from lle_desk.qt.icons import pixmap
from lle_desk.qt.theme import category, font, px, theme
from lle_desk.qt.tokens import LIGHT, LIGHT_CATEGORIES, Tint, Tokens

TILES_KEPT = 1500


class Look:
    """The colours, fonts and sizes of one painting; made anew when the theme changes.

    On `paper` the colours are the light ones and nothing is kept as pixels.
    """

    def __init__(self, ratio: float, paper: bool = False) -> None:
        self.ratio = ratio
        self.paper = paper
        self.dark = theme().is_dark and not paper
        self._tokens: Tokens = LIGHT if paper else theme().tokens
        self._colours: dict[str, QColor] = {}
        self._tints: dict[str, Tint] = {}
        self._advances: dict[tuple[str, int], float] = {}
        self._tiles: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self.fonts = (
            font(12.5, bold=True),
            font(11.5),
            font(13, bold=True),
            font(11.5, bold=True),
            font(11, bold=True),
        )
        self.metrics = tuple(QFontMetricsF(each) for each in self.fonts)
        self.ascent = self.metrics[0].ascent()
        self.line = min(float(px(17)), self.metrics[0].height())
        self.lane = float(px(46))
        self.block = float(px(39))
        self.band = float(px(24))
        self.axis = float(px(36))
        self.side = float(px(176))
        self.icon_size = px(16)
        self.unit = px(100) / 100  # a pixel at 100 %

    def colour(self, name: str, alpha: float = 1.0) -> QColor:
        """Return a token's colour, `alpha` of it."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(getattr(self._tokens, name))
        if alpha == 1.0:
            return found
        return faded(found, alpha)

    def mixed(self, name: str, ground: str, alpha: float) -> QColor:
        """Return `alpha` of one token over another, opaque: much faster to paint."""
        key = f"{name} {ground} {alpha}"
        found = self._colours.get(key)
        if found is None:
            over, under = self.colour(name), self.colour(ground)
            pairs = zip(over.getRgb()[:3], under.getRgb()[:3], strict=True)  # type: ignore[index]
            found = QColor(*(round(alpha * one + (1 - alpha) * other) for one, other in pairs))
            self._colours[key] = found
        return found

    def tint(self, code: str) -> Tint:
        """Return a category's colours; without a known code the plain ones."""
        found = self._tints.get(code)
        if found is None:
            light = LIGHT_CATEGORIES.get(code, LIGHT_CATEGORIES["MT"])
            found = light if self.paper else category(code)
            self._tints[code] = found
        return found

    def font(self, at: int) -> QFont:
        return self.fonts[at]

    def width(self, text: str, at: int) -> float:
        """Return how wide `text` is in font number `at`."""
        found = self._advances.get((text, at))
        if found is None:
            found = self._advances[text, at] = self.metrics[at].horizontalAdvance(text)
        return found

    def snap(self, x: float) -> float:
        """Return the nearest whole device pixel."""
        return round(x * self.ratio) / self.ratio

    def tile(
        self,
        painter: QPainter,
        key: Hashable,
        rect: QRectF,
        paint: Callable[[QPainter, QRectF], None],
        ground: QColor | None = None,
    ) -> None:
        """Paint `rect` through `paint`, or put down what it painted under this key before.

        A tile with a `ground` is opaque: faster, and its words are as smooth as the screen's.
        """
        if self.paper:
            paint(painter, rect)
            return
        found = self._tiles.get(key)
        if found is None:
            found = self._tiles[key] = _painted(rect, self.ratio, paint, ground)
            if len(self._tiles) > TILES_KEPT:
                self._tiles.popitem(last=False)
        else:
            self._tiles.move_to_end(key)
        painter.drawPixmap(rect.topLeft(), found)

    def hatch(
        self, painter: QPainter, rect: QRectF, colour: QColor, gap: int, width: float
    ) -> None:
        """Fill `rect` with slanted stripes, `gap` pixels apart at 100 %. The caller clips."""
        apart = max(2, round(gap * self.unit))
        if self.paper:
            stripes(painter, rect, colour, apart, width)
            return
        painter.drawTiledPixmap(rect, _striped(colour.rgba(), apart, width, self.ratio))

    def icon(self, painter: QPainter, x: float, y: float, name: str, colour: str) -> None:
        """Paint an icon of the set, its top left at `x`, `y`; `colour` is a token or #RRGGBB."""
        shade = colour if colour.startswith("#") else str(getattr(self._tokens, colour))
        ratio = 4.0 if self.paper else self.ratio
        picture = pixmap(name, self.icon_size, shade, ratio)
        painter.drawPixmap(QPointF(self.snap(x), self.snap(y)), picture)


def _painted(
    rect: QRectF,
    ratio: float,
    paint: Callable[[QPainter, QRectF], None],
    ground: QColor | None = None,
) -> QPixmap:
    """Return what `paint` paints in a rectangle of this size."""
    pixmap = QPixmap(max(1, round(rect.width() * ratio)), max(1, round(rect.height() * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(ground or Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, QRectF(0, 0, rect.width(), rect.height()))
    painter.end()
    return pixmap


@lru_cache(maxsize=64)
def _striped(rgba: int, apart: int, width: float, ratio: float) -> QPixmap:
    """Return a square of stripes, kept whatever the theme: its lines are slow to draw."""
    side = apart * 16.0  # repeats without a seam in both directions
    colour = QColor.fromRgba(rgba)

    def paint(onto: QPainter, square: QRectF) -> None:
        stripes(onto, square, colour, apart, width)

    return _painted(QRectF(0, 0, side, side), ratio, paint)


@lru_cache(maxsize=256)
def _faded(rgba: int, alpha: float) -> QColor:
    colour = QColor.fromRgba(rgba)
    colour.setAlphaF(alpha)
    return colour


def faded(colour: QColor, alpha: float) -> QColor:
    """Return `colour` with `alpha` of its strength."""
    return _faded(colour.rgba(), alpha)


def stripes(painter: QPainter, rect: QRectF, colour: QColor, gap: float, width: float) -> None:
    """Fill `rect` with slanted stripes, `gap` pixels apart. The caller has set the clip."""
    painter.setPen(QPen(colour, width))
    height = rect.height()
    x = rect.left() - height
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + height, rect.top()))
        x += gap
