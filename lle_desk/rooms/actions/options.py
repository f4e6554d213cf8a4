"""What is done with an option that runs out: chased, or given more time."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from lle_desk.core.db import acting
from lle_desk.core.errors import OfficerError
from lle_desk.core.types import clean_text
from lle_desk.rooms.actions.holding import wall_clock, written
from lle_desk.rooms.actions.moving import seen
from lle_desk.rooms.models import RoomBooking
from lle_desk.rooms.rules import Status, number_words
from lle_desk.rooms.rules.options import chase_line


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendOption:
    """A provisional booking that may wait until `option_on`."""

    booking_id: int
    seen_version: int
    option_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseOption:
    """The customer was asked about a provisional booking; `words` say what they said."""

    booking_id: int
    seen_version: int
    words: str = ""


def extend_option(session: Session, ask: ExtendOption) -> int:
    """Give a provisional booking another option date, and return its new version.

    Raises:
        OfficerError: it is not provisional any more, or the date is past.
        RecordChanged: somebody saved it since `seen_version`.
    """
    booking = session.get_one(RoomBooking, ask.booking_id)
    if booking.option_on == ask.option_on and booking.version == ask.seen_version + 1:
        return booking.version  # it went in, and only the answer was lost
    _provisional(booking, ask.seen_version)
    if ask.option_on < wall_clock().date():
        raise OfficerError("That day is past. Choose a day to come.", "option_on")
    booking.option_on = ask.option_on
    session.flush()
    return booking.version


def chase_option(session: Session, ask: ChaseOption) -> int:
    """Note on a provisional booking that its customer was asked; return its new version.

    Raises:
        OfficerError: it is not provisional any more, or its note is full.
        RecordChanged: somebody saved it since `seen_version`.
    """
    booking = session.get_one(RoomBooking, ask.booking_id)
    _provisional(booking, ask.seen_version)
    line = chase_line(wall_clock(), acting(session).officer, clean_text(ask.words)[:200])
    notes = f"{booking.notes_office}\n{line}".strip()
    booking.notes_office = written(notes, "The note", 4000, "notes_office")
    session.flush()
    return booking.version


def _provisional(booking: RoomBooking, version: int) -> None:
    if booking.status != Status.PROVISIONAL:
        raise OfficerError(f"{number_words(booking.number)} is {booking.status} by now.")
    seen(booking, version)
