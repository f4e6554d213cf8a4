"""What a charge is and whether it can still change. Plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lle_desk.core.money import BasisPoints, Pence, vat_on
from lle_desk.customers.rules import Route


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


def back_word(routes: Iterable[str]) -> str:
    """Return how billed charges of these routes are given back: credited, by journal reversed."""
    said = {"reversed" if route == Route.RECHARGE else "credited" for route in routes}
    return " and ".join(sorted(said)) or "credited"


def papers_back(routes: Iterable[str]) -> str:
    """Return what gives back billed charges of these routes: "a credit note is issued"."""
    said = {_PAPERS_BACK[Route(route)] for route in routes}
    return f"{' and '.join(sorted(said))} {'is' if len(said) == 1 else 'are'} issued"


def given_back_words(route: str) -> str:
    """Return what becomes of a billed charge of this route that is taken back, as a sentence."""
    if route == Route.RECHARGE:
        return "It was recharged by journal, and a reversing recharge is issued now"
    return "It is on an issued paper and is credited now"


_PAPERS_BACK = {Route.INVOICE: "a credit note", Route.RECHARGE: "a reversing recharge"}


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
