"""What events bring from their places: the one rule for the page, the risk list, the figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.queries import credits_by_charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.money import Pence
from lle_desk.courses.models import Place

NO_MONEY = Pence(0)
AT_ONCE = 500  # charges in one question


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
    """Return the income by event, of the places that `which` holds of: by their event.

    An event that brings nothing is left out. Few questions, however many events.
    """
    found: dict[int, EventIncome] = {}
    of_place = (
        (Charge.source == Source.PLACE.value)
        & (Charge.source_id == Place.id)
        & Charge.source_id.in_(select(Place.id).where(which))  # keeps SQLite from all charges
    )
    charged = (
        select(Place.event_id, Charge.state, func.sum(Charge.net))
        .join(Charge, of_place)
        .where(which, Charge.state != ChargeState.VOID.value)
        .group_by(Place.event_id, Charge.state)
    )
    for event_id, state, net in session.execute(charged):
        now = found.get(event_id, NOTHING)
        found[event_id] = replace(now, **{FIELDS[state]: Pence(int(net))})
    for event_id, net in _credited(session, which).items():
        found[event_id] = replace(found.get(event_id, NOTHING), credited=Pence(net))
    return found


def credited_of(session: Session, charge_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return what credit notes gave back of these charges, net and VAT, both below 0 or 0."""
    asked = credits_by_charge()
    if asked is None or not charge_ids:
        return {}
    rows = asked.subquery()
    given = (
        select(rows.c.charge_id, func.sum(rows.c.net), func.sum(rows.c.vat))
        .where(rows.c.charge_id.in_(charge_ids))
        .group_by(rows.c.charge_id)
    )
    return {charge_id: (int(net), int(vat)) for charge_id, net, vat in session.execute(given)}


def _credited(session: Session, which: ColumnElement[bool]) -> dict[int, int]:
    """Return what was given back by event. Credits are few, so it begins with them."""
    asked = credits_by_charge()
    given: dict[int, int] = {}
    for charge_id, net, _vat in session.execute(asked) if asked is not None else ():
        if charge_id is not None:
            given[charge_id] = given.get(charge_id, 0) + net
    sums: dict[int, int] = {}
    numbers = list(given)
    for first in range(0, len(numbers), AT_ONCE):
        some = Charge.id.in_(numbers[first : first + AT_ONCE])
        place = (Charge.source == Source.PLACE.value) & (Charge.source_id == Place.id)
        placed = select(Charge.id, Place.event_id).join(Place, place).where(some, which)
        for charge_id, event_id in session.execute(placed):
            sums[event_id] = sums.get(event_id, 0) + given[charge_id]
    return sums
