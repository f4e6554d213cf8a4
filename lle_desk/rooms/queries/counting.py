"""The list that heads are entered down: who used a room, how many were expected, who came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from lle_desk.rooms.models import RoomBooking, RoomUse, Space

MOST = 200


@dataclass(frozen=True, slots=True)
class HeadsRow:
    """One use of a room that is over or under way; `counted` None: nobody entered a count."""

    use_id: int
    version: int
    number: int
    room: str
    starts_at: datetime
    ends_at: datetime
    title: str
    category: str
    expected: int
    is_estimate: bool
    source: str
    counted: int | None


_ROWS: Select[*tuple[Any, ...]] = (
    select(
        RoomUse.id,
        RoomUse.version,
        RoomBooking.number,
        Space.name,
        RoomUse.starts_at,
        RoomUse.ends_at,
        RoomBooking.title,
        RoomBooking.category,
        RoomUse.heads,
        RoomUse.is_estimate,
        RoomBooking.source,
        RoomUse.actual_heads,
    )
    .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
    .join(Space, Space.id == RoomUse.space_id)
    .where(RoomUse.holds_space)
)


def heads_of_day(session: Session, site_id: int, day: date, until: datetime) -> list[HeadsRow]:
    """Return what began at a site on `day` and before `until`, by time and room."""
    begins = datetime.combine(day, time())
    found = (
        _ROWS.where(Space.site_id == site_id)
        .where(RoomUse.starts_at >= begins)
        .where(RoomUse.starts_at < min(begins + timedelta(days=1), until))
        .order_by(RoomUse.starts_at, Space.sort_order, Space.name)
    )
    return [HeadsRow(*row) for row in session.execute(found)]


def heads_missing(
    session: Session, site_id: int, until: datetime, also: Sequence[int] = (), most: int = MOST
) -> list[HeadsRow]:
    """Return the latest `most` uses before `until` without a count, oldest first.

    `also` are uses that stay in the list although they were counted: just now, by this officer.
    """
    found = (
        _ROWS.where(Space.site_id == site_id, RoomUse.starts_at < until)
        .where(or_(RoomUse.actual_heads.is_(None), RoomUse.id.in_(also)))
        .order_by(RoomUse.starts_at.desc(), Space.sort_order.desc(), Space.name.desc())
        .limit(most + len(also))
    )
    rows = [HeadsRow(*row) for row in session.execute(found)]
    return rows[::-1]
