"""Invented customers and people of the demo's years, and what each customer pays."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.money import BasisPoints, Pence
from lle_desk.customers.models import Customer, CustomerStanding, Person
from lle_desk.customers.rules import ALWAYS, Kind, Standing, first_standings
from lle_desk.demo.bulk import Row, Work, insert_numbered, insert_rows
from lle_desk.demo.dice import fixed_uuid
from lle_desk.demo.files import DemoCustomer, names, organisations, schools
from lle_desk.offers.models import VatCodeRate, VatRule
from lle_desk.offers.rules import Supply, VatFound, VatRate, VatRuling, find_vat

EDGE_HILL = "Edge Hill University"
UNIVERSITY = DemoCustomer(
    Kind.UNIVERSITY, EDGE_HILL, "Edge Hill", "Ormskirk", "", in_county=True, weight=0.0
)
JOBS = ("teacher", "head of year", "deputy head", "teaching assistant", "subject leader", "bursar")
MAIL = "school.example"  # kept for examples: no mail can ever reach it
REMEMBERED = 6  # people of a customer who may come again: memory stays flat


@dataclass(slots=True)
class Payer:
    """A customer with its facts, and the last of its people who came."""

    id: int
    kind: Kind
    name: str
    band: str
    band_reason: str
    route: str
    route_reason: str
    vat_class: str
    weight: float
    contact_id: int | None = None
    known: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))


@dataclass(frozen=True)
class Payers:
    """All customers of the demo's years, to be picked by how often they book."""

    everyone: tuple[Payer, ...]
    vat: "VatTable"

    def of(self, *kinds: Kind) -> list[Payer]:
        """Return the customers of these kinds."""
        return [payer for payer in self.everyone if payer.kind in kinds]

    @cached_property
    def _course_goers(self) -> tuple[list[Payer], list[float]]:
        goers = [payer for payer in self.everyone if payer.weight > 0]
        return goers, list(accumulate(payer.weight for payer in goers))

    def goer(self, chance: Random) -> Payer:
        """Return one who sends people on courses."""
        goers, weights = self._course_goers
        return chance.choices(goers, cum_weights=weights)[0]


class VatTable:
    """Finance's table, read once."""

    def __init__(self, rulings: Sequence[VatRuling], rates: Sequence[VatRate]) -> None:
        self._rulings = rulings
        self._rates = rates
        self._found: dict[tuple[str, str, date], VatFound] = {}

    def education(self, vat_class: str, day: date) -> VatFound:
        """Return the VAT on a course place."""
        return self.of(Supply.EDUCATION, vat_class, day)

    def of(self, supply: Supply, vat_class: str, day: date) -> VatFound:
        """Return the VAT on a supply."""
        known = self._found.get((supply, vat_class, day))
        if known is None:
            found = find_vat(self._rulings, self._rates, supply, vat_class, day)
            assert found is not None  # reference data has a row for every class
            known = self._found[supply, vat_class, day] = found
        return known


def read_vat(session: Session) -> VatTable:
    """Return finance's table as it stands."""
    rulings = select(
        VatRule.supply, VatRule.vat_class, VatRule.code, VatRule.valid_from, VatRule.reason
    )
    rates = select(VatCodeRate.code, VatCodeRate.rate, VatCodeRate.valid_from)
    return VatTable(
        [VatRuling(*row) for row in session.execute(rulings)],
        [VatRate(code, BasisPoints(rate), day) for code, rate, day in session.execute(rates)],
    )


def add_payers(work: Work) -> Payers:
    """Add the invented customers of the years and return them with what they pay by."""
    wanted = (UNIVERSITY, *organisations(), *schools())
    vat = work.database.read(read_vat)
    everyone: list[Payer] = work.write(add_demo_customers, wanted)
    return Payers(tuple(everyone), vat)


def add_demo_customers(session: Session, wanted: Sequence[DemoCustomer]) -> list[Payer]:
    """Add customers with their three facts and one contact each, and return them."""
    ids = insert_numbered(session, Customer, [_customer_row(one) for one in wanted])
    payers = [_payer(number, one) for number, one in zip(ids, wanted, strict=True)]
    insert_rows(session, CustomerStanding, [row for payer in payers for row in _facts(payer)])
    contacts = insert_numbered(
        session, Person, [_contact_row(payer, place) for place, payer in enumerate(payers)]
    )
    for payer, contact_id in zip(payers, contacts, strict=True):
        payer.contact_id = contact_id
    return payers


def person_name(chance: Random) -> tuple[str, str]:
    """Return a given and a family name that nobody has."""
    start, end = chance.choice(names("family start")), chance.choice(names("family end"))
    return chance.choice(names("given")), start + end


def person_row(payer_id: int, uuid: str, name: tuple[str, str], job: str) -> Row:
    """Return the row of a delegate."""
    return {
        "client_uuid": uuid,
        "version": 1,
        "customer_id": payer_id,
        "given_name": name[0],
        "family_name": name[1],
        "job_title": job,
        "email": "",
        "telephone": "",
        "is_contact": False,
        "is_demo": True,
    }


def price_for_band(county: Pence, band: str) -> Pence:
    """Return what a band pays for what a county school pays `county`, to whole pounds."""
    factor = {"county subscriber": 85, "out of county": 130, "external": 150}.get(band, 100)
    return Pence((county * factor + 5_000) // 10_000 * 100)


def _payer(number: int, one: DemoCustomer) -> Payer:
    facts = first_standings(one.kind, one.in_county)
    band, band_reason = facts[Standing.BAND]
    route, route_reason = facts[Standing.ROUTE]
    return Payer(
        number,
        one.kind,
        one.name,
        str(band),
        band_reason,
        str(route),
        route_reason,
        str(facts[Standing.VAT][0]),
        _weight(one),
    )


def _weight(one: DemoCustomer) -> float:
    if one.kind in (Kind.UNIVERSITY, Kind.COMPANY):
        return 0.0  # they hire rooms
    return one.weight


def _customer_row(one: DemoCustomer) -> Row:
    return {
        "client_uuid": fixed_uuid("customer", one.name),
        "version": 1,
        "kind": str(one.kind),
        "name": one.name,
        "short_name": one.short_name,
        "town": one.town,
        "postcode": one.postcode,
        "cost_centre": one.cost_centre,
        "source": "demo",
        "is_demo": one.name != EDGE_HILL,
    }


def _facts(payer: Payer) -> list[Row]:
    listed = (
        (Standing.BAND, payer.band, payer.band_reason),
        (Standing.ROUTE, payer.route, payer.route_reason),
        (Standing.VAT, payer.vat_class, str(payer.kind)),
    )
    return [
        {
            "client_uuid": fixed_uuid("standing", payer.name, standing),
            "version": 1,
            "customer_id": payer.id,
            "standing": str(standing),
            "value": value,
            "valid_from": ALWAYS,
            "reason": reason,
        }
        for standing, value, reason in listed
    ]


def _contact_row(payer: Payer, place: int) -> Row:
    row = person_row(
        payer.id, fixed_uuid("contact", payer.name), ("Contact", f"Demo {place + 1}"), "secretary"
    )
    telephone = f"01632 960 {(place + 1) % 1000:03d}"  # a number kept for invention
    more = {"telephone": telephone, "email": f"demo{place + 1}@{MAIL}"}
    return row | {"is_contact": True, **more}
