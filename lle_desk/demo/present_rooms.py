"""Rooms around today: a full day as in the diary's picture, busy weeks, a tray and a closure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.core.days import is_working_day
from lle_desk.customers.rules import Kind
from lle_desk.demo.calendar import DAY
from lle_desk.demo.dice import dice, fixed_uuid, pick
from lle_desk.demo.files import rows_of, titles
from lle_desk.demo.people import EDGE_HILL
from lle_desk.demo.plan_rooms import HOURS, PARTS, WHOLE_DAY, Rooms
from lle_desk.demo.present import Booker, Present
from lle_desk.demo.present_courses import clock
from lle_desk.rooms.actions import CloseSpace, HoldRoom, close_space, hold_room
from lle_desk.rooms.actions.holding_many import hold_many
from lle_desk.rooms.models import RoomUse
from lle_desk.rooms.rules import Category, Status

A_DAY = 12  # bookings, so 60 a week
LATER = 3  # a day from the third week on
NEAR = timedelta(days=14)
LAST_WEEK = timedelta(days=7)
AHEAD = timedelta(days=56)
MARGIN = 15  # minutes before and after
CATEGORIES = (
    (Category.MEETINGS, 42),
    (Category.SCHOOLS, 22),
    (Category.CONFERENCES, 12),
    (Category.EDGE_HILL, 13),
    (Category.EXTERNAL, 11),
)
HEADS = {
    Category.EXTERNAL: (6, 30),
    Category.EDGE_HILL: (10, 28),
    Category.CONFERENCES: (20, 80),
    Category.SCHOOLS: (8, 30),
    Category.MEETINGS: (4, 22),
}
PROVISIONAL = {Category.EXTERNAL: 0.4, Category.EDGE_HILL: 0.2}
CLOSED_ROOM = "ICT Suite 2"


@cache
def _day_rows() -> tuple[dict[str, str], ...]:
    return tuple(rows_of("day.csv"))


def add_closure(session: Session, there: Present) -> None:
    """Close a room for this morning, with the reason."""
    space = next(one for one in there.spaces if one.name == CLOSED_ROOM)
    close_space(
        session,
        CloseSpace(
            client_uuid=fixed_uuid("closure", there.today),
            site_id=space.site_id,
            space_id=space.id,
            starts_at=clock(there.today, "08:00"),
            ends_at=clock(there.today, "12:00"),
            reason="New PCs going in",
        ),
    )


def add_today(session: Session, there: Present) -> int:
    """Book today's rooms and what waits for a room; return how many."""
    by_name = {space.name: space.id for space in there.spaces}
    for place, row in enumerate(_day_rows()):
        day = there.day(int(row["days_later"] or 0))
        booker = there.bookers.get(row["customer"])
        option = there.today + DAY * int(row["option_days"]) if row["option_days"] else None
        hold_room(
            session,
            HoldRoom(
                client_uuid=fixed_uuid("today", place),
                space_id=by_name[row["room"]] if row["room"] else None,
                starts_at=clock(day, row["starts"]),
                ends_at=clock(day, row["ends"]),
                heads=int(row["heads"]),
                title=row["title"],
                short_title=row["short_title"],
                layout=row["layout"],
                category=row["category"],
                status=row["status"],
                option_on=option,
                customer_id=booker.id if booker else there.schools[place % len(there.schools)].id,
                contact_id=booker.contact_id if booker else None,
                notes_customer=row["note"],
                before_minutes=int(row["before"]),
                after_minutes=int(row["after"]),
                over_capacity_reason=_reason(row["title"], day),
            ),
        )
    return len(_day_rows())


def _reason(title: str, day: date) -> str:
    """Return why it may be there: the demo can be made on a day on which Woodlands is shut."""
    if title == "SIMS census":
        return "Two share a PC"
    return "" if is_working_day(day) else "The caretaker opens for the day"


def present_holds(there: Present, rooms: Rooms) -> list[HoldRoom]:
    """Return the bookings of the other days: a full week behind, two ahead, then fewer."""
    chance = dice("present rooms")
    return [
        hold
        for day in there.open_days
        if day != there.today and -LAST_WEEK <= day - there.today <= AHEAD
        for hold in _day(there, rooms, day, chance)
    ]


def hold_rooms(session: Session, holds: Sequence[HoldRoom]) -> None:
    """Book them all."""
    hold_many(session, [(hold,) for hold in holds])


def count_heads(session: Session, there: Present) -> None:
    """Count the heads of last week, but not yet of the last open day."""
    last = there.day(-1)
    counted = select(RoomUse).where(
        RoomUse.holds_space,
        RoomUse.starts_at < clock(last, "00:00"),
        RoomUse.starts_at > clock(there.today - LAST_WEEK, "00:00"),
    )
    chance = dice("present heads")
    for use in session.scalars(counted.order_by(RoomUse.id)):
        use.actual_heads = max(1, use.heads - chance.choice((0, 0, 0, 1, 2)))
    session.flush()


def _day(there: Present, rooms: Rooms, day: date, chance: Random) -> Iterator[HoldRoom]:
    for place in range(A_DAY if day <= there.today + NEAR else LATER):
        category = pick(chance, CATEGORIES)
        part = pick(chance, PARTS[category])
        heads = chance.randint(*HEADS[category])
        space = rooms.find(day, part, heads, chance)
        if space is None:
            continue
        rooms.take(day, part, space)
        (hour, minute), quarters, lengths = HOURS[part]
        starts_at = clock(day, f"{hour:02d}:{minute:02d}")
        starts_at += timedelta(minutes=15 * chance.randint(0, quarters))
        is_provisional = day > there.today and chance.random() < PROVISIONAL.get(category, 0.03)
        booker = _booker(there, category, chance)
        fits = [layout.layout for layout in space.layouts if layout.capacity >= heads]
        yield HoldRoom(
            client_uuid=fixed_uuid("present hold", day, place),
            space_id=space.id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=chance.choice(lengths)),
            heads=heads,
            title=chance.choice(titles(category)),
            layout=chance.choice(fits),
            category=category,
            status=Status.PROVISIONAL if is_provisional else Status.CONFIRMED,
            option_on=min(day - DAY, there.today + DAY * chance.randint(2, 14))
            if is_provisional
            else None,
            customer_id=booker.id,
            contact_id=booker.contact_id,
            before_minutes=MARGIN if part != WHOLE_DAY else 2 * MARGIN,
            after_minutes=MARGIN,
        )


def _booker(there: Present, category: Category, chance: Random) -> Booker:
    if category is Category.SCHOOLS:
        return chance.choice(there.schools)
    if category is Category.EDGE_HILL:
        return there.bookers[EDGE_HILL]
    kinds = (
        (Kind.COMPANY, Kind.GROUP, Kind.COUNCIL)
        if category is Category.EXTERNAL
        else (Kind.DIRECTORATE,)
    )
    return chance.choice([one for one in there.bookers.values() if one.kind in kinds])
