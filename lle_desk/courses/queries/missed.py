"""Who attended only some of an event's sessions, as officers say it: "1 of 2 sessions"."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from lle_desk.core.days import london_today
from lle_desk.courses.models import EventSession, MissedSession, Place
from lle_desk.courses.rules import PlaceState


def missed_by_place(session: Session, event_id: int) -> dict[int, frozenset[int]]:
    """Return the sessions, by id, that each place of an event missed; only of who attended."""
    found: dict[int, set[int]] = {}
    for place_id, session_id in session.execute(
        select(MissedSession.place_id, MissedSession.event_session_id)
        .join(Place, Place.id == MissedSession.place_id)
        .where(Place.event_id == event_id)
    ):
        found.setdefault(place_id, set()).add(session_id)
    return {place_id: frozenset(missed) for place_id, missed in found.items()}


def in_part(session: Session, *places: ColumnElement[bool]) -> dict[int, str]:
    """Return "1 of 2 sessions" for each of these places that missed some; others attended all."""
    of_event = (
        select(func.count())
        .where(EventSession.event_id == Place.event_id)
        .correlate(Place)
        .scalar_subquery()
    )
    found = session.execute(
        select(Place.id, func.count(MissedSession.id), of_event)
        .join(MissedSession, MissedSession.place_id == Place.id)
        .where(*places)
        .group_by(Place.id, Place.event_id)
    )
    return {
        place_id: f"{sessions - missed} of {sessions} sessions"
        for place_id, missed, sessions in found
    }


def been_there(session: Session, event_ids: Iterable[int]) -> frozenset[int]:
    """Return the places of these events, by id, that were at a session already."""
    tomorrow = datetime.combine(london_today() + timedelta(days=1), time())
    missed = exists().where(
        MissedSession.place_id == Place.id, MissedSession.event_session_id == EventSession.id
    )
    there: set[int] = set()
    for event_id in event_ids:
        there.update(
            session.scalars(
                select(Place.id)
                .join(EventSession, EventSession.event_id == Place.event_id)
                .where(
                    Place.event_id == event_id,
                    Place.state == str(PlaceState.ATTENDED),
                    EventSession.starts_at < tomorrow,
                    ~missed,
                )
            )
        )
    return frozenset(there)
