"""The money of a cancelled room booking: its charges void, what the terms say charged instead."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from lle_desk.charges.actions import add_charge, fee_instead, take_back
from lle_desk.charges.queries import standing
from lle_desk.charges.rules import ChargeState
from lle_desk.core.ready import table_of
from lle_desk.core.records import new_uuid
from lle_desk.offers.models import CancellationScale, CancellationStep
from lle_desk.offers.rules import Supply
from lle_desk.rooms.actions.agreeing import PaperStands, may_credit_here
from lle_desk.rooms.actions.charging import charged_anew, is_put_back
from lle_desk.rooms.actions.requests import CancelBooking, ReleaseRoom
from lle_desk.rooms.models import RoomBooking, RoomBookingTerm
from lle_desk.rooms.queries.cancelling import charged_sources, room_cancellation_cost
from lle_desk.rooms.queries.hire import hire_charges
from lle_desk.rooms.rules import number_words

SCALE = "Room hire"
COMPENSATION = str(Supply.COMPENSATION)

_STEP, _SCALE = table_of(CancellationStep), table_of(CancellationScale)
_TERMS = (  # made once: every new booking freezes them
    select(_STEP.c.notice_below, _STEP.c.percent, _STEP.c.base, _SCALE.c.unit)
    .join(_SCALE, _SCALE.c.id == _STEP.c.scale_id)
    .where(_SCALE.c.name == SCALE)
)
_FREEZE = insert(table_of(RoomBookingTerm))


def freeze_terms(session: Session, booking_ids: Sequence[int]) -> None:
    """Copy the terms of room hire onto bookings that are being made."""
    rows = session.execute(_TERMS).all()
    terms = [
        {
            "client_uuid": new_uuid(),
            "version": 1,
            "room_booking_id": booking_id,
            "notice_below": row.notice_below,
            "percent": row.percent,
            "base": row.base,
            "unit": row.unit,
        }
        for booking_id in booking_ids
        for row in rows
    ]
    if terms:
        session.execute(_FREEZE, terms)  # all in one statement


def settle_cancellation(
    session: Session,
    booking: RoomBooking,
    ask: CancelBooking | ReleaseRoom,
    today: date,
    use_id: int | None = None,
) -> str:
    """Take the charges of a booking back and charge what its terms say; return what to remember.

    With `use_id` only those of that room on that day, which is taken out of the booking.

    What is on an issued paper is credited at once, what was recharged reversed.

    Nothing is charged when we cancel, or when it is waived with a reason.
    """
    if is_put_back(session):
        return ""
    cost = room_cancellation_cost(session, booking.id, ask.notice_on or today, use_id)
    waived = ask.waived_because.strip()[:180]
    is_free = ask.by_us or bool(waived)
    why = "The booking was cancelled" if use_id is None else "Taken out of the booking"
    take_back(session, [line.charge.id for line in cost.lines], why)
    for line in cost.lines:
        if line.fee and not is_free:
            fee = fee_instead(session, line.charge, line.fee, line.why, cost.notice_on)
            add_charge(session, fee)
    if ask.by_us:
        return "cancelled by us"
    return f"charge waived: {waived}" if waived and cost.total else ""


def take_back_fees(session: Session, booking: RoomBooking) -> None:
    """Take back what was charged for a cancellation that is taken back, on a paper or not.

    The fee for a room that stays taken out stays.

    Raises:
        PaperStands: it is on an issued paper, and nobody has agreed to credit that yet.
    """
    if is_put_back(session):
        return
    back = charged_sources(session, booking.id, held=booking.holds_space)
    charged = [row for row in hire_charges(session, booking.id) if row.supply == COMPENSATION]
    fees = standing(session, [row for row in charged if (row.source, row.source_id) in back])
    billed = [row for row in fees if row.state == ChargeState.BILLED]
    if billed and not may_credit_here(session):
        open_ones = [row for row in fees if row not in billed]
        anew = charged_anew(session, booking)
        raise PaperStands(number_words(booking.number), billed, anew, open_ones)
    if fees:
        take_back(session, [row.id for row in fees], "The cancellation was taken back")
