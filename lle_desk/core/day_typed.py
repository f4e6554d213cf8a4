"""A coming day as somebody says it on the telephone, among words that may be a title. No Qt."""

import re
from datetime import date, timedelta

from lle_desk.core.days import LONG_DAYS, MONTHS


def day_typed(typed: str, today: date) -> date | None:
    """Return the coming day that is named, None when it is no day.

    It takes "13 mar", "13/3", "13/3/14", "Thu 13 Mar", "thursday" (the next one), "today" and
    "tomorrow". A short "sat" alone is part of a title.
    """
    words = typed.casefold().split()
    if len(words) == 1 and words[0] in ("today", "tomorrow"):
        return today + timedelta(days=("today", "tomorrow").index(words[0]))
    at = _weekday(words[0]) if words else None
    if at is not None and len(words) == 1:
        is_short = len(words[0]) < 4
        return None if is_short else today + timedelta(days=(at - today.weekday() - 1) % 7 + 1)
    return _dated(" ".join(words if at is None else words[1:]), today)


def _weekday(word: str) -> int | None:
    """Return 0 for "mon", "monday" or "monday,"."""
    word = word.rstrip(",.")
    names = [name.casefold() for name in LONG_DAYS]
    fits = [at for at, name in enumerate(names) if len(word) > 2 and name.startswith(word)]
    return 2 if word == "weds" else fits[0] if fits else None


def _dated(words: str, today: date) -> date | None:
    found = re.fullmatch(
        r"(\d{1,2})(?:st|nd|rd|th)?(?:[\s/.-]+([a-z]{3,9}|\d{1,2}))(?:[\s/.-]+(\d{4}|\d{2}))?",
        words,
    )
    if not found:
        return None
    month = _month(found[2])
    try:
        if found[3]:
            return date(int(found[3]) + (2000 if len(found[3]) == 2 else 0), month, int(found[1]))
        day = date(today.year, month, int(found[1]))
        return day if day >= today else day.replace(year=today.year + 1)
    except ValueError:
        return None


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    names = [name.casefold() for name in MONTHS]
    return names.index(word[:3]) + 1 if word[:3] in names else 0
