"""The forms that order catering and equipment in place, in the inspector's section."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.qt.buttons import Button
from lle_desk.qt.field import Field
from lle_desk.qt.flow import Flow
from lle_desk.qt.form import ChoiceField, Form, NumberField, TextField, TimeField
from lle_desk.qt.leaving import LeavesOnEsc
from lle_desk.qt.section import TintedRow
from lle_desk.qt.theme import px
from lle_desk.rooms.actions import SaveCatering, SaveEquipment
from lle_desk.rooms.queries import UseCard
from lle_desk.rooms.queries.extras import CateringRow, EquipmentFree, EquipmentRow, MenuItem
from lle_desk.rooms.rules.extras import Diets

MOST = 100_000


class LineForm(LeavesOnEsc):
    """What both forms share: save, strike out, leave; Esc leaves.

    Signals:
        wanted: object: the ask that saves or strikes out the line.
        left: the line stays as it was.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(self, what: str, *, is_new: bool) -> None:
        super().__init__()
        self.uuid = new_uuid()
        self.setAccessibleName(what)
        self.form = Form()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(16), 0, px(16), px(10))
        row = TintedRow("accent")
        row.layout_rows.addWidget(self.form)
        self.save_button = Button(
            "Add" if is_new else "Save line", "check", kind="primary", on_click=self.save
        )
        buttons = [self.save_button]
        if not is_new:
            buttons.append(Button("Strike out", "trash", kind="danger", on_click=self._strike_out))
        buttons.append(Button("Leave it", kind="quiet", on_click=self.left.emit))
        self._buttons = Flow(buttons)
        row.layout_rows.addWidget(self._buttons)
        self._column.addWidget(row)

    def save(self) -> None:
        """Ask for the line to be saved, if nothing is wrong with it."""
        if self.save_button.isEnabled() and self.form.check():
            self._want(self.ask())

    def ask(self) -> object:
        """Return the line as it is to be."""
        raise NotImplementedError

    def struck_out(self) -> object:
        """Return the line as it is to be struck out."""
        raise NotImplementedError

    def is_typed(self) -> bool:
        """Return whether something is typed that is not saved."""
        return self.form.is_typed()

    def show_refusal(self, refusal: OfficerError) -> None:
        """Say beside its field why the line was refused."""
        self._buttons.setEnabled(True)
        self.form.show_refusal(refusal)

    def event(self, event: QEvent) -> bool:
        """Take Esc before the inspector does: it leaves this line only."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def leave(self) -> None:
        """Leave the line as it was."""
        self.left.emit()

    def _strike_out(self) -> None:
        self._want(self.struck_out())

    def _want(self, ask: object) -> None:
        """Ask once: until the answer is there, nothing is saved a second time."""
        self._buttons.setEnabled(False)
        self.wanted.emit(ask)


class CateringForm(LineForm):
    """One line of catering: when, what, for how many, diets as numbers, a note."""

    def __init__(self, card: UseCard, line: CateringRow | None) -> None:
        super().__init__("Catering", is_new=line is None)
        self._card, self._line = card, line
        served = line.served_at if line else card.starts_at
        self.item: ChoiceField[int] = self.form.add(
            ChoiceField("Men&u", [(line.item_id, line.item)] if line else [], key="item")
        )
        self.at = TimeField("Serve at", key="served_at", needed=True)
        self.quantity = NumberField("For how many", key="quantity", needed=True, least=1, most=MOST)
        self.form.row(self.at, self.quantity)
        self.diets = [
            NumberField(words, key=words)
            for words in ("Vegetarian", "Vegan", "Halal", "Gluten free", "Other diets")
        ]
        self.form.row(*self.diets[:3])
        self.note = TextField("Note for the kitchen", key="note", max_length=200)
        self.form.row(*self.diets[3:], QWidget())
        self.form.add(self.note)
        self.at.set_value(served.time())
        self.quantity.set_value(line.quantity if line else card.heads)
        if line is not None:
            for field, count in zip(self.diets, _counts(line.diets), strict=True):
                field.set_value(count or None)
            self.note.set_value(line.note)

    def show_menu(self, items: Sequence[MenuItem]) -> None:
        """Offer what is on the menu; what was ordered stays though it no longer is."""
        choices = [(item.id, item.name) for item in items]
        if self._line is not None and self._line.item_id not in {one for one, _ in choices}:
            choices.append((self._line.item_id, self._line.item))
        self.item.set_choices(choices)
        self.item.mark_clean()

    def first(self) -> Field[int | None]:
        """Return the field to begin at."""
        return self.item

    def ask(self) -> object:
        return self._ask(self.quantity.value() or 0)

    def struck_out(self) -> object:
        return self._ask(0)

    def _ask(self, quantity: int) -> SaveCatering:
        served = self._line.served_at if self._line else self._card.starts_at
        at = self.at.value() or served.time()
        vegetarian, vegan, halal, gluten_free, other = (field.value() or 0 for field in self.diets)
        return SaveCatering(
            client_uuid=self.uuid,
            use_id=self._card.use_id,
            item_id=self.item.value() or 0,
            served_at=datetime.combine(served.date(), at),
            quantity=quantity,
            diets=Diets(vegetarian, vegan, halal, gluten_free, other),
            note=self.note.value(),
            line_id=self._line.id if self._line else None,
            seen_version=self._line.version if self._line else 0,
        )


class EquipmentForm(LineForm):
    """So many of one piece of equipment; the list says how many are free then."""

    def __init__(self, card: UseCard, line: EquipmentRow | None) -> None:
        super().__init__("Equipment", is_new=line is None)
        self._card, self._line = card, line
        self.equipment: ChoiceField[int] = ChoiceField(
            "Eq&uipment", [(line.equipment_id, line.name)] if line else [], key="equipment"
        )
        self.quantity = NumberField("How many", key="quantity", needed=True, least=1, most=MOST)
        self.form.row(self.equipment, self.quantity, stretch=(5, 2))
        self.quantity.set_value(line.quantity if line else 1)

    def show_free(self, free: Sequence[EquipmentFree]) -> None:
        """Offer what is in stock, with how much of it is free at this time."""
        line = self._line
        if line is not None:
            free = [one for one in free if one.id == line.equipment_id]
        self.equipment.set_choices([(one.id, _free_words(one)) for one in free])
        self.equipment.mark_clean()

    def first(self) -> Field[int | None]:
        """Return the field to begin at."""
        return self.equipment if self._line is None else self.quantity

    def ask(self) -> object:
        return self._ask(self.quantity.value() or 0)

    def struck_out(self) -> object:
        return self._ask(0)

    def _ask(self, quantity: int) -> SaveEquipment:
        return SaveEquipment(
            client_uuid=self.uuid,
            use_id=self._card.use_id,
            equipment_id=self.equipment.value() or 0,
            quantity=quantity,
            line_id=self._line.id if self._line else None,
            seen_version=self._line.version if self._line else 0,
        )


def _free_words(one: EquipmentFree) -> str:
    return f"{one.name} ({one.free} of {one.stock} free)"


def _counts(diets: Diets) -> tuple[int, int, int, int, int]:
    return (diets.vegetarian, diets.vegan, diets.halal, diets.gluten_free, diets.other)
