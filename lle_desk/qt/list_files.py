"""Saves a list where the officer wants it, as a PDF or as a table, or prints it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from lle_desk.qt.desk import Desk


class Listed(Protocol):
    """A list as it is shown."""

    @property
    def heading(self) -> str: ...


L = TypeVar("L", bound=Listed)


class ListFiles(QObject, Generic[L]):
    """Draws the list off the GUI thread and writes or prints it."""

    def __init__(
        self,
        desk: Desk,
        screen: QWidget,
        as_csv: Callable[[L], bytes],
        as_pdf: Callable[[L], bytes],
    ) -> None:
        super().__init__(screen)
        self._desk = desk
        self._screen = screen
        self._as_csv = as_csv
        self._as_pdf = as_pdf

    def save_csv(self, paper: L) -> None:
        """Ask where to and save the list as a table."""
        self._save(paper, self._as_csv, "csv", "Tables (*.csv)")

    def save_pdf(self, paper: L) -> None:
        """Ask where to and save the list as a PDF."""
        self._save(paper, self._as_pdf, "pdf", "PDF (*.pdf)")

    def print(self, paper: L) -> None:
        """Ask for a printer and print the list."""
        self._desk.finish(self, partial(self._print, paper.heading), self._as_pdf, paper)

    def _print(self, heading: str, data: bytes) -> None:
        from lle_desk.qt.pdf_view import print_pdf

        if print_pdf(self._screen, data, heading):
            self._desk.say(f"Sent to the printer: {heading}.")

    def _save(self, paper: L, draw: Callable[[L], bytes], ending: str, kind: str) -> None:
        wanted = f"{paper.heading.replace('/', '-').replace(':', ',')}.{ending}"
        chosen, _kind = QFileDialog.getSaveFileName(self._screen, "Save the list", wanted, kind)
        if chosen:
            self._desk.finish(self, partial(self._saved, Path(chosen)), draw, paper)

    def _saved(self, path: Path, data: bytes) -> None:
        try:
            path.write_bytes(data)
        except OSError as error:
            self._desk.refused.emit(f"{path} cannot be written: {error.strerror}.")
            return
        self._desk.say(f"Saved: {path.name}.")
