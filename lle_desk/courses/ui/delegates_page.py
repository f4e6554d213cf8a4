"""All delegates of all events and years, one line a place: found, sorted, written to and saved."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, pounds
from lle_desk.courses.exports.delegates import copied, save_delegates
from lle_desk.courses.queries import services
from lle_desk.courses.queries.delegate_columns import DelegateView, Held
from lle_desk.courses.queries.delegate_rows import DelegateRow, blank_row, delegate_rows
from lle_desk.courses.queries.delegates import DelegateList, delegate_list, school_years
from lle_desk.courses.queries.rolling import Progress
from lle_desk.courses.ui.delegates_bar import DelegatesBar
from lle_desk.courses.ui.delegates_table import COLUMNS, DAY_COLUMN, SORTS, place_key
from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import Button, MenuButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.long_model import LongModel
from lle_desk.qt.long_table import LongTable
from lle_desk.qt.stale import Refresher
from lle_desk.qt.words import label
from lle_desk.rooms.ui.work_strip import WorkStrip

TABLES = {
    "place",
    "course_booking",
    "charge",
    "customer",
    "course",
    "event",
    "event_session",
    "person",
    "room_use",
    "invoice",
}
MOST_COPIED = 5_000
MOST_LETTERS = 1_000
READING = "Reading the delegates …"
OFFLINE = "The database cannot be reached. The delegates come when it is back."
NONE_FITS = "No delegate fits the filters above. Choose other years, or empty the search with Esc."
NONE_YET = "Nobody is booked on an event of these days. Choose another year or term."


class DelegatesPage(QWidget):
    """The list in place of the programme.

    Signals:
        closed: back to the programme.
        place_opened: int, int: the event and the booking of the place.
        customer_opened: int: the customer's id.
        letters_wanted: letters to the delegates of these places. object: their ids (ints).
    """

    closed = Signal()
    place_opened = Signal(int, int)
    customer_opened = Signal(int)
    letters_wanted = Signal(object)

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk = desk
        self._held = Held()
        self._shown: DelegateView | None = None
        self._is_asking = self._ask_again = self._is_reading = False
        self._sort, self._descending = "day", True
        self._progress = Progress()
        self._empty_said = ""
        self.setAccessibleName("Delegates")
        self.filters = DelegatesBar(today())
        self.filters.changed.connect(self.look_again)
        self.strip = WorkStrip()
        self.strip.stop_wanted.connect(self._stop_saving)
        self.model: LongModel[DelegateRow] = LongModel(COLUMNS, place_key, blank_row, self)
        self.table = LongTable(self.model, name="Delegates")
        self._connect_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._make_bar(), self.filters, self.table, self.strip):
            column.addWidget(part, 1 if part is self.table else 0)
        self.setFocusProxy(self.table)
        self._show_counts()
        self._say_empty(READING)
        self._refresher = Refresher(self, desk, TABLES, self.reload)

    # Making

    def _make_bar(self) -> Bar:
        bar = Bar()
        bar.add(Button("Programme", "arrow-left", kind="quiet", on_click=self._leave))
        bar.words("Delegates", "heading")
        self.count = label("", "quiet")
        bar.add(self.count)
        bar.stretch()
        self.event_button = bar.button(
            "Only this event", "filter", key="Ctrl+E", kind="icon", on_click=self._only_event
        )
        self.customer_button = bar.button(
            "Open the school", "building", key="Ctrl+O", kind="icon", on_click=self._open_customer
        )
        self.copy_button = bar.button(
            "Copy the rows chosen, with headings", "copy", kind="icon", on_click=self.copy
        )
        entries = [
            ("As a workbook (XLSX) …", "file-spreadsheet", self._save_xlsx),
            ("As a table (CSV) …", "table", self._save_csv),
        ]
        self.save_button = MenuButton("Save list", "download", entries, key="Ctrl+S")
        bar.add(self.save_button)
        self.letters = bar.button("Letters …", "mail", key="Ctrl+L", on_click=self._want_letters)
        self.open_button = bar.button(
            "Open booking", "arrow-right", kind="primary", on_click=self._open_chosen
        )
        return bar

    def _connect_table(self) -> None:
        self.table.remember(self._desk.settings, "courses.delegates")
        self.table.horizontalHeader().setSortIndicator(DAY_COLUMN, Qt.SortOrder.DescendingOrder)
        self.model.sort_wanted.connect(self._on_sort)
        self.table.words_wanted.connect(self._read_words)
        self.table.row_opened.connect(self._open)
        self.table.typed.connect(self._type)
        self.table.copy_wanted.connect(self.copy)
        self.table.selectionModel().selectionChanged.connect(self._show_counts)

    # Reading

    def reload(self) -> None:
        """Bring all that is shown up to date."""
        self._is_asking = self._is_reading = False  # what was asked before may never be answered
        self.model.forget_words()
        self._desk.load(self, self.filters.show_services, services)
        self._desk.load(self, self.filters.show_years, school_years)
        self.look_again()

    @property
    def is_looking(self) -> bool:
        """Whether what the filters ask for is still being looked for."""
        return self._is_asking

    def look_again(self) -> None:
        """Show what the filters ask for."""
        if self._is_asking:
            self._ask_again = True
            return
        self._is_asking, self._ask_again = True, False
        asked = self.filters.ask(self._sort, self._descending)
        self._desk.load(self, self._show, delegate_list, self._held, asked)
        if not self._desk.is_live:
            self._say_empty(OFFLINE)

    def _show(self, found: DelegateList) -> None:
        self._is_asking = False
        self._held, self._shown = found.held, found.shown
        if not self._ask_again:
            self.table.show_ids(found.shown.ids)
            self._show_counts()
            narrowed = self.filters.is_narrowed
            self._say_empty(
                READING if found.to_read else NONE_FITS if narrowed else NONE_YET,
            )
            if self.table.currentIndex().row() < 0:
                self.table.choose_first()
        if self._ask_again or found.to_read:
            self.look_again()

    def _read_words(self, numbers: Sequence[int]) -> None:
        """Read the rows that are seen; one question at a time, so that none waits in line."""
        if not self._is_reading:
            self._is_reading = True
            self._desk.load(self, self._words_came, delegate_rows, tuple(numbers))

    def _words_came(self, rows: Sequence[DelegateRow]) -> None:
        self._is_reading = False
        self.model.take_rows(rows)
        self.table.refresh_words()

    def _say_empty(self, sentence: str) -> None:
        if sentence != self._empty_said:
            self._empty_said = sentence
            self.table.show_empty(EmptyState(sentence, icon="users"))

    def _show_counts(self, *_what: object) -> None:
        shown, chosen = self._shown, self.table.chosen_count()
        for button in (self.open_button, self.customer_button, self.event_button):
            button.setEnabled(chosen == 1)
        for button in (self.letters, self.copy_button):
            button.setEnabled(chosen > 0)
        self.save_button.setEnabled(shown is not None and shown.count > 0)
        if shown is None:
            return
        parts = [_counted(shown.count), f"{shown.attended:,} attended"]
        parts.append(f"{pounds(Pence(shown.value))} without VAT")
        if chosen > 1:
            parts.append(f"{chosen:,} chosen")
        self.count.set(" · ".join(parts))

    def _on_sort(self, column: int, descending: bool) -> None:
        self._sort = SORTS.get(column, "day")
        self._descending = descending if column in SORTS else True
        self.look_again()

    # What officers do

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_Down and self.filters.typed.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def _type(self, letters: str) -> None:
        self.filters.typed.setFocus()
        self.filters.typed.insert(letters)

    def _leave(self) -> None:
        self.closed.emit()

    def _open(self, row: DelegateRow) -> None:
        self._with_row(row.place_id, self._opened)

    def _open_chosen(self) -> None:
        self._with_chosen(self._opened)

    def _open_customer(self) -> None:
        self._with_chosen(self._customer_found)

    def _only_event(self) -> None:
        if self.filters.keeps_event:
            self.filters.let_event_go()
        else:
            self._with_chosen(self._keep_event)

    def _with_chosen(self, then: Callable[[DelegateRow], object]) -> None:
        chosen = self.table.chosen_ids()
        if len(chosen) == 1:
            self._with_row(chosen[0], then)

    def _with_row(self, place_id: int, then: Callable[[DelegateRow], object]) -> None:
        """Do something with a row, whether its words are there or not."""
        self._desk.load(self.table, partial(_with_first, then), delegate_rows, (place_id,))

    def _opened(self, row: DelegateRow) -> None:
        self.place_opened.emit(row.event_id, row.booking_id)

    def _customer_found(self, row: DelegateRow) -> None:
        self.customer_opened.emit(row.customer_id)

    def _keep_event(self, row: DelegateRow) -> None:
        self.filters.keep_event(row.event_id, row.event)

    def _want_letters(self) -> None:
        chosen = self.table.chosen_ids()
        if len(chosen) > MOST_LETTERS:
            self._refuse(
                f"{len(chosen):,} delegates are chosen; letters go to at most {MOST_LETTERS:,} at"
                " once. Narrow the list, or choose fewer."
            )
        elif chosen:
            self.letters_wanted.emit(tuple(chosen))

    def copy(self) -> None:
        """Put the chosen rows, with their headings, on the clipboard."""
        chosen = self.table.chosen_ids()
        if len(chosen) > MOST_COPIED:
            self._refuse(
                f"{len(chosen):,} rows are chosen; at most {MOST_COPIED:,} can be copied. Save the"
                " list as a table instead."
            )
        elif chosen:
            self._desk.load(self.strip, self._copied, delegate_rows, tuple(chosen))

    def _copied(self, rows: Sequence[DelegateRow]) -> None:
        QGuiApplication.clipboard().setText(copied(rows))
        self._desk.say(f"Copied: {_counted(len(rows))} with their headings.")

    def _refuse(self, words: str) -> None:
        self._desk.refused.emit(words)

    # Saving

    def _save_xlsx(self) -> None:
        self._save("xlsx", "Workbook (*.xlsx)")

    def _save_csv(self) -> None:
        self._save("csv", "CSV (*.csv)")

    def _save(self, ending: str, kind: str) -> None:
        wanted = f"Delegates.{ending}"
        chosen, _kind = QFileDialog.getSaveFileName(self, "Save the delegates", wanted, kind)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the whole list as it is filtered and sorted; the desk can be worked on."""
        if self._shown is None or self.strip.is_running:
            self._refuse("A list is being saved already. Press Stop, or wait until it is done.")
            return
        ids = self._shown.ids.tolist()
        self._progress = Progress(of=len(ids))
        self.strip.begin(f"Saving {_counted(len(ids))}", self._share)
        done = partial(self._saved, path)
        self._desk.run(
            self,
            done,
            save_delegates,
            ids,
            path,
            self._progress,
            on_refused=self._not_saved,
        )

    def _share(self) -> tuple[int, int]:
        return self._progress.done, self._progress.of

    def _stop_saving(self) -> None:
        self._progress.is_stopped = True

    def _saved(self, path: Path, count: int) -> None:
        self.strip.end()
        if self._progress.is_stopped:
            self._desk.say("Stopped: nothing was saved.")
        else:
            self._desk.say(f"Saved: {_counted(count)} in {path.name}.")

    def _not_saved(self, refusal: OfficerError) -> None:
        self.strip.end()
        self._refuse(str(refusal))


def _counted(count: int) -> str:
    return f"{count:,} place{'' if count == 1 else 's'}"


def _with_first(then: Callable[[DelegateRow], object], rows: Sequence[DelegateRow]) -> None:
    if rows:
        then(rows[0])
