"""What the lists of the Rooms tab have in common: a head, a table, one line to type in, buttons."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.core.errors import OfficerError
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.flow import Flow
from lle_desk.qt.form import TextField
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label
from lle_desk.rooms.ui.pages import RoomsPage

Act = tuple[str, str, str, Callable[[], object]]  # words, icon, key, what it does


class ListPage(RoomsPage):
    """A list whose chosen row is acted on by keys and by the buttons below it.

    An action that needs words asks for them in a line at the foot (`ask`): Enter does it, Esc
    leaves it.
    """

    def __init__(
        self, desk: Desk, title: str, model: RowTableModel[Any], empty: str, icon: str
    ) -> None:
        super().__init__(desk)
        self._model = model
        self._site_id = 0
        self._then: Callable[[str], object] | None = None
        self.table = Table(model, name=title, row_height=42)
        self.table.show_empty(EmptyState(empty, icon=icon))
        self.told = label("", "quiet")
        self.refusal = label("", "refusal", wrap=True)
        self.refusal.hide()
        self.question = label("", "small")
        self.answer = TextField("", max_length=400)
        self._title = title
        self.setFocusProxy(self.table)

    def lay_out_list(self, acts: Sequence[Act]) -> None:
        """Put the head, the list, the line and the buttons of these actions on the page."""
        self.buttons = {words: _button(words, icon, key, call) for words, icon, key, call in acts}
        foot = QVBoxLayout()
        foot.setContentsMargins(px(10), px(6), px(10), px(8))
        foot.addWidget(self.refusal)
        foot.addWidget(Flow(list(self.buttons.values())))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self.table, 1)
        column.addWidget(self._line())
        column.addLayout(foot)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(px(10), px(8), px(10), px(8))
        head.setSpacing(px(8))
        head.addWidget(Button("Back to the plan", "arrow-left", on_click=self.closed.emit))
        head.addWidget(label(self._title, "heading"))
        head.addStretch(1)
        head.addWidget(self.told)
        return head

    def _line(self) -> QWidget:
        self._asking = QWidget()
        line = QHBoxLayout(self._asking)
        line.setContentsMargins(px(10), px(6), px(10), px(2))
        self.do_button = Button("Do it", "check", kind="primary", on_click=self._answered)
        line.addWidget(self.question)
        line.addWidget(self.answer, 1)
        line.addWidget(self.do_button)
        line.addWidget(Button("Leave it", on_click=self._leave))
        self._asking.hide()
        self.answer.line.returnPressed.connect(self._answered)
        return self._asking

    def ask(self, title: str, does: str, then: Callable[[str], object], value: str = "") -> None:
        """Ask for some words; `then` is called with them, and says whether it took them."""
        self._then = then
        self.question.set(title)
        self.answer.editor.setAccessibleName(title)
        self.answer.clear_error()
        self.answer.set_value(value)
        self.do_button.set_text(does)
        self._asking.show()
        self.answer.setFocus()
        self.answer.line.selectAll()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these; the chosen row stays chosen, else the one now at its place."""
        at = self.table.currentIndex().row()
        self._model.show_rows(rows)
        if rows and self.table.chosen() is None:
            row = rows[min(max(at, 0), len(rows) - 1)]
            self.table.choose(self._model.key_of(row))

    def open_at(self, site_id: int, day: date) -> None:
        """Show the list of a site; the day does not matter."""
        self._site_id = site_id
        self._load()

    def _load(self) -> None:
        """Read the list of the site anew."""
        raise NotImplementedError

    def _refused(self, error: OfficerError) -> None:
        self.say_refused(str(error))
        self._load()

    def say_refused(self, text: str) -> None:
        """Say below the list what could not be done."""
        self.refusal.set(text)
        self.refusal.setVisible(bool(text))

    def leave(self) -> None:
        """Leave the line that asks, else the page."""
        if self._asking.isVisible():
            self._leave()
        else:
            super().leave()

    def _answered(self) -> None:
        then = self._then
        if then is not None and self._asking.isVisible() and then(self.answer.value()) is not False:
            self._leave()

    def _leave(self) -> None:
        self._then = None
        self._asking.hide()
        self.table.setFocus()


def _button(words: str, icon: str, key: str, call: Callable[[], object]) -> Button:
    """Return a button that names its key; the list itself hears the key."""
    return Button(f"{words} ({key})" if key else words, icon, on_click=call)
