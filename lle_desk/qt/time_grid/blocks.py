"""Paints what lies in the lanes of a time grid: blocks with their shoulders, hatched areas."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from lle_desk.qt.time_grid.look import Look, faded
from lle_desk.qt.time_grid.running import Run
from lle_desk.qt.time_grid.values import Area, Block
from lle_desk.qt.time_grid.words import BADGE, GAP, PLAIN, Fitted, fit_words, full_width
from lle_desk.qt.tokens import Tint

RADIUS = 4.0
EDGE = 4.0  # the coloured bar at a block's left
FADED = 0.35  # of a block that the filter leaves out
DOTTED = [1.0, 2.0]
DASHED = [4.0, 2.0]
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Shape:
    """A block's place in pixels: the event from `left` to `right`, the minutes around it.

    `run` are words beside it, where it is too short for its own name.
    """

    reserved_left: float
    left: float
    right: float
    reserved_right: float
    top: float
    height: float
    run: Run | None = None

    @property
    def far_left(self) -> float:
        return min(self.reserved_left, self.run.left) if self.run else self.reserved_left

    @property
    def far_right(self) -> float:
        return max(self.reserved_right, self.run.right) if self.run else self.reserved_right

    @property
    def rect(self) -> QRectF:
        return QRectF(self.left, self.top, self.right - self.left, self.height)

    @property
    def outer(self) -> QRectF:
        return QRectF(
            self.reserved_left, self.top, self.reserved_right - self.reserved_left, self.height
        )

    @property
    def whole(self) -> QRectF:
        return QRectF(self.far_left, self.top, self.far_right - self.far_left, self.height)


def paint_block(painter: QPainter, look: Look, block: Block, shape: Shape) -> None:
    """Paint a block and its shoulders at `shape`."""
    whole = shape.whole.adjusted(-1, 0, 1, 0)
    key = (block, whole.width(), shape.left - shape.far_left, shape.right - shape.left, shape.run)

    def paint(onto: QPainter, rect: QRectF) -> None:
        moved = rect.topLeft() - whole.topLeft()
        event = shape.rect.translated(moved)
        _paint_shoulders(onto, look, block, shape.outer.translated(moved), event)
        paint_body(onto, look, block, event, shape.run, moved.x())

    look.tile(painter, key, whole, paint)


def inner_of(look: Look, rect: QRectF) -> QRectF:
    """Return the part of a block that words may stand in."""
    if rect.width() >= 90 * look.unit:
        return rect.adjusted(EDGE + 5 * look.unit, 0, -GAP, 0)
    tight = 3 if rect.width() > 30 * look.unit else 1.5
    return rect.adjusted(EDGE + tight, 0, -(tight - 0.5) * look.unit, 0)


def paint_body(
    painter: QPainter,
    look: Look,
    block: Block,
    rect: QRectF,
    run: Run | None = None,
    moved: float = 0.0,
) -> Fitted:
    """Paint the event itself and return the words that fitted.

    The words of `run` stand in place of its own name, `moved` pixels from where they are.
    """
    tint = look.tint(block.code)
    painter.save()
    _paint_ground(painter, look, block, rect, tint)
    inner = inner_of(look, rect)
    icons = icons_width(look, block)
    fitted = fit_words(block, inner.width(), icons, look.width)
    if run is not None:
        fitted = _beside(look, block, inner, fitted)
        _paint_run(painter, look, inner, run, moved, tint)
    painter.setClipRect(rect)
    _paint_words(painter, look, block, inner, fitted, tint)
    if fitted.icons:
        _paint_icons(painter, look, block, inner, tint)
    elif block.warning or block.conflict:
        _paint_alarm(painter, look, block, inner, fitted)
    painter.restore()
    return fitted


def icons_width(look: Look, block: Block) -> float:
    """Return what the icons take at the right of the second line."""
    step = look.icon_size + 2
    count = len(block.icons) + block.conflict
    return count * step + (GAP if count else 0.0)


def wanted_width(look: Look, block: Block) -> float:
    """Return how wide the block must be for all its words."""
    icons = icons_width(look, block)
    words = full_width(block, icons, look.width)
    if block.warning:
        words = max(words, look.width(block.warning, PLAIN) + look.icon_size + 14 + icons)
    return words + EDGE + 5 * look.unit + GAP + 2


def _paint_ground(painter: QPainter, look: Look, block: Block, rect: QRectF, tint: Tint) -> None:
    edge = QColor(tint.edge)
    path = QPainterPath()
    path.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    if block.provisional:  # only through this fill would be seen what lies below
        painter.fillPath(path, look.colour("surface"))
        painter.fillPath(path, faded(QColor(tint.fill), 0.55))
    else:
        painter.fillPath(path, tint_fill(tint))
    painter.save()
    if block.provisional:
        painter.setClipPath(path)
        look.hatch(painter, rect, faded(edge, 0.30), 6, 1.6 * look.unit)
    # A clip along whole pixels costs far less than one along a path.
    painter.setClipRect(QRectF(rect.left(), rect.top(), EDGE, rect.height()))
    painter.fillPath(path, edge)
    painter.restore()
    pen = QPen(edge, 1.2) if block.provisional else QPen(faded(edge, 0.55), 1)
    if block.conflict:
        pen = QPen(look.colour("refusal"), 2)
    elif block.provisional:
        pen.setDashPattern(DASHED)
    painter.setPen(pen)
    painter.drawPath(path)


def tint_fill(tint: Tint) -> QColor:
    """Return the ground of a confirmed block."""
    return QColor(tint.fill)


def _paint_shoulders(
    painter: QPainter, look: Look, block: Block, outer: QRectF, event: QRectF
) -> None:
    tint = look.tint(block.code)
    drop = round(event.height() * 0.16)
    before = QRectF(outer.left(), event.top() + drop, event.left() - outer.left(), 0)
    after = QRectF(event.right(), event.top() + drop, outer.right() - event.right(), 0)
    for rect, minutes in ((before, block.set_up), (after, block.clear_down)):
        rect.setHeight(event.height() - 2 * drop)
        if minutes and rect.width() >= 2:
            _paint_shoulder(painter, look, rect, minutes, tint)


def _paint_shoulder(painter: QPainter, look: Look, rect: QRectF, minutes: int, tint: Tint) -> None:
    painter.save()
    path = QPainterPath()
    path.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.fillPath(path, faded(QColor(tint.fill), 0.5 if look.dark else 0.4))
    pen = QPen(faded(QColor(tint.edge), 0.75), 1)
    pen.setDashPattern(DOTTED)
    painter.setPen(pen)
    painter.drawPath(path)
    words = f"{minutes}′"
    if look.width(words, PLAIN) + 2 <= rect.width():
        painter.setFont(look.font(PLAIN))
        painter.setPen(look.colour("quiet"))
        painter.drawText(rect, MIDDLE, words)
    painter.restore()


def _beside(look: Look, block: Block, inner: QRectF, fitted: Fitted) -> Fitted:
    """Return what stays inside a block whose name stands beside it: its code, on line two."""
    badge = BADGE + GAP if block.warning else 0.0
    fits = look.width(block.code, 3) + badge <= inner.width()
    return replace(fitted, lines=(), code_line=1 if block.code and fits else None, icons=False)


def _paint_run(
    painter: QPainter, look: Look, inner: QRectF, run: Run, moved: float, tint: Tint
) -> None:
    """Paint a name that begins in its block, in its colour, or stands left of it."""
    painter.setFont(look.font(run.font))
    painter.setPen(look.colour("words") if run.left + moved < inner.left() else QColor(tint.words))
    painter.drawText(QPointF(run.left + moved, _lines(look, inner)[0]), run.words)


def _lines(look: Look, rect: QRectF) -> tuple[float, float]:
    """Return the baselines of a block's two lines."""
    first = rect.top() + (rect.height() - 2 * look.line) / 2 + look.ascent
    return look.snap(first), look.snap(first + look.line)


def _paint_words(
    painter: QPainter, look: Look, block: Block, inner: QRectF, fitted: Fitted, tint: Tint
) -> None:
    base = _lines(look, inner)
    painter.setPen(QColor(tint.words))
    for at, (words, number) in enumerate(fitted.lines):
        painter.setFont(look.font(number))
        painter.drawText(QPointF(inner.left(), base[at]), words)
    if block.warning:
        code = look.width(block.code, 3) + GAP if fitted.code_line == 1 else 0.0
        icons = icons_width(look, block) if fitted.icons else 0.0
        _paint_warning(painter, look, block, inner.adjusted(0, 0, -code - icons, 0))
    if fitted.code_line is not None:
        painter.setFont(look.font(3))
        painter.setPen(QColor(tint.edge))
        wide = look.width(block.code, 3)
        if fitted.code_line == 1 and fitted.icons:
            wide += icons_width(look, block)
        painter.drawText(QPointF(inner.right() - wide, base[fitted.code_line]), block.code)


def _paint_warning(painter: QPainter, look: Look, block: Block, inner: QRectF) -> None:
    """Paint the amber badge on the second line, with its words where they fit."""
    size = look.icon_size
    base = _lines(look, inner)[1]
    fits = look.width(block.warning, 3) + size + 10 <= inner.width()
    words = block.warning if fits else ""
    wide = size + 6 + (look.width(words, 3) + 4 if words else 0)
    badge = QRectF(inner.left(), base - look.ascent - 0.5, wide, look.line + 1)
    if size + 6 > inner.width():
        corner = QPolygonF(
            [inner.topRight(), inner.topRight() - QPointF(8, 0), inner.topRight() + QPointF(0, 8)]
        )
        painter.setBrush(look.colour("bar_low"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(corner.translated(1, 0))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("warning_fill"))
    painter.drawRoundedRect(badge, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    look.icon(painter, badge.left() + 3, badge.center().y() - size / 2, "alert-triangle", "warning")
    painter.setPen(look.colour("warning"))
    painter.setFont(look.font(3))
    painter.drawText(badge.adjusted(size + 5, 0, 0, 0), LEFT, words)


def _paint_icons(painter: QPainter, look: Look, block: Block, inner: QRectF, tint: Tint) -> None:
    step = look.icon_size + 2
    x = inner.right() - look.icon_size + 1
    y = _lines(look, inner)[1] - look.ascent + (look.line - look.icon_size) / 2
    for name in reversed(block.icons):
        look.icon(painter, x, y, name, tint.words)
        x -= step
    if block.conflict:
        look.icon(painter, x, y, "alert-triangle", "refusal")


def _paint_alarm(
    painter: QPainter, look: Look, block: Block, inner: QRectF, fitted: Fitted
) -> None:
    """Mark a clash in a corner where there are no icons."""
    if not block.conflict or inner.width() < look.icon_size or len(fitted.lines) > 1:
        return
    y = _lines(look, inner)[1] - look.ascent
    look.icon(painter, inner.left(), y, "alert-triangle", "refusal")


def paint_area(painter: QPainter, look: Look, area: Area, rect: QRectF) -> None:
    """Paint a hatched area with its words in the middle."""

    def paint(onto: QPainter, here: QRectF) -> None:
        _paint_area(onto, look, area, here)

    look.tile(painter, (area, rect.width(), rect.height()), rect, paint)


def _paint_area(painter: QPainter, look: Look, area: Area, rect: QRectF) -> None:
    painter.save()
    path = QPainterPath()
    path.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setClipPath(path)
    look.hatch(painter, rect, faded(look.colour("field_edge"), 0.38), 7, 1)
    painter.setClipping(False)
    pen = QPen(faded(look.colour("field_edge"), 0.8), 1)
    pen.setDashPattern(DOTTED)
    painter.setPen(pen)
    painter.drawPath(path)
    fits = [
        each for each in (area.words, area.short) if look.width(each, PLAIN) + 22 < rect.width()
    ]
    if fits and fits[0]:
        wide = look.width(fits[0], PLAIN) + 16
        pill = QRectF(0, 0, wide, look.line + 4)
        pill.moveCenter(rect.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(pill, 4, 4)
        painter.setPen(look.colour("quiet"))
        painter.setFont(look.font(PLAIN))
        painter.drawText(pill, MIDDLE, fits[0])
    painter.restore()


def paint_chosen(painter: QPainter, look: Look, rect: QRectF, strong: bool) -> None:
    """Paint the ring of the selected block, under the block: a gap, then the accent."""
    painter.save()
    painter.setBrush(look.colour("surface"))
    painter.setPen(QPen(look.colour("accent"), 2.5 if strong else 1.5))
    painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), RADIUS + 2, RADIUS + 2)
    painter.restore()
