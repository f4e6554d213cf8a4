"""Course places that were given up, and why."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lle_desk.core.days import LONG_MONTHS
from lle_desk.courses.models import Course, CourseBooking, Event, Place
from lle_desk.courses.rules import PlaceState, booking_words
from lle_desk.customers.models import Customer
from lle_desk.officers.models import Service
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
    change,
)

HEADINGS = {"reason": "Reason", "service": "Service", "month": "Month"}
NO_REASON = "No reason given"


@dataclass(frozen=True, slots=True)
class Cancelled:
    """One place that was cancelled."""

    place_id: int
    booking_id: int
    number: int
    cancelled_at: datetime
    reason: str
    code: str
    title: str
    service: str
    customer: str
    first_on: date | None


def cancelled_places(session: Session, first: date, last: date) -> list[Cancelled]:
    """Return the places cancelled on the days `first` to `last`, the first one first."""
    found: Select[*tuple[Any, ...]] = (
        select(
            Place.id,
            CourseBooking.id,
            CourseBooking.number,
            Place.cancelled_at,
            Place.cancelled_reason,
            Event.code,
            Course.title,
            Service.name,
            Customer.name,
            Event.first_on,
        )
        .join(Event, Event.id == Place.event_id)
        .join(Course, Course.id == Event.course_id)
        .join(Service, Service.id == Course.service_id)
        .join(CourseBooking, CourseBooking.id == Place.course_booking_id)
        .join(Customer, Customer.id == CourseBooking.customer_id)
        .where(
            Place.state == PlaceState.CANCELLED.value,
            Place.cancelled_at >= datetime.combine(first, time()),
            Place.cancelled_at < datetime.combine(last + timedelta(days=1), time()),
        )
        .order_by(Place.cancelled_at, Place.id)
    )
    return [Cancelled(*row) for row in session.execute(found)]


def cancelled_report(session: Session, ask: Ask) -> Report:
    """Return how many places were cancelled in a year and the one before, by reason."""
    year = ask.year
    now, before = (_of(session, one) for one in (year, year.before))
    counts, counts_before = (Counter(_group(ask, one) for one in part) for part in (now, before))
    rows = tuple(
        _row(key, _label(key), counts[key], counts_before[key])
        for key in _order(ask, counts, counts_before)
    )
    columns = (
        ReportColumn(f"Places {year.words}", strong=True),
        ReportColumn(f"Places {year.before.words}", last_year=True),
        ReportColumn("Difference", Kind.CHANGE, opens=False),
        ReportColumn("in %", Kind.CHANGE_PERCENT, opens=False),
    )
    return Report(
        ask,
        f"Cancelled course places {year.words}",
        f"Places cancelled in the {year.span_words}",
        HEADINGS[ask.by],
        columns,
        rows,
        _row("", "Whole year", len(now), len(before)),
        Chart("Places", (ChartPart(0, "cancelled", "fill"),), before=1, upright=ask.by == "month"),
        ("A place counts in the year in which it was cancelled, with the reason written then.",),
    )


def cancelled_behind(session: Session, figure: Figure) -> Behind:
    """Return the cancelled places of a figure."""
    found = _of(session, figure.year)
    if figure.key is not None:
        found = [one for one in found if _group(figure.ask, one) == figure.key]
    rows = tuple(
        BehindRow(
            "course_booking",
            one.booking_id,
            one.place_id,
            one.cancelled_at.date(),
            "",
            booking_words(one.number),
            one.title,
            one.reason or NO_REASON,
            one.customer,
            one.service,
            1,
            "",
        )
        for one in found
    )
    return Behind(("Reason", "Customer", "Service", "Places"), Kind.COUNT, rows)


def _of(session: Session, year: Year) -> Sequence[Cancelled]:
    return cancelled_places(session, year.first, year.last)


def _group(ask: Ask, one: Cancelled) -> Hashable:
    if ask.by == "service":
        return one.service
    if ask.by == "month":
        return one.cancelled_at.month
    return " ".join(one.reason.split()).casefold() or NO_REASON.casefold()


def _label(key: Hashable) -> str:
    if isinstance(key, int):
        return LONG_MONTHS[key - 1]
    words = str(key)
    return words[:1].upper() + words[1:]


def _order(ask: Ask, *counts: Counter[Hashable]) -> list[Hashable]:
    if ask.by == "month":
        return list(ask.year.months)
    both: dict[Hashable, int] = defaultdict(int)
    for count in counts:
        for key, number in count.items():
            both[key] += number
    return sorted(both, key=lambda key: (-counts[0][key], -both[key], str(key)))


def _row(key: Hashable, label: str, now: int, before: int) -> ReportRow:
    return ReportRow(key, label, (now, before, *change(now, before)))
