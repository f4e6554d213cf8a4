"""Words on the screen: always plain text, so that a customer's name can never be markup."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Label(QLabel):
    """A piece of plain text in one of the program's roles. Never reads its text as HTML."""

    def __init__(self, text: str = "", role: str = "body") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setText(text)

    def set(self, text: str, role: str | None = None) -> None:
        """Say something else, in another role if one is given."""
        if self.text() != text:
            self.setText(text)
        if role is not None:
            self.set_role(role)

    def set_role(self, role: str) -> None:
        """Look like another role: title, heading, body, strong, quiet, small, a state, amount."""
        if self.property("role") != role:
            self.setProperty("role", role)
            restyle(self)


class ShortLabel(Label):
    """Words on one line that end in … where there is no room; a tooltip then says them whole."""

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), self.fontMetrics().averageCharWidth() * 8), whole.height())

    def set(self, text: str, role: str | None = None) -> None:
        super().set(text, role)
        self._say_tip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_cut():
            super().paintEvent(event)
            return
        box = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter = QPainter(self)
        flags = int(self.alignment())
        palette = self.palette()
        self.style().drawItemText(
            painter, box, flags, palette, self.isEnabled(), shown, self.foregroundRole()
        )

    def _say_tip(self) -> None:
        tip(self, self.text() if self._is_cut() else "")

    def _is_cut(self) -> bool:
        wide = self.fontMetrics().horizontalAdvance(self.text())
        return not self.wordWrap() and wide > self.contentsRect().width()


def label(text: str = "", role: str = "body", *, wrap: bool = False) -> Label:
    """Return a plain-text label; with `wrap` it may take several lines."""
    made = Label(text, role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def short_label(text: str = "", role: str = "body") -> ShortLabel:
    """Return a label of one line that gives way where it is narrow."""
    return ShortLabel(text, role)


def tip(widget: QWidget, text: str) -> None:
    """Give the widget a tooltip, which a screen reader reads as its description.

    Qt guesses HTML in tooltips, so the text goes there escaped.
    """
    widget.setToolTip(escaped(text))
    widget.setAccessibleDescription(text)


def escaped(text: str) -> str:
    """Return `text` for a place that takes only HTML, such as a tooltip or a ToolTipRole."""
    return f"<span>{escape(text)}</span>".replace("\n", "<br>") if text else ""


def name(widget: QWidget, text: str) -> None:
    """Say what the widget is to those who do not see it."""
    widget.setAccessibleName(text.replace("&", ""))


def restyle(widget: QWidget) -> None:
    """Make Qt read the widget's style again after one of its properties changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def not_plain(root: QWidget) -> list[str]:
    """Return the labels under `root` that would guess HTML. A test walks whole windows with it."""
    found = root.findChildren(QLabel)
    return [
        f"{one.objectName() or type(one).__name__}: {one.text()[:40]!r}"
        for one in found
        if one.textFormat() != Qt.TextFormat.PlainText and one.text()
    ]
