"""When a room is free, how large it is, and what a booking is called. No database, no Qt."""

from lle_desk.rooms.rules.fit import (
    Closed,
    Diary,
    Fit,
    Held,
    LayoutFacts,
    SpaceFacts,
    Wanted,
    Why,
    cells_in_common,
    closed_words,
    shortened,
)
from lle_desk.rooms.rules.history import change_words
from lle_desk.rooms.rules.hours import OpenTimes, week_words
from lle_desk.rooms.rules.kinds import (
    CATEGORY_CODES,
    HOLDING,
    WISHING,
    Category,
    Layout,
    Status,
    number_words,
)
from lle_desk.rooms.rules.later import OtherTime, day_of, other_times
from lle_desk.rooms.rules.ranking import best_first, near_misses
from lle_desk.rooms.rules.slots import Slot, minutes_of

__all__ = [
    "CATEGORY_CODES",
    "HOLDING",
    "WISHING",
    "Category",
    "Closed",
    "Diary",
    "Fit",
    "Held",
    "Layout",
    "LayoutFacts",
    "OpenTimes",
    "OtherTime",
    "Slot",
    "SpaceFacts",
    "Status",
    "Wanted",
    "Why",
    "best_first",
    "cells_in_common",
    "change_words",
    "closed_words",
    "day_of",
    "minutes_of",
    "near_misses",
    "number_words",
    "other_times",
    "shortened",
    "week_words",
]
