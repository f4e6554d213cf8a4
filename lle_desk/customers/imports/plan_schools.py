"""What an import of schools would make and change, worked out before anything is written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.records import new_uuid
from lle_desk.customers.imports.register import COLUMNS, School, SchoolsFile
from lle_desk.customers.models import Customer, CustomerStanding
from lle_desk.customers.rules import (
    ALWAYS,
    LANCASHIRE,
    DatedStanding,
    Kind,
    Standing,
    first_standings,
    standing_on,
)

SOURCE = "schools' register"
_NOT_KEPT = ("urn", "type_code", "group_code", "status_code", "opened_on", "closed_on")
_COPIED = tuple(column.field for column in COLUMNS if column.field not in _NOT_KEPT)
_WORKED_OUT = ("kind", "source", "opened_on", "closed_on")

Values = dict[str, Any]
Fact = tuple[str, str]  # value and reason
_copied = attrgetter(*_COPIED)


@dataclass(frozen=True, slots=True)
class Known:
    """A school that is a customer already."""

    customer_id: int
    version: int
    values: Values


@dataclass(frozen=True, slots=True)
class NewStanding:
    """A fact to be dated, of a customer known by URN; in place of one of that day, if given."""

    urn: int
    standing: Standing
    fact: Fact
    valid_from: date


@dataclass(frozen=True, slots=True)
class SchoolsPlan:
    """The rows an import makes and changes. `dated` are facts of schools that changed type."""

    new: list[Values] = field(default_factory=list)
    changed: list[tuple[Known, Values]] = field(default_factory=list)
    first: list[NewStanding] = field(default_factory=list)
    dated: list[tuple[int, NewStanding]] = field(default_factory=list)


def plan_schools(session: Session, file: SchoolsFile, on_date: date) -> SchoolsPlan:
    """Return what saving the file would do. Fields the file does not tell stay as they are."""
    plan = SchoolsPlan()
    known = _known_schools(session)
    told = [name for name in (*_COPIED, *_WORKED_OUT) if name in file.fields or name in _WORKED_OUT]
    converted: list[tuple[Known, School]] = []
    for school in file.schools:
        old = known.get(school.urn)
        values = _values(school, old, on_date)
        if old is None:
            plan.new.append(_new_row(school, values))
            plan.first.extend(_first_standings(school))
            continue
        if all(values[name] == old.values[name] for name in told):
            continue
        plan.changed.append((old, {name: values[name] for name in told}))
        if _was(old) != (school.kind, school.in_county):
            converted.append((old, school))
    plan.dated.extend(_conversions(session, converted, on_date))
    return plan


def _values(school: School, old: Known | None, on_date: date) -> Values:
    values: Values = dict(zip(_COPIED, _copied(school), strict=True))
    known_opened = old.values["opened_on"] if old else None
    known_closed = old.values["closed_on"] if old else None
    values["kind"], values["source"] = str(school.kind), SOURCE
    values["opened_on"] = school.opened_on or known_opened
    values["closed_on"] = (
        school.closed_on or known_closed or (on_date if school.is_closed else None)
    )
    return values


def _new_row(school: School, values: Values) -> Values:
    return values | {
        "client_uuid": new_uuid(),
        "version": 1,
        "urn": school.urn,
        "short_name": "",
        "email": "",
        "cost_centre": "",
        "notes": "",
        "is_demo": False,
    }


def _first_standings(school: School) -> list[NewStanding]:
    begun = max(school.opened_on or ALWAYS, ALWAYS)
    facts = first_standings(school.kind, school.in_county)
    return [NewStanding(school.urn, standing, fact, begun) for standing, fact in facts.items()]


def _known_schools(session: Session) -> dict[int, Known]:
    names = (*_COPIED, *_WORKED_OUT)
    table = Customer.__table__
    found = select(
        table.c.id, table.c.version, table.c.urn, *(table.c[name] for name in names)
    ).where(table.c.urn.is_not(None))
    return {
        urn: Known(customer_id, version, dict(zip(names, values, strict=True)))
        for customer_id, version, urn, *values in session.execute(found)
    }


def _was(old: Known) -> tuple[Kind, bool]:
    return Kind(old.values["kind"]), old.values["la_code"] == LANCASHIRE


def _conversions(
    session: Session, converted: Sequence[tuple[Known, School]], on_date: date
) -> list[tuple[int, NewStanding]]:
    """Return the facts to date for schools that became another body."""
    held = _standings_of(session, [old.customer_id for old, _ in converted])
    return [
        (old.customer_id, made)
        for old, school in converted
        for made in _dated_anew(old, school, held[old.customer_id], on_date)
    ]


def _dated_anew(
    old: Known, school: School, held: Sequence[DatedStanding], on_date: date
) -> list[NewStanding]:
    """Return new facts from the day of conversion.

    One that an officer set and that the change of type does not touch, such as a
    subscription, stays.
    """
    begun = _converted_on(old, school, held, on_date)
    before = first_standings(*_was(old))
    made = []
    for standing, fact in first_standings(school.kind, school.in_county).items():
        now = standing_on(held, standing, begun)
        is_by_rule = now is None or (now.value, now.reason) == before[standing]
        if fact[0] == before[standing][0] and not is_by_rule:
            continue
        if now is None or (now.value, now.reason) != fact:
            made.append(NewStanding(school.urn, standing, fact, begun))
    return made


def _converted_on(old: Known, school: School, held: Sequence[DatedStanding], on_date: date) -> date:
    """Return the school's day of opening when it is news and later than what is known."""
    opened, known = school.opened_on, old.values["opened_on"]
    newest = max((fact.valid_from for fact in held), default=ALWAYS)
    if opened and opened > (known or ALWAYS) and opened > newest:
        return opened
    return on_date


def _standings_of(session: Session, customer_ids: Sequence[int]) -> dict[int, list[DatedStanding]]:
    table = CustomerStanding.__table__
    found = select(
        table.c.customer_id, table.c.standing, table.c.value, table.c.valid_from, table.c.reason
    ).where(table.c.customer_id.in_(customer_ids))
    held: dict[int, list[DatedStanding]] = defaultdict(list)
    if customer_ids:
        for customer_id, standing, *fact in session.execute(found):
            held[customer_id].append(DatedStanding(Standing(standing), *fact))
    return held
