"""The provisional bookings whose option runs out."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.customers.models import Customer, Person
from lle_desk.rooms.models import RoomBooking, RoomUse, Space
from lle_desk.rooms.queries.plan import joined
from lle_desk.rooms.rules import Status
from lle_desk.rooms.rules.options import last_chase

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One provisional booking. `option_on` None has no day to run out on.

    `use_id` is its first use, at `starts_at` in `room` ("" while it is parked). `chased` says
    who asked the customer last, and when.
    """

    booking_id: int
    version: int
    number: int
    title: str
    category: str
    option_on: date | None
    customer: str
    contact: str
    telephone: str
    email: str
    use_id: int
    room: str
    starts_at: datetime
    ends_at: datetime
    uses: int
    chased: str


def options_running_out(session: Session, site_id: int | None = None) -> list[OptionRow]:
    """Return the provisional bookings, the option that runs out first at the top."""
    first = (
        select(
            RoomUse.room_booking_id,
            func.min(RoomUse.id).label("use_id"),
            func.count().label("uses"),
        )
        .where(RoomUse.holds_space)
        .group_by(RoomUse.room_booking_id)
        .subquery()
    )
    found = (
        select(RoomBooking, RoomUse, first.c.uses, Space.name, Customer, Person)
        .join(first, first.c.room_booking_id == RoomBooking.id)
        .join(RoomUse, RoomUse.id == first.c.use_id)
        .join(Space, Space.id == RoomUse.space_id, isouter=True)
        .join(Customer, Customer.id == RoomBooking.customer_id, isouter=True)
        .join(Person, Person.id == RoomBooking.contact_id, isouter=True)
        .where(RoomBooking.status == Status.PROVISIONAL)
        .order_by(RoomBooking.option_on.is_(None), RoomBooking.option_on, RoomUse.starts_at)
        .limit(MOST_LISTED)
    )
    if site_id is not None:
        found = found.where((Space.site_id == site_id) | RoomUse.space_id.is_(None))
    return [_row(*one) for one in session.execute(found)]


def _row(
    booking: RoomBooking,
    use: RoomUse,
    uses: int,
    room: str | None,
    customer: Customer | None,
    person: Person | None,
) -> OptionRow:
    return OptionRow(
        booking_id=booking.id,
        version=booking.version,
        number=booking.number,
        title=booking.title,
        category=booking.category,
        option_on=booking.option_on,
        customer=customer.name if customer else "",
        contact=joined((person.given_name, person.family_name)) if person else "",
        telephone=(person.telephone if person else "") or (customer.telephone if customer else ""),
        email=(person.email if person else "") or (customer.email if customer else ""),
        use_id=use.id,
        room=room or "",
        starts_at=use.starts_at,
        ends_at=use.ends_at,
        uses=uses,
        chased=last_chase(booking.notes_office),
    )
