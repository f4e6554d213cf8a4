"""Which events are rolled forward: those of a year, of a term, or of any days; of a service."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lle_desk.courses.queries import ServiceHit, services
from lle_desk.courses.queries.rolling import RollQuestion, school_terms
from lle_desk.courses.rules import EventState
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import ChoiceField, DateField
from lle_desk.qt.theme import px
from lle_desk.rooms.rules.school_terms import (
    SchoolTerms,
    school_year_days,
    school_year_words,
    year_of,
)

STATES = [(str(EventState.PLANNED), "planned"), (str(EventState.OPEN), "open for bookings")]
ALL_YEAR = ""
ANY_DAYS = (0, "days")


class RollChoice(QWidget):
    """The line of fields. Terms are the county's as the setting tells them.

    Signals:
        changed: other events are asked for.
        refused: the days are no span. str: why.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__()
        self._terms = SchoolTerms()  # the usual ones until the setting is read
        self._year = year_of(today())
        self.span: ChoiceField[tuple[int, str]] = ChoiceField(
            "&Events of", _spans(self._year), key="span"
        )
        self.service: ChoiceField[int] = ChoiceField(
            "Ser&vice", [], empty="All services", key="service"
        )
        self.state: ChoiceField[str] = ChoiceField("&Made as", STATES, key="state")
        self.first = DateField("&From", today=today, key="first")
        self.last = DateField("&To", today=today, key="last")
        first, last = school_year_days(self._year)
        self.first.set_value(first)
        self.last.set_value(last)
        self.tick_all = Button("Tick all or none", "check", key="Ctrl+T")
        self._lay_out()
        self.span.changed.connect(self._on_span)
        for field in (self.service, self.first, self.last):
            field.changed.connect(self._ask)
        desk.load(self, self._show_services, services)
        desk.load(self, self._show_terms, school_terms)

    def question(self) -> RollQuestion:
        """Return whose events are asked for."""
        year, term = self.span.value() or (self._year, ALL_YEAR)
        if (year, term) == ANY_DAYS:
            first, last = self.first.value() or date.max, self.last.value() or date.min
        else:
            first, last = span_days(self._terms, year, term)
        return RollQuestion(first, last, self.service.value())

    def words(self) -> str:
        """Return what is asked for, as a heading names it."""
        if self.span.value() == ANY_DAYS:
            return f"{self.first.text()} to {self.last.text()}"
        return self.span.box.currentText()

    def _show_terms(self, terms: SchoolTerms) -> None:
        before = self.question()
        self._terms = terms
        if self.question() != before:
            self.changed.emit()

    def _show_services(self, known: Sequence[ServiceHit]) -> None:
        self.service.set_choices([(one.id, f"{one.code}  {one.name}") for one in known])

    def _on_span(self) -> None:
        is_any = self.span.value() == ANY_DAYS
        for field in (self.first, self.last):
            field.setVisible(is_any)
        self._ask()

    def _ask(self) -> None:
        if self.span.value() == ANY_DAYS:
            first, last = self.first.value(), self.last.value()
            if first is None or last is None:
                return  # one is being typed
            if last < first:
                self.refused.emit("The last day is before the first. Give a later one.")
                return
        self.changed.emit()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(px(10), px(8), px(10), 0)
        line.setSpacing(px(12))
        self.span.box.setMinimumWidth(px(190))
        self.service.box.setMinimumWidth(px(210))
        self.state.box.setMinimumWidth(px(170))
        for field in (self.first, self.last):
            field.setMaximumWidth(px(190))
            field.hide()
        for part in (self.span, self.first, self.last, self.service, self.state, self.tick_all):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)


def span_days(terms: SchoolTerms, year: int, term: str) -> tuple[date, date]:
    """Return the first and last day of a school year, or of a term of it.

    A term ends the day before the next one begins, so that no event of the holidays is lost.
    """
    first, last = school_year_days(year)
    if term:
        known = terms.of_year(year)
        at = [one.name for one in known].index(term)
        first = known[at].first if at else first
        last = date.fromordinal(known[at + 1].first.toordinal() - 1) if at < 2 else last
    return first, last


def _spans(year: int) -> list[tuple[tuple[int, str], str]]:
    spans: list[tuple[tuple[int, str], str]] = []
    for one in (year, year - 1, year + 1):
        words = school_year_words(one)
        spans.append(((one, ALL_YEAR), f"School year {words}"))
        names = (term.name for term in SchoolTerms().of_year(one))
        spans += [((one, name), f"{name} {words}") for name in names]
    return [*spans, (ANY_DAYS, "Any days, from … to …")]
