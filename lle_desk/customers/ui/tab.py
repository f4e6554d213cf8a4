"""The Customers tab: find at the left, one screen of the customer at the right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.customers.actions import (
    add_customer,
    add_person,
    edit_customer,
    edit_person,
    set_standing,
)
from lle_desk.customers.actions.erasing import erase_wholly
from lle_desk.customers.queries import (
    LANCASHIRE_SCHOOLS,
    NOT_SCHOOLS,
    OTHER_SCHOOLS,
    CustomerCard,
    CustomerEvent,
    CustomerHit,
    PersonRow,
    customer_card,
    customer_screen,
    person_row,
)
from lle_desk.customers.ui.customer_list import CustomerList
from lle_desk.customers.ui.forms import CustomerForm, EraseForm, PersonForm, StandingForm
from lle_desk.customers.ui.import_page import LINKS, SCHOOLS, ImportKind, ImportPage
from lle_desk.customers.ui.pages import Opens, customer_page
from lle_desk.customers.ui.places import places_of
from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import Button, MenuButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.form import Form
from lle_desk.qt.inspector import Inspector, Page
from lle_desk.qt.keys import KeyLine
from lle_desk.qt.tab import Tab
from lle_desk.qt.theme import px

TABLES = frozenset({"customer", "customer_standing", "customer_link", "person"})
_GROUPS = [
    ("", "All"),
    (LANCASHIRE_SCHOOLS, "Lancashire schools"),
    (OTHER_SCHOOLS, "Other schools"),
    (NOT_SCHOOLS, "Not schools"),
]

Screen = tuple[CustomerCard, tuple[CustomerEvent, ...]]


class CustomersTab(Tab):
    """Schools, academies, directorates, companies: found, read at a glance, edited in place.

    Signals:
        record_asked: what another tab owns is to be opened. str: kind; int: its number.
    """

    record_asked = Signal(str, int)

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._desk = desk
        self._today = today  # asked each time: the program may stand open overnight
        self._customer_id: int | None = None
        self._card: CustomerCard | None = None
        self._save: Callable[[], None] | None = None
        self._undo: Callable[[], None] | None = None
        self._form: Form | None = None
        self._opens = Opens(
            edit=self.edit,
            add_person=self.new_person,
            edit_person=self.open_person,
            date_fact=self.date_fact,
            customer=self.open_customer,
            take_booking=self.take_booking,
        )
        self.inspector = Inspector("Customer")
        bar = self._make_bar()
        self.list = CustomerList(desk, self.find_line, self._today)
        self._connect()
        self.lay_out(bar, self.list, self.inspector, inspector_width=420)
        self.setFocusProxy(self.find_line)
        self.remember_split(desk.settings, "customers")
        self._narrow()
        self._say_choose()

    # What the window asks

    def open_record(self, kind: str, record_id: int) -> None:
        """Show a customer, or the customer of a person with the person open."""
        if kind == "person":
            self._desk.load(self, self._show_found_person, person_row, record_id)
        else:
            self._open_from_afar(record_id)

    def refresh(self) -> None:
        """Look again."""
        self.list.read()
        self._read()

    def keys(self) -> list[KeyLine]:
        """Return the keys of this tab."""
        return [
            KeyLine("Ctrl+F", "Find by name, town, postcode, DfE number or URN"),
            KeyLine("Down, Up", "Move in the list while typing"),
            KeyLine("Ctrl+N", "New customer"),
            KeyLine("Ctrl+B", "Take a booking for the customer"),
            KeyLine("Ctrl+Shift+V", "Plan a visit of a consultant"),
            KeyLine("Ctrl+E", "Edit the customer"),
            KeyLine("Ctrl+Shift+P", "Add a person"),
            KeyLine("Ctrl+I", "Import schools"),
        ]

    # What an officer does

    def open_customer(self, customer_id: int) -> None:
        """Show a customer, in the list as well when it is there."""
        self._customer_id, self._form = customer_id, None
        self.list.choose(customer_id)
        self._read()

    def take_booking(self) -> None:
        """Ask for the booking form, with this customer in it."""
        if self._customer_id is not None:
            self.record_asked.emit("new_booking", self._customer_id)

    def _open_from_afar(self, customer_id: int) -> None:
        """Show a customer that was found elsewhere: what was typed here hid it, perhaps."""
        self.open_customer(customer_id)
        if self.list.table.chosen() is None:
            self.find_line.clear()
            self.list.read()

    def new_customer(self) -> None:
        """Begin a customer that no register knows."""
        form = CustomerForm()

        def save() -> None:
            self._act(self._added, add_customer, form.add_request())

        self._show_form("New customer", form, save, "Add")

    def edit(self) -> None:
        """Edit the customer shown."""
        card = self._card
        if card is None:
            return
        form = CustomerForm(card)

        def save() -> None:
            ask = form.edit_request(card)
            back = replace(ask, seen_version=ask.seen_version + 1, words=form.before)
            may_undo = ask.words != form.before and ask.words.kind == form.before.kind
            self._undo = partial(self._put_back, edit_customer, back) if may_undo else None
            self._act(self._changed, edit_customer, ask)

        self._show_form(card.words.name, form, save)

    def date_fact(self) -> None:
        """Give the customer a price band, payment route or VAT class from a day on."""
        card = self._card
        if card is None:
            return
        form = StandingForm(card, self._today())

        def save() -> None:
            done = partial(self._did, "Saved: what they pay changes from that day.")
            self._act(done, set_standing, form.request())

        self._show_form(f"{card.words.name}: from a day on", form, save)

    def new_person(self) -> None:
        """Add a person to the customer shown."""
        card = self._card
        if card is None:
            return
        form = PersonForm()

        def save() -> None:
            done = partial(self._did, "Added the person.")
            self._act(done, add_person, form.add_request(card.customer_id))

        self._show_form(f"New person at {card.words.name}", form, save, "Add")

    def open_person(self, person_id: int) -> None:
        """Edit a person."""
        self._desk.load(self, self._show_person, person_row, person_id)

    def import_schools(self) -> None:
        """Choose a file of the register and look at what it would do."""
        self._choose_file(SCHOOLS)

    def import_links(self) -> None:
        """Choose a file of links and look at what it would do."""
        self._choose_file(LINKS)

    def start_import(self, kind: ImportKind, path: Path) -> ImportPage:
        """Read a file in the background and show what it would do."""
        page = ImportPage(self._desk, kind, path, self._today())
        page.finished.connect(self.list.read)
        self._form = self._save = None
        self.inspector.show_page(page, ("import", path))
        return page

    # The bar

    def _make_bar(self) -> Bar:
        bar = Bar()
        self.find_line = bar.search("Find a customer")
        self.find_line.setPlaceholderText("Name, town, postcode, DfE, URN")
        self.find_line.setFixedWidth(px(290))
        group = self._desk.settings.text("customers/group")
        group = group if group in dict(_GROUPS) else ""
        self.groups = bar.segments(_GROUPS, group, accessible="Which customers")
        self.groups.chosen.connect(self._narrow)
        closed = self._desk.settings.flag("customers/closed")
        self.closed = bar.chip("Closed too", on=closed, on_toggle=self._narrow)
        bar.stretch()
        bar.add(
            MenuButton(
                "Import",
                "upload",
                [
                    ("Schools of the register …", "school", self.import_schools),
                    ("Links between schools …", "arrows-exchange", self.import_links),
                ],
                key="Ctrl+I",
            )
        )
        bar.button("New customer", "plus", key="Ctrl+N", kind="primary", on_click=self.new_customer)
        return bar

    def _connect(self) -> None:
        self.list.row_chosen.connect(self._on_row)
        self.list.row_opened.connect(self._on_opened)
        self.list.emptied.connect(self._on_emptied)
        self.inspector.saved.connect(self._on_saved)
        self.inspector.left.connect(self._on_left)
        self._desk.changed.connect(self._on_changed)

    def _narrow(self, _choice: object = None) -> None:
        group, closed = self.groups.choice, self.closed.is_on()
        self._desk.settings.set_text("customers/group", group)
        self._desk.settings.set_flag("customers/closed", closed)
        self.list.narrow(group, closed)

    def _on_emptied(self, is_empty: bool) -> None:
        if is_empty:
            first = Button("Import schools …", "upload", on_click=self.import_schools)
            words = "No customers yet. Import the schools of the national register, or add one."
            self.list.show_empty(EmptyState(words, first, "school"))
        else:
            self.list.show_empty(EmptyState("No customer is found like this.", None, "search"))

    # The inspector

    def _say_choose(self) -> None:
        self._card = self._form = self._save = None
        self.inspector.show_empty("Choose a customer, or find one by typing.", None, "school")

    def _on_row(self, hit: CustomerHit | None) -> None:
        if hit is None or hit.customer_id == self._customer_id or self.inspector.is_typed():
            return
        self._customer_id, self._form = hit.customer_id, None
        self._read()

    def _on_opened(self, hit: CustomerHit) -> None:
        if not self.inspector.is_typed():
            self.open_customer(hit.customer_id)

    def _read(self) -> None:
        if self._customer_id is not None and self._form is None:
            self._desk.load(self, self._show, customer_screen, self._customer_id, self._today())

    def _show(self, screen: Screen) -> None:
        card, history = screen
        if card.customer_id != self._customer_id or self._form is not None:
            return
        self._card, self._save = card, None
        places = places_of(self._desk, card.customer_id, self._today())
        for place in places:
            place.record_asked.connect(self.record_asked)
        page = customer_page(card, history, self._today(), self._opens, places)
        self.inspector.show_page(page, card.customer_id)

    def _show_form(
        self, title: str, form: Form, save: Callable[[], None], words: str = "Save"
    ) -> None:
        self._form, self._save = form, save
        page = Page(title)
        page.form(form)
        page.foot(words, danger=form.erase if isinstance(form, PersonForm) else None)
        self.inspector.show_page(page, form)
        form.focus_first()

    def _show_found_person(self, person: PersonRow) -> None:
        self._open_from_afar(person.customer_id)
        self._show_person(person)

    def _show_person(self, person: PersonRow) -> None:
        form = PersonForm(person)

        def save() -> None:
            ask = form.edit_request(person)
            back = replace(ask, seen_version=ask.seen_version + 1, words=person.words)
            may_undo = ask.words != person.words
            self._undo = partial(self._put_back, edit_person, back) if may_undo else None
            self._act(partial(self._did, "Saved the person."), edit_person, ask)

        form.erase_wanted.connect(partial(self._ask_erase, person))
        self._show_form(person.name, form, save)

    def _ask_erase(self, person: PersonRow) -> None:
        form = EraseForm(person)

        def save() -> None:
            done, no = partial(self._did, "Erased the person."), self._on_refused
            self._desk.run(self, done, erase_wholly, form.request(), on_refused=no)

        self._show_form(f"Erase {person.name}", form, save, "Erase for good")

    # Saving

    def _on_saved(self) -> None:
        if self._form is not None and self._save is not None and self._form.check():
            self.inspector.busy(True)
            self._save()

    def _act(
        self, on_done: Callable[[int], None], action: Callable[..., int], request: object
    ) -> None:
        self._desk.act(self, on_done, action, request, on_refused=self._on_refused)

    def _on_refused(self, refused: OfficerError) -> None:
        self.inspector.busy(False)
        if self._form is None:
            self._desk.refused.emit(str(refused))
            return
        self._form.show_refusal(refused)
        changed = isinstance(refused, RecordChanged) and isinstance(self._form, CustomerForm)
        if changed and self._customer_id is not None:
            self._desk.load(self, self._meet, customer_card, self._customer_id, self._today())

    def _meet(self, card: CustomerCard) -> None:
        if isinstance(self._form, CustomerForm):
            self._form.meet(card)

    def _put_back(self, action: Callable[..., int], request: object) -> None:
        """Undo an edit; refused politely when another desk changed it since."""
        self._desk.act(self, self._was_put_back, action, request)

    def _was_put_back(self, _record_id: int) -> None:
        self._desk.say("Put back as it was.")

    def _added(self, customer_id: int) -> None:
        self._done("Added the customer.", customer_id)

    def _changed(self, customer_id: int) -> None:
        self._done("Saved the customer.", customer_id)

    def _did(self, words: str, _record_id: int) -> None:
        self._done(words, self._customer_id)

    def _done(self, words: str, customer_id: int | None) -> None:
        self._desk.say(words, self._undo)
        self._form = self._save = self._undo = None
        if customer_id is not None:
            self.open_customer(customer_id)

    def _on_left(self) -> None:
        was_form, self._form = self._form is not None, None
        page = self.inspector.page
        if isinstance(page, ImportPage):
            page.stop()
        elif not was_form:
            self._customer_id = None
        if self._customer_id is None:
            self._say_choose()
            self.find_line.setFocus()
        else:
            self._read()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES and not isinstance(self.inspector.page, ImportPage):
            self._read()

    def _choose_file(self, kind: ImportKind) -> None:
        title = f"Import {kind.what}"
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", "CSV files (*.csv);;All files (*)")
        if chosen:
            self.start_import(kind, Path(chosen))
