"""What an invoice says and comes to, and how much of it may be credited. Plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lle_desk.core.money import BasisPoints, Pence, pounds, vat_on
from lle_desk.customers.rules import ADDRESS_LINES, address_lines
from lle_desk.offers.rules import VAT_WORDS, VatCode

INVOICES, CREDITS, RECHARGES = "INV", "CRN", "RCH"
GIVEN_BACK_BY = {INVOICES: CREDITS, RECHARGES: RECHARGES}  # a journal is reversed by a journal
WINDOW_LETTERS = 42  # about what the window of an envelope shows in a line
ORDER_LETTERS = 60
FIRST_LINE = "Finance office"


class Group(StrEnum):
    """Where the worksheet shows a charge, in the order it is worked through."""

    INVOICE = "invoice"
    RECHARGE = "recharge"
    HELD = "held back"
    CREDIT = "credit notes"


@dataclass(frozen=True, slots=True)
class LineValues:
    """One line as it is printed and frozen. `net` is quantity times unit; VAT is on the line."""

    description: str
    detail: str
    tax_point_on: date
    quantity: int
    unit_price: Pence
    vat_code: str
    vat_rate: BasisPoints
    vat_reason: str
    charge_id: int | None = None
    credits_line_id: int | None = None

    @property
    def net(self) -> Pence:
        return Pence(self.quantity * self.unit_price)

    @property
    def vat(self) -> Pence:
        return vat_on(self.net, self.vat_rate)

    @property
    def vat_words(self) -> str:
        return vat_words(self.vat_code, self.vat_rate)


@dataclass(frozen=True, slots=True)
class HeadValues:
    """The printed words of a paper outside its lines. `address` is one printed line a line."""

    customer_name: str
    address: str
    customer_number: str
    order_number: str
    seller_words: str
    vat_registration: str
    payment_words: str


@dataclass(frozen=True, slots=True)
class BilledLine:
    """An issued line and what credit notes have given back of it so far, before VAT and after."""

    line_id: int
    number: int
    description: str
    tax_point_on: date
    quantity: int
    unit_price: Pence
    net: Pence
    vat: Pence
    vat_code: str
    vat_rate: BasisPoints
    vat_reason: str
    credited_net: Pence
    credited_vat: Pence

    @property
    def left(self) -> Pence:
        """What may still be credited, before VAT."""
        return Pence(self.net - self.credited_net)

    @property
    def left_vat(self) -> Pence:
        """The VAT on what may still be credited."""
        return Pence(self.vat - self.credited_vat)


def number_words(series: str, number: int) -> str:
    """Return the number as printed: INV-000001."""
    return f"{series}-{number:06d}"


def numbers_words(series: str, first: int, count: int) -> str:
    """Return the next `count` numbers as words: "INV-000004 to INV-000006", "" for none."""
    if not count:
        return ""
    if count == 1:
        return number_words(series, first)
    return f"{number_words(series, first)} to {number_words(series, first + count - 1)}"


def customer_number(customer_id: int, urn: int | None) -> str:
    """Return "C-00522 · URN 999902", without the second part when it is no school."""
    number = f"C-{customer_id:05d}"
    return number if urn is None else f"{number} · URN {urn}"


def vat_words(code: str, rate: BasisPoints) -> str:
    """Return what a code is called: "standard rate 20 %", "exempt"."""
    words = VAT_WORDS[VatCode(code)]
    return f"{words} {percent(rate)}" if rate else words


def percent(rate: BasisPoints) -> str:
    """Return basis points as "20 %" or "17.5 %"."""
    whole, rest = divmod(rate, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + " %" if rest else f"{whole} %"


def address_for(name: str, places: Sequence[str], town: str, postcode: str) -> tuple[str, ...]:
    """Return at most six lines for the envelope's window: who, where, postcode last.

    The finance office is named when there is room for it; a long name takes two lines.
    """
    wraps = len(name) // WINDOW_LETTERS
    full = address_lines(name, places, town, postcode, FIRST_LINE, most=len(places) + 4)
    if len(full) + wraps <= ADDRESS_LINES:
        return full
    return address_lines(name, places, town, postcode, most=ADDRESS_LINES - wraps)


def order_words(orders: Iterable[str]) -> str:
    """Return the order numbers of a paper as one: several are listed as far as they fit."""
    known = list(dict.fromkeys(order for order in orders if order))
    listed = ", ".join(known)
    return listed if len(listed) <= ORDER_LETTERS else f"{len(known)} orders, see the lines"


def with_order(detail: str, order: str, orders: Iterable[str]) -> str:
    """Return a line's detail, naming its order when the paper has several."""
    if not order or len({one for one in orders if one}) < 2:
        return detail
    return f"{detail} · your order {order}"[:400] if detail else f"Your order {order}"


def write_words(words: Mapping[str, str]) -> str:
    """Return words with their names, one a line, as they are frozen on a paper."""
    return "\n".join(f"{name}: {' '.join(said.split())}" for name, said in words.items() if said)


def read_words(text: str) -> dict[str, str]:
    """Return the words that `write_words` wrote. What has no name is not among them."""
    pairs = (line.split(": ", 1) for line in text.splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def totals(lines: Sequence[LineValues]) -> tuple[Pence, Pence]:
    """Return net and VAT as sums of the lines, so that a total always adds up on paper."""
    return Pence(sum(line.net for line in lines)), Pence(sum(line.vat for line in lines))


def credit_fault(line: BilledLine, net: Pence) -> str:
    """Return why `net` of `line` cannot be credited, in a sentence, or ""."""
    if not line.left:
        return f"“{line.description}” was credited in full already."
    if net == 0 or (net > 0) != (line.left > 0) or abs(net) > abs(line.left):
        return f"Of “{line.description}” at most {pounds(line.left)} before VAT can be credited."
    return ""


def credit_lines(line: BilledLine, net: Pence) -> list[LineValues]:
    """Return the lines of a credit note that give back `net` of `line`.

    A whole line mirrors it, quantity and all. The rest of a line that was credited in parts is
    split so that its VAT comes to exactly what is left, to the penny.
    """
    if net == line.net and not line.credited_net:
        whole = _credit_line(line, line.quantity, Pence(-line.unit_price), "Credited in full")
        return [whole]
    said = f"{pounds(net)} of {pounds(line.net)} credited"
    parts = split_for_vat(net, line.left_vat, line.vat_rate) if net == line.left else (net,)
    return [_credit_line(line, 1, Pence(-part), said) for part in parts]


def split_for_vat(net: Pence, vat: Pence, rate: BasisPoints) -> tuple[Pence, ...]:
    """Return `net`, or two parts of it when only so the VAT on the lines comes to `vat`."""
    if vat_on(net, rate) == vat:
        return (net,)
    sign = 1 if net > 0 else -1
    for penny in range(1, min(abs(net), 10_000)):
        part, rest = Pence(sign * penny), Pence(net - sign * penny)
        if vat_on(part, rate) + vat_on(rest, rate) == vat:
            return (rest, part)
    return (net,)


def _credit_line(line: BilledLine, quantity: int, unit: Pence, detail: str) -> LineValues:
    return LineValues(
        description=line.description,
        detail=detail,
        tax_point_on=line.tax_point_on,
        quantity=quantity,
        unit_price=unit,
        vat_code=line.vat_code,
        vat_rate=line.vat_rate,
        vat_reason=line.vat_reason,
        credits_line_id=line.line_id,
    )
