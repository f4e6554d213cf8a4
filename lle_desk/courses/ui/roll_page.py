"""The year rolled forward: choose, look at what clashes line by line, and only then make it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.core.days import day_words, london_today
from lle_desk.core.errors import OfficerError
from lle_desk.core.undo import Way
from lle_desk.courses.actions.rolling import Rolled, RollForward, roll_forward
from lle_desk.courses.actions.unrolling import roll_way
from lle_desk.courses.exports.roll import roll_paper
from lle_desk.courses.queries.rolling import (
    Progress,
    RollEvent,
    RollLine,
    roll_events,
    roll_look,
)
from lle_desk.courses.rules import counted
from lle_desk.courses.ui.roll_choice import STATES, RollChoice
from lle_desk.courses.ui.roll_table import (
    COLUMNS,
    LEAVE_OUT,
    RollRow,
    as_made,
    ask_of,
    choices_of,
    looked_at,
    problems_words,
    report_line,
    row_key,
)
from lle_desk.paper.lists import ListPaper, list_csv, list_pdf
from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import Button, Entry, MenuButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.form import ChoiceField
from lle_desk.qt.leaving import LeavesOnEsc
from lle_desk.qt.list_files import ListFiles
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.ui.work_strip import WorkStrip

FIRST = "Untick what is not to run again, then look what clashes: F9. Nothing is made before."
NOTHING = "No event began in that time. Choose another year or term above."


class RollPage(LeavesOnEsc):
    """The whole screen. It asks, looks in a worker, and makes one event after the other.

    Signals:
        closed: the officer goes back to the programme. object: a day that was made, or None.
        event_opened: an event is to be shown; this screen is wanted again. int: its id.
        record_asked: what another tab owns, likewise. str, int: kind and id.
    """

    closed = Signal(object)
    event_opened = Signal(int)
    record_asked = Signal(str, int)

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk = desk
        self._today = today
        self._progress = Progress()
        self._left: list[RollRow] = []  # to be made
        self._done = 0
        self._made_day: date | None = None
        self._made_all_of: list[tuple[int, RollForward]] = []  # of this run, undone together
        self._is_mending = False  # something was opened from here
        self._making = False  # one is being made right now
        self._is_leaving = False
        self.which = RollChoice(desk, today)
        self.choice: ChoiceField[int] = ChoiceField("The chosen &one", [], key="choice")
        self.choice.box.setMinimumWidth(px(260))
        self.model: RowTableModel[RollRow] = RowTableModel(COLUMNS, row_key, parent=self)
        self.table = Table(self.model, row_height=44, name="Events to roll forward")
        self._empty = EmptyState(NOTHING, icon="calendar-plus")
        self.table.show_empty(self._empty)
        self.strip = WorkStrip()
        self.told = label(FIRST, "body", wrap=True)
        self.detail = label("", "body", wrap=True)
        self._files = ListFiles(desk, self, list_csv, list_pdf)
        self._lay_out()
        self._connect()
        self._read()

    def _connect(self) -> None:
        self.table.row_checked.connect(self._tick)
        self.table.row_chosen.connect(self._show_choice)
        self.choice.changed.connect(self._choose)
        self.strip.stop_wanted.connect(self._stop)
        self.table.row_opened.connect(self._open_event)
        self.which.changed.connect(self._read)
        self.which.refused.connect(self._say_no_span)
        self.which.tick_all.clicked.connect(self._tick_all)
        self._desk.refused.connect(self._refused)
        self._desk.live_changed.connect(self._live_changed)
        self._refresher = Refresher(self, self._desk, {"event"}, self._look_what_is_made)

    @property
    def rows(self) -> Sequence[RollRow]:
        """The events as they are shown."""
        return self.model.rows

    # What to roll

    def _read(self) -> None:
        self._stop()
        self._desk.load(self, self._show_events, roll_events, self.which.question())

    def _say_no_span(self, sentence: str) -> None:
        self.told.set(sentence, "refusal")

    def _show_events(self, events: Sequence[RollEvent]) -> None:
        self.model.show_rows([RollRow(event) for event in events])
        self.told.set(FIRST if events else NOTHING)
        self.table.choose_first()
        self._say_what_follows()

    def _tick(self, row: RollRow) -> None:
        if not row.is_made and not self.strip.is_running:
            self._put(replace(row, is_ticked=not row.is_ticked))

    def _tick_all(self) -> None:
        is_on = not all(row.is_ticked or row.is_made for row in self.rows)
        self.model.show_rows([replace(row, is_ticked=is_on) for row in self.rows])
        self._say_what_follows()

    # Looking

    def look(self) -> None:
        """Work out where each ticked event would stand, and what clashes."""
        ids = frozenset(row.event.id for row in self.rows if row.is_ticked and not row.is_made)
        if self.strip.is_running or not ids:
            return
        self._progress = Progress(of=len(ids))
        self.strip.begin(f"Looking at {counted(len(ids), 'event')}", self._share)
        ask = self.which.question()
        self._desk.load(self, self._looked, roll_look, ask, ids, self._progress)

    def _share(self) -> tuple[int, int]:
        return self._progress.done, self._progress.of

    def _looked(self, lines: Sequence[RollLine]) -> None:
        self.strip.end()
        by_event = {line.event.id: line for line in lines}
        self.model.show_rows([looked_at(row, by_event.get(row.event.id)) for row in self.rows])
        clashing = sum(bool(line.problems) for line in lines)
        stopped = " The look was stopped early." if self._progress.is_stopped else ""
        self.told.set(
            f"{counted(len(lines), 'event')} looked at: {len(lines) - clashing} as they are, "
            f"{clashing} with something in the way.{stopped} Nothing is made yet."
        )
        self._show_choice(self.table.chosen())
        self._say_what_follows()
        self.table.setFocus()

    def _refused(self, sentence: str) -> None:
        """Say above the list why the look failed; the bar below says it too."""
        if self.strip.is_running and not self._left and self._progress.done < self._progress.of:
            self.strip.end()
            self.told.set(sentence, "refusal")

    def _live_changed(self, is_live: bool, words: str) -> None:
        if not is_live:
            self._refused(words)

    def _show_choice(self, row: RollRow | None) -> None:
        self.detail.set(problems_words(row) if row else "")
        self.open_button.setVisible(row is not None)
        self.choice.setVisible(row is not None and row.line is not None)  # nothing to choose before
        choices = choices_of(row) if row and not row.is_made else []
        self.choice.set_choices(choices)
        self.choice.setEnabled(bool(choices))
        if row is not None and choices:
            self.choice.set_value(row.choice)

    def _choose(self) -> None:
        row, value = self.table.chosen(), self.choice.value()
        if row is not None and value is not None and not row.is_made:
            self._put(replace(row, choice=value, is_ticked=value != LEAVE_OUT))

    # Making

    def make(self) -> None:
        """Make what is wanted, one event after the other; each is whole or not there."""
        self._left = [row for row in self.rows if row.is_wanted]
        if self.strip.is_running or not self._left:
            return
        self._done = 0
        self._made_all_of = []
        self._progress = Progress(of=len(self._left))
        self.strip.begin(f"Making {counted(len(self._left), 'event')}", self._share)
        self._next()

    def _next(self) -> None:
        self._making = bool(self._left) and not self._progress.is_stopped
        if not self._making:
            self._made_all()
            return
        row = self._left.pop(0)
        ask = ask_of(row, self.which.state.value() or STATES[0][0])
        done = partial(self._made, row, ask)
        no = partial(self._not_made, row)
        self._desk.act(self, done, roll_forward, ask, on_refused=no)

    def _made(self, row: RollRow, ask: RollForward, rolled: Rolled) -> None:
        line = row.line
        if self._made_day is None and line is not None:
            self._made_day = line.meant[0].starts_at.date()
        self._done += 1
        if rolled.is_new:
            self._made_all_of.append((rolled.event_id, ask))
        self._put(replace(row, said=f"made: {rolled.code}", is_refused=False))
        self._progress.done += 1
        self._next()

    def _not_made(self, row: RollRow, error: OfficerError) -> None:
        self._put(replace(row, said=str(error), is_refused=True))
        self._progress.done += 1
        self._next()

    def _made_all(self) -> None:
        self.strip.end()
        refused = sum(row.is_refused for row in self.rows)
        rest = f" {counted(refused, 'event')} could not be made: see its line." if refused else ""
        left = f" {len(self._left)} are left." if self._left else ""
        words = f"Made {counted(self._done, 'event')} for next year."
        self.told.set(f"{words}{rest}{left}", "body" if not refused else "warning")
        self._left = []
        self._say_what_follows()
        if self._made_all_of:
            ids = [event_id for event_id, _ask in self._made_all_of]
            asks = [ask for _event_id, ask in self._made_all_of]
            self._desk.load(self, self._keep_way, roll_way, ids, asks)
        elif self._is_leaving:
            self.closed.emit(self._made_day)

    def _keep_way(self, way: Way) -> None:
        """Let all that was made be undone at once."""
        self._desk.undos.push(way)
        self._desk.said.emit(f"{way.words}.")
        self._desk.undo_offered.emit(self._desk.undos.undo, None)
        if self._is_leaving:
            self.closed.emit(self._made_day)

    def _look_what_is_made(self) -> None:
        """Read which events were made: here, at another desk, or not any more."""
        if not self.strip.is_running and self.rows:
            self._desk.load(self, self._show_made, roll_events, self.which.question())

    def _show_made(self, events: Sequence[RollEvent]) -> None:
        if self.strip.is_running:
            return
        now = {event.id: event for event in events}
        self.model.show_rows([as_made(row, now.get(row.event.id)) for row in self.rows])
        self._show_choice(self.table.chosen())
        self._say_what_follows()

    def _stop(self) -> None:
        self._progress.is_stopped = True

    # What is in the way, opened and mended

    def _to_open(self) -> list[Entry]:
        """Return what can be opened for the chosen event: itself, then what it clashes with."""
        row = self.table.chosen()
        if row is None:
            return []
        entries: list[Entry] = [
            (f"The event {row.event.code}", "calendar-event", partial(self._open_event, row))
        ]
        for clash in row.line.to_open if row.line else ():
            icon = "door" if clash.kind == "room_use" else "user"
            entries.append((clash.opens, icon, partial(self._open, clash.kind, clash.id)))
        return entries

    def _open_event(self, row: RollRow) -> None:
        self._is_mending = True
        self.event_opened.emit(row.event.id)

    def _open(self, kind: str, record_id: int) -> None:
        self._is_mending = True
        self.record_asked.emit(kind, record_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Look again when the officer comes back from mending something."""
        super().showEvent(event)
        if self._is_mending:
            self._is_mending = False
            if any(row.line is not None for row in self.rows):
                self.look()

    # On the screen

    def _put(self, changed: RollRow) -> None:
        key = row_key(changed)
        rows = [changed if row_key(row) == key else row for row in self.rows]
        self.model.show_rows(rows)
        self._say_what_follows()

    def _say_what_follows(self) -> None:
        ticked = sum(row.is_ticked and not row.is_made for row in self.rows)
        wanted = sum(row.is_wanted for row in self.rows)
        self.look_button.set_text(f"Look what clashes ({ticked:,})")
        self.look_button.setEnabled(bool(ticked))
        self.make_button.set_text(f"Make {counted(wanted, 'event')}")
        self.make_button.setEnabled(bool(wanted))
        looked = any(row.line is not None for row in self.rows)
        for button in self.paper_buttons:
            button.setEnabled(looked)

    def _save_csv(self) -> None:
        self._files.save_csv(self._paper())

    def _save_pdf(self) -> None:
        self._files.save_pdf(self._paper())

    def _print(self) -> None:
        self._files.print(self._paper())

    def _paper(self) -> ListPaper:
        heading = f"{self.which.words()} rolled forward"
        note = f"As of {day_words(london_today())}"
        return roll_paper(heading, note, [report_line(row) for row in self.rows])

    def leave(self) -> None:
        self._stop()
        if self._left or self._making:  # what is under way is kept first, with its undo
            self._is_leaving = True
            return
        self.closed.emit(self._made_day)

    def _lay_out(self) -> None:
        bar = Bar()
        bar.add(Button("Programme", "arrow-left", kind="quiet", on_click=self.leave))
        bar.words("Roll the year forward", "heading")
        bar.stretch()
        self.paper_buttons = [
            bar.button("CSV", "download", tip_text="Save the report", on_click=self._save_csv),
            bar.button("PDF", "download", tip_text="Save the report", on_click=self._save_pdf),
            bar.button("Print", "printer", key="Ctrl+P", on_click=self._print),
        ]
        self.look_button = bar.button("Look", "search", key="F9", on_click=self.look)
        self.make_button = bar.button(
            "Make", "check", key="Ctrl+Return", kind="primary", on_click=self.make
        )
        self.make_button.key = "Ctrl+Enter"  # the words on the key
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.which)
        column.addLayout(_line(self.told))
        column.addWidget(self.table, 1)
        column.addLayout(self._foot())
        column.addWidget(self.strip)
        self.setFocusProxy(self.table)

    def _foot(self) -> QHBoxLayout:
        self.open_button = MenuButton("Open", "eye", self._to_open, key="Ctrl+O")
        foot = _line()
        foot.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.detail, 1)
        return foot


def _line(*parts: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(px(10), px(6), px(10), px(8))
    line.setSpacing(px(12))
    for part in parts:
        line.addWidget(part, 1)
    return line
