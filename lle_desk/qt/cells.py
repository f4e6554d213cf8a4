"""How one cell of a list is drawn from its row."""

from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from lle_desk.qt.chips import paint_badges, paint_capacity
from lle_desk.qt.icons import paint_icon
from lle_desk.qt.table_model import Column, Heading
from lle_desk.qt.theme import CATEGORY_WORDS, category, colour, font, px

SIDE = 8  # pixels left and right of a cell's words
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def paint_heading(painter: QPainter, rect: QRect, heading: Heading) -> None:
    """Draw a heading over the whole width of the list."""
    painter.fillRect(rect, colour("surface"))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour("field_edge"))
    box = rect.adjusted(px(10), 0, -px(12), 0)
    painter.setPen(colour("words"))
    painter.setFont(font(13, bold=True))
    painter.drawText(box, LEFT, heading.title)
    used = QFontMetrics(painter.font()).horizontalAdvance(heading.title) + px(10)
    painter.setFont(font(12.5))
    painter.setPen(colour("quiet"))
    painter.drawText(box.adjusted(used, 0, 0, 0), LEFT, heading.quiet)
    painter.setPen(colour("words"))
    painter.drawText(box, RIGHT, heading.right)


def paint_cell(
    painter: QPainter, rect: QRect, column: Column[Any], row: Any, *, hovered: bool = False
) -> None:
    """Draw what `column` shows of `row` inside `rect`."""
    box = rect.adjusted(px(SIDE), 0, -px(SIDE), 0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if column.paint is not None:
        column.paint(painter, box, row)
    elif column.check is not None:
        paint_check(painter, box, column.check(row))
    elif column.badges is not None:
        paint_badges(painter, box, column.badges(row))
    elif column.places is not None:
        _paint_places(painter, box, column, row)
    else:
        _paint_words(painter, _after_marks(painter, box, column, row), column, row, hovered)


def paint_check(painter: QPainter, box: QRect, on: bool | None) -> None:
    """Draw a check box at the left of `box`; None draws none."""
    if on is None:
        return
    side = px(15)
    square = QRect(box.left(), box.center().y() - side // 2 + 1, side, side)
    painter.setPen(colour("accent" if on else "field_edge"))
    painter.setBrush(colour("accent" if on else "surface"))
    painter.drawRoundedRect(QRectF(square).adjusted(0.5, 0.5, -0.5, -0.5), px(3), px(3))
    if on:
        paint_icon(painter, square.adjusted(1, 1, -1, -1), "check", "on_accent")


def _paint_places(painter: QPainter, box: QRect, column: Column[Any], row: Any) -> None:
    places = column.places(row) if column.places else None
    if places is None:
        return
    number = str(places.booked)
    painter.setFont(font(13, bold=True))
    painter.setPen(colour("words"))
    painter.drawText(QRect(box.left(), box.top(), px(22), box.height()), RIGHT, number)
    painter.setFont(font(11.5))
    painter.drawText(
        QRect(box.left() + px(25), box.top(), px(40), box.height()), LEFT, f"of {places.capacity}"
    )
    paint_capacity(painter, box.adjusted(px(62), 0, 0, 0), places)


def _after_marks(painter: QPainter, box: QRect, column: Column[Any], row: Any) -> QRect:
    """Draw the square and the icon before the words; return what is left for these."""
    if column.indent is not None:
        box = box.adjusted(px(column.indent(row)), 0, 0, 0)
    square = column.square(row) if column.square is not None else ""
    if square:
        tint = category(square).edge if square in CATEGORY_WORDS else square
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint))
        side = px(9)
        painter.drawRoundedRect(
            QRectF(box.left(), box.center().y() - side / 2 + 1, side, side), 2, 2
        )
        box = box.adjusted(side + px(6), 0, 0, 0)
    icon = column.icon(row) if column.icon is not None else ""
    if icon:
        side = px(16)
        place = QRect(box.left(), box.center().y() - side // 2 + 1, side, side)
        paint_icon(painter, place, icon, _colour_name(column, row))
        box = box.adjusted(side + px(6), 0, 0, 0)
    return box


def _paint_words(
    painter: QPainter, box: QRect, column: Column[Any], row: Any, hovered: bool
) -> None:
    bold = column.strong(row) if callable(column.strong) else column.strong
    shown = font(13, bold=bold)
    shown.setUnderline(hovered)
    painter.setFont(shown)
    painter.setPen(colour(_colour_name(column, row)))
    side = RIGHT if column.numeric else LEFT
    second = column.second(row) if column.second is not None else ""
    upper = box.adjusted(0, px(3), 0, -box.height() // 2) if second else box
    _draw(painter, upper, side, column.text(row))
    if second:
        painter.setFont(font(12))
        painter.setPen(colour("quiet"))
        _draw(painter, box.adjusted(0, box.height() // 2 - px(1), 0, -px(3)), side, second)


def _draw(painter: QPainter, box: QRect, side: Qt.AlignmentFlag, text: str) -> None:
    metrics = QFontMetrics(painter.font())
    if metrics.horizontalAdvance(text) > box.width():
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side, text)


def _colour_name(column: Column[Any], row: Any) -> str:
    own = column.colour(row) if column.colour is not None else None
    if own:
        return own
    return "accent" if column.link else "quiet" if column.quiet else "words"
