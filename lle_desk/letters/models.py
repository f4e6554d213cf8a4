"""The words of the letters as the office reworded them, and the messages of the outbox."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import (
    PERSONAL,
    UNAUDITED,
    Recorded,
    one_of,
    record_checks,
    text_check,
    text_checks,
    with_strict,
)
from lle_desk.core.types import Key, UtcMoment, Whole, Words
from lle_desk.letters.rules import BODY_MOST, SUBJECT_MOST, LetterKind, PostState


class LetterTemplate(Recorded, Base):
    """The office's own words for one kind of letter, in place of the shipped ones."""

    __tablename__ = "letter_template"
    __table_args__ = with_strict(
        record_checks(),
        one_of("kind", LetterKind),
        text_check("subject", SUBJECT_MOST),
        text_check("body", BODY_MOST),
    )

    kind: Mapped[str] = mapped_column(Words, unique=True)
    subject: Mapped[str] = mapped_column(Words)
    body: Mapped[str] = mapped_column(Words)


class Message(Recorded, Base):
    """One e-mail in the outbox, whole as it is sent: `eml` is ASCII with CRLF line ends.

    `record_kind` and `record_id` name what it is about ("course_booking"). Its state steps as
    `rules.STEPS` says; what is in it never changes, and once it is sent or taken out nothing does,
    until somebody it tells of is erased.
    """

    __tablename__ = "message"
    __table_args__ = with_strict(
        record_checks(),
        one_of("kind", LetterKind),
        one_of("state", PostState),
        text_check("record_kind", 40),
        text_check("record_name", 60),
        text_check("to_address", 200),
        text_checks(200, "to_name"),
        text_check("subject", 200),
        text_check("message_id", 200),
        text_checks(400, "error"),
        text_checks(60, "claimed_by"),
        CheckConstraint("attempts between 0 and 10000", name="attempts_sensible"),
        CheckConstraint("(state = 'sent') = (sent_at is not null)", name="sent_when"),
        CheckConstraint("state <> 'failed' or error <> ''", name="failed_why"),
        Index("uq_message_message_id", "message_id", unique=True),
        Index(None, "state"),
        Index(None, "record_kind", "record_id"),
    )

    kind: Mapped[str] = mapped_column(Words)
    record_kind: Mapped[str] = mapped_column(Words)
    record_id: Mapped[int] = mapped_column(Key)
    record_name: Mapped[str] = mapped_column(Words)  # "B-00417"
    to_address: Mapped[str] = mapped_column(Words, info=PERSONAL)
    to_name: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    subject: Mapped[str] = mapped_column(Words, info=PERSONAL)
    message_id: Mapped[str] = mapped_column(Words)
    eml: Mapped[str] = mapped_column(Words, info=UNAUDITED, deferred=True)
    state: Mapped[str] = mapped_column(Words)
    attempts: Mapped[int] = mapped_column(Whole, default=0)
    claimed_by: Mapped[str] = mapped_column(Words, default="")  # the desk's run that sends it
    claimed_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    error: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)  # the server's words
    sent_at: Mapped[datetime | None] = mapped_column(UtcMoment)
    queued_at: Mapped[datetime] = mapped_column(UtcMoment)
    queued_by: Mapped[str] = mapped_column(Words)
    erased_for: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # whose words are gone
