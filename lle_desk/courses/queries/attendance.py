"""The roll of an event: who was expected, who came to which session, in the register's order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.days import day_words, london_today, short_day, span_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.courses.models import (
    Course,
    CourseBooking,
    Event,
    EventSession,
    Place,
)
from lle_desk.courses.queries.event_income import credited_of
from lle_desk.courses.queries.missed import missed_by_place
from lle_desk.courses.rules import PlaceState
from lle_desk.customers.models import Customer, Person
from lle_desk.offers.rules import Supply

Came = tuple[bool | None, ...]  # whether somebody was at each session, None while not typed


def turnout(came: Sequence[bool | None]) -> bool | None:
    """Return whether somebody attended who was so at each session: one is enough.

    None while it is not known: nothing is typed, or only that some sessions were missed.
    """
    if any(came):
        return True
    return False if came and None not in came else None


def turnout_words(came: Came) -> str:
    """Return "came", "missed 2", "only 1", "did not come", "not typed"; sessions by number."""
    there = [number for number, one in enumerate(came, 1) if one]
    missed = [number for number, one in enumerate(came, 1) if one is False]
    if not missed:
        return "came" if there else "not typed"
    if not there:
        return "did not come" if len(missed) == len(came) else f"not at {_listed(missed)}"
    return f"only {_listed(there)}" if len(there) < len(missed) else f"missed {_listed(missed)}"


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)


@dataclass(frozen=True, slots=True)
class RollSession:
    """One session of the event. `number` is its place in time, from 1."""

    id: int
    number: int
    starts_at: datetime
    ends_at: datetime
    has_begun: bool = True

    @property
    def words(self) -> str:
        day = day_words(self.starts_at.date())
        return f"{self.number}: {day}, {span_words(self.starts_at, self.ends_at)}"

    @property
    def short_words(self) -> str:
        return f"{self.number}: {short_day(self.starts_at.date())} {self.starts_at:%H:%M}"


@dataclass(frozen=True, slots=True)
class RollRow:
    """One delegate. `number` is the register's; `price` the place's, `fee` that for not coming.

    `missed` are the sessions, by id, that one who came was not at.
    """

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
    missed: frozenset[int] = frozenset()

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

    def came_to(self, sessions: Sequence[RollSession]) -> Came:
        """Return whether they were at each of these; of who came, one to come is not known."""
        if not self.came:
            return tuple(self.came for _ in sessions)
        return tuple(
            one.id not in self.missed if one.has_begun or one.id in self.missed else None
            for one in sessions
        )


@dataclass(frozen=True, slots=True)
class Roll:
    """All who hold a place on an event, and its sessions by time."""

    event_id: int
    code: str
    title: str
    state: str
    first_on: date | None
    last_on: date | None
    rows: tuple[RollRow, ...]
    sessions: tuple[RollSession, ...] = ()

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
    missed = missed_by_place(session, event_id)
    rows = tuple(
        RollRow(
            number,
            *row,
            *sums.get(row[0], (Pence(0), Pence(0))),
            missed=missed.get(row[0], frozenset()),
        )
        for number, row in enumerate(found, start=1)
    )
    return Roll(*head, rows, _sessions(session, event_id))


def _sessions(session: Session, event_id: int) -> tuple[RollSession, ...]:
    today = london_today()
    found = session.execute(
        select(EventSession.id, EventSession.starts_at, EventSession.ends_at)
        .where(EventSession.event_id == event_id)
        .order_by(EventSession.starts_at)
    )
    return tuple(
        RollSession(number, at, starts, ends, starts.date() <= today)
        for at, (number, starts, ends) in enumerate(found, start=1)
    )


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
