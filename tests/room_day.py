"""What a room manager sees in the Rooms and Reports tabs, and what then stands in the database."""

from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import text

from lle_desk.core.db import Database
from lle_desk.reports.ui.tab import ReportsTab
from lle_desk.rooms.queries import DayRow, day_list
from lle_desk.rooms.rules.letters import Way
from lle_desk.rooms.ui.booking_page import BookingPage
from lle_desk.rooms.ui.give_rooms import GiveRoomsPage
from lle_desk.rooms.ui.letter_page import LetterPage
from lle_desk.rooms.ui.new_booking_form import NewBookingForm
from lle_desk.rooms.ui.pack_page import PackPage
from lle_desk.rooms.ui.pages import RoomsPage
from lle_desk.rooms.ui.tab import RoomsTab
from tests.hands import Hands
from tests.paper.pages import texts
from tests.qt.walk import assert_named, assert_plain
from tests.room_office import RoomOffice
from tests.rooms.woodlands import card

Shown = TypeVar("Shown", bound=RoomsPage)
ROOMS, REPORTS = 2, 7


class RoomDay:
    """What the manager looks at, and what stands in the database."""

    def __init__(self, ann: Hands, database: Database, office: RoomOffice, folder: Path) -> None:
        self.ann, self.database, self.office, self.folder = ann, database, office, folder

    @property
    def tab(self) -> RoomsTab:
        page = self.ann.window.page(ROOMS)
        assert isinstance(page, RoomsTab)
        return page

    @property
    def reports(self) -> ReportsTab:
        page = self.ann.window.page(REPORTS)
        assert isinstance(page, ReportsTab)
        return page

    def page(self, kind: type[Shown]) -> Shown:
        """Return the list that stands in the plan's place."""
        shown = next(page for page in self.tab.findChildren(kind) if page.isVisible())
        self.ann.wait()
        return shown

    def where(self, use_id: int) -> str:
        use = card(self.database, use_id)
        room = use.space.name if use.space else "parking"
        return f"{room} {use.starts_at:%H:%M}-{use.ends_at:%H:%M}"

    def booked(self, day: date, title: str) -> list[DayRow]:
        return [row for row in self.database.read(day_list, day) if row.title == title]

    def scalar(self, sql: str) -> object:
        return self.database.read(lambda session: session.scalar(text(sql)))

    def counts(self) -> list[int | None]:
        return [card(self.database, use).actual_heads for use in self.office.counted]

    def sees_today(self) -> None:
        """The plan of the day is there, with its bookings as sentences."""
        assert self.tab.bar.stepper.day == self.office.day
        said = [words for _key, words in self.tab.grid.spoken_blocks()]
        assert len(said) == 5
        assert "Mentor day" in self.tab.parking.cards.spoken()[0]
        assert_plain(self.tab)
        assert_named(self.tab)

    def new_form(self) -> NewBookingForm:
        form = self.tab.inspector.booking_form
        assert isinstance(form, NewBookingForm)
        return form

    def booking_page(self) -> BookingPage:
        page = self.tab.inspector.page
        assert isinstance(page, BookingPage)
        return page

    def has_booked_two(self) -> None:
        """One with coffee and a projector, one on three Mondays or whichever day it is."""
        [network] = self.booked(self.office.day, "Network")
        assert (network.room, network.heads) == ("Ash", 12)
        extras = card(self.database, network.use_id).extras
        assert [(line.item, line.quantity) for line in extras.catering] == [
            ("Coffee and biscuits", 12)
        ]
        assert [(line.name, line.quantity) for line in extras.equipment] == [("Projector", 1)]
        days = [self.office.day + timedelta(weeks=week) for week in range(3)]
        held = [row.room for day in days for row in self.booked(day, "Supervision")]
        assert held == ["Oak 2"] * self.scalar_int(
            "SELECT count(*) FROM room_use ru JOIN"
            " room_booking rb ON rb.id = ru.room_booking_id WHERE rb.title = 'Supervision'"
        )
        assert len(held) >= 2, "three, but for a bank holiday"

    def scalar_int(self, sql: str) -> int:
        found = self.scalar(sql)
        assert isinstance(found, int)
        return found

    def status(self, title: str) -> object:
        return self.scalar(f"SELECT status FROM room_booking WHERE title = '{title}'")

    def has_answered(self) -> None:
        assert self.status("Mentors'' day") == "confirmed"
        assert self.scalar("SELECT state FROM room_request WHERE state = 'refused'") == "refused"
        words = "SELECT count(*) FROM room_answer WHERE words = 'Ash is being painted'"
        assert self.scalar(words) == 1

    def reads_the_pack(self, page: PackPage) -> None:
        """Tomorrow's papers say what is on: the bytes that Print sends are read again."""
        assert page.stepper.day == self.office.tomorrow
        assert page.data.startswith(b"%PDF")
        words = " ".join(texts(page.data))
        for wanted in ("R&D <b>", "Induction", "Elm", "Ash", "Room set-up"):
            assert wanted in words
        assert "Numeracy" not in words

    def reads_the_letter(self, page: LetterPage) -> None:
        """It is seen, and what is saved from it is read again."""
        assert page.view.page_count == 1
        assert page.title.startswith("Room confirmation")
        page.send(Way.SAVED, self.folder / "letter.pdf")
        self.ann.wait()
        words = " ".join(texts((self.folder / "letter.pdf").read_bytes()))
        assert "History" in words
        assert "Demo Academy" in words

    def knows_the_year(self) -> None:
        """The people of the year by category are those of the diary."""
        rows = {one.row.label: one.row.cells for one in self.reports.figures.rows}
        people = {label: cells[2] for label, cells in rows.items()}
        sql = (
            "SELECT sum(coalesce(ru.actual_heads, ru.heads)) FROM room_use ru JOIN room_booking rb"
            " ON rb.id = ru.room_booking_id WHERE rb.category = 'External' AND ru.holds_space"
        )
        assert people["External"] == self.scalar(sql)

    def has_only_looked(self, page: GiveRoomsPage) -> None:
        """Rooms were worked out and nothing was saved."""
        shown = [(row.use.title, row.then) for row in page.preview.rows if row.use]
        assert any(title == "Mentor day" and room != "no room" for title, room in shown)
        assert self.where(self.office.parked).startswith("parking")
