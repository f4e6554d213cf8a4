"""Files that other programs take: meetings as iCalendar (RFC 5545)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lle_desk.core.errors import OfficerError
from lle_desk.core.types import clean_text
from lle_desk.paper.sender import WOODLANDS
from lle_desk.rooms.papers import CalendarEntry, CalendarFile

if TYPE_CHECKING:
    from icalendar import Event

PROGRAM = "-//Lancashire Learning Excellence//LLE Desk//EN"
LONDON = "Europe/London"


def calendar_bytes(file: CalendarFile) -> bytes:
    """Return the file as bytes in UTF-8, lines folded, with the time zone it is written in.

    All of it cancelled, it asks programs to take it out (METHOD:CANCEL), else it is published.
    """
    from icalendar import Calendar

    calendar = Calendar.new(
        prodid=PROGRAM,
        method="CANCEL" if file.withdraws else "PUBLISH",
        name=_line(file.name),
    )
    for entry in file.entries:
        calendar.add_component(_event(entry, file))
    if file.entries:
        first = min(entry.starts_at for entry in file.entries).date() - timedelta(days=366)
        last = max(entry.ends_at for entry in file.entries).date() + timedelta(days=366)
        calendar.add_missing_timezones(first, last)
    data: bytes = calendar.to_ical()
    return data


def write_calendar(path: Path, file: CalendarFile) -> int:
    """Write the file and return how many meetings it has.

    Raises:
        OfficerError: it has none, or cannot be written there.
    """
    if not file.entries:
        raise OfficerError(f"“{file.name}” has no booking in that time, so nothing was written.")
    data = calendar_bytes(file)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OfficerError(f"{path} cannot be written: {error.strerror}.") from error
    return len(file.entries)


def _event(entry: CalendarEntry, file: CalendarFile) -> "Event":
    from icalendar import Event, vCalAddress, vText
    from icalendar.enums import STATUS

    organizer = vCalAddress(f"mailto:{file.organizer}")
    organizer.params["CN"] = vText(WOODLANDS.name)
    status = STATUS.TENTATIVE if entry.is_provisional else STATUS.CONFIRMED
    return Event.new(
        uid=entry.uid,
        sequence=entry.sequence,
        stamp=file.made_at.replace(tzinfo=UTC),
        summary=_line(entry.title),
        description=clean_text(entry.words),
        location=_line(entry.place),
        start=_london(entry.starts_at),
        end=_london(entry.ends_at),
        status=STATUS.CANCELLED if entry.is_cancelled else status,
        organizer=organizer,
    )


def _london(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZoneInfo(LONDON))


def _line(text: str) -> str:
    """Return `text` as one line, without letters that no line of the file may hold."""
    return " ".join(clean_text(text).split())
