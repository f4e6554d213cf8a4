"""Confirming, cancelling and editing a booking."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.changes import history_of
from lle_desk.core.errors import OfficerError
from lle_desk.core.types import clean_text
from lle_desk.rooms.actions.charging import follow_charges
from lle_desk.rooms.actions.holding import (
    known_category,
    known_layout,
    place,
    wall_clock,
    written,
)
from lle_desk.rooms.actions.moving import asked_by, check_times, known_space, refuse_misfit, seen
from lle_desk.rooms.actions.requests import (
    CancelBooking,
    ConfirmBooking,
    CountHeads,
    EditBooking,
    RestoreBooking,
)
from lle_desk.rooms.actions.settling import settle_cancellation, take_back_fees
from lle_desk.rooms.actions.stock import refuse_short
from lle_desk.rooms.models import RoomBooking, RoomUse
from lle_desk.rooms.rules import HOLDING, Status, Wanted, minutes_of

MOST_HEADS = 100_000
GIVING_BACK = "release_room"  # as the audit trail names it


def confirm_booking(session: Session, ask: ConfirmBooking) -> int:
    """Confirm a booking, so that all its uses hold their rooms, and return its new version.

    Raises:
        OfficerError: one of its rooms was taken meanwhile, or it is cancelled.
        RecordChanged: somebody saved it since `seen_version`.
    """
    booking = session.get_one(RoomBooking, ask.booking_id)
    if booking.status == Status.CONFIRMED and booking.version == ask.seen_version + 1:
        return booking.version  # it went in, and only the answer was lost
    seen(booking, ask.seen_version)
    if booking.status == Status.CANCELLED:
        raise OfficerError("This booking is cancelled. Make a new one instead.")
    if not booking.holds_space:  # else a room that was given back would be taken again
        _hold_all(session, booking)
    booking.status = Status.CONFIRMED
    booking.holds_space = True
    booking.option_on = None
    session.flush()
    follow_charges(session, booking.id)
    return booking.version


def cancel_booking(session: Session, ask: CancelBooking) -> int:
    """Cancel a booking, so that it holds nothing any more, and return its new version.

    Its charges are taken back, on a paper or not; what its frozen terms ask for is charged
    instead.

    Raises:
        OfficerError: it belongs to a course, which is cancelled in Courses.
        RecordChanged: somebody saved it since `seen_version`.
    """
    booking = session.get_one(RoomBooking, ask.booking_id)
    if booking.status == Status.CANCELLED:
        return booking.version
    seen(booking, ask.seen_version)
    if booking.source == "course":
        raise OfficerError(
            f"“{booking.title}” is a course. Cancel it in Courses, or take its room away here."
        )
    reason = written(ask.reason, "The reason", 200, "reason")
    settled = settle_cancellation(session, booking, ask, wall_clock().date())
    for use in _uses(session, booking):
        use.holds_space = False
    booking.status = Status.CANCELLED
    booking.holds_space = False
    booking.cancelled_at = wall_clock()
    booking.cancelled_reason = f"{reason} ({settled})".strip() if settled else reason
    session.flush()
    return booking.version


def restore_booking(session: Session, ask: RestoreBooking) -> int:
    """Take a cancellation back and return the booking's new version.

    Raises:
        OfficerError: one of its rooms was taken meanwhile, or it belongs to a course, whose
            sessions are given their rooms in Courses.
        RecordChanged: somebody saved it since `seen_version`.
    """
    booking = session.get_one(RoomBooking, ask.booking_id)
    seen(booking, ask.seen_version)
    if booking.source == "course":
        raise OfficerError(
            f"“{booking.title}” is a course. Give its sessions their rooms in Courses."
        )
    status = Status(ask.status)
    if status in HOLDING:
        _hold_all(session, booking)
    booking.status = status
    booking.holds_space = status in HOLDING
    booking.cancelled_at = None
    booking.cancelled_reason = ""
    session.flush()
    take_back_fees(session, booking)
    follow_charges(session, booking.id)
    return booking.version


def edit_booking(session: Session, ask: EditBooking) -> int:
    """Save what the inspector shows of a use and its booking; return the use's new version.

    Raises:
        OfficerError: a field is missing, or the room does not fit any more.
        RecordChanged: somebody saved either since it was opened.
    """
    check_times(ask.starts_at, ask.ends_at)
    use = session.get_one(RoomUse, ask.use_id)
    booking = session.get_one(RoomBooking, ask.booking_id)
    seen(booking, ask.seen_booking_version)
    seen(use, ask.seen_use_version)
    if ask.heads < 1:
        raise OfficerError("Say how many people come: 1 or more.", "heads")
    if booking.status == Status.CANCELLED and use.space_id != ask.space_id:
        raise OfficerError("This booking is cancelled. Make a new one instead.")
    with session.no_autoflush:  # one save, one step of each version
        _edit_booking_fields(booking, ask)
        use.is_estimate = use.is_estimate and use.heads == ask.heads
        use.heads = ask.heads
        use.actual_heads = _counted(ask.actual_heads)
        use.layout = known_layout(ask.layout)
        wanted = Wanted(
            ask.starts_at,
            ask.ends_at,
            ask.heads,
            ask.layout,
            ask.before_minutes,
            ask.after_minutes,
            use.id,
        )
        place(session, booking, use, ask.space_id, wanted, clean_text(ask.over_capacity_reason))
    session.flush()
    follow_charges(session, booking.id)
    return use.version


def count_heads(session: Session, ask: CountHeads) -> int:
    """Enter how many people were in the room, and return the use's new version.

    Raises:
        OfficerError: it is no such number.
        RecordChanged: somebody saved the use since `seen_version`.
    """
    use = session.get_one(RoomUse, ask.use_id)
    seen(use, ask.seen_version)
    use.actual_heads = _counted(ask.heads)
    session.flush()
    return use.version


def _counted(heads: int | None) -> int | None:
    if heads is not None and not 0 <= heads <= MOST_HEADS:
        raise OfficerError("Say how many people came: 0 or more.", "actual_heads")
    return heads


def _edit_booking_fields(booking: RoomBooking, ask: EditBooking) -> None:
    booking.title = written(ask.title, "The title", 200, "title", needed=True)
    booking.short_title = written(ask.short_title, "The short title", 40, "short_title")
    booking.category = known_category(ask.category)
    booking.customer_id = ask.customer_id
    booking.contact_id = ask.contact_id
    booking.notes_customer = written(ask.notes_customer, "The note", 4000, "notes_customer")
    booking.notes_office = written(ask.notes_office, "The note", 4000, "notes_office")
    booking.order_number = written(ask.order_number, "The order number", 60, "order_number")
    if booking.status == Status.PROVISIONAL:
        booking.option_on = ask.option_on


def _hold_all(session: Session, booking: RoomBooking) -> None:
    """Let every use hold its room again, each after a look, but for those taken out before."""
    uses = _uses(session, booking)
    given_back = [(use.id, _taken_out_at(session, use)) for use in uses if not use.holds_space]
    out = {use_id: at for use_id, at in given_back if at}
    if len(out) == len(uses):  # the last one that was given back cancelled the booking
        del out[max(out, key=lambda use_id: out[use_id])]
    for use in uses:
        if use.holds_space or use.id in out:
            continue
        space = known_space(session, use.space_id)
        if space is not None:
            wanted = Wanted(
                use.starts_at,
                use.ends_at,
                use.heads,
                use.layout,
                minutes_of(use.reserved_from, use.starts_at),
                minutes_of(use.ends_at, use.reserved_to),
                use.id,
            )
            wanted = asked_by(booking, wanted)
            refuse_misfit(session, space, wanted, use.over_capacity_reason or "as booked")
        refuse_short(session, use.id, use.reserved_from, use.reserved_to)
        use.holds_space = True
        session.flush()


def _taken_out_at(session: Session, use: RoomUse) -> int:
    """Return where in the trail a use was given back by itself, 0 when it was not."""
    for change in history_of(session, RoomUse.__tablename__, use.id):
        if "holds_space" in change.after:
            was_given_back = change.action == GIVING_BACK and not change.after["holds_space"]
            return change.position if was_given_back else 0
    return 0


def _uses(session: Session, booking: RoomBooking) -> list[RoomUse]:
    found = select(RoomUse).where(RoomUse.room_booking_id == booking.id)
    return list(session.scalars(found.order_by(RoomUse.starts_at, RoomUse.id)))
