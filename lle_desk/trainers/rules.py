"""What a trainer's time is for, how leave is counted, and how a clash is told. Plain values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from lle_desk.core.days import day_words, span_words

DAY = timedelta(days=1)
LONGEST_DAYS = 31  # one row of the diary; longer leave is several
NOON = time(12, 30)


class Purpose(StrEnum):
    """What a trainer's time is held for."""

    SESSION = "session"
    VISIT = "visit"
    LEAVE = "leave"
    OTHER = "other"


class Part(StrEnum):
    """Which part of its days leave takes."""

    DAY = "all day"
    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class TakenTime:
    """What a trainer does then: [reserved_from, reserved_to) with travel, the work within."""

    trainer: str
    purpose: str
    words: str
    starts_at: datetime
    ends_at: datetime
    reserved_from: datetime
    reserved_to: datetime
    time_id: int = 0  # of the stretch that is kept, 0 where none is


def away_spans(first: date, last: date, part: Part) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans of leave from `first` to `last`, both counted, none above 31 days.

    Half days are a span each; whole days run on from midnight to midnight.
    """
    if part is not Part.DAY:
        for number in range((last - first).days + 1):
            day = first + DAY * number
            midnight, noon = datetime.combine(day, time()), datetime.combine(day, NOON)
            yield (midnight, noon) if part is Part.MORNING else (noon, midnight + DAY)
        return
    start = first
    while start <= last:
        end = min(last + DAY, start + DAY * LONGEST_DAYS)
        yield datetime.combine(start, time()), datetime.combine(end, time())
        start = end


def taken_words(taken: TakenTime) -> str:
    """Return "Anna Example has the course “Phonics” on Tue 4 Mar 2014, 09:30–15:30"."""
    return f"{taken.trainer} {doing_words(taken.purpose, taken.words)} {when_words(taken)}"


def doing_words(purpose: str, words: str) -> str:
    """Return what the trainer does, after the name: "is on leave", "has the course “Phonics”"."""
    if purpose == Purpose.LEAVE:
        return "is away"
    if purpose == Purpose.SESSION:
        return f"has the course “{words}”" if words else "has a course"
    if purpose == Purpose.VISIT:
        return f"has the visit “{words}”" if words else "has a visit"
    return f"has “{words}”" if words else "is busy"


def when_words(taken: TakenTime) -> str:
    """Return the time of it, with the travel where there is some."""
    starts, ends = taken.starts_at, taken.ends_at
    if ends - starts >= DAY and starts.time() == ends.time() == time():
        last = (ends - DAY).date()
        first = day_words(starts.date())
        return f"on {first}" if last == starts.date() else f"from {first} to {day_words(last)}"
    if taken.purpose == Purpose.LEAVE and (starts.time(), ends.time()) == (time(), NOON):
        return f"on the morning of {day_words(starts.date())}"
    if taken.purpose == Purpose.LEAVE and (starts.time(), ends.time()) == (NOON, time()):
        return f"on the afternoon of {day_words(starts.date())}"
    said = f"on {day_words(starts.date())}, {span_words(starts, ends)}"
    if (taken.reserved_from, taken.reserved_to) != (starts, ends):
        said += f" (with travel {span_words(taken.reserved_from, taken.reserved_to)})"
    return said


def initials_of(name: str) -> str:
    """Return "AE" for Anna Example: the first letters of the first and last word."""
    words = [word for word in name.split() if word[0].isalnum()]
    chosen = words if len(words) < 3 else [words[0], words[-1]]
    return "".join(word[0].upper() for word in chosen)
