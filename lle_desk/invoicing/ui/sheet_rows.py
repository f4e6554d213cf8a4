"""The worksheet as lines of a list: groups, their customers, and charges where one is open."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from lle_desk.core.money import Pence
from lle_desk.invoicing.queries import ChargeLine, CustomerSum, GroupSum, Worksheet
from lle_desk.invoicing.rules import Group

Ticks = Mapping[tuple[Group, int], bool]  # what the officer ticked or unticked himself
OLD = timedelta(days=28)  # a charge that waited longer is marked

TITLES = {
    Group.INVOICE: "Invoice",
    Group.RECHARGE: "Recharge",
    Group.HELD: "Held back",
    Group.CREDIT: "Credit notes",
}
ICONS = {
    Group.INVOICE: "file-invoice",
    Group.RECHARGE: "arrows-exchange",
    Group.HELD: "hand-stop",
    Group.CREDIT: "receipt",
}
RECHARGED = "by journal; the journal file comes in a later version"


class Kind(StrEnum):
    """What a line of the worksheet is."""

    GROUP = "group"
    CUSTOMER = "customer"
    HEAD = "head"
    CHARGE = "charge"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line. `checked` is None where there is no box; `partly` when only some are ticked."""

    key: tuple[str, ...]
    kind: Kind
    group: Group
    customer: CustomerSum | None = None
    charge: ChargeLine | None = None
    title: str = ""
    words: str = ""
    checked: bool | None = None
    partly: bool = False
    is_open: bool = False
    is_old: bool = False
    net: Pence | None = None
    vat: Pence | None = None

    @property
    def total(self) -> Pence | None:
        if self.net is None or self.vat is None:
            return None
        return Pence(self.net + self.vat)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which customers are shown: all, or only those held back or without an order number."""

    held: bool = False
    no_order: bool = False

    def shows(self, row: CustomerSum) -> bool:
        """Return whether the officer asked to see this customer's row."""
        if not self.held and not self.no_order:
            return True
        held = self.held and row.group is Group.HELD
        return held or (self.no_order and row.orders_missing > 0)


def is_ticked(row: CustomerSum, ticks: Ticks) -> bool | None:
    """Return whether the row is chosen, None where it cannot be.

    Untouched, what has its order number and comes to something is chosen; a credit note is
    not, until someone looked.
    """
    if row.group in (Group.RECHARGE, Group.HELD):
        return None
    usual = row.group is Group.INVOICE and not row.orders_missing and row.total >= 0
    return ticks.get(tick_key(row), usual)


def tick_key(row: CustomerSum) -> tuple[Group, int]:
    """Return what a tick is kept under: the customer, or the draft of a credit note."""
    return row.group, row.draft_id or row.customer_id


def ticked_rows(sheet: Worksheet, ticks: Ticks) -> list[CustomerSum]:
    """Return what is chosen, in the order it would be numbered."""
    wanted = (Group.INVOICE, Group.CREDIT)
    rows = (row for group in wanted for row in sheet.group(group).customers)
    return [row for row in rows if is_ticked(row, ticks)]


def sheet_rows(
    sheet: Worksheet, ticks: Ticks, opened: AbstractSet[tuple[Group, int]], chosen: Filter
) -> list[SheetRow]:
    """Return the lines of the list; a group without customers is left out."""
    return [line for group in sheet.groups for line in _group(sheet, group, ticks, opened, chosen)]


def _group(
    sheet: Worksheet,
    group: GroupSum,
    ticks: Ticks,
    opened: AbstractSet[tuple[Group, int]],
    chosen: Filter,
) -> Iterator[SheetRow]:
    customers = [row for row in group.customers if chosen.shows(row)]
    if not customers:
        return
    states = [is_ticked(row, ticks) for row in customers]
    boxes = None not in states
    yield SheetRow(
        key=(group.group,),
        kind=Kind.GROUP,
        group=group.group,
        title=TITLES[group.group],
        words=_group_words(sheet, group.group, customers),
        checked=any(states) if boxes else None,
        partly=boxes and any(states) and not all(states),
        net=Pence(sum(row.net for row in customers)),
        vat=Pence(sum(row.vat for row in customers)),
    )
    for row in customers:
        yield from _customer(sheet, row, ticks, (group.group, row.customer_id) in opened)


def _group_words(sheet: Worksheet, group: Group, rows: list[CustomerSum]) -> str:
    count, lines = len(rows), sum(row.lines for row in rows)
    customers = _some(count, "customer")
    if group is Group.INVOICE:
        return f"{customers}, one paper each, due in {sheet.due_days} days"
    if group is Group.RECHARGE:
        return f"{customers}, {RECHARGED}"
    if group is Group.HELD:
        return f"{_some(lines, 'line')} that wait{'s' if lines == 1 else ''} for an answer"
    drafts = _some(count, "draft")
    return f"{drafts}, each names its invoice and gives back no more than is left of it"


def _customer(
    sheet: Worksheet, row: CustomerSum, ticks: Ticks, is_open: bool
) -> Iterator[SheetRow]:
    key = (row.group, str(row.customer_id), str(row.draft_id))
    yield SheetRow(
        key=key,
        kind=Kind.CUSTOMER,
        group=row.group,
        customer=row,
        title=row.customer,
        words=row.why,
        checked=is_ticked(row, ticks),
        is_open=is_open,
        is_old=row.oldest_on < sheet.up_to - OLD,
        net=row.net,
        vat=row.vat,
    )
    if not is_open or not row.charges:
        return
    yield SheetRow(key=(*key, "head"), kind=Kind.HEAD, group=row.group, customer=row)
    for charge in row.charges:
        yield SheetRow(
            key=(*key, str(charge.charge_id)),
            kind=Kind.CHARGE,
            group=row.group,
            customer=row,
            charge=charge,
            title=charge.description,
            words=charge.reference,
            net=charge.net,
            vat=charge.vat,
        )
    note = _note(row)
    if note:
        yield SheetRow(
            key=(*key, "note"), kind=Kind.NOTE, group=row.group, customer=row, words=note
        )


def _note(row: CustomerSum) -> str:
    """Return what is said below the charges of an open customer."""
    if row.group is Group.RECHARGE:
        return f"Debited to {row.why}. These charges wait here for the monthly journal."
    if row.group is Group.HELD:
        return "No paper takes these until they are released."
    orders = list(dict.fromkeys(one.order_number for one in row.charges if one.order_number))
    said = f"Order {', '.join(orders)}" if orders else ""
    if row.orders_missing and orders:
        said += f", {_some(row.orders_missing, 'line')} without an order number"
    elif row.orders_missing:
        said = "No order number: ask the customer, or tick the row to invoice without"
    return said


def _some(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
