"""The questions of the evaluation sheet: put, reworded, ordered and retired beside the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from lle_desk.core.errors import OfficerError
from lle_desk.courses.actions.questioning import SaveQuestions, save_questions
from lle_desk.courses.queries.day_papers import SheetHead
from lle_desk.courses.queries.questions import SheetQuestions, sheet_questions
from lle_desk.courses.rules import LONGEST_HEADING, LONGEST_QUESTION, Asked, sheet_fault
from lle_desk.paper.sender import WOODLANDS
from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import Form, TextField
from lle_desk.qt.pdf_view import PdfView
from lle_desk.qt.stale import Refresher
from lle_desk.qt.tab import lay_side_by_side
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

PAUSE_MS = 250
ROW = 44
RETIRED_HIGH = 150
NOTE = (
    "Sheets that are in keep the questions they answered. A question that is reworded is asked "
    "as a new one; what was answered before stands beside it as “earlier”."
)
TABLES = frozenset({"evaluation_question", "officer"})


@dataclass(frozen=True, slots=True)
class Line:
    """One question in its place, from 0."""

    at: int
    asked: Asked


class QuestionsPage(QWidget):
    """The questions at the left, the blank sheet as it will be printed at the right.

    Signals:
        closed: back to where it was opened from.
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._known: SheetQuestions | None = None
        self._lines: list[Asked] = []
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._draw)
        self.setAccessibleName("Questions of the evaluation sheet")
        self._model: RowTableModel[Line] = RowTableModel(
            COLUMNS, key=lambda line: line.at, parent=self
        )
        self._old: RowTableModel[Line] = RowTableModel(
            COLUMNS[1:], key=lambda line: line.at, parent=self
        )
        self.table = Table(self._model, row_height=ROW, name="Questions asked now")
        self.retired = Table(self._old, row_height=ROW, name="Questions asked before")
        self.sheet = PdfView("The blank sheet")
        self._lay_out()
        self.table.row_chosen.connect(self._on_chosen)
        self.retired.row_opened.connect(self._ask_again)
        self.setFocusProxy(self.table)
        self._fresh = Refresher(self, desk, TABLES, self.reload)

    @property
    def questions(self) -> tuple[Asked, ...]:
        """The questions as they stand here now."""
        return tuple(self._lines)

    def is_typed(self) -> bool:
        """Whether something here is not saved yet."""
        return self._known is not None and self.questions != self._known.asked

    def reload(self) -> None:
        """Read the questions, unless some are being changed."""
        self._desk.load(self, self._show, sheet_questions, self._desk.by.officer)

    # What is done

    def add_question(self) -> None:
        """Ask one more, to be typed."""
        self._lines.append(Asked("", ""))
        self._show_lines(len(self._lines) - 1)
        self.words.setFocus()

    def retire(self) -> None:
        """Ask the chosen question no more."""
        line = self._chosen()
        if line is not None:
            del self._lines[line.at]
            self._show_lines(min(line.at, len(self._lines) - 1))

    def move_up(self) -> None:
        """Put the chosen question before the one above it."""
        self._move(-1)

    def move_down(self) -> None:
        """Put the chosen question after the one under it."""
        self._move(1)

    def save(self) -> None:
        """Save the questions, when nothing is wrong with them."""
        if self._known is not None and self.save_button.isEnabled():
            ask = SaveQuestions(self.questions, self._known.versions)
            self._desk.do(self, self._saved, save_questions, ask, on_refused=self._refused)

    def leave_or_take_back(self) -> None:
        """Take back what is not saved; when there is nothing, leave."""
        if self.is_typed() and self._known is not None and self._known.may_save:
            self._take_over(self._known)
        else:
            self.closed.emit()

    # Making

    def _lay_out(self) -> None:
        bar = Bar()
        self.back = Button("Back", "arrow-left", key="Esc", kind="quiet")
        self.back.clicked.connect(self.leave_or_take_back)
        bar.add(self.back)
        self._doing = [
            bar.button("Add a question", "plus", key="Ctrl+N", on_click=self.add_question),
            bar.button("Up", "chevron-up", key="Alt+Up", on_click=self.move_up),
            bar.button("Down", "chevron-down", key="Alt+Down", on_click=self.move_down),
            bar.button("Retire", "x", key="Ctrl+Delete", on_click=self.retire),
        ]
        bar.stretch()
        self.save_button = bar.button(
            "Save the questions", "check", key="Ctrl+Return", kind="primary", on_click=self.save
        )
        self.save_button.key = "Ctrl+Enter"  # the words on the key
        lay_side_by_side(self, bar, self._make_left(), self.sheet)

    def _make_left(self) -> QWidget:
        self.fields = Form()
        self.words = self.fields.add(
            TextField("&Question", key="words", max_length=LONGEST_QUESTION)
        )
        self.heading = self.fields.add(
            TextField(
                "&Heading in lists",
                key="short_words",
                max_length=LONGEST_HEADING,
                hint="A word or two",
            )
        )
        for field in (self.words, self.heading):
            field.changed.connect(self._typed)
        self._rights = label("", "warning", wrap=True)
        self._fault = label("", "refusal", wrap=True)
        self._before = label("Asked before (Enter asks it again)", "strong")
        self.retired.setMaximumHeight(px(RETIRED_HIGH))
        box = QFrame()
        box.setProperty("ground", "surface")
        column = QVBoxLayout(box)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(8))
        column.addWidget(self._rights)
        column.addWidget(self.table, 1)
        column.addWidget(self.fields)
        column.addWidget(self._fault)
        column.addWidget(label(NOTE, "small", wrap=True))
        column.addWidget(self._before)
        column.addWidget(self.retired)
        area = QScrollArea(widgetResizable=True)  # a low window shows a part of it
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(box)
        return area

    # Showing

    def _show(self, found: SheetQuestions) -> None:
        if not self.is_typed():
            self._take_over(found)
        elif self._known is not None and found.versions != self._known.versions:
            self._say("Somebody else changed the questions meanwhile. Esc shows them.")
            self._known = found

    def _take_over(self, found: SheetQuestions) -> None:
        line = self._chosen()
        self._known = found
        self._lines = list(found.asked)
        self._show_lines(min(line.at if line else 0, len(self._lines) - 1))

    def _show_lines(self, at: int) -> None:
        """Show all questions with one of them chosen."""
        self._model.show_rows([Line(place, one) for place, one in enumerate(self._lines)])
        if at >= 0:
            self.table.choose(at)
        self._show_chosen()
        self._look()
        self._draw()

    def _show_chosen(self) -> None:
        line = self._chosen()
        asked = line.asked if line is not None else Asked("", "")
        may_type = line is not None and self._known is not None and self._known.may_save
        for field, typed in ((self.words, asked.words), (self.heading, asked.short_words)):
            field.set_value(typed)
            field.clear_error()
            field.line.setReadOnly(not may_type)

    def _look(self) -> None:
        """Say what is wrong and show who may change what."""
        known = self._known
        if known is None:
            return
        self._rights.set(known.who_may)
        self._rights.setVisible(not known.may_save)
        for button in (*self._doing, self.save_button):
            button.setVisible(known.may_save)
        self.back.set_text("Take back" if self.is_typed() else "Back")
        old = [one for one in known.retired if one.words not in {row.words for row in self._lines}]
        self._old.show_rows([Line(place, one) for place, one in enumerate(old)])
        for widget in (self._before, self.retired):
            widget.setVisible(bool(old))
        fault = sheet_fault(self.questions)
        self._say(fault.text if fault is not None else "")
        self.save_button.setEnabled(known.may_save and self.is_typed() and fault is None)

    def _say(self, text: str) -> None:
        self._fault.set(text, "refusal")
        self._fault.setVisible(bool(text))

    def _draw(self) -> None:
        self._desk.work(self, self.sheet.show_pdf, blank_sheet, self.questions)

    # What is pressed and typed

    def _chosen(self) -> Line | None:
        line: Line | None = self.table.chosen()
        return line if line is not None and line.at < len(self._lines) else None

    def _on_chosen(self, _line: Line | None) -> None:
        self._show_chosen()

    def _typed(self) -> None:
        line = self._chosen()
        if line is None:
            return
        self._lines[line.at] = Asked(
            " ".join(self.words.value().split()), " ".join(self.heading.value().split())
        )
        self._model.show_rows([Line(place, one) for place, one in enumerate(self._lines)])
        self._look()
        self._pause.start()

    def _move(self, by: int) -> None:
        line = self._chosen()
        if line is None or not 0 <= line.at + by < len(self._lines):
            return
        there = line.at + by
        self._lines[line.at], self._lines[there] = self._lines[there], self._lines[line.at]
        self._show_lines(there)

    def _ask_again(self, line: Line | None) -> None:
        if line is not None and self._known is not None and self._known.may_save:
            self._lines.append(line.asked)
            self._show_lines(len(self._lines) - 1)
            self.table.setFocus()

    def _saved(self, _nothing: object) -> None:
        if self._known is not None:  # what is read next is what was saved: nothing is typed
            self._known = replace(self._known, asked=self.questions)
        self.reload()

    def _refused(self, refusal: OfficerError) -> None:
        self._say(str(refusal))


def blank_sheet(questions: Sequence[Asked]) -> bytes:
    """Return the sheet with an example's head as PDF."""
    from lle_desk.courses.documents.evaluation import evaluation_pdf

    head = SheetHead("An example course", "EXAMPLE-01", "Thu 13 Mar 2014 · led by Demo Trainer")
    return evaluation_pdf(head, questions, WOODLANDS)


def _number(line: Line) -> str:
    return str(line.at + 1)


def _words(line: Line) -> str:
    return line.asked.words or "A new question"


def _heading(line: Line) -> str:
    return line.asked.short_words


COLUMNS: list[Column[Line]] = [
    Column("", _number, width=32, numeric=True, quiet=True),
    Column("Question", _words, width=0, strong=True, tip=_words),
    Column("Heading in lists", _heading, width=150),
]
