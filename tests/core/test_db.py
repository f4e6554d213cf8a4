"""The way in to the database: turns, waits, faults in words, nothing kept of what failed."""

import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from lle_desk.core import engines
from lle_desk.core.changes import changes_since, history_of, newest_position
from lle_desk.core.db import By, Database, acting
from lle_desk.core.errors import DatabaseBusy, DatabaseOutOfReach, DatabaseUnusable, RecordChanged
from lle_desk.core.watch import Watch
from lle_desk.rooms.models import Site


def rename(session: Session, name: str) -> None:
    site = session.get_one(Site, 1)
    site.name = name


def test_a_write_is_audited_with_who_where_and_what(database: Database, by: By) -> None:
    before = database.read(newest_position)
    database.write(by, rename, "Woodlands")
    [change] = database.read(changes_since, before)
    assert (change.table, change.action, change.officer) == ("site", "rename", by.officer)
    history = database.read(history_of, "site", 1)[0]
    assert (history.before["name"], history.after["name"]) == ("Woodlands, Chorley", "Woodlands")
    assert history.desk == by.desk


def test_an_exception_keeps_nothing(database: Database, by: By) -> None:
    def half_done(session: Session) -> None:
        rename(session, "Half")
        session.flush()
        raise RuntimeError

    before = database.read(newest_position)
    with pytest.raises(RuntimeError):
        database.write(by, half_done)
    assert database.read(newest_position) == before


def test_an_action_knows_who_acts(database: Database, by: By) -> None:
    assert database.write(by, acting) == by


def test_eleven_desks_write_in_turn_and_none_is_lost(database: Database, by: By) -> None:
    def count_up(session: Session) -> None:
        site = session.get_one(Site, 1)
        site.name = f"Site {int(site.name.rpartition(' ')[2]) + 1}"

    database.write(by, rename, "Site 0")
    threads = [
        threading.Thread(target=lambda: [database.write(by, count_up) for _ in range(5)])
        for _ in range(11)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert database.read(lambda session: session.get_one(Site, 1).name) == "Site 55"


def test_a_stale_record_cannot_overwrite(database: Database, by: By) -> None:
    def meanwhile(session: Session) -> None:
        site = session.get_one(Site, 1)
        session.execute(text("UPDATE site SET name = 'Other', version = version + 1"))
        site.name = "Mine"

    with pytest.raises(RecordChanged):
        database.write(by, meanwhile)


def test_a_write_that_waits_too_long_says_so(
    database: Database, by: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LOCK_WAIT_S", 0.3)
    monkeypatch.setitem(
        engines.POSTGRESQL_ARGUMENTS, "options", "-c search_path=app -c lock_timeout=300"
    )
    impatient = Database(database.url)
    started, stop = threading.Event(), threading.Event()

    def hold(_session: Session) -> None:
        started.set()
        stop.wait(10)

    holder = threading.Thread(target=database.write, args=(by, hold))
    holder.start()
    started.wait()
    with pytest.raises(DatabaseBusy):
        impatient.write(by, rename, "Mine")
    stop.set()
    holder.join()
    impatient.write(by, rename, "Mine")
    impatient.close()


@pytest.mark.parametrize(
    "url", ["sqlite:////no/such/folder/desk.db", "postgresql://x@127.0.0.1:1/none"]
)
def test_a_missing_database_says_so(url: str) -> None:
    with pytest.raises(DatabaseOutOfReach, match="cannot be reached"):
        Database(url).read(lambda session: session.execute(text("select 1")))


@pytest.mark.parametrize("url", ["mysql://here/there", "desk.db", ""])
def test_a_wrong_address_says_what_it_must_be(url: str) -> None:
    with pytest.raises(DatabaseUnusable, match="sqlite:///"):
        Database(url)


def test_a_wrong_query_stays_a_bug(database: Database) -> None:
    with pytest.raises((OperationalError, ProgrammingError)):
        database.read(lambda session: session.execute(text("select * from no_such_table")))


@pytest.mark.parametrize("administrators_url", ["postgresql"], indirect=True)
def test_a_question_that_takes_too_long_is_no_bug(database: Database) -> None:
    def sleep(session: Session) -> None:
        session.execute(text("SET statement_timeout = 20"))
        session.execute(text("SELECT pg_sleep(5)"))

    with pytest.raises(DatabaseBusy, match="took longer than a minute"):
        database.read(sleep)


def test_a_watch_hears_of_another_desk_and_only_then(database: Database, by: By) -> None:
    watch = Watch(database)
    assert not watch.poll()
    database.write(by, rename, "Elsewhere")
    give_up_at = time.monotonic() + 5
    while not watch.poll():
        assert time.monotonic() < give_up_at
    assert not watch.poll()
    watch.close()


@pytest.mark.parametrize("administrators_url", ["postgresql"], indirect=True)
def test_a_read_may_not_change_anything(database: Database) -> None:
    with pytest.raises(InternalError, match="read-only"):
        database.read(lambda session: session.execute(text("UPDATE site SET name = 'X'")))


@pytest.mark.parametrize("administrators_url", ["postgresql"], indirect=True)
def test_a_server_that_was_started_again_in_between_is_not_noticed(
    database: Database, administrators_database: Database, by: By
) -> None:
    def name(session: Session) -> str:
        return session.get_one(Site, 1).name

    database.write(by, rename, "Before")
    assert database.read(name) == "Before"
    administrators_database.read(
        lambda session: session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    )
    assert database.read(name) == "Before"
    database.write(by, rename, "After")
    assert database.read(name) == "After"
