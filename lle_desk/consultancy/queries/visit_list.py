"""Visits as a list: of some days, of a customer, without a note, or not billed yet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.queries import ChargeRow, charges_of, standing
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.consultancy.models import Visit
from lle_desk.consultancy.rules import COMING, Paid, VisitState, Which, visit_words
from lle_desk.core.money import Pence
from lle_desk.customers.models import Customer
from lle_desk.officers.models import Service
from lle_desk.trainers.models import Trainer, TrainerTime

LISTED = 1_000
NOTHING = Pence(0)
TO_BILL = (str(ChargeState.UNBILLED), str(ChargeState.HELD))


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """Which visits to list. `first` and `last` None: of all days.

    `words` are any parts of the school, the topic, the adviser or the number.
    """

    which: Which
    today: date
    words: str = ""
    first: date | None = None
    last: date | None = None
    customer_id: int | None = None


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit in a list. `net` is what it costs; `money` says where that stands."""

    id: int
    number: int
    starts_at: datetime
    ends_at: datetime
    kind: str
    state: str
    topic: str
    customer_id: int
    customer: str
    adviser: str
    service_code: str
    note_on: date | None
    paid: str
    net: Pence = NOTHING
    money: str = ""

    @property
    def code(self) -> str:
        return visit_words(self.number)


@dataclass(frozen=True, slots=True)
class VisitLines:
    """The first of the visits found, and how many there are in all."""

    rows: tuple[VisitLine, ...]
    count: int


def visit_list(session: Session, wanted: VisitFilter) -> VisitLines:
    """Return the visits by day, those longest to do first; what is all or cancelled, newest first.

    At most `LISTED` are returned.
    """
    asked = _rows().where(*_conditions(wanted))
    count = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    backwards = wanted.which in (Which.ALL, Which.CANCELLED)
    by = TrainerTime.starts_at.desc() if backwards else TrainerTime.starts_at
    rows = [VisitLine(*row) for row in session.execute(asked.order_by(by, Visit.id).limit(LISTED))]
    return VisitLines(_with_money(session, rows), count)


def _conditions(wanted: VisitFilter) -> list[ColumnElement[bool]]:
    found = [_has(word) for word in wanted.words.split()]
    if wanted.first is not None:
        found.append(TrainerTime.starts_at >= datetime.combine(wanted.first, time()))
    if wanted.last is not None:
        end = datetime.combine(wanted.last + timedelta(days=1), time())
        found.append(TrainerTime.starts_at < end)
    if wanted.customer_id is not None:
        found.append(Visit.customer_id == wanted.customer_id)
    return [*found, *_of_kind(wanted)]


def _of_kind(wanted: VisitFilter) -> list[ColumnElement[bool]]:
    today = datetime.combine(wanted.today, time())
    coming = [str(state) for state in COMING]
    match wanted.which:
        case Which.COMING:
            return [Visit.state.in_(coming), TrainerTime.starts_at >= today]
        case Which.NO_NOTE:
            return [Visit.state.in_(coming), TrainerTime.starts_at < today]
        case Which.NOT_BILLED:
            over = or_(
                TrainerTime.starts_at < today + timedelta(days=1),
                Visit.state == str(VisitState.CANCELLED),
            )
            return [over, Visit.id.in_(_to_bill())]
        case Which.OPEN:
            return [Visit.state.in_(coming)]
        case Which.CANCELLED:
            return [Visit.state == str(VisitState.CANCELLED)]
    return [Visit.state != str(VisitState.CANCELLED)]


def _to_bill() -> Select[int]:
    return select(Charge.source_id).where(
        Charge.source == str(Source.VISIT), Charge.state.in_(TO_BILL), Charge.net != 0
    )


def _has(word: str) -> ColumnElement[bool]:
    digits = word.upper().removeprefix("V-").lstrip("0")
    either: list[ColumnElement[bool]] = [
        func.lower(column).contains(word.lower(), autoescape=True)
        for column in (Customer.name, Visit.topic, Trainer.name)
    ]
    either += [func.upper(column) == word.upper() for column in (Trainer.initials, Service.code)]
    if digits.isascii() and digits.isdigit() and len(digits) < 10:
        either.append(Visit.number == int(digits))
    return or_(*either)


def _with_money(session: Session, rows: Sequence[VisitLine]) -> tuple[VisitLine, ...]:
    charges = charges_of(session, Source.VISIT, [row.id for row in rows])
    of: dict[int, list[ChargeRow]] = defaultdict(list)
    for charge in standing(session, charges):
        of[charge.source_id].append(charge)
    return tuple(_priced(row, of[row.id]) for row in rows)


def _priced(row: VisitLine, charges: Sequence[ChargeRow]) -> VisitLine:
    net = Pence(sum(charge.net for charge in charges))
    states = {charge.state for charge in charges if charge.net}
    if row.paid == Paid.NOTHING or not charges:
        money = "no charge" if row.state != VisitState.CANCELLED else ""
    elif not states:
        money = "by agreement"
    else:
        money = "not billed" if states & set(TO_BILL) else "billed"
    return replace(row, net=net, money=money)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Visit.id,
            Visit.number,
            TrainerTime.starts_at,
            TrainerTime.ends_at,
            Visit.kind,
            Visit.state,
            Visit.topic,
            Visit.customer_id,
            Customer.name,
            Trainer.name,
            Service.code,
            Visit.note_on,
            Visit.paid,
        )
        .join(TrainerTime, TrainerTime.id == Visit.trainer_time_id)
        .join(Trainer, Trainer.id == TrainerTime.trainer_id)
        .join(Customer, Customer.id == Visit.customer_id)
        .join(Service, Service.id == Visit.service_id)
    )
