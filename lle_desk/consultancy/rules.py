"""What a visit is: its kinds, usual hours and states, and how it is printed. Plain values."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from lle_desk.core.days import bank_holidays, short_day, span_words


class VisitKind(StrEnum):
    """How long a visit is; each has an offer, and so a price, of its own."""

    HALF_DAY = "half day"
    DAY = "day"
    TWILIGHT = "twilight"


class VisitState(StrEnum):
    """Where a visit is on its way from the telephone call to the note."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    DONE = "done"
    CANCELLED = "cancelled"


class Paid(StrEnum):
    """How a visit is paid for."""

    PRICE_LIST = "price list"
    NOTHING = "no charge"


class Which(StrEnum):
    """Which visits a list shows."""

    COMING = "coming"
    NO_NOTE = "no note"
    NOT_BILLED = "not billed"
    CANCELLED = "cancelled"
    OPEN = "open"  # to come, or without a note
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours that a visit of a kind usually has."""

    words: str
    kind: VisitKind
    starts: time
    ends: time


HOURS = {
    "morning": Hours("Half day, morning", VisitKind.HALF_DAY, time(9), time(12)),
    "afternoon": Hours("Half day, afternoon", VisitKind.HALF_DAY, time(13), time(16)),
    "day": Hours("Day", VisitKind.DAY, time(9), time(15, 30)),
    "twilight": Hours("Twilight", VisitKind.TWILIGHT, time(15, 45), time(17, 30)),
}
OFFER_CODES = {VisitKind.HALF_DAY: "HALF", VisitKind.DAY: "DAY", VisitKind.TWILIGHT: "TWI"}
COMING = (VisitState.PLANNED, VisitState.CONFIRMED)
EVENING = time(15)  # what starts then or later is a twilight
LONG_MINUTES = 240  # what is longer is a day
MOST_VISITS = 60  # planned at once
TAKEN_BACK = "Planned by mistake, and taken back"


def visit_words(number: int) -> str:
    """Return a visit's number as it is printed: V-01755."""
    return f"V-{number:05d}"


def half_day_from(start: datetime) -> tuple[datetime, datetime]:
    """Return the hours of a half day that starts then."""
    morning = HOURS["morning"]
    return start, start + timedelta(hours=morning.ends.hour - morning.starts.hour)


def usual_morning(day: date) -> tuple[datetime, datetime]:
    """Return the hours of a day's first half day."""
    return half_day_from(datetime.combine(day, HOURS["morning"].starts))


def kind_of(starts_at: datetime, ends_at: datetime) -> VisitKind:
    """Return which kind of visit those hours are."""
    if starts_at.time() >= EVENING:
        return VisitKind.TWILIGHT
    minutes = (ends_at - starts_at).total_seconds() / 60
    return VisitKind.DAY if minutes > LONG_MINUTES else VisitKind.HALF_DAY


def offer_code(service: str, kind: VisitKind) -> str:
    """Return the code of the offer of a service's visits: LPDS-VISIT-DAY."""
    return f"{service}-VISIT-{OFFER_CODES[kind]}"


def repeated_days(first: date, weeks: int, count: int) -> list[date]:
    """Return the days after `first` of `count` visits in all, so many weeks apart.

    Bank holidays are left out, and later days come in their place.
    """
    days: list[date] = []
    day = first
    while len(days) < min(count, MOST_VISITS) - 1:
        day += timedelta(weeks=weeks)
        if day not in bank_holidays():
            days.append(day)
    return days


def visit_when(starts_at: datetime, ends_at: datetime, kind: str) -> str:
    """Return "Tue 4 Mar, 09:00–12:00, half day"."""
    return f"{short_day(starts_at.date())}, {span_words(starts_at, ends_at)}, {kind}"


def note_is_due(state: str, on: date, note_on: date | None, today: date) -> bool:
    """Return whether a visit is over and nobody wrote its note yet."""
    return state in COMING and on < today and note_on is None
