"""What goes along when the days of an event change: agreements, and what is not billed yet."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.agreements.actions import move_use_day
from lle_desk.agreements.rules import DrawSource
from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.courses.actions.pricing import charge_words, detail_words
from lle_desk.courses.models import Event, EventSession, Place
from lle_desk.customers.models import Person

MOVABLE = (ChargeState.UNBILLED, ChargeState.HELD)


def follow_days(session: Session, event: Event) -> None:
    """Let agreements count the places on the new first day, and charges name the new days.

    What is billed stays as it was printed; a price once agreed stays too.

    Raises:
        OfficerError: an agreement that pays for a place does not cover the new day.
    """
    days = days_of(session, event.id)
    if not days:
        return
    first_on, last_on = days[0], days[-1]
    places = session.scalars(select(Place).where(Place.event_id == event.id, Place.holds_place))
    words = charge_words(session, event.id)[1]
    for place in list(places):
        move_use_day(session, DrawSource.PLACE, place.id, first_on)
        person = session.get(Person, place.person_id) if place.person_id else None
        for charge in _movable(session, place.id):
            detail = detail_words(person, words)
            if (charge.tax_point_on, charge.detail) != (last_on, detail):
                charge.tax_point_on, charge.detail = last_on, detail
    session.flush()


def days_of(session: Session, event_id: int) -> list[date]:
    """Return the days of an event's sessions, in order."""
    starts = session.scalars(
        select(EventSession.starts_at).where(EventSession.event_id == event_id)
    )
    return sorted(at.date() for at in starts)


def _movable(session: Session, place_id: int) -> list[Charge]:
    found = select(Charge).where(
        Charge.source == str(Source.PLACE),
        Charge.source_id == place_id,
        Charge.state.in_([str(state) for state in MOVABLE]),
    )
    return list(session.scalars(found))
