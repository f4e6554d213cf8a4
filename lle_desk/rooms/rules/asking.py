"""Asking the room manager: what a request can be, and what can be answered."""

from datetime import datetime
from enum import StrEnum


class RequestState(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AnswerKind(StrEnum):
    """What was answered; `taken back` is the undoing of an answer."""

    APPROVED = "approved"
    REFUSED = "refused"
    OFFERED = "offered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken back"


ANSWERABLE = frozenset({RequestState.WAITING, RequestState.OFFERED, RequestState.REFUSED})
OPEN = frozenset({RequestState.WAITING, RequestState.OFFERED})


def age_words(asked_at: datetime, now: datetime) -> str:
    """Return how long it has waited: "just now", "25 min", "3 h", "2 days"."""
    minutes = max(0, int((now - asked_at).total_seconds() // 60))
    if minutes < 2:
        return "just now"
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    if hours < 24:
        return f"{hours} h"
    days = (now.date() - asked_at.date()).days
    return f"{days} day{'' if days == 1 else 's'}"
