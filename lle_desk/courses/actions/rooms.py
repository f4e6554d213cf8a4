"""Rooms of sessions: given, taken away, moved along. The claims themselves are the diary's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import short_day, span_words
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.ready import known_id
from lle_desk.core.undo import Lead, lead_to
from lle_desk.courses.actions.clashes import check_still_free
from lle_desk.courses.actions.following import days_of, follow_days
from lle_desk.courses.actions.telling import Meeting, meetings_of, tell_of_move
from lle_desk.courses.actions.turns import Turn, put_in_turn
from lle_desk.courses.models import Course, Event, EventSession
from lle_desk.courses.rules import counted
from lle_desk.rooms.actions import (
    HoldRoom,
    MoveUse,
    ReleaseRoom,
    follow_moves,
    hold_room,
    move_use,
    release_room,
)
from lle_desk.rooms.actions.moving import Moved, Stand
from lle_desk.rooms.models import RoomUse
from lle_desk.rooms.queries import use_version
from lle_desk.rooms.rules import Category
from lle_desk.trainers.actions import move_session_times

SOURCE = "course"
TELLING = "event_telling"  # opens whom to tell of an event
AT_ONCE = 500  # numbers in one question


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
    known = known_id(session, RoomUse, ask.client_uuid)
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
    before = meetings_of(session, row.event_id)
    release_session_room(session, row, "Another room was given")
    row.room_use_id = hold_room(session, _hold(session, row, ask))
    session.flush()
    _tell(session, row.event_id, before)
    return row.room_use_id


def clear_session_room(session: Session, session_id: int, seen_version: int) -> None:
    """Give a session's room back; the session is then without a room.

    Raises:
        RecordChanged: the session was saved since it was opened.
    """
    row = session.get_one(EventSession, session_id)
    if row.version != seen_version:
        raise RecordChanged("This session was changed while you had it open. Open it again.")
    before = meetings_of(session, row.event_id)
    release_session_room(session, row, "The session gave its room back")
    _tell(session, row.event_id, before)


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


def move_room(session: Session, row: EventSession, reason: str = "") -> None:
    """Move the room of a session to the session's times; `reason` if it is too small or shut.

    Raises:
        OfficerError: the room is taken then, and by whom.
    """
    use = session.get(RoomUse, row.room_use_id) if row.room_use_id else None
    if use is not None:
        with session.no_autoflush:  # not for a moment back where it was
            use.holds_space = True
            move_use(session, _move(row, use, use.space_id, reason))
        session.flush()


def follow_rooms(session: Session, moves: Sequence[Moved]) -> None:
    """Move the sessions whose rooms were moved in the diary, with trainers and agreements.

    Whom to tell of it is listed, as after a move in the event's own form.

    Raises:
        OfficerError: one would run into another session of its event, a trainer is busy, or a
            delegate is on another event then.
    """
    moved = {one.use_id: one for one in moves}
    of_event: dict[int, list[EventSession]] = {}
    numbers = list(moved)
    for first in range(0, len(numbers), AT_ONCE):
        some = EventSession.room_use_id.in_(numbers[first : first + AT_ONCE])
        for row in session.scalars(select(EventSession).where(some)):
            one = moved[row.room_use_id or 0]
            is_there = (row.starts_at, row.ends_at) == (one.now.starts_at, one.now.ends_at)
            if not is_there or one.was.space_id != one.now.space_id:
                of_event.setdefault(row.event_id, []).append(row)
    told = [_follow(session, number, of_event[number], moved) for number in of_event]
    _lead(session, [number for number, count in zip(of_event, told, strict=True) if count], told)


def _follow(
    session: Session,
    event_id: int,
    rows: Sequence[EventSession],
    moved: Mapping[int, Moved],
) -> int:
    """Move sessions of one event, and return how many bookings are to be told."""
    before = meetings_of(session, event_id, {use: one.was.space_id for use, one in moved.items()})
    goes = {row.id: moved[row.room_use_id or 0].now for row in rows}
    others = [row for row in rows if (row.starts_at, row.ends_at) != _span(goes[row.id])]
    if others:
        event = session.get_one(Event, event_id)
        _refuse_meeting(session, event, goes)
        check_still_free(session, event_id, [_span(goes[row.id]) for row in others])
        put_in_turn(
            session,
            [
                Turn(row, *_span(goes[row.id]), partial(_put, session, row, goes[row.id]))
                for row in others
            ],
        )
        move_session_times(session, [(row.id, row.starts_at, row.ends_at) for row in others])
        if [one.starts_at.date() for one in before] != days_of(session, event_id):
            follow_days(session, event)
    return tell_of_move(session, event_id, before)


def _refuse_meeting(session: Session, event: Event, goes: Mapping[int, Stand]) -> None:
    """Refuse a time at which the event has another session, one that stays where it is.

    Raises:
        OfficerError: which one it is, and what can be done.
    """
    stays = select(EventSession).where(
        EventSession.event_id == event.id, EventSession.id.not_in(list(goes))
    )
    for row in session.scalars(stays):
        if any(
            row.starts_at < one.ends_at and row.ends_at > one.starts_at for one in goes.values()
        ):
            title = session.get_one(Course, event.course_id).title
            when = f"{short_day(row.starts_at.date())} {span_words(row.starts_at, row.ends_at)}"
            raise OfficerError(
                f"“{title}”, {event.code}, has another session then, {when}. Swap the two,"
                " choose another time, or move all its days at once in Courses.",
                "starts_at",
            )


def _put(session: Session, row: EventSession, to: Stand) -> None:
    row.starts_at, row.ends_at = to.starts_at, to.ends_at
    session.flush()


def _span(one: Stand) -> tuple[datetime, datetime]:
    return one.starts_at, one.ends_at


def _tell(session: Session, event_id: int, before: Sequence[Meeting]) -> None:
    count = tell_of_move(session, event_id, before)
    _lead(session, [event_id] if count else [], [count])


def _lead(session: Session, events: Sequence[int], told: Sequence[int]) -> None:
    """Lead whoever moved them on to whom to tell."""
    count = sum(told)
    if len(events) == 1:
        are = "is" if count == 1 else "are"
        said = f"{counted(count, 'booking')} {are} to be told."
        lead_to(session, Lead(said, "Whom to tell", TELLING, events[0]))
    elif events:
        words = f"{counted(count, 'booking')} of {counted(len(events), 'event')}"
        lead_to(session, Lead(f"{words} are to be told; each event has its list."))


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


follow_moves(SOURCE, follow_rooms)
