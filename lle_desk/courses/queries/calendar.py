"""The programme by days: each session on its day, with how full its event is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from lle_desk.core.days import span_words
from lle_desk.courses.models import Course, Event, EventSession
from lle_desk.courses.queries.events import EventFilter, conditions
from lle_desk.courses.rules import EventState
from lle_desk.officers.models import Service


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One session in the calendar."""

    event_id: int
    session_id: int
    starts_at: datetime
    ends_at: datetime
    code: str
    title: str
    short_title: str
    service_code: str
    state: str
    held: int
    waiting: int
    capacity: int
    minimum: int

    @property
    def day(self) -> date:
        return self.starts_at.date()

    @property
    def is_off(self) -> bool:
        return self.state == EventState.CANCELLED

    @property
    def short(self) -> str:
        return self.short_title or self.title

    @property
    def words(self) -> str:
        """All of it in a sentence, for a tooltip and a screen reader."""
        times = span_words(self.starts_at, self.ends_at)
        full = f"{self.held} of {self.capacity} booked"
        waiting = f", {self.waiting} waiting" if self.waiting else ""
        return f"{times} {self.title}, {self.code}: {full}{waiting}, {self.state}"


def session_days(session: Session, ask: EventFilter) -> list[DayEntry]:
    """Return every session of the days asked for, by time; the filters are the list's."""
    start = datetime.combine(ask.first, time())
    end = datetime.combine(ask.last, time()) + timedelta(days=1)
    found = (
        select(
            Event.id,
            EventSession.id,
            EventSession.starts_at,
            EventSession.ends_at,
            Event.code,
            Course.title,
            Course.short_title,
            Service.code,
            Event.state,
            Event.places_held,
            Event.places_waiting,
            Event.capacity,
            Event.minimum,
        )
        .join(Course, Course.id == Event.course_id)
        .join(Service, Service.id == Course.service_id)
        .join(
            EventSession,
            and_(
                EventSession.event_id == Event.id,
                EventSession.starts_at >= start,
                EventSession.starts_at < end,
            ),
        )
        .where(*conditions(ask))
        .order_by(EventSession.starts_at, Event.code)
    )
    rows: list[Any] = list(session.execute(found))
    return [DayEntry(*row) for row in rows]
