"""Which rooms are free: one question, judged by the same rule that refuses a booking."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from lle_desk.rooms.models import (
    Claim,
    Closure,
    RoomBooking,
    RoomUse,
    Space,
    SpaceCell,
)
from lle_desk.rooms.queries.spaces import space_facts
from lle_desk.rooms.rules import (
    Closed,
    Diary,
    Fit,
    Held,
    OtherTime,
    Slot,
    SpaceFacts,
    Wanted,
    best_first,
    day_of,
    near_misses,
    other_times,
)

LONGEST = timedelta(days=31)  # no claim is longer: a check of the database
LONGEST_CLOSURE = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeRoomsQuestion:
    """Who asks for a room: when, how many, laid out how. Site None asks all sites.

    Minutes None: as each space and layout say. `ignoring_use_id` is not in its own way.
    """

    starts_at: datetime
    ends_at: datetime
    heads: int
    layout: str
    site_id: int | None = None
    before_minutes: int | None = None
    after_minutes: int | None = None
    ignoring_use_id: int | None = None

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            self.starts_at,
            self.ends_at,
            self.heads,
            self.layout,
            self.before_minutes,
            self.after_minutes,
            self.ignoring_use_id,
        )


@dataclass(frozen=True, slots=True)
class FreeRooms:
    """The rooms that fit, best first, and the others with what is wrong, nearest first.

    `later` has other times that day, when no room fits at the time asked for.
    """

    fits: tuple[Fit, ...]
    near: tuple[Fit, ...]
    later: tuple[OtherTime, ...] = ()


def free_spaces(session: Session, question: FreeRoomsQuestion) -> FreeRooms:
    """Return how each room of the site answers the question."""
    spaces = space_facts(session, question.site_id)
    if not spaces:
        return FreeRooms((), ())
    wanted = question.wanted
    reserved = [wanted.reserved_in(space) for space in spaces]
    diary = diary_of(session, spaces, widest(reserved))
    judged = [
        diary.judge(space, wanted, slot) for space, slot in zip(spaces, reserved, strict=True)
    ]
    fits = tuple(best_first(judged, question.heads))
    near = tuple(near_misses(judged, question.heads))
    return FreeRooms(fits, near, () if fits else _other_times(session, spaces, wanted))


def _other_times(
    session: Session, spaces: Sequence[SpaceFacts], wanted: Wanted
) -> tuple[OtherTime, ...]:
    hours = day_of(wanted)
    margin = timedelta(hours=8)  # no set-up or clear-down is longer
    diary = diary_of(session, spaces, hours.with_margins(margin, margin))
    return tuple(other_times(spaces, wanted, diary))


def diary_of(
    session: Session, spaces: Iterable[SpaceFacts], span: Slot, without: Collection[int] = ()
) -> Diary:
    """Return what is held and closed on the cells of the spaces in that time.

    Uses `without` are being moved together: none of them is in the way.
    """
    listed = list(spaces)
    cells = {cell for space in listed for cell in space.cells}
    places = {space.site_id for space in listed}
    held = _held(session, cells, span)
    if without:
        held = [one for one in held if one.use_id not in without]
    return Diary(held, _closed(session, places, span))


def closures_of(session: Session, spaces: Iterable[SpaceFacts], span: Slot) -> list[Closed]:
    """Return what is closed at the sites of the spaces in that time, oldest record first."""
    return _closed(session, {space.site_id for space in spaces}, span)


def widest(reserved: Sequence[Slot]) -> Slot:
    """Return the time from the first start to the last end."""
    return Slot(min(slot.starts_at for slot in reserved), max(slot.ends_at for slot in reserved))


# Every save of a room asks these, so they are put together once: that takes longer than asking.
_HELD = (
    select(
        Claim.starts_at,
        Claim.ends_at,
        Claim.resource_id,
        RoomUse.id,
        RoomBooking.number,
        RoomBooking.title,
        Space.name,
        RoomUse.starts_at,
        RoomUse.ends_at,
    )
    .join(RoomUse, RoomUse.id == Claim.room_use_id)
    .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
    .join(Space, Space.id == RoomUse.space_id)
    .where(
        Claim.holds_space,
        Claim.resource_id.in_(bindparam("cells", expanding=True)),
        Claim.starts_at < bindparam("ends_at"),
        Claim.starts_at >= bindparam("earliest"),
        Claim.ends_at > bindparam("starts_at"),
    )
)
_CLOSED = (
    select(
        Closure.id,
        Closure.starts_at,
        Closure.ends_at,
        Closure.site_id,
        Closure.space_id,
        Closure.reason,
        SpaceCell.resource_id,
    )
    .join(SpaceCell, SpaceCell.space_id == Closure.space_id, isouter=True)
    .where(
        Closure.site_id.in_(bindparam("sites", expanding=True)),
        Closure.starts_at < bindparam("ends_at"),
        Closure.starts_at >= bindparam("earliest"),
        Closure.ends_at > bindparam("starts_at"),
    )
    .order_by(Closure.id)
)


def _held(session: Session, cells: set[int], span: Slot) -> list[Held]:
    asked = {
        "cells": list(cells),
        "starts_at": span.starts_at,
        "ends_at": span.ends_at,
        "earliest": span.starts_at - LONGEST,
    }
    return [Held(*row) for row in session.execute(_HELD, asked)]


def _closed(session: Session, site_ids: set[int], span: Slot) -> list[Closed]:
    asked = {
        "sites": list(site_ids),
        "starts_at": span.starts_at,
        "ends_at": span.ends_at,
        "earliest": span.starts_at - LONGEST_CLOSURE,
    }
    made: dict[int, tuple[datetime, datetime, int, int | None, str, set[int]]] = {}
    for closure_id, starts, ends, site_id, space_id, reason, cell in session.execute(
        _CLOSED, asked
    ):
        entry = made.setdefault(closure_id, (starts, ends, site_id, space_id, reason, set()))
        if cell is not None:
            entry[5].add(cell)
    return [
        Closed(starts, ends, site_id, None if space_id is None else frozenset(cells), reason)
        for starts, ends, site_id, space_id, reason, cells in made.values()
    ]
