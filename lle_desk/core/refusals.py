"""What the database's own refusals say to an officer, found by the name of the rule."""

import re
from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError

from lle_desk.core.errors import OfficerError

_SENTENCES: dict[str, tuple[str, str]] = {}
_SQLITE_FAILED = re.compile(r"(CHECK|UNIQUE|NOT NULL) constraint failed: (.+)")


def explain(sentences: Mapping[str, str | tuple[str, str]]) -> None:
    """Give the sentence, or (sentence, field), that officers read when a named rule refuses."""
    for name, said in sentences.items():
        _SENTENCES[name] = said if isinstance(said, tuple) else (said, "")


def explained() -> frozenset[str]:
    """Return the names of the rules that have a sentence."""
    return frozenset(_SENTENCES)


def fault_code(error: DBAPIError) -> str:
    """Return SQLite's error name or PostgreSQL's SQLSTATE; "" when it never answered."""
    return (
        getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or ""
    )


def broken_rule(error: DBAPIError) -> str:
    """Return the name of the constraint or trigger that refused, "" when it was none.

    The text of the error is not kept: PostgreSQL's detail line repeats the whole row.
    """
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        if diagnosis.constraint_name:
            return str(diagnosis.constraint_name)
        said = diagnosis.message_primary or ""
        return said if re.fullmatch(r"[a-z0-9_]+", said) else ""
    text = str(error.orig)
    found = _SQLITE_FAILED.fullmatch(text)
    if not found:
        return text if re.fullmatch(r"[a-z0-9_]+", text) else ""
    kind, what = found.groups()
    if kind == "CHECK":
        return what
    columns = what.split(", ")
    table = columns[0].split(".")[0]
    names = "_".join(column.split(".")[1] for column in columns if "." in column)
    return f"{'uq' if kind == 'UNIQUE' else 'nn'}_{table}_{names}"


def refusal(error: DBAPIError) -> OfficerError | None:
    """Return what to tell the officer, or None when no explained rule refused: a bug."""
    said = _SENTENCES.get(broken_rule(error))
    return OfficerError(*said) if said else None
