"""Trainers and their time, of which each row claims the trainer like a room its cells."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import (
    PERSONAL,
    Recorded,
    flag_checks,
    one_of,
    record_checks,
    span_checks,
    text_check,
    text_checks,
    with_strict,
)
from lle_desk.core.types import Flag, Key, Moment, Money, Words
from lle_desk.officers import models as _officers  # noqa: F401  (trainer refers to service)
from lle_desk.rooms import models as _rooms  # noqa: F401  (trainer refers to resource)
from lle_desk.trainers.rules import Purpose


class Trainer(Recorded, Base):
    """Someone who teaches or advises: ours, or from outside. Owns one resource, for ever."""

    __tablename__ = "trainer"
    __table_args__ = with_strict(
        record_checks(),
        text_check("name", 120),
        text_check("initials", 6),
        text_checks(200, "email"),
        text_checks(40, "telephone"),
        CheckConstraint("cost_per_day between 0 and 100000000", name="cost_per_day_sensible"),
        flag_checks("is_active", "is_demo"),
        Index("uq_trainer_resource_id", "resource_id", unique=True),
        Index(None, "service_id"),
    )

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))  # None: outside
    name: Mapped[str] = mapped_column(Words, info=PERSONAL)
    initials: Mapped[str] = mapped_column(Words, info=PERSONAL)
    email: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    telephone: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    cost_per_day: Mapped[int] = mapped_column(Money, default=0)
    is_active: Mapped[bool] = mapped_column(Flag, default=True)
    is_demo: Mapped[bool] = mapped_column(Flag, default=False)


class TrainerTime(Recorded, Base):
    """One stretch of a trainer's time: the work [starts_at, ends_at), reserved with its travel.

    Its claim is made by the database, which refuses two that overlap. `source` and `source_id`
    name what it is for: "event_session" and the session's id; a visit names its time itself.
    """

    __tablename__ = "trainer_time"
    __table_args__ = with_strict(
        record_checks(),
        span_checks("starts_at", "ends_at"),
        span_checks("reserved_from", "reserved_to"),
        CheckConstraint(
            "reserved_from <= starts_at and reserved_to >= ends_at", name="reserved_holds_work"
        ),
        one_of("purpose", Purpose),
        text_checks(300, "words"),
        text_checks(40, "source"),
        flag_checks("holds_space"),
        Index(None, "trainer_id", "starts_at"),
        Index(None, "starts_at"),
        Index(
            "ix_trainer_time_of_source",
            "source_id",
            "source",
            sqlite_where=text("source_id IS NOT NULL"),
            postgresql_where=text("source_id IS NOT NULL"),
        ),
    )

    trainer_id: Mapped[int] = mapped_column(ForeignKey("trainer.id"))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    reserved_from: Mapped[datetime] = mapped_column(Moment)
    reserved_to: Mapped[datetime] = mapped_column(Moment)
    purpose: Mapped[str] = mapped_column(Words)
    words: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    holds_space: Mapped[bool] = mapped_column(Flag, default=True)
    source: Mapped[str] = mapped_column(Words, default="")
    source_id: Mapped[int | None] = mapped_column(Key)
