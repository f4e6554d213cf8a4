"""Holding a room, moving what is held, giving it back."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.days import short_day, span_words
from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError
from lle_desk.core.ready import known_id, put_in, table_of
from lle_desk.core.settings import setting
from lle_desk.core.types import clean_text
from lle_desk.rooms.actions.charging import charge_new, follow_charges
from lle_desk.rooms.actions.moving import (
    asked_by,
    check_times,
    known_space,
    moved,
    refuse_misfit,
    reserved,
    seen,
    stand_of,
)
from lle_desk.rooms.actions.requests import HoldRoom, MoveUse, ReleaseRoom
from lle_desk.rooms.actions.settling import freeze_terms, settle_cancellation
from lle_desk.rooms.actions.stock import lend, refuse_short
from lle_desk.rooms.actions.waiting import ask_manager
from lle_desk.rooms.models import RoomBooking, RoomUse
from lle_desk.rooms.rules import HOLDING, Category, Layout, SpaceFacts, Status, Wanted, minutes_of

AT_ONCE = 500  # numbers in one question
LONGEST_NOTE = 4000
_BOOKING_OF_USE = uuid.UUID("8a4b5c1e-6f0a-4b57-9f4e-2f6f0f7a9d11")
_REQUEST_OF_USE = uuid.UUID("b1f7d2a4-53c9-4b0e-8f11-6d2e9a7c4405")
_NEWEST = select(func.max(table_of(RoomBooking).c.number))


def hold_room(session: Session, ask: HoldRoom, *, is_judged: bool = False) -> int:
    """Book a use of a room and return its id; the same `client_uuid` again makes nothing new.

    `is_judged`: the caller looked in this transaction whether it fits, with others at once.

    Raises:
        OfficerError: the room is taken, closed, or too small without a reason, equipment is
            short, or a field is missing. It says who has the room and what is free then.
    """
    done = known_id(session, RoomUse, ask.client_uuid)
    if done is not None:
        return done
    wanted = wanted_by(ask)
    space = known_space(session, ask.space_id)
    booking = _booking_for(session, ask)
    holds = Status(booking.status) in HOLDING
    wanted = asked_by(booking, wanted)
    if space is not None and holds and not is_judged:
        refuse_misfit(session, space, wanted, ask.over_capacity_reason)
    use = new_use(booking, ask, space, wanted)
    put_in(session, use)
    with_it(session, booking, use, ask)
    if ask.room_booking_id is None:
        charge_new(session, [booking])
    else:
        follow_charges(session, booking.id)
    return use.id


def with_it(session: Session, booking: RoomBooking, use: RoomUse, ask: HoldRoom) -> None:
    """Ask the room manager for what waits, and lend what goes with the room."""
    if booking.status == Status.WAITING:
        own = str(uuid.uuid5(_REQUEST_OF_USE, ask.client_uuid))
        ask_manager(session, own, use, booking.notes_office)
    for wanted in ask.equipment:
        lend(session, use, wanted)


def new_use(
    booking: RoomBooking, ask: HoldRoom, space: SpaceFacts | None, wanted: Wanted
) -> RoomUse:
    """Return the row of a use that is being made."""
    slot = reserved(space, wanted)
    return RoomUse(
        client_uuid=ask.client_uuid,
        room_booking_id=booking.id,
        space_id=ask.space_id,
        layout=wanted.layout,
        heads=ask.heads,
        is_estimate=ask.is_estimate,
        starts_at=ask.starts_at,
        ends_at=ask.ends_at,
        reserved_from=slot.starts_at,
        reserved_to=slot.ends_at,
        holds_space=Status(booking.status) in HOLDING,
        over_capacity_reason=clean_text(ask.over_capacity_reason),
    )


def wanted_by(ask: HoldRoom) -> Wanted:
    """Return what a request wants of a room, after a look at its fields.

    Raises:
        OfficerError: a field is missing or makes no sense.
    """
    check_times(ask.starts_at, ask.ends_at)
    if ask.heads < 1:
        raise OfficerError("Say how many people come: 1 or more.", "heads")
    layout = known_layout(ask.layout)
    return Wanted(
        ask.starts_at, ask.ends_at, ask.heads, layout, ask.before_minutes, ask.after_minutes
    )


def move_use(session: Session, ask: MoveUse) -> int:
    """Give a use another room or time and return its new version.

    What belongs to it moves along, or nothing moves.

    Raises:
        OfficerError: the room is taken, closed, or too small without a reason.
        RecordChanged: somebody saved it since `seen_version`.
    """
    check_times(ask.starts_at, ask.ends_at)
    use = session.get_one(RoomUse, ask.use_id)
    booking = session.get_one(RoomBooking, use.room_booking_id)
    there = (use.space_id, use.starts_at, use.ends_at) == (ask.space_id, ask.starts_at, ask.ends_at)
    if there and use.version == ask.seen_version + 1:
        return use.version  # this very move went in, and only its answer was lost
    seen(use, ask.seen_version)
    if booking.status == Status.CANCELLED:
        raise OfficerError("This booking is cancelled. Make a new one instead.")
    before, after = _own_margins(use)
    wanted = Wanted(
        ask.starts_at,
        ask.ends_at,
        use.heads,
        use.layout,
        before if ask.before_minutes is None else ask.before_minutes,
        after if ask.after_minutes is None else ask.after_minutes,
        use.id,
    )
    place(session, booking, use, ask.space_id, wanted, ask.over_capacity_reason)
    session.flush()
    follow_charges(session, booking.id)
    return use.version


def release_room(session: Session, ask: ReleaseRoom) -> int:
    """Give a use's room back for good and return its new version.

    What it was charged is taken back, and what the booking's frozen terms ask for that day is
    charged instead. A booking none of whose uses is left is cancelled with it.

    Raises:
        RecordChanged: somebody saved it since `seen_version`.
    """
    use = session.get_one(RoomUse, ask.use_id)
    if not use.holds_space and use.version == ask.seen_version + 1:
        return use.version  # it went in, and only the answer was lost
    seen(use, ask.seen_version)
    booking = session.get_one(RoomBooking, use.room_booking_id)
    settled = ""
    if booking.source != "course" and booking.status != Status.CANCELLED:
        settled = settle_cancellation(session, booking, ask, wall_clock().date(), use.id)
    use.holds_space = False
    session.flush()
    left = session.scalar(
        select(func.count())
        .select_from(RoomUse)
        .where(RoomUse.room_booking_id == use.room_booking_id, RoomUse.holds_space)
    )
    reason = clean_text(ask.reason)
    reason = f"{reason} ({settled})".strip() if settled else reason
    if left:
        _note(booking, use, reason)
    elif booking.status != Status.CANCELLED:
        booking.status = Status.CANCELLED
        booking.holds_space = False
        booking.cancelled_at = wall_clock()
        booking.cancelled_reason = reason or "room given back"
    session.flush()
    follow_charges(session, booking.id)
    return use.version


def _note(booking: RoomBooking, use: RoomUse, reason: str) -> None:
    """Remember in the office's note why a part of the booking was taken out."""
    if reason and booking.source != "course":
        day = f"{short_day(use.starts_at.date())} {span_words(use.starts_at, use.ends_at)}"
        told = f"{booking.notes_office}\nTaken out, {day}: {reason}".strip()
        if len(told) <= LONGEST_NOTE:
            booking.notes_office = told


def release_rooms(session: Session, use_ids: Sequence[int], reason: str) -> None:
    """Give many uses back for good, whatever version they have, in a few statements.

    A booking none of whose uses is left is cancelled with it.
    """
    bookings: dict[int, None] = {}
    for first in range(0, len(use_ids), AT_ONCE):
        some = RoomUse.id.in_(use_ids[first : first + AT_ONCE])
        for use in session.scalars(select(RoomUse).where(some, RoomUse.holds_space)):
            use.holds_space = False
            bookings[use.room_booking_id] = None
    session.flush()
    listed = list(bookings)
    for first in range(0, len(listed), AT_ONCE):
        left = select(RoomUse.id).where(
            RoomUse.room_booking_id == RoomBooking.id, RoomUse.holds_space
        )
        emptied = select(RoomBooking).where(
            RoomBooking.id.in_(listed[first : first + AT_ONCE]),
            RoomBooking.status != Status.CANCELLED,
            ~left.exists(),
        )
        for booking in session.scalars(emptied):
            booking.status = Status.CANCELLED
            booking.holds_space = False
            booking.cancelled_at = wall_clock()
            booking.cancelled_reason = clean_text(reason) or "room given back"
    session.flush()
    follow_charges(session, *listed)


def place(
    session: Session,
    booking: RoomBooking,
    use: RoomUse,
    space_id: int | None,
    wanted: Wanted,
    reason: str,
) -> None:
    """Put the use into that room and time after looking; see `move_use` for what is raised."""
    space = known_space(session, space_id)
    reason = clean_text(reason) or use.over_capacity_reason
    fits = False
    if space is not None and use.holds_space:
        fits = refuse_misfit(session, space, asked_by(booking, wanted), reason).fits
    slot = reserved(space, wanted)
    if use.holds_space:
        refuse_short(session, use.id, slot.starts_at, slot.ends_at)
    was = stand_of(use)
    use.space_id = space_id
    use.starts_at, use.ends_at = wanted.starts_at, wanted.ends_at
    use.reserved_from, use.reserved_to = slot.starts_at, slot.ends_at
    use.over_capacity_reason = "" if fits else reason
    if stand_of(use) != was:
        session.flush()
        moved(session, booking, use, was)


def _own_margins(use: RoomUse) -> tuple[int | None, int | None]:
    """Return the use's own minutes; what was parked without any takes those of its first room."""
    before = minutes_of(use.reserved_from, use.starts_at)
    after = minutes_of(use.ends_at, use.reserved_to)
    if use.space_id is None and not before and not after:
        return None, None
    return before, after


def known_layout(layout: str) -> Layout:
    """Return the layout of that name.

    Raises:
        OfficerError: there is none.
    """
    try:
        return Layout(layout)
    except ValueError:
        raise OfficerError(f"There is no layout called {layout}.", "layout") from None


def known_category(category: str) -> Category:
    """Return the category of that name.

    Raises:
        OfficerError: there is none.
    """
    try:
        return Category(category)
    except ValueError:
        raise OfficerError("Choose one of the five categories.", "category") from None


def written(text: str, what: str, most: int, field: str, *, needed: bool = False) -> str:
    """Return typed text, cleaned.

    Raises:
        OfficerError: it is longer than `most` letters, or missing where it is needed.
    """
    cleaned = clean_text(text)
    if needed and not cleaned:
        raise OfficerError(f"{what} is missing.", field)
    if len(cleaned) > most:
        raise OfficerError(f"{what} has {len(cleaned)} letters; {most} fit.", field)
    return cleaned


def wall_clock() -> datetime:
    """Return now as the clock on the wall shows it, to the second."""
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005


def _booking_for(session: Session, ask: HoldRoom) -> RoomBooking:
    """Return the booking that the use belongs to: the one named, or a new one."""
    if ask.room_booking_id is not None:
        booking = session.get_one(RoomBooking, ask.room_booking_id)
        if booking.status == Status.CANCELLED:
            raise OfficerError("This booking is cancelled. Make a new one instead.")
        return booking
    booking = new_booking(session, ask, next_number(session))
    put_in(session, booking)
    if ask.source != "course":
        freeze_terms(session, [booking.id])
    return booking


def new_booking(session: Session, ask: HoldRoom, number: int) -> RoomBooking:
    """Return the row of a booking that is being made.

    Raises:
        OfficerError: a field is missing or too long.
    """
    status = Status(ask.status)
    option_on = ask.option_on
    if status is Status.PROVISIONAL and option_on is None:
        days = setting(session, "option_days", int)
        option_on = wall_clock().date() + timedelta(days=days)
    return RoomBooking(
        client_uuid=str(uuid.uuid5(_BOOKING_OF_USE, ask.client_uuid)),
        number=number,
        title=written(ask.title, "The title", 200, "title", needed=True),
        short_title=written(ask.short_title, "The short title", 40, "short_title"),
        category=known_category(ask.category),
        status=status,
        holds_space=status in HOLDING,
        customer_id=ask.customer_id,
        contact_id=ask.contact_id,
        option_on=option_on,
        order_number=written(ask.order_number, "The order number", 60, "order_number"),
        notes_customer=written(ask.notes_customer, "The note", 4000, "notes_customer"),
        notes_office=written(ask.notes_office, "The note", 4000, "notes_office"),
        taken_by=acting(session).officer,
        source=ask.source,
    )


def next_number(session: Session) -> int:
    """Return the next WR number; the office-wide lock keeps it ours until the commit."""
    return (session.scalar(_NEWEST) or 0) + 1
