"""What an officer may not do on PostgreSQL, whatever tool they use."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from lle_desk.core.db import Database
from lle_desk.core.refusals import fault_code

NOT_ALLOWED = "42501"


@pytest.mark.parametrize("administrators_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "attempt",
    [
        "ALTER TABLE claim DROP CONSTRAINT claim_no_overlap",
        "ALTER TABLE invoice DISABLE TRIGGER ALL",
        "DROP TRIGGER invoice_guard ON invoice",
        "CREATE TABLE app.mine (id int)",
        "CREATE TABLE public.mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "SET ROLE lle_desk_owner",
        "INSERT INTO audit (position, table_name, record_id, payload, hash)"
        " VALUES (1, 'x', 1, '{}', '')",
        "DELETE FROM audit",
        "UPDATE audit_head SET position = 0",
        "UPDATE audit_detail SET words = NULL, salt = NULL",
        "INSERT INTO claim (resource_id, starts_at, ends_at, holds_space)"
        " VALUES (1, now(), now(), true)",
        "DELETE FROM claim",
        "UPDATE invoice_series SET next_number = 9",
        "UPDATE meta SET guards_fingerprint = ''",
        "UPDATE vat_code_rate SET rate = 0",
        "DELETE FROM customer",
        "DELETE FROM place",
        "TRUNCATE audit",
        "COPY customer TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')",
        "CREATE FUNCTION app.mine() RETURNS int LANGUAGE sql AS 'select 1'",
        "SET session_replication_role = replica",
    ],
)
def test_an_officer_may_not(database: Database, attempt: str) -> None:
    with pytest.raises(DBAPIError) as caught, database.engine.begin() as connection:
        connection.execute(text(attempt))
    assert fault_code(caught.value) == NOT_ALLOWED
