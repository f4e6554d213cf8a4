"""A few bookings and courses whose figures can be counted on the fingers."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from lle_desk.core.records import new_uuid
from lle_desk.reports.rules import Year, YearKind
from lle_desk.rooms.actions import CountHeads, HoldRoom, count_heads, hold_room
from lle_desk.rooms.models import RoomUse

YEAR = Year(YearKind.FINANCIAL, 2013)
MAY = date(2013, 5, 1)


def booked(
    session: Session,
    space_id: int,
    day: date,
    heads: int,
    *,
    came: int | None = None,
    category: str = "LCC meetings",
    title: str = "Demo",
    booking_id: int | None = None,
    hours: tuple[int, int] = (9, 12),
) -> int:
    """Hold a room on a day without set-up, count heads if it is said, and return the use."""
    starts, ends = (datetime(day.year, day.month, day.day, hour) for hour in hours)
    ask = HoldRoom(
        client_uuid=new_uuid(),
        space_id=space_id,
        starts_at=starts,
        ends_at=ends,
        heads=heads,
        layout="classroom",
        title=title,
        category=category,
        before_minutes=0,
        after_minutes=0,
        room_booking_id=booking_id,
        over_capacity_reason="a test",
    )
    use_id = hold_room(session, ask)
    if came is not None:
        use = session.get_one(RoomUse, use_id)
        count_heads(session, CountHeads(use_id=use_id, seen_version=use.version, heads=came))
    return use_id


def fill(session: Session, rooms: dict[str, int]) -> None:
    """Book a small office: three bookings of 2013/14 and one of the year before."""
    booked(session, rooms["Elm"], MAY, 18, came=20)
    booked(session, rooms["Elm"], date(2013, 6, 3), 10, category="External")
    booked(session, rooms["Oak Room"], date(2013, 6, 4), 12, came=12)
    booked(session, rooms["Elm"], date(2012, 5, 2), 8, came=10)
