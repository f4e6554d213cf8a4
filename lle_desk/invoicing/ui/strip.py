"""A strip above the foot of the list: one question, asked in the window and not in a box."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from lle_desk.qt.buttons import Button
from lle_desk.qt.form import TextField
from lle_desk.qt.theme import px
from lle_desk.qt.words import label


class Strip(QFrame):
    """Says what is about to happen and waits: Ctrl+Enter does it, Esc leaves it.

    Signals:
        agreed: the officer pressed the button or Ctrl+Enter. str: the reason typed, "" when
            none was asked for.
        left: Esc or Not now.
    """

    agreed = Signal(str)
    left = Signal()

    def __init__(self, button: str, icon: str, *, reason: str = "") -> None:
        super().__init__()
        self.setProperty("ground", "head")
        self.setProperty("line", "above")
        self.question = label("", "strong", wrap=True)
        self.detail = label("", "quiet", wrap=True)
        self.refusal = label("", "refusal", wrap=True)
        self.reason = TextField(reason, needed=True, key="reason") if reason else None
        self.agree = Button(button, icon, key="Ctrl+Return", kind="primary", on_click=self._agree)
        self.agree.key = "Ctrl+Enter"  # the words on the key; the keypad's Enter works as well
        QShortcut(QKeySequence("Ctrl+Enter"), self.agree).activated.connect(self.agree.click)
        self._lay_out()
        self.hide()

    def ask(self, question: str, detail: str) -> None:
        """Ask, and take the keyboard."""
        self.question.set(question)
        self.detail.set(detail)
        self.refusal.set("")
        self.refusal.hide()
        self.agree.setEnabled(True)
        self.setAccessibleName(question)
        self.setAccessibleDescription(detail)
        if self.reason is not None:
            self.reason.set_value("")
        self.show()
        (self.reason or self.agree).setFocus()

    def wait(self) -> None:
        """Let nothing be pressed twice while it is being done."""
        self.agree.setEnabled(False)

    def refuse(self, text: str, *, may_retry: bool = True) -> None:
        """Say what was refused and stay; `may_retry` False when what was asked is no longer so."""
        self.refusal.set(text)
        self.refusal.show()
        self.agree.setEnabled(may_retry)
        if not may_retry:
            self.no.setFocus()

    def leave(self) -> None:
        """Go away without doing it."""
        self.hide()
        self.left.emit()

    def _agree(self) -> None:
        if self.reason is not None and not self.reason.check():
            self.reason.setFocus()
            return
        self.agreed.emit(self.reason.value() if self.reason is not None else "")

    def _lay_out(self) -> None:
        self.no = Button("Not now", key="Esc", on_click=self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        row.setSpacing(px(10))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        for one in (self.question, self.detail, self.reason, self.refusal):
            if one is not None:
                words.addWidget(one)
        self.refusal.hide()
        row.addLayout(words, 1)
        row.addWidget(self.no)
        row.addWidget(self.agree)
