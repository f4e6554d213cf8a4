"""One customer: its screen of facts, its standings by day, its people, its letter address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice, starmap
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, select
from sqlalchemy.orm import Session

from lle_desk.core.changes import history_of
from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.models import SearchEntry
from lle_desk.core.ready import table_of
from lle_desk.core.words import words_typed
from lle_desk.customers.models import Customer, CustomerLink, CustomerStanding, Person
from lle_desk.customers.rules import (
    LANCASHIRE,
    CustomerWords,
    DatedStanding,
    PersonWords,
    Standing,
    address_lines,
    customer_number,
    dfe_words,
    standing_on,
)

SHOWN_PEOPLE = 30  # on one screen; a big school has hundreds


@dataclass(frozen=True, slots=True)
class StandingsOn:
    """The three facts of a customer in force on a day."""

    band: DatedStanding
    route: DatedStanding
    vat: DatedStanding


@dataclass(frozen=True, slots=True)
class LinkedSchool:
    """A school that this one followed, or that followed it. `customer_id` None: no customer."""

    urn: int
    name: str
    link: str
    linked_on: date | None
    customer_id: int | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A contact or delegate of a customer."""

    person_id: int
    version: int
    customer_id: int
    words: PersonWords

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.words.given_name} {self.words.family_name}".strip()

    @property
    def detail(self) -> str:
        """What they do and how to reach them."""
        told = (self.words.job_title, self.words.telephone, self.words.email)
        return " · ".join(part for part in told if part)


@dataclass(frozen=True, slots=True)
class CustomerEvent:
    """One change of a customer's own record: which columns, none when it was made."""

    at: datetime
    officer: str
    action: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """One screen of a customer. The facts in force are None before the first of them began."""

    customer_id: int
    version: int
    words: CustomerWords
    la_code: str
    la_name: str
    dfe: str
    establishment_type: str
    phase: str
    pupils: int | None
    trust_name: str
    opened_on: date | None
    closed_on: date | None
    source: str
    band: DatedStanding | None
    route: DatedStanding | None
    vat: DatedStanding | None
    standings: tuple[DatedStanding, ...]  # newest first
    predecessors: tuple[LinkedSchool, ...]
    successors: tuple[LinkedSchool, ...]
    people: tuple[PersonRow, ...]  # contacts first, at most `SHOWN_PEOPLE`
    people_count: int  # all of them

    @property
    def number(self) -> str:
        """The number papers call it by: "C-00417"."""
        return customer_number(self.customer_id)

    @property
    def address(self) -> tuple[str, ...]:
        """The address as on an envelope, without the name."""
        return _address("", self.words, "")

    @property
    def in_county(self) -> bool:
        """Whether it lies in the county."""
        return self.la_code == LANCASHIRE


def standings_on(session: Session, customer_id: int, day: date) -> StandingsOn:
    """Return price band, payment route and VAT class on a day.

    Raises:
        OfficerError: one of them has not begun by then; the sentence says when it does.
    """
    facts = _standings(session, customer_id)
    band, route, vat = (standing_on(facts, standing, day) for standing in Standing)
    if band and route and vat:
        return StandingsOn(band, route, vat)
    missing = next(s for s, fact in zip(Standing, (band, route, vat), strict=True) if fact is None)
    name = session.scalar(select(Customer.name).where(Customer.id == customer_id)) or "It"
    first = min((fact.valid_from for fact in facts if fact.standing == missing), default=None)
    since = f": its first begins on {day_words(first)}" if first else ""
    raise OfficerError(
        f"{name} has no {missing} on {day_words(day)}{since}."
        " Give it one in Customers, or choose the school it followed."
    )


def customer_card(session: Session, customer_id: int, day: date) -> CustomerCard:
    """Return one screen of a customer as it is on `day`."""
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise OfficerError("This customer is no longer there.")
    standings = _standings(session, customer_id)
    before, after = _links(session, customer.urn)
    return CustomerCard(
        customer_id=customer.id,
        version=customer.version,
        words=_words(customer),
        la_code=customer.la_code,
        la_name=customer.la_name,
        dfe=dfe_words(customer.la_code, customer.dfe_number),
        establishment_type=customer.establishment_type,
        phase=customer.phase,
        pupils=customer.pupils,
        trust_name=customer.trust_name,
        opened_on=customer.opened_on,
        closed_on=customer.closed_on,
        source=customer.source,
        band=standing_on(standings, Standing.BAND, day),
        route=standing_on(standings, Standing.ROUTE, day),
        vat=standing_on(standings, Standing.VAT, day),
        standings=standings,
        predecessors=before,
        successors=after,
        people=tuple(people_of(session, customer_id, SHOWN_PEOPLE)),
        people_count=session.scalar(_count_people(customer_id)) or 0,
    )


def customer_events(session: Session, customer_id: int, most: int = 8) -> list[CustomerEvent]:
    """Return the newest changes of a customer's own record, newest first, at UTC."""
    return [
        CustomerEvent(
            row.at,
            row.officer,
            row.action,
            () if row.op == "insert" else tuple(sorted(set(row.after) - {"version"})),
        )
        for row in history_of(session, "customer", customer_id, most)
    ]


def customer_screen(
    session: Session, customer_id: int, day: date
) -> tuple[CustomerCard, tuple[CustomerEvent, ...]]:
    """Return the card of a customer and its history, read at one moment."""
    card = customer_card(session, customer_id, day)
    return card, tuple(customer_events(session, customer_id))


def people_of(session: Session, customer_id: int, most: int | None = None) -> list[PersonRow]:
    """Return the people of a customer, contacts first, then by name. Erased ones are left out."""
    found = session.execute(_people(0).limit(most), {"customer": customer_id})
    return [_person(*person) for person in found]


def _count_people(customer_id: int) -> Select[int]:
    return select(func.count()).where(Person.customer_id == customer_id, Person.erased_on.is_(None))


def find_people(
    session: Session, typed: str, customer_id: int, most: int = 30, *, newest_first: bool = False
) -> list[PersonRow]:
    """Return a customer's people whose names begin with the typed words; all for "".

    Contacts come first, then by name; or who became known last, and then no more people are
    looked at than it takes.
    """
    words = words_typed(typed)
    values = {f"word{n}": f"% {word}%" for n, word in enumerate(words)}
    asked = _people(len(words), newest_first=newest_first)
    with session.execute(asked, values | {"customer": customer_id}) as found:
        people = starmap(_person, found)
        return list(islice((one for one in people if _has_words(one.name, words)), most))


def person_row(session: Session, person_id: int) -> PersonRow:
    """Return one person."""
    found = session.get(Person, person_id)
    if found is None or found.erased_on is not None:
        raise OfficerError("This person's record is no longer there.")
    words = PersonWords(**{name: getattr(found, name) for name in PersonWords.__slots__})
    return PersonRow(found.id, found.version, found.customer_id, words)


def letter_address(session: Session, customer_id: int, contact: str = "") -> tuple[str, ...]:
    """Return the address lines for a letter's window, six at most."""
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise OfficerError("This customer is no longer there.")
    words = _words(customer)
    return _address(words.name, words, contact)


_PERSON, _ENTRY = table_of(Person).c, table_of(SearchEntry).c


@lru_cache(maxsize=16)
def _people(words: int, *, newest_first: bool = False) -> Select[*tuple[Any, ...]]:
    """Return what asks for the people of a customer who hold so many words, made once for each.

    A word may also be one of the e-mail address; the names are looked at again.
    """
    held = (
        select((literal(" ") + _ENTRY.words).like(bindparam(f"word{n}")))
        .where(_ENTRY.kind == "person", _ENTRY.record_id == _PERSON.id)
        .scalar_subquery()
        for n in range(words)
    )
    names = func.lower(_PERSON.family_name), func.lower(_PERSON.given_name)
    contacts_first = _PERSON.is_contact.desc(), *names, _PERSON.id
    return (
        select(
            _PERSON.id,
            _PERSON.version,
            _PERSON.customer_id,
            *(_PERSON[name] for name in PersonWords.__slots__),
        )
        .where(_PERSON.customer_id == bindparam("customer"), _PERSON.erased_on.is_(None), *held)
        .order_by(*((_PERSON.id.desc(),) if newest_first else contacts_first))
    )


def _standings(session: Session, customer_id: int) -> tuple[DatedStanding, ...]:
    of = CustomerStanding
    found = (
        select(of.standing, of.value, of.valid_from, of.reason)
        .where(of.customer_id == customer_id)
        .order_by(of.valid_from.desc(), of.id)
    )
    return tuple(
        DatedStanding(Standing(row.standing), row.value, row.valid_from, row.reason)
        for row in session.execute(found)
    )


def _links(
    session: Session, urn: int | None
) -> tuple[tuple[LinkedSchool, ...], tuple[LinkedSchool, ...]]:
    """Return the schools that this one followed, and those that followed it."""
    if urn is None:
        return (), ()
    of = CustomerLink
    before = _linked(session, of.predecessor_urn, of.predecessor_name, of.successor_urn == urn)
    after = _linked(session, of.successor_urn, of.successor_name, of.predecessor_urn == urn)
    return before, after


def _linked(
    session: Session, other: Any, name: Any, is_ours: ColumnElement[bool]
) -> tuple[LinkedSchool, ...]:
    found = (
        select(
            other,
            func.coalesce(Customer.name, name),
            CustomerLink.link,
            CustomerLink.linked_on,
            Customer.id,
        )
        .select_from(CustomerLink)
        .join(Customer, Customer.urn == other, isouter=True)
        .where(is_ours)
        .order_by(CustomerLink.linked_on, other)
    )
    return tuple(LinkedSchool(*row) for row in session.execute(found))


def _words(customer: Customer) -> CustomerWords:
    return CustomerWords(**{name: getattr(customer, name) for name in CustomerWords.__slots__})


def _person(person_id: int, version: int, customer_id: int, *words: Any) -> PersonRow:
    return PersonRow(person_id, version, customer_id, PersonWords(*words))


def _address(name: str, words: CustomerWords, contact: str) -> tuple[str, ...]:
    places = (words.street, words.locality, words.address3)
    return address_lines(name, places, words.town, words.postcode, contact)


def _has_words(name: str, words: Sequence[str]) -> bool:
    own = words_typed(name)
    return all(any(one.startswith(word) for one in own) for word in words)
