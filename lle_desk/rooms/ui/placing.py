"""A room and a time as the room manager types them: "Ash", "Ash 10:00-12:30", "Thu Ash"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lle_desk.core.days import short_day, span_words
from lle_desk.core.errors import OfficerError
from lle_desk.qt.typed import parse_date, parse_time
from lle_desk.rooms.rules import SpaceFacts

_SPAN = re.compile(r"(\d[\d:.]*(?:am|pm)?)\s*(?:-|–|to)\s*(\d[\d:.]*(?:am|pm)?)\s*$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A room with a time."""

    space: SpaceFacts
    starts_at: datetime
    ends_at: datetime

    @property
    def words(self) -> str:
        when = span_words(self.starts_at, self.ends_at)
        return f"{self.space.name}, {short_day(self.starts_at.date())} {when}"


def placed_from(
    typed: str, spaces: Sequence[SpaceFacts], starts_at: datetime, ends_at: datetime
) -> Placed:
    """Return the room and time that was typed; what is left out is as it was wished for.

    Raises:
        OfficerError: there is no such room, or the time or day cannot be read.
    """
    words = " ".join(typed.split())
    found = _SPAN.search(words)
    if found is not None:
        start, end = parse_time(found[1]), parse_time(found[2])
        if start is None or end is None or end <= start:
            raise OfficerError("Say the time as 10:00-12:30.")
        starts_at = datetime.combine(starts_at.date(), start)
        ends_at = datetime.combine(starts_at.date(), end)
        words = words[: found.start()].strip(" ,")
    room, day_words = _room_of(words, spaces)
    if day_words:
        day = parse_date(day_words, starts_at.date())
        if day is None:
            raise OfficerError(f"“{day_words}” is neither a room nor a day.")
        length = ends_at - starts_at
        starts_at = datetime.combine(day, starts_at.time())
        ends_at = starts_at + length
    return Placed(room, starts_at, ends_at)


def _room_of(words: str, spaces: Sequence[SpaceFacts]) -> tuple[SpaceFacts, str]:
    """Return the room named at the beginning, the longest name first, and what is left."""
    low = words.casefold()
    names = [(name, space) for space in spaces for name in (space.name, space.short_name) if name]
    for name, space in sorted(names, key=lambda pair: -len(pair[0])):
        if low == name.casefold() or low.startswith(name.casefold() + " "):
            return space, words[len(name) :].strip(" ,")
    raise OfficerError(f"There is no room “{words}”." if words else "Which room?")
