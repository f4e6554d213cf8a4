"""An event in the inspector: what matters at once on top, its places, the rest folded."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from lle_desk.core.days import day_words, short_day, span_words
from lle_desk.core.money import pounds
from lle_desk.courses.queries import EventCard, SessionRow
from lle_desk.courses.rules import (
    BOOKABLE,
    HOLDING,
    UNDECIDED,
    EventState,
    counted,
)
from lle_desk.courses.ui.cost_page import add_costs, budget_words
from lle_desk.courses.ui.day_section import add_day_section
from lle_desk.courses.ui.event_live import live_line
from lle_desk.courses.ui.event_places import PlacesList
from lle_desk.courses.ui.words import STATE_KINDS, history_lines
from lle_desk.customers.rules import ALWAYS
from lle_desk.qt.buttons import Button, LinkButton, MenuButton
from lle_desk.qt.chips import Badge
from lle_desk.qt.folding import FoldingSection
from lle_desk.qt.inspector import Page
from lle_desk.qt.section import Section
from lle_desk.qt.settings import Settings


class EventPage(Page):
    """All of one event at a glance, with what can be done to it.

    Signals:
        room_wanted: give this session a room. int: the session's id.
        booking_opened: a place was opened. int: its booking's id.
        customer_opened: int: the customer's id.
        edit_wanted: change the event.
        course_wanted: open its course.
        prices_wanted: change what it costs.
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
    prices_wanted = Signal()
    copy_wanted = Signal()
    state_wanted = Signal(str)
    booking_wanted = Signal()
    waiting_wanted = Signal()
    letters_wanted = Signal()
    costs_wanted = Signal()
    day_wanted = Signal(str)

    def __init__(self, card: EventCard, today: date, settings: Settings) -> None:
        row = card.row
        self.card = card
        self._settings = settings
        buttons = _buttons(card)
        run = f" · event {card.number} of {card.runs}" if card.runs > 1 else ""
        super().__init__(
            row.title,
            code=row.code,
            lines=[f"{card.service}{run}"],
            badges=_badges(card),
            actions=list(buttons.values()),
        )
        self._connect(buttons)
        self.add(live_line(card))
        if not card.prices:
            link = LinkButton("Change prices", self.course_wanted.emit)
            no_price = "No band has a price yet, so nothing can be booked."
            self.section("Prices", link=link).note(no_price, "refusal")
        self._add_sessions()
        if card.notes:
            self.section("Notes").note(card.notes, "body")
        add_day_section(self, card, self.day_wanted.emit, self.letters_wanted.emit)
        if row.waiting:
            self._add_waiting()
        self._add_places()
        self._add_money()
        if card.materials:
            self.section("To bring").note(card.materials, "body")
        lines = history_lines(card.history, today)
        if lines:
            newest = f"{lines[0][0]}, {lines[0][1]}"
            self._fold("History", newest, "history").history(lines)

    def _fold(self, title: str, note: str, key: str) -> FoldingSection:
        made = FoldingSection(title, note, self._settings, f"event/{key}")
        self.add(made)
        return made

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
            who = row.trainer_words
            line = section.line(when, who, role="strong", icon="calendar-event", whole=True)
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
        shown = PlacesList(places, self._settings)
        shown.booking_opened.connect(self.booking_opened)
        section.add(shown)

    def _add_waiting(self) -> None:
        row = self.card.row
        free = row.capacity - row.held
        said = f"{counted(row.waiting, 'place')} wanted, {f'{free} free' if free > 0 else 'full'}"
        who = Button("Who waits", key="W", kind="link", on_click=self.waiting_wanted.emit)
        section = self.section("Waiting list", link=who)
        section.set_note(said, "warning" if free > 0 else "small")

    def _add_money(self) -> None:
        """Add what it brings, costs and is sold for: its sums at a glance, its lines unfolded."""
        money, even = self.card.money, self.card.break_even
        sums = f"income {pounds(money.income)}, costs {pounds(even.cost)}, before VAT"
        section = self._fold("Money", sums, "money")
        if money.unbilled or not money.income:
            section.amount("Unbilled", "", pounds(money.unbilled))
        if money.held:
            section.amount("Held back", "", pounds(money.held))
        if money.billed:
            section.amount("On invoices and journals", "", pounds(money.billed))
        if money.credited:
            section.amount("Credited", "on credit notes", pounds(money.credited))
        section.amount("Income", "from places", pounds(money.income), strong=True)
        section.heading("Costs", link=LinkButton("Change costs", self.costs_wanted.emit))
        add_costs(section, even)
        if even.costs:
            section.amount("All costs", budget_words(even), pounds(even.cost), strong=True)
        else:
            section.note("No cost is known yet: no room, no trainer, nothing typed in.")
        self._add_prices(section)

    def _add_prices(self, section: Section) -> None:
        whose = "Prices of its own" if self.card.has_own_prices else "Prices of the course"
        section.heading(whose, link=LinkButton("Change prices", self.prices_wanted.emit))
        for price in self.card.prices:
            began = price.valid_from
            since = f"from {day_words(began)}" if began > ALWAYS else ""
            section.amount(price.band.capitalize(), since, pounds(price.amount))

    def _open(self) -> None:
        self.state_wanted.emit(str(EventState.OPEN))

    def _confirm(self) -> None:
        self.state_wanted.emit(str(EventState.CONFIRMED))

    def _complete(self) -> None:
        self.state_wanted.emit(str(EventState.COMPLETED))

    def _call_off(self) -> None:
        self.state_wanted.emit(str(EventState.CANCELLED))


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
