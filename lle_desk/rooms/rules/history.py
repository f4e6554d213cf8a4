"""The changes of a booking in an officer's words."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from lle_desk.core.days import short_day, span_words

_DONE = {
    "confirm_booking": "Confirmed",
    "restore_booking": "Taken back: it holds its room again",
    "save_room_bookings": "Brought in from a file",
}
_NAMED = {
    "layout": "Layout",
    "title": "Title",
    "category": "Category",
    "order_number": "Order number",
}
_SAID_ONLY = {
    "notes_customer": "Note for the customer",
    "notes_office": "Note for the office",
    "customer_id": "Customer",
    "contact_id": "Contact",
    "short_title": "Short title",
}


def change_words(
    action: str, before: Mapping[str, Any], after: Mapping[str, Any], rooms: Mapping[int, str]
) -> str:
    """Return what one save did: "Moved from Ash to Willow, heads 16 to 18".

    `before` and `after` are columns of the audit trail; `rooms` names the spaces in them.
    """
    if action in _DONE:
        return _DONE[action]
    if action == "cancel_booking":
        reason = str(after.get("cancelled_reason") or "").strip()
        return f"Cancelled: {reason}" if reason else "Cancelled"
    if action == "release_room":
        return "Room released"
    if not before:
        return _booked(after)
    told = [said for said in _changes(before, after, rooms) if said]
    return ", ".join(told[:1] + [_lower(said) for said in told[1:]]) or "Saved"


def _booked(after: Mapping[str, Any]) -> str:
    return "Entered as provisional" if after.get("status") == "provisional" else "Booked"


def _changes(
    before: Mapping[str, Any], after: Mapping[str, Any], rooms: Mapping[int, str]
) -> Iterator[str]:
    if _differs("space_id", before, after):
        yield _moved(rooms.get(before["space_id"]), rooms.get(after["space_id"]))
    yield _time_words(before, after)
    yield from _head_words(before, after)
    for column, words in _NAMED.items():
        if _differs(column, before, after):
            yield f"{words} {before[column] or 'none'} to {after[column] or 'none'}"
    for column, words in _SAID_ONLY.items():
        if _differs(column, before, after):
            yield f"{words} changed"
    if _differs("option_on", before, after) and after["option_on"]:
        yield f"Option to {after['option_on']}"


def _head_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    if _differs("heads", before, after):
        yield f"Heads {before['heads']} to {after['heads']}"
    if _differs("actual_heads", before, after):
        counted = after["actual_heads"]
        yield "Count taken away" if counted is None else f"Counted {counted} people"


def _moved(old: str | None, new: str | None) -> str:
    if old is None:
        return f"Given {new}"
    if new is None:
        return f"Taken out of {old}, no room yet"
    return f"Moved from {old} to {new}"


def _time_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    if not (_differs("starts_at", before, after) or _differs("ends_at", before, after)):
        margins = ("reserved_from", "reserved_to")
        if any(_differs(column, before, after) for column in margins):
            return "Set-up or clear-down changed"
        return ""
    old = _span({**after, **before})
    new = _span(after)
    if old is None or new is None:
        return "Time changed"
    if old[0].date() == new[0].date():
        return f"Time {span_words(*old)} to {span_words(*new)}"
    return f"From {_day_and_span(old)} to {_day_and_span(new)}"


def _span(values: Mapping[str, Any]) -> tuple[datetime, datetime] | None:
    try:
        starts, ends = str(values["starts_at"]), str(values["ends_at"])
    except KeyError:
        return None
    return datetime.fromisoformat(starts), datetime.fromisoformat(ends)


def _day_and_span(span: tuple[datetime, datetime]) -> str:
    return f"{short_day(span[0].date())} {span_words(*span)}"


def _differs(column: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return column in before and column in after and before[column] != after[column]


def _lower(said: str) -> str:
    return said[:1].lower() + said[1:]
