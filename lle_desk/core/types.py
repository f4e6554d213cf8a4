"""Column types that mean the same on SQLite and PostgreSQL.

SQLite's STRICT tables know only INTEGER, REAL, TEXT and BLOB, and compare times as text, so
each type here says what it is on each engine and refuses a Python value of another kind.
"""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import TIMESTAMP, BigInteger, Boolean, Date, Dialect, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

SQLITE_MOMENT = "%Y-%m-%d %H:%M:%S"
KEPT_CONTROLS = "\n\t"


def clean_text(text: str) -> str:
    """Return `text` as one Unicode form, without control and direction marks, trimmed.

    What is pasted into a form or read from a file passes here once; PostgreSQL refuses NUL
    and a right-to-left mark in a name turns a printed line round.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (
        letter
        for letter in composed
        if letter in KEPT_CONTROLS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    )
    return "".join(kept).strip()


class _PerEngine(TypeDecorator[Any]):
    """A type with one implementation on SQLite and one on PostgreSQL."""

    cache_ok = True
    impl: type[TypeEngine[Any]] = Text
    on_sqlite: TypeEngine[Any] = Text()
    on_postgresql: TypeEngine[Any] = Text()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.cache_ok = True  # SQLAlchemy looks for it on each class itself

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return self.on_sqlite if dialect.name == "sqlite" else self.on_postgresql

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Key(_PerEngine):
    """A row's number: 64 bits, never used again."""

    impl = BigInteger
    on_sqlite = Integer()
    on_postgresql = BigInteger()


class Whole(_PerEngine):
    """A whole number. A float, a Decimal or True is refused: none may be rounded silently."""

    impl = BigInteger
    on_sqlite = Integer()
    on_postgresql = BigInteger()

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is not None and type(value) is not int:
            raise TypeError(f"A whole number was expected, not {value!r}")
        return value


class Money(Whole):
    """An amount in whole pence."""


class Flag(_PerEngine):
    """True or false; 1 or 0 on SQLite."""

    impl = Boolean
    on_sqlite = Integer()
    on_postgresql = Boolean()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        return int(value) if dialect.name == "sqlite" else bool(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Words(_PerEngine):
    """Text. Length is a CHECK of its table, the same on both engines."""

    impl = Text


class Folded(Words):
    """Words in lower case, ordered letter by letter and not as any language does."""

    on_postgresql = Text(collation="C")


class Day(_PerEngine):
    """A date; "2014-03-04" on SQLite."""

    impl = Date
    on_postgresql = Date()

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        if isinstance(value, datetime):
            raise TypeError(f"A day was expected, not the time {value!r}")
        return value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else value


class Moment(_PerEngine):
    """A wall-clock time in Europe/London without a zone, to the second.

    "2014-03-04 09:30:00" on SQLite, so that text order is time order.
    """

    impl = TIMESTAMP

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return self.on_sqlite
        from sqlalchemy.dialects.postgresql import TIMESTAMP as EXACT  # 90 ms that SQLite saves

        return EXACT(precision=0)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is not None:
            raise TypeError(f"A wall-clock time without a zone was expected, not {value!r}")
        whole = value.replace(microsecond=0)
        return whole.strftime(SQLITE_MOMENT) if dialect.name == "sqlite" else whole

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return _moment if dialect.name == "sqlite" else None  # one call a value, not three


def _moment(value: Any) -> Any:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


class UtcMoment(Moment):
    """A moment in UTC without a zone: when something was written, not when it takes place."""


class Hash(_PerEngine):
    """32 bytes of SHA-256."""

    impl = LargeBinary
    on_sqlite = LargeBinary()
    on_postgresql = LargeBinary()
