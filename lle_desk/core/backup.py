"""Copies of the whole database, out and in. A copy is looked through before it counts as one."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from lle_desk.core.days import now_utc
from lle_desk.core.errors import OfficerError
from lle_desk.core.postgresql_copies import dump, load


def backup(engine: Engine, file: Path) -> None:
    """Write a copy of the database as it stands now, while others go on working.

    SQLite: another SQLite file, checked for damage. PostgreSQL: what pg_dump writes.

    Raises:
        OfficerError: the file is already there, cannot be written, or the copy is not sound.
    """
    if file.exists():
        raise OfficerError(f"{file.name} is already there. Choose another name for the copy.")
    part = file.with_name(file.name + ".part")  # never a half copy under the real name
    part.unlink(missing_ok=True)
    try:
        if engine.dialect.name == "sqlite":
            _copy_sqlite(engine, part)
        else:
            dump(engine, part)
        part.replace(file)
    except OSError as error:
        raise OfficerError(f"The copy could not be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def restore(engine: Engine, file: Path) -> Path | None:
    """Put a copy in the place of the database; return where what was there before was kept.

    On PostgreSQL the database must be empty: a copy goes into a new one, never over the old.

    Raises:
        OfficerError: the copy is missing or not sound, or the database is not empty.
    """
    if not file.is_file():
        raise OfficerError(f"There is no file {file.name}.")
    if engine.dialect.name == "sqlite":
        return _restore_sqlite(engine, file)
    load(engine, file)
    return None


def backup_beside(engine: Engine, why: str) -> Path:
    """Write a copy beside the database, or into the program's folder, named by time and reason."""
    from lle_desk.core.paths import home

    name = f"{now_utc():%Y-%m-%d-%H%M%S}-{why}.backup"
    is_file = engine.dialect.name == "sqlite"
    folder = Path(engine.url.database or "").parent if is_file else home()
    file = folder / name
    backup(engine, file)
    return file


def _copy_sqlite(engine: Engine, file: Path) -> None:
    import pysqlite3.dbapi2 as sqlite

    copy = sqlite.connect(str(file))
    pooled = engine.raw_connection()
    try:
        source: Any = pooled.dbapi_connection
        source.backup(copy, pages=-1)  # in one go: chunks never end while others write
        _require_sound(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a companion
    finally:
        pooled.close()
        copy.close()


def _require_sound(connection: Any) -> None:
    [(said,)] = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if said != "ok":
        raise OfficerError(f"The copy is damaged and was thrown away: {said}.")


def _restore_sqlite(engine: Engine, file: Path) -> Path | None:
    _require_copy(file)
    target = Path(engine.url.database or "")
    try:
        kept = _kept(engine, target)
        engine.dispose()
        _copy_into(file, target)
    except OSError as error:
        raise OfficerError(f"The copy could not be put in place: {error.strerror}.") from error
    _set_journal(target)
    return kept


def _require_copy(file: Path) -> None:
    import pysqlite3.dbapi2 as sqlite

    copy = sqlite.connect(f"file:{file.as_posix()}?mode=ro", uri=True)
    try:
        _require_sound(copy)
        tables = copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()
    except sqlite.DatabaseError as error:
        raise OfficerError(f"{file.name} is not a copy of an LLE Desk database.") from error
    finally:
        copy.close()
    if not tables[0]:
        raise OfficerError(f"{file.name} is not a copy of an LLE Desk database.")


def _kept(engine: Engine, target: Path) -> Path | None:
    """Return where what is there now is kept: as a copy, or the file itself when it is damaged."""
    if not target.exists():
        return None
    if _is_sound(target):
        return backup_beside(engine, "before-restore")
    engine.dispose()
    kept = target.with_name(f"{now_utc():%Y-%m-%d-%H%M%S}-damaged.sqlite")
    for end in ("", "-wal", "-shm"):
        part = target.with_name(target.name + end)
        if part.exists():
            part.replace(kept.with_name(kept.name + end))
    return kept


def _is_sound(file: Path) -> bool:
    import pysqlite3.dbapi2 as sqlite

    connection = sqlite.connect(str(file))
    try:
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except sqlite.OperationalError as error:  # busy or out of reach, which is no damage
        raise OfficerError(f"The database could not be read: {error}. Try again.") from error
    except sqlite.DatabaseError:
        return False
    finally:
        connection.close()


def _copy_into(file: Path, target: Path) -> None:
    """Write the copy into the database as one transaction.

    Another file in its place would be seen by no desk that still has the old one open: what it
    saved from then on would be lost.
    """
    import pysqlite3.dbapi2 as sqlite

    copy = sqlite.connect(f"file:{file.as_posix()}?mode=ro", uri=True)
    into = sqlite.connect(str(target))
    try:
        copy.backup(into, pages=-1)
    finally:
        into.close()
        copy.close()


def _set_journal(file: Path) -> None:
    import pysqlite3.dbapi2 as sqlite

    from lle_desk.core.drives import is_local

    connection = sqlite.connect(str(file))
    connection.execute(f"PRAGMA journal_mode = {'WAL' if is_local(file) else 'TRUNCATE'}")
    connection.close()
