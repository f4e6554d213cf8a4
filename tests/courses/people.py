"""A service's course, its events and the customers who book, made for the tests."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import (
    AddCourse,
    AddEvent,
    BookPlaces,
    Delegate,
    NewSession,
    add_course,
    add_event,
)
from lle_desk.customers.models import Customer, CustomerStanding, Person
from lle_desk.customers.rules import ALWAYS, Band, Kind, Route, Standing, VatClass
from lle_desk.offers.rules import BandPrice
from lle_desk.officers.models import Service

ANN = By("ann", "desk-1")
THURSDAY = date(2014, 3, 13)
PRICES = (
    BandPrice(Band.SUBSCRIBER, Pence(16500)),
    BandPrice(Band.COUNTY, Pence(19500)),
    BandPrice(Band.OUT_OF_COUNTY, Pence(24500)),
)
FROM_SEPTEMBER = date(2013, 9, 1)


def at(day: date, clock: str) -> datetime:
    """Return the time on a day, from "HH:MM"."""
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}")


def meeting(day: date, starts: str = "09:30", ends: str = "15:30") -> NewSession:
    return NewSession(at(day, starts), at(day, ends))


def service_id(session: Session, code: str = "LPDS") -> int:
    return session.scalars(select(Service.id).where(Service.code == code)).one()


def a_course(database: Database, code: str = "PHON", title: str = "Phonics in Key Stage 1") -> int:
    ask = AddCourse(
        client_uuid=new_uuid(),
        code=code,
        title=title,
        service_id=database.read(service_id),
        prices=PRICES,
        prices_from=FROM_SEPTEMBER,
        short_title=title.split(" in ")[0],
    )
    return database.write(ANN, add_course, ask)


def an_event(
    database: Database,
    course_id: int,
    sessions: Sequence[NewSession] = (),
    capacity: int = 12,
    minimum: int = 8,
    code: str = "",
) -> int:
    ask = AddEvent(
        client_uuid=new_uuid(),
        course_id=course_id,
        sessions=tuple(sessions) or (meeting(THURSDAY), meeting(date(2014, 3, 27))),
        capacity=capacity,
        minimum=minimum,
        code=code,
        decision_on=date(2014, 3, 6),
        arrival_words="from 09:00: tea, coffee, signing in",
    )
    return database.write(ANN, add_event, ask)


def _add_school(
    session: Session,
    name: str,
    band: Band,
    route: Route,
    vat_class: VatClass,
    closed_on: date | None,
) -> int:
    customer = Customer(
        client_uuid=new_uuid(),
        kind=str(Kind.MAINTAINED),
        name=name,
        street="1 Example Lane",
        town="Exampleton",
        postcode="ZZ99 9ZZ",
        cost_centre="4217",
        closed_on=closed_on,
        is_demo=True,
    )
    session.add(customer)
    session.flush()
    facts = ((Standing.BAND, band), (Standing.ROUTE, route), (Standing.VAT, vat_class))
    for standing, value in facts:
        session.add(
            CustomerStanding(
                client_uuid=new_uuid(),
                customer_id=customer.id,
                standing=str(standing),
                value=str(value),
                valid_from=ALWAYS,
                reason=f"{name} for the test",
            )
        )
    session.flush()
    return customer.id


def a_school(
    database: Database,
    name: str = "Demo Primary School",
    band: Band = Band.COUNTY,
    route: Route = Route.RECHARGE,
    vat_class: VatClass = VatClass.SAME_BODY,
    closed_on: date | None = None,
) -> int:
    return database.write(ANN, _add_school, name, band, route, vat_class, closed_on)


def _add_person(session: Session, customer_id: int, given: str, family: str) -> int:
    person = Person(
        client_uuid=new_uuid(), customer_id=customer_id, given_name=given, family_name=family
    )
    session.add(person)
    session.flush()
    return person.id


def a_person(database: Database, customer_id: int, given: str, family: str) -> int:
    return database.write(ANN, _add_person, customer_id, given, family)


def named(*names: str) -> tuple[Delegate, ...]:
    """Return new delegates from "Given Family"; "" is one not named yet."""
    pairs = (name.partition(" ") for name in names)
    return tuple(Delegate(given_name=given, family_name=family) for given, _, family in pairs)


def booking_of(event_id: int, customer_id: int, *names: str) -> BookPlaces:
    return BookPlaces(
        client_uuid=new_uuid(),
        event_id=event_id,
        customer_id=customer_id,
        delegates=named(*names),
        order_number="PO 55-0192",
    )
