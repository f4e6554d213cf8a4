"""What was sent to customers: kept as it was, so that the next letter can say what is new."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import Recorded, one_of, record_checks, text_check, with_strict
from lle_desk.core.types import Key, UtcMoment, Words
from lle_desk.rooms.rules.letters import LetterKind, Way


class LetterSent(Recorded, Base):
    """One letter that was printed or saved, never changed afterwards.

    `told` is JSON: the facts that it told, without any person's name; the audit chain has them
    too. `table_name` and `record_id` say what it was about.
    """

    __tablename__ = "letter_sent"
    __table_args__ = with_strict(
        record_checks(),
        one_of("kind", LetterKind),
        one_of("way", Way),
        text_check("table_name", 60),
        text_check("told", 100_000),
        text_check("sent_by", 60),
        Index(None, "table_name", "record_id"),
    )

    kind: Mapped[str] = mapped_column(Words)
    table_name: Mapped[str] = mapped_column(Words)
    record_id: Mapped[int] = mapped_column(Key)
    told: Mapped[str] = mapped_column(Words)
    way: Mapped[str] = mapped_column(Words)
    sent_at: Mapped[datetime] = mapped_column(UtcMoment)
    sent_by: Mapped[str] = mapped_column(Words)
