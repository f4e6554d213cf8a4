"""What a change credits and charges anew, to be seen and agreed to before it is made."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.charges.rules import back_word, papers_back
from lle_desk.core.money import Pence, pounds
from lle_desk.customers.rules import Route
from lle_desk.qt.buttons import Button
from lle_desk.qt.section import Section
from lle_desk.qt.theme import px
from lle_desk.rooms.actions.agreeing import PaperStands

CREDIT = "Credit it and save"


class PaperPart(QWidget):
    """Hidden until a change would credit what is on an issued paper.

    Signals:
        agreed: the officer saw it and agrees.
    """

    agreed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._section: Section | None = None
        self.agree = Button(CREDIT, "receipt", on_click=self.agreed.emit)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.agree)
        self.hide()

    def show_paper(self, paper: PaperStands) -> None:
        """Show each amount that is given back and charged instead, and the difference."""
        self._forget()
        shown = Section("On an issued paper", paper.booking)
        margins = shown.layout()
        if margins is not None:
            margins.setContentsMargins(0, px(9), 0, px(9))  # the form has its own at the sides
        for row in paper.credited:
            shown.amount(row.description, back_word([row.route]), pounds(Pence(-row.gross)))
        for new in paper.anew:
            shown.amount(new.description, "charged instead", pounds(Pence(new.net + new.vat)))
        instead = sum(new.net + new.vat for new in paper.anew)
        difference = Pence(instead - paper.given_back)
        shown.amount("Difference", "", pounds(difference), strong=True)
        routes = {row.route for row in paper.credited}
        shown.note(
            f"The paper stays as it is: {papers_back(routes)} now. Esc leaves all as it was."
        )
        self.agree.set_text("Reverse it and save" if routes == {Route.RECHARGE} else CREDIT)
        self._section = shown
        self._column.insertWidget(0, shown)
        self.show()
        self.agree.setFocus()

    def clear(self) -> None:
        """Show nothing: something else is typed now."""
        self._forget()
        self.hide()

    def _forget(self) -> None:
        if self._section is not None:
            self._section.hide()
            self._section.deleteLater()
            self._section = None
