"""Bills the charges of a finished year: invoices by month, recharges by quarter.

Each paper is born a draft and issued, and takes the next number of its series, as if an officer
had done so in the first week after the period.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.charges.rules import ChargeState
from lle_desk.core.days import add_working_days
from lle_desk.core.money import BasisPoints
from lle_desk.customers.rules import Route
from lle_desk.demo.bulk import Row, Work, insert_numbered, insert_rows
from lle_desk.demo.calendar import DAY, at, year_start
from lle_desk.demo.dice import fixed_uuid
from lle_desk.invoicing.models import Invoice, InvoiceLine, InvoiceSeries
from lle_desk.invoicing.queries import head_for
from lle_desk.invoicing.rules import INVOICES, HeadValues, order_words, vat_words

RECHARGES = "RCH"
LINES_AT_ONCE = 300  # charges a transaction
MONTHS_OF = {Route.INVOICE: 1, Route.RECHARGE: 3}
SERIES_OF = {Route.INVOICE: INVOICES, Route.RECHARGE: RECHARGES}
ISSUED_ON = 4  # working days after the period
DUE = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Bill:
    """One paper to be issued: the charges of a customer in a period, by day."""

    customer_id: int
    charges: tuple[Any, ...]  # rows of `bills_of`


@dataclass(frozen=True, slots=True)
class Period:
    """A month of invoices or a quarter of recharges, both days included."""

    route: Route
    first: date
    last: date


def write_papers(work: Work, year: str, heads: dict[int, HeadValues]) -> None:
    """Bill all unbilled charges of a year, the oldest period first.

    `heads` are the printed words of customers that were billed before; it is added to.
    """
    for period in sorted(_periods(year), key=lambda one: (one.last, one.route)):
        bills = work.database.read(bills_of, period)
        for some in _some(bills):
            work.write(issue_bills, some, period, heads)


def bills_of(session: Session, period: Period) -> list[Bill]:
    """Return the unbilled charges of a period, by customer."""
    found = (
        select(
            Charge.id,
            Charge.customer_id,
            Charge.description,
            Charge.detail,
            Charge.quantity,
            Charge.unit_price,
            Charge.net,
            Charge.vat,
            Charge.vat_code,
            Charge.vat_rate,
            Charge.vat_reason,
            Charge.tax_point_on,
            Charge.order_number,
        )
        .where(
            Charge.state == ChargeState.UNBILLED.value,
            Charge.route == str(period.route),
            Charge.tax_point_on.between(period.first, period.last),
        )
        .order_by(Charge.customer_id, Charge.tax_point_on, Charge.id)
    )
    rows = groupby(session.execute(found), key=lambda row: row.customer_id)
    return [Bill(customer_id, tuple(charges)) for customer_id, charges in rows]


def issue_bills(
    session: Session, bills: Sequence[Bill], period: Period, heads: dict[int, HeadValues]
) -> None:
    """Write some papers with their lines and issue them."""
    for bill in bills:
        if bill.customer_id not in heads:
            heads[bill.customer_id] = head_for(session, bill.customer_id, ())
    drafts = insert_numbered(
        session, Invoice, [_draft(bill, period, heads[bill.customer_id]) for bill in bills]
    )
    insert_rows(
        session,
        InvoiceLine,
        [row for pair in zip(drafts, bills, strict=True) for row in _lines(*pair)],
    )
    series = SERIES_OF[period.route]
    number = session.scalars(
        select(InvoiceSeries.next_number).where(InvoiceSeries.series == series)
    ).one()
    issued_on = add_working_days(period.last, ISSUED_ON)
    issued: list[dict[str, Any]] = [
        {"paper": draft, "next": number + place} for place, draft in enumerate(drafts)
    ]
    session.connection().execute(_issuing(issued_on), issued)


def _issuing(issued_on: date) -> Any:
    table: Any = Invoice.__table__
    return (
        update(table)
        .where(table.c.id == bindparam("paper"))
        .values(
            state="issued",
            number=bindparam("next"),
            version=2,
            issued_on=issued_on,
            due_on=issued_on + DUE,
            issued_at=at(issued_on, 10),
            issued_by="demo",
        )
    )


def _draft(bill: Bill, period: Period, head: HeadValues) -> Row:
    net, vat = sum(row.net for row in bill.charges), sum(row.vat for row in bill.charges)
    return {
        "client_uuid": fixed_uuid("paper", period.route, period.first, bill.customer_id),
        "version": 1,
        "series": SERIES_OF[period.route],
        "state": "draft",
        "customer_id": bill.customer_id,
        "customer_name": head.customer_name,
        "address": head.address,
        "customer_number": head.customer_number,
        "order_number": order_words(row.order_number for row in bill.charges),
        "seller_words": head.seller_words,
        "vat_registration": head.vat_registration,
        "payment_words": head.payment_words if period.route is Route.INVOICE else "",
        "net": net,
        "vat": vat,
        "total": net + vat,
    }


def _lines(invoice_id: int, bill: Bill) -> Iterator[Row]:
    for place, row in enumerate(bill.charges, 1):
        yield {
            "client_uuid": fixed_uuid("line", row.id),
            "version": 1,
            "invoice_id": invoice_id,
            "line_number": place,
            "charge_id": row.id,
            "description": row.description,
            "detail": row.detail,
            "tax_point_on": row.tax_point_on,
            "quantity": row.quantity,
            "unit_price": row.unit_price,
            "net": row.net,
            "vat_code": row.vat_code,
            "vat_words": vat_words(row.vat_code, BasisPoints(row.vat_rate)),
            "vat_rate": row.vat_rate,
            "vat_reason": row.vat_reason,
            "vat": row.vat,
        }


def _periods(year: str) -> Iterator[Period]:
    for route, months in MONTHS_OF.items():
        first = year_start(year)
        for _ in range(0, 12, months):
            after = _months_later(first, months)
            yield Period(route, first, after - DAY)
            first = after


def _months_later(day: date, months: int) -> date:
    whole = day.month - 1 + months
    return date(day.year + whole // 12, whole % 12 + 1, 1)


def _some(bills: Sequence[Bill]) -> Iterator[list[Bill]]:
    """Yield bills in runs of about as many lines."""
    run: list[Bill] = []
    lines = 0
    for bill in bills:
        run.append(bill)
        lines += len(bill.charges)
        if lines >= LINES_AT_ONCE:
            yield run
            run, lines = [], 0
    if run:
        yield run
