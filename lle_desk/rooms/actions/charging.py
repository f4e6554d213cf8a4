"""The charges of a room booking follow what is booked, until a paper takes them.

`follow_charges` is called at the end of every action that changes what a booking owes. What is
unbilled is written anew. What is on an issued paper never changes: it stands while the same
money is owed, wherever and whenever the room is now; else it is credited and charged anew, once
an officer has seen that and agreed.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.actions import (
    ChargeReason,
    add_charge,
    add_charges,
    hold_charge,
    take_back,
    void_charge,
)
from lle_desk.charges.models import Charge
from lle_desk.charges.queries import ChargeRow
from lle_desk.charges.rules import ChargeState, NewCharge, Source
from lle_desk.offers.queries import asked_once
from lle_desk.rooms.actions.agreeing import PaperStands, may_credit_here, note_stands
from lle_desk.rooms.models import RoomBooking, RoomUse
from lle_desk.rooms.queries.hire import (
    Due,
    DuePrice,
    dues_of,
    dues_of_many,
    hire_charges,
    hire_charges_of_many,
    part_names,
    price_of,
    standing_charges,
)
from lle_desk.rooms.rules import number_words

_PUT_BACK = "charges are put back"
_TOGETHER = "charges follow together"
CHANGED = "The booking was changed"
AT_ONCE = 500  # bookings in one question
Key = tuple[str, int, str]


def follow_charges(session: Session, *booking_ids: int) -> None:
    """Write, rewrite or strike out the charges of bookings, as they are now.

    A price stays as it was frozen while what is sold, to whom and for which day stay. Of many
    bookings all is read in a few questions.

    Raises:
        PaperStands: something that is on an issued paper would have to be credited, and nobody
            has agreed to that yet.
    """
    if session.info.get(_PUT_BACK):
        return
    later: dict[int, None] | None = session.info.get(_TOGETHER)
    if later is not None:
        later.update(dict.fromkeys(booking_ids))
        return
    session.flush()
    with asked_once(session):
        for first in range(0, len(booking_ids), AT_ONCE):
            _follow_some(session, booking_ids[first : first + AT_ONCE])


def _follow_some(session: Session, booking_ids: Sequence[int]) -> None:
    hired = RoomBooking.id.in_(booking_ids), RoomBooking.source != "course"
    bookings = session.scalars(select(RoomBooking).where(*hired).order_by(RoomBooking.id)).all()
    if not bookings:
        return
    numbers = [booking.id for booking in bookings]
    dues: dict[int, list[Due]] = {}
    for due in dues_of_many(session, numbers):
        dues.setdefault(due.booking_id, []).append(due)
    charges = hire_charges_of_many(session, numbers)
    counting = standing_charges(session, [row for rows in charges.values() for row in rows])
    parts = part_names(session, {row.offer_id for row in counting})
    counts = {row.id for row in counting}
    # Held here, they are not asked for one by one when they are struck out.
    _held = session.scalars(select(Charge).where(Charge.id.in_(counts))).all() if counts else ()
    new: list[NewCharge] = []
    for booking in bookings:
        rows = [row for row in charges.get(booking.id, ()) if row.id in counts]
        written = _by_key(session, rows, parts)
        new += _follow_booking(session, booking, dues.get(booking.id, []), written)
    _add(session, new)


def _add(session: Session, new: Sequence[NewCharge]) -> None:
    """Write new charges: one by the statement that is ready for it, many at once."""
    if len(new) > 1:
        add_charges(session, new)
    elif new:
        add_charge(session, new[0])


def _follow_booking(
    session: Session, booking: RoomBooking, dues: Sequence[Due], written: dict[Key, ChargeRow]
) -> list[NewCharge]:
    """Bring the charges of one booking up to date, and return what is new, to be written."""
    billed = {key: old for key, old in written.items() if old.state == ChargeState.BILLED}
    wanted = {due.key: due for due in dues}
    stands = {key for key, old in billed.items() if _stands(session, booking, wanted, key, old)}
    credited = [old for key, old in billed.items() if key not in stands]
    if credited and not may_credit_here(session):
        anew = [
            _priced(session, booking, due)
            for due in dues
            if due.key not in stands and (due.key not in written or due.key in billed)
        ]
        paper = PaperStands(number_words(booking.number), credited, [one for one in anew if one])
        note_stands(session, paper)
        return []
    if credited:
        take_back(session, [old.id for old in credited], CHANGED)
    open_ones = {key: old for key, old in written.items() if key not in billed}
    new: list[NewCharge | None] = []
    for due in dues:
        old = open_ones.pop(due.key, None)
        if due.key in stands:
            continue
        if old is None:
            new.append(_priced(session, booking, due))
        else:
            _follow(session, booking, due, old)
    for old in open_ones.values():
        _strike_out(session, old)
    return [one for one in new if one is not None]  # of others the inspector says what is missing


def charged_anew(session: Session, booking: RoomBooking) -> list[NewCharge]:
    """Return what a booking, as it is now, is to be charged that it is not charged yet."""
    counting = standing_charges(session, hire_charges(session, booking.id))
    parts = part_names(session, {row.offer_id for row in counting})
    charged = {(row.source, row.source_id, parts.get(row.offer_id, "")) for row in counting}
    dues = [due for due in dues_of(session, booking.id) if due.key not in charged]
    return [new for due in dues if (new := _priced(session, booking, due)) is not None]


def charge_new(session: Session, bookings: Sequence[RoomBooking]) -> None:
    """Write the charges of bookings that were made in this action, all at once."""
    by_id = {one.id: one for one in bookings if one.customer_id is not None}
    if not by_id:
        return  # there is nobody to charge
    with asked_once(session):
        priced = [
            _priced(session, by_id[due.booking_id], due)
            for due in dues_of_many(session, list(by_id))
        ]
    _add(session, [new for new in priced if new is not None])


@contextmanager
def followed_together(session: Session) -> Iterator[None]:
    """Let the charges of all that changes inside follow at the end, in a few questions for all."""
    later: dict[int, None] = {}
    session.info[_TOGETHER] = later
    try:
        yield
    finally:
        del session.info[_TOGETHER]
    follow_charges(session, *later)


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


def _by_key(
    session: Session, rows: Sequence[ChargeRow], parts: dict[int, str]
) -> dict[Key, ChargeRow]:
    """Return the charge of each key; of two that undoing left there, the older is void."""
    found: dict[Key, ChargeRow] = {}
    for row in rows:
        key = (row.source, row.source_id, parts.get(row.offer_id, ""))
        twice = found.get(key)
        if twice is not None and twice.state != ChargeState.BILLED:
            _strike_out(session, twice)
        elif twice is not None:
            _strike_out(session, row)
            continue
        found[key] = row
    return found


def _stands(
    session: Session, booking: RoomBooking, wanted: dict[Key, Due], key: Key, old: ChargeRow
) -> bool:
    """Return whether what was billed is still what is owed; the paper keeps its words."""
    due = wanted.get(key)
    if due is None:
        return _waits_for_a_room(session, old)
    if _is_same(booking, due, old):
        return True
    new = _priced(session, booking, due)
    return new is not None and (new.customer_id, new.net, new.vat, new.vat_code) == (
        old.customer_id,
        old.net,
        old.vat,
        old.vat_code,
    )


def _waits_for_a_room(session: Session, old: ChargeRow) -> bool:
    """Return whether it is hire of what is parked: its next room says what it costs."""
    if old.source != Source.ROOM_USE:
        return False
    use = session.get_one(RoomUse, old.source_id)
    return use.holds_space and use.space_id is None


def _follow(session: Session, booking: RoomBooking, due: Due, old: ChargeRow) -> None:
    if _is_same(booking, due, old):
        _rewrite_words(session, booking, due, old)
    else:
        _replace(session, booking, due, old)


def _replace(session: Session, booking: RoomBooking, due: Due, old: ChargeRow) -> None:
    """Strike a charge out and write it as it is now; what was held back is held back again."""
    new = _again(booking, due, old) if _keeps_price(booking, due, old) else None
    new = new or _priced(session, booking, due)
    _strike_out(session, old)
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


def _strike_out(session: Session, old: ChargeRow) -> None:
    void_charge(session, ChargeReason(old.id, old.version, CHANGED))


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
