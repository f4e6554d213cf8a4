"""What goes with a room: catering and equipment, what its hire costs, and frozen terms."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import (
    PERSONAL,
    UNAUDITED,
    Recorded,
    flag_checks,
    one_of,
    record_checks,
    span_checks,
    text_check,
    with_strict,
)
from lle_desk.core.types import Flag, Moment, Whole, Words
from lle_desk.offers import models as _offers  # noqa: F401  (what is sold refers to offers)
from lle_desk.rooms.rules.hire import Part

DIETS = ("vegetarian", "vegan", "halal", "gluten_free", "other_diets")
MOST = 100_000


class CateringItem(Recorded, Base):
    """Something on the menu; its price and VAT are those of its offer."""

    __tablename__ = "catering_item"
    __table_args__ = with_strict(
        record_checks(),
        text_check("name", 120),
        flag_checks("is_per_head", "is_active", "is_demo"),
    )

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), unique=True)
    name: Mapped[str] = mapped_column(Words)
    is_per_head: Mapped[bool] = mapped_column(Flag, default=True)
    sort_order: Mapped[int] = mapped_column(Whole, default=0)
    is_active: Mapped[bool] = mapped_column(Flag, default=True)
    is_demo: Mapped[bool] = mapped_column(Flag, default=False)


class CateringLine(Recorded, Base):
    """What the kitchen brings to one use of a room, when, and for how many.

    Diets are numbers of people, never names. A quantity of 0 is struck out. `served_at` goes
    along when the whole use is moved. `least_charged` is the final number, kept from the first
    change after the day when it was due; what is charged is never less.
    """

    __tablename__ = "catering_line"
    __table_args__ = with_strict(
        record_checks(),
        CheckConstraint(f"quantity between 0 and {MOST}", name="quantity_counted"),
        CheckConstraint(
            f"least_charged is null or least_charged between 0 and {MOST}", name="least_counted"
        ),
        *(
            CheckConstraint(f"{diet} >= 0 and {diet} <= quantity", name=f"{diet}_counted")
            for diet in DIETS
        ),
        text_check("note", 200, least=0),
        CheckConstraint(
            "served_at is datetime(served_at, '+0 days')", name="served_at_moment"
        ).ddl_if(dialect="sqlite"),
        Index(None, "room_use_id"),
    )

    room_use_id: Mapped[int] = mapped_column(ForeignKey("room_use.id"))
    catering_item_id: Mapped[int] = mapped_column(ForeignKey("catering_item.id"))
    served_at: Mapped[datetime] = mapped_column(Moment)
    quantity: Mapped[int] = mapped_column(Whole)
    vegetarian: Mapped[int] = mapped_column(Whole, default=0)
    vegan: Mapped[int] = mapped_column(Whole, default=0)
    halal: Mapped[int] = mapped_column(Whole, default=0)
    gluten_free: Mapped[int] = mapped_column(Whole, default=0)
    other_diets: Mapped[int] = mapped_column(Whole, default=0)
    note: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    least_charged: Mapped[int | None] = mapped_column(Whole)


class Equipment(Recorded, Base):
    """Something that is lent with a room, and how many of it there are.

    Without an offer it is free of charge. The stock cannot fall below what is promised.
    """

    __tablename__ = "equipment"
    __table_args__ = with_strict(
        record_checks(),
        text_check("name", 120),
        CheckConstraint(f"stock between 0 and {MOST}", name="stock_counted"),
        flag_checks("is_active", "is_demo"),
    )

    name: Mapped[str] = mapped_column(Words, unique=True)
    stock: Mapped[int] = mapped_column(Whole)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"))
    sort_order: Mapped[int] = mapped_column(Whole, default=0)
    is_active: Mapped[bool] = mapped_column(Flag, default=True)
    is_demo: Mapped[bool] = mapped_column(Flag, default=False)


class EquipmentLine(Recorded, Base):
    """So many of one piece of equipment, held for the reserved time of one use of a room.

    Times and `holds_space` are the use's own: the database keeps them so, and never lets more
    be held at any instant than there are. A quantity of 0 is struck out.
    """

    __tablename__ = "equipment_line"
    __table_args__ = with_strict(
        record_checks(),
        CheckConstraint(f"quantity between 0 and {MOST}", name="quantity_counted"),
        span_checks("starts_at", "ends_at"),
        flag_checks("holds_space"),
        UniqueConstraint("room_use_id", "equipment_id"),
        Index(
            "ix_equipment_line_held",
            "equipment_id",
            "starts_at",
            sqlite_where=text("holds_space = 1"),
            postgresql_where=text("holds_space"),
        ),
    )

    room_use_id: Mapped[int] = mapped_column(ForeignKey("room_use.id"))
    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    quantity: Mapped[int] = mapped_column(Whole)
    starts_at: Mapped[datetime] = mapped_column(Moment, info=UNAUDITED)
    ends_at: Mapped[datetime] = mapped_column(Moment, info=UNAUDITED)
    holds_space: Mapped[bool] = mapped_column(Flag, info=UNAUDITED)


class SpaceRate(Recorded, Base):
    """What a space is hired out for by the half day, the day or the evening."""

    __tablename__ = "space_rate"
    __table_args__ = with_strict(
        record_checks(), one_of("part", Part), UniqueConstraint("space_id", "part")
    )

    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    part: Mapped[str] = mapped_column(Words)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), unique=True)


class RoomBookingTerm(Recorded, Base):
    """One row of the cancellation scale as it stood when the booking was made."""

    __tablename__ = "room_booking_term"
    __table_args__ = with_strict(
        record_checks(),
        CheckConstraint("percent between 0 and 100", name="percent_sensible"),
        text_check("unit", 20),
        text_check("base", 20),
        UniqueConstraint("room_booking_id", "notice_below"),
    )

    room_booking_id: Mapped[int] = mapped_column(ForeignKey("room_booking.id"))
    notice_below: Mapped[int | None] = mapped_column(Whole)
    percent: Mapped[int] = mapped_column(Whole)
    unit: Mapped[str] = mapped_column(Words)
    base: Mapped[str] = mapped_column(Words)
