"""Asking the room manager for a room, and the answers: approve, refuse, offer another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import short_day
from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.rooms.actions.bookings import cancel_booking, confirm_booking, restore_booking
from lle_desk.rooms.actions.holding import move_use, wall_clock, written
from lle_desk.rooms.actions.keeping import keep_rows
from lle_desk.rooms.actions.moving import check_times
from lle_desk.rooms.actions.requests import (
    CancelBooking,
    ConfirmBooking,
    MoveUse,
    RestoreBooking,
)
from lle_desk.rooms.actions.waiting import ask_manager
from lle_desk.rooms.models import RoomAnswer, RoomBooking, RoomRequest, RoomUse
from lle_desk.rooms.queries.asking import can_be_held
from lle_desk.rooms.rules import HOLDING, WISHING, Status
from lle_desk.rooms.rules.asking import ANSWERABLE, OPEN, AnswerKind, RequestState

explain(
    {
        "room_answer_kept": "An answer stays as it was given. Answer again instead.",
        "room_request_kept": "A request is never changed or deleted. Withdraw it instead.",
        "room_request_answered": "A request is approved, refused or withdrawn by an answer only.",
        "room_request_held": ("Give it a room that is free first; then it is approved.", "space"),
        "uq_room_request_room_use_id": (
            "The room manager has been asked for a room for this already.",
            "",
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRoom:
    """A room wanted for a use that is there: parked, or only enquired about."""

    client_uuid: str
    use_id: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What every answer says: to which request as it was seen, and in which words."""

    client_uuid: str
    request_id: int
    seen_version: int
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve(Answer):
    """The room is given: the one that was wished for, or `space_id`."""

    space_id: int | None = None
    status: str = Status.CONFIRMED
    over_capacity_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Answer):
    """Another room or time instead; it holds nothing until it is taken."""

    space_id: int
    starts_at: datetime
    ends_at: datetime


def request_room(session: Session, ask: RequestRoom) -> int:
    """Ask for a room for a use that has none, and return the request's id.

    Raises:
        OfficerError: it has its room, is cancelled, or was asked for already.
    """
    found = select(RoomRequest).where(RoomRequest.client_uuid == ask.client_uuid)
    known = session.scalar(found)
    if known is not None:
        return known.id
    use = session.get_one(RoomUse, ask.use_id)
    booking = session.get_one(RoomBooking, use.room_booking_id)
    if booking.status == Status.CANCELLED:
        raise OfficerError("This booking is cancelled. Make a new one instead.")
    if use.holds_space and use.space_id is not None:
        raise OfficerError(f"“{booking.title}” has its room already.")
    if session.scalar(
        select(RoomRequest.id).where(
            RoomRequest.room_use_id == use.id, RoomRequest.state.in_([str(one) for one in OPEN])
        )
    ):
        raise OfficerError("The room manager has been asked for a room for this already.")
    return ask_manager(session, ask.client_uuid, use, ask.note).id


def approve_request(session: Session, ask: Approve) -> int:
    """Give the room that was asked for, or another, and return the request's new version.

    All of the booking's other requests that have their room then are approved with it.

    Raises:
        OfficerError: the room is taken, and by whom; or none was named.
        RecordChanged: somebody answered it since `seen_version`.
    """
    request, done = _seen(session, ask)
    if done:
        return request.version
    use = session.get_one(RoomUse, request.room_use_id)
    booking = session.get_one(RoomBooking, use.room_booking_id)
    space_id = ask.space_id or use.space_id
    if space_id is None:
        raise OfficerError("Choose a room for it first.", "space")
    _put(session, use, space_id, use.starts_at, use.ends_at, ask.over_capacity_reason)
    _hold(session, booking, Status(ask.status))
    _answer(session, request, ask.client_uuid, AnswerKind.APPROVED, ask.words)
    return request.version


def refuse_request(session: Session, ask: Answer) -> int:
    """Refuse a request with the reason, and return its new version.

    The booking stays in the diary, holding nothing; when its room becomes free, it is offered.

    Raises:
        OfficerError: there is no reason.
        RecordChanged: somebody answered it since `seen_version`.
    """
    request, done = _seen(session, ask)
    if done:
        return request.version
    words = written(ask.words, "The reason", 400, "reason", needed=True)
    use = session.get_one(RoomUse, request.room_use_id)
    request.was_taken = not can_be_held(session, use)
    _answer(session, request, ask.client_uuid, AnswerKind.REFUSED, words)
    return request.version


def offer_room(session: Session, ask: Offer) -> int:
    """Offer another room or time, and return the request's new version.

    Raises:
        OfficerError: the end is not after the start.
        RecordChanged: somebody answered it since `seen_version`.
    """
    check_times(ask.starts_at, ask.ends_at)
    request, done = _seen(session, ask)
    if not done:
        place = {"space_id": ask.space_id, "starts_at": ask.starts_at, "ends_at": ask.ends_at}
        _answer(session, request, ask.client_uuid, AnswerKind.OFFERED, ask.words, place)
    return request.version


def take_offer(session: Session, ask: Answer) -> int:
    """Take what was offered: it is booked there. Returns the request's new version.

    Raises:
        OfficerError: nothing is offered, or it was taken meanwhile, and by whom.
        RecordChanged: somebody answered it since `seen_version`.
    """
    request, done = _seen(session, ask)
    if done:
        return request.version
    offer = _newest(session, request)
    if offer is None or offer.space_id is None or offer.starts_at is None or offer.ends_at is None:
        raise OfficerError("No other room is offered for this now.")
    use = session.get_one(RoomUse, request.room_use_id)
    booking = session.get_one(RoomBooking, use.room_booking_id)
    _put(session, use, offer.space_id, offer.starts_at, offer.ends_at, "")
    _hold(session, booking, Status.CONFIRMED)
    _answer(session, request, ask.client_uuid, AnswerKind.APPROVED, ask.words or "offer taken")
    return request.version


def decline_offer(session: Session, ask: Answer) -> int:
    """Leave what was offered; the request waits again. Returns its new version.

    Raises:
        RecordChanged: somebody answered it since `seen_version`.
    """
    request, done = _seen(session, ask)
    if not done:
        _answer(session, request, ask.client_uuid, AnswerKind.DECLINED, ask.words)
    return request.version


def withdraw_request(session: Session, ask: Answer) -> int:
    """Ask no longer; a booking that only waited for it is cancelled. Returns its new version.

    Raises:
        RecordChanged: somebody answered it since `seen_version`.
    """
    request, done = _seen(session, ask)
    if done:
        return request.version
    use = session.get_one(RoomUse, request.room_use_id)
    booking = session.get_one(RoomBooking, use.room_booking_id)
    _answer(session, request, ask.client_uuid, AnswerKind.WITHDRAWN, ask.words)
    if Status(booking.status) in WISHING:
        reason = ask.words or "the request was withdrawn"
        cancel = CancelBooking(booking_id=booking.id, seen_version=booking.version, reason=reason)
        cancel_booking(session, cancel)
    return request.version


def _seen(session: Session, ask: Answer) -> tuple[RoomRequest, bool]:
    """Return the request, and whether this very answer is there: only its telling was lost."""
    request = session.get_one(RoomRequest, ask.request_id)
    if known_id(session, RoomAnswer, ask.client_uuid):
        return request, True
    state = RequestState(request.state)
    if state not in ANSWERABLE:
        last = _newest(session, request)
        by = f" by {last.answered_by}, {short_day(last.answered_at.date())}" if last else ""
        raise OfficerError(f"This request was {state}{by}.")
    if request.version != ask.seen_version:
        raise RecordChanged("Another desk answered this request meanwhile. Look at it again.")
    return request, False


def _answer(
    session: Session,
    request: RoomRequest,
    client_uuid: str,
    kind: AnswerKind,
    words: str,
    place: Mapping[str, Any] | None = None,
) -> None:
    session.add(
        RoomAnswer(
            client_uuid=client_uuid,
            room_request_id=request.id,
            kind=kind,
            answered_by=acting(session).officer,
            answered_at=wall_clock(),
            words=written(words, "The answer", 400, "reason"),
            **(place or {}),
        )
    )
    session.flush()
    declined = kind is AnswerKind.DECLINED
    request.state = RequestState.WAITING if declined else RequestState(kind)
    session.flush()


def _put(
    session: Session,
    use: RoomUse,
    space_id: int,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
) -> None:
    """Put the use into that room and time."""
    if (use.space_id, use.starts_at, use.ends_at) == (space_id, starts_at, ends_at):
        return
    move_use(
        session,
        MoveUse(
            use_id=use.id,
            seen_version=use.version,
            space_id=space_id,
            starts_at=starts_at,
            ends_at=ends_at,
            over_capacity_reason=reason,
        ),
    )


def _hold(session: Session, booking: RoomBooking, status: Status) -> None:
    """Let a booking that only wished hold its rooms from now on."""
    if Status(booking.status) in HOLDING:
        return
    if status is Status.PROVISIONAL:
        back = RestoreBooking(booking_id=booking.id, seen_version=booking.version, status=status)
        restore_booking(session, back)
    else:
        confirm = ConfirmBooking(booking_id=booking.id, seen_version=booking.version)
        confirm_booking(session, confirm)


def _newest(session: Session, request: RoomRequest) -> RoomAnswer | None:
    found = select(RoomAnswer).where(RoomAnswer.room_request_id == request.id)
    return session.scalar(found.order_by(RoomAnswer.id.desc()).limit(1))


def _put_request(session: Session, request: RoomRequest, values: Mapping[str, Any] | None) -> None:
    """Take an answer back, which is an answer as well; what was just asked is withdrawn."""
    state = RequestState(values["state"]) if values is not None else RequestState.WITHDRAWN
    if values is not None:
        request.was_taken = values["was_taken"]
    if request.state == state:
        return
    session.add(
        RoomAnswer(
            client_uuid=new_uuid(),
            room_request_id=request.id,
            kind=AnswerKind.TAKEN_BACK,
            answered_by=acting(session).officer,
            answered_at=wall_clock(),
        )
    )
    session.flush()
    request.state = state


keep_rows(RoomRequest, _put_request)
