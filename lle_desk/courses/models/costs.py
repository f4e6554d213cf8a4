"""What an event costs beside its rooms, trainers and catering, and what delegates bring."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import Recorded, record_checks, text_check, with_strict
from lle_desk.core.types import Money, Words


class EventCost(Recorded, Base):
    """One cost of an event that no other record knows: travel, printing, a speaker's fee.

    An amount of 0 is struck out. Rooms, trainers and catering are worked out, never typed.
    """

    __tablename__ = "event_cost"
    __table_args__ = with_strict(
        record_checks(),
        text_check("what", 120),
        CheckConstraint("amount between 0 and 100000000", name="amount_sensible"),
        Index(None, "event_id"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    what: Mapped[str] = mapped_column(Words)
    amount: Mapped[int] = mapped_column(Money)


class EventMaterials(Recorded, Base):
    """What delegates are asked to bring to an event; at most one row an event."""

    __tablename__ = "event_materials"
    __table_args__ = with_strict(record_checks(), text_check("words", 1000, least=0))

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    words: Mapped[str] = mapped_column(Words)
