"""Telling everybody of a decision by e-mail, as part of deciding; who has it is ticked off."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from lle_desk.core.errors import OfficerError
from lle_desk.courses.actions.telling import TickBookings, tick_bookings
from lle_desk.courses.queries.addressing import Addressee, addressees_of
from lle_desk.courses.ui.post import Post
from lle_desk.letters.rules import LetterKind
from lle_desk.qt.desk import Desk


class TellAll(QObject):
    """Sends one letter to all bookings of one event, and is gone afterwards."""

    def __init__(self, desk: Desk, screen: QWidget, today: Callable[[], date]) -> None:
        super().__init__(screen)
        self._desk = desk
        self._event_id = 0
        self._post = Post(desk, screen, today)
        self._post.gone.connect(self._gone)
        self._post.refused.connect(self._refused)

    def begin(self, event_id: int, kind: LetterKind, booking_ids: Sequence[int]) -> None:
        """Write to these bookings; those without an address stay to be told."""
        self._event_id = event_id
        self._desk.load(self, self._post.send, addressees_of, kind, tuple(booking_ids))

    def _gone(self, whom: Sequence[Addressee]) -> None:
        bookings = tuple(sorted({one.booking_id for one in whom}))
        ask = TickBookings((self._event_id,), bookings)
        self._desk.act(self, self._over, tick_bookings, ask)

    def _refused(self, refusal: OfficerError) -> None:
        self._desk.refused.emit(str(refusal))
        self._over(0)

    def _over(self, _count: int) -> None:
        self._post.deleteLater()
        self.deleteLater()
