"""Cancellation fees that are waived when the place is sold again."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lle_desk.charges.actions import ChargeReason, void_charge
from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.courses.models import Event, Place
from lle_desk.courses.rules import UNTIL_RESOLD, PlaceState

_FEES = (  # made once: it is asked for every booking
    select(Charge.id, Charge.version)
    .join(Place, (Charge.source == str(Source.PLACE)) & (Charge.source_id == Place.id))
    .where(
        Place.event_id == bindparam("event"),
        Place.state == str(PlaceState.CANCELLED),
        Charge.state == str(ChargeState.HELD),
        Charge.hold_reason == UNTIL_RESOLD,
    )
    .order_by(Charge.id)
)


def settle_resold(session: Session, event: Event) -> int:
    """Strike out the fees of cancelled places that were sold again; return how many.

    A place was sold again when the event would be over-full with it: while seats are free
    anyway, a new booking takes one of those. The fee that waits longest goes first.
    """
    session.refresh(event)
    fees = session.execute(_FEES, {"event": event.id}).all()
    resold = max(0, event.places_held + len(fees) - event.capacity)
    for fee in fees[:resold]:
        void_charge(session, ChargeReason(fee.id, fee.version, "Waived: the place was sold again"))
    return min(resold, len(fees))
