"""The way back from what an officer did, and forth again, unless somebody changed it since."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.changes import history_of
from lle_desk.core.days import london_time, short_day
from lle_desk.core.db import Base, acting
from lle_desk.core.errors import OfficerError

T = TypeVar("T")
AT_ONCE = 500  # numbers in one question
Step = Callable[[Session], object]
_LEAD = "what an officer may go on to"


@dataclass(frozen=True, slots=True)
class Record:
    """A row that was changed: its table, its number, and what officers call it."""

    table: str
    id: int
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Way:
    """The way back and forth of one thing done.

    `words` say it in the past tense without a full stop: "Moved Phonics to Elm". `back` and
    `forth` are ordinary actions without a request: they run in a transaction of their own, in
    which no row of `after` (or of `before`, for `forth`) has another version than is said here,
    so they read the versions they need. `before` has 0 for a row that was not there. Without
    `forth` it is not done again. `still_to_do` is said when it was taken back.
    """

    words: str
    back: Step
    forth: Step | None
    before: Mapping[Record, int]
    after: Mapping[Record, int]
    still_to_do: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """What follows from something done elsewhere, and the record that shows it.

    `said` is a sentence; `link` the words to go there by, "" when there is no one record.
    """

    said: str
    link: str = ""
    kind: str = ""
    record_id: int = 0


@dataclass(frozen=True, slots=True)
class Undoable(Generic[T]):
    """What an action that can be undone returns; no way when it changed nothing.

    `said` is told without a way back: what was done, and why it stands. `lead` is what the
    officer may go on to.
    """

    answer: T
    way: Way | None
    said: str = ""
    lead: Lead | None = None


def lead_to(session: Session, lead: Lead) -> None:
    """Let whoever did this go on to what follows from it; the newest counts."""
    session.info[_LEAD] = lead


def lead_of(session: Session) -> Lead | None:
    """Return what follows from what was done in this transaction, once."""
    lead: Lead | None = session.info.pop(_LEAD, None)
    return lead


@dataclass(slots=True)
class Remade(Generic[T]):
    """Something that goes without a trace when it is undone, and is made anew by redo.

    Made anew its rows have other numbers, so `again` has their versions, which the way itself
    cannot know. `take(session, made)` lets it go, or refuses; `records(session, made)` are all
    its rows; without `make` it is not done again.
    """

    made: T
    records: Callable[[Session, T], list[Record]]
    take: Callable[[Session, T], object]
    make: Callable[[Session], T] | None
    again: dict[Record, int] = field(default_factory=dict)

    def way(self, session: Session, words: str) -> Way:
        """Return the way back from what was made just now, and forth again."""
        after = versions_of(session, self.records(session, self.made))
        forth = self._forth if self.make is not None else None
        return Way(words, self._back, forth, dict.fromkeys(after, 0), after)

    def _back(self, session: Session) -> None:
        if self.again:
            take_back(session, self._let_go, self.again)
        else:
            self._let_go(session)

    def _let_go(self, session: Session) -> None:
        self.take(session, self.made)

    def _forth(self, session: Session) -> None:
        if self.make is not None:
            self.made = self.make(session)
            session.flush()
            self.again = versions_of(session, self.records(session, self.made))


class ChangedSince(OfficerError):
    """It cannot be undone: somebody changed it since."""


def versions_of(session: Session, records: Iterable[Record]) -> dict[Record, int]:
    """Return the version each row has now, 0 where there is none: some questions a table."""
    listed = list(records)
    numbers: dict[str, list[int]] = {}
    for record in listed:
        numbers.setdefault(record.table, []).append(record.id)
    found: dict[tuple[str, int], int] = {}
    for name, ids in numbers.items():
        table: Any = Base.metadata.tables[name]
        for first in range(0, len(ids), AT_ONCE):
            some = ids[first : first + AT_ONCE]
            rows = session.execute(select(table.c.id, table.c.version).where(table.c.id.in_(some)))
            found |= {(name, row.id): row.version for row in rows}
    return {record: found.get((record.table, record.id), 0) for record in listed}


def take_back(session: Session, step: Step, seen: Mapping[Record, int]) -> dict[Record, int]:
    """Go one step back and return the versions the rows have then.

    Raises:
        ChangedSince: a row has another version than the one in `seen`: who changed it, and when.
        OfficerError: it cannot be any more, as a room that was taken meanwhile.
    """
    return _go(session, step, seen, "Not undone")


def do_again(session: Session, step: Step, seen: Mapping[Record, int]) -> dict[Record, int]:
    """Go one step forth again; see `take_back`."""
    return _go(session, step, seen, "Not done again")


def _go(
    session: Session, step: Step, seen: Mapping[Record, int], refused: str
) -> dict[Record, int]:
    now = versions_of(session, seen)
    for record, version in seen.items():
        if now[record] != version:
            raise ChangedSince(f"{refused}: {_who_changed(session, record)}")
    step(session)
    session.flush()
    return versions_of(session, seen)


def _who_changed(session: Session, record: Record) -> str:
    what = record.name or "this"
    newest = next(iter(history_of(session, record.table, record.id, 1)), None)
    if newest is None:
        return f"{what} is not there any more."
    by = acting(session)
    is_me = (newest.officer, newest.desk) == (by.officer, by.desk)
    who = "you have" if is_me else f"{newest.officer} ({newest.desk}) has"
    there = london_time(newest.at)
    return (
        f"{who} changed {what} since, {short_day(there.date())} {there:%H:%M}."
        " Look at it again, and change it by hand if it should be otherwise."
    )
