"""A list of hundreds of thousands of rows that scrolls within a frame.

Qt's table asks Python several times for every cell; here Python paints whole columns of the rows
that are seen, and rows whose words are still being read are drawn as quiet lines.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent

from lle_desk.qt.cells import LEFT, RIGHT, SIDE
from lle_desk.qt.chips import paint_badges
from lle_desk.qt.long_model import LongModel
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column
from lle_desk.qt.theme import colour, font, px, theme

BEYOND = 24  # rows above and below the seen ones that are read with them
MOST_PARTS = 2_000  # a selection in more pieces than these is not carried to another order
MOST_CUT = 20_000  # words kept as they were cut to fit
KEYS = Qt.Key
FLAGS = QItemSelectionModel.SelectionFlag


class LongTable(Table):
    """A list over a `LongModel`.

    Signals:
        words_wanted: rows are seen whose words are not there. object: their numbers (ints).
        typed: letters were typed into the list. str: the letters.
        copy_wanted: Ctrl+C.
    """

    words_wanted = Signal(object)
    typed = Signal(str)
    copy_wanted = Signal()

    def __init__(self, model: LongModel[Any], *, name: str) -> None:
        self._long = model
        self._cut: dict[tuple[str, int, bool], str] = {}
        super().__init__(model, name=name)
        self.let_choose_several()
        self._look = QTimer(self, interval=0, singleShot=True)
        self._look.timeout.connect(self.ask_for_words)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme().changed.connect(self._cut.clear)

    def _on_scrolled(self, _value: int) -> None:
        self._look.start()

    # What is chosen

    def chosen_ids(self) -> list[int]:
        """Return the numbers of all chosen rows, from the top, whether read or not."""
        spans = sorted((one.top(), one.bottom()) for one in self._parts())
        ids = self._long.ids
        return [int(number) for top, bottom in spans for number in ids[top : bottom + 1]]

    def chosen_count(self) -> int:
        """Return how many rows are chosen."""
        return sum(one.height() for one in self._parts())

    def chosen_rows(self) -> Sequence[Any]:
        """Return the chosen rows whose words are there."""
        known = {self._long.number_of(row): row for row in self._long.rows}
        return [known[number] for number in self.chosen_ids() if number in known]

    def _parts(self) -> list[QItemSelectionRange]:
        """Return what is chosen as runs of lines; Qt would make an object of every line."""
        return self.selectionModel().selection().toList()

    def show_ids(self, ids: Any) -> None:
        """Show these rows. What is chosen, and where the list stands, stay as far as they can."""
        if self._long.keep_ids(ids):
            self.refresh_words()
            return
        old = self._long.ids
        is_all = len(old) > 0 and self.chosen_count() == len(old)
        chosen = [] if is_all or self._is_scattered() else self.chosen_ids()
        current = self.currentIndex().row()
        current_id = int(old[current]) if 0 <= current < len(old) else 0
        offset = self.rowViewportPosition(current) if current >= 0 else -1
        was_seen = 0 <= offset < self.viewport().height()
        self._long.show_ids(ids)
        if is_all:
            self.selectAll()
        else:
            self._choose_lines(self._long.lines_of(chosen) if chosen else [])
        self._go_back(current_id, offset if was_seen else -1)
        self._look.start()

    def refresh_words(self) -> None:
        """Paint again, and ask for the words of what is seen."""
        self.viewport().update()
        self._look.start()

    def lacks_words(self) -> bool:
        """Whether rows are seen whose words are still being read."""
        return bool(self._long.missing(*self._seen(0)))

    def ask_for_words(self) -> None:
        """Ask for the words of the rows that are seen and of some around them."""
        first, last = self._seen(BEYOND)
        if self.lacks_words():
            self.words_wanted.emit(self._long.missing(first, last))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if event.key() in (KEYS.Key_Home, KEYS.Key_End) and plain:
            last = len(self._long.ids) - 1
            self._go_to(0 if event.key() == KEYS.Key_Home else last, event)
        elif event.key() == KEYS.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy_wanted.emit()
        elif plain and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 (Qt's name)
        """Do nothing: Qt would ask for the words of every row."""

    def _go_to(self, line: int, event: QKeyEvent) -> None:
        if line < 0:
            return
        index = self._long.index(line, 0)
        command = self.selectionCommand(index, event)
        self.selectionModel().setCurrentIndex(index, command)
        self.scrollTo(index)

    # Staying where one is

    def _is_scattered(self) -> bool:
        return len(self._parts()) > MOST_PARTS

    def _choose_lines(self, lines: Sequence[int]) -> None:
        chosen = QItemSelection()
        last = len(self._long.columns) - 1
        for first, end in _spans(lines):
            span = QItemSelectionRange(self._long.index(first, 0), self._long.index(end, last))
            chosen.append(span)
        self.selectionModel().select(chosen, FLAGS.ClearAndSelect | FLAGS.Rows)

    def _go_back(self, current_id: int, offset: int) -> None:
        line = self._long.row_of(current_id) if current_id else -1
        if line >= 0:
            index = self._long.index(line, 0)
            self.selectionModel().setCurrentIndex(index, FLAGS.NoUpdate)
            if offset >= 0:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.rowViewportPosition(line) - offset)

    # Painting

    def _seen(self, beyond: int) -> tuple[int, int]:
        """Return the first and the last line that are seen, and some beyond them."""
        height, top = self.verticalHeader().defaultSectionSize(), self.verticalScrollBar().value()
        last = len(self._long.ids) - 1
        first = max(0, top // height - beyond)
        return first, min(last, (top + self.viewport().height()) // height + beyond)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, colour("surface"))
        if not len(self._long.ids):
            return
        height, top = self.verticalHeader().defaultSectionSize(), self.verticalScrollBar().value()
        last = len(self._long.ids) - 1
        first = (top + area.top()) // height
        lines = range(first, min(last, (top + area.bottom()) // height) + 1)
        tops = [line * height - top for line in lines]
        rows = [self._long.words_at(line) for line in lines]
        self._paint_grounds(painter, lines, tops, height)
        for at, column in enumerate(self._long.columns):
            if not self.isColumnHidden(at):
                left = self.columnViewportPosition(at) + px(SIDE)
                box = QRect(left, 0, self.columnWidth(at) - 2 * px(SIDE), height)
                self._paint_column(painter, column, box, tops, rows)

    def _paint_grounds(
        self, painter: QPainter, lines: range, tops: Sequence[int], height: int
    ) -> None:
        chosen, wide = colour("chosen"), self.viewport().width()
        line_colour, accent = colour("hairline"), colour("accent")
        edge = accent if self.hasFocus() else colour("field_edge")
        spans = self._chosen_within(lines)
        for line, top in zip(lines, tops, strict=True):
            if line in spans:
                painter.fillRect(0, top, wide, height, chosen)
                painter.fillRect(0, top, px(3), height, edge)
            painter.fillRect(0, top + height - 1, wide, 1, line_colour)
        current = self.currentIndex().row()
        if self.hasFocus() and current in lines:
            top = tops[current - lines.start]
            painter.fillRect(0, top, wide, 1, accent)
            painter.fillRect(0, top + height - 1, wide, 1, accent)

    def _chosen_within(self, lines: range) -> set[int]:
        found: set[int] = set()
        for one in self._parts():
            found.update(range(max(one.top(), lines.start), min(one.bottom() + 1, lines.stop)))
        return found

    def _paint_column(
        self,
        painter: QPainter,
        column: Column[Any],
        box: QRect,
        tops: Sequence[int],
        rows: Sequence[Any],
    ) -> None:
        shown = font(13, bold=bool(column.strong))
        painter.setFont(shown)
        usual = colour("accent" if column.link else "quiet" if column.quiet else "words")
        painter.setPen(usual)
        measure = QFontMetrics(shown)
        widest = box.width() // max(1, measure.horizontalAdvance("W"))
        side = RIGHT if column.numeric else LEFT
        for top, row in zip(tops, rows, strict=True):
            if row is None:
                bar = QRect(box.left(), top + box.height() // 2, box.width() // 2, px(2))
                painter.fillRect(bar, colour("hairline"))
                continue
            box.moveTop(top)
            if column.badges is not None:
                paint_badges(painter, box, column.badges(row))
                continue
            text = column.text(row)
            if len(text) > widest:
                text = self._cut_to(text, box.width(), shown.bold(), measure)
            own = column.colour(row) if column.colour is not None else None
            if own:
                painter.setPen(colour(own))
            painter.drawText(box, side, text)
            if own:
                painter.setPen(usual)

    def _cut_to(self, text: str, width: int, bold: bool, measure: QFontMetrics) -> str:
        """Return the words as they fit; measuring costs more than drawing, so it is kept."""
        key = (text, width, bold)
        cut = self._cut.get(key)
        if cut is None:
            if len(self._cut) > MOST_CUT:
                self._cut.clear()
            cut = measure.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._cut[key] = cut
        return cut


def _spans(lines: Sequence[int]) -> list[tuple[int, int]]:
    """Return sorted lines as first and last of each run."""
    spans: list[tuple[int, int]] = []
    for line in lines:
        if spans and line == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], line)
        else:
            spans.append((line, line))
    return spans
