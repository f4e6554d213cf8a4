"""Ticking off whom to tell of a decision, when a letter to all of them is on its way."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import now_utc
from lle_desk.core.db import acting
from lle_desk.courses.models import Telling
from lle_desk.courses.queries.telling import last_decision

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
