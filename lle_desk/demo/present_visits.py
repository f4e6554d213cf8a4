"""Consultancy around today: visits, notes and leave, made as officers make them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from lle_desk.consultancy.actions import (
    PlanVisit,
    SetVisitState,
    VisitAsked,
    WriteNote,
    plan_visit,
    set_visit_state,
    write_note,
)
from lle_desk.consultancy.rules import VisitState
from lle_desk.demo.calendar import DAY, at
from lle_desk.demo.dice import dice, fixed_uuid
from lle_desk.demo.files import rows_of
from lle_desk.demo.plan_visits import SHAPES, TRAVEL, DemoAdviser
from lle_desk.demo.present import Present
from lle_desk.demo.year_visits import NOTE, Advisers
from lle_desk.trainers.actions import TakeLeave, take_leave
from lle_desk.trainers.queries import clash_words

BUSY = 0.3  # of an adviser's days
FIRST_DAY, LAST_DAY = -6, 12  # open days from today
ADVISERS = 5  # of each service
NOT_NOTED = 0.15  # of the visits that are over
TRAVELLED = DAY * TRAVEL / (24 * 60)


@dataclass(frozen=True, slots=True)
class _Wanted:
    adviser: DemoAdviser
    kind: str
    starts_at: datetime
    ends_at: datetime
    topic: str
    school: int  # which of the schools
    chance: float


def teachers(there: Advisers) -> list[int]:
    """Return the advisers who also give courses: those of LPDS."""
    return [number for one, number in there.trainers.items() if one.service == "LPDS"]


def add_present_visits(session: Session, there: Present, advisers: Advisers) -> int:
    """Plan the visits around today that fit beside the courses; return how many."""
    days = [there.day(later) for later in range(FIRST_DAY, LAST_DAY + 1)]
    _add_leave(session, advisers, days)
    planned = 0
    for wanted in _wanted(advisers, days, len(there.schools)):
        trainer_id = advisers.trainers[wanted.adviser]
        starts_at, ends_at = wanted.starts_at, wanted.ends_at
        if clash_words(session, trainer_id, starts_at - TRAVELLED, ends_at + TRAVELLED):
            continue
        school = there.schools[wanted.school]
        asked = VisitAsked(
            trainer_id,
            school.id,
            advisers.services[wanted.adviser.service],
            wanted.kind,
            starts_at,
            ends_at,
            wanted.topic,
            school.contact_id,
            TRAVEL,
            TRAVEL,
        )
        uuid = fixed_uuid("present visit", wanted.adviser.service, trainer_id, starts_at)
        visit_id = plan_visit(session, PlanVisit(uuid, asked, is_demo=True))
        _go_on(session, visit_id, wanted, there.today)
        planned += 1
    return planned


def _wanted(advisers: Advisers, days: list[date], schools: int) -> Iterator[_Wanted]:
    chance = dice("present visits")
    shares = [shape[4] for shape in SHAPES]
    for one in advisers.trainers:
        topics = [row["topic"] for row in rows_of("visits.csv") if row["service"] == one.service]
        for day in days:
            kind, starts, ends, _, _ = chance.choices(SHAPES, shares)[0]
            topic, school = chance.choice(topics), chance.randrange(schools)
            if chance.random() < BUSY and one.place < ADVISERS:
                moment = at(day, *starts), at(day, *ends)
                yield _Wanted(one, str(kind), *moment, topic, school, chance.random())


def _go_on(session: Session, visit_id: int, wanted: _Wanted, today: date) -> None:
    """Let a visit that is over be noted, mostly, and one to come be confirmed, often."""
    day = wanted.starts_at.date()
    if day < today and wanted.chance > NOT_NOTED:
        write_note(session, WriteNote(visit_id, 2, NOTE, day))
    elif wanted.chance > 0.5:
        set_visit_state(session, SetVisitState(visit_id, 2, VisitState.CONFIRMED))


def _add_leave(session: Session, advisers: Advisers, days: list[date]) -> None:
    for place, trainer_id in enumerate(list(advisers.trainers.values())[:ADVISERS]):
        if place % 2:
            first = days[-1 - place]
            if not clash_words(session, trainer_id, at(first, 0), at(first, 23, 59)):
                uuid = fixed_uuid("present leave", place)
                take_leave(session, TakeLeave(uuid, trainer_id, first, first))
