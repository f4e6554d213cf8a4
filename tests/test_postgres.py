"""The PostgreSQL that the tests themselves start."""

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from tests.conftest import OFFICERS_LOGIN

if TYPE_CHECKING:
    from lle_desk.core.db import Database
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
        connection.execute("CREATE TABLE public.colour AS SELECT 'red' AS name")
    postgres.close_to_visitors("pattern")
    postgres.create("copy_1", template="pattern")
    postgres.create("copy_2", template="pattern")
    with postgres.connect("copy_1") as first, postgres.connect("copy_2") as second:
        first.execute("INSERT INTO public.colour VALUES ('blue')")
        assert first.execute("SELECT count(*) FROM public.colour").fetchone() == (2,)
        assert second.execute("SELECT count(*) FROM public.colour").fetchone() == (1,)
    postgres.drop("copy_1")
    postgres.drop("copy_2")


def test_a_missing_server_has_a_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    from tests.postgres import NoServer, server

    monkeypatch.setenv("LLE_PG_BIN", str(tmp_path))
    with pytest.raises(NoServer, match="does not run here"), server():
        pass


@pytest.mark.parametrize("administrators_url", ["postgresql"], indirect=True)
def test_tests_work_with_an_officers_rights(database: "Database") -> None:
    asked = "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = :login"
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT session_user")) == OFFICERS_LOGIN
        assert connection.scalar(text(asked), {"login": OFFICERS_LOGIN}) is False
