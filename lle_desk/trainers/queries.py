"""Who trains and advises, what they do when, and who is free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lle_desk.core.money import Pence
from lle_desk.officers.models import Service
from lle_desk.trainers.models import Trainer, TrainerTime
from lle_desk.trainers.rules import LONGEST_DAYS, TakenTime, doing_words, taken_words

MOST_FOUND = 30
SESSION_SOURCE = "event_session"


@dataclass(frozen=True, slots=True)
class TrainerRow:
    """One trainer. `service_code` "" is somebody from outside; `cost_per_day` in pence."""

    id: int
    version: int
    name: str
    initials: str
    service_id: int | None
    service_code: str
    email: str
    telephone: str
    cost_per_day: Pence
    is_active: bool


@dataclass(frozen=True, slots=True)
class TrainerHit:
    """A trainer to choose. `doing` says what they do at the time asked for, "" when free."""

    id: int
    name: str
    initials: str
    service_code: str
    doing: str = ""


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One stretch of a trainer's time: the work, and with travel what is reserved."""

    id: int
    version: int
    trainer_id: int
    starts_at: datetime
    ends_at: datetime
    reserved_from: datetime
    reserved_to: datetime
    purpose: str
    words: str
    source: str
    source_id: int | None


@dataclass(frozen=True, slots=True)
class SessionTrainer:
    """A trainer whose time a session holds."""

    trainer_id: int
    time_id: int
    name: str
    initials: str
    cost_per_day: Pence


def trainers(session: Session, *, with_former: bool = False) -> list[TrainerRow]:
    """Return the trainers by service and name, those from outside last."""
    found = (
        select(
            Trainer.id,
            Trainer.version,
            Trainer.name,
            Trainer.initials,
            Trainer.service_id,
            Service.code,
            Trainer.email,
            Trainer.telephone,
            Trainer.cost_per_day,
            Trainer.is_active,
        )
        .outerjoin(Service, Service.id == Trainer.service_id)
        .order_by(Service.code.is_(None), Service.code, Trainer.name)
    )
    if not with_former:
        found = found.where(Trainer.is_active)
    return [
        TrainerRow(*row[:5], row[5] or "", row[6], row[7], Pence(row[8]), row[9])
        for row in session.execute(found)
    ]


def find_trainers(
    session: Session,
    typed: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    leaving_out: tuple[int, ...] = (),
) -> list[TrainerHit]:
    """Return the trainers with each typed word in name, initials or service: the free first.

    With times, `doing` says what keeps each; the times in `leaving_out` (ids of trainer_time)
    do not count, since they are about to move.
    """
    rows = [row for row in trainers(session) if _fits(row, typed)][:MOST_FOUND]
    busy: dict[int, TakenTime] = {}
    if starts_at is not None and ends_at is not None and starts_at < ends_at:
        busy = taken_times(session, [row.id for row in rows], starts_at, ends_at, leaving_out)
    hits = [
        TrainerHit(row.id, row.name, row.initials, row.service_code, _doing(busy.get(row.id)))
        for row in rows
    ]
    return sorted(hits, key=_is_busy)


def taken_times(
    session: Session,
    trainer_ids: Sequence[int],
    reserved_from: datetime,
    reserved_to: datetime,
    leaving_out: Sequence[int] = (),
) -> dict[int, TakenTime]:
    """Return what keeps each of these trainers in that time; one who is free is left out."""
    found = (
        select(
            TrainerTime.trainer_id,
            Trainer.name,
            TrainerTime.purpose,
            TrainerTime.words,
            TrainerTime.starts_at,
            TrainerTime.ends_at,
            TrainerTime.reserved_from,
            TrainerTime.reserved_to,
            TrainerTime.id,
        )
        .join(Trainer, Trainer.id == TrainerTime.trainer_id)
        .where(
            TrainerTime.trainer_id.in_(trainer_ids),
            TrainerTime.holds_space,
            TrainerTime.reserved_from < reserved_to,
            TrainerTime.reserved_to > reserved_from,
            TrainerTime.starts_at > reserved_from - timedelta(days=2 * LONGEST_DAYS),
            TrainerTime.id.not_in(leaving_out),
        )
        .order_by(TrainerTime.starts_at.desc())
    )
    return {row[0]: TakenTime(*row[1:]) for row in session.execute(found)}


def clash_words(
    session: Session,
    trainer_id: int,
    reserved_from: datetime,
    reserved_to: datetime,
    leaving_out: Sequence[int] = (),
) -> str:
    """Return what keeps a trainer in that time, as a sentence without its end; "" when free."""
    found = taken_times(session, [trainer_id], reserved_from, reserved_to, leaving_out)
    return taken_words(found[trainer_id]) if found else ""


def trainer_times(session: Session, first: date, last: date) -> list[TimeRow]:
    """Return all that trainers do on the days from `first` to `last`, by start."""
    begins = datetime.combine(first, time())
    ends = datetime.combine(last, time()) + timedelta(days=1)
    found = (
        _times()
        .where(
            TrainerTime.holds_space,
            TrainerTime.starts_at < ends,
            TrainerTime.ends_at > begins,
            TrainerTime.starts_at > begins - timedelta(days=LONGEST_DAYS + 1),
        )
        .order_by(TrainerTime.starts_at, TrainerTime.id)
    )
    return [TimeRow(*row) for row in session.execute(found)]


def time_row(session: Session, time_id: int) -> TimeRow | None:
    """Return one stretch of time that is held, None when it is not there any more."""
    found = _times().where(TrainerTime.id == time_id, TrainerTime.holds_space)
    row = session.execute(found).first()
    return TimeRow(*row) if row else None


def session_trainers(
    session: Session, session_ids: Sequence[int]
) -> dict[int, tuple[SessionTrainer, ...]]:
    """Return the trainers whose time these sessions hold, in the order they were given."""
    found = (
        select(
            TrainerTime.source_id,
            Trainer.id,
            TrainerTime.id,
            Trainer.name,
            Trainer.initials,
            Trainer.cost_per_day,
        )
        .join(Trainer, Trainer.id == TrainerTime.trainer_id)
        .where(
            TrainerTime.source_id.in_(session_ids),
            TrainerTime.source == SESSION_SOURCE,
            TrainerTime.holds_space,
        )
        .order_by(TrainerTime.id)
    )
    by_session: dict[int, list[SessionTrainer]] = {}
    for row in session.execute(found):
        trainer = SessionTrainer(row[1], row[2], row[3], row[4], Pence(row[5]))
        by_session.setdefault(row[0] or 0, []).append(trainer)
    return {number: tuple(rows) for number, rows in by_session.items()}


def _times() -> Select[*tuple[Any, ...]]:
    return select(
        TrainerTime.id,
        TrainerTime.version,
        TrainerTime.trainer_id,
        TrainerTime.starts_at,
        TrainerTime.ends_at,
        TrainerTime.reserved_from,
        TrainerTime.reserved_to,
        TrainerTime.purpose,
        TrainerTime.words,
        TrainerTime.source,
        TrainerTime.source_id,
    )


def _fits(row: TrainerRow, typed: str) -> bool:
    words = f"{row.name} {row.initials} {row.service_code}".casefold()
    return all(word in words for word in typed.casefold().split())


def _doing(taken: TakenTime | None) -> str:
    return doing_words(taken.purpose, taken.words) if taken else ""


def _is_busy(hit: TrainerHit) -> bool:
    return bool(hit.doing)
