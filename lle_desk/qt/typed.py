"""What an officer types for a day, a time or an amount, read kindly. No Qt."""

import re
from datetime import date, time, timedelta

from lle_desk.core.days import DAYS, MONTHS
from lle_desk.core.money import Pence, pence_typed

_PARTS = re.compile(r"[\s/.,\-]+")
_TIME = re.compile(r"^(\d{1,2})[:.h ]?(\d{2})?\s*(am|pm)?$", re.IGNORECASE)
_STEP = re.compile(r"^([+\-\N{MINUS SIGN}])\s*(\d{1,3})\s*([dwm]?)$")
WORDS = {"today": 0, "t": 0, "tomorrow": 1, "tom": 1, "yesterday": -1}


def parse_date(text: str, today: date) -> date | None:
    """Return the day meant by `text`, or None when it is none.

    It takes 4/3/14, 4.3.2014, 4 mar, Tue 4 Mar 2014, 040314, 2014-03-04, "4" (the next 4th),
    "tue" (the next one, today not), +7, -1, +2w, +1m, today, tomorrow. A day without a year
    is the one nearest to `today`.
    """
    typed = text.strip().casefold()
    if typed in WORDS:
        return today + timedelta(days=WORDS[typed])
    step = _STEP.match(typed)
    if step:
        return _stepped(today, step)
    if len(typed) >= 2 and typed.isalpha():
        return _next_weekday(typed, today)
    if re.fullmatch(r"\d{6}|\d{8}", typed):
        typed = f"{typed[:2]}/{typed[2:4]}/{typed[4:]}"
    parts = [part for part in _PARTS.split(typed) if part]
    if len(parts) > 1 and _weekday(parts[0]) is not None:
        parts = parts[1:]  # "Tue 4 Mar": the day of the week follows from the date
    return _from_parts(parts, today)


def parse_time(text: str) -> time | None:
    """Return the time meant by 930, 9.30, 09:30, 9, 9am, 2.15pm, or None when it is none."""
    typed = text.strip().casefold()
    if re.fullmatch(r"\d{3,4}", typed):
        typed = f"{typed[:-2]}:{typed[-2:]}"
    found = _TIME.match(typed)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def parse_money(text: str) -> Pence | None:
    """Return the pence meant by 165, £1,165.50 or −3, or None when it is no amount."""
    return pence_typed(text.strip())


def _stepped(today: date, step: re.Match[str]) -> date | None:
    count = int(step[2]) * (1 if step[1] == "+" else -1)
    if step[3] == "m":
        months = today.year * 12 + today.month - 1 + count
        return _date(months // 12, months % 12 + 1, min(today.day, 28))
    return today + timedelta(days=count * (7 if step[3] == "w" else 1))


def _next_weekday(typed: str, today: date) -> date | None:
    at = _weekday(typed)
    if at is None:
        return None
    return today + timedelta(days=(at - today.weekday() - 1) % 7 + 1)


def _weekday(typed: str) -> int | None:
    """Return 0 for Monday; "t" alone is nobody's day."""
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    fits = [at for at, name in enumerate(names) if len(typed) >= 2 and name.startswith(typed)]
    short = [day.casefold() for day in DAYS]
    return short.index(typed) if typed in short else fits[0] if fits else None


def _from_parts(parts: list[str], today: date) -> date | None:
    if not parts or len(parts) > 3:
        return None
    if len(parts) == 3 and len(parts[0]) == 4 and parts[0].isdecimal():  # 2014-03-04
        parts = parts[::-1]
    day = _number(parts[0])
    if day is None:
        return None
    if len(parts) == 1:
        return _next_day_of_month(day, today)
    month = _month(parts[1])
    if month is None:
        return None
    if len(parts) == 2:
        near = [_date(today.year + by, month, day) for by in (-1, 0, 1)]
        return min(filter(None, near), key=lambda one: abs((one - today).days), default=None)
    year = _number(parts[2])
    if year is None or len(parts[2]) not in (2, 4):
        return None
    return _date(year + 2000 if year < 100 else year, month, day)


def _next_day_of_month(day: int, today: date) -> date | None:
    months = today.year * 12 + today.month - 1
    found = (_date((months + by) // 12, (months + by) % 12 + 1, day) for by in range(3))
    return next((one for one in found if one is not None and one >= today), None)


def _month(part: str) -> int | None:
    number = _number(part)
    if number is not None:
        return number
    fits = [at for at, name in enumerate(MONTHS, 1) if part[:3] == name.casefold()]
    return fits[0] if fits else None


def _number(part: str) -> int | None:
    digits = re.sub(r"(st|nd|rd|th)$", "", part)
    return int(digits) if digits.isdecimal() and digits.isascii() else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 2000 <= year < 2200 else None
    except ValueError:
        return None
