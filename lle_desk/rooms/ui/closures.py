"""“Closures and hours”: what is closed when and why, who gets in, and when the site is open."""

from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from lle_desk.core.days import short_day, span_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.customers.ui.chooser import CustomerChooser
from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import BadgeText
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.form import Form, NumberField
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.actions import CloseSpace, close_space
from lle_desk.rooms.actions.closures import (
    EditClosure,
    LetIn,
    RemoveClosure,
    SetHours,
    edit_closure,
    keep_out,
    let_in,
    remove_closure,
    set_hours,
)
from lle_desk.rooms.queries.closures import (
    AllowedRow,
    ClosureRow,
    ClosuresOfSite,
    InTheWay,
    closures_of_site,
)
from lle_desk.rooms.rules import OpenTimes, week_words
from lle_desk.rooms.ui.closure_form import ClosureForm, HoursForm
from lle_desk.rooms.ui.closure_undo import ClosureUndo
from lle_desk.rooms.ui.pages import RoomsPage

TABLES = frozenset(
    {"closure", "closure_allowance", "opening_hours", "room_use", "room_booking", "space"}
)


class ClosuresPage(RoomsPage):
    """Closures on the left, the chosen one on the right, and the opening hours below it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._site_id = 0
        self._day = date.today()  # noqa: DTZ011  (the office's day)
        self._row: ClosureRow | None = None
        self._new_uuid = new_uuid()
        self._goes_to: int | None = None
        self._hours: OpenTimes | None = None  # as they are saved
        self._undo = ClosureUndo(desk, lambda: self._site_id, self)
        self.model: RowTableModel[ClosureRow] = RowTableModel(
            CLOSURES, key=lambda row: row.id, parent=self
        )
        self.table = Table(self.model, row_height=40, name="Closures")
        self.table.show_empty(EmptyState("Nothing is closed from this day on.", icon="door"))
        self.form, self.hours_form = ClosureForm(), HoursForm()
        self.allowed_model: RowTableModel[AllowedRow] = RowTableModel(
            ALLOWED, key=lambda row: row.allowance_id, parent=self
        )
        self.allowed = Table(self.allowed_model, name="Let in although it is closed")
        self.way_model: RowTableModel[InTheWay] = RowTableModel(
            WAY, key=lambda row: row.use_id, parent=self
        )
        self.way = Table(self.way_model, row_height=40, name="Booked there: give another room")
        self.customer = CustomerChooser(desk, "&Let in a customer")
        self.number = NumberField("or &booking WR-", key="booking_number", least=1, most=9_999_999)
        self.who = Form()
        self._lay_out()
        self._connect()
        self._fresh = Refresher(self, desk, TABLES, self._load)

    def open_at(self, site_id: int, day: date) -> None:
        """Show what is closed from that day on."""
        self._site_id, self._day = site_id, day
        self._load()
        self.table.setFocus()

    # Reading

    def _load(self) -> None:
        if self._site_id:
            self.desk.load(self, self._show, closures_of_site, self._site_id, self._day)

    def _show(self, found: ClosuresOfSite) -> None:
        self.form.show_rooms(found.spaces)
        if not self.hours_form.is_typed():
            self.hours_form.show_hours(found.hours)
        self._hours = found.hours
        told = week_words(found.hours) if found.hours else "nobody has said when it is open"
        self.open_words.set(told)
        self.model.show_rows(list(found.closures))
        if self._goes_to is not None and self.table.choose(self._goes_to):
            self._goes_to = None
        chosen = self.table.chosen()
        if isinstance(chosen, ClosureRow):
            self._choose(chosen)
        elif self._row is not None or not self.form.is_typed():
            self.start_new()

    def _choose(self, row: object) -> None:
        if not isinstance(row, ClosureRow):
            return
        is_same = self._row is not None and self._row.id == row.id
        self._row = row
        if not (is_same and self.form.is_typed()):
            self.form.show_closure(row)
        self.heading.set("This closure")
        self.allowed_model.show_rows(list(row.allowed))
        self.way_model.show_rows(list(row.in_the_way))
        count = len(row.in_the_way)
        self.way_words.set(
            f"{count} booked there before: give them another room, or let them in" if count else ""
        )
        for part in (self.who, self.allowed, self.remove):
            part.show()
        self.way.setVisible(bool(count))

    def start_new(self) -> None:
        """Start a closure of the day the plan stands at."""
        self._row = None
        self._new_uuid = new_uuid()
        midnight = datetime.combine(self._day, time())
        self.form.show_new(midnight + timedelta(hours=8), midnight + timedelta(hours=18))
        self.heading.set("A new closure")
        self.way_words.set("")
        for part in (self.who, self.allowed, self.remove, self.way):
            part.hide()

    def _new_wanted(self) -> None:
        self.table.clearSelection()
        self.start_new()
        self.form.focus_first()

    # Saving

    def _save(self) -> None:
        if not self.form.check():
            return
        starts_at, ends_at = self.form.times()
        row = self._row
        if row is None:
            ask = CloseSpace(
                client_uuid=self._new_uuid,
                site_id=self._site_id,
                space_id=self.form.space_id,
                starts_at=starts_at,
                ends_at=ends_at,
                reason=self.form.reason.value(),
            )
            made = partial(self._saved, ask)
            self.desk.act(self, made, close_space, ask, on_refused=self._refused)
            return
        edit = EditClosure(
            closure_id=row.id,
            seen_version=row.version,
            space_id=self.form.space_id,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=self.form.reason.value(),
        )
        done = partial(self._edited, row, edit)
        self.desk.act(self, done, edit_closure, edit, on_refused=self._refused)

    def _saved(self, ask: CloseSpace, closure_id: int) -> None:
        self._goes_to = closure_id
        self.form.mark_clean()
        self._undo.made(closure_id, ask)
        self._load()

    def _edited(self, was: ClosureRow, now: EditClosure, version: int) -> None:
        self.form.mark_clean()
        self._undo.changed(was, now, version)
        self._load()

    def _refused(self, error: OfficerError) -> None:
        self.form.show_refusal(error)

    def _remove(self) -> None:
        if self._row is not None:
            ask = RemoveClosure(closure_id=self._row.id, seen_version=self._row.version)
            done = partial(self._removed, self._row)
            self.desk.act(self, done, remove_closure, ask, on_refused=self._refused)

    def _removed(self, was: ClosureRow, _nothing: None) -> None:
        self._undo.removed(was)
        self.start_new()
        self._load()

    def _let_in(self) -> None:
        if self._row is None:
            return
        ask = LetIn(
            client_uuid=new_uuid(),
            closure_id=self._row.id,
            customer_id=self.customer.customer_id,
            booking_number=self.number.value(),
        )
        done = partial(self._is_in, ask)
        self.desk.act(self, done, let_in, ask, on_refused=self.who.show_refusal)

    def _is_in(self, ask: LetIn, _allowance_id: int) -> None:
        self._undo.let_in(ask)
        self.customer.set_value(None)
        self.number.set_value(None)
        self.who.clear_refusal()
        self._load()

    def _keep_out(self, row: object) -> None:
        if isinstance(row, AllowedRow) and self._row is not None:
            done = partial(self._is_out, self._row.id, row)
            self.desk.act(self, done, keep_out, row.allowance_id)

    def _is_out(self, closure_id: int, row: AllowedRow, _nothing: None) -> None:
        self._undo.kept_out(closure_id, row)
        self._load()

    def _save_hours(self) -> None:
        if self.hours_form.check():
            ask = SetHours(site_id=self._site_id, days=self.hours_form.hours())
            done = partial(self._hours_saved, self._hours, ask)
            self.desk.act(self, done, set_hours, ask, on_refused=self.hours_form.show_refusal)

    def _hours_saved(self, was: OpenTimes | None, now: SetHours, _nothing: None) -> None:
        self.hours_form.mark_clean()
        self._undo.hours_set(was, now)
        self._load()

    def _open_use(self, row: object) -> None:
        if isinstance(row, InTheWay):
            self.use_opened.emit(row.use_id)

    # Laying out

    def _connect(self) -> None:
        self.table.row_chosen.connect(self._choose)
        self.allowed.row_opened.connect(self._keep_out)
        self.way.row_opened.connect(self._open_use)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(px(10), px(8), px(10), px(8))
        head.setSpacing(px(8))
        head.addWidget(Button("Back to the plan", "arrow-left", on_click=self.closed.emit))
        head.addWidget(label("Closures and hours", "heading"))
        head.addStretch(1)
        head.addWidget(Button("New closure", "plus", on_click=self._new_wanted))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        work = QHBoxLayout()
        work.addWidget(self.table, 2)
        work.addWidget(self._side(), 3)
        column.addLayout(work, 1)

    def _side(self) -> QScrollArea:
        """Return the right half: the closure, who gets in, what is in its way, the hours."""
        side = QWidget()
        side.setMaximumWidth(px(760))
        within = QVBoxLayout(side)
        within.setContentsMargins(px(16), px(8), px(16), px(16))
        within.setSpacing(px(8))
        self.heading = label("A new closure", "heading")
        self.way_words = label("", "warning", wrap=True)
        self.remove = Button("Take it away", "trash", kind="danger", on_click=self._remove)
        save = Button("Save", key="Ctrl+Return", kind="primary", on_click=self._save)
        save.key = "Ctrl+Enter"  # the words on the key
        self.who.row(self.customer, self.number, stretch=(3, 1))
        self.who.widget(Button("Let in", "plus", on_click=self._let_in))
        self.allowed.show_empty(EmptyState("Nobody is let in."))
        self.allowed.setFixedHeight(px(84))
        self.way.setFixedHeight(px(130))
        self.open_words = label("", "quiet", wrap=True)
        hours = Button("Save the hours", on_click=self._save_hours)
        for part in (
            self.heading,
            self.form,
            _beside(save, self.remove),
            self.way_words,
            self.way,
            self.who,
            self.allowed,
            label("Opening hours", "heading"),
            self.open_words,
            self.hours_form,
            _beside(hours),
        ):
            within.addWidget(part)
        within.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(side)
        return area


def _beside(*buttons: QWidget) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return held


def _when(row: ClosureRow) -> str:
    if row.starts_at.date() == row.ends_at.date():
        return f"{short_day(row.starts_at.date())} {span_words(row.starts_at, row.ends_at)}"
    return span_words(row.starts_at, row.ends_at)


def _told(row: ClosureRow) -> list[BadgeText]:
    if row.in_the_way:
        return [BadgeText(f"{len(row.in_the_way)} to move", "warning")]
    return [BadgeText(f"{len(row.allowed)} let in")] if row.allowed else []


def _nothing(_row: ClosureRow) -> str:
    return ""


def _why(row: ClosureRow) -> str:
    return f"{_when(row)} · {row.reason}"


def _let_no_more(_row: AllowedRow) -> str:
    return "Let in no more"


def _title(row: InTheWay) -> str:
    return f"WR-{row.number:05d} {row.title}"


def _place(row: InTheWay) -> str:
    return f"{row.room}, {short_day(row.starts_at.date())} {span_words(row.starts_at, row.ends_at)}"


CLOSURES: list[Column[ClosureRow]] = [
    Column("Closed", lambda row: row.room, width=0, strong=True, second=_why),
    Column("", _nothing, width=96, badges=_told),
]
ALLOWED: list[Column[AllowedRow]] = [
    Column("Let in although it is closed", lambda row: row.words, width=0),
    Column("", _let_no_more, width=120, link=True),
]
WAY: list[Column[InTheWay]] = [
    Column("Booked there", _title, width=0, strong=True, second=_place, link=True),
]
