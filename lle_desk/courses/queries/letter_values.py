"""What every letter of the courses names: the event, the people, our office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import span_words
from lle_desk.courses.models import Course, Event
from lle_desk.courses.papers import SessionRow
from lle_desk.courses.queries import events
from lle_desk.courses.queries.breaking_even import materials_of
from lle_desk.courses.rules import EventState, counted_in_words, days_words, in_words, joined
from lle_desk.customers.models import Person
from lle_desk.officers.models import Officer
from lle_desk.paper.sender import Sender

NO_PLACE = "We will tell you"


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event as letters tell of it; `sessions` are the rows of its table."""

    title: str
    code: str
    state: str
    days: tuple[date, ...]
    words: str  # "two days · both days together make one place"
    place_heading: str
    sessions: tuple[SessionRow, ...]
    arrival: str
    materials: str

    @property
    def times(self) -> str:
        """The hours, when they are the same on all days."""
        spans = list(dict.fromkeys(row.times for row in self.sessions))
        return spans[0] if len(spans) == 1 else "at the times below"

    @property
    def rooms(self) -> str:
        """Where it is."""
        return joined(list(dict.fromkeys(row.place for row in self.sessions))) or NO_PLACE


def event_facts(session: Session, event_id: int) -> EventFacts:
    """Return what letters say of an event."""
    event, title = session.execute(
        select(Event, Course.title)
        .join(Course, Course.id == Event.course_id)
        .where(Event.id == event_id)
    ).one()
    read = events.sessions_of(session, event_id)
    days = tuple(sorted({row.starts_at.date() for row in read}))
    return EventFacts(
        title=title,
        code=event.code,
        state=event.state,
        days=days,
        words=_days_words(len(days)),
        place_heading="At Woodlands" if any(row.room for row in read) else "Place",
        sessions=_session_rows(read, days, event),
        arrival=event.arrival_words,
        materials=" ".join(materials_of(session, event_id).split()).rstrip("."),
    )


def person_name(session: Session, person_id: int | None) -> str:
    """Return a person's name, "" for nobody."""
    person = session.get(Person, person_id) if person_id else None
    return f"{person.given_name} {person.family_name}".strip() if person else ""


def officer_name(session: Session, login: str) -> str:
    """Return an officer's name, else the login."""
    return session.scalar(select(Officer.name).where(Officer.login == login)) or login


def common_values(
    event: EventFacts, sender: Sender, *, contact: str, customer: str, booking: str, places: int
) -> dict[str, str]:
    """Return the fields that every kind of letter knows."""
    return {
        "contact": contact or "Colleague",
        "customer": customer,
        "course": event.title,
        "code": event.code,
        "days": days_words(event.days) or "a day that we will tell you",
        "times": event.times if event.sessions else "",
        "room": event.rooms,
        "arrive": event.arrival or "in good time",
        "booking": booking,
        "places": counted_in_words(places, "place"),
        "office_telephone": sender.telephone,
        "office_email": sender.email,
        "materials": event.materials or "nothing in particular",
    }


def _days_words(days: int) -> str:
    if days < 2:
        return ""
    each = "both days" if days == 2 else f"all {in_words(days)} days"
    return f"{in_words(days)} days · {each} together make one place"


def _session_rows(
    sessions: Sequence[events.SessionRow], days: Sequence[date], event: Event
) -> tuple[SessionRow, ...]:
    nowhere = "" if event.state == EventState.CANCELLED else NO_PLACE  # its rooms are free again
    return tuple(
        SessionRow(
            day_name=f"Day {days.index(row.starts_at.date()) + 1}" if len(days) > 1 else "",
            on=row.starts_at.date(),
            times=span_words(row.starts_at, row.ends_at),
            place=row.room or row.outside_venue or nowhere,
            arrive=event.arrival_words,
        )
        for row in sessions
    )
