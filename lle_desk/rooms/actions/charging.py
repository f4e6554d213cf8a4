"""The charges of a room booking follow what is booked, until a paper takes them.

`follow_charges` is called at the end of every action that changes what a booking owes. What is
unbilled is written anew; what is on an issued paper never changes, so a change that would need
it to is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy.orm import Session

from lle_desk.charges.actions import ChargeReason, add_charge, hold_charge, void_charge
from lle_desk.charges.models import Charge
from lle_desk.charges.queries import ChargeRow
from lle_desk.charges.rules import ChargeState, NewCharge
from lle_desk.core.errors import OfficerError
from lle_desk.rooms.models import RoomBooking
from lle_desk.rooms.queries.hire import (
    Due,
    DuePrice,
    dues_of,
    hire_charges,
    part_names,
    price_of,
    standing_charges,
)
from lle_desk.rooms.rules import number_words

_PUT_BACK = "charges are put back"
Key = tuple[str, int, str]


def follow_charges(session: Session, booking_id: int) -> None:
    """Write, rewrite or strike out the unbilled charges of a booking, as it is now.

    A price stays as it was frozen while what is sold, to whom and for which day stay.

    Raises:
        OfficerError: something that is on an issued paper would have to change.
    """
    if session.info.get(_PUT_BACK):
        return
    session.flush()
    booking = session.get_one(RoomBooking, booking_id)
    if booking.source == "course":
        return
    dues = dues_of(session, booking_id)
    written = _by_key(session, booking_id)
    for due in dues:
        _follow(session, booking, due, written.pop(due.key, None))
    for old in written.values():
        _strike_out(session, booking, old)


@contextmanager
def put_back(session: Session) -> Iterator[None]:
    """Let no charge follow inside: undoing puts charges back exactly as they were."""
    session.info[_PUT_BACK] = True
    try:
        yield
    finally:
        session.info.pop(_PUT_BACK, None)


def is_put_back(session: Session) -> bool:
    """Return whether something is being undone or done again."""
    return bool(session.info.get(_PUT_BACK))


def _by_key(session: Session, booking_id: int) -> dict[Key, ChargeRow]:
    rows = standing_charges(session, hire_charges(session, booking_id))
    if not rows:
        return {}
    parts = part_names(session, {row.offer_id for row in rows})
    return {(row.source, row.source_id, parts.get(row.offer_id, "")): row for row in rows}


def _follow(session: Session, booking: RoomBooking, due: Due, old: ChargeRow | None) -> None:
    if old is None:
        new = _priced(session, booking, due)
        if new is not None:  # else the inspector says what is missing
            add_charge(session, new)
    elif old.state == ChargeState.BILLED:
        if old.quantity != due.quantity:
            raise _on_paper(booking, old)
    elif _is_same(booking, due, old):
        _rewrite_words(session, booking, due, old)
    else:
        _replace(session, booking, due, old)


def _replace(session: Session, booking: RoomBooking, due: Due, old: ChargeRow) -> None:
    """Strike a charge out and write it as it is now; what was held back is held back again."""
    new = _again(booking, due, old) if _keeps_price(booking, due, old) else None
    new = new or _priced(session, booking, due)
    _strike_out(session, booking, old)
    if new is not None:
        charge_id = add_charge(session, new)
        if old.state == ChargeState.HELD:
            hold_charge(session, ChargeReason(charge_id, 1, old.hold_reason))


def _priced(session: Session, booking: RoomBooking, due: Due) -> NewCharge | None:
    if booking.customer_id is None:
        return None
    found = price_of(session, booking.customer_id, due)
    return _new_charge(booking, due, found) if isinstance(found, DuePrice) else None


def _is_same(booking: RoomBooking, due: Due, old: ChargeRow) -> bool:
    return _keeps_price(booking, due, old) and old.quantity == due.quantity


def _keeps_price(booking: RoomBooking, due: Due, old: ChargeRow) -> bool:
    return (old.offer_id, old.customer_id, old.tax_point_on) == (
        due.offer_id,
        booking.customer_id,
        due.last_on,
    )


def _rewrite_words(session: Session, booking: RoomBooking, due: Due, old: ChargeRow) -> None:
    if (old.detail, old.order_number) != (due.detail, booking.order_number):
        charge = session.get_one(Charge, old.id)
        charge.detail = due.detail
        charge.order_number = booking.order_number
        session.flush()


def _strike_out(session: Session, booking: RoomBooking, old: ChargeRow) -> None:
    if old.state == ChargeState.BILLED:
        raise _on_paper(booking, old)
    void_charge(session, ChargeReason(old.id, old.version, "The booking was changed"))


def _on_paper(booking: RoomBooking, old: ChargeRow) -> OfficerError:
    return OfficerError(
        f"“{old.description}” of {number_words(booking.number)} is on an issued paper. "
        "Credit that paper first, then change the booking."
    )


def _new_charge(booking: RoomBooking, due: Due, found: DuePrice) -> NewCharge:
    return NewCharge(
        customer_id=booking.customer_id or 0,
        offer_id=due.offer_id,
        source=due.source,
        source_id=due.source_id,
        description=due.offer,
        detail=due.detail,
        quantity=due.quantity,
        unit_price=found.price.amount,
        band=found.price.band,
        price_reason=found.price.reason,
        supply=due.supply,
        vat_code=found.vat.code,
        vat_rate=found.vat.rate,
        vat_reason=found.vat.reason,
        route=found.route.value,
        route_reason=found.route.reason,
        tax_point_on=due.last_on,
        order_number=booking.order_number,
    )


def _again(booking: RoomBooking, due: Due, old: ChargeRow) -> NewCharge:
    """Return a charge at the price that was frozen, for what is booked now."""
    names = NewCharge.__dataclass_fields__
    frozen = NewCharge(**{name: getattr(old, name) for name in names})
    return replace(
        frozen, quantity=due.quantity, detail=due.detail, order_number=booking.order_number
    )
