"""One part of the inspector: a heading and rows of facts, amounts, dates to chase, history."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.qt.buttons import Button, LinkButton
from lle_desk.qt.empty import IconView
from lle_desk.qt.flow import Flow
from lle_desk.qt.theme import px, state
from lle_desk.qt.words import Label, label, short_label

ROW = 24


class Section(QFrame):
    """A part of a page under a hairline; rows of 24 pixels."""

    def __init__(self, title: str = "", note: str = "", link: Button | None = None) -> None:
        super().__init__()
        self.setProperty("line", "above")
        self.setAccessibleName(title)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(px(16), px(9), px(16), px(9))
        self._rows.setSpacing(px(3))
        self._note = short_label(note, "small")
        self._facts: QGridLayout | None = None
        if title or note or link is not None:
            self._rows.addLayout(_head(title, self._note, link))

    def set_note(self, text: str, role: str = "small") -> None:
        """Change the quiet words beside the heading."""
        self._note.set(text, role)

    def heading(self, title: str, link: Button | None = None) -> None:
        """Begin another part below, with a heading of its own."""
        self._end_facts()
        self._rows.addSpacing(px(6))
        self._rows.addLayout(_head(title, None, link))

    def fact(
        self,
        name: str,
        value: str,
        *,
        on_open: Callable[[], object] | None = None,
        role: str = "body",
    ) -> Label | LinkButton:
        """Add a name with its value; with `on_open` the value opens what is behind it."""
        if self._facts is None:
            self._facts = QGridLayout()
            self._facts.setColumnStretch(1, 1)
            self._facts.setHorizontalSpacing(px(12))
            self._facts.setVerticalSpacing(px(4))
            self._rows.addLayout(self._facts)
        line = self._facts.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        self._facts.addWidget(label(name, "quiet"), line, 0, top)
        shown = self._value(value, role, on_open)
        self._facts.addWidget(shown, line, 1, top if on_open is None else _LEFT)
        return shown

    def line(
        self,
        left: str,
        right: str = "",
        *,
        icon: str = "",
        role: str = "body",
        right_role: str = "quiet",
        whole: bool = False,
        on_open: Callable[[], object] | None = None,
    ) -> QWidget:
        """Add a row with an icon, words, and quiet words at the right edge.

        Where it is narrow the left words wrap; when they stay `whole`, the right ones end in "…".
        """
        parts: list[QWidget] = []
        if icon:
            parts.append(IconView(icon, 16))
        words = label(left, role) if whole else self._value(left, role, on_open)
        return self._add_row([*parts, words], [short_label(right, right_role)] if right else [])

    def amount(
        self,
        what: str,
        why: str,
        money: str,
        *,
        strong: bool = False,
        on_open: Callable[[], object] | None = None,
    ) -> QWidget:
        """Add a row of money: what for, quietly why, and the amount right-aligned."""
        role = "strong" if strong else "body"
        shown = self._value(money, role, on_open)
        if isinstance(shown, Label):
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            shown.setWordWrap(False)
        shown.setMinimumWidth(px(72))
        return self._add_row([label(what, role, wrap=True)], [short_label(why, "small"), shown])

    def chase(
        self,
        icon: str,
        text: str,
        when: str,
        note: str = "",
        *,
        kind: str = "plain",
        buttons: Sequence[Button] = (),
    ) -> QWidget:
        """Add a date to chase, tinted by its state, with its buttons below it."""
        row = TintedRow(kind)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        words = kind if kind in ("warning", "refusal", "fine") else "quiet"
        line.addWidget(IconView(icon, 16, words))
        strong = "strong" if kind in ("warning", "refusal") else "body"
        line.addWidget(label(text, strong, wrap=True), 1)
        line.addWidget(label(when, "quiet" if words == "quiet" else "body"))
        line.addWidget(label(note, words))
        row.layout_rows.addLayout(line)
        if buttons:
            row.layout_rows.addWidget(Flow(buttons))
        return self.add(row)

    def note(self, text: str, role: str = "quiet") -> Label:
        """Add a quiet sentence over the whole width."""
        made = label(text, role, wrap=True)
        self.add(made)
        return made

    def history(self, lines: Sequence[tuple[str, str]]) -> None:
        """Add what happened, newest first: when, and who did what."""
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        for at, (when, what) in enumerate(lines):
            grid.addWidget(label(when, "quiet"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(what, wrap=True), at, 1)
        self._end_facts()
        self._rows.addLayout(grid)

    def add(self, widget: QWidget) -> QWidget:
        """Add any widget over the whole width."""
        self._end_facts()
        self._rows.addWidget(widget)
        return widget

    def buttons(self, *buttons: Button) -> None:
        """Add buttons side by side."""
        self.add(Flow(buttons))

    def _value(
        self, text: str, role: str, on_open: Callable[[], object] | None
    ) -> Label | LinkButton:
        if on_open is None:
            return label(text, role, wrap=True)
        return LinkButton(text, on_open)

    def _add_row(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(8))
        row.setMinimumHeight(px(ROW - 3))
        for widget in left:
            stretches = isinstance(widget, Label) and widget.wordWrap()
            line.addWidget(widget, 1 if stretches else 0)
        if not any(isinstance(one, Label) and one.wordWrap() for one in left):
            line.addStretch(1)
        for widget in right:
            line.addWidget(widget)
        return self.add(row)

    def _end_facts(self) -> None:
        self._facts = None


class TintedRow(QWidget):
    """A row on the ground of a state."""

    def __init__(self, kind: str = "plain") -> None:
        super().__init__()
        self._kind = kind
        self.layout_rows = QVBoxLayout(self)
        self.layout_rows.setContentsMargins(px(6), px(4), px(6), px(4))
        self.layout_rows.setSpacing(px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._kind in ("warning", "refusal", "fine", "accent"):
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(state(self._kind).fill))
            painter.drawRoundedRect(self.rect(), px(4), px(4))


def _head(title: str, note: Label | None, link: Button | None) -> QHBoxLayout:
    """Return a heading with quiet words and what it opens at the right edge."""
    head = QHBoxLayout()
    head.setSpacing(px(8))
    head.addWidget(label(title, "heading"))
    head.addStretch(1)
    for widget in (note, link):
        if widget is not None:
            head.addWidget(widget)
    return head


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
