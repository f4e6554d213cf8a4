"""States of events and places, and what a place costs. Plain values in, plain values out."""

from enum import StrEnum


class EventState(StrEnum):
    """Where an event is on its way."""

    PLANNED = "planned"
    OPEN = "open"
    CONFIRMED = "confirmed to run"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


class PlaceState(StrEnum):
    """What became of a place; booked, attended and did not attend hold a seat."""

    BOOKED = "booked"
    WAITING = "waiting"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    ABSENT = "did not attend"


HOLDING = frozenset({PlaceState.BOOKED, PlaceState.ATTENDED, PlaceState.ABSENT})
BOOKABLE = frozenset({EventState.OPEN, EventState.CONFIRMED})
