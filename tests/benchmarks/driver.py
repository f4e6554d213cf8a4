"""The databases' own drivers, as the comparisons use them: no SQLAlchemy, no triggers of ours."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import psycopg
import pysqlite3.dbapi2 as sqlite
from sqlalchemy import make_url

from lle_desk.core.engines import chain_hash, utc_stamp
from lle_desk.core.words import folded, words_json

SQLITE_START = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32000",
)


class Driver:
    """A plain connection of either driver with one way to say things.

    Statements are written with `?`. Nothing is begun or committed by itself.
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.raw: Any = sqlite.connect(parsed.database, isolation_level=None)
            for statement in SQLITE_START:
                self.raw.execute(statement)
        else:
            self.raw = psycopg.connect(
                host=str(parsed.query.get("host") or parsed.host),
                port=parsed.port or 5432,
                user=parsed.username,
                dbname=parsed.database,
                autocommit=True,
                options="-c search_path=app",
            )

    def sql(self, statement: str) -> str:
        """Return the statement as this driver wants its places marked."""
        return statement if self.is_sqlite else statement.replace("%", "%%").replace("?", "%s")

    def run(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Do one statement and return its rows, if it has any."""
        cursor = self.raw.execute(self.sql(statement), tuple(values))
        return list(cursor.fetchall()) if cursor.description else []

    def many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """Do one statement for each of the rows, at once where the driver can."""
        cursor = self.raw.cursor()
        cursor.executemany(self.sql(statement), rows)

    def put(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Put many rows into a table the quickest way the driver has."""
        listed = ", ".join(columns)
        if self.is_sqlite:
            marks = ", ".join("?" * len(columns))
            statement = f"INSERT INTO {name} ({listed}) VALUES ({marks})"
            self.raw.executemany(statement, (list(map(stored, row)) for row in rows))
        else:
            with self.raw.cursor().copy(f"COPY {name} ({listed}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all of what is done inside, or nothing."""
        self.run("BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN")
        try:
            yield
        except BaseException:
            self.run("ROLLBACK")
            raise
        self.run("COMMIT")

    def know_functions(self) -> None:
        """Give SQLite the functions that the program's triggers call."""
        if self.is_sqlite:
            self.raw.create_function("desk_by", 1, lambda _field: "benchmark")
            self.raw.create_function("desk_salt", 0, lambda: "0" * 32)
            self.raw.create_function("desk_now", 0, utc_stamp)
            self.raw.create_function("desk_hash", 2, chain_hash, deterministic=True)
            self.raw.create_function("desk_fold", 1, folded, deterministic=True)
            self.raw.create_function("desk_words", 1, words_json, deterministic=True)

    def close(self) -> None:
        self.raw.close()


def stored(value: object) -> object:
    """Return a value as SQLite's tables hold it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value
