"""Bars beside a table, of the same figures: this year's in parts, last year's thin beside them.

The table says everything the chart does, so the chart takes no keyboard.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lle_desk.qt.theme import category, colour, font, px, theme

THICK, THIN, GAP = 16, 7, 2  # pixels at 100 %: this year's bar, last year's, between them


@dataclass(frozen=True, slots=True)
class Bar:
    """One group: its parts are stacked, `before` is last year's whole. `said` is written."""

    key: Hashable
    label: str
    parts: tuple[float, ...]
    before: float | None
    said: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class BarsLook:
    """What the parts are called and how they look, what last year is called, and the unit."""

    parts: tuple[tuple[str, str], ...]  # words, and fill, soft or hatched
    before: str = ""
    suffix: str = ""
    upright: bool = False


def steps_to(most: float) -> list[float]:
    """Return the numbers of an axis from 0 to at least `most`, three to six round steps."""
    if most <= 0:
        return [0, 1]
    rough = most / 4
    power = 10 ** floor(log10(rough))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough)
    return [step * n for n in range(ceil(most / step) + 1)]


class BarChart(QWidget):
    """Bars in the colours of the program, light or dark.

    Signals:
        bar_clicked: a bar was clicked. object: its key.
    """

    bar_clicked = Signal(object)

    def __init__(self, name: str = "Chart") -> None:
        super().__init__()
        self._bars: Sequence[Bar] = ()
        self._look = BarsLook(())
        self._chosen: Hashable = None
        self._places: list[tuple[QRectF, Hashable]] = []
        self.setAccessibleName(name)
        self.setAccessibleDescription("The table beside it says the same figures.")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        theme().changed.connect(self.update)

    @property
    def bars(self) -> Sequence[Bar]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar], look: BarsLook) -> None:
        """Show these bars."""
        self._bars = bars
        self._look = look
        self.update()

    def choose(self, key: Hashable) -> None:
        """Mark the bar of that group."""
        self._chosen = key
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(280))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(220), px(160))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot = event.position()
        for box, key in self._places:
            if box.contains(spot):
                self.bar_clicked.emit(key)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("surface"))
        self._places = []
        if self._bars:
            room = QRectF(self.rect()).adjusted(px(14), px(10), -px(14), -px(8))
            room.setBottom(room.bottom() - self._paint_legend(painter, room))
            if self._look.upright:
                self._paint_columns(painter, room)
            else:
                self._paint_lines(painter, room)
        painter.end()

    # The legend

    def _paint_legend(self, painter: QPainter, room: QRectF) -> float:
        """Say at the foot what each look means; return how high that is."""
        entries = [*self._look.parts]
        if self._look.before:
            entries.append((self._look.before, "before"))
        painter.setFont(font(12))
        metrics = QFontMetrics(painter.font())
        lines: list[list[tuple[str, str]]] = [[]]
        left = 0.0
        for words, look in entries:
            wide = px(18) + metrics.horizontalAdvance(words) + px(16)
            if left + wide > room.width() and lines[-1]:
                lines.append([])
                left = 0.0
            lines[-1].append((words, look))
            left += wide
        high = px(20)
        top = room.bottom() - high * len(lines)
        for line in lines:
            left = room.left()
            for words, look in line:
                box = QRectF(left, top + (high - px(10)) / 2, px(12), px(10))
                self._fill(painter, box, look, "")
                painter.setPen(colour("quiet"))
                place = QRectF(left + px(18), top, room.width(), high)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
                left += px(18) + metrics.horizontalAdvance(words) + px(16)
            top += high
        return float(high * len(lines) + px(6))

    # Groups under each other

    def _paint_lines(self, painter: QPainter, room: QRectF) -> None:
        painter.setFont(font(12))
        metrics = QFontMetrics(painter.font())
        named = max(metrics.horizontalAdvance(bar.label) for bar in self._bars)
        names = min(named + px(10), room.width() * 0.4)
        said = max(metrics.horizontalAdvance(bar.said) for bar in self._bars) + px(10)
        axis = room.adjusted(names, px(20), -said, 0)
        steps = steps_to(self._most())
        self._paint_scale_across(painter, axis, steps)
        step = min(axis.height() / len(self._bars), px(46))
        if step < px(18):
            painter.setFont(font(10.5))
            metrics = QFontMetrics(painter.font())
        for at, bar in enumerate(self._bars):
            whole = QRectF(room.left(), axis.top() + at * step, room.width(), step)
            self._paint_ground(painter, whole, bar)
            end, top, thick = self._paint_line(painter, axis, whole, bar, steps[-1])
            painter.setPen(colour("words"))
            middle = Qt.AlignmentFlag.AlignVCenter
            label = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, int(names - px(8)))
            painter.drawText(QRectF(room.left(), whole.top(), names, step), middle, label)
            beside = QRectF(end + px(6), top - px(3), said, thick + px(6))
            painter.drawText(beside, middle, bar.said)
        painter.setPen(QPen(colour("words"), 1))
        painter.drawLine(axis.topLeft(), QPointF(axis.left(), axis.top() + step * len(self._bars)))

    def _paint_line(
        self, painter: QPainter, axis: QRectF, whole: QRectF, bar: Bar, most: float
    ) -> tuple[float, float, float]:
        """Draw the two bars of a group; return where this year's ends, its top and its height."""
        step = whole.height()
        thick = min(px(THICK), step * 0.5)
        thin = min(px(THIN), step * 0.25) if bar.before is not None else 0
        top = whole.top() + (step - thick - thin - px(GAP)) / 2
        left = axis.left()
        for value, (_words, look) in zip(bar.parts, self._look.parts, strict=True):
            wide = axis.width() * value / most
            self._fill(painter, QRectF(left, top, wide, thick), look, bar.code)
            left += wide
        if bar.before is not None:
            low = QRectF(axis.left(), top + thick + px(GAP), axis.width() * bar.before / most, thin)
            self._fill(painter, low, "before", bar.code)
        return left, top, thick

    def _paint_scale_across(self, painter: QPainter, axis: QRectF, steps: Sequence[float]) -> None:
        widest = max(painter.fontMetrics().horizontalAdvance(self._number(one)) for one in steps)
        room = max(1.0, axis.width() / (len(steps) - 1))
        every = ceil((widest + px(8)) / room)  # where words would touch, some lines go without
        for at, value in enumerate(steps):
            x = axis.left() + axis.width() * value / steps[-1]
            painter.setPen(QPen(colour("hairline"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, axis.top()), QPointF(x, axis.bottom()))
            if at % every == 0:
                painter.setPen(colour("quiet"))
                box = QRectF(x - px(40), axis.top() - px(20), px(80), px(18))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._number(value))

    # Groups side by side, for months and years

    def _paint_columns(self, painter: QPainter, room: QRectF) -> None:
        painter.setFont(font(12))
        metrics = QFontMetrics(painter.font())
        steps = steps_to(self._most())
        scale = max(metrics.horizontalAdvance(self._number(value)) for value in steps) + px(8)
        axis = room.adjusted(scale, px(18), 0, -px(24))
        for value in steps:
            y = axis.bottom() - axis.height() * value / steps[-1]
            painter.setPen(QPen(colour("hairline"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(axis.left(), y), QPointF(axis.right(), y))
            painter.setPen(colour("quiet"))
            box = QRectF(room.left(), y - px(9), scale - px(6), px(18))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, self._number(value))
        step = min(axis.width() / len(self._bars), px(96))
        widest = max(metrics.horizontalAdvance(bar.label) for bar in self._bars)
        letters = 99 if widest <= step - px(4) else 3 if step >= px(26) else 1
        for at, bar in enumerate(self._bars):
            place = QRectF(axis.left() + at * step, 0, step, 0)
            self._paint_column(painter, axis, place, bar, steps)
            below = QRectF(place.left(), axis.bottom() + px(4), step, px(20))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, bar.label[:letters])
        painter.setPen(QPen(colour("words"), 1))
        painter.drawLine(axis.bottomLeft(), axis.bottomRight())

    def _paint_column(
        self, painter: QPainter, axis: QRectF, place: QRectF, bar: Bar, steps: Sequence[float]
    ) -> None:
        step = place.width()
        whole = QRectF(place.left(), axis.top() - px(16), step, axis.height() + px(40))
        self._paint_ground(painter, whole, bar)
        thick, thin = min(px(26), step * 0.5), min(px(9), step * 0.2)
        left = place.left() + (step - thick - thin - px(GAP)) / 2
        top = axis.bottom()
        for value, (_words, look) in zip(bar.parts, self._look.parts, strict=True):
            high = axis.height() * value / steps[-1]
            self._fill(painter, QRectF(left, top - high, thick, high), look, bar.code)
            top -= high
        if bar.before is not None:
            high = axis.height() * bar.before / steps[-1]
            beside = QRectF(left + thick + px(GAP), axis.bottom() - high, thin, high)
            self._fill(painter, beside, "before", bar.code)
            top = min(top, beside.top())
        metrics = QFontMetrics(painter.font())
        painter.setPen(colour("words"))
        if metrics.horizontalAdvance(bar.said) <= step:
            over = QRectF(place.left(), top - px(18), step, px(18))
            painter.drawText(over, Qt.AlignmentFlag.AlignCenter, bar.said)

    # Both

    def _most(self) -> float:
        return max(max(sum(bar.parts), bar.before or 0) for bar in self._bars)

    def _number(self, value: float) -> str:
        return f"{value:,.0f}{self._look.suffix}" if value == int(value) else f"{value:,.1f}"

    def _paint_ground(self, painter: QPainter, box: QRectF, bar: Bar) -> None:
        self._places.append((box, bar.key))
        if bar.key == self._chosen and self._chosen is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("chosen"))
            painter.drawRoundedRect(box, px(4), px(4))

    def _fill(self, painter: QPainter, box: QRectF, look: str, code: str) -> None:
        """Draw one part: full, soft, hatched with an edge, or last year's quiet one."""
        if box.width() <= 0 or box.height() <= 0:
            return
        strong = QColor(category(code).edge) if code else colour("bar_fill")
        if look == "before":
            strong = colour("field_edge")
        painter.setPen(Qt.PenStyle.NoPen)
        if look in ("fill", "before"):
            painter.fillRect(box, strong)
            return
        soft = QColor(strong)
        soft.setAlpha(110 if look == "soft" else 40)
        painter.fillRect(box, soft)
        if look == "hatched":
            painter.fillRect(box, QBrush(strong, Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(strong, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
