"""The form of a booking that is there: for this date, and for others that it repeats on."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from lle_desk.core.days import short_day
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.qt.desk import Desk
from lle_desk.qt.sight import bring_into_sight
from lle_desk.rooms.actions import edit_booking
from lle_desk.rooms.actions.agreeing import PaperStands
from lle_desk.rooms.actions.series_changes import edit_series
from lle_desk.rooms.actions.series_lifting import BookLeftOut, book_left_out
from lle_desk.rooms.actions.series_requests import EditSeries
from lle_desk.rooms.queries import UseCard
from lle_desk.rooms.queries.around import Around, around_booking
from lle_desk.rooms.queries.series import SeriesDay
from lle_desk.rooms.rules import SpaceFacts, Status, number_words
from lle_desk.rooms.rules.places import DatesRefused
from lle_desk.rooms.rules.repeats import Scope
from lle_desk.rooms.ui.around_part import AroundPart
from lle_desk.rooms.ui.booking_form import BookingForm
from lle_desk.rooms.ui.date_list import DateList
from lle_desk.rooms.ui.paper_part import PaperPart
from lle_desk.rooms.ui.saving import FOR_WHICH, Saving


class SavedBookingForm(BookingForm):
    """A booking to be edited, with its other rooms, days and dates above it.

    Signals:
        saving_wanted: object: a Saving that a button above the fields asks for.
    """

    saving_wanted = Signal(object)

    def __init__(
        self, desk: Desk, spaces: Sequence[SpaceFacts], card: UseCard, *, today: date | None = None
    ) -> None:
        super().__init__(desk, spaces, is_new=False, today=today)
        self._desk = desk
        self._names = {space.id: space.name for space in spaces}
        may_add = card.status != Status.CANCELLED and card.source != "course"
        self.around = AroundPart(may_add=may_add)
        self.dates = DateList(is_change=True)
        self.paper = PaperPart()
        self.typed.connect(self.paper.clear)
        self._layout.insertWidget(0, self.around)
        self._layout.insertWidget(self._layout.indexOf(self.reason) + 1, self.dates)
        self._layout.insertWidget(self._layout.indexOf(self.dates) + 1, self.paper)
        self.around.lifting_wanted.connect(self._book_left_out)
        self.around.scope_choice.chosen.connect(self._scope_chosen)

    def show_card(self, card: UseCard) -> None:
        super().show_card(card)
        self._desk.load(self, self._show_around, around_booking, card.booking_id)

    def saving(self, card: UseCard) -> Saving:
        """Return what Save saves, for the dates that are chosen. The form was checked."""
        edit = self.edit_request(card)
        called = f"“{card.title}”, {number_words(card.number)}"
        scope = self.around.scope
        if scope is Scope.THIS:
            return Saving(edit_booking, edit, f"Saved {called}")
        ask = EditSeries(edit=edit, scope=scope, choices=self.dates.choices)
        return Saving(edit_series, ask, f"Saved {FOR_WHICH[scope]} {called}")

    def show_refusal(self, refusal: OfficerError | str) -> None:
        if isinstance(refusal, PaperStands):
            self.paper.show_paper(refusal)
            bring_into_sight(self.paper)
            return
        super().show_refusal(refusal)
        if isinstance(refusal, DatesRefused):
            self.dates.show_rows(refusal.rows, self._names)
            self.dates.table.setFocus()

    def _show_around(self, around: Around) -> None:
        if self._card is not None:
            self.around.show_around(around, self._card.use_id)

    def _scope_chosen(self, _scope: str) -> None:
        self.dates.clear()
        self.clear_refusal()

    def _book_left_out(self, day: SeriesDay) -> None:
        card = self._card
        if card is not None:
            ask = BookLeftOut(client_uuid=new_uuid(), booking_id=card.booking_id, on=day.on)
            words = f"Booked “{card.title}” on {short_day(day.on)} after all"
            self.saving_wanted.emit(Saving(book_left_out, ask, words))
