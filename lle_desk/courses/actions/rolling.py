"""An event of this year made again in the next, with its rooms, trainers and prices."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions.costs import SetMaterials, set_materials
from lle_desk.courses.actions.own_prices import own_prices
from lle_desk.courses.actions.programme import AddEvent, add_event
from lle_desk.courses.actions.rooms import SetSessionRoom, set_session_room
from lle_desk.courses.actions.sessions import NewSession, sessions_of
from lle_desk.courses.models import Event, EventMaterials
from lle_desk.courses.rules import EventState
from lle_desk.rooms.models import RoomUse

AS_BEFORE = "Rolled forward: as the year before"


@dataclass(frozen=True, slots=True)
class RollSession:
    """One session to make: its time, and the room and trainers that the officer agreed to."""

    was_id: int
    starts_at: datetime
    ends_at: datetime
    space_id: int | None = None
    trainer_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RollForward:
    """Make an event again. `client_uuid` names the new one: the same again makes nothing."""

    client_uuid: str
    event_id: int
    seen_version: int
    sessions: tuple[RollSession, ...]
    state: str = EventState.PLANNED


@dataclass(frozen=True, slots=True)
class Rolled:
    """What was made; `is_new` is False when it was there already."""

    event_id: int
    code: str
    is_new: bool


def roll_forward(session: Session, ask: RollForward) -> Rolled:
    """Make the event with everything it needs, or nothing, and return what was made.

    Capacity, minimum, budget, arrival words, materials and prices of its own go along; the
    decision date keeps its distance from the first day.

    Raises:
        OfficerError: a room or a trainer was taken meanwhile.
        RecordChanged: the event of this year was saved since it was looked at.
    """
    there = session.scalars(select(Event).where(Event.client_uuid == ask.client_uuid)).first()
    if there is not None:
        return Rolled(there.id, there.code, is_new=False)
    event = session.get_one(Event, ask.event_id)
    if event.version != ask.seen_version:
        raise RecordChanged(f"{event.code} was changed since you looked. Look again.")
    old = {row.id: row for row in sessions_of(session, event.id)}
    if set(old) != {one.was_id for one in ask.sessions}:
        raise RecordChanged(f"The sessions of {event.code} were changed. Look again.")
    event_id = add_event(session, _asked(session, event, ask))
    made = sessions_of(session, event_id)
    planned = sorted(ask.sessions, key=lambda one: one.starts_at)
    for row, one in zip(made, planned, strict=True):
        if one.space_id is not None:
            use = session.get_one(RoomUse, old[one.was_id].room_use_id or 0)
            room = SetSessionRoom(
                client_uuid=new_uuid(),
                session_id=row.id,
                seen_version=row.version,
                space_id=one.space_id,
                layout=use.layout,
                heads=use.heads,
                over_capacity_reason=use.over_capacity_reason or _reason(use, one),
            )
            set_session_room(session, room)
    _take_materials(session, event.id, event_id)
    return Rolled(event_id, session.get_one(Event, event_id).code, is_new=True)


def _reason(use: RoomUse, one: RollSession) -> str:
    """Return why a room that is too small is kept; only this year's room is."""
    return AS_BEFORE if use.space_id == one.space_id else ""


def _asked(session: Session, event: Event, ask: RollForward) -> AddEvent:
    old = {row.id: row for row in sessions_of(session, event.id)}
    if not ask.sessions:
        raise OfficerError(f"{event.code} has no session, so there is nothing to roll forward.")
    sessions = tuple(
        NewSession(
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            outside_venue=old[one.was_id].outside_venue,
            trainer_names=old[one.was_id].trainer_names,
            trainer_ids=one.trainer_ids,
        )
        for one in ask.sessions
    )
    first = min(one.starts_at for one in ask.sessions).date()
    decision_on = event.decision_on
    if decision_on is not None and event.first_on is not None:
        decision_on = first - (event.first_on - decision_on)
    return AddEvent(
        client_uuid=ask.client_uuid,
        course_id=event.course_id,
        sessions=sessions,
        capacity=event.capacity,
        minimum=event.minimum,
        decision_on=decision_on,
        budgeted=event.budgeted,
        prices=own_prices(session, event),
        arrival_words=event.arrival_words,
        state=ask.state,
        is_demo=event.is_demo,
    )


def _take_materials(session: Session, old_id: int, new_id: int) -> None:
    words = session.scalar(select(EventMaterials.words).where(EventMaterials.event_id == old_id))
    if words:
        set_materials(session, SetMaterials(new_id, words))
