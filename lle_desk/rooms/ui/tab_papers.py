"""What the Rooms tab prints or saves of the plan that it shows."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from lle_desk.core.days import day_words
from lle_desk.qt.desk import Desk
from lle_desk.qt.time_grid import TimeGrid
from lle_desk.rooms.papers import SetUpSheet
from lle_desk.rooms.queries import PlanUse, set_up_sheet
from lle_desk.rooms.ui.calendar_files import CalendarSaver
from lle_desk.rooms.ui.rooms_bar import RoomsBar

NO_ROOM = "Select a booking or free time of the room first."


class TabPapers(QObject):
    """Prints the plan, draws the set-up sheet, saves the calendar of a room.

    Signals:
        paper_drawn: a paper is to stand in the plan's place. str: its title, object: the PDF.
    """

    paper_drawn = Signal(str, object)

    def __init__(self, desk: Desk, bar: RoomsBar, grid: TimeGrid, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._bar, self._grid, self._window = desk, bar, grid, parent
        self._calendar = CalendarSaver(desk, parent)
        self._title = ""

    def print_plan(self) -> None:
        """Print the plan as it stands, on A4 or A3 across."""
        from lle_desk.rooms.ui.plan_paper import print_plan

        title = f"{self._bar.site_name}, {day_words(self._bar.stepper.span[0])}"
        print_plan(self._window, self._grid, title)

    def save_calendar(self, uses: Sequence[PlanUse]) -> None:
        """Save what is in the selected room on the days shown, for calendar programs."""
        slot = self._grid.selected_slot
        lane = next((use.space_id for use in uses if use.id == self._grid.selected), None)
        room = slot.lane if slot is not None else lane
        if isinstance(room, int):
            self._calendar.save_room(room, *self._bar.stepper.span)
        else:
            self._desk.refused.emit(NO_ROOM)

    def show_set_up(self) -> None:
        """Draw the set-up sheet of the day chosen, else of the first that is shown."""
        site_id = self._bar.site_id
        if site_id is not None:
            now = datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005
            self._desk.load(self, self._draw, set_up_sheet, site_id, self._day(), now)

    def _day(self) -> date:
        first, last = self._bar.stepper.span
        day = self._bar.stepper.day
        return day if first <= day <= last else first

    def _draw(self, sheet: SetUpSheet) -> None:
        from lle_desk.rooms.documents import set_up_sheet_pdf

        self._title = f"Room set-up {day_words(sheet.day)}"
        self._desk.work(self, self._drawn, set_up_sheet_pdf, sheet)

    def _drawn(self, data: bytes) -> None:
        self.paper_drawn.emit(self._title, data)
