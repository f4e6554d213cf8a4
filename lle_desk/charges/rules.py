"""What a charge is and whether it can still change. Plain values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lle_desk.core.money import BasisPoints, Pence, vat_on


class ChargeState(StrEnum):
    """Where a charge is on its way to a paper."""

    UNBILLED = "unbilled"
    HELD = "held back"
    BILLED = "billed"
    VOID = "void"


class Source(StrEnum):
    """The sorts of record that write charges; the words are the tables' names."""

    PLACE = "place"
    ROOM_USE = "room_use"
    ROOM_BOOKING = "room_booking"
    CATERING_LINE = "catering_line"
    EQUIPMENT_LINE = "equipment_line"
    VISIT = "visit"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class NewCharge:
    """One billable line as a booking writes it: everything that is frozen on the charge.

    `quantity` whole units at `unit_price`; `net` and `vat` follow from them, VAT rounded half
    up on the line.
    """

    customer_id: int
    offer_id: int
    source: Source
    source_id: int
    description: str
    detail: str
    quantity: int
    unit_price: Pence
    band: str
    price_reason: str
    supply: str
    vat_code: str
    vat_rate: BasisPoints
    vat_reason: str
    route: str
    route_reason: str
    tax_point_on: date
    order_number: str

    @property
    def net(self) -> Pence:
        return Pence(self.quantity * self.unit_price)

    @property
    def vat(self) -> Pence:
        return vat_on(self.net, self.vat_rate)
