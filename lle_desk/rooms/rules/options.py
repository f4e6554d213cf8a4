"""Options: how long they still run, and how a chase is noted on the booking."""

from datetime import date, datetime

from lle_desk.core.days import short_day

CHASED = "Chased "


def days_left_words(option_on: date | None, today: date) -> str:
    """Return "in 3 days", "today", "2 days ago", or that there is no day."""
    if option_on is None:
        return "no day"
    left = (option_on - today).days
    days = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
    return "today" if not left else f"in {days}" if left > 0 else f"{days} ago"


def chase_line(now: datetime, officer: str, words: str) -> str:
    """Return the line that a chase leaves in the office's note."""
    said = f": {words}" if words else ""
    return f"{CHASED}{short_day(now.date())} {now:%H:%M} by {officer}{said}"


def last_chase(notes: str) -> str:
    """Return the newest chase in the office's note, without its first word; "" when none."""
    lines = [line for line in notes.splitlines() if line.startswith(CHASED)]
    return lines[-1].removeprefix(CHASED) if lines else ""
