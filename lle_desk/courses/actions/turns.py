"""Sessions of one event that change places, in an order in which no two are ever at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from lle_desk.courses.models import EventSession

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """A session that goes to a time; `put` writes that and what belongs to it."""

    row: EventSession
    starts_at: datetime
    ends_at: datetime
    put: Callable[[], None]


def put_in_turn(session: Session, turns: Sequence[Turn]) -> None:
    """Put each session where it goes, in such an order that none is saved onto another.

    Those that change places cannot go in any order: the first goes aside for a moment, to just
    after midnight of its day, since the database refuses two at once even within a transaction.
    """
    left = list(turns)
    there = [turn.row for turn in turns]
    aside: list[EventSession] = []
    while left:
        free = next((turn for turn in left if not _is_blocked(turn, there)), None)
        waits = next((turn.row for turn in left if turn.row not in aside), None)
        if free is None and waits is not None:
            midnight = datetime.combine(waits.starts_at, time())
            waits.starts_at = midnight + len(aside) * MINUTE
            waits.ends_at = waits.starts_at + MINUTE
            aside.append(waits)
            session.flush()
            continue
        turn = free or left[0]
        turn.put()
        left.remove(turn)


def _is_blocked(turn: Turn, there: Sequence[EventSession]) -> bool:
    return any(
        row is not turn.row and row.starts_at < turn.ends_at and row.ends_at > turn.starts_at
        for row in there
    )
