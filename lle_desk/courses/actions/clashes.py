"""Delegates are in one place at a time: who is on another event just then is said by name."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from lle_desk.core.days import short_day, span_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.refusals import explain
from lle_desk.courses.models import Place
from lle_desk.courses.queries.elsewhere import ELSEWHERE, THEIRS, THERE, WHILE_ON

explain(
    {
        "delegate_no_overlap": (
            "One of the delegates is on another event at that time. Send a colleague, or leave "
            "the place to be named.",
            "delegates",
        ),
    }
)

_FIRST_WHILE_ON = WHILE_ON.limit(1)


def check_free(session: Session, event_id: int, people: Sequence[int]) -> None:
    """Refuse people who have a place on another event while this one is on.

    Raises:
        OfficerError: who it is, and where they are then.
    """
    if not people:
        return
    found = session.execute(_FIRST_WHILE_ON, {"event": event_id, "people": list(people)}).first()
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
    then = [(THEIRS.starts_at < ends) & (THEIRS.ends_at > starts) for starts, ends in spans]
    if not then:
        return
    asked = ELSEWHERE.where(Place.person_id.in_(here), or_(*then)).limit(1)
    found = session.execute(asked, {"event": event_id}).first()
    if found is not None:
        words = "Let a colleague take the place or leave it to be named, or choose another time."
        raise OfficerError(f"{_where(found)} {words}", "sessions")


def _where(found: Row[Any]) -> str:
    name = f"{found.given_name} {found.family_name}".strip()
    when = f"{short_day(found.starts_at.date())} {span_words(found.starts_at, found.ends_at)}"
    return f"{name} is on {found.title}, {found.code}, at that time ({when})."
