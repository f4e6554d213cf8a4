"""Plans a year of course events, so that places and attendance come out exactly.

A course at Woodlands uses a room, and that use is a room booking of category Schools (CPD): the
facts count it among them. So an event of the demo either is one of the year's Schools (CPD) room
bookings, with its day, hours and people, or takes place at an outside venue.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate
from random import Random

from lle_desk.demo.calendar import at, busyness, open_days, year_end, year_start
from lle_desk.demo.dice import dice, fit_to_sum, share_out
from lle_desk.demo.files import DemoCourse, courses
from lle_desk.demo.plan_rooms import PlannedBooking
from lle_desk.demo.sizes import GroupSize, YearSize
from lle_desk.reports.rules import LPDS
from lle_desk.rooms.rules import Category

CAPACITIES = (8, 10, 12, 15, 16, 18, 20, 24, 30, 40, 50, 60, 80, 100, 120, 160)
LEAST, MOST = 3, 100  # attended places of an event that took place
IN_ROOMS = 0.75  # of the Schools (CPD) bookings that suit; the others are the schools' own
LPDS_UP_TO = 18  # smaller ones are LPDS, whose events are smaller
VENUES = (
    "Demo Conference Centre, Anytown",
    "Sample Hotel, Sampleton",
    "Example Stadium, Exampleham",
    "Invented College, Inventon",
    "Demo Music Base, Anytown",
)


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """One event: its days, and how many held a place, came, or gave it back in time."""

    course: DemoCourse
    place: int
    sessions: tuple[tuple[datetime, datetime], ...]
    capacity: int
    attended: int
    absent: int
    given_back: int
    is_called_off: bool = False
    room: tuple[Category, int] | None = None  # the room booking that it is
    venue: str = ""

    @property
    def held(self) -> int:
        return self.attended + self.absent

    @property
    def last_on(self) -> date:
        return self.sessions[-1][0].date()


def plan_course_year(size: YearSize, rooms: Sequence[PlannedBooking]) -> list[PlannedEvent]:
    """Return all events of a year, by day; places, attendance and events are the size's."""
    chance = dice("courses", size.year)
    ours, others = _suited_rooms(rooms, size, chance)
    programme = courses()
    lpds = _group(size.lpds, [one for one in programme if one.service == LPDS], ours, chance)
    rest = _group(size.others, [one for one in programme if one.service != LPDS], others, chance)
    days = open_days(year_start(size.year), year_end(size.year))
    weights = list(accumulate(busyness(day) for day in days))
    dated = [
        event
        if event.sessions
        else replace(event, sessions=_sessions(event, days, weights, chance))
        for event in (*lpds, *rest)
    ]
    ordered = sorted(dated, key=lambda event: (event.sessions[0], event.course.code, event.place))
    return [replace(event, place=place) for place, event in enumerate(ordered)]


def _suited_rooms(
    rooms: Sequence[PlannedBooking], size: YearSize, chance: Random
) -> tuple[list[PlannedBooking], list[PlannedBooking]]:
    """Return the Schools (CPD) bookings that are events: of LPDS, and of the other services."""
    suited = [
        one
        for one in rooms
        if one.category is Category.SCHOOLS
        and not one.is_called_off
        and all(use.is_counted and LEAST <= use.heads <= MOST for use in one.uses)
        and chance.random() < IN_ROOMS
    ]
    ours = [one for one in suited if one.uses[0].heads <= LPDS_UP_TO]
    others = [one for one in suited if one.uses[0].heads > LPDS_UP_TO]
    return _at_most_half(ours, size.lpds), _at_most_half(others, size.others)


def _at_most_half(found: list[PlannedBooking], size: GroupSize) -> list[PlannedBooking]:
    """Return so many that the other events can still sum to the year's figures."""
    kept: list[PlannedBooking] = []
    people = 0
    for one in found:
        people += one.uses[0].heads
        if people > size.attended * 0.6 or len(kept) >= (size.events - size.called_off) // 2:
            break
        kept.append(one)
    return kept


def _group(
    size: GroupSize,
    programme: Sequence[DemoCourse],
    rooms: Sequence[PlannedBooking],
    chance: Random,
) -> Iterator[PlannedEvent]:
    """Yield the events of LPDS, or of all others; those outside have no sessions yet."""
    running = size.events - size.called_off
    outside = running - len(rooms)
    in_rooms = [one.uses[0].heads for one in rooms]
    sizes = [chance.lognormvariate(0.0, 0.4) for _ in range(outside)]
    left = size.attended - sum(in_rooms)
    attended = in_rooms + fit_to_sum(sizes, [LEAST] * outside, [MOST] * outside, left)
    absent = share_out(size.absent, [came * chance.uniform(0.3, 1.7) for came in attended])
    for place in range(size.events):
        came, away = (attended[place], absent[place]) if place < running else (0, 0)
        room = rooms[place] if place < len(rooms) else None
        yield _event(programme, place, came, away, room, chance)


def _event(
    programme: Sequence[DemoCourse],
    place: int,
    came: int,
    away: int,
    room: PlannedBooking | None,
    chance: Random,
) -> PlannedEvent:
    course = chance.choice(_fitting(programme, room))
    held = came + away
    given_back = chance.choice((0, 1, 1, 1, 1, 2, 2)) if held else chance.randint(1, 4)
    fits = [capacity for capacity in CAPACITIES if capacity >= max(held, 1)]
    return PlannedEvent(
        course=course,
        place=place,
        sessions=tuple((use.starts_at, use.ends_at) for use in room.uses) if room else (),
        capacity=chance.choice(fits[:2]) if held else course.capacity,
        attended=came,
        absent=away,
        given_back=given_back,
        is_called_off=not held,
        room=(room.category, room.place) if room else None,
        venue="" if room else chance.choice(VENUES),
    )


def _fitting(programme: Sequence[DemoCourse], room: PlannedBooking | None) -> Sequence[DemoCourse]:
    """Return the courses of as many days as the room is booked for."""
    if room is None:
        return programme
    days = len(room.uses)
    return [course for course in programme if course.days == days] or programme


def _sessions(
    event: PlannedEvent, days: Sequence[date], weights: Sequence[float], chance: Random
) -> tuple[tuple[datetime, datetime], ...]:
    """Return the days and hours of an event outside: a week apart when there are two."""
    start, _, end = event.course.hours.partition("-")
    first = chance.choices(range(len(days)), cum_weights=weights)[0]
    first = min(first, len(days) - 6 * event.course.days)
    chosen = [days[first + 5 * number] for number in range(event.course.days)]
    return tuple((_clock(day, start), _clock(day, end)) for day in chosen)


def _clock(day: date, typed: str) -> datetime:
    return at(day, int(typed[:2]), int(typed[3:]))
