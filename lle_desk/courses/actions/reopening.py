"""Cancelled places that are wanted after all: what it costs, seen first, and booking them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.agreements.actions import return_use
from lle_desk.agreements.rules import DrawSource
from lle_desk.charges.actions import take_back
from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence
from lle_desk.courses.actions.booking import (
    BookPlaces,
    Delegate,
    check_bookable,
    check_people,
    open_customer,
)
from lle_desk.courses.actions.changing import places_in, seen_booking
from lle_desk.courses.actions.pricing import charge_places, freeze_terms_once
from lle_desk.courses.actions.reselling import settle_resold
from lle_desk.courses.actions.waiting import JoinWaiting, join_waiting_list
from lle_desk.courses.models import CourseBooking, Event, Place
from lle_desk.courses.queries.bookable import bookable_event
from lle_desk.courses.queries.fees import CancellationFee, cancellation_fees
from lle_desk.courses.queries.prices import NoPrice, PlaceLine, place_price, priced
from lle_desk.courses.rules import BOOKABLE, PlaceState, was_moved
from lle_desk.customers.models import Person


@dataclass(frozen=True, slots=True)
class ReopenBooking:
    """Cancelled places that are wanted after all; all of the booking's when none is given.

    `seen_net` is what the officer saw that they cost, before VAT; None: nothing was looked at.
    """

    booking_id: int
    seen_version: int
    place_ids: tuple[int, ...] = ()
    seen_net: Pence | None = None


@dataclass(frozen=True, slots=True)
class WaitInstead:
    """The same people on the waiting list, since their places cannot be booked again."""

    client_uuid: str
    booking_id: int
    seen_version: int
    place_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reopening:
    """What booking cancelled places again comes to: today's prices, place by place in order.

    `fees` are what cancelling them cost, and are taken back. `left` says how many places the
    event has free now. `refusal` is why it cannot be done, "" when it can; `can_wait`: since the
    event has not so many places. `last_on` is the last day of the event.
    """

    lines: tuple[PlaceLine, ...]
    fees: tuple[CancellationFee, ...]
    left: str
    last_on: date | None
    refusal: str
    can_wait: bool

    @property
    def total(self) -> Pence:
        return Pence(sum(line.net for line in self.lines))

    @property
    def taken_back(self) -> Pence:
        return Pence(sum(fee.net for fee in self.fees))


def reopening(session: Session, booking_id: int, place_ids: Sequence[int] = ()) -> Reopening:
    """Return what booking cancelled places again would come to, or why it cannot be done.

    Raises:
        OfficerError: there is no such place.
    """
    booking = session.get_one(CourseBooking, booking_id)
    places = _reopenable(session, booking.id, place_ids)
    numbers = [place.id for place in places]
    event = session.get_one(Event, booking.event_id)
    shown = bookable_event(session, event.id)
    price = priced(session, event.id, booking.customer_id, numbers)
    refusal = price.why if isinstance(price, NoPrice) else ""
    try:
        _check(session, booking, event, places)
    except OfficerError as refused:
        refusal = str(refused)
    free = shown.free if shown is not None else 0
    return Reopening(
        lines=() if isinstance(price, NoPrice) else price.lines(len(places)),
        fees=tuple(fee for fee in cancellation_fees(session, event.id) if fee.place_id in numbers),
        left=shown.left_words if shown is not None else "",
        last_on=event.last_on,
        refusal=refusal,
        can_wait=event.state in BOOKABLE and len(places) > free,
    )


def reopen_booking(session: Session, ask: ReopenBooking) -> int:
    """Book cancelled places again, at today's price, and return how many.

    A cancellation fee that was charged is taken back, on a paper or not. Places that went to
    another event stay there.

    Raises:
        OfficerError: nothing was cancelled, the customer closed, or the event has no seats left.
        RecordChanged: the booking was changed since, or what the places cost.
    """
    booking = seen_booking(session, ask.booking_id, ask.seen_version)
    places = _reopenable(session, booking.id, ask.place_ids)
    event = session.get_one(Event, booking.event_id)
    _check(session, booking, event, places)
    _take_back(session, places)
    for place in places:
        return_use(session, DrawSource.PLACE, place.id)  # one that was used up by a late notice
        place.state, place.holds_place = str(PlaceState.BOOKED), True
        place.cancelled_at, place.cancelled_reason = None, ""
    session.flush()
    price = place_price(session, event.id, booking.customer_id)  # with what agreements got back
    total = sum(line.net for line in price.lines(len(places)))
    if ask.seen_net is not None and total != ask.seen_net:
        raise RecordChanged("What the places cost changed while you looked. Look again.")
    freeze_terms_once(session, price.scale, booking.id)
    charge_places(session, price, booking, places)
    settle_resold(session, event.id)  # the fee of another's place may have waited for this
    return len(places)


def wait_instead(session: Session, ask: WaitInstead) -> int:
    """Put the people of cancelled places on the waiting list, and return their booking's id.

    What cancelling cost stays: nothing is booked again yet.

    Raises:
        OfficerError: somebody waits already, or the event takes no bookings.
        RecordChanged: the booking was changed since.
    """
    booking = seen_booking(session, ask.booking_id, ask.seen_version)
    places = _reopenable(session, booking.id, ask.place_ids)
    party = BookPlaces(
        client_uuid=ask.client_uuid,
        event_id=booking.event_id,
        customer_id=booking.customer_id,
        delegates=tuple(Delegate(place.person_id) for place in places),
        contact_id=booking.contact_id,
        order_number=booking.order_number,
        confirmation_to=booking.confirmation_to,
        notes=booking.notes,
    )
    return join_waiting_list(session, JoinWaiting(party))


def _reopenable(session: Session, booking_id: int, wanted: Sequence[int]) -> list[Place]:
    cancelled = places_in(session, booking_id, wanted, PlaceState.CANCELLED)
    places = [place for place in cancelled if not was_moved(place.cancelled_reason)]
    if not places:
        raise OfficerError(
            "These places went to another event. Change them back from their new booking."
        )
    return places


def _check(session: Session, booking: CourseBooking, event: Event, places: Sequence[Place]) -> None:
    """Refuse what any booking would be refused: no seats, a customer that closed, who is busy."""
    check_bookable(session, event.id, event, len(places), "")
    open_customer(session, booking.customer_id, event.first_on)
    people = [session.get(Person, one.person_id) if one.person_id else None for one in places]
    check_people(session, event.id, people)


def _take_back(session: Session, places: Sequence[Place]) -> None:
    charged = session.scalars(
        select(Charge.id).where(
            Charge.source == str(Source.PLACE),
            Charge.source_id.in_([place.id for place in places]),
            Charge.state != str(ChargeState.VOID),
        )
    ).all()
    if charged:
        take_back(session, charged, "Booked again after all")
