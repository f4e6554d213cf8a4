"""How this program connects: what every connection to each engine is told first."""

import hashlib
import random
import secrets
import time
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import Session

from lle_desk.core.errors import DatabaseBusy, DatabaseUnusable
from lle_desk.core.words import folded, words_json

WRITE_LOCK = 0x11E_DE5C  # any fixed number; one lock for all writes of the office
LOCK_WAIT_S = 5.0
SCHEMA = "app"  # on PostgreSQL; owned by a role that nobody signs in as

# Keepalives and tcp_user_timeout find a pulled cable in 9 s; libpq's defaults wait over 75 s.
POSTGRESQL_ARGUMENTS = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
    "options": (
        f"-c search_path={SCHEMA} -c lock_timeout={int(LOCK_WAIT_S * 1000)}"
        " -c statement_timeout=60000 -c idle_in_transaction_session_timeout=30000"
    ),
}
OLDEST_SAFE_SQLITE = (3, 51, 3)  # older ones lose commits when a WAL is reset under two readers

_SQLITE_START = (
    f"PRAGMA busy_timeout = {int(LOCK_WAIT_S * 1000)}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32000",
)


def make_engine(url: str, desk: str = "") -> Engine:
    """Return an engine for `url`, which begins with sqlite:/// or postgresql://.

    Raises:
        DatabaseUnusable: `url` is not one of these, or this SQLite is not safe to use.
    """
    parsed = parse_url(url)
    if parsed.drivername.startswith("postgresql"):
        arguments = POSTGRESQL_ARGUMENTS | {"application_name": desk or "lle-desk"}
        engine = create_engine(parsed, connect_args=arguments)
    else:
        engine = _sqlite_engine(parsed)
    return engine


def make_reader(engine: Engine, desk: str = "") -> Engine:
    """Return what to read by: `engine` itself on SQLite, connections of their own on PostgreSQL.

    There each statement stands alone and the server refuses to change anything. Without BEGIN
    and ROLLBACK, and without asking first whether the connection still lives, a question goes
    over the network once instead of four times.
    """
    if engine.dialect.name == "sqlite":
        return engine
    arguments = POSTGRESQL_ARGUMENTS | {"application_name": desk or "lle-desk"}
    arguments["options"] = f"{arguments['options']} -c default_transaction_read_only=on"
    return create_engine(engine.url, connect_args=arguments, isolation_level="AUTOCOMMIT")


def parse_url(url: str) -> URL:
    """Return `url` with the driver this program uses.

    Raises:
        DatabaseUnusable: it is not the address of a database this program can use.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise DatabaseUnusable(
            "The address of the database must begin with sqlite:/// or postgresql://."
        )
    driver = "sqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+psycopg"
    return parsed.set(drivername=driver)


def name_of(engine: Engine) -> str:
    """Return the words of the status bar, without a password: "PostgreSQL desk-db"."""
    if engine.dialect.name == "sqlite":
        file = (engine.url.database or "").replace("\\", "/").rsplit("/", 1)[-1]
        return f"SQLite {file}"
    return f"PostgreSQL {engine.url.database or ''}".strip()


def begin_write(session: Session, officer: str, desk: str, reason: str, action: str) -> None:
    """Open the transaction, take the office-wide lock, and tell the audit triggers who writes."""
    connection = session.connection(execution_options={"desk_write": True})
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "SELECT set_config('lle.officer', %s, true), set_config('lle.desk', %s, true),"
            " set_config('lle.reason', %s, true), set_config('lle.action', %s, true),"
            f" pg_advisory_xact_lock({WRITE_LOCK})",
            (officer, desk, reason, action),
        )
    else:
        connection.info["by"] = {
            "officer": officer,
            "desk": desk,
            "reason": reason,
            "action": action,
        }


def _sqlite_engine(url: URL) -> Engine:
    import pysqlite3.dbapi2 as sqlite

    if sqlite.sqlite_version_info < OLDEST_SAFE_SQLITE:
        raise DatabaseUnusable(
            f"SQLite {sqlite.sqlite_version} can lose bookings. Install LLE Desk again."
        )
    engine = create_engine(url, module=sqlite)
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine


def _on_sqlite_connect(dbapi_connection: Any, record: Any) -> None:
    dbapi_connection.isolation_level = None  # else it begins by itself, too late to lock
    for statement in _SQLITE_START:
        dbapi_connection.execute(statement)

    def desk_by(field: str) -> str:
        by: dict[str, str] = record.info.get("by", {})
        return by.get(field, "")

    # Triggers call these. A foreign tool has none of them, so it cannot write at all.
    dbapi_connection.create_function("desk_by", 1, desk_by)
    dbapi_connection.create_function("desk_salt", 0, lambda: secrets.token_hex(16))
    dbapi_connection.create_function("desk_now", 0, utc_stamp)
    dbapi_connection.create_function("desk_hash", 2, chain_hash, deterministic=True)
    dbapi_connection.create_function("desk_fold", 1, folded, deterministic=True)
    dbapi_connection.create_function("desk_words", 1, words_json, deterministic=True)


def _on_sqlite_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("desk_write"):
        _begin_immediate(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Connection) -> None:
    """Begin a write, waiting our turn with random pauses.

    SQLite's own busy handler lets a writer starve for seconds when eleven desks save at
    once; short random pauses do not. It stays in force for the commit.
    """
    raw = connection.connection.dbapi_connection
    assert raw is not None
    give_up_at = time.monotonic() + LOCK_WAIT_S
    cursor = raw.cursor()
    cursor.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                cursor.execute("BEGIN IMMEDIATE")
                return
            except raw.OperationalError as error:
                if "locked" not in str(error) and "busy" not in str(error):
                    raise OperationalError("BEGIN IMMEDIATE", None, error) from error
                if time.monotonic() > give_up_at:
                    raise DatabaseBusy(
                        "Someone else is saving just now. Nothing was lost: please try again."
                    ) from error
                time.sleep(random.uniform(0.001, 0.012))
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {int(LOCK_WAIT_S * 1000)}")
        cursor.close()


def utc_stamp() -> str:
    """Return now in UTC to the millisecond, as audit rows write it."""
    now = time.time()
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(now)) + f".{int(now * 1000) % 1000:03d}"


def chain_hash(before: bytes, payload: str) -> bytes:
    """Return the link of the audit chain that follows `before`."""
    return hashlib.sha256(before + payload.encode()).digest()
