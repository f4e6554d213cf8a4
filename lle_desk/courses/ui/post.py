"""Letters leave the screen: printed, saved, as e-mail drafts, or through the outbox."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.courses.exports.mailing import (
    LetterPaper,
    LetterRun,
    Queued,
    drafts_in_folder,
    letters_in_one,
    letters_in_outbox,
)
from lle_desk.courses.queries.addressing import Addressee, addressees_of
from lle_desk.courses.rules import counted
from lle_desk.letters.exports.posting import post
from lle_desk.letters.exports.sending import Sent
from lle_desk.letters.rules import LetterKind
from lle_desk.qt.desk import Desk

NO_ADDRESS = "has no e-mail address. Print that letter, or enter an address in the booking."


class Post(QObject):
    """Writes letters for a screen and takes them where the officer wants them.

    Signals:
        begun: object: the LetterRun, which may be looked at and stopped.
        ended: it is over, whatever came of it.
        gone: object: whose letters were printed, saved or handed to the outbox (Addressees).
        refused: object: the OfficerError that kept them here.
    """

    begun = Signal(object)
    ended = Signal()
    gone = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, screen: QWidget, today: Callable[[], date]) -> None:
        super().__init__(screen)
        self._desk, self._screen, self._today = desk, screen, today
        self._asked = new_uuid()
        self._run: LetterRun | None = None  # under way

    @property
    def is_busy(self) -> bool:
        """Whether letters are being written."""
        return self._run is not None

    @property
    def is_stopped(self) -> bool:
        """Whether the officer does not wait for the rest."""
        return self._run is not None and self._run.is_stopped

    def stop(self) -> None:
        """Leave off at the next letter."""
        if self._run is not None:
            self._run.is_stopped = True

    def print(self, whom: Sequence[Addressee]) -> None:
        """Print the letters, all in one run."""
        self._begin(whom, self._print, letters_in_one)

    def save(self, whom: Sequence[Addressee]) -> None:
        """Save the letters as one PDF."""
        self._begin(whom, self._save, letters_in_one)

    def save_drafts(self, whom: Sequence[Addressee]) -> None:
        """Save an e-mail draft for each letter into a folder that the officer chooses."""
        chosen = QFileDialog.getExistingDirectory(self._screen, "Folder for the e-mail drafts")
        if chosen:
            folder = Path(chosen)
            self._begin(whom, partial(self._drafts_saved, folder), drafts_in_folder, folder)

    def send(self, whom: Sequence[Addressee]) -> None:
        """Put the letters in the outbox and send it; who has no address keeps the paper."""
        reached = [one for one in whom if one.email]
        if whom and not reached:
            first = whom[0]
            self.refused.emit(
                OfficerError(f"{first.customer}, {first.booking}, {NO_ADDRESS}", "letters")
            )
            return
        # The desk answers: the outbox is sent even if this screen is left meanwhile.
        self._begin(reached, self._queued, letters_in_outbox, self._asked, owner=self._desk)

    def save_draft_of(self, booking_id: int) -> None:
        """Save the confirmation of a booking as one e-mail draft."""
        kind = LetterKind.CONFIRMATION
        self._desk.load(self, self.save_drafts, addressees_of, kind, [booking_id])

    def send_of(self, booking_id: int) -> None:
        """Send the confirmation of a booking by e-mail."""
        kind = LetterKind.CONFIRMATION
        self._desk.load(self, self.send, addressees_of, kind, [booking_id])

    def _begin(
        self,
        whom: Sequence[Addressee],
        done: Callable[[Any], object],
        function: Callable[..., Any],
        *more: object,
        owner: QObject | None = None,
    ) -> None:
        if not whom or self._run is not None:
            return
        self._run = run = LetterRun(tuple(whom), self._today())
        self.begun.emit(run)
        failed = partial(self._failed, owner)
        self._desk.run(owner or self, done, function, run, *more, on_refused=failed)

    def _failed(self, owner: QObject | None, refusal: OfficerError) -> None:
        if owner is not None and not isValid(self):
            self._desk.refused.emit(str(refusal))
            return
        self._end()
        self.refused.emit(refusal)

    def _end(self) -> tuple[Addressee, ...]:
        whom = self._run.whom if self._run is not None else ()
        self._run = None
        self.ended.emit()
        return whom

    def _done(self, said: str) -> None:
        whom = self._end()
        if said:
            self._desk.say(said)
            self.gone.emit(whom)

    def _print(self, paper: LetterPaper) -> None:
        from lle_desk.qt.pdf_view import print_pdf

        sent = print_pdf(self._screen, paper.pdf, paper.name)
        self._done(f"Sent to the printer: {paper.name}." if sent else "")

    def _save(self, paper: LetterPaper) -> None:
        from lle_desk.qt.pdf_view import save_pdf

        path = save_pdf(self._screen, paper.pdf, f"{paper.name}.pdf")
        self._done(f"Saved: {path.name}." if path is not None else "")

    def _drafts_saved(self, folder: Path, count: int) -> None:
        self._done(f"Saved: {counted(count, 'e-mail draft')} in {folder.name}.")

    def _queued(self, queued: Queued) -> None:
        waits = " No mail server is set, so it waits under Services, Outbox."
        then = " Stopped; the rest was not put in." if queued.is_stopped else ""
        then += "" if queued.has_server else waits
        self._desk.say(f"In the outbox: {counted(queued.new, 'letter')}.{then}")
        if queued.has_server:
            self._desk.run(self._desk, self._sent, post)
        if isValid(self):
            self._end()
            if not queued.is_stopped:
                self._asked = new_uuid()  # the next sending is another one
            self.gone.emit(queued.whom)

    def _sent(self, outcome: Sent) -> None:
        self._desk.say(f"Outbox: {outcome.words}")
