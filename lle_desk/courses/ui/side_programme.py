"""Which page of the inspector follows when an event's costs are looked at."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from lle_desk.courses.queries import EventCard, event_card
from lle_desk.courses.ui.cost_page import CostPage
from lle_desk.qt.desk import Desk
from lle_desk.qt.inspector import Inspector, Page


class ProgrammePages(QObject):
    """Opens the pages about an event's place in the programme.

    Signals:
        page_wanted: a page to show. object, object: the Page and its key.
    """

    page_wanted = Signal(object, object)

    def __init__(self, desk: Desk, parent: Inspector) -> None:
        super().__init__(parent)
        self._desk = desk
        self._side = parent

    def show_costs(self, card: EventCard) -> None:
        """Open the costs of an event."""
        page = CostPage(self._desk, card)
        page.done.connect(self._saved)
        self._put(page, ("costs", card.row.id))

    def read_costs(self, event_id: int) -> None:
        """Show the costs of an event as they are by now."""
        self._desk.load(self, self._side.awaited(self.show_costs), event_card, event_id)

    def _saved(self, event_id: int) -> None:
        if not self._side.settle():
            self.read_costs(event_id)

    def _put(self, page: Page, key: tuple[str, Any]) -> None:
        self.page_wanted.emit(page, key)
