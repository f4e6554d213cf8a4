"""Uses of rooms with the heads that count, read once for every figure of the footfall."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from lle_desk.courses.models import EventSession, MissedSession, Place
from lle_desk.courses.rules import PlaceState
from lle_desk.reports.rules import CountedUse, FootfallRow, footfall_rows, heads_of
from lle_desk.rooms.models import RoomBooking, RoomUse, Site, Space
from lle_desk.rooms.rules import Category, Status

WOODLANDS = "WDL"
LONGEST_USE = timedelta(days=31)  # no use of a room is longer: the database refuses it
REGISTERED = (PlaceState.ATTENDED.value, PlaceState.ABSENT.value)


def footfall(
    session: Session, first: date, last: date, site_code: str = WOODLANDS
) -> list[FootfallRow]:
    """Return bookings and people of a site on the days `first` to `last`, by category."""
    uses = counted_uses(session, first, last, site_code)
    return footfall_rows(uses, tuple(Category), first, last)


def counted_uses(
    session: Session, first: date, last: date, site_code: str = WOODLANDS
) -> list[CountedUse]:
    """Return the uses of a site's rooms that touch the days `first` to `last`.

    Cancelled bookings, enquiries and what waits for a room count nothing; a joined space counts
    once. A booking on both sides of a year's end is a booking of both years.
    """
    begins = datetime.combine(first, time())
    ends = datetime.combine(last + timedelta(days=1), time())
    registers = _registers(session, begins, ends)
    found = (
        select(
            RoomUse.id,
            RoomUse.room_booking_id,
            RoomBooking.category,
            Space.id,
            RoomUse.starts_at,
            RoomUse.ends_at,
            RoomUse.actual_heads,
            RoomUse.heads,
        )
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .join(Space, Space.id == RoomUse.space_id)
        .join(Site, Site.id == Space.site_id)
        .where(
            Site.code == site_code,
            RoomUse.holds_space,
            RoomBooking.status != Status.CANCELLED,
            *within(begins, ends),
        )
    )
    return [
        CountedUse(
            use,
            booking,
            category,
            space,
            starts,
            ends,
            *heads_of(actual, registers.get(use), heads),
        )
        for use, booking, category, space, starts, ends, actual, heads in session.execute(found)
    ]


def within(begins: datetime, ends: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for uses that touch [begins, ends)."""
    return (
        RoomUse.starts_at < ends,
        RoomUse.ends_at > begins,
        RoomUse.starts_at > begins - LONGEST_USE,  # so that the index is used
    )


def counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return how many rows of a group fulfil the condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _registers(session: Session, begins: datetime, ends: datetime) -> dict[int, int]:
    """Return who came to each room use whose course kept a register.

    Those are the attended places, less those that missed the session.
    """
    kept = (
        select(RoomUse.id, counted(Place.state == PlaceState.ATTENDED.value))
        .join(EventSession, EventSession.room_use_id == RoomUse.id)
        .join(Place, Place.event_id == EventSession.event_id)
        .where(Place.state.in_(REGISTERED), RoomUse.actual_heads.is_(None), *within(begins, ends))
        .group_by(RoomUse.id)
    )
    missed = (
        select(RoomUse.id, func.count())
        .join(EventSession, EventSession.room_use_id == RoomUse.id)
        .join(MissedSession, MissedSession.event_session_id == EventSession.id)
        .where(*within(begins, ends))
        .group_by(RoomUse.id)
    )
    away: dict[int, int] = dict(session.execute(missed).all())
    return {use: came - away.get(use, 0) for use, came in session.execute(kept)}
