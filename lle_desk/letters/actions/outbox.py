"""The steps of a message: put in, claimed, sent or not, tried again, taken out.

A message is claimed, and that is committed, before the server hears of it. So two desks never
send the same one, and one that was cut off is known to have been on its way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.refusals import explain
from lle_desk.letters.models import Message
from lle_desk.letters.rules import PostState, address_fault

explain(
    {
        "message_kept": "A message that was sent stays as it was. Write another letter.",
        "message_step": "Somebody else dealt with this message meanwhile. Look at it again.",
        "message_begins_queued": "A message begins in the outbox, waiting to go.",
        "ck_message_to_address_text": "There is no e-mail address, or it is too long.",
    }
)

CUT_OFF = "It was cut off while it was being sent. Ask the school whether it came."


@dataclass(frozen=True, slots=True)
class QueueMessage:
    """One message to be put in. `eml` is all of it; the same `client_uuid` puts it in once."""

    client_uuid: str
    kind: str
    record_kind: str
    record_id: int
    record_name: str
    to_address: str
    to_name: str
    subject: str
    message_id: str
    eml: str


@dataclass(frozen=True, slots=True)
class SetMessage:
    """A message as it was seen."""

    message_id: int
    seen_version: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ours to send, and nobody else's."""

    id: int
    to_address: str
    eml: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a claimed message; `error` has the server's words."""

    message_id: int
    claimed_by: str
    state: PostState
    error: str
    at: datetime  # UTC


def queue_messages(session: Session, asks: Sequence[QueueMessage], now: datetime) -> int:
    """Put messages in the outbox and return how many are new there.

    Raises:
        OfficerError: an address is none; nothing is put in.
    """
    known = set(
        session.scalars(
            select(Message.client_uuid).where(
                Message.client_uuid.in_([ask.client_uuid for ask in asks])
            )
        )
    )
    fresh = [ask for ask in asks if ask.client_uuid not in known]
    for ask in fresh:
        fault = address_fault(ask.to_address)
        if fault:
            raise OfficerError(f"{ask.record_name}: {fault}", "to_address")
        session.add(_message(ask, acting(session).officer, now))
    session.flush()
    return len(fresh)


def _message(ask: QueueMessage, officer: str, now: datetime) -> Message:
    return Message(
        client_uuid=ask.client_uuid,
        kind=ask.kind,
        record_kind=ask.record_kind,
        record_id=ask.record_id,
        record_name=ask.record_name,
        to_address=ask.to_address,
        to_name=ask.to_name[:200].strip(),
        subject=ask.subject[:200].strip(),
        message_id=ask.message_id,
        eml=ask.eml,
        state=str(PostState.QUEUED),
        queued_at=now,
        queued_by=officer,
    )


def claim_next(session: Session, claimed_by: str, now: datetime, after: int = 0) -> Claimed | None:
    """Claim the oldest waiting message after number `after`; None when none waits.

    The one UPDATE takes it only while it still waits.
    """
    queued = str(PostState.QUEUED)
    oldest = (
        select(Message.id).where(Message.state == queued, Message.id > after).order_by(Message.id)
    )
    taken = session.execute(
        update(Message)
        .where(Message.id == oldest.limit(1).scalar_subquery(), Message.state == queued)
        .values(
            state=str(PostState.SENDING),
            attempts=Message.attempts + 1,
            claimed_by=claimed_by,
            claimed_at=now,
            error="",
            version=Message.version + 1,
        )
        .returning(Message.id, Message.to_address, Message.eml)
        .execution_options(synchronize_session=False)
    ).first()
    return None if taken is None else Claimed(*taken)


def finish_message(session: Session, outcome: Outcome) -> None:
    """Write down what became of a message we claimed. One that was sent is never unsaid."""
    message = session.get_one(Message, outcome.message_id)
    mine = message.claimed_by == outcome.claimed_by
    if not mine or message.state not in (PostState.SENDING, PostState.UNSURE):
        return
    if message.state == outcome.state or (
        message.state == PostState.UNSURE and outcome.state != PostState.SENT
    ):
        return
    message.state = str(outcome.state)
    message.error = " ".join(outcome.error.split())[:400].strip()
    message.sent_at = outcome.at if outcome.state == PostState.SENT else None
    session.flush()


def mark_lost(session: Session, now: datetime, minutes: int) -> int:
    """Call messages unsure that are "being sent" for longer than any sending takes."""
    lost = session.scalars(
        select(Message).where(
            Message.state == str(PostState.SENDING),
            Message.claimed_at < now - timedelta(minutes=minutes),
        )
    ).all()
    for message in lost:
        message.state, message.error = str(PostState.UNSURE), CUT_OFF
    session.flush()
    return len(lost)


def send_again(session: Session, ask: SetMessage) -> None:
    """Put a message that failed, or may not have come, back among those that wait.

    Raises:
        OfficerError: it was sent, or is on its way.
    """
    _step(session, ask, PostState.QUEUED)


def message_arrived(session: Session, ask: SetMessage, now: datetime) -> None:
    """Call an unsure message sent: the school has it."""
    _step(session, ask, PostState.SENT, now)


def withdraw_message(session: Session, ask: SetMessage) -> None:
    """Take a message out, so that it is never sent."""
    _step(session, ask, PostState.WITHDRAWN)


def _step(
    session: Session, ask: SetMessage, state: PostState, sent_at: datetime | None = None
) -> None:
    message = session.get(Message, ask.message_id)
    if message is None:
        raise OfficerError("This message is not there.")
    if message.version != ask.seen_version:
        raise RecordChanged("Somebody else dealt with this message meanwhile. Look at it again.")
    message.state, message.sent_at = str(state), sent_at
    session.flush()
