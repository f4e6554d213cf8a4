"""Rooms, what is booked in them, and the claims that no two may overlap."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import (
    PERSONAL,
    STRICT,
    Keyed,
    Recorded,
    day_checks,
    flag_checks,
    one_of,
    record_checks,
    span_checks,
    text_check,
    text_checks,
    with_strict,
)
from lle_desk.core.types import Day, Flag, Moment, Whole, Words
from lle_desk.customers import models as _customers  # noqa: F401  (room_booking refers to them)
from lle_desk.rooms.rules import Category, Layout, Status

RESOURCE_KINDS = ("cell", "bed", "trainer", "equipment")


class Site(Recorded, Base):
    """A place with rooms: Woodlands, or a building of an import."""

    __tablename__ = "site"
    __table_args__ = with_strict(
        record_checks(),
        text_check("code", 20),
        text_check("name", 120),
        flag_checks("is_opted_to_tax", "is_demo"),
    )

    code: Mapped[str] = mapped_column(Words, unique=True)
    name: Mapped[str] = mapped_column(Words)
    is_opted_to_tax: Mapped[bool] = mapped_column(Flag, default=False)
    is_demo: Mapped[bool] = mapped_column(Flag, default=False)


class Resource(Recorded, Base):
    """One thing that can be in one use at a time: a room that cannot be divided, a trainer."""

    __tablename__ = "resource"
    __table_args__ = with_strict(
        record_checks(), one_of("kind", RESOURCE_KINDS), text_check("name", 120)
    )

    kind: Mapped[str] = mapped_column(Words)
    name: Mapped[str] = mapped_column(Words)


class Space(Recorded, Base):
    """What is booked: one cell, or several joined by opening a partition."""

    __tablename__ = "space"
    __table_args__ = with_strict(
        record_checks(),
        text_check("name", 120),
        text_check("code", 20, least=0),
        text_check("short_name", 20),
        text_check("kind", 60),
        CheckConstraint("set_up_minutes between 0 and 480", name="set_up_sensible"),
        CheckConstraint("clear_down_minutes between 0 and 480", name="clear_down_sensible"),
        CheckConstraint("fixed_pcs >= 0", name="pcs_counted"),
        flag_checks("is_active", "is_demo"),
        UniqueConstraint("site_id", "name"),
    )

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str] = mapped_column(Words, default="")  # the number on the door
    name: Mapped[str] = mapped_column(Words)
    short_name: Mapped[str] = mapped_column(Words)
    kind: Mapped[str] = mapped_column(Words)  # "room", "ICT suite", or the import's word
    set_up_minutes: Mapped[int] = mapped_column(Whole, default=0)
    clear_down_minutes: Mapped[int] = mapped_column(Whole, default=0)
    fixed_pcs: Mapped[int] = mapped_column(Whole, default=0)
    sort_order: Mapped[int] = mapped_column(Whole, default=0)
    is_active: Mapped[bool] = mapped_column(Flag, default=True)
    is_demo: Mapped[bool] = mapped_column(Flag, default=False)


class SpaceCell(Base):
    """A cell that a space is made of."""

    __tablename__ = "space_cell"
    __table_args__ = (Index(None, "resource_id"), STRICT | {"sqlite_autoincrement": False})

    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"), primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)


class SpaceLayout(Recorded, Base):
    """How many a space holds in one layout; a joined space has its own, not the sum."""

    __tablename__ = "space_layout"
    __table_args__ = with_strict(
        record_checks(),
        one_of("layout", Layout),
        CheckConstraint("capacity between 1 and 100000", name="capacity_sensible"),
        CheckConstraint("set_up_minutes between 0 and 480", name="set_up_sensible"),
        CheckConstraint("clear_down_minutes between 0 and 480", name="clear_down_sensible"),
        UniqueConstraint("space_id", "layout"),
    )

    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    layout: Mapped[str] = mapped_column(Words)
    capacity: Mapped[int] = mapped_column(Whole)
    set_up_minutes: Mapped[int | None] = mapped_column(Whole)  # None: as the space
    clear_down_minutes: Mapped[int | None] = mapped_column(Whole)


class RoomBooking(Recorded, Base):
    """What one customer books at once: one or more uses of rooms, with one title and category.

    `number` is printed as WR-02418. A course session has one too, so that the diary and the
    footfall know every use of a room.
    """

    __tablename__ = "room_booking"
    __table_args__ = with_strict(
        record_checks(),
        text_check("title", 200),
        text_check("short_title", 40, least=0),
        one_of("category", Category),
        one_of("status", Status),
        flag_checks("holds_space"),
        text_checks(4000, "notes_customer", "notes_office"),
        text_checks(60, "order_number", "taken_by", "external_number", "source"),
        text_checks(400, "cancelled_reason"),
        day_checks("option_on"),
        CheckConstraint("status <> 'cancelled' or cancelled_at is not null", name="cancelled_when"),
        Index(None, "customer_id"),
    )

    number: Mapped[int] = mapped_column(Whole, unique=True)
    title: Mapped[str] = mapped_column(Words)
    short_title: Mapped[str] = mapped_column(Words, default="")
    category: Mapped[str] = mapped_column(Words)
    status: Mapped[str] = mapped_column(Words)
    holds_space: Mapped[bool] = mapped_column(Flag)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    option_on: Mapped[date | None] = mapped_column(Day)
    order_number: Mapped[str] = mapped_column(Words, default="")
    notes_customer: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    notes_office: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    taken_by: Mapped[str] = mapped_column(Words)
    external_number: Mapped[str] = mapped_column(Words, default="")  # its key in an import
    source: Mapped[str] = mapped_column(Words, default="")
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    cancelled_reason: Mapped[str] = mapped_column(Words, default="")


class RoomUse(Recorded, Base):
    """One space used once: event time, reserved time, layout and heads.

    `space_id` None is parked: a use that still needs a room. Reserved time is event time with
    set-up and clear-down. Its claims, one for each cell, are made by the database.
    """

    __tablename__ = "room_use"
    __table_args__ = with_strict(
        record_checks(),
        one_of("layout", Layout),
        span_checks("starts_at", "ends_at"),
        span_checks("reserved_from", "reserved_to"),
        CheckConstraint(
            "reserved_from <= starts_at and reserved_to >= ends_at", name="reserved_holds_event"
        ),
        CheckConstraint("heads between 1 and 100000", name="heads_counted"),
        CheckConstraint(
            "actual_heads is null or actual_heads between 0 and 100000", name="actual_counted"
        ),
        flag_checks("holds_space", "is_pinned", "is_estimate"),
        text_check("over_capacity_reason", 200, least=0),
        Index(None, "room_booking_id"),
        Index(None, "starts_at"),
        Index(None, "space_id", "starts_at"),
    )

    room_booking_id: Mapped[int] = mapped_column(ForeignKey("room_booking.id"))
    space_id: Mapped[int | None] = mapped_column(ForeignKey("space.id"))
    layout: Mapped[str] = mapped_column(Words)
    heads: Mapped[int] = mapped_column(Whole)  # expected
    # Heads are a guess: nobody said how many come.
    is_estimate: Mapped[bool] = mapped_column(Flag, default=False, server_default=text("false"))
    actual_heads: Mapped[int | None] = mapped_column(Whole)
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    reserved_from: Mapped[datetime] = mapped_column(Moment)
    reserved_to: Mapped[datetime] = mapped_column(Moment)
    holds_space: Mapped[bool] = mapped_column(Flag)
    is_pinned: Mapped[bool] = mapped_column(Flag, default=False)  # allocation leaves it
    over_capacity_reason: Mapped[str] = mapped_column(Words, default="")


class Claim(Keyed, Base):
    """One cell, bed, trainer or piece of equipment held for a time, [starts_at, ends_at).

    No two that hold space may overlap on one resource: the database refuses it. The claims of
    a room use, and that of a trainer's time, follow it by trigger; none has two owners.
    """

    __tablename__ = "claim"
    __table_args__ = with_strict(
        span_checks("starts_at", "ends_at"),
        flag_checks("holds_space"),
        Index(
            "ix_claim_held",
            "resource_id",
            "starts_at",
            sqlite_where=text("holds_space = 1"),  # as SQLAlchemy asks for it, else it is not used
            postgresql_where=text("holds_space"),
        ),
        Index(None, "room_use_id"),
        Index(None, "trainer_time_id"),
        ExcludeConstraint(
            ("resource_id", "="),
            (func.tsrange(text("starts_at"), text("ends_at")), "&&"),
            where=text("holds_space"),
            name="claim_no_overlap",
            using="gist",
        ).ddl_if(dialect="postgresql"),
    )

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    room_use_id: Mapped[int | None] = mapped_column(ForeignKey("room_use.id"))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    holds_space: Mapped[bool] = mapped_column(Flag)
    trainer_time_id: Mapped[int | None] = mapped_column(ForeignKey("trainer_time.id"))


class Closure(Recorded, Base):
    """A time when a space cannot be used, and why; all of the site when no space is named."""

    __tablename__ = "closure"
    __table_args__ = with_strict(
        record_checks(),
        span_checks("starts_at", "ends_at", most_days=366),
        text_check("reason", 200),
        Index(None, "site_id", "starts_at"),
    )

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    space_id: Mapped[int | None] = mapped_column(ForeignKey("space.id"))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str] = mapped_column(Words)
