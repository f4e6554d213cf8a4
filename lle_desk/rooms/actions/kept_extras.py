"""How charges, catering and equipment are put back when a change of the diary is undone."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState
from lle_desk.core.errors import OfficerError
from lle_desk.rooms.actions.keeping import NEVER_PUT_BACK, keep_rows
from lle_desk.rooms.actions.stock import refuse_short
from lle_desk.rooms.models import CateringLine, EquipmentLine

Values = Mapping[str, Any]


def _put_charge(_session: Session, charge: Charge, values: Values | None) -> None:
    if charge.state == ChargeState.BILLED:
        raise OfficerError(
            f"“{charge.description}” is on an issued paper by now, so this cannot be undone. "
            "Credit that paper first."
        )
    if values is None:
        charge.state, charge.hold_reason = str(ChargeState.VOID), "Taken back"
    else:
        _write(charge, values, NEVER_PUT_BACK)


def _name_charge(_session: Session, charge: Charge) -> str:
    return f"the charge “{charge.description}”"


def _put_catering(_session: Session, line: CateringLine, values: Values | None) -> None:
    if values is None:
        line.quantity = 0
        line.vegetarian = line.vegan = line.halal = line.gluten_free = line.other_diets = 0
    else:  # the final number stays once it is known
        _write(line, values, NEVER_PUT_BACK | {"room_use_id", "least_charged"})


def _put_equipment(session: Session, line: EquipmentLine, values: Values | None) -> None:
    quantity = values["quantity"] if values is not None else 0
    if line.holds_space:
        wanted = {line.equipment_id: quantity}
        refuse_short(session, line.room_use_id, line.starts_at, line.ends_at, wanted)
    line.quantity = quantity


def _write(row: Any, values: Values, never: frozenset[str]) -> None:
    for name, value in values.items():
        if name not in never and getattr(row, name) != value:
            setattr(row, name, value)


keep_rows(CateringLine, _put_catering)
keep_rows(EquipmentLine, _put_equipment)
keep_rows(Charge, _put_charge, _name_charge)
