"""Customers in lists: found as you type, by name, by group."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.search import find_records
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import (
    LANCASHIRE,
    SCHOOL_KINDS,
    customer_number,
    dfe_words,
)

_SEARCHED = 120  # found records that are put in order; more words find fewer
_NUMBER = re.compile(r"c-?0*(\d{1,9})", re.IGNORECASE)
LANCASHIRE_SCHOOLS, OTHER_SCHOOLS, NOT_SCHOOLS = "lancashire", "others", "not schools"


@dataclass(frozen=True, slots=True)
class CustomerHit:
    """A customer in a list."""

    customer_id: int
    name: str
    kind: str
    town: str
    postcode: str
    urn: int | None
    la_code: str
    dfe_number: str
    closed_on: date | None

    @property
    def number(self) -> str:
        """The number papers call it by: "C-00417"."""
        return customer_number(self.customer_id)

    @property
    def dfe(self) -> str:
        """Its DfE number, "888/2001", or ""."""
        return dfe_words(self.la_code, self.dfe_number)

    @property
    def in_county(self) -> bool:
        """Whether it lies in the county."""
        return self.la_code == LANCASHIRE

    @property
    def detail(self) -> str:
        """What tells it from one of the same name: "Chorley PR7 1AB · 888/2001 · academy"."""
        place = f"{self.town} {self.postcode}".strip()
        closed = f"closed {day_words(self.closed_on)}" if self.closed_on else ""
        return " · ".join(part for part in (place, self.dfe, self.kind, closed) if part)


@dataclass(frozen=True, slots=True)
class CustomersFilter:
    """Which customers a list shows. `group` is "" for all, or one of the groups above.

    Without closed ones, those that words are typed for are still found: they are asked for.
    """

    typed: str = ""
    group: str = ""
    with_closed: bool = True
    on_day: date = date.max  # closed on this day or before counts as closed


def find_customers(session: Session, typed: str, most: int = 30) -> list[CustomerHit]:
    """Return customers by name, town, postcode, DfE number, URN or C-number, best first.

    Open ones come before closed, Lancashire's before others, then by name.
    """
    return list_customers(session, CustomersFilter(typed), most) if typed.strip() else []


def list_customers(
    session: Session, wanted: CustomersFilter, most: int = 200, skip: int = 0
) -> list[CustomerHit]:
    """Return customers that the filter keeps: by name, or best first when words are typed."""
    found = _hits().where(*_kept(wanted))
    if not wanted.typed.strip():
        order = (func.lower(Customer.name), Customer.id)
        return _rows(session, found.order_by(*order).limit(most).offset(skip))
    numbered = _NUMBER.fullmatch(wanted.typed.strip())
    if numbered:
        return _rows(session, found.where(Customer.id == int(numbered[1])))
    ids = [one.record_id for one in find_records(session, wanted.typed, ["customer"], _SEARCHED)]
    hits = _rows(session, found.where(Customer.id.in_(ids))) if ids else []
    hits.sort(key=_rank(wanted.typed))
    return hits[skip : skip + most]


def count_customers(session: Session) -> int:
    """Return how many customers there are."""
    return session.scalar(select(func.count()).select_from(Customer)) or 0


def customer_hit(session: Session, customer_id: int) -> CustomerHit:
    """Return one customer as a list shows it."""
    found = _rows(session, _hits().where(Customer.id == customer_id))
    if not found:
        raise OfficerError("This customer is no longer there.")
    return found[0]


def _hits() -> Select[*tuple[Any, ...]]:
    of = Customer
    return select(
        of.id,
        of.name,
        of.kind,
        of.town,
        of.postcode,
        of.urn,
        of.la_code,
        of.dfe_number,
        of.closed_on,
    )


def _rows(session: Session, found: Select[*tuple[Any, ...]]) -> list[CustomerHit]:
    return [CustomerHit(*row) for row in session.execute(found)]


def _kept(wanted: CustomersFilter) -> list[ColumnElement[bool]]:
    is_school = Customer.kind.in_([str(kind) for kind in SCHOOL_KINDS])
    kept: list[ColumnElement[bool]] = []
    if wanted.group == LANCASHIRE_SCHOOLS:
        kept += [is_school, Customer.la_code == LANCASHIRE]
    elif wanted.group == OTHER_SCHOOLS:
        kept += [is_school, Customer.la_code != LANCASHIRE]
    elif wanted.group == NOT_SCHOOLS:
        kept.append(~is_school)
    if not wanted.with_closed and not wanted.typed.strip():
        kept.append(or_(Customer.closed_on.is_(None), Customer.closed_on > wanted.on_day))
    return kept


def _rank(typed: str) -> Any:
    start = typed.strip().casefold()

    def rank(hit: CustomerHit) -> tuple[object, ...]:
        name = hit.name.casefold()
        return (hit.closed_on is not None, not name.startswith(start), not hit.in_county, name)

    return rank
