"""Rooms wanted on several days at once, and how each of them is answered. No database, no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lle_desk.core.days import short_day, span_words
from lle_desk.core.errors import OfficerError
from lle_desk.rooms.rules.fit import Fit, Wanted
from lle_desk.rooms.rules.slots import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One room wanted on one day. Minutes None: as the space and the layout say.

    `space_id` None waits in the parking. `use_id` is the use that is moved here, None for a
    new one. Customer and booking say who asks, for what is closed to others only.
    """

    space_id: int | None
    starts_at: datetime
    ends_at: datetime
    heads: int
    layout: str
    before: int | None = None
    after: int | None = None
    reason: str = ""
    use_id: int | None = None
    customer_id: int | None = None
    booking_id: int | None = None

    @property
    def wanted(self) -> Wanted:
        """Return what is looked for."""
        return Wanted(
            self.starts_at,
            self.ends_at,
            self.heads,
            self.layout,
            self.before,
            self.after,
            self.use_id,
            customer=self.customer_id,
            booking=self.booking_id,
        )


@dataclass(frozen=True, slots=True)
class OtherRoom:
    """A room that would fit at the time asked for."""

    space_id: int
    name: str
    capacity: int


@dataclass(frozen=True, slots=True)
class PlaceVerdict:
    """Whether a place can be had; else why not, and what could be had instead.

    `times` are starts at which the same room fits that day. `field` names the form's field.
    """

    place: Place
    problem: str = ""
    field: str = ""
    is_closed: bool = False
    may_force: bool = False
    rooms: tuple[OtherRoom, ...] = ()
    times: tuple[datetime, ...] = ()

    @property
    def is_fine(self) -> bool:
        """Return whether it can be booked as it is asked for."""
        return not self.problem

    @property
    def line(self) -> str:
        """Return the refusal with its day: "Wed 5 Mar 09:30–12:00: Elm is taken …"."""
        when = span_words(self.place.starts_at, self.place.ends_at)
        return f"{short_day(self.place.starts_at.date())} {when}: {self.problem}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateChoice:
    """What the officer decided for one date of a repeating booking, and one of its rooms.

    `skip` says why the date is left out (or, in a change, that it stays as it is). Else the
    room and times are those to be had instead. `line` counts the booking's rooms from 0.
    """

    on: date
    line: int = 0
    skip: str = ""
    space_id: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date of a repeating booking as it will be: booked, left out, or still to be decided.

    `on` is the date of the rule; `skip` says why it is left out.
    """

    on: date
    line: int
    verdict: PlaceVerdict
    skip: str = ""

    @property
    def is_open(self) -> bool:
        """Return whether the officer must still decide."""
        return not self.skip and not self.verdict.is_fine


class PlacesRefused(OfficerError):
    """Some of several places cannot be had; nothing was saved. Each is named in a line."""

    def __init__(self, verdicts: Sequence[PlaceVerdict], of: int) -> None:
        bad = [verdict for verdict in verdicts if not verdict.is_fine]
        lines = "\n".join(verdict.line for verdict in bad)
        does = "does" if len(bad) == 1 else "do"
        super().__init__(f"{len(bad)} of {of} {does} not fit, so nothing is booked.\n{lines}")
        self.verdicts = tuple(verdicts)


class DatesRefused(OfficerError):
    """Some dates of a repeating booking cannot be had as asked; nothing was saved."""

    def __init__(self, rows: Sequence[DateRow]) -> None:
        open_rows = [row for row in rows if row.is_open]
        count = len(open_rows)
        dates = "1 date does" if count == 1 else f"{count} dates do"
        super().__init__(
            f"{dates} not fit, so nothing is saved. Choose below what happens on"
            f" {'it' if count == 1 else 'each'}.",
            "dates",
        )
        self.rows = tuple(rows)


def own_clash(reserved: Slot, cells: frozenset[int], before: "Sequence[Own]") -> str:
    """Return a sentence when an earlier place of the same booking is in the way, else ""."""
    for own in before:
        if own.cells & cells and own.slot.overlaps(reserved):
            return (
                f"{own.name} is in this booking already at"
                f" {span_words(own.slot.starts_at, own.slot.ends_at)}. Choose another room or"
                " time."
            )
    return ""


@dataclass(frozen=True, slots=True)
class Own:
    """What an earlier place of the same booking will hold."""

    name: str
    slot: Slot
    cells: frozenset[int]


def problem_of(fit: Fit, reason: str) -> str:
    """Return what is wrong with a place in a sentence, "" when it can be had."""
    if fit.fits or (fit.may_force and reason):
        return ""
    ending = " Choose something else, or give a reason." if fit.may_force else ""
    return f"{fit.reason}{'' if fit.reason.endswith('.') else '.'}{ending}"
