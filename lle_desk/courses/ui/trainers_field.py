"""The trainers of a session as one field: those chosen, and a line that finds the next."""

from collections.abc import Hashable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.qt.buttons import Button
from lle_desk.qt.chooser import FindField
from lle_desk.qt.desk import Desk
from lle_desk.qt.field import Field
from lle_desk.qt.flow import Flow
from lle_desk.qt.theme import px
from lle_desk.trainers.queries import TrainerHit
from lle_desk.trainers.ui.finder import trainer_field


class TrainersField(Field[Sequence[TrainerHit]]):
    """Who teaches. Enter takes a name, Backspace on the empty line takes the last one off.

    The finder offers those who are free at the session's time first, and says of the others
    what they do then.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__("Trainers", key="trainers")
        self._chosen: list[TrainerHit] = []
        self._box = QWidget()
        column = QVBoxLayout(self._box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        self.finder: FindField[TrainerHit] = trainer_field(
            desk, "", key="trainer", placeholder="Name or initials; Enter takes"
        )
        self.finder.line.setAccessibleName("Name of the next trainer")
        self.finder.chosen.connect(self._take_hit)
        self.finder.line.installEventFilter(self)
        column.addWidget(self.finder)
        self._names = QWidget()
        self._line = QHBoxLayout(self._names)
        self._line.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._names)
        self._names.hide()
        self.put(self._box)
        self.setFocusProxy(self.finder.line)

    def set_time(
        self, starts_at: datetime, ends_at: datetime, leaving_out: tuple[int, ...]
    ) -> None:
        """Offer who is free then; the times in `leaving_out` do not count."""
        self.finder.set_args(starts_at, ends_at, leaving_out)

    @property
    def ids(self) -> tuple[int, ...]:
        """The numbers of those chosen."""
        return tuple(hit.id for hit in self._chosen)

    def value(self) -> Sequence[TrainerHit]:
        return tuple(self._chosen)

    def show_value(self, value: Sequence[TrainerHit]) -> None:
        self._chosen = list(value)
        self._show()

    def raw(self) -> Hashable:
        return (self.ids, self.finder.line.text())

    def fault(self) -> str:
        if self.finder.line.text().strip():
            return "Choose a trainer from the list, or clear it."
        return ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.finder.line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Backspace
            and self._chosen
            and not self.finder.line.text()
        ):
            self._remove(len(self._chosen) - 1)
            return True
        return False

    def _take_hit(self, hit: TrainerHit) -> None:
        self.finder.set_value(None)
        if hit.id not in self.ids:
            self._chosen.append(hit)
            self._show()
            self._on_edited()
            if hit.doing:
                self.show_error(f"{hit.name} {hit.doing} then.")

    def _remove(self, at: int) -> None:
        del self._chosen[at]
        self._show()
        self._on_edited()
        self.finder.line.setFocus()

    def _show(self) -> None:
        while (item := self._line.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if self._chosen:
            self._line.addWidget(Flow([self._chip(at) for at in range(len(self._chosen))]))
        self._names.setVisible(bool(self._chosen))

    def _chip(self, at: int) -> QWidget:
        hit = self._chosen[at]
        chip = Button(hit.name, "x", on_click=partial(self._remove, at))
        chip.setAccessibleName(f"Take {hit.name} off")
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Backspace does the same from the line
        return chip
