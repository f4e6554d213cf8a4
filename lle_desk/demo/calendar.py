"""The days on which the office of the demo is busy: none at weekends, few in August."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache

from lle_desk.core.days import bank_holidays

DAY = timedelta(days=1)
CHRISTMAS = ((12, 22), (1, 2))  # closed from and to, both included
THIN = {8: 0.25, 7: 0.75, 12: 0.8, 4: 0.8}  # by month: holidays of the schools
FRIDAY = 0.75


def year_start(year: str) -> date:
    """Return the 1 April on which a financial year such as "2013-14" begins."""
    return date(int(year[:4]), 4, 1)


def year_end(year: str) -> date:
    """Return the 31 March on which it ends."""
    return date(int(year[:4]) + 1, 3, 31)


def open_days(first: date, last: date) -> list[date]:
    """Return the days from `first` to `last` on which Woodlands is open."""
    closed = _holidays(range(first.year, last.year + 1))
    days = (first + DAY * n for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and day not in closed]


def busyness(day: date) -> float:
    """Return how much of an ordinary day's work falls on `day`, 1.0 for all of it."""
    return THIN.get(day.month, 1.0) * (FRIDAY if day.weekday() == 4 else 1.0)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a wall-clock time of a day."""
    return datetime.combine(day, time(hour, minute))


@cache
def _holidays(years: range) -> frozenset[date]:
    """Return bank holidays and the days between Christmas and New Year.

    The shipped list of gov.uk begins in 2012; before that the holidays are worked out.
    """
    known = {day for day in bank_holidays() if day.year in years}
    return frozenset(known | set(_christmas(years)) | set(_earlier(years)))


def _christmas(years: Iterable[int]) -> Iterable[date]:
    for year in years:
        for start in (date(year - 1, *CHRISTMAS[0]), date(year, *CHRISTMAS[0])):
            end = date(start.year + 1, *CHRISTMAS[1])
            yield from (start + DAY * n for n in range((end - start).days + 1))


def _earlier(years: Iterable[int]) -> Iterable[date]:
    unknown = [year for year in years if year < min(bank_holidays()).year]
    if not unknown:
        return []
    import holidays

    return list(holidays.country_holidays("GB", subdiv="ENG", years=unknown))
