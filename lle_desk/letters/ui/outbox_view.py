"""The outbox: what waits, what failed with the server's words, what was sent."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.core.days import london_time, now_utc, short_day
from lle_desk.core.errors import OfficerError
from lle_desk.letters.actions import (
    SetMessage,
    message_arrived,
    send_again,
    withdraw_message,
)
from lle_desk.letters.exports.posting import post
from lle_desk.letters.exports.sending import Sent
from lle_desk.letters.queries import (
    Carrier,
    OutboxCounts,
    OutboxRow,
    carrier_for,
    eml_of,
    outbox,
    outbox_counts,
)
from lle_desk.letters.rules import KIND_WORDS, STATE_WORDS, LetterKind, PostState
from lle_desk.letters.ui.message_page import MessagePage
from lle_desk.letters.ui.server_page import ServerPage
from lle_desk.qt.bar import Bar
from lle_desk.qt.chips import BadgeText
from lle_desk.qt.desk import Desk
from lle_desk.qt.empty import EmptyState
from lle_desk.qt.inspector import Inspector
from lle_desk.qt.keys import KeyLine
from lle_desk.qt.stale import Refresher
from lle_desk.qt.table import Table
from lle_desk.qt.table_model import Column, RowTableModel
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

EMPTY = "No letter was sent by e-mail yet. Letters begin at an event or a booking, under Courses."
WHICH = [("", "All"), ("waiting", "Waiting"), ("trouble", "To see to"), ("sent", "Sent")]
BADGES = {
    PostState.QUEUED: "plain",
    PostState.SENDING: "accent",
    PostState.SENT: "fine",
    PostState.FAILED: "refusal",
    PostState.UNSURE: "warning",
    PostState.WITHDRAWN: "plain",
}


class OutboxView(QWidget):
    """The messages at the left, one of them at the right.

    Signals:
        record_asked: open what a message is about. str, int: kind and id.
    """

    record_asked = Signal(str, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._password = ""  # typed on a PC without a keyring; kept nowhere
        self._shown: OutboxRow | None = None
        self.model: RowTableModel[OutboxRow] = RowTableModel(
            COLUMNS, lambda row: row.id, parent=self
        )
        self.table = Table(self.model, row_height=40, name="Outbox")
        self.table.remember(desk.settings, "outbox")
        self.table.row_chosen.connect(self._choose)
        self.table.show_empty(EmptyState(EMPTY, icon="mail"))
        self.inspector = Inspector("Message")
        self.inspector.setFixedWidth(px(400))
        self.inspector.left.connect(self._nothing_shown)
        self._nothing_shown()
        self._lay_out()
        self.setFocusProxy(self.table)
        self._fresh = Refresher(self, desk, frozenset({"message"}), self.reload)

    def reload(self) -> None:
        """Read the messages again."""
        self._desk.load(self, self._show, outbox, self.which.choice)
        self._desk.load(self, self._show_counts, outbox_counts)

    def refresh(self) -> None:
        """Look again."""
        self._fresh.look_again()

    def keys(self) -> list[KeyLine]:
        """Return the keys of this view."""
        return [
            KeyLine("Ctrl+Shift+Enter", "send what waits"),
            KeyLine("R", "send the message again"),
            KeyLine("A", "it arrived: call it sent"),
        ]

    def tour_stops(self) -> list[tuple[str, Callable[[], None]]]:
        """Return what the tour takes pictures of."""
        return [("-outbox", self._tour)]

    def _tour(self) -> None:
        self.table.choose_first()

    def send(self) -> None:
        """Send what waits, in the background."""
        self.send_button.setEnabled(False)
        self._desk.run(self, self._sent, post, self._password, on_refused=self._not_sent)

    def _lay_out(self) -> None:
        bar = Bar()
        self.which = bar.segments(WHICH, "", on_chosen=self._which_changed)
        bar.gap()
        self._counts = label("", "quiet")
        bar.add(self._counts)
        bar.stretch()
        bar.button("Mail server …", "settings", on_click=self._open_server)
        self.send_button = bar.button(
            "Send what waits", "send", key="Ctrl+Shift+Return", kind="primary", on_click=self.send
        )
        self.send_button.key = "Ctrl+Shift+Enter"  # the words on the key
        work = QHBoxLayout()
        work.setSpacing(0)
        work.addWidget(self.table, 1)
        work.addWidget(self.inspector)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        self.trouble = label("", "refusal", wrap=True)
        self.trouble.setContentsMargins(px(12), px(8), px(12), px(8))
        self.trouble.hide()
        column.addWidget(self.trouble)
        column.addLayout(work, 1)

    # What was read

    def _which_changed(self, _choice: str) -> None:
        self.reload()

    def _show(self, rows: list[OutboxRow]) -> None:
        self.model.show_rows(rows)
        if self._shown is not None and not self.inspector.is_typed():
            shown = self._shown
            again = next((row for row in rows if row.id == shown.id), None)
            if again is not None and again != shown:
                self._open(again)

    def _show_counts(self, counts: OutboxCounts) -> None:
        said = [f"{counts.waiting} waiting", f"{counts.trouble} to see to", f"{counts.sent} sent"]
        self._counts.set(" · ".join(said))
        self.send_button.setEnabled(counts.waiting > 0)

    def _choose(self, row: OutboxRow | None) -> None:
        if row is not None and not self.inspector.is_typed():
            self._open(row)

    def _open(self, row: OutboxRow) -> None:
        self._shown = row
        page = MessagePage(row)
        page.again_wanted.connect(self._again)
        page.arrived_wanted.connect(self._arrived)
        page.withdraw_wanted.connect(self._withdraw)
        page.save_wanted.connect(self._save)
        page.record_wanted.connect(self._open_record)
        self.inspector.show_page(page, row.id)

    def _nothing_shown(self) -> None:
        self._shown = None
        self.inspector.show_empty("Choose a message to see what became of it.", icon="mail")

    # What is done

    def _sent(self, outcome: Sent) -> None:
        self.trouble.hide()
        self._desk.say(f"Outbox: {outcome.words}")
        self.reload()

    def _not_sent(self, refusal: OfficerError) -> None:
        self.reload()
        if refusal.field == "password":
            self._open_server()
        self.trouble.set(str(refusal))  # until something goes
        self.trouble.show()
        self._desk.refused.emit(str(refusal))

    def _again(self) -> None:
        self._step(send_again, "Waiting to go again")

    def _withdraw(self) -> None:
        self._step(withdraw_message, "Taken out")

    def _arrived(self) -> None:
        row = self._shown
        if row is not None:
            said = partial(self._stepped, f"It arrived: {row.record_name}.")
            self._desk.act(self, said, message_arrived, SetMessage(row.id, row.version), now_utc())

    def _step(self, action: Callable[..., None], words: str) -> None:
        row = self._shown
        if row is not None:
            said = partial(self._stepped, f"{words}: {row.record_name}, {row.to_address}.")
            self._desk.act(self, said, action, SetMessage(row.id, row.version))

    def _stepped(self, words: str, _nothing: object) -> None:
        self._desk.say(words)

    def _save(self) -> None:
        if self._shown is not None:
            self._desk.load(self, self._write, eml_of, self._shown.id)

    def _write(self, text: str) -> None:
        name = f"{self._shown.record_name if self._shown else 'message'}.eml"
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the e-mail", name, "E-mail (*.eml)")
        if chosen:
            Path(chosen).write_bytes(text.encode("ascii"))
            self._desk.say(f"Saved: {Path(chosen).name}.")

    def _open_record(self) -> None:
        if self._shown is not None:
            self.record_asked.emit(self._shown.record_kind, self._shown.record_id)

    def _open_server(self) -> None:
        self._desk.load(self, self._show_server, carrier_for, self._desk.by.officer)

    def _show_server(self, found: tuple[Carrier, bool]) -> None:
        self._shown = None
        page = ServerPage(self._desk, *found)
        page.done.connect(self._server_saved)
        self.inspector.show_page(page, "server")
        page.focus_first()

    def _server_saved(self, password: str) -> None:
        self._password = password
        self._nothing_shown()


def _when(row: OutboxRow) -> str:
    at = london_time(row.sent_at or row.queued_at)
    return f"{short_day(at.date())} {at:%H:%M}"


def _badge(row: OutboxRow) -> list[BadgeText]:
    state = PostState(row.state)
    return [BadgeText(STATE_WORDS[state], BADGES[state])]


def _to(row: OutboxRow) -> str:
    return row.to_name or row.to_address


def _second(row: OutboxRow) -> str:
    return row.to_address if row.to_name else ""


def _about(row: OutboxRow) -> str:
    return row.error or f"{KIND_WORDS[LetterKind(row.kind)]} · {row.record_name}"


def _nothing(_row: OutboxRow) -> str:
    return ""


COLUMNS: list[Column[OutboxRow]] = [
    Column("", _nothing, width=112, badges=_badge),
    Column("When", _when, width=130, quiet=True),
    Column("To", _to, width=230, strong=True, second=_second),
    Column("Letter", lambda row: row.subject, width=0, second=_about),
]
