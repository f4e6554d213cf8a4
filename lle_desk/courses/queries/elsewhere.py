"""Where people are while an event is on: a delegate is in one place at a time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from lle_desk.courses.models import Course, Event, EventSession, Place
from lle_desk.courses.rules import PlaceState
from lle_desk.customers.models import Person

THERE = (str(PlaceState.BOOKED), str(PlaceState.ATTENDED))  # an absent delegate was not there
THEIRS, _OURS = aliased(EventSession), aliased(EventSession)

ELSEWHERE: Select[*tuple[Any, ...]] = (  # bound: the event they are wanted on
    select(
        Person.given_name,
        Person.family_name,
        Course.title,
        Event.code,
        THEIRS.starts_at,
        THEIRS.ends_at,
    )
    .select_from(Place)
    .join(Person, Person.id == Place.person_id)
    .join(Event, Event.id == Place.event_id)
    .join(Course, Course.id == Event.course_id)
    .join(THEIRS, THEIRS.event_id == Place.event_id)
    .where(Place.event_id != bindparam("event"), Place.state.in_(THERE))
    .order_by(THEIRS.starts_at)
)
WHILE_ON = ELSEWHERE.join(  # made once; bound: the people as well
    _OURS,
    (_OURS.event_id == bindparam("event"))
    & (_OURS.starts_at < THEIRS.ends_at)
    & (_OURS.ends_at > THEIRS.starts_at),
).where(Place.person_id.in_(bindparam("people", expanding=True)))
_WHO_IS = WHILE_ON.add_columns(Place.person_id, Course.short_title)
_ON_IT = select(Place.person_id).where(
    Place.event_id == bindparam("event"),
    Place.holds_place,
    Place.person_id.in_(bindparam("people", expanding=True)),
)


def where_they_are(session: Session, event_id: int, people: Sequence[int]) -> dict[int, str]:
    """Return in a few words who of these people cannot take a place on an event."""
    if not people:
        return {}
    asked = {"event": event_id, "people": list(people)}
    found = {
        row.person_id: f"on {row.short_title or row.title} then"
        for row in session.execute(_WHO_IS, asked)
    }
    return found | dict.fromkeys(session.scalars(_ON_IT, asked), "on this event already")
