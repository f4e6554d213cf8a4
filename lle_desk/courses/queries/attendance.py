"""The roll of an event: who was expected, who came, in the order of the register."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.courses.models import Course, CourseBooking, Event, Place
from lle_desk.courses.queries.event_income import credited_of
from lle_desk.courses.rules import PlaceState
from lle_desk.customers.models import Customer, Person
from lle_desk.offers.rules import Supply


@dataclass(frozen=True, slots=True)
class RollRow:
    """One delegate. `number` is the register's; `price` the place's, `fee` that for not coming."""

    number: int
    place_id: int
    version: int
    state: str
    person_id: int | None
    given_name: str
    family_name: str
    job_title: str
    email: str
    customer: str
    booking_id: int
    booking_number: int
    price: Pence
    fee: Pence

    @property
    def name(self) -> str:
        """The delegate's name, "" while it is to come."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def came(self) -> bool | None:
        """Whether they came, None while it is not typed."""
        if self.state == PlaceState.BOOKED:
            return None
        return self.state == PlaceState.ATTENDED


@dataclass(frozen=True, slots=True)
class Roll:
    """All who hold a place on an event."""

    event_id: int
    code: str
    title: str
    state: str
    first_on: date | None
    last_on: date | None
    rows: tuple[RollRow, ...]

    @property
    def came(self) -> int:
        return sum(row.came is True for row in self.rows)

    @property
    def absent(self) -> int:
        return sum(row.came is False for row in self.rows)

    @property
    def to_type(self) -> int:
        return sum(row.came is None for row in self.rows)


def roll_of(session: Session, event_id: int) -> Roll:
    """Return the roll: by family name, places without a name after them, as the register prints.

    Raises:
        OfficerError: the event is not there.
    """
    head = session.execute(
        select(Event.id, Event.code, Course.title, Event.state, Event.first_on, Event.last_on)
        .join(Course, Course.id == Event.course_id)
        .where(Event.id == event_id)
    ).first()
    if head is None:
        raise OfficerError("This event is not there.")
    found = session.execute(
        select(
            Place.id,
            Place.version,
            Place.state,
            Place.person_id,
            func.coalesce(Person.given_name, ""),
            func.coalesce(Person.family_name, ""),
            func.coalesce(Person.job_title, ""),
            func.coalesce(Person.email, ""),
            Customer.name,
            CourseBooking.id,
            CourseBooking.number,
        )
        .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
        .join(Customer, Customer.id == CourseBooking.customer_id)
        .outerjoin(Person, Person.id == Place.person_id)
        .where(Place.event_id == event_id, Place.holds_place)
        .order_by(Person.family_name.is_(None), Person.family_name, Person.given_name, Place.id)
    ).all()
    sums = _charged(session, event_id)
    rows = tuple(
        RollRow(number, *row, *sums.get(row[0], (Pence(0), Pence(0))))
        for number, row in enumerate(found, start=1)
    )
    return Roll(*head, rows)


def _charged(session: Session, event_id: int) -> dict[int, tuple[Pence, Pence]]:
    """Return what each place costs, less what was credited: its price, and compensation."""
    found: dict[int, tuple[Pence, Pence]] = {}
    charges = session.execute(
        select(Charge.source_id, Charge.supply, Charge.net, Charge.id)
        .join(Place, (Charge.source == str(Source.PLACE)) & (Charge.source_id == Place.id))
        .where(Place.event_id == event_id, Charge.state != str(ChargeState.VOID))
    ).all()
    given = credited_of(session, [row.id for row in charges])
    for place_id, supply, billed, charge_id in charges:
        net = billed + given.get(charge_id, (0, 0))[0]
        price, fee = found.get(place_id, (Pence(0), Pence(0)))
        is_fee = supply == Supply.COMPENSATION
        found[place_id] = (Pence(price + net * (not is_fee)), Pence(fee + net * is_fee))
    return found
