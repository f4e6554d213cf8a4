"""A date that was left out of a repeating booking, booked after all within it."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.ready import known_id
from lle_desk.rooms.actions.requests import HoldRoom
from lle_desk.rooms.actions.series_requests import HoldRooms
from lle_desk.rooms.actions.several import hold_rooms
from lle_desk.rooms.models import RoomBooking, RoomUse, SeriesDate
from lle_desk.rooms.queries.series import uses_of_dates
from lle_desk.rooms.rules import Status, minutes_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLeftOut:
    """The date `on` of the series that a booking is a date of, to be booked as that one is."""

    client_uuid: str
    booking_id: int
    on: date


def book_left_out(session: Session, ask: BookLeftOut) -> int:
    """Book a date that was left out, with the rooms and times of another, and return its use.

    Raises:
        OfficerError: a room is taken then, and by whom; or the date is booked already.
    """
    done = known_id(session, RoomUse, ask.client_uuid)
    if done is not None:
        return done
    booking = session.get_one(RoomBooking, ask.booking_id)
    if booking.status == Status.CANCELLED:
        raise OfficerError("This date is cancelled. Open one that is booked, then try again.")
    same = select(SeriesDate.series_id).where(SeriesDate.room_booking_id == booking.id)
    left_out = session.scalars(
        select(SeriesDate).where(SeriesDate.series_id.in_(same), SeriesDate.original_on == ask.on)
    ).first()
    if left_out is None or left_out.room_booking_id is not None:
        raise OfficerError(f"{day_words(ask.on)} is not left out. Look at the dates again.")
    uses = uses_of_dates(session, [booking.id])[booking.id]
    held = [use for use in uses if use.holds_space] or uses
    use_id = hold_rooms(session, HoldRooms(lines=_lines(ask, booking, held)))
    left_out.room_booking_id = session.get_one(RoomUse, use_id).room_booking_id
    left_out.skipped_reason = ""
    session.flush()
    return use_id


def _lines(ask: BookLeftOut, booking: RoomBooking, uses: list[RoomUse]) -> tuple[HoldRoom, ...]:
    shift = ask.on - min(use.starts_at for use in uses).date()
    return tuple(
        HoldRoom(
            client_uuid=ask.client_uuid if not at else _own(ask, at),
            space_id=use.space_id,
            starts_at=use.starts_at + shift,
            ends_at=use.ends_at + shift,
            heads=use.heads,
            layout=use.layout,
            before_minutes=minutes_of(use.reserved_from, use.starts_at),
            after_minutes=minutes_of(use.ends_at, use.reserved_to),
            over_capacity_reason=use.over_capacity_reason,
            is_estimate=use.is_estimate,
            title=booking.title,
            short_title=booking.short_title,
            category=booking.category,
            status=booking.status,
            customer_id=booking.customer_id,
            contact_id=booking.contact_id,
            notes_customer=booking.notes_customer,
            notes_office=booking.notes_office,
            order_number=booking.order_number,
        )
        for at, use in enumerate(uses)
    )


def _own(ask: BookLeftOut, at: int) -> str:
    return str(uuid.uuid5(uuid.UUID(ask.client_uuid), str(at)))
