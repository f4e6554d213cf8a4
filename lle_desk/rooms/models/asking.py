"""What officers ask the room manager for, and every answer that was given."""

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
    text_check,
    text_checks,
    with_strict,
)
from lle_desk.core.types import Flag, Moment, Words
from lle_desk.rooms.rules.asking import AnswerKind, RequestState

_OPEN = "state in ('waiting', 'offered')"


class RoomRequest(Recorded, Base):
    """An officer's wish for a room, for one use that has none or holds none.

    The wish itself (room, time, heads, layout) is the use's. Its state is that of its newest
    `room_answer`. A use has at most one request that is open.
    """

    __tablename__ = "room_request"
    __table_args__ = with_strict(
        record_checks(),
        one_of("state", RequestState),
        text_check("asked_by", 60),
        text_checks(400, "note"),
        flag_checks("was_taken"),
        Index(None, "room_use_id"),
        Index(
            "uq_room_request_open",
            "room_use_id",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )

    room_use_id: Mapped[int] = mapped_column(ForeignKey("room_use.id"))
    state: Mapped[str] = mapped_column(Words, default=RequestState.WAITING)
    asked_by: Mapped[str] = mapped_column(Words)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    # The wish could not be met when it was asked for or refused: "now free" is news.
    was_taken: Mapped[bool] = mapped_column(Flag, default=False)


class RoomAnswer(Recorded, Base):
    """One answer to a request: by whom, when and why. It is never changed.

    An offer names another room and time; it holds nothing.
    """

    __tablename__ = "room_answer"
    __table_args__ = with_strict(
        record_checks(),
        one_of("kind", AnswerKind),
        text_check("answered_by", 60),
        text_checks(400, "words"),
        CheckConstraint("kind <> 'refused' or length(words) > 0", name="refused_why"),
        CheckConstraint(
            "(kind = 'offered') = (space_id is not null) and (kind = 'offered') ="
            " (starts_at is not null) and (kind = 'offered') = (ends_at is not null)",
            name="offer_whole",
        ),
        CheckConstraint("starts_at is null or starts_at < ends_at", name="offer_lasts"),
        Index(None, "room_request_id"),
    )

    room_request_id: Mapped[int] = mapped_column(ForeignKey("room_request.id"))
    kind: Mapped[str] = mapped_column(Words)
    answered_by: Mapped[str] = mapped_column(Words)
    answered_at: Mapped[datetime] = mapped_column(Moment)
    words: Mapped[str] = mapped_column(Words, default="", info=PERSONAL)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("space.id"))
    starts_at: Mapped[datetime | None] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
