"""New events taken back, one or a whole roll forward: they go with their rooms and trainers.

Not too many of them are also made again as a whole, since the requests name what they make.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lle_desk.core.days import span_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.refusals import explain
from lle_desk.core.undo import AT_ONCE, Record, Remade, Undoable, Way
from lle_desk.courses.actions.programme import AddEvent, add_event
from lle_desk.courses.actions.rolling import RollForward, roll_forward
from lle_desk.courses.actions.sessions import sessions_of
from lle_desk.courses.models import (
    Course,
    CourseBooking,
    Event,
    EventCost,
    EventMaterials,
    EventSession,
)
from lle_desk.courses.rules import counted, days_words
from lle_desk.rooms.actions import release_rooms
from lle_desk.rooms.models import CateringLine, EquipmentLine
from lle_desk.trainers.actions import free_session_times
from lle_desk.trainers.models import TrainerTime
from lle_desk.trainers.queries import SESSION_SOURCE

MOST_AGAIN = 150  # made again at once: about a second and a half in which no other desk writes
UNDONE = "Making the event was undone"

explain(
    {
        "event_kept": (
            "An event that somebody was booked on, or that was decided about, stays. Call it off "
            "instead."
        )
    }
)


def roll_way(session: Session, event_ids: Sequence[int], asks: Sequence[RollForward] = ()) -> Way:
    """Return the one way back from making these events: they are not there any more.

    It is refused when one of them, a session, a room, or a trainer's time was changed since, or
    when somebody was booked on one, or something added to it. With `asks`, the requests they
    were made by, it is done again too, unless so many would keep the other desks waiting.
    """
    words = f"Rolled {counted(len(event_ids), 'event')} forward"
    again = partial(_roll_again, asks=tuple(asks)) if 0 < len(asks) <= MOST_AGAIN else None
    return _way(session, words, tuple(event_ids), again)


def add_event_with_way(session: Session, ask: AddEvent) -> Undoable[int]:
    """Add an event as `add_event` does, copied or new, with its way back: see `roll_way`."""
    event_id = add_event(session, ask)
    event = session.get_one(Event, event_id)
    title = session.get_one(Course, event.course_id).title
    rows = sessions_of(session, event_id)
    days = days_words(row.starts_at.date() for row in rows)
    times = span_words(rows[0].starts_at, rows[0].ends_at)
    words = f"Added {title}, {event.code}: {days}, {times}, {counted(event.capacity, 'place')}"
    again = partial(_add_again, ask=replace(ask, code=event.code))
    return Undoable(event_id, _way(session, words, (event_id,), again))


def _way(
    session: Session,
    words: str,
    event_ids: tuple[int, ...],
    again: Callable[[Session], tuple[int, ...]] | None,
) -> Way:
    made = _Made(event_ids, _records(session, event_ids)[1])
    make = partial(_make, again=again) if again is not None else None
    return Remade(made, _rows_of, _take_back, make).way(session, words)


@dataclass(frozen=True, slots=True)
class _Made:
    """Events as they were made, with the sessions they had then."""

    event_ids: tuple[int, ...]
    session_ids: frozenset[int]


def _make(session: Session, again: Callable[[Session], tuple[int, ...]]) -> _Made:
    event_ids = again(session)
    session.flush()
    return _Made(event_ids, _records(session, event_ids)[1])


def _roll_again(session: Session, asks: Sequence[RollForward]) -> tuple[int, ...]:
    return tuple(roll_forward(session, ask).event_id for ask in asks)


def _add_again(session: Session, ask: AddEvent) -> tuple[int, ...]:
    return (add_event(session, ask),)


def _rows_of(session: Session, made: _Made) -> list[Record]:
    return _records(session, made.event_ids)[0]


def _records(session: Session, event_ids: Sequence[int]) -> tuple[list[Record], frozenset[int]]:
    """Return all rows that make up these events, and the numbers of their sessions."""
    codes: dict[int, str] = dict(_rows(session, select(Event.id, Event.code), Event.id, event_ids))
    sessions = _rows(
        session,
        select(EventSession.id, EventSession.event_id, EventSession.room_use_id),
        EventSession.event_id,
        event_ids,
    )
    event_of = {row.id: row.event_id for row in sessions}
    records = [Record("event", number, code) for number, code in codes.items()]
    for row in sessions:
        records.append(Record("event_session", row.id, f"a session of {codes[row.event_id]}"))
        if row.room_use_id is not None:
            name = f"the room of {codes[row.event_id]}"
            records.append(Record("room_use", row.room_use_id, name))
    times = select(TrainerTime.id, TrainerTime.source_id).where(
        TrainerTime.source == SESSION_SOURCE
    )
    for number, source_id in _rows(session, times, TrainerTime.source_id, list(event_of)):
        name = f"a trainer of {codes[event_of[source_id]]}"
        records.append(Record("trainer_time", number, name))
    return records, frozenset(event_of)


def _take_back(session: Session, made: _Made) -> None:
    """Let the events go, none of them when one is used by now."""
    event_ids = made.event_ids
    _refuse_used(session, event_ids, made.session_ids)
    rows = [
        row
        for some in _parts(event_ids)
        for row in session.scalars(select(EventSession).where(EventSession.event_id.in_(some)))
    ]
    uses = [row.room_use_id for row in rows if row.room_use_id is not None]
    for row in rows:
        row.room_use_id = None
    session.flush()
    release_rooms(session, uses, UNDONE)
    for some in _parts([row.id for row in rows]):
        free_session_times(session, some)
    for some in _parts(event_ids):
        for table in (EventSession, EventMaterials):
            session.execute(delete(table).where(table.event_id.in_(some)))
        session.execute(delete(Event).where(Event.id.in_(some)))


def _refuse_used(session: Session, event_ids: Sequence[int], session_ids: frozenset[int]) -> None:
    catering = select(EventSession.event_id).join(
        CateringLine, CateringLine.room_use_id == EventSession.room_use_id
    )
    equipment = select(EventSession.event_id).join(
        EquipmentLine, EquipmentLine.room_use_id == EventSession.room_use_id
    )
    others: list[tuple[Any, Any, str]] = [
        (select(CourseBooking.event_id), CourseBooking.event_id, "has a booking by now"),
        (select(EventCost.event_id), EventCost.event_id, "has a cost typed in by now"),
        (catering, EventSession.event_id, "has catering by now"),
        (equipment, EventSession.event_id, "has equipment by now"),
    ]
    for asked, column, words in others:
        _refuse(session, (row[0] for row in _rows(session, asked, column, event_ids)), words)
    asked = select(EventSession.event_id, EventSession.id)
    there = _rows(session, asked, EventSession.event_id, event_ids)
    more = (event_id for event_id, number in there if number not in session_ids)
    _refuse(session, more, "has another session by now")


def _refuse(session: Session, used: Iterable[int], words: str) -> None:
    """Refuse when there is an event that is used; the first is named.

    Raises:
        OfficerError: so it is.
    """
    found = sorted(set(used))
    if not found:
        return
    code = session.get_one(Event, found[0]).code
    more = f", and {counted(len(found) - 1, 'other')} too" if len(found) > 1 else ""
    raise OfficerError(
        f"{code} {words}{more}. Everything stays as it was made; call off by hand what shall not "
        "run."
    )


def _rows(session: Session, asked: Any, column: Any, numbers: Sequence[int]) -> list[Any]:
    """Return the rows of which `column` is one of `numbers`, some hundreds a question."""
    return [
        row for some in _parts(numbers) for row in session.execute(asked.where(column.in_(some)))
    ]


def _parts(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    return (numbers[first : first + AT_ONCE] for first in range(0, len(numbers), AT_ONCE))
