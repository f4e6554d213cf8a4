"""Fixtures every test may use: a fresh database of each kind, an officer, a desk.

A test that asks for `database` (or `database_url`) runs twice, on SQLite and on a PostgreSQL that
the tests start themselves, with an officer's rights. What an officer may not do there is done
through `administrators_database`, which is the same one. A test about a single kind says so:

    @pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
"""

import gc
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.short_lived import short_lived

if TYPE_CHECKING:
    from lle_desk.core.db import By, Database
    from lle_desk.qt.desk import Desk
    from tests.patient import PatientBot
    from tests.postgres import Server

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TEMPLATE = "lle_template"
OFFICERS_LOGIN = "ann"  # on PostgreSQL, with an officer's rights and no more
_numbers = count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Leave nothing behind, however the run ends; what xdist starts shares the folder."""
    if hasattr(config, "workerinput"):
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as by Ctrl+C: everything ends
    folder = ExitStack()
    folder.enter_context(short_lived())
    config.add_cleanup(folder.close)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long tests, so that at the end no process is left alone with one."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    """Set aside what is loaded by now, so that collecting after each test stays quick."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _garbage_on_this_thread() -> Iterator[None]:
    """Collect cycles between tests only: a worker that collects a widget crashes Qt.

    What is left was loaded for good: set aside, it is not looked through again after each test.
    """
    gc.disable()
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings, log and default database of the person testing out of it."""
    monkeypatch.setenv("LLE_DESK_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with schema and reference data, to be copied and never opened."""
    from lle_desk.prepare import make_ready

    file = tmp_path_factory.mktemp("template") / "desk.db"
    make_ready(f"sqlite:///{file.as_posix()}")
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator["Server"]:
    """A PostgreSQL server of this test process, without any database of the program."""
    from tests.postgres import NoServer, server

    try:
        starting = server()
        running = starting.__enter__()
    except NoServer as reason:
        if os.environ.get("CI"):
            pytest.fail(f"CI must test PostgreSQL, but {reason}")
        pytest.skip(f"no PostgreSQL: {reason}")
    yield running
    starting.__exit__(None, None, None)


@pytest.fixture(scope="session")
def postgres_template(postgres: "Server") -> "Server":
    """The server, with a database named TEMPLATE of schema and reference data, to be cloned."""
    from lle_desk.prepare import make_ready

    postgres.create(TEMPLATE)
    make_ready(postgres.url(TEMPLATE))
    postgres.add_login(OFFICERS_LOGIN, "lle_desk_officer")
    postgres.close_to_visitors(TEMPLATE)
    return postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def administrators_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database as an office gets it, for one who may do everything.

    It has the schema and the reference data. On SQLite it is the same as an officer's.
    """
    if request.param == "sqlite":
        file = tmp_path / "desk.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file.as_posix()}"
    else:
        server: Server = request.getfixturevalue("postgres_template")
        name = f"lle_test_{next(_numbers)}"
        server.create(name, template=TEMPLATE)
        yield server.url(name)
        server.drop(name)


@pytest.fixture
def database_url(administrators_url: str) -> str:
    """The address of the same database, for an officer."""
    return administrators_url.replace("//postgres@", f"//{OFFICERS_LOGIN}@")


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any schema: a file not there yet, or an empty one."""
    if request.param == "sqlite":
        yield f"sqlite:///{(tmp_path / 'bare.db').as_posix()}"
    else:
        server: Server = request.getfixturevalue("postgres")
        name = f"lle_bare_{next(_numbers)}"
        server.create(name)
        yield server.url(name)
        server.drop(name)


@pytest.fixture
def database(database_url: str) -> Iterator["Database"]:
    """A database as an office gets it, opened by an officer."""
    from lle_desk.core.db import Database

    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def administrators_database(administrators_url: str) -> Iterator["Database"]:
    """The database that `database` is, opened by one who may do everything."""
    from lle_desk.core.db import Database

    database = Database(administrators_url)
    yield database
    database.close()


@pytest.fixture
def by() -> "By":
    """An officer at a desk, who does whatever the test writes."""
    from lle_desk.core.db import By

    return By("ann", "desk-1")


@pytest.fixture
def desk(qapp: object, database: "Database", by: "By") -> Iterator["Desk"]:
    """The running program of one officer on `database`, without its window."""
    from lle_desk.qt.desk import Desk

    desk = Desk(database, by)
    yield desk
    desk.close()


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> "PatientBot":
    """Press keys and click; see `tests.patient`."""
    from tests.patient import PatientBot

    return PatientBot(request)
