"""What waits for the room manager, and whether it could be had now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.customers.models import Customer
from lle_desk.rooms.models import RoomAnswer, RoomBooking, RoomRequest, RoomUse, Space
from lle_desk.rooms.queries.house import diary_of
from lle_desk.rooms.queries.spaces import space_facts
from lle_desk.rooms.rules import Fit, Slot, SpaceFacts, Status, Wanted, best_first, minutes_of
from lle_desk.rooms.rules.asking import ANSWERABLE, RequestState

MOST_LISTED = 300


@dataclass(frozen=True, slots=True)
class OfferRow:
    """Another room and time that was offered."""

    space_id: int
    room: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request in the queue.

    `room` is what was wished for, "" for any. `verdict` says whether it can be had: `is_free`,
    and `is_freed` when it could not be had before. `instead` is the best room that is free
    then. `answer` is the newest, with who gave it and when.
    """

    request_id: int
    version: int
    state: str
    asked_by: str
    asked_at: datetime
    note: str
    use_id: int
    number: int
    title: str
    category: str
    customer: str
    space_id: int | None
    room: str
    starts_at: datetime
    ends_at: datetime
    heads: int
    layout: str
    is_free: bool
    is_freed: bool
    verdict: str
    instead: SpaceFacts | None
    answer: str
    answered_by: str
    answered_at: datetime | None
    offer: OfferRow | None


def can_be_held(session: Session, use: RoomUse) -> bool:
    """Return whether the room a use wishes for could be had now; of none wished for, any."""
    spaces = (
        space_facts(session, space_ids=[use.space_id]) if use.space_id else space_facts(session)
    )
    return any(fit.fits for fit in _fits(session, spaces, use))


def requests_queue(session: Session, site_id: int | None, now: datetime) -> list[RequestRow]:
    """Return the requests of what is still to come: freed ones first, then the oldest."""
    found = (
        select(RoomRequest, RoomUse, RoomBooking, Customer.name)
        .join(RoomUse, RoomUse.id == RoomRequest.room_use_id)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .join(Customer, Customer.id == RoomBooking.customer_id, isouter=True)
        .join(Space, Space.id == RoomUse.space_id, isouter=True)
        .where(
            RoomRequest.state.in_([str(state) for state in ANSWERABLE]),
            RoomUse.ends_at > now,
            RoomBooking.status != Status.CANCELLED,
        )
        .order_by(RoomRequest.asked_at, RoomRequest.id)
        .limit(MOST_LISTED)
    )
    if site_id is not None:
        found = found.where((Space.site_id == site_id) | RoomUse.space_id.is_(None))
    rows = [(one[0], one[1], one[2], one[3] or "") for one in session.execute(found)]
    spaces = {space.id: space for space in space_facts(session, site_id)}
    answers = _newest_answers(session, [row[0].id for row in rows])
    listed = [
        _row(session, spaces, answers.get(request.id), request, use, booking, customer)
        for request, use, booking, customer in rows
    ]
    return sorted(listed, key=lambda row: not row.is_freed)


def _row(
    session: Session,
    spaces: dict[int, SpaceFacts],
    answer: RoomAnswer | None,
    request: RoomRequest,
    use: RoomUse,
    booking: RoomBooking,
    customer: str,
) -> RequestRow:
    fits = _fits(session, spaces.values(), use)
    best = best_first(fits, use.heads)
    wished = next((fit for fit in fits if fit.space.id == use.space_id), None)
    is_free = wished.fits if wished is not None else bool(best)
    return RequestRow(
        request_id=request.id,
        version=request.version,
        state=request.state,
        asked_by=request.asked_by,
        asked_at=request.asked_at,
        note=request.note,
        use_id=use.id,
        number=booking.number,
        title=booking.title,
        category=booking.category,
        customer=customer,
        space_id=use.space_id,
        room=wished.space.name if wished is not None else "",
        starts_at=use.starts_at,
        ends_at=use.ends_at,
        heads=use.heads,
        layout=use.layout,
        is_free=is_free,
        is_freed=is_free and request.was_taken,
        verdict=_verdict(wished, best, freed=request.was_taken),
        instead=best[0].space if best else None,
        answer=answer.words if answer else "",
        answered_by=answer.answered_by if answer else "",
        answered_at=answer.answered_at if answer else None,
        offer=_offer(answer, spaces) if request.state == RequestState.OFFERED else None,
    )


def _verdict(wished: Fit | None, best: Sequence[Fit], *, freed: bool) -> str:
    """Return "now free", "free", or who has it."""
    if wished is None:
        count = f"{len(best)} room{'' if len(best) == 1 else 's'} free"
        return f"now {count}" if freed and best else count if best else "no room is free"
    if wished.fits:
        return "now free" if freed else "free"
    return wished.brief


def _fits(session: Session, spaces: Iterable[SpaceFacts], use: RoomUse) -> list[Fit]:
    listed = list(spaces)
    is_bare = use.space_id is None and use.reserved_from == use.starts_at
    wanted = Wanted(
        use.starts_at,
        use.ends_at,
        use.heads,
        use.layout,
        None if is_bare else minutes_of(use.reserved_from, use.starts_at),
        None if is_bare else minutes_of(use.ends_at, use.reserved_to),
        use.id,
        booking=use.room_booking_id,
    )
    slots = [wanted.reserved_in(space) for space in listed]
    if not slots:
        return []
    span = Slot(min(one.starts_at for one in slots), max(one.ends_at for one in slots))
    diary = diary_of(session, listed, span)
    return [diary.judge(space, wanted) for space in listed]


def _offer(answer: RoomAnswer | None, spaces: dict[int, SpaceFacts]) -> OfferRow | None:
    if answer is None or answer.space_id is None:
        return None
    if answer.starts_at is None or answer.ends_at is None:
        return None
    space = spaces.get(answer.space_id)
    return OfferRow(
        answer.space_id, space.name if space else "another room", answer.starts_at, answer.ends_at
    )


def _newest_answers(session: Session, request_ids: Sequence[int]) -> dict[int, RoomAnswer]:
    newest = (
        select(func.max(RoomAnswer.id))
        .where(RoomAnswer.room_request_id.in_(request_ids))
        .group_by(RoomAnswer.room_request_id)
    )
    found = session.scalars(select(RoomAnswer).where(RoomAnswer.id.in_(newest)))
    return {answer.room_request_id: answer for answer in found}
