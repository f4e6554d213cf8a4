"""Cancellation fees that are waived: the place was sold again, or its event called off."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lle_desk.agreements.actions import return_use
from lle_desk.agreements.models import AgreementDraw
from lle_desk.agreements.rules import DrawSource
from lle_desk.charges.actions import ChargeReason, release_charge, take_back, void_charge
from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.ready import table_of
from lle_desk.courses.models import Event, Place
from lle_desk.courses.queries.fees import cancellation_fees
from lle_desk.courses.rules import UNTIL_RESOLD, PlaceState

_CHARGE, _PLACE = table_of(Charge), table_of(Place)
_FEES = (  # made once: it is asked for every booking
    select(_CHARGE.c.id, _CHARGE.c.version)
    .join(_PLACE, (_CHARGE.c.source == str(Source.PLACE)) & (_CHARGE.c.source_id == _PLACE.c.id))
    .where(
        _PLACE.c.event_id == bindparam("event"),
        ~_PLACE.c.holds_place,  # as no cancelled place does; the index stands by it
        _PLACE.c.state == str(PlaceState.CANCELLED),
        _CHARGE.c.state == str(ChargeState.HELD),
        _CHARGE.c.hold_reason == UNTIL_RESOLD,
    )
    .order_by(_CHARGE.c.id)
)


def settle_resold(session: Session, event_id: int) -> int:
    """Strike out the fees of cancelled places that were sold again; return how many.

    A place was sold again when the event would be over-full with it: while seats are free
    anyway, a new booking takes one of those. The fee that waits longest goes first.
    """
    fees = session.execute(_FEES, {"event": event_id}).all()
    if not fees:
        return 0
    event = session.get_one(Event, event_id, populate_existing=True)  # triggers count its places
    resold = max(0, event.places_held + len(fees) - event.capacity)
    for fee in fees[:resold]:
        void_charge(session, ChargeReason(fee.id, fee.version, "Waived: the place was sold again"))
    return min(resold, len(fees))


def let_go_of_fees(session: Session, event_id: int, kept: Sequence[int] = ()) -> list[str]:
    """Let fees for late cancelling fall; return the numbers of what was issued for those billed.

    For an event that is called off: whoever cancelled before could not have come either. Those
    `kept` are to be paid, and wait no longer for a place to be sold that nobody can buy.
    """
    fees = cancellation_fees(session, event_id)
    for fee in fees:
        if fee.charge_id in kept and fee.waits_for_resale:
            release_charge(session, fee.charge_id, fee.version)
    falls = [fee.charge_id for fee in fees if fee.charge_id not in kept]
    return take_back(session, falls, "Waived: the event was called off") if falls else []


def give_back_to_agreements(session: Session, event_id: int) -> int:
    """Give agreements back the places that a late notice used up; return how many.

    For an event that is called off, as `let_go_of_fees`: a place of an agreement is money too.
    """
    used = session.scalars(
        select(AgreementDraw.source_id)
        .join(Place, Place.id == AgreementDraw.source_id)
        .where(
            AgreementDraw.source == str(DrawSource.PLACE),
            ~AgreementDraw.is_returned,
            Place.event_id == event_id,
            Place.state == str(PlaceState.CANCELLED),
        )
        .order_by(AgreementDraw.id)
    ).all()
    for place_id in used:
        return_use(session, DrawSource.PLACE, place_id)
    return len(used)
