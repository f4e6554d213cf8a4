"""Find as you type: every typed word must begin a word of the record."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was found. `kind` is its table."""

    kind: str
    record_id: int
    title: str
    subtitle: str


_SQLITE = (
    "SELECT e.kind, e.record_id, e.title, e.subtitle FROM search_words AS w"
    " JOIN search_entry AS e ON e.id = w.rowid"
    " WHERE w.words MATCH :asked {kinds} ORDER BY w.rowid LIMIT :most"
)
_POSTGRESQL = (
    "SELECT e.kind, e.record_id, e.title, e.subtitle FROM search_entry AS e"
    " WHERE to_tsvector('simple', e.words) @@ to_tsquery('simple', :asked) {kinds}"
    " ORDER BY e.id LIMIT :most"
)


def words_typed(typed: str) -> list[str]:
    """Return the words to look for: letters and digits only, lower case, without accents."""
    split = unicodedata.normalize("NFD", typed.casefold())
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return re.findall(r"[^\W_]+", bare)


def find_records(
    session: Session, typed: str, kinds: Sequence[str] = (), most: int = 30
) -> list[Found]:
    """Return the first `most` records that hold a word beginning with each typed word.

    `kinds` keeps those of these tables; none keeps all. What holds no letter or digit finds
    nothing.
    """
    words = words_typed(typed)
    if not words:
        return []
    if session.get_bind().dialect.name == "sqlite":
        sql, asked = _SQLITE, " ".join(f'"{word}"*' for word in words)
    else:
        sql, asked = _POSTGRESQL, " & ".join(f"{word}:*" for word in words)
    statement = text(sql.format(kinds="AND e.kind IN :kinds" if kinds else ""))
    values: dict[str, object] = {"asked": asked, "most": most}
    if kinds:
        statement = statement.bindparams(bindparam("kinds", expanding=True))
        values["kinds"] = list(kinds)
    return [Found(*row) for row in session.execute(statement, values)]
