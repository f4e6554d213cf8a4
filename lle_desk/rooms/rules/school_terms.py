"""School terms and the weeks of them, and where a day stands a year later.

The county publishes its terms year by year; an administrator writes them into the setting
`school_terms`. For years that are not there yet, terms are as they usually fall.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
NAMES = ("Autumn", "Spring", "Summer")
LATE_EASTER = (4, 12)  # from here on the Easter holidays come before Easter, not after
YEAR_BEGINS = 9  # September
AS_MANY_WEEKS = 52  # what "a year later" is for a day in the holidays


@dataclass(frozen=True, slots=True)
class Term:
    """One term, all four days counted; schools are away from `half_first` to `half_last`."""

    name: str
    first: date
    half_first: date
    half_last: date
    last: date

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of its weeks with school, in order: week 1 is the first."""
        return tuple(monday for monday in self._mondays() if self._has_school(monday))

    def _mondays(self) -> Iterator[date]:
        monday = monday_of(self.first)
        while monday <= self.last:
            yield monday
            monday += WEEK

    def _has_school(self, monday: date) -> bool:
        days = (monday + DAY * n for n in range(5))
        return any(
            self.first <= day <= self.last and not self.half_first <= day <= self.half_last
            for day in days
        )


@dataclass(frozen=True, slots=True)
class WeekOfTerm:
    """A week of a term: "Autumn, week 9"; `week` counts from 1."""

    term: str
    week: int

    @property
    def words(self) -> str:
        return f"{self.term}, week {self.week}"


@dataclass(frozen=True, slots=True)
class YearLater:
    """Where a day comes to stand a year later, and why there.

    `week` None: it lies in the holidays, so it goes 52 weeks on. `is_cut`: that term has no such
    day, so it is the nearest week that has it.
    """

    day: date
    week: WeekOfTerm | None
    is_cut: bool = False


class SchoolTerms:
    """The terms of any school year: those that were told, and else the usual ones."""

    def __init__(self, told: Iterable[Term] = ()) -> None:
        self._told: dict[int, list[Term]] = {}
        for term in told:
            self._told.setdefault(year_of(term.first), []).append(term)

    def of_year(self, year: int) -> tuple[Term, ...]:
        """Return the terms of the school year that begins in September of `year`."""
        told = {term.name: term for term in self._told.get(year, ())}
        return tuple(told.get(term.name, term) for term in usual_terms(year))

    def week_of(self, day: date) -> WeekOfTerm | None:
        """Return which week of which term a day is in, None in the holidays."""
        monday = monday_of(day)
        for term in self.of_year(year_of(day)):
            if monday in term.weeks:
                return WeekOfTerm(term.name, term.weeks.index(monday) + 1)
        return None

    def year_later(self, day: date) -> YearLater:
        """Return the same weekday in the same week of the same term, a year later."""
        week = self.week_of(day)
        if week is None:
            return YearLater(day + AS_MANY_WEEKS * WEEK, None)
        terms = {term.name: term for term in self.of_year(year_of(day) + 1)}
        term = terms[week.term]
        at = min(week.week, len(term.weeks)) - 1
        there = term.weeks[at] + DAY * day.weekday()
        if there < term.first and day.weekday() < 5:
            return YearLater(there + WEEK, week, is_cut=True)
        if there > term.last and day.weekday() < 5:
            return YearLater(there - WEEK, week, is_cut=True)
        return YearLater(there, week, is_cut=week.week > len(term.weeks))


def year_of(day: date) -> int:
    """Return in which year the school year of a day began."""
    return day.year if day.month >= YEAR_BEGINS else day.year - 1


def school_year_words(year: int) -> str:
    """Return "2013/14"."""
    return f"{year}/{(year + 1) % 100:02d}"


def school_year_days(year: int) -> tuple[date, date]:
    """Return its first and its last day, both counted."""
    return date(year, 9, 1), date(year + 1, 8, 31)


def usual_terms(year: int) -> tuple[Term, Term, Term]:
    """Return the terms of a school year as they usually fall in England.

    Autumn from the first Monday, Tuesday or Wednesday of September to the last Friday by 21
    December, spring from the first Monday after 2 January; the Easter holidays are the two
    weeks before a late Easter or after an early one; summer ends with the last Friday by 24 July.
    """
    after = year + 1
    spring_ends, summer_begins = _round_easter(easter(after))
    late_may = monday_of(date(after, 5, 31))
    return (
        _term(0, _early_from(date(year, 9, 1)), date(year, 10, 28), _friday_by(year, 12, 21)),
        _term(1, _monday_from(date(after, 1, 3)), date(after, 2, 17), spring_ends),
        _term(2, summer_begins, late_may, _friday_by(after, 7, 24)),
    )


def terms_told(text: str) -> tuple[Term, ...]:
    """Return the terms that a setting names, one in each part between semicolons.

    "Autumn 2014-09-01 2014-10-27 2014-10-31 2014-12-19": name, first day, first and last day
    of half-term, last day.

    Raises:
        ValueError: a part is not so; the sentence names it.
    """
    return tuple(_told(part.strip()) for part in text.split(";") if part.strip())


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - DAY * day.weekday()


def _told(part: str) -> Term:
    found = re.fullmatch(r"(\w+)((?: +\d{4}-\d\d-\d\d){4})", part)
    wrong = f"“{part}” is not a term: a name and four days, such as 2014-09-01."
    if not found or found[1].capitalize() not in NAMES:
        raise ValueError(wrong)
    try:
        days = [date.fromisoformat(day) for day in found[2].split()]
    except ValueError:
        raise ValueError(wrong) from None
    if days != sorted(days):
        raise ValueError(f"The days of “{part}” are not one after the other.")
    return Term(found[1].capitalize(), *days)


def _term(number: int, first: date, half: date, last: date) -> Term:
    monday = monday_of(half)
    return Term(NAMES[number], first, monday, monday + 4 * DAY, last)


def _round_easter(sunday: date) -> tuple[date, date]:
    """Return the last day of spring and the first of summer."""
    if sunday >= date(sunday.year, *LATE_EASTER):
        return sunday - 16 * DAY, sunday + 2 * DAY  # Friday, and Easter Tuesday
    return sunday - 3 * DAY, sunday + 15 * DAY  # Maundy Thursday, and a Monday


def _early_from(day: date) -> date:
    return day if day.weekday() < 3 else _monday_from(day)


def _monday_from(day: date) -> date:
    return day + DAY * (-day.weekday() % 7)


def _friday_by(year: int, month: int, day: int) -> date:
    latest = date(year, month, day)
    return latest - DAY * ((latest.weekday() - 4) % 7)
