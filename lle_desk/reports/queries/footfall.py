"""The footfall of a site as a report, and the bookings behind each of its figures."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import LONG_DAYS, LONG_MONTHS, span_words
from lle_desk.customers.models import Customer
from lle_desk.reports.queries.uses import WOODLANDS, counted_uses, within
from lle_desk.reports.rules import (
    Ask,
    Behind,
    BehindRow,
    Chart,
    ChartPart,
    Figure,
    FootfallRow,
    How,
    Kind,
    Presence,
    Report,
    ReportColumn,
    ReportRow,
    Year,
    YearKind,
    change,
    grouped,
    presences,
    year_of,
)
from lle_desk.rooms.models import RoomBooking, RoomUse, Site, Space
from lle_desk.rooms.rules import CATEGORY_CODES, Category, number_words

YEARS_SHOWN = 5
HEADINGS = {
    "category": "Category",
    "month": "Month",
    "room": "Room",
    "weekday": "Day of the week",
    "year": "Year",
}
NOBODY = FootfallRow(None, 0, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """A group of a report before its figures: its key this year and last, and its words."""

    key: Hashable
    before: Hashable
    label: str
    code: str = ""


def footfall_report(session: Session, ask: Ask) -> Report:
    """Return bookings and people of Woodlands in a year and the one before."""
    year = ask.year
    oldest = Year(year.kind, year.start - YEARS_SHOWN) if ask.by == "year" else year.before
    by_room = ask.by == "room"
    span = oldest.first, year.last
    uses = counted_uses(session, *span)
    there = presences(uses, *span, by_room=by_room)
    whole = presences(uses, *span) if by_room else there
    group_of = grouping(ask.by, year.kind)
    now, before = _halves(there, year)
    sums, sums_before = grouped(now, group_of), grouped(before, group_of)
    if ask.by == "year":
        sums = sums_before = grouped(there, group_of)
    rows = tuple(
        _row(line, sums, sums_before) for line in lines_of(session, ask, {*sums, *sums_before})
    )
    if ask.by == "year":  # the years stand for themselves
        total = None
    else:
        now, before = _halves(whole, year)
        line = Line(0, 0, "Whole year")
        total = _row(line, grouped(now, _all), grouped(before, _all))
    return Report(
        ask,
        f"Footfall {year.words}",
        f"Woodlands, {year.span_words}",
        HEADINGS[ask.by],
        _columns(year, ask.by),
        rows,
        total,
        _chart(ask),
        _notes(ask, total),
    )


def footfall_behind(session: Session, figure: Figure) -> Behind:
    """Return the bookings of a figure, day by day; their people add up to it."""
    ask, year = figure.ask, figure.year
    if ask.by == "year" and isinstance(figure.key, int):
        year = Year(year.kind, figure.key - figure.last_year)
    uses = counted_uses(session, year.first, year.last)
    by_room = ask.by == "room" and _named(figure)
    there = presences(uses, year.first, year.last, by_room=by_room)
    group_of = grouping(ask.by, year.kind)
    if _named(figure) and ask.by != "year":
        there = [one for one in there if group_of(one) == figure.key]
    people = partial(_part, figure.part)
    if figure.part:
        there = [one for one in there if people(one)]
    facts = use_facts(session, year.first, year.last)
    rows = [_behind(one, facts[one.use_id], people(one)) for one in there]
    rows.sort(key=lambda row: (row.day, row.time, row.where))
    return Behind(("Room", "Customer", "Category", "People"), Kind.COUNT, tuple(rows))


def grouping(by: str, kind: YearKind) -> Callable[[Presence], Hashable]:
    """Return what tells the groups of a report apart."""
    return {
        "category": lambda one: one.category,
        "month": lambda one: one.day.month,
        "room": lambda one: one.space_id,
        "weekday": lambda one: one.day.weekday(),
        "year": lambda one: year_of(kind, one.day).start,
    }[by]


def lines_of(session: Session, ask: Ask, found: set[Hashable]) -> list[Line]:
    """Return the groups of a report in their order, those without a figure as well."""
    if ask.by == "category":
        return [Line(str(one), str(one), str(one), CATEGORY_CODES[one]) for one in Category]
    if ask.by == "month":
        return [Line(month, month, LONG_MONTHS[month - 1]) for month in ask.year.months]
    if ask.by == "weekday":
        days = [day for day in range(7) if day < 5 or day in found]
        return [Line(day, day, LONG_DAYS[day]) for day in days]
    if ask.by == "year":
        starts = range(ask.year.start - YEARS_SHOWN + 1, ask.year.start + 1)
        shown = [start for start in starts if {start, start - 1} & found]
        return [Line(one, one - 1, Year(ask.year.kind, one).words) for one in shown]
    return room_lines(session, found)


def room_lines(session: Session, found: set[Hashable]) -> list[Line]:
    """Return the rooms of Woodlands in the order of the plan, and others that were used."""
    asked = (
        select(Space.id, Space.name, Space.is_active)
        .join(Site, Site.id == Space.site_id)
        .where(Site.code == WOODLANDS)
        .order_by(Space.sort_order, Space.name)
    )
    rooms = session.execute(asked).all()
    return [Line(key, key, name) for key, name, active in rooms if active or key in found]


@dataclass(frozen=True, slots=True)
class UseFacts:
    """What a list says of one use of a room."""

    starts_at: datetime
    ends_at: datetime
    number: int
    title: str
    room: str
    customer: str


def use_facts(session: Session, first: date, last: date) -> Mapping[int, UseFacts]:
    """Return the facts of the uses that touch the days `first` to `last`."""
    begins = datetime.combine(first, time())
    found = (
        select(
            RoomUse.id,
            RoomUse.starts_at,
            RoomUse.ends_at,
            RoomBooking.number,
            RoomBooking.title,
            Space.name,
            Customer.name,
        )
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .join(Space, Space.id == RoomUse.space_id)
        .join(Customer, Customer.id == RoomBooking.customer_id, isouter=True)
        .where(
            RoomUse.holds_space,
            *within(begins, datetime.combine(last + timedelta(days=1), time())),
        )
    )
    return {
        use: UseFacts(starts, ends, number, title, room, customer or "")
        for use, starts, ends, number, title, room, customer in session.execute(found)
    }


def _halves(there: Sequence[Presence], year: Year) -> tuple[list[Presence], list[Presence]]:
    """Return those of the year and those of the year before."""
    now = [one for one in there if one.day >= year.first]
    return now, [one for one in there if year.before.first <= one.day < year.first]


def _named(figure: Figure) -> bool:
    return figure.key is not None


def _all(_one: Presence) -> int:
    return 0


def _part(part: str, one: Presence) -> int:
    """Return the people of one presence that a figure counts."""
    if part == How.EXPECTED:
        return one.estimated
    if part == How.REGISTER:
        return one.registered
    if part == How.COUNTED:
        return one.people - one.registered - one.estimated
    return one.people


def _row(
    line: Line,
    sums: Mapping[Hashable, FootfallRow],
    sums_before: Mapping[Hashable, FootfallRow],
) -> ReportRow:
    now = sums.get(line.key, NOBODY)
    before = sums_before.get(line.before, NOBODY)
    cells = (
        now.bookings,
        before.bookings,
        now.people,
        before.people,
        *change(now.people, before.people),
        now.people - now.registered - now.estimated,
        now.registered,
        now.estimated,
    )
    return ReportRow(line.key, line.label, cells, line.code)


def _columns(year: Year, by: str) -> tuple[ReportColumn, ...]:
    now, before = (year.words, year.before.words) if by != "year" else ("", "the year before")
    return (
        ReportColumn(f"Bookings {now}".strip(), short="Bookings"),
        ReportColumn(f"Bookings {before}", last_year=True, give_up=1, short=f"in {before}"),
        ReportColumn(f"People {now}".strip(), strong=True, short="People"),
        ReportColumn(f"People {before}", last_year=True, short=f"in {before}"),
        ReportColumn("Difference", Kind.CHANGE, opens=False),
        ReportColumn("in %", Kind.CHANGE_PERCENT, opens=False),
        ReportColumn("Counted", part=How.COUNTED, give_up=2, tip="heads that somebody counted"),
        ReportColumn("Registers", part=How.REGISTER, give_up=3, tip="attended places of a course"),
        ReportColumn("Expected", part=How.EXPECTED, tip="only expected: an estimate"),
    )


def _chart(ask: Ask) -> Chart:
    parts = (
        ChartPart(6, "counted", "fill"),
        ChartPart(7, "from course registers", "soft"),
        ChartPart(8, "expected only (an estimate)", "hatched"),
    )
    return Chart("People", parts, before=3, upright=ask.by in ("month", "weekday", "year"))


def _notes(ask: Ask, total: ReportRow | None) -> tuple[str, ...]:
    notes = [
        "Footfall is people × days: a delegate on a two-day course counts twice. Counted heads"
        " stand before course registers, these before expected heads. Cancelled bookings count"
        " nothing, a joined room once."
    ]
    if ask.by == "room":
        notes.append("One who changes rooms counts in both; the whole year counts them once.")
    if ask.by in ("month", "weekday"):
        notes.append("A booking of several groups is one booking of the whole year.")
    if total is not None and total.cells[8]:
        notes.append("What is only expected is an estimate.")
    return tuple(notes)


def _behind(one: Presence, facts: UseFacts, people: int) -> BehindRow:
    how = " and ".join(
        words
        for words, count in (
            ("counted", one.people - one.registered - one.estimated),
            ("register", one.registered),
            ("expected", one.estimated),
        )
        if count
    )
    return BehindRow(
        "room_use",
        one.use_id,
        (one.booking_id, one.space_id, one.day),
        one.day,
        span_words(facts.starts_at, facts.ends_at),
        number_words(facts.number),
        facts.title,
        facts.room,
        facts.customer,
        one.category,
        people,
        how or "counted",
    )
