"""The letter that a booking needs now, in the plan's place, with the booking still beside it."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from lle_desk.core.days import day_words, time_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.qt.bar import Bar
from lle_desk.qt.buttons import Button, MenuButton
from lle_desk.qt.desk import Desk
from lle_desk.qt.pdf_view import PdfView, ask_place, ask_printer, draw_on_printer
from lle_desk.qt.stale import Refresher
from lle_desk.qt.words import label, tip
from lle_desk.rooms.actions.letters import SendRoomLetter, send_room_letter
from lle_desk.rooms.papers import RoomLetter
from lle_desk.rooms.queries.letters import room_letter
from lle_desk.rooms.rules.letters import Way
from lle_desk.rooms.ui.calendar_files import CalendarSaver
from lle_desk.rooms.ui.pages import RoomsPage

TABLES = frozenset(
    {"room_booking", "room_use", "catering_line", "equipment_line", "charge", "letter_sent"}
)


class LetterPage(RoomsPage):
    """Shows the letter as it would leave now. Printing or saving it keeps what it told."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._booking_id = 0
        self._letter: RoomLetter | None = None
        self.bar = Bar()
        self.bar.add(Button("Back to the plan", "arrow-left", on_click=self.closed.emit))
        self._title = label("", "heading")
        self.bar.add(self._title)
        self._last = label("", "quiet")
        self.bar.add(self._last)
        self.bar.stretch()
        self.calendar = CalendarSaver(desk, self)
        files = [
            ("This &booking", "calendar", self._save_calendar),
            ("All that its &contact has booked, for a year", "user", self._save_contact),
        ]
        self.files = MenuButton("Calendar file", "calendar", files)
        tip(self.files, "Its dates as a file that calendar programs take (.ics)")
        self.bar.add(self.files)
        save, send = partial(self._choose, Way.SAVED), partial(self._choose, Way.PRINTED)
        self.save = self.bar.button("Save as PDF", "download", on_click=save)
        self.print = self.bar.button("Print", "printer", kind="primary", on_click=send)
        self.view = PdfView("Letter")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self._show_nothing()
        self._refresher = Refresher(self, desk, TABLES, self.read_again)

    def open_at(self, site_id: int, day: date) -> None:
        """Leave the letter as it is: it is of a booking, wherever the plan stands."""

    def open_booking(self, booking_id: int) -> None:
        """Show the letter of this booking."""
        if booking_id != self._booking_id:
            self._show_nothing()
        self._booking_id = booking_id
        self.read_again()
        self.view.setFocus()

    @property
    def title(self) -> str:
        """What the letter is called."""
        return f"{self._letter.heading} {self._letter.number}" if self._letter else ""

    @property
    def last_words(self) -> str:
        """What is said of the letter before."""
        return self._last.text()

    def read_again(self) -> None:
        """Write the letter anew."""
        if self._booking_id:
            today = date.today()  # noqa: DTZ011  (the office's day)
            self.desk.load(self, self._show_letter, letter_or_why, self._booking_id, today)

    def send(self, way: Way, place: object) -> None:
        """Keep what the letter tells, then print it (`place` a printer) or write it (a path)."""
        if self._letter is None:
            return
        self.save.setEnabled(False)
        self.print.setEnabled(False)
        ask = SendRoomLetter(new_uuid(), self._letter, way, self.desk.by.officer)
        done = partial(self._kept, self._letter, place)
        self.desk.act(self, done, send_room_letter, ask, on_refused=self._refused)

    def _show_nothing(self, why: str = "The letter will be shown here.") -> None:
        self._letter = None
        self._title.set("")
        self._last.set("")
        self.save.setEnabled(False)
        self.print.setEnabled(False)
        self.view.show_empty(why)

    def _show_letter(self, found: "RoomLetter | str") -> None:
        if isinstance(found, str):
            self._show_nothing(found)
        elif found.booking_id == self._booking_id:
            self.desk.work(self, partial(self._show_paper, found), draw_letter, found)

    def _show_paper(self, letter: RoomLetter, data: bytes) -> None:
        if letter.booking_id != self._booking_id:
            return
        self._letter = letter
        self._title.set(letter.heading)
        last = letter.last_sent
        self._last.set(
            f"Last: {last.kind}, {last.way} {day_words(last.sent_at.date())} "
            f"{time_words(last.sent_at)} by {last.sent_by}"
            if last
            else "Nothing was sent yet"
        )
        self.view.show_pdf(data)
        self.save.setEnabled(True)
        self.print.setEnabled(True)

    def _save_calendar(self) -> None:
        if self._booking_id:
            self.calendar.save_booking(self._booking_id)

    def _save_contact(self) -> None:
        if self._booking_id:
            today = date.today()  # noqa: DTZ011  (the office's day)
            self.calendar.save_contact(self._booking_id, today, today + timedelta(days=365))

    def _choose(self, way: Way) -> None:
        place: object
        if way == Way.PRINTED:
            place = ask_printer(self, self.title)
        else:
            place = ask_place(self, f"{self.title}.pdf")
        if place is not None:
            self.send(way, place)

    def _kept(self, letter: RoomLetter, place: object, anchor: str) -> None:
        marked = replace(letter, anchor=anchor)
        # What is shown is drawn again once this is kept, and must not make it void.
        self.desk.finish(self, partial(self._leave, place), draw_letter, marked)

    def _leave(self, place: object, data: bytes) -> None:
        title = self.title
        if not isinstance(place, Path):
            draw_on_printer(place, data)
            self.desk.say(f"Sent to the printer: {title}.")
            return
        try:
            place.write_bytes(data)
        except OSError as error:
            self.desk.refused.emit(f"{place.name} cannot be written: {error.strerror}.")
        else:
            self.desk.say(f"Saved: {place.name}.")

    def _refused(self, error: OfficerError) -> None:
        self.desk.refused.emit(str(error))
        self.read_again()


def letter_or_why(session: object, booking_id: int, written_on: date) -> "RoomLetter | str":
    """Return the letter, or the sentence that says why there is none."""
    try:
        return room_letter(session, booking_id, written_on)  # type: ignore[arg-type]
    except OfficerError as error:
        return str(error)


def draw_letter(letter: RoomLetter) -> bytes:
    """Return the letter as a PDF. The PDF library is loaded at the first letter."""
    from lle_desk.rooms.documents import room_letter_pdf

    return room_letter_pdf(letter)
