"""A small office in plain SQL: one customer, one room of two cells, one event, one invoice.

The attacks stand on it. Nothing here goes through the program's actions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.engines import begin_write
from lle_desk.core.refusals import broken_rule

ATTACKER = By("mallory", "psql", "attack")
_numbers = count(1)


def run(database: Database, *statements: str, **values: Any) -> Any:
    """Do `statements` in one transaction and commit it; return the last one's first column."""
    last: Any = None
    with Session(database.engine) as session:
        begin_write(session, ATTACKER.officer, ATTACKER.desk, ATTACKER.reason, "attack")
        for statement in statements:
            result: Any = session.execute(text(statement), values)
            last = result.scalar() if result.returns_rows else None
        session.commit()
    return last


@contextmanager
def assert_refused_by(*rules: str) -> Iterator[None]:
    """Expect one of the named rules of the database to refuse what is done inside."""
    with pytest.raises(DBAPIError) as caught:
        yield
    assert broken_rule(caught.value) in rules, str(caught.value.orig)


def insert(database: Database, table: str, **values: Any) -> int:
    """Insert one row with a fresh client_uuid and version 1 and return its id."""
    row = {"client_uuid": str(uuid4()), "version": 1} | values
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id"
    return int(run(database, statement, **row))


def flag(database: Database, value: bool) -> Any:
    """Return `value` as this engine stores it."""
    return int(value) if database.dialect == "sqlite" else value


def add_customer(database: Database, name: str = "Demo Primary School") -> int:
    blank = (
        "short_name la_code la_name dfe_number establishment_type phase trust_name street "
        "locality address3 town county postcode telephone email website cost_centre source notes"
    )
    return insert(
        database,
        "customer",
        kind="academy",
        name=name,
        is_demo=flag(database, True),
        **dict.fromkeys(blank.split(), ""),
    )


def add_cell(database: Database, name: str) -> int:
    return insert(database, "resource", kind="cell", name=name)


def add_space(database: Database, name: str, *cells: int) -> int:
    site = run(database, "SELECT id FROM site WHERE code = 'WDL'")
    space = insert(
        database,
        "space",
        site_id=site,
        code="",
        name=name,
        short_name=name,
        kind="room",
        set_up_minutes=0,
        clear_down_minutes=0,
        fixed_pcs=0,
        sort_order=0,
        is_active=flag(database, True),
        is_demo=flag(database, True),
    )
    for cell in cells:
        run(
            database,
            "INSERT INTO space_cell (space_id, resource_id) VALUES (:space, :cell)",
            space=space,
            cell=cell,
        )
    return space


def add_booking(database: Database, title: str) -> int:
    blank = "notes_customer notes_office order_number external_number source cancelled_reason"
    return insert(
        database,
        "room_booking",
        number=next(_numbers),
        title=title,
        short_title="",
        category="LCC meetings",
        status="confirmed",
        holds_space=flag(database, True),
        taken_by="ann",
        **dict.fromkeys(blank.split(), ""),
    )


def add_use(database: Database, space: int | None, starts: str, ends: str, **more: Any) -> int:
    values = {
        "room_booking_id": add_booking(database, "Area heads"),
        "space_id": space,
        "layout": "classroom",
        "heads": 10,
        "starts_at": starts,
        "ends_at": ends,
        "reserved_from": starts,
        "reserved_to": ends,
        "holds_space": flag(database, True),
        "is_pinned": flag(database, False),
        "over_capacity_reason": "",
    }
    return insert(database, "room_use", **(values | more))


def add_offer(database: Database) -> int:
    service = run(database, "SELECT id FROM service WHERE code = 'LPDS'")
    return insert(
        database,
        "offer",
        code=f"OFF-{next(_numbers)}",
        name="Course place",
        service_id=service,
        supply="education",
        is_active=flag(database, True),
    )


def add_event(database: Database, capacity: int = 2) -> int:
    offer = add_offer(database)
    service = run(database, "SELECT id FROM service WHERE code = 'LPDS'")
    course = insert(
        database,
        "course",
        code=f"LPD-{next(_numbers)}",
        title="Phonics",
        short_title="",
        summary="",
        service_id=service,
        offer_id=offer,
        is_active=flag(database, True),
        is_demo=flag(database, True),
    )
    return insert(
        database,
        "event",
        course_id=course,
        offer_id=offer,
        code=f"EV-{next(_numbers)}",
        state="open",
        capacity=capacity,
        minimum=0,
        arrival_words="",
        notes="",
        is_demo=flag(database, True),
    )


def add_course_booking(database: Database, event: int, customer: int | None = None) -> int:
    return insert(
        database,
        "course_booking",
        number=next(_numbers),
        customer_id=customer or add_customer(database),
        event_id=event,
        order_number="",
        confirmation_to="",
        notes="",
        taken_by="ann",
        taken_at="2014-03-04 09:30:00",
    )


def add_place(database: Database, event: int, booking: int, **more: Any) -> int:
    values = {
        "course_booking_id": booking,
        "event_id": event,
        "state": "booked",
        "holds_place": flag(database, True),
        "cancelled_reason": "",
    }
    return insert(database, "place", **(values | more))


def add_charge(database: Database, customer: int, net: int = 10_000, **more: Any) -> int:
    values = {
        "customer_id": customer,
        "offer_id": add_offer(database),
        "source": "place",
        "source_id": 1,
        "state": "unbilled",
        "hold_reason": "",
        "description": "Course place: Phonics",
        "detail": "",
        "quantity": 1,
        "unit_price": net,
        "net": net,
        "vat": 0,
        "band": "county",
        "price_reason": "county",
        "supply": "education",
        "vat_code": "E",
        "vat_rate": 0,
        "vat_reason": "exempt",
        "route": "invoice",
        "route_reason": "academy",
        "tax_point_on": "2014-03-04",
        "order_number": "",
    }
    return insert(database, "charge", **(values | more))


def add_invoice(database: Database, customer: int, net: int = 10_000, **more: Any) -> int:
    values = {
        "series": "INV",
        "state": "draft",
        "customer_id": customer,
        "customer_name": "Demo Primary School",
        "address": "1 Example Lane",
        "customer_number": "C-00001",
        "order_number": "",
        "seller_words": "Lancashire County Council",
        "vat_registration": "GB 000 0000 00",
        "payment_words": "",
        "net": net,
        "vat": 0,
        "total": net,
        "issued_by": "",
    }
    return insert(database, "invoice", **(values | more))


def add_line(
    database: Database, invoice: int, charge: int | None, net: int = 10_000, **more: Any
) -> int:
    values = {
        "invoice_id": invoice,
        "line_number": next(_numbers),
        "charge_id": charge,
        "description": "Course place: Phonics",
        "detail": "",
        "tax_point_on": "2014-03-04",
        "quantity": 1,
        "unit_price": net,
        "net": net,
        "vat_code": "E",
        "vat_words": "exempt",
        "vat_rate": 0,
        "vat_reason": "",
        "vat": 0,
    }
    return insert(database, "invoice_line", **(values | more))


ISSUE = (
    "UPDATE invoice SET state = 'issued', number = :number, version = version + 1,"
    " issued_on = '2014-03-04', due_on = '2014-04-01', issued_at = '2014-03-04 09:30:00'"
    " WHERE id = :invoice"
)


def issue(database: Database, invoice: int, number: int) -> None:
    run(database, ISSUE, invoice=invoice, number=number)


def issued_invoice(database: Database, net: int = 10_000) -> tuple[int, int, int]:
    """Return the ids of an invoice just issued with the next number, its line and its charge."""
    customer = add_customer(database)
    charge = add_charge(database, customer, net)
    invoice = add_invoice(database, customer, net)
    line = add_line(database, invoice, charge, net)
    number = run(database, "SELECT next_number FROM invoice_series WHERE series = 'INV'")
    issue(database, invoice, number)
    return invoice, line, charge
