"""The closures of a site, who is let in all the same, and what is booked in their way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from lle_desk.customers.models import Customer
from lle_desk.rooms.models import (
    Closure,
    ClosureAllowance,
    RoomBooking,
    RoomUse,
    Space,
    SpaceCell,
)
from lle_desk.rooms.queries.free import LONGEST
from lle_desk.rooms.queries.house import opening_hours
from lle_desk.rooms.queries.spaces import space_facts
from lle_desk.rooms.rules import OpenTimes, SpaceFacts, number_words

MOST = 300


@dataclass(frozen=True, slots=True)
class AllowedRow:
    """A customer or a booking that is let in."""

    allowance_id: int
    words: str
    customer_id: int | None
    booking_number: int | None


@dataclass(frozen=True, slots=True)
class InTheWay:
    """A use that was booked before its room was closed, and has to have another."""

    use_id: int
    number: int
    title: str
    room: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """A closure; `space_id` None closes the whole site."""

    id: int
    version: int
    space_id: int | None
    room: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    allowed: tuple[AllowedRow, ...]
    in_the_way: tuple[InTheWay, ...]


@dataclass(frozen=True, slots=True)
class ClosuresOfSite:
    """What the page of closures shows: the rooms, the hours (None: nobody said), the closures."""

    spaces: tuple[SpaceFacts, ...]
    hours: OpenTimes | None
    closures: tuple[ClosureRow, ...]


def closures_of_site(session: Session, site_id: int, since: date) -> ClosuresOfSite:
    """Return when a site is open, and what is closed there from `since`."""
    return ClosuresOfSite(
        tuple(space_facts(session, site_id)),
        opening_hours(session).get(site_id),
        tuple(closure_list(session, site_id, since)),
    )


def closure_list(session: Session, site_id: int, since: date) -> list[ClosureRow]:
    """Return the closures of a site that end after the beginning of `since`, earliest first."""
    found = (
        select(
            Closure.id,
            Closure.version,
            Closure.space_id,
            func.coalesce(Space.name, "All rooms"),
            Closure.starts_at,
            Closure.ends_at,
            Closure.reason,
        )
        .join(Space, Space.id == Closure.space_id, isouter=True)
        .where(Closure.site_id == site_id, Closure.ends_at > datetime.combine(since, time()))
        .order_by(Closure.starts_at, Closure.id)
        .limit(MOST)
    )
    rows = session.execute(found).all()
    if not rows:
        return []
    numbers = [row[0] for row in rows]
    earliest = min(row[4] for row in rows) - LONGEST
    allowed, in_the_way = _allowed(session, numbers), _in_the_way(session, numbers, earliest)
    return [
        ClosureRow(*row, tuple(allowed.get(row[0], ())), tuple(in_the_way.get(row[0], ())))
        for row in rows
    ]


def _allowed(session: Session, closures: Iterable[int]) -> dict[int, list[AllowedRow]]:
    found = (
        select(
            ClosureAllowance.closure_id,
            ClosureAllowance.id,
            Customer.id,
            Customer.name,
            RoomBooking.number,
            RoomBooking.title,
        )
        .join(Customer, Customer.id == ClosureAllowance.customer_id, isouter=True)
        .join(RoomBooking, RoomBooking.id == ClosureAllowance.room_booking_id, isouter=True)
        .where(ClosureAllowance.closure_id.in_(list(closures)))
        .order_by(ClosureAllowance.id)
    )
    listed: dict[int, list[AllowedRow]] = {}
    for closure_id, allowance_id, customer_id, customer, number, title in session.execute(found):
        words = customer or f"{number_words(number)} {title}"
        allowed = AllowedRow(allowance_id, words, customer_id, number)
        listed.setdefault(closure_id, []).append(allowed)
    return listed


def _in_the_way(
    session: Session, closures: Iterable[int], earliest: datetime
) -> dict[int, list[InTheWay]]:
    shut, cell = aliased(SpaceCell), aliased(SpaceCell)
    shares = exists().where(
        shut.space_id == Closure.space_id,
        shut.resource_id == cell.resource_id,
        cell.space_id == RoomUse.space_id,
    )
    let_in = exists().where(
        ClosureAllowance.closure_id == Closure.id,
        or_(
            ClosureAllowance.customer_id == RoomBooking.customer_id,
            ClosureAllowance.room_booking_id == RoomBooking.id,
        ),
    )
    found = (
        select(
            Closure.id,
            RoomUse.id,
            RoomBooking.number,
            RoomBooking.title,
            Space.name,
            RoomUse.starts_at,
            RoomUse.ends_at,
        )
        .join(Space, Space.site_id == Closure.site_id)
        .join(RoomUse, RoomUse.space_id == Space.id)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .where(
            Closure.id.in_(list(closures)),
            RoomUse.holds_space,
            RoomUse.starts_at >= earliest,
            RoomUse.reserved_from < Closure.ends_at,
            RoomUse.reserved_to > Closure.starts_at,
            or_(Closure.space_id.is_(None), shares),
            ~let_in,
        )
        .order_by(RoomUse.starts_at, Space.sort_order)
    )
    listed: dict[int, list[InTheWay]] = {}
    for closure_id, use_id, number, title, room, starts_at, ends_at in session.execute(found):
        use = InTheWay(use_id, number, title, room, starts_at, ends_at)
        listed.setdefault(closure_id, []).append(use)
    return listed
