"""Files of the national register for tests: the shipped sample, changed cell by cell."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from lle_desk.core.db import By, Database
from lle_desk.core.imports import ImportSummary
from lle_desk.core.paths import resources
from lle_desk.customers.imports import (
    read_links,
    read_schools,
    save_links,
    save_schools,
)
from lle_desk.customers.queries import customer_card, find_customers

SAMPLE = resources() / "reference" / "schools_sample.csv"
LINKS_SAMPLE = resources() / "reference" / "school_links_sample.csv"
IMPORTED_ON = date(2026, 9, 1)

HIGHFIELD = 119204  # a maintained school in Chorley
SOUTHLANDS, SOUTHLANDS_ACADEMY = 119738, 143794  # closed, and the academy that followed


def heading() -> list[str]:
    """Return the register's 133 column names."""
    with SAMPLE.open(encoding="cp1252", newline="") as file:
        return next(csv.reader(file))


def sample_rows() -> list[dict[str, str]]:
    """Return the sample as rows by column name."""
    with SAMPLE.open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file))


def write_register(path: Path, rows: Sequence[Mapping[str, str]], encoding: str = "cp1252") -> Path:
    """Write rows as the register does: every field quoted."""
    text = io.StringIO()
    writer = csv.DictWriter(text, heading(), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def changed(path: Path, changes: Mapping[int, Mapping[str, str]]) -> Path:
    """Write the sample with these cells of these schools changed."""
    rows = sample_rows()
    for row in rows:
        row.update(changes.get(int(row["URN"]), {}))
    return write_register(path, rows, "utf-8")


def take_in(
    database: Database, by: By, path: Path = SAMPLE, on_date: date = IMPORTED_ON
) -> ImportSummary:
    """Read a file and save it."""
    return database.write(by, save_schools, read_schools(path), on_date)


def take_in_links(database: Database, by: By, path: Path = LINKS_SAMPLE) -> ImportSummary:
    """Read a file of links and save it."""
    return database.write(by, save_links, read_links(path))


def customer_id(database: Database, urn: int) -> int:
    """Return the number of the customer with this URN."""
    (hit,) = database.read(find_customers, str(urn))
    return hit.customer_id


def standings(database: Database, urn: int) -> list[tuple[str, str, date]]:
    """Return the dated facts of a school: which, what, from when; oldest first."""
    card = database.read(customer_card, customer_id(database, urn), date.max)
    return sorted((str(f.standing), str(f.value), f.valid_from) for f in card.standings)
