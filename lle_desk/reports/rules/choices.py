"""Which reports there are, and by what each can be grouped."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A report: its key, its name, what it is grouped by, and which tables it reads."""

    key: str
    words: str
    groupings: tuple[tuple[str, str], ...]
    tables: frozenset[str]


_ROOMS = frozenset({"room_use", "room_booking", "space", "site", "place", "closure"})
_COURSES = frozenset({"event", "place", "course", "course_booking", "event_session"})

REPORTS = (
    Choice(
        "footfall",
        "Footfall",
        (
            ("category", "Category"),
            ("month", "Month"),
            ("room", "Room"),
            ("weekday", "Weekday"),
            ("year", "Years"),
        ),
        _ROOMS,
    ),
    Choice(
        "occupancy",
        "Occupancy",
        (("room", "Room"), ("month", "Month"), ("weekday", "Weekday")),
        _ROOMS | {"opening_hours", "space_cell"},
    ),
    Choice(
        "courses",
        "Courses",
        (("service", "Service"), ("month", "Month"), ("venue", "Venue"), ("county", "County")),
        _COURSES | {"customer_standing"},
    ),
    Choice(
        "cancelled",
        "Cancellations",
        (("reason", "Reason"), ("service", "Service"), ("month", "Month")),
        _COURSES,
    ),
    Choice(
        "consultancy",
        "Consultancy",
        (("service", "Service"), ("kind", "Kind"), ("month", "Month"), ("adviser", "Adviser")),
        frozenset({"visit", "trainer_time", "trainer", "charge", "agreement_draw"}),
    ),
    Choice(
        "income",
        "Income",
        (("service", "Service"), ("month", "Month"), ("event", "Event")),
        _COURSES
        | {"charge", "invoice", "event_cost", "trainer_time", "catering_line", "space_rate"},
    ),
)
