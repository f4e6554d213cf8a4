"""The narrow form of a booking, in the order of the call: who, what, delegates, price, book."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import BookPlaces, JoinWaiting, book_places, join_waiting_list
from lle_desk.courses.actions.kept_places import KeepingPlaces
from lle_desk.courses.queries import (
    BookableEvent,
    DraftLetter,
    NoPrice,
    PlacePrice,
    asked_price,
    bookable_event,
)
from lle_desk.courses.rules import counted
from lle_desk.courses.ui.booking_boxes import EventBox, PriceBox, booked_words, read_back
from lle_desk.courses.ui.booking_fields import CallerField, event_field
from lle_desk.courses.ui.booking_foot import BookingFoot
from lle_desk.courses.ui.delegates_field import DelegatesField
from lle_desk.courses.ui.steps import Step
from lle_desk.customers.queries import CustomerHit, PersonRow
from lle_desk.customers.ui.chooser import CustomerChooser
from lle_desk.qt.buttons import Button
from lle_desk.qt.chooser import FindField
from lle_desk.qt.desk import Desk
from lle_desk.qt.field import Field, LineField
from lle_desk.qt.form import TextField
from lle_desk.qt.theme import px

PAUSE_MS = 250
OVER = "This event is over. Tick that it is late paperwork, or choose another event."
NO_PRICE = "Choose who and what: the price and its reason stand here."


class BookingForm(QFrame):
    """Takes one booking. Enter goes to the next field, Ctrl+Enter books.

    Signals:
        customer_changed: another customer was chosen. int: its id, 0 for none.
        event_changed: another event was chosen. object: the BookableEvent, or None.
        draft_changed: what the letter would say is different. object: DraftLetter, or None.
        booked: the places are booked. int: the booking's id.
        joined: the party is on the waiting list. int: the booking's id.
        step_entered: the keyboard is in another field now. object: the widget.
        customer_opened: show the customer, to give it what is missing. int: its id.
    """

    customer_changed = Signal(int)
    event_changed = Signal(object)
    draft_changed = Signal(object)
    booked = Signal(int)
    joined = Signal(int)
    step_entered = Signal(object)
    customer_opened = Signal(int)

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk = desk
        self._today = today
        self._client_uuid = new_uuid()
        self._price: PlacePrice | None = None
        self._said = ""
        self._is_booked = False
        self._make_fields()
        self._steps = self._make_steps()
        self._order: list[Field[Any]] = [
            self.customer,
            self.caller,
            self.event_field,
            self.delegates,
            self.order_number,
            self.send_to,
            self.notes,
        ]
        for field in self._order:
            field.changed.connect(self._on_typed)
            if field is not self.delegates:
                field.editor.installEventFilter(self)
            else:
                self.delegates.finder.line.installEventFilter(self)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.tell_draft)
        self._connect()
        self._show_states()

    # What others ask

    def start(self, event_id: int = 0, customer_id: int = 0) -> None:
        """Begin, with what is known already, at the first step that is open."""
        if event_id:
            self._desk.load(self, self._take_event, bookable_event, event_id)
        if customer_id:
            self.customer.set_customer(customer_id)
        (self.caller if customer_id else self.customer).setFocus()

    def is_typed(self) -> bool:
        """Return whether leaving would lose something."""
        return any(field.is_typed() for field in self._order)

    @property
    def request(self) -> BookPlaces:
        """What would be booked now."""
        caller, event = self.caller.value(), self.event_field.value()
        return BookPlaces(
            client_uuid=self._client_uuid,
            event_id=event.event_id if event else 0,
            customer_id=self.customer.customer_id or 0,
            delegates=tuple(self.delegates.value()),
            contact_id=caller.person_id if caller else None,
            contact_name=self.caller.new_name,
            order_number=self.order_number.value(),
            confirmation_to=self.send_to.value(),
            notes=self.notes.value(),
        )

    def book(self) -> None:
        """Check, and book the places."""
        self.foot.show_refusal("")
        faulty = [field for field in self._order if not field.check()]
        if faulty:
            faulty[0].setFocus()
            return
        if self.foot.late.is_open:
            self.foot.show_refusal(OVER)
            self.foot.late.agreed.setFocus()
            return
        self.book_button.setEnabled(False)
        action = KeepingPlaces(book_places, f"Booked: {self._said}", is_told=True)
        self._desk.do(self, self._done, action, self.request, on_refused=self._refused)

    def wait(self) -> None:
        """Put the party on the waiting list: nothing is held or charged yet."""
        self.foot.show_refusal("")
        faulty = [one for one in self._order if one is not self.delegates and not one.check()]
        if faulty:
            faulty[0].setFocus()
            return
        ask = JoinWaiting(self.request, self.waiting.priority, self.waiting.whole.value())
        event, count = self.event_field.value(), counted(len(self.delegates.names), "place")
        words = f"On the waiting list: {count}, {event.title if event else ''}"
        action = KeepingPlaces(join_waiting_list, words)
        self._desk.do(self, self._joined, action, ask, on_refused=self._refused)

    # Making

    def _make_fields(self) -> None:
        self.customer = CustomerChooser(self._desk, "Sc&hool or customer", needed=True)
        self.customer.key = "customer"
        self.caller = CallerField(self._desk)
        self.event_field = event_field(self._desk, self._today())
        self.event_box = EventBox()
        self.delegates = DelegatesField(self._desk)
        self.price_box = PriceBox()
        self.order_number = TextField("Their or&der number", key="order_number", max_length=60)
        self.send_to = TextField("Con&firmation to", key="confirmation_to")
        self.notes = TextField("&Notes", key="notes", max_length=4000)

    def _make_steps(self) -> list[Step]:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(4))
        titles = ("Who", "What", "Delegates", "Price, and why", "Book and print")
        goes = (self._go_who, self._go_what, self._go_delegates, self._go_price, self._go_book)
        steps = [Step(at + 1, title, goes[at]) for at, title in enumerate(titles)]
        steps[0].add(self.customer, self.caller, stretch=(3, 2))
        steps[1].add(self.event_field)
        steps[1].add(self.event_box)
        steps[2].add(self.delegates)
        steps[3].add(self.price_box)
        steps[4].add(self.order_number, self.send_to, stretch=(2, 3))
        steps[4].add(self.notes)
        self.foot = BookingFoot()
        self.read_back, self.waiting = self.foot.read_back, self.foot.waiting
        self.book_button = self.foot.book_button
        for step in steps:
            column.addWidget(step)
        column.addStretch(1)
        return steps

    def _connect(self) -> None:
        self.customer.chosen.connect(self._on_customer)
        self.customer.customer_chosen.connect(self._on_customer_id)
        self.caller.chosen.connect(self._on_caller)
        self.event_field.chosen.connect(self._on_event)
        self.delegates.left_off.connect(self._go_book)
        self.foot.book_wanted.connect(self.book)
        self.foot.unnamed_wanted.connect(self.delegates.add_unnamed)
        self.foot.wait_wanted.connect(self.wait)
        self.foot.late.agreed.changed.connect(self._on_late)
        self._desk.changed.connect(self._on_changed)

    # What was chosen

    def _on_customer(self, _hit: CustomerHit) -> None:
        self.caller.setFocus()

    def _on_customer_id(self, customer_id: int) -> None:
        self.caller.set_args(customer_id)
        self.caller.set_value(None)
        self.delegates.set_customer(customer_id)
        self.customer_changed.emit(customer_id)
        self._look_up_price()

    def _on_caller(self, person: PersonRow) -> None:
        if person.words.email and not self.send_to.value():
            self.send_to.show_value(person.words.email)
        self._go_what()

    def _on_event(self, event: BookableEvent) -> None:
        self._take_event(event)
        self.delegates.setFocus()

    def _take_event(self, event: BookableEvent | None) -> None:
        if event is not None and self.event_field.value() != event:
            self.event_field.set_value(event)
        self.event_box.show_event(event)
        self.foot.late.show_event(event, self._today())
        self.delegates.set_event(event.event_id if event else None)
        self.event_changed.emit(event)
        self._look_up_price()

    def _look_up_price(self) -> None:
        customer, event = self.customer.customer_id, self.event_field.value()
        if customer and event is not None:
            self._desk.load(self, self._show_price, asked_price, event.event_id, customer)
        else:
            self._show_price(None)

    def _show_price(self, price: PlacePrice | NoPrice | None) -> None:
        self._price = price if isinstance(price, PlacePrice) else None
        if isinstance(price, NoPrice) and price.field == "customer":
            mend = Button("Open the customer", "school", key="F4", on_click=self._open_customer)
            self.price_box.show_fault(price.why, mend)
        elif isinstance(price, NoPrice):
            self.price_box.show_words(price.why, "refusal")
        elif price is None:
            self.price_box.show_words(NO_PRICE)
        self._on_typed()

    def _open_customer(self) -> None:
        self.customer_opened.emit(self.customer.customer_id or 0)

    def _on_typed(self) -> None:
        """Show again what follows from the fields: price lines, read-back, button, letter."""
        names, event = self.delegates.names, self.event_field.value()
        if (self.customer.value() is None or event is None) and self._price is not None:
            self._price = None
            self.price_box.show_words(NO_PRICE)
        if event is None:
            self.event_box.show_event(None)
            self.foot.late.show_event(None, self._today())
            self.event_changed.emit(None)
        count = len(names)
        if self._price is not None:
            self.price_box.show_price(self._price, names, self._today())
        fits = event is not None and 0 < count <= event.free
        if fits and event is not None and self._price is not None:
            self._said = booked_words(event, self._price, count)
            self.read_back.show_words(read_back(event, self._price, count, self._today()))
        else:
            self.read_back.show_words("")
        if event is not None:
            self.waiting.show_need(count, event)
        if event is not None and count > event.free:
            self.delegates.show_error(event.short_words(count))
        self.book_button.set_text(f"Book {counted(count, 'place')}" if count else "Book")
        self._steps[2].set_note(counted(count, "place") if count else "")
        self._show_states()
        self._pause.start()

    def _show_states(self) -> None:
        count, event = len(self.delegates.names), self.event_field.value()
        done = [
            self.customer.value() is not None,
            event is not None,
            count > 0 and event is not None and count <= event.free,
            self._price is not None,
            self._is_booked,
        ]
        now = next((at for at, is_done in enumerate(done) if not is_done), 4)
        for at, step in enumerate(self._steps):
            step.show_state("done" if done[at] else "now" if at == now else "later")

    def tell_draft(self) -> None:
        """Say what the letter would say now."""
        event, customer = self.event_field.value(), self.customer.customer_id
        if event is None or not customer or self._price is None:
            self.draft_changed.emit(None)
            return
        caller = self.caller.value()
        draft = DraftLetter(
            event_id=event.event_id,
            customer_id=customer,
            delegates=self.delegates.names,
            contact_id=caller.person_id if caller else None,
            order_number=self.order_number.value(),
            taken_by=self._desk.by.officer,
            written_on=self._today(),
            contact_name=self.caller.new_name,
        )
        self.draft_changed.emit(draft)

    def _on_changed(self, tables: frozenset[str]) -> None:
        """Take over what another desk changed: places left, prices."""
        event = self.event_field.value()
        if self._is_booked:
            return  # what was said on the telephone stays
        if event is not None and tables & {"event", "place", "price", "customer_standing"}:
            self._desk.load(self, self._take_event, bookable_event, event.event_id)

    # Booking

    def _done(self, booking_id: int) -> None:
        self.foot.hide()
        self._steps[4].show_state("done")
        self._is_booked = True
        self.booked.emit(booking_id)

    def _on_late(self) -> None:
        self.foot.show_refusal("")

    def _joined(self, booking_id: int) -> None:
        self.delegates.clear_error()
        self.foot.hide()
        self._is_booked = True
        self.joined.emit(booking_id)

    def _refused(self, refusal: OfficerError) -> None:
        self.book_button.setEnabled(True)
        field = next((one for one in self._order if one.key == refusal.field), None)
        if field is None:
            self.foot.show_refusal(str(refusal))
            return
        field.show_error(str(refusal))
        field.setFocus()

    # The keyboard

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.step_entered.emit(watched)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & _CTRL:
            return False
        field = next((one for one in self._order if one.editor is watched), None)
        return field is not None and self._enter(field)

    def _enter(self, field: Field[Any]) -> bool:
        """Go on from a field; return whether the key is used up."""
        if isinstance(field, FindField):
            if field.is_open:
                return False
            if field.value() is None and field.text() and field is not self.caller:
                field.take_best()
                return True
        at = self._order.index(field) + 1
        if at < len(self._order):
            _go_to(self._order[at])
        else:
            self.book_button.setFocus()
        return True

    def _go_who(self) -> None:
        _go_to(self.customer)

    def _go_what(self) -> None:
        _go_to(self.event_field)

    def _go_delegates(self) -> None:
        self.delegates.setFocus()

    def _go_price(self) -> None:
        self.price_box.setFocus()

    def _go_book(self) -> None:
        self.order_number.setFocus()


def _go_to(field: Field[Any]) -> None:
    """Go to a field; what stands there is selected, so that typing replaces it."""
    field.setFocus()
    if isinstance(field, LineField):
        field.line.selectAll()


_CTRL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
