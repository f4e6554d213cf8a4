"""Visits confirmed, done with their note, and cancelled."""

from datetime import date, datetime, time

from sqlalchemy.orm import Session

from lle_desk.agreements.actions import return_use
from lle_desk.agreements.rules import DrawSource
from lle_desk.charges.actions import add_charge, fee_instead, take_back
from lle_desk.consultancy.actions.charging import charge_visit, live_charges
from lle_desk.consultancy.actions.requests import CancelVisit, SetVisitState, WriteNote
from lle_desk.consultancy.actions.visits import asked_of, coming_visit, seen_visit
from lle_desk.consultancy.models import Visit
from lle_desk.consultancy.queries import visit_cost
from lle_desk.consultancy.rules import COMING, VisitState
from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.core.types import clean_text
from lle_desk.trainers.actions import refuse_clash
from lle_desk.trainers.models import TrainerTime


def set_visit_state(session: Session, ask: SetVisitState) -> None:
    """Confirm a visit, or take that back.

    Raises:
        OfficerError: it is done or cancelled.
        RecordChanged: it was saved since it was opened.
    """
    visit = coming_visit(session, ask.visit_id, ask.seen_version)
    if ask.state not in COMING:
        raise OfficerError("Write the note of the visit, or cancel it.")
    visit.state = str(ask.state)
    session.flush()


def write_note(session: Session, ask: WriteNote) -> None:
    """Write the note of a visit: it is done. A note that is there may be mended.

    Raises:
        OfficerError: nothing was written, or its day is before the visit.
        RecordChanged: it was saved since it was opened.
    """
    visit = seen_visit(session, ask.visit_id, ask.seen_version)
    if visit.state == VisitState.CANCELLED:
        raise OfficerError("This visit was cancelled, so there is nothing to note.")
    day = session.get_one(TrainerTime, visit.trainer_time_id).starts_at.date()
    note = clean_text(ask.note)
    if not note:
        raise OfficerError("Write what was done and agreed.", "note")
    if ask.note_on < day:
        raise OfficerError(f"The visit is on {day_words(day)}; its note comes after.", "note_on")
    visit.note, visit.note_on = note, ask.note_on
    visit.state = str(VisitState.DONE)
    session.flush()


def cancel_visit(session: Session, ask: CancelVisit) -> None:
    """Cancel a visit, free its consultant, and charge what the frozen scale says unless waived.

    Raises:
        OfficerError: no reason was given, or it is over.
        RecordChanged: it was saved since it was opened.
    """
    visit = seen_visit(session, ask.visit_id, ask.seen_version)
    reason = clean_text(ask.reason)[:180]
    if not reason:
        raise OfficerError("Say why it is cancelled, for whoever reads this next.", "reason")
    cost = visit_cost(session, visit.id, ask.notice_on)
    waived = clean_text(ask.waived_because)[:180]
    fee = Pence(0) if ask.by_us or waived else cost.fee
    visit.state = str(VisitState.CANCELLED)  # its time follows by trigger
    visit.cancelled_at = datetime.combine(ask.notice_on, time())
    visit.cancelled_reason = f"{reason} (fee waived: {waived})" if waived else reason
    session.flush()
    session.expire(session.get_one(TrainerTime, visit.trainer_time_id))
    if not fee:
        return_use(session, DrawSource.VISIT, visit.id)
    live = live_charges(session, visit.id)
    take_back(session, [old.id for old in live], f"Cancelled: {reason}")
    if fee and live:
        add_charge(session, fee_instead(session, live[0], fee, cost.why, ask.notice_on))


def restore_visit(session: Session, visit_id: int, state: VisitState) -> None:
    """Let a cancelled visit stand again: its consultant held, its price in place of the fee.

    Raises:
        OfficerError: it is not cancelled, or the consultant does something else then by now.
    """
    visit = session.get_one(Visit, visit_id)
    if visit.state != VisitState.CANCELLED:
        raise OfficerError(f"This visit is {visit.state}, so there is nothing to take back.")
    row = session.get_one(TrainerTime, visit.trainer_time_id)
    refuse_clash(session, row.trainer_id, row.reserved_from, row.reserved_to, (row.id,))
    fees = [fee.id for fee in live_charges(session, visit.id)]
    take_back(session, fees, "Its cancelling was taken back")
    return_use(session, DrawSource.VISIT, visit.id)
    visit.state = str(state)  # its time follows by trigger
    visit.cancelled_at, visit.cancelled_reason = None, ""
    session.flush()
    session.expire(row)
    charge_visit(session, visit, asked_of(session, visit.id), is_first=False)


def take_back_note(session: Session, visit_id: int, state: str, note: str, on: date | None) -> None:
    """Let a visit have the state and the note that it had before."""
    visit = session.get_one(Visit, visit_id)
    visit.state, visit.note, visit.note_on = state, note, on
    session.flush()
