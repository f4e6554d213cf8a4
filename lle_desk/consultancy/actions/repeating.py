"""The same visit on several days, all of them or none, with the way back."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from lle_desk.consultancy.actions.ending import cancel_visit, restore_visit
from lle_desk.consultancy.actions.requests import CancelVisit, PlanVisit, PlanVisits, VisitAsked
from lle_desk.consultancy.actions.visits import plan_visit, version_of
from lle_desk.consultancy.models import Visit
from lle_desk.consultancy.rules import MOST_VISITS, TAKEN_BACK, VisitState, visit_words
from lle_desk.core.days import day_words, london_today
from lle_desk.core.errors import OfficerError
from lle_desk.core.undo import Record, Undoable, Way, versions_of
from lle_desk.customers.models import Customer


def plan_visits(session: Session, ask: PlanVisits) -> Undoable[list[int]]:
    """Plan a visit on its day and at the same hours on the others; return their ids by day.

    An agreement's days pay for the earliest. Taking it back cancels all without a charge.

    Raises:
        OfficerError: the consultant does something else on one of the days, which is named; a
            day is there twice; there are too many; or one cannot be priced. None is planned.
    """
    days = sorted({ask.asked.starts_at.date(), *ask.others})
    _check(ask, days)
    ids = [_plan(session, ask, day) for day in days]
    visits = [session.get_one(Visit, number) for number in ids]
    name = session.get_one(Customer, ask.asked.customer_id).name
    records = [
        record
        for visit in visits
        for record in (
            Record("visit", visit.id, visit_words(visit.number)),
            Record("trainer_time", visit.trainer_time_id, visit_words(visit.number)),
        )
    ]
    way = Way(
        f"Planned {len(ids)} visits, {visit_words(visits[0].number)} to"
        f" {visit_words(visits[-1].number)}, {name}",
        partial(_cancel_all, ids=ids),
        partial(_restore_all, ids=ids),
        dict.fromkeys(records, 0),
        versions_of(session, records),
    )
    return Undoable(ids, way)


def _check(ask: PlanVisits, days: Sequence[date]) -> None:
    if len(days) <= len(ask.others):
        raise OfficerError("A day is there twice. Take it out once.", "others")
    if len(days) > MOST_VISITS:
        raise OfficerError(
            f"At most {MOST_VISITS} visits are planned at once. Plan the rest after them.", "others"
        )


def _plan(session: Session, ask: PlanVisits, day: date) -> int:
    asked = _on(ask.asked, day)
    own = ask.client_uuid
    if day != ask.asked.starts_at.date():
        own = str(uuid.uuid5(uuid.UUID(ask.client_uuid), day.isoformat()))
    try:
        return plan_visit(session, PlanVisit(own, asked))
    except OfficerError as refusal:
        if day == ask.asked.starts_at.date():
            raise
        said = f"{day_words(day)}: {refusal}"
        raise OfficerError(said, "others") from refusal


def _on(asked: VisitAsked, day: date) -> VisitAsked:
    return replace(
        asked,
        starts_at=datetime.combine(day, asked.starts_at.time()),
        ends_at=datetime.combine(day, asked.ends_at.time()),
    )


def _cancel_all(session: Session, ids: Sequence[int]) -> None:
    for number in ids:
        seen = version_of(session, number)
        ask = CancelVisit(number, seen, london_today(), TAKEN_BACK, by_us=True)
        cancel_visit(session, ask)


def _restore_all(session: Session, ids: Sequence[int]) -> None:
    for number in ids:
        restore_visit(session, number, VisitState.PLANNED)
