"""What can be done to booked places in the inspector: a name, a colleague, another event."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.charges.rules import ChargeState, back_word
from lle_desk.core.money import Pence, pounds
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import (
    Delegate,
    Substitute,
    TransferPlaces,
    substitute,
    transfer_places,
)
from lle_desk.courses.actions.kept_places import KeepingPlaces
from lle_desk.courses.queries import (
    BookableEvent,
    BookingCard,
    DelegateChoice,
    NoPrice,
    PlacePrice,
    PlaceRow,
    as_typed,
    priced,
)
from lle_desk.courses.rules import HOLDING, counted
from lle_desk.courses.ui.booking_fields import event_field
from lle_desk.courses.ui.delegate_finder import DelegateFinder
from lle_desk.qt.desk import Desk
from lle_desk.qt.form import CheckField, Form, TextField
from lle_desk.qt.inspector import Page
from lle_desk.qt.section import Section


class DelegateField(DelegateFinder):
    """Who comes: one of the school's people, a name not known yet, or nobody yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "&Who comes", key="delegates", placeholder="a known colleague or a new name"
        )

    def fault(self) -> str:
        choice = self._choice
        return "Type a name, or nothing: then it is to come." if choice and choice.unnamed else ""

    @property
    def delegate(self) -> Delegate:
        """What was chosen or typed; nothing is a place to be named later."""
        choice = self._choice
        if choice is None:
            return Delegate()
        if choice.person_id is not None:
            return Delegate(person_id=choice.person_id)
        return Delegate(given_name=choice.given_name, family_name=choice.family_name)

    @property
    def _choice(self) -> DelegateChoice | None:
        return self.value() or as_typed(self.text())


class NamePage(Page):
    """Names a place, or lets a colleague take it. What was charged or invoiced stays.

    Signals:
        done: it is saved. int: the booking's id.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, card: BookingCard, place: PlaceRow) -> None:
        now = place.delegate or "Name to come"
        super().__init__(
            "Who comes instead" if place.delegate else "Name a place",
            code=card.words,
            lines=[f"Now: {now} · {card.title}, {card.event_code}"],
        )
        self._desk, self._card, self._place = desk, card, place
        self.fields = Form()
        self.delegate = self.fields.add(DelegateField(desk))
        self.delegate.set_whose(card.customer_id, card.event_id)
        self.form(self.fields)
        self.section().note("Price, charge and invoice stay as they are. Empty: to be named later.")
        self.foot("Save the name")
        self.saved.connect(self.save)

    def save(self) -> None:
        """Save who comes."""
        if not self.fields.check():
            return
        self.show_busy(True)
        ask = Substitute(self._place.id, self._place.version, self.delegate.delegate)
        who = self.delegate.text() or "Name to come"
        instead = f" instead of {self._place.delegate}" if self._place.delegate else ""
        action = KeepingPlaces(substitute, f"{self._card.words}: {who}{instead}")
        self._desk.do(self, self._saved, action, ask, on_refused=self.show_refusal)

    def _saved(self, _version: int) -> None:
        self.done.emit(self._card.id)


class PlaceChoice(Form):
    """Which places of a booking are meant: all of them until one is unticked.

    Signals:
        chosen_changed: other places are meant.
    """

    chosen_changed = Signal()

    def __init__(self, places: list[PlaceRow]) -> None:
        super().__init__()
        self._boxes: dict[int, CheckField] = {}
        for place in places:
            box = CheckField(place.delegate or "Name to come", key=f"place-{place.id}")
            box.set_value(True)
            self._boxes[place.id] = box
            if len(places) > 1:
                self.add(box)
                box.changed.connect(self.chosen_changed)
        if len(places) < 2:
            self.hide()

    @property
    def chosen(self) -> tuple[int, ...]:
        """The places that are ticked."""
        return tuple(place_id for place_id, box in self._boxes.items() if box.value())

    def is_typed(self) -> bool:
        return False  # a tick alone is nothing that would be lost


class TransferPage(Page):
    """Moves places to another event; what it costs stands there before it is done.

    Signals:
        done: they are moved. int: the new booking's id.
    """

    done = Signal(int)

    def __init__(self, desk: Desk, today: Callable[[], date], card: BookingCard) -> None:
        held = [place for place in card.places if place.state in HOLDING]
        super().__init__(
            "Change to another event",
            code=card.words,
            lines=[f"{card.customer} · {card.title}, {card.event_code}"],
        )
        self._desk, self._card = desk, card
        self._client_uuid = new_uuid()
        self._held = held
        self.fields = Form()
        self.event_field = self.fields.add(event_field(desk, today()))
        self.reason = self.fields.add(
            TextField("&Why they change", needed=True, key="reason", max_length=150)
        )
        self.form(self.fields)
        self.places = PlaceChoice(held)
        self.form(self.places)
        holder = QWidget()
        self._costs = QVBoxLayout(holder)
        self._costs.setContentsMargins(0, 0, 0, 0)
        self.cost = Section("What it costs")
        self.cost.note("Choose the event they change to.")
        self._costs.addWidget(self.cost)
        self.add(holder)
        self.foot("Change to this event")
        self.event_field.changed.connect(self._ask_price)
        self.places.chosen_changed.connect(self._ask_price)
        self.saved.connect(self.save)

    def save(self) -> None:
        """Move the places as the form says."""
        event = self.event_field.value()
        if not self.fields.check() or event is None:
            return
        if not self.places.chosen:
            self.fields.show_refusal("Tick at least one place.")
            return
        self.show_busy(True)
        ask = TransferPlaces(
            client_uuid=self._client_uuid,
            booking_id=self._card.id,
            seen_version=self._card.version,
            event_id=event.event_id,
            reason=self.reason.value(),
            place_ids=self.places.chosen,
        )
        words = f"Moved {counted(len(ask.place_ids), 'place')} to {event.title}"
        instead = "Change them back from their new booking, if they are to go back."
        action = KeepingPlaces(transfer_places, words, instead=instead, is_told=True)
        self._desk.do(self, self.done.emit, action, ask, on_refused=self.show_refusal)

    def _ask_price(self) -> None:
        event: BookableEvent | None = self.event_field.value()
        if event is not None:
            customer = self._card.customer_id
            chosen = self.places.chosen
            self._desk.load(self, self._show_price, priced, event.event_id, customer, chosen)

    def _show_price(self, price: PlacePrice | NoPrice) -> None:
        self.cost.hide()
        self.cost.deleteLater()
        chosen = [place for place in self._held if place.id in self.places.chosen]
        self.cost = Section("What it costs", counted(len(chosen), "place"))
        self._costs.addWidget(self.cost)
        if isinstance(price, NoPrice):
            self.cost.note(price.why, "refusal")
            return
        event: BookableEvent | None = self.event_field.value()
        if event is not None and len(chosen) > event.free:
            self.cost.note(event.short_words(len(chosen)), "refusal")
        old = Pence(sum(place.owed for place in chosen))
        lines = price.lines(len(chosen))
        new = Pence(sum(line.net for line in lines))
        billed = [place.route for place in chosen if place.charge_state == ChargeState.BILLED]
        what = f"{back_word(billed)}: it is on an issued paper" if billed else "struck out"
        self.cost.amount(f"Until now, {self._card.event_code}", what, pounds(Pence(-old)))
        why = lines[0].reason if lines else price.price.reason
        self.cost.amount("New event", why, pounds(new))
        self.cost.amount("Difference", "before VAT", pounds(Pence(new - old)), strong=True)
