"""The adviser's diary, and a visit with all that hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from lle_desk.charges.queries import ChargeRow, charges_of, standing
from lle_desk.charges.rules import Source
from lle_desk.consultancy.models import Visit
from lle_desk.consultancy.rules import visit_words
from lle_desk.core.changes import HistoryRow, history_of
from lle_desk.core.errors import OfficerError
from lle_desk.customers.models import Customer, Person
from lle_desk.officers.models import Service
from lle_desk.trainers.models import Trainer, TrainerTime
from lle_desk.trainers.queries import TimeRow, TrainerRow, trainer_times, trainers


@dataclass(frozen=True, slots=True)
class DiaryVisit:
    """What the diary says of a visit beside its time."""

    id: int
    version: int
    number: int
    time_id: int
    state: str
    kind: str
    topic: str
    customer: str
    short_name: str
    service_code: str
    has_note: bool


@dataclass(frozen=True, slots=True)
class Diary:
    """What all trainers do on the days from `first` to `last`, both counted."""

    first: date
    last: date
    trainers: tuple[TrainerRow, ...]
    times: tuple[TimeRow, ...]
    visits: dict[int, DiaryVisit]  # by the id of their time


@dataclass(frozen=True, slots=True)
class VisitCard:
    """All that is known of one visit. `version` is its own and its time's together."""

    id: int
    version: int
    number: int
    time_id: int
    trainer_id: int
    trainer: str
    customer_id: int
    customer: str
    contact_id: int | None
    contact: str
    service_id: int
    service_code: str
    service: str
    kind: str
    state: str
    topic: str
    starts_at: datetime
    ends_at: datetime
    reserved_from: datetime
    reserved_to: datetime
    no_charge_reason: str
    order_number: str
    notes_office: str
    note: str
    note_on: date | None
    cancelled_reason: str
    charges: tuple[ChargeRow, ...] = ()
    counting: tuple[ChargeRow, ...] = ()  # those that are not void or given back
    history: tuple[HistoryRow, ...] = ()

    @property
    def words(self) -> str:
        return visit_words(self.number)

    @property
    def travel_before(self) -> int:
        return int((self.starts_at - self.reserved_from).total_seconds() // 60)

    @property
    def travel_after(self) -> int:
        return int((self.reserved_to - self.ends_at).total_seconds() // 60)


def diary(session: Session, first: date, last: date) -> Diary:
    """Return the adviser's diary of those days."""
    times = tuple(trainer_times(session, first, last))
    shown = {row.trainer_id for row in times}
    people = [
        row for row in trainers(session, with_former=True) if row.is_active or row.id in shown
    ]
    visits = _diary_visits(session, [row.id for row in times if row.purpose == "visit"])
    return Diary(first, last, tuple(people), times, visits)


def visit_card(session: Session, visit_id: int) -> VisitCard:
    """Return all that is known of a visit.

    Raises:
        OfficerError: it is not there.
    """
    row = session.execute(_cards().where(Visit.id == visit_id)).first()
    if row is None:
        raise OfficerError("This visit is not there.")
    charges = tuple(charges_of(session, Source.VISIT, [visit_id]))
    counting = tuple(standing(session, charges))
    history = tuple(history_of(session, "visit", visit_id))
    return replace(VisitCard(*row), charges=charges, counting=counting, history=history)


def next_number(session: Session) -> int:
    """Return the next V number; the office-wide lock keeps it ours until the commit."""
    return (session.scalar(select(func.max(Visit.number))) or 0) + 1


def services_of_visits(session: Session) -> list[tuple[int, str, str]]:
    """Return (id, code, name) of all services, by code."""
    found = select(Service.id, Service.code, Service.name).order_by(Service.code)
    return [(number, code, name) for number, code, name in session.execute(found)]


def _diary_visits(session: Session, time_ids: Sequence[int]) -> dict[int, DiaryVisit]:
    found = (
        select(
            Visit.id,
            Visit.version + TrainerTime.version,
            Visit.number,
            Visit.trainer_time_id,
            Visit.state,
            Visit.kind,
            Visit.topic,
            Customer.name,
            Customer.short_name,
            Service.code,
            Visit.note_on.is_not(None),
        )
        .join(TrainerTime, TrainerTime.id == Visit.trainer_time_id)
        .join(Customer, Customer.id == Visit.customer_id)
        .join(Service, Service.id == Visit.service_id)
        .where(Visit.trainer_time_id.in_(time_ids))
    )
    return {row[3]: DiaryVisit(*row[:10], bool(row[10])) for row in session.execute(found)}


def _cards() -> Select[*tuple[Any, ...]]:
    contact = func.trim(
        func.coalesce(Person.given_name, "") + " " + func.coalesce(Person.family_name, "")
    )
    return (
        select(
            Visit.id,
            Visit.version + TrainerTime.version,
            Visit.number,
            TrainerTime.id,
            Trainer.id,
            Trainer.name,
            Visit.customer_id,
            Customer.name,
            Visit.contact_id,
            contact,
            Visit.service_id,
            Service.code,
            Service.name,
            Visit.kind,
            Visit.state,
            Visit.topic,
            TrainerTime.starts_at,
            TrainerTime.ends_at,
            TrainerTime.reserved_from,
            TrainerTime.reserved_to,
            Visit.no_charge_reason,
            Visit.order_number,
            Visit.notes_office,
            Visit.note,
            Visit.note_on,
            Visit.cancelled_reason,
        )
        .join(TrainerTime, TrainerTime.id == Visit.trainer_time_id)
        .join(Trainer, Trainer.id == TrainerTime.trainer_id)
        .join(Customer, Customer.id == Visit.customer_id)
        .join(Service, Service.id == Visit.service_id)
        .outerjoin(Person, Person.id == Visit.contact_id)
    )
