"""What an allocation depends on, read in one go."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from lle_desk.core.errors import OfficerError
from lle_desk.rooms.models import Claim, RoomBooking, RoomUse, Space
from lle_desk.rooms.queries.free import LONGEST
from lle_desk.rooms.queries.house import closures_of
from lle_desk.rooms.queries.spaces import sites, space_facts
from lle_desk.rooms.queries.wanting import wanted_rooms
from lle_desk.rooms.rules import Closed, Slot, SpaceFacts, Status
from lle_desk.rooms.rules.allocation import (
    AllocationQuestion,
    PlannedClosure,
    TakenCell,
    UseToPlace,
)

DAY = timedelta(days=1)
MOST_DAYS = 366
MOMENT = timedelta(seconds=1)
SAME_COURSE = timedelta(days=183)  # so far apart, days of one course need not share a room


def allocation_question(
    session: Session,
    site_id: int,
    first: date,
    last: date,
    closing: PlannedClosure | None = None,
) -> AllocationQuestion:
    """Return what an allocation of the days from `first` to `last`, both counted, depends on.

    What has no room, wants one at the first site. It waits when a room is to be closed:
    that is for those who have rooms.

    Raises:
        OfficerError: the days are the wrong way round, or more than a year.
    """
    if not first <= last <= first + MOST_DAYS * DAY:
        raise OfficerError("Give a first and a last day, at most a year apart.", "last")
    spaces = space_facts(session, site_id)
    days = Slot(datetime.combine(first, time()), datetime.combine(last, time()) + DAY)
    is_first = [site.id for site in sites(session)[:1]] == [site_id]
    movable, pinned, over = _uses(session, site_id, days, is_first and closing is None)
    ends = max((use.reserved_to for use in movable), default=days.ends_at)
    span = Slot(days.starts_at - DAY, max(ends, days.ends_at) + DAY)
    closed = closures_of(session, spaces, span)
    if closing is not None:
        closed.append(_as_closed(closing, spaces))
    moving = {use.id for use in movable if not use.wanted_by}
    return AllocationQuestion(
        site_id=site_id,
        first=first,
        last=last,
        spaces=tuple(spaces),
        uses=tuple(movable),
        taken=tuple(_taken(session, spaces, span, moving)),
        closed=tuple(closed),
        kept=tuple(sorted(_kept(session, days, movable, [*pinned, *over]))),
        stuck=tuple(_stuck(pinned, spaces, closed)),
        closing=closing,
    )


def replace_question(session: Session, closing: PlannedClosure) -> AllocationQuestion:
    """Return what giving other rooms to all that a closure drives out depends on.

    Raises:
        OfficerError: the room is not there, or the end is not after the start.
    """
    found = space_facts(session, space_ids=[closing.space_id])
    if not found:
        raise OfficerError("That room is not in the list any more. Choose another.", "space")
    if closing.ends_at <= closing.starts_at:
        raise OfficerError("The end must come after the start.", "ends_at")
    space = found[0]
    earliest = select(Claim.starts_at).where(
        Claim.holds_space,
        Claim.resource_id.in_(space.cells),
        Claim.starts_at < closing.ends_at,
        Claim.starts_at >= closing.starts_at - LONGEST,
        Claim.ends_at > closing.starts_at,
    )
    driven_out = session.scalars(earliest.order_by(Claim.starts_at).limit(1)).first()
    first = min(closing.starts_at, driven_out or closing.starts_at).date()
    last = (closing.ends_at - MOMENT).date()
    return allocation_question(session, space.site_id, first, last, closing)


def _uses(
    session: Session, site_id: int, days: Slot, takes_homeless: bool
) -> tuple[list[UseToPlace], list[UseToPlace], list[UseToPlace]]:
    """Return the uses of those days that may move, those that are pinned, and those over."""
    place = and_(Space.site_id == site_id, Space.is_active)
    if takes_homeless:
        place = or_(place, RoomUse.space_id.is_(None))
    found = (
        select(
            RoomUse.id,
            RoomUse.version,
            RoomUse.room_booking_id,
            RoomBooking.number,
            RoomBooking.title,
            RoomUse.starts_at,
            RoomUse.ends_at,
            RoomUse.reserved_from,
            RoomUse.reserved_to,
            RoomUse.heads,
            RoomUse.layout,
            RoomUse.space_id,
            RoomUse.is_pinned,
            or_(RoomUse.actual_heads.is_not(None), RoomBooking.status == Status.COMPLETED),
        )
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .join(Space, Space.id == RoomUse.space_id, isouter=True)
        .where(
            RoomUse.holds_space,
            RoomUse.starts_at >= days.starts_at,
            RoomUse.starts_at < days.ends_at,
            place,
        )
        .order_by(RoomUse.starts_at, RoomUse.id)
    )
    movable: list[UseToPlace] = []
    pinned: list[UseToPlace] = []
    over: list[UseToPlace] = []
    for *values, is_pinned, is_over in session.execute(found):
        (over if is_over else pinned if is_pinned else movable).append(UseToPlace(*values))
    if takes_homeless:
        last = (days.ends_at - DAY).date()
        movable.extend(wanted_rooms(session, days.starts_at.date(), last))
        movable.sort(key=lambda use: (use.starts_at, use.wanted_by, use.id))
    return movable, pinned, over


def _taken(
    session: Session, spaces: Sequence[SpaceFacts], span: Slot, moving: set[int]
) -> Iterable[TakenCell]:
    """Return what holds the rooms' cells and stays."""
    cells = {cell for space in spaces for cell in space.cells}
    found = (
        select(Claim.resource_id, Claim.starts_at, Claim.ends_at, Claim.room_use_id)
        .where(
            Claim.holds_space,
            Claim.resource_id.in_(cells),
            Claim.starts_at < span.ends_at,
            Claim.starts_at >= span.starts_at - LONGEST,
            Claim.ends_at > span.starts_at,
        )
        .order_by(Claim.resource_id, Claim.starts_at)
    )
    for cell, starts_at, ends_at, use_id in session.execute(found):
        if use_id not in moving:
            yield TakenCell(cell, starts_at, ends_at)


def _kept(
    session: Session, days: Slot, movable: Sequence[UseToPlace], fixed: Sequence[UseToPlace]
) -> set[tuple[int, int]]:
    """Return the rooms that the bookings of the uses have and keep, those of days near by too."""
    parties = {use.party for use in movable}
    inside = and_(RoomUse.starts_at >= days.starts_at, RoomUse.starts_at < days.ends_at)
    bookings = select(RoomUse.room_booking_id).where(inside)
    found = select(RoomUse.room_booking_id, RoomUse.space_id).where(
        RoomUse.holds_space,
        RoomUse.space_id.is_not(None),
        or_(
            RoomUse.starts_at.between(days.starts_at - SAME_COURSE, days.starts_at - MOMENT),
            RoomUse.starts_at.between(days.ends_at, days.ends_at + SAME_COURSE),
        ),
        or_(
            RoomUse.room_booking_id.in_(bookings),
            RoomUse.room_booking_id.in_([use.party for use in movable if use.wanted_by]),
        ),
    )
    kept = {(row[0], row[1]) for row in session.execute(found) if row[1] is not None}
    kept.update((use.party, use.space_id) for use in fixed if use.space_id is not None)
    return {(party, space) for party, space in kept if party in parties}


def _stuck(
    pinned: Iterable[UseToPlace], spaces: Sequence[SpaceFacts], closed: Sequence[Closed]
) -> Iterable[UseToPlace]:
    """Return what is pinned in a room while it is closed."""
    by_id = {space.id: space for space in spaces}
    for use in pinned:
        space = None if use.space_id is None else by_id[use.space_id]
        slot = Slot(use.reserved_from, use.reserved_to)
        if space and any(
            one.overlaps(slot) and (one.cells is None or one.cells & space.cells) for one in closed
        ):
            yield use


def _as_closed(closing: PlannedClosure, spaces: Sequence[SpaceFacts]) -> Closed:
    space = next((one for one in spaces if one.id == closing.space_id), None)
    if space is None:
        raise OfficerError("That room is not in the list any more. Choose another.", "space")
    return Closed(closing.starts_at, closing.ends_at, space.site_id, space.cells, closing.reason)
