"""How full the rooms of Woodlands are: hours booked of hours open."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from lle_desk.core.days import LONG_DAYS, LONG_MONTHS, span_words
from lle_desk.reports.queries.footfall import room_lines, use_facts
from lle_desk.reports.queries.uses import WOODLANDS, counted_uses
from lle_desk.reports.rules import (
    Ask,
    Behind,
    BehindRow,
    Chart,
    ChartPart,
    Figure,
    Kind,
    Report,
    ReportColumn,
    ReportRow,
    Year,
)
from lle_desk.reports.rules.occupancy import (
    BookedHours,
    OpenDay,
    Span,
    days_between,
    minutes_in,
    without,
)
from lle_desk.rooms.models import Closure, Site, Space, SpaceCell
from lle_desk.rooms.queries.house import opening_hours
from lle_desk.rooms.rules import number_words
from lle_desk.rooms.rules.hours import OpenTimes

HEADINGS = {"room": "Room", "month": "Month", "weekday": "Day of the week"}
ASSUMED = OpenTimes(((8 * 60, 18 * 60),) * 5 + (None, None))
LONGEST_CLOSURE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class _Rooms:
    """The rooms of the site that cannot be divided, and which of them each space is made of."""

    site_id: int
    singles: tuple[int, ...]
    made_of: Mapping[int, tuple[int, ...]]
    hours: OpenTimes
    are_hours_kept: bool


@dataclass(frozen=True, slots=True)
class _Hours:
    """The open days and the booked hours of a year."""

    open_days: Sequence[OpenDay]
    booked: Sequence[BookedHours]


def occupancy_report(session: Session, ask: Ask) -> Report:
    """Return the hours booked of the hours open of each room, month or weekday."""
    year = ask.year
    rooms = _rooms(session)
    now, before = _hours(session, rooms, year), _hours(session, rooms, year.before)
    group_of = _grouping(ask.by)
    sums, sums_before = _sums(now, group_of), _sums(before, group_of)
    rows = tuple(
        _row(key, label, sums.get(key, (0, 0)), sums_before.get(key, (0, 0)))
        for key, label in _lines(session, ask, rooms, {*sums, *sums_before})
    )
    total = _sums(now, _all).get(0, (0, 0)), _sums(before, _all).get(0, (0, 0))
    return Report(
        ask,
        f"Occupancy {year.words}",
        f"Woodlands, {year.span_words}",
        HEADINGS[ask.by],
        (
            ReportColumn("Hours booked", Kind.HOURS),
            ReportColumn("Hours open", Kind.HOURS, opens=False),
            ReportColumn(f"Booked {year.words}", Kind.PERCENT, strong=True),
            ReportColumn(f"Booked {year.before.words}", Kind.PERCENT, last_year=True),
            ReportColumn("Points", Kind.POINTS, opens=False, tip="percentage points more or less"),
        ),
        rows,
        _row(0, "Whole year", *total),
        Chart(
            "Hours booked, in % of hours open",
            (ChartPart(2, f"{year.words}", "fill"),),
            before=3,
            upright=ask.by != "room",
            suffix=" %",
        ),
        (_denominator(rooms),),
    )


def occupancy_behind(session: Session, figure: Figure) -> Behind:
    """Return the uses of a figure; their hours add up to it."""
    year = figure.year
    group_of = _grouping(figure.ask.by)
    facts = use_facts(session, year.first, year.last)
    names = {line.key: line.label for line in room_lines(session, set())}
    rows = [
        BehindRow(
            "room_use",
            one.use_id,
            (one.use_id, one.space_id, one.day),
            one.day,
            span_words(facts[one.use_id].starts_at, facts[one.use_id].ends_at),
            number_words(facts[one.use_id].number),
            facts[one.use_id].title,
            names.get(one.space_id, ""),
            facts[one.use_id].customer,
            facts[one.use_id].room,
            one.minutes / 60,
            "",
        )
        for one in _hours(session, _rooms(session), year).booked
        if figure.key is None or group_of(one) == figure.key
    ]
    rows.sort(key=lambda row: (row.day, row.time, row.where))
    return Behind(("Room", "Customer", "Booked as", "Hours"), Kind.HOURS, tuple(rows))


def _rooms(session: Session) -> _Rooms:
    site_id = session.scalars(select(Site.id).where(Site.code == WOODLANDS)).one()
    asked = (
        select(Space.id, SpaceCell.resource_id, Space.is_active)
        .join(SpaceCell, SpaceCell.space_id == Space.id)
        .where(Space.site_id == site_id)
    )
    cells: dict[int, set[int]] = defaultdict(set)
    active: set[int] = set()
    for space, cell, is_active in session.execute(asked):
        cells[space].add(cell)
        if is_active:
            active.add(space)
    single_of = {
        next(iter(parts)): space
        for space, parts in sorted(cells.items(), reverse=True)
        if len(parts) == 1 and space in active
    }
    made_of = {
        space: tuple(single_of[cell] for cell in sorted(parts) if cell in single_of)
        for space, parts in cells.items()
    }
    kept = opening_hours(session).get(site_id)
    singles = tuple(sorted(single_of.values()))
    return _Rooms(site_id, singles, made_of, kept or ASSUMED, kept is not None)


def _hours(session: Session, rooms: _Rooms, year: Year) -> _Hours:
    closed = _closed(session, rooms, year)
    times: dict[tuple[int, date], list[Span]] = {}
    open_days = []
    for day in days_between(year.first, year.last):
        slot = rooms.hours.of(day)
        if slot is None:
            continue
        for space in rooms.singles:
            whole = (slot.starts_at, slot.ends_at)
            left = without(whole, closed.get(space, ()))
            times[space, day] = left
            open_days.append(OpenDay(space, day, minutes_in(whole, left)))
    return _Hours(open_days, list(_booked(session, rooms, year, times)))


def _booked(
    session: Session, rooms: _Rooms, year: Year, times: Mapping[tuple[int, date], Sequence[Span]]
) -> Iterator[BookedHours]:
    """Return what each use takes of each room, day by day."""
    for use in counted_uses(session, year.first, year.last):
        first, last = max(use.starts_at.date(), year.first), min(use.ends_at.date(), year.last)
        for day in days_between(first, last):
            for space in rooms.made_of.get(use.space_id, ()):
                minutes = minutes_in((use.starts_at, use.ends_at), times.get((space, day), ()))
                if minutes:
                    yield BookedHours(use.use_id, space, day, minutes)


def _closed(session: Session, rooms: _Rooms, year: Year) -> Mapping[int, Sequence[Span]]:
    """Return when each single room was closed, by itself, with a joined one, or with the site."""
    begins = datetime.combine(year.first, time())
    ends = datetime.combine(year.after.first, time())
    asked = select(Closure.space_id, Closure.starts_at, Closure.ends_at).where(
        Closure.site_id == rooms.site_id,
        Closure.starts_at < ends,
        Closure.ends_at > begins,
        Closure.starts_at > begins - LONGEST_CLOSURE,
        or_(Closure.space_id.is_(None), Closure.space_id.in_(rooms.made_of)),
    )
    closed: dict[int, list[Span]] = defaultdict(list)
    for space, starts, until in session.execute(asked):
        for single in rooms.singles if space is None else rooms.made_of[space]:
            closed[single].append((starts, until))
    return closed


def _grouping(by: str) -> Callable[[BookedHours | OpenDay], Hashable]:
    return {
        "room": lambda one: one.space_id,
        "month": lambda one: one.day.month,
        "weekday": lambda one: one.day.weekday(),
    }[by]


def _all(_one: BookedHours | OpenDay) -> int:
    return 0


def _sums(
    hours: _Hours, group_of: Callable[[BookedHours | OpenDay], Hashable]
) -> Mapping[Hashable, tuple[int, int]]:
    """Return the minutes booked and open of each group."""
    booked: dict[Hashable, int] = defaultdict(int)
    opened: dict[Hashable, int] = defaultdict(int)
    for one in hours.booked:
        booked[group_of(one)] += one.minutes
    for day in hours.open_days:
        opened[group_of(day)] += day.minutes
    return {group: (booked[group], opened[group]) for group in {*booked, *opened}}


def _lines(
    session: Session, ask: Ask, rooms: _Rooms, found: set[Hashable]
) -> list[tuple[Hashable, str]]:
    if ask.by == "month":
        return [(month, LONG_MONTHS[month - 1]) for month in ask.year.months]
    if ask.by == "weekday":
        return [(day, LONG_DAYS[day]) for day in range(7) if day in found]
    lines = room_lines(session, found)
    return [(line.key, line.label) for line in lines if line.key in rooms.singles]


def _row(key: Hashable, label: str, now: tuple[int, int], before: tuple[int, int]) -> ReportRow:
    share, share_before = _share(now), _share(before)
    points = None if share is None or share_before is None else share - share_before
    return ReportRow(key, label, (now[0] / 60, now[1] / 60, share, share_before, points))


def _share(hours: tuple[int, int]) -> float | None:
    return hours[0] * 100 / hours[1] if hours[1] else None


def _denominator(rooms: _Rooms) -> str:
    kept = (
        "the opening hours of the site"
        if rooms.are_hours_kept
        else "Monday to Friday 08:00 to 18:00 (nobody entered the site's opening hours)"
    )
    return (
        f"Hours open: {kept}, without bank holidays and closures. Hours booked: event times"
        " within them, without set-up and clear-down. A joined room fills each of its rooms."
    )
