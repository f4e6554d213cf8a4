"""What is asked of several rooms and days at once, and of bookings that repeat."""

from dataclasses import dataclass
from datetime import date

from lle_desk.rooms.actions.requests import EditBooking, HoldRoom
from lle_desk.rooms.rules.places import DateChoice
from lle_desk.rooms.rules.repeats import RepeatRule, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRooms:
    """Several rooms and days of one booking, with one number: all of them or none.

    Title, customer, status and notes are those of the first line; each has its own room, day,
    times, layout and heads, and a `client_uuid` of its own.
    """

    lines: tuple[HoldRoom, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSeries:
    """A booking that repeats. `lines` are its rooms on the first date, which is the rule's.

    `choices` are what the officer decided for single dates. What a rule to leave out dates
    leaves out is not asked for.
    """

    client_uuid: str
    rule: RepeatRule
    lines: tuple[HoldRoom, ...]
    choices: tuple[DateChoice, ...] = ()
    skips_bank_holidays: bool = True
    skips_closures: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSeries:
    """A change of one date of a repeating booking that is meant for others as well.

    Only what `edit` changes is changed on the others, so that a date with its own room keeps
    it. `choices` are what the officer decided for single dates (by their day in the rule).
    """

    edit: EditBooking
    scope: Scope
    choices: tuple[DateChoice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelSeries:
    """Dates of a repeating booking to be cancelled, from the one that is shown.

    The rest is said of each date as `CancelBooking` says it.
    """

    booking_id: int
    seen_version: int
    scope: Scope
    reason: str = ""
    notice_on: date | None = None
    by_us: bool = False
    waived_because: str = ""
