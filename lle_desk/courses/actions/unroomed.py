"""Sessions that have no room yet: an allocation of rooms finds them here and gives them theirs."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from lle_desk.core.records import new_uuid
from lle_desk.courses.actions.rooms import SOURCE, SetSessionRoom, set_session_room
from lle_desk.courses.models import Course, Event, EventSession
from lle_desk.courses.rules import EventState
from lle_desk.rooms.models import RoomUse
from lle_desk.rooms.rules import Layout
from lle_desk.rooms.rules.allocation import UseToPlace

RUNNING = (EventState.PLANNED, EventState.OPEN, EventState.CONFIRMED)


def sessions_without_room(session: Session, first: date, last: date) -> Sequence[UseToPlace]:
    """Return the sessions of those days with neither room nor venue, laid out as their siblings.

    They expect as many as the event holds. Sessions of one event share a party: the booking
    of those that have rooms, else a number below 0 that no booking has.
    """
    start, end = datetime.combine(first, time()), datetime.combine(last, time())
    found = (
        select(
            EventSession.id,
            EventSession.version,
            EventSession.starts_at,
            EventSession.ends_at,
            Event.id,
            Event.capacity,
            Course.title,
        )
        .join(Event, Event.id == EventSession.event_id)
        .join(Course, Course.id == Event.course_id)
        .where(
            EventSession.room_use_id.is_(None),
            EventSession.outside_venue == "",
            EventSession.starts_at >= start,
            EventSession.starts_at < end + timedelta(days=1),
            Event.state.in_([str(state) for state in RUNNING]),
        )
        .order_by(EventSession.starts_at, EventSession.id)
    )
    rows = session.execute(found).all()
    siblings = {row[0]: (row[1], row[2]) for row in session.execute(_siblings(start, end))}
    made = []
    for number, version, starts_at, ends_at, event_id, capacity, title in rows:
        booking_id, layout = siblings.get(event_id, (-event_id, str(Layout.CLASSROOM)))
        made.append(
            UseToPlace(
                id=number,
                version=version,
                party=booking_id,
                number=0,
                title=title,
                starts_at=starts_at,
                ends_at=ends_at,
                reserved_from=starts_at,
                reserved_to=ends_at,
                heads=max(1, capacity),
                layout=layout,
                wanted_by=SOURCE,
            )
        )
    return made


def give_session_room(session: Session, use: UseToPlace, space_id: int) -> None:
    """Hold the room for the session that `sessions_without_room` named.

    Raises:
        RecordChanged: the session was saved since.
        OfficerError: the room is taken.
    """
    ask = SetSessionRoom(new_uuid(), use.id, use.version, space_id, use.layout)
    set_session_room(session, ask)


def _siblings(start: datetime, end: datetime) -> Select[*tuple[Any, ...]]:
    """Return the booking and layout of the latest room of each event that has sessions then."""
    then = aliased(EventSession)
    events = select(then.event_id).where(
        then.room_use_id.is_(None),
        then.starts_at >= start,
        then.starts_at < end + timedelta(days=1),
    )
    return (
        select(EventSession.event_id, RoomUse.room_booking_id, RoomUse.layout)
        .join(RoomUse, RoomUse.id == EventSession.room_use_id)
        .where(EventSession.event_id.in_(events), RoomUse.holds_space)
        .order_by(RoomUse.starts_at, RoomUse.id)
    )
