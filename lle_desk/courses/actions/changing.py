"""What happens to places after they are booked: named, another colleague, another event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.agreements.actions import return_use
from lle_desk.agreements.rules import DrawSource
from lle_desk.charges.actions import take_back
from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.days import london_today
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.ready import known_id
from lle_desk.core.types import clean_text
from lle_desk.courses.actions.booking import (
    BookPlaces,
    Delegate,
    add_places,
    check_bookable,
    check_people,
    found_person,
    new_booking,
    open_customer,
)
from lle_desk.courses.actions.pricing import (
    charge_places,
    charge_words,
    detail_words,
    freeze_terms,
)
from lle_desk.courses.actions.reselling import settle_resold
from lle_desk.courses.models import CourseBooking, Event, Place
from lle_desk.courses.queries.prices import place_price
from lle_desk.courses.rules import PlaceState, moved_words
from lle_desk.customers.models import Person

UNBILLED = (str(ChargeState.UNBILLED), str(ChargeState.HELD))


@dataclass(frozen=True, slots=True)
class Substitute:
    """Somebody else, or at last a name, for a place. Nothing given: it is to be named again."""

    place_id: int
    seen_version: int
    delegate: Delegate


@dataclass(frozen=True, slots=True)
class TransferPlaces:
    """Places of a booking that go to another event; all of them when none is given."""

    client_uuid: str
    booking_id: int
    seen_version: int
    event_id: int
    reason: str
    place_ids: tuple[int, ...] = ()


def substitute(session: Session, ask: Substitute) -> int:
    """Let a colleague take a place; price, charge and invoice stay. Return its new version.

    Raises:
        OfficerError: the place is not held, or the colleague has a place on the event.
        RecordChanged: the place was changed since.
    """
    place = session.get_one(Place, ask.place_id)
    if place.version != ask.seen_version:
        raise RecordChanged("This place was changed while you had it open. Look again.")
    if place.state not in (PlaceState.BOOKED, PlaceState.WAITING):
        raise OfficerError(f"This place is {place.state}, so nobody else can take it.")
    booking = session.get_one(CourseBooking, place.course_booking_id)
    customer = open_customer(session, booking.customer_id, None)
    person = found_person(session, customer, ask.delegate)
    if person is not None:
        if person.id != place.person_id:
            waits = place.state == PlaceState.WAITING
            check_people(session, place.event_id, [person], waits=waits)
        session.add(person)
        session.flush()
    place.person_id = person.id if person else None
    session.flush()
    _name_charge(session, place, person)
    return place.version


def transfer_places(session: Session, ask: TransferPlaces) -> int:
    """Move places to another event and return the new booking there.

    The old charges are taken back, on a paper or not, and the new event's price is charged;
    changing the event costs no fee.

    Raises:
        OfficerError: no reason was given, the event is full or takes no bookings.
        RecordChanged: the booking was changed since.
    """
    known = known_id(session, CourseBooking, ask.client_uuid)
    if known is not None:
        return known
    old = seen_booking(session, ask.booking_id, ask.seen_version)
    reason = clean_text(ask.reason)[:150]
    if not reason:
        raise OfficerError("Say why they change, for whoever reads this next.", "reason")
    places = places_in(session, old.id, ask.place_ids, PlaceState.BOOKED)
    event = _open_event(session, ask.event_id, old.event_id, len(places))
    customer = open_customer(session, old.customer_id, event.first_on)
    people = [session.get(Person, one.person_id) if one.person_id else None for one in places]
    new = new_booking(session, _like(old, ask), customer, people)
    release_places(session, places, moved_words(new.number, reason))
    check_people(session, event.id, people)  # who has left the old event by now
    price = place_price(session, event.id, customer.id)  # with what agreements got back just now
    freeze_terms(session, price.scale, new.id)
    charge_places(session, price, new, add_places(session, new, people, PlaceState.BOOKED))
    settle_resold(session, event.id)
    return new.id


def seen_booking(session: Session, booking_id: int, seen_version: int) -> CourseBooking:
    """Return a booking, unless it was changed since it was seen."""
    booking = session.get_one(CourseBooking, booking_id)
    if booking.version != seen_version:
        raise RecordChanged("This booking was changed while you had it open. Open it again.")
    return booking


def places_in(
    session: Session, booking_id: int, wanted: Sequence[int], state: PlaceState
) -> list[Place]:
    """Return the places of a booking that are in a state, or those of them that are wanted.

    Raises:
        OfficerError: there is none.
    """
    asked = select(Place).where(Place.course_booking_id == booking_id, Place.state == str(state))
    if wanted:
        asked = asked.where(Place.id.in_(wanted))
    found = list(session.scalars(asked.order_by(Place.id)))
    if not found:
        raise OfficerError(f"No place of this booking is {state}. Look at it again.")
    return found


def _open_event(session: Session, event_id: int, not_this: int, wanted: int) -> Event:
    event = session.get(Event, event_id)
    if event is None:
        raise OfficerError("Choose the event they change to.", "event")
    if event.id == not_this:
        raise OfficerError("They are on this event already. Choose another.", "event")
    check_bookable(session, event.id, event, wanted, "event")
    return event


def _like(old: CourseBooking, ask: TransferPlaces) -> BookPlaces:
    return BookPlaces(
        client_uuid=ask.client_uuid,
        event_id=ask.event_id,
        customer_id=old.customer_id,
        delegates=(),
        contact_id=old.contact_id,
        order_number=old.order_number,
        confirmation_to=old.confirmation_to,
        notes=old.notes,
    )


def release_places(session: Session, places: Sequence[Place], why: str) -> list[str]:
    """Take places off their event without a fee; charges and agreements are given back.

    Return the numbers of the credit notes that were issued for it.
    """
    for place in places:
        place.state, place.holds_place = str(PlaceState.CANCELLED), False
        place.cancelled_at = datetime.combine(london_today(), time())
        place.cancelled_reason = why
    session.flush()
    for place in places:
        return_use(session, DrawSource.PLACE, place.id)
    charged = session.scalars(
        select(Charge.id).where(
            Charge.source == str(Source.PLACE),
            Charge.source_id.in_([place.id for place in places]),
            Charge.state != str(ChargeState.VOID),
        )
    ).all()
    return take_back(session, charged, why) if charged else []


def _name_charge(session: Session, place: Place, person: Person | None) -> None:
    """Let the charge name the colleague while no paper has it; an issued paper stays."""
    _title, days = charge_words(session, place.event_id)
    for charge in session.scalars(
        select(Charge).where(
            Charge.source == str(Source.PLACE),
            Charge.source_id == place.id,
            Charge.state.in_(UNBILLED),
        )
    ):
        charge.detail = detail_words(person, days)
    session.flush()
