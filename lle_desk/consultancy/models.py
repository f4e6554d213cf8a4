"""Visits of consultants to schools, what they cost, and the scale frozen on each."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.charges import models as _charges  # noqa: F401  (a visit's charge names it)
from lle_desk.consultancy.rules import Paid, VisitKind, VisitState
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
from lle_desk.core.types import Day, Flag, Moment, Money, UtcMoment, Whole, Words
from lle_desk.trainers import models as _trainers  # noqa: F401  (visit refers to trainer_time)


class VisitOffer(Recorded, Base):
    """Which offer, and so which price list, a service sells visits of a kind under."""

    __tablename__ = "visit_offer"
    __table_args__ = with_strict(
        record_checks(),
        one_of("kind", VisitKind),
        UniqueConstraint("service_id", "kind"),
    )

    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    kind: Mapped[str] = mapped_column(Words)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))


class Visit(Recorded, Base):
    """A consultant at a customer's for a while. Printed as V-01755.

    Its day, hours, travel and consultant are those of its `trainer_time`, which holds them
    exactly while the visit is not cancelled: the database sees to that.
    """

    __tablename__ = "visit"
    __table_args__ = with_strict(
        record_checks(),
        one_of("kind", VisitKind),
        one_of("state", VisitState),
        one_of("paid", Paid),
        text_check("topic", 200),
        text_checks(8000, "note"),
        text_checks(4000, "notes_office"),
        text_checks(200, "no_charge_reason"),
        text_checks(400, "cancelled_reason"),
        text_checks(60, "order_number", "taken_by"),
        flag_checks("is_demo"),
        day_checks("note_on"),
        CheckConstraint("state <> 'cancelled' or cancelled_at is not null", name="cancelled_when"),
        CheckConstraint("state <> 'done' or note_on is not null", name="done_has_note"),
        CheckConstraint("(note = '') = (note_on is null)", name="note_dated"),
        UniqueConstraint("trainer_time_id"),
        Index(None, "customer_id"),
        Index(None, "service_id"),
    )

    number: Mapped[int] = mapped_column(Whole, unique=True)
    trainer_time_id: Mapped[int] = mapped_column(ForeignKey("trainer_time.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    kind: Mapped[str] = mapped_column(Words)
    state: Mapped[str] = mapped_column(Words)
    topic: Mapped[str] = mapped_column(Words)
    paid: Mapped[str] = mapped_column(Words)
    no_charge_reason: Mapped[str] = mapped_column(Words, default="")
    order_number: Mapped[str] = mapped_column(Words, default="")
    notes_office: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    note: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    note_on: Mapped[date | None] = mapped_column(Day)
    taken_by: Mapped[str] = mapped_column(Words)
    taken_at: Mapped[datetime] = mapped_column(UtcMoment)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    cancelled_reason: Mapped[str] = mapped_column(Words, default="")
    is_demo: Mapped[bool] = mapped_column(Flag, default=False)


class VisitTerm(Recorded, Base):
    """One row of the cancellation scale as it stood when the visit was booked."""

    __tablename__ = "visit_term"
    __table_args__ = with_strict(
        record_checks(),
        CheckConstraint("percent between 0 and 100", name="percent_sensible"),
        text_check("unit", 20),
        text_check("base", 20),
        UniqueConstraint("visit_id", "notice_below"),
    )

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    notice_below: Mapped[int | None] = mapped_column(Whole)
    percent: Mapped[int] = mapped_column(Whole)
    unit: Mapped[str] = mapped_column(Words)
    base: Mapped[str] = mapped_column(Words)
    free_place_fee: Mapped[int] = mapped_column(Money)
