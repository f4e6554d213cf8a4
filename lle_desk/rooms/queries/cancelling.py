"""What cancelling a room booking costs by the terms frozen on it, seen before it is done."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.queries import ChargeRow
from lle_desk.charges.rules import ChargeState, Source, given_back_words
from lle_desk.core.days import working_days_between
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, pounds
from lle_desk.offers.rules import Scale, ScaleStep, cancellation_fee, step_on
from lle_desk.rooms.models import (
    CateringLine,
    EquipmentLine,
    RoomBooking,
    RoomBookingTerm,
    RoomUse,
)
from lle_desk.rooms.queries.hire import hire_charges, standing_charges
from lle_desk.rooms.rules import Status, number_words

WITH_CATERING = ("hire and catering", "total")


@dataclass(frozen=True, slots=True)
class RoomCancellationLine:
    """One charge until now, what it costs when cancelled, and why."""

    charge: ChargeRow
    fee: Pence
    why: str

    @property
    def given_back(self) -> str:
        """What becomes of the charge on an issued paper, "" where none has it."""
        is_billed = self.charge.state == ChargeState.BILLED
        return given_back_words(self.charge.route) if is_billed else ""


@dataclass(frozen=True, slots=True)
class RoomCancellationCost:
    """What a booking costs when its cancellation reaches us on `notice_on`.

    `first_on` is the first day of what it holds, None when it holds nothing. `words` say in one
    sentence what the notice is and what that means.
    """

    booking_id: int
    notice_on: date
    first_on: date | None
    words: str
    lines: tuple[RoomCancellationLine, ...]

    @property
    def total(self) -> Pence:
        return Pence(sum(line.fee for line in self.lines))


def room_terms(session: Session, booking_id: int) -> Scale | None:
    """Return the cancellation scale as it stood when the booking was made."""
    terms = session.execute(
        select(
            RoomBookingTerm.notice_below,
            RoomBookingTerm.percent,
            RoomBookingTerm.base,
            RoomBookingTerm.unit,
        )
        .where(RoomBookingTerm.room_booking_id == booking_id)
        .order_by(RoomBookingTerm.notice_below.is_(None), RoomBookingTerm.notice_below)
    ).all()
    if not terms:
        return None
    steps = tuple(ScaleStep(term.notice_below, term.percent, term.base) for term in terms)
    return Scale("as booked", terms[0].unit, Pence(0), steps)


def room_cancellation_cost(
    session: Session, booking_id: int, notice_on: date, use_id: int | None = None
) -> RoomCancellationCost:
    """Return what cancelling costs. Each use counts its notice to its own day.

    With `use_id` only that room on that day is taken out of the booking.

    Raises:
        OfficerError: it is cancelled already.
    """
    booking = session.get_one(RoomBooking, booking_id)
    if booking.status == Status.CANCELLED:
        raise OfficerError(f"{number_words(booking.number)} is cancelled already.")
    days = _days(session, booking_id, use_id)
    written = standing_charges(session, hire_charges(session, booking_id))
    charges = [row for row in written if (row.source, row.source_id) in days]
    scale = room_terms(session, booking_id)
    lines = tuple(_line(row, scale, notice_on, days[row.source, row.source_id]) for row in charges)
    first_on = min(days.values(), default=None)
    words = _words(booking, scale, notice_on, first_on, bool(charges))
    return RoomCancellationCost(booking_id, notice_on, first_on, words, lines)


def charged_sources(session: Session, booking_id: int, *, held: bool) -> set[tuple[str, int]]:
    """Return the sources of the charges of a booking; `held`: only of what holds its room."""
    out = select(RoomUse.id).where(RoomUse.room_booking_id == booking_id, ~RoomUse.holds_space)
    left_out = {
        use for use_id in session.scalars(out) for use in _days(session, booking_id, use_id)
    }
    every = set(_days(session, booking_id, None))
    return every - left_out if held else every


def cost_or_why(
    session: Session, booking_id: int, notice_on: date, use_id: int | None = None
) -> RoomCancellationCost | str:
    """Return what cancelling costs, or the sentence why it cannot be cancelled now."""
    try:
        return room_cancellation_cost(session, booking_id, notice_on, use_id)
    except OfficerError as refusal:
        return str(refusal)


def _line(
    row: ChargeRow, scale: Scale | None, notice_on: date, event_on: date
) -> RoomCancellationLine:
    notice = notice_words(notice_on, event_on)
    step = step_on(scale, notice_on, event_on) if scale is not None else None
    percent = step.percent if step is not None and _covers(step, row) else 0
    if not percent:
        return RoomCancellationLine(row, Pence(0), f"{notice}: nothing to pay")
    fee = cancellation_fee(row.net, percent, Pence(0))
    return RoomCancellationLine(row, fee, f"{notice}: {percent} % of {pounds(row.net)}")


def _covers(step: ScaleStep, row: ChargeRow) -> bool:
    return row.source != Source.CATERING_LINE or step.base in WITH_CATERING


def notice_words(notice_on: date, event_on: date) -> str:
    """Return "3 working days of notice"; the day of notice left out, that of the event counted."""
    if notice_on > event_on:
        return "After the event"
    days = working_days_between(notice_on, event_on)
    return f"{days} working day{'' if days == 1 else 's'} of notice"


def _words(
    booking: RoomBooking,
    scale: Scale | None,
    notice_on: date,
    first_on: date | None,
    is_charged: bool,
) -> str:
    if booking.status not in (Status.CONFIRMED, Status.COMPLETED):
        return f"It is {booking.status}, so nothing is charged and nothing is to pay."
    if not is_charged:
        return "Nothing is charged for this booking, so nothing is to pay."
    if scale is None:
        return "No cancellation terms were agreed when it was booked, so nothing is to pay."
    return f"{notice_words(notice_on, first_on)}." if first_on else ""


def _days(session: Session, booking_id: int, use_id: int | None) -> dict[tuple[str, int], date]:
    """Return the day of the event of each use and line, or of one use and its lines."""
    found = select(RoomUse.id, RoomUse.starts_at).where(RoomUse.room_booking_id == booking_id)
    if use_id is not None:
        found = found.where(RoomUse.id == use_id)
    uses = {row.id: row.starts_at.date() for row in session.execute(found)}
    days: dict[tuple[str, int], date] = {
        (str(Source.ROOM_USE), use_id): day for use_id, day in uses.items()
    }
    for source, model in (
        (Source.CATERING_LINE, CateringLine),
        (Source.EQUIPMENT_LINE, EquipmentLine),
    ):
        lines = select(model.id, model.room_use_id).where(model.room_use_id.in_(uses))
        for row in session.execute(lines):
            days[str(source), row[0]] = uses[row[1]]
    return days
