"""Delegates are in one place at a time: who is on another event just then is said by name."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from lle_desk.core.days import short_day, span_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.refusals import explain
from lle_desk.courses.models import Course, Event, EventSession, Place
from lle_desk.courses.rules import PlaceState
from lle_desk.customers.models import Person

THERE = (str(PlaceState.BOOKED), str(PlaceState.ATTENDED))  # an absent delegate was not there

explain(
    {
        "delegate_no_overlap": (
            "One of the delegates is on another event at that time. Send a colleague, or leave "
            "the place to be named.",
            "delegates",
        ),
    }
)

_THEIRS, _OURS = aliased(EventSession), aliased(EventSession)
_ELSEWHERE: Select[*tuple[Any, ...]] = (
    select(
        Person.given_name,
        Person.family_name,
        Course.title,
        Event.code,
        _THEIRS.starts_at,
        _THEIRS.ends_at,
    )
    .select_from(Place)
    .join(Person, Person.id == Place.person_id)
    .join(Event, Event.id == Place.event_id)
    .join(Course, Course.id == Event.course_id)
    .join(_THEIRS, _THEIRS.event_id == Place.event_id)
    .where(Place.event_id != bindparam("event"), Place.state.in_(THERE))
    .order_by(_THEIRS.starts_at)
    .limit(1)
)
_WHILE_OURS = _ELSEWHERE.join(
    _OURS,
    (_OURS.event_id == bindparam("event"))
    & (_OURS.starts_at < _THEIRS.ends_at)
    & (_OURS.ends_at > _THEIRS.starts_at),
).where(Place.person_id.in_(bindparam("people", expanding=True)))


def check_free(session: Session, event_id: int, people: Sequence[int]) -> None:
    """Refuse people who have a place on another event while this one is on.

    Raises:
        OfficerError: who it is, and where they are then.
    """
    if not people:
        return
    found = session.execute(_WHILE_OURS, {"event": event_id, "people": list(people)}).first()
    if found is not None:
        words = "Send a colleague, or leave the place to be named."
        raise OfficerError(f"{_where(found)} {words}", "delegates")


def check_still_free(
    session: Session, event_id: int, spans: Iterable[tuple[datetime, datetime]]
) -> None:
    """Refuse new times for an event while one of its delegates is on another one then.

    Raises:
        OfficerError: who it is, and where they are then.
    """
    here = select(Place.person_id).where(Place.event_id == event_id, Place.state.in_(THERE))
    then = [(_THEIRS.starts_at < ends) & (_THEIRS.ends_at > starts) for starts, ends in spans]
    if not then:
        return
    asked = _ELSEWHERE.where(Place.person_id.in_(here), or_(*then))
    found = session.execute(asked, {"event": event_id}).first()
    if found is not None:
        words = "Let a colleague take the place or leave it to be named, or choose another time."
        raise OfficerError(f"{_where(found)} {words}", "sessions")


def _where(found: Row[Any]) -> str:
    name = f"{found.given_name} {found.family_name}".strip()
    when = f"{short_day(found.starts_at.date())} {span_words(found.starts_at, found.ends_at)}"
    return f"{name} is on {found.title}, {found.code}, at that time ({when})."
