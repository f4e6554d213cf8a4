"""What an officer sees when the program itself is at fault, or cannot start: plain words."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from lle_desk.qt.buttons import Button
from lle_desk.qt.empty import IconView
from lle_desk.qt.theme import px
from lle_desk.qt.words import label, name

Step = tuple[str, Callable[[], object]]


class TroubleDialog(QDialog):
    """Says in plain words what went wrong and what to do, with details to copy.

    The details hold no customer's data: only where in the program it happened.
    """

    def __init__(
        self,
        title: str,
        sentences: Sequence[str],
        *,
        details: str = "",
        log: Path | None = None,
        steps: Sequence[Step] = (),
    ) -> None:
        super().__init__()
        self.setWindowTitle("LLE Desk")
        self._details = details
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(10))
        head = QHBoxLayout()
        head.addWidget(IconView("alert-triangle", 24, "warning"))
        head.addWidget(label(title, "title", wrap=True), 1)
        column.addLayout(head)
        for sentence in sentences:
            column.addWidget(label(sentence, wrap=True))
        if log is not None:
            column.addWidget(label(f"The log is in {log}", "quiet", wrap=True))
        if details:
            column.addWidget(self._details_box())
        foot, first = self._foot(steps)
        column.addLayout(foot)
        wide = px(520)
        self.setMinimumWidth(wide)
        self.resize(wide, column.totalHeightForWidth(wide))
        first.setFocus()

    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._details)

    def _details_box(self) -> QPlainTextEdit:
        box = QPlainTextEdit(self._details)
        box.setReadOnly(True)
        box.setTabChangesFocus(True)
        name(box, "Details for whoever looks after the program")
        box.setFixedHeight(px(140))
        return box

    def _foot(self, steps: Sequence[Step]) -> tuple[QHBoxLayout, Button]:
        """Return the row of buttons, and the one that Enter presses."""
        line = QHBoxLayout()
        if self._details:
            line.addWidget(Button("&Copy details", "copy", on_click=self.copy_details))
        line.addStretch(1)
        buttons = [Button(words, on_click=self.accept) for words, _act in steps]
        for button, (_words, act) in zip(buttons, steps, strict=True):
            button.clicked.connect(act)
        buttons = buttons or [Button("Close", key="Esc", on_click=self.accept)]
        buttons[0].set_kind("primary")
        for button in buttons:
            line.addWidget(button)
        return line, buttons[0]
