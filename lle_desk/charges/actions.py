"""How charges are written, held back, released and made void, until a paper takes them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.queries import ChargeRow
from lle_desk.charges.rules import ChargeState, NewCharge, Source
from lle_desk.core.days import day_words
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence
from lle_desk.core.ready import known_id, put_in
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explain
from lle_desk.core.types import clean_text
from lle_desk.offers.queries import vat_for
from lle_desk.offers.rules import Supply

explain(
    {
        "ck_charge_held_why": ("Say why the charge is held back.", "reason"),
        "ck_charge_hold_reason_text": ("Give a reason of at most 200 letters.", "reason"),
        "ck_charge_order_number_text": (
            "An order number has at most 60 letters.",
            "order_number",
        ),
        "ck_charge_quantity_some": "A charge is for at least one of something.",
    }
)


@dataclass(frozen=True, slots=True)
class ChargeReason:
    """Hold a charge back or make it void, and why."""

    charge_id: int
    seen_version: int
    reason: str


def add_charge(session: Session, new: NewCharge, client_uuid: str = "") -> int:
    """Write an unbilled charge and return its id; the same `client_uuid` again writes nothing."""
    if client_uuid:
        known = known_id(session, Charge, client_uuid)
        if known is not None:
            return known
    return put_in(session, _unbilled(new, client_uuid or new_uuid()))


def add_charges(session: Session, many: Sequence[NewCharge]) -> None:
    """Write unbilled charges, all of them in a few statements."""
    session.add_all([_unbilled(new, new_uuid()) for new in many])
    session.flush()


def _unbilled(new: NewCharge, client_uuid: str) -> Charge:
    return Charge(
        client_uuid=client_uuid,
        customer_id=new.customer_id,
        offer_id=new.offer_id,
        source=str(new.source),
        source_id=new.source_id,
        state=str(ChargeState.UNBILLED),
        description=new.description,
        detail=new.detail,
        quantity=new.quantity,
        unit_price=new.unit_price,
        net=new.net,
        vat=new.vat,
        band=str(new.band),
        price_reason=new.price_reason,
        supply=str(new.supply),
        vat_code=str(new.vat_code),
        vat_rate=new.vat_rate,
        vat_reason=new.vat_reason,
        route=str(new.route),
        route_reason=new.route_reason,
        tax_point_on=new.tax_point_on,
        order_number=new.order_number,
    )


def hold_charge(session: Session, ask: ChargeReason) -> None:
    """Hold a charge back, so that no paper takes it until it is released.

    Raises:
        OfficerError: no reason was given, or the charge is billed or void.
        RecordChanged: it was saved since it was opened.
    """
    charge = _changeable(session, ask.charge_id, ask.seen_version)
    charge.state = str(ChargeState.HELD)
    charge.hold_reason = _reason(ask.reason)
    session.flush()


def release_charge(session: Session, charge_id: int, seen_version: int) -> None:
    """Let the next paper take a charge that was held back.

    Raises:
        OfficerError: the charge is billed or void.
        RecordChanged: it was saved since it was opened.
    """
    charge = _changeable(session, charge_id, seen_version)
    charge.state = str(ChargeState.UNBILLED)
    charge.hold_reason = ""
    session.flush()


def void_charge(session: Session, ask: ChargeReason) -> None:
    """Strike a charge out; it stays on the booking with its reason, and is never billed.

    Raises:
        OfficerError: no reason was given, or the charge is billed or void.
        RecordChanged: it was saved since it was opened.
    """
    charge = _changeable(session, ask.charge_id, ask.seen_version)
    charge.state = str(ChargeState.VOID)
    charge.hold_reason = _reason(ask.reason)
    session.flush()


def fee_instead(
    session: Session, old: ChargeRow, fee: Pence, why: str, day: date, said: str = ""
) -> NewCharge:
    """Return a fee in the place of what a record was charged: compensation, not a supply.

    `said` is its description, "Cancelled: …" unless given.

    Raises:
        OfficerError: the VAT of compensation on that day is not known.
    """
    vat = vat_for(session, Supply.COMPENSATION, old.customer_id, day)
    if vat is None:
        raise OfficerError(
            f"The VAT of compensation on {day_words(day)} is not known. Ask finance."
        )
    return NewCharge(
        customer_id=old.customer_id,
        offer_id=old.offer_id,
        source=Source(old.source),
        source_id=old.source_id,
        description=(said or f"Cancelled: {old.description}")[:300].strip(),
        detail=old.detail,
        quantity=1,
        unit_price=fee,
        band=old.band,
        price_reason=why,
        supply=Supply.COMPENSATION,
        vat_code=vat.code,
        vat_rate=vat.rate,
        vat_reason=vat.reason,
        route=old.route,
        route_reason=old.route_reason,
        tax_point_on=day,
        order_number=old.order_number,
    )


Crediting = Callable[[Session, Sequence[int], str], list[str]]
_crediting: list[Crediting] = []
_TOLD = "credit notes are told"


def credit_with(crediting: Crediting) -> None:
    """Let `crediting(session, charge ids, reason)` give back what was billed.

    Papers are a slice above; it registers itself here when it is loaded. It returns the numbers
    of the credit notes it issued.
    """
    _crediting[:] = [crediting]


@contextmanager
def credits_told(session: Session) -> Iterator[list[str]]:
    """Give a list that gets the numbers of the credit notes which are issued inside."""
    numbers: list[str] = []
    session.info[_TOLD] = numbers
    try:
        yield numbers
    finally:
        session.info.pop(_TOLD, None)


def take_back(session: Session, charge_ids: Sequence[int], reason: str) -> list[str]:
    """Let charges count no more: void while unbilled, given back where a paper has them.

    Return the numbers of the credit notes that were issued for it.

    Raises:
        OfficerError: a charge is on an issued paper and papers are not at hand.
    """
    why = _reason(reason[:200])
    charges = session.scalars(select(Charge).where(Charge.id.in_(charge_ids)).order_by(Charge.id))
    billed: list[int] = []
    for charge in charges:
        if charge.state == ChargeState.BILLED:
            billed.append(charge.id)
        elif charge.state != ChargeState.VOID:
            charge.state = str(ChargeState.VOID)
            charge.hold_reason = why
    session.flush()
    if billed and not _crediting:
        raise OfficerError("A charge is on an issued paper. Credit that paper first.")
    numbers = _crediting[0](session, billed, why) if billed else []
    session.info.get(_TOLD, []).extend(numbers)
    return numbers


def _changeable(session: Session, charge_id: int, seen_version: int) -> Charge:
    charge = session.get_one(Charge, charge_id)
    if charge.version != seen_version:
        raise RecordChanged("This charge was changed while you had it open. Open it again.")
    if charge.state == ChargeState.BILLED:
        raise OfficerError("This charge is on an issued paper. Credit that paper instead.")
    if charge.state == ChargeState.VOID:
        raise OfficerError("This charge is void already. Add a new one instead.")
    return charge


def _reason(typed: str) -> str:
    reason = clean_text(typed)
    if not reason:
        raise OfficerError("Say why, for whoever reads this next.", "reason")
    if len(reason) > 200:
        raise OfficerError("Give a reason of at most 200 letters.", "reason")
    return reason
