"""The triggers that make the database the last guard: made again after each migration.

What is particular stands as SQL in `db/sqlite` and `db/postgresql`; what is the same for every
table (audit, versions, search) is made here from the models, so that no table is forgotten.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Table

from lle_desk.core import search_sources
from lle_desk.core.paths import database_files
from lle_desk.core.records import is_personal, is_unaudited

# Kept by triggers of other tables, or the trail itself.
NOT_AUDITED = frozenset(
    {
        "meta",
        "audit",
        "audit_head",
        "audit_detail",
        "anchor",
        "search_entry",
        "search_word",
        "care_access",
        "claim",
        "invoice_series",
    }
)
NEVER_TRUNCATED = NOT_AUDITED - {"search_entry", "search_word"}


def install_guards(connection: Connection, tables: Sequence[Table]) -> str:
    """Drop all triggers, make them again, and return their fingerprint."""
    if connection.dialect.name == "sqlite":
        _drop_sqlite(connection)
    else:
        _drop_postgresql(connection)
    for statement in _statements(connection.dialect.name, tables):
        connection.exec_driver_sql(statement)
    return fingerprint(connection)


def fingerprint(connection: Connection) -> str:
    """Return a hash over every trigger and function as the database holds it now."""
    if connection.dialect.name == "sqlite":
        asked = (
            "SELECT name || char(10) || coalesce(sql, '') FROM sqlite_master"
            " WHERE type IN ('trigger', 'view') ORDER BY name"
        )
    else:
        asked = (
            "SELECT text FROM ("
            " SELECT 'f ' || p.proname || p.prosrc || p.prosecdef::text AS text FROM pg_proc p"
            " JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'app'"
            " LEFT JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e' WHERE d.objid IS NULL"
            " UNION ALL SELECT 't ' || pg_get_triggerdef(t.oid) || t.tgenabled::text"
            " FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'app'"
            ' WHERE NOT t.tgisinternal) AS guards ORDER BY text COLLATE "C"'
        )
    rows = connection.exec_driver_sql(asked)
    return hashlib.sha256("\n".join(row[0] for row in rows).encode()).hexdigest()


def _drop_sqlite(connection: Connection) -> None:
    found = connection.exec_driver_sql(
        "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')"
        " ORDER BY type = 'view'"
    ).all()
    for kind, name in found:
        connection.exec_driver_sql(f'DROP {kind.upper()} IF EXISTS "{name}"')


def _drop_postgresql(connection: Connection) -> None:
    """Drop the functions of our schema, and with them the triggers that call them."""
    found = connection.exec_driver_sql(
        "SELECT p.oid::regprocedure::text FROM pg_proc p"
        " JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'app'"
        " LEFT JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e' WHERE d.objid IS NULL"
    ).all()
    for (signature,) in found:
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {signature} CASCADE")


def _statements(engine: str, tables: Sequence[Table]) -> Iterator[str]:
    for file in sorted((database_files() / engine).glob("[0-9]*.sql")):
        text = file.read_text(encoding="utf-8")
        if engine == "sqlite":
            yield from split_sqlite(text)
        else:
            yield text.replace("%", "%%")
    for table in tables:
        if engine == "sqlite":
            yield from _sqlite_table(table)
        else:
            yield from _postgresql_table(table)
    yield from search_sources.statements(engine)


def split_sqlite(text: str) -> Iterator[str]:
    """Yield the statements of an SQL file; a trigger is one."""
    import pysqlite3.dbapi2 as sqlite

    held = ""
    for line in text.splitlines(keepends=True):
        if not held and (not line.strip() or line.startswith("--")):
            continue
        held += line
        if line.rstrip().endswith(";") and sqlite.complete_statement(held):
            yield held.strip()
            held = ""


def _is_care(table: Table) -> bool:
    return bool(table.info.get("care"))


def _key_column(table: Table) -> str:
    """Return the column an audit row names the record by, "" when it has no number."""
    if "id" in table.columns:
        return "id"
    first = next(iter(table.primary_key.columns))
    return "" if table.name in ("setting", "invoice_series") else first.name


def _split_columns(table: Table) -> tuple[list[str], list[str]]:
    """Return the columns whose words stand in the audit payload, and those kept apart."""
    plain, personal = [], []
    for column in table.columns:
        if is_unaudited(column):
            continue
        if is_personal(column) or (_is_care(table) and not column.primary_key):
            personal.append(column.name)
        else:
            plain.append(column.name)
    return plain, personal


def _sqlite_table(table: Table) -> Iterator[str]:
    if table.name not in NOT_AUDITED:
        yield from _sqlite_audit(table)
    if "client_uuid" in table.columns:
        yield from _sqlite_record(table)


def _json(alias: str, columns: list[str]) -> str:
    pairs = ", ".join(f"'{column}', {alias}.{column}" for column in columns)
    return f"json_object({pairs})"


def _changed(columns: list[str]) -> str:
    return " OR ".join(f"new.{column} IS NOT old.{column}" for column in columns)


def _json_changed(keep: str, columns: list[str]) -> str:
    """Return SQL for an object of the columns that differ, with `keep`'s values.

    One row a column: json_each joined to itself took three times as long as all the rest.
    """
    other = "old" if keep == "new" else "new"
    rows = " UNION ALL ".join(
        f"SELECT '{column}' AS name, {keep}.{column} AS kept, {other}.{column} AS other"
        for column in columns
    )
    return f"(SELECT json_group_object(name, kept) FROM ({rows}) WHERE kept IS NOT other)"


def _sqlite_audit(table: Table) -> Iterator[str]:
    plain, personal = _split_columns(table)
    key = _key_column(table)
    told = [] if _is_care(table) else personal
    for op, alias in (("insert", "new"), ("update", "new"), ("delete", "old")):
        record = f"{alias}.{key}" if key else "0"
        if op == "update":
            before, after = _json_changed("old", plain), _json_changed("new", plain)
            words = (
                f"CASE WHEN {_changed(told)} THEN json_object('before',"
                f" {_json_changed('old', told)}, 'after', {_json_changed('new', told)}) END"
                if told
                else "NULL"
            )
            when = f" WHEN {_changed(plain + personal)}"
        else:
            row = _json(alias, plain)
            before, after = ("NULL", row) if op == "insert" else (row, "NULL")
            side = "after" if op == "insert" else "before"
            words = f"json_object('{side}', {_json(alias, told)})" if told else "NULL"
            when = ""
        yield (
            f"CREATE TRIGGER zz_audit_{table.name}_{op[0]} AFTER {op.upper()} ON {table.name}{when}"
            f" BEGIN INSERT INTO audit_line (op, table_name, record_id, before, after, words)"
            f" VALUES ('{op}', '{table.name}', {record}, {before}, {after}, {words}); END"
        )


def _sqlite_record(table: Table) -> Iterator[str]:
    plain, personal = _split_columns(table)
    name = table.name
    yield (
        f"CREATE TRIGGER aa_identity_{name}_i BEFORE INSERT ON {name} BEGIN"
        f" SELECT raise(ABORT, 'identity_fixed') WHERE EXISTS (SELECT 1 FROM {name}"
        " WHERE id = new.id OR client_uuid = new.client_uuid); END"
    )
    yield (
        f"CREATE TRIGGER aa_identity_{name}_u BEFORE UPDATE OF id, client_uuid ON {name}"
        " WHEN new.id <> old.id OR new.client_uuid <> old.client_uuid BEGIN"
        " SELECT raise(ABORT, 'identity_fixed'); END"
    )
    yield (
        f"CREATE TRIGGER aa_version_{name}_u BEFORE UPDATE ON {name}"
        f" WHEN new.version <> old.version + 1 AND ({_changed(plain + personal)}) BEGIN"
        " SELECT raise(ABORT, 'version_steps'); END"
    )


def _array(columns: list[str]) -> str:
    return "'{" + ",".join(columns) + "}'"


def _postgresql_table(table: Table) -> Iterator[str]:
    name = table.name
    unaudited = _array([column.name for column in table.columns if is_unaudited(column)])
    if name not in NOT_AUDITED:
        _, personal = _split_columns(table)
        yield (
            f"CREATE CONSTRAINT TRIGGER zz_audit AFTER INSERT OR UPDATE OR DELETE ON {name}"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION"
            f" audit_row('{_key_column(table)}', {unaudited}, {_array(personal)},"
            f" '{str(_is_care(table)).lower()}')"
        )
    if "client_uuid" in table.columns:
        yield (
            f"CREATE TRIGGER aa_version BEFORE UPDATE ON {name} FOR EACH ROW"
            f" EXECUTE FUNCTION version_steps({unaudited})"
        )
    if name not in NOT_AUDITED or name in NEVER_TRUNCATED:
        yield (
            f"CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {name}"
            " FOR EACH STATEMENT EXECUTE FUNCTION no_truncate()"
        )


def rule_names() -> frozenset[str]:
    """Return the names of all rules that the shipped SQL refuses by."""
    found: set[str] = set()
    for file in sorted(database_files().glob("*/[0-9]*.sql")):
        text = file.read_text(encoding="utf-8")
        found.update(re.findall(r"raise\(ABORT, '(\w+)'\)", text))
        found.update(re.findall(r"message = '(\w+)'", text))
    return frozenset(found)
