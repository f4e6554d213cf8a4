"""Schools of the register into customers, all in one transaction and only what changed.

The register is the master of the columns it tells and of nothing else: cost centre, e-mail,
notes and people stay as officers wrote them. A blank opening or closing day clears nothing,
since the links may have told it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from lle_desk.core.imports import ImportSummary, Progress
from lle_desk.core.records import new_uuid
from lle_desk.customers.imports.plan_schools import Known, NewStanding, SchoolsPlan, plan_schools
from lle_desk.customers.imports.register import SchoolsFile
from lle_desk.customers.imports.save_links import follow_links
from lle_desk.customers.models import Customer, CustomerStanding

_CUSTOMER = cast(Table, Customer.__table__)
_STANDING = cast(Table, CustomerStanding.__table__)
_CHUNK = 250  # rows between two looks at whether the officer stopped it

Row = dict[str, Any]


def preview_schools(session: Session, file: SchoolsFile, on_date: date) -> ImportSummary:
    """Return what `save_schools` would do now, doing nothing."""
    return _summary(plan_schools(session, file, on_date), file)


def save_schools(
    session: Session, file: SchoolsFile, on_date: date, progress: Progress | None = None
) -> ImportSummary:
    """Make or change the customers of a register file, and follow the links that waited.

    A school whose type changed keeps its row and history; its three standings are dated anew
    from the day it opened as what it is now, else from `on_date`.

    Raises:
        ImportStopped: the progress was stopped; the transaction keeps nothing.
    """
    plan = plan_schools(session, file, on_date)
    writer = _Writer(session, progress or Progress(), _steps(plan))
    writer.insert(_CUSTOMER, plan.new)
    writer.update(plan.changed)
    ids = _ids(session) if plan.first else {}
    writer.insert(_STANDING, [_standing_row(ids[made.urn], made) for made in plan.first])
    for customer_id, made in plan.dated:
        _date_anew(session, customer_id, made)
    if plan.new:
        follow_links(session)
    return _summary(plan, file)


def _summary(plan: SchoolsPlan, file: SchoolsFile) -> ImportSummary:
    new, changed = len(plan.new), len(plan.changed)
    return ImportSummary(new, changed, len(file.schools) - new - changed, len(file.problems))


def _steps(plan: SchoolsPlan) -> int:
    return len(plan.new) + len(plan.changed) + len(plan.first)


class _Writer:
    """Sends rows in chunks, telling how far it is and leaving off when it is stopped."""

    def __init__(self, session: Session, progress: Progress, steps: int) -> None:
        self._connection = session.connection()
        self._progress = progress
        self._steps = steps
        self._done = 0

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        for start in range(0, len(rows), _CHUNK):
            chunk = rows[start : start + _CHUNK]
            self._connection.execute(insert(table), chunk)
            self._step(len(chunk))

    def update(self, changed: Sequence[tuple[Known, Row]]) -> None:
        for start in range(0, len(changed), _CHUNK):
            chunk = changed[start : start + _CHUNK]
            names = list(chunk[0][1])
            statement = (
                update(_CUSTOMER)
                .where(_CUSTOMER.c.id == bindparam("seen_id"))
                .values({name: bindparam(f"new_{name}") for name in names})
                .values(version=_CUSTOMER.c.version + 1)
            )
            self._connection.execute(statement, [_update_row(*one) for one in chunk])
            self._step(len(chunk))

    def _step(self, count: int) -> None:
        self._done += count
        self._progress.step(self._done, self._steps)


def _update_row(old: Known, values: Row) -> Row:
    return {"seen_id": old.customer_id} | {f"new_{name}": value for name, value in values.items()}


def _ids(session: Session) -> dict[int, int]:
    found = select(_CUSTOMER.c.urn, _CUSTOMER.c.id).where(_CUSTOMER.c.urn.is_not(None))
    return {row.urn: row.id for row in session.execute(found)}


def _standing_row(customer_id: int, made: NewStanding) -> Row:
    value, reason = made.fact
    return {
        "client_uuid": new_uuid(),
        "version": 1,
        "customer_id": customer_id,
        "standing": str(made.standing),
        "value": str(value),
        "valid_from": made.valid_from,
        "reason": reason,
    }


def _date_anew(session: Session, customer_id: int, made: NewStanding) -> None:
    """Add the fact, or put it in the place of one that begins on the same day."""
    connection, of = session.connection(), _STANDING.c
    same_day = (
        (of.customer_id == customer_id)
        & (of.standing == str(made.standing))
        & (of.valid_from == made.valid_from)
    )
    row = _standing_row(customer_id, made)
    told = {"value": row["value"], "reason": row["reason"], "version": of.version + 1}
    if not connection.execute(update(_STANDING).where(same_day).values(told)).rowcount:
        connection.execute(insert(_STANDING), row)
