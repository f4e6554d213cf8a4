"""Letters of one kind to many: of events, of bookings or of places, all seen before they go."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from lle_desk.core.errors import OfficerError
from lle_desk.courses.actions.telling import TickBookings, tick_bookings
from lle_desk.courses.exports.mailing import LetterRun
from lle_desk.courses.queries.addressing import (
    LETTERS,
    Addressee,
    LetterEvent,
    LetterLine,
    Whom,
    letter_lines,
)
from lle_desk.courses.rules import counted
from lle_desk.courses.ui.letters_table import (
    COLUMNS,
    SHOWN,
    LetterRow,
    heading_of,
    is_shown,
    row_key,
    rows_of,
    summary,
)
from lle_desk.courses.ui.post import Post
from lle_desk.letters.rules import KIND_WORDS, LetterKind
from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import Button, Segments
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.leaving import LeavesOnEsc
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.ui.work_strip import WorkStrip

ROW = 40
TABLES = frozenset({"message", "place", "course_booking", "event", "person"})
BUSY = "Letters are being written. Press Stop, or wait until they are done."


class LettersPage(LeavesOnEsc):
    """The screen. Who got this letter before is not ticked; everybody else is.

    Signals:
        closed: the officer goes back to where they came from.
        booking_opened: int: the booking's id.
    """

    closed = Signal()
    booking_opened = Signal(int)

    def __init__(
        self,
        desk: Desk,
        whom: Whom,
        kind: LetterKind,
        today: Callable[[], date],
        *,
        ticks_off: bool = False,
    ) -> None:
        super().__init__()
        self.setAccessibleName("Letters")
        self._desk, self._whom, self._ticks_off = desk, whom, ticks_off
        self._events: tuple[LetterEvent, ...] = ()
        self._ticks: dict[tuple[int, int], bool] = {}  # what the officer chose, or was done
        self.post = Post(desk, self, today)
        self.post.begun.connect(self._begun)
        self.post.ended.connect(self._ended)
        self.post.gone.connect(self._gone)
        self.post.refused.connect(self._refused)
        self.kinds = Segments(
            [(str(one), KIND_WORDS[one]) for one in LETTERS], str(kind), accessible="Which letter"
        )
        self.kinds.chosen.connect(self._kind_chosen)
        for number, one in enumerate(LETTERS, start=1):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(partial(self.choose_kind, one))
        self.shown = Segments(SHOWN, "", accessible="Which lines")
        self.shown.chosen.connect(self._show_rows)
        self.told = label("", "body", wrap=True)
        self.model: RowTableModel[LetterRow] = RowTableModel(
            COLUMNS, row_key, parent=self, heading=heading_of
        )
        self.table = Table(self.model, row_height=ROW, name="To whom")
        self.table.let_choose_several()
        self.table.row_checked.connect(self._flip)
        self.table.row_opened.connect(self._open)
        self.table.remember(desk.settings, "courses.letters")
        self.strip = WorkStrip()
        self.strip.stop_wanted.connect(self.post.stop)
        self._lay_out()
        self.setFocusProxy(self.table)
        self._fresh = Refresher(self, desk, TABLES, self._read)

    @property
    def kind(self) -> LetterKind:
        """The letter that is chosen."""
        return LetterKind(self.kinds.choice)

    @property
    def chosen(self) -> tuple[Addressee, ...]:
        """Those who are ticked, in the order they are shown in."""
        lines = (line for event in self._events for line in event.lines)
        return tuple(line.whom for line in lines if line.whom is not None and self._is_on(line))

    def choose_kind(self, kind: LetterKind) -> None:
        """Look at another letter."""
        if kind != self.kind and not self.post.is_busy:
            self.kinds.choose(str(kind))
            self._kind_chosen(str(kind))

    # Making

    def _lay_out(self) -> None:
        bar = Bar()
        bar.add(Button("Back", "arrow-left", kind="quiet", on_click=self.leave))
        bar.words("Letters", "heading")
        bar.add(self.kinds)
        bar.stretch()
        self._add_buttons(bar)
        line = QFrame()
        line.setProperty("ground", "window")
        line.setProperty("line", "below")
        parts = QHBoxLayout(line)
        parts.setContentsMargins(px(10), px(6), px(10), px(6))
        parts.setSpacing(px(10))
        parts.addWidget(Button("Tick all or none", "check", key="Ctrl+T", on_click=self._tick_all))
        parts.addWidget(self.shown)
        parts.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (bar, line):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.strip)

    def _add_buttons(self, bar: Bar) -> None:
        draft_tip = "A file for each letter, which your mail program opens"
        self.draft_button = bar.button(
            "E-mail drafts …", "mail", key="Ctrl+D", tip_text=draft_tip, on_click=self._save_drafts
        )
        self.save_button = bar.button("PDF", "download", key="Ctrl+S", on_click=self._save_pdf)
        self.print_button = bar.button("Print", "printer", key="Ctrl+P", on_click=self._print)
        self.send_button = bar.button(
            "Send by e-mail", "send", key="Ctrl+Return", kind="primary", on_click=self._send
        )
        self.send_button.key = "Ctrl+Enter"  # the words on the key
        self._buttons = (self.draft_button, self.save_button, self.print_button, self.send_button)

    # Reading and showing

    def _kind_chosen(self, _kind: str) -> None:
        self._ticks.clear()
        self.told.set("Looking …")
        self._read()

    def _read(self) -> None:
        then = partial(self._show, self.kind)
        self._desk.load(self, then, letter_lines, self.kind, self._whom)

    def _show(self, kind: LetterKind, events: tuple[LetterEvent, ...]) -> None:
        if kind != self.kind:
            return
        self._events = events
        self._show_rows()
        if self.table.chosen() is None:
            self.table.choose_first()  # Space unticks

    def _show_rows(self, _shown: str = "") -> None:
        rows = rows_of(self._events, self._is_on, self.shown.choice)
        self.table.show_empty(EmptyState("Nobody is booked on it, so there is no letter."))
        self.model.show_rows(rows)
        chosen = self.chosen
        self.told.set(summary(self._events, chosen))
        reached = sum(bool(one.email) for one in chosen)
        self.send_button.set_text(f"Send {reached:,} by e-mail" if reached else "Send by e-mail")
        for button in self._buttons:
            button.setEnabled(bool(chosen) and not self.post.is_busy)

    def _is_on(self, line: LetterLine) -> bool:
        return line.whom is not None and self._ticks.get(line.key, line.before is None)

    def _flip(self, row: LetterRow) -> None:
        if row.line is not None and row.line.whom is not None and not self.post.is_busy:
            self._ticks[row.line.key] = not row.is_on
            self._show_rows()

    def _tick_all(self) -> None:
        """Tick all that are shown, or none when all are."""
        lines = [
            line
            for event in self._events
            for line in event.lines
            if line.whom is not None and is_shown(line, self.shown.choice)
        ]
        is_on = not all(self._is_on(line) for line in lines)
        self._ticks |= dict.fromkeys((line.key for line in lines), is_on)
        self._show_rows()

    def _open(self, row: LetterRow) -> None:
        if row.line is not None and not self.post.is_busy:
            self.booking_opened.emit(row.line.booking_id)

    # What the buttons do

    def _print(self) -> None:
        self.post.print(self.chosen)

    def _save_pdf(self) -> None:
        self.post.save(self.chosen)

    def _save_drafts(self) -> None:
        self.post.save_drafts(self.chosen)

    def _send(self) -> None:
        self.post.send(self.chosen)

    def _begun(self, run: LetterRun) -> None:
        for button in (*self._buttons, self.kinds):
            button.setEnabled(False)
        self.strip.begin(f"Writing {counted(len(run.whom), 'letter')}", run.share)

    def _ended(self) -> None:
        self.strip.end()
        self.kinds.setEnabled(True)
        self._show_rows()

    def _gone(self, whom: Sequence[Addressee]) -> None:
        """Untick who has the letter now, and tick them off whom to tell."""
        self._ticks |= dict.fromkeys((one.key for one in whom), False)
        have = {one.key for one in whom}
        lines = [line for event in self._events for line in event.lines if line.key in have]
        self._show_rows()
        self._read()
        if self._ticks_off:
            events = tuple(sorted({line.event_id for line in lines}))
            bookings = tuple(sorted({line.booking_id for line in lines}))
            self._desk.act(self, self._ticked, tick_bookings, TickBookings(events, bookings))

    def _ticked(self, count: int) -> None:
        if count:
            self._desk.say(f"{counted(count, 'booking')} ticked off whom to tell.")

    def _refused(self, refusal: OfficerError) -> None:
        self.told.set(str(refusal), "refusal")

    def leave(self) -> None:
        if self.post.is_busy and not self.post.is_stopped:
            self._desk.refused.emit(BUSY)
            return
        self.closed.emit()
