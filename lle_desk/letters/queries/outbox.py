"""The outbox as the office sees it, and what it needs to send."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from lle_desk.core.models import Setting
from lle_desk.letters.models import Message
from lle_desk.letters.queries.templates import may_administer
from lle_desk.letters.rules import PostState

MOST = 500
OPEN = tuple(str(state) for state in (PostState.QUEUED, PostState.SENDING))
TROUBLE = tuple(str(state) for state in (PostState.FAILED, PostState.UNSURE))


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message; moments are UTC."""

    id: int
    version: int
    kind: str
    record_kind: str
    record_id: int
    record_name: str
    to_address: str
    to_name: str
    subject: str
    state: str
    attempts: int
    error: str
    queued_at: datetime
    queued_by: str
    claimed_at: datetime | None
    sent_at: datetime | None
    erased_for: int | None = None  # the person whose words are gone from it


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """How many messages wait or are on their way, need somebody, and were sent."""

    waiting: int
    trouble: int
    sent: int


@dataclass(frozen=True, slots=True)
class SentBefore:
    """A letter that already stands in the outbox about a record: how far it is, and since when."""

    record_id: int
    to_address: str
    to_name: str
    state: str
    at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Carrier:
    """The office's mail server. The password is in each PC's keyring, never here."""

    host: str
    port: int
    security: str  # "starttls", "ssl" or "none"
    login: str
    sender: str
    lost_minutes: int = 10  # a message "being sent" for longer was cut off

    @property
    def is_set(self) -> bool:
        return bool(self.host and self.sender)


_ROW = (
    Message.id,
    Message.version,
    Message.kind,
    Message.record_kind,
    Message.record_id,
    Message.record_name,
    Message.to_address,
    Message.to_name,
    Message.subject,
    Message.state,
    Message.attempts,
    Message.error,
    Message.queued_at,
    Message.queued_by,
    Message.claimed_at,
    Message.sent_at,
    Message.erased_for,
)


def outbox(session: Session, shown: str = "") -> list[OutboxRow]:
    """Return the newest messages: all, or those "waiting", in "trouble" or "sent"."""
    found: Select[*tuple[Any, ...]] = select(*_ROW).order_by(Message.id.desc()).limit(MOST)
    states = {"waiting": OPEN, "trouble": TROUBLE, "sent": (str(PostState.SENT),)}.get(shown)
    if states is not None:
        found = found.where(Message.state.in_(states))
    return [OutboxRow(*row) for row in session.execute(found)]


def outbox_counts(session: Session) -> OutboxCounts:
    """Return how many messages there are of each sort."""
    found = session.execute(select(Message.state, func.count()).group_by(Message.state))
    counted = {row[0]: int(row[1]) for row in found}
    return OutboxCounts(
        sum(counted.get(state, 0) for state in OPEN),
        sum(counted.get(state, 0) for state in TROUBLE),
        counted.get(str(PostState.SENT), 0),
    )


def eml_of(session: Session, message_id: int) -> str:
    """Return a message as it is sent."""
    return session.execute(select(Message.eml).where(Message.id == message_id)).scalar_one()


def sent_before(
    session: Session, kind: str, record_kind: str, record_ids: Sequence[int]
) -> list[SentBefore]:
    """Return what was already handed to the outbox about these records, newest last."""
    found = session.execute(
        select(
            Message.record_id,
            Message.to_address,
            Message.to_name,
            Message.state,
            func.coalesce(Message.sent_at, Message.queued_at),
        )
        .where(
            Message.kind == kind,
            Message.record_kind == record_kind,
            Message.record_id.in_(record_ids),
            Message.state != str(PostState.WITHDRAWN),
        )
        .order_by(Message.id)
    )
    return [SentBefore(*row) for row in found]


def in_trouble(
    session: Session, record_kind: str, record_ids: Sequence[int], since: datetime
) -> set[int]:
    """Return about which of these records something put in `since` (UTC) did not go for sure."""
    found = session.scalars(
        select(Message.record_id).where(
            Message.record_kind == record_kind,
            Message.record_id.in_(record_ids),
            Message.state.in_(TROUBLE),
            Message.queued_at >= since,
        )
    )
    return set(found)


def carrier(session: Session) -> Carrier:
    """Return the mail server of the office; an older database has none yet."""
    names = ("mail_host", "mail_port", "mail_security", "mail_login", "mail_sender")
    asked = (*names, "mail_lost_minutes")
    read = {
        name: json.loads(value)
        for name, value in session.execute(
            select(Setting.name, Setting.value).where(Setting.name.in_(asked))
        )
    }
    return Carrier(
        host=read.get("mail_host", ""),
        port=read.get("mail_port", 587),
        security=read.get("mail_security", "starttls"),
        login=read.get("mail_login", ""),
        sender=read.get("mail_sender", ""),
        lost_minutes=read.get("mail_lost_minutes", 10),
    )


def carrier_for(session: Session, login: str) -> tuple[Carrier, bool]:
    """Return the mail server, and whether an officer may set it."""
    return carrier(session), may_administer(session, login)
