"""Copies that are whole, and checks that see what plain SQL can still do to a database."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from lle_desk.core.backup import backup, restore
from lle_desk.core.checks import check_database
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.postgresql_copies import find_program
from tests.core.office import add_cell, add_customer, add_event, add_space, add_use, issued_invoice
from tests.core.test_db import rename
from tests.postgres import Server, server


@pytest.fixture
def office(administrators_database: Database) -> Database:
    """A database with a customer, a room in use, an event and an issued invoice."""
    database = administrators_database
    add_customer(database)
    oak = add_space(database, "Oak Room", add_cell(database, "Oak 1"))
    add_use(database, oak, "2014-03-04 09:00:00", "2014-03-04 10:00:00")
    add_event(database)
    issued_invoice(database)
    return database


def faults(database: Database) -> list[str]:
    return [check.rule for check in check_database(database.engine) if not check.is_kept]


def test_a_sound_database_keeps_every_rule(office: Database) -> None:
    assert faults(office) == []


@pytest.mark.parametrize(
    ("attack", "rule"),
    [
        ("UPDATE audit SET payload = '{}' WHERE position = 3", "audit trail"),
        ("DELETE FROM audit WHERE position = 3", "audit trail"),
        ("DELETE FROM audit WHERE position > 80", "audit trail"),
        ("UPDATE audit_detail SET words = '{}' WHERE words IS NOT NULL", "audit trail"),
        ("DELETE FROM claim", "has its claims"),
        ("UPDATE event SET places_held = 1", "counted right"),
        ("UPDATE invoice_series SET next_number = 9 WHERE series = 'INV'", "without gap"),
        ("UPDATE invoice_line SET net = 1, unit_price = 1", "sum of its lines"),
        ("UPDATE charge SET state = 'unbilled'", "billed exactly"),
    ],
)
def test_what_is_done_with_the_guards_off_is_found(
    office: Database, attack: str, rule: str
) -> None:
    with office.engine.connect().execution_options(desk_write=True) as connection:
        if office.dialect == "sqlite":
            for (name,) in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        connection.execute(text(attack))
        connection.commit()
        connection.invalidate()
    assert any(rule in found for found in faults(office))


def test_two_claims_let_in_with_the_guards_off_are_found(office: Database) -> None:
    if office.dialect == "postgresql":
        pytest.skip("an exclusion constraint cannot be turned off, only dropped")
    with office.engine.connect().execution_options(desk_write=True) as connection:
        connection.exec_driver_sql("DROP TRIGGER claim_no_overlap_i")
        connection.exec_driver_sql(
            "INSERT INTO claim (resource_id, starts_at, ends_at, holds_space)"
            " SELECT resource_id, starts_at, ends_at, holds_space FROM claim"
        )
        connection.commit()
    found = faults(office)
    assert any("No two claims" in rule for rule in found)
    assert any("triggers" in rule for rule in found)


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_a_copy_holds_everything_and_comes_back(office: Database, by: By, tmp_path: Path) -> None:
    copy = tmp_path / "copy.backup"
    backup(office.engine, copy)
    with pytest.raises(OfficerError, match="already there"):
        backup(office.engine, copy)
    office.write(by, rename, "Changed since")
    kept = restore(office.engine, copy)
    assert kept is not None
    assert kept.exists()
    name = office.read(lambda session: session.scalar(text("SELECT name FROM site")))
    assert name == "Woodlands, Chorley"
    assert faults(office) == []


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_what_is_no_copy_is_refused_and_nothing_is_touched(
    office: Database, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.backup"
    wrong.write_text("not a database")
    for file in (wrong, tmp_path / "missing.backup"):
        with pytest.raises(OfficerError):
            restore(office.engine, file)
    assert faults(office) == []


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_a_desk_that_is_open_while_a_copy_comes_back_works_on_with_what_came_back(
    office: Database, by: By, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.backup"
    backup(office.engine, copy)
    name = "SELECT name FROM site"
    other = Database(office.url)
    other.write(by, rename, "Changed since")
    with other.engine.connect() as held:  # a file of its own, were another put in its place
        assert held.scalar(text(name)) == "Changed since"
        restore(office.engine, copy)
    assert other.read(lambda session: session.scalar(text(name))) == "Woodlands, Chorley"
    other.write(by, rename, "Saved afterwards")
    other.close()
    assert office.read(lambda session: session.scalar(text(name))) == "Saved afterwards"
    assert faults(office) == []


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("damaged", ["a page", "all"])
def test_a_copy_comes_back_over_a_damaged_database_which_is_kept(
    office: Database, tmp_path: Path, damaged: str
) -> None:
    copy = tmp_path / "copy.backup"
    backup(office.engine, copy)
    file = Path(office.engine.url.database or "")
    office.close()
    whole = file.read_bytes()
    ruin = (
        b"\xff" * len(whole) if damaged == "all" else whole[:4096] + b"\xff" * (len(whole) - 4096)
    )
    file.write_bytes(ruin)
    kept = restore(office.engine, copy)
    assert kept is not None
    assert kept.read_bytes() == ruin
    assert faults(office) == []


@pytest.fixture
def copying(postgres: Server) -> None:
    """Skips where pg_dump is not there, or older than the server that the tests started."""
    with postgres.connect() as connection:
        version = connection.info.server_version // 10_000
    try:
        find_program("pg_dump", version)
    except OfficerError as reason:
        pytest.skip(str(reason))


@pytest.mark.usefixtures("copying")
@pytest.mark.parametrize("administrators_url", ["postgresql"], indirect=True)
def test_an_officers_copy_comes_back_on_a_server_that_never_saw_the_program(
    office: Database, database: Database, by: By, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.backup"
    backup(database.engine, copy)
    name = "SELECT name FROM site"
    with server() as elsewhere, elsewhere.connect() as connection:
        connection.execute("CREATE ROLE dba LOGIN CREATEROLE")
        connection.execute("CREATE DATABASE lle OWNER dba TEMPLATE template0")
        restored = Database(elsewhere.url("lle", "dba"))
        assert restore(restored.engine, copy) is None
        assert faults(restored) == []
        with pytest.raises(OfficerError, match="not empty"):
            restore(restored.engine, copy)
        restored.close()
        elsewhere.add_login("bob", "lle_desk_officer")
        officers = Database(elsewhere.url("lle", "bob"))
        assert officers.read(lambda session: session.scalar(text(name))) == "Woodlands, Chorley"
        officers.write(by, rename, "Changed since")
        assert officers.read(lambda session: session.scalar(text(name))) == "Changed since"
        officers.close()
    assert faults(office) == []


def test_a_pg_dump_older_than_the_server_is_refused_with_both_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLE_PG_BIN", str(tmp_path))
    with pytest.raises(OfficerError, match="not on this PC"):
        find_program("pg_dump", 18)
    if os.name == "posix":
        program = tmp_path / "pg_dump"
        program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.18 (of 12 May)'\n")
        program.chmod(0o755)
        assert find_program("pg_dump", 15) == str(program)
        with pytest.raises(OfficerError, match="PostgreSQL 18, and pg_dump on this PC is only 15"):
            find_program("pg_dump", 18)
