"""The card of an event, of a course and of a booking: all that the inspector shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Function, Select, func, select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.changes import HistoryRow, history_of
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.courses.models import Course, CourseBooking, Event, EventSession, Place
from lle_desk.courses.queries.breaking_even import BreakEven, break_even, materials_of
from lle_desk.courses.queries.event_history import event_history
from lle_desk.courses.queries.event_income import (
    NO_MONEY,
    NOTHING,
    EventIncome,
    credited_of,
    income_of,
)
from lle_desk.courses.queries.events import EventRow, SessionRow, event_row, sessions_of
from lle_desk.courses.queries.missed import in_part
from lle_desk.courses.rules import PlaceState, booking_words, was_moved
from lle_desk.customers.models import Customer, Person
from lle_desk.offers.queries import prices_of
from lle_desk.offers.rules import DatedPrice
from lle_desk.officers.models import Service

GIVEN_BACK = "credited"  # where a charge stands of which later papers left nothing


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: who, from where, what it costs and where its charge stands.

    `delegate` "" is not named yet; `charge_id` None has no charge. `net` and `vat` are those of
    the first charge that stands, its price, or of one that was given back; `owed` is what all its
    charges leave to pay, less what was credited: a fee in the place of the price, a fee for not
    coming. `part` says which part of the event was attended, "1 of 2 sessions", "" when all of it.
    """

    id: int
    version: int
    state: str
    person_id: int | None
    delegate: str
    customer_id: int
    customer: str
    booking_id: int
    booking_number: int
    charge_id: int | None
    charge_state: str
    band: str
    net: Pence
    vat: Pence
    price_reason: str
    vat_code: str
    route: str
    cancelled_reason: str
    owed: Pence = NO_MONEY
    owed_vat: Pence = NO_MONEY
    part: str = ""

    @property
    def state_words(self) -> str:
        """Return "attended, 1 of 2 sessions", or only the state."""
        return f"{self.state}, {self.part}" if self.part else self.state

    @property
    def can_be_reopened(self) -> bool:
        return self.state == PlaceState.CANCELLED and not was_moved(self.cancelled_reason)


@dataclass(frozen=True, slots=True)
class EventCard:
    """All that is known of one event."""

    row: EventRow
    service: str
    number: int  # which run of its course, by day
    runs: int
    budgeted: int | None
    arrival_words: str
    notes: str
    sessions: tuple[SessionRow, ...]
    places: tuple[PlaceRow, ...]
    money: EventIncome
    prices: tuple[DatedPrice, ...]
    history: tuple[HistoryRow, ...]
    break_even: BreakEven
    materials: str
    has_own_prices: bool


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course with its prices and the number of its events."""

    id: int
    version: int
    code: str
    title: str
    short_title: str
    summary: str
    service_id: int
    service_code: str
    service: str
    offer_id: int
    is_active: bool
    events: int
    prices: tuple[DatedPrice, ...]


@dataclass(frozen=True, slots=True)
class BookingCard:
    """One booking with its places."""

    id: int
    version: int
    number: int
    event_id: int
    customer_id: int
    customer: str
    contact_id: int | None
    contact: str
    order_number: str
    confirmation_to: str
    notes: str
    taken_by: str
    taken_at: datetime  # UTC
    event_code: str
    title: str
    places: tuple[PlaceRow, ...]
    history: tuple[HistoryRow, ...]

    @property
    def words(self) -> str:
        return booking_words(self.number)


@dataclass(frozen=True, slots=True)
class CourseHit:
    """A course to choose, with its service."""

    id: int
    code: str
    title: str
    service_id: int
    service_code: str


@dataclass(frozen=True, slots=True)
class ServiceHit:
    """A service to choose."""

    id: int
    code: str
    name: str


def event_card(session: Session, event_id: int) -> EventCard:
    """Return all that is known of an event.

    Raises:
        OfficerError: it is not there.
    """
    event = session.execute(
        select(
            Event.course_id,
            Event.offer_id,
            Event.budgeted,
            Event.arrival_words,
            Event.notes,
            Event.first_on,
            Service.name,
            Course.offer_id.label("course_offer_id"),
        )
        .join(Course, Course.id == Event.course_id)
        .join(Service, Service.id == Course.service_id)
        .where(Event.id == event_id)
    ).first()
    if event is None:
        raise OfficerError("This event is not there.")
    places = places_of(session, event_id=event_id)
    number, runs = _which_run(session, event.course_id, event_id)
    return EventCard(
        row=event_row(session, event_id),
        service=event.name,
        number=number,
        runs=runs,
        budgeted=event.budgeted,
        arrival_words=event.arrival_words,
        notes=event.notes,
        sessions=tuple(sessions_of(session, event_id)),
        places=places,
        money=income_of(session, Place.event_id == event_id).get(event_id, NOTHING),
        prices=prices_of(session, event.offer_id),
        history=event_history(session, event_id),
        break_even=break_even(session, event_id),
        materials=materials_of(session, event_id),
        has_own_prices=event.offer_id != event.course_offer_id,
    )


def event_still_there(session: Session, event_id: int) -> EventCard | None:
    """Return all that is known of an event that was shown, None when its making was undone."""
    return event_card(session, event_id) if session.get(Event, event_id) is not None else None


def booking_card(session: Session, booking_id: int) -> BookingCard:
    """Return all that is known of a booking.

    Raises:
        OfficerError: it is not there.
    """
    found = session.execute(
        select(CourseBooking, Customer.name, Event.code, Course.title, _name_of_person())
        .join(Customer, Customer.id == CourseBooking.customer_id)
        .join(Event, Event.id == CourseBooking.event_id)
        .join(Course, Course.id == Event.course_id)
        .outerjoin(Person, Person.id == CourseBooking.contact_id)
        .where(CourseBooking.id == booking_id)
    ).first()
    if found is None:
        raise OfficerError("This booking is not there.")
    booking, customer, code, title, contact = found
    return BookingCard(
        id=booking.id,
        version=booking.version,
        number=booking.number,
        event_id=booking.event_id,
        customer_id=booking.customer_id,
        customer=customer,
        contact_id=booking.contact_id,
        contact=contact,
        order_number=booking.order_number,
        confirmation_to=booking.confirmation_to,
        notes=booking.notes,
        taken_by=booking.taken_by,
        taken_at=booking.taken_at,
        event_code=code,
        title=title,
        places=places_of(session, booking_id=booking_id),
        history=tuple(history_of(session, "course_booking", booking_id)),
    )


def booking_of_place(session: Session, place_id: int) -> int | None:
    """Return the booking that a place, and so its charge, belongs to."""
    return session.scalar(select(Place.course_booking_id).where(Place.id == place_id))


def event_of_room_use(session: Session, room_use_id: int) -> int | None:
    """Return the event that a use of a room is for, None when it is no course's."""
    found = select(EventSession.event_id).where(EventSession.room_use_id == room_use_id)
    return session.scalar(found)


def event_of_session(session: Session, session_id: int) -> int | None:
    """Return the event that a session belongs to, None when it was struck out."""
    return session.scalar(select(EventSession.event_id).where(EventSession.id == session_id))


def course_card(session: Session, course_id: int) -> CourseCard:
    """Return a course with its prices.

    Raises:
        OfficerError: it is not there.
    """
    found = session.execute(
        select(Course, Service.code, Service.name)
        .join(Service, Service.id == Course.service_id)
        .where(Course.id == course_id)
    ).first()
    if found is None:
        raise OfficerError("This course is not there.")
    course, service_code, service = found
    runs = session.scalar(select(func.count()).where(Event.course_id == course_id)) or 0
    return CourseCard(
        id=course.id,
        version=course.version,
        code=course.code,
        title=course.title,
        short_title=course.short_title,
        summary=course.summary,
        service_id=course.service_id,
        service_code=service_code,
        service=service,
        offer_id=course.offer_id,
        is_active=course.is_active,
        events=runs,
        prices=prices_of(session, course.offer_id),
    )


def find_courses(session: Session, typed: str, most: int = 30) -> list[CourseHit]:
    """Return the courses of the programme with each typed word in title or code."""
    found = (
        select(Course.id, Course.code, Course.title, Course.service_id, Service.code)
        .join(Service, Service.id == Course.service_id)
        .where(Course.is_active)
        .order_by(Course.title)
        .limit(most)
    )
    for word in typed.split():
        found = found.where((Course.title + " " + Course.code).icontains(word, autoescape=True))
    return [CourseHit(*row) for row in session.execute(found)]


def services(session: Session) -> list[ServiceHit]:
    """Return the traded services by name."""
    found = select(Service.id, Service.code, Service.name).order_by(Service.name)
    return [ServiceHit(*row) for row in session.execute(found)]


def places_of(
    session: Session, *, event_id: int | None = None, booking_id: int | None = None
) -> tuple[PlaceRow, ...]:
    """Return the places of an event or of a booking: those that hold a seat first."""
    found: Select[*tuple[Any, ...]] = (
        select(
            Place.id,
            Place.version,
            Place.state,
            Place.person_id,
            _name_of_person(),
            CourseBooking.customer_id,
            Customer.name,
            CourseBooking.id,
            CourseBooking.number,
            Charge.id,
            func.coalesce(Charge.state, ""),
            func.coalesce(Charge.band, ""),
            func.coalesce(Charge.net, 0),
            func.coalesce(Charge.vat, 0),
            func.coalesce(Charge.price_reason, ""),
            func.coalesce(Charge.vat_code, ""),
            func.coalesce(Charge.route, ""),
            Place.cancelled_reason,
        )
        .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
        .join(Customer, Customer.id == CourseBooking.customer_id)
        .outerjoin(Person, Person.id == Place.person_id)
        .outerjoin(
            Charge,
            (Charge.source == str(Source.PLACE))
            & (Charge.source_id == Place.id)
            & (Charge.state != str(ChargeState.VOID)),
        )
        .order_by(Place.holds_place.desc(), Place.id, Charge.id)
    )
    wanted = []
    if event_id is not None:
        wanted.append(Place.event_id == event_id)
    if booking_id is not None:
        wanted.append(Place.course_booking_id == booking_id)
    rows = [PlaceRow(*row) for row in session.execute(found.where(*wanted))]
    return _with_owed(session, rows, in_part(session, *wanted))


def _with_owed(
    session: Session, charges: Sequence[PlaceRow], parts: Mapping[int, str]
) -> tuple[PlaceRow, ...]:
    """Return the places once each, of rows for each of their charges, with what they owe."""
    billed = [row.charge_id for row in charges if row.charge_state == ChargeState.BILLED]
    given = credited_of(session, [one for one in billed if one is not None])
    rows: dict[int, PlaceRow] = {}
    for row in charges:
        net, vat = given.get(row.charge_id or 0, (0, 0))
        is_back = row.net and row.net + net == 0
        shown = replace(row, charge_state=GIVEN_BACK) if is_back else row
        before = rows.get(row.id, shown)
        first = shown if before.charge_state == GIVEN_BACK else before
        owed, owed_vat = before.owed + row.net + net, before.owed_vat + row.vat + vat
        part = parts.get(row.id, "")
        rows[row.id] = replace(first, owed=Pence(owed), owed_vat=Pence(owed_vat), part=part)
    return tuple(rows.values())


def _name_of_person() -> Function[str]:
    return func.trim(
        func.coalesce(Person.given_name, "") + " " + func.coalesce(Person.family_name, "")
    )


def _which_run(session: Session, course_id: int, event_id: int) -> tuple[int, int]:
    runs = list(
        session.scalars(
            select(Event.id).where(Event.course_id == course_id).order_by(Event.first_on, Event.id)
        )
    )
    return runs.index(event_id) + 1, len(runs)
