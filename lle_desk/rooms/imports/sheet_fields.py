"""What a spreadsheet of bookings may tell us, the headings that mean it, and our words for it."""

from collections.abc import Callable
from datetime import datetime

from lle_desk.core import cells
from lle_desk.core.days import day_words
from lle_desk.core.matching import Match, Wanted
from lle_desk.core.sheets import Value
from lle_desk.core.words import folded
from lle_desk.rooms.rules import CATEGORY_CODES, Category, Layout

KIND = "room-bookings"
CATEGORIES = {folded(category): category for category in Category} | {
    folded(code): category for category, code in CATEGORY_CODES.items()
}
LAYOUTS = {folded(layout): layout for layout in Layout} | {
    "lecture": Layout.THEATRE,
    "lecture style": Layout.THEATRE,
    "theatre style": Layout.THEATRE,
    "ushape": Layout.U_SHAPE,
    "horseshoe": Layout.U_SHAPE,
    "board room": Layout.BOARDROOM,
    "computers": Layout.ICT,
}


def _clock_words(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _moment_or_clock(value: Value) -> str:
    try:
        return _clock_words(cells.read_clock(value)) if not _has_day(value) else _moment(value)
    except ValueError:
        return _moment(value)


def _has_day(value: Value) -> bool:
    return isinstance(value, datetime) and value.year >= cells.FIRST_YEAR


def _moment(value: Value) -> str:
    moment = cells.read_moment(value)
    return f"{day_words(moment.date())} {moment:%H:%M}"


def _span(value: Value) -> str:
    start, end = cells.read_span(value)
    return f"{_clock_words(start)}–{_clock_words(end)}"


def _layout(value: Value) -> str:
    found = LAYOUTS.get(folded(cells.read_words(value)))
    if found is None:
        listed = ", ".join(Layout)
        raise ValueError(f"“{cells.shown(value)[:30]}” is no layout of ours: {listed}.")
    return found


def _category(value: Value) -> str:
    found = CATEGORIES.get(folded(cells.read_words(value)))
    if found is None:
        raise ValueError(f"“{cells.shown(value)[:30]}” is none of the five categories.")
    return found


def _field(
    key: str,
    title: str,
    names: str,
    read: Callable[[Value], str] = cells.read_words,
    hint: str = "",
    by_value: bool = False,
) -> Wanted:
    return Wanted(key, title, tuple(names.split(", ")), read, hint, by_value)


FIELDS = (
    _field(
        "room",
        "Room",
        "room, room name, room no, room number, rooms, space, venue, location, suite",
    ),
    _field(
        "site", "Site", "site, site code, building, centre, campus", hint="if there are several"
    ),
    _field(
        "day",
        "Day",
        "date, day, event date, booking date, start date, date of event, date from, when",
        lambda value: day_words(cells.read_day(value)),
        by_value=True,
    ),
    _field(
        "time",
        "Time, from and to",
        "time, times, from to, session, start end, time of event",
        _span,
        hint="in one column",
        by_value=True,
    ),
    _field(
        "start",
        "Start",
        "start, start time, from, time from, begins, begin, time in, starts, starts at, arrive",
        _moment_or_clock,
        hint="a time, or day and time",
    ),
    _field(
        "end",
        "End",
        "end, end time, finish, finish time, to, until, time to, time out, ends, ends at, depart",
        _moment_or_clock,
        hint="a time, or day and time",
    ),
    _field(
        "end_day",
        "Last day",
        "end date, finish date, date to, last day, end day",
        lambda value: day_words(cells.read_day(value)),
        hint="if it lasts several",
    ),
    _field(
        "title",
        "Title",
        "title, event, event name, event title, name of event, meeting, meeting title, subject,"
        " description, course, course title, activity, purpose, function, what",
    ),
    _field(
        "organisation",
        "Organisation",
        "organisation, organization, customer, client, company, school, department, hirer, group",
        hint="kept in the notes",
    ),
    _field(
        "contact",
        "Contact",
        "contact, contact name, booked by, organiser, organizer, requested by, who, name",
        hint="kept in the notes",
    ),
    _field(
        "heads",
        "People",
        "heads, people, numbers, number, no, no of people, number of people, delegates, attendees,"
        " no of delegates, number of delegates, attendance, pax, expected, size",
        lambda value: f"{cells.read_count(value):,}",
    ),
    _field("layout", "Layout", "layout, room layout, set up, setup, style, seating", _layout),
    _field("category", "Category", "category, type, booking type, event type", _category),
    _field(
        "booking",
        "Booking number",
        "booking, booking number, booking no, booking ref, booking reference, booking id, ref,"
        " reference, ref no, id, number",
        hint="joins lines to one booking",
    ),
    _field("notes", "Notes", "notes, note, comments, comment, remarks, requirements, details"),
)


def missing_words(match: Match) -> str:
    """Return what has to be matched yet before lines can be read, "" when it is enough."""
    known = match.columns
    if "room" not in known:
        return "Say which column has the room."
    if "time" not in known and not ("start" in known and "end" in known):
        return "Say which column has the time from and to, or which two have start and end."
    if "time" in known and "day" not in known:
        return "Say which column has the day."
    if "title" not in known and "organisation" not in known:
        return "Say which column has the title, or else the organisation."
    return ""
