"""Whom to tell that an event has moved, and ticking off those to whom a letter is on its way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import now_utc, short_day, span_words
from lle_desk.core.db import acting
from lle_desk.core.records import new_uuid
from lle_desk.courses.models import EventDecision, EventSession, Telling
from lle_desk.courses.queries.telling import bookings_concerned, last_decision
from lle_desk.courses.rules import MOVED, days_words, joined
from lle_desk.rooms.models import RoomUse, Space

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


@dataclass(frozen=True, slots=True)
class Meeting:
    """One session as delegates know it: when, and the venue or our room, "" for none."""

    starts_at: datetime
    ends_at: datetime
    venue: str
    room: str

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.starts_at, self.ends_at

    @property
    def where(self) -> str:
        """Return "in Oak Room", "at Demo Hotel, Leeds", or ""."""
        if self.venue:
            return f"at {self.venue}"
        return f"in {self.room}" if self.room else ""


def meetings_of(
    session: Session, event_id: int, rooms: Mapping[int, int | None] | None = None
) -> list[Meeting]:
    """Return the sessions of an event by time; `rooms` were in use by those uses before."""
    found = session.execute(
        select(EventSession, RoomUse.id, RoomUse.space_id)
        .outerjoin(RoomUse, (RoomUse.id == EventSession.room_use_id) & RoomUse.holds_space)
        .where(EventSession.event_id == event_id)
        .order_by(EventSession.starts_at)
    ).all()
    spaces = [(rooms or {}).get(use_id, space_id) for _row, use_id, space_id in found]
    named = select(Space.id, Space.name).where(Space.id.in_([one for one in spaces if one]))
    names: dict[int | None, str] = {row.id: row.name for row in session.execute(named)}
    return [
        Meeting(row.starts_at, row.ends_at, row.outside_venue, names.get(space, ""))
        for (row, _use_id, _space_id), space in zip(found, spaces, strict=True)
    ]


def tell_of_move(session: Session, event_id: int, was: Sequence[Meeting]) -> int:
    """List whom to tell when a time, a venue or a room is another than it `was`.

    A first room is no news: the list is made anew only when they were told that there is none.
    What moves back before anybody was told needs no list any more. Return how many bookings are
    listed, 0 when nobody is booked.
    """
    people = bookings_concerned(session, event_id)
    now = meetings_of(session, event_id) if people else was
    if not was or was == now:
        return 0
    last = last_decision(session, event_id)
    stands = last is not None and last.decided == MOVED
    is_told = last is not None and stands and _told_any(session, last.id)
    if not _is_news(was, now):
        return _record_move(session, event_id, people, last.reason) if last and is_told else 0
    if last and stands and not is_told and last.reason == _was_words(now, was):
        _keep(session, event_id, "It is back where it was, and nobody had been told.")
        return 0
    return _record_move(session, event_id, people, _was_words(was, now))


def _is_news(was: Sequence[Meeting], now: Sequence[Meeting]) -> bool:
    if [(*one.span, one.venue) for one in was] != [(*one.span, one.venue) for one in now]:
        return True
    return any(old.room and old.room != new.room for old, new in zip(was, now, strict=True))


def _told_any(session: Session, decision_id: int) -> bool:
    told = select(Telling.id).where(
        Telling.event_decision_id == decision_id, Telling.told_at.is_not(None)
    )
    return session.scalar(told.limit(1)) is not None


def _was_words(was: Sequence[Meeting], now: Sequence[Meeting]) -> str:
    """Return what was other: "It was Thu 13 Mar 2014, 09:30–12:00 in Oak Room"."""
    days = days_words(one.starts_at.date() for one in was)
    when = ""
    if [one.starts_at.date() for one in was] != [one.starts_at.date() for one in now]:
        when = days
    elif [one.span for one in was] != [one.span for one in now]:
        when = f"{days}, {joined(list(dict.fromkeys(span_words(*one.span) for one in was)))}"
    there = {one.where for one in now}
    left = list(dict.fromkeys(one.where for one in was if one.where and one.where not in there))
    if not when and not left:  # its own sessions changed rooms
        left = [f"{short_day(one.starts_at.date())} {one.where}" for one in was]
    return f"It was {' '.join(part for part in (when, joined(left)) if part)}"[:200].strip()


def _record_move(
    session: Session, event_id: int, people: Mapping[int, tuple[int, int]], reason: str
) -> int:
    """Put everybody concerned onto a list, and return how many bookings that are."""
    decision = _keep(session, event_id, reason)
    session.add_all(
        Telling(
            client_uuid=new_uuid(),
            event_decision_id=decision.id,
            course_booking_id=booking_id,
            places=places,
            waiting=waiting,
            struck_out=0,
            credited=0,
        )
        for booking_id, (places, waiting) in people.items()
    )
    session.flush()
    return len(people)


def _keep(session: Session, event_id: int, reason: str) -> EventDecision:
    """Keep that an event moved; whom to tell of it is listed by the caller."""
    decision = EventDecision(
        client_uuid=new_uuid(),
        event_id=event_id,
        decided=MOVED,
        reason=reason,
        decided_by=acting(session).officer[:60],
        decided_at=now_utc(),
    )
    session.add(decision)
    session.flush()
    return decision
