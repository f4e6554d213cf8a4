"""Courses, their events and sessions, and the places that customers book."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.charges import models as _charges  # noqa: F401  (place refers to charge)
from lle_desk.core.db import Base
from lle_desk.core.records import (
    PERSONAL,
    UNAUDITED,
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
from lle_desk.core.types import Day, Flag, Moment, UtcMoment, Whole, Words
from lle_desk.courses.rules import EventState, PlaceState
from lle_desk.rooms import models as _rooms  # noqa: F401  (event_session refers to room_use)

HOLDS = text("holds_place")


class Course(Recorded, Base):
    """The template that events are runs of."""

    __tablename__ = "course"
    __table_args__ = with_strict(
        record_checks(),
        text_check("code", 30),
        text_check("title", 200),
        text_check("short_title", 40, least=0),
        text_checks(4000, "summary"),
        flag_checks("is_active", "is_demo"),
        Index(None, "service_id"),
    )

    code: Mapped[str] = mapped_column(Words, unique=True)
    title: Mapped[str] = mapped_column(Words)
    short_title: Mapped[str] = mapped_column(Words, default="")
    summary: Mapped[str] = mapped_column(Words, default="")
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    is_active: Mapped[bool] = mapped_column(Flag, default=True)
    is_demo: Mapped[bool] = mapped_column(Flag, default=False)


class Event(Recorded, Base):
    """One run of a course. `places_held` is counted by triggers and never above `capacity`."""

    __tablename__ = "event"
    __table_args__ = with_strict(
        record_checks(),
        text_check("code", 40),
        one_of("state", EventState),
        CheckConstraint("capacity between 0 and 10000", name="capacity_sensible"),
        CheckConstraint("minimum between 0 and capacity", name="minimum_sensible"),
        CheckConstraint("places_held between 0 and capacity", name="not_over_capacity"),
        CheckConstraint("places_waiting >= 0", name="waiting_counted"),
        text_checks(4000, "notes"),
        text_checks(200, "arrival_words"),
        flag_checks("is_demo"),
        day_checks("decision_on", "first_on", "last_on"),
        Index(None, "course_id"),
        Index(None, "first_on"),
    )

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    code: Mapped[str] = mapped_column(Words, unique=True)  # LPDS-0417
    state: Mapped[str] = mapped_column(Words)
    capacity: Mapped[int] = mapped_column(Whole)
    minimum: Mapped[int] = mapped_column(Whole, default=0)
    budgeted: Mapped[int | None] = mapped_column(Whole)
    decision_on: Mapped[date | None] = mapped_column(Day)
    arrival_words: Mapped[str] = mapped_column(Words, default="")
    notes: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    is_demo: Mapped[bool] = mapped_column(Flag, default=False)
    places_held: Mapped[int] = mapped_column(Whole, server_default="0", info=UNAUDITED)
    places_waiting: Mapped[int] = mapped_column(Whole, server_default="0", info=UNAUDITED)
    first_on: Mapped[date | None] = mapped_column(Day, info=UNAUDITED)  # of its sessions
    last_on: Mapped[date | None] = mapped_column(Day, info=UNAUDITED)


class EventSession(Recorded, Base):
    """One meeting of an event: in a room of ours, at an outside venue, or not placed yet."""

    __tablename__ = "event_session"
    __table_args__ = with_strict(
        record_checks(),
        span_checks("starts_at", "ends_at"),
        text_checks(200, "outside_venue", "trainer_names"),
        CheckConstraint("room_use_id is null or outside_venue = ''", name="one_venue"),
        Index(None, "event_id"),
        Index(None, "starts_at"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    room_use_id: Mapped[int | None] = mapped_column(ForeignKey("room_use.id"), unique=True)
    outside_venue: Mapped[str] = mapped_column(Words, default="")
    trainer_names: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)


class CourseBooking(Recorded, Base):
    """The places that one customer books at once on one event. Printed as B-20881."""

    __tablename__ = "course_booking"
    __table_args__ = with_strict(
        record_checks(),
        text_checks(60, "order_number", "taken_by"),
        text_checks(4000, "notes"),
        text_checks(200, "confirmation_to"),
        Index(None, "customer_id"),
        Index(None, "event_id"),
    )

    number: Mapped[int] = mapped_column(Whole, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    order_number: Mapped[str] = mapped_column(Words, default="")
    confirmation_to: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    notes: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    taken_by: Mapped[str] = mapped_column(Words)
    taken_at: Mapped[datetime] = mapped_column(UtcMoment)


class Place(Recorded, Base):
    """One delegate on one event; unnamed while `person_id` is None.

    `holds_place` is what capacity counts. A person holds at most one place on an event.
    """

    __tablename__ = "place"
    __table_args__ = with_strict(
        record_checks(),
        one_of("state", PlaceState),
        flag_checks("holds_place"),
        CheckConstraint(
            "holds_place = (state in ('booked', 'attended', 'did not attend'))",
            name="holds_as_state",
        ),
        text_check("cancelled_reason", 400, least=0),
        CheckConstraint("state <> 'cancelled' or cancelled_at is not null", name="cancelled_when"),
        Index(None, "event_id", "holds_place"),
        Index(None, "course_booking_id"),
        Index(None, "person_id"),
        Index(
            "uq_place_person_once",
            "event_id",
            "person_id",
            unique=True,
            sqlite_where=HOLDS,
            postgresql_where=HOLDS,
        ),
    )

    course_booking_id: Mapped[int] = mapped_column(ForeignKey("course_booking.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(Words)
    holds_place: Mapped[bool] = mapped_column(Flag)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    cancelled_reason: Mapped[str] = mapped_column(Words, default="")


class BookingTerm(Recorded, Base):
    """One row of the cancellation scale as it stood when the booking was made."""

    __tablename__ = "booking_term"
    __table_args__ = with_strict(
        record_checks(),
        CheckConstraint("percent between 0 and 100", name="percent_sensible"),
        text_check("unit", 20),
        text_check("base", 20),
        UniqueConstraint("course_booking_id", "notice_below"),
    )

    course_booking_id: Mapped[int] = mapped_column(ForeignKey("course_booking.id"))
    notice_below: Mapped[int | None] = mapped_column(Whole)
    percent: Mapped[int] = mapped_column(Whole)
    unit: Mapped[str] = mapped_column(Words)
    base: Mapped[str] = mapped_column(Words)
    free_place_fee: Mapped[int] = mapped_column(Whole)
