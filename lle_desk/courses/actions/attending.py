"""Who came and who did not, typed for a whole event at once; not coming is charged by the terms.

A place attended or did not; of one that attended, the sessions are kept that were missed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from lle_desk.charges.actions import add_charge, fee_instead, take_back
from lle_desk.charges.models import Charge
from lle_desk.charges.queries import charge, given_back
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.days import day_words, london_today
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import pounds
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.undo import Record, Undoable, Way, versions_of
from lle_desk.courses.models import Event, EventSession, MissedSession, Place
from lle_desk.courses.queries.letters import frozen_scale
from lle_desk.courses.queries.missed import missed_by_place
from lle_desk.courses.rules import HOLDING, EventState, PlaceState
from lle_desk.offers.rules import Supply, cancellation_fee, step_on

NOT_ATTENDED = "Did not attend"
NONE_MISSED: frozenset[int] = frozenset()

explain(
    {
        "missed_session_of_event": "This session is not one of the event that was attended.",
        "missed_session_attended": (
            "Only somebody who came can have missed a session. Correct the attendance first."
        ),
        "missed_session_not_all": (
            "Somebody would have come to none of the sessions that are left. Correct the "
            "attendance first."
        ),
        "missed_session_kept": "A missed session is added or taken away, never changed.",
    }
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether one delegate came; None: it is not known after all.

    `missed` are the sessions, by id, that one who came was not at.
    """

    place_id: int
    seen_version: int
    came: bool | None
    missed: frozenset[int] = NONE_MISSED


@dataclass(frozen=True, slots=True)
class _Turnout:
    """What is kept of one place: its state, and the sessions missed when it attended."""

    state: PlaceState
    missed: frozenset[int] = NONE_MISSED


@dataclass(frozen=True, slots=True)
class RecordAttendance:
    """The attendance of an event, or a correction of it: only the places that change."""

    event_id: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many came and did not; `to_type` are still open."""

    came: int
    absent: int
    to_type: int


def record_attendance(session: Session, ask: RecordAttendance) -> Undoable[Attendance]:
    """Keep who came. The event is completed once everybody is in and its last day has come.

    Whoever did not come pays the price of the place, which stands; a place that cost nothing
    pays the fixed fee of its frozen terms, once. A correction takes the fee back.

    Raises:
        OfficerError: the event has not begun, or was called off.
        RecordChanged: a place was changed since the list was read.
    """
    event = session.get_one(Event, ask.event_id)
    _check_begun(event)
    places = _places(session, event, ask.marks)
    missed = missed_by_place(session, event.id)
    old = {
        place.id: _Turnout(PlaceState(place.state), missed.get(place.id, NONE_MISSED))
        for place in places
    }
    typed = {mark.place_id: _turnout_of(mark) for mark in ask.marks}
    new = {place_id: turnout for place_id, turnout in typed.items() if turnout != old[place_id]}
    if not new:
        return Undoable(_count(session, event), None)
    old = {place_id: old[place_id] for place_id in new}
    records = [Record("event", event.id, event.code)]
    records += [Record("place", place_id, f"a place of {event.code}") for place_id in new]
    before, event_state = versions_of(session, records), EventState(event.state)
    _put(session, event.id, new)
    _settle(session, event)
    words = f"Attendance of {event.code}"
    way = Way(
        words,
        partial(_put, event_id=event.id, turnouts=old, event_state=event_state),
        partial(_put, event_id=event.id, turnouts=new, event_state=EventState(event.state)),
        before,
        versions_of(session, records),
    )
    return Undoable(_count(session, event), way)


def _check_begun(event: Event) -> None:
    if event.state in (EventState.CANCELLED, EventState.PLANNED):
        raise OfficerError(f"{event.code} is {event.state}, so nobody can have come to it.")
    if event.first_on is None or event.first_on > london_today():
        when = f"on {day_words(event.first_on)}" if event.first_on else "once it has a day"
        raise OfficerError(f"{event.code} begins {when}. Type who came once it has begun.")


def _places(session: Session, event: Event, marks: Sequence[Mark]) -> list[Place]:
    """Return the places of the marks, in their order, unless one is not as it was seen."""
    asked = select(Place).where(Place.id.in_([mark.place_id for mark in marks]))
    found = {place.id: place for place in session.scalars(asked)}
    of_event = select(EventSession.id).where(EventSession.event_id == event.id)
    sessions = frozenset(session.scalars(of_event))
    for mark in marks:
        place = found.get(mark.place_id)
        if (
            place is None
            or place.version != mark.seen_version
            or place.event_id != event.id
            or place.state not in HOLDING
            or not mark.missed <= sessions
        ):
            raise RecordChanged(
                f"A place on {event.code} was changed while you typed. The list was read again: "
                "look at it, and type what is missing."
            )
    return [found[mark.place_id] for mark in marks]


def _turnout_of(mark: Mark) -> _Turnout:
    if mark.came is None:
        return _Turnout(PlaceState.BOOKED)
    return _Turnout(PlaceState.ATTENDED, mark.missed) if mark.came else _Turnout(PlaceState.ABSENT)


def _put(
    session: Session,
    event_id: int,
    turnouts: Mapping[int, _Turnout],
    event_state: EventState | None = None,
) -> None:
    """Give places these states and missed sessions, with the fees that go with them."""
    event = session.get_one(Event, event_id)
    missed = missed_by_place(session, event_id)
    for place in session.scalars(select(Place).where(Place.id.in_(list(turnouts)))):
        turnout, before = turnouts[place.id], place.state
        was = missed.get(place.id, NONE_MISSED)
        _take_missed(session, place.id, was - turnout.missed)
        if before == turnout.state:
            flag_modified(place, "state")  # so that other desks see that the place was changed
        place.state = str(turnout.state)
        session.flush()
        _add_missed(session, place.id, turnout.missed - was)
        if turnout.state == before:
            continue
        if turnout.state == PlaceState.ABSENT:
            _charge_absence(session, place, event.first_on, event.last_on)
        elif before == PlaceState.ABSENT:
            _forgive(session, place.id)
    session.refresh(event)  # its places were counted again
    if event_state is not None and event.state != event_state:
        event.state = str(event_state)
        session.flush()


def forget_session(session: Session, session_id: int) -> None:
    """Take a session out of the attendance, since it is about to be struck out.

    Who had missed it came to the others; the database refuses it for who came to it alone.
    """
    of_session = MissedSession.event_session_id == session_id
    places = select(Place).join(MissedSession, MissedSession.place_id == Place.id)
    for place in session.scalars(places.where(of_session)):
        flag_modified(place, "state")
    session.execute(delete(MissedSession).where(of_session))


def _take_missed(session: Session, place_id: int, session_ids: frozenset[int]) -> None:
    if session_ids:
        session.execute(
            delete(MissedSession).where(
                MissedSession.place_id == place_id,
                MissedSession.event_session_id.in_(session_ids),
            )
        )


def _add_missed(session: Session, place_id: int, session_ids: frozenset[int]) -> None:
    session.add_all(
        MissedSession(client_uuid=new_uuid(), place_id=place_id, event_session_id=session_id)
        for session_id in sorted(session_ids)
    )
    session.flush()


def _settle(session: Session, event: Event) -> None:
    """Complete the event when all is in, or open it again when something is not."""
    count = _count(session, event)
    is_over = event.last_on is not None and event.last_on <= london_today()
    if not count.to_type and is_over and count.came + count.absent:
        event.state = str(EventState.COMPLETED)
    elif count.to_type and event.state == EventState.COMPLETED:
        event.state = str(EventState.CONFIRMED)
    session.flush()


def _count(session: Session, event: Event) -> Attendance:
    states = session.scalars(
        select(Place.state).where(Place.event_id == event.id, Place.holds_place)
    ).all()
    return Attendance(
        came=states.count(str(PlaceState.ATTENDED)),
        absent=states.count(str(PlaceState.ABSENT)),
        to_type=states.count(str(PlaceState.BOOKED)),
    )


def _charge_absence(
    session: Session, place: Place, first_on: date | None, last_on: date | None
) -> None:
    """Charge the fixed fee for a place that cost nothing; a price that was charged stands."""
    charges = session.scalars(_charges_of(place.id)).all()
    billed = [one.id for one in charges if one.net and one.state == ChargeState.BILLED]
    back = given_back(session, billed)  # a fee that was credited once is no fee
    standing = [one for one in charges if one.net and one.id not in back]
    is_free = any(not one.net for one in charges)
    if standing or not is_free or first_on is None:
        return
    scale = frozen_scale(session, place.course_booking_id)
    step = step_on(scale, last_on or first_on, first_on) if scale is not None else None
    if scale is None or step is None or not step.percent:
        return
    old = charge(session, next(one.id for one in charges if not one.net))
    fee = cancellation_fee(old.net, step.percent, scale.free_place_fee)
    why = f"{NOT_ATTENDED}: {step.percent} % of {pounds(scale.free_place_fee)}"
    said = f"{NOT_ATTENDED}: {old.description}"
    add_charge(session, fee_instead(session, old, fee, why, last_on or first_on, said))


def _forgive(session: Session, place_id: int) -> None:
    """Take the fee for not coming back; the place's own price stays."""
    fees = session.scalars(_charges_of(place_id).where(Charge.supply == str(Supply.COMPENSATION)))
    found = [fee.id for fee in fees]
    if found:
        take_back(session, found, "Came after all: the attendance was corrected")


def _charges_of(place_id: int) -> Select[Charge]:
    return (
        select(Charge)
        .where(
            Charge.source == str(Source.PLACE),
            Charge.source_id == place_id,
            Charge.state != str(ChargeState.VOID),
        )
        .order_by(Charge.id)
    )
