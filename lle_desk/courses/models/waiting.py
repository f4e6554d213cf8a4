"""Who waits for a place, in which order, and what was offered to them until when."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import Recorded, flag_checks, record_checks, with_strict
from lle_desk.core.types import Flag, Moment, UtcMoment, Whole


class WaitingParty(Recorded, Base):
    """The waiting places of one booking: a party that waits together.

    The highest priority comes first, then who asked first. `offered_until` is a moment on the
    office's clock: until then the free places are theirs to take.
    """

    __tablename__ = "waiting_party"
    __table_args__ = with_strict(
        record_checks(),
        CheckConstraint("priority between 0 and 9", name="priority_sensible"),
        CheckConstraint("offered_places between 0 and 500", name="offered_sensible"),
        CheckConstraint(
            "(offered_until is null) = (offered_places = 0)", name="offered_until_when"
        ),
        CheckConstraint(
            "offered_until is null or offered_until is datetime(offered_until, '+0 days')",
            name="offered_until_moment",
        ).ddl_if(dialect="sqlite"),
        flag_checks("is_all_or_nothing"),
    )

    course_booking_id: Mapped[int] = mapped_column(ForeignKey("course_booking.id"), unique=True)
    priority: Mapped[int] = mapped_column(Whole, default=0)
    is_all_or_nothing: Mapped[bool] = mapped_column(Flag, default=False)
    joined_at: Mapped[datetime] = mapped_column(UtcMoment)
    offered_places: Mapped[int] = mapped_column(Whole, default=0)
    offered_until: Mapped[datetime | None] = mapped_column(Moment)
