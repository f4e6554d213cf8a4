"""Schools out of the national register's file (GIAS, "edubasealldata"), checked line by line.

A line with a fault is refused and told by its number; the other schools are good. A fault of
the file refuses all of it (`core.imports.FileRefused`). The database is not touched here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lle_desk.core.imports import (
    Column,
    Line,
    Problem,
    Progress,
    present_columns,
    read_lines,
)
from lle_desk.customers.rules import LANCASHIRE, Kind

COLUMNS = (
    Column("urn", "URN"),
    Column("la_code", "LA (code)"),
    Column("la_name", "LA (name)"),
    Column("dfe_number", "EstablishmentNumber"),
    Column("name", "EstablishmentName"),
    Column("type_code", "TypeOfEstablishment (code)"),
    Column("establishment_type", "TypeOfEstablishment (name)"),
    Column("group_code", "EstablishmentTypeGroup (code)"),
    Column("status_code", "EstablishmentStatus (code)"),
    Column("opened_on", "OpenDate"),
    Column("closed_on", "CloseDate"),
    Column("phase", "PhaseOfEducation (name)", needed=False),
    Column("pupils", "NumberOfPupils", needed=False),
    Column("trust_name", "Trusts (name)", needed=False),
    Column("street", "Street"),
    Column("locality", "Locality", needed=False),
    Column("address3", "Address3", needed=False),
    Column("town", "Town"),
    Column("county", "County (name)", needed=False),
    Column("postcode", "Postcode"),
    Column("website", "SchoolWebsite", needed=False),
    Column("telephone", "TelephoneNum", needed=False),
)
HEADINGS = {column.field: column.heading for column in COLUMNS}
_SHORT = {"postcode": 20, "telephone": 20, "la_code": 20, "dfe_number": 20}
_NAMED = ("la_name", "name", "establishment_type", "phase", "trust_name", "website")
_PLACED = ("street", "locality", "address3", "town", "county")
_MOST = dict.fromkeys((*_NAMED, *_PLACED), 200) | _SHORT
_CLOSED = "2"
_DAY = re.compile(r"(\d{2})[-/](\d{2})[-/](\d{4})")
_LONGEST_SHOWN = 40

# The register's numbers for groups and types of establishments. Special schools, welsh and other
# establishments are of one body or another by their type, not by their group.
_GROUPS = {
    "1": Kind.COLLEGE,
    "2": Kind.UNIVERSITY,
    "3": Kind.INDEPENDENT,
    "4": Kind.MAINTAINED,
    "10": Kind.ACADEMY,
    "11": Kind.ACADEMY,  # free schools, university technical colleges and studio schools
    "13": Kind.INDEPENDENT,  # online providers
}
_TYPES = {
    "07": Kind.MAINTAINED,  # community special
    "12": Kind.MAINTAINED,  # foundation special
    "14": Kind.MAINTAINED,  # pupil referral unit
    "08": Kind.INDEPENDENT,  # non-maintained special: a charity, no council's body
    "10": Kind.INDEPENDENT,  # other independent special
    "24": Kind.INDEPENDENT,  # secure unit
    "25": Kind.INDEPENDENT,  # offshore school
    "26": Kind.INDEPENDENT,  # Service children's education
    "27": Kind.INDEPENDENT,  # miscellaneous
    "30": Kind.OTHER_MAINTAINED,  # Welsh establishment
    "32": Kind.COLLEGE,  # special post 16 institution
    "37": Kind.INDEPENDENT,  # British school overseas
    "56": Kind.INDEPENDENT,  # institution funded by another department
}


@dataclass(frozen=True, slots=True)
class School:
    """One school as the register has it. `is_closed` may be true with the day not told."""

    line: int
    urn: int
    kind: Kind
    name: str
    la_code: str
    la_name: str
    dfe_number: str
    establishment_type: str
    phase: str
    pupils: int | None
    trust_name: str
    street: str
    locality: str
    address3: str
    town: str
    county: str
    postcode: str
    telephone: str
    website: str
    opened_on: date | None
    closed_on: date | None
    is_closed: bool

    @property
    def in_county(self) -> bool:
        """Whether it lies in the county, whoever runs it."""
        return self.la_code == LANCASHIRE


@dataclass(frozen=True, slots=True)
class SchoolsFile:
    """What a file holds: good schools, refused lines, and which of our fields it tells."""

    schools: tuple[School, ...]
    problems: tuple[Problem, ...]
    fields: frozenset[str]


class _Refused(Exception):
    """Why this line is not taken in."""


def read_schools(
    path: Path, mapping: Mapping[str, str] | None = None, progress: Progress | None = None
) -> SchoolsFile:
    """Return the schools of a register file; `mapping` is our field -> their heading.

    Raises:
        FileRefused: the file as a whole is at fault; nothing of it may be used.
        ImportStopped: the progress was stopped.
    """
    fields = present_columns(path, COLUMNS, mapping)
    schools: dict[int, School] = {}
    problems: list[Problem] = []
    for line in read_lines(path, COLUMNS, mapping, progress):
        if isinstance(line, Problem):
            problems.append(line)
            continue
        try:
            school = _school(line)
            if school.urn in schools:
                first = schools[school.urn].line
                raise _Refused(f"URN {school.urn} stands already on line {first}.")
            schools[school.urn] = school
        except _Refused as reason:
            problems.append(Problem(line.number, str(reason)))
    return SchoolsFile(tuple(schools.values()), tuple(problems), fields)


def kind_of(type_code: str, group_code: str, la_code: str) -> Kind | None:
    """Return what sort of customer a type of establishment is, None when it is unknown.

    A maintained school is the county's own or another council's.
    """
    kind = _TYPES.get(type_code.zfill(2)) or _GROUPS.get(group_code.lstrip("0"))
    if kind is Kind.MAINTAINED and la_code != LANCASHIRE:
        return Kind.OTHER_MAINTAINED
    return kind


def _school(line: Line) -> School:
    told = dict(zip(HEADINGS, line.cells, strict=True))
    for field, most in _MOST.items():
        if len(told[field]) > most:
            raise _Refused(f"its {HEADINGS[field]} is longer than {most} letters.")
    if not told["name"]:
        raise _Refused("it has no name.")
    kind = kind_of(told["type_code"], told["group_code"], told["la_code"])
    if kind is None:
        known = f"{told['establishment_type'] or told['type_code']} (group {told['group_code']})"
        raise _Refused(f"its type, {_shown(known)}, is not one this program knows.")
    opened_on, closed_on = _day(told, "opened_on"), _day(told, "closed_on")
    if opened_on and closed_on and closed_on < opened_on:
        raise _Refused("it closes before it opens.")
    return School(
        line=line.number,
        urn=_urn(told["urn"]),
        kind=kind,
        pupils=_pupils(told["pupils"]),
        opened_on=opened_on,
        closed_on=closed_on,
        is_closed=told["status_code"] == _CLOSED,
        **{field: told[field] for field in _MOST},
    )


def _urn(text: str) -> int:
    number = int(text) if re.fullmatch(r"[0-9]{6,7}", text) else 0
    if number < 100_000:
        raise _Refused(f"its URN, {_shown(text)}, is not a number of six or seven digits.")
    return number


def _pupils(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise _Refused(f"its number of pupils, {_shown(text)}, is not a number.")
    return int(text)


def _day(told: Mapping[str, str], field: str) -> date | None:
    try:
        return parse_day(told[field])
    except ValueError:
        what = f"{HEADINGS[field]}, {_shown(told[field])}"
        raise _Refused(f"its {what}, is not a day such as 31-08-2014.") from None


def parse_day(text: str) -> date | None:
    """Return a day written 31-08-2014, 31/08/2014 or 2014-08-31, None for "".

    Raises:
        ValueError: it is none of these, or there is no such day.
    """
    if not text:
        return None
    found = _DAY.fullmatch(text)
    if found:
        return date(int(found[3]), int(found[2]), int(found[1]))
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _shown(text: str) -> str:
    """Return words of the file for a sentence, not too many of them."""
    if not text:
        return "left empty"
    return f"“{text[:_LONGEST_SHOWN]}{'…' if len(text) > _LONGEST_SHOWN else ''}”"
