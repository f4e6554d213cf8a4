"""Many rows at once, in short transactions, past no constraint and no trigger."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from lle_desk.core.db import Base, By, Database

Row = dict[str, Any]
T = TypeVar("T")


class Steps(Protocol):
    """Who is told how far a long work has come, and may stop it; `core.imports.Progress` is one."""

    def step(self, done: int, of: int) -> None: ...


@dataclass(slots=True)
class Work:
    """Where the demo is written to, and how far it has come."""

    database: Database
    by: By
    progress: Steps | None
    of: int
    done: int = 0

    def write(self, action: Callable[..., T], *values: Any) -> T:
        """Write one chunk in a transaction of its own."""
        return self.database.write(self.by, action, *values)

    def advance(self, count: int) -> None:
        """Say that `count` more bookings or events are done.

        Raises:
            ImportStopped: somebody stopped it meanwhile.
        """
        self.done += count
        if self.progress is not None:
            self.progress.step(min(self.done, self.of), self.of)


def chunks(things: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """Yield `things` in runs of at most `most`."""
    for start in range(0, len(things), most):
        yield things[start : start + most]


def insert_rows(session: Session, model: type[Base], rows: Sequence[Row]) -> None:
    """Insert rows whose numbers nobody needs."""
    if rows:
        session.execute(insert(_table(model)), list(rows))


def insert_numbered(session: Session, model: type[Base], rows: Sequence[Row]) -> list[int]:
    """Insert rows, each with its `client_uuid`, and return their numbers in the same order."""
    if not rows:
        return []
    table = _table(model)
    asked = insert(table).returning(table.c.client_uuid, table.c.id)
    numbers: Mapping[str, int] = dict(session.execute(asked, list(rows)).all())
    return [numbers[row["client_uuid"]] for row in rows]


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
