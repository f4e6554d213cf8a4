"""Whom to tell that an event has moved, and ticking off those to whom a letter is on its way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import now_utc
from lle_desk.core.db import acting
from lle_desk.core.records import new_uuid
from lle_desk.courses.models import EventDecision, Telling
from lle_desk.courses.queries.telling import last_decision, people_concerned
from lle_desk.courses.rules import MOVED, days_words

AT_ONCE = 500  # ids in one question


@dataclass(frozen=True, slots=True)
class TickBookings:
    """Bookings of these events that were told of what was decided last."""

    event_ids: tuple[int, ...]
    booking_ids: tuple[int, ...]


def tick_bookings(session: Session, ask: TickBookings) -> int:
    """Keep that bookings were told, and return of how many nobody had said so."""
    found = (last_decision(session, event_id) for event_id in ask.event_ids)
    decisions = [decision.id for decision in found if decision is not None]
    now, officer = now_utc(), acting(session).officer[:60]
    count = 0
    for at in range(0, len(ask.booking_ids), AT_ONCE):
        for row in session.scalars(
            select(Telling).where(
                Telling.event_decision_id.in_(decisions),
                Telling.course_booking_id.in_(ask.booking_ids[at : at + AT_ONCE]),
                Telling.told_at.is_(None),
            )
        ):
            row.told_at, row.told_by = now, officer
            count += 1
    session.flush()
    return count


def record_move(session: Session, event_id: int, was: Iterable[datetime]) -> None:
    """List whom to tell that an event is not when it `was`: nobody booked, nothing is listed."""
    people = people_concerned(session, event_id)
    if not people:
        return
    decision = EventDecision(
        client_uuid=new_uuid(),
        event_id=event_id,
        decided=MOVED,
        reason=f"It was {days_words(one.date() for one in was)}"[:200].strip(),
        decided_by=acting(session).officer[:60],
        decided_at=now_utc(),
    )
    session.add(decision)
    session.flush()
    session.add_all(
        Telling(
            client_uuid=new_uuid(),
            event_decision_id=decision.id,
            course_booking_id=person.booking_id,
            places=person.places,
            waiting=person.waiting,
            struck_out=0,
            credited=0,
        )
        for person in people
    )
    session.flush()
