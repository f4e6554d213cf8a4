"""An event in the inspector: sessions with their rooms, places, money, prices, history."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from lle_desk.core.days import day_words, short_day, span_words
from lle_desk.core.money import Pence, pounds
from lle_desk.courses.queries import EventCard, PlaceRow, SessionRow
from lle_desk.courses.rules import (
    BOOKABLE,
    HOLDING,
    UNDECIDED,
    EventState,
    PlaceState,
    booking_words,
    counted,
)
from lle_desk.courses.ui.cost_page import add_cost_section, needed_role, needed_words
from lle_desk.courses.ui.day_section import add_day_section
from lle_desk.courses.ui.event_list import places_of_event
from lle_desk.courses.ui.words import STATE_KINDS, history_lines
from lle_desk.qt.buttons import Button, LinkButton, MenuButton
from lle_desk.qt.chips import Badge, CapacityBar
from lle_desk.qt.flow import Flow
from lle_desk.qt.inspector import Page
from lle_desk.qt.section import Section
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

ROW = 40
MOST_ROWS = 40


class EventPage(Page):
    """All of one event at a glance, with what can be done to it.

    Signals:
        room_wanted: give this session a room. int: the session's id.
        booking_opened: a place was opened. int: its booking's id.
        customer_opened: int: the customer's id.
        edit_wanted: change the event.
        course_wanted: open its course.
        copy_wanted: another event like this.
        state_wanted: str: the state it shall have.
        booking_wanted: take a booking on it.
        waiting_wanted: show who waits for it.
        letters_wanted: letters to its people.
        costs_wanted: show what it costs, to be changed.
        day_wanted: str: one of the pages about its day, a DayPart.
    """

    room_wanted = Signal(int)
    booking_opened = Signal(int)
    customer_opened = Signal(int)
    edit_wanted = Signal()
    course_wanted = Signal()
    copy_wanted = Signal()
    state_wanted = Signal(str)
    booking_wanted = Signal()
    waiting_wanted = Signal()
    letters_wanted = Signal()
    costs_wanted = Signal()
    day_wanted = Signal(str)

    def __init__(self, card: EventCard, today: date, parent: QWidget | None = None) -> None:
        row = card.row
        self.card = card
        buttons = _buttons(card)
        run = f"event {card.number} of {card.runs}" if card.runs > 1 else "only event"
        super().__init__(
            row.title,
            code=row.code,
            lines=[f"{card.service} · {run}"],
            badges=_badges(card),
            actions=list(buttons.values()),
            parent=parent,
        )
        self._connect(buttons)
        self.add(_figures(card))
        self._add_sessions()
        add_day_section(self, card, self.day_wanted.emit, self.letters_wanted.emit)
        self._add_places()
        if row.waiting:
            self._add_waiting()
        self._add_money()
        add_cost_section(self, card.break_even, LinkButton("Change", self.costs_wanted.emit))
        if card.materials:
            self.section("To bring").note(card.materials, "body")
        if card.notes:
            self.section("Notes").note(card.notes, "body")
        lines = history_lines(card.history, today)
        if lines:
            self.section("History").history(lines)

    def _connect(self, buttons: dict[str, Button]) -> None:
        for what, act in (
            ("open", self._open),
            ("confirm", self._confirm),
            ("edit", self.edit_wanted.emit),
        ):
            if what in buttons:
                buttons[what].clicked.connect(act)
        more = buttons["more"]
        if isinstance(more, MenuButton):
            more.set_entries(self._entries())

    def _entries(self) -> list[tuple[str, str, Callable[[], object]]]:
        state = self.card.row.state
        entries: list[tuple[str, str, Callable[[], object]]] = [
            ("Another event like this", "copy", self.copy_wanted.emit),
            ("Open the course and its prices", "presentation", self.course_wanted.emit),
        ]
        if state == EventState.CONFIRMED:
            entries.append(("Back to open", "arrow-back-up", self._open))
            entries.append(("Completed", "circle-check", self._complete))
        if state == EventState.COMPLETED:
            entries.append(("Open it again", "arrow-back-up", self._open))
        if state not in (EventState.CANCELLED, EventState.COMPLETED):
            entries.append(("Call it off", "ban", self._call_off))
        return entries

    def _add_sessions(self) -> None:
        section = self.section("Sessions", self.card.arrival_words)
        for number, row in enumerate(self.card.sessions, start=1):
            self._add_session(section, row, number)
        if not self.card.sessions:
            section.note("No day yet. Edit the event to give it a session.")

    def _add_session(self, section: Section, row: SessionRow, number: int) -> None:
        when = f"{short_day(row.starts_at.date())}  {span_words(row.starts_at, row.ends_at)}"
        give_room = partial(self.room_wanted.emit, row.id)
        if row.is_placed:
            where = f"{row.room} · {row.layout}" if row.room else row.outside_venue
            line = section.line(when, row.trainer_words, role="strong", icon="calendar-event")
            line.setAccessibleName(f"{when}, {where}")
            if row.room:
                section.line(where, icon="door", on_open=give_room)
            else:
                section.line(where, icon="map-pin")
            return
        key = "R" if number == self._first_roomless() else ""
        give = Button("Give a room", "door", key=key, on_click=give_room)
        section.chase("door", when, "", "No room yet", kind="refusal", buttons=[give])
        if row.trainer_words:
            section.line(row.trainer_words, icon="user")

    def _first_roomless(self) -> int:
        rows = enumerate(self.card.sessions, start=1)
        return next((number for number, row in rows if not row.is_placed), 0)

    def _add_places(self) -> None:
        places = self.card.places
        held = [place for place in places if place.state in HOLDING]
        customers = len({place.customer_id for place in held})
        note = f"{len(held)} booked · {counted(customers, 'customer')}" if held else ""
        section = self.section("Places", note)
        if not places:
            if self.card.row.state in BOOKABLE:
                section.note("Nobody is booked yet.")
                section.buttons(
                    Button("Take a booking", "phone", on_click=self.booking_wanted.emit)
                )
            else:
                section.note("Nobody is booked. Open the event to take bookings.")
            return
        section.add(_PlacesTable(self, places))

    def _add_waiting(self) -> None:
        row = self.card.row
        free = row.capacity - row.held
        section = self.section("Waiting list")
        section.chase(
            "clock",
            f"{counted(row.waiting, 'place')} wanted",
            f"{free} free" if free > 0 else "full",
            kind="warning" if free > 0 else "plain",
            buttons=[Button("Who waits", "users", key="W", on_click=self.waiting_wanted.emit)],
        )

    def _add_money(self) -> None:
        money = self.card.money
        section = self.section("Money", "before VAT")
        if money.unbilled or not money.income:
            section.amount("Unbilled", "", pounds(money.unbilled))
        if money.held:
            section.amount("Held back", "", pounds(money.held))
        if money.billed:
            section.amount("On invoices and journals", "", pounds(money.billed))
        if money.credited:
            section.amount("Credited", "on credit notes", pounds(money.credited))
        section.amount("Income", "from places", pounds(money.income), strong=True)
        prices = self.section(
            "Prices", "a place, before VAT", LinkButton("Change", self.course_wanted.emit)
        )
        for price in self.card.prices:
            prices.amount(
                price.band.capitalize(), f"from {day_words(price.valid_from)}", pounds(price.amount)
            )
        if not self.card.prices:
            prices.note("No band has a price yet, so nothing can be booked.", "refusal")

    def _open(self) -> None:
        self.state_wanted.emit(str(EventState.OPEN))

    def _confirm(self) -> None:
        self.state_wanted.emit(str(EventState.CONFIRMED))

    def _complete(self) -> None:
        self.state_wanted.emit(str(EventState.COMPLETED))

    def _call_off(self) -> None:
        self.state_wanted.emit(str(EventState.CANCELLED))


class _PlacesTable(Table):
    """The places of an event, all of them to be seen without a scroll bar of its own."""

    def __init__(self, page: EventPage, places: Sequence[PlaceRow]) -> None:
        model: RowTableModel[tuple[int, PlaceRow]] = RowTableModel(PLACE_COLUMNS, key=_place_key)
        model.setParent(page)
        super().__init__(model, row_height=ROW, name="Places")
        self._page = page
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.show_rows(list(enumerate(places, start=1)))
        self.setFixedHeight(px(ROW) * min(len(places), MOST_ROWS) + 2)
        self.row_opened.connect(self._open)

    def _open(self, numbered: tuple[int, PlaceRow]) -> None:
        self._page.booking_opened.emit(numbered[1].booking_id)


def _buttons(card: EventCard) -> dict[str, Button]:
    """Return what the header offers; nothing can be connected before the page is made."""
    buttons: dict[str, Button] = {}
    if card.row.state == EventState.PLANNED:
        buttons["open"] = Button("Open it", "lock-open")
    if card.row.state in UNDECIDED:
        buttons["confirm"] = Button("Confirm to run", "check", key="C")
    buttons["edit"] = Button("Edit", "pencil", key="E")
    buttons["more"] = MenuButton("More", "dots")
    return buttons


def _badges(card: EventCard) -> list[Badge]:
    state = EventState(card.row.state)
    badges = [Badge(state.value.capitalize(), STATE_KINDS[state])]
    if card.row.decision_on and state in UNDECIDED:
        badges.append(Badge(f"Decide by {short_day(card.row.decision_on)}", "warning", "clock"))
    return badges


def _figures(card: EventCard) -> QWidget:
    """Return the live line: booked, minimum, waiting, income, and the bar below it."""
    row = card.row
    short = row.minimum - row.held
    free = row.capacity - row.held
    box = QFrame()
    box.setProperty("ground", "head")
    column = QVBoxLayout(box)
    column.setContentsMargins(px(16), px(8), px(16), px(8))
    minimum = "minimum, reached" if short <= 0 else f"minimum, needs {short}"
    cells = (
        (
            f"{row.held} of {row.capacity}",
            "full" if free <= 0 else f"booked, {free} free",
            "heading",
        ),
        (str(row.minimum), minimum, "fine" if short <= 0 else "warning"),
        (str(row.waiting), "waiting", "heading"),
        (pounds(Pence(card.money.income)), "income", "heading"),
    )
    column.addWidget(Flow([_figure(*cell) for cell in cells]))
    bar = CapacityBar(places_of_event(row))
    column.addWidget(bar)
    even = card.break_even
    if even.costs:
        column.addWidget(label(needed_words(even), needed_role(even), wrap=True))
    return box


def _figure(figure: str, words: str, role: str) -> QWidget:
    """Return one figure with its words below it."""
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, px(8), 0)
    column.setSpacing(0)
    column.addWidget(label(figure, role))
    column.addWidget(label(words, "small"))
    return cell


def _place_key(numbered: tuple[int, PlaceRow]) -> object:
    return numbered[1].id


def _number(numbered: tuple[int, PlaceRow]) -> str:
    number, place = numbered
    return str(number) if place.state in HOLDING else "–"


def _delegate(numbered: tuple[int, PlaceRow]) -> str:
    return numbered[1].delegate or "Name to come"


def _customer(numbered: tuple[int, PlaceRow]) -> str:
    place = numbered[1]
    return f"{place.customer} · {booking_words(place.booking_number)}"


def _delegate_colour(numbered: tuple[int, PlaceRow]) -> str | None:
    place = numbered[1]
    if place.state not in HOLDING:
        return "quiet"
    return None if place.delegate else "warning"


def _price(numbered: tuple[int, PlaceRow]) -> str:
    return pounds(numbered[1].owed) if numbered[1].charge_id else "–"


def _band(numbered: tuple[int, PlaceRow]) -> str:
    place = numbered[1]
    return place.band if place.state == PlaceState.BOOKED else place.state


PLACE_COLUMNS: list[Column[tuple[int, PlaceRow]]] = [
    Column("No.", _number, width=36, numeric=True, quiet=True),
    Column("Delegate", _delegate, width=0, strong=True, second=_customer, colour=_delegate_colour),
    Column("Price", _price, width=118, numeric=True, second=_band),
]
