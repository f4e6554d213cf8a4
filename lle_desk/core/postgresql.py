"""What PostgreSQL needs around the tables: an owner nobody signs in as, a schema, rights."""

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from lle_desk.core.engines import SCHEMA
from lle_desk.core.errors import DatabaseUnusable
from lle_desk.core.paths import database_files

OWNER = "lle_desk_owner"
ROLES_LOCK = 0x11E_0001  # two programs setting up databases of one server take turns


def prepare(engine: Engine) -> None:
    """Make the roles, the schema and the extension where they are missing.

    Raises:
        DatabaseUnusable: the login may not do that, and nobody has done it before.
    """
    with engine.connect() as connection:
        if _is_prepared(connection):
            return
    make_roles(engine)
    make_schema(engine)


def make_roles(engine: Engine) -> None:
    """Make the owner and the officers' group on the server where they are missing.

    Raises:
        DatabaseUnusable: the login may not do that.
    """
    _run_file(engine, "roles.sql")


def make_schema(engine: Engine) -> None:
    """Make the schema and the extension where they are missing; set what a database needs.

    Raises:
        DatabaseUnusable: the login may not do that.
    """
    _run_file(engine, "schema.sql")


def _run_file(engine: Engine, file: str) -> None:
    sql = (database_files() / "postgresql" / file).read_text(encoding="utf-8")
    with engine.connect() as connection:
        try:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ROLES_LOCK})"))
            connection.exec_driver_sql(sql.replace("%", "%%"))
            connection.commit()
        except ProgrammingError as error:
            raise DatabaseUnusable(
                "Setting up needs a PostgreSQL login that may make roles and schemas. Ask the "
                "database administrator to run lle-desk init once."
            ) from error


def as_owner(connection: Connection) -> None:
    """Do what follows in this transaction as the owner of the schema.

    Raises:
        DatabaseUnusable: the login may not do that.
    """
    try:
        connection.execute(text(f"SET LOCAL ROLE {OWNER}"))
    except ProgrammingError as refused:
        raise DatabaseUnusable(
            "Only an administrator of the database can bring it up to date: lle-desk init with "
            "the login that made it."
        ) from refused


def grant_rights(connection: Connection) -> None:
    """Give officers what they may do: never delete, never write the audit trail or the claims."""
    sql = (database_files() / "postgresql" / "grants.sql").read_text(encoding="utf-8")
    connection.exec_driver_sql(sql.replace("%", "%%"))


def _is_prepared(connection: Connection) -> bool:
    found = connection.execute(
        text(
            "SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = :schema)"
            " + (SELECT count(*) FROM pg_extension WHERE extname = 'btree_gist')"
        ),
        {"schema": SCHEMA},
    ).scalar_one()
    connection.rollback()
    return bool(found == 2)
