"""A calendar under a field or button, with a line to type a day into."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget

from lle_desk.qt.icons import icon
from lle_desk.qt.theme import colour, px
from lle_desk.qt.typed import parse_date
from lle_desk.qt.words import name


class CalendarPopup(QFrame):
    """A calendar with a line to type a day into. Enter takes it, Esc leaves.

    Signals:
        chosen: object: the date.
    """

    chosen = Signal(object)

    def __init__(self, day: date, today: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "surface")
        self.setProperty("line", "box")
        self._today = today
        self._line = QLineEdit(placeholderText="4/3/14, 4 mar, tue, +7")
        name(self._line, "Type a day")
        self._line.returnPressed.connect(self._typed)
        self._line.textEdited.connect(self._on_edited)
        self._calendar = _calendar()
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.clicked.connect(self._take)
        self._calendar.activated.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(6), px(6), px(6), px(6))
        layout.addWidget(self._line)
        layout.addWidget(self._calendar)

    def open_below(self, widget: QWidget) -> None:
        """Open under `widget` with the typing line ready."""
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 2)))
        self.show()
        self._line.setFocus()

    def _on_edited(self, text: str) -> None:
        day = parse_date(text, self._today)
        if day is not None:
            self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))

    def _typed(self) -> None:
        if parse_date(self._line.text(), self._today) is not None or not self._line.text():
            self._take(self._calendar.selectedDate())

    def _take(self, picked: QDate) -> None:
        self.chosen.emit(date(picked.year(), picked.month(), picked.day()))
        self.close()


def _calendar() -> QCalendarWidget:
    """Return Qt's calendar in the program's dress: Monday first, weekends quiet."""
    made = QCalendarWidget()
    made.setGridVisible(False)
    made.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    quiet = QTextCharFormat()
    quiet.setForeground(colour("quiet"))
    made.setHeaderTextFormat(quiet)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        made.setWeekdayTextFormat(day, quiet)
    for part, picture in (("prevmonth", "chevron-left"), ("nextmonth", "chevron-right")):
        button = made.findChild(QToolButton, f"qt_calendar_{part}")
        if button is not None:
            button.setIcon(icon(picture))
    return made
