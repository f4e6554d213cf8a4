"""How the Courses screens put things: what happened, and the marks of what an event needs."""

from collections.abc import Iterable
from datetime import date, datetime

from lle_desk.core.changes import HistoryRow
from lle_desk.core.days import london_time, short_day
from lle_desk.courses.rules import EventState

NEED_KINDS = {"refusal": "refusal", "warning": "warning", "plain": "plain", "fine": "check"}
STATE_KINDS = {
    EventState.PLANNED: "plain",
    EventState.OPEN: "fine",
    EventState.CONFIRMED: "fine",
    EventState.CANCELLED: "refusal",
    EventState.COMPLETED: "plain",
}
DONE = {
    "add_course": "added the course",
    "edit_course": "changed the course",
    "add_event": "added the event",
    "edit_event": "changed the event",
    "set_event_state": "changed where it stands",
    "set_session_room": "gave a session a room",
    "clear_session_room": "gave a room back",
    "book_places": "booked places",
    "cancel_booking": "cancelled it",
    "issue": "issued a paper",
}


def when_words(utc: datetime, today: date) -> str:
    """Return "Today 10:38" or "Mon 3 Mar", the year only when it is another."""
    at = london_time(utc)
    if at.date() == today:
        return f"Today {at:%H:%M}"
    year = f" {at.year}" if at.year != today.year else ""
    return f"{short_day(at.date())}{year}"


def history_lines(rows: Iterable[HistoryRow], today: date) -> list[tuple[str, str]]:
    """Return when, and who did what, once for what was done in one go."""
    lines: list[tuple[str, str]] = []
    for row in rows:
        if row.action not in DONE:
            did = row.action.replace("_", " ")
        elif row.action == "set_event_state" and "state" in row.after:
            did = f"set it to {row.after['state']}"
        else:
            did = DONE[row.action]
        why = f", {row.reason}" if row.reason else ""
        line = (when_words(row.at, today), f"{row.officer} {did}{why}")
        if not lines or lines[-1] != line:
            lines.append(line)
    return lines
