"""Saves the report of a year rolled forward where the officer wants it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from lle_desk.core.days import day_words, london_today
from lle_desk.courses.exports.roll import RollReport, roll_csv, roll_pdf
from lle_desk.qt.desk import Desk


class RollFiles(QObject):
    """Draws the report off the GUI thread and writes it."""

    def __init__(self, desk: Desk, screen: QWidget) -> None:
        super().__init__(screen)
        self._desk = desk
        self._screen = screen

    def save_csv(self, heading: str, lines: Sequence[Sequence[str]]) -> None:
        """Ask where to and save the report as a table."""
        report = RollReport(heading, "", lines)
        self._save(report, "csv", "Tables (*.csv)")

    def save_pdf(self, heading: str, lines: Sequence[Sequence[str]]) -> None:
        """Ask where to and save the report as a PDF."""
        report = RollReport(heading, f"As of {day_words(london_today())}", lines)
        self._save(report, "pdf", "PDF (*.pdf)")

    def _save(self, report: RollReport, ending: str, kind: str) -> None:
        wanted = f"{report.heading.replace('/', '-')}.{ending}"
        chosen, _kind = QFileDialog.getSaveFileName(self._screen, "Save the report", wanted, kind)
        if chosen:
            draw = roll_csv if ending == "csv" else roll_pdf
            done = partial(self._saved, Path(chosen))
            self._desk.work(self, done, draw, report)

    def _saved(self, path: Path, data: bytes) -> None:
        try:
            path.write_bytes(data)
        except OSError as error:
            self._desk.refused.emit(f"{path} cannot be written: {error.strerror}.")
            return
        self._desk.say(f"Saved: {path.name}.")
