"""The delegates of a booking as one field: those added so far, and a line for the next."""

from collections.abc import Hashable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.courses.actions import Delegate
from lle_desk.courses.queries import DelegateChoice, delegate_choices
from lle_desk.qt.buttons import Button
from lle_desk.qt.chooser import FindField
from lle_desk.qt.desk import Desk
from lle_desk.qt.field import Field
from lle_desk.qt.theme import px
from lle_desk.qt.words import Label, label

NAME_TO_COME = "Name to come"


class DelegatesField(Field[Sequence[Delegate]]):
    """Who comes. Enter takes a name, Enter on the empty line goes on, Backspace takes one off.

    Signals:
        left_off: Enter was pressed on the empty line: there are no more.
    """

    left_off = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            "", key="delegates", hint="A number adds that many whose names are to come."
        )
        self._delegates: list[tuple[Delegate, str]] = []
        self._box = QFrame()
        self._box.setProperty("line", "box")
        self._box.setProperty("ground", "surface")
        self._rows = QVBoxLayout(self._box)
        self._rows.setContentsMargins(px(8), px(4), px(8), px(6))
        self._rows.setSpacing(px(2))
        self.finder: FindField[DelegateChoice] = FindField(
            "",
            desk,
            delegate_choices,
            text=_name,
            detail=_detail,
            key_of=_key,
            icon="user-plus",
            args=(None,),
            placeholder="Name, or Enter to leave off",
        )
        self.finder.line.setAccessibleName("Name of the next delegate")
        self.finder.chosen.connect(self._take_choice)
        self.finder.line.installEventFilter(self)
        self._rows.addWidget(self.finder)
        self.put(self._box)
        self.title = "Delegates"
        self._box.setAccessibleName(self.title)
        self.setFocusProxy(self.finder.line)

    def set_customer(self, customer_id: int | None) -> None:
        """Offer the people of this customer; those of another are taken off."""
        self.finder.set_args(customer_id)
        kept = [pair for pair in self._delegates if pair[0].person_id is None]
        if len(kept) != len(self._delegates):
            self._delegates = kept
            self._show()
            self._on_edited()

    @property
    def names(self) -> tuple[str, ...]:
        """The names as the letter shows them, "" for one to come."""
        return tuple(name for _delegate, name in self._delegates)

    def value(self) -> Sequence[Delegate]:
        return tuple(delegate for delegate, _name in self._delegates)

    def show_value(self, value: Sequence[Delegate]) -> None:
        self._delegates = [(one, f"{one.given_name} {one.family_name}".strip()) for one in value]
        self._show()

    def raw(self) -> Hashable:
        return (tuple(self._delegates), self.finder.line.text())

    def fault(self) -> str:
        if self.finder.line.text().strip():
            return "Press Enter to add the name, or clear it."
        return "" if self._delegates else "Add at least one delegate, or a number of places."

    def add_unnamed(self) -> None:
        """Add one place whose name is to come."""
        self._take_choice(DelegateChoice(None, "", "", 1, ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.finder.line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and not self.finder.is_open
            and not event.modifiers() & _SPECIAL
        ):
            return self._on_key(event.key())
        return False

    def _on_key(self, key: int) -> bool:
        empty = not self.finder.line.text().strip()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if empty:
                self.left_off.emit()
            else:
                self.finder.take_best()
            return True
        if key == Qt.Key.Key_Backspace and empty and self._delegates:
            self._remove(len(self._delegates) - 1)
            return True
        return False

    def _take_choice(self, choice: DelegateChoice) -> None:
        self.finder.set_value(None)
        if choice.unnamed:
            self._delegates.extend([(Delegate(), "")] * choice.unnamed)
        else:
            made = Delegate(choice.person_id, choice.given_name, choice.family_name)
            self._delegates.append((made, choice.name))
        self._show()
        self._on_edited()

    def _remove(self, at: int) -> None:
        del self._delegates[at]
        self._show()
        self._on_edited()
        self.finder.line.setFocus()

    def _show(self) -> None:
        while self._rows.count() > 1:
            item = self._rows.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for at, (delegate, name) in enumerate(self._delegates):
            self._rows.insertWidget(at, _row(at, delegate, name, partial(self._remove, at)))


def _row(at: int, delegate: Delegate, name: str, remove: partial[None]) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(px(2), 0, 0, 0)
    line.setSpacing(px(8))
    number: Label = label(str(at + 1), "quiet")
    number.setFixedWidth(px(18))
    line.addWidget(number)
    line.addWidget(label(name or NAME_TO_COME, "strong" if name else "warning"))
    line.addStretch(1)
    if name:
        line.addWidget(label("known" if delegate.person_id else "new", "small"))
    button = Button(f"Take {name or 'this place'} off", "x", kind="icon", on_click=remove)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Backspace does the same from the line
    line.addWidget(button)
    row.setFixedHeight(px(28))
    return row


def _name(choice: DelegateChoice) -> str:
    return choice.name


def _detail(choice: DelegateChoice) -> str:
    return choice.detail


def _key(choice: DelegateChoice) -> object:
    return (choice.person_id, choice.name)


_SPECIAL = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ShiftModifier
)
