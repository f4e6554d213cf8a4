"""The bar of a tab: days, views, filters, and its buttons with their keys."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLineEdit, QWidget

from lle_desk.core.days import EN_DASH, LONG_MONTHS, day_words, short_day
from lle_desk.qt.buttons import Button, FilterChip, Segments
from lle_desk.qt.calendar_popup import CalendarPopup
from lle_desk.qt.icons import icon, leading_icon
from lle_desk.qt.theme import px, theme
from lle_desk.qt.words import label, name, tip

HEIGHT = 44
SIDE = 10
GAP = 8
MONTHS_OF = {"month": 1, "term": 4, "year": 12}
TERMS = {9: "Autumn", 1: "Spring", 5: "Summer"}  # by the month in which each third begins


class Bar(QFrame):
    """One row of controls, 44 pixels high, above the work of a tab.

    When it gets narrow the buttons leave out their keys, then their words (the tooltip has
    them), then the chips theirs, which are a legend too; at last the row goes on in a second one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.setProperty("line", "below")
        self._items: list[QWidget | None] = []  # None: a stretch
        self._wide_before: set[QWidget] = set()  # a little room stands before these
        self._gap_next = False
        self.setFixedHeight(px(HEIGHT))
        theme().changed.connect(self._place)

    def add(self, widget: QWidget) -> None:
        """Put `widget` at the right end of what is there."""
        widget.setParent(self)
        self._items.append(widget)
        if self._gap_next:
            self._wide_before.add(widget)
            self._gap_next = False
        widget.show()
        self._place()

    def gap(self) -> None:
        """Leave a little room between two groups."""
        self._gap_next = True

    def stretch(self) -> None:
        """Push what is added after this to the right edge."""
        self._items.append(None)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(320), px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def _place(self) -> None:
        """Give every control its place, as large as there is room for."""
        shown = [one for one in self._items if one is None or not one.isHidden()]
        room = self.width() - 2 * px(SIDE)
        for of_buttons, of_chips in ((0, 0), (1, 0), (2, 0), (2, 2)):
            for widget in shown:
                if isinstance(widget, Button):
                    is_chip = isinstance(widget, FilterChip)
                    widget.set_compact(of_chips if is_chip else of_buttons)
            if self._length(shown) <= room:
                break
        lines = self._lines(shown, room)
        self.setFixedHeight(px(HEIGHT) * max(1, len(lines)))
        for at, line in enumerate(lines):
            self._place_line(line, px(HEIGHT) * at, room)

    def _length(self, shown: Sequence[QWidget | None]) -> int:
        return sum(self._step(widget) for widget in shown if widget is not None) - px(GAP)

    def _step(self, widget: QWidget) -> int:
        """Return how much room a control takes with the gaps round it."""
        return _size(widget).width() + px(GAP) + (px(GAP) if widget in self._wide_before else 0)

    def _lines(self, shown: Sequence[QWidget | None], room: int) -> list[list[QWidget | None]]:
        lines: list[list[QWidget | None]] = [[]]
        for widget in shown:
            over = widget is not None and self._length([*lines[-1], widget]) > room
            if over and any(lines[-1]):
                lines.append([])
            lines[-1].append(widget)
        return lines

    def _place_line(self, line: Sequence[QWidget | None], top: int, room: int) -> None:
        spare = max(0, room - self._length(line))
        left = px(SIDE)
        for widget in line:
            if widget is None:
                left, spare = left + spare, 0
                continue
            size = _size(widget)
            left += px(GAP) if widget in self._wide_before else 0
            middle = top + (px(HEIGHT) - 1 - size.height()) // 2
            widget.setGeometry(left, middle, size.width(), size.height())
            left += size.width() + px(GAP)

    def words(self, text: str, role: str = "quiet") -> QWidget:
        """Add words and return their label."""
        made = label(text, role)
        self.add(made)
        return made

    def button(
        self,
        text: str,
        icon_name: str = "",
        *,
        key: str = "",
        kind: str = "plain",
        tip_text: str = "",
        on_click: Callable[[], object] | None = None,
    ) -> Button:
        """Add a button and return it."""
        made = Button(text, icon_name, key=key, kind=kind, tip_text=tip_text, on_click=on_click)
        self.add(made)
        return made

    def chip(
        self,
        text: str,
        count: int | None = None,
        *,
        key: str = "",
        on: bool = False,
        category: str = "",
        on_toggle: Callable[[bool], object] | None = None,
    ) -> FilterChip:
        """Add a filter chip and return it."""
        made = FilterChip(text, count, key=key, on=on, category=category)
        if on_toggle is not None:
            made.toggled.connect(on_toggle)
        self.add(made)
        return made

    def segments(
        self,
        choices: Sequence[tuple[str, str]],
        choice: str = "",
        *,
        accessible: str = "View",
        on_chosen: Callable[[str], object] | None = None,
    ) -> Segments:
        """Add segmented views and return them."""
        made = Segments(choices, choice, accessible=accessible)
        if on_chosen is not None:
            made.chosen.connect(on_chosen)
        self.add(made)
        return made

    def dates(self, day: date, step: str = "day") -> "DateStepper":
        """Add a date stepper and return it."""
        made = DateStepper(day, step)
        self.add(made)
        return made

    def search(self, hint: str, key: str = "Ctrl+F") -> QLineEdit:
        """Add a field that narrows the list below, and return it."""
        made = SearchLine(hint, key)
        self.add(made)
        return made


class SearchLine(QLineEdit):
    """A line that narrows the list below it. Esc empties it, Enter and Down go to the list."""

    def __init__(self, hint: str, key: str = "Ctrl+F") -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        name(self, hint)
        tip(self, f"{hint} ({key})")
        self._glass = leading_icon(self, "search")
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.activated.connect(self._start)
        theme().changed.connect(self._set_look)
        self._set_look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in _TO_LIST and not event.modifiers() & _HELD:
            self._go_to_list()
        else:
            super().keyPressEvent(event)

    def _go_to_list(self) -> None:
        one: QWidget | None = self.nextInFocusChain()
        while one is not None and one is not self:
            is_list = isinstance(one, QAbstractItemView) and one.isVisible()
            if is_list and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                one.setFocus(Qt.FocusReason.TabFocusReason)
                return
            one = one.nextInFocusChain()

    def _start(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _set_look(self) -> None:
        self._glass.setIcon(icon("search", "quiet"))
        self.setFixedWidth(px(220))


_TO_LIST = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def _size(widget: QWidget) -> QSize:
    """Return the size a control wants, within what it was told to keep to."""
    wanted = widget.sizeHint().expandedTo(widget.minimumSizeHint())
    return wanted.expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())


class DateStepper(QWidget):
    """A day, or the days of a week or month round it, with steps back and on.

    Alt+Left and Alt+Right step, T goes to today, the words open a calendar that also takes
    typing ("4/3/14", "tue", "+7").

    Signals:
        changed: another day was chosen. object: the date.
    """

    changed = Signal(object)

    def __init__(
        self, day: date, step: str = "day", *, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__()
        self._day = day
        self._step = step
        self._today = today
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        back = Button("Earlier", "chevron-left", key="Alt+Left", kind="icon", on_click=self._back)
        on = Button("Later", "chevron-right", key="Alt+Right", kind="icon", on_click=self._on)
        self._words = Button("", "calendar", tip_text="Choose or type a day")
        self._words.clicked.connect(self._open_calendar)
        self._now = Button("Today", key="T", on_click=self._go_to_today)
        for widget in (back, self._words, on, self._now):
            layout.addWidget(widget)
        self._say()

    @property
    def day(self) -> date:
        """The chosen day."""
        return self._day

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day shown, both included."""
        return span_of(self._day, self._step)

    def set_day(self, day: date) -> None:
        """Go to another day; says `changed` when it is another."""
        if day != self._day:
            self._day = day
            self._say()
            self.changed.emit(day)

    def set_step(self, step: str) -> None:
        """Show a day, days5, week, fortnight, month, term or year from now on."""
        self._step = step
        self._say()

    def _say(self) -> None:
        words = span_words_of(self._day, self._step)
        self._words.set_text(words)
        self._words.setAccessibleName(f"Shown: {words}")

    def _back(self) -> None:
        self.set_day(stepped(self._day, self._step, -1))

    def _on(self) -> None:
        self.set_day(stepped(self._day, self._step, 1))

    def _go_to_today(self) -> None:
        self.set_day(self._today())

    def _open_calendar(self) -> None:
        popup = CalendarPopup(self._day, self._today(), self)
        popup.chosen.connect(self.set_day)
        popup.open_below(self._words)


def span_of(day: date, step: str) -> tuple[date, date]:
    """Return the first and last day, both included, that a view of that kind shows."""
    monday = day - timedelta(days=day.weekday())
    if step == "month":
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if step == "term":
        first = date(day.year, max(month for month in TERMS if month <= day.month), 1)
        return first, (first + timedelta(days=125)).replace(day=1) - timedelta(days=1)
    if step == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    lengths = {"days5": 5, "week": 7, "fortnight": 14, "weeks4": 28}
    if step in lengths:
        return monday, monday + timedelta(days=lengths[step] - 1)
    return day, day


def stepped(day: date, step: str, by: int) -> date:
    """Return the day one view later or earlier; a month keeps its day where it can."""
    if step in MONTHS_OF:
        months = day.year * 12 + day.month - 1 + by * MONTHS_OF[step]
        first = date(months // 12, months % 12 + 1, 1)
        last = span_of(first, "month")[1]
        return first.replace(day=min(day.day, last.day))
    lengths = {"days5": 7, "week": 7, "fortnight": 14, "weeks4": 28}
    return day + timedelta(days=by * lengths.get(step, 1))


def span_words_of(day: date, step: str) -> str:
    """Return the words of the bar: "Tue 4 Mar 2014", "Mon 3 - Fri 7 Mar 2014", "March 2014"."""
    first, last = span_of(day, step)
    if first == last:
        return day_words(day)
    if step == "month":
        return f"{LONG_MONTHS[day.month - 1]} {day.year}"
    if step == "term":
        return f"{TERMS[first.month]} {day.year}"
    if step == "year":
        return str(day.year)
    start = short_day(first) if first.month != last.month else short_day(first).rsplit(" ", 1)[0]
    return f"{start} {EN_DASH} {day_words(last)}"
