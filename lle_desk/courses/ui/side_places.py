"""Which page of the inspector follows when places change: names, events, the waiting list."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from lle_desk.courses.actions import MoveParty, move_party
from lle_desk.courses.actions.kept_places import KeepingPlaces
from lle_desk.courses.queries import BookingCard, EventCard, PartyRow, WaitingList
from lle_desk.courses.ui.booking_card_page import BookingCardPage
from lle_desk.courses.ui.cancel_page import CancelPage
from lle_desk.courses.ui.names_page import NamesPage
from lle_desk.courses.ui.place_pages import NamePage, TransferPage
from lle_desk.courses.ui.reopen_page import ReopenPage
from lle_desk.courses.ui.waiting_page import OfferPage, StopPage, WaitingPage, read_list
from lle_desk.qt.desk import Desk
from lle_desk.qt.inspector import Inspector, Page


class PlacePages(QObject):
    """Opens the pages that change places, one after the other.

    Signals:
        page_wanted: a page to show. object, object: the Page and its key.
        booking_wanted: a booking to show. int.
        event_wanted: an event to show. int.
        second_wanted: another event for those who wait. object: the EventCard.
    """

    page_wanted = Signal(object, object)
    booking_wanted = Signal(int)
    event_wanted = Signal(int)
    second_wanted = Signal(object)

    def __init__(self, desk: Desk, today: Callable[[], date], parent: Inspector) -> None:
        super().__init__(parent)
        self._desk = desk
        self._today = today
        self._side = parent
        self._waiting: tuple[int, tuple[PartyRow, ...]] = (0, ())  # event, who goes along

    def connect_booking(self, page: BookingCardPage) -> None:
        """Let a booking's page open what changes it."""
        page.name_wanted.connect(partial(self._name, page.card))
        page.names_wanted.connect(partial(self._names, page.card))
        page.transfer_wanted.connect(partial(self._transfer, page.card))
        page.reopen_wanted.connect(partial(self._reopen, page.card))
        page.cancel_wanted.connect(partial(self._cancel, page.card))

    def show_waiting(self, card: EventCard) -> None:
        """Open the waiting list of an event."""
        shown = self._side.awaited(partial(self._show_waiting, card))
        self._desk.load(self, shown, read_list, card.row.id)

    def move_waiting(self, event_id: int) -> None:
        """Take who waited along to an event that was made for them."""
        _old, parties = self._waiting
        self._waiting = (0, ())
        for party in parties:
            ask = MoveParty(party.booking_id, party.version, event_id)
            words = f"{party.customer} waits for the new event now"
            self._desk.do(self, _nothing, KeepingPlaces(move_party, words), ask)

    def forget_waiting(self) -> None:
        """Leave who waits where they are: no other event was made."""
        self._waiting = (0, ())

    def _show_waiting(self, card: EventCard, waiting: WaitingList) -> None:
        page = WaitingPage(self._desk, card, waiting)
        event_id = card.row.id
        page.done.connect(self.event_wanted)
        page.booking_opened.connect(self.booking_wanted)
        page.offer_wanted.connect(partial(self._offer, event_id))
        page.stop_wanted.connect(partial(self._stop, event_id))
        page.second_wanted.connect(partial(self._second, card, waiting))
        self._put(page, ("waiting", event_id))

    def _second(self, card: EventCard, waiting: WaitingList) -> None:
        self._waiting = (card.row.id, waiting.parties)
        self.second_wanted.emit(card)

    def _offer(self, event_id: int, party: PartyRow) -> None:
        page = OfferPage(self._desk, event_id, party)
        page.done.connect(self.event_wanted)
        self._put(page, ("offer", party.booking_id))

    def _stop(self, event_id: int, party: PartyRow) -> None:
        page = StopPage(self._desk, event_id, party)
        page.done.connect(self.event_wanted)
        self._put(page, ("stop", party.booking_id))

    def _name(self, card: BookingCard, place_id: int) -> None:
        place = next(one for one in card.places if one.id == place_id)
        page = NamePage(self._desk, card, place)
        page.done.connect(self.booking_wanted)
        self._put(page, ("name", place_id))

    def _names(self, card: BookingCard) -> None:
        page = NamesPage(self._desk, card)
        page.done.connect(self.booking_wanted)
        self._put(page, ("names", card.id))

    def _transfer(self, card: BookingCard) -> None:
        page = TransferPage(self._desk, self._today, card)
        page.done.connect(self.booking_wanted)
        self._put(page, ("transfer", card.id))

    def _cancel(self, card: BookingCard) -> None:
        page = CancelPage(self._desk, self._today, card)
        page.done.connect(self.booking_wanted)
        self._put(page, ("cancel", card.id))

    def _reopen(self, card: BookingCard) -> None:
        page = ReopenPage(self._desk, self._today, card)
        page.done.connect(self.booking_wanted)
        self._put(page, ("reopen", card.id))

    def _put(self, page: Page, key: tuple[str, Any]) -> None:
        self.page_wanted.emit(page, key)


def _nothing(_answer: object) -> None:
    """Nothing follows on the screen."""
