"""What goes otherwise around today: places given back, rooms asked for, letters that wait."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.courses.actions import CancelBooking, cancel_booking
from lle_desk.courses.exports.letters import as_message
from lle_desk.courses.models import CourseBooking, Place
from lle_desk.courses.queries.addressing import addressees
from lle_desk.courses.queries.posting import letters_to
from lle_desk.courses.rules import EventState
from lle_desk.demo.dice import fixed_uuid
from lle_desk.demo.present import Present
from lle_desk.demo.present_courses import AddedEvent
from lle_desk.letters.actions import Outcome, claim_next, finish_message, queue_messages
from lle_desk.letters.rules import LetterKind, PostState
from lle_desk.rooms.actions.asking import Answer, RequestRoom, refuse_request, request_room
from lle_desk.rooms.models import RoomRequest, RoomUse

REASONS = (  # why, and whether the fee waits until the place is sold again
    ("Cover could not be found", True),
    ("Ill on the day", False),
    ("School inspection that week", True),
    ("Left the school", False),
    ("Booked twice by mistake", False),
    ("Training day moved", False),
)
NOTES = ("", "Ground floor, please: a delegate uses a wheelchair", "A room with a piano, please")
MESSAGES = 4
NO_ROOM = "Every room of that size is taken that day. Another day of the week is free."
SENDER = "courses@office.example"  # kept for examples: no mail ever comes from or goes there
REFUSED = "550 The demo's addresses are invented; nothing was sent."


def cancel_some(session: Session, there: Present, events: Sequence[AddedEvent]) -> None:
    """Give back a place of each of the next open events that have one over their minimum."""
    coming = [
        event
        for event in events
        if event.told.days_later > 0
        and event.told.state in (EventState.OPEN, EventState.CONFIRMED)
        and event.told.minimum < event.told.booked < event.told.capacity
    ]
    for (reason, until_resold), event in zip(REASONS, coming, strict=False):
        place = session.scalars(
            select(Place)
            .where(Place.event_id == event.event_id, Place.person_id.is_not(None))
            .order_by(Place.id)
            .limit(1)
        ).one()
        booking = session.get_one(CourseBooking, place.course_booking_id)
        ask = CancelBooking(
            booking.id,
            booking.version,
            there.today,
            reason,
            place_ids=(place.id,),
            until_resold=until_resold,
        )
        cancel_booking(session, ask)


def ask_for_rooms(session: Session) -> None:
    """Ask the room manager for what waits for a room; the first request is answered."""
    waiting = session.scalars(
        select(RoomUse).where(RoomUse.space_id.is_(None)).order_by(RoomUse.id).limit(len(NOTES))
    ).all()
    for place, (use, note) in enumerate(zip(waiting, NOTES, strict=False)):
        uuid = fixed_uuid("present request", place)
        number = request_room(session, RequestRoom(client_uuid=uuid, use_id=use.id, note=note))
        if place:
            continue
        version = session.get_one(RoomRequest, number).version
        uuid = fixed_uuid("present answer", place)
        answer = Answer(client_uuid=uuid, request_id=number, seen_version=version, words=NO_ROOM)
        refuse_request(session, answer)


def write_letters(session: Session, there: Present, events: Sequence[AddedEvent]) -> None:
    """Put joining letters of the next event in the outbox; the first of them failed."""
    event = next(one for one in events if one.told.days_later > 0)
    whom = addressees(session, LetterKind.JOINING, event.event_id)
    letters = letters_to(session, whom[:MESSAGES], there.today)
    now = datetime.combine(there.today, datetime.min.time()) + timedelta(hours=8)
    asked = fixed_uuid("present letters", there.today)
    messages = [as_message(one, SENDER, asked, now) for one in letters if one.email]
    queue_messages(session, messages[:1], now)
    claimed = claim_next(session, "demo", now)
    if claimed is not None:
        finish_message(session, Outcome(claimed.id, "demo", PostState.FAILED, REFUSED, now))
    queue_messages(session, messages[1:], now)
