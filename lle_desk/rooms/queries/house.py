"""What can be booked, kept in memory while nothing of it changes, and the one question beside it.

The question which rooms are free is asked at every key of a form, so it goes to the database
once: what it reads there is what is held and closed, and a mark that tells whether the rooms, their
layouts and the opening hours are still those in memory.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from lle_desk.core.ready import table_of
from lle_desk.rooms.models import OpeningHours
from lle_desk.rooms.queries.spaces import space_facts
from lle_desk.rooms.rules import Closed, Diary, Held, Layout, OpenTimes, Slot, SpaceFacts, Wanted

LONGEST_CLOSURE = timedelta(days=366)
MARK, HELD = 0, 1  # the kinds of rows; what is closed has another

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class House:
    """The spaces of a site in the order of the plan, or of all sites, and when sites are open.

    `cells` are all cells of the spaces. `mark` changes with every change of any of this: no row's
    version ever falls, and no number is used again. `widest` has the longest set-up and
    clear-down of any space in each layout.
    """

    mark: str
    spaces: tuple[SpaceFacts, ...]
    cells: tuple[int, ...]
    hours: Mapping[int, OpenTimes]
    widest: Mapping[str, tuple[timedelta, timedelta]]

    def span_of(self, wanted: Wanted) -> Slot:
        """Return the longest time that any of the spaces would be reserved for."""
        before, after = self.widest[wanted.layout]
        if wanted.before is not None:
            before = timedelta(minutes=wanted.before)
        if wanted.after is not None:
            after = timedelta(minutes=wanted.after)
        return Slot(wanted.starts_at - before, wanted.ends_at + after)


_MARK = """
SELECT 0, NULL, NULL, NULL, (SELECT count(*) || ' ' || sum(version) || ' ' || max(id) FROM space)
    || ' ' || (SELECT count(*) || ' ' || sum(version) || ' ' || max(id) FROM space_layout)
    || ' ' || (SELECT count(*) || ' ' || sum(space_id * resource_id) FROM space_cell)
    || ' ' || (SELECT count(*) || ' ' || coalesce(sum(version) * 1000 + max(id), 0)
        FROM opening_hours), NULL, NULL, NULL, NULL, NULL
"""
_CLOSED = """
SELECT 2, cell.resource_id, closure.id, closure.site_id, closure.reason, (
        SELECT string_agg(coalesce('c' || customer_id, 'b' || room_booking_id), ' ')
        FROM closure_allowance WHERE closure_id = closure.id),
    closure.starts_at, closure.ends_at, NULL, NULL
FROM closure LEFT JOIN space_cell AS cell ON cell.space_id = closure.space_id
WHERE closure.starts_at < {ends} AND closure.ends_at > {starts} AND closure.starts_at >= {earliest}
    AND (closure.space_id IS NULL OR cell.resource_id IS NOT NULL)
"""
# No two claims on a cell overlap, so one that began before can only be the last that did.
# PostgreSQL is told to go from cell to claim: else it reads ten years of them.
_HELD = {
    "sqlite": """
SELECT 1, held.resource_id, used.id, booking.number, booking.title, space.name,
    held.starts_at, held.ends_at, used.starts_at, used.ends_at
FROM json_each(:cells) AS cell
JOIN claim AS held ON held.resource_id = cell.value AND held.holds_space = 1
    AND held.starts_at < :ends AND held.ends_at > :starts
    AND held.starts_at >= coalesce((
        SELECT before.starts_at FROM claim AS before
        WHERE before.resource_id = cell.value AND before.holds_space = 1
            AND before.starts_at <= :starts ORDER BY before.starts_at DESC LIMIT 1), :starts)
JOIN room_use AS used ON used.id = held.room_use_id
JOIN room_booking AS booking ON booking.id = used.room_booking_id
JOIN space ON space.id = used.space_id
""",
    "postgresql": """
SELECT 1, held.resource_id, used.id, booking.number, booking.title, space.name,
    held.starts_at, held.ends_at, used.starts_at, used.ends_at
FROM unnest(%(cells)s::bigint[]) AS cell (value)
CROSS JOIN LATERAL (
    SELECT * FROM claim WHERE resource_id = cell.value AND holds_space
        AND starts_at < %(ends)s::timestamp AND ends_at > %(starts)s::timestamp
        AND starts_at >= coalesce((
            SELECT before.starts_at FROM claim AS before
            WHERE before.resource_id = cell.value AND before.holds_space
                AND before.starts_at <= %(starts)s::timestamp
            ORDER BY before.starts_at DESC LIMIT 1), %(starts)s::timestamp)
    OFFSET 0) AS held
JOIN room_use AS used ON used.id = held.room_use_id
JOIN room_booking AS booking ON booking.id = used.room_booking_id
JOIN space ON space.id = used.space_id
""",
}
_MARKS = {
    "sqlite": {"starts": ":starts", "ends": ":ends", "earliest": ":earliest"},
    "postgresql": {
        "starts": "%(starts)s::timestamp",
        "ends": "%(ends)s::timestamp",
        "earliest": "%(earliest)s::timestamp",
    },
}
_SHUT = {engine: _CLOSED.format(**names) for engine, names in _MARKS.items()}
_MARK_AND_SHUT = {engine: f"{_MARK} UNION ALL {shut}" for engine, shut in _SHUT.items()}
# SQLite is in this very process: there two statements are quicker than one of three parts.
_STATEMENTS = {
    "sqlite": (_MARK_AND_SHUT["sqlite"], _HELD["sqlite"]),
    "postgresql": (" UNION ALL ".join((_MARK, _HELD["postgresql"], _SHUT["postgresql"])),),
}
_HOURS = table_of(OpeningHours).c
_OPEN = select(_HOURS.site_id, _HOURS.weekday, _HOURS.opens, _HOURS.closes)
_kept: WeakKeyDictionary[Engine, dict[int | None, House]] = WeakKeyDictionary()


def house_and_diary(session: Session, site_id: int | None, wanted: Wanted) -> tuple[House, Diary]:
    """Return what can be booked at a site (None: at all), and a diary that can judge it all."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    is_bare = not session.in_transaction()
    kept = _kept.setdefault(engine, {})
    house, rows = kept.get(site_id), None
    if house is not None:
        ask = _asked if is_bare else _asked_within
        rows = ask(session, engine, house.cells, house.span_of(wanted))
    if house is None or rows is None or rows[0][4] != house.mark:
        house, rows = _read_anew(session, engine, site_id, wanted)
        if is_bare:  # only what is committed is worth keeping
            kept[site_id] = house
    return house, _diary(rows, house, engine.dialect.name == "sqlite")


def house_and_closures(
    session: Session, site_id: int, span: Slot
) -> tuple[House, tuple[Closed, ...]]:
    """Return what can be booked at a site, and what is closed there in that time."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    is_bare = not session.in_transaction()
    statement = _MARK_AND_SHUT[engine.dialect.name]
    found = session.connection().exec_driver_sql(statement, _values(engine, (), span))
    rows: list[Row] = list(found.fetchall())
    kept = _kept.setdefault(engine, {})
    house = kept.get(site_id)
    if house is None or house.mark != rows[0][4]:
        any_time = Wanted(span.starts_at, span.ends_at, 1, Layout.CLASSROOM)
        house, _rows = _read_anew(session, engine, site_id, any_time)
        if is_bare:
            kept[site_id] = house
    moment = datetime.fromisoformat if engine.dialect.name == "sqlite" else _as_it_is
    return house, tuple(one for one in _closed(rows[1:], moment) if one.site_id == site_id)


def _read_anew(
    session: Session, engine: Engine, site_id: int | None, wanted: Wanted
) -> tuple[House, list[Row]]:
    """Return the house as it is now, with rows of the same mark."""
    while True:
        mark = _asked_within(session, engine, (), Slot(wanted.starts_at, wanted.ends_at))[0][4]
        spaces = tuple(space_facts(session, site_id))
        cells = tuple(sorted({cell for space in spaces for cell in space.cells}))
        widest = {str(layout): _widest(spaces, layout) for layout in Layout}
        house = House(mark, spaces, cells, opening_hours(session), widest)
        rows = _asked_within(session, engine, cells, house.span_of(wanted))
        if rows[0][4] == mark:
            return house, rows


def _widest(spaces: Sequence[SpaceFacts], layout: str) -> tuple[timedelta, timedelta]:
    margins = [space.margins(layout) for space in spaces] or [(0, 0)]
    before, after = (max(minutes) for minutes in zip(*margins, strict=True))
    return timedelta(minutes=before), timedelta(minutes=after)


def diary_of(
    session: Session,
    spaces: Iterable[SpaceFacts],
    span: Slot,
    without: Collection[int] = (),
) -> Diary:
    """Return what is held on the cells of the spaces and closed in that time, and the hours.

    What the uses `without` hold is left out.
    """
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    cells = sorted({cell for space in spaces for cell in space.cells})
    asked = _asked_within(session, engine, cells, span)
    rows = [row for row in asked if row[0] != HELD or row[2] not in without] if without else asked
    house = House("", (), (), opening_hours(session), {})
    return _diary(rows, house, engine.dialect.name == "sqlite")


def closures_of(session: Session, spaces: Iterable[SpaceFacts], span: Slot) -> list[Closed]:
    """Return what is closed at the sites of the spaces in that time, oldest record first."""
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    places = {space.site_id for space in spaces}
    statement, values = _SHUT[engine.dialect.name], _values(engine, (), span)
    rows = session.connection().exec_driver_sql(statement, values).fetchall()
    moment = datetime.fromisoformat if engine.dialect.name == "sqlite" else _as_it_is
    return [one for one in _closed(rows, moment) if one.site_id in places]


def opening_hours(session: Session) -> dict[int, OpenTimes]:
    """Return when each site is open; a site that nobody said it of is left out."""
    found: dict[int, list[tuple[int, int] | None]] = {}
    for site_id, weekday, opens, closes in session.execute(_OPEN):
        week = found.setdefault(site_id, [None] * 7)
        week[weekday] = (opens, closes) if closes else None
    return {site_id: OpenTimes(tuple(week)) for site_id, week in found.items()}


def _values(engine: Engine, cells: Sequence[int], span: Slot) -> dict[str, object]:
    earliest = span.starts_at - LONGEST_CLOSURE
    if engine.dialect.name == "sqlite":
        return {
            "cells": str(list(cells)),
            "starts": str(span.starts_at),
            "ends": str(span.ends_at),
            "earliest": str(earliest),
        }
    return {
        "cells": list(cells),
        "starts": span.starts_at,
        "ends": span.ends_at,
        "earliest": earliest,
    }


def _asked(session: Session, engine: Engine, cells: Sequence[int], span: Slot) -> list[Row]:
    """Return the rows over the bare driver: they need no transaction around them."""
    values = _values(engine, cells, span)
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        rows: list[Row] = []
        for statement in _STATEMENTS[engine.dialect.name]:
            cursor.execute(statement, values)
            rows += cursor.fetchall()
        return rows
    except engine.dialect.loaded_dbapi.Error as error:
        connection.invalidate(error)
    finally:
        connection.close()
    return _asked_within(session, engine, cells, span)  # which puts what is wrong in words


def _asked_within(session: Session, engine: Engine, cells: Sequence[int], span: Slot) -> list[Row]:
    values = _values(engine, cells, span)
    connection = session.connection()
    rows: list[Row] = []
    for statement in _STATEMENTS[engine.dialect.name]:
        rows += connection.exec_driver_sql(statement, values).fetchall()
    return rows


def _diary(rows: Sequence[Row], house: House, is_sqlite: bool) -> Diary:
    moment = datetime.fromisoformat if is_sqlite else _as_it_is
    held = [
        Held(
            moment(starts),
            moment(ends),
            cell,
            use,
            number,
            title,
            room,
            moment(begins),
            moment(done),
        )
        for kind, cell, use, number, title, room, starts, ends, begins, done in rows
        if kind == HELD
    ]
    shut = [row for row in rows if row[0] > HELD]
    return Diary(held, _closed(shut, moment) if shut else (), house.hours)


def _as_it_is(value: Any) -> Any:
    return value


def _closed(rows: Sequence[Row], moment: Any) -> list[Closed]:
    cells: dict[int, set[int]] = {}
    for row in rows:
        if row[1] is not None:
            cells.setdefault(row[2], set()).add(row[1])
    return [
        Closed(
            moment(row[6]),
            moment(row[7]),
            row[3],
            frozenset(cells[closure_id]) if closure_id in cells else None,
            row[4],
            _allowed(row[5], "c"),
            _allowed(row[5], "b"),
            closure_id,
        )
        for closure_id, row in sorted({row[2]: row for row in rows}.items())
    ]


def _allowed(listed: str | None, kind: str) -> frozenset[int]:
    return frozenset(int(one[1:]) for one in (listed or "").split() if one[0] == kind)
