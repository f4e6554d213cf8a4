"""What a cell of a spreadsheet means: days, times of day and numbers, in all their manners.

Every function raises ValueError with a sentence for the officer when a cell cannot be read with
certainty; none guesses between two readings of one cell, but two are settled by custom here: a
day stands before its month unless the column says otherwise, and "1.30" is half past one in the
afternoon: nobody books a room at that hour of the night without writing 01:30.
"""

import re
from datetime import date, datetime, time, timedelta

from lle_desk.core.days import DAYS, MONTHS, on_london_clock
from lle_desk.core.sheets import Value

DAY_MINUTES = 24 * 60
FIRST_YEAR, LAST_YEAR = 2000, 2199
_SERIAL_0 = date(1899, 12, 30)  # Excel's day 0, seen from March 1900 on
_SERIALS = range((date(FIRST_YEAR, 1, 1) - _SERIAL_0).days, (date(2200, 1, 1) - _SERIAL_0).days)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*(?:of\s+)?([a-z]{3,9})[\s\-/.,]*(\d{4}|\d{2})"
)
_AMERICAN = re.compile(r"([a-z]{3,9})[\s.]+(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})")
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,.]+")
_CLOCK = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?(?::\d{2})?\s*(am|pm)?")
_DIGITS = re.compile(r"(\d{2})(\d{2})\s*(?:h|hrs|hours)?")
_BETWEEN = re.compile(r"\s*(?:-|–|—|−|\bto\b|\buntil\b|\btill?\b)\s*")
_DAY_AND_TIME = re.compile(
    r"(.*?\d)(?:\s+at\s+|\s*,\s*|\s+|t(?=\d))(\d{1,2}[:.]\d{2}.*|\d{1,2}\s*[ap]\.?m.*)"
)
_COUNT = re.compile(r"(\d{1,6})(?:\.0+)?\s*(?:people|persons|delegates|heads|pax|seats)?")
_NAMED_TIMES = {"noon": 720, "midday": 720, "12 noon": 720, "midnight": 0}


def shown(value: Value) -> str:
    """Return a cell as the officer sees it in the spreadsheet, more or less; "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}" if value.time() != time() else f"{value:%d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)


def read_words(value: Value) -> str:
    """Return a cell as words; a whole number has no decimals, so that 212.0 is room 212."""
    return shown(value)


def read_count(value: Value) -> int:
    """Return a number of people, 1 to 100,000."""
    found = _COUNT.fullmatch(shown(value).replace(",", "").casefold())
    if isinstance(value, bool) or not found or not 1 <= int(found[1]) <= 100_000:
        raise ValueError(
            f"“{shown(value)[:30]}” is not a number of people. Write a number such as 30, or"
            " leave it empty: then half of the room's seats are taken, as an estimate."
        )
    return int(found[1])


def read_day(value: Value, *, month_first: bool = False) -> date:
    """Return a day, whatever time of day stands with it."""
    if isinstance(value, datetime):
        return _sensible(value.date(), value)
    if isinstance(value, date):
        return _sensible(value, value)
    serial = _serial(value)
    if serial is not None:
        return _SERIAL_0 + timedelta(days=int(serial))
    text = shown(value).casefold().strip(" .,")
    found = _day_in(text, month_first)
    if found is None:
        apart = _DAY_AND_TIME.fullmatch(text)
        found = _day_in(apart[1].strip(" ,"), month_first) if apart else None
    if found is None:
        raise ValueError(
            f"“{shown(value)[:30]}” is no day that can be read with its year. Write it as"
            " 3/3/2014 or 3 Mar 2014."
        )
    return _sensible(found, value)


def read_clock(value: Value) -> int:
    """Return a time of day in minutes after midnight, 0 to 1439; midnight is 0."""
    if isinstance(value, datetime):
        return _minutes(value.hour, value.minute, value.second)
    if isinstance(value, time):
        return _minutes(value.hour, value.minute, value.second)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _clock_of_number(value)
    text = _tidy(shown(value))
    if re.fullmatch(r"0?\.\d{3,}", text):  # an Excel time that lost its format
        return _clock_of_number(float(text))
    return _clock(text, shown(value))


def read_span(value: Value) -> tuple[int, int]:
    """Return "09:00-12:30", "9.30am to 12", "1-3pm" as minutes; the end may be 1440."""
    text = _tidy(shown(value))
    parts = _BETWEEN.split(text)
    if len(parts) != 2 or not all(parts):
        raise ValueError(f"“{shown(value)[:30]}” is no time from and to. Write it as 09:30-12:30.")
    first, last = parts
    if last.endswith(("am", "pm")) and not first.endswith(("am", "pm")) and ":" not in first:
        half = last[-2:]
        other = "am" if half == "pm" else "pm"
        end = _clock(last, text)
        tries = [_clock(f"{first} {one}", text) for one in (half, other) if _is_short(first)]
        start = next((one for one in tries if one < (end or DAY_MINUTES)), _clock(first, text))
    else:
        start, end = _clock(first, text), _clock(last, text)
        if end <= start and end and end < 720 and not last.endswith("am"):
            end += 720  # 9-7, 11am-1
    return start, end or DAY_MINUTES


def read_moment(value: Value, *, month_first: bool = False) -> datetime:
    """Return a day with its time of day; a time with an offset as the clock in London shows it."""
    if isinstance(value, datetime):
        return _at(_sensible(value.date(), value), _minutes(value.hour, value.minute, value.second))
    serial = _serial(value)
    if serial is not None and serial % 1:
        return _at(_SERIAL_0 + timedelta(days=int(serial)), round(serial % 1 * DAY_MINUTES))
    text = shown(value)
    if re.match(r"\d{4}-\d\d-\d\d[T ]\d", text):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is not None:
            moment = on_london_clock(moment) if moment.tzinfo is not None else moment
            return moment.replace(microsecond=0, fold=0)
    apart = _DAY_AND_TIME.fullmatch(text.casefold().strip())
    if not apart:
        raise ValueError(
            f"“{text[:30]}” is no day with a time. Write it as 3/3/2014 09:30, or choose the column"
            " that has the day."
        )
    return _at(read_day(apart[1].strip(" ,"), month_first=month_first), read_clock(apart[2]))


def month_stands_first(value: Value) -> bool | None:
    """Return whether a written day can only be month/day (True), only day/month, or either."""
    found = _NUMBERS.match(value) if isinstance(value, str) else None
    if not found or (int(found[1]) > 12) == (int(found[2]) > 12):
        return None
    return int(found[2]) > 12


def _day_in(text: str, month_first: bool) -> date | None:
    weekday = _WEEKDAY.match(text)
    rest = text[weekday.end() :] if weekday else text
    numbers = _written(rest, month_first)
    try:
        day = None if numbers is None else date(*numbers)
    except ValueError:
        return None
    if day is not None and weekday and DAYS[day.weekday()].casefold() != weekday[1]:
        raise ValueError(
            f"“{text[:30]}” names another day of the week: it is a {day:%A}. Correct one of them."
        )
    return day


def _written(text: str, month_first: bool) -> tuple[int, int, int] | None:
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMBERS.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        month, day = (first, second) if month_first else (second, first)
        return _year(found[3]), month, day
    if (found := _NAMED.fullmatch(text)) and (month := _month(found[2])):
        return _year(found[3]), month, int(found[1])
    if (found := _AMERICAN.fullmatch(text)) and (month := _month(found[1])):
        return _year(found[3]), month, int(found[2])
    return None


def _month(text: str) -> int:
    """Return 3 for "mar" and "march", 0 for what is no month."""
    known = [month.casefold() for month in MONTHS]
    return known.index(text[:3]) + 1 if text[:3] in known else 0


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _serial(value: Value) -> float | None:
    """Return an Excel serial number, also one written out as text, None when it is not one."""
    if isinstance(value, str) and re.fullmatch(r"\d{5}(\.\d+)?", value):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if int(value) in _SERIALS else None


def _sensible(day: date, value: Value) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"“{shown(value)[:30]}” is not in this age. Correct the year.")
    return day


def _tidy(text: str) -> str:
    """Return a time in small letters, with am and pm as such."""
    return re.sub(r"([ap])\s*\.?\s*m\b\.?", r"\1m", text.casefold().strip())


def _is_short(text: str) -> bool:
    """Return whether a time may be of either half of the day: 9, 9.30."""
    found = _CLOCK.fullmatch(text)
    return bool(found) and not found[3] and 1 <= int(found[1]) <= 12  # type: ignore[index]


def _clock(text: str, whole: str) -> int:
    text = text.removesuffix("hrs").removesuffix("hours").strip()
    if text in _NAMED_TIMES:
        return _NAMED_TIMES[text]
    hour, minute = _hour_and_minute(text)
    if hour == 24 and not minute:
        hour = 0
    if hour > 23 or minute > 59:
        raise ValueError(f"“{whole[:30]}” is no time of day. Write it as 09:30 or 9.30am.")
    return hour * 60 + minute


def _hour_and_minute(text: str) -> tuple[int, int]:
    """Return 9 and 30; 99 and 0 for what is no time."""
    digits = _DIGITS.fullmatch(text)
    if digits:
        return int(digits[1]), int(digits[2])
    found = _CLOCK.fullmatch(text)
    if not found:
        return 99, 0
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half is None:
        is_afternoon = 1 <= hour <= 6 and not text.startswith("0")
        return hour + 12 * is_afternoon, minute
    if half == "pm" and 13 <= hour <= 23:
        return hour, minute  # 13:30pm
    return (hour % 12 + 12 * (half == "pm") if 1 <= hour <= 12 else 99), minute


def _clock_of_number(value: float) -> int:
    """Return a share of a day, or 9.3 and 930 typed for 9.30, as minutes."""
    if 0 <= value < 1:
        return round(value * DAY_MINUTES) % DAY_MINUTES
    if _serial(value) is not None:
        return round(value % 1 * DAY_MINUTES) % DAY_MINUTES
    if value == int(value) and 100 <= value < 2400 and value % 100 < 60:
        return int(value) // 100 * 60 + int(value) % 100
    hour, minute = int(value), round(value % 1 * 100)
    if hour < 24 and abs(value * 100 - round(value * 100)) < 1e-6 and minute in (0, 15, 30, 45):
        return _clock(f"{hour}.{minute:02d}", f"{value:g}")
    raise ValueError(f"“{value:g}” is no time of day. Write it as 09:30 or 9.30am.")


def _minutes(hour: int, minute: int, second: int) -> int:
    """Return minutes, to the nearest: a serial of 9.30 may be a second short of it."""
    return round((hour * 3600 + minute * 60 + second) / 60) % DAY_MINUTES


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minutes)
