"""What is sold at which price, and its VAT: plain values, chosen by date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lle_desk.core.days import day_words, working_days_between
from lle_desk.core.money import BasisPoints, Pence
from lle_desk.customers.rules import ALWAYS


class Supply(StrEnum):
    """The kinds of supply that finance tells apart for VAT."""

    EDUCATION = "education"
    ROOM_HIRE = "room hire"
    CATERING = "catering"
    ACCOMMODATION = "accommodation with education"
    GOODS = "goods"
    STAFF = "supply staff"
    CONSULTANCY = "consultancy"
    COMPENSATION = "compensation"


class VatCode(StrEnum):
    """The council's VAT codes."""

    STANDARD = "S"
    REDUCED = "R"
    ZERO = "Z"
    EXEMPT = "E"
    OUTSIDE = "O"


VAT_WORDS = {
    VatCode.STANDARD: "standard rate",
    VatCode.REDUCED: "reduced rate",
    VatCode.ZERO: "zero rate",
    VatCode.EXEMPT: "exempt",
    VatCode.OUTSIDE: "outside the scope",
}


@dataclass(frozen=True, slots=True)
class BandPrice:
    """What one band pays for an offer, before VAT."""

    band: str
    amount: Pence


@dataclass(frozen=True, slots=True)
class DatedPrice:
    """The price of an offer for a band from a day on."""

    band: str
    amount: Pence
    valid_from: date


@dataclass(frozen=True, slots=True)
class PriceFound:
    """A price with the reason an officer reads out: "county, from Sun 1 Sep 2013"."""

    amount: Pence
    reason: str
    band: str


@dataclass(frozen=True, slots=True)
class VatRuling:
    """A row of finance's table: this supply to this class has this code from a day on."""

    supply: str
    vat_class: str
    code: str
    valid_from: date
    reason: str


@dataclass(frozen=True, slots=True)
class VatRate:
    """The rate of a code from a day on, in basis points."""

    code: str
    rate: BasisPoints
    valid_from: date


@dataclass(frozen=True, slots=True)
class VatFound:
    """The VAT of a charge, frozen on it, with the reason."""

    code: str
    rate: BasisPoints
    reason: str


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """One row of a cancellation scale.

    Applies when notice is less than `notice_below` (None: any notice at all that no earlier
    row took), counted in the scale's unit; charges `percent` of the base.
    """

    notice_below: int | None
    percent: int
    base: str


@dataclass(frozen=True, slots=True)
class Scale:
    """What cancelling costs by notice given: steps from the shortest notice to any notice.

    `free_place_fee` is charged instead of the fee of a place that cost nothing.
    """

    name: str
    unit: str  # "working days" or "weeks"
    free_place_fee: Pence
    steps: tuple[ScaleStep, ...]


def find_price(prices: Iterable[DatedPrice], band: str, day: date) -> PriceFound | None:
    """Return the price in force for `band` on `day`, or None when there is none."""
    valid = [price for price in prices if price.band == band and price.valid_from <= day]
    newest = max(valid, key=lambda price: price.valid_from, default=None)
    if newest is None:
        return None
    if newest.valid_from <= ALWAYS:
        return PriceFound(newest.amount, str(band), band)
    return PriceFound(newest.amount, f"{band}, from {day_words(newest.valid_from)}", band)


def find_vat(
    rulings: Iterable[VatRuling],
    rates: Iterable[VatRate],
    supply: str,
    vat_class: str,
    day: date,
) -> VatFound | None:
    """Return the VAT of `supply` to `vat_class` on `day`, or None when finance has no row."""
    valid = [
        ruling
        for ruling in rulings
        if (ruling.supply, ruling.vat_class) == (supply, vat_class) and ruling.valid_from <= day
    ]
    ruling = max(valid, key=lambda row: row.valid_from, default=None)
    if ruling is None:
        return None
    known = [rate for rate in rates if rate.code == ruling.code and rate.valid_from <= day]
    rate = max(known, key=lambda row: row.valid_from, default=None)
    return VatFound(ruling.code, rate.rate if rate else BasisPoints(0), ruling.reason)


def last_free_day(event_on: date, working_days: int) -> date:
    """Return the last day on which written notice still counts as `working_days` in full.

    The day of notice is left out, the day of the event counted.
    """
    day = event_on
    while working_days_between(day, event_on) < working_days:
        day -= timedelta(days=1)
    return day


def last_day_of_notice(event_on: date, notice: int, unit: str) -> date:
    """Return the last day on which written notice is still `notice` of the scale's units.

    Raises:
        ValueError: the unit is not one that scales use.
    """
    if unit == "working days":
        return last_free_day(event_on, notice)
    if unit == "weeks":
        return event_on - timedelta(weeks=notice)
    raise ValueError(f"A scale counts in working days or weeks, not in {unit!r}")


def step_on(scale: Scale, notice_on: date, event_on: date) -> ScaleStep | None:
    """Return the row of `scale` that notice given on `notice_on` falls under."""
    for step in scale.steps:
        if step.notice_below is None:
            return step
        if notice_on > last_day_of_notice(event_on, step.notice_below, scale.unit):
            return step
    return None


def cancellation_fee(fee: Pence, percent: int, free_place_fee: Pence) -> Pence:
    """Return what one place costs when cancelled at `percent`, halves of a penny up.

    The council's terms: a place that cost nothing pays a fixed fee instead.
    """
    base = fee or free_place_fee
    return Pence((base * percent + 50) // 100)


@dataclass(frozen=True, slots=True)
class CancellationTerm:
    """What notice between two days costs a booking, place by place.

    `first` and `last` are the days the notice arrives, both counted; None is open. `notice` is
    the least the term asks for, in the scale's unit, None when any will do.
    """

    first: date | None
    last: date | None
    notice: int | None
    percent: int
    amounts: tuple[Pence, ...]


def cancellation_terms(
    scale: Scale, event_on: date, fees: Sequence[Pence], from_day: date | None = None
) -> tuple[CancellationTerm, ...]:
    """Return a scale as days and amounts of one booking, the longest notice first.

    `fees` are the prices of its places, before VAT. Terms that ended before `from_day` can no
    longer be met and are left out.
    """
    terms: list[CancellationTerm] = []
    first: date | None = None
    for step, ends_before in _by_longest_notice(scale):
        last = (
            None if ends_before is None else last_day_of_notice(event_on, ends_before, scale.unit)
        )
        if from_day is None or last is None or last >= from_day:
            amounts = tuple(cancellation_fee(fee, step, scale.free_place_fee) for fee in fees)
            terms.append(CancellationTerm(first, last, ends_before, step, amounts))
        first = last + timedelta(days=1) if last else first
    return tuple(terms)


def _by_longest_notice(scale: Scale) -> list[tuple[int, int | None]]:
    """Return (percent, the least notice it asks for) of each row, the longest notice first."""
    limits = sorted(step.notice_below for step in scale.steps if step.notice_below is not None)
    by_limit = {step.notice_below: step.percent for step in scale.steps}
    rows: list[tuple[int, int | None]] = []
    if None in by_limit:
        rows.append((by_limit[None], limits[-1] if limits else None))
    for number in reversed(range(len(limits))):
        rows.append((by_limit[limits[number]], limits[number - 1] if number else None))
    return rows
