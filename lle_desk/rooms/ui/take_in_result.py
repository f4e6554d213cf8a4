"""What taking in a file would do, or did: problems by line, what is booked, what was there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from lle_desk.core import cells
from lle_desk.core.days import day_words, span_words
from lle_desk.core.imports import Problem
from lle_desk.core.sheets import SheetRow
from lle_desk.qt.buttons import Button
from lle_desk.qt.choices import Segments
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.imports.booking_lines import BookingLine, BookingsFile
from lle_desk.rooms.imports.outcome import BookingsOutcome
from lle_desk.rooms.rules import CATEGORY_CODES

PROBLEMS, BOOKED, THERE = "problems", "booked", "there"


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem, and the line of the file as it stands there."""

    at: int
    problem: Problem
    stands: str

    @property
    def line(self) -> str:
        """Return the line's number, "" for what concerns the whole sheet."""
        return str(self.problem.line or "")


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A line that is booked or was there, its room's name and what is odd about it."""

    booking: BookingLine
    room: str
    note: str


class ResultPane(QWidget):
    """Three lists of one file, and the button that takes it in.

    Signals:
        take_in_wanted: book what is good.
        back_wanted: go back to the columns.
        line_opened: BookingLine: show a booking on the plan.
    """

    take_in_wanted = Signal()
    back_wanted = Signal()
    line_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.summary = label("", "heading", wrap=True)
        self.refusal = label("", "refusal", wrap=True)
        self.refusal.hide()
        self.detail = label("", "body", wrap=True)
        self.view = Segments(
            [(PROBLEMS, "Problems"), (BOOKED, "Bookings"), (THERE, "There already")],
            PROBLEMS,
            accessible="Which lines",
        )
        self.view.chosen.connect(self.show_view)
        self._problems: RowTableModel[ProblemRow] = RowTableModel(
            _problem_columns(), lambda row: row.at
        )
        self._bookings: RowTableModel[BookingRow] = RowTableModel(_columns(), _booking_key)
        self.problems = Table(self._problems, row_height=46, name="Problems by line")
        self.bookings = Table(self._bookings, row_height=46, name="Bookings of the file")
        self.problems.show_empty(EmptyState("Every line can be taken in.", icon="circle-check"))
        self._nothing = EmptyState("", icon="calendar")
        self.bookings.show_empty(self._nothing)
        self.problems.row_chosen.connect(self._problem_chosen)
        self.bookings.row_opened.connect(self._opened)
        self.back = Button("Back to the columns", "arrow-left", on_click=self.back_wanted.emit)
        self.take_in = Button(
            "Take in",
            "download",
            key="F9",
            kind="primary",
            on_click=self.take_in_wanted.emit,
        )
        self._lists: Mapping[str, Sequence[BookingRow]] = {}
        self.is_done = False
        self._lay_out()

    def show_outcome(
        self,
        file: BookingsFile,
        outcome: BookingsOutcome,
        rows: Mapping[int, SheetRow],
        is_done: bool,
    ) -> None:
        """Show what would be, or with `is_done` what was; `rows` are the file's by number."""
        self.is_done = is_done
        self.refusal.hide()
        problems = sorted((*file.problems, *outcome.problems), key=lambda one: one.line)
        self._problems.show_rows(
            [ProblemRow(at, one, _stands(rows.get(one.line))) for at, one in enumerate(problems)]
        )
        self._lists = {
            BOOKED: [BookingRow(one.line, one.room, one.note) for one in outcome.booked],
            THERE: [BookingRow(line, line.room, "") for line in outcome.there],
        }
        self.summary.set(_summary(file, outcome, is_done))
        count = len(outcome.booked)
        self.take_in.set_text(f"Take in {count:,} booking{'' if count == 1 else 's'}")
        self.take_in.setEnabled(bool(count))
        self.take_in.setVisible(not is_done)
        self.back.setVisible(not is_done)
        view = PROBLEMS if problems and not is_done else BOOKED if count else THERE
        self.view.choose(view)
        self.show_view(view)

    def show_refusal(self, sentence: str) -> None:
        """Say why nothing was taken in."""
        self.refusal.set(sentence)
        self.refusal.show()

    def show_view(self, view: str) -> None:
        """Show one of the three lists."""
        is_problems = view == PROBLEMS
        self._stack.setCurrentWidget(self.problems if is_problems else self.bookings)
        self.detail.setVisible(is_problems)
        if is_problems:
            self.problems.choose_first()
            return
        self._nothing.say(_nothing_words(view, self.is_done))
        self._bookings.show_rows(self._lists.get(view, ()))
        self.bookings.choose_first()

    def focus_list(self) -> None:
        """Go to the list that is shown."""
        shown = self._stack.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _problem_chosen(self, row: ProblemRow | None) -> None:
        self.detail.set("" if row is None else _whole(row))

    def _opened(self, row: BookingRow) -> None:
        self.line_opened.emit(row.booking)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(px(10), px(8), px(10), px(8))
        head.setSpacing(px(12))
        head.addWidget(self.summary, 1)
        head.addWidget(self.view)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.problems)
        self._stack.addWidget(self.bookings)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(10), px(6), px(10), px(6))
        foot.setSpacing(px(8))
        foot.addWidget(self.back)
        foot.addWidget(self.detail, 1)
        foot.addWidget(self.refusal, 1)
        foot.addStretch(0)
        foot.addWidget(self.take_in)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(holder, 1)
        column.addLayout(foot)


def _summary(file: BookingsFile, outcome: BookingsOutcome, is_done: bool) -> str:
    """Return "679 would be booked, 0 are there already, 1 has a problem and stays out."."""
    new, there, refused = (
        outcome.summary.new,
        outcome.summary.unchanged,
        outcome.summary.refused,
    )
    was = "were booked" if is_done else "would be booked"
    told = [f"{new:,} {'was booked' if is_done and new == 1 else was}"]
    told.append(f"{there:,} {'was' if there == 1 else 'were'} there already")
    if refused:
        out = "has a problem and stays out" if refused == 1 else "have problems and stay out"
        told.append(f"{refused:,} {out}")
    if file.left_out:
        told.append(f"{file.left_out:,} left out as you chose")
    return ", ".join(told) + "."


def _nothing_words(view: str, is_done: bool) -> str:
    if view == THERE:
        return "None of these bookings was there before."
    return "Nothing was booked." if is_done else "Nothing of this file would be booked."


def _stands(row: SheetRow | None) -> str:
    """Return a line as it stands in the file."""
    told = [] if row is None else [cells.shown(value) for value in row.cells if value is not None]
    return " · ".join(told)


def _whole(row: ProblemRow) -> str:
    sentence = row.problem.sentence
    sentence = sentence[:1].upper() + sentence[1:]
    return f"Line {row.line}. {sentence}" if row.line else sentence


def _booking_key(row: BookingRow) -> str:
    return row.booking.key


def _when(row: BookingRow) -> str:
    starts, ends = row.booking.starts_at, row.booking.ends_at
    return f"{day_words(starts.date())}  {span_words(starts, ends)}"


def _problem_columns() -> list[Column[ProblemRow]]:
    return [
        Column("Line", lambda row: row.line, numeric=True, width=64, strong=True),
        Column(
            "What is wrong, and what to do",
            lambda row: row.problem.sentence[:1].upper() + row.problem.sentence[1:],
            width=0,
            second=lambda row: row.stands,
            tip=_whole,
        ),
    ]


def _columns() -> list[Column[BookingRow]]:
    return [
        Column("Line", lambda row: str(row.booking.line), numeric=True, width=64),
        Column("When", _when, lambda row: row.booking.starts_at, width=200),
        Column("Room", lambda row: row.room, lambda row: row.room, width=170),
        Column(
            "Title",
            lambda row: row.booking.title,
            lambda row: row.booking.title,
            width=0,
            strong=True,
            second=lambda row: row.note,
            square=lambda row: CATEGORY_CODES[row.booking.category],
        ),
        Column(
            "People",
            lambda row: "" if row.booking.heads is None else f"{row.booking.heads:,}",
            lambda row: row.booking.heads or 0,
            numeric=True,
            width=70,
        ),
    ]
