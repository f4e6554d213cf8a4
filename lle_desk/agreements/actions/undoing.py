"""An agreement made, changed or ended, with its way back: the charge of its price goes along.

A new one is not deleted, since its number was given: taken back it covers nothing from its first
day on, and nobody pays for it.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from lle_desk.agreements.actions.agreeing import (
    EditAgreement,
    EndAgreement,
    MakeAgreement,
    charge_again,
    edit_agreement,
    end_agreement,
    make_agreement,
)
from lle_desk.agreements.models import Agreement
from lle_desk.agreements.rules import TAKEN_BACK, amount, number_words
from lle_desk.core.errors import OfficerError
from lle_desk.core.undo import Record, Undoable, Way, versions_of

CHANGED = (  # what an officer can change of it, or its end
    "title",
    "starts_on",
    "ends_on",
    "units",
    "price",
    "order_number",
    "notes",
    "cancelled_on",
    "cancelled_reason",
)


def make_agreement_with_way(session: Session, ask: MakeAgreement) -> Undoable[int]:
    """Make an agreement as `make_agreement` does; undone while nothing was used of it."""
    agreement = session.get_one(Agreement, make_agreement(session, ask))
    made = _values(agreement)
    gone = {**made, "cancelled_on": agreement.starts_on, "cancelled_reason": TAKEN_BACK}
    record = _record(agreement)
    way = Way(
        f"Made the agreement {number_words(agreement.number)}",
        partial(_put, number=agreement.id, values=gone),
        partial(_put, number=agreement.id, values=made),
        {record: 0},
        versions_of(session, [record]),
    )
    return Undoable(agreement.id, way)


def edit_agreement_with_way(session: Session, ask: EditAgreement) -> Undoable[int]:
    """Change an agreement as `edit_agreement` does, and return its id with the way back."""
    return _changed(session, ask.agreement_id, "Saved", partial(edit_agreement, ask=ask))


def end_agreement_with_way(session: Session, ask: EndAgreement) -> Undoable[int]:
    """End an agreement as `end_agreement` does, and return its id with the way back."""
    return _changed(session, ask.agreement_id, "Ended", partial(end_agreement, ask=ask))


def _changed(
    session: Session, number: int, verb: str, action: Callable[[Session], None]
) -> Undoable[int]:
    agreement = session.get_one(Agreement, number)
    record, was = _record(agreement), _values(agreement)
    before = versions_of(session, [record])
    action(session)
    way = Way(
        f"{verb} the agreement {number_words(agreement.number)}",
        partial(_put, number=number, values=was),
        partial(_put, number=number, values=_values(agreement)),
        before,
        versions_of(session, [record]),
    )
    return Undoable(number, way)


def _put(session: Session, number: int, values: Mapping[str, Any]) -> None:
    """Let an agreement be so; its charge is written again when what is to be paid changes.

    Raises:
        OfficerError: something is used of one that would go, or its price is on an issued paper.
    """
    agreement = session.get_one(Agreement, number, populate_existing=True)  # triggers count uses
    if values["cancelled_reason"] == TAKEN_BACK and agreement.used:
        used = amount(agreement.allowance, agreement.used)
        raise OfficerError(
            f"{used} of {number_words(agreement.number)} are used by now, so it stays. Give them"
            " back first, or end the agreement early."
        )
    paid = _paid(agreement)
    for name, value in values.items():
        setattr(agreement, name, value)
    session.flush()
    if _paid(agreement) != paid:
        charge_again(session, agreement, _paid(agreement))


def _paid(agreement: Agreement) -> int:
    """Return what is paid for it: one that ended early is paid as agreed, one taken back not."""
    return 0 if agreement.cancelled_reason == TAKEN_BACK else agreement.price


def _values(agreement: Agreement) -> Mapping[str, Any]:
    return {name: getattr(agreement, name) for name in CHANGED}


def _record(agreement: Agreement) -> Record:
    return Record("agreement", agreement.id, number_words(agreement.number))
