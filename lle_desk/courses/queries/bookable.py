"""Events that can be booked, found by what the caller says: a fragment, a code or a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import short_day, span_words
from lle_desk.courses.models import Course, Event
from lle_desk.courses.queries.events import SessionRow, sessions_by_event
from lle_desk.courses.rules import BOOKABLE, counted, day_typed, days_words, joined


@dataclass(frozen=True, slots=True)
class BookableEvent:
    """An event to choose in the booking form, with what to read out to the caller."""

    event_id: int
    code: str
    title: str
    capacity: int
    minimum: int
    held: int
    waiting: int
    sessions: tuple[SessionRow, ...]

    @property
    def free(self) -> int:
        return self.capacity - self.held

    @property
    def days(self) -> str:
        return days_words(row.starts_at.date() for row in self.sessions)

    @property
    def when_and_where(self) -> str:
        """Return "Thu 13 and Thu 27 Mar 2014, 09:30–15:30, Elm"."""
        if not self.sessions:
            return "no day yet"
        times = span_words(self.sessions[0].starts_at, self.sessions[0].ends_at)
        venues = joined(list(dict.fromkeys(row.venue for row in self.sessions)))
        return f"{self.days}, {times}, {venues}"

    @property
    def detail(self) -> str:
        """Return what tells it from its likes in a list: day, code and places left."""
        on = short_day(self.sessions[0].starts_at.date()) if self.sessions else "no day yet"
        left = "full" if self.free <= 0 else f"{counted(self.free, 'place')} left"
        return f"{on} · {self.code} · {left}"


def bookable_events(
    session: Session, typed: str, today: date, most: int = 20
) -> list[BookableEvent]:
    """Return the coming events that fit what was typed, the soonest first.

    A day ("13 mar", "13/3") finds the events in progress on it, other words those that hold
    each of them in title or code; nothing typed finds the next ones.
    """
    found = (
        select(
            Event.id,
            Event.code,
            Course.title,
            Event.capacity,
            Event.minimum,
            Event.places_held,
            Event.places_waiting,
        )
        .join(Course, Course.id == Event.course_id)
        .where(Event.state.in_([str(state) for state in BOOKABLE]))
        .order_by(Event.first_on, Event.code)
        .limit(most)
    )
    day = day_typed(typed, today)
    if day is not None:
        found = found.where(Event.first_on <= day, Event.last_on >= day)
    else:
        found = found.where(Event.last_on >= today)
        for word in typed.split():
            found = found.where((Course.title + " " + Event.code).icontains(word, autoescape=True))
    heads = session.execute(found).all()
    sessions = sessions_by_event(session, [head.id for head in heads])
    return [BookableEvent(*head, sessions=tuple(sessions.get(head.id, ()))) for head in heads]


def bookable_event(session: Session, event_id: int) -> BookableEvent | None:
    """Return one event as the form shows it, whether it can be booked or not."""
    head = session.execute(
        select(
            Event.id,
            Event.code,
            Course.title,
            Event.capacity,
            Event.minimum,
            Event.places_held,
            Event.places_waiting,
        )
        .join(Course, Course.id == Event.course_id)
        .where(Event.id == event_id)
    ).first()
    if head is None:
        return None
    sessions = sessions_by_event(session, [event_id]).get(event_id, [])
    return BookableEvent(*head, sessions=tuple(sessions))
