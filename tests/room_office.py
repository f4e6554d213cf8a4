"""A room manager's office in the middle of a working week, small enough to know by heart."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lle_desk.core.days import add_working_days, is_working_day
from lle_desk.core.db import By, Database
from lle_desk.core.records import new_uuid
from lle_desk.rooms.actions import HoldRoom, hold_room
from tests.rooms.buying import Buying, stock_up
from tests.rooms.woodlands import Woodlands, build

ANN, BOB = By("ann", "desk-1"), By("bob", "desk-2")
TODAY = date.today()  # noqa: DTZ011  (the window opens on the PC's own day)
DAY = TODAY if is_working_day(TODAY) else add_working_days(TODAY, 1)
YESTERDAY = add_working_days(TODAY, -1)
TOMORROW = add_working_days(DAY, 1)
LATER = add_working_days(DAY, 5)
SCHOOLS, HIRE, MEETINGS = "Schools (CPD)", "External", "LCC meetings"


@dataclass(frozen=True, slots=True)
class RoomOffice:
    """The numbers of what is in the diary."""

    rooms: Woodlands
    buying: Buying
    heads: int
    numeracy: int
    budget: int
    history: int
    spanish: int
    option: int
    parked: int
    counted: tuple[int, ...]


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))


def open_office(database: Database) -> RoomOffice:
    """Fill an empty database with the week of this office."""
    rooms = build(database, ANN)
    buying = stock_up(database, ANN, rooms)

    def hold(
        space: int | None, day: date, start: str, end: str, heads: int, title: str, **more: object
    ) -> int:
        values: dict[str, object] = {
            "client_uuid": new_uuid(),
            "space_id": space,
            "starts_at": at(day, start),
            "ends_at": at(day, end),
            "heads": heads,
            "title": title,
            "layout": "classroom",
            "category": SCHOOLS,
            "before_minutes": 0,
            "after_minutes": 0,
        }
        return database.write(BOB, hold_room, HoldRoom(**(values | more)))  # type: ignore[arg-type]

    elm, ash = rooms.elm, rooms.ash
    counted = (
        hold(elm, YESTERDAY, "09:30", "12:00", 18, "Phonics"),
        hold(ash, YESTERDAY, "09:30", "12:00", 25, "Choir", category=HIRE),
        hold(rooms.oak_1, YESTERDAY, "13:00", "14:00", 8, "Appeals", category=MEETINGS),
    )
    hold(elm, TOMORROW, "09:30", "12:00", 20, "R&D <b>", category=HIRE)
    hold(ash, TOMORROW, "13:00", "15:00", 30, "Induction")
    hold(ash, LATER, "09:30", "12:00", 30, "Tenants' forum", status="waiting", category=HIRE)
    hold(elm, LATER, "09:30", "12:00", 20, "Mentors' day", status="waiting")
    return RoomOffice(
        rooms=rooms,
        buying=buying,
        heads=hold(elm, DAY, "09:00", "10:00", 8, "Area heads"),
        numeracy=hold(elm, DAY, "11:00", "12:00", 20, "Numeracy"),
        budget=hold(rooms.oak_1, DAY, "13:00", "14:00", 8, "Budget", category=MEETINGS),
        history=hold(elm, DAY, "14:00", "16:00", 25, "History", customer_id=buying.academy),
        spanish=hold(ash, DAY, "14:00", "16:00", 20, "Spanish"),
        option=hold(
            rooms.oak_room,
            LATER,
            "09:30",
            "12:00",
            18,
            "Governors",
            status="provisional",
            option_on=DAY + timedelta(days=1),
        ),
        parked=hold(None, DAY, "09:00", "10:30", 9, "Mentor day"),
        counted=counted,
    )
