"""The question at the foot of the inspector when something typed would be lost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.qt.buttons import Button
from lle_desk.qt.theme import px
from lle_desk.qt.words import label


class LeaveQuestion(QFrame):
    """Asks at the foot of the inspector whether what was typed may go.

    Signals:
        answered: bool: whether to leave.
    """

    answered = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("ground", "head")
        self.setProperty("line", "above")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(10), px(16), px(10))
        column.addWidget(label("What you typed here is not saved.", "warning", wrap=True))
        line = QHBoxLayout()
        self.stay = Button("Go on typing", kind="primary", on_click=self._stay)
        line.addWidget(self.stay)
        line.addWidget(Button("Leave it", kind="danger", on_click=self._leave))
        line.addStretch(1)
        column.addLayout(line)

    def _stay(self) -> None:
        self.answered.emit(False)

    def _leave(self) -> None:
        self.answered.emit(True)
