"""What bookings say of somebody who is erased: their address, and their name on open charges.

Bookings and charges are slices above this one, so their tables are named, not imported.
"""

import re

from sqlalchemy import BigInteger, Select, String, column, func, select, table, update
from sqlalchemy.orm import Session

from lle_desk.core.models import Audit
from lle_desk.customers.models import Customer, Person

ERASED_NAME = "Delegate, name erased"
_BETWEEN = re.compile(r"\s*[;,]\s*")

_BOOKING = table(
    "course_booking",
    column("id", BigInteger),
    column("version", BigInteger),
    column("customer_id", BigInteger),
    column("contact_id", BigInteger),
    column("confirmation_to", String),
)
_PLACE = table(
    "place",
    column("id", BigInteger),
    column("course_booking_id", BigInteger),
    column("person_id", BigInteger),
)
_CHARGE = table(
    "charge",
    column("id", BigInteger),
    column("version", BigInteger),
    column("customer_id", BigInteger),
    column("source", String),
    column("source_id", BigInteger),
    column("state", String),
    column("detail", String),
)


def erase_addresses(session: Session, person: Person, name: str, email: str) -> int:
    """Take a person's address out of the bookings it was typed on; return of how many.

    It is theirs when it says so, or when they made the booking and it is nobody else's that we
    know: not their organisation's, not a colleague's.
    """
    of_theirs = (_BOOKING.c.customer_id == person.customer_id) | (
        _BOOKING.c.contact_id == person.id
    )
    rows = session.execute(select(_BOOKING).where(_BOOKING.c.confirmation_to != "", of_theirs))
    others = _addresses_of_others(session, person)
    count = 0
    for row in rows.all():
        parts = _BETWEEN.split(row.confirmation_to)
        left = [
            part
            for part in parts
            if not _says(part, name, email)
            and (row.contact_id != person.id or any(one in part.lower() for one in others))
        ]
        if len(left) < len(parts):
            session.execute(
                update(_BOOKING)
                .where(_BOOKING.c.id == row.id)
                .values(confirmation_to=", ".join(left), version=_BOOKING.c.version + 1)
            )
            count += 1
    return count


def erase_on_charges(session: Session, person: Person, name: str) -> int:
    """Take a person's name off the charges that no paper has; return how many there were.

    What an issued paper has is kept by law, and its charge never changes.
    """
    whole = f"{name} · "
    theirs = select(_PLACE.c.id).where(_PLACE.c.person_id == person.id)
    done = session.execute(
        update(_CHARGE)
        .where(
            _CHARGE.c.customer_id == person.customer_id,
            _CHARGE.c.source == "place",
            _CHARGE.c.state != "billed",
            func.substr(_CHARGE.c.detail, 1, len(whole)) == whole,
            # Struck out, it kept the name though a colleague has the place by now.
            _CHARGE.c.source_id.in_(theirs) | (_CHARGE.c.state == "void"),
        )
        .values(
            detail=ERASED_NAME + func.substr(_CHARGE.c.detail, len(name) + 1),
            version=_CHARGE.c.version + 1,
        )
        .returning(_CHARGE.c.id)
    )
    return len(done.all())


def bookings_emptied(person_id: int) -> Select[int]:
    """Return the question for the bookings of an erased person that lost an address to erasing.

    For SQLite; `forget_words` of PostgreSQL asks the same.
    """
    emptied = select(Audit.record_id).where(
        Audit.table_name == "course_booking",
        Audit.record_id == _BOOKING.c.id,  # by the index, not through the whole trail
        func.json_extract(Audit.payload, "$.action") == "erase_person",
    )
    return (
        select(_BOOKING.c.id)
        .join(
            Person,
            (Person.id == _BOOKING.c.contact_id) | (Person.customer_id == _BOOKING.c.customer_id),
        )
        .where(Person.id == person_id, Person.erased_on.is_not(None), emptied.exists())
    )


def charges_that_named(person_id: int) -> Select[int]:
    """Return the question for the charges that no paper has, of places an erased person ever had.

    For SQLite; `forget_words` of PostgreSQL asks the same.
    """
    had = select(Audit.record_id).where(
        Audit.table_name == "place",
        Audit.record_id == _CHARGE.c.source_id,
        (func.json_extract(Audit.payload, "$.after.person_id") == person_id)
        | (func.json_extract(Audit.payload, "$.before.person_id") == person_id),
    )
    return (
        select(_CHARGE.c.id)
        .join(Person, Person.customer_id == _CHARGE.c.customer_id)
        .where(
            Person.id == person_id,
            Person.erased_on.is_not(None),
            _CHARGE.c.source == "place",
            _CHARGE.c.state != "billed",
            had.exists(),
        )
    )


def _addresses_of_others(session: Session, person: Person) -> list[str]:
    """Return the addresses of the person's organisation and colleagues, in small letters."""
    asked = (
        select(func.lower(Customer.email)).where(Customer.id == person.customer_id),
        select(func.lower(Person.email)).where(
            Person.customer_id == person.customer_id, Person.id != person.id
        ),
    )
    return [said for one in asked for said in session.scalars(one) if said]


def _says(part: str, name: str, email: str) -> bool:
    """Return whether a part of an address names this person."""
    said = part.lower()
    return (bool(email) and email.lower() in said) or (bool(name) and name.lower() in said)
