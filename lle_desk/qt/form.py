"""A form: fields in order, one check over all, and where a refusal is said."""

from collections.abc import Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.core.errors import OfficerError
from lle_desk.qt.chooser import FindField
from lle_desk.qt.field import Field, LineField
from lle_desk.qt.fields import (
    CheckField,
    ChoiceField,
    DateField,
    LinesField,
    MoneyField,
    NumberField,
    TextField,
    TimeField,
)
from lle_desk.qt.sight import bring_into_sight
from lle_desk.qt.theme import px
from lle_desk.qt.words import Label, label, short_label

__all__ = [
    "CheckField",
    "ChoiceField",
    "DateField",
    "Field",
    "FindField",
    "Form",
    "LinesField",
    "MoneyField",
    "NumberField",
    "TextField",
    "TimeField",
]

F = TypeVar("F", bound=Field[Any])


class Form(QWidget):
    """Fields one below the other, in the order of the call. Enter goes on to the next.

    Signals:
        typed: something in one of the fields was changed.
    """

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fields: list[Field[Any]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(8))
        self._refusal = label("", "refusal", wrap=True)
        self._refusal.hide()
        self._layout.addWidget(self._refusal)

    @property
    def fields(self) -> Sequence[Field[Any]]:
        """The fields in their order."""
        return tuple(self._fields)

    def section(self, title: str, note: str = "") -> Label:
        """Start a part with a heading; return its quiet note, which may change."""
        line = QHBoxLayout()
        line.setContentsMargins(0, px(6), 0, 0)
        quiet = short_label(note, "small")
        line.addWidget(label(title, "heading"))
        line.addStretch(1)
        line.addWidget(quiet)
        self._insert(line)
        return quiet

    def add(self, field: F) -> F:
        """Add a field over the whole width and return it."""
        self._take_in(field)
        self._layout.insertWidget(self._layout.count() - 1, field)
        return field

    def row(self, *fields: QWidget, stretch: Sequence[int] | None = None) -> None:
        """Add fields side by side; `stretch` shares the width, equally if not given.

        What is wrong with one of them is said below the row.
        """
        block, line = QVBoxLayout(), QHBoxLayout()
        block.setSpacing(px(3))
        block.addLayout(line)
        line.setSpacing(px(8))
        for at, field in enumerate(fields):
            if isinstance(field, Field):
                self._take_in(field)
                field.say_in(block)
            line.addWidget(field, stretch[at] if stretch else 1, Qt.AlignmentFlag.AlignTop)
        self._insert(block)

    def widget(self, widget: QWidget) -> None:
        """Add something that is no field."""
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def check(self) -> bool:
        """Say at each field what is wrong, go to the first fault; return whether all is fine."""
        self.clear_refusal()
        faulty = [field for field in self._fields if field.isVisibleTo(self) and not field.check()]
        if faulty:
            faulty[0].setFocus()
            bring_into_sight(faulty[0])
        return not faulty

    def is_typed(self) -> bool:
        """Return whether a field holds something that is not saved."""
        return any(field.is_typed() for field in self._fields)

    def mark_clean(self) -> None:
        """Count all that stands there as saved."""
        for field in self._fields:
            field.mark_clean()
        self.clear_refusal()

    def show_refusal(self, refusal: OfficerError | str) -> None:
        """Say what was refused: beside the field it names, else below the form."""
        key = refusal.field if isinstance(refusal, OfficerError) else ""
        for field in self._fields:
            if key and field.key == key:
                field.show_error(str(refusal))
                field.setFocus()
                bring_into_sight(field)
                return
        self._refusal.set(str(refusal))
        self._refusal.show()
        bring_into_sight(self._refusal)

    def clear_refusal(self) -> None:
        """Take away what was said below the form."""
        self._refusal.set("")
        self._refusal.hide()

    @property
    def refusal(self) -> str:
        """What is said below the form now."""
        return self._refusal.text()

    def focus_first(self) -> None:
        """Go to the first field."""
        if self._fields:
            self._fields[0].setFocus()

    def _take_in(self, field: Field[Any]) -> None:
        self._fields.append(field)
        field.changed.connect(self.typed)
        if isinstance(field, LineField):
            field.line.returnPressed.connect(self._go_on)
        if isinstance(field, FindField):
            field.chosen.connect(self._go_on)

    def _go_on(self) -> None:
        """Go to the next field, as Enter does."""
        self.focusNextChild()

    def _insert(self, line: QHBoxLayout | QVBoxLayout) -> None:
        self._layout.insertLayout(self._layout.count() - 1, line)
