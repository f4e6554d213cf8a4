"""What cancelling dates of a repeating booking costs, seen before it is done."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from lle_desk.core.money import Pence
from lle_desk.rooms.actions.series_changes import other_dates
from lle_desk.rooms.models import RoomBooking
from lle_desk.rooms.queries.cancelling import (
    RoomCancellationCost,
    RoomCancellationLine,
    cost_or_why,
)
from lle_desk.rooms.rules.repeats import Scope


@dataclass(frozen=True, slots=True)
class SeriesCost:
    """What each date costs that would be cancelled when its notice reaches us on `notice_on`."""

    notice_on: date
    dates: tuple[RoomCancellationCost, ...]

    @property
    def lines(self) -> tuple[RoomCancellationLine, ...]:
        """What costs something or is on a paper; the other dates are many."""
        every = (line for one in self.dates for line in one.lines)
        return tuple(line for line in every if line.fee or line.given_back)

    @property
    def total(self) -> Pence:
        return Pence(sum(one.total for one in self.dates))

    @property
    def words(self) -> str:
        """Return the sentence that stands above the sum."""
        dates = len(self.dates)
        charged = sum(one.total > 0 for one in self.dates)
        count = "1 date" if dates == 1 else f"{dates} dates"
        if not charged:
            return f"{count}, nothing to pay."
        if charged == dates:
            return f"{count}, charged for by the terms agreed at booking."
        some = "1 of them is" if charged == 1 else f"{charged} of them are"
        return f"{count}; {some} charged for by the terms agreed at booking."


def series_cost(
    session: Session, booking_id: int, scope: Scope, notice_on: date
) -> SeriesCost | str:
    """Return what cancelling this and other dates costs, or why they cannot be cancelled now."""
    booking = session.get_one(RoomBooking, booking_id)
    dates = []
    for one in (booking, *(other for _on, other in other_dates(session, booking, scope))):
        cost = cost_or_why(session, one.id, notice_on)
        if isinstance(cost, str):
            return cost
        dates.append(cost)
    return SeriesCost(notice_on, tuple(dates))
