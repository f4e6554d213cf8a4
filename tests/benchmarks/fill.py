"""Fills a ready database with years of rows at a stroke, past the triggers, which come back after.

What the triggers would have made is made here in bulk: claims, counts, search entries, audit.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import cast

from sqlalchemy import Table

from lle_desk.core.db import Database
from lle_desk.core.guards import install_guards
from lle_desk.core.search_sources import SOURCES, Source, filled
from lle_desk.tables import metadata
from tests.benchmarks.driver import Driver
from tests.benchmarks.history import TABLES, History, Row

AUDITED = 400  # letters of a typical payload
CLAIMS = (
    "INSERT INTO claim (resource_id, room_use_id, starts_at, ends_at, holds_space)"
    " SELECT cell.resource_id, used.id, used.reserved_from, used.reserved_to, used.holds_space"
    " FROM room_use AS used JOIN space_cell AS cell ON cell.space_id = used.space_id"
    " WHERE NOT EXISTS (SELECT 1 FROM claim WHERE claim.room_use_id = used.id)"
)
INTO_WORDS = "INSERT INTO search_word (kind, word, entry_id) SELECT DISTINCT e.kind, w.{word}, e.id"
WORDS = {
    True: INTO_WORDS.format(word="value")
    + " FROM search_entry AS e, json_each(desk_words(e.words)) AS w WHERE true ORDER BY 1, 2, 3"
    " ON CONFLICT DO NOTHING",
    False: INTO_WORDS.format(word="word")
    + " FROM search_entry AS e, unnest(string_to_array(e.words, ' ')) AS w (word)"
    " ON CONFLICT DO NOTHING",
}
COUNTS = "UPDATE event SET places_held = (SELECT count(*) FROM place WHERE event_id = event.id)"


def fill(url: str, history: History) -> None:
    """Put the history's rows in. The tables it fills must be empty; `url` is an owner's."""
    driver = Driver(url)
    try:
        driver.know_functions()
        if driver.is_sqlite:
            for (name,) in driver.run("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                driver.run(f"DROP TRIGGER {name}")
        else:
            driver.run("SET session_replication_role = replica")
        with driver.transaction():
            for name, rows in TABLES.items():
                _put(driver, metadata.tables[name], rows(history))
            driver.run(CLAIMS)
            driver.run(COUNTS)
            for source in SOURCES:
                driver.run(_entries(source, driver.is_sqlite))
            driver.run(WORDS[driver.is_sqlite])
            _audit(driver, history)
        _settle(driver)
    finally:
        driver.close()
    if url.startswith("sqlite"):
        _guard_again(url)


def _put(driver: Driver, table: Table, rows: Iterator[Row]) -> None:
    """Put rows in with ids from 1 and what the models give by default."""
    base: Row = {
        column.name: getattr(column.default, "arg", None)
        for column in table.columns
        if not column.server_default or column.name == "is_estimate"
    }
    base.pop("id", None)
    base["version"] = 1
    numbered = (
        (n, *(base | row | {"client_uuid": _uuid(table.name, n)}).values())
        for n, row in enumerate(rows, start=1)
    )
    driver.put(table.name, ["id", *base], numbered)


def _uuid(table: str, number: int) -> str:
    return f"{sha256(table.encode()).hexdigest()[:8]}-0000-4000-8000-{number:012d}"


def _entries(source: Source, is_sqlite: bool) -> str:
    """Return the statement that makes the search entries of a table that has none yet."""
    engine, row = "sqlite" if is_sqlite else "postgresql", source.table
    title, subtitle, words = (
        filled(engine, text, row) for text in (source.title, source.subtitle, source.words)
    )
    folded = f"{'desk' if is_sqlite else 'search'}_fold({words})"
    return (
        "INSERT INTO search_entry (kind, record_id, title, subtitle, words)"
        f" SELECT '{row}', {row}.id, {title}, coalesce({subtitle}, ''), {folded}"
        f" FROM {row} WHERE ({words}) <> '' AND NOT EXISTS (SELECT 1 FROM search_entry"
        f" WHERE kind = '{row}' AND record_id = {row}.id) ORDER BY {row}.id"
    )


def _audit(driver: Driver, history: History) -> None:
    """Go on with the audit chain: one link for each row put in, whole and of usual length."""
    (position, last) = driver.run("SELECT position, hash FROM audit_head")[0]
    first = int(position)
    head = bytes(cast(bytes, last))
    links = []
    for name, rows in TABLES.items():
        for number, _ in enumerate(rows(history), start=1):
            first += 1
            told = {"position": first, "op": "insert", "table": name, "record": number}
            payload = json.dumps(told | {"after": "-" * AUDITED})
            head = sha256(head + payload.encode()).digest()
            links.append((first, name, number, payload, head))
        driver.put("audit", ("position", "table_name", "record_id", "payload", "hash"), links)
        links.clear()
    driver.run("UPDATE audit_head SET position = ?, hash = ?", (first, head))


def _settle(driver: Driver) -> None:
    """Bring indexes, numbers and the planner's knowledge up to date."""
    if driver.is_sqlite:
        driver.run("ANALYZE")
        driver.run("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    for name in (*TABLES, "claim", "search_entry"):
        driver.run(
            f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
        )
    driver.run("VACUUM ANALYZE")


def _guard_again(url: str) -> None:
    database = Database(url)
    with database.engine.begin() as connection:
        install_guards(connection, list(metadata.sorted_tables))
    database.close()
