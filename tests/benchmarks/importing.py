"""Taking in 1,765 schools, against reading the file with csv and inserting with the bare driver."""

import csv
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

from lle_desk.core.db import Database
from lle_desk.core.records import new_uuid
from lle_desk.customers.imports import read_schools, save_schools
from lle_desk.customers.imports.register import COLUMNS
from tests.benchmarks.booking import drop_triggers
from tests.benchmarks.driver import Driver
from tests.benchmarks.harness import Measured, Row, compared, timed
from tests.benchmarks.offices import BY, Offices

LIMIT = 3.0
ROUNDS = 7
KEY = b"0" * 32
PAYLOAD = '{"position": 1, "after": {"name": "' + "-" * 900 + '"}}'
WORDS_KEPT = '{"after": {"notes": ""}}'
_TOLD = """
client_uuid version kind name short_name urn la_code la_name dfe_number establishment_type phase
trust_name street locality address3 town county postcode telephone email website cost_centre source
notes is_demo
"""
CUSTOMER = _TOLD.split()
COPIED = {column.field: column.heading for column in COLUMNS if column.field in CUSTOMER}
ENTRY = ("kind", "record_id", "title", "subtitle", "words")
STANDING = ("client_uuid", "version", "customer_id", "standing", "value", "valid_from", "reason")


def run(offices: Offices, kinds: tuple[str, ...]) -> Iterator[Row]:
    """Yield one row for each kind of database, each round on a fresh one."""
    for kind in kinds:
        yield compared(
            f"import schools, {kind}",
            _ours(offices, kind),
            _raw(offices, kind),
            LIMIT,
            ROUNDS,
            warm=1,
        )


def _ours(offices: Offices, kind: str) -> Measured:
    def measured() -> float:
        database = Database(offices.bare(kind))

        def work() -> None:
            database.write(BY, save_schools, read_schools(offices.schools), date(2014, 1, 1))

        spent = timed(work)()
        database.close()
        return spent

    return measured


def _raw(offices: Offices, kind: str) -> Measured:
    def measured() -> float:
        driver = Driver(offices.bare(kind))
        drop_triggers(driver)
        spent = timed(lambda: write_rows(driver, offices.schools))()
        driver.close()
        return spent

    return measured


def write_rows(driver: Driver, file: Path) -> None:
    """Write all the rows that the program makes of the file, checking nothing."""
    with file.open(encoding="cp1252", newline="") as lines:
        schools = list(csv.DictReader(lines))
    yes = 1 if driver.is_sqlite else True
    with driver.transaction():
        driver.many(_insert("customer", CUSTOMER), [_customer(one, not yes) for one in schools])
        ids = driver.run("SELECT id, name FROM customer ORDER BY id")
        standings = [
            (new_uuid(), 1, number, standing, "county", "2000-01-01", "a maintained school")
            for number, _ in ids
            for standing in ("price band", "payment route", "VAT class")
        ]
        driver.many(_insert("customer_standing", STANDING), standings)
        entries = [
            (
                "customer",
                number,
                name,
                one["Town"],
                f"{name} {one['Postcode']} {one['URN']}".lower(),
            )
            for (number, name), one in zip(ids, schools, strict=True)
        ]
        driver.many(_insert("search_entry", ENTRY), entries)
        words = [
            (word, entry)
            for entry, text in driver.run("SELECT id, words FROM search_entry")
            for word in set(text.split())
        ]
        driver.many(
            "INSERT INTO search_word (kind, word, entry_id) VALUES ('customer', ?, ?)", words
        )
        _audit(driver, [number for number, _ in ids])


def _customer(school: dict[str, str], no: object) -> list[object]:
    told = {field: school[heading] for field, heading in COPIED.items()}
    made = {"client_uuid": new_uuid(), "version": 1, "kind": "LCC-maintained school", "is_demo": no}
    row = dict.fromkeys(CUSTOMER, "") | told | made | {"urn": int(school["URN"])}
    return [row[column] for column in CUSTOMER]


def _audit(driver: Driver, customers: list[int]) -> None:
    at = count(driver.run("SELECT position FROM audit_head")[0][0] + 1)
    of_customers = [(next(at), "customer", number, PAYLOAD, KEY) for number in customers]
    of_standings = [
        (next(at), "customer_standing", n, PAYLOAD[:400], KEY) for n in range(3 * len(customers))
    ]
    columns = ("position", "table_name", "record_id", "payload", "hash")
    driver.many(_insert("audit", columns), of_customers + of_standings)
    details = [(row[0], "0" * 32, WORDS_KEPT) for row in of_customers]
    driver.many(_insert("audit_detail", ("position", "salt", "words")), details)
    driver.run("UPDATE audit_head SET position = ?, hash = ?", (next(at) - 1, KEY))


def _insert(table: str, columns: list[str] | tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
