"""Days as the office counts them: working days, financial years, and how they are written.

All times are wall-clock times in Europe/London, without a zone. Every span is half-open.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
EN_DASH = "\N{EN DASH}"


@cache
def bank_holidays() -> dict[date, str]:
    """Return the bank holidays of England and Wales by date, from the shipped file of gov.uk."""
    import json

    from lle_desk.core.paths import resources

    text = (resources() / "reference" / "bank-holidays.json").read_text(encoding="utf-8")
    events = json.loads(text)["england-and-wales"]["events"]
    return {date.fromisoformat(event["date"]): event["title"] for event in events}


def is_working_day(day: date) -> bool:
    """Return whether `day` is neither a weekend nor a bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays()


def add_working_days(day: date, count: int) -> date:
    """Return the `count`-th working day after `day`; before it when `count` is negative."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(notice: date, event: date) -> int:
    """Return the working days of notice: the day of notice left out, the day of event counted."""
    days = (event - notice).days
    return sum(is_working_day(notice + timedelta(days=n)) for n in range(1, days + 1))


def financial_year_typed(text: str) -> tuple[date, date] | None:
    """Return the first and last day of the council's year "2013-14", None when it is not one."""
    start, _, end = text.partition("-")
    if not (start.isdecimal() and len(start) == 4 and end == f"{(int(start) + 1) % 100:02d}"):
        return None
    return date(int(start), 4, 1), date(int(start) + 1, 3, 31)


def day_words(day: date) -> str:
    """Return "Tue 4 Mar 2014"."""
    return f"{short_day(day)} {day.year}"


def short_day(day: date) -> str:
    """Return "Tue 4 Mar", for lists where the year cannot be mistaken."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def long_day(day: date) -> str:
    """Return "Tuesday 4 March 2014", for letters and for screen readers."""
    return f"{LONG_DAYS[day.weekday()]} {day.day} {LONG_MONTHS[day.month - 1]} {day.year}"


def time_words(moment: datetime) -> str:
    """Return "09:30"."""
    return f"{moment.hour:02}:{moment.minute:02}"  # three times as fast as strftime


def span_words(starts_at: datetime, ends_at: datetime) -> str:
    """Return "09:30–12:00", with the days as well when they differ."""
    if starts_at.date() == ends_at.date():
        return f"{time_words(starts_at)}{EN_DASH}{time_words(ends_at)}"
    starts, ends = short_day(starts_at.date()), short_day(ends_at.date())
    return f"{starts} {starts_at:%H:%M} {EN_DASH} {ends} {ends_at:%H:%M}"


@cache
def _london() -> tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/London")


def london_time(utc: datetime) -> datetime:
    """Return a moment in UTC, without a zone, as the clock in London shows it, also without."""
    return on_london_clock(utc.replace(tzinfo=UTC))


def on_london_clock(moment: datetime) -> datetime:
    """Return a moment with a zone as the clock in London shows it, without one."""
    return moment.astimezone(_london()).replace(tzinfo=None, fold=0)


def now_utc() -> datetime:
    """Return now in UTC, without a zone, to the second: when something was written."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def london_today() -> date:
    """Return the office's day."""
    return london_time(now_utc()).date()
