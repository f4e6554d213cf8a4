"""The confirmation as bytes, drawn off the GUI thread, to be seen, printed or kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from lle_desk.core.anchors import AnchorMark, write_anchor
from lle_desk.courses.papers import SHORT_FOOT, Confirmation
from lle_desk.courses.queries import confirmation_of
from lle_desk.qt.desk import Desk


def draw_confirmation(paper: Confirmation) -> bytes:
    """Return the letter as a PDF. The PDF library is loaded at the first letter."""
    from lle_desk.courses.documents import confirmation_pdf

    return confirmation_pdf(paper)


class BookingLetter(QObject):
    """Prints or saves the confirmation of a booking on behalf of a screen."""

    def __init__(self, desk: Desk, parent: QWidget, today: Callable[[], date]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._screen = parent
        self._today = today
        self._then: Callable[[bytes, str], object] = self._print
        self._name = ""
        self._paper: Confirmation | None = None

    def print_of(self, booking_id: int) -> None:
        """Ask for a printer and print the letter of a booking."""
        self._then = self._print
        self._desk.load(self, self._draw, confirmation_of, booking_id, self._today())

    def save_of(self, booking_id: int) -> None:
        """Ask where to and save the letter of a booking."""
        self._then = self._save
        self._desk.load(self, self._draw, confirmation_of, booking_id, self._today())

    def _draw(self, paper: Confirmation) -> None:
        self._name = f"Confirmation {paper.booking}"
        self._paper = paper
        self._desk.act(self, self._marked, write_anchor, self._name)

    def _marked(self, mark: AnchorMark) -> None:
        """Put the mark of the audit trail into the foot of what is printed."""
        if self._paper is not None:
            foot = f"Record {mark.words} · {SHORT_FOOT}"
            marked = replace(self._paper, foot=foot)
            self._desk.finish(self, self._drawn, draw_confirmation, marked)

    def _drawn(self, data: bytes) -> None:
        self._then(data, self._name)

    def _print(self, data: bytes, name: str) -> None:
        from lle_desk.qt.pdf_view import print_pdf

        if print_pdf(self._screen, data, name):
            self._desk.say(f"Sent to the printer: {name}.")

    def _save(self, data: bytes, name: str) -> None:
        from lle_desk.qt.pdf_view import save_pdf

        path = save_pdf(self._screen, data, f"{name}.pdf")
        if path is not None:
            self._desk.say(f"Saved: {path.name}.")
