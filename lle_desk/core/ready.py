"""Statements that are made once. Making one takes SQLAlchemy longer than the database its answer.

Actions that an officer waits for with somebody on the line ask through `table_of`'s columns
instead of the models, and put their new rows in by `put_in`.
"""

from functools import cache
from typing import Any, cast

from sqlalchemy import Insert, Select, Table, bindparam, insert, inspect, select
from sqlalchemy.orm import Session, make_transient_to_detached

from lle_desk.core.db import Base
from lle_desk.core.records import Keyed, Recorded


def table_of(model: type[Base | Keyed]) -> Table:
    """Return the table of a model: its columns are asked for without the model's machinery."""
    return cast(Table, inspect(model).local_table)


def known_id(session: Session, model: type[Recorded], client_uuid: str) -> int | None:
    """Return the row that was made from this form already, None when it is saved first now."""
    found: int | None = session.scalar(_known(table_of(model)), {"client_uuid": client_uuid})
    return found


def put_in(session: Session, record: Recorded) -> int:
    """Insert a new record at once and return its id; the session knows it as if flushed.

    A flush does the same for whatever is new or changed, and takes five times as long to find
    that it was one row.
    """
    record.version = 1
    given = {name: value for name, value in vars(record).items() if not name.startswith("_")}
    made: int = session.scalars(_insert(table_of(type(record))), given).one()
    record.id = made
    make_transient_to_detached(record)
    session.add(record)
    return made


@cache
def _known(table: Table) -> Select[*tuple[Any, ...]]:
    return select(table.c.id).where(table.c.client_uuid == bindparam("client_uuid"))


@cache
def _insert(table: Table) -> Insert:
    return insert(table).returning(table.c.id)
