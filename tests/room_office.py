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
SCHOOLS, HIRE, MEETINGS = "Schools (CPD)", "External", "LCC meetings"


@dataclass(frozen=True, slots=True)
class RoomOffice:
    """The days and numbers of what is in the diary; `day` is today or the next working day."""

    today: date
    day: date
    tomorrow: date
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
    today = date.today()  # noqa: DTZ011  (the window opens on the PC's own day)
    the_day = today if is_working_day(today) else add_working_days(today, 1)
    yesterday = add_working_days(today, -1)
    tomorrow, later = add_working_days(the_day, 1), add_working_days(the_day, 5)
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
        hold(elm, yesterday, "09:30", "12:00", 18, "Phonics"),
        hold(ash, yesterday, "09:30", "12:00", 25, "Choir", category=HIRE),
        hold(rooms.oak_1, yesterday, "13:00", "14:00", 8, "Appeals", category=MEETINGS),
    )
    hold(elm, tomorrow, "09:30", "12:00", 20, "R&D <b>", category=HIRE)
    hold(ash, tomorrow, "13:00", "15:00", 30, "Induction")
    hold(ash, later, "09:30", "12:00", 30, "Tenants' forum", status="waiting", category=HIRE)
    hold(elm, later, "09:30", "12:00", 20, "Mentors' day", status="waiting")
    return RoomOffice(
        today=today,
        day=the_day,
        tomorrow=tomorrow,
        rooms=rooms,
        buying=buying,
        heads=hold(elm, the_day, "09:00", "10:00", 8, "Area heads"),
        numeracy=hold(elm, the_day, "11:00", "12:00", 20, "Numeracy"),
        budget=hold(rooms.oak_1, the_day, "13:00", "14:00", 8, "Budget", category=MEETINGS),
        history=hold(elm, the_day, "14:00", "16:00", 25, "History", customer_id=buying.academy),
        spanish=hold(ash, the_day, "14:00", "16:00", 20, "Spanish"),
        option=hold(
            rooms.oak_room,
            later,
            "09:30",
            "12:00",
            18,
            "Governors",
            status="provisional",
            option_on=the_day + timedelta(days=1),
        ),
        parked=hold(None, the_day, "09:00", "10:30", 9, "Mentor day"),
        counted=counted,
    )
