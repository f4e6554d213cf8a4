"""The worksheet: what waits to be billed up to a day, in four groups, by customer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, aliased

from lle_desk.agreements.models import Agreement
from lle_desk.charges.models import Charge
from lle_desk.charges.queries import ChargeRow, unbilled_charges
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.consultancy.models import Visit
from lle_desk.core.money import Pence
from lle_desk.core.settings import setting
from lle_desk.courses.models import CourseBooking, Place
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import Route
from lle_desk.invoicing.models import Invoice, InvoiceLine, InvoiceSeries
from lle_desk.invoicing.rules import CREDITS, INVOICES, Group, number_words, vat_words
from lle_desk.rooms.models import CateringLine, EquipmentLine, RoomBooking, RoomUse

Opened = tuple[Group, int]
WAITING = (str(ChargeState.UNBILLED), str(ChargeState.HELD))


@dataclass(frozen=True, slots=True)
class Booking:
    """The record behind a charge: its kind, id and printed number."""

    kind: str
    id: int
    reference: str


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One charge under its customer.

    `reference` is the number of the booking behind it and (`opens`, `opens_id`) the record to
    open; without a booking they are "" and the charge's own source.
    """

    group: Group
    charge_id: int
    version: int
    tax_point_on: date
    description: str
    detail: str
    opens: str
    opens_id: int
    reference: str
    quantity: int
    unit_price: Pence
    net: Pence
    vat: Pence
    vat_code: str
    vat_words: str
    price_reason: str
    order_number: str
    hold_reason: str


@dataclass(frozen=True, slots=True)
class CustomerSum:
    """What one customer has in one group. `why` says the route and the reason for it.

    `draft_id` and `draft_version` are set for a draft credit note; `charges` are loaded only
    for customers whose row is open. `orders_missing` counts charges without an order number.
    """

    group: Group
    customer_id: int
    customer: str
    why: str
    lines: int
    oldest_on: date
    net: Pence
    vat: Pence
    orders_missing: int = 0
    lacks_centre: bool = False  # it is recharged, and has no cost centre to charge
    draft_id: int = 0
    draft_version: int = 0
    charges: tuple[ChargeLine, ...] = ()

    @property
    def total(self) -> Pence:
        return Pence(self.net + self.vat)


@dataclass(frozen=True, slots=True)
class GroupSum:
    """One of the four groups with its customers, by name."""

    group: Group
    customers: tuple[CustomerSum, ...]

    @property
    def net(self) -> Pence:
        return Pence(sum(row.net for row in self.customers))

    @property
    def vat(self) -> Pence:
        return Pence(sum(row.vat for row in self.customers))

    @property
    def total(self) -> Pence:
        return Pence(self.net + self.vat)


@dataclass(frozen=True, slots=True)
class Worksheet:
    """All that waits up to and including a day, and the next number of each series.

    `later` counts the charges with a later tax point, the last of them on `last_on`.
    """

    up_to: date
    groups: tuple[GroupSum, ...]
    next_invoice: int
    next_credit: int
    due_days: int
    later: int
    last_on: date | None

    def group(self, group: Group) -> GroupSum:
        """Return one of the groups."""
        return next(one for one in self.groups if one.group == group)


def worksheet(session: Session, up_to: date, opened: Iterable[Opened] = frozenset()) -> Worksheet:
    """Return what waits to be billed up to and including a day.

    `opened` are the (group, customer id) whose charges are shown as well.
    """
    rows = [_sum(row) for row in session.execute(_sums(up_to))]
    by_group: dict[Group, list[CustomerSum]] = {group: [] for group in Group}
    wanted = frozenset(opened)
    for row in rows:
        by_group[row.group].append(row)
    by_group[Group.CREDIT] = _draft_credits(session)
    for group, customers in by_group.items():
        by_group[group] = [
            replace(row, charges=_charges(session, row, up_to))
            if (group, row.customer_id) in wanted
            else row
            for row in customers
        ]
    series = session.execute(select(InvoiceSeries.series, InvoiceSeries.next_number))
    numbers = {name: int(number) for name, number in series}
    later, last_on = session.execute(
        select(func.count(), func.max(Charge.tax_point_on)).where(
            Charge.state.in_(WAITING), Charge.net != 0, Charge.tax_point_on > up_to
        )
    ).one()
    return Worksheet(
        up_to=up_to,
        groups=tuple(GroupSum(group, tuple(found)) for group, found in by_group.items()),
        next_invoice=numbers.get(INVOICES, 1),
        next_credit=numbers.get(CREDITS, 1),
        due_days=setting(session, "invoice_due_days", int),
        later=later,
        last_on=last_on,
    )


def _sums(up_to: date) -> Select[*tuple[Any, ...]]:
    held = Charge.state == str(ChargeState.HELD)
    group = case(
        (held, str(Group.HELD)),
        (Charge.route == str(Route.RECHARGE), str(Group.RECHARGE)),
        else_=str(Group.INVOICE),
    ).label("group")
    return (
        select(
            group,
            Charge.customer_id,
            Customer.name,
            func.max(case((held, Charge.hold_reason), else_=Charge.route_reason)),
            func.count(),
            func.min(Charge.tax_point_on),
            func.sum(Charge.net),
            func.sum(Charge.vat),
            func.sum(case((Charge.order_number == "", 1), else_=0)),
            Customer.cost_centre,
        )
        .join(Customer, Customer.id == Charge.customer_id)
        .where(
            Charge.state.in_(WAITING),
            Charge.net != 0,  # what an agreement covers needs no paper
            Charge.tax_point_on <= up_to,
        )
        .group_by(group, Charge.customer_id, Customer.name, Customer.cost_centre)
        .order_by(func.lower(Customer.name), Charge.customer_id)
    )


def _sum(row: Any) -> CustomerSum:
    group = Group(row[0])
    why = row[3]
    if group is Group.RECHARGE:
        why = f"cost centre {row[9]}" if row[9] else "no cost centre yet"
    return CustomerSum(
        group,
        row[1],
        row[2],
        why,
        int(row[4]),
        row[5],
        Pence(int(row[6])),
        Pence(int(row[7])),
        orders_missing=int(row[8]) if group is Group.INVOICE else 0,
        lacks_centre=group is Group.RECHARGE and not row[9],
    )


def _draft_credits(session: Session) -> list[CustomerSum]:
    credited = aliased(Invoice)
    lines = (
        select(
            InvoiceLine.invoice_id.label("invoice_id"),
            func.count().label("lines"),
            func.min(InvoiceLine.tax_point_on).label("oldest_on"),
        )
        .group_by(InvoiceLine.invoice_id)
        .subquery()
    )
    found = (
        select(Invoice, credited.number, lines.c.lines, lines.c.oldest_on)
        .join(credited, credited.id == Invoice.credits_id)
        .join(lines, lines.c.invoice_id == Invoice.id)
        .where(Invoice.series == CREDITS, Invoice.state == "draft")
        .order_by(Invoice.customer_name, Invoice.id)
    )
    return [
        CustomerSum(
            Group.CREDIT,
            draft.customer_id,
            draft.customer_name,
            f"credits {number_words(INVOICES, number or 0)}",
            int(count),
            oldest_on,
            Pence(draft.net),
            Pence(draft.vat),
            draft_id=draft.id,
            draft_version=draft.version,
        )
        for draft, number, count, oldest_on in session.execute(found)
    ]


def _charges(session: Session, row: CustomerSum, up_to: date) -> tuple[ChargeLine, ...]:
    if row.group is Group.CREDIT:
        return ()
    held = row.group is Group.HELD
    charges = unbilled_charges(
        session,
        customer_id=row.customer_id,
        route="" if held else Route.RECHARGE if row.group is Group.RECHARGE else Route.INVOICE,
        until=up_to,
        states=(ChargeState.HELD if held else ChargeState.UNBILLED,),
    )
    bookings = _bookings(session, charges)
    return tuple(_charge_line(row.group, charge, bookings) for charge in charges)


def _charge_line(
    group: Group, charge: ChargeRow, bookings: Mapping[tuple[str, int], Booking]
) -> ChargeLine:
    source = (charge.source, charge.source_id)
    booking = bookings.get(source, Booking(*source, ""))
    return ChargeLine(
        group=group,
        charge_id=charge.id,
        version=charge.version,
        tax_point_on=charge.tax_point_on,
        description=charge.description,
        detail=charge.detail,
        opens=booking.kind,
        opens_id=booking.id,
        reference=booking.reference,
        quantity=charge.quantity,
        unit_price=charge.unit_price,
        net=charge.net,
        vat=charge.vat,
        vat_code=charge.vat_code,
        vat_words=vat_words(charge.vat_code, charge.vat_rate),
        price_reason=charge.price_reason,
        order_number=charge.order_number,
        hold_reason=charge.hold_reason,
    )


def _of_room(line: Any, use_id: Any) -> Select[*tuple[Any, ...]]:
    """Return the question for lines on uses of rooms: (line, booking, its number)."""
    return (
        select(line, RoomBooking.id, RoomBooking.number)
        .join(RoomUse, RoomUse.id == use_id)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
    )


def _bookings(session: Session, charges: Sequence[ChargeRow]) -> dict[tuple[str, int], Booking]:
    """Return the booking behind each (source, source id)."""
    asked: dict[str, set[int]] = {}
    for charge in charges:
        asked.setdefault(charge.source, set()).add(charge.source_id)
    places = (
        select(Place.id, CourseBooking.id, CourseBooking.number)
        .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
        .where(Place.id.in_(asked.get(Source.PLACE, ())))
    )
    uses = (
        select(RoomUse.id, RoomBooking.id, RoomBooking.number)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .where(RoomUse.id.in_(asked.get(Source.ROOM_USE, ())))
    )
    rooms = select(RoomBooking.id, RoomBooking.id, RoomBooking.number).where(
        RoomBooking.id.in_(asked.get(Source.ROOM_BOOKING, ()))
    )
    catering = _of_room(CateringLine.id, CateringLine.room_use_id).where(
        CateringLine.id.in_(asked.get(Source.CATERING_LINE, ()))
    )
    equipment = _of_room(EquipmentLine.id, EquipmentLine.room_use_id).where(
        EquipmentLine.id.in_(asked.get(Source.EQUIPMENT_LINE, ()))
    )
    visits = select(Visit.id, Visit.id, Visit.number).where(
        Visit.id.in_(asked.get(Source.VISIT, ()))
    )
    agreements = select(Agreement.id, Agreement.id, Agreement.number).where(
        Agreement.id.in_(asked.get(Source.AGREEMENT, ()))
    )
    found: dict[tuple[str, int], Booking] = {}
    for source, query, kind, letters in (
        (Source.PLACE, places, "course_booking", "B"),
        (Source.ROOM_USE, uses, "room_booking", "WR"),
        (Source.ROOM_BOOKING, rooms, "room_booking", "WR"),
        (Source.VISIT, visits, "visit", "V"),
        (Source.AGREEMENT, agreements, "agreement", "A"),
        (Source.CATERING_LINE, catering, "room_booking", "WR"),
        (Source.EQUIPMENT_LINE, equipment, "room_booking", "WR"),
    ):
        if source in asked:
            for source_id, booking_id, number in session.execute(query):
                reference = f"{letters}-{number:05d}"
                found[str(source), source_id] = Booking(kind, booking_id, reference)
    return found
