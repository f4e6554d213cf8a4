"""A customer's facts in one line, where a window is too narrow for their column."""

from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout

from lle_desk.core.days import day_words
from lle_desk.customers.queries import CustomerCard
from lle_desk.customers.ui.facts import first_large
from lle_desk.qt.chips import KeyCap
from lle_desk.qt.theme import px
from lle_desk.qt.words import label, short_label


class FactsLine(QFrame):
    """What they pay and why nothing may be booked, if so; a key shows the rest."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setProperty("line", "below")
        self._words = short_label("", "quiet")
        line = QHBoxLayout(self)
        line.setContentsMargins(px(16), px(5), px(16), px(5))
        line.setSpacing(px(8))
        line.addWidget(self._words, 1)
        line.addWidget(KeyCap(key))
        line.addWidget(label("all facts", "small"))

    @property
    def words(self) -> str:
        """What is said of the customer."""
        return self._words.text()

    def show_card(self, card: CustomerCard, day: date) -> None:
        """Say what matters first of a customer on a day."""
        if card.closed_on is not None and card.closed_on < day:
            after = ", ".join(school.name for school in card.successors)
            followed = f" · Followed by {after}" if after else ""
            self._words.set(f"Closed {day_words(card.closed_on)}{followed}", "warning")
            return
        facts = (card.band, card.route, card.vat)
        told = [fact.value if fact else "not known" for fact in facts]
        words = f"{first_large(told[0])} · {told[1]} · VAT {told[2]}"
        note = f" · {card.words.notes.splitlines()[0]}" if card.words.notes else ""
        self._words.set(words + note, "quiet")
