"""What cancelling costs, or taking it back: the sum first, then the lines and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from lle_desk.core.days import day_words
from lle_desk.core.money import Pence, pounds
from lle_desk.qt.section import Section

TITLE = "What it costs"


@dataclass(frozen=True, slots=True)
class CostLine:
    """What one thing costs, why, and what becomes of a price that is billed.

    Below 0 it is given back.
    """

    what: str
    fee: Pence
    why: str
    given_back: str = ""


class CostSection(QWidget):
    """The cost of cancelling, by the notice given, or of taking that back. Empty until known."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._section = Section(TITLE)
        self._column.addWidget(self._section)

    def show_cost(
        self, notice_on: date, lines: Sequence[CostLine], free_because: str = "", words: str = ""
    ) -> None:
        """Show what it costs when the notice reached us on that day.

        `free_because` ("cancelled by us", "waived") sets the sum to nothing; `words` stand above.
        """
        shown = Section(TITLE, f"notice on {day_words(notice_on)}")
        if words:
            shown.note(words, "body")
        if lines:  # the sum first: it must be in sight before anything is done
            total = Pence(0) if free_because else Pence(sum(line.fee for line in lines))
            why = free_because or "in place of the price"
            shown.amount("To pay", why, pounds(total), strong=True)
        _add_lines(shown, lines)
        self._show(shown)

    def show_taken_back(self, anew: Sequence[CostLine], back: Sequence[CostLine]) -> None:
        """Show what is charged when a cancelling is taken back, and which fees are given back."""
        shown = Section(TITLE, "before VAT")
        total, given = (Pence(sum(line.fee for line in lines)) for lines in (anew, back))
        shown.amount("To pay", "today’s price", pounds(total), strong=True)
        if back:  # all sums first: they must be in sight before anything is done
            shown.amount("Until now", "for cancelling", pounds(given))
            shown.amount("Difference", "", pounds(Pence(total + given)), strong=True)
        _add_lines(shown, (*anew, *back))
        self._show(shown)

    def show_refusal(self, why: str, note: str = "") -> None:
        """Say why it cannot be done, in the place of what it would cost."""
        shown = Section(TITLE)
        shown.note(why, "refusal")
        if note:
            shown.note(note)
        self._show(shown)

    def _show(self, shown: Section) -> None:
        old = self._section
        self._section = shown
        self._column.addWidget(shown)
        shown.show()
        old.hide()
        self._column.removeWidget(old)
        old.deleteLater()

    @property
    def words(self) -> str:
        """All that is said, in order."""
        return " ".join(one.text() for one in self._section.findChildren(QLabel) if one.text())


def _add_lines(shown: Section, lines: Sequence[CostLine]) -> None:
    for line in lines:
        shown.amount(line.what, "", pounds(line.fee))
        shown.note(". ".join(one for one in (line.why, line.given_back) if one))
