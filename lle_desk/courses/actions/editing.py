"""An event changed or moved with its way back: its days, room, trainers and catering together."""

from dataclasses import replace
from functools import partial

from sqlalchemy.orm import Session

from lle_desk.core.undo import Record, Undoable, Way, versions_of
from lle_desk.courses.actions.programme import EditEvent, edit_event
from lle_desk.courses.actions.sessions import NewSession, sessions_of
from lle_desk.courses.models import Course, Event, EventSession
from lle_desk.courses.queries.breaking_even import materials_of
from lle_desk.rooms.models import RoomUse
from lle_desk.trainers.queries import session_trainers


def edit_event_with_way(session: Session, ask: EditEvent) -> Undoable[bool]:
    """Change an event as `edit_event` does, and return whether it can be taken back.

    A session that was struck out, added or taken to another venue has no way back: its room was
    given up, and somebody may have it by then.
    """
    was = event_as_asked(session, ask.event_id)
    event = session.get_one(Event, ask.event_id)
    title = session.get_one(Course, event.course_id).title
    records = [Record("event", event.id, event.code)]
    records += [Record("event_session", one.session_id or 0, event.code) for one in was.sessions]
    before = versions_of(session, records)
    edit_event(session, ask)
    session.flush()
    now = event_as_asked(session, ask.event_id)
    if _places_of(was) != _places_of(now):
        return Undoable(False, None)
    way = Way(
        f"Saved {title}, {event.code}",
        partial(_put, asked=was),
        partial(_put, asked=now),
        before,
        versions_of(session, records),
    )
    return Undoable(True, way)


def event_as_asked(session: Session, event_id: int) -> EditEvent:
    """Return an event as it would be asked for now, with the trainers each session holds."""
    event = session.get_one(Event, event_id)
    rows = sessions_of(session, event_id)
    held = session_trainers(session, [row.id for row in rows])
    return EditEvent(
        event_id=event.id,
        seen_version=event.version,
        sessions=tuple(
            _asked(
                row,
                tuple(one.trainer_id for one in held.get(row.id, ())),
                session.get(RoomUse, row.room_use_id) if row.room_use_id else None,
            )
            for row in rows
        ),
        capacity=event.capacity,
        minimum=event.minimum,
        decision_on=event.decision_on,
        budgeted=event.budgeted,
        arrival_words=event.arrival_words,
        notes=event.notes,
        materials=materials_of(session, event_id),
    )


def _asked(row: EventSession, trainer_ids: tuple[int, ...], use: RoomUse | None) -> NewSession:
    return NewSession(
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        outside_venue=row.outside_venue,
        trainer_names=row.trainer_names,
        session_id=row.id,
        seen_version=row.version,
        trainer_ids=trainer_ids,
        over_capacity_reason=use.over_capacity_reason if use is not None else "",
    )


def _places_of(asked: EditEvent) -> set[tuple[int | None, str]]:
    return {(one.session_id, one.outside_venue) for one in asked.sessions}


def _put(session: Session, asked: EditEvent) -> None:
    """Let the event be as asked; the versions are those it has by now."""
    now = event_as_asked(session, asked.event_id)
    seen = {one.session_id: one.seen_version for one in now.sessions}
    sessions = tuple(replace(one, seen_version=seen[one.session_id]) for one in asked.sessions)
    edit_event(session, replace(asked, seen_version=now.seen_version, sessions=sessions))
