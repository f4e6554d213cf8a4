"""Events that can be booked, found by what the caller says: a fragment, a code or a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from lle_desk.core.day_typed import day_typed
from lle_desk.core.days import london_time, now_utc, short_day, span_words
from lle_desk.courses.models import Course, CourseBooking, Event, WaitingParty
from lle_desk.courses.queries.events import SessionRow, sessions_by_event
from lle_desk.courses.rules import (
    BOOKABLE,
    booking_words,
    counted,
    days_words,
    full_words,
    joined,
)


@dataclass(frozen=True, slots=True)
class StandingOffer:
    """Free places that are offered to a party that waits, until then on the office's clock."""

    booking: str
    places: int
    until: datetime

    @property
    def words(self) -> str:
        """Return "1 offered to B-00031 until Wed 26 Nov 12:00"."""
        until = f"{short_day(self.until.date())} {self.until:%H:%M}"
        return f"{self.places} offered to {self.booking} until {until}"


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
    offers: tuple[StandingOffer, ...] = ()

    @property
    def offered(self) -> int:
        return sum(offer.places for offer in self.offers)

    @property
    def free(self) -> int:
        """Return how many can be booked: what is offered to who waits is theirs."""
        return max(0, self.capacity - self.held - self.offered)

    @property
    def left_words(self) -> str:
        """Return "2 places free, 1 offered to B-00031 until Wed 26 Nov 12:00"."""
        free = f"{counted(self.free, 'place')} free" if self.free or self.offered else "full"
        return ", ".join([free, *(offer.words for offer in self.offers)])

    def short_words(self, wanted: int) -> str:
        """Return why so many cannot be booked."""
        return full_words(wanted, self.free, self.capacity, self.offered)

    def is_over(self, today: date) -> bool:
        return bool(self.sessions) and self.sessions[-1].starts_at.date() < today

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
        offered = f", {self.offered} offered" if self.offered else ""
        return f"{on} · {self.code} · {left}{offered}"


def bookable_events(
    session: Session, typed: str, today: date, most: int = 20
) -> list[BookableEvent]:
    """Return the coming events that fit what was typed, the soonest first.

    A day ("13 mar", "13/3") finds the events in progress on it, other words those that hold
    each of them in title or code; nothing typed finds the next ones.
    """
    found = (
        _heads()
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
    return _whole(session, session.execute(found).all())


def bookable_event(session: Session, event_id: int) -> BookableEvent | None:
    """Return one event as the form shows it, whether it can be booked or not."""
    found = session.execute(_heads().where(Event.id == event_id)).all()
    return next(iter(_whole(session, found)), None)


def _heads() -> Select[*tuple[Any, ...]]:
    return select(
        Event.id,
        Event.code,
        Course.title,
        Event.capacity,
        Event.minimum,
        Event.places_held,
        Event.places_waiting,
    ).join(Course, Course.id == Event.course_id)


def _whole(session: Session, heads: Sequence[Row[Any]]) -> list[BookableEvent]:
    """Return the events with their sessions and with what is offered of them just now."""
    sessions = sessions_by_event(session, [head.id for head in heads])
    offers = _offers(session, [head.id for head in heads if head.places_waiting])
    return [
        BookableEvent(
            head.id,
            head.code,
            head.title,
            head.capacity,
            head.minimum,
            head.places_held,
            head.places_waiting,
            tuple(sessions.get(head.id, ())),
            tuple(offers.get(head.id, ())),
        )
        for head in heads
    ]


def _offers(session: Session, event_ids: Sequence[int]) -> dict[int, list[StandingOffer]]:
    if not event_ids:
        return {}
    rows = session.execute(
        select(
            CourseBooking.event_id,
            CourseBooking.number,
            WaitingParty.offered_places,
            WaitingParty.offered_until,
        )
        .join(CourseBooking, CourseBooking.id == WaitingParty.course_booking_id)
        .where(
            CourseBooking.event_id.in_(event_ids),
            WaitingParty.offered_until > london_time(now_utc()),
        )
        .order_by(WaitingParty.offered_until, CourseBooking.number)
    )
    found: dict[int, list[StandingOffer]] = {}
    for event_id, number, places, until in rows:
        if until is not None:
            offer = StandingOffer(booking_words(number), places, until)
            found.setdefault(event_id, []).append(offer)
    return found
