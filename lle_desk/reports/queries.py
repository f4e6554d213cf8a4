"""What the reports read: uses of rooms, events and places, in plain queries over the records."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from lle_desk.courses.models import Course, Event, EventSession, Place
from lle_desk.courses.rules import PlaceState
from lle_desk.officers.models import Service
from lle_desk.reports.rules import (
    LPDS,
    CountedUse,
    CourseFigure,
    FootfallRow,
    footfall_rows,
    heads_of,
)
from lle_desk.rooms.models import RoomBooking, RoomUse, Site, Space
from lle_desk.rooms.rules import Category, Status

WOODLANDS = "WDL"
LONGEST_USE = timedelta(days=31)  # no use of a room is longer: the database refuses it
REGISTERED = (PlaceState.ATTENDED.value, PlaceState.ABSENT.value)


def footfall(
    session: Session, first: date, last: date, site_code: str = WOODLANDS
) -> list[FootfallRow]:
    """Return bookings and people of a site on the days `first` to `last`, by category.

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
            *_within(begins, ends),
        )
    )
    uses = (
        CountedUse(booking, category, starts, until, *heads_of(actual, registers.get(use), heads))
        for use, booking, category, starts, until, actual, heads in session.execute(found)
    )
    return footfall_rows(uses, tuple(Category), first, last)


def course_figures(session: Session, first: date, last: date) -> list[CourseFigure]:
    """Return the courses report of the events that begin on the days `first` to `last`.

    A booking is a place that is held: booked, attended or not attended. An event counts as
    planned whatever became of it. Consultancies have no records yet, so no rows here.
    """
    lpds = Service.code == LPDS
    attended = Place.state == PlaceState.ATTENDED.value
    in_time = Event.first_on.between(first, last)
    places = session.execute(
        select(func.count(Place.id), _counted(attended), _counted(attended & lpds))
        .join(Event, Event.id == Place.event_id)
        .join(Course, Course.id == Event.course_id)
        .join(Service, Service.id == Course.service_id)
        .where(in_time, Place.holds_place)
    ).one()
    events = session.execute(
        select(func.count(Event.id), _counted(lpds))
        .join(Course, Course.id == Event.course_id)
        .join(Service, Service.id == Course.service_id)
        .where(in_time)
    ).one()
    return [
        CourseFigure("Total course bookings (all groups)", places[0]),
        CourseFigure("Total course attendance (all groups)", places[1]),
        CourseFigure("Total course attendance (LPDS only)", places[2]),
        CourseFigure("Total events planned (all groups)", events[0]),
        CourseFigure("Number of events planned (LPDS only)", events[1]),
    ]


def _registers(session: Session, begins: datetime, ends: datetime) -> dict[int, int]:
    """Return the attended places of each room use whose course kept a register."""
    kept = (
        select(RoomUse.id, _counted(Place.state == PlaceState.ATTENDED.value))
        .join(EventSession, EventSession.room_use_id == RoomUse.id)
        .join(Place, Place.event_id == EventSession.event_id)
        .where(Place.state.in_(REGISTERED), *_within(begins, ends))
        .group_by(RoomUse.id)
    )
    return dict(session.execute(kept).all())


def _within(begins: datetime, ends: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        RoomUse.starts_at < ends,
        RoomUse.ends_at > begins,
        RoomUse.starts_at > begins - LONGEST_USE,  # so that the index is used
    )


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
