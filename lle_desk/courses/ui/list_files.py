"""Saves a list of the courses where the officer wants it, as a PDF or as a table."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from lle_desk.courses.exports.lists import ListPaper, list_csv, list_pdf
from lle_desk.qt.desk import Desk


class ListFiles(QObject):
    """Draws the list off the GUI thread and writes or prints it."""

    def __init__(self, desk: Desk, screen: QWidget) -> None:
        super().__init__(screen)
        self._desk = desk
        self._screen = screen

    def save_csv(self, paper: ListPaper) -> None:
        """Ask where to and save the list as a table."""
        self._save(paper, "csv", "Tables (*.csv)")

    def save_pdf(self, paper: ListPaper) -> None:
        """Ask where to and save the list as a PDF."""
        self._save(paper, "pdf", "PDF (*.pdf)")

    def print(self, paper: ListPaper) -> None:
        """Ask for a printer and print the list."""
        self._desk.finish(self, partial(self._print, paper.heading), list_pdf, paper)

    def _print(self, heading: str, data: bytes) -> None:
        from lle_desk.qt.pdf_view import print_pdf

        if print_pdf(self._screen, data, heading):
            self._desk.say(f"Sent to the printer: {heading}.")

    def _save(self, paper: ListPaper, ending: str, kind: str) -> None:
        wanted = f"{paper.heading.replace('/', '-').replace(':', ',')}.{ending}"
        chosen, _kind = QFileDialog.getSaveFileName(self._screen, "Save the list", wanted, kind)
        if chosen:
            draw = list_csv if ending == "csv" else list_pdf
            done = partial(self._saved, Path(chosen))
            self._desk.finish(self, done, draw, paper)

    def _saved(self, path: Path, data: bytes) -> None:
        try:
            path.write_bytes(data)
        except OSError as error:
            self._desk.refused.emit(f"{path} cannot be written: {error.strerror}.")
            return
        self._desk.say(f"Saved: {path.name}.")
