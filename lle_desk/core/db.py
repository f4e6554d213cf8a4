"""The way in to the database: `read` for queries, `write` for actions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, MetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session

from lle_desk.core.engines import begin_write, make_engine, make_reader, name_of
from lle_desk.core.errors import (
    DatabaseBusy,
    DatabaseOutOfReach,
    DatabaseUnusable,
    OfficerError,
    RecordChanged,
)
from lle_desk.core.refusals import fault_code, refusal

P = ParamSpec("P")
T = TypeVar("T")


class Base(DeclarativeBase):
    """Parent of all models. Every constraint has a name, the same on both engines."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


@dataclass(frozen=True, slots=True)
class By:
    """Who writes, and why: it stands in every audit row of the transaction.

    `officer` is the officer's login, `desk` the PC, `reason` what they gave when a rule asked
    for one, else "".
    """

    officer: str
    desk: str
    reason: str = ""


class Database:
    """One SQLite file or PostgreSQL database. Safe to share between threads.

    Writes take turns: one lock for the whole office is held from the first read of an action
    to its commit. So an action may look, decide and then insert, and nothing it looked at can
    have changed in between. It must therefore be short: no PDF, no network, no question to
    the officer inside an action.
    """

    def __init__(self, url: str, desk: str = "") -> None:
        self.url = url
        self.engine: Engine = make_engine(url, desk)
        self._reader = make_reader(self.engine, desk)
        self.dialect = self.engine.dialect.name
        self.name = name_of(self.engine)

    def read(
        self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return `query(session, ...)`. Nothing it does is kept.

        When the connection breaks, the whole query is run once more.

        Raises:
            DatabaseOutOfReach: the server or the file's drive is not there.
        """
        return _again_when_broken(lambda: self._read_once(query, *args, **kwargs))

    def write(
        self,
        by: By,
        action: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `action(session, ...)` as `by` and commit it; on any exception nothing is kept.

        When the connection breaks, the whole action is run once more: rows made from a form
        carry its `client_uuid`, so a commit whose answer was lost is found, not repeated.

        Raises:
            OfficerError: the action or a rule of the database refused it.
            DatabaseBusy: another officer's save held the lock for too long.
            DatabaseOutOfReach: the server or the file's drive is not there.
        """
        return _again_when_broken(lambda: self._write_once(by, action, *args, **kwargs))

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()
        self._reader.dispose()

    def _read_once(
        self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        with everyday_faults(), Session(self._reader, autoflush=False) as session:
            return query(session, *args, **kwargs)

    def _write_once(
        self,
        by: By,
        action: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        with everyday_faults(), Session(self.engine, expire_on_commit=False) as session:
            session.info["by"] = by
            begin_write(session, by.officer, by.desk, by.reason, action_name(action))
            result = action(session, *args, **kwargs)
            session.commit()
            return result


def _again_when_broken(work: Callable[[], T]) -> T:
    """Do the work, and once more when the server had closed its connection meanwhile."""
    try:
        return work()
    except DatabaseOutOfReach:
        return work()


def acting(session: Session) -> By:
    """Return who is writing in this action."""
    by: By = session.info["by"]
    return by


def action_name(action: Callable[..., Any]) -> str:
    """Return the verb an action is known by in the audit trail: "book_places"."""
    return getattr(action, "__name__", type(action).__name__)


@contextmanager
def everyday_faults() -> Iterator[None]:
    """Turn the faults officers meet into words for them; any other error is a bug."""
    from sqlalchemy.orm.exc import StaleDataError

    try:
        yield
    except StaleDataError as error:
        raise RecordChanged(
            "Someone else saved this while you had it open. Open it again to see what changed."
        ) from error
    except DBAPIError as error:
        told = _everyday(error)
        if told is None:
            raise
        raise told from error


_FAULTS: tuple[tuple[tuple[str, ...], type[OfficerError], str], ...] = (
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01"),
        DatabaseBusy,
        "Someone else is saving just now. Nothing was lost: please try again.",
    ),
    (
        ("57014",),  # the server stopped a statement
        DatabaseBusy,
        "The database took longer than a minute over this and stopped. Nothing was changed: "
        "please try again, or ask for less at once.",
    ),
    (
        ("SQLITE_FULL", "53100"),
        DatabaseOutOfReach,
        "The disk of the database is full. Nothing was saved; free some space first.",
    ),
    (
        ("SQLITE_READONLY",),
        DatabaseOutOfReach,
        "The database file may only be read, not changed.",
    ),
    (
        ("SQLITE_CANTOPEN",),
        DatabaseOutOfReach,
        "The database cannot be reached: its folder is not there, or may not be used by you.",
    ),
    (
        ("SQLITE_NOTADB", "SQLITE_CORRUPT"),
        DatabaseUnusable,
        "This file is not a database of LLE Desk, or it is damaged. Restore the last copy.",
    ),
)


def _everyday(error: DBAPIError) -> OfficerError | None:
    """Return what to tell the officer, None for a bug."""
    code = fault_code(error)
    for codes, kind, words in _FAULTS:
        if code.startswith(codes):
            return kind(words)
    if error.connection_invalidated or _is_gone(code, error):
        return DatabaseOutOfReach(_why_gone(str(error.orig)))
    return refusal(error)


def _why_gone(told: str) -> str:
    """Return why the server let nobody in, when it said so, in its own words."""
    if "no password supplied" in told:
        return "The database asks for a password, and none is stored for this login."
    _before, refused, words = told.partition("FATAL:")
    if refused:
        return f"The database cannot be reached: {words.strip().splitlines()[0]}."
    return "The database cannot be reached. Check the network, then try again."


def _is_gone(code: str, error: DBAPIError) -> bool:
    if code.startswith(("SQLITE_IOERR", "08", "57P")):
        return True
    return not code and type(error).__name__ == "OperationalError"
