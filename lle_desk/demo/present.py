"""The office around today: what a new program shows before anything real is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.paths import resources
from lle_desk.customers.actions import SetStandingRequest, set_standing
from lle_desk.customers.imports import SchoolsFile, read_schools, save_schools
from lle_desk.customers.models import Customer, CustomerStanding, Person
from lle_desk.customers.rules import Band, Kind, Route, Standing
from lle_desk.demo.bulk import insert_numbered
from lle_desk.demo.calendar import open_days
from lle_desk.demo.dice import fixed_uuid
from lle_desk.demo.files import organisations
from lle_desk.demo.people import MAIL, UNIVERSITY, add_demo_customers, person_row
from lle_desk.demo.programme import Programme, add_programme
from lle_desk.demo.woodlands import woodlands_spaces
from lle_desk.rooms.rules import SpaceFacts

BEFORE, AFTER = timedelta(days=28), timedelta(days=84)
LONG_KNOWN = timedelta(days=40)  # a school whose facts begin later books nothing yet
SUBSCRIBERS, OWN_ACCOUNTS = 6, 3  # schools that subscribe, or have a bank account of their own


@dataclass(frozen=True, slots=True)
class Booker:
    """Somebody who books in the demo, with one invented contact."""

    id: int
    name: str
    kind: str
    route: str
    contact_id: int | None


@dataclass(slots=True)
class Present:
    """What the demo around today is made with."""

    today: date
    schools: list[Booker]
    bookers: dict[str, Booker]
    programme: Programme
    spaces: Sequence[SpaceFacts]
    open_days: list[date]

    def day(self, later: int) -> date:
        """Return the day so many open days after today, or before when negative.

        Today counts as one even at a weekend, so that there is always something to see.
        """
        if not later:
            return self.today
        if later > 0:
            return [day for day in self.open_days if day > self.today][later - 1]
        return [day for day in self.open_days if day < self.today][later]


def academic_year_start(day: date) -> date:
    """Return the 1 September on or before `day`."""
    start = date(day.year, 9, 1)
    return start if start <= day else date(day.year - 1, 9, 1)


def sample_schools() -> SchoolsFile:
    """Return some real schools in the national register's own format."""
    return read_schools(resources() / "reference" / "schools_sample.csv")


def add_present(session: Session, today: date, file: SchoolsFile) -> Present:
    """Add schools, organisations, contacts and the programme, and return who may book."""
    save_schools(session, file, today)
    wanted = (UNIVERSITY, *organisations())
    names = {fixed_uuid("customer", one.name): one for one in wanted}
    known = session.scalars(select(Customer.client_uuid).where(Customer.client_uuid.in_(names)))
    there = set(known)
    add_demo_customers(session, [one for uuid, one in names.items() if uuid not in there])
    begun = academic_year_start(today - LONG_KNOWN)
    programme = add_programme(session, begun)
    schools = _contacts(session, _open_schools(session, today))
    _make_variety(session, schools, begun)
    return Present(
        today,
        _open_schools(session, today),
        _organisations(session, list(names)),
        programme,
        woodlands_spaces(session),
        open_days(today - BEFORE, today + AFTER),
    )


def _open_schools(session: Session, today: date) -> list[Booker]:
    """Return the schools that are open and whose facts are known around today."""
    found = (
        select(Customer.id, Customer.name, Customer.kind, CustomerStanding.value, Person.id)
        .join(CustomerStanding, CustomerStanding.customer_id == Customer.id)
        .join(Person, (Person.customer_id == Customer.id) & Person.is_contact, isouter=True)
        .where(
            Customer.urn.is_not(None),
            Customer.closed_on.is_(None),
            CustomerStanding.standing == Standing.ROUTE.value,
            CustomerStanding.valid_from <= today - LONG_KNOWN,
        )
        .order_by(Customer.urn, CustomerStanding.valid_from)
    )
    newest = {row[0]: Booker(*row) for row in session.execute(found)}
    return list(newest.values())


def _contacts(session: Session, schools: Sequence[Booker]) -> Sequence[Booker]:
    rows = [
        person_row(one.id, fixed_uuid("contact", one.id), ("Contact", f"Demo {place}"), "secretary")
        | {
            "is_contact": True,
            "telephone": f"01632 960 {100 + place}",
            "email": f"office{place}@{MAIL}",
        }
        for place, one in enumerate(schools, 1)
        if one.contact_id is None
    ]
    insert_numbered(session, Person, rows)
    return schools


def _make_variety(session: Session, schools: Sequence[Booker], begun: date) -> None:
    """Let some maintained schools subscribe, and some pay from their own bank account."""
    maintained = [one for one in schools if one.kind == Kind.MAINTAINED]
    for place, one in enumerate(maintained[: SUBSCRIBERS + OWN_ACCOUNTS]):
        subscribes = place < SUBSCRIBERS
        set_standing(
            session,
            SetStandingRequest(
                fixed_uuid("variety", one.id),
                one.id,
                Standing.BAND if subscribes else Standing.ROUTE,
                Band.SUBSCRIBER if subscribes else Route.INVOICE,
                begun,
                "demo: subscribes" if subscribes else "demo: own bank account",
            ),
        )


def _organisations(session: Session, uuids: Sequence[str]) -> dict[str, Booker]:
    found = (
        select(Customer.id, Customer.name, Customer.kind, CustomerStanding.value, Person.id)
        .join(CustomerStanding, CustomerStanding.customer_id == Customer.id)
        .join(Person, (Person.customer_id == Customer.id) & Person.is_contact, isouter=True)
        .where(Customer.client_uuid.in_(uuids), CustomerStanding.standing == Standing.ROUTE.value)
        .order_by(Customer.client_uuid)  # who is chosen by chance is the same on any database
    )
    return {row[1]: Booker(*row) for row in session.execute(found)}
