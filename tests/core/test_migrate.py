"""Making and upgrading a database, and turning away what this program may not touch."""

import re
from uuid import uuid4

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from lle_desk.core import migrate, refusals
from lle_desk.core.db import Database
from lle_desk.core.engines import make_engine
from lle_desk.core.errors import DatabaseUnusable
from lle_desk.core.guards import NOT_AUDITED, fingerprint, rule_names
from lle_desk.core.migrate import HEAD, State, known_revisions, require_usable, state
from lle_desk.core.paths import database_files
from lle_desk.core.postgresql import as_owner, prepare
from lle_desk.prepare import make_ready
from lle_desk.tables import metadata


def test_a_bare_database_is_made_ready_and_again_does_nothing(bare_url: str) -> None:
    first = make_ready(bare_url)
    assert (first.before, first.after) == ("", HEAD)
    again = make_ready(bare_url)
    assert (again.before, again.after, again.backup) == (HEAD, HEAD, None)
    engine = make_engine(bare_url)
    assert state(engine) is State.CURRENT
    engine.dispose()


def test_the_first_migration_makes_the_tables_of_the_models(
    administrators_database: Database,
) -> None:
    with administrators_database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = compare_metadata(context, metadata)
        found = set(inspect(connection).get_table_names())
    assert differences == []
    assert set(metadata.tables) < found


def _checks(create: str) -> set[str]:
    lines = (line.strip().rstrip(",") for line in create.splitlines())
    return {line for line in lines if line.startswith("CONSTRAINT")}


def test_an_upgraded_sqlite_table_has_every_check_of_its_model(database_url: str) -> None:
    if not database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL keeps its checks in words of its own")
    engine = make_engine(database_url)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        ).all()
    engine.dispose()
    stored = {row[0]: re.sub(r"\n(?!\s*[A-Z\)])\s*", " ", row[1]) for row in rows}
    for table in metadata.sorted_tables:
        wanted = _checks(str(CreateTable(table).compile(dialect=sqlite.dialect())))
        missing = {line for line in wanted if "CHECK" in line and line not in stored[table.name]}
        assert not missing, table.name


@pytest.mark.parametrize("released", known_revisions()[:-1])
def test_a_database_of_each_earlier_release_is_brought_up_with_what_it_holds(
    bare_url: str, released: str
) -> None:
    engine = make_engine(bare_url)
    if engine.dialect.name == "postgresql":
        prepare(engine)
    with engine.connect().execution_options(desk_write=True) as connection:
        if engine.dialect.name == "postgresql":
            as_owner(connection)
        config = Config()
        config.set_main_option("script_location", str(database_files() / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, released)
        connection.execute(
            text(
                "INSERT INTO officer (client_uuid, version, login, name, initials, role, is_active)"
                f" VALUES ('{uuid4()}', 1, 'ann', 'Ann', 'A', 'officer', :yes)"
            ),
            {"yes": True},
        )
        connection.commit()
    assert state(engine) is State.OLD
    migrate._migrate(engine, list(metadata.sorted_tables))
    require_usable(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.execute(text("SELECT name FROM officer")).scalar_one() == "Ann"
    engine.dispose()


def test_every_constraint_has_a_name_of_ours(administrators_database: Database) -> None:
    with administrators_database.engine.connect() as connection:
        if administrators_database.dialect == "sqlite":
            schema = "\n".join(
                row[0]
                for row in connection.exec_driver_sql(
                    "SELECT sql FROM sqlite_master WHERE type = 'table'"
                    " AND name NOT LIKE 'alembic%' AND sql IS NOT NULL"
                )
            )
            unnamed = [
                line
                for line in schema.splitlines()
                if any(word in line for word in ("CHECK", "UNIQUE", "FOREIGN"))
                and "CONSTRAINT" not in line
            ]
            strict = connection.exec_driver_sql(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                " AND NOT strict AND name NOT LIKE 'sqlite%' AND name <> 'alembic_version'"
            ).all()
            assert strict == []
        else:
            found = connection.exec_driver_sql(
                "SELECT conname FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace"
                " WHERE nspname = 'app' AND contype IN ('c', 'u', 'f', 'p', 'x')"
                " AND conname !~ '^(ck|uq|fk|pk)_|^claim_no_overlap$|^alembic'"
            )
            unnamed = [row[0] for row in found]
    assert unnamed == []


def test_every_table_is_audited_or_kept_by_the_database_itself(
    administrators_database: Database,
) -> None:
    asked = {
        "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE name LIKE 'zz_audit_%'",
        "postgresql": "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE t.tgname = 'zz_audit'",
    }[administrators_database.dialect]
    with administrators_database.engine.connect() as connection:
        audited = {row[0] for row in connection.exec_driver_sql(asked.replace("%", "%"))}
    assert audited == set(metadata.tables) - NOT_AUDITED


def test_a_newer_database_is_refused_with_a_sentence(administrators_url: str) -> None:
    engine = make_engine(administrators_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert state(engine) is State.NEWER
    with pytest.raises(DatabaseUnusable, match="newer LLE Desk"):
        require_usable(engine)
    with pytest.raises(DatabaseUnusable, match="newer LLE Desk"):
        make_ready(administrators_url)
    engine.dispose()


def test_an_old_desk_is_turned_away(administrators_url: str) -> None:
    engine = make_engine(administrators_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE meta SET minimum_program = '99.0.0'"))
    with pytest.raises(DatabaseUnusable, match=r"99\.0\.0 or newer"):
        require_usable(engine)
    engine.dispose()


def test_a_database_of_another_program_is_left_alone(bare_url: str) -> None:
    engine = make_engine(bare_url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("CREATE SCHEMA app"))
            connection.execute(text("CREATE TABLE app.theirs (id int)"))
        else:
            connection.execute(text("CREATE TABLE theirs (id int)"))
    with pytest.raises(DatabaseUnusable, match="another program"):
        make_ready(bare_url)
    engine.dispose()


def test_a_guard_taken_away_is_noticed_at_the_start(administrators_url: str) -> None:
    engine = make_engine(administrators_url)
    require_usable(engine)
    with engine.begin() as connection:
        before = fingerprint(connection)
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER claim_no_overlap_i"))
        else:
            connection.execute(text("ALTER TABLE invoice DISABLE TRIGGER invoice_guard"))
        assert fingerprint(connection) != before
    with pytest.raises(DatabaseUnusable, match="safety rules"):
        require_usable(engine)
    engine.dispose()


def test_an_older_database_is_copied_before_it_is_upgraded(
    administrators_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if it came from the release before: the copy is made, then the migration runs."""
    if administrators_url.startswith("postgresql"):
        pytest.skip("pg_dump is tried in test_backup")
    engine = make_engine(administrators_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    engine.dispose()
    known = known_revisions()
    monkeypatch.setattr(migrate, "known_revisions", lambda: ["0000", *known])
    monkeypatch.setattr(migrate, "_migrate", lambda _engine, _tables: None)
    done = migrate.upgrade(administrators_url, list(metadata.sorted_tables))
    assert done.backup is not None
    copy = make_engine(f"sqlite:///{done.backup.as_posix()}")
    with copy.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM service")).scalar_one() > 0
    copy.dispose()


def test_the_rules_of_both_engines_have_the_same_names() -> None:
    only_there = {"no_truncate", "version_steps", "identity_fixed"}
    assert {"claim_follows_use", "invoice_is_issued", "places_held_counted"} <= rule_names()
    assert only_there & rule_names()


def test_known_revisions_end_with_the_one_the_program_asks_for() -> None:
    assert known_revisions()[-1] == HEAD


def test_what_the_rules_say_can_be_read() -> None:
    assert all(name == name.lower() for name in refusals.explained())
