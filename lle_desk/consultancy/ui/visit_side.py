"""A visit in the inspector, beside the diary as beside the list: shown, planned, changed, ended."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from lle_desk.consultancy.actions import SetVisitState, undoing
from lle_desk.consultancy.queries import VisitCard, services_of_visits, visit_card
from lle_desk.consultancy.rules import VisitState
from lle_desk.consultancy.ui.ending_pages import CancelVisitPage, NotePage
from lle_desk.consultancy.ui.visit_form import Service, VisitFormPage, VisitStart
from lle_desk.consultancy.ui.visit_page import VisitOpens, visit_page
from lle_desk.consultancy.ui.visit_post import VisitPost
from lle_desk.qt.desk import Desk
from lle_desk.qt.inspector import Inspector, Page


class VisitSide(QObject):
    """Shows one visit and does with it what its buttons say.

    Signals:
        shown: a visit is in the inspector. object: its VisitCard.
        saved: a visit was planned or changed. int: its id.
        record_asked: open what another screen owns. str, int: kind and id.
    """

    shown = Signal(object)
    saved = Signal(int)
    record_asked = Signal(str, int)

    def __init__(
        self,
        desk: Desk,
        inspector: Inspector,
        today: Callable[[], date],
        parent: QWidget,
        *,
        leads_to_diary: bool = False,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._inspector = inspector
        self._today = today
        self._wanted = 0  # the visit whose page is wanted
        self.card: VisitCard | None = None
        self.post = VisitPost(desk, parent, today)
        self._opens = VisitOpens(
            confirm=self.confirm,
            note=self.note,
            edit=self.edit,
            cancel=self.cancel,
            print=partial(self._letter, self.post.print),
            save=partial(self._letter, self.post.save),
            draft=partial(self._letter, self.post.save_draft),
            record=self.record_asked.emit,
            diary=self._to_diary if leads_to_diary else None,
        )

    @property
    def wanted(self) -> int:
        """The visit that is shown or on its way, 0 for none."""
        return self._wanted

    def show(self, visit_id: int) -> None:
        """Show a visit as soon as it is read."""
        self._wanted = visit_id
        self._desk.load(self, self._show, visit_card, visit_id)

    def reload(self) -> None:
        """Read the visit again, unless something is being typed."""
        if self._wanted and not self._inspector.is_typed():
            self.show(self._wanted)

    def show_nothing(self, words: str) -> None:
        """Show no visit, but what can be done."""
        self.forget()
        self._inspector.show_empty(words, icon="briefcase")

    def forget(self) -> None:
        """Want no visit any more; what stands there stays."""
        self._wanted, self.card = 0, None

    def put(self, page: Page, key: str) -> None:
        """Show a form in place of the visit."""
        self._wanted = 0
        self._inspector.show_page(page, (key, 0))
        page.focus_first()

    def begin(self, start: VisitStart) -> None:
        """Begin a new visit."""
        self._desk.load(self, partial(self._begin, start), services_of_visits)

    def edit(self) -> None:
        """Change the visit that is shown."""
        self._desk.load(self, self._edit, services_of_visits)

    def note(self) -> None:
        """Write the note of the visit that is shown."""
        if self.card is not None:
            page = NotePage(self._desk, self._today, self.card)
            page.done.connect(self.saved)
            self.put(page, "note")

    def cancel(self) -> None:
        """Cancel the visit that is shown; what that costs is said first."""
        if self.card is not None:
            page = CancelVisitPage(self._desk, self._today, self.card)
            page.done.connect(self.saved)
            self.put(page, "cancel")

    def confirm(self) -> None:
        """Confirm the visit that is shown."""
        card = self.card
        if card is not None:
            ask = SetVisitState(card.id, card.version, VisitState.CONFIRMED)
            self._desk.do(self, partial(self._confirmed, card), undoing.confirm, ask)

    def _show(self, card: VisitCard) -> None:
        if card.id == self._wanted:
            self.card = card
            page = visit_page(card, self._today(), self._opens)
            self._inspector.show_page(page, ("visit", card.id))
            self.shown.emit(card)

    def _begin(self, start: VisitStart, services: Sequence[Service]) -> None:
        page = VisitFormPage(self._desk, services, self._today)
        page.begin(start)
        page.done.connect(self.saved)
        self.put(page, "new visit")

    def _edit(self, services: Sequence[Service]) -> None:
        if self.card is not None:
            page = VisitFormPage(self._desk, services, self._today, self.card)
            page.done.connect(self.saved)
            self.put(page, "edit visit")

    def _confirmed(self, card: VisitCard, _nothing: object) -> None:
        self.saved.emit(card.id)

    def _letter(self, take: Callable[[int], None]) -> None:
        if self.card is not None:
            take(self.card.id)

    def _to_diary(self) -> None:
        if self.card is not None:
            self.record_asked.emit("visit", self.card.id)
