"""The line at the bottom: what was done, with Undo; who is here, on which database, and live."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from lle_desk.qt.buttons import Entry, LinkButton, MenuButton
from lle_desk.qt.chips import KeyCap
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import IconView
from lle_desk.qt.theme import colour, px, theme
from lle_desk.qt.words import label, tip

if TYPE_CHECKING:
    from lle_desk.core.undo import Lead

BUSY_AFTER_MS = 150
Step = Callable[[], object]


class MessageBar(QFrame):
    """The status bar of the window. A message stays until the next one.

    Ctrl+Z undoes the newest change of this session, then the one before; Ctrl+Y does it again.
    Ctrl+Shift+G goes on to what follows from what was done, when the message names it.

    Signals:
        record_asked: go on to a record. str: its kind, int: its number.
        said: the words shown changed. str: they, for a screen reader.
    """

    said = Signal(str)
    record_asked = Signal(str, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("ground", "surface")
        self.setProperty("line", "above")
        self.setAccessibleName("Messages")
        self._undos = desk.undos
        self._make_parts()
        self._lay_out(desk)
        for key, act in (
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+Shift+G", self._go_on),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        desk.said.connect(self.say)
        desk.undo_offered.connect(self._offer)
        desk.lead_offered.connect(self._show_lead)
        desk.undos.changed.connect(self._know_undos)
        desk.refused.connect(self.refuse)
        desk.live_changed.connect(self.show_live)
        desk.busy_changed.connect(self._on_busy)
        self._pause = QTimer(self, interval=BUSY_AFTER_MS, singleShot=True)
        self._pause.timeout.connect(self._busy.show)
        theme().changed.connect(self._set_sizes)
        self._set_sizes()

    @property
    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    def say(self, text: str) -> None:
        """Say what was done."""
        self._show(text, "circle-check", "fine", "body")
        self._offer(None, None)

    def refuse(self, text: str) -> None:
        """Say what could not be done; what was done before can still be undone by its key."""
        self._show(text, "alert-triangle", "refusal", "refusal")
        self._offer(None, None)

    def show_live(self, live: bool, words: str) -> None:
        """Say whether the database is in reach, and since when it is not."""
        self._live.set(words, "quiet" if live else "refusal")
        self._dot.show_live(live)
        tip(self._live, "Changes of other desks appear by themselves." if live else words)

    def undo(self) -> None:
        """Undo the newest change of this session."""
        self._undos.undo()

    def redo(self) -> None:
        """Do again what was undone last."""
        self._undos.redo()

    def _entries(self) -> list[Entry]:
        """Return what can be undone, newest first; one takes back those above it as well."""
        return [
            (words, "", partial(self._undos.undo_until, count))
            for count, words in enumerate(self._undos.to_undo, start=1)
        ]

    def _know_undos(self) -> None:
        self.undo_list.setVisible(bool(self._undos.to_undo))

    def _make_parts(self) -> None:
        self._icon = IconView("", 16)
        self._words = label("Ready.", "body")
        self._undo_link = LinkButton("Undo", self.undo, icon="arrow-back-up")
        self._undo_key = KeyCap("Ctrl+Z")
        self._redo_link = LinkButton("Redo", self.redo, icon="arrow-forward-up")
        self._redo_key = KeyCap("Ctrl+Y")
        self.lead_link = LinkButton("Whom to tell", self._go_on, icon="phone")
        self._lead_key = KeyCap("Ctrl+Shift+G")
        self._lead: Lead | None = None
        self._busy = label("Working …", "quiet")
        self._live = label("live", "quiet")
        self._dot = _LiveDot()
        self.undo_list = MenuButton("What can be undone", "history", self._entries, kind="icon")
        self._links = (self._undo_link, self._undo_key, self._redo_link, self._redo_key)
        leads = (self.lead_link, self._lead_key)
        for hidden in (*self._links, *leads, self._busy, self._icon, self.undo_list):
            hidden.hide()

    def _lay_out(self, desk: Desk) -> None:
        line = self._line = QHBoxLayout(self)
        line.setSpacing(px(8))
        leads = (self.lead_link, self._lead_key)
        for part in (self._icon, self._words, *leads, *self._links, self.undo_list):
            line.addWidget(part)
        line.addStretch(1)
        who = label(desk.officer, "quiet")
        where = label(desk.database_name, "quiet")
        for part in (self._busy, who, label("·", "quiet"), where, label("·", "quiet")):
            line.addWidget(part)
        line.addWidget(self._live)
        line.addWidget(self._dot)
        self._words.setMinimumWidth(1)

    def _show(self, text: str, icon: str, icon_colour: str, role: str) -> None:
        self._icon.show_icon(icon, icon_colour)
        self._icon.show()
        self._words.set(text, role)
        tip(self._words, text)
        self.said.emit(text)

    def _offer(self, undo: Step | None, redo: Step | None) -> None:
        for part, step in zip(self._links, (undo, undo, redo, redo), strict=True):
            part.setVisible(step is not None)
        self._show_lead(None)

    def _show_lead(self, lead: "Lead | None") -> None:
        self._lead = lead
        if lead is not None:
            self.lead_link.set_text(lead.link)
        for part in (self.lead_link, self._lead_key):
            part.setVisible(lead is not None)

    def _go_on(self) -> None:
        if self._lead is not None:
            self.record_asked.emit(self._lead.kind, self._lead.record_id)

    def _on_busy(self, busy: bool) -> None:
        if busy:
            self._pause.start()
        else:
            self._pause.stop()
            self._busy.hide()

    def _set_sizes(self) -> None:
        self.setFixedHeight(px(30))
        self._line.setContentsMargins(px(12), 0, px(14), 0)


class _LiveDot(QWidget):
    """A green dot while live, an open red ring while not; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._live = True
        self.setFixedSize(px(10), px(10))

    def show_live(self, live: bool) -> None:
        self._live = live
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint = colour("fine" if self._live else "refusal")
        painter.setPen(tint)
        painter.setBrush(tint if self._live else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
