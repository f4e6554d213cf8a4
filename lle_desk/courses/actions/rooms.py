"""Rooms of sessions: given, taken away, moved along. The claims themselves are the diary's."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.courses.models import Course, Event, EventSession
from lle_desk.rooms.actions import (
    HoldRoom,
    MoveUse,
    ReleaseRoom,
    follow_moves,
    hold_room,
    move_use,
    release_room,
)
from lle_desk.rooms.models import RoomUse
from lle_desk.rooms.queries import use_version
from lle_desk.rooms.rules import Category
from lle_desk.trainers.actions import move_session_times

SOURCE = "course"


@dataclass(frozen=True, slots=True)
class SetSessionRoom:
    """Give a session a room, laid out so. `heads` None expects as many as the event holds."""

    client_uuid: str
    session_id: int
    seen_version: int
    space_id: int
    layout: str
    heads: int | None = None
    over_capacity_reason: str = ""


def set_session_room(session: Session, ask: SetSessionRoom) -> int:
    """Hold a room for a session, in place of the one it had, and return the room use's id.

    Raises:
        OfficerError: the room is taken or too small, and by whom or for how many.
        RecordChanged: the session was saved since it was opened.
    """
    known = session.scalar(select(RoomUse.id).where(RoomUse.client_uuid == ask.client_uuid))
    if known is not None:
        return known
    row = session.get_one(EventSession, ask.session_id)
    if row.version != ask.seen_version:
        raise RecordChanged("This session was changed while you had it open. Open it again.")
    if row.outside_venue:
        raise OfficerError(
            f"This session is at {row.outside_venue}. Clear the venue before giving it a room.",
            "outside_venue",
        )
    use = session.get(RoomUse, row.room_use_id) if row.room_use_id else None
    if use is not None and use.layout == ask.layout:
        move_use(session, _move(row, use, ask.space_id, ask.over_capacity_reason))
        return use.id
    release_session_room(session, row, "Another room was given")
    row.room_use_id = hold_room(session, _hold(session, row, ask))
    session.flush()
    return row.room_use_id


def clear_session_room(session: Session, session_id: int, seen_version: int) -> None:
    """Give a session's room back; the session is then without a room.

    Raises:
        RecordChanged: the session was saved since it was opened.
    """
    row = session.get_one(EventSession, session_id)
    if row.version != seen_version:
        raise RecordChanged("This session was changed while you had it open. Open it again.")
    release_session_room(session, row, "The session gave its room back")


def release_session_room(session: Session, row: EventSession, reason: str) -> None:
    """Free the room of a session, if it has one."""
    use_id = row.room_use_id
    if use_id is None:
        return
    row.room_use_id = None
    session.flush()
    release_room(
        session,
        ReleaseRoom(use_id=use_id, seen_version=use_version(session, use_id), reason=reason),
    )


def move_room(session: Session, row: EventSession) -> None:
    """Move the room of a session to the session's times.

    Raises:
        OfficerError: the room is taken then, and by whom.
    """
    use = session.get(RoomUse, row.room_use_id) if row.room_use_id else None
    if use is not None:
        with session.no_autoflush:  # not for a moment back where it was
            use.holds_space = True
            move_use(session, _move(row, use, use.space_id))
        session.flush()


def follow_room(
    session: Session,
    use_id: int,
    starts_at: datetime,
    ends_at: datetime,
    space_id: int | None,
) -> None:
    """Move the session whose room was moved in the diary, and its trainers with it.

    Raises:
        OfficerError: it would run into another session of its event, or a trainer is busy.
    """
    row = session.scalar(select(EventSession).where(EventSession.room_use_id == use_id))
    if row is None or (row.starts_at, row.ends_at) == (starts_at, ends_at):
        return
    meets = session.scalar(
        select(EventSession.id).where(
            EventSession.event_id == row.event_id,
            EventSession.id != row.id,
            EventSession.starts_at < ends_at,
            EventSession.ends_at > starts_at,
        )
    )
    if meets is not None:
        raise OfficerError("The event has another session at that time. Choose another time.")
    row.starts_at, row.ends_at = starts_at, ends_at
    session.flush()
    move_session_times(session, [(row.id, starts_at, ends_at)])


def _move(row: EventSession, use: RoomUse, space_id: int | None, reason: str = "") -> MoveUse:
    return MoveUse(
        use_id=use.id,
        seen_version=use.version,
        space_id=space_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        over_capacity_reason=reason,
    )


def _hold(session: Session, row: EventSession, ask: SetSessionRoom) -> HoldRoom:
    event = session.get_one(Event, row.event_id)
    course = session.get_one(Course, event.course_id)
    return HoldRoom(
        client_uuid=ask.client_uuid,
        space_id=ask.space_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        heads=ask.heads or event.capacity,
        layout=ask.layout,
        title=course.title,
        short_title=course.short_title,
        category=Category.SCHOOLS,
        over_capacity_reason=ask.over_capacity_reason,
        room_booking_id=_booking_of_siblings(session, row),
        source=SOURCE,
    )


def _booking_of_siblings(session: Session, row: EventSession) -> int | None:
    """Return the diary's booking of the event's other sessions: one event is one booking."""
    return session.scalar(
        select(RoomUse.room_booking_id)
        .join(EventSession, EventSession.room_use_id == RoomUse.id)
        .where(EventSession.event_id == row.event_id, RoomUse.holds_space)
        .limit(1)
    )


follow_moves(SOURCE, follow_room)
