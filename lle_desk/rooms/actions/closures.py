"""Closing rooms, letting somebody in all the same, and saying when a site is open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.rooms.actions.holding import written
from lle_desk.rooms.actions.moving import check_times
from lle_desk.rooms.actions.requests import CloseSpace
from lle_desk.rooms.actions.spaces import close_space
from lle_desk.rooms.models import Closure, ClosureAllowance, OpeningHours, RoomBooking
from lle_desk.rooms.queries.house import LONGEST_CLOSURE

WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class EditClosure:
    """A closure as it is to be; space None closes the whole site."""

    closure_id: int
    seen_version: int
    space_id: int | None
    starts_at: datetime
    ends_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveClosure:
    """A closure that is not to be after all."""

    closure_id: int
    seen_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetIn:
    """A customer, or the booking of a WR number, that may use what a closure closes."""

    client_uuid: str
    closure_id: int
    customer_id: int | None = None
    booking_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetHours:
    """When a site is open: minutes after midnight for each day from Monday, None: shut.

    `instead_of` are the hours that are undone; others were said since then.
    """

    site_id: int
    days: tuple[tuple[int, int] | None, ...]
    instead_of: tuple[tuple[int, int] | None, ...] | None = None


def edit_closure(session: Session, ask: EditClosure) -> int:
    """Change a closure and return its new version. What is booked in it stays, to be moved.

    Raises:
        OfficerError: the reason is missing, or the end is not after the start.
        RecordChanged: somebody saved it since `seen_version`.
    """
    closure = _seen(session, ask.closure_id, ask.seen_version)
    check_times(ask.starts_at, ask.ends_at, LONGEST_CLOSURE)
    closure.space_id = ask.space_id
    closure.starts_at, closure.ends_at = ask.starts_at, ask.ends_at
    closure.reason = written(ask.reason, "The reason", 200, "reason", needed=True)
    session.flush()
    return closure.version


def remove_closure(session: Session, ask: RemoveClosure) -> None:
    """Take a closure away, with the list of those it let in.

    Raises:
        RecordChanged: somebody saved it since `seen_version`.
    """
    if session.get(Closure, ask.closure_id) is None:
        return  # it went, and only the answer was lost
    closure = _seen(session, ask.closure_id, ask.seen_version)
    session.execute(delete(ClosureAllowance).where(ClosureAllowance.closure_id == closure.id))
    session.delete(closure)
    session.flush()


def let_in(session: Session, ask: LetIn) -> int:
    """Let a customer or a booking use what is closed, and return the allowance's id.

    Raises:
        OfficerError: neither is said, or there is no booking of that number.
    """
    if session.get(Closure, ask.closure_id) is None:
        raise RecordChanged("This closure is not there any more. Look at the closures again.")
    booking_id = _booking(session, ask)
    done = session.scalar(select(ClosureAllowance.id).where(*_same(ask, booking_id)))
    if done is not None:
        return done
    allowed = ClosureAllowance(
        client_uuid=ask.client_uuid,
        closure_id=ask.closure_id,
        customer_id=ask.customer_id,
        room_booking_id=booking_id,
    )
    session.add(allowed)
    session.flush()
    return allowed.id


def let_out(session: Session, ask: LetIn) -> None:
    """Let in no more whom `let_in` let in with the same request."""
    session.execute(delete(ClosureAllowance).where(*_same(ask, _booking(session, ask))))


def close_again(session: Session, ask: CloseSpace, those: Sequence[LetIn]) -> int:
    """Close a space that was closed before, let the same in, and return the closure's id.

    Raises:
        OfficerError: as `close_space`.
    """
    closure_id = close_space(session, ask)
    for one in those:
        let_in(session, replace(one, closure_id=closure_id))
    return closure_id


def keep_out(session: Session, allowance_id: int) -> None:
    """Let somebody in no more. What they have booked there is listed to be moved."""
    session.execute(delete(ClosureAllowance).where(ClosureAllowance.id == allowance_id))


def set_hours(session: Session, ask: SetHours) -> None:
    """Say when a site is open. What is booked outside these hours already stays.

    Raises:
        OfficerError: a day closes before it opens.
        RecordChanged: the hours are not those that are to be undone.
    """
    if any(hours is not None and not 0 <= hours[0] < hours[1] <= 1440 for hours in ask.days):
        raise OfficerError("A day must close after it opens.", "hours")
    known = {
        row.weekday: row
        for row in session.scalars(select(OpeningHours).where(OpeningHours.site_id == ask.site_id))
    }
    if ask.instead_of is not None and any(
        (row.opens, row.closes) != (ask.instead_of[weekday] or (0, 0))
        for weekday, row in known.items()
    ):
        raise RecordChanged("Another desk changed the opening hours since. Look at them again.")
    for weekday in range(WEEK):
        opens, closes = ask.days[weekday] or (0, 0)
        row = known.get(weekday)
        if row is None:
            row = OpeningHours(
                client_uuid=new_uuid(), site_id=ask.site_id, weekday=weekday, opens=0, closes=0
            )
            session.add(row)
        row.opens, row.closes = opens, closes
    session.flush()


def _booking(session: Session, ask: LetIn) -> int | None:
    """Return the booking that is let in, None for a customer."""
    if ask.customer_id is not None:
        return None
    if ask.booking_number is None:
        raise OfficerError("Say who may come in: a customer, or a booking.", "customer_id")
    found = select(RoomBooking.id).where(RoomBooking.number == ask.booking_number)
    booking_id = session.scalar(found)
    if booking_id is None:
        raise OfficerError(
            f"There is no booking WR-{ask.booking_number:05d}. Look at its number again.",
            "booking_number",
        )
    return booking_id


def _same(ask: LetIn, booking_id: int | None) -> tuple[ColumnElement[bool], ...]:
    return (
        ClosureAllowance.closure_id == ask.closure_id,
        ClosureAllowance.customer_id.is_not_distinct_from(ask.customer_id),
        ClosureAllowance.room_booking_id.is_not_distinct_from(booking_id),
    )


def _seen(session: Session, closure_id: int, version: int) -> Closure:
    closure = session.get(Closure, closure_id)
    if closure is None or closure.version != version:
        raise RecordChanged(
            "Another desk changed this closure while you had it open. Look at it again first."
        )
    return closure
