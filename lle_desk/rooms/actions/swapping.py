"""Two bookings that change places, and one that is kept where it is."""

from dataclasses import replace

from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.rooms.actions.holding import move_use
from lle_desk.rooms.actions.moving import moving_together, seen
from lle_desk.rooms.actions.requests import MoveUse, PinUse, SwapUses
from lle_desk.rooms.models import RoomBooking, RoomUse
from lle_desk.rooms.rules import Status

STEPS = 2  # of the version: out of its old place, and into its new one


def swap_uses(session: Session, ask: SwapUses) -> tuple[int, int]:
    """Let two uses change places, both or neither, and return their new versions.

    Both are taken out before either is put in, so that they do not meet half way. What
    belongs to them, such as course sessions, moves along.

    Raises:
        OfficerError: one does not fit where the other was, and why.
        RecordChanged: somebody saved one of them since `seen_version`.
    """
    if ask.first.use_id == ask.second.use_id:
        raise OfficerError("Choose another booking to swap with.")
    first = session.get_one(RoomUse, ask.first.use_id)
    second = session.get_one(RoomUse, ask.second.use_id)
    if _is_there(first, ask.first) and _is_there(second, ask.second):
        return first.version, second.version  # it went in, and only the answer was lost
    pairs = ((first, ask.first), (second, ask.second))
    for use, one in pairs:
        seen(use, one.seen_version)
        booking = session.get_one(RoomBooking, use.room_booking_id)
        if booking.status == Status.CANCELLED:
            raise OfficerError(f"“{booking.title}” is cancelled and has no place to swap.")
    held = [use.holds_space for use, _one in pairs]
    for use, _one in pairs:
        use.holds_space = False
    session.flush()
    with moving_together(session):
        for (use, one), holds in zip(pairs, held, strict=True):
            _put(session, use, one, holds)
    return first.version, second.version


def pin_use(session: Session, ask: PinUse) -> int:
    """Keep a use in its room when rooms are allocated anew, or not; return its new version.

    Raises:
        OfficerError: it has no room to be kept in.
        RecordChanged: somebody saved it since `seen_version`.
    """
    use = session.get_one(RoomUse, ask.use_id)
    if use.is_pinned == ask.is_pinned and use.version == ask.seen_version + 1:
        return use.version  # it went in, and only the answer was lost
    seen(use, ask.seen_version)
    if ask.is_pinned and use.space_id is None:
        raise OfficerError("It has no room yet. Give it one, then keep it there.", "space")
    use.is_pinned = ask.is_pinned
    session.flush()
    return use.version


def _put(session: Session, use: RoomUse, one: MoveUse, holds: bool) -> None:
    """Put a use that was taken out into its new place."""
    with session.no_autoflush:  # not for a moment back in its old place
        use.holds_space = holds
        move_use(session, replace(one, seen_version=use.version))
    session.flush()


def _is_there(use: RoomUse, one: MoveUse) -> bool:
    now = (use.space_id, use.starts_at, use.ends_at)
    return now == (one.space_id, one.starts_at, one.ends_at) and (
        use.version == one.seen_version + STEPS
    )
