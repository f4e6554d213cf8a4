"""What the tables of all slices have in common: keys, versions, and checks by name.

Every check is written so that both engines read it alike; what only one of them needs is
added there with `ddl_if`.
"""

import uuid
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, Identity
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from lle_desk.core.types import Key, Words

STRICT: dict[str, Any] = {"sqlite_strict": True, "sqlite_autoincrement": True}
PERSONAL: dict[str, bool] = {"personal": True}  # column info: kept out of the audit's payload
UNAUDITED: dict[str, bool] = {"unaudited": True}  # column or table info: no audit row for it
EARLIEST, LATEST = "2000-01-01", "2200-01-01"  # no diary entry lies outside


class Keyed:
    """A table whose rows have a number that is never used again."""

    @declared_attr
    @classmethod
    def id(cls) -> Mapped[int]:
        return mapped_column(Key, Identity(always=True), primary_key=True, sort_order=-2)


class Recorded(Keyed):
    """A record that officers make and edit.

    `client_uuid` is made when the form opens, so saving twice makes one row. `version` rises
    by one at each save; the database refuses any other step.
    """

    client_uuid: Mapped[str] = mapped_column(Words, unique=True, sort_order=-1)
    version: Mapped[int] = mapped_column(Key, sort_order=-1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


def new_uuid() -> str:
    """Return a fresh `client_uuid`, made when a form opens."""
    return str(uuid.uuid4())


def record_checks() -> list[SchemaItem]:
    """Return the checks of every `Recorded` table."""
    return [
        CheckConstraint("length(client_uuid) between 32 and 36", name="client_uuid_given"),
        CheckConstraint("version >= 1", name="version_counts"),
    ]


def text_check(column: str, most: int, least: int = 1) -> CheckConstraint:
    """Return a check that `column` is trimmed text of `least` to `most` letters, without NUL."""
    return CheckConstraint(
        f"length({column}) between {least} and {most} and {column} = trim({column})",
        name=f"{column}_text",
    )


def text_checks(most: int, *columns: str) -> list[CheckConstraint]:
    """Return a `text_check` for each of `columns`."""
    return [text_check(column, most, 0) for column in columns]


def one_of(column: str, words: type[StrEnum] | Iterable[str]) -> CheckConstraint:
    """Return a check that `column` holds one of `words`."""
    listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    return CheckConstraint(f"{column} in ({listed})", name=f"{column}_known")


def day_checks(*columns: str) -> list[CheckConstraint]:
    """Return checks that SQLite's text days are real days; PostgreSQL's type sees to it."""
    return [
        CheckConstraint(f"{column} is date({column}, '+0 days')", name=f"{column}_day").ddl_if(
            dialect="sqlite"
        )
        for column in columns
    ]


def span_checks(starts: str, ends: str, most_days: int = 31) -> list[CheckConstraint]:
    """Return checks that [starts, ends) is a real span of at most `most_days`, in this age.

    Without a longest span, the search for what overlaps would have to look at all that began
    before; infinity would hold a room for ever.
    """
    longest = {
        "sqlite": f"{ends} <= datetime({starts}, '+{most_days} days')",
        "postgresql": f"{ends} <= {starts} + interval '{most_days} days'",
    }
    written = f"{starts} is datetime({starts}, '+0 days') and {ends} is datetime({ends}, '+0 days')"
    return [
        CheckConstraint(f"{starts} < {ends}", name=f"{ends}_after_{starts}"),
        CheckConstraint(f"{starts} >= '{EARLIEST}' and {ends} < '{LATEST}'", name=f"{starts}_age"),
        *(
            CheckConstraint(text, name=f"{starts}_longest").ddl_if(dialect=engine)
            for engine, text in longest.items()
        ),
        CheckConstraint(written, name=f"{starts}_moment").ddl_if(dialect="sqlite"),
    ]


def flag_checks(*columns: str) -> list[CheckConstraint]:
    """Return checks that SQLite's numbers are 1 or 0; PostgreSQL's type sees to it."""
    return [
        CheckConstraint(f"{column} in (0, 1)", name=f"{column}_flag").ddl_if(dialect="sqlite")
        for column in columns
    ]


def with_strict(*items: SchemaItem | Sequence[SchemaItem]) -> tuple[Any, ...]:
    """Return `__table_args__`: the items, flattened, and SQLite's strict and never-reused keys."""
    flat: list[Any] = []
    for item in items:
        flat.extend(item if isinstance(item, (list, tuple)) else [item])
    return (*flat, STRICT)


def is_personal(column: Column[Any]) -> bool:
    """Return whether the audit trail keeps this column's words apart, to be erased."""
    return bool(column.info.get("personal"))


def is_unaudited(column: Column[Any]) -> bool:
    """Return whether the database keeps this column by itself, so a change is no news."""
    return bool(column.info.get("unaudited"))
