"""The waiting list of an event in the inspector: who is next, one key to promote."""

from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from lle_desk.core.days import add_working_days, london_time, now_utc, short_day
from lle_desk.courses.actions import (
    OfferPlaces,
    Promote,
    StopWaiting,
    offer_places,
    promote,
    set_priority,
    stop_waiting,
    take_back_offer,
)
from lle_desk.courses.actions.kept_places import KeepingPlaces
from lle_desk.courses.queries import EventCard, PartyRow, WaitingList, waiting_list
from lle_desk.courses.rules import counted
from lle_desk.qt.buttons import Button, MenuButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import DateField, Form, NumberField, TextField, TimeField
from lle_desk.qt.inspector import Page
from lle_desk.qt.section import Section

OFFER_DAYS = 2  # working days that an offer stands, until something else is typed
OFFER_UNTIL = time(12, 0)
FIRST, IN_TIME = 9, 0  # priorities: before all others, and by when they asked


def read_list(session: Any, event_id: int) -> WaitingList:
    """Return the list as it is now."""
    return waiting_list(session, event_id, london_time(now_utc()))


class WaitingPage(Page):
    """Who waits, in order; the first that fits is promoted with P.

    Signals:
        done: a party was promoted or stopped. int: the event's id.
        offer_wanted: object: the PartyRow to offer places to.
        stop_wanted: object: the PartyRow that waits no longer.
        booking_opened: int: a party's booking.
        second_wanted: another event for those who wait.
    """

    done = Signal(int)
    offer_wanted = Signal(object)
    stop_wanted = Signal(object)
    booking_opened = Signal(int)
    second_wanted = Signal()

    def __init__(self, desk: Desk, card: EventCard, waiting: WaitingList) -> None:
        row = card.row
        free = counted(waiting.free, "place") + " free"
        if waiting.offered:
            free += f", {waiting.offered} offered"
        second = Button("Another event for them", "calendar-plus")
        super().__init__(
            "Waiting list", code=row.code, lines=[f"{row.title} · {free}"], actions=[second]
        )
        second.clicked.connect(self.second_wanted)
        self._desk, self._event_id = desk, row.id
        following = waiting.next_party
        section = self.section("In order", counted(len(waiting.parties), "party", "parties"))
        for number, party in enumerate(waiting.parties, start=1):
            self._add_party(section, number, party, party == following)
        if not waiting.parties:
            section.note("Nobody waits.")

    def _add_party(self, section: Section, number: int, party: PartyRow, is_next: bool) -> None:
        buttons: list[Button] = []
        if party.fits:
            key = "P" if is_next else ""
            give = partial(self._promote, party)
            buttons.append(Button("Give the places", "check", key=key, on_click=give))
        section.chase(
            "clock",
            f"{number}. {party.customer}",
            counted(party.places, "place"),
            kind="fine" if is_next else "warning" if party.is_offered else "plain",
            buttons=[*buttons, self._menu(party)],
        )
        section.note(party_words(party))

    def _menu(self, party: PartyRow) -> MenuButton:
        entries: list[tuple[str, str, Callable[[], object]]] = [
            ("Open the booking", "file-text", partial(self.booking_opened.emit, party.booking_id))
        ]
        if party.is_offered:
            back = partial(self._take_back, party)
            entries.append(("Take the offer back", "arrow-back-up", back))
        elif party.fits:
            entries.append(("Offer until …", "clock", partial(self.offer_wanted.emit, party)))
        if party.priority < FIRST:
            before = partial(self._set_priority, party, FIRST)
            entries.append(("Goes before the others", "star", before))
        if party.priority > IN_TIME:
            by_time = partial(self._set_priority, party, IN_TIME)
            entries.append(("By when they asked again", "clock", by_time))
        entries.append(("Waits no longer …", "ban", partial(self.stop_wanted.emit, party)))
        return MenuButton("More", "dots", entries)

    def _promote(self, party: PartyRow) -> None:
        ask = Promote(party.booking_id, party.version)
        instead = "Cancel the places, if they are not to come."
        words = partial(_promoted_words, party)
        action = KeepingPlaces(promote, words, instead=instead, is_told=True)
        self._desk.do(self, self._done, action, ask)

    def _done(self, _answer: object) -> None:
        self.done.emit(self._event_id)

    def _set_priority(self, party: PartyRow, priority: int) -> None:
        how = "goes before the others" if priority else "waits by when they asked"
        action = KeepingPlaces(set_priority, f"{party.customer} {how}")
        self._desk.do(self, self._done, action, party.booking_id, party.version, priority)

    def _take_back(self, party: PartyRow) -> None:
        action = KeepingPlaces(take_back_offer, f"Took back the offer to {party.customer}")
        self._desk.do(self, self._done, action, party.booking_id, party.version)


def _promoted_words(party: PartyRow, places: int) -> str:
    rest = party.places - places
    left = f"; {counted(rest, 'place')} still waits" if rest == 1 else ""
    left = f"; {rest} places still wait" if rest > 1 else left
    return f"Booked {counted(places, 'place')} for {party.customer}{left}"


def party_words(party: PartyRow) -> str:
    """Return what an officer needs to ring them: who, since when, what they take."""
    told = [
        f"{party.contact} {party.telephone}".strip(),
        f"since {short_day(party.joined_at.date())} {party.joined_at:%H:%M}",
        "all or nothing" if party.is_all_or_nothing else "",
        f"priority {party.priority}" if party.priority else "",
    ]
    if party.offered_until is not None:
        until = f"{short_day(party.offered_until.date())} {party.offered_until:%H:%M}"
        offered = "offered until" if party.is_offered else "did not answer by"
        told.append(f"{offered} {until}")
    return " · ".join(part for part in told if part)


class OfferPage(Page):
    """Offers free places to a party until a time.

    Signals:
        done: they are offered. int: the event's id.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, event_id: int, party: PartyRow) -> None:
        super().__init__("Offer places", code=party.words, lines=[party.customer])
        self._desk, self._event_id, self._party = desk, event_id, party
        self.fields = Form()
        now = london_time(now_utc())
        self.places = self.fields.add(
            NumberField("&Places", least=1, most=party.places, key="places")
        )
        self.day = DateField("&Until", needed=True, key="until")
        self.clock = TimeField("A&t", key="until_time")
        self.fields.row(self.day, self.clock)
        self.places.set_value(party.places)
        self.day.set_value(add_working_days(now.date(), OFFER_DAYS))
        self.clock.set_value(OFFER_UNTIL)
        self.form(self.fields)
        self.section().note("Until then nobody else can be booked on these places.")
        self.foot("Offer them")
        self.saved.connect(self.save)

    def save(self) -> None:
        """Offer the places."""
        day, clock = self.day.value(), self.clock.value()
        if not self.fields.check() or day is None:
            return
        until = datetime.combine(day, clock or OFFER_UNTIL)
        party = self._party
        ask = OfferPlaces(party.booking_id, party.version, self.places.value() or 0, until)
        self.show_busy(True)
        words = f"Offered {counted(ask.places, 'place')} to {party.customer}"
        action = KeepingPlaces(offer_places, words, is_told=True)
        self._desk.do(self, self._offered, action, ask, on_refused=self.show_refusal)

    def _offered(self, _nothing: object) -> None:
        self.done.emit(self._event_id)


class StopPage(Page):
    """Takes a party off the waiting list.

    Signals:
        done: they wait no longer. int: the event's id.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, event_id: int, party: PartyRow) -> None:
        super().__init__("Waits no longer", code=party.words, lines=[party.customer])
        self._desk, self._event_id, self._party = desk, event_id, party
        self.fields = Form()
        self.reason = self.fields.add(TextField("&Why", needed=True, key="reason", max_length=400))
        self.form(self.fields)
        self.section().note("It costs nothing.")
        self.foot("Take them off the list")
        self.saved.connect(self.save)

    def save(self) -> None:
        """Take the party off the list."""
        if not self.fields.check():
            return
        self.show_busy(True)
        party = self._party
        ask = StopWaiting(party.booking_id, party.version, self.reason.value())
        action = KeepingPlaces(stop_waiting, f"{party.customer} waits no longer")
        self._desk.do(self, self._stopped, action, ask, on_refused=self.show_refusal)

    def _stopped(self, _nothing: object) -> None:
        self.done.emit(self._event_id)
