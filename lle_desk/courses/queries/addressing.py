"""Who gets a letter of a kind, who gets none and why: of events, of bookings or of places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from lle_desk.courses.models import Course, CourseBooking, Event, EventSession, Place
from lle_desk.courses.queries.letters import NAME_TO_COME
from lle_desk.courses.queries.missed import been_there
from lle_desk.courses.queries.telling import last_decision, people_to_tell
from lle_desk.courses.rules import HOLDING, EventState, PlaceState, booking_words, days_words
from lle_desk.customers.models import Customer, Person
from lle_desk.letters.queries import SentBefore, sent_before
from lle_desk.letters.rules import TO_EACH_DELEGATE, LetterKind, address_fault

HELD = frozenset(HOLDING)
# Whose places a letter is about.
STATES: dict[LetterKind, frozenset[PlaceState]] = {
    LetterKind.CONFIRMATION: HELD,
    LetterKind.JOINING: HELD,
    LetterKind.WAITING: frozenset({PlaceState.WAITING}),
    LetterKind.CHANGE: HELD,
    LetterKind.CANCELLATION: frozenset({PlaceState.CANCELLED}),
    LetterKind.CERTIFICATE: frozenset({PlaceState.ATTENDED}),
}
LETTERS = tuple(STATES)
RECORD = "course_booking"  # what a message of the outbox is about
CHUNK = 500  # ids in one question
_BEFORE_IT_WAS_OFF = "cancelled before the event was called off"


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose letters are wanted: those of all these, by id."""

    event_ids: tuple[int, ...] = ()
    booking_ids: tuple[int, ...] = ()
    place_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressee:
    """One letter that can be written: about a booking, or one delegate's place of it."""

    kind: LetterKind
    booking_id: int
    place_id: int
    booking: str
    customer: str
    contact: str
    delegates: str
    email: str

    @property
    def key(self) -> tuple[int, int]:
        return self.booking_id, self.place_id

    @property
    def to_name(self) -> str:
        """Whom the envelope names: the delegate of a letter to one, else the contact."""
        is_named = self.place_id and self.delegates != NAME_TO_COME
        return self.delegates if is_named else self.contact

    @property
    def addressed_name(self) -> str:
        """Whom the e-mail is for."""
        return self.to_name or self.customer


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One booking, or one place of it, and its letter; `whom` None: it gets none, says `why`.

    `before` is the letter of this kind that already stands in the outbox.
    """

    event_id: int
    booking_id: int
    place_id: int
    booking: str
    customer: str
    delegates: str
    whom: Addressee | None = None
    why: str = ""
    before: SentBefore | None = None

    @property
    def key(self) -> tuple[int, int]:
        return self.booking_id, self.place_id


@dataclass(frozen=True, slots=True)
class LetterEvent:
    """An event with its lines: those who get the letter first, then by customer."""

    event_id: int
    code: str
    title: str
    days: str
    lines: tuple[LetterLine, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    id: int
    state: str
    person_id: int | None
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class _Booking:
    id: int
    event_id: int
    number: int
    customer: str
    contact: str
    email: str  # the first of the booking's, the contact's and the customer's that is one


def usual_letter(state: EventState) -> LetterKind:
    """Return the letter that is likely wanted for an event as it stands."""
    if state == EventState.CANCELLED:
        return LetterKind.CANCELLATION
    if state == EventState.COMPLETED:
        return LetterKind.CERTIFICATE
    return LetterKind.JOINING if state == EventState.CONFIRMED else LetterKind.CONFIRMATION


def letter_lines(session: Session, kind: LetterKind, whom: Whom) -> tuple[LetterEvent, ...]:
    """Return who of `whom` gets a letter of this kind and who does not, by event and its day."""
    bookings = _bookings(session, whom)
    places = _places(session, [booking.id for booking in bookings])
    wanted = frozenset(whom.place_ids)
    lines = [
        line
        for booking in bookings
        for line in _lines(kind, booking, places.get(booking.id, ()), wanted)
    ]
    lines = _who_was_there(session, kind, _not_off_before(session, kind, lines))
    before = _before(session, kind, lines)
    return _by_event(session, whom.event_ids, [_with_before(line, before) for line in lines])


def addressees(session: Session, kind: LetterKind, event_id: int) -> tuple[Addressee, ...]:
    """Return who of an event gets a letter of this kind, by customer."""
    return _those(letter_lines(session, kind, Whom(event_ids=(event_id,))))


def addressees_of(
    session: Session, kind: LetterKind, booking_ids: Sequence[int]
) -> tuple[Addressee, ...]:
    """Return the letters of a kind that these bookings get."""
    return _those(letter_lines(session, kind, Whom(booking_ids=tuple(booking_ids))))


def _those(events: Iterable[LetterEvent]) -> tuple[Addressee, ...]:
    return tuple(line.whom for event in events for line in event.lines if line.whom is not None)


def _lines(
    kind: LetterKind, booking: _Booking, places: Sequence[_Place], wanted: frozenset[int]
) -> Iterator[LetterLine]:
    """Yield a line for the booking, or for each of its places that is wanted (none: all)."""
    about = [place for place in places if place.state in STATES[kind]]
    line = LetterLine(
        booking.event_id, booking.id, 0, booking_words(booking.number), booking.customer, ""
    )
    if kind not in TO_EACH_DELEGATE:
        if about:
            letter = _letter(kind, booking, 0, _names(about), booking.email)
            yield replace(line, delegates=letter.delegates, whom=letter)
        elif places:
            yield replace(line, delegates=_names(places), why=_why_not(kind, places))
        return
    for place in places:
        if wanted and place.id not in wanted:
            continue
        own = replace(line, place_id=place.id, delegates=place.name or NAME_TO_COME)
        if place in about:
            email = place.email if not address_fault(place.email) else booking.email
            yield replace(own, whom=_letter(kind, booking, place.id, own.delegates, email))
        else:
            yield replace(own, why=_why_not(kind, [place]))


def _letter(
    kind: LetterKind, booking: _Booking, place_id: int, delegates: str, email: str
) -> Addressee:
    return Addressee(
        kind=kind,
        booking_id=booking.id,
        place_id=place_id,
        booking=booking_words(booking.number),
        customer=booking.customer,
        contact=booking.contact,
        delegates=delegates,
        email=email,
    )


def _why_not(kind: LetterKind, places: Sequence[_Place]) -> str:
    states = {place.state for place in places}
    if kind == LetterKind.CERTIFICATE and states & {str(state) for state in HELD}:
        return "did not attend" if PlaceState.ABSENT in states else "attendance not typed"
    if states & {str(state) for state in HELD}:
        return "still booked" if kind == LetterKind.CANCELLATION else "has a place"
    if PlaceState.WAITING in states:
        return "waits for a place"
    return "cancelled"


def _not_off_before(
    session: Session, kind: LetterKind, lines: Sequence[LetterLine]
) -> list[LetterLine]:
    """Leave out of the cancellations of an event called off those who had cancelled before."""
    if kind != LetterKind.CANCELLATION:
        return list(lines)
    told: dict[int, set[int] | None] = {}
    for event_id in {line.event_id for line in lines}:
        decision = last_decision(session, event_id)
        is_off = decision is not None and decision.decided == EventState.CANCELLED
        people = people_to_tell(session, event_id) if is_off else ()
        told[event_id] = {one.booking_id for one in people} if is_off else None
    return [
        replace(line, whom=None, why=_BEFORE_IT_WAS_OFF)
        if line.whom is not None
        and (only := told[line.event_id]) is not None
        and line.booking_id not in only
        else line
        for line in lines
    ]


def _who_was_there(
    session: Session, kind: LetterKind, lines: Sequence[LetterLine]
) -> list[LetterLine]:
    """Leave out of the certificates who has no name yet, or came to no session yet."""
    if kind != LetterKind.CERTIFICATE:
        return list(lines)
    there = been_there(session, {line.event_id for line in lines if line.whom is not None})
    found = []
    for line in lines:
        why = line.why
        if line.whom is not None and line.delegates == NAME_TO_COME:
            why = "to be named first"
        elif line.whom is not None and line.place_id not in there:
            why = "came to no session yet"
        found.append(replace(line, whom=None if why else line.whom, why=why))
    return found


def _before(
    session: Session, kind: LetterKind, lines: Sequence[LetterLine]
) -> dict[tuple[int, str], SentBefore]:
    """Return the newest message of this kind by booking, and by name for one to a delegate."""
    found: dict[tuple[int, str], SentBefore] = {}
    for ids in _chunks({line.booking_id for line in lines}):
        for one in sent_before(session, str(kind), RECORD, ids):
            name = one.to_name if kind in TO_EACH_DELEGATE else ""
            found[one.record_id, name] = one
    return found


def _with_before(line: LetterLine, before: Mapping[tuple[int, str], SentBefore]) -> LetterLine:
    if line.whom is None:
        return line
    name = line.whom.addressed_name if line.place_id else ""
    return replace(line, before=before.get((line.booking_id, name)))


def _by_event(
    session: Session, event_ids: Sequence[int], lines: Sequence[LetterLine]
) -> tuple[LetterEvent, ...]:
    grouped = {
        event: tuple(sorted(of_event, key=_gets_none))
        for event, of_event in groupby(sorted(lines, key=_event_of), key=_event_of)
    }
    found: list[tuple[date, str, LetterEvent]] = []
    for ids in _chunks({*grouped, *event_ids}):
        days: dict[int, list[datetime]] = {}
        for event_id, starts_at in session.execute(
            select(EventSession.event_id, EventSession.starts_at)
            .where(EventSession.event_id.in_(ids))
            .order_by(EventSession.starts_at)
        ):
            days.setdefault(event_id, []).append(starts_at)
        for event_id, code, title in session.execute(
            select(Event.id, Event.code, Course.title)
            .join(Course, Course.id == Event.course_id)
            .where(Event.id.in_(ids))
        ):
            on = days.get(event_id, [])
            words = days_words(one.date() for one in on) or "no day yet"
            event = LetterEvent(event_id, code, title, words, grouped.get(event_id, ()))
            found.append((on[0].date() if on else date.max, code, event))
    return tuple(event for _first, _code, event in sorted(found, key=_order))


def _order(found: tuple[date, str, LetterEvent]) -> tuple[date, str]:
    return found[0], found[1]


def _event_of(line: LetterLine) -> int:
    return line.event_id


def _gets_none(line: LetterLine) -> bool:
    return line.whom is None


def _bookings(session: Session, whom: Whom) -> list[_Booking]:
    """Return the bookings of all that is wanted, by customer."""
    of_places = select(Place.course_booking_id)
    asked: list[tuple[Sequence[int], ColumnElement[Any] | Any]] = [
        (whom.event_ids, CourseBooking.event_id),
        (whom.booking_ids, CourseBooking.id),
    ]
    found: dict[int, Sequence[Any]] = {}
    for wanted, column in asked:
        for ids in _chunks(wanted):
            found |= {row[0]: row for row in session.execute(_who().where(column.in_(ids)))}
    for ids in _chunks(whom.place_ids):
        within = CourseBooking.id.in_(of_places.where(Place.id.in_(ids)))
        found |= {row[0]: row for row in session.execute(_who().where(within))}
    return [_booking(row) for row in sorted(found.values(), key=_by_customer)]


def _by_customer(row: Sequence[Any]) -> tuple[str, int]:
    return row[3].casefold(), row[2]


def _who() -> Select[*tuple[Any, ...]]:
    return (
        select(
            CourseBooking.id,
            CourseBooking.event_id,
            CourseBooking.number,
            Customer.name,
            func.coalesce(Person.given_name, ""),
            func.coalesce(Person.family_name, ""),
            CourseBooking.confirmation_to,
            func.coalesce(Person.email, ""),
            Customer.email,
        )
        .join(Customer, Customer.id == CourseBooking.customer_id)
        .outerjoin(Person, Person.id == CourseBooking.contact_id)
    )


def _booking(row: Sequence[Any]) -> _Booking:
    booking_id, event_id, number, customer, given, family, *ways = row
    email = next((way for way in ways if not address_fault(way)), "")
    return _Booking(booking_id, event_id, number, customer, f"{given} {family}".strip(), email)


def _places(session: Session, booking_ids: Sequence[int]) -> dict[int, list[_Place]]:
    """Return the places of each booking: those that hold a seat first."""
    found: dict[int, list[_Place]] = {}
    for ids in _chunks(booking_ids):
        for booking_id, place_id, state, person_id, given, family, email in session.execute(
            select(
                Place.course_booking_id,
                Place.id,
                Place.state,
                Place.person_id,
                func.coalesce(Person.given_name, ""),
                func.coalesce(Person.family_name, ""),
                func.coalesce(Person.email, ""),
            )
            .outerjoin(Person, Person.id == Place.person_id)
            .where(Place.course_booking_id.in_(ids))
            .order_by(Place.holds_place.desc(), Place.id)
        ):
            place = _Place(place_id, state, person_id, f"{given} {family}".strip(), email)
            found.setdefault(booking_id, []).append(place)
    return found


def _names(places: Sequence[_Place]) -> str:
    named = [place.name for place in places if place.name]
    left = len(places) - len(named)
    return ", ".join([*named, f"{left} to be named"] if left else named)


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = sorted(set(ids))
    for at in range(0, len(rest), CHUNK):
        yield rest[at : at + CHUNK]
