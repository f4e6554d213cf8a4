"""Catering and equipment in the inspector: read at a glance, ordered and changed in place."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from lle_desk.core.days import short_day, time_words
from lle_desk.core.errors import OfficerError
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.section import Section
from lle_desk.qt.sight import bring_into_sight
from lle_desk.rooms.actions import SaveCatering, SaveEquipment, save_catering, save_equipment
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.queries import UseCard
from lle_desk.rooms.queries.extras import (
    CateringRow,
    EquipmentFree,
    EquipmentRow,
    MenuItem,
    equipment_free,
    menu,
)
from lle_desk.rooms.rules import Status, number_words
from lle_desk.rooms.ui.extras_forms import CateringForm, EquipmentForm, LineForm

SOON = timedelta(days=3)
CATERING, EQUIPMENT = "catering", "equipment"


class ExtrasPart(QWidget):
    """The section of one use. A line opens its form with Enter; only one is open at a time.

    Signals:
        saved: a line was saved. str: CATERING or EQUIPMENT, to begin again there.
    """

    saved = Signal(str)

    def __init__(self, desk: Desk, card: UseCard, today: date) -> None:
        super().__init__()
        self._desk, self._card, self._today = desk, card, today
        self.form: LineForm | None = None
        self._kind = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._section = Section()
        self._column.addWidget(self._section)
        self._build()

    def show_card(self, card: UseCard) -> None:
        """Show the lines as they are now; a form that is open stays open."""
        self._card = card
        if self.form is None:
            self._build()

    def is_typed(self) -> bool:
        """Return whether a line is typed that is not saved."""
        return self.form is not None and self.form.is_typed()

    def takes_save(self) -> bool:
        """Save the line that is being written, as Ctrl+Enter does there; False: there is none."""
        form = self.form
        here = QApplication.focusWidget()
        if form is None or not (form.is_typed() or (here is not None and form.isAncestorOf(here))):
            return False
        form.save()
        return True

    def begin(self, kind: str) -> None:
        """Go to the button that adds another line of that kind."""
        (self.catering_button if kind == CATERING else self.equipment_button).setFocus()

    def open_catering(self, line: CateringRow | None = None) -> None:
        """Open the form of a line of catering, a new one when none is given."""
        form = CateringForm(self._card, line)
        self._open(form, CATERING)
        self._desk.load(self, self._show_menu, menu)
        form.first().setFocus()

    def open_equipment(self, line: EquipmentRow | None = None) -> None:
        """Open the form of a line of equipment, a new one when none is given."""
        form = EquipmentForm(self._card, line)
        self._open(form, EQUIPMENT)
        card = self._card
        self._desk.load(
            self,
            self._show_free,
            equipment_free,
            card.reserved_from,
            card.reserved_to,
            card.use_id,
        )
        form.first().setFocus()

    def _add_catering(self) -> None:
        self.open_catering()

    def _add_equipment(self) -> None:
        self.open_equipment()

    def _build(self) -> None:
        card = self._card
        self._column.removeWidget(self._section)
        self._section.hide()
        self._section.deleteLater()
        extras = card.extras
        count = len(extras.catering) + len(extras.equipment)
        section = Section("Catering and equipment", "" if count else "none ordered")
        self._section = section
        for food in extras.catering:
            self._catering_line(section, food)
        for thing in extras.equipment:
            self._equipment_line(section, thing)
        if extras.catering and card.source != "course":
            self._final_numbers(section)
        self.catering_button = Button(
            "Catering", "coffee", key="Alt+I", kind="quiet", on_click=self._add_catering
        )
        self.equipment_button = Button(
            "Equipment", "presentation", key="Alt+V", kind="quiet", on_click=self._add_equipment
        )
        if card.status != Status.CANCELLED:
            section.buttons(self.catering_button, self.equipment_button)
        self._column.insertWidget(0, section)

    def _catering_line(self, section: Section, line: CateringRow) -> None:
        opens = None if self._card.status == Status.CANCELLED else partial(self.open_catering, line)
        right = f"for {line.quantity}"
        if line.least_charged is not None and line.least_charged > line.quantity:
            right = f"for {line.quantity}, {line.least_charged} charged"
        words = f"{self._served_words(line)} {line.item}"
        section.line(words, right, icon="coffee", right_role="body", on_open=opens)
        more = " · ".join(part for part in (line.diets.words, line.note) if part)
        if more:
            section.note(more, "small")

    def _served_words(self, line: CateringRow) -> str:
        at = line.served_at
        if at.date() == self._card.starts_at.date():
            return time_words(at)
        return f"{short_day(at.date())} {time_words(at)}"

    def _equipment_line(self, section: Section, line: EquipmentRow) -> None:
        opens = (
            None if self._card.status == Status.CANCELLED else partial(self.open_equipment, line)
        )
        right = str(line.quantity)
        section.line(line.name, right, icon="presentation", right_role="body", on_open=opens)

    def _final_numbers(self, section: Section) -> None:
        due = self._card.final_on
        left = (due - self._today).days
        if left < 0:
            section.chase("clock", "Final numbers", short_day(due), "past")
            section.note("What is charged no longer falls.", "small")
            return
        note = "today" if not left else f"in {left} day{'' if left == 1 else 's'}"
        kind = "warning" if due - self._today <= SOON else "plain"
        section.chase("clock", "Final numbers", short_day(due), note, kind=kind)

    def _open(self, form: LineForm, kind: str) -> None:
        self._close()
        self.form, self._kind = form, kind
        form.wanted.connect(self._save)
        form.left.connect(self._leave)
        self._column.addWidget(form)
        form.show()
        bring_into_sight(form)

    def _close(self) -> None:
        if self.form is not None:
            self.form.hide()
            self._column.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _leave(self) -> None:
        self._close()
        self._build()
        self.begin(self._kind)

    def _show_menu(self, items: list[MenuItem]) -> None:
        if isinstance(self.form, CateringForm):
            self.form.show_menu(items)

    def _show_free(self, free: list[EquipmentFree]) -> None:
        if isinstance(self.form, EquipmentForm):
            self.form.show_free(free)

    def _save(self, ask: SaveCatering | SaveEquipment) -> None:
        form, kind = self.form, self._kind
        saved, refused = partial(self._saved, form, kind), partial(self._refused, form)
        number = number_words(self._card.number)
        done = "Ordered" if ask.line_id is None else "Changed" if ask.quantity else "Struck out"
        if isinstance(ask, SaveCatering):
            words = f"{done} catering for {number}"
            self._desk.do(self, saved, Keeping(save_catering, words), ask, on_refused=refused)
        else:
            words = f"{done} equipment for {number}"
            self._desk.do(self, saved, Keeping(save_equipment, words), ask, on_refused=refused)

    def _saved(self, form: LineForm | None, kind: str, _line_id: int) -> None:
        if self.form is form:
            self._leave()  # the newest card may have come while the line was still open
        self.saved.emit(kind)

    def _refused(self, form: LineForm | None, refusal: OfficerError) -> None:
        if form is not None and self.form is form:
            form.show_refusal(refusal)
        else:
            self._desk.refused.emit(str(refusal))
