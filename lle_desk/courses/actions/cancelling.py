"""Cancelling a booking: its places are free again, its charges void, a fee charged if due."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from lle_desk.agreements.actions import return_use
from lle_desk.agreements.rules import DrawSource
from lle_desk.charges.actions import ChargeReason, add_charge, fee_instead, hold_charge, take_back
from lle_desk.charges.queries import charges_of, standing
from lle_desk.charges.rules import Source
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.types import clean_text
from lle_desk.courses.models import CourseBooking, Place
from lle_desk.courses.queries.cancelling import CancellationLine, cancellation_cost
from lle_desk.courses.rules import UNTIL_RESOLD, PlaceState


@dataclass(frozen=True, slots=True)
class CancelBooking:
    """A booking to cancel. `notice_on` is the day the written notice reached us.

    `waived_because` "" charges what the scale says. `place_ids` are the places to cancel, all
    when none is given. `until_resold` holds the fee back: it is waived if the place is sold
    again.
    """

    booking_id: int
    seen_version: int
    notice_on: date
    reason: str
    waived_because: str = ""
    place_ids: tuple[int, ...] = ()
    until_resold: bool = False


def cancel_booking(session: Session, ask: CancelBooking) -> None:
    """Cancel all places of a booking, and charge what the frozen scale says unless waived.

    Raises:
        OfficerError: no reason was given, or it is cancelled already.
        RecordChanged: the booking was saved since it was opened.
    """
    booking = session.get_one(CourseBooking, ask.booking_id)
    if booking.version != ask.seen_version:
        raise RecordChanged("This booking was changed while you had it open. Open it again.")
    reason = clean_text(ask.reason)[:180]
    if not reason:
        raise OfficerError("Say why it is cancelled, for whoever reads this next.", "reason")
    cost = cancellation_cost(session, booking.id, ask.notice_on, ask.place_ids)
    waived = clean_text(ask.waived_because)[:180]
    for line in cost.lines:
        _cancel_place(session, line, ask.notice_on, reason, waived)
    session.flush()
    written = charges_of(session, Source.PLACE, [line.place.id for line in cost.lines])
    take_back(session, [one.id for one in standing(session, written)], f"Cancelled: {reason}")
    by_id = {one.id: one for one in written}
    for line in cost.lines:
        before = by_id.get(line.place.charge_id or 0)
        if line.fee and not waived and before is not None:
            new = fee_instead(session, before, line.fee, line.why, ask.notice_on)
            fee = add_charge(session, new)
            if ask.until_resold:
                hold_charge(session, ChargeReason(fee, 1, UNTIL_RESOLD))


def _cancel_place(
    session: Session, line: CancellationLine, notice_on: date, reason: str, waived: str
) -> None:
    place = session.get_one(Place, line.place.id)
    place.state = str(PlaceState.CANCELLED)
    place.holds_place = False
    place.cancelled_at = datetime.combine(notice_on, time())
    place.cancelled_reason = f"{reason} (fee waived: {waived})" if waived else reason
    if not line.fee or waived:  # in time: the place goes back to the allowance
        return_use(session, DrawSource.PLACE, place.id)
