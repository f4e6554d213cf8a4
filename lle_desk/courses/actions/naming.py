"""Names for the places of a booking that have none yet, many at once."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.courses.actions.booking import Delegate
from lle_desk.courses.actions.changing import Substitute, substitute
from lle_desk.courses.models import Place
from lle_desk.courses.rules import PlaceState, counted


@dataclass(frozen=True, slots=True)
class NamePlaces:
    """Who takes the places of a booking that are still to be named, in that order."""

    booking_id: int
    delegates: tuple[Delegate, ...]


def name_places(session: Session, ask: NamePlaces) -> int:
    """Name so many places, and return how many are still to be named.

    Raises:
        OfficerError: there are fewer places to name than names, or a delegate has a place on the
            event already.
    """
    unnamed = session.scalars(
        select(Place)
        .where(
            Place.course_booking_id == ask.booking_id,
            Place.person_id.is_(None),
            Place.state.in_((PlaceState.BOOKED.value, PlaceState.WAITING.value)),
        )
        .order_by(Place.id)
    ).all()
    if len(ask.delegates) > len(unnamed):
        raise OfficerError(
            f"This booking has {counted(len(unnamed), 'place')} to name, and the list has"
            f" {len(ask.delegates)} names. Look again, and take some of them off.",
            "names",
        )
    for place, delegate in zip(unnamed, ask.delegates, strict=False):
        substitute(session, Substitute(place.id, place.version, delegate))
    return len(unnamed) - len(ask.delegates)
