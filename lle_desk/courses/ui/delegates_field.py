"""The delegates of a booking as one field: those added so far, and a line for the next."""

from collections.abc import Hashable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.courses.actions import Delegate
from lle_desk.courses.imports import ListedLine
from lle_desk.courses.queries import TAKEN, DelegateChoice
from lle_desk.courses.ui.delegate_finder import DelegateFinder
from lle_desk.courses.ui.names_box import NamesBox, names_of
from lle_desk.qt.buttons import Button, LinkButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.field import Field
from lle_desk.qt.sight import bring_into_sight
from lle_desk.qt.theme import px
from lle_desk.qt.words import Label, label

HINT = "A number adds that many whose names are to come. Up goes to the names, to take one off."
NAME_TO_COME = "Name to come"
BELOW = 4  # the line for the next one, what is amiss, the link to the list, and the list


class DelegatesField(Field[Sequence[Delegate]]):
    """Who comes. Enter takes a name, Enter on the empty line goes on, Backspace takes one off.

    Up goes from the line to the names above, Delete or Enter there takes that one off.

    Many lines pasted are taken at once; what cannot be taken stays in the list below, with why.

    Signals:
        left_off: Enter was pressed on the empty line: there are no more.
    """

    left_off = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("", key="delegates", hint=HINT)
        self._delegates: list[tuple[Delegate, str]] = []
        self._removers: list[Button] = []
        self._box = QFrame()
        self._box.setProperty("line", "box")
        self._box.setProperty("ground", "surface")
        self._rows = QVBoxLayout(self._box)
        self._rows.setContentsMargins(px(8), px(4), px(8), px(6))
        self._rows.setSpacing(px(2))
        self.finder = DelegateFinder(desk, placeholder="Name, or Enter to leave off")
        self.finder.line.setAccessibleName("Name of the next delegate")
        self.finder.chosen.connect(self._take_choice)
        self.finder.line.installEventFilter(self)
        self._rows.addWidget(self.finder)
        self._customer_id: int | None = None
        self._event_id: int | None = None
        self._make_list(desk)
        self.put(self._box)
        said = QVBoxLayout()  # beside the line, not below a list of thirty
        self._rows.insertLayout(1, said)
        self.say_in(said)
        self.title = "Delegates"
        self._box.setAccessibleName(self.title)
        self.setFocusProxy(self.finder.line)

    def set_customer(self, customer_id: int | None) -> None:
        """Offer the people of this customer; those of another are taken off."""
        self._customer_id = customer_id
        self._tell_finder()
        self.names_box.look()
        kept = [pair for pair in self._delegates if pair[0].person_id is None]
        if len(kept) != len(self._delegates):
            self._delegates = kept
            self._show()
            self._on_edited()

    def set_event(self, event_id: int | None) -> None:
        """Say for which event they are, so that who is booked on it already is known."""
        self._event_id = event_id
        self._tell_finder()
        self.names_box.look()

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
        return (tuple(self._delegates), self.finder.line.text(), self.names_box.lines.raw())

    def fault(self) -> str:
        if self.finder.line.text().strip():
            return "Press Enter to add the name, or clear it."
        if self.names_box.listing.good:
            return "Take the names of the list, or clear it."
        return "" if self._delegates else "Add at least one delegate, or a number of places."

    def add_unnamed(self) -> None:
        """Add one place whose name is to come."""
        self._take_choice(DelegateChoice(None, "", "", 1, ""))

    def open_list(self) -> None:
        """Open the list for names that were sent."""
        self._show_list(is_open=True)
        self.names_box.lines.setFocus()

    def take_listed(self, lines: Sequence[ListedLine]) -> None:
        """Add the delegates of a list."""
        self._delegates.extend(names_of(lines))
        self._show()
        self._on_edited()
        self.finder.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, Button):
            bring_into_sight(watched)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is not self.finder.line:
            return self._on_row_key(watched, event.key())
        if event.matches(QKeySequence.StandardKey.Paste):
            return self._on_paste(QGuiApplication.clipboard().text())
        if not self.finder.is_open and not event.modifiers() & _SPECIAL:
            return self._on_key(event.key())
        return False

    def _make_list(self, desk: Desk) -> None:
        self._list_link = LinkButton("Take names from a list …", self.open_list, icon="list")
        self.names_box = NamesBox(desk)
        self.names_box.set_whose(self._whose)
        self.names_box.taken.connect(self.take_listed)
        self.names_box.left.connect(self._close_list)
        self.names_box.hide()
        self._rows.addWidget(self._list_link, 0, Qt.AlignmentFlag.AlignLeft)
        self._rows.addWidget(self.names_box)

    def _show_list(self, *, is_open: bool) -> None:
        self.names_box.setVisible(is_open)
        self._list_link.setVisible(not is_open)

    def _close_list(self) -> None:
        self._show_list(is_open=False)
        self.names_box.lines.show_value("")  # nothing out of sight keeps a booking from being made
        self.finder.line.setFocus()

    def _whose(self) -> tuple[int | None, int | None, frozenset[str]]:
        return self._customer_id, self._event_id, frozenset(self.names) - {""}

    def _on_paste(self, text: str) -> bool:
        """Take pasted lines as a list; one line alone is typed as ever."""
        if len([line for line in text.splitlines() if line.strip()]) < 2:
            return False
        self._show_list(is_open=True)
        self.names_box.read(text, at_once=True)
        return True

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
        if key == Qt.Key.Key_Up and self._removers:
            self._removers[-1].setFocus()
            return True
        return False

    def _on_row_key(self, remover: QObject, key: int) -> bool:
        """Go along the names that were added, or take off the one the keyboard is on."""
        at = next((at for at, one in enumerate(self._removers) if one is remover), -1)
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(at)
        elif key == Qt.Key.Key_Up:
            self._removers[max(0, at - 1)].setFocus()
        elif key == Qt.Key.Key_Down and at + 1 < len(self._removers):
            self._removers[at + 1].setFocus()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self.finder.line.setFocus()
        else:
            return False
        return True

    def _take_choice(self, choice: DelegateChoice) -> None:
        self.finder.set_value(None)
        if choice.person_id is not None and choice.person_id in self.taken:
            self.show_error(f"{choice.name} is {TAKEN}.")
            return
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
        while self._rows.count() > BELOW:
            item = self._rows.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self._removers = []
        for at, (delegate, name) in enumerate(self._delegates):
            remover = _remover(name, partial(self._remove, at))
            remover.installEventFilter(self)
            self._removers.append(remover)
            self._rows.insertWidget(at, _row(at, delegate, name, remover))
        self._tell_finder()

    def _tell_finder(self) -> None:
        self.finder.set_whose(self._customer_id, self._event_id, self.taken)

    @property
    def taken(self) -> frozenset[int]:
        """The known people who are in this booking already."""
        ids = (delegate.person_id for delegate, _name in self._delegates)
        return frozenset(one for one in ids if one is not None)


def _remover(name: str, remove: partial[None]) -> Button:
    button = Button(f"Take {name or 'this place'} off", "x", kind="icon", on_click=remove)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # thirty of them are no stops of Tab: Up goes
    return button


def _row(at: int, delegate: Delegate, name: str, remover: Button) -> QWidget:
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
    line.addWidget(remover)
    row.setFixedHeight(px(28))
    return row


_SPECIAL = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ShiftModifier
)
