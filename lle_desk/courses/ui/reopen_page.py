"""Booking cancelled places again in the inspector: what it costs stands there first."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import ReopenBooking, reopen_booking
from lle_desk.courses.actions.kept_places import KeepingPlaces
from lle_desk.courses.actions.reopening import Reopening, WaitInstead, reopening, wait_instead
from lle_desk.courses.queries import BookingCard
from lle_desk.courses.rules import counted
from lle_desk.courses.ui.place_pages import PlaceChoice
from lle_desk.qt.cost_section import CostLine, CostSection
from lle_desk.qt.desk import Desk
from lle_desk.qt.inspector import Page

NAME_TO_COME = "Name to come"


class ReopenPage(Page):
    """Books cancelled places again, or lets them wait where the event is full.

    Signals:
        done: it is done. int: the booking to show: the same, or the one that waits.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, today: Callable[[], date], card: BookingCard) -> None:
        self._cancelled = [place for place in card.places if place.can_be_reopened]
        count = len(self._cancelled)
        super().__init__(
            "Book the place again" if count == 1 else "Book the places again",
            code=card.words,
            lines=[f"{card.customer} · {card.title}, {card.event_code}"],
        )
        self._desk, self._today, self._card = desk, today, card
        self._uuid = new_uuid()
        self._known: Reopening | None = None
        self.places = PlaceChoice(self._cancelled)
        self.form(self.places)
        places_left = self.section("Places left")
        self._left = places_left.note("", "body")
        self._over = places_left.note("", "warning")
        self._refusal = places_left.note("", "refusal")
        self._over.hide()
        self._refusal.hide()
        self.cost = CostSection()
        self.add(self.cost)
        stays = "Leave it cancelled" if count == 1 else "Leave them cancelled"
        self.save_button = self.foot("Book again", leave=stays)
        self.places.chosen_changed.connect(self._ask_cost)
        self.saved.connect(self.save)
        self._ask_cost()

    def focus_first(self) -> None:
        """Go to the button: all is known, one key does it."""
        self.save_button.setFocus()

    def save(self) -> None:
        """Book the places again at what is shown, or put them on the waiting list."""
        known, chosen = self._known, self.places.chosen
        if not chosen:
            self._say("Tick at least one place.")
            return
        if known is None:
            return  # what it costs is being read
        self.show_busy(True)
        card, count = self._card, counted(len(chosen), "place")
        if known.can_wait:
            wait = WaitInstead(self._uuid, card.id, card.version, chosen)
            keeping = KeepingPlaces(wait_instead, f"{card.customer} waits for {count}")
            self._desk.do(self, self.done.emit, keeping, wait, on_refused=self.show_refusal)
            return
        ask = ReopenBooking(card.id, card.version, chosen, known.total)
        instead = "Cancel the places again, if they are not to come."
        words = f"{card.words}: {count} booked again"
        action = KeepingPlaces(reopen_booking, words, instead=instead, is_told=True)
        self._desk.do(self, self._booked, action, ask, on_refused=self.show_refusal)

    def _ask_cost(self) -> None:
        self._known = None
        self._say("")
        chosen = self.places.chosen
        if chosen:
            self._desk.load(self, self._show_cost, reopening, self._card.id, chosen)

    def _show_cost(self, known: Reopening) -> None:
        self._known = known
        names = {place.id: place.delegate or NAME_TO_COME for place in self._cancelled}
        chosen = self.places.chosen
        count = counted(len(chosen), "place")
        anew = [
            CostLine(names[place_id], line.net, line.reason)
            for place_id, line in zip(chosen, known.lines, strict=False)
        ]
        back = [
            CostLine(f"Fee, {names[fee.place_id]}", Pence(-fee.net), fee.falls)
            for fee in known.fees
        ]
        if known.refusal:
            stays = "The fee for cancelling stays." if back else ""
            self.cost.show_refusal(known.refusal, stays)
        else:
            self.cost.show_taken_back(anew, back)
        self._left.set(known.left[:1].upper() + known.left[1:])
        is_over = known.last_on is not None and known.last_on < self._today()
        if is_over and known.last_on is not None:
            self._over.set(f"It was on {day_words(known.last_on)}.")
        self._over.setVisible(is_over)
        wait = f"Put {count} on the waiting list"
        self.save_button.set_text(wait if known.can_wait else f"Book {count} again")
        self.save_button.setEnabled(known.can_wait or not known.refusal)

    def show_refusal(self, refusal: OfficerError) -> None:
        """Say why not, and read again: what was shown may not stand any more."""
        self.show_busy(False)
        self._ask_cost()
        self._say(str(refusal))

    def _say(self, refusal: str) -> None:
        self._refusal.set(refusal)
        self._refusal.setVisible(bool(refusal))

    def _booked(self, _places: int) -> None:
        self.done.emit(self._card.id)
