"""The list of charges: what may be billed, and what a booking wrote."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState
from lle_desk.core.money import BasisPoints, Pence
from lle_desk.customers.models import Customer
from lle_desk.offers.models import Offer
from lle_desk.officers.models import Service

OPEN_STATES = (ChargeState.UNBILLED, ChargeState.HELD)


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """One charge with the words of its customer, offer and service.

    `source` and `source_id` open the booking that made it. `hold_reason` says why it is held
    back or void.
    """

    id: int
    version: int
    customer_id: int
    customer: str
    offer_id: int
    offer_code: str
    service_id: int
    service_code: str
    source: str
    source_id: int
    state: str
    hold_reason: str
    description: str
    detail: str
    quantity: int
    unit_price: Pence
    net: Pence
    vat: Pence
    band: str
    price_reason: str
    supply: str
    vat_code: str
    vat_rate: BasisPoints
    vat_reason: str
    route: str
    route_reason: str
    tax_point_on: date
    order_number: str

    @property
    def gross(self) -> Pence:
        return Pence(self.net + self.vat)


def unbilled_charges(
    session: Session,
    *,
    customer_id: int | None = None,
    route: str = "",
    service_id: int | None = None,
    until: date | None = None,
    states: Sequence[str] = OPEN_STATES,
) -> list[ChargeRow]:
    """Return the charges that no paper has taken yet, by customer and tax point.

    `until` keeps those with a tax point up to and including that day; None and "" keep all.
    What an agreement covers costs nothing and needs no paper.
    """
    found = _charges().where(Charge.state.in_([str(state) for state in states]), Charge.net != 0)
    if customer_id is not None:
        found = found.where(Charge.customer_id == customer_id)
    if route:
        found = found.where(Charge.route == route)
    if service_id is not None:
        found = found.where(Offer.service_id == service_id)
    if until is not None:
        found = found.where(Charge.tax_point_on <= until)
    return _rows(session, found.order_by(Customer.name, Charge.tax_point_on, Charge.id))


Credited = Callable[[Session, Sequence[int]], frozenset[int]]
_credited: list[Credited] = []


def credited_with(credited: Credited) -> None:
    """Let `credited(session, charge ids)` tell which billed charges were given back in full.

    Papers are a slice above; it registers itself here when it is loaded.
    """
    _credited[:] = [credited]


Credits = Select[int | None, int, int]
_credits: list[Credits] = []


def credits_from(rows: Credits) -> None:
    """Let `rows`, of `charge_id`, `net` and `vat`, tell what credit notes gave back, below 0.

    Papers are a slice above; it registers itself here when it is loaded.
    """
    _credits[:] = [rows]


def credits_by_charge() -> Credits | None:
    """Return the question for what was given back of each charge, None without papers."""
    return _credits[0] if _credits else None


def standing(session: Session, charges: Iterable[ChargeRow]) -> list[ChargeRow]:
    """Return the charges that count: neither void nor billed and given back in full."""
    rows = [row for row in charges if row.state != ChargeState.VOID]
    billed = [row.id for row in rows if row.state == ChargeState.BILLED]
    back = given_back(session, billed)
    return [row for row in rows if row.id not in back]


def given_back(session: Session, billed: Sequence[int]) -> frozenset[int]:
    """Return those of the billed charges of which credit notes have left nothing."""
    return _credited[0](session, billed) if billed and _credited else frozenset()


def charges_of(session: Session, source: str, source_ids: Sequence[int]) -> list[ChargeRow]:
    """Return the charges that these records made, in the order they were made."""
    if not source_ids:
        return []
    found = _charges().where(Charge.source == source, Charge.source_id.in_(source_ids))
    return _rows(session, found.order_by(Charge.id))


def charge(session: Session, charge_id: int) -> ChargeRow:
    """Return one charge.

    Raises:
        LookupError: there is none of that number.
    """
    return charges_named(session, [charge_id])[0]


def charges_named(session: Session, charge_ids: Sequence[int]) -> list[ChargeRow]:
    """Return the charges of these numbers, in that order, by one question to the database.

    Raises:
        LookupError: there is none of one of the numbers.
    """
    rows = {row.id: row for row in _rows(session, _charges().where(Charge.id.in_(charge_ids)))}
    missing = [charge_id for charge_id in charge_ids if charge_id not in rows]
    if missing:
        raise LookupError(f"There is no charge {missing[0]}")
    return [rows[charge_id] for charge_id in charge_ids]


def _charges() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Charge.id,
            Charge.version,
            Charge.customer_id,
            Customer.name,
            Charge.offer_id,
            Offer.code,
            Offer.service_id,
            Service.code,
            Charge.source,
            Charge.source_id,
            Charge.state,
            Charge.hold_reason,
            Charge.description,
            Charge.detail,
            Charge.quantity,
            Charge.unit_price,
            Charge.net,
            Charge.vat,
            Charge.band,
            Charge.price_reason,
            Charge.supply,
            Charge.vat_code,
            Charge.vat_rate,
            Charge.vat_reason,
            Charge.route,
            Charge.route_reason,
            Charge.tax_point_on,
            Charge.order_number,
        )
        .join(Customer, Customer.id == Charge.customer_id)
        .join(Offer, Offer.id == Charge.offer_id)
        .join(Service, Service.id == Offer.service_id)
    )


def _rows(session: Session, found: Select[*tuple[Any, ...]]) -> list[ChargeRow]:
    return [ChargeRow(*row) for row in session.execute(found)]
