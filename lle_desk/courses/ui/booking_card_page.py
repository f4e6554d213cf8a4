"""A booking that was taken, in the inspector: who comes, what it costs, its letter."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lle_desk.core.days import day_words, london_time
from lle_desk.core.money import Pence, pounds
from lle_desk.courses.queries import BookingCard
from lle_desk.courses.rules import HOLDING, counted
from lle_desk.courses.ui.words import history_lines
from lle_desk.qt.buttons import Button, LinkButton
from lle_desk.qt.chips import Badge
from lle_desk.qt.inspector import Page


class BookingCardPage(Page):
    """One booking at a glance.

    Signals:
        event_opened: int: the event's id.
        customer_opened: int: the customer's id.
        print_wanted: print its confirmation.
        save_wanted: save its confirmation as a PDF.
        cancel_wanted: cancel it.
    """

    event_opened = Signal(int)
    customer_opened = Signal(int)
    print_wanted = Signal()
    save_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, card: BookingCard, today: date, parent: QWidget | None = None) -> None:
        held = [place for place in card.places if place.state in HOLDING]
        badge = Badge("Booked", "fine") if held else Badge("Cancelled", "refusal")
        letter = Button("Print letter", "printer", key="Ctrl+P")
        keep = Button("Save as PDF", "file-type-pdf")
        cancel = Button("Cancel it", "ban", kind="danger")
        super().__init__(
            card.customer,
            code=card.words,
            lines=[f"{card.title} · {card.event_code}"],
            badges=[badge],
            actions=[letter, keep, cancel] if held else [letter, keep],
            parent=parent,
        )
        letter.clicked.connect(self.print_wanted)
        keep.clicked.connect(self.save_wanted)
        cancel.clicked.connect(self.cancel_wanted)
        self.card = card
        self._add_facts(card)
        section = self.section("Places", counted(len(held), "place"))
        for place in card.places:
            why = f"{place.price_reason} · {place.vat_code} · {place.charge_state or place.state}"
            amount = pounds(place.net) if place.charge_id else "–"
            section.amount(place.delegate or "Name to come", "", amount)
            section.note(why)
        net = Pence(sum(place.net for place in held))
        vat = Pence(sum(place.vat for place in held))
        section.amount("VAT", "", pounds(vat))
        section.amount("Total", "", pounds(Pence(net + vat)), strong=True)
        if card.notes:
            self.section("Notes").note(card.notes, "body")
        lines = history_lines(card.history, today)
        if lines:
            self.section("History").history(lines)

    def _add_facts(self, card: BookingCard) -> None:
        facts = self.section("", link=LinkButton("Open the event", self._open_event))
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
