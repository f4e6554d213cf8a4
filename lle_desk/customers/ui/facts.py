"""A customer's facts as a column: who they are, what they pay and why, their people."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from lle_desk.core.days import day_words
from lle_desk.customers.queries import CustomerCard, customer_card
from lle_desk.customers.rules import DatedStanding, Route, VatClass, since_words
from lle_desk.customers.ui.places import places_of
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState, IconView
from lle_desk.qt.section import Section
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

TABLES = ("customer", "customer_standing", "customer_link", "person")
_MOST_PEOPLE = 6


class CustomerFacts(QFrame):
    """One customer's facts on a day, beside a form or a list. It only reads.

    Other slices' sections stand among them; see `places`.

    Signals:
        shown: a customer's facts are on screen. object: the CustomerCard.
    """

    shown = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setAccessibleName("Customer")
        self._desk = desk
        self._customer_id: int | None = None
        self._day = date.max
        self._area = QScrollArea(widgetResizable=True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName("Facts of the customer")
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        desk.changed.connect(self._on_changed)
        self.show_nothing()

    def show_customer(self, customer_id: int, day: date) -> None:
        """Show the facts of a customer as they are on `day`."""
        self._customer_id, self._day = customer_id, day
        self._desk.load(self, self._show_card, customer_card, customer_id, day)

    @property
    def has_keyboard(self) -> bool:
        """Whether the arrows go through the facts now."""
        return self._area.hasFocus()

    def take_keyboard(self) -> None:
        """Let the arrows and Page Down go through what does not fit."""
        self._area.setFocus()

    def show_nothing(self, sentence: str = "The facts of the customer will stand here.") -> None:
        """Show no customer."""
        self._customer_id = None
        self._area.setWidget(EmptyState(sentence, icon="school"))

    def _show_card(self, card: CustomerCard) -> None:
        if card.customer_id != self._customer_id:
            return
        place = self._area.verticalScrollBar().value()
        self._area.setWidget(_body(self._desk, card, self._day))
        self._area.verticalScrollBar().setValue(place)
        self.shown.emit(card)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self._customer_id is not None and tables.intersection(TABLES):
            self.show_customer(self._customer_id, self._day)


def quiet_line(card: CustomerCard) -> str:
    """Return "URN 119330 · LCC-maintained school · Chorley · 204 pupils"."""
    told = (
        f"URN {card.words.urn}" if card.words.urn else card.number,
        card.words.kind,
        card.words.town,
        f"{card.pupils:,} pupils" if card.pupils else "",
    )
    return " · ".join(part for part in told if part)


def add_warnings(section: Section, card: CustomerCard, day: date) -> bool:
    """Say what must be known before anything is booked; return whether there was something."""
    closed = card.closed_on is not None and card.closed_on < day
    if closed and card.closed_on is not None:
        after = ", ".join(school.name for school in card.successors)
        note = f"Followed by {after}" if after else ""
        section.chase("archive", "Closed", day_words(card.closed_on), kind="warning")
        if note:
            section.note(note)
    if card.words.is_demo:
        section.note("Demo data, not a real customer.")
    return closed or card.words.is_demo


def add_standings(section: Section, card: CustomerCard) -> None:
    """Add what they pay and why: three facts, each with its reason below it."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(10))
    grid.setVerticalSpacing(px(1))
    grid.setColumnStretch(1, 1)
    for at, (icon, fact, words) in enumerate(_three(card)):
        holds = IconView(icon, 16)
        grid.addWidget(holds, at * 3, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(words if fact else f"{words}: not begun", wrap=True), at * 3, 1)
        grid.addWidget(label(_why(fact), "quiet", wrap=True), at * 3 + 1, 1)
        grid.setRowMinimumHeight(at * 3 + 2, px(5))
    holder = QWidget()
    holder.setLayout(grid)
    grid.setContentsMargins(0, 0, 0, 0)
    section.add(holder)


def _three(card: CustomerCard) -> list[tuple[str, DatedStanding | None, str]]:
    band, route, vat = card.band, card.route, card.vat
    return [
        ("tag", band, first_large(band.value) if band else "Price band"),
        ("arrows-exchange", route, _route_words(card) if route else "Payment route"),
        ("receipt", vat, _vat_words(vat.value) if vat else "VAT class"),
    ]


def _route_words(card: CustomerCard) -> str:
    if card.route is not None and card.route.value == Route.RECHARGE:
        centre = card.words.cost_centre
        return f"Recharge, cost centre {centre}" if centre else "Recharge, no cost centre yet"
    return "Invoice"


def _vat_words(value: str) -> str:
    if value == VatClass.SAME_BODY:
        return "VAT: same legal body, always outside the scope"
    return f"VAT: {value}"


def _why(fact: DatedStanding | None) -> str:
    if fact is None:
        return "Give it one in Customers before you book."
    return ", ".join(filter(None, (first_large(fact.reason), since_words(fact))))


def first_large(text: str) -> str:
    """Return the words with their first letter large, as a line begins."""
    return text[:1].upper() + text[1:]


def _body(desk: Desk, card: CustomerCard, day: date) -> QWidget:
    body = QFrame()
    body.setProperty("ground", "surface")
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    head = Section()
    head.setProperty("line", "")
    head.add(label(card.words.name, "title", wrap=True))
    head.add(label(quiet_line(card), "quiet", wrap=True))
    add_warnings(head, card, day)
    pays = Section("What they pay, and why")
    add_standings(pays, card)
    column.addWidget(head)
    if card.words.notes:  # before what can be long: it is for who speaks with them now
        note = Section("Note")
        note.note(card.words.notes, "body")
        column.addWidget(note)
    column.addWidget(pays)
    for place in places_of(desk, card.customer_id, day):
        place.has_links = False
        column.addWidget(place)
    if card.people:
        column.addWidget(_people(card))
    column.addStretch(1)
    return body


def _people(card: CustomerCard) -> Section:
    count = card.people_count
    section = Section("People", f"{count:,}" if count > _MOST_PEOPLE else "")
    for person in card.people[:_MOST_PEOPLE]:
        role = person.words.job_title or ("contact" if person.words.is_contact else "")
        section.line(person.name, role)
    return section
