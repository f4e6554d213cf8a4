"""The sign-in sheets of a day: who is expected at each session in a room of a site."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.courses.models import Course, CourseBooking, Event, EventSession, Place
from lle_desk.courses.rules import EventState
from lle_desk.customers.models import Customer, Person
from lle_desk.rooms.models import RoomUse, Space
from lle_desk.rooms.papers import Register, RegisterRow


def session_registers(session: Session, site_id: int, day: date) -> Sequence[Register]:
    """Return the register of each session in a room of the site on that day.

    Delegates stand by family name, places without a name after them; a cancelled event has none.
    """
    start = datetime.combine(day, time())
    found = session.execute(
        select(
            Event.id,
            Course.title,
            Event.code,
            EventSession.starts_at,
            EventSession.ends_at,
            Space.name,
        )
        .select_from(EventSession)
        .join(Event, Event.id == EventSession.event_id)
        .join(Course, Course.id == Event.course_id)
        .join(RoomUse, RoomUse.id == EventSession.room_use_id)
        .join(Space, Space.id == RoomUse.space_id)
        .where(
            Space.site_id == site_id,
            EventSession.starts_at >= start,
            EventSession.starts_at < start + timedelta(days=1),
            Event.state != str(EventState.CANCELLED),
        )
        .order_by(EventSession.starts_at, Course.title)
    ).all()
    events = list({row[0] for row in found})
    expected = _expected(session, events)
    days = _days(session, events)
    return [
        Register(title, code, starts, ends, room, expected.get(at, ()), _of(days[at], day))
        for at, title, code, starts, ends, room in found
    ]


def _expected(session: Session, events: Sequence[int]) -> dict[int, tuple[RegisterRow, ...]]:
    found = session.execute(
        select(Place.event_id, Person.given_name, Person.family_name, Customer.name)
        .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
        .join(Customer, Customer.id == CourseBooking.customer_id)
        .outerjoin(Person, Person.id == Place.person_id)
        .where(Place.event_id.in_(events), Place.holds_place)
        .order_by(Person.family_name.is_(None), Person.family_name, Person.given_name, Place.id)
    )
    rows: dict[int, list[RegisterRow]] = {}
    for event_id, given, family, customer in found:
        name = f"{given or ''} {family or ''}".strip()
        rows.setdefault(event_id, []).append(RegisterRow(name, customer))
    return {event_id: tuple(own) for event_id, own in rows.items()}


def _days(session: Session, events: Sequence[int]) -> dict[int, list[date]]:
    """Return the days of each event, in order."""
    found = session.execute(
        select(EventSession.event_id, EventSession.starts_at).where(
            EventSession.event_id.in_(events)
        )
    )
    days: dict[int, set[date]] = {}
    for event_id, starts_at in found:
        days.setdefault(event_id, set()).add(starts_at.date())
    return {event_id: sorted(own) for event_id, own in days.items()}


def _of(days: Sequence[date], day: date) -> str:
    return f"day {days.index(day) + 1} of {len(days)}" if len(days) > 1 else ""
