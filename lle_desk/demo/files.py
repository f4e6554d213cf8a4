"""The words that demo data is made of: CSV files whose first lines say that it is invented."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from lle_desk.core.money import Pence
from lle_desk.core.paths import resources
from lle_desk.customers.rules import Kind


def demo_file(name: str) -> Path:
    """Return where a file of the demo lies."""
    return resources() / "demo" / name


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a demo file; lines that begin with # say what it is."""
    with demo_file(name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


@dataclass(frozen=True, slots=True)
class DemoCustomer:
    """An invented organisation. `weight` is how often it books against the others."""

    kind: Kind
    name: str
    short_name: str
    town: str
    postcode: str
    in_county: bool
    cost_centre: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class DemoCourse:
    """An invented course. Prices are of one place, by band; `hours` are (start, end) words."""

    service: str
    code: str
    title: str
    short_title: str
    days: int
    hours: str
    capacity: int
    county: Pence


@cache
def courses() -> tuple[DemoCourse, ...]:
    """Return the invented programme."""
    return tuple(
        DemoCourse(
            row["service"],
            row["code"],
            row["title"],
            row["short_title"],
            int(row["days"]),
            row["hours"],
            int(row["capacity"]),
            Pence(int(row["county_pence"])),
        )
        for row in rows_of("courses.csv")
    )


@cache
def organisations() -> tuple[DemoCustomer, ...]:
    """Return the invented directorates, colleges and companies."""
    return tuple(
        DemoCustomer(
            Kind(row["kind"]),
            row["name"],
            row["short_name"],
            row["town"],
            row["postcode"],
            row["in_county"] == "yes",
            row["cost_centre"],
        )
        for row in rows_of("organisations.csv")
    )


@cache
def schools() -> tuple[DemoCustomer, ...]:
    """Return the invented schools: one of each sort in each invented place."""
    places = list(rows_of("places.csv"))
    sorts = list(rows_of("school_sorts.csv"))
    return tuple(
        DemoCustomer(
            _kind_of(sort["kind"], place["in_county"] == "yes"),
            f"{place['place']} {sort['sort']}",
            "",
            place["place"],
            place["postcode"],
            place["in_county"] == "yes",
            weight=float(sort["weight"]) * (1.0 if place["in_county"] == "yes" else 0.3),
        )
        for place, sort in product(places, sorts)
    )


@cache
def titles(category: str) -> tuple[str, ...]:
    """Return what room bookings of a category are called."""
    return tuple(row["title"] for row in rows_of("room_titles.csv") if row["category"] == category)


@cache
def names(part: str) -> tuple[str, ...]:
    """Return the given names ("given"), or the beginnings or ends of family names."""
    return tuple(row["word"] for row in rows_of("people.csv") if row["part"] == part)


def _kind_of(kind: str, in_county: bool) -> Kind:
    """Return the kind, which for a maintained school depends on whose it is."""
    if Kind(kind) is Kind.MAINTAINED and not in_county:
        return Kind.OTHER_MAINTAINED
    return Kind(kind)
