"""Giving many uses their rooms at once, as an allocation found them best.

Work it out first, outside any transaction, and look at it:

    question = database.read(allocation_question, site_id, first, last)
    plan = allocate(question)
    database.write(by, apply_allocation, plan)

A screen hands `give_rooms` to `desk.do`: the same, with the way back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, or_, select, update
from sqlalchemy.orm import Session

from lle_desk.core.errors import RecordChanged
from lle_desk.core.undo import Record, Undoable, Way
from lle_desk.rooms.actions.charging import follow_charges
from lle_desk.rooms.actions.keeping import Keeping, put_rows
from lle_desk.rooms.actions.moving import moved, moving_together, stand_of
from lle_desk.rooms.actions.requests import CloseSpace
from lle_desk.rooms.actions.spaces import close_space
from lle_desk.rooms.models import Closure, RoomBooking, RoomUse
from lle_desk.rooms.queries.allocation import allocation_question, replace_question
from lle_desk.rooms.queries.wanting import give_wanted
from lle_desk.rooms.rules import Slot, SpaceFacts, number_words
from lle_desk.rooms.rules.allocation import Allocation, Placement

AT_ONCE = 500  # uses asked for in one question to the database
STALE = "The diary of these days changed while this was worked out. Work it out again."
_USE = cast(Table, RoomUse.__table__)
# A room that a use is moved to is never too small, so no reason stays with one that has a room.
_PLACE_USES = (
    update(_USE)
    .where(_USE.c.id == bindparam("use"), _USE.c.version == bindparam("seen"))
    .values(
        space_id=bindparam("space"),
        reserved_from=bindparam("starts"),
        reserved_to=bindparam("ends"),
        over_capacity_reason="",
        version=_USE.c.version + 1,
    )
)

__all__ = ["allocation_question", "apply_allocation", "give_rooms", "replace_question"]


def give_rooms(session: Session, plan: Allocation) -> Undoable[int]:
    """Apply an allocation as `apply_allocation` does; undone, all are where they were before.

    A closure that was made with it goes first, so that its room can be used again.

    Raises:
        RecordChanged: something that the plan depends on has changed since it was worked out.
    """
    numbers = [one.use.id for one in plan.changed if not one.use.wanted_by]
    before = _rows(session, numbers)
    done = Keeping(apply_allocation, _words_of(plan))(session, plan)  # sees rooms first held
    after = _rows(session, numbers)
    names = {
        one.use.id: f"“{one.use.title}”, {number_words(one.use.number)}," for one in plan.changed
    }
    records = {number: Record(RoomUse.__tablename__, number, names[number]) for number in after}
    held = done.way

    def back(session: Session) -> None:
        _open_again(session, plan)
        put_rows(session, [(RoomUse, number, before[number]) for number in records])
        if held is not None:
            held.back(session)

    def forth(session: Session) -> None:
        put_rows(session, [(RoomUse, number, after[number]) for number in records])
        if held is not None and held.forth is not None:
            held.forth(session)

    way = Way(
        _words_of(plan),
        back,
        forth if plan.question.closing is None else None,
        {one: before[number]["version"] for number, one in records.items()}
        | dict(held.before if held is not None else {}),
        {one: after[number]["version"] for number, one in records.items()}
        | dict(held.after if held is not None else {}),
    )
    is_nothing = not plan.changed and plan.question.closing is None
    return Undoable(done.answer, None if is_nothing else way, lead=done.lead)


def _open_again(session: Session, plan: Allocation) -> None:
    """Take away the closure that was made with the plan."""
    closing = plan.question.closing
    if closing is not None:
        made = select(Closure).where(Closure.client_uuid == closing.client_uuid)
        for closure in session.scalars(made):
            session.delete(closure)
        session.flush()


def _rows(session: Session, numbers: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """Return the rows of these uses as they are."""
    found: dict[int, Mapping[str, Any]] = {}
    for first in range(0, len(numbers), AT_ONCE):
        some = select(_USE).where(_USE.c.id.in_(numbers[first : first + AT_ONCE]))
        found |= {row["id"]: dict(row) for row in session.execute(some).mappings()}
    return found


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
        raise RecordChanged(STALE)
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
    """Write the moves in an order in which no two ever hold one room, many in one statement.

    Each is written as soon as all that is in its way has left. Where some wait for one another
    in a circle, one of them steps aside first.
    """
    versions = {one.use.id: one.use.version for one in moves}
    way = _Way(moves)
    waiting = list(moves)
    while waiting:
        leaving = [one for one in waiting if not way.is_blocked(one)]
        if leaving:
            left = {one.use.id for one in leaving}
            waiting = [one for one in waiting if one.use.id not in left]
            _write(session, [_moved_row(one) for one in leaving], versions)
        else:
            leaving = [next(one for one in waiting if way.is_there(one))]
            _write(session, [_aside_row(one) for one in leaving], versions)
        for one in leaving:
            way.leave(one)
    with moving_together(session):
        _tell_followers(session, {one.use.id: one.today for one in moves})


def _tell_followers(session: Session, rooms: Mapping[int, SpaceFacts | None]) -> None:
    """Take along what belongs to the uses: sessions of courses, and charges of customers.

    `rooms` are those that the uses had.
    """
    numbers = list(rooms)
    charged: dict[int, None] = {}
    for first in range(0, len(numbers), AT_ONCE):
        followed = (
            select(RoomUse, RoomBooking)
            .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
            .where(
                RoomUse.id.in_(numbers[first : first + AT_ONCE]),
                or_(RoomBooking.source != "", RoomBooking.customer_id.is_not(None)),
            )
            .execution_options(populate_existing=True)
        )
        for use, booking in session.execute(followed).all():
            had = rooms[use.id]
            moved(session, booking, use, replace(stand_of(use), space_id=had.id if had else None))
            if booking.source != "course" and booking.customer_id is not None:
                charged[booking.id] = None
    follow_charges(session, *charged)


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


def _moved_row(one: Placement) -> dict[str, Any]:
    use, reserved = one.use, one.reserved
    return {
        "use": use.id,
        "space": None if one.space is None else one.space.id,
        "starts": use.reserved_from if reserved is None else reserved.starts_at,
        "ends": use.reserved_to if reserved is None else reserved.ends_at,
    }


def _aside_row(one: Placement) -> dict[str, Any]:
    """Return the use without a room, at its own time."""
    use = one.use
    return {"use": use.id, "space": None, "starts": use.reserved_from, "ends": use.reserved_to}


def _write(session: Session, rows: Sequence[dict[str, Any]], versions: dict[int, int]) -> None:
    """Write rows at once and count their versions on.

    Raises:
        RecordChanged: one of them has another version than it was asked with.
    """
    told = [row | {"seen": versions[row["use"]]} for row in rows]
    written = session.connection().execute(_PLACE_USES, told)
    if written.rowcount not in (-1, len(told)):
        raise RecordChanged(STALE)
    for row in rows:
        versions[row["use"]] += 1


def _loaded(session: Session, use_ids: Sequence[int]) -> Mapping[int, RoomUse]:
    found: dict[int, RoomUse] = {}
    for first in range(0, len(use_ids), AT_ONCE):
        some = use_ids[first : first + AT_ONCE]
        found |= {
            use.id: use for use in session.scalars(select(RoomUse).where(RoomUse.id.in_(some)))
        }
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
