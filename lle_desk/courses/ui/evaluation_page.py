"""Evaluation sheets typed in quickly: a number a question, Enter goes on, the last one keeps it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from lle_desk.core.records import new_uuid
from lle_desk.courses.actions.evaluating import (
    BEST,
    LEAST,
    MOST_COMMENT,
    AddEvaluation,
    add_evaluation,
    remove_evaluation,
)
from lle_desk.courses.queries.attendance import Roll
from lle_desk.courses.queries.evaluation import EventSheets, Sheet, event_sheets
from lle_desk.courses.rules import counted
from lle_desk.qt.buttons import LinkButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import ChoiceField, Form, NumberField, TextField
from lle_desk.qt.inspector import Page
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import tip

ROW = 44
MOST_ROWS = 12
NO_NAME = 0
A_ROW = 4  # questions side by side


class EvaluationPage(Page):
    """Takes in the sheets of one event, one after the other; Backspace strikes one out.

    Signals:
        kept: a sheet was kept.
        questions_wanted: the questions of the sheet are asked for.
    """

    kept = Signal()
    questions_wanted = Signal()

    def __init__(self, desk: Desk, roll: Roll, sheets: EventSheets) -> None:
        super().__init__("Evaluation", code=roll.code, lines=[roll.title])
        self._desk, self._roll, self._sheets = desk, roll, sheets
        self._uuid = new_uuid()
        self.fields = Form()
        self.scores: dict[int, NumberField] = {}
        for question in sheets.questions:
            key = f"score {question.id}"
            field = NumberField(question.heading, least=LEAST, most=BEST, key=key)
            tip(field, question.words)
            self.scores[question.id] = field
        fields = list(self.scores.values())
        for at in range(0, len(fields), A_ROW):
            self.fields.row(*fields[at : at + A_ROW])
        self.comment = self.fields.add(
            TextField("&Comment", key="comment", max_length=MOST_COMMENT, hint="Enter keeps it all")
        )
        self.comment.line.returnPressed.connect(self.save)
        self.who = self.fields.add(ChoiceField("&Whose sheet", [(NO_NAME, "no name given")]))
        self.form(self.fields)
        asked = LinkButton("Questions", self.questions_wanted.emit)
        self._section = self.section("Sheets", link=asked)
        self._model: RowTableModel[Sheet] = RowTableModel(
            COLUMNS, key=lambda sheet: sheet.id, parent=self
        )
        self.table = _SheetTable(self)
        self.add(self.table)
        keys = f"{LEAST} poor to {BEST} very good. Backspace in the list strikes a sheet out."
        self.section().note(keys)
        self.foot("Keep this sheet")
        self.saved.connect(self.save)
        self._show(sheets)
        self._refresher = Refresher(self, desk, {"evaluation"}, self._read)

    @property
    def rows_model(self) -> RowTableModel[Sheet]:
        """The sheets that are in."""
        return self._model

    def save(self) -> None:
        """Keep this sheet and begin the next."""
        if not self.fields.check():
            return
        typed = {question: field.value() for question, field in self.scores.items()}
        scores = {question: score for question, score in typed.items() if score is not None}
        place = self.who.value() or None
        ask = AddEvaluation(self._uuid, self._roll.event_id, scores, self.comment.value(), place)
        self.show_busy(True)
        self._desk.do(self, self._kept, add_evaluation, ask, on_refused=self.show_refusal)

    def strike_out(self, sheet: Sheet) -> None:
        """Let a sheet count no more."""
        self._desk.do(self, self._struck_out, remove_evaluation, sheet.id)

    def _kept(self, _sheet: int) -> None:
        self.show_busy(False)
        self._uuid = new_uuid()
        for field in self.scores.values():
            field.set_value(None)
        self.comment.set_value("")
        self.who.set_value(NO_NAME)
        self.fields.mark_clean()
        self.fields.clear_refusal()
        self.fields.focus_first()
        self._read()
        self.kept.emit()

    def _struck_out(self, _nothing: object) -> None:
        self._read()

    def _read(self) -> None:
        self._desk.load(self, self._show, event_sheets, self._roll.event_id)

    def _show(self, sheets: EventSheets) -> None:
        self._sheets = sheets
        self._model.show_rows(sheets.sheets)
        self.table.setFixedHeight(px(ROW) * min(len(sheets.sheets), MOST_ROWS) + 2)
        self.table.setVisible(bool(sheets.sheets))
        self._section.set_note(summary_words(sheets, len(self._roll.rows)))
        taken = {sheet.place_id for sheet in sheets.sheets}
        people = [
            (row.place_id, row.name)
            for row in self._roll.rows
            if row.came is not False and row.name and row.place_id not in taken
        ]
        self.who.set_choices([(NO_NAME, "no name given"), *people])


class _SheetTable(Table):
    """The sheets that are in; Backspace or Delete strikes one out."""

    def __init__(self, page: EvaluationPage) -> None:
        super().__init__(page.rows_model, row_height=ROW, name="Sheets")
        self._page = page
        self.horizontalHeader().hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sheet: Sheet | None = self.chosen()
        if sheet is not None and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._page.strike_out(sheet)
        else:
            super().keyPressEvent(event)


def summary_words(sheets: EventSheets, delegates: int) -> str:
    """Return "9 of 12 delegates, 3.4 on average"."""
    if not sheets.sheets:
        return "none yet"
    given = [score for sheet in sheets.sheets for score in sheet.scores.values()]
    said = f"{len(sheets.sheets)} of {counted(delegates, 'delegate')}"
    return f"{said}, {sum(given) / len(given):.1f} on average" if given else said


def _who(sheet: Sheet) -> str:
    return sheet.delegate or "No name given"


def _given(sheet: Sheet) -> str:
    return " ".join(str(score) for _, score in sorted(sheet.scores.items()))


COLUMNS: list[Column[Sheet]] = [
    Column(
        "Whose",
        _who,
        width=0,
        strong=True,
        second=lambda sheet: sheet.comment,
        tip=lambda sheet: sheet.comment,
    ),
    Column("Scores", _given, width=96, numeric=True),
]
