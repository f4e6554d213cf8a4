"""Putting a use of a room into the queue of the room manager."""

from datetime import datetime

from sqlalchemy.orm import Session

from lle_desk.core.db import acting
from lle_desk.core.types import clean_text
from lle_desk.rooms.models import RoomRequest, RoomUse
from lle_desk.rooms.queries.asking import can_be_held
from lle_desk.rooms.rules.asking import RequestState

MOST_LETTERS = 400


def ask_manager(session: Session, client_uuid: str, use: RoomUse, note: str) -> RoomRequest:
    """Ask for a room for this use, and return the request; a longer note is cut."""
    request = RoomRequest(
        client_uuid=client_uuid,
        room_use_id=use.id,
        state=RequestState.WAITING,
        asked_by=acting(session).officer,
        asked_at=datetime.now().replace(microsecond=0),  # noqa: DTZ005  (the office's clock)
        note=clean_text(note)[:MOST_LETTERS].strip(),
        was_taken=not can_be_held(session, use),
    )
    session.add(request)
    session.flush()
    return request
