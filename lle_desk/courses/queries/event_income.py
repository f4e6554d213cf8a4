"""What events bring from their places: the one rule for the page, the risk list, the figures."""

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.queries import credits_by_charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.money import Pence
from lle_desk.courses.models import Event, Place

NO_MONEY = Pence(0)


@dataclass(frozen=True, slots=True)
class EventIncome:
    """What the places of an event bring, before VAT, by where it stands.

    Void charges bring nothing. Fees for cancelling late and for not coming count, and what
    credit notes gave back is taken off: `credited` is below 0 or 0.
    """

    unbilled: Pence = NO_MONEY
    held: Pence = NO_MONEY
    billed: Pence = NO_MONEY
    credited: Pence = NO_MONEY

    @property
    def income(self) -> Pence:
        return Pence(self.unbilled + self.held + self.billed + self.credited)


NOTHING = EventIncome()
FIELDS = {
    str(ChargeState.UNBILLED): "unbilled",
    str(ChargeState.HELD): "held",
    str(ChargeState.BILLED): "billed",
}


def income_of(session: Session, which: ColumnElement[bool]) -> dict[int, EventIncome]:
    """Return the income of the events that `which` holds of; one that brings nothing is left out.

    Two questions, however many events.
    """
    found: dict[int, EventIncome] = {}
    of_place = (Charge.source == Source.PLACE.value) & (Charge.source_id == Place.id)
    charged = (
        select(Place.event_id, Charge.state, func.sum(Charge.net))
        .join(Event, Event.id == Place.event_id)
        .join(Charge, of_place)
        .where(which, Charge.state != ChargeState.VOID.value)
        .group_by(Place.event_id, Charge.state)
    )
    for event_id, state, net in session.execute(charged):
        now = found.get(event_id, NOTHING)
        found[event_id] = replace(now, **{FIELDS[state]: Pence(int(net))})
    credits_given = credits_by_charge()
    if credits_given is None:
        return found
    given = credits_given.subquery()
    credited = (
        select(Place.event_id, func.sum(given.c.net))
        .join(Event, Event.id == Place.event_id)
        .join(Charge, of_place)
        .join(given, given.c.charge_id == Charge.id)
        .where(which, Charge.state != ChargeState.VOID.value)
        .group_by(Place.event_id)
    )
    for event_id, net in session.execute(credited):
        found[event_id] = replace(found.get(event_id, NOTHING), credited=Pence(int(net)))
    return found
