"""The PostgreSQL that the tests themselves start."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.postgres import Server


def test_the_server_is_a_real_one_with_what_the_schema_needs(postgres: "Server") -> None:
    with postgres.connect() as connection:
        offered = {row[0] for row in connection.execute("SELECT name FROM pg_available_extensions")}
        version = connection.info.server_version
    assert version >= 150000
    assert {"btree_gist", "pg_trgm"} <= offered


def test_a_clone_has_its_templates_rows_and_keeps_its_own(postgres: "Server") -> None:
    postgres.create("pattern")
    with postgres.connect("pattern") as connection:
        connection.execute("CREATE TABLE colour AS SELECT 'red' AS name")
    postgres.close_to_visitors("pattern")
    postgres.create("copy_1", template="pattern")
    postgres.create("copy_2", template="pattern")
    with postgres.connect("copy_1") as first, postgres.connect("copy_2") as second:
        first.execute("INSERT INTO colour VALUES ('blue')")
        assert first.execute("SELECT count(*) FROM colour").fetchone() == (2,)
        assert second.execute("SELECT count(*) FROM colour").fetchone() == (1,)
    postgres.drop("copy_1")
    postgres.drop("copy_2")


def test_a_missing_server_has_a_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    from tests.postgres import NoServer, server

    monkeypatch.setenv("LLE_PG_BIN", str(tmp_path))
    with pytest.raises(NoServer, match="does not run here"), server():
        pass
