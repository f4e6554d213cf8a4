"""The equipment that was looked for with a room, in the form of its booking."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from lle_desk.qt.form import Field, NumberField
from lle_desk.qt.theme import px
from lle_desk.rooms.rules.extras import EquipmentWanted

MOST = 1000
NARROW = 160


class LentPart(QWidget):
    """How many of each are lent with each room and day. Hidden until something is."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: dict[EquipmentWanted, NumberField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        self.hide()

    @property
    def fields(self) -> Sequence[Field[Any]]:
        """The fields in their order."""
        return tuple(self._fields.values())

    @property
    def wanted(self) -> tuple[EquipmentWanted, ...]:
        """What is lent, as the numbers stand there."""
        return tuple(
            EquipmentWanted(one.equipment_id, field.value() or 0, one.name)
            for one, field in self._fields.items()
            if field.value()
        )

    def show_wanted(self, wanted: Sequence[EquipmentWanted]) -> None:
        """Show what was looked for; empty or 0 leaves it out."""
        for one in wanted:
            field = NumberField(f"{one.name}, lent with it", key="quantity", least=0, most=MOST)
            field.show_value(one.quantity)
            self._fields[one] = field
            field.setMaximumWidth(px(NARROW))  # a number of two or three digits
            block = QVBoxLayout()
            block.setSpacing(px(3))
            block.addWidget(field)
            field.say_in(block)
            self._column.addLayout(block)
        self.setVisible(bool(self._fields))
