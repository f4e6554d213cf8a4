"""What a booking belongs together with: its other rooms and days, and the dates it repeats on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import short_day, span_words
from lle_desk.core.settings import setting
from lle_desk.rooms.models import RoomBooking, RoomUse, Space
from lle_desk.rooms.queries.series import SeriesCard, series_of_booking


@dataclass(frozen=True, slots=True)
class BookingRoom:
    """One room on one day of a booking."""

    use_id: int
    version: int
    starts_at: datetime
    ends_at: datetime
    room: str
    layout: str
    heads: int

    @property
    def when(self) -> str:
        """Return "Tue 4 Mar, 09:30–12:00"."""
        return f"{short_day(self.starts_at.date())}, {span_words(self.starts_at, self.ends_at)}"


@dataclass(frozen=True, slots=True)
class Around:
    """The rooms and days of a booking, earliest first, and its series if it repeats."""

    rooms: tuple[BookingRoom, ...]
    series: SeriesCard | None


def around_booking(session: Session, booking_id: int) -> Around:
    """Return what belongs to a booking; rooms that were given back are left out."""
    booking = session.get_one(RoomBooking, booking_id)
    found = (
        select(
            RoomUse.id,
            RoomUse.version,
            RoomUse.starts_at,
            RoomUse.ends_at,
            Space.name,
            RoomUse.layout,
            RoomUse.heads,
        )
        .join(Space, Space.id == RoomUse.space_id, isouter=True)
        .where(RoomUse.room_booking_id == booking_id)
        .order_by(RoomUse.starts_at, Space.sort_order, RoomUse.id)
    )
    if booking.holds_space:
        found = found.where(RoomUse.holds_space)
    rooms = [
        BookingRoom(use_id, version, starts_at, ends_at, room or "No room yet", layout, heads)
        for use_id, version, starts_at, ends_at, room, layout, heads in session.execute(found)
    ]
    return Around(tuple(rooms), series_of_booking(session, booking_id))


def option_day(session: Session, today: date) -> date:
    """Return until when a provisional booking made today is kept, if nothing else is agreed."""
    return today + timedelta(days=setting(session, "option_days", int))
