"""What cancelling dates of a repeating booking costs, seen before it is done."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from lle_desk.core.money import Pence, pounds
from lle_desk.rooms.actions.series_changes import other_dates
from lle_desk.rooms.models import RoomBooking
from lle_desk.rooms.queries.cancelling import cost_or_why
from lle_desk.rooms.rules.repeats import Scope


@dataclass(frozen=True, slots=True)
class SeriesCost:
    """How many dates would be cancelled, how many of them cost something, and how much.

    `refusal` says why they cannot be cancelled now, "" when they can.
    """

    dates: int
    charged: int
    total: Pence
    refusal: str

    @property
    def words(self) -> str:
        """Return the sentence that stands above the button."""
        if self.refusal:
            return self.refusal
        count = "1 date" if self.dates == 1 else f"{self.dates} dates"
        if not self.charged:
            return f"{count}, nothing to pay."
        some = "1 of them costs" if self.charged == 1 else f"{self.charged} of them cost"
        return f"{count}; {some} {pounds(self.total)} in all by the terms they were booked with."


def series_cost(session: Session, booking_id: int, scope: Scope, notice_on: date) -> SeriesCost:
    """Return what cancelling this and other dates costs. Nothing is written."""
    booking = session.get_one(RoomBooking, booking_id)
    listed = [booking, *(other for _on, other in other_dates(session, booking, scope))]
    total = charged = 0
    for one in listed:
        cost = cost_or_why(session, one.id, notice_on)
        if isinstance(cost, str):
            return SeriesCost(len(listed), 0, Pence(0), cost)
        total += cost.total
        charged += cost.total > 0
    return SeriesCost(len(listed), charged, Pence(total), "")
