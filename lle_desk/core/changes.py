"""The audit trail, read: what other desks did since, and the history of one record."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.days import london_time, time_words
from lle_desk.core.errors import RecordChanged
from lle_desk.core.models import Audit, AuditDetail


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change as another desk hears of it. `at` is UTC; `action` the verb it was done by."""

    position: int
    table: str
    record_id: int
    action: str
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change of one record, with the columns that changed before and after.

    Personal words are among them until they are erased.
    """

    position: int
    at: datetime
    officer: str
    desk: str
    action: str
    reason: str
    op: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def newest_position(session: Session) -> int:
    """Return the position of the last change, 0 when there is none."""
    return session.scalar(select(func.max(Audit.position))) or 0


def changes_since(session: Session, position: int, most: int = 1_000) -> list[ChangeRow]:
    """Return the first `most` changes after `position`, oldest first."""
    found = (
        select(Audit.position, Audit.table_name, Audit.record_id, Audit.payload)
        .where(Audit.position > position)
        .order_by(Audit.position)
        .limit(most)
    )
    return [_change(*row) for row in session.execute(found)]


def history_of(session: Session, table: str, record_id: int, most: int = 50) -> list[HistoryRow]:
    """Return the newest `most` changes of a record, newest first."""
    found = (
        select(Audit.position, Audit.payload, AuditDetail.words)
        .join(AuditDetail, AuditDetail.position == Audit.position, isouter=True)
        .where(Audit.table_name == table, Audit.record_id == record_id)
        .order_by(Audit.position.desc())
        .limit(most)
    )
    return [_history(*row) for row in session.execute(found)]


def changed_meanwhile(session: Session, what: str, *records: tuple[str, int]) -> RecordChanged:
    """Return the refusal of what was saved since it was opened: it says who did, and when.

    `records` are table and id of all that is saved as one, such as a visit and its time.
    """
    rows = [row for table, number in records for row in history_of(session, table, number, 1)]
    newest = max(rows, key=lambda row: row.position, default=None)
    if newest is None:
        return RecordChanged(f"This {what} was changed while you had it open. Open it again.")
    who = f"{newest.officer} ({newest.desk})"
    return RecordChanged(
        f"{who} saved this {what} at {time_words(london_time(newest.at))}, while you had it open. "
        "Open it again, and type your change anew."
    )


def _change(position: int, table: str, record_id: int, payload: str) -> ChangeRow:
    told = json.loads(payload)
    at = datetime.fromisoformat(told["at"])
    return ChangeRow(position, table, record_id, told["action"], told["officer"], at)


def _history(position: int, payload: str, words: str | None) -> HistoryRow:
    told = json.loads(payload)
    apart = json.loads(words) if words else {}
    return HistoryRow(
        position=position,
        at=datetime.fromisoformat(told["at"]),
        officer=told["officer"],
        desk=told["desk"],
        action=told["action"],
        reason=told["reason"],
        op=told["op"],
        before=(told["before"] or {}) | (apart.get("before") or {}),
        after=(told["after"] or {}) | (apart.get("after") or {}),
    )
