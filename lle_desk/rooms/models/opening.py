"""When a site is open, and who may use a room although it is closed."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import Recorded, record_checks, with_strict
from lle_desk.core.types import Whole

MINUTES_A_DAY = 24 * 60


class OpeningHours(Recorded, Base):
    """When a site is open on one day of the week, in minutes after midnight, half-open.

    Both nought: shut all that day. A site without any row is never said to be shut.
    """

    __tablename__ = "opening_hours"
    __table_args__ = with_strict(
        record_checks(),
        CheckConstraint("weekday between 0 and 6", name="weekday_known"),
        CheckConstraint(
            f"opens >= 0 and closes <= {MINUTES_A_DAY}"
            " and (opens < closes or (opens = 0 and closes = 0))",
            name="hours_sensible",
        ),
        Index("uq_opening_hours_site_id_weekday", "site_id", "weekday", unique=True),
    )

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    weekday: Mapped[int] = mapped_column(Whole)  # Monday is 0
    opens: Mapped[int] = mapped_column(Whole)
    closes: Mapped[int] = mapped_column(Whole)


class ClosureAllowance(Recorded, Base):
    """One customer, or one booking, that may use what a closure closes."""

    __tablename__ = "closure_allowance"
    __table_args__ = with_strict(
        record_checks(),
        CheckConstraint("(customer_id is null) <> (room_booking_id is null)", name="one_allowed"),
        Index(
            "uq_closure_allowance_closure_id_customer_id", "closure_id", "customer_id", unique=True
        ),
        Index(
            "uq_closure_allowance_closure_id_room_booking_id",
            "closure_id",
            "room_booking_id",
            unique=True,
        ),
    )

    closure_id: Mapped[int] = mapped_column(ForeignKey("closure.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    room_booking_id: Mapped[int | None] = mapped_column(ForeignKey("room_booking.id"))
