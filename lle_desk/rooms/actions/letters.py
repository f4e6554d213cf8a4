"""A letter leaves: what it told is kept, and its foot carries a mark of the audit chain."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.anchors import anchor_of, write_anchor
from lle_desk.core.days import now_utc
from lle_desk.core.errors import RecordChanged
from lle_desk.core.refusals import explain
from lle_desk.rooms.models import LetterSent
from lle_desk.rooms.papers import RoomLetter
from lle_desk.rooms.queries.letters import TABLE, room_letter
from lle_desk.rooms.rules.letters import Way

explain({"letter_sent_kept": "A letter that was sent is kept as it was. Write another one."})


@dataclass(frozen=True, slots=True)
class SendRoomLetter:
    """The letter as the officer saw it, and how it leaves."""

    client_uuid: str
    letter: RoomLetter
    way: Way
    sent_by: str


def send_room_letter(session: Session, ask: SendRoomLetter) -> str:
    """Keep what the letter tells and return the mark for its foot. Twice is the same as once.

    Raises:
        RecordChanged: the booking is not as the letter says any more.
    """
    known = session.scalars(
        select(LetterSent).where(LetterSent.client_uuid == ask.client_uuid)
    ).first()
    if known is not None:
        mark = anchor_of(session, _named(known.id))
        return mark.words if mark else ""
    seen = ask.letter
    now = room_letter(session, seen.booking_id, seen.written_on)
    if (now.kind, now.told) != (seen.kind, seen.told):
        raise RecordChanged(
            f"{seen.number} was changed meanwhile, so nothing was sent. Look at the letter again."
        )
    sent = LetterSent(
        client_uuid=ask.client_uuid,
        kind=seen.kind,
        table_name=TABLE,
        record_id=seen.booking_id,
        told=seen.told,
        way=str(ask.way),
        sent_at=now_utc(),
        sent_by=ask.sent_by,
    )
    session.add(sent)
    session.flush()
    return write_anchor(session, _named(sent.id)).words


def _named(letter_id: int) -> str:
    """Return what an anchor calls the paper it stands on."""
    return f"letter {letter_id}"
