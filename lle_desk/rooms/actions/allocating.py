"""Giving many uses their rooms at once, as an allocation found them best.

Work it out first, outside any transaction, and look at it:

    question = database.read(allocation_question, site_id, first, last)
    plan = allocate(question)
    database.write(by, apply_allocation, plan)

A screen hands `give_rooms` to `desk.do`: the same, with the way back.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.errors import RecordChanged
from lle_desk.core.undo import Undoable, Way
from lle_desk.rooms.actions.charging import follow_charges
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.actions.moving import moved
from lle_desk.rooms.actions.requests import CloseSpace
from lle_desk.rooms.actions.spaces import close_space
from lle_desk.rooms.models import Closure, RoomBooking, RoomUse
from lle_desk.rooms.queries.allocation import allocation_question, replace_question
from lle_desk.rooms.queries.wanting import give_wanted
from lle_desk.rooms.rules import Slot
from lle_desk.rooms.rules.allocation import Allocation, Placement

AT_ONCE = 500  # uses asked for in one question to the database

__all__ = ["allocation_question", "apply_allocation", "give_rooms", "replace_question"]


def give_rooms(session: Session, plan: Allocation) -> Undoable[int]:
    """Apply an allocation as `apply_allocation` does; undone, all are where they were before.

    A closure that was made with it goes first, so that its room can be used again.

    Raises:
        RecordChanged: something that the plan depends on has changed since it was worked out.
    """
    done = Keeping(apply_allocation, _words_of(plan))(session, plan)
    closing = plan.question.closing
    if closing is None:
        return done
    way = done.way

    def back(session: Session) -> None:
        closure = session.scalars(
            select(Closure).where(Closure.client_uuid == closing.client_uuid)
        ).one_or_none()
        if closure is not None:
            session.delete(closure)
            session.flush()
        if way is not None:
            way.back(session)

    return Undoable(
        done.answer,
        Way(
            _words_of(plan),
            back,
            None,
            way.before if way is not None else {},
            way.after if way is not None else {},
        ),
    )


def _words_of(plan: Allocation) -> str:
    count = len(plan.changed)
    closed = " and closed the room" if plan.question.closing is not None else ""
    return f"Gave {count:,} use{'' if count == 1 else 's'} other rooms{closed}"


def apply_allocation(session: Session, plan: Allocation) -> int:
    """Give all uses the rooms of the plan, and return how many have changed.

    All or nothing. A use that the plan leaves without a room, is parked. A planned closure is
    made.

    Raises:
        RecordChanged: something that the plan depends on has changed since it was worked out.
    """
    asked = plan.question
    now = allocation_question(session, asked.site_id, asked.first, asked.last, asked.closing)
    if now != asked:
        if _is_done(session, plan):  # the answer to an earlier try was lost
            return len(plan.changed)
        raise RecordChanged(
            "The diary of these days changed while this was worked out. Work it out again."
        )
    if asked.closing is not None:
        closing = asked.closing
        close_space(
            session,
            CloseSpace(
                client_uuid=closing.client_uuid,
                site_id=asked.site_id,
                space_id=closing.space_id,
                starts_at=closing.starts_at,
                ends_at=closing.ends_at,
                reason=closing.reason,
            ),
        )
    _move_all(session, [one for one in plan.changed if not one.use.wanted_by])
    for one in plan.changed:
        if one.use.wanted_by and one.space is not None:
            give_wanted(session, one.use, one.space.id)
    return len(plan.changed)


def _move_all(session: Session, moves: Sequence[Placement]) -> None:
    """Write the moves in an order in which no two ever hold one room.

    Each is written as soon as all that is in its way has left. Where some wait for one another
    in a circle, one of them steps aside first.
    """
    uses = _loaded(session, [one.use.id for one in moves])
    way = _Way(moves)
    waiting = list(moves)
    while waiting:
        leaving = [one for one in waiting if not way.is_blocked(one)]
        if leaving:
            left = {one.use.id for one in leaving}
            waiting = [one for one in waiting if one.use.id not in left]
            for one in leaving:
                _write(uses[one.use.id], one)
        else:
            leaving = [next(one for one in waiting if way.is_there(one))]
            uses[leaving[0].use.id].space_id = None
        session.flush()
        for one in leaving:
            way.leave(one)
    bookings = _bookings(session, {use.room_booking_id for use in uses.values()})
    for one in moves:
        use = uses[one.use.id]
        moved(session, bookings[use.room_booking_id], use, time_changed=False)
    for booking in bookings.values():
        if booking.source != "course" and booking.customer_id is not None:
            follow_charges(session, booking.id)


class _Way:
    """What is still in the rooms of today, and so in the way of what is to move there."""

    def __init__(self, moves: Iterable[Placement]) -> None:
        self._there: dict[tuple[int, date], dict[int, Slot]] = {}
        self._staying: set[int] = set()
        for one in moves:
            if one.today is not None:
                self._staying.add(one.use.id)
                slot = Slot(one.use.reserved_from, one.use.reserved_to)
                for key in _keys(one.today.cells, slot):
                    self._there.setdefault(key, {})[one.use.id] = slot

    def is_there(self, one: Placement) -> bool:
        """Return whether the use still holds its room of today."""
        return one.use.id in self._staying

    def is_blocked(self, one: Placement) -> bool:
        """Return whether another use has not left the room that this one is to have."""
        if one.space is None or one.reserved is None:
            return False
        return any(
            use_id != one.use.id and slot.overlaps(one.reserved)
            for key in _keys(one.space.cells, one.reserved)
            for use_id, slot in self._there.get(key, {}).items()
        )

    def leave(self, one: Placement) -> None:
        """Take the use out of its room of today."""
        if one.today is not None and self.is_there(one):
            self._staying.discard(one.use.id)
            slot = Slot(one.use.reserved_from, one.use.reserved_to)
            for key in _keys(one.today.cells, slot):
                del self._there[key][one.use.id]


def _keys(cells: Iterable[int], slot: Slot) -> Iterable[tuple[int, date]]:
    """Return each cell on each day that the time touches."""
    days = (slot.ends_at.date() - slot.starts_at.date()).days
    for cell in cells:
        for number in range(days + 1):
            yield cell, slot.starts_at.date() + timedelta(days=number)


def _write(use: RoomUse, one: Placement) -> None:
    use.space_id = None if one.space is None else one.space.id
    if one.reserved is not None:
        use.reserved_from, use.reserved_to = one.reserved.starts_at, one.reserved.ends_at
        use.over_capacity_reason = ""  # a room it is moved to is never too small


def _loaded(session: Session, use_ids: Sequence[int]) -> Mapping[int, RoomUse]:
    found: dict[int, RoomUse] = {}
    for first in range(0, len(use_ids), AT_ONCE):
        some = use_ids[first : first + AT_ONCE]
        found |= {
            use.id: use for use in session.scalars(select(RoomUse).where(RoomUse.id.in_(some)))
        }
    return found


def _bookings(session: Session, booking_ids: Iterable[int]) -> Mapping[int, RoomBooking]:
    listed = sorted(booking_ids)
    found: dict[int, RoomBooking] = {}
    for first in range(0, len(listed), AT_ONCE):
        some = select(RoomBooking).where(RoomBooking.id.in_(listed[first : first + AT_ONCE]))
        found |= {booking.id: booking for booking in session.scalars(some)}
    return found


def _is_done(session: Session, plan: Allocation) -> bool:
    """Return whether all uses have the rooms of the plan, one or two saves after it was made."""
    moves = [one for one in plan.changed if not one.use.wanted_by]
    uses = _loaded(session, [one.use.id for one in moves])
    return bool(moves) and all(
        one.use.id in uses
        and uses[one.use.id].space_id == (one.space.id if one.space else None)
        and 1 <= uses[one.use.id].version - one.use.version <= 2
        for one in moves
    )
