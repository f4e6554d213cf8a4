"""Confirming that an event runs, or calling it off: one action, and a list of whom to tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.days import london_time, now_utc
from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.core.undo import Lead, Record, Undoable, Way
from lle_desk.courses.actions.changing import release_places
from lle_desk.courses.actions.programme import SetEventState, set_event_state
from lle_desk.courses.actions.rooms import TELLING
from lle_desk.courses.models import (
    Course,
    CourseBooking,
    Event,
    EventDecision,
    Place,
    Telling,
    WaitingParty,
)
from lle_desk.courses.queries.fees import money_of
from lle_desk.courses.queries.telling import CONCERNED
from lle_desk.courses.rules import (
    HOLDING,
    UNDECIDED,
    EventState,
    PlaceState,
    called_off_words,
    counted,
)

MOST_REASON = 200

explain(
    {
        "event_called_off_empty": (
            "Places are booked or waited for on this event, so it cannot be called off like this. "
            "Use “Call it off”, which frees the places and lists whom to tell."
        ),
        "event_decision_kept": "What was decided about an event stays as it was said.",
        "telling_kept": "Who was to be told of a decision stays; only the tick changes.",
        "telling_of_event": "This booking is not on the event that was decided about.",
        "ck_event_decision_cancelled_why": ("Say why it is called off.", "reason"),
    }
)


@dataclass(frozen=True, slots=True)
class DecideEvent:
    """An event to confirm or to call off. `decided` is confirmed or cancelled, nothing else.

    `kept_fees` are charges for having cancelled late that are to be paid though it is called off.
    """

    client_uuid: str
    event_id: int
    seen_version: int
    decided: EventState
    reason: str = ""
    kept_fees: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """Somebody was told of a decision, or was not after all."""

    telling_id: int
    seen_version: int
    is_told: bool


@dataclass(frozen=True, slots=True)
class _GivenBack:
    """What a booking gets back: struck out before any paper, credited on papers. Net."""

    struck_out: int
    credited: int
    credit_notes: str


def decide_event(session: Session, ask: DecideEvent) -> Undoable[int]:
    """Confirm that an event runs, or call it off, and list whom to tell. Return the decision's id.

    Called off by us, nothing is charged: every place is free again, what was unbilled is struck
    out and what was billed given back at once, with the fees of those who had cancelled late,
    agreements get their places back, waiting parties wait no longer, rooms and trainers are free.
    Only confirming can be undone.

    Raises:
        OfficerError: no reason for calling it off, it was decided already, or people were there.
        RecordChanged: the event was saved since it was opened.
    """
    known = known_id(session, EventDecision, ask.client_uuid)
    if known is not None:
        return Undoable(known, None)
    event = session.get_one(Event, ask.event_id)
    if event.version != ask.seen_version:
        raise RecordChanged("This event was changed while you had it open. Open it again.")
    if ask.decided == EventState.CANCELLED:
        decision_id = _call_off(session, ask, event)
        title = session.get_one(Course, event.course_id).title
        lead = _lead(session, decision_id, event.id)
        said = f"Called off: {title}, {event.code}.{f' {lead.said}' if lead else ''}"
        return Undoable(decision_id, None, said, lead)
    if ask.decided != EventState.CONFIRMED or event.state not in UNDECIDED:
        raise OfficerError(f"{event.code} is {event.state}, so there is nothing to confirm.")
    before, version = EventState(event.state), event.version
    decision = _decision(session, ask)
    for booking_id, places in _by_booking(session, event.id).items():
        _add_telling(session, decision, booking_id, places)
    _set_state(session, event, EventState.CONFIRMED)
    record = Record("event", event.id, event.code)
    back = partial(_put_state, event_id=event.id, state=before)
    forth = partial(_put_state, event_id=event.id, state=EventState.CONFIRMED)
    words = f"Confirmed to run: {event.code}"
    way = Way(words, back, forth, {record: version}, {record: event.version})
    return Undoable(decision.id, way, lead=_lead(session, decision.id, event.id))


def tick_told(session: Session, ask: Tick) -> None:
    """Keep that a booking was told of a decision, or take the tick back.

    Raises:
        RecordChanged: somebody else ticked it meanwhile.
    """
    row = session.get_one(Telling, ask.telling_id)
    if row.version != ask.seen_version:
        raise RecordChanged("Somebody else ticked this line meanwhile. Look again.")
    row.told_at = now_utc() if ask.is_told else None
    row.told_by = acting(session).officer[:60] if ask.is_told else ""
    session.flush()


def _call_off(session: Session, ask: DecideEvent, event: Event) -> int:
    reason = clean_text(ask.reason)[:MOST_REASON].strip()
    if not reason:
        raise OfficerError("Say why it is called off: everybody is told this.", "reason")
    if event.state in (EventState.CANCELLED, EventState.COMPLETED):
        raise OfficerError(f"{event.code} is {event.state}, so it cannot be called off.")
    by_booking = _by_booking(session, event.id)
    _check_nobody_came(event, by_booking.values())
    decision = _decision(session, ask)
    why = called_off_words(reason)
    for booking_id, places in by_booking.items():
        held = [place for place in places if place.state in HOLDING]
        given_back = _given_back(session, held, why)
        _add_telling(session, decision, booking_id, places, given_back)
        _stop_waiting(session, booking_id, why)
    _set_state(session, event, EventState.CANCELLED, ask.kept_fees)
    return decision.id


def _lead(session: Session, decision_id: int, event_id: int) -> Lead | None:
    """Return the way to the list of whom to tell, when there is anybody on it."""
    count = session.scalar(
        select(func.count()).select_from(Telling).where(Telling.event_decision_id == decision_id)
    )
    if not count:
        return None
    return Lead(f"{counted(count, 'booking')} to tell.", "Whom to tell", TELLING, event_id)


def _decision(session: Session, ask: DecideEvent) -> EventDecision:
    decision = EventDecision(
        client_uuid=ask.client_uuid,
        event_id=ask.event_id,
        decided=str(ask.decided),
        reason=clean_text(ask.reason)[:MOST_REASON].strip(),
        decided_by=acting(session).officer[:60],
        decided_at=now_utc(),
    )
    session.add(decision)
    session.flush()
    return decision


def _by_booking(session: Session, event_id: int) -> dict[int, list[Place]]:
    """Return the places held and waited for, by booking."""
    found: dict[int, list[Place]] = {}
    for place in session.scalars(
        select(Place)
        .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
        .where(Place.event_id == event_id, Place.state.in_([str(one) for one in CONCERNED]))
        .order_by(CourseBooking.number, Place.id)
    ):
        found.setdefault(place.course_booking_id, []).append(place)
    return found


def _check_nobody_came(event: Event, parties: Iterable[Sequence[Place]]) -> None:
    in_already = (PlaceState.ATTENDED, PlaceState.ABSENT)
    came = sum(place.state in in_already for places in parties for place in places)
    if came:
        raise OfficerError(
            f"The attendance of {counted(came, 'delegate')} is in, so {event.code} took place. "
            "Take the attendance back first if that is wrong."
        )


def _add_telling(
    session: Session,
    decision: EventDecision,
    booking_id: int,
    places: Sequence[Place],
    given_back: _GivenBack | None = None,
) -> None:
    given = given_back or _GivenBack(0, 0, "")
    waiting = sum(place.state == PlaceState.WAITING for place in places)
    telling = Telling(
        client_uuid=new_uuid(),
        event_decision_id=decision.id,
        course_booking_id=booking_id,
        places=len(places) - waiting,
        waiting=waiting,
        struck_out=given.struck_out,
        credited=given.credited,
        credit_notes=given.credit_notes,
    )
    session.add(telling)
    session.flush()


def _given_back(session: Session, held: Sequence[Place], why: str) -> _GivenBack:
    """Free places and return what was given back for them."""
    money = money_of(session, [place.id for place in held])
    notes = release_places(session, held, why)
    return _GivenBack(money.struck_out, money.credited + money.reversed, ", ".join(notes)[:400])


def _stop_waiting(session: Session, booking_id: int, why: str) -> None:
    for place in session.scalars(
        select(Place).where(
            Place.course_booking_id == booking_id, Place.state == str(PlaceState.WAITING)
        )
    ):
        place.state = str(PlaceState.CANCELLED)
        place.cancelled_at = london_time(now_utc())
        place.cancelled_reason = why
    party = session.scalar(select(WaitingParty).where(WaitingParty.course_booking_id == booking_id))
    if party is not None:
        party.offered_places, party.offered_until = 0, None
    session.flush()


def _set_state(
    session: Session, event: Event, state: EventState, kept_fees: tuple[int, ...] = ()
) -> None:
    session.refresh(event)  # its places were counted again
    set_event_state(session, SetEventState(event.id, event.version, str(state), kept_fees))


def _put_state(session: Session, event_id: int, state: EventState) -> None:
    _set_state(session, session.get_one(Event, event_id), state)
