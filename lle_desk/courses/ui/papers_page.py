"""Papers of an event's day, from register to evaluation sheet: seen, printed or saved."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.courses.queries.day_papers import (
    CARE_COLUMNS,
    USUAL_COLUMNS,
    DayFacts,
    SheetColumn,
    certificates,
    evaluation_head,
    name_badges,
    sign_in_sheets,
    with_certificate,
    without_certificate,
)
from lle_desk.courses.queries.evaluation import Question, questions
from lle_desk.courses.rules import Asked, counted
from lle_desk.customers.actions.care import LookAtCare, look_at_care
from lle_desk.customers.rules import CareWords
from lle_desk.qt.buttons import Button, Segments
from lle_desk.qt.desk import Desk
from lle_desk.qt.flow import Flow
from lle_desk.qt.form import CheckField, ChoiceField, Form
from lle_desk.qt.inspector import Page
from lle_desk.qt.pdf_view import PdfView, print_pdf, save_pdf
from lle_desk.qt.theme import px

VIEW_HIGH = 200  # at least; it takes all that the choices above leave
A_ROW = 4  # columns to tick, side by side


class PaperKind(StrEnum):
    """The papers of the day."""

    REGISTER = "register"
    BADGES = "badges"
    CERTIFICATES = "certificates"
    EVALUATION = "evaluation"


WORDS = {
    PaperKind.REGISTER: "Register",
    PaperKind.BADGES: "Badges",
    PaperKind.CERTIFICATES: "Certificates",
    PaperKind.EVALUATION: "Evaluation sheet",
}


class PapersPage(Page):
    """The papers of one event.

    Signals:
        drawn: the paper that is shown was drawn anew.
    """

    drawn = Signal()

    def __init__(self, desk: Desk, facts: DayFacts) -> None:
        save = Button("Save as PDF", "download", key="Ctrl+S")
        super().__init__(
            "Papers of the day", code=facts.roll.code, lines=[facts.roll.title], actions=[save]
        )
        save.clicked.connect(self.save_paper)
        self._desk, self._facts = desk, facts
        self._care: Mapping[int, CareWords] | None = None
        self._data = b""
        self._kind = PaperKind.REGISTER
        section = self.section()
        choices = [(str(kind), words) for kind, words in WORDS.items()]
        self.kinds = Segments(choices, str(self._kind), accessible="Paper")
        self.kinds.chosen.connect(self._on_kind)
        section.add(Flow([self.kinds]))
        self._columns_section = self.section("Columns")
        self.columns = self._column_fields()
        self._columns_section.add(self._column_rows())
        self._note = self._columns_section.note("")
        self._who_section = self.section("For whom")
        self.who = ChoiceField("&Certificates for", self._people())
        self.who.changed.connect(self.draw)
        self._who_section.add(self.who)
        for sentence in without_certificate(facts):
            self._who_section.note(sentence)
        self.view = PdfView("Paper")
        self.view.setMinimumHeight(px(VIEW_HIGH))
        self.fill(self.view)
        self.foot("Print")
        self.saved.connect(self.print_paper)
        self._on_kind(str(self._kind))

    @property
    def title(self) -> str:
        """What the paper that is shown is called."""
        return f"{WORDS[self._kind]} {self._facts.roll.code}"

    @property
    def data(self) -> bytes:
        """The PDF that is shown, empty while there is none."""
        return self._data

    def is_typed(self) -> bool:
        """Return False: nothing here is lost."""
        return False

    def focus_first(self) -> None:
        """Go to the first column that may be chosen."""
        next(iter(self.columns.values())).setFocus()

    def draw(self) -> None:
        """Draw the paper as it is asked for now."""
        from lle_desk.courses.documents.day import badges_pdf, certificates_pdf, register_pdf

        facts, sender = self._facts, self._facts.sender
        self._data = b""
        if self._kind == PaperKind.REGISTER:
            columns = [column for column, field in self.columns.items() if field.value()]
            if self._care is None and CARE_COLUMNS & set(columns):
                self._look()
                return
            sheets = sign_in_sheets(facts, columns, self._care or {})
            printed = f"Printed {day_words(facts.printed_on)}"
            if sheets:
                self._desk.work(self, self._show, register_pdf, sheets, sender, printed)
            else:
                self.view.show_empty("This event has no session yet, so it has no register.")
        elif self._kind == PaperKind.BADGES:
            badges = name_badges(facts)
            if badges:
                self._desk.work(self, self._show, badges_pdf, badges, sender)
            else:
                self.view.show_empty("Nobody is booked yet, so there are no badges.")
        elif self._kind == PaperKind.EVALUATION:
            self._desk.load(self, self._draw_evaluation, questions)
        else:
            place = self.who.value()
            papers = certificates(facts, (place,) if place else ())
            if papers:
                self._desk.work(self, self._show, certificates_pdf, papers)
            else:
                self.view.show_empty("Nobody is down as having attended. Type who came first.")

    def _draw_evaluation(self, asked: tuple[Question, ...]) -> None:
        """Draw the blank sheet with the questions as they are asked now."""
        from lle_desk.courses.documents.evaluation import evaluation_pdf

        head, sender = evaluation_head(self._facts), self._facts.sender
        wanted = [Asked(one.words, one.short_words) for one in asked]
        if self._kind == PaperKind.EVALUATION:
            self._desk.work(self, self._show, evaluation_pdf, head, wanted, sender)

    def print_paper(self) -> None:
        """Ask for a printer and print what is shown."""
        if self._data and print_pdf(self, self._data, self.title):
            self._desk.say(f"Sent to the printer: {self.title}.")

    def save_paper(self) -> None:
        """Ask where to and save what is shown."""
        path = save_pdf(self, self._data, f"{self.title}.pdf") if self._data else None
        if path is not None:
            self._desk.say(f"Saved: {path.name}.")

    def _column_fields(self) -> dict[SheetColumn, CheckField]:
        chosen = self._desk.settings.text("courses/register_columns")
        usual = set(chosen.split("|")) if chosen else {str(one) for one in USUAL_COLUMNS}
        fields: dict[SheetColumn, CheckField] = {}
        for column in SheetColumn:
            field = CheckField(str(column))
            field.set_value(str(column) in usual and column not in CARE_COLUMNS)
            field.changed.connect(self._on_column)
            fields[column] = field
        return fields

    def _column_rows(self) -> Form:
        rows = Form()
        fields = list(self.columns.values())
        for at in range(0, len(fields), A_ROW):
            some = fields[at : at + A_ROW]
            gaps = [QWidget() for _ in range(A_ROW - len(some))]  # so that all stand in columns
            rows.row(*some, *gaps)
        return rows

    def _people(self) -> list[tuple[int, str]]:
        came = with_certificate(self._facts)
        everybody = (0, f"all who came, {counted(len(came), 'delegate')}")
        return [everybody, *((row.place_id, row.name) for row in came)]

    def _on_kind(self, kind: str) -> None:
        self._kind = PaperKind(kind)
        self._columns_section.setVisible(self._kind == PaperKind.REGISTER)
        self._who_section.setVisible(self._kind == PaperKind.CERTIFICATES)
        self.draw()

    def _on_column(self) -> None:
        chosen = [str(column) for column, field in self.columns.items() if field.value()]
        self._desk.settings.set_text("courses/register_columns", "|".join(chosen))
        self.draw()

    def _look(self) -> None:
        """Read what delegates need, which is kept with the officer's name."""
        roll = self._facts.roll
        people = tuple(row.person_id for row in roll.rows if row.person_id is not None)
        ask = LookAtCare(people, f"Register of {roll.code}")
        self._desk.act(self, self._looked, look_at_care, ask, on_refused=self._refused)

    def _looked(self, care: dict[int, CareWords]) -> None:
        self._care = care
        count = sum(1 for words in care.values() if words.access or words.diet)
        said = f"{counted(count, 'delegate')} asked for something. That you looked is kept."
        self._note.set(said)
        self.draw()

    def _refused(self, refusal: OfficerError) -> None:
        self._note.set(str(refusal), "refusal")

    def _show(self, data: bytes) -> None:
        self._data = data
        self.view.show_pdf(data)
        self.drawn.emit()
