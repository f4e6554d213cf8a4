"""Writes a planned year of room bookings, a few at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from sqlalchemy.orm import Session

from lle_desk.customers.rules import Kind
from lle_desk.demo.bulk import Row, Work, chunks, insert_numbered
from lle_desk.demo.dice import dice, fixed_uuid
from lle_desk.demo.files import titles
from lle_desk.demo.people import EDGE_HILL, Payer, Payers
from lle_desk.demo.plan_rooms import PlannedBooking, PlannedUse
from lle_desk.rooms.models import RoomBooking, RoomUse
from lle_desk.rooms.rules import Category, Status

AT_ONCE = 200  # bookings a transaction
COURSE = "course"  # the diary's word for a booking that a course session made


@dataclass(frozen=True, slots=True)
class RoomOfEvent:
    """The course event whose sessions a room booking is for."""

    title: str
    short_title: str


Written = dict[tuple[Category, int], list[int]]  # a booking's place in the year: its uses


def write_room_year(
    work: Work,
    year: str,
    planned: Sequence[PlannedBooking],
    payers: Payers,
    events: dict[tuple[Category, int], RoomOfEvent],
    next_number: int,
) -> Written:
    """Write the bookings and return the numbers of the uses of those that are for events."""
    chance = dice("room customers", year)
    bookers = _bookers(payers)
    written: Written = {}
    for some in chunks(planned, AT_ONCE):
        rows = [
            _booking_row(one, year, next_number + place, events.get(_key(one)), bookers, chance)
            for place, one in enumerate(some)
        ]
        next_number += len(some)
        use_ids = work.write(add_room_bookings, year, some, rows)
        written |= {key: ids for key, ids in use_ids.items() if key in events}
        work.advance(len(some))
    return written


def add_room_bookings(
    session: Session, year: str, planned: Sequence[PlannedBooking], rows: Sequence[Row]
) -> Written:
    """Add bookings with their uses; the claims follow by the database's own triggers."""
    ids = insert_numbered(session, RoomBooking, rows)
    uses = [
        (one, _use_row(one, number, year, day, use))
        for one, number in zip(planned, ids, strict=True)
        for day, use in enumerate(one.uses)
    ]
    use_ids = insert_numbered(session, RoomUse, [row for _, row in uses])
    written: Written = {}
    for (one, _), use_id in zip(uses, use_ids, strict=True):
        written.setdefault(_key(one), []).append(use_id)
    return written


def _key(one: PlannedBooking) -> tuple[Category, int]:
    return one.category, one.place


def _bookers(payers: Payers) -> dict[Category, list[Payer]]:
    edge_hill = [payer for payer in payers.everyone if payer.name == EDGE_HILL]
    inside = payers.of(Kind.DIRECTORATE)
    return {
        Category.EXTERNAL: payers.of(Kind.COMPANY, Kind.GROUP),
        Category.EDGE_HILL: edge_hill,
        Category.CONFERENCES: inside,
        Category.MEETINGS: inside,
        Category.SCHOOLS: payers.of(Kind.MAINTAINED, Kind.ACADEMY),
    }


def _booking_row(
    one: PlannedBooking,
    year: str,
    number: int,
    event: RoomOfEvent | None,
    bookers: dict[Category, list[Payer]],
    chance: Random,
) -> Row:
    booker = chance.choice(bookers[one.category])
    title = chance.choice(titles(one.category))
    first = one.uses[0].starts_at
    return {
        "client_uuid": fixed_uuid("room booking", year, one.category, one.place),
        "version": 1,
        "number": number,
        "title": event.title if event else title,
        "short_title": event.short_title if event else "",
        "category": str(one.category),
        "status": str(Status.CANCELLED if one.is_called_off else Status.COMPLETED),
        "holds_space": not one.is_called_off,
        "customer_id": None if event else booker.id,
        "contact_id": None if event else booker.contact_id,
        "source": COURSE if event else "demo",
        "taken_by": "demo",
        "cancelled_at": first - timedelta(days=chance.randint(30, 60))
        if one.is_called_off
        else None,
        "cancelled_reason": "Called off by the customer" if one.is_called_off else "",
    }


def _use_row(one: PlannedBooking, booking_id: int, year: str, day: int, use: PlannedUse) -> Row:
    counted = use.is_counted and not one.is_called_off
    return {
        "client_uuid": fixed_uuid("room use", year, one.category, one.place, day),
        "version": 1,
        "room_booking_id": booking_id,
        "space_id": use.space_id,
        "layout": use.layout,
        "heads": use.expected,
        "actual_heads": use.heads if counted else None,
        "starts_at": use.starts_at,
        "ends_at": use.ends_at,
        "reserved_from": use.starts_at - use.margin,
        "reserved_to": use.ends_at + use.margin,
        "holds_space": not one.is_called_off,
    }
