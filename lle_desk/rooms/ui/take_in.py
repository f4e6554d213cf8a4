"""A spreadsheet of bookings taken in: choose it, match its columns, look, and only then book."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from lle_desk.core.errors import OfficerError
from lle_desk.core.imports import Progress
from lle_desk.core.matching import Headings, find_headings, headings_at
from lle_desk.core.records import new_uuid
from lle_desk.core.remembered import RememberMatch
from lle_desk.core.sheets import Book, Sheet, read_book
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.imports.booking_lines import BookingLine, BookingsFile
from lle_desk.rooms.imports.outcome import BookingsOutcome
from lle_desk.rooms.imports.save_bookings import line_uuid, preview_room_bookings, use_of_line
from lle_desk.rooms.imports.sheet_fields import FIELDS, KIND, missing_words
from lle_desk.rooms.imports.sheet_lines import (
    BookingSheet,
    OpenWord,
    open_words,
    read_booking_sheet,
)
from lle_desk.rooms.imports.taking_in import (
    MatchFacts,
    TakeInBookings,
    first_match,
    likeliest_sheet,
    match_facts,
    take_in_bookings,
)
from lle_desk.rooms.ui.pages import RoomsPage
from lle_desk.rooms.ui.take_in_match import MatchPane
from lle_desk.rooms.ui.take_in_result import ResultPane
from lle_desk.rooms.ui.work_strip import WorkStrip

ABOUT = (
    "Bookings kept in a spreadsheet (.xlsx or .csv) are taken in here, in any order of columns."
    " You see what would be booked before anything is. Choose a file, or drop it here."
)
REMEMBERED = "These headings were matched before; it is remembered. Look whether it still is right."
GUESSED = "Matched by the names of the columns and what stands in them. Look whether it is right."


class TakeInPage(RoomsPage):
    """One file from choosing it to its bookings in the diary."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._site_id = 0
        self._progress = Progress()
        self._book: Book | None = None
        self._at = 0
        self._headings = Headings(0, 1, ())
        self._facts = MatchFacts(None, ())
        self._file: BookingsFile | None = None
        self._is_looking = False
        self.setAcceptDrops(True)
        self.match = MatchPane()
        self.result = ResultPane()
        self.strip = WorkStrip()
        self.refusal = label("", "refusal", wrap=True)
        self.refusal.hide()
        self._lay_out()
        self._connect()

    def open_at(self, site_id: int, day: date) -> None:
        """Show the file that is under way, else the choice of one."""
        self._site_id = site_id
        (self._opener if self._book is None else self.match).setFocus()

    def choose(self) -> None:
        """Ask for a file."""
        found, _kind = QFileDialog.getOpenFileName(
            self, "Take in a spreadsheet", "", "Spreadsheets (*.xlsx *.xlsm *.csv *.txt)"
        )
        if found:
            self.take(Path(found))

    def take(self, path: Path) -> None:
        """Read a file in the background and show its columns."""
        if self.strip.is_running:
            return
        self._begin(f"Reading {path.name}")
        self.desk.work(
            self, self._book_read, _opened, path, self._progress, on_refused=self._refused
        )

    # Choosing

    def _book_read(self, read: tuple[Book, int]) -> None:
        self.strip.end()
        self._book, self._at = read
        self._show_headings(find_headings(self._sheet, FIELDS))

    def _sheet_chosen(self, at: int) -> None:
        self._at = at
        self._show_headings(find_headings(self._sheet, FIELDS))

    def _line_chosen(self, at: int) -> None:
        self._show_headings(headings_at(self._sheet, at))

    def _show_headings(self, headings: Headings) -> None:
        self._headings = headings
        self.desk.load(self, self._facts_read, match_facts, headings)

    def _facts_read(self, facts: MatchFacts) -> None:
        if self._book is None:
            return
        self._facts = facts
        told = REMEMBERED if facts.remembered else GUESSED
        match = facts.remembered or first_match(self._sheet, self._headings)
        note = f"{told} {len(self._asked.rows):,} lines below the headings."
        self.match.show_file(self._book, self._at, self._headings, match, note)
        self._title.set(self._book.name)
        self._other.show()
        self._stack.setCurrentWidget(self.match)
        self.refusal.hide()
        self.match.focus_first()
        self._find_words()

    @property
    def _sheet(self) -> Sheet:
        if self._book is None:
            raise LookupError("no file is chosen")
        return self._book.sheets[self._at]

    @property
    def _asked(self) -> BookingSheet:
        return BookingSheet(
            self._sheet, self._headings, self.match.match, self._facts.choices, self._site_id
        )

    def _find_words(self) -> None:
        self.desk.work(self, self._words_found, open_words, self._asked)

    def _words_found(self, found: Sequence[OpenWord]) -> None:
        self.match.show_words(found, self._facts.choices)

    # Looking

    def _look(self) -> None:
        if self.strip.is_running or missing_words(self.match.match):
            return
        self._begin("Looking what would happen")
        self.desk.work(
            self,
            self._lines_read,
            read_booking_sheet,
            self._asked,
            self._progress,
            on_refused=self._refused,
        )

    def _lines_read(self, file: BookingsFile) -> None:
        self._file = file
        self._is_looking = True
        self.desk.load(self, self._previewed, preview_room_bookings, file)

    def _previewed(self, outcome: BookingsOutcome) -> None:
        self._is_looking = False
        self.strip.end()
        self._show_outcome(outcome, is_done=False)

    def _show_outcome(self, outcome: BookingsOutcome, is_done: bool) -> None:
        if self._file is None or self._book is None:
            return
        rows = {row.number: row for row in self._sheet.rows}
        self.result.show_outcome(self._file, outcome, rows, is_done)
        self._stack.setCurrentWidget(self.result)
        self.result.focus_list()

    # Taking in

    def _take_in(self) -> None:
        if self._file is None or self.strip.is_running:
            return
        self._begin("Taking in")
        remember = RememberMatch(new_uuid(), KIND, self._headings, self.match.match)
        self.desk.act(
            self,
            self._taken_in,
            take_in_bookings,
            TakeInBookings(self._file, remember),
            self._progress,
            on_refused=self._not_taken_in,
        )

    def _taken_in(self, outcome: BookingsOutcome) -> None:
        self.strip.end()
        self._show_outcome(outcome, is_done=True)
        count = outcome.summary.new
        self.desk.say(f"Took in {count:,} booking{'' if count == 1 else 's'}.")

    def _not_taken_in(self, error: OfficerError) -> None:
        self.strip.end()
        self.result.show_refusal(str(error))

    def _line_opened(self, line: BookingLine) -> None:
        """Show a booking of the file on the plan, if it is in the diary."""
        self.desk.load(self, self._use_found, use_of_line, line_uuid(line))

    def _use_found(self, use_id: int | None) -> None:
        if use_id is not None:
            self.use_opened.emit(use_id)

    # Around

    def _begin(self, words: str) -> None:
        progress = self._progress = Progress()
        self.refusal.hide()
        self.strip.begin(words, lambda: (progress.done, progress.of))

    def _stop(self) -> None:
        self._progress.stop()

    def _look_refused(self, _sentence: str) -> None:
        if self._is_looking:  # the bar below says why
            self._is_looking = False
            self.strip.end()

    def _live_changed(self, is_live: bool, _words: str) -> None:
        if not is_live:
            self.strip.end()  # a look that the database did not answer is asked again by hand

    def _refused(self, error: OfficerError) -> None:
        self.strip.end()
        self.refusal.set(str(error))
        self.refusal.show()

    def _start_again(self) -> None:
        """Let go of the file; nothing of it is lost but the decisions not taken in."""
        if self.strip.is_running:
            return
        self._book = self._file = None
        self._title.set("Take in a spreadsheet")
        self._other.hide()
        self._stack.setCurrentWidget(self._drop)
        self._opener.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.take(path)

    def leave(self) -> None:
        """Go back a step, else leave the page."""
        if self._stack.currentWidget() is self.result and not self.result.is_done:
            self._to_columns()
        else:
            super().leave()

    def _to_columns(self) -> None:
        self._stack.setCurrentWidget(self.match)
        self.match.focus_first()

    def _lay_out(self) -> None:
        self._title = label("Take in a spreadsheet", "heading")
        self._opener = Button("Choose a file …", "file-spreadsheet", kind="primary")
        self._other = Button("Another file …", "file-spreadsheet", on_click=self._start_again)
        self._other.hide()
        head = QHBoxLayout()
        head.setContentsMargins(px(10), px(8), px(10), px(8))
        head.setSpacing(px(8))
        head.addWidget(Button("Back to the plan", "arrow-left", on_click=self.closed.emit))
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._other)
        said = QHBoxLayout()
        said.setContentsMargins(px(12), 0, px(12), 0)
        said.addWidget(self.refusal)
        self._drop = EmptyState(ABOUT, self._opener, "file-spreadsheet")
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        for pane in (self._drop, self.match, self.result):
            self._stack.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(said)
        column.addWidget(holder, 1)
        column.addWidget(self.strip)

    def _connect(self) -> None:
        self._opener.clicked.connect(self.choose)
        self.strip.stop_wanted.connect(self._stop)
        self.match.sheet_chosen.connect(self._sheet_chosen)
        self.match.line_chosen.connect(self._line_chosen)
        self.match.changed.connect(self._find_words)
        self.match.look_wanted.connect(self._look)
        self.result.take_in_wanted.connect(self._take_in)
        self.result.back_wanted.connect(self._to_columns)
        self.result.line_opened.connect(self._line_opened)
        self.desk.live_changed.connect(self._live_changed)
        self.desk.refused.connect(self._look_refused)


def _opened(path: Path, progress: Progress) -> tuple[Book, int]:
    """Return a file and the place of its likeliest sheet."""
    book = read_book(path, progress)
    return book, likeliest_sheet(book)


def _dropped(event: QDropEvent) -> Path | None:
    """Return the one file that is dropped, None for anything else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())
