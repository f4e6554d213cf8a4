"""A booking that was taken, in the inspector: who comes, what it costs, its letter."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from lle_desk.core.days import day_words, london_time
from lle_desk.core.money import Pence, pounds
from lle_desk.courses.queries import BookingCard
from lle_desk.courses.rules import HOLDING, PlaceState, counted
from lle_desk.courses.ui.words import history_lines
from lle_desk.qt.buttons import Button, MenuButton
from lle_desk.qt.chips import Badge
from lle_desk.qt.inspector import Page


class BookingCardPage(Page):
    """One booking at a glance.

    Signals:
        event_opened: int: the event's id.
        customer_opened: int: the customer's id.
        print_wanted: print its confirmation.
        save_wanted: save its confirmation as a PDF.
        mail_wanted: send its confirmation by e-mail. int: the booking.
        cancel_wanted: cancel it.
        name_wanted: int: the place to name, or to give to a colleague.
        names_wanted: name the places from a list.
        transfer_wanted: change to another event.
        reopen_wanted: book the cancelled places again.
    """

    event_opened = Signal(int)
    customer_opened = Signal(int)
    print_wanted = Signal()
    save_wanted = Signal()
    mail_wanted = Signal(int)
    cancel_wanted = Signal()
    name_wanted = Signal(int)
    names_wanted = Signal()
    transfer_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(self, card: BookingCard, today: date) -> None:
        held = [place for place in card.places if place.state in HOLDING]
        waiting = [place for place in card.places if place.state == PlaceState.WAITING]
        badge = _badge(len(held), len(waiting))
        letter = Button("Print letter", "printer", key="Ctrl+P")
        keep = Button("Save as PDF", "file-type-pdf")
        more = MenuButton("More", "dots", self._entries(card))
        super().__init__(
            card.customer,
            code=card.words,
            badges=[badge],
            actions=[letter, keep, more],
        )
        letter.clicked.connect(self.print_wanted)
        keep.clicked.connect(self.save_wanted)
        self.card = card
        self._add_facts(card)
        section = self.section("Places", counted(len(held), "place"))
        for place in card.places:
            stands = place.charge_state or place.state
            if place.cancelled_reason:
                stands = f"{place.charge_state or 'cancelled'} · {place.cancelled_reason}"
            came = place.state_words if place.part else ""
            told = (place.price_reason, place.vat_code, stands, came)
            amount = pounds(place.owed) if place.charge_id else "–"
            changes = place.state in (PlaceState.BOOKED, PlaceState.WAITING)
            section.line(
                place.delegate or "Name to come",
                amount,
                right_role="body",
                on_open=partial(self.name_wanted.emit, place.id) if changes else None,
            )
            section.note(" · ".join(part for part in told if part))
        net = Pence(sum(place.owed for place in card.places))
        vat = Pence(sum(place.owed_vat for place in card.places))
        section.amount("VAT", "", pounds(vat))
        section.amount("Total", "", pounds(Pence(net + vat)), strong=True)
        if card.notes:
            self.section("Notes").note(card.notes, "body")
        lines = history_lines(card.history, today)
        if lines:
            self.section("History").history(lines)

    def _entries(self, card: BookingCard) -> list[tuple[str, str, Callable[[], object]]]:
        states = {place.state for place in card.places}
        entries: list[tuple[str, str, Callable[[], object]]] = []
        if states & set(HOLDING):
            mail = partial(self._ask_mail, card.id)  # the signal is not there before the page
            entries.append(("Send the confirmation by e-mail", "mail", mail))
        if PlaceState.BOOKED in states:
            to_name = next(place for place in card.places if place.state == PlaceState.BOOKED)
            unnamed = next((one for one in card.places if not one.delegate), to_name)
            name = partial(self._ask_name, unnamed.id)
            entries.append(("Name a place, or send a colleague …", "user-plus", name))
            if not unnamed.delegate:
                entries.append(("Names from a list …", "list", self._ask_names))
            entries.append(("Change to another event …", "arrows-exchange", self._ask_transfer))
            entries.append(("Cancel it …", "ban", self._ask_cancel))
        if any(place.can_be_reopened for place in card.places):
            entries.append(("Book the cancelled places again …", "arrow-back-up", self._ask_reopen))
        return entries

    def _ask_mail(self, booking_id: int) -> None:
        self.mail_wanted.emit(booking_id)

    def _ask_name(self, place_id: int) -> None:
        self.name_wanted.emit(place_id)

    def _ask_names(self) -> None:
        self.names_wanted.emit()

    def _ask_transfer(self) -> None:
        self.transfer_wanted.emit()

    def _ask_cancel(self) -> None:
        self.cancel_wanted.emit()

    def _ask_reopen(self) -> None:
        self.reopen_wanted.emit()

    def _add_facts(self, card: BookingCard) -> None:
        facts = self.section()
        facts.fact("Event", f"{card.title} · {card.event_code}", on_open=self._open_event)
        facts.fact("Customer", card.customer, on_open=self._open_customer)
        facts.fact("Caller", card.contact or "–")
        facts.fact("Order number", card.order_number or "none given")
        if card.confirmation_to:
            facts.fact("Letter to", card.confirmation_to)
        at = london_time(card.taken_at)
        facts.fact("Taken", f"{day_words(at.date())} {at:%H:%M} by {card.taken_by}")

    def _open_event(self) -> None:
        self.event_opened.emit(self.card.event_id)

    def _open_customer(self) -> None:
        self.customer_opened.emit(self.card.customer_id)


def _badge(held: int, waiting: int) -> Badge:
    if held:
        return Badge("Booked", "fine")
    return Badge("Waiting", "warning", "clock") if waiting else Badge("Cancelled", "refusal")
