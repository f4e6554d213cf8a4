"""What goes with a room when it is moved, and the looks before anything is held."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.rooms.models import RoomBooking, RoomUse
from lle_desk.rooms.queries import LONGEST, FreeRoomsQuestion, diary_of, free_spaces, space_facts
from lle_desk.rooms.rules import Fit, Slot, SpaceFacts, Wanted, Why

MOST_OFFERED = 3
_TOGETHER = "moves of which what follows is told at once"


@dataclass(frozen=True, slots=True)
class Stand:
    """When a use is and in which room, None while it has none."""

    space_id: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """A use that was moved: where it was, and where it is."""

    use_id: int
    was: Stand
    now: Stand

    @property
    def is_other_time(self) -> bool:
        return (self.was.starts_at, self.was.ends_at) != (self.now.starts_at, self.now.ends_at)


Follower: TypeAlias = Callable[[Session, Sequence[Moved]], None]
_followers: dict[str, Follower] = {}


def follow_moves(source: str, follower: Follower) -> None:
    """Let `follower(session, moves)` move along with the uses of bookings of that `source`.

    It is called in the same transaction, after they were moved, with all that moved at once, and
    may refuse with an OfficerError. A slice above registers itself here.
    """
    _followers[source] = follower


def stand_of(use: RoomUse) -> Stand:
    """Return where a use is now."""
    return Stand(use.space_id, use.starts_at, use.ends_at)


def moved(session: Session, booking: RoomBooking, use: RoomUse, was: Stand) -> None:
    """Take along what belongs to the use.

    Raises:
        OfficerError: it belongs to something whose time only its own screen may change.
    """
    one = (booking, Moved(use.id, was, stand_of(use)))
    together: list[tuple[RoomBooking, Moved]] | None = session.info.get(_TOGETHER)
    if together is None:
        _follow(session, [one])
    else:
        together.append(one)


@contextmanager
def moving_together(session: Session) -> Iterator[None]:
    """Take along what belongs to all that is moved in here at its end, when all is in place.

    Two sessions of one event that change places are never at the same time then.
    """
    together: list[tuple[RoomBooking, Moved]] = []
    session.info[_TOGETHER] = together
    try:
        yield
    finally:
        session.info.pop(_TOGETHER, None)
    _follow(session, together)


def _follow(session: Session, moves: Sequence[tuple[RoomBooking, Moved]]) -> None:
    of_source: dict[str, list[Moved]] = {}
    for booking, one in moves:
        of_source.setdefault(booking.source, []).append(one)
        if booking.source == "course" and "course" not in _followers and one.is_other_time:
            raise OfficerError(
                f"“{booking.title}” is a course. Change its time in Courses; its room can be"
                " changed here.",
                "starts_at",
            )
    for source, listed in of_source.items():
        if source in _followers:
            _followers[source](session, listed)


def known_space(session: Session, space_id: int | None) -> SpaceFacts | None:
    """Return the space, None for parked.

    Raises:
        OfficerError: there is no such space.
    """
    if space_id is None:
        return None
    found = space_facts(session, space_ids=[space_id])
    if not found:
        raise OfficerError("That room is not in the list any more. Choose another.", "space")
    return found[0]


def asked_by(booking: RoomBooking, wanted: Wanted) -> Wanted:
    """Return what is wanted with who asks, whom a closure may let in all the same."""
    return replace(wanted, customer=booking.customer_id, booking=booking.id)


def refuse_misfit(session: Session, space: SpaceFacts, wanted: Wanted, reason: str) -> Fit:
    """Refuse a space that is taken, closed, or without a reason too small or not open then.

    Returns how it fits.

    Raises:
        OfficerError: with who has it and what is free instead.
    """
    diary = diary_of(session, [space], wanted.reserved_in(space))
    fit = diary.judge(space, wanted)
    if fit.fits or (fit.may_force and reason):
        return fit
    instead = _instead(session, space, wanted)
    if fit.why is Why.OUT_OF_HOURS:
        raise OfficerError(f"{fit.reason} Choose another time, or give a reason.", "starts_at")
    if fit.may_force:
        raise OfficerError(f"{fit.reason} {instead} Or give a reason and keep it.", "heads")
    raise OfficerError(f"{fit.reason} {instead}", "space")


def seen(record: RoomBooking | RoomUse, version: int) -> None:
    """Refuse what was asked of an older version.

    Raises:
        RecordChanged: it was saved since.
    """
    if record.version != version:
        raise RecordChanged(
            "Another desk changed this booking while you had it open. Look at it again first."
        )


def check_times(starts_at: datetime, ends_at: datetime, most: timedelta = LONGEST) -> None:
    """Refuse an end that is not after the start, or more than a month."""
    if ends_at <= starts_at:
        raise OfficerError("The end must come after the start.", "ends_at")
    if ends_at - starts_at > most:
        raise OfficerError(f"This lasts more than {most.days} days. Make it several.", "ends_at")


def reserved(space: SpaceFacts | None, wanted: Wanted) -> Slot:
    """Return the time to be reserved; what is parked has only the minutes it was given."""
    if space is not None:
        return wanted.reserved_in(space)
    bare = replace(wanted, before=wanted.before or 0, after=wanted.after or 0)
    return bare.reserved_in(_NO_SPACE)


_NO_SPACE = SpaceFacts(0, 0, "", "", "", "", frozenset(), ())


def _instead(session: Session, space: SpaceFacts, wanted: Wanted) -> str:
    """Return "Free then: Elm, Ash."; at most three, best first."""
    question = FreeRoomsQuestion(
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        heads=wanted.heads,
        layout=wanted.layout,
        site_id=space.site_id,
        before_minutes=wanted.before,
        after_minutes=wanted.after,
        ignoring_use_id=wanted.ignoring,
        customer_id=wanted.customer,
        booking_id=wanted.booking,
    )
    answer = free_spaces(session, question)
    if answer.fits:
        return f"Free then: {_names(answer.fits)}."
    smaller = [fit for fit in answer.near if fit.why is Why.TOO_SMALL]
    if smaller:
        return f"Nothing free then takes {wanted.heads}; the nearest is {_seats(smaller[0])}."
    return "No other room is free then."


def _names(fits: tuple[Fit, ...]) -> str:
    return ", ".join(fit.space.name for fit in fits[:MOST_OFFERED])


def _seats(fit: Fit) -> str:
    return f"{fit.space.name} ({fit.capacity})"
