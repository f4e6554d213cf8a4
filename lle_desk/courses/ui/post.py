"""Letters leave the screen: printed, saved, as e-mail drafts, or through the outbox."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from lle_desk.core.anchors import AnchorMark, write_anchor
from lle_desk.core.days import now_utc
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.courses.papers import SHORT_FOOT, Confirmation, Posted
from lle_desk.courses.queries.posting import Addressee, addressees_of, letters_to
from lle_desk.courses.rules import counted
from lle_desk.letters.actions import QueueMessage, queue_messages
from lle_desk.letters.exports.posting import post
from lle_desk.letters.exports.sending import Sent
from lle_desk.letters.queries import Carrier, carrier
from lle_desk.letters.rules import LetterKind
from lle_desk.qt.desk import Desk

NO_ADDRESS = "has no e-mail address. Print that letter, or enter an address in the booking."


class Post(QObject):
    """Writes letters for a screen and takes them where the officer wants them.

    Signals:
        busy_changed: bool: whether letters are being written.
        gone: they were printed, saved or handed to the outbox.
        refused: object: the OfficerError that kept them here.
    """

    busy_changed = Signal(bool)
    gone = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, screen: QWidget, today: Callable[[], date]) -> None:
        super().__init__(screen)
        self._desk, self._screen, self._today = desk, screen, today
        self._asked = new_uuid()
        self._then: Callable[[Sequence[Posted]], object] = self._draw_to_print
        self._posted: tuple[Posted, ...] = ()
        self._folder = Path()
        self._carrier: Carrier | None = None

    def print(self, whom: Sequence[Addressee]) -> None:
        """Print the letters, all in one run."""
        self._write(whom, self._draw_to_print)

    def save(self, whom: Sequence[Addressee]) -> None:
        """Save the letters as one PDF."""
        self._write(whom, self._draw_to_save)

    def save_drafts(self, whom: Sequence[Addressee]) -> None:
        """Save an e-mail draft for each letter into a folder that the officer chooses."""
        chosen = QFileDialog.getExistingDirectory(self._screen, "Folder for the e-mail drafts")
        if chosen:
            self._folder = Path(chosen)
            self._write(whom, self._draw_drafts)

    def send(self, whom: Sequence[Addressee]) -> None:
        """Put the letters in the outbox and send it."""
        missing = next((one for one in whom if not one.email), None)
        if missing is not None:
            self.refused.emit(
                OfficerError(f"{missing.customer}, {missing.booking}, {NO_ADDRESS}", "letters")
            )
            return
        self._write(whom, self._draw_messages)

    def save_draft_of(self, booking_id: int) -> None:
        """Save the confirmation of a booking as one e-mail draft."""
        kind = LetterKind.CONFIRMATION
        self._desk.load(self, self.save_drafts, addressees_of, kind, [booking_id])

    def send_of(self, booking_id: int) -> None:
        """Send the confirmation of a booking by e-mail."""
        kind = LetterKind.CONFIRMATION
        self._desk.load(self, self.send, addressees_of, kind, [booking_id])

    # Writing

    def _write(self, whom: Sequence[Addressee], then: Callable[[Sequence[Posted]], object]) -> None:
        if whom:
            self._then = then
            self.busy_changed.emit(True)
            self._desk.load(self, self._written, letters_to, tuple(whom), self._today())

    def _written(self, posted: tuple[Posted, ...]) -> None:
        self._posted = posted
        name = posted[0].name if len(posted) == 1 else f"{len(posted)} letters"
        self._desk.act(self, self._marked, write_anchor, name[:200])

    def _marked(self, mark: AnchorMark) -> None:
        """Put the mark of the audit trail into the foot of every letter."""
        self._posted = tuple(_with_foot(one, f"Record {mark.words}") for one in self._posted)
        self._then(self._posted)

    @property
    def _name(self) -> str:
        one = self._posted[0]
        return one.name if len(self._posted) == 1 else f"{len(self._posted)} letters"

    def _failed(self, refusal: OfficerError) -> None:
        self.busy_changed.emit(False)
        self.refused.emit(refusal)

    def _done(self, said: str) -> None:
        self.busy_changed.emit(False)
        if said:
            self._asked = new_uuid()  # the next sending is another one
            self._desk.say(said)
            self.gone.emit()

    # On paper

    def _draw_to_print(self, posted: Sequence[Posted]) -> None:
        self._desk.work(self, self._print, draw_letters, posted, on_refused=self._failed)

    def _draw_to_save(self, posted: Sequence[Posted]) -> None:
        self._desk.work(self, self._save, draw_letters, posted, on_refused=self._failed)

    def _print(self, data: bytes) -> None:
        from lle_desk.qt.pdf_view import print_pdf

        sent = print_pdf(self._screen, data, self._name)
        self._done(f"Sent to the printer: {self._name}." if sent else "")

    def _save(self, data: bytes) -> None:
        from lle_desk.qt.pdf_view import save_pdf

        path = save_pdf(self._screen, data, f"{self._name}.pdf")
        self._done(f"Saved: {path.name}." if path is not None else "")

    # As e-mail

    def _draw_drafts(self, posted: Sequence[Posted]) -> None:
        then = partial(self._with_carrier, self._make_drafts)
        self._desk.load(self, then, carrier)

    def _draw_messages(self, posted: Sequence[Posted]) -> None:
        then = partial(self._with_carrier, self._make_messages)
        self._desk.load(self, then, carrier)

    def _with_carrier(self, then: Callable[[Carrier], object], server: Carrier) -> None:
        then(server)

    def _make_drafts(self, server: Carrier) -> None:
        self._desk.work(
            self,
            self._drafts_saved,
            write_drafts,
            self._folder,
            self._posted,
            server.sender,
            on_refused=self._failed,
        )

    def _drafts_saved(self, count: int) -> None:
        self._done(f"Saved: {counted(count, 'e-mail draft')} in {self._folder.name}.")

    def _make_messages(self, server: Carrier) -> None:
        self._carrier = server
        self._desk.work(
            self,
            self._queue,
            make_messages,
            self._posted,
            server.sender or self._posted[0].paper.sender.email,
            self._asked,
            on_refused=self._failed,
        )

    def _queue(self, asks: list[QueueMessage]) -> None:
        self._desk.act(self, self._queued, queue_messages, asks, now_utc(), on_refused=self._failed)

    def _queued(self, count: int) -> None:
        is_set = self._carrier is not None and self._carrier.is_set
        then = "" if is_set else " No mail server is set, so it waits under Services, Outbox"
        self._done(f"In the outbox: {counted(count, 'letter')}.{then}{'.' if then else ''}")
        if is_set:
            self._desk.run(self._desk, self._sent, post)

    def _sent(self, outcome: Sent) -> None:
        self._desk.say(f"Outbox: {outcome.words}")


def draw_letters(posted: Sequence[Posted]) -> bytes:
    """Return the letters as one PDF. The PDF library is loaded at the first letter."""
    from lle_desk.courses.documents import letters_pdf

    return letters_pdf(posted)


def make_messages(posted: Sequence[Posted], sender: str, asked: str) -> list[QueueMessage]:
    """Return the letters as messages for the outbox."""
    from lle_desk.courses.exports.letters import as_messages

    return as_messages(posted, sender, asked, now_utc())


def write_drafts(folder: Path, posted: Sequence[Posted], sender: str) -> int:
    """Write an e-mail file for each letter; return how many.

    Raises:
        OfficerError: the folder takes no files.
    """
    from lle_desk.courses.exports.letters import draft_files

    files = draft_files(posted, sender, now_utc())
    try:
        for name, data in files:
            (folder / name).write_bytes(data)
    except OSError as error:
        why = error.strerror or "it takes no files"
        raise OfficerError(f"The drafts cannot be written to {folder.name}: {why}.") from error
    return len(files)


def _with_foot(one: Posted, record: str) -> Posted:
    if isinstance(one.paper, Confirmation):
        return replace(one, paper=replace(one.paper, foot=f"{record} · {SHORT_FOOT}"))
    return replace(one, paper=replace(one.paper, foot=record))
