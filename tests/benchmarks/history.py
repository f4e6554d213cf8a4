"""Years of the office's work as bare rows: as many and as like as real ones, but not for use.

A year has 1,357 events, 25,000 places of as many delegates, and 4,000 uses of rooms. The last
year is the same however many come before it. Every name is invented.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from tests.benchmarks.names import invented

LAST_DAY = date(2014, 3, 31)
EVENTS, USES, PLACES = 1357, 4000, 25_000
PLACES_A_BOOKING = 5
CATEGORIES = ("Schools (CPD)", "LCC meetings", "External", "LCC conferences")
TITLES = ("Governors' meeting", "Staff day", "Network for heads", "Area team", "Choir practice")
FEE, VAT = 14_000, 2_800

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Course:
    """A course that events are made of."""

    id: int
    offer_id: int
    title: str


@dataclass(frozen=True)
class History:
    """What the rows stand on, and how many years there are."""

    years: int
    customers: tuple[int, ...]
    spaces: tuple[int, ...]
    courses: tuple[Course, ...]

    @cached_property
    def days(self) -> tuple[date, ...]:
        """All days from Monday to Friday, oldest first; about 261 a year."""
        first = date(LAST_DAY.year - self.years, 4, 1)
        all_days = (first + timedelta(days=n) for n in range((LAST_DAY - first).days + 1))
        return tuple(day for day in all_days if day.weekday() < 5)

    def customer(self, number: int) -> int:
        return self.customers[number % len(self.customers)]

    def course(self, number: int) -> Course:
        return self.courses[number % len(self.courses)]

    def event_of(self, booking: int) -> int:
        return booking * EVENTS // (PLACES // PLACES_A_BOOKING)

    def use_of(self, event: int) -> int:
        return event * USES // EVENTS

    def slot(self, use: int) -> tuple[int, datetime]:
        """Return where and when a use begins: the uses of a day take room after room."""
        per_day = USES * self.years / len(self.days)
        number = min(int(use / per_day), len(self.days) - 1)
        afternoon, room = divmod(use - int(number * per_day), len(self.spaces))
        starts = datetime.combine(self.days[number], time(13, 30) if afternoon else time(9))
        return self.spaces[room], starts


def people(history: History) -> Iterator[Row]:
    for n in range(PLACES * history.years):
        given, family = invented(n)
        yield {
            "customer_id": history.customer(n // PLACES_A_BOOKING),
            "given_name": given,
            "family_name": family,
            "job_title": "Teacher",
            "email": f"{given}.{family}@school{n % 1765}.invalid".lower(),
            "is_demo": True,
        }


def room_bookings(history: History) -> Iterator[Row]:
    events = {history.use_of(n): n for n in range(EVENTS * history.years)}
    for n in range(USES * history.years):
        event = events.get(n)
        yield {
            "number": n + 1,
            "title": TITLES[n % len(TITLES)] if event is None else history.course(event).title,
            "category": CATEGORIES[n % len(CATEGORIES)],
            "status": "confirmed",
            "holds_space": True,
            "customer_id": history.customer(n) if event is None else None,
            "taken_by": "ann",
            "source": "" if event is None else "course",
        }


def room_uses(history: History) -> Iterator[Row]:
    for n in range(USES * history.years):
        space, starts = history.slot(n)
        ends = starts + timedelta(hours=3)
        yield {
            "room_booking_id": n + 1,
            "space_id": space,
            "layout": "classroom",
            "heads": 20,
            "starts_at": starts,
            "ends_at": ends,
            "reserved_from": starts,
            "reserved_to": ends,
            "holds_space": True,
        }


def events(history: History) -> Iterator[Row]:
    for n in range(EVENTS * history.years):
        course, on = history.course(n), history.slot(history.use_of(n))[1].date()
        yield {
            "course_id": course.id,
            "offer_id": course.offer_id,
            "code": f"LPDS-{n + 1:05d}",
            "state": "completed" if on < LAST_DAY - timedelta(days=20) else "open",
            "capacity": 40,
            "minimum": 10,
            "first_on": on,
            "last_on": on,
            "is_demo": True,
        }


def event_sessions(history: History) -> Iterator[Row]:
    for n in range(EVENTS * history.years):
        starts = history.slot(history.use_of(n))[1]
        yield {
            "event_id": n + 1,
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=3),
            "room_use_id": history.use_of(n) + 1,
            "trainer_names": " ".join(invented(n % 60)),
        }


def course_bookings(history: History) -> Iterator[Row]:
    for n in range(PLACES // PLACES_A_BOOKING * history.years):
        yield {
            "number": n + 1,
            "customer_id": history.customer(n),
            "contact_id": n * PLACES_A_BOOKING + 1,
            "event_id": history.event_of(n) + 1,
            "order_number": f"PO {n + 40_000}",
            "taken_by": "ann",
            "taken_at": history.slot(history.use_of(history.event_of(n)))[1],
        }


def booking_terms(history: History) -> Iterator[Row]:
    for n in range(PLACES // PLACES_A_BOOKING * history.years):
        for notice, percent in ((5, 100), (10, 50), (None, 0)):
            yield {
                "course_booking_id": n + 1,
                "notice_below": notice,
                "percent": percent,
                "unit": "working days",
                "base": "fee",
                "free_place_fee": 0,
            }


def places(history: History) -> Iterator[Row]:
    for n in range(PLACES * history.years):
        booking = n // PLACES_A_BOOKING
        yield {
            "course_booking_id": booking + 1,
            "event_id": history.event_of(booking) + 1,
            "person_id": n + 1,
            "state": "attended",
            "holds_place": True,
        }


def charges(history: History) -> Iterator[Row]:
    for n in range(PLACES * history.years):
        booking = n // PLACES_A_BOOKING
        event = history.event_of(booking)
        course, on = history.course(event), history.slot(history.use_of(event))[1].date()
        yield {
            "customer_id": history.customer(booking),
            "offer_id": course.offer_id,
            "source": "place",
            "source_id": n + 1,
            "state": "billed" if on < LAST_DAY - timedelta(days=30) else "unbilled",
            "description": f"Course place: {course.title}",
            "detail": " ".join(invented(n)),
            "quantity": 1,
            "unit_price": FEE,
            "net": FEE,
            "vat": VAT,
            "band": "out of county",
            "price_reason": "out of county, from 1 Sep 2013",
            "supply": "education",
            "vat_code": "S",
            "vat_rate": 2000,
            "vat_reason": "another body",
            "route": "invoice",
            "route_reason": "pays by invoice",
            "tax_point_on": on,
        }


Rows = Callable[[History], Iterator[Row]]
TABLES: dict[str, Rows] = {  # in the order that they refer to one another
    "person": people,
    "room_booking": room_bookings,
    "room_use": room_uses,
    "event": events,
    "event_session": event_sessions,
    "course_booking": course_bookings,
    "booking_term": booking_terms,
    "place": places,
    "charge": charges,
}
