"""Taking back a cancelled room whose fee is billed: what is credited and charged, seen first."""

from PySide6.QtCore import Signal

from lle_desk.charges.rules import given_back_words, papers_back
from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.qt.cost_section import CostLine, CostSection
from lle_desk.qt.inspector import Page
from lle_desk.rooms.actions.agreeing import PaperStands
from lle_desk.rooms.queries import UseCard
from lle_desk.rooms.rules import number_words


class RestoreRoomPage(Page):
    """Shows what taking a cancellation back credits, and what is charged instead.

    Signals:
        restore_wanted: object: this page, once the officer agrees.
    """

    restore_wanted = Signal(object)

    def __init__(self, card: UseCard, paper: PaperStands) -> None:
        when = f"{day_words(card.starts_at.date())}, {card.space.name if card.space else 'parked'}"
        when += f", and {card.other_uses} more" if card.other_uses else ""
        super().__init__(
            "Take the cancellation back",
            code=number_words(card.number),
            lines=[card.title, when],
        )
        self.card = card
        self.cost = CostSection()
        self.add(self.cost)
        anew = [CostLine(new.description, new.net, new.price_reason) for new in paper.anew]
        billed = [
            CostLine(row.description, Pence(-row.net), given_back_words(row.route))
            for row in paper.credited
        ]
        falls = [
            CostLine(row.description, Pence(-row.net), "It is struck out")
            for row in paper.struck_out
        ]
        self.cost.show_taken_back(anew, [*billed, *falls])
        issued = papers_back(row.route for row in paper.credited)
        said = f"{issued[0].upper()}{issued[1:]} at once; this is not undone with Ctrl+Z."
        self.section().note(said)
        self.save_button = self.foot("Take it back", leave="Leave it cancelled")
        self.saved.connect(self.save)

    def focus_first(self) -> None:
        """Go to the button: all is known, one key does it."""
        self.save_button.setFocus()

    def save(self) -> None:
        """Ask for it to be taken back as it is shown."""
        self.show_busy(True)
        self.restore_wanted.emit(self)

    def show_refusal(self, refusal: OfficerError) -> None:
        """Say why not, in the place of what it would cost."""
        self.show_busy(False)
        self.cost.show_refusal(str(refusal))
