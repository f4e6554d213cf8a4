"""The find box: one line for everything, with the answers below it, by kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from lle_desk.qt.chips import KeyCap
from lle_desk.qt.desk import Desk
from lle_desk.qt.icons import icon, leading_icon
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, Heading, RowTableModel
from lle_desk.qt.theme import px, theme
from lle_desk.qt.words import label, name, tip

PAUSE_MS = 120
MOST_LINES = 12


class Hit(Protocol):
    """What a search returns for each record it found, best first, kind by kind."""

    @property
    def kind(self) -> str: ...
    @property
    def record_id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def subtitle(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the popup: a heading of a kind, or a hit."""

    kind: str
    record_id: int  # 0: the heading
    title: str
    detail: str


class FindBox(QLineEdit):
    """Finds anything. Typing searches, arrows choose, Enter opens, Esc leaves.

    `query(session, typed)` returns hits; `kinds` says each kind's words and icon.

    Signals:
        opened: str: the kind, int: the record's id.
    """

    opened = Signal(str, int)

    def __init__(
        self, desk: Desk, query: Callable[..., Sequence[Hit]], kinds: Mapping[str, tuple[str, str]]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._query = query
        self._kinds = dict(kinds)
        self.setPlaceholderText("Find anything")
        name(self, "Find anything")
        tip(self, "Find customers, events, bookings, invoices (Ctrl+K)")
        self._action = leading_icon(self, "search")
        self._cap = KeyCap("Ctrl+K", self)
        self._popup = _FindList(self, self._kinds)
        self._popup.opened.connect(self._open)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look)
        self.textEdited.connect(self._on_edited)
        self.setMinimumWidth(px(200))
        theme().changed.connect(self._tint)

    def start(self) -> None:
        """Go to the box with what stands there selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    @property
    def list(self) -> "_FindList":
        """The list below the box."""
        return self._popup

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()  # Esc is for this box before it is for the inspector
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._popup.isVisible() and self._popup.take_key(event):
            return
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.clearFocus()
            window = self.window().focusWidget() or self.nextInFocusChain()
            if window is not None and window is not self:
                window.setFocus()
        elif event.key() == Qt.Key.Key_Down:
            self._look()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._cap.hide()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._popup.hide()
        self._cap.setVisible(not self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._cap.sizeHint()
        self._cap.setGeometry(
            self.width() - size.width() - px(6),
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    def _on_edited(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._popup.hide()

    def _look(self) -> None:
        if self.text().strip():
            self._desk.load(self, self._show_found, self._query, self.text().strip())

    def _show_found(self, hits: Sequence[Hit]) -> None:
        if self.hasFocus() and self.text().strip():
            self._popup.show_found(hits, self.text().strip())

    def _open(self, kind: str, record_id: int) -> None:
        self.clear()
        self.clearFocus()
        self.opened.emit(kind, record_id)

    def _tint(self) -> None:
        self._action.setIcon(icon("search", "quiet"))


class _FindList(QFrame):
    """The answers under the box. The keyboard stays in the box.

    Signals:
        opened: str: the kind, int: the record's id.
    """

    opened = Signal(str, int)

    def __init__(self, box: FindBox, kinds: Mapping[str, tuple[str, str]]) -> None:
        super().__init__(box, Qt.WindowType.ToolTip)
        self.setProperty("ground", "surface")
        self.setProperty("line", "box")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._box = box
        self._kinds = kinds
        column: Column[_Line] = Column(
            "",
            lambda line: line.title,
            width=0,
            icon=self._icon_of,
            second=lambda line: line.detail,
        )
        self.model: RowTableModel[_Line] = RowTableModel(
            [column], lambda line: (line.kind, line.record_id), self, heading=self._heading
        )
        self.table = Table(self.model, row_height=40, name="Found")
        self.table.horizontalHeader().hide()
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.clicked.connect(self._open_current)
        self._none = label("", "quiet")
        self._none.setContentsMargins(px(12), px(6), px(12), px(6))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.table)
        layout.addWidget(self._none)

    def show_found(self, hits: Sequence[Hit], typed: str) -> None:
        """Show the hits by kind, the first of them chosen."""
        self.model.show_rows(self._lines(hits))
        self.table.setVisible(bool(hits))
        self._none.set(f"Nothing found for “{typed}”. Try fewer letters, a code or a postcode.")
        self._none.setVisible(not hits)
        lines = min(self.model.rowCount(), MOST_LINES)
        wide = max(self._box.width(), px(440))
        self.setFixedSize(QSize(wide, px(40) * lines + 6 if hits else px(36)))
        corner = self._box.mapToGlobal(QPoint(self._box.width() - wide, self._box.height() + 3))
        self.move(corner)
        self.show()
        if hits:
            self.table.choose_first()

    def take_key(self, event: QKeyEvent) -> bool:
        """Move, open or close with this key; return whether it was one of the list's."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_current()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _lines(self, hits: Sequence[Hit]) -> Sequence[_Line]:
        lines: list[_Line] = []
        kind = ""
        first = {hit.kind: at for at, hit in reversed(list(enumerate(hits)))}
        for hit in sorted(hits, key=lambda hit: first[hit.kind]):
            if hit.kind != kind:
                kind = hit.kind
                lines.append(_Line(kind, 0, self._kinds.get(kind, (kind, ""))[0], ""))
            lines.append(_Line(hit.kind, hit.record_id, hit.title, hit.subtitle))
        return lines

    def _heading(self, line: _Line) -> Heading | None:
        return Heading(line.title) if line.record_id == 0 else None

    def _icon_of(self, line: _Line) -> str:
        return self._kinds.get(line.kind, ("", "file-text"))[1]

    def _move(self, step: int) -> None:
        count = self.model.rowCount()
        at = self.table.currentIndex().row()
        for _ in range(count):
            at = (at + step) % count
            if self.model.rows[at].record_id:
                self.table.selectRow(at)
                return

    def _open_current(self) -> None:
        line = self.table.chosen()
        self.hide()
        if line is not None and line.record_id:
            self.opened.emit(line.kind, line.record_id)
