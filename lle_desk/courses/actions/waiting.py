"""The waiting list: a party joins, is offered what comes free, takes it, or stops waiting."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import london_time, now_utc, short_day
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.ready import known_id
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.courses.actions.booking import (
    MOST_AT_ONCE,
    BookPlaces,
    add_places,
    check_people,
    found_person,
    new_booking,
    open_customer,
)
from lle_desk.courses.actions.pricing import charge_places, freeze_terms_once
from lle_desk.courses.actions.reselling import settle_resold
from lle_desk.courses.models import CourseBooking, Event, Place, WaitingParty
from lle_desk.courses.queries.prices import place_price
from lle_desk.courses.queries.waiting import offered_places
from lle_desk.courses.rules import BOOKABLE, PlaceState, booking_words, counted
from lle_desk.customers.models import Person

explain(
    {
        "ck_waiting_party_priority_sensible": ("A priority is between 0 and 9.", "priority"),
        "uq_waiting_party_course_booking_id": "This party waits already.",
    }
)


@dataclass(frozen=True, slots=True)
class JoinWaiting:
    """A party for the waiting list. A higher priority, 0 to 9, comes first."""

    party: BookPlaces
    priority: int = 0
    is_all_or_nothing: bool = False


@dataclass(frozen=True, slots=True)
class OfferPlaces:
    """Offer free places to a party until a moment on the office's clock."""

    booking_id: int
    seen_version: int  # the party's
    places: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Promote:
    """Give a waiting party its places. `places` None: as many of them as are free."""

    booking_id: int
    seen_version: int  # the party's
    places: int | None = None


@dataclass(frozen=True, slots=True)
class StopWaiting:
    """A party that waits no longer, and why."""

    booking_id: int
    seen_version: int  # the party's
    reason: str


@dataclass(frozen=True, slots=True)
class MoveParty:
    """Let a party wait for another event instead, keeping its place in time."""

    booking_id: int
    seen_version: int  # the party's
    event_id: int


def join_waiting_list(session: Session, ask: JoinWaiting) -> int:
    """Put a party on the waiting list of an event, and return its booking's id.

    Nothing is charged and no seat is held until it is promoted.

    Raises:
        OfficerError: the event takes no bookings, or a delegate has a place or waits already.
    """
    party = ask.party
    known = known_id(session, CourseBooking, party.client_uuid)
    if known is not None:
        return known
    event = _waited_event(session, party)
    customer = open_customer(session, party.customer_id, event.first_on)
    people = [found_person(session, customer, one) for one in party.delegates]
    check_people(session, event.id, people, waits=True)
    _check_not_waiting(session, event.id, [one for one in people if one is not None])
    booking = new_booking(session, party, customer, people)
    add_places(session, booking, people, PlaceState.WAITING)
    session.add(
        WaitingParty(
            client_uuid=new_uuid(),
            course_booking_id=booking.id,
            priority=ask.priority,
            is_all_or_nothing=ask.is_all_or_nothing,
            joined_at=now_utc(),
        )
    )
    session.flush()
    return booking.id


def offer_places(session: Session, ask: OfferPlaces) -> None:
    """Offer free places to a party; until then nobody else can be booked on them.

    Raises:
        OfficerError: so many are not free, or fewer than a party that wants all or nothing.
        RecordChanged: the party was changed since.
    """
    party, booking = _seen(session, ask.booking_id, ask.seen_version)
    if ask.until <= london_time(now_utc()):
        raise OfficerError("The offer would be over already. Choose a later time.", "until")
    waiting = len(_waiting_places(session, booking.id))
    if not 1 <= ask.places <= waiting:
        raise OfficerError(f"They wait for {counted(waiting, 'place')}.", "places")
    _check_whole(party, ask.places, waiting)
    _check_free(session, booking, ask.places)
    party.offered_places, party.offered_until = ask.places, ask.until
    session.flush()


def take_back_offer(session: Session, booking_id: int, seen_version: int) -> None:
    """Take an offer back: the places are anybody's again."""
    party, _booking = _seen(session, booking_id, seen_version)
    party.offered_places, party.offered_until = 0, None
    session.flush()


def promote(session: Session, ask: Promote) -> int:
    """Give a waiting party its places, priced as of now, and return how many.

    Raises:
        OfficerError: none is free, or too few for a party that wants all or nothing.
        RecordChanged: the party was changed since.
    """
    party, booking = _seen(session, ask.booking_id, ask.seen_version)
    event = session.get_one(Event, booking.event_id)
    if event.state not in BOOKABLE:
        raise OfficerError(f"{event.code} is {event.state}, so nobody can be booked on it.")
    waiting = _waiting_places(session, booking.id)
    free = _free(session, booking)
    wanted = min(free, len(waiting)) if ask.places is None else ask.places
    if wanted < 1 or not waiting:
        raise OfficerError(f"No place is free on {event.code}. Wait for one, or add an event.")
    _check_whole(party, wanted, len(waiting))
    _check_free(session, booking, wanted)
    price = place_price(session, event.id, booking.customer_id)
    chosen = waiting[:wanted]
    people = [session.get(Person, one.person_id) if one.person_id else None for one in chosen]
    check_people(session, event.id, people)
    for place in chosen:
        place.state, place.holds_place = str(PlaceState.BOOKED), True
    session.flush()
    freeze_terms_once(session, price.scale, booking.id)
    charge_places(session, price, booking, chosen)
    party.offered_places, party.offered_until = 0, None
    session.flush()
    settle_resold(session, event.id)
    return wanted


def stop_waiting(session: Session, ask: StopWaiting) -> None:
    """Take a party off the waiting list; it costs nothing.

    Raises:
        OfficerError: no reason was given.
        RecordChanged: the party was changed since.
    """
    party, booking = _seen(session, ask.booking_id, ask.seen_version)
    reason = clean_text(ask.reason)[:400]
    if not reason:
        raise OfficerError("Say why they wait no longer, for whoever reads this next.", "reason")
    for place in _waiting_places(session, booking.id):
        place.state = str(PlaceState.CANCELLED)
        place.cancelled_at = london_time(now_utc())
        place.cancelled_reason = reason
    party.offered_places, party.offered_until = 0, None
    session.flush()


def set_priority(session: Session, booking_id: int, seen_version: int, priority: int) -> None:
    """Let a party go before (9) or after the others; those of one priority stay in order of time.

    Raises:
        OfficerError: it is not between 0 and 9.
        RecordChanged: the party was changed since.
    """
    party, _booking = _seen(session, booking_id, seen_version)
    party.priority = priority
    session.flush()


def move_party(session: Session, ask: MoveParty) -> None:
    """Let a party wait for another event of the same course; who asked first stays first.

    Raises:
        OfficerError: some of its places are booked already, or the event takes nobody.
        RecordChanged: the party was changed since.
    """
    party, booking = _seen(session, ask.booking_id, ask.seen_version)
    event = session.get_one(Event, ask.event_id)
    if event.state not in BOOKABLE:
        raise OfficerError(f"{event.code} is {event.state}, so nobody can be booked on it.")
    places = session.scalars(select(Place).where(Place.course_booking_id == booking.id)).all()
    if any(place.state != PlaceState.WAITING for place in places):
        raise OfficerError(
            f"Some places of {booking_words(booking.number)} do not wait any more. "
            "Book those who wait on the other event by hand."
        )
    booking.event_id = event.id
    session.flush()
    for place in places:
        place.event_id = event.id
    party.offered_places, party.offered_until = 0, None
    session.flush()


def _waited_event(session: Session, party: BookPlaces) -> Event:
    if not party.delegates:
        raise OfficerError("Add at least one delegate, named or not.", "delegates")
    if len(party.delegates) > MOST_AT_ONCE:
        raise OfficerError(f"One party has at most {MOST_AT_ONCE} places.", "delegates")
    event = session.get(Event, party.event_id)
    if event is None:
        raise OfficerError("Choose the event to wait for.", "event")
    if event.state not in BOOKABLE:
        raise OfficerError(
            f"{event.code} is {event.state}, so nobody can wait for it. Choose another event.",
            "event",
        )
    return event


def _check_not_waiting(session: Session, event_id: int, people: list[Person]) -> None:
    ids = [person.id for person in people if person.id is not None]
    waits = session.execute(
        select(Person.given_name, Person.family_name, CourseBooking.number)
        .select_from(Place)
        .join(Person, Person.id == Place.person_id)
        .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
        .where(
            Place.event_id == event_id,
            Place.state == str(PlaceState.WAITING),
            Place.person_id.in_(ids),
        )
        .limit(1)
    ).first()
    if waits is not None:
        raise OfficerError(
            f"{waits.given_name} {waits.family_name} waits for this event already, "
            f"{booking_words(waits.number)}. Take them off this party.",
            "delegates",
        )


def _seen(
    session: Session, booking_id: int, seen_version: int
) -> tuple[WaitingParty, CourseBooking]:
    party = session.scalar(select(WaitingParty).where(WaitingParty.course_booking_id == booking_id))
    if party is None:
        raise OfficerError("This booking does not wait for anything.")
    if party.version != seen_version:
        raise RecordChanged("This party was changed while you had it open. Look again.")
    return party, session.get_one(CourseBooking, booking_id)


def _waiting_places(session: Session, booking_id: int) -> list[Place]:
    """Return the waiting places, those with a name first."""
    asked = (
        select(Place)
        .where(Place.course_booking_id == booking_id, Place.state == str(PlaceState.WAITING))
        .order_by(Place.person_id.is_(None), Place.id)
    )
    return list(session.scalars(asked))


def _free(session: Session, booking: CourseBooking) -> int:
    event = session.get_one(Event, booking.event_id)
    now = london_time(now_utc())
    return event.capacity - event.places_held - offered_places(session, event.id, now, booking.id)


def _check_free(session: Session, booking: CourseBooking, wanted: int) -> None:
    free = _free(session, booking)
    if wanted <= free:
        return
    event = session.get_one(Event, booking.event_id)
    until = session.scalar(
        select(WaitingParty.offered_until)
        .join(CourseBooking, CourseBooking.id == WaitingParty.course_booking_id)
        .where(
            CourseBooking.event_id == event.id,
            CourseBooking.id != booking.id,
            WaitingParty.offered_until > london_time(now_utc()),
        )
        .limit(1)
    )
    offered = (
        f" Some are offered to another party until {short_day(until.date())} {until:%H:%M}."
        if until
        else ""
    )
    raise OfficerError(
        f"{counted(max(0, free), 'place')} can be given on {event.code}, "
        f"{wanted} are asked for.{offered}",
        "places",
    )


def _check_whole(party: WaitingParty, wanted: int, waiting: int) -> None:
    if party.is_all_or_nothing and wanted < waiting:
        raise OfficerError(
            f"This party takes all {waiting} places or nothing. Wait until they are free.",
            "places",
        )
