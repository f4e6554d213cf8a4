"""The sessions of an event: checked, added, moved with their rooms and trainers, struck out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.changes import changed_meanwhile
from lle_desk.core.days import day_words, span_words
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.courses.actions.attending import forget_session
from lle_desk.courses.actions.clashes import check_still_free
from lle_desk.courses.actions.rooms import move_room, release_session_room
from lle_desk.courses.actions.telling import meetings_of, tell_of_move
from lle_desk.courses.actions.turns import Turn, put_in_turn
from lle_desk.courses.models import Course, Event, EventSession
from lle_desk.rooms.models import RoomUse
from lle_desk.trainers.actions import (
    free_session_times,
    keep_session_trainers,
    move_session_times,
    set_session_trainers,
)

explain(
    {
        "event_sessions_apart": (
            "Two sessions of the event are at the same time. Mend one of them.",
            "sessions",
        )
    }
)


@dataclass(frozen=True, slots=True)
class NewSession:
    """One meeting, [starts_at, ends_at) on one day.

    `session_id` and `seen_version` name one that is there, as the form showed it: the diary may
    move a session without its event. `trainer_names` are those outside our list; None for
    `trainer_ids` leaves the trainers it has. `over_capacity_reason` is why its room shall do all
    the same where it is too small or shut then.
    """

    starts_at: datetime
    ends_at: datetime
    outside_venue: str = ""
    trainer_names: str = ""
    session_id: int | None = None
    seen_version: int = 0
    trainer_ids: tuple[int, ...] | None = None
    over_capacity_reason: str = ""


def check_sessions(sessions: tuple[NewSession, ...]) -> None:
    """Refuse sessions that are none.

    Raises:
        OfficerError: there is none, one ends before it starts or on another day, or two overlap.
    """
    if not sessions:
        raise OfficerError("Give the event at least one session: its date and times.", "sessions")
    before: NewSession | None = None
    for new in sorted(sessions, key=lambda one: one.starts_at):
        if new.ends_at <= new.starts_at:
            raise OfficerError("A session ends after it starts. Mend its times.", "sessions")
        if new.ends_at.date() != new.starts_at.date():
            raise OfficerError(
                "A session ends on the day it starts. Add another session for the next day.",
                "sessions",
            )
        if before and new.starts_at < before.ends_at:
            raise OfficerError(
                f"Two sessions overlap on {day_words(new.starts_at.date())}: "
                f"{span_words(before.starts_at, before.ends_at)} and "
                f"{span_words(new.starts_at, new.ends_at)}. Mend one of them.",
                "sessions",
            )
        before = new


def sessions_of(session: Session, event_id: int) -> list[EventSession]:
    """Return the sessions of an event, by time."""
    found = select(EventSession).where(EventSession.event_id == event_id)
    return list(session.scalars(found.order_by(EventSession.starts_at)))


def session_row(event_id: int, new: NewSession) -> EventSession:
    """Return a new session, not yet written."""
    return EventSession(
        client_uuid=new_uuid(),
        event_id=event_id,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        outside_venue=clean_text(new.outside_venue),
        trainer_names=clean_text(new.trainer_names),
    )


def edit_sessions(session: Session, event: Event, wanted: tuple[NewSession, ...]) -> None:
    """Let the event have exactly these sessions; one that moves takes room and trainers along.

    Raises:
        OfficerError: a room is taken, a trainer busy, or a delegate on another event then.
        RecordChanged: a session was saved or struck out since it was opened.
    """
    check_still_free(session, event.id, [(one.starts_at, one.ends_at) for one in wanted])
    rows = {row.id: row for row in sessions_of(session, event.id)}
    before = meetings_of(session, event.id)
    kept = {new.session_id for new in wanted}
    free_session_times(session, [number for number in rows if number not in kept])
    for row in rows.values():
        if row.id not in kept:
            release_session_room(session, row, "The session was struck out")
            forget_session(session, row.id)
            session.delete(row)
    session.flush()  # what is struck out makes room first
    _take_out_moving(session, rows, wanted)
    saved = _edit_in_turn(session, rows, wanted)
    for new in wanted:
        if new.session_id is None:
            row = session_row(event.id, new)
            session.add(row)
            saved.append((row, new))
    session.flush()
    for row, new in saved:
        if new.trainer_ids is not None:
            keep_session_trainers(session, row.id, new.trainer_ids)
    move_session_times(session, [(row.id, row.starts_at, row.ends_at) for row, _ in saved])
    hold_trainers(session, session.get_one(Course, event.course_id), saved)
    tell_of_move(session, event.id, before)


def _take_out_moving(
    session: Session, rows: Mapping[int, EventSession], wanted: tuple[NewSession, ...]
) -> None:
    """Let go of the rooms that are about to move, since one may go where another was."""
    moving = []
    for new in wanted:
        row = rows.get(new.session_id or 0)
        if row is not None and (row.starts_at, row.ends_at) != (new.starts_at, new.ends_at):
            moving.append(row.room_use_id)
    uses = [session.get_one(RoomUse, use_id) for use_id in moving if use_id]
    if len(uses) > 1:
        for use in uses:
            use.holds_space = False
        session.flush()


def hold_trainers(
    session: Session, course: Course, saved: Iterable[tuple[EventSession, NewSession]]
) -> None:
    """Hold the trainers that each session names; None leaves it those it has."""
    for row, new in saved:
        if new.trainer_ids is not None:
            set_session_trainers(
                session, row.id, new.trainer_ids, row.starts_at, row.ends_at, course.title
            )


def _edit_in_turn(
    session: Session, rows: Mapping[int, EventSession], wanted: Sequence[NewSession]
) -> list[tuple[EventSession, NewSession]]:
    """Edit the sessions that are there, also those that change places."""
    edited = [(_seen_row(session, rows, new), new) for new in wanted if new.session_id is not None]
    turns = [
        Turn(row, new.starts_at, new.ends_at, partial(_edit_session, session, row, new))
        for row, new in edited
    ]
    put_in_turn(session, turns)
    return edited


def _seen_row(session: Session, rows: Mapping[int, EventSession], new: NewSession) -> EventSession:
    """Return a session as it was opened."""
    row = rows.get(new.session_id or 0)
    if row is None:
        raise RecordChanged("A session was struck out while you had this open. Open it again.")
    if row.version != new.seen_version:
        raise changed_meanwhile(session, "event", ("event_session", row.id))
    return row


def _edit_session(session: Session, row: EventSession, new: NewSession) -> None:
    venue = clean_text(new.outside_venue)
    if venue:
        release_session_room(session, row, f"The session moved to {venue}")
    moves = (row.starts_at, row.ends_at) != (new.starts_at, new.ends_at)
    row.starts_at, row.ends_at = new.starts_at, new.ends_at
    row.outside_venue = venue
    row.trainer_names = clean_text(new.trainer_names)
    session.flush()
    if moves:
        move_room(session, row, new.over_capacity_reason)
