"""Which agreements there are, what is left of them, and which one covers something."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from lle_desk.agreements.models import Agreement, AgreementDraw
from lle_desk.agreements.rules import Allowance, Cover, DrawSource, number_words
from lle_desk.charges.models import Charge
from lle_desk.charges.queries import ChargeRow, charges_of
from lle_desk.charges.rules import Source
from lle_desk.core.money import Pence
from lle_desk.core.ready import table_of
from lle_desk.customers.models import Customer, CustomerLink
from lle_desk.offers.models import Offer
from lle_desk.officers.models import Service

LISTED = 500

_AGREEMENT, _OFFER = table_of(Agreement).c, table_of(Offer).c
_COVERS = select(
    _AGREEMENT.id,
    _AGREEMENT.number,
    _AGREEMENT.title,
    _AGREEMENT.allowance,
    _AGREEMENT.units,
    (_AGREEMENT.units - _AGREEMENT.used).label("left"),
    _AGREEMENT.ends_on,
)
_RUNNING = (
    _COVERS.join(table_of(Offer), _OFFER.id == _AGREEMENT.offer_id)
    .where(
        _AGREEMENT.customer_id == bindparam("customer"),
        _OFFER.service_id == bindparam("service"),
        _AGREEMENT.allowance == bindparam("allowance"),
        _AGREEMENT.starts_on <= bindparam("day"),
        _AGREEMENT.ends_on >= bindparam("day"),
        or_(_AGREEMENT.cancelled_on.is_(None), _AGREEMENT.cancelled_on > bindparam("day")),
    )
    .order_by(_AGREEMENT.ends_on, _AGREEMENT.number)
)
_COVERING = _RUNNING.where(_AGREEMENT.used < _AGREEMENT.units)  # asked for every place booked


@dataclass(frozen=True, slots=True)
class AgreementFilter:
    """Which agreements to list; nothing given, all of them.

    `running_on` leaves out what does not cover that day, `ends_until` what ends later.
    `words` is any part of the customer's name or the title, or the number.
    """

    words: str = ""
    running_on: date | None = None
    ends_until: date | None = None
    service_id: int | None = None
    customer_id: int | None = None


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement in a list. `units` and `used` are half days for consultancy."""

    id: int
    version: int
    number: int
    customer_id: int
    customer: str
    service_id: int
    service_code: str
    title: str
    starts_on: date
    ends_on: date
    price: Pence
    allowance: str
    units: int
    used: int
    cancelled_on: date | None
    closed_on: date | None  # the customer's last day, where they closed

    @property
    def code(self) -> str:
        return number_words(self.number)

    @property
    def left(self) -> int:
        return self.units - self.used

    def covers(self, day: date) -> bool:
        """Return whether it covers a day."""
        ended = self.cancelled_on is not None and day >= self.cancelled_on
        return self.starts_on <= day <= self.ends_on and not ended


@dataclass(frozen=True, slots=True)
class DrawRow:
    """One use of an allowance; `source` and `source_id` say what used it.

    `charged_as` is how its charge names it: who and which event, "" when nothing was charged.
    """

    units: int
    source: str
    source_id: int
    drawn_on: date
    is_returned: bool
    charged_as: str


@dataclass(frozen=True, slots=True)
class AgreementCard:
    """Everything the inspector shows of one agreement."""

    row: AgreementRow
    order_number: str
    notes: str
    cancelled_reason: str
    draws: tuple[DrawRow, ...]
    charges: tuple[ChargeRow, ...]


@dataclass(frozen=True, slots=True)
class GivingBack:
    """Records that are about to give back what they use of agreements."""

    source: DrawSource
    source_ids: Sequence[int]


def covering(
    session: Session,
    customer_id: int,
    service_id: int,
    allowance: Allowance,
    day: date,
    back: GivingBack | None = None,
) -> list[Cover]:
    """Return the customer's agreements with a service that have something left for a day.

    The one that ends first comes first, so that nothing expires unused. `back` counts as left,
    as it will be when what uses it is charged anew.
    """
    asked = {
        "customer": customer_id,
        "service": service_id,
        "allowance": str(allowance),
        "day": day,
    }
    if back is None or not back.source_ids:
        return [Cover(*row) for row in session.execute(_COVERING, asked)]
    given = _given_back(session, back)
    running = [Cover(*row) for row in session.execute(_RUNNING, asked)]
    covers = (replace(one, left=one.left + given.get(one.agreement_id, 0)) for one in running)
    return [cover for cover in covers if cover.left]


def drawing(session: Session, back: GivingBack) -> frozenset[int]:
    """Return those of the records that an agreement pays for, whole or in part."""
    found = select(AgreementDraw.source_id).where(*_counting(back))
    return frozenset(session.scalars(found))


def _given_back(session: Session, back: GivingBack) -> dict[int, int]:
    """Return the units that agreements get back, by the agreement."""
    found = select(AgreementDraw.agreement_id, func.sum(AgreementDraw.units))
    rows = session.execute(found.where(*_counting(back)).group_by(AgreementDraw.agreement_id))
    return {agreement_id: int(units) for agreement_id, units in rows}


def _counting(back: GivingBack) -> tuple[ColumnElement[bool], ...]:
    return (
        AgreementDraw.source == str(back.source),
        AgreementDraw.source_id.in_(back.source_ids),
        ~AgreementDraw.is_returned,
    )


def agreement_list(session: Session, wanted: AgreementFilter) -> list[AgreementRow]:
    """Return at most 500 agreements, those that end first before the others."""
    asked = _rows().order_by(Agreement.ends_on, Agreement.number).limit(LISTED)
    if wanted.customer_id is not None:
        asked = asked.where(Agreement.customer_id == wanted.customer_id)
    if wanted.service_id is not None:
        asked = asked.where(Offer.service_id == wanted.service_id)
    if wanted.running_on is not None:
        asked = asked.where(
            Agreement.starts_on <= wanted.running_on,
            Agreement.ends_on >= wanted.running_on,
            or_(Agreement.cancelled_on.is_(None), Agreement.cancelled_on > wanted.running_on),
        )
    if wanted.ends_until is not None:
        asked = asked.where(Agreement.ends_on <= wanted.ends_until)
    for word in wanted.words.split():
        asked = asked.where(_has(word))
    return [AgreementRow(*row) for row in session.execute(asked)]


def of_customer(
    session: Session, customer_id: int, day: date
) -> tuple[list[AgreementRow], list[AgreementRow]]:
    """Return a customer's agreements running on a day, and those of schools it followed."""
    wanted = AgreementFilter(customer_id=customer_id, running_on=day)
    return agreement_list(session, wanted), _left_behind(session, customer_id, day)


def _left_behind(session: Session, customer_id: int, day: date) -> list[AgreementRow]:
    """Return the agreements running on a day that schools which this one followed still have."""
    urn = session.scalar(select(Customer.urn).where(Customer.id == customer_id))
    if urn is None:
        return []
    before = select(CustomerLink.predecessor_urn).where(CustomerLink.successor_urn == urn)
    found = _rows().where(
        Customer.urn.in_(before),
        Agreement.starts_on <= day,
        Agreement.ends_on >= day,
        or_(Agreement.cancelled_on.is_(None), Agreement.cancelled_on > day),
    )
    rows = session.execute(found.order_by(Agreement.ends_on, Agreement.number).limit(LISTED))
    return [AgreementRow(*row) for row in rows]


def agreement_card(session: Session, agreement_id: int) -> AgreementCard | None:
    """Return an agreement with what was used of it, None when there is none."""
    row = session.execute(_rows().where(Agreement.id == agreement_id)).one_or_none()
    if row is None:
        return None
    agreement = session.get_one(Agreement, agreement_id)
    draws = session.execute(
        select(
            AgreementDraw.units,
            AgreementDraw.source,
            AgreementDraw.source_id,
            AgreementDraw.drawn_on,
            AgreementDraw.is_returned,
            func.coalesce(_newest_detail(), ""),
        )
        .where(AgreementDraw.agreement_id == agreement_id)
        .order_by(AgreementDraw.drawn_on, AgreementDraw.id)
    )
    return AgreementCard(
        row=AgreementRow(*row),
        order_number=agreement.order_number,
        notes=agreement.notes,
        cancelled_reason=agreement.cancelled_reason,
        draws=tuple(DrawRow(*draw) for draw in draws),
        charges=tuple(charges_of(session, Source.AGREEMENT, [agreement_id])),
    )


def _newest_detail() -> ScalarSelect[str]:
    return (
        select(Charge.detail)
        .where(Charge.source == AgreementDraw.source, Charge.source_id == AgreementDraw.source_id)
        .order_by(Charge.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def services_with_agreements(session: Session) -> list[tuple[int, str, str]]:
    """Return (id, code, name) of every service, in the order of their codes."""
    asked = select(Service.id, Service.code, Service.name).order_by(Service.code)
    return [(row.id, row.code, row.name) for row in session.execute(asked)]


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Agreement.id,
            Agreement.version,
            Agreement.number,
            Agreement.customer_id,
            Customer.name,
            Offer.service_id,
            Service.code,
            Agreement.title,
            Agreement.starts_on,
            Agreement.ends_on,
            Agreement.price,
            Agreement.allowance,
            Agreement.units,
            Agreement.used,
            Agreement.cancelled_on,
            Customer.closed_on,
        )
        .join(Customer, Customer.id == Agreement.customer_id)
        .join(Offer, Offer.id == Agreement.offer_id)
        .join(Service, Service.id == Offer.service_id)
    )


def _has(word: str) -> ColumnElement[bool]:
    digits = word.upper().removeprefix("A-").lstrip("0")
    either = [
        func.lower(Customer.name).contains(word.lower(), autoescape=True),
        func.lower(Agreement.title).contains(word.lower(), autoescape=True),
    ]
    if digits.isdigit() and len(digits) < 10:
        either.append(Agreement.number == int(digits))
    return or_(*either)
