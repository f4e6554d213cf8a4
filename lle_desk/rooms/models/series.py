"""Bookings that repeat: the rule, and what became of each of its dates.

Each date is a booking of its own, with its own number, status, notes and money, since any of
them may be moved, confirmed, invoiced or cancelled without the others. Its tie to the series
keeps the date it was first meant for, so a date that was moved is still "3 of 12".
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import (
    Recorded,
    day_checks,
    one_of,
    record_checks,
    text_check,
    with_strict,
)
from lle_desk.core.types import Day, Whole, Words
from lle_desk.rooms.rules.repeats import MOST_DATES, Repeats


class BookingSeries(Recorded, Base):
    """By what rule a booking repeats, as it was said when it was made; it never changes.

    `weekdays` is "0,3" for Monday and Thursday. Changes of dates are changes of bookings.
    """

    __tablename__ = "booking_series"
    __table_args__ = with_strict(
        record_checks(),
        one_of("repeats", Repeats),
        CheckConstraint(f"every between 1 and {MOST_DATES}", name="every_sensible"),
        text_check("weekdays", 20, least=0),
        CheckConstraint("nth between -1 and 4", name="nth_known"),
        CheckConstraint(
            f"times is null or times between 1 and {MOST_DATES}", name="times_sensible"
        ),
        CheckConstraint("(until_on is null) <> (times is null)", name="ends_once"),
        CheckConstraint("until_on is null or until_on >= starts_on", name="ends_after_start"),
        day_checks("starts_on", "until_on"),
    )

    repeats: Mapped[str] = mapped_column(Words)
    every: Mapped[int] = mapped_column(Whole)
    weekdays: Mapped[str] = mapped_column(Words, default="")
    nth: Mapped[int] = mapped_column(Whole, default=0)
    starts_on: Mapped[date] = mapped_column(Day)
    until_on: Mapped[date | None] = mapped_column(Day)
    times: Mapped[int | None] = mapped_column(Whole)


class SeriesDate(Recorded, Base):
    """One date of the rule: the booking made for it, or why there is none."""

    __tablename__ = "series_date"
    __table_args__ = with_strict(
        record_checks(),
        day_checks("original_on"),
        text_check("skipped_reason", 200, least=0),
        CheckConstraint(
            "(room_booking_id is null) = (skipped_reason <> '')", name="booked_or_skipped"
        ),
        UniqueConstraint("series_id", "original_on"),
        UniqueConstraint("room_booking_id"),
    )

    series_id: Mapped[int] = mapped_column(ForeignKey("booking_series.id"))
    original_on: Mapped[date] = mapped_column(Day)
    room_booking_id: Mapped[int | None] = mapped_column(ForeignKey("room_booking.id"))
    skipped_reason: Mapped[str] = mapped_column(Words, default="")
