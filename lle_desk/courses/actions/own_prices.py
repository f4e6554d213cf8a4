"""The prices of one event, other than its course's: given, changed, and given up again.

Each change makes a new price list, and the event goes over to it. A list that something was sold
from stays as it was, so that what is booked keeps its price and a change is undone by going back.
"""

import uuid
from collections.abc import Sequence
from itertools import chain, count

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.courses.models import Course, Event
from lle_desk.offers.actions import AddOffer, add_offer
from lle_desk.offers.models import Offer
from lle_desk.offers.queries import prices_of
from lle_desk.offers.rules import BandPrice

_PRICES_OF_EVENT = uuid.UUID("5d0c7a38-3f0e-4a39-9b68-1c1f3a6b7e52")
_STEM = 26  # letters of an event's code within its price list's, which has at most 30


def first_prices(
    session: Session, course: Course, code: str, prices: Sequence[BandPrice], event_uuid: str
) -> int:
    """Return the offer that a new event is sold as: the course's, unless it has own prices.

    The same event made again, as a redo makes it, finds its price list again.
    """
    if not prices:
        return course.offer_id
    return _price_list(session, course, code, prices, str(uuid.uuid5(_PRICES_OF_EVENT, event_uuid)))


def set_own_prices(session: Session, event: Event, prices: Sequence[BandPrice]) -> None:
    """Let an event have these prices of its own from now on; none: the course's again.

    What was booked keeps its price. A band that is left out cannot book.

    Raises:
        OfficerError: a price is not sensible.
    """
    course = session.get_one(Course, event.course_id)
    if set(prices) == set(own_prices(session, event)):
        return
    event.offer_id = (
        _price_list(session, course, event.code, prices, new_uuid()) if prices else course.offer_id
    )
    session.flush()


def own_prices(session: Session, event: Event) -> tuple[BandPrice, ...]:
    """Return the newest price of each band of an event, none when it has the course's."""
    if event.offer_id == session.get_one(Course, event.course_id).offer_id:
        return ()
    newest: dict[str, Pence] = {}
    for price in sorted(prices_of(session, event.offer_id), key=lambda one: one.valid_from):
        newest[price.band] = price.amount
    return tuple(BandPrice(band, amount) for band, amount in newest.items())


def _price_list(
    session: Session, course: Course, code: str, prices: Sequence[BandPrice], client_uuid: str
) -> int:
    """Return a new offer; its prices hold always, on whichever day the event will be."""
    offer = AddOffer(
        client_uuid=client_uuid,
        code=_free_code(session, code[:_STEM]),
        name=course.title,
        service_id=course.service_id,
        prices=tuple(prices),
    )
    return add_offer(session, offer)


def _free_code(session: Session, stem: str) -> str:
    """Return the event's code, or where it had a price list before, "LPDS-0417/2"."""
    found = select(Offer.code).where(Offer.code.startswith(stem, autoescape=True))
    taken = set(session.scalars(found))
    codes = chain([stem], (f"{stem}/{number}" for number in count(2)))
    return next(code for code in codes if code not in taken)
