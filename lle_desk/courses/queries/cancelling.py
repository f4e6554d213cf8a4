"""What cancelling a booking costs, seen before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.agreements.queries import GivingBack, drawing
from lle_desk.agreements.rules import DrawSource
from lle_desk.charges.rules import ChargeState, given_back_words
from lle_desk.core.days import working_days_between
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence, pounds
from lle_desk.courses.models import CourseBooking, Event
from lle_desk.courses.queries.cards import PlaceRow, places_of
from lle_desk.courses.queries.letters import frozen_scale
from lle_desk.courses.rules import HOLDING, counted
from lle_desk.offers.rules import Scale, cancellation_fee, step_on


@dataclass(frozen=True, slots=True)
class CancellationLine:
    """One place: its charge until now, what cancelling it costs, and why."""

    place: PlaceRow
    fee: Pence
    why: str
    is_covered: bool = False  # an agreement pays for it

    def given_back(self, *, is_waived: bool = False) -> str:
        """Return what becomes of a price that is billed, or of an agreement's place, else ""."""
        if self.is_covered:
            is_used = self.fee and not is_waived
            return "The agreement’s place stays used" if is_used else "The agreement gets it back"
        is_billed = self.place.charge_state == ChargeState.BILLED
        return given_back_words(self.place.route) if is_billed else ""


@dataclass(frozen=True, slots=True)
class CancellationCost:
    """What a booking costs when its cancellation reaches us on `notice_on`."""

    notice_on: date
    notice: str  # "3 working days' notice"
    lines: tuple[CancellationLine, ...]

    @property
    def total(self) -> Pence:
        return Pence(sum(line.fee for line in self.lines))


def cancellation_cost(
    session: Session, booking_id: int, notice_on: date, place_ids: Sequence[int] = ()
) -> CancellationCost:
    """Return what cancelling a booking costs by the scale that was frozen on it.

    `place_ids` are the places to cancel, all of the booking's when none is given.

    Raises:
        OfficerError: nothing is booked any more.
    """
    event_on = session.scalar(
        select(Event.first_on)
        .join(CourseBooking, CourseBooking.event_id == Event.id)
        .where(CourseBooking.id == booking_id)
    )
    places = [
        row
        for row in places_of(session, booking_id=booking_id)
        if row.state in HOLDING and (not place_ids or row.id in place_ids)
    ]
    if not places or event_on is None:
        raise OfficerError("No place of this booking is held any more: it is cancelled already.")
    scale = frozen_scale(session, booking_id)
    notice = _notice_words(scale, notice_on, event_on)
    lines = [_line(place, scale, notice_on, event_on, notice) for place in places]
    covered = drawing(session, GivingBack(DrawSource.PLACE, [place.id for place in places]))
    told = (replace(line, is_covered=line.place.id in covered) for line in lines)
    return CancellationCost(notice_on, notice, tuple(told))


def _line(
    place: PlaceRow, scale: Scale | None, notice_on: date, event_on: date, notice: str
) -> CancellationLine:
    step = step_on(scale, notice_on, event_on) if scale is not None else None
    if scale is None or step is None or not step.percent:
        return CancellationLine(place, Pence(0), f"{notice}: nothing to pay")
    fee = cancellation_fee(place.owed, step.percent, scale.free_place_fee)
    base = pounds(place.owed or scale.free_place_fee)
    return CancellationLine(place, fee, f"{notice}: {step.percent} % of {base}")


def _notice_words(scale: Scale | None, notice_on: date, event_on: date) -> str:
    if notice_on > event_on:
        return "After the event"
    if scale is not None and scale.unit == "weeks":
        return f"{counted((event_on - notice_on).days // 7, 'week')} of notice"
    return f"{counted(working_days_between(notice_on, event_on), 'working day')} of notice"
