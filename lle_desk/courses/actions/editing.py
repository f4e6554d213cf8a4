"""An event changed or moved with its way back: its days, room, trainers and catering together."""

from dataclasses import replace
from functools import partial

from sqlalchemy.orm import Session

from lle_desk.core.undo import Record, Undoable, Way, versions_of
from lle_desk.courses.actions.own_prices import own_prices
from lle_desk.courses.actions.programme import EditEvent, edit_event
from lle_desk.courses.actions.sessions import NewSession, sessions_of
from lle_desk.courses.models import Course, Event, EventSession
from lle_desk.courses.queries.breaking_even import materials_of
from lle_desk.courses.rules import keep_words
from lle_desk.rooms.models import RoomUse
from lle_desk.trainers.queries import session_trainers


def edit_event_with_way(session: Session, ask: EditEvent) -> Undoable[bool]:
    """Change an event as `edit_event` does, and return whether it can be taken back.

    A session that was struck out, added or taken to another venue has no way back: its room was
    given up, and somebody may have it by then.
    """
    was = event_as_asked(session, ask.event_id)
    event = session.get_one(Event, ask.event_id)
    title, sold_as = session.get_one(Course, event.course_id).title, event.offer_id
    records = [Record("event", event.id, event.code)]
    records += [Record("event_session", one.session_id or 0, event.code) for one in was.sessions]
    before = versions_of(session, records)
    edit_event(session, ask)
    session.flush()
    now = event_as_asked(session, ask.event_id)
    if _places_of(was) != _places_of(now):
        return Undoable(False, None)
    way = Way(
        f"Saved {title}, {event.code}{_price_words(session, event, sold_as)}",
        partial(_put, asked=was, sold_as=sold_as),
        partial(_put, asked=now, sold_as=event.offer_id),
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


def _price_words(session: Session, event: Event, sold_as: int) -> str:
    """Return ", with prices of its own; 6 places booked before keep theirs", "" as it was."""
    if event.offer_id == sold_as:
        return ""
    whose = "prices of its own" if own_prices(session, event) else "the course's prices"
    return f", with {whose}{keep_words(event.places_held)}"


def _put(session: Session, asked: EditEvent, sold_as: int) -> None:
    """Let the event be as asked, at that offer's prices; the versions are those of by now."""
    now = event_as_asked(session, asked.event_id)
    seen = {one.session_id: one.seen_version for one in now.sessions}
    sessions = tuple(replace(one, seen_version=seen[one.session_id]) for one in asked.sessions)
    edit_event(session, replace(asked, seen_version=now.seen_version, sessions=sessions))
    session.get_one(Event, asked.event_id).offer_id = sold_as
