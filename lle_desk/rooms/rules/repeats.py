"""On which dates a booking repeats, and how that is said. No database, no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lle_desk.core.days import DAYS, LONG_DAYS, MONTHS, day_words, short_day
from lle_desk.core.errors import OfficerError

MOST_DATES = 366  # a daily booking for a year; more is a slip of the keyboard
LAST = -1  # of a month's weekdays
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
_SHORTEST_MONTH = 28


class Repeats(StrEnum):
    """What the dates of a repeating booking have in common."""

    DAY = "day"
    WEEK = "week"
    MONTH_DATE = "month by date"
    MONTH_WEEKDAY = "month by weekday"


class Scope(StrEnum):
    """How many dates of a repeating booking a change is for; what is past stays as it was."""

    THIS = "this"
    LATER = "later"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class RepeatRule:
    """Every so many days, weeks or months from `starts_on`, until a day or so many times.

    `weekdays` (Monday is 0) are those of a week, () is that of `starts_on`. `nth` says which
    of the month's weekdays, `LAST` the last. Exactly one of `until_on` and `times` is given;
    `times` counts the dates that are left out as well.
    """

    kind: Repeats
    starts_on: date
    every: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    until_on: date | None = None
    times: int | None = None


def repeat_dates(rule: RepeatRule) -> list[date]:
    """Return the dates of the rule, earliest first; `starts_on` is the first of them.

    A month that has no such date (the 31st) takes its last day instead.

    Raises:
        OfficerError: the rule makes no sense, or has more than 366 dates.
    """
    _refuse_nonsense(rule)
    from datetime import datetime

    from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule
    from dateutil.rrule import weekday as one_weekday

    by: dict[str, object] = {}
    how = {Repeats.DAY: DAILY, Repeats.WEEK: WEEKLY}.get(rule.kind, MONTHLY)
    if rule.kind is Repeats.WEEK:
        by["byweekday"] = rule.weekdays or (rule.starts_on.weekday(),)
    elif rule.kind is Repeats.MONTH_WEEKDAY:
        by["byweekday"] = one_weekday(rule.starts_on.weekday(), rule.nth)
    elif rule.kind is Repeats.MONTH_DATE:
        day = rule.starts_on.day
        by["bymonthday"] = tuple(range(min(day, _SHORTEST_MONTH), day + 1))
        by["bysetpos"] = -1
    start = datetime.combine(rule.starts_on, datetime.min.time())
    last = datetime.combine(rule.until_on, datetime.min.time()) if rule.until_on else None
    found: list[date] = []
    for moment in rrule(how, dtstart=start, interval=rule.every, until=last, **by):
        if len(found) == (rule.times or MOST_DATES + 1):
            break
        found.append(moment.date())
    if len(found) > MOST_DATES:
        raise OfficerError(
            f"A booking repeats at most {MOST_DATES} times, and until {day_words(found[-1])} it"
            " would be more. Give an earlier last day.",
            "repeat_until",
        )
    return found


def nth_weekdays(day: date) -> list[int]:
    """Return which of its month's weekdays a day is: [2], or [4, LAST] when it is both."""
    nth = (day.day - 1) // 7 + 1
    is_last = (day + timedelta(days=7)).month != day.month
    return [*([nth] if nth in _NTH else []), *([LAST] if is_last else [])]


def rule_words(rule: RepeatRule) -> str:
    """Return the rule without its end: "every Tuesday", "every 2 weeks on Mon and Thu"."""
    days = rule.weekdays or (rule.starts_on.weekday(),)
    if rule.kind is Repeats.DAY:
        return "every day" if rule.every == 1 else f"every {rule.every} days"
    if rule.kind is Repeats.WEEK:
        if rule.every == 1 and days == (0, 1, 2, 3, 4):
            return "every day from Monday to Friday"
        if rule.every == 1 and len(days) == 1:
            return f"every {LONG_DAYS[days[0]]}"
        named = _listed([DAYS[day] for day in days])
        return f"every {named}" if rule.every == 1 else f"every {rule.every} weeks on {named}"
    months = "month" if rule.every == 1 else f"{rule.every} months"
    if rule.kind is Repeats.MONTH_WEEKDAY:
        return f"every {months} on the {nth_words(rule.nth, rule.starts_on)}"
    return f"every {months} on the {_ordinal(rule.starts_on.day)}"


def nth_words(nth: int, day: date) -> str:
    """Return "second Tuesday"."""
    return f"{_NTH[nth]} {LONG_DAYS[day.weekday()]}"


def series_words(rule: RepeatRule, last: date) -> str:
    """Return the rule with its end: "every Tuesday until 8 Apr"."""
    year = f" {last.year}" if last.year != rule.starts_on.year else ""
    return f"{rule_words(rule)} until {last.day} {MONTHS[last.month - 1]}{year}"


def _refuse_nonsense(rule: RepeatRule) -> None:
    """Refuse a rule that no officer means."""
    if not 1 <= rule.every <= MOST_DATES:
        raise OfficerError(f"Repeat every 1 to {MOST_DATES}.", "repeat_every")
    if rule.until_on is None and rule.times is None:
        raise OfficerError("Say until when it repeats, or how many times.", "repeat_until")
    if rule.until_on is not None and rule.times is not None:
        raise OfficerError("Give the last day or how many times, not both.", "repeat_times")
    if rule.times is not None and not 1 <= rule.times <= MOST_DATES:
        raise OfficerError(
            f"A booking repeats at most {MOST_DATES} times, not {rule.times:,}. Make it"
            " shorter; a year on it can be repeated again.",
            "repeat_times",
        )
    if rule.until_on is not None and rule.until_on < rule.starts_on:
        raise OfficerError(
            f"The last day comes before the first, {short_day(rule.starts_on)}.", "repeat_until"
        )
    first = rule.starts_on.weekday()
    if rule.kind is Repeats.WEEK and rule.weekdays and first not in rule.weekdays:
        raise OfficerError(
            f"It begins on {short_day(rule.starts_on)}, which is none of the days chosen. Choose"
            f" {DAYS[first]} as well, or begin on another day.",
            "repeat_weekdays",
        )
    if rule.kind is Repeats.MONTH_WEEKDAY and rule.nth not in nth_weekdays(rule.starts_on):
        raise OfficerError(
            f"{short_day(rule.starts_on)} is not the {_NTH.get(rule.nth, 'chosen')} of its"
            " weekdays in the month. Choose the repeat again.",
            "repeats",
        )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _ordinal(day: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{'th' if 10 < day < 14 else ending}"
