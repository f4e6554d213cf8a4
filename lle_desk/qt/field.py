"""What every field of a form has: a label, an editor, and a line for what is wrong."""

from collections.abc import Hashable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from lle_desk.qt.buttons import LinkButton
from lle_desk.qt.theme import px
from lle_desk.qt.words import Label, label, restyle

T = TypeVar("T")
_LEFT = Qt.AlignmentFlag.AlignLeft


class Field(QWidget, Generic[T]):
    """One labelled field. A mnemonic `&` in the label reaches it with Alt.

    Signals:
        changed: the officer typed or chose something.
    """

    changed = Signal()

    def __init__(self, title: str, *, needed: bool = False, hint: str = "", key: str = "") -> None:
        super().__init__()
        self.title = title.replace("&", "")
        self.key = key or self.title
        self.needed = needed
        self._clean: Hashable = None
        self._offered: T | None = None
        self._label = label(title, "small")
        self._error = label("", "refusal", wrap=True)
        self._error.hide()
        self._hint: Label | None = label(hint, "small", wrap=True) if hint else None
        self._take = LinkButton("Take it", self._take_offered)
        self._take.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(3))

    def put(self, editor: QWidget, *, beside: QWidget | None = None) -> None:
        """Lay out the label, the editor and the error line. Each kind of field calls it once."""
        self.editor = editor
        editor.setAccessibleName(self.title)
        self.setFocusProxy(editor)
        if self.title:
            self._label.setBuddy(editor)
            self._layout.addWidget(self._label)
        line = QHBoxLayout()
        line.setSpacing(px(6))
        line.addWidget(editor, 1)
        if beside is not None:
            line.addWidget(beside)
        self._layout.addLayout(line)
        for below in filter(None, (self._hint, self._error)):
            self._layout.addWidget(below)
        self._layout.addWidget(self._take, 0, _LEFT)
        self._clean = self.raw()

    def say_in(self, layout: QVBoxLayout) -> None:
        """Say what is wrong in another place, over more width than a narrow field has."""
        for said in (self._error, self._take):
            self._layout.removeWidget(said)
        layout.addWidget(self._error)
        layout.addWidget(self._take, 0, _LEFT)

    def value(self) -> T:
        """Return what the field holds."""
        raise NotImplementedError

    def show_value(self, value: T) -> None:
        """Put `value` in the editor; each kind of field says how."""
        raise NotImplementedError

    def raw(self) -> Hashable:
        """Return what stands in the editor as typed."""
        raise NotImplementedError

    def fault(self) -> str:
        """Return what is wrong with what was typed, in a sentence, or ""."""
        empty = self.value() in (None, "")
        return f"Fill in: {self.title.rstrip('?')}." if self.needed and empty else ""

    def set_value(self, value: T) -> None:
        """Show `value`, which counts as saved: nothing is typed and nothing wrong."""
        self.show_value(value)
        self.mark_clean()

    def mark_clean(self) -> None:
        """Count what stands there as saved."""
        self._clean = self.raw()
        self.clear_error()

    def is_typed(self) -> bool:
        """Return whether the officer changed something since `set_value`."""
        return self.raw() != self._clean

    def check(self) -> bool:
        """Say what is wrong below the field; return whether it is fine."""
        fault = self.fault()
        if fault:
            self.show_error(fault)
        else:
            self.clear_error()
        return not fault

    def show_error(self, text: str) -> None:
        """Say what was refused beside the field, and mark it."""
        self._say(text, "refusal", fault=True, meets=False)

    def clear_error(self) -> None:
        """Say nothing any more."""
        self._take.hide()
        self._offered = None
        if self._error.isVisibleTo(self):
            self._say("", "refusal", fault=False, meets=False)

    @property
    def error(self) -> str:
        """What is said below the field now."""
        return self._error.text()

    def meet(self, value: T, words: str) -> None:
        """Take another desk's newer `value` when nothing is typed here, else only mark it.

        `words` say who and what: "Officer Sample changed this to 14 at 10:41".
        """
        if not self.is_typed():
            self.set_value(value)
            return
        self._say(words, "warning", fault=False, meets=True)
        self._offered = value
        self._take.show()

    def _take_offered(self) -> None:
        if self._offered is not None:
            self.set_value(self._offered)
            self.changed.emit()

    def _say(self, text: str, role: str, *, fault: bool, meets: bool) -> None:
        self._error.set(text, role)
        self._error.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)
        self.editor.setProperty("fault", "true" if fault else "false")
        self.editor.setProperty("meets", "true" if meets else "false")
        restyle(self.editor)

    def _on_edited(self) -> None:
        """Clear what was wrong as soon as the officer mends it."""
        if self._error.text() and self.editor.property("fault") == "true":
            self.clear_error()
        self.changed.emit()


class Line(QLineEdit):
    """A line that says when a form led the keyboard here, which Qt selects only for Tab and Alt.

    Signals:
        led_here: it has the keyboard, and neither a key nor the mouse brought it.
    """

    led_here = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason:
            self.led_here.emit()


class LineField(Field[T]):
    """A field of one line. The kinds below read what stands in it."""

    def __init__(
        self,
        title: str,
        *,
        needed: bool = False,
        hint: str = "",
        key: str = "",
        placeholder: str = "",
        max_length: int = 200,
        width: int = 0,
    ) -> None:
        super().__init__(title, needed=needed, hint=hint, key=key)
        self.line = Line(placeholderText=placeholder, maxLength=max_length)
        self.line.led_here.connect(self._on_led_here)
        if width:
            self.line.setFixedWidth(px(width))
        self.line.textEdited.connect(self._on_edited)

    def raw(self) -> Hashable:
        return self.line.text()

    def _on_led_here(self) -> None:
        """Select what the field came with, so that typing replaces it.

        What the officer typed is left as it is: a look elsewhere costs nothing.
        """
        if not self.is_typed():
            self.line.selectAll()

    def text(self) -> str:
        """Return what stands there, without blanks at the ends."""
        return self.line.text().strip()
