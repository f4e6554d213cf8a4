"""Agreements as a list with one of them beside it: found, made, changed, ended."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QTimer, Signal

from lle_desk.agreements.actions.undoing import (
    edit_agreement_with_way,
    end_agreement_with_way,
    make_agreement_with_way,
)
from lle_desk.agreements.queries import (
    AgreementCard,
    AgreementFilter,
    AgreementRow,
    agreement_card,
    agreement_list,
    services_with_agreements,
)
from lle_desk.agreements.rules import Allowance, amount, figure
from lle_desk.agreements.ui.forms import AgreementForm, EndForm, Service
from lle_desk.agreements.ui.page import SOON_DAYS, Opens, agreement_page, standing
from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import pounds
from lle_desk.core.undo import Undoable
from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import BadgeText
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.form import Form
from lle_desk.qt.inspector import Inspector, Page
from lle_desk.qt.keys import KeyLine
from lle_desk.qt.stale import Refresher
from lle_desk.qt.tab import Tab
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel

PAUSE_MS = 150
TABLES = frozenset({"agreement", "agreement_draw", "charge"})
WHICH = [("running", "Running"), ("soon", "Ending soon"), ("all", "All")]


class AgreementsView(Tab):
    """The list at the left, the agreement at the right.

    Signals:
        record_asked: what another screen owns. str: its table, int: its number.
    """

    record_asked = Signal(str, int)

    def __init__(self, desk: Desk, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._desk = desk
        self._today = today
        self._id: int | None = None
        self._card: AgreementCard | None = None
        self._save: Callable[[], None] | None = None
        self._form: Form | None = None
        self._opens = Opens(self.edit, self.end, self._open_customer, self.record_asked.emit)
        self.model: RowTableModel[AgreementRow] = RowTableModel(
            self._columns(), lambda row: row.id, self
        )
        self.table = Table(self.model, name="Agreements")
        self.table.remember(desk.settings, "agreements")
        self.inspector = Inspector("Agreement")
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self._say_choose()
        self._fresh = Refresher(self, desk, TABLES, self.reload)

    # What others ask

    def reload(self) -> None:
        """Read the list and what is shown again."""
        self._desk.load(self, self._show_list, agreement_list, self._filter())
        self._read()

    def open_record(self, _kind: str, agreement_id: int) -> None:
        """Show an agreement that another screen asks for, whether it runs or not."""
        self.which.choose("all")
        self.find_line.clear()
        self.open_agreement(agreement_id)
        self.reload()

    def refresh(self) -> None:
        """Look again."""
        self._fresh.look_again()

    def tour_stops(self) -> list[tuple[str, Callable[[], None]]]:
        """Return what the tour takes pictures of."""
        return [("-agreements", self._tour)]

    def _tour(self) -> None:
        self.table.choose_first()

    def open_agreement(self, agreement_id: int) -> None:
        """Show an agreement."""
        self._id, self._form = agreement_id, None
        self.table.choose(agreement_id)
        self._read()

    def new_agreement(self, customer_id: int = 0) -> None:
        """Begin an agreement, with a customer when one is known."""
        begin = partial(self._begin, customer_id)
        self._desk.load(self, begin, services_with_agreements)

    def edit(self) -> None:
        """Change the agreement shown."""
        card = self._card
        if card is None:
            return
        form = AgreementForm(self._desk, (), self._today, card)

        def save() -> None:
            self._act(edit_agreement_with_way, form.edit_request(card))

        self._show_form(f"{card.row.code}, {card.row.customer}", form, save)

    def end(self) -> None:
        """End the agreement shown before its last day."""
        card = self._card
        if card is None:
            return
        form = EndForm(self._today)

        def save() -> None:
            self._act(end_agreement_with_way, form.request(card))

        self._show_form(f"End {card.row.code} early", form, save, "End it")

    def keys(self) -> list[KeyLine]:
        """Return the keys of this view."""
        return [
            KeyLine("Ctrl+F", "Find by customer, title or number"),
            KeyLine("Ctrl+N", "New agreement"),
            KeyLine("Ctrl+E", "Change the agreement"),
        ]

    # Laying out

    def _lay_out(self) -> None:
        self.bar = Bar()
        self.find_line = self.bar.search("Find an agreement")
        self.find_line.setPlaceholderText("Customer, title or number")
        self.which = self.bar.segments(WHICH, "running", accessible="Which agreements")
        self.bar.stretch()
        self.bar.button(
            "New agreement", "plus", key="Ctrl+N", kind="primary", on_click=self.new_agreement
        )
        self.lay_out(self.bar, self.table, self.inspector, inspector_width=400)
        self.remember_split(self._desk.settings, "agreements")
        first = Button("New agreement", "plus", on_click=self.new_agreement)
        words = "No agreement is found like this. Make one, or look at all of them."
        self.table.show_empty(EmptyState(words, first, "file-text"))
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.table.row_chosen.connect(self._on_row)
        self.table.row_opened.connect(self._on_row)
        self.which.chosen.connect(self._on_which)
        self.find_line.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.reload)
        self.inspector.saved.connect(self._on_saved)
        self.inspector.left.connect(self._on_left)

    def _columns(self) -> list[Column[AgreementRow]]:
        return [
            Column("Number", lambda row: row.code, width=76, quiet=True),
            Column(
                "Customer",
                lambda row: row.customer,
                width=0,
                strong=True,
                tip=lambda row: row.customer,
            ),
            Column("Service", lambda row: row.service_code, width=72, quiet=True),
            Column(
                "Agreement", lambda row: row.title, width=210, tip=lambda row: row.title, give_up=2
            ),
            Column("Until", _until, sort_key=lambda row: row.ends_on, width=132),
            Column("Left", _left, sort_key=_left_share, width=128, numeric=True),
            Column(
                "Price", _price, sort_key=lambda row: row.price, width=90, numeric=True, give_up=1
            ),
            Column("", _nothing, width=104, badges=self._badges),
        ]

    def _badges(self, row: AgreementRow) -> list[BadgeText]:
        return [BadgeText(*standing(row, self._today()))]

    # Reading

    def _filter(self) -> AgreementFilter:
        today = self._today()
        which = self.which.choice
        return AgreementFilter(
            words=self.find_line.text(),
            running_on=None if which == "all" else today,
            ends_until=today + timedelta(days=SOON_DAYS) if which == "soon" else None,
        )

    def _on_which(self, _choice: str) -> None:
        self.reload()

    def _show_list(self, rows: Sequence[AgreementRow]) -> None:
        self.model.show_rows(rows)
        if self._id is not None:
            self.table.choose(self._id)  # one just made was not in the list before

    def _on_row(self, row: AgreementRow | None) -> None:
        if row is not None and row.id != self._id and not self.inspector.is_typed():
            self._id, self._form = row.id, None
            self._read()

    def _read(self) -> None:
        if self._id is not None and self._form is None:
            self._desk.load(self, self._show, agreement_card, self._id)

    def _show(self, card: AgreementCard | None) -> None:
        if card is None or card.row.id != self._id or self._form is not None:
            return
        self._card, self._save = card, None
        page = agreement_page(card, self._today(), self._opens)
        self.inspector.show_page(page, card.row.id)

    def _open_customer(self, customer_id: int) -> None:
        self.record_asked.emit("customer", customer_id)

    # Saving

    def _begin(self, customer_id: int, services: Sequence[Service]) -> None:
        form = AgreementForm(self._desk, services, self._today)
        if customer_id:
            form.take_customer(customer_id)

        def save() -> None:
            self._act(make_agreement_with_way, form.make_request())

        self._show_form("New agreement", form, save, "Make it")

    def _show_form(
        self, title: str, form: Form, save: Callable[[], None], words: str = "Save"
    ) -> None:
        self._form, self._save = form, save
        page = Page(title)
        page.form(form)
        page.foot(words)
        self.inspector.show_page(page, form)
        form.focus_first()

    def _on_saved(self) -> None:
        if self._form is not None and self._save is not None and self._form.check():
            self.inspector.busy(True)
            self._save()

    def _act(self, action: Callable[..., Undoable[int]], ask: object) -> None:
        self._desk.do(self, self._done, action, ask, on_refused=self._refused)

    def _done(self, agreement_id: int) -> None:
        self._form = self._save = None
        self.inspector.busy(False)
        self.open_agreement(agreement_id)
        self.table.setFocus()

    def _refused(self, refused: OfficerError) -> None:
        self.inspector.busy(False)
        if self._form is not None:
            self._form.show_refusal(refused)

    def _on_left(self) -> None:
        was_form, self._form = self._form is not None, None
        if not was_form:
            self._id = None
        if self._id is None:
            self._say_choose()
        else:
            self._read()
        self.table.setFocus()

    def _say_choose(self) -> None:
        self._card = self._form = self._save = None
        self.inspector.show_empty(
            "Choose an agreement to see what is left of it and what used it.", None, "file-text"
        )


def _until(row: AgreementRow) -> str:
    return day_words(row.ends_on)


def _left(row: AgreementRow) -> str:
    if row.allowance == Allowance.NONE:
        return ""
    return f"{figure(row.allowance, row.left)} of {amount(row.allowance, row.units)}"


def _left_share(row: AgreementRow) -> float:
    return row.left / row.units if row.units else -1.0


def _price(row: AgreementRow) -> str:
    return pounds(row.price)


def _nothing(_row: AgreementRow) -> str:
    return ""
