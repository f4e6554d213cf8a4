"""Courses and their events: added, edited, opened, confirmed to run, called off."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.changes import changed_meanwhile
from lle_desk.core.errors import OfficerError
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.courses.actions.costs import SetMaterials, set_materials
from lle_desk.courses.actions.following import days_of, follow_days
from lle_desk.courses.actions.own_prices import first_prices, set_own_prices
from lle_desk.courses.actions.reselling import give_back_to_agreements, let_go_of_fees
from lle_desk.courses.actions.rooms import release_session_room
from lle_desk.courses.actions.sessions import (
    NewSession,
    check_sessions,
    edit_sessions,
    hold_trainers,
    session_row,
    sessions_of,
)
from lle_desk.courses.models import Course, Event
from lle_desk.courses.rules import EventState, counted, next_code
from lle_desk.customers.rules import ALWAYS
from lle_desk.offers.actions import AddOffer, SetPrice, add_offer, set_price
from lle_desk.offers.models import Offer
from lle_desk.offers.rules import BandPrice
from lle_desk.officers.models import Service
from lle_desk.trainers.actions import free_session_times

explain(
    {
        "uq_course_code": ("Another course has this code. Choose another.", "code"),
        "ck_course_code_text": ("Give a code of 1 to 30 letters.", "code"),
        "ck_course_title_text": ("Give a title of 1 to 200 letters.", "title"),
        "ck_course_short_title_text": ("A short name has at most 40 letters.", "short_title"),
        "ck_course_summary_text": ("The summary has at most 4,000 letters.", "summary"),
        "uq_event_code": ("Another event has this code. Choose another.", "code"),
        "ck_event_code_text": ("Give a code of 1 to 40 letters.", "code"),
        "ck_event_capacity_sensible": ("Capacity is between 1 and 10,000.", "capacity"),
        "ck_event_minimum_sensible": ("The minimum cannot be above the capacity.", "minimum"),
        "ck_event_notes_text": ("Notes have at most 4,000 letters.", "notes"),
        "ck_event_arrival_words_text": (
            "The arrival line has at most 200 letters.",
            "arrival_words",
        ),
        "ck_event_session_outside_venue_text": (
            "A venue has at most 200 letters.",
            "outside_venue",
        ),
        "ck_event_session_trainer_names_text": (
            "The trainers' names have at most 200 letters.",
            "trainer_names",
        ),
        "ck_event_session_starts_at_age": ("That year is not one of the diary.", "sessions"),
    }
)


@dataclass(frozen=True, slots=True)
class AddCourse:
    """A new course and what each band pays for a place on it, from a day on."""

    client_uuid: str
    code: str
    title: str
    service_id: int
    prices: tuple[BandPrice, ...]
    prices_from: date = ALWAYS
    short_title: str = ""
    summary: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class EditCourse:
    """A course as it shall be, with prices that are new from a day on.

    What was booked before keeps the price it had.
    """

    course_id: int
    seen_version: int
    title: str
    short_title: str = ""
    summary: str = ""
    is_active: bool = True
    prices: tuple[BandPrice, ...] = ()
    prices_from: date = ALWAYS


@dataclass(frozen=True, slots=True)
class AddEvent:
    """A new run of a course. `code` "" takes the next of its service; `prices` are its own."""

    client_uuid: str
    course_id: int
    sessions: tuple[NewSession, ...]
    capacity: int
    minimum: int = 0
    code: str = ""
    decision_on: date | None = None
    budgeted: int | None = None
    prices: tuple[BandPrice, ...] = ()
    arrival_words: str = ""
    notes: str = ""
    materials: str = ""
    state: str = EventState.OPEN
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class EditEvent:
    """An event as it shall be, with all its sessions: one that is not named is struck out.

    `materials` None leaves what delegates are to bring as it is, `prices` None what it costs;
    no `prices` are the course's again.
    """

    event_id: int
    seen_version: int
    sessions: tuple[NewSession, ...]
    capacity: int
    minimum: int = 0
    decision_on: date | None = None
    budgeted: int | None = None
    arrival_words: str = ""
    notes: str = ""
    materials: str | None = None
    prices: tuple[BandPrice, ...] | None = None


@dataclass(frozen=True, slots=True)
class SetEventState:
    """Open an event, confirm that it runs, complete it or call it off.

    Called off, `kept_fees` are to be paid all the same: charges for having cancelled late before.
    """

    event_id: int
    seen_version: int
    state: str
    kept_fees: tuple[int, ...] = ()


def add_course(session: Session, ask: AddCourse) -> int:
    """Add a course with its offer and prices and return its id.

    Raises:
        OfficerError: the code is taken, or a price is not sensible.
    """
    known = known_id(session, Course, ask.client_uuid)
    if known is not None:
        return known
    code, title = clean_text(ask.code), clean_text(ask.title)
    taken = session.scalar(select(Course.title).where(Course.code == code))
    if taken is not None:
        raise OfficerError(f"The code {code} belongs to “{taken}”. Choose another.", "code")
    if not title:
        raise OfficerError("Give the course a title.", "title")
    offer = AddOffer(
        client_uuid=new_uuid(),
        code=code,
        name=title,
        service_id=ask.service_id,
        prices=ask.prices,
        prices_from=ask.prices_from,
    )
    course = Course(
        client_uuid=ask.client_uuid,
        code=code,
        title=title,
        short_title=clean_text(ask.short_title),
        summary=clean_text(ask.summary),
        service_id=ask.service_id,
        offer_id=add_offer(session, offer),
        is_demo=ask.is_demo,
    )
    session.add(course)
    session.flush()
    return course.id


def edit_course(session: Session, ask: EditCourse) -> None:
    """Change a course's words, or take it out of the programme.

    Raises:
        OfficerError: it has no title left.
        RecordChanged: it was saved since it was opened.
    """
    course = session.get_one(Course, ask.course_id)
    if course.version != ask.seen_version:
        raise changed_meanwhile(session, "course", ("course", course.id))
    course.title = clean_text(ask.title)
    if not course.title:
        raise OfficerError("Give the course a title.", "title")
    course.short_title = clean_text(ask.short_title)
    course.summary = clean_text(ask.summary)
    course.is_active = ask.is_active
    session.flush()
    for price in ask.prices:
        ask_price = SetPrice(new_uuid(), course.offer_id, price.band, price.amount, ask.prices_from)
        set_price(session, ask_price)


def add_event(session: Session, ask: AddEvent) -> int:
    """Add an event with its sessions and return its id.

    Raises:
        OfficerError: a session's times are wrong, the minimum is above the capacity, or the
            code is taken.
    """
    known = known_id(session, Event, ask.client_uuid)
    if known is not None:
        return known
    _check_places(ask.capacity, ask.minimum)
    check_sessions(ask.sessions)
    course = session.get(Course, ask.course_id)
    if course is None:
        raise OfficerError("Choose the course that this is an event of.", "course")
    code = clean_text(ask.code) or _next_event_code(session, course.service_id)
    if session.scalar(select(Event.id).where(Event.code == code)) is not None:
        raise OfficerError(f"There is an event {code} already. Choose another code.", "code")
    event = Event(
        client_uuid=ask.client_uuid,
        course_id=course.id,
        offer_id=first_prices(session, course, code, ask.prices, ask.client_uuid),
        code=code,
        state=str(ask.state),
        capacity=ask.capacity,
        minimum=ask.minimum,
        budgeted=ask.budgeted,
        decision_on=ask.decision_on,
        arrival_words=clean_text(ask.arrival_words),
        notes=clean_text(ask.notes),
        is_demo=ask.is_demo,
    )
    session.add(event)
    session.flush()
    rows = [session_row(event.id, new) for new in ask.sessions]
    session.add_all(rows)
    session.flush()
    hold_trainers(session, course, zip(rows, ask.sessions, strict=True))
    set_materials(session, SetMaterials(event.id, ask.materials))
    return event.id


def edit_event(session: Session, ask: EditEvent) -> None:
    """Change an event and its sessions. A session that moves takes room and trainers along.

    Raises:
        OfficerError: fewer places than are held, a session's times are wrong, or the room of a
            moved session is taken then, or a trainer busy: nothing is moved.
        RecordChanged: it was saved since it was opened.
    """
    event = _seen_event(session, ask.event_id, ask.seen_version)
    _check_places(ask.capacity, ask.minimum)
    if ask.capacity < event.places_held:
        raise OfficerError(
            f"{counted(event.places_held, 'place')} of this event "
            f"{'is' if event.places_held == 1 else 'are'} booked, so it cannot hold "
            f"{ask.capacity}. Cancel places first, or keep at least {event.places_held}.",
            "capacity",
        )
    check_sessions(ask.sessions)
    event.capacity = ask.capacity
    event.minimum = ask.minimum
    event.decision_on = ask.decision_on
    event.budgeted = ask.budgeted
    event.arrival_words = clean_text(ask.arrival_words)
    event.notes = clean_text(ask.notes)
    session.flush()
    if ask.prices is not None:
        set_own_prices(session, event, ask.prices)
    if ask.materials is not None:
        set_materials(session, SetMaterials(event.id, ask.materials))
    before = days_of(session, event.id)
    edit_sessions(session, event, ask.sessions)
    if days_of(session, event.id) != before:
        follow_days(session, event)


def set_event_state(session: Session, ask: SetEventState) -> None:
    """Open an event, confirm that it runs, complete it, or call it off and free its rooms.

    Called off, nobody pays for having cancelled late unless that is kept, since the place could
    not be sold any more; agreements get back the places that a late notice used up.

    Raises:
        OfficerError: it is to be called off while places are held.
        RecordChanged: it was saved since it was opened.
    """
    event = _seen_event(session, ask.event_id, ask.seen_version)
    if ask.state not in tuple(EventState):
        raise OfficerError(f"“{ask.state}” is not a state of an event.")
    if ask.state == EventState.CANCELLED:
        if event.places_held:
            raise OfficerError(
                f"{counted(event.places_held, 'place')} are booked on {event.code}. "
                "Cancel the bookings first: nobody must come to a course that does not run."
            )
        rows = sessions_of(session, event.id)
        for row in rows:
            release_session_room(session, row, "The event was called off")
        free_session_times(session, [row.id for row in rows])
        let_go_of_fees(session, event.id, ask.kept_fees)
        give_back_to_agreements(session, event.id)
    event.state = str(ask.state)
    session.flush()


def _seen_event(session: Session, event_id: int, seen_version: int) -> Event:
    event = session.get_one(Event, event_id)
    if event.version != seen_version:
        raise changed_meanwhile(session, "event", ("event", event.id))
    return event


def _check_places(capacity: int, minimum: int) -> None:
    if not 1 <= capacity <= 10_000:
        raise OfficerError("Capacity is between 1 and 10,000.", "capacity")
    if not 0 <= minimum <= capacity:
        raise OfficerError(
            f"The minimum is between 0 and the capacity, {capacity}.",
            "minimum",
        )


def _next_event_code(session: Session, service_id: int) -> str:
    service = session.get_one(Service, service_id).code
    # An event's own prices stand under its code, and stay when rolling it forward is undone.
    codes = [
        code
        for column in (Event.code, Offer.code)
        for code in session.scalars(
            select(column).where(column.startswith(f"{service}-", autoescape=True))
        )
    ]
    return next_code(service, codes)
