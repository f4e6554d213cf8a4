"""Courses: events, places booked and attended, as the county's table and as a report."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.days import LONG_MONTHS
from lle_desk.courses.models import Course, Event, EventSession, Place
from lle_desk.courses.rules import EventState, PlaceState
from lle_desk.officers.models import Service
from lle_desk.reports.queries.consultancy import consultancy_figures
from lle_desk.reports.queries.county import (
    IN_COUNTY,
    OTHERS,
    OUT_OF_COUNTY,
    sided_bookings,
)
from lle_desk.reports.queries.uses import counted
from lle_desk.reports.rules import (
    LPDS,
    Ask,
    Behind,
    BehindRow,
    Chart,
    ChartPart,
    CourseFigure,
    Figure,
    Kind,
    Report,
    ReportColumn,
    ReportRow,
    Year,
    change,
)
from lle_desk.rooms.models import RoomUse, Site, Space

EVENTS, ATTENDED, MISSED, FILL = "events", "attended", "missed", "fill"
AMOUNTS = {EVENTS: "Events", ATTENDED: "Attended", MISSED: "Absent or to come"}
HEADINGS = {"service": "Service", "month": "Month", "venue": "Venue", "county": "Customers"}
NOWHERE = "No venue yet"


@dataclass(frozen=True, slots=True)
class EventCount:
    """An event of a report, with the places held on it and those attended."""

    id: int
    code: str
    title: str
    first_on: date
    state: str
    capacity: int
    service: str
    service_name: str
    held: int
    attended: int

    @property
    def seats(self) -> int:
        """What could be filled: none when it was cancelled."""
        return 0 if self.state == EventState.CANCELLED else self.capacity

    def amount(self, part: str) -> int:
        """Return how much the event is of a figure."""
        return 1 if part == EVENTS else part_of(part, self.held, self.attended)

    def is_behind(self, part: str) -> bool:
        """Return whether the event is listed behind a figure."""
        return self.seats > 0 if part == FILL else self.amount(part) > 0


def part_of(part: str, held: int, attended: int) -> int:
    """Return how many of the places held are of a part of the figures."""
    if part == MISSED:
        return held - attended
    return attended if part == ATTENDED else held


def course_figures(session: Session, first: date, last: date) -> list[CourseFigure]:
    """Return the courses report of the events that begin on the days `first` to `last`.

    A booking is a place that is held: booked, attended or not attended. An event counts as
    planned whatever became of it. A consultancy is a visit of those days that is not cancelled.
    """
    events = event_counts(session, first, last)
    lpds = [event for event in events if event.service == LPDS]
    return [
        CourseFigure("Total course bookings (all groups)", sum(one.held for one in events)),
        CourseFigure("Total course attendance (all groups)", sum(one.attended for one in events)),
        CourseFigure("Total course attendance (LPDS only)", sum(one.attended for one in lpds)),
        CourseFigure("Total events planned (all groups)", len(events)),
        CourseFigure("Number of events planned (LPDS only)", len(lpds)),
        *consultancy_figures(session, first, last),
    ]


def event_counts(session: Session, first: date, last: date) -> list[EventCount]:
    """Return the events that begin on the days `first` to `last`, by day and code."""
    places = (
        select(
            Place.event_id,
            func.count(Place.id).label("held"),
            counted(Place.state == PlaceState.ATTENDED.value).label("attended"),
        )
        .join(Event, Event.id == Place.event_id)
        .where(Place.holds_place, Event.first_on.between(first, last))
        .group_by(Place.event_id)
        .subquery()
    )
    found = (
        select(
            Event.id,
            Event.code,
            Course.title,
            Event.first_on,
            Event.state,
            Event.capacity,
            Service.code,
            Service.name,
            func.coalesce(places.c.held, 0),
            func.coalesce(places.c.attended, 0),
        )
        .join(Course, Course.id == Event.course_id)
        .join(Service, Service.id == Course.service_id)
        .join(places, places.c.event_id == Event.id, isouter=True)
        .where(Event.first_on.between(first, last))
        .order_by(Event.first_on, Event.code)
    )
    return [EventCount(*row) for row in session.execute(found)]


def courses_report(session: Session, ask: Ask) -> Report:
    """Return events, places booked and attended in a year and the one before."""
    year = ask.year
    now = _parted(session, ask, year)
    before = _parted(session, ask, year.before)
    rows = tuple(
        _row(key, label, now.get(key, ()), before.get(key, ()))
        for key, label in _lines(ask, now, before)
    )
    all_now = event_counts(session, year.first, year.last)
    all_before = event_counts(session, year.before.first, year.before.last)
    return Report(
        ask,
        f"Courses {year.words}",
        f"Events that begin in the {year.span_words}",
        HEADINGS[ask.by],
        _columns(year),
        rows,
        _row("", "Whole year", all_now, all_before),
        _chart(ask),
        _notes(ask),
    )


def courses_behind(session: Session, figure: Figure) -> Behind:
    """Return the events of a figure; what they are of it adds up to it.

    Places of one side of the county's border are those of bookings, since an event has both.
    """
    ask, year = figure.ask, figure.year
    what = AMOUNTS.get(figure.part, "Places")
    if ask.by == "county" and figure.key is not None and figure.part != EVENTS:
        return Behind(("Customer", "Band", "Code", what), Kind.COUNT, _of_side(session, figure))
    if figure.key is None:
        events: Sequence[EventCount] = event_counts(session, year.first, year.last)
    else:
        events = _parted(session, ask, year).get(figure.key, ())
    venues = _venues(session, year)
    rows = tuple(
        BehindRow(
            "event",
            one.id,
            one.id,
            one.first_on,
            "",
            one.code,
            one.title,
            venues.get(one.id, NOWHERE),
            one.service_name,
            f"{one.state}, {one.capacity} seats" if one.capacity else one.state,
            one.amount(figure.part),
            "",
        )
        for one in events
        if one.is_behind(figure.part)
    )
    return Behind(("Venue", "Service", "State", what), Kind.COUNT, rows)


def _of_side(session: Session, figure: Figure) -> tuple[BehindRow, ...]:
    """Return the bookings of customers on one side of the county's border."""
    return tuple(
        one.behind(amount)
        for one in sided_bookings(session, figure.year)
        if one.side == figure.key and (amount := part_of(figure.part, one.held, one.attended))
    )


def _parted(session: Session, ask: Ask, year: Year) -> Mapping[Hashable, Sequence[EventCount]]:
    """Return the events of each group of a report in a year."""
    events = event_counts(session, year.first, year.last)
    if ask.by == "county":
        return _by_county(session, events, year)
    venues = _venues(session, year) if ask.by == "venue" else {}
    parted: dict[Hashable, list[EventCount]] = defaultdict(list)
    for event in events:
        group: Hashable = event.service_name
        if ask.by == "month":
            group = event.first_on.month
        elif ask.by == "venue":
            group = venues.get(event.id, NOWHERE)
        parted[group].append(event)
    return parted


def _by_county(
    session: Session, events: Iterable[EventCount], year: Year
) -> Mapping[Hashable, Sequence[EventCount]]:
    """Return the events with the places of customers in and out of the county.

    An event with both is in both, each time with its own places; its seats are counted by
    nobody's share, so there is no fill rate.
    """
    by_id = {event.id: event for event in events}
    sums: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for one in sided_bookings(session, year):
        total = sums[one.side, one.event_id]
        total[0] += one.held
        total[1] += one.attended
    parted: dict[Hashable, list[EventCount]] = defaultdict(list)
    for (side, event_id), (held, attended) in sums.items():
        event = replace(by_id[event_id], held=held, attended=attended, capacity=0)
        parted[side].append(event)
    for group in parted.values():
        group.sort(key=lambda event: (event.first_on, event.code))
    return parted


def _venues(session: Session, year: Year) -> dict[int, str]:
    """Return where each event of a year is: the first of its sessions that has a place says."""
    found = (
        select(EventSession.event_id, EventSession.outside_venue, Site.name)
        .join(Event, Event.id == EventSession.event_id)
        .join(RoomUse, RoomUse.id == EventSession.room_use_id, isouter=True)
        .join(Space, Space.id == RoomUse.space_id, isouter=True)
        .join(Site, Site.id == Space.site_id, isouter=True)
        .where(Event.first_on.between(year.first, year.last))
        .order_by(EventSession.starts_at.desc())
    )
    return {
        event: outside or (site or "").partition(",")[0]
        for event, outside, site in session.execute(found)
        if outside or site
    }


def _lines(ask: Ask, *years: Mapping[Hashable, Sequence[EventCount]]) -> list[tuple[Hashable, str]]:
    """Return the groups in their order with their words: the largest first, months in order."""
    if ask.by == "month":
        return [(month, LONG_MONTHS[month - 1]) for month in ask.year.months]
    found = {key for year in years for key in year}
    if ask.by == "county":
        return [(one, one) for one in (IN_COUNTY, OUT_OF_COUNTY, OTHERS) if one in found]
    places = {key: sum(one.held for one in years[0].get(key, ())) for key in found}
    return [(key, str(key)) for key in sorted(found, key=lambda key: (-places[key], str(key)))]


def _row(
    key: Hashable, label: str, now: Sequence[EventCount], before: Sequence[EventCount]
) -> ReportRow:
    held, held_before = (sum(one.held for one in events) for events in (now, before))
    attended, attended_before = (sum(one.attended for one in events) for events in (now, before))
    seats = sum(one.seats for one in now)
    filled = sum(one.held for one in now if one.seats)
    cells = (
        len(now),
        len(before),
        held,
        held_before,
        *change(held, held_before),
        attended,
        attended_before,
        filled * 100 / seats if seats else None,
        held - attended,
    )
    return ReportRow(key, label, cells)


def _columns(year: Year) -> tuple[ReportColumn, ...]:
    now, before = year.words, year.before.words
    return (
        ReportColumn(f"Events {now}", part=EVENTS, short="Events"),
        ReportColumn(
            f"Events {before}", last_year=True, part=EVENTS, give_up=2, short=f"in {before}"
        ),
        ReportColumn(f"Places {now}", strong=True, short="Places"),
        ReportColumn(f"Places {before}", last_year=True, short=f"in {before}"),
        ReportColumn("Difference", Kind.CHANGE, opens=False),
        ReportColumn("in %", Kind.CHANGE_PERCENT, opens=False),
        ReportColumn("Attended", part=ATTENDED),
        ReportColumn(
            f"Attended {before}",
            last_year=True,
            part=ATTENDED,
            give_up=1,
            short=f"in {before}",
        ),
        ReportColumn("Filled", Kind.PERCENT, part=FILL, tip="places booked of the seats offered"),
        ReportColumn("Absent or to come", part=MISSED, give_up=3, tip="did not attend, or not yet"),
    )


def _chart(ask: Ask) -> Chart:
    parts = (
        ChartPart(6, "attended", "fill"),
        ChartPart(9, "booked, not attended or not yet", "hatched"),
    )
    return Chart("Places", parts, before=3, upright=ask.by == "month")


def _notes(ask: Ask) -> tuple[str, ...]:
    notes = [
        "A place is one that is held: booked, attended or not attended. An event counts whatever"
        " became of it. Filled: places held of the seats of events that were not cancelled."
    ]
    if ask.by == "venue":
        notes.append("An event at several venues counts at its first.")
    if ask.by == "county":
        notes.append(
            "By the customer's price band on the day of the event; an event with customers of"
            " both counts in both, and once in the whole year."
        )
    return tuple(notes)
