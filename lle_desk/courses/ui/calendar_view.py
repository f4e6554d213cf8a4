"""The programme as a calendar: a row a week, a cell a day, an event a line."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QScrollArea, QToolTip, QVBoxLayout, QWidget

from lle_desk.core.days import MONTHS, bank_holidays, long_day, time_words
from lle_desk.courses.queries.calendar import DayEntry
from lle_desk.courses.ui.event_list import OTHER_COLOUR, SERVICE_COLOURS
from lle_desk.qt.theme import colour, font, px, theme
from lle_desk.qt.words import escaped

DAYS_SHOWN = 5
HEAD, DAY_LINE, LINE, EDGE = 24, 20, 18, 4  # pixels at 100 %
TIMED = 190  # a cell so wide has room for the time before a name
LEAST_LINES = {"month": 4, "term": 2}
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY = timedelta(days=1)
KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
}


class CalendarGrid(QWidget):
    """The painted weeks. Arrow keys move between days and their events, Enter opens one.

    Signals:
        event_chosen: int: the event's id, 0 when the day has none.
        event_opened: int: the event's id.
        moved_to: show what is chosen. object: the QRect of its cell.
    """

    event_chosen = Signal(int)
    event_opened = Signal(int)
    moved_to = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Calendar of events")
        self._first, self._last = date.today(), date.today()  # noqa: DTZ011
        self._today = self._first
        self._entries: dict[date, list[DayEntry]] = {}
        self._kind = "month"
        self._columns = DAYS_SHOWN
        self.day = self._first
        self.at = 0  # which event of the day
        theme().changed.connect(self.update)

    @property
    def entries(self) -> Sequence[DayEntry]:
        """The events of the chosen day."""
        return self._entries.get(self.day, ())

    @property
    def chosen(self) -> DayEntry | None:
        """The chosen event, None when the chosen day has none."""
        return self.entries[self.at] if self.at < len(self.entries) else None

    def show_days(
        self, kind: str, span: tuple[date, date], entries: Sequence[DayEntry], today: date
    ) -> None:
        """Show these sessions; what was chosen stays when it is still there."""
        before = self.chosen
        self._kind, self._today = kind, today
        self._first, self._last = span
        self._entries = {}
        for entry in entries:
            self._entries.setdefault(entry.day, []).append(entry)
        weekend = any(day.weekday() > 4 for day in self._entries)
        self._columns = 7 if weekend else DAYS_SHOWN
        if not span[0] <= self.day <= span[1]:
            self.day = today if span[0] <= today <= span[1] else self._first_day(entries)
            self.at = 0
        if before is not None:
            self.choose(before.event_id)
        self.setMinimumHeight(self._least_height())
        self._say()
        self.update()

    def choose(self, event_id: int) -> bool:
        """Choose an event where it is first shown; return whether it is."""
        for day in [self.day, *sorted(self._entries)]:
            for at, entry in enumerate(self._entries.get(day, ())):
                if entry.event_id == event_id:
                    self.day, self.at = day, at
                    self.update()
                    return True
        return False

    def weeks(self) -> list[date]:
        """Return the Mondays that are shown; a week with nothing but weekend days is not."""
        first = self._first
        while first.weekday() >= self._columns and first < self._last:
            first += DAY
        monday = first - DAY * first.weekday()
        count = (self._last - monday).days // 7 + 1
        return [monday + 7 * DAY * number for number in range(count)]

    def cell(self, day: date) -> QRect:
        """Return where a day is painted."""
        week = (day - self.weeks()[0]).days // 7
        lefts = [self.width() * n // self._columns for n in range(self._columns + 1)]
        tops = self._tops()
        at = min(day.weekday(), self._columns - 1)
        return QRect(QPoint(lefts[at], tops[week]), QPoint(lefts[at + 1] - 1, tops[week + 1] - 1))

    def sizeHint(self) -> QSize:
        return QSize(px(700), self._least_height())

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in KEYS:
            self._go(self._stepped(KEYS[key]), 0)
        elif key == Qt.Key.Key_Down:
            self._down()
        elif key == Qt.Key.Key_Up:
            self._up()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.chosen is not None:
                self.event_opened.emit(self.chosen.event_id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        found = self._hit(event.position().toPoint())
        if found is not None:
            self._go(*found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.chosen is not None and self._hit(event.position().toPoint()) is not None:
            self.event_opened.emit(self.chosen.event_id)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = self._hit(event.pos())
            entries = self._entries.get(found[0], []) if found else []
            words = "\n".join(entry.words for entry in entries)
            QToolTip.showText(event.globalPos(), escaped(words) if words else "", self)
            return True
        return super().event(event)

    def _down(self) -> None:
        if self.at + 1 < len(self.entries):
            self._go(self.day, self.at + 1)
        elif self.day + 7 * DAY <= self._last:
            self._go(self.day + 7 * DAY, 0)

    def _up(self) -> None:
        if self.at > 0:
            self._go(self.day, self.at - 1)
        elif self.day - 7 * DAY >= self._first:
            above = self.day - 7 * DAY
            self._go(above, max(0, len(self._entries.get(above, ())) - 1))

    def _stepped(self, by: int) -> date:
        day = self.day + by * DAY
        while day.weekday() >= self._columns:
            day += by * DAY
        return day if self._first <= day <= self._last else self.day

    def _go(self, day: date, at: int) -> None:
        self.day, self.at = day, at
        self._say()
        self.update()
        self.moved_to.emit(self.cell(day))
        self.event_chosen.emit(self.chosen.event_id if self.chosen else 0)

    def _say(self) -> None:
        count = len(self.entries)
        told = f", {self.at + 1} of {count}: {self.chosen.words}" if self.chosen else ": no event"
        self.setAccessibleDescription(f"{long_day(self.day)}{told}")

    def _hit(self, at: QPoint) -> tuple[date, int] | None:
        for week in self.weeks():
            for number in range(self._columns):
                day = week + number * DAY
                cell = self.cell(day)
                if cell.contains(at) and self._first <= day <= self._last:
                    line = (at.y() - cell.top() - px(DAY_LINE)) // px(LINE)
                    count = len(self._entries.get(day, ()))
                    start = self._start(day, cell)
                    return day, max(0, min(count - 1, start + max(0, line)))
        return None

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("surface"))
        self._paint_head(painter)
        for week in self.weeks():
            for number in range(self._columns):
                self._paint_day(painter, week + number * DAY)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        painter.fillRect(QRect(0, 0, self.width(), px(HEAD)), colour("head"))
        painter.setFont(font(11))
        painter.setPen(colour("quiet"))
        for number in range(self._columns):
            left = self.width() * number // self._columns
            box = QRect(left + px(8), 0, self.width() // self._columns, px(HEAD))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, NAMES[number])

    def _paint_day(self, painter: QPainter, day: date) -> None:
        cell = self.cell(day)
        is_inside = self._first <= day <= self._last
        is_chosen = day == self.day and is_inside
        holiday = bank_holidays().get(day, "")
        if not is_inside or holiday:
            painter.fillRect(cell, colour("window"))
        elif is_chosen:
            painter.fillRect(cell, colour("accent_soft"))
        painter.setPen(colour("hairline"))
        painter.drawLine(cell.topLeft(), cell.topRight())
        painter.drawLine(cell.topRight(), cell.bottomRight())
        if not is_inside:
            return
        painter.setFont(font(12, bold=day == self._today))
        painter.setPen(colour("accent" if day == self._today else "quiet"))
        first = day.day == 1 or day == self._first or day.weekday() == 0
        number = f"{day.day} {MONTHS[day.month - 1]}" if first else str(day.day)
        words = f"{number}  {holiday}" if holiday else number
        top = QRect(cell.left() + px(8), cell.top(), cell.width() - px(12), px(DAY_LINE))
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, words)
        self._paint_entries(painter, day, cell, is_chosen=is_chosen)

    def _paint_entries(self, painter: QPainter, day: date, cell: QRect, *, is_chosen: bool) -> None:
        entries = self._entries.get(day, [])
        room, start = self._room(cell), self._start(day, cell)
        is_cut = len(entries) > room
        shown = entries[start : start + (room - 1 if is_cut else room)]
        for line, entry in enumerate(shown):
            box = QRect(
                cell.left() + px(4),
                cell.top() + px(DAY_LINE) + line * px(LINE),
                cell.width() - px(8),
                px(LINE) - 2,
            )
            self._paint_entry(painter, entry, box, is_chosen and start + line == self.at)
        if is_cut:
            box = QRect(
                cell.left() + px(12),
                cell.top() + px(DAY_LINE) + (room - 1) * px(LINE),
                cell.width() - px(16),
                px(LINE),
            )
            painter.setPen(colour("quiet"))
            painter.setFont(font(11))
            left = len(entries) - len(shown)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, f"{left} more")

    def _paint_entry(self, painter: QPainter, entry: DayEntry, box: QRect, is_chosen: bool) -> None:
        if is_chosen:
            painter.fillRect(box, colour("accent" if self.hasFocus() else "chosen"))
        edge = QRect(box.left(), box.top(), px(EDGE), box.height())
        painter.fillRect(edge, QColor(SERVICE_COLOURS.get(entry.service_code, OTHER_COLOUR)))
        words = "on_accent" if is_chosen and self.hasFocus() else "words"
        drawn = font(11.5)
        drawn.setStrikeOut(entry.is_off)
        painter.setFont(drawn)
        places = f"{entry.held}/{entry.capacity}"
        wide = QFontMetrics(drawn).horizontalAdvance(places) + px(4)
        low = entry.held < entry.minimum and not entry.is_off
        tone = "warning" if low and words == "words" else words
        painter.setPen(colour(tone))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, places)
        painter.setPen(colour("quiet" if entry.is_off and words == "words" else words))
        inside = box.adjusted(px(EDGE + 4), 0, -wide - px(4), 0)
        long = box.width() > px(TIMED)  # all of a calendar say their time, or none
        text = f"{time_words(entry.starts_at)} {entry.short}" if long else entry.short
        fitted = QFontMetrics(drawn).elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, fitted)

    def _room(self, cell: QRect) -> int:
        return max(1, (cell.height() - px(DAY_LINE)) // px(LINE))

    def _start(self, day: date, cell: QRect) -> int:
        """Return the first event shown of a day: the chosen one is always in sight."""
        room, count = self._room(cell), len(self._entries.get(day, ()))
        if day != self.day or count <= room:
            return 0
        return max(0, self.at - max(0, room - 2))

    def _first_day(self, entries: Sequence[DayEntry]) -> date:
        return entries[0].day if entries else self._first

    def _tops(self) -> list[int]:
        weeks = len(self.weeks())
        room = max(self.height(), self._least_height()) - px(HEAD)
        return [px(HEAD) + room * number // weeks for number in range(weeks + 1)]

    def _least_height(self) -> int:
        lines = LEAST_LINES[self._kind]
        return px(HEAD) + len(self.weeks()) * (px(DAY_LINE) + lines * px(LINE))


class CalendarView(QWidget):
    """The calendar with a scroll bar where a term is too long for the window."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = CalendarGrid()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        self.grid.moved_to.connect(self._bring_into_sight)
        self.setFocusProxy(self.grid)

    def show_chosen(self) -> None:
        """Bring the chosen day into sight once the weeks have their places."""
        QTimer.singleShot(0, self._show_chosen)

    def _show_chosen(self) -> None:
        if self.grid.height() > self.area.viewport().height():
            self._bring_into_sight(self.grid.cell(self.grid.day))

    def _bring_into_sight(self, cell: QRect) -> None:
        middle = cell.center()
        self.area.ensureVisible(middle.x(), middle.y(), 0, cell.height() // 2 + px(HEAD))
