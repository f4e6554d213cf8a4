"""Trainers added and edited; their time held, moved and freed. The claims follow by themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.rooms.models import Resource
from lle_desk.trainers.models import Trainer, TrainerTime
from lle_desk.trainers.queries import SESSION_SOURCE, clash_words
from lle_desk.trainers.rules import Part, Purpose, away_spans, initials_of

MOST_TRAVEL = 480  # minutes
NO_COST = Pence(0)
MOST_LEAVE = 366  # days

explain(
    {
        "ck_trainer_name_text": ("Give a name of 1 to 120 letters.", "name"),
        "ck_trainer_initials_text": ("Give initials of 1 to 6 letters.", "initials"),
        "ck_trainer_email_text": ("An e-mail address has at most 200 letters.", "email"),
        "ck_trainer_telephone_text": ("A telephone number has at most 40 letters.", "telephone"),
        "ck_trainer_cost_per_day_sensible": (
            "The cost of a day is between £0.00 and £1,000,000.00.",
            "cost_per_day",
        ),
        "ck_trainer_time_words_text": ("What it is has at most 300 letters.", "words"),
        "ck_trainer_time_starts_at_age": ("That year is not one of the diary.", "starts_at"),
        "ck_trainer_time_reserved_from_age": ("That year is not one of the diary.", "starts_at"),
        "claim_follows_time": "A trainer's time is held by what they do. Change that instead.",
        "trainer_time_kept": "What a trainer did stays in the diary. Cancel it instead.",
        "trainer_kept": "A trainer stays in the list. Take them out of use instead.",
        "trainer_is_resource": "A trainer is one person for ever. Add another trainer instead.",
    }
)


@dataclass(frozen=True, slots=True)
class AddTrainer:
    """Somebody new. `service_id` None is from outside; `initials` "" are those of the name."""

    client_uuid: str
    name: str
    service_id: int | None = None
    initials: str = ""
    email: str = ""
    telephone: str = ""
    cost_per_day: Pence = NO_COST
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class EditTrainer:
    """A trainer as they shall be."""

    trainer_id: int
    seen_version: int
    name: str
    service_id: int | None
    initials: str
    email: str
    telephone: str
    cost_per_day: Pence
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class HoldTime:
    """Hold a trainer for work in [starts_at, ends_at), with minutes of travel around it."""

    client_uuid: str
    trainer_id: int
    starts_at: datetime
    ends_at: datetime
    purpose: Purpose
    words: str = ""
    travel_before: int = 0
    travel_after: int = 0
    source: str = ""
    source_id: int | None = None


@dataclass(frozen=True, slots=True)
class MoveTime:
    """Move what a trainer does to another time, or to another trainer. None: as it is.

    `leaving_out` are times that are about to move too; `hold_again` takes back what was freed.
    """

    time_id: int
    starts_at: datetime
    ends_at: datetime
    trainer_id: int | None = None
    travel_before: int | None = None
    travel_after: int | None = None
    words: str | None = None
    leaving_out: Sequence[int] = ()
    hold_again: bool = False


@dataclass(frozen=True, slots=True)
class TakeLeave:
    """Days on which a trainer cannot be had, both counted, whole or half."""

    client_uuid: str
    trainer_id: int
    first: date
    last: date
    part: Part = Part.DAY
    words: str = ""


def add_trainer(session: Session, ask: AddTrainer) -> int:
    """Add a trainer and return the id; the same `client_uuid` again makes nothing new.

    Raises:
        OfficerError: no name was given.
    """
    known = known_id(session, Trainer, ask.client_uuid)
    if known is not None:
        return known
    name = _name(ask.name)
    resource = Resource(client_uuid=new_uuid(), kind="trainer", name="Trainer")  # no name to erase
    session.add(resource)
    session.flush()
    trainer = Trainer(
        client_uuid=ask.client_uuid,
        resource_id=resource.id,
        service_id=ask.service_id,
        name=name,
        initials=clean_text(ask.initials) or initials_of(name)[:6] or name[:1],
        email=clean_text(ask.email),
        telephone=clean_text(ask.telephone),
        cost_per_day=ask.cost_per_day,
        is_demo=ask.is_demo,
    )
    session.add(trainer)
    session.flush()
    return trainer.id


def edit_trainer(session: Session, ask: EditTrainer) -> None:
    """Change a trainer, or take them out of use: then they are offered for nothing new.

    Raises:
        OfficerError: no name is left.
        RecordChanged: it was saved since it was opened.
    """
    trainer = session.get_one(Trainer, ask.trainer_id)
    if trainer.version != ask.seen_version:
        raise RecordChanged("This trainer was changed while you had them open. Open them again.")
    trainer.name = _name(ask.name)
    trainer.service_id = ask.service_id
    trainer.initials = clean_text(ask.initials) or initials_of(trainer.name)[:6]
    trainer.email = clean_text(ask.email)
    trainer.telephone = clean_text(ask.telephone)
    trainer.cost_per_day = ask.cost_per_day
    trainer.is_active = ask.is_active
    session.flush()


def hold_time(session: Session, ask: HoldTime) -> int:
    """Hold a trainer's time and return its id; the same `client_uuid` again holds nothing new.

    Raises:
        OfficerError: the trainer does something else then, and what.
    """
    known = known_id(session, TrainerTime, ask.client_uuid)
    if known is not None:
        return known
    check_span(ask.starts_at, ask.ends_at, ask.travel_before, ask.travel_after)
    reserved_from = ask.starts_at - timedelta(minutes=ask.travel_before)
    reserved_to = ask.ends_at + timedelta(minutes=ask.travel_after)
    refuse_clash(session, ask.trainer_id, reserved_from, reserved_to)
    row = TrainerTime(
        client_uuid=ask.client_uuid,
        trainer_id=ask.trainer_id,
        starts_at=ask.starts_at,
        ends_at=ask.ends_at,
        reserved_from=reserved_from,
        reserved_to=reserved_to,
        purpose=str(ask.purpose),
        words=clean_text(ask.words)[:300].strip(),
        source=ask.source,
        source_id=ask.source_id,
    )
    session.add(row)
    session.flush()
    return row.id


def move_time(session: Session, ask: MoveTime) -> None:
    """Move a trainer's time, its travel along with it.

    Raises:
        OfficerError: the trainer does something else then, and what.
    """
    row = session.get_one(TrainerTime, ask.time_id)
    before = _minutes(row.reserved_from, row.starts_at)
    after = _minutes(row.ends_at, row.reserved_to)
    before = before if ask.travel_before is None else ask.travel_before
    after = after if ask.travel_after is None else ask.travel_after
    check_span(ask.starts_at, ask.ends_at, before, after)
    trainer_id = ask.trainer_id or row.trainer_id
    reserved_from = ask.starts_at - timedelta(minutes=before)
    reserved_to = ask.ends_at + timedelta(minutes=after)
    if row.holds_space or ask.hold_again:
        refuse_clash(session, trainer_id, reserved_from, reserved_to, (row.id, *ask.leaving_out))
    row.trainer_id = trainer_id
    row.starts_at, row.ends_at = ask.starts_at, ask.ends_at
    row.reserved_from, row.reserved_to = reserved_from, reserved_to
    row.holds_space = row.holds_space or ask.hold_again
    if ask.words is not None:
        row.words = clean_text(ask.words)[:300].strip()
    session.flush()


def free_time(session: Session, time_id: int) -> None:
    """Free a trainer's time; what it was stays in the diary's past."""
    row = session.get_one(TrainerTime, time_id)
    row.holds_space = False
    session.flush()


def take_leave(session: Session, ask: TakeLeave) -> list[int]:
    """Hold days of leave and return their ids: one for each half day, or for 31 whole days.

    Raises:
        OfficerError: the last day is before the first, it is longer than a year, or the
            trainer does something then, and what.
    """
    if ask.last < ask.first:
        raise OfficerError("The last day is before the first. Mend one of them.", "last")
    if (ask.last - ask.first).days >= MOST_LEAVE:
        raise OfficerError("Leave is taken for a year at most. Choose a nearer last day.", "last")
    held = []
    for number, (starts_at, ends_at) in enumerate(away_spans(ask.first, ask.last, ask.part)):
        ids = ask.client_uuid if number == 0 else _nth_uuid(ask.client_uuid, number)
        leave = HoldTime(ids, ask.trainer_id, starts_at, ends_at, Purpose.LEAVE, ask.words)
        held.append(hold_time(session, leave))
    return held


def end_leave(session: Session, time_id: int, seen_version: int) -> None:
    """Give back days of leave, or other time that nothing else stands for.

    Raises:
        OfficerError: it belongs to a course or a visit.
        RecordChanged: it was saved since it was opened.
    """
    row = session.get_one(TrainerTime, time_id)
    if row.version != seen_version:
        raise RecordChanged("This was changed while you had it open. Open it again.")
    if row.purpose not in (Purpose.LEAVE, Purpose.OTHER):
        raise OfficerError(f"This is for a {row.purpose}. Change it there instead.")
    free_time(session, time_id)


def set_session_trainers(
    session: Session,
    session_id: int,
    trainer_ids: Iterable[int],
    starts_at: datetime,
    ends_at: datetime,
    words: str,
) -> None:
    """Let exactly these trainers be held by a course session; no longer wanted ones are free.

    Raises:
        OfficerError: one of them does something else then, and what.
    """
    wanted = list(dict.fromkeys(trainer_ids))
    keep_session_trainers(session, session_id, wanted)
    held = {row.trainer_id: row for row in _times_of(session, [session_id])}
    for trainer_id in wanted:
        known = held.get(trainer_id)
        if known is None:
            new = HoldTime(
                new_uuid(),
                trainer_id,
                starts_at,
                ends_at,
                Purpose.SESSION,
                words,
                source=SESSION_SOURCE,
                source_id=session_id,
            )
            hold_time(session, new)
        elif (known.starts_at, known.ends_at, known.words) != (starts_at, ends_at, words):
            move_time(session, MoveTime(known.id, starts_at, ends_at, words=words))


def keep_session_trainers(session: Session, session_id: int, trainer_ids: Iterable[int]) -> None:
    """Free those trainers of a course session that are not among these."""
    kept = set(trainer_ids)
    for row in _times_of(session, [session_id]):
        if row.trainer_id not in kept:
            free_time(session, row.id)


def move_session_times(session: Session, moved: Sequence[tuple[int, datetime, datetime]]) -> None:
    """Move the trainers' times of sessions (id, starts_at, ends_at) along with them.

    All of them are freed before the first is held again, since a session may take the time
    that another of the same event leaves.

    Raises:
        OfficerError: a trainer does something else then, and what. Nothing is moved.
    """
    spans = {number: (starts_at, ends_at) for number, starts_at, ends_at in moved}
    rows = [
        row
        for row in _times_of(session, list(spans))
        if (row.starts_at, row.ends_at) != spans[row.source_id or 0]
    ]
    if len(rows) > 1:
        for row in rows:
            row.holds_space = False
        session.flush()
    for row in rows:
        move_time(session, MoveTime(row.id, *spans[row.source_id or 0], hold_again=True))


def free_session_times(session: Session, session_ids: Sequence[int]) -> None:
    """Free the trainers of sessions that do not take place."""
    for row in _times_of(session, session_ids):
        row.holds_space = False
    session.flush()


def refuse_clash(
    session: Session,
    trainer_id: int,
    reserved_from: datetime,
    reserved_to: datetime,
    leaving_out: Sequence[int] = (),
) -> None:
    """Refuse a trainer who is not in use, or who does something else in that time.

    Raises:
        OfficerError: so it is; the sentence says what they do then, and what to do about it.
    """
    trainer = session.get(Trainer, trainer_id)
    if trainer is None:
        raise OfficerError("Choose a trainer from the list.", "trainer")
    doing = clash_words(session, trainer_id, reserved_from, reserved_to, leaving_out)
    if doing:
        raise OfficerError(f"{doing}. Choose another time, or somebody else.", "trainer")


def check_span(starts_at: datetime, ends_at: datetime, before: int, after: int) -> None:
    """Refuse times that are none.

    Raises:
        OfficerError: it ends before it starts, or the travel is not sensible.
    """
    if ends_at <= starts_at:
        raise OfficerError("It ends after it starts. Mend its times.", "ends_at")
    if (ends_at - starts_at).days > 31:
        raise OfficerError("One entry is 31 days at most. Make several.", "ends_at")
    for minutes, where in ((before, "travel_before"), (after, "travel_after")):
        if not 0 <= minutes <= MOST_TRAVEL:
            raise OfficerError("Travel takes between 0 and 480 minutes.", where)


def _times_of(session: Session, session_ids: Sequence[int]) -> list[TrainerTime]:
    found = select(TrainerTime).where(
        TrainerTime.source_id.in_(session_ids),
        TrainerTime.source == SESSION_SOURCE,
        TrainerTime.holds_space,
    )
    return list(session.scalars(found.order_by(TrainerTime.id)))


def _name(typed: str) -> str:
    name = clean_text(typed)
    if not name:
        raise OfficerError("Give the trainer a name.", "name")
    return name


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)


def _nth_uuid(client_uuid: str, number: int) -> str:
    import uuid

    return str(uuid.uuid5(uuid.UUID(client_uuid), str(number)))
