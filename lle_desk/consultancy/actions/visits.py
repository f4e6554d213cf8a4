"""Visits planned, edited, and moved in the diary."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from lle_desk.agreements.actions import return_use
from lle_desk.agreements.rules import DrawSource
from lle_desk.consultancy.actions.charging import charge_again, charge_visit, reword_charges
from lle_desk.consultancy.actions.requests import EditVisit, MoveVisit, PlanVisit, VisitAsked
from lle_desk.consultancy.models import Visit
from lle_desk.consultancy.queries import next_number
from lle_desk.consultancy.rules import COMING, Paid, VisitKind, VisitState, kind_of
from lle_desk.core.changes import changed_meanwhile
from lle_desk.core.days import day_words, now_utc
from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.core.types import clean_text
from lle_desk.customers.models import Customer, Person
from lle_desk.officers.models import Service
from lle_desk.trainers.actions import HoldTime, MoveTime, hold_time, move_time
from lle_desk.trainers.models import Trainer, TrainerTime
from lle_desk.trainers.rules import Purpose


def plan_visit(session: Session, ask: PlanVisit) -> int:
    """Plan a visit, hold its consultant, write its charge, and return its id.

    An agreement's days pay first: such a visit has a charge of nothing that names it.

    Raises:
        OfficerError: the consultant does something else then, something is missing, or the
            price is not known.
    """
    known = known_id(session, Visit, ask.client_uuid)
    if known is not None:
        return known
    asked = ask.asked
    customer = _checked(session, asked)
    visit = Visit(
        client_uuid=ask.client_uuid,
        number=next_number(session),
        trainer_time_id=hold_time(session, _hold(asked, customer)),
        state=str(VisitState.PLANNED),
        taken_by=acting(session).officer[:60],
        taken_at=now_utc(),
        is_demo=ask.is_demo,
        **_facts(asked),
    )
    session.add(visit)
    session.flush()
    charge_visit(session, visit, asked)
    return visit.id


def edit_visit(session: Session, ask: EditVisit) -> None:
    """Change a visit; its price is worked out again where it may be another.

    Raises:
        OfficerError: the consultant does something else then, or a paper would be credited
            that nobody was shown.
        RecordChanged: it was saved since it was opened.
    """
    visit = coming_visit(session, ask.visit_id, ask.seen_version)
    row = session.get_one(TrainerTime, visit.trainer_time_id)
    asked = ask.asked
    customer = _checked(session, asked)
    before = (visit.customer_id, visit.service_id, visit.kind, visit.paid, visit.order_number)
    day = row.starts_at.date()
    if asked.customer_id != visit.customer_id:
        return_use(session, DrawSource.VISIT, visit.id)  # an agreement pays for its own customer
    for name, value in _facts(asked).items():
        setattr(visit, name, value)
    after = (visit.customer_id, visit.service_id, visit.kind, visit.paid, visit.order_number)
    move_time(
        session,
        MoveTime(
            row.id,
            asked.starts_at,
            asked.ends_at,
            asked.trainer_id,
            asked.travel_before,
            asked.travel_after,
            _words(customer, asked.topic),
        ),
    )
    if before != after or day != asked.starts_at.date():
        must = before != after
        charge_again(session, visit, asked, must=must, may_credit=ask.may_credit)
    else:
        reword_charges(session, visit, asked)


def move_visit(session: Session, ask: MoveVisit) -> int:
    """Move a visit in the diary, its travel along, and return its new version.

    Raises:
        OfficerError: the consultant does something else then.
        RecordChanged: it was saved since it was opened.
    """
    visit = coming_visit(session, ask.visit_id, ask.seen_version)
    row = session.get_one(TrainerTime, visit.trainer_time_id)
    lasted = row.ends_at - row.starts_at
    kind = visit.kind
    if ask.ends_at - ask.starts_at != lasted:
        kind = str(kind_of(ask.starts_at, ask.ends_at))
    asked = replace(
        asked_of(session, visit.id),
        trainer_id=ask.trainer_id,
        kind=kind,
        starts_at=ask.starts_at,
        ends_at=ask.ends_at,
    )
    edit_visit(session, EditVisit(visit.id, ask.seen_version, asked))
    return version_of(session, visit.id)


def asked_of(session: Session, visit_id: int) -> VisitAsked:
    """Return a visit as it would be asked for now."""
    visit = session.get_one(Visit, visit_id)
    row = session.get_one(TrainerTime, visit.trainer_time_id)
    return VisitAsked(
        trainer_id=row.trainer_id,
        customer_id=visit.customer_id,
        service_id=visit.service_id,
        kind=visit.kind,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        topic=visit.topic,
        contact_id=visit.contact_id,
        travel_before=_minutes(row.starts_at - row.reserved_from),
        travel_after=_minutes(row.reserved_to - row.ends_at),
        order_number=visit.order_number,
        notes_office=visit.notes_office,
        no_charge_reason=visit.no_charge_reason,
    )


def version_of(session: Session, visit_id: int) -> int:
    """Return a visit's version: its own and its time's together."""
    visit = session.get_one(Visit, visit_id)
    return visit.version + session.get_one(TrainerTime, visit.trainer_time_id).version


def coming_visit(session: Session, visit_id: int, seen_version: int) -> Visit:
    """Return a visit as it was opened, that may still be changed.

    Raises:
        OfficerError: it is done or cancelled.
        RecordChanged: it was saved since.
    """
    visit = seen_visit(session, visit_id, seen_version)
    if visit.state not in COMING:
        raise OfficerError(f"This visit is {visit.state}. Plan another one instead.")
    return visit


def seen_visit(session: Session, visit_id: int, seen_version: int) -> Visit:
    """Return a visit as it was opened.

    Its version is its own and its time's together: each may be saved without the other.

    Raises:
        RecordChanged: one of them was saved since.
    """
    visit = session.get_one(Visit, visit_id)
    if version_of(session, visit_id) != seen_version:
        time_of = ("trainer_time", visit.trainer_time_id)
        raise changed_meanwhile(session, "visit", ("visit", visit.id), time_of)
    return visit


def _checked(session: Session, asked: VisitAsked) -> Customer:
    """Return the customer of a visit that makes sense."""
    if session.get(Trainer, asked.trainer_id) is None:
        raise OfficerError("Choose who goes.", "trainer")
    customer = session.get(Customer, asked.customer_id)
    if customer is None:
        raise OfficerError("Choose the school or customer.", "customer_id")
    if asked.kind not in tuple(VisitKind):
        raise OfficerError("Choose a half day, a day or a twilight.", "kind")
    if session.get(Service, asked.service_id) is None:
        raise OfficerError("Choose the service.", "service_id")
    _check_words(asked)
    if customer.closed_on is not None and customer.closed_on <= asked.starts_at.date():
        raise OfficerError(
            f"{customer.name} closed on {day_words(customer.closed_on)}. "
            "Choose the school that followed it.",
            "customer_id",
        )
    _check_contact(session, asked, customer)
    return customer


def _facts(asked: VisitAsked) -> dict[str, str | int | None]:
    """Return the columns of a visit that its form fills."""
    free = clean_text(asked.no_charge_reason)
    return {
        "customer_id": asked.customer_id,
        "contact_id": asked.contact_id,
        "service_id": asked.service_id,
        "kind": str(asked.kind),
        "topic": clean_text(asked.topic),
        "paid": str(Paid.NOTHING if free else Paid.PRICE_LIST),
        "no_charge_reason": free,
        "order_number": clean_text(asked.order_number),
        "notes_office": clean_text(asked.notes_office),
    }


def _hold(asked: VisitAsked, customer: Customer) -> HoldTime:
    return HoldTime(
        new_uuid(),
        asked.trainer_id,
        asked.starts_at,
        asked.ends_at,
        Purpose.VISIT,
        _words(customer, asked.topic),
        asked.travel_before,
        asked.travel_after,
        source="visit",
    )


def _words(customer: Customer, topic: str) -> str:
    return f"{customer.name}: {clean_text(topic)}"[:300].strip()


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def _check_words(asked: VisitAsked) -> None:
    if asked.ends_at <= asked.starts_at:
        raise OfficerError("The visit ends after it starts. Mend its times.", "to")
    if asked.ends_at.date() != asked.starts_at.date():
        raise OfficerError("A visit ends on its day. Plan another for the next day.", "to")
    if not clean_text(asked.topic):
        raise OfficerError("Say what the visit is about.", "topic")


def _check_contact(session: Session, asked: VisitAsked, customer: Customer) -> None:
    contact = session.get(Person, asked.contact_id) if asked.contact_id else None
    if asked.contact_id and (contact is None or contact.customer_id != customer.id):
        raise OfficerError(
            f"The contact is not among the people of {customer.name}. Choose another.", "contact"
        )
