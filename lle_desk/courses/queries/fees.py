"""What places were charged that stands still: fees for cancelling late, and what is given back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source, given_back_words
from lle_desk.core.money import Pence
from lle_desk.courses.models import CourseBooking, Place
from lle_desk.courses.queries.event_income import credited_of
from lle_desk.courses.rules import UNTIL_RESOLD, PlaceState, booking_words
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import Route
from lle_desk.offers.rules import Supply


@dataclass(frozen=True, slots=True)
class CancellationFee:
    """A fee for a place that was cancelled late: nobody has taken it back yet. `net` is left."""

    charge_id: int
    version: int
    place_id: int
    booking_id: int
    customer: str
    booking_number: int
    state: str
    hold_reason: str
    route: str
    net: Pence

    @property
    def is_billed(self) -> bool:
        return self.state == ChargeState.BILLED

    @property
    def waits_for_resale(self) -> bool:
        """Whether nobody pays it once its place is sold again."""
        return self.state == ChargeState.HELD and self.hold_reason == UNTIL_RESOLD

    @property
    def words(self) -> str:
        """Return whose it is: "Demo School, B-20881"."""
        return f"{self.customer}, {booking_words(self.booking_number)}"

    @property
    def falls(self) -> str:
        """Return what becomes of it when nobody is to pay it."""
        if self.is_billed:
            return given_back_words(self.route)
        return (
            "It was held until resold, and falls" if self.waits_for_resale else "It is struck out"
        )


@dataclass(frozen=True, slots=True)
class PlacesMoney:
    """What places cost that would be given back, net: on no paper yet, invoiced, recharged."""

    struck_out: Pence
    credited: Pence
    reversed: Pence


def cancellation_fees(session: Session, event_id: int) -> tuple[CancellationFee, ...]:
    """Return the fees of an event's cancelled places that stand, in the order they were charged."""
    found = session.execute(
        select(
            Charge.id,
            Charge.version,
            Place.id,
            CourseBooking.id,
            Customer.name,
            CourseBooking.number,
            Charge.state,
            Charge.hold_reason,
            Charge.route,
            Charge.net,
        )
        .join(Place, (Charge.source == str(Source.PLACE)) & (Charge.source_id == Place.id))
        .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
        .join(Customer, Customer.id == Charge.customer_id)
        .where(
            Place.event_id == event_id,
            ~Place.holds_place,  # as no cancelled place does; the index stands by it
            Place.state == str(PlaceState.CANCELLED),
            Charge.supply == str(Supply.COMPENSATION),
            Charge.state != str(ChargeState.VOID),
            Charge.net != 0,
        )
        .order_by(Charge.id)
    )
    fees = [CancellationFee(*row[:9], Pence(row[9])) for row in found]
    billed = [fee.charge_id for fee in fees if fee.is_billed]
    given = credited_of(session, billed)
    left = [replace(fee, net=_left(fee.net, given.get(fee.charge_id))) for fee in fees]
    return tuple(fee for fee in left if fee.net)


def _left(net: Pence, given: tuple[int, int] | None) -> Pence:
    return Pence(net + given[0]) if given is not None else net


def money_of(session: Session, place_ids: Sequence[int]) -> PlacesMoney:
    """Return what places cost by now that nobody gave back yet."""
    charges = session.execute(
        select(Charge.id, Charge.state, Charge.route, Charge.net).where(
            Charge.source == str(Source.PLACE),
            Charge.source_id.in_(place_ids),
            Charge.state != str(ChargeState.VOID),
        )
    ).all()
    billed = [row for row in charges if row.state == ChargeState.BILLED]
    given = credited_of(session, [row.id for row in billed])
    left = {row.id: row.net + given.get(row.id, (0, 0))[0] for row in billed}
    journal = sum(left[row.id] for row in billed if row.route == Route.RECHARGE)
    return PlacesMoney(
        struck_out=Pence(sum(row.net for row in charges if row.state != ChargeState.BILLED)),
        credited=Pence(sum(left.values()) - journal),
        reversed=Pence(journal),
    )
