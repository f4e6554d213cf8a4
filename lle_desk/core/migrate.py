"""Making and upgrading a database. Alembic is loaded only when there is something to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, inspect, text

from lle_desk.core.engines import make_engine
from lle_desk.core.errors import DatabaseUnusable
from lle_desk.core.paths import database_files

HEAD = "0003"  # the newest revision this program knows
VERSION = "0.3.0"
_NOT_SET_UP = (
    "This database is not set up yet, or is older than this program. "
    "An administrator runs: lle-desk init"
)


class State(StrEnum):
    """What a database is to this program."""

    EMPTY = "empty"
    OLD = "old"
    CURRENT = "current"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What `upgrade` did: from and to which revision, and where the copy from before is."""

    before: str
    after: str
    backup: Path | None


def state(engine: Engine) -> State:
    """Return what the database is to this program.

    Raises:
        DatabaseUnusable: it holds tables, but they are not ours.
    """
    if _is_missing(engine):
        return State.EMPTY
    with engine.connect() as connection:
        return _state(connection)


def _is_missing(engine: Engine) -> bool:
    """Return whether there is a folder but no such file in it: to look at it would make one."""
    file = Path(engine.url.database or "")
    return engine.dialect.name == "sqlite" and file.parent.exists() and not file.exists()


def _state(connection: Connection) -> State:
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        if tables:
            raise DatabaseUnusable(
                "This database holds another program's tables. Choose another database."
            )
        return State.EMPTY
    stored = revision(connection)
    if stored == "":
        return State.EMPTY
    known = [*known_revisions()]
    if stored not in known:
        return State.NEWER
    return State.CURRENT if stored == HEAD else State.OLD


def revision(connection: Connection) -> str:
    """Return the stored revision, "" when none is."""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def run_plain_sql(connection: Connection, folder: str) -> None:
    """Run what `db/migrations/<folder>` holds for this engine: for the files of `versions/`.

    Raises:
        RuntimeError: SQLite's tables are not whole afterwards.
    """
    engine = connection.dialect.name
    file = database_files() / "migrations" / folder / f"{engine}.sql"
    for statement in file.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(
                statement.replace("%", "%%") if engine != "sqlite" else statement
            )
    if engine == "sqlite":
        found = connection.exec_driver_sql("PRAGMA quick_check").scalar_one()
        if found != "ok":
            raise RuntimeError(f"The upgraded tables are not whole: {found}")


def known_revisions() -> list[str]:
    """Return the revisions this program was shipped with, oldest first."""
    files = (database_files() / "migrations" / "versions").glob("[0-9]*.py")
    return sorted(file.name.split("_")[0] for file in files)


def require_usable(engine: Engine) -> None:
    """Check that this program may work on the database.

    Raises:
        DatabaseUnusable: it was made by a newer program, asks for one, or its guards are not
            those it was made with.
    """
    if _is_missing(engine):
        raise DatabaseUnusable(_NOT_SET_UP)
    with engine.connect() as connection:
        found = _state(connection)
        if found is State.NEWER:
            raise DatabaseUnusable(
                "This database was made by a newer LLE Desk. Install the newer program on this "
                "PC; nothing here was changed."
            )
        if found is not State.CURRENT:
            raise DatabaseUnusable(_NOT_SET_UP)
        _check_meta(connection)


def _check_meta(connection: Connection) -> None:
    from lle_desk.core.guards import fingerprint

    row = connection.execute(text("SELECT minimum_program, guards_fingerprint FROM meta")).one()
    if _parts(row.minimum_program) > _parts(VERSION):
        raise DatabaseUnusable(
            f"The office's database asks for LLE Desk {row.minimum_program} or newer. Install it "
            "on this PC; nothing here was changed."
        )
    if row.guards_fingerprint != fingerprint(connection):
        raise DatabaseUnusable(
            "The safety rules inside this database were changed by another program. Do not use "
            "it until an administrator has run: lle-desk check"
        )


def upgrade(url: str, tables: Sequence[Table]) -> Upgrade:
    """Make the schema, or bring it up to this program, keeping a copy of what was there first.

    `tables` are all tables of the program; guards are made for each.

    Raises:
        DatabaseUnusable: the database is newer than this program or not ours.
        DatabaseOutOfReach: the server or the file's drive is not there.
    """
    from lle_desk.core.db import everyday_faults

    engine = make_engine(url)
    try:
        with everyday_faults():
            return _upgrade(engine, tables)
    finally:
        engine.dispose()


def _upgrade(engine: Engine, tables: Sequence[Table]) -> Upgrade:
    if engine.dialect.name == "postgresql":
        from lle_desk.core.postgresql import prepare

        prepare(engine)
    found = state(engine)
    if found is State.NEWER:
        require_usable(engine)
    if found is State.CURRENT:
        require_usable(engine)
        return Upgrade(HEAD, HEAD, None)
    before, backup = "", None
    if found is State.OLD:
        from lle_desk.core.backup import backup_beside

        with engine.connect() as connection:
            before = revision(connection)
            if engine.dialect.name == "postgresql":
                from lle_desk.core.postgresql import as_owner

                as_owner(connection)  # refused before a copy is made for nothing
        backup = backup_beside(engine, f"before-{HEAD}")
    if engine.dialect.name == "sqlite":
        _choose_journal(engine)
    _migrate(engine, tables)
    return Upgrade(before, HEAD, backup)


def _choose_journal(engine: Engine) -> None:
    """Set the file's journal, which stays with it: WAL, or TRUNCATE where WAL cannot work.

    WAL needs memory shared between all who open the file; on a network drive there is none.
    """
    from lle_desk.core.drives import is_local

    mode = "WAL" if is_local(Path(engine.url.database or ".")) else "TRUNCATE"
    raw = engine.raw_connection()
    try:
        raw.cursor().execute(f"PRAGMA journal_mode = {mode}")
    finally:
        raw.close()


def _migrate(engine: Engine, tables: Sequence[Table]) -> None:
    from alembic import command
    from alembic.config import Config

    from lle_desk.core.guards import install_guards
    from lle_desk.core.postgresql import as_owner

    with engine.connect().execution_options(desk_write=True) as connection:
        if connection.dialect.name == "postgresql":
            as_owner(connection)
        config = Config()
        config.set_main_option("script_location", str(database_files() / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
        print_of = install_guards(connection, tables)
        connection.execute(text("UPDATE meta SET guards_fingerprint = :it"), {"it": print_of})
        if connection.dialect.name == "postgresql":
            from lle_desk.core.postgresql import grant_rights

            grant_rights(connection)
        connection.commit()


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
