"""What officers do to places, with its way back: seats, money, agreements and the list together.

A charge gets the very price again that was frozen on it. Once a paper was credited for it there
is no way back, since a credit note stays; the places can be booked again by hand.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from lle_desk.agreements.models import AgreementDraw
from lle_desk.charges.actions import credits_told
from lle_desk.core.days import london_today
from lle_desk.core.errors import OfficerError
from lle_desk.core.undo import Undoable
from lle_desk.courses.actions.booking import check_not_offered, check_people, open_customer
from lle_desk.courses.models import CourseBooking, Event, Place, WaitingParty
from lle_desk.courses.rules import (
    BOOKABLE,
    PlaceState,
    booking_words,
    full_words,
)
from lle_desk.customers.models import Person
from lle_desk.rooms.actions.keeping import NEVER_PUT_BACK, Keeping, Listed, Values, keep_rows

T = TypeVar("T")
TAKEN_BACK = "Taken back by the officer who did it"
IF_WRITTEN = "If a letter of it was printed or sent, tell them."


class KeepingPlaces(Keeping[T]):
    """An action on places that can be undone, unless it credited a paper.

    `instead` says what to do then. See `Keeping`.
    """

    def __init__(
        self,
        action: Callable[..., T],
        words: str | Callable[[T], str],
        *,
        instead: str = "",
        is_told: bool = False,
    ) -> None:
        super().__init__(action, words)
        self._instead = instead
        self._still_to_do = IF_WRITTEN if is_told else ""

    def __call__(self, session: Session, *args: Any, **kwargs: Any) -> Undoable[T]:
        """Return the action's answer, with the way back unless a paper was credited."""
        with credits_told(session) as numbers:
            done = super().__call__(session, *args, **kwargs)
        if done.way is None:
            return done
        if numbers:
            issued = f"{', '.join(numbers)} {'was' if len(numbers) == 1 else 'were'} issued for it"
            said = f"{done.way.words}. {issued}, so it is not undone by a key. {self._instead}"
            return Undoable(done.answer, None, said.strip())
        return replace(done, way=replace(done.way, still_to_do=self._still_to_do))


def _put_booking(_session: Session, booking: CourseBooking, values: Values | None) -> None:
    if values is not None:
        _write(booking, values)


def _put_place(session: Session, place: Place, values: Values | None) -> None:
    """Give a place back its seat under the rules of any booking, or its former name."""
    if values is None:
        place.state, place.holds_place = str(PlaceState.CANCELLED), False
        place.cancelled_at = datetime.combine(london_today(), time())
        place.cancelled_reason = TAKEN_BACK
        return
    person = session.get(Person, values["person_id"]) if values["person_id"] else None
    if person is not None and person.erased_on is not None:
        raise OfficerError("Who had this place was erased since. Name it by hand.")
    with session.no_autoflush:
        if values["holds_place"]:
            event_id = values["event_id"]
            if not place.holds_place:
                _check_seat(session, place, event_id)
            if not place.holds_place or place.person_id != values["person_id"]:
                check_people(session, event_id, [person])
    _write(place, values)


def _check_seat(session: Session, place: Place, event_id: int) -> None:
    event = session.get_one(Event, event_id, populate_existing=True)  # triggers count its places
    if event.state not in BOOKABLE:
        raise OfficerError(f"{event.code} is {event.state}, so nobody can be booked on it.")
    free = event.capacity - event.places_held
    if free < 1:
        raise OfficerError(full_words(1, free, event.capacity))
    check_not_offered(session, event_id, 1, free, "")
    booking = session.get_one(CourseBooking, place.course_booking_id)
    open_customer(session, booking.customer_id, event.first_on)


def _put_draw(_session: Session, draw: AgreementDraw, values: Values | None) -> None:
    if values is None:
        draw.is_returned = True
    else:
        _write(draw, values)


def _put_party(_session: Session, party: WaitingParty, values: Values | None) -> None:
    if values is None:
        party.offered_places, party.offered_until = 0, None
    else:
        _write(party, values)


def _give_up_first(session: Session, listed: Listed) -> None:
    """Let go of seats and of agreements before others take them, lest they meet half way."""
    for row, values in listed:
        if isinstance(row, Place) and row.holds_place:
            if values is None or not values["holds_place"]:
                _put_place(session, row, values)
        elif isinstance(row, AgreementDraw) and (values is None or values["is_returned"]):
            _put_draw(session, row, values)
    session.flush()


def _name_place(session: Session, place: Place) -> str:
    return _name_booking(session, session.get_one(CourseBooking, place.course_booking_id))


def _name_party(session: Session, party: WaitingParty) -> str:
    return _name_booking(session, session.get_one(CourseBooking, party.course_booking_id))


def _name_booking(_session: Session, booking: CourseBooking) -> str:
    return booking_words(booking.number)


def _write(row: Any, values: Values) -> None:
    for name, value in values.items():
        if name not in NEVER_PUT_BACK and getattr(row, name) != value:
            setattr(row, name, value)


keep_rows(CourseBooking, _put_booking, _name_booking)
keep_rows(Place, _put_place, _name_place, _give_up_first)
keep_rows(AgreementDraw, _put_draw)
keep_rows(WaitingParty, _put_party, _name_party)
