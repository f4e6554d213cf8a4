"""The programme: the events of four weeks at the left, the one chosen at the right."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.courses.queries import (
    EventCounts,
    EventFilter,
    EventRow,
    day_of_event,
    event_counts,
    event_list,
    nearest_day,
    services,
)
from lle_desk.courses.queries.calendar import DayEntry, session_days
from lle_desk.courses.ui.calendar_view import CalendarView
from lle_desk.courses.ui.event_list import EventList, Legend
from lle_desk.courses.ui.programme_filters import STEPS, ProgrammeFilters
from lle_desk.courses.ui.side import CoursesSide
from lle_desk.qt.bar import Bar, DateStepper
from lle_desk.qt.buttons import Button, MenuButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.stale import Refresher
from lle_desk.qt.tab import Tab

TABLES = {
    "booking_term",
    "charge",
    "course",
    "course_booking",
    "event",
    "event_cost",
    "event_session",
    "place",
    "price",
    "room_use",
}
PAUSE_MS = 150


class Programme(Tab):
    """The list of events, its filters, and the inspector.

    Signals:
        booking_wanted: take a booking. int: the event's id, 0 when none is chosen.
        customer_opened: int: the customer's id.
        letter_printed: int: the booking's id.
        letter_saved: int: the booking's id.
        roll_wanted: roll the year forward.
        risk_wanted: show the events at risk.
        letters_wanted: letters to the people of these events. object: their ids (ints).
        judged_wanted: show how courses and trainers were judged.
        delegates_wanted: show all delegates of all events.
    """

    booking_wanted = Signal(int)
    customer_opened = Signal(int)
    letter_printed = Signal(int)
    letter_saved = Signal(int)
    roll_wanted = Signal()
    risk_wanted = Signal()
    judged_wanted = Signal()
    delegates_wanted = Signal()
    letters_wanted = Signal(object)

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk = desk
        self._today = today
        self._to_choose = 0
        self._empty_said = ""
        self._is_first_look = True
        self._is_narrowed = False  # by what was typed since the rows were shown
        self._is_new_span = True  # the calendar shows other days than before
        self._chosen_by_itself = 0  # the event the list began with; nobody chose it
        self.events = EventList(desk.settings)
        self.legend = Legend()
        self.side = CoursesSide(desk, today)
        self.calendar = CalendarView()
        self.filters = ProgrammeFilters(desk.settings)
        self.bar = self._make_bar()
        work, side = self._work(), self.side
        self.lay_out(self.bar, work, side, inspector_width=400, grows=True, foot=self.legend)
        self.remember_split(desk.settings, "courses")
        self._show_view(self.filters.view)
        self._say_empty()
        self._connect()
        self._refresher = Refresher(self, desk, TABLES, self.reload)

    def _connect(self) -> None:
        """Let the parts speak to one another."""
        QShortcut(QKeySequence("Ctrl+Shift+L"), self).activated.connect(self._next_view)
        self.events.event_chosen.connect(self._on_chosen)
        self.events.event_opened.connect(self._on_opened)
        self.calendar.grid.event_chosen.connect(self._on_chosen)
        self.calendar.grid.event_opened.connect(self._on_opened)
        self.filters.changed.connect(self._on_filtered)
        self.filters.view_chosen.connect(self._on_view)
        self._desk.load(self, self.filters.show_services, services)
        self.side.event_shown.connect(self.show_event)
        self.side.booking_wanted.connect(self.booking_wanted)
        self.side.customer_opened.connect(self.customer_opened)
        self.side.letter_printed.connect(self.letter_printed)
        self.side.letter_saved.connect(self.letter_saved)
        self.side.closed.connect(self._on_closed)

    def reload(self) -> None:
        """Read the list and what stands in the inspector again."""
        ask = self.filter()
        self._desk.load(self, self._show_rows, event_list, ask)
        self._desk.load(self, self._show_counts, event_counts, ask)
        if self.is_calendar:
            self._desk.load(self, self._show_days, session_days, ask)
        self.side.reload()

    def filter(self) -> EventFilter:
        """Return which events the bar asks for."""
        first, last = self.dates.span
        return EventFilter(
            first=first,
            last=last,
            officer=self._desk.by.officer if self.mine.is_on() else "",
            no_room=self.no_room.is_on(),
            below_minimum=self.below_minimum.is_on(),
            words=self.search.text().strip(),
            service_id=self.filters.service_id,
            state=self.filters.state_kept,
            venue=self.filters.venue_kept,
        )

    @property
    def is_calendar(self) -> bool:
        """Whether the calendar is shown in place of the list."""
        return self.filters.view != "list"

    def focus_work(self) -> None:
        """Give the keys to the list, or to the calendar."""
        work = self.calendar.grid if self.is_calendar else self.events.table
        work.setFocus()

    def show_event(self, event_id: int) -> None:
        """Turn to the weeks of an event, choose it and show it; the keys are the list's again."""
        self.focus_work()
        self._to_choose = event_id
        self._chosen_by_itself = 0
        self.side.show_event(event_id)
        self._desk.load(self, self._go_to, day_of_event, event_id)

    def show_day(self, day: date) -> None:
        """Show the four weeks from a day on."""
        self.dates.set_day(day)

    @property
    def chosen_event(self) -> int:
        """The event a booking would be for: the one the officer chose, else 0."""
        shown = self.side.shown_event
        event_id = shown.row.id if shown is not None else self.events.chosen_id
        return event_id if event_id != self._chosen_by_itself else 0

    def _make_bar(self) -> Bar:
        bar = Bar()
        settings = self._desk.settings
        self.dates: DateStepper = bar.dates(self._today(), "weeks4")
        self.dates.changed.connect(self._on_filtered)
        self.mine = bar.chip("My services", on=settings.flag("courses/mine"))
        self.no_room = bar.chip("No room", on=settings.flag("courses/no_room"))
        self.below_minimum = bar.chip("Below minimum", on=settings.flag("courses/below_minimum"))
        for chip in (self.mine, self.no_room, self.below_minimum):
            chip.toggled.connect(self._on_filtered)
        self.search = bar.search("Title or code")
        self.search.setMinimumWidth(0)
        self.search.setFixedWidth(self.search.sizeHint().width())
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.reload)
        self.search.textChanged.connect(self._pause.start)
        self.search.textEdited.connect(self._on_narrowed)
        self._pause.timeout.connect(self._say_empty)
        bar.stretch()
        bar.button(
            "Letters to the events chosen",
            "mail",
            key="Ctrl+L",
            kind="icon",
            on_click=self._want_letters,
        )
        bar.button(
            "All delegates",
            "users",
            key="Ctrl+Shift+A",
            kind="icon",
            on_click=self.delegates_wanted.emit,
        )
        bar.button(
            "Events at risk",
            "alert-triangle",
            key="Ctrl+Shift+D",
            kind="icon",
            on_click=self.risk_wanted.emit,
        )
        bar.add(self._make_more())
        bar.button("New event", "plus", key="Ctrl+Shift+N", on_click=self._new_event)
        bar.button(
            "Take a booking", "phone", key="Ctrl+N", kind="primary", on_click=self._want_booking
        )
        return bar

    def _make_more(self) -> MenuButton:
        """Return the menu of what is wanted some times a year; its keys work without it."""
        entries: list[tuple[str, str, str, Callable[[], object]]] = [
            ("New course", "presentation", "Ctrl+Shift+C", self._new_course),
            ("Roll the year forward", "calendar-plus", "Ctrl+Shift+R", self.roll_wanted.emit),
            (
                "Evaluation of courses and trainers",
                "star",
                "Ctrl+Shift+V",
                self.judged_wanted.emit,
            ),
        ]
        for _words, _icon, key, act in entries:
            QShortcut(QKeySequence(key), self).activated.connect(act)
        said = [(f"{words}\t{key}", icon, act) for words, icon, key, act in entries]
        return MenuButton("More", "dots", said, kind="icon")

    def _say_empty(self) -> None:
        chips = (self.mine, self.no_room, self.below_minimum)
        is_narrowed = bool(self.search.text().strip()) or any(chip.is_on() for chip in chips)
        if is_narrowed or self.filters.is_narrowed:
            sentence = "No event of these weeks fits the filters above."
            button = Button("Show all events", "filter", on_click=self._show_all)
        else:
            sentence = "No event begins in these four weeks. Ctrl+Shift+N makes one."
            button = Button("Go to the next event", "arrow-right", on_click=self._find_next)
        if sentence != self._empty_said:
            self._empty_said = sentence
            self.events.show_empty(EmptyState(sentence, button, "calendar"))

    def _show_rows(self, rows: Sequence[EventRow]) -> None:
        self.events.show_events(rows, self._today())
        self.legend.show_count(len(rows))
        if self._to_choose and self.events.choose(self._to_choose):
            self._to_choose = 0
        is_gone = self._is_narrowed and not self.events.chosen_id
        if rows and (self._is_first_look or is_gone):
            self._choose_next(rows)
        self._is_first_look = self._is_first_look and not rows
        self._is_narrowed = False

    def _choose_next(self, rows: Sequence[EventRow]) -> None:
        """Choose the next event from today on, so that the inspector is of use at once.

        The keys never work on an event that what was typed took out of the list.
        """
        coming = (row for row in rows if row.shown and row.shown.starts_at.date() >= self._today())
        row = next(coming, rows[0] if self._is_narrowed else None)
        is_free = not self.side.is_taken or self.side.shown_event is not None
        if row is not None and is_free:
            self._chosen_by_itself = row.id
            self.events.choose(row.id)

    def _on_narrowed(self) -> None:
        self._is_narrowed = True

    def _show_counts(self, counts: EventCounts) -> None:
        self.no_room.set_count(counts.no_room)
        self.below_minimum.set_count(counts.below_minimum)

    def _go_to(self, day: date | None) -> None:
        if day is None or self.dates.span[0] <= day <= self.dates.span[1]:
            self.reload()
        else:
            self.dates.set_day(day)

    def _work(self) -> QWidget:
        """Return the filters with list and calendar below them."""
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.events, 1)
        column.addWidget(self.calendar, 1)
        return work

    def _show_view(self, view: str) -> None:
        self.dates.set_step(STEPS[view])
        self.events.setVisible(not self.is_calendar)
        self.calendar.setVisible(self.is_calendar)
        self.setFocusProxy(self.calendar.grid if self.is_calendar else self.events.table)

    def _on_view(self, view: str) -> None:
        self._is_new_span = True
        self._show_view(view)
        self.focus_work()
        self.reload()

    def _next_view(self) -> None:
        keys = list(STEPS)
        view = keys[(keys.index(self.filters.view) + 1) % len(keys)]
        self.filters.choose_view(view)

    def _show_days(self, entries: Sequence[DayEntry]) -> None:
        if self.is_calendar:
            grid = self.calendar.grid
            grid.show_days(self.filters.view, self.dates.span, entries, self._today())
            if self._to_choose and grid.choose(self._to_choose):
                self._to_choose = 0
            if self._is_new_span:
                self._is_new_span = False
                self.calendar.show_chosen()

    def _show_all(self) -> None:
        """Take every filter off; the list has the keys again, its button is gone."""
        self.focus_work()
        self.search.clear()
        for chip in (self.mine, self.no_room, self.below_minimum):
            chip.setChecked(False)
        self.filters.show_all()

    def _find_next(self) -> None:
        self.focus_work()
        self._desk.load(self, self._go_to, nearest_day, self.dates.span[1])

    def _on_filtered(self, _what: object = None) -> None:
        settings = self._desk.settings
        settings.set_flag("courses/mine", self.mine.is_on())
        settings.set_flag("courses/no_room", self.no_room.is_on())
        settings.set_flag("courses/below_minimum", self.below_minimum.is_on())
        self._say_empty()
        self.reload()

    def _on_chosen(self, event_id: int) -> None:
        if event_id != self._chosen_by_itself:
            self._chosen_by_itself = 0
        shown = self.side.shown_event
        if event_id and (shown is None or shown.row.id != event_id) and not self._to_choose:
            self.side.show_event(event_id)

    def _on_opened(self, event_id: int) -> None:
        self._chosen_by_itself = 0
        self.side.show_event(event_id)
        self.switch_side()

    def _on_closed(self, within: bool) -> None:
        """Go back to the list; whoever leaves a form sees the chosen event again."""
        self.focus_work()
        in_days = self.calendar.grid.chosen
        chosen = self.events.chosen_id
        if self.is_calendar:
            chosen = in_days.event_id if in_days is not None else 0
        if within and chosen:
            self.side.show_event(chosen)

    def _new_event(self) -> None:
        self.side.new_event()

    def _new_course(self) -> None:
        self.side.new_course()

    def _want_letters(self) -> None:
        """Ask for letters to all events chosen in the list, or to the one of the calendar."""
        in_days = self.calendar.grid.chosen
        chosen = self.events.chosen_ids
        if self.is_calendar:
            chosen = (in_days.event_id,) if in_days is not None else ()
        if chosen:
            self.letters_wanted.emit(chosen)
        else:
            self._desk.refused.emit("Choose the events first; Shift and Ctrl choose several.")

    def _want_booking(self) -> None:
        self.booking_wanted.emit(self.chosen_event)
