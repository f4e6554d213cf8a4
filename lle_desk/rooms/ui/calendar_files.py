"""Calendar files (.ics) saved from the Rooms tab: read, then written where the officer says."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from lle_desk.qt.desk import Desk
from lle_desk.qt.pdf_view import safe_name
from lle_desk.rooms.papers import CalendarFile
from lle_desk.rooms.queries.calendar import (
    booking_calendar,
    booking_contact_calendar,
    room_calendar,
)


class CalendarSaver(QObject):
    """Saves calendar files on behalf of a screen."""

    def __init__(self, desk: Desk, screen: QWidget) -> None:
        super().__init__(screen)
        self._desk = desk
        self._screen = screen

    def save_booking(self, booking_id: int) -> None:
        """Save all dates of a booking."""
        self._desk.load(self, self._ask, booking_calendar, booking_id)

    def save_room(self, space_id: int, first: date, last: date) -> None:
        """Save what is in a room on those days."""
        self._desk.load(self, self._ask, room_calendar, space_id, first, last)

    def save_contact(self, booking_id: int, first: date, last: date) -> None:
        """Save what the contact of a booking has booked on those days."""
        self._desk.load(self, self._ask, booking_contact_calendar, booking_id, first, last)

    def write(self, path: Path, file: CalendarFile) -> None:
        """Write the file off this thread, and say so."""
        self._path = path
        self._desk.finish(self, self._said, write_file, path, file)

    def _ask(self, file: CalendarFile) -> None:
        if not file.entries:
            self._desk.refused.emit(f"“{file.name}” has no booking in that time.")
            return
        wanted = safe_name(file.name).removesuffix(".pdf") + ".ics"
        chosen, _kind = QFileDialog.getSaveFileName(
            self._screen, "Save the calendar file", wanted, "Calendar (*.ics)"
        )
        if chosen:
            self.write(Path(chosen), file)

    def _said(self, count: int) -> None:
        meetings = f"{count} meeting{'' if count == 1 else 's'}"
        self._desk.say(f"Saved: {self._path.name}, {meetings}.")


def write_file(path: Path, file: CalendarFile) -> int:
    """Write the file and return how many meetings it has. The library is loaded at the first."""
    from lle_desk.rooms.exports import write_calendar

    return write_calendar(path, file)
