"""What was decided about an event and who was told; who missed a session; what they thought."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import (
    PERSONAL,
    Recorded,
    flag_checks,
    one_of,
    record_checks,
    text_check,
    text_checks,
    with_strict,
)
from lle_desk.core.types import Flag, Money, UtcMoment, Whole, Words
from lle_desk.courses.rules import MOVED, EventState

DECIDED = (str(EventState.CONFIRMED), str(EventState.CANCELLED), MOVED)
COUNTS = text("place_id is not null and not is_removed")


class EventDecision(Recorded, Base):
    """An event that was confirmed to run, moved or cancelled, by whom and why. Never changed."""

    __tablename__ = "event_decision"
    __table_args__ = with_strict(
        record_checks(),
        one_of("decided", DECIDED),
        text_checks(200, "reason"),
        text_check("decided_by", 60),
        CheckConstraint("decided <> 'cancelled' or reason <> ''", name="cancelled_why"),
        Index(None, "event_id"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    decided: Mapped[str] = mapped_column(Words)
    reason: Mapped[str] = mapped_column(Words, default="")
    decided_by: Mapped[str] = mapped_column(Words)
    decided_at: Mapped[datetime] = mapped_column(UtcMoment)


class Telling(Recorded, Base):
    """One booking to be told of a decision, what was given back for it, and the tick after it.

    Amounts are net: `struck_out` was on no paper yet, `credited` was, on `credit_notes`.
    """

    __tablename__ = "telling"
    __table_args__ = with_strict(
        record_checks(),
        text_checks(400, "credit_notes"),
        text_checks(60, "told_by"),
        CheckConstraint("(told_at is null) = (told_by = '')", name="told_by_whom"),
        CheckConstraint("places >= 0 and waiting >= 0", name="places_counted"),
        UniqueConstraint("event_decision_id", "course_booking_id"),
        Index(None, "course_booking_id"),
    )

    event_decision_id: Mapped[int] = mapped_column(ForeignKey("event_decision.id"))
    course_booking_id: Mapped[int] = mapped_column(ForeignKey("course_booking.id"))
    places: Mapped[int] = mapped_column(Whole)
    waiting: Mapped[int] = mapped_column(Whole)
    struck_out: Mapped[int] = mapped_column(Money)
    credited: Mapped[int] = mapped_column(Money)
    credit_notes: Mapped[str] = mapped_column(Words, default="")
    told_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    told_by: Mapped[str] = mapped_column(Words, default="")


class MissedSession(Recorded, Base):
    """A session that somebody who attended the event was not at.

    Of a place that attended only, of its own event, and never all of them: who came to none did
    not attend. Added and taken away, never changed.
    """

    __tablename__ = "missed_session"
    __table_args__ = with_strict(
        record_checks(),
        UniqueConstraint("place_id", "event_session_id"),
        Index(None, "event_session_id"),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    event_session_id: Mapped[int] = mapped_column(ForeignKey("event_session.id"))


class EvaluationQuestion(Recorded, Base):
    """A question of the evaluation sheet, answered with 1 (poor) to 4 (very good)."""

    __tablename__ = "evaluation_question"
    __table_args__ = with_strict(
        record_checks(),
        text_check("words", 200),
        text_check("short_words", 40),
        flag_checks("is_active"),
    )

    words: Mapped[str] = mapped_column(Words, unique=True)
    short_words: Mapped[str] = mapped_column(Words)
    sort_order: Mapped[int] = mapped_column(Whole, default=0)
    is_active: Mapped[bool] = mapped_column(Flag, default=True)


class Evaluation(Recorded, Base):
    """One evaluation sheet of an event, of a delegate or of somebody who gave no name."""

    __tablename__ = "evaluation"
    __table_args__ = with_strict(
        record_checks(),
        text_checks(2000, "comment"),
        flag_checks("is_removed"),
        Index(None, "event_id"),
        Index(
            "uq_evaluation_place_id",
            "place_id",
            unique=True,
            sqlite_where=COUNTS,
            postgresql_where=COUNTS,
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    comment: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    is_removed: Mapped[bool] = mapped_column(Flag, default=False)


class EvaluationScore(Recorded, Base):
    """What one sheet gives one question, 1 to 4."""

    __tablename__ = "evaluation_score"
    __table_args__ = with_strict(
        record_checks(),
        CheckConstraint("score between 1 and 4", name="score_sensible"),
        UniqueConstraint("evaluation_id", "question_id"),
    )

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("evaluation_question.id"))
    score: Mapped[int] = mapped_column(Whole)
