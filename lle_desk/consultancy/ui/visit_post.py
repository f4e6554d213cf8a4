"""The letter about a visit leaves the screen: printed, saved as PDF, or as an e-mail draft."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from lle_desk.consultancy.exports import VisitLetter, visit_letter
from lle_desk.consultancy.papers import VisitPaper
from lle_desk.consultancy.queries import visit_paper
from lle_desk.core.days import now_utc
from lle_desk.core.errors import OfficerError
from lle_desk.qt.desk import Desk

Then = Callable[[VisitLetter], object]


class VisitPost(QObject):
    """Writes the note of a visit, or the confirmation of one to come, and takes it away."""

    def __init__(self, desk: Desk, screen: QWidget, today: Callable[[], date]) -> None:
        super().__init__(screen)
        self._desk, self._screen, self._today = desk, screen, today

    def print(self, visit_id: int) -> None:
        """Ask for a printer and print it."""
        self._write(visit_id, self._print)

    def save(self, visit_id: int) -> None:
        """Ask where to and save it as PDF."""
        self._write(visit_id, self._save)

    def save_draft(self, visit_id: int) -> None:
        """Ask where to and save it as an e-mail that the mail program opens ready to be sent."""
        self._write(visit_id, self._save_draft)

    def _write(self, visit_id: int, then: Then) -> None:
        self._desk.load(self, partial(self._draw, then), visit_paper, visit_id, self._today())

    def _draw(self, then: Then, paper: VisitPaper) -> None:
        self._desk.finish(self, then, visit_letter, paper, now_utc(), on_refused=self._refused)

    def _refused(self, refusal: OfficerError) -> None:
        self._desk.refused.emit(str(refusal))

    def _print(self, letter: VisitLetter) -> None:
        from lle_desk.qt.pdf_view import print_pdf

        if print_pdf(self._screen, letter.pdf, letter.name):
            self._desk.say(f"Sent to the printer: {letter.name}.")

    def _save(self, letter: VisitLetter) -> None:
        self._put(letter.name, "pdf", "PDF (*.pdf)", letter.pdf, "")

    def _save_draft(self, letter: VisitLetter) -> None:
        to = f" It goes to {letter.email}." if letter.email else " It has no address yet."
        self._put(letter.name, "eml", "E-mail (*.eml)", letter.draft, to)

    def _put(self, name: str, ending: str, kind: str, data: bytes, then: str) -> None:
        plain = "".join(one if one.isalnum() or one in " -,.'" else "-" for one in name)
        wanted = f"{plain[:100]}.{ending}"
        chosen, _kind = QFileDialog.getSaveFileName(self._screen, "Save the letter", wanted, kind)
        if not chosen:
            return
        path = Path(chosen)
        try:
            path.write_bytes(data)
        except OSError as error:
            self._desk.refused.emit(f"{path} cannot be written: {error.strerror}.")
            return
        self._desk.say(f"Saved: {path.name}.{then}")
