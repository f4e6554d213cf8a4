"""The parking: bookings that still need a room, as a row of cards below the plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lle_desk.core.days import long_day, short_day, span_words
from lle_desk.qt.icons import paint_icon
from lle_desk.qt.theme import category, colour, font, px, theme
from lle_desk.qt.time_grid import parked_mime
from lle_desk.qt.words import label
from lle_desk.rooms.queries import PlanUse
from lle_desk.rooms.ui.judging import category_code

NOTHING = "Nothing without a room. Drag a booking here, or press P, to take it out of its room."
_ROLES = {True: "strong", False: "quiet"}
CARD_WIDTH, CARD_HEIGHT, GAP = 310, 66, 10


@dataclass(frozen=True, slots=True)
class ParkedCard:
    """One booking without a room. `fits` counts the rooms that would do; None: not known."""

    use: PlanUse
    fits: int | None = None

    @property
    def when(self) -> str:
        use = self.use
        day = short_day(use.starts_at.date())
        return f"{day} {span_words(use.starts_at, use.ends_at)}"

    @property
    def what(self) -> str:
        return f"{self.use.heads} heads, {self.use.layout}"

    @property
    def fits_words(self) -> str:
        if self.fits is None:
            return "Enter: rooms that fit"
        return {0: "no room fits", 1: "1 room fits"}.get(self.fits, f"{self.fits} rooms fit")

    @property
    def said(self) -> str:
        """Return the sentence a screen reader says."""
        use = self.use
        day = long_day(use.starts_at.date())
        hours = f"{use.starts_at:%H:%M} to {use.ends_at:%H:%M}"
        return f"{use.title}, {day}, {hours}, {self.what}, no room yet, {self.fits_words}"


class ParkingStrip(QFrame):
    """The cards with a heading that says what to do with them.

    Bookings are dragged here from the plan as well; while there are none it is only a line.

    Signals:
        opened: Enter or a double click on a card. int: the use.
        selected: a card was selected. int: the use.
    """

    opened = Signal(int)
    selected = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.setProperty("line", "above")
        self.cards = ParkingCards()
        self.cards.opened.connect(self.opened)
        self.cards.selected.connect(self.selected)
        self._count = label("", "quiet")
        self._words = NOTHING
        head = QHBoxLayout()
        head.setContentsMargins(px(12), px(6), px(12), 0)
        head.setSpacing(px(10))
        head.addWidget(label("Parking", "heading"))
        head.addWidget(self._count)
        head.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.cards)
        self._area = area
        self._area.hide()
        self.cards.moved_to.connect(self._show_card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(6))
        column.setSpacing(px(4))
        column.addLayout(head)
        column.addWidget(area)
        self._set_sizes()
        theme().changed.connect(self._set_sizes)
        self._count.set(NOTHING)

    def show_cards(self, cards: Sequence[ParkedCard]) -> None:
        """Show these, keeping the selection."""
        self.cards.show_cards(cards)
        count = len(cards)
        booked = "1 booking" if count == 1 else f"{count} bookings"
        words = f"{booked} without a room. Drag to a lane, or press Enter for the rooms that fit."
        self._words = words if cards else NOTHING
        self._count.set(self._words)
        self._area.setVisible(bool(cards))

    def show_taking(self, taking: bool) -> None:
        """Say that what is dragged is parked when it is let go here."""
        self._count.set("Let go to park it here." if taking else self._words, _ROLES[taking])
        self.setProperty("ground", "head" if taking else "window")
        self.style().polish(self)

    def _set_sizes(self) -> None:
        self._area.setFixedHeight(px(CARD_HEIGHT) + px(14))

    def _show_card(self, box: QRect) -> None:
        self._area.ensureVisible(box.center().x(), box.center().y(), box.width() // 2 + px(12), 0)


class ParkingCards(QWidget):
    """The painted cards. Left and right select, Enter opens, dragging carries to the plan.

    Signals:
        opened: int: the use.
        selected: int: the use.
        moved_to: the selection is at this place now. QRect.
    """

    opened = Signal(int)
    selected = Signal(int)
    moved_to = Signal(QRect)

    def __init__(self) -> None:
        super().__init__()
        self._cards: Sequence[ParkedCard] = ()
        self._at = 0
        self._pressed: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Parking: bookings without a room")
        theme().changed.connect(self._resized)

    @property
    def chosen(self) -> int | None:
        """The use whose card is selected."""
        return self._cards[self._at].use.id if self._at < len(self._cards) else None

    def show_cards(self, cards: Sequence[ParkedCard]) -> None:
        chosen = self.chosen
        self._cards = tuple(cards)
        numbers = [card.use.id for card in self._cards]
        self._at = numbers.index(chosen) if chosen in numbers else 0
        self._resized()

    def spoken(self) -> list[str]:
        """Return the sentence of every card."""
        return [card.said for card in self._cards]

    def box_of(self, at: int) -> QRect:
        """Return where a card is painted."""
        left = px(12) + at * (px(CARD_WIDTH) + px(GAP))
        return QRect(left, px(2), px(CARD_WIDTH), px(CARD_HEIGHT))

    def sizeHint(self) -> QSize:
        right = self.box_of(max(0, len(self._cards) - 1)).right()
        return QSize(right + px(12), px(CARD_HEIGHT) + px(4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Home: -len(self._cards),
            Qt.Key.Key_End: len(self._cards),
        }
        if event.key() in steps:
            self._go(self._at + steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen is not None:
            self.opened.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._card_at(event.position().toPoint())
        if at is not None:
            self._pressed = event.position().toPoint()
            self._go(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or self.chosen is None:
            return
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        if far >= QApplication.startDragDistance():
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(parked_mime(self.chosen))
            drag.exec(Qt.DropAction.MoveAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._card_at(event.position().toPoint()) is not None and self.chosen is not None:
            self.opened.emit(self.chosen)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, card in enumerate(self._cards):
            self._paint(painter, self.box_of(at), card, at == self._at and self.hasFocus())

    def _paint(self, painter: QPainter, box: QRect, card: ParkedCard, chosen: bool) -> None:
        code = category_code(card.use.category)
        tint = category(code)
        frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = colour("accent") if chosen else colour("hairline")
        painter.setPen(QPen(edge, 2 if chosen else 1))
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(frame, px(5), px(5))
        painter.fillRect(
            QRect(box.left(), box.top() + px(3), px(4), box.height() - px(6)), QColor(tint.edge)
        )
        left, right = box.left() + px(14), box.right() - px(10)
        line = px(20)
        top = box.top() + px(3)
        self._words(
            painter, QRect(left, top, right - left - px(26), line), card.use.title, 13, True
        )
        painter.setPen(QColor(tint.edge))
        painter.setFont(font(12, bold=True))
        painter.drawText(QRect(right - px(24), top, px(24), line), _RIGHT, code)
        when = QRect(left, top + line, right - left, line)
        self._words(painter, when, f"{card.when} · {card.what}", 12.5, False, "quiet")
        self._paint_foot(painter, QRect(left, top + 2 * line, right - left, line), card)

    def _paint_foot(self, painter: QPainter, box: QRect, card: ParkedCard) -> None:
        side = px(14)
        paint_icon(
            painter,
            QRect(box.left(), box.top() + (box.height() - side) // 2, side, side),
            "alert-triangle",
            "warning",
        )
        said = QRect(box.left() + px(20), box.top(), box.width() - px(20), box.height())
        self._words(painter, said, "No room yet", 12.5, False, "warning")
        painter.setFont(font(12.5, bold=True))
        painter.setPen(colour("accent" if card.fits != 0 else "quiet"))
        painter.drawText(box, _RIGHT, card.fits_words)

    def _words(
        self, painter: QPainter, box: QRect, text: str, size: float, bold: bool, ink: str = "words"
    ) -> None:
        shown = font(size, bold=bold)
        painter.setFont(shown)
        painter.setPen(colour(ink))
        fitted = QFontMetrics(shown).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _LEFT, fitted)

    def _go(self, at: int) -> None:
        if not self._cards:
            return
        self._at = min(max(at, 0), len(self._cards) - 1)
        self.setAccessibleDescription(self._cards[self._at].said)
        self.moved_to.emit(self.box_of(self._at))
        self.selected.emit(self._cards[self._at].use.id)
        self.update()

    def _card_at(self, point: QPoint) -> int | None:
        boxes = (at for at in range(len(self._cards)) if self.box_of(at).contains(point))
        return next(boxes, None)

    def _resized(self) -> None:
        self.resize(self.sizeHint())
        self.updateGeometry()
        self.update()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
