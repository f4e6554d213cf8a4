"""What is done to a booking by one press in the inspector; each can be undone."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import (
    CancelBooking,
    ConfirmBooking,
    MoveUse,
    ReleaseRoom,
    RestoreBooking,
    cancel_booking,
    confirm_booking,
    move_use,
    release_room,
    restore_booking,
)
from lle_desk.rooms.actions.agreeing import MayCredit, PaperStands
from lle_desk.rooms.actions.asking import RequestRoom, request_room
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.actions.requests import PinUse
from lle_desk.rooms.actions.series_changes import cancel_series
from lle_desk.rooms.actions.series_requests import CancelSeries
from lle_desk.rooms.actions.swapping import pin_use
from lle_desk.rooms.queries import UseCard
from lle_desk.rooms.queries.around import BookingRoom
from lle_desk.rooms.rules import number_words
from lle_desk.rooms.ui.cancel_booking import CancelRoomPage, Part
from lle_desk.rooms.ui.restore_page import RestoreRoomPage
from lle_desk.rooms.ui.saving import FOR_WHICH


class BookingDeeds(QObject):
    """Confirms, cancels, restores, pins and parks what a card shows.

    Signals:
        done: it was saved. int: the use.
        refused: object: the OfficerError.
        page_wanted: what it costs or credits is to be seen first. object: the page.
    """

    done = Signal(int)
    refused = Signal(object)
    page_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def confirm(self, card: UseCard) -> None:
        """Confirm the booking."""
        ask = ConfirmBooking(booking_id=card.booking_id, seen_version=card.booking_version)
        self._do(card, f"Confirmed {called(card)}", confirm_booking, ask)

    def ask_cancel(self, card: UseCard, part: Part, today: Callable[[], date]) -> None:
        """Ask for notice and reason, and show the cost, before anything is done."""
        page = CancelRoomPage(self._desk, today, card, part)
        page.cancel_wanted.connect(partial(self._cancel, card, part))
        self.page_wanted.emit(page)

    def _cancel(
        self, card: UseCard, part: Part, ask: CancelBooking | CancelSeries | ReleaseRoom
    ) -> None:
        """Cancel the booking, its dates or a room of it as the officer settled it."""
        if isinstance(ask, CancelSeries):
            self._do(card, f"Cancelled {FOR_WHICH[ask.scope]} {called(card)}", cancel_series, ask)
        elif isinstance(part, BookingRoom):
            words = f"Took {part.room}, {part.when}, out of {called(card)}"
            self._do(card, words, release_room, ask)
        else:
            self._do(card, f"Cancelled {called(card)}", cancel_booking, ask)

    def restore(self, card: UseCard) -> None:
        """Take the cancellation back; where a paper has its fee, what is credited is seen first."""
        words = f"Took back the cancelling of {called(card)}"

        def done(_version: int) -> None:
            self.done.emit(card.use_id)

        def refused(error: OfficerError) -> None:
            if not isinstance(error, PaperStands):
                self.refused.emit(error)
                return
            page = RestoreRoomPage(card, error)
            page.restore_wanted.connect(self._restore_agreed)
            self.page_wanted.emit(page)

        keeping = Keeping(restore_booking, words)
        self._desk.do(self, done, keeping, _restoring(card), on_refused=refused)

    def _restore_agreed(self, page: RestoreRoomPage) -> None:
        """Take it back: the officer saw what is credited. A paper that is issued stays."""
        card = page.card

        def done(_version: int) -> None:
            self._desk.say(f"Took back the cancelling of {called(card)}.")
            self.done.emit(card.use_id)

        action = MayCredit(restore_booking)
        self._desk.act(self, done, action, _restoring(card), on_refused=page.show_refusal)

    def pin(self, card: UseCard) -> None:
        """Let the use stay in its room, or no longer."""
        ask = PinUse(
            use_id=card.use_id, seen_version=card.use_version, is_pinned=not card.is_pinned
        )
        kept = "stays in its room" if ask.is_pinned else "may be moved to another room again"
        self._do(card, f"{called(card)} {kept}", pin_use, ask)

    def ask_for_room(self, card: UseCard) -> None:
        """Ask the room manager for a room for what has none."""
        ask = RequestRoom(client_uuid=new_uuid(), use_id=card.use_id, note=card.notes_office)
        self._do(card, f"Asked the room manager for a room for {called(card)}", request_room, ask)

    def park(self, card: UseCard) -> None:
        """Take the use out of its room, to be given another later."""
        ask = MoveUse(
            use_id=card.use_id,
            seen_version=card.use_version,
            space_id=None,
            starts_at=card.starts_at,
            ends_at=card.ends_at,
        )
        self._do(card, f"Parked {called(card)}: it has no room now", move_use, ask)

    def _do(self, card: UseCard, words: str, action: Callable[..., int], ask: object) -> None:
        def done(_version: int) -> None:
            self.done.emit(card.use_id)

        self._desk.do(self, done, Keeping(action, words), ask, on_refused=self.refused.emit)


def _restoring(card: UseCard) -> RestoreBooking:
    return RestoreBooking(
        booking_id=card.booking_id, seen_version=card.booking_version, status="confirmed"
    )


def called(card: UseCard) -> str:
    """Return what a booking is called in what was done to it."""
    return f"“{card.title}”, {number_words(card.number)}"
