"""Heads entered by keyboard straight down the list of yesterday, or of all that has no count."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from lle_desk.core.days import add_working_days, short_day, span_words
from lle_desk.qt.bar import DateStepper
from lle_desk.qt.buttons import Button
from lle_desk.qt.choices import Segments
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.queries.counting import HeadsRow, heads_missing, heads_of_day
from lle_desk.rooms.rules import CATEGORY_CODES, Category
from lle_desk.rooms.ui.count_line import CountLine
from lle_desk.rooms.ui.head_count import HeadCounts, fault_of, read_count
from lle_desk.rooms.ui.pages import RoomsPage

TABLES = frozenset({"room_use", "room_booking", "space"})
ONE_DAY, MISSING = "day", "missing"
COUNTED = 6  # the column that is typed into


class CountHeadsPage(RoomsPage):
    """The worklist of counts. What is typed in a line is saved when the line is left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._site_id = 0
        self._just_counted: list[int] = []  # they stay in the list of what was missing
        self._counts = HeadCounts(desk, self, self._refused)
        self._model: RowTableModel[HeadsRow] = RowTableModel(_columns(), key=lambda row: row.use_id)
        self.table = Table(self._model, name="Rooms to count")
        self._empty = EmptyState("", icon="users")
        self.table.show_empty(self._empty)
        self.line = CountLine(self.table, COUNTED, fault_of)
        self.line.left.connect(self._leave)
        self.line.faulty.connect(self._faulty)
        self.line.closed.connect(self.closed)
        self.table.row_chosen.connect(self._chosen)
        self._lay_out()
        self._fresh = Refresher(self, desk, TABLES, self._load)

    def open_at(self, site_id: int, day: date) -> None:
        """Show the list of `day`, or of the working day before when `day` is not over."""
        self._site_id = site_id
        today = date.today()  # noqa: DTZ011  (the office's day)
        self.stepper.set_day(day if day < today else add_working_days(today, -1))
        self._just_counted.clear()
        self._goes_first = True
        self._load()

    @property
    def rows(self) -> Sequence[HeadsRow]:
        """The list as shown."""
        return self._model.rows

    # Reading

    def _load(self) -> None:
        if not self._site_id:
            return
        now = datetime.now()  # noqa: DTZ005  (the clock on the wall)
        if self.view.choice == ONE_DAY:
            self.desk.load(self, self._show_day, heads_of_day, self._site_id, self.stepper.day, now)
        else:
            begins = now.replace(hour=0, minute=0, second=0, microsecond=0)
            also = tuple(self._just_counted)
            self.desk.load(self, self._show_missing, heads_missing, self._site_id, begins, also)

    def _show_day(self, rows: Sequence[HeadsRow]) -> None:
        if self.view.choice == ONE_DAY:
            self._show(rows)

    def _show_missing(self, rows: Sequence[HeadsRow]) -> None:
        if self.view.choice == MISSING:
            self._show(rows)

    def _show(self, rows: Sequence[HeadsRow]) -> None:
        self._counts.saw(rows)
        self._model.show_rows(rows)
        self._tell(rows)
        chosen = self.table.chosen()
        if rows and (self._goes_first or chosen is None):
            first = next((row for row in rows if row.counted is None), rows[0])
            self.table.choose(first.use_id)
        self._goes_first = False
        self._place_line(self.table.chosen())

    def _tell(self, rows: Sequence[HeadsRow]) -> None:
        missing = sum(row.counted is None for row in rows)
        done = len(rows) - missing
        people = sum(row.counted or 0 for row in rows)
        self.stepper.setVisible(self.view.choice == ONE_DAY)
        if self.view.choice == ONE_DAY:
            self._empty.say("No room was used on this day. Alt+Left shows the day before.")
            said = f"{done} of {len(rows)} counted, {people} people"
        else:
            self._empty.say("Every room until today is counted.")
            said = f"{missing} without a count until yesterday"
        self.told.set(said if rows else "")

    # Typing

    def _chosen(self, row: HeadsRow | None) -> None:
        if row is not None and row.use_id != self.line.key and not self.line.leave():
            QTimer.singleShot(0, self.line, self.line.back)
            return
        self._place_line(row)
        if row is not None:
            self.use_chosen.emit(row.use_id)

    def _place_line(self, row: HeadsRow | None) -> None:
        if row is None:
            self.line.hide()
            return
        self.line.stand_at(row.use_id, _words_of(row), f"Heads in {row.room}, {row.title}")
        if self.isVisible() and self.table.hasFocus():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self, use_id: object, typed: str) -> None:
        """Save what was typed in a line."""
        at = self._model.row_of(use_id)
        if at < 0:
            return
        row = self._model.rows[at]
        self.refusal.set("")
        if row.use_id not in self._just_counted:
            self._just_counted.append(row.use_id)
        self._counts.save(row, read_count(typed))

    def _faulty(self, use_id: object, why: str) -> None:
        at = self._model.row_of(use_id)
        row = self._model.rows[at] if at >= 0 else None
        self.refusal.set(f"{row.room}, {row.title}: {why}" if row else why)

    def _refused(self, use_id: int, sentence: str) -> None:
        self._faulty(use_id, sentence)
        self._load()

    # Laying out

    def _lay_out(self) -> None:
        self.told = label("", "quiet")
        self.refusal = label("", "refusal", wrap=True)
        today = date.today()  # noqa: DTZ011
        self.stepper = DateStepper(add_working_days(today, -1))
        self.stepper.changed.connect(self._other_day)
        self.view = Segments(
            [(ONE_DAY, "One day"), (MISSING, "All without a count")],
            ONE_DAY,
            accessible="Which rooms",
        )
        self.view.chosen.connect(self._other_view)
        head = QHBoxLayout()
        head.setContentsMargins(px(10), px(8), px(10), px(8))
        head.setSpacing(px(8))
        back = Button("Back to the plan", "arrow-left", on_click=self.closed.emit)
        for part in (back, label("Count heads", "heading"), self.view, self.stepper):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.told)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(10), px(6), px(10), px(6))
        foot.addWidget(
            label(
                "Type how many came; Enter or ↓ goes on to the next room. Blank: not counted,"
                " the register or the expected heads stand in the footfall.",
                "quiet",
            )
        )
        foot.addStretch(1)
        foot.addWidget(self.refusal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self._goes_first = True
        self.setFocusProxy(self.table)
        self.table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand the keyboard from the list to the line that is typed into."""
        if watched is self.table and event.type() == QEvent.Type.FocusIn and self.line.isVisible():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        self.line.leave()

    def _other_day(self, _day: date) -> None:
        self._turn()

    def _other_view(self, _view: str) -> None:
        self._turn()

    def _turn(self) -> None:
        self.line.leave()
        self._just_counted.clear()
        self._goes_first = True
        self._load()


def _words_of(row: HeadsRow) -> str:
    return "" if row.counted is None else str(row.counted)


def _expected(row: HeadsRow) -> str:
    return f"about {row.expected}" if row.is_estimate else str(row.expected)


def _instead(row: HeadsRow) -> str:
    """Return what the footfall takes."""
    if row.counted is not None:
        return "counted"
    return "its register, else expected" if row.source == "course" else "expected heads"


def _columns() -> list[Column[HeadsRow]]:
    return [
        Column("Day", lambda row: short_day(row.starts_at.date()), width=92),
        Column("Time", lambda row: span_words(row.starts_at, row.ends_at), width=104),
        Column("Room", lambda row: row.room, width=130, strong=True),
        Column("Event", lambda row: row.title, width=0),
        Column(
            "Category",
            lambda row: row.category,
            width=160,
            quiet=True,
            square=lambda row: CATEGORY_CODES[Category(row.category)],
            give_up=2,
        ),
        Column("Expected", _expected, width=84, numeric=True, quiet=True),
        Column("Came", _words_of, width=92, numeric=True, strong=True),
        Column("In the footfall", _instead, width=180, quiet=True, give_up=1),
    ]
