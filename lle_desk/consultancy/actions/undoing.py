"""What officers do with visits and leave, each with its way back and forth again."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session

from lle_desk.consultancy.actions.ending import (
    cancel_visit,
    restore_visit,
    set_visit_state,
    take_back_note,
    write_note,
)
from lle_desk.consultancy.actions.requests import (
    CancelVisit,
    EditVisit,
    MoveVisit,
    PlanVisit,
    SetVisitState,
    VisitAsked,
    WriteNote,
)
from lle_desk.consultancy.actions.visits import (
    asked_of,
    edit_visit,
    move_visit,
    plan_visit,
    version_of,
)
from lle_desk.consultancy.models import Visit
from lle_desk.consultancy.rules import TAKEN_BACK, VisitState, visit_words
from lle_desk.core.days import day_words, london_today, short_day, span_words
from lle_desk.core.undo import Record, Step, Undoable, Way, versions_of
from lle_desk.customers.models import Customer
from lle_desk.trainers.actions import (
    MoveTime,
    TakeLeave,
    end_leave,
    free_time,
    move_time,
    take_leave,
)
from lle_desk.trainers.models import Trainer, TrainerTime

T = TypeVar("T")


def plan(session: Session, ask: PlanVisit) -> Undoable[int]:
    """Plan a visit; taking that back cancels it without a charge. See `plan_visit`."""
    visit_id = plan_visit(session, ask)
    records = _records(session, visit_id)
    way = Way(
        f"Planned {_name(session, visit_id)}",
        partial(_cancel_for_nothing, visit_id=visit_id),
        partial(_restore, visit_id=visit_id, state=VisitState.PLANNED),
        dict.fromkeys(records, 0),
        versions_of(session, records),
    )
    return Undoable(visit_id, way)


def edit(session: Session, ask: EditVisit) -> Undoable[None]:
    """Change a visit; taking that back puts it as it was. See `edit_visit`."""
    act = partial(edit_visit, session, ask)
    return _changed(session, ask.visit_id, act, f"Saved {_name(session, ask.visit_id)}")


def move(session: Session, ask: MoveVisit) -> Undoable[int]:
    """Move a visit in the diary. See `move_visit`."""
    when = f"{short_day(ask.starts_at.date())}, {span_words(ask.starts_at, ask.ends_at)}"
    words = f"Moved {_name(session, ask.visit_id)} to {when}"
    return _changed(session, ask.visit_id, partial(move_visit, session, ask), words)


def confirm(session: Session, ask: SetVisitState) -> Undoable[None]:
    """Confirm a visit. See `set_visit_state`."""
    was = session.get_one(Visit, ask.visit_id).state
    return _with_way(
        session,
        ask.visit_id,
        partial(set_visit_state, session, ask),
        f"Confirmed {_name(session, ask.visit_id)}",
        partial(_set_state, visit_id=ask.visit_id, state=was),
        partial(_set_state, visit_id=ask.visit_id, state=ask.state),
    )


def note(session: Session, ask: WriteNote) -> Undoable[None]:
    """Write the note of a visit. See `write_note`."""
    visit = session.get_one(Visit, ask.visit_id)
    return _with_way(
        session,
        ask.visit_id,
        partial(write_note, session, ask),
        f"Noted {_name(session, ask.visit_id)}",
        partial(
            take_back_note, visit_id=visit.id, state=visit.state, note=visit.note, on=visit.note_on
        ),
        partial(_write_again, ask=ask),
    )


def cancel(session: Session, ask: CancelVisit) -> Undoable[None]:
    """Cancel a visit; taking that back holds the consultant again. See `cancel_visit`."""
    was = session.get_one(Visit, ask.visit_id).state
    return _with_way(
        session,
        ask.visit_id,
        partial(cancel_visit, session, ask),
        f"Cancelled {_name(session, ask.visit_id)}",
        partial(_restore, visit_id=ask.visit_id, state=VisitState(was)),
        partial(_cancel_again, ask=ask),
    )


def leave(session: Session, ask: TakeLeave) -> Undoable[list[int]]:
    """Enter leave; taking that back frees the days. See `take_leave`."""
    ids = take_leave(session, ask)
    name = session.get_one(Trainer, ask.trainer_id).name
    to = f" to {day_words(ask.last)}" if ask.last != ask.first else ""
    records = [Record("trainer_time", time_id, f"the leave of {name}") for time_id in ids]
    way = Way(
        f"{name} is away on {day_words(ask.first)}{to}",
        partial(_free, time_ids=ids),
        partial(_hold_again, time_ids=ids),
        dict.fromkeys(records, 0),
        versions_of(session, records),
    )
    return Undoable(ids, way)


def give_back(session: Session, time_id: int, seen_version: int) -> Undoable[None]:
    """Give back days of leave. See `end_leave`."""
    row = session.get_one(TrainerTime, time_id)
    name = session.get_one(Trainer, row.trainer_id).name
    records = [Record("trainer_time", time_id, f"the leave of {name}")]
    before = versions_of(session, records)
    end_leave(session, time_id, seen_version)
    way = Way(
        f"{name} is free again on {day_words(row.starts_at.date())}",
        partial(_hold_again, time_ids=[time_id]),
        partial(_free, time_ids=[time_id]),
        before,
        versions_of(session, records),
    )
    return Undoable(None, way)


def _changed(session: Session, visit_id: int, act: Callable[[], T], words: str) -> Undoable[T]:
    """Do what makes a visit another one; the way goes back to what was asked for before."""
    was = asked_of(session, visit_id)
    made = _with_way(session, visit_id, act, words, partial(_edit, visit_id=visit_id, asked=was))
    if made.way is None:
        return made
    forth = partial(_edit, visit_id=visit_id, asked=asked_of(session, visit_id))
    way = Way(made.way.words, made.way.back, forth, made.way.before, made.way.after)
    return Undoable(made.answer, way)


def _with_way(
    session: Session,
    visit_id: int,
    act: Callable[[], T],
    words: str,
    back: Step,
    forth: Step | None = None,
) -> Undoable[T]:
    records = _records(session, visit_id)
    before = versions_of(session, records)
    answer = act()
    session.flush()
    return Undoable(answer, Way(words, back, forth, before, versions_of(session, records)))


def _records(session: Session, visit_id: int) -> list[Record]:
    visit = session.get_one(Visit, visit_id)
    name = visit_words(visit.number)
    return [Record("visit", visit.id, name), Record("trainer_time", visit.trainer_time_id, name)]


def _name(session: Session, visit_id: int) -> str:
    visit = session.get_one(Visit, visit_id)
    return f"{visit_words(visit.number)}, {session.get_one(Customer, visit.customer_id).name}"


def _edit(session: Session, visit_id: int, asked: VisitAsked) -> None:
    edit_visit(session, EditVisit(visit_id, version_of(session, visit_id), asked))


def _set_state(session: Session, visit_id: int, state: str) -> None:
    set_visit_state(session, SetVisitState(visit_id, version_of(session, visit_id), state))


def _write_again(session: Session, ask: WriteNote) -> None:
    seen = version_of(session, ask.visit_id)
    write_note(session, WriteNote(ask.visit_id, seen, ask.note, ask.note_on))


def _cancel_for_nothing(session: Session, visit_id: int) -> None:
    seen = version_of(session, visit_id)
    ask = CancelVisit(visit_id, seen, london_today(), TAKEN_BACK, by_us=True)
    cancel_visit(session, ask)


def _cancel_again(session: Session, ask: CancelVisit) -> None:
    seen = version_of(session, ask.visit_id)
    again = CancelVisit(
        ask.visit_id, seen, ask.notice_on, ask.reason, ask.waived_because, ask.by_us
    )
    cancel_visit(session, again)


def _restore(session: Session, visit_id: int, state: VisitState) -> None:
    restore_visit(session, visit_id, state)


def _free(session: Session, time_ids: Sequence[int]) -> None:
    for time_id in time_ids:
        free_time(session, time_id)


def _hold_again(session: Session, time_ids: Sequence[int]) -> None:
    for time_id in time_ids:
        row = session.get_one(TrainerTime, time_id)
        move_time(session, MoveTime(time_id, row.starts_at, row.ends_at, hold_again=True))
