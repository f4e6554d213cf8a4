"""Tables every slice stands on: the audit chain, settings, and what may be opened by whom."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from lle_desk.core.db import Base
from lle_desk.core.records import (
    STRICT,
    UNAUDITED,
    Keyed,
    Recorded,
    record_checks,
    text_check,
    with_strict,
)
from lle_desk.core.types import Flag, Folded, Hash, Key, UtcMoment, Words


class Meta(Base):
    """The one row that says what this database is and which programs may use it."""

    __tablename__ = "meta"
    __table_args__ = with_strict(CheckConstraint("id = 1", name="one_row"))

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    database_uuid: Mapped[str] = mapped_column(Words)
    minimum_program: Mapped[str] = mapped_column(Words)  # older desks are turned away
    guards_fingerprint: Mapped[str] = mapped_column(Words)  # of all triggers and functions
    holds_demo: Mapped[bool] = mapped_column(Flag)
    made_at: Mapped[datetime] = mapped_column(UtcMoment)


class Audit(Base):
    """One change of one row, linked by hash to the change before it: audit and news in one.

    Written only by triggers. `payload` is JSON: at (UTC), officer, desk, action, reason, login,
    op, table, record, before and after; of personal columns it holds a salted hash only, their
    words are in `AuditDetail`. `hash` is SHA-256 of the hash before and the payload.
    """

    __tablename__ = "audit"
    __table_args__ = (Index(None, "table_name", "record_id"), {"sqlite_strict": True})

    position: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    table_name: Mapped[str] = mapped_column(Words)
    record_id: Mapped[int] = mapped_column(Key)
    payload: Mapped[str] = mapped_column(Words)
    hash: Mapped[bytes] = mapped_column(Hash)


class AuditHead(Base):
    """The last link of the chain; whoever holds this row may add the next."""

    __tablename__ = "audit_head"
    __table_args__ = with_strict(CheckConstraint("id = 1", name="one_row"))

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(Key)
    hash: Mapped[bytes] = mapped_column(Hash)


class AuditDetail(Base):
    """The personal words of one change. Erasing a person empties them; the chain stays whole."""

    __tablename__ = "audit_detail"
    __table_args__ = {"sqlite_strict": True}

    position: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    salt: Mapped[str | None] = mapped_column(Words)
    words: Mapped[str | None] = mapped_column(Words)  # JSON: before and after


class Anchor(Keyed, Base):
    """A place of the chain that was also written down elsewhere: on a paper, in a backup's name."""

    __tablename__ = "anchor"
    __table_args__ = with_strict(text_check("written_on", 200), Index(None, "written_on"))

    position: Mapped[int] = mapped_column(Key)
    hash: Mapped[bytes] = mapped_column(Hash)
    written_on: Mapped[str] = mapped_column(Words)
    made_at: Mapped[datetime] = mapped_column(UtcMoment)


class Setting(Base):
    """One rule of the office that an administrator edits, such as the days until payment."""

    __tablename__ = "setting"
    __table_args__ = (text_check("name", 80), STRICT | {"sqlite_autoincrement": False})

    name: Mapped[str] = mapped_column(Words, primary_key=True)
    value: Mapped[str] = mapped_column(Words)  # JSON


class SearchEntry(Keyed, Base):
    """What Ctrl+K finds: one row a record, kept by triggers of the tables it stands for.

    `words` are lower case without accents, one space between them.
    """

    __tablename__ = "search_entry"
    __table_args__ = with_strict(
        Index("uq_search_entry_kind_record_id", "kind", "record_id", unique=True)
    )

    kind: Mapped[str] = mapped_column(Words, info=UNAUDITED)
    record_id: Mapped[int] = mapped_column(Key, info=UNAUDITED)
    title: Mapped[str] = mapped_column(Words, info=UNAUDITED)
    subtitle: Mapped[str] = mapped_column(Words, info=UNAUDITED)
    words: Mapped[str] = mapped_column(Words, info=UNAUDITED)


class SearchWord(Base):
    """One word of a search entry, kept by triggers.

    In this order the entries of a kind that hold a word beginning so stand side by side, so
    finding the first thirty costs the same among a thousand and a million.
    """

    __tablename__ = "search_word"
    __table_args__ = {"sqlite_strict": True, "sqlite_with_rowid": False}

    kind: Mapped[str] = mapped_column(Folded, primary_key=True)
    word: Mapped[str] = mapped_column(Folded, primary_key=True)
    entry_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)


class CareAccess(Keyed, Base):
    """Who looked at whose diet, access or medical needs, and when."""

    __tablename__ = "care_access"
    __table_args__ = with_strict(text_check("officer", 60), text_check("purpose", 200))

    at: Mapped[datetime] = mapped_column(UtcMoment)
    officer: Mapped[str] = mapped_column(Words)
    person_id: Mapped[int] = mapped_column(Key)
    purpose: Mapped[str] = mapped_column(Words)


class ImportMatch(Recorded, Base):
    """Which columns of a spreadsheet are our fields, remembered for a kind and a set of headings.

    `headings_key` is a hash of the headings, folded and in order; both texts are JSON.
    """

    __tablename__ = "import_match"
    __table_args__ = with_strict(
        record_checks(),
        text_check("kind", 40),
        text_check("headings_key", 64),
        text_check("headings", 100_000),
        text_check("decided", 400_000),
        Index("uq_import_match_kind_headings_key", "kind", "headings_key", unique=True),
    )

    kind: Mapped[str] = mapped_column(Words)
    headings_key: Mapped[str] = mapped_column(Words)
    headings: Mapped[str] = mapped_column(Words)
    decided: Mapped[str] = mapped_column(Words)
