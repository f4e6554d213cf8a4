"""Organisations that book, what they are to the council by date, and their people."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import (
    PERSONAL,
    Recorded,
    day_checks,
    flag_checks,
    one_of,
    record_checks,
    text_check,
    text_checks,
    with_strict,
)
from lle_desk.core.types import Day, Flag, Whole, Words
from lle_desk.customers.rules import Kind, Standing

LINKS = ("became", "merged into", "split into")


class Customer(Recorded, Base):
    """An organisation that books.

    A school's `urn` is its number in the national register, `la_code` and `dfe_number` together
    its DfE number. `source` says which import made it, "" when it was typed in.
    """

    __tablename__ = "customer"
    __table_args__ = with_strict(
        record_checks(),
        one_of("kind", Kind),
        text_check("name", 200),
        text_checks(200, "short_name", "street", "locality", "address3", "town", "county", "phase"),
        text_checks(
            200, "establishment_type", "trust_name", "website", "source", "email", "la_name"
        ),
        text_checks(20, "postcode", "telephone", "la_code", "dfe_number", "cost_centre"),
        text_checks(4000, "notes"),
        CheckConstraint("urn is null or urn between 100000 and 9999999", name="urn_number"),
        CheckConstraint("pupils is null or pupils >= 0", name="pupils_counted"),
        flag_checks("is_demo"),
        day_checks("opened_on", "closed_on"),
        Index(None, "la_code", "dfe_number"),
    )

    kind: Mapped[str] = mapped_column(Words)
    name: Mapped[str] = mapped_column(Words)
    short_name: Mapped[str] = mapped_column(Words, default="")
    urn: Mapped[int | None] = mapped_column(Whole, unique=True)
    la_code: Mapped[str] = mapped_column(Words, default="")
    la_name: Mapped[str] = mapped_column(Words, default="")
    dfe_number: Mapped[str] = mapped_column(Words, default="")
    establishment_type: Mapped[str] = mapped_column(Words, default="")
    phase: Mapped[str] = mapped_column(Words, default="")
    pupils: Mapped[int | None] = mapped_column(Whole)
    trust_name: Mapped[str] = mapped_column(Words, default="")
    street: Mapped[str] = mapped_column(Words, default="")
    locality: Mapped[str] = mapped_column(Words, default="")
    address3: Mapped[str] = mapped_column(Words, default="")
    town: Mapped[str] = mapped_column(Words, default="")
    county: Mapped[str] = mapped_column(Words, default="")
    postcode: Mapped[str] = mapped_column(Words, default="")
    telephone: Mapped[str] = mapped_column(Words, default="")
    email: Mapped[str] = mapped_column(Words, default="")
    website: Mapped[str] = mapped_column(Words, default="")
    opened_on: Mapped[date | None] = mapped_column(Day)
    closed_on: Mapped[date | None] = mapped_column(Day)
    cost_centre: Mapped[str] = mapped_column(Words, default="")  # debited by a recharge
    source: Mapped[str] = mapped_column(Words, default="")
    notes: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    is_demo: Mapped[bool] = mapped_column(Flag, default=False)


class CustomerStanding(Recorded, Base):
    """What a customer is from a day on: its price band, payment route or VAT class."""

    __tablename__ = "customer_standing"
    __table_args__ = with_strict(
        record_checks(),
        one_of("standing", Standing),
        text_check("value", 40),
        text_check("reason", 200),
        day_checks("valid_from"),
        UniqueConstraint("customer_id", "standing", "valid_from"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    standing: Mapped[str] = mapped_column(Words)
    value: Mapped[str] = mapped_column(Words)
    valid_from: Mapped[date] = mapped_column(Day)
    reason: Mapped[str] = mapped_column(Words)


class CustomerLink(Recorded, Base):
    """A school that followed another on a day, as the national register says.

    Numbers, not keys: the register names schools that are not (yet) customers.
    """

    __tablename__ = "customer_link"
    __table_args__ = with_strict(
        record_checks(),
        one_of("link", LINKS),
        text_check("successor_name", 200, least=0),
        text_check("predecessor_name", 200, least=0),
        day_checks("linked_on"),
        CheckConstraint("predecessor_urn <> successor_urn", name="two_schools"),
        UniqueConstraint("predecessor_urn", "successor_urn"),
        Index(None, "successor_urn"),
    )

    predecessor_urn: Mapped[int] = mapped_column(Whole)
    predecessor_name: Mapped[str] = mapped_column(Words, default="")
    successor_urn: Mapped[int] = mapped_column(Whole)
    successor_name: Mapped[str] = mapped_column(Words, default="")
    link: Mapped[str] = mapped_column(Words)
    linked_on: Mapped[date | None] = mapped_column(Day)


class Person(Recorded, Base):
    """A contact or a delegate of a customer. Erasing empties the words and keeps the row."""

    __tablename__ = "person"
    __table_args__ = with_strict(
        record_checks(),
        text_checks(100, "given_name", "family_name", "job_title"),
        text_checks(200, "email"),
        text_checks(40, "telephone", "basis"),
        flag_checks("is_contact", "is_demo"),
        day_checks("retain_until", "erased_on"),
        CheckConstraint(
            "erased_on is not null or length(family_name) > 0", name="family_name_given"
        ),
        Index(None, "customer_id", "id"),  # those who became known last, without sorting them all
        Index(None, "family_name", "given_name"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    given_name: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    family_name: Mapped[str] = mapped_column(Words, info=PERSONAL)
    job_title: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    email: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    telephone: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    is_contact: Mapped[bool] = mapped_column(Flag, default=False)
    is_demo: Mapped[bool] = mapped_column(Flag, default=False)
    basis: Mapped[str] = mapped_column(Words, default="contract")  # why their data is held
    retain_until: Mapped[date | None] = mapped_column(Day)
    erased_on: Mapped[date | None] = mapped_column(Day)


class PersonCare(Base):
    """A person's access, diet and medical needs: special-category data, apart on purpose.

    Its words are never in the audit trail, in logs or in searches; reads go through
    `CareAccess`; rows are deleted after `retain_until`.
    """

    __tablename__ = "person_care"
    __table_args__ = (
        text_check("access", 400, least=0),
        text_check("diet", 200, least=0),
        text_check("medical", 1000, least=0),
        *day_checks("retain_until"),
        {"sqlite_strict": True, "info": {"care": True}},
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    access: Mapped[str] = mapped_column(Words, default="")
    diet: Mapped[str] = mapped_column(Words, default="")
    medical: Mapped[str] = mapped_column(Words, default="")
    retain_until: Mapped[date] = mapped_column(Day)
