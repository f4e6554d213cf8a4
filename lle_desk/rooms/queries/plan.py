"""The plan: the rooms of a site and what is in them over some days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from lle_desk.customers.models import Customer, Person
from lle_desk.rooms.models import CateringLine, RoomBooking, RoomUse, Space
from lle_desk.rooms.queries.free import LONGEST
from lle_desk.rooms.queries.house import house_and_closures
from lle_desk.rooms.rules import WISHING, Closed, OpenTimes, Slot, SpaceFacts, Status

PARKED_AHEAD = timedelta(days=60)  # how far the parking looks beyond the plan
MOST_PARKED = 40


@dataclass(frozen=True, slots=True)
class PlanUse:
    """One use of a room as the plan draws it; `space_id` None is parked.

    `version` is what a move must have seen. Times are wall-clock and half-open.
    """

    id: int
    version: int
    booking_id: int
    booking_version: int
    number: int
    space_id: int | None
    title: str
    short_title: str
    category: str
    status: str
    holds_space: bool
    layout: str
    heads: int
    is_estimate: bool
    starts_at: datetime
    ends_at: datetime
    reserved_from: datetime
    reserved_to: datetime
    option_on: date | None
    has_notes: bool
    is_pinned: bool
    over_capacity_reason: str
    source: str
    customer: str
    contact: str
    has_catering: bool = False

    @property
    def is_provisional(self) -> bool:
        return self.status != Status.CONFIRMED and self.status != Status.COMPLETED


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the plan shows: spaces in order, uses, parked uses, and when it is closed."""

    site_id: int
    first: date
    last: date
    spaces: tuple[SpaceFacts, ...]
    uses: tuple[PlanUse, ...]
    parked: tuple[PlanUse, ...]
    closed: tuple[Closed, ...]
    hours: OpenTimes | None = None


@dataclass(frozen=True, slots=True)
class DayRow:
    """One line of the day list."""

    use_id: int
    number: int
    room: str
    starts_at: datetime
    ends_at: datetime
    title: str
    category: str
    status: str
    layout: str
    heads: int
    customer: str


def plan_of(session: Session, site_id: int, first: date, last: date) -> Plan:
    """Return the plan of a site for the days from `first` to `last`, both counted."""
    span = _days(first, last)
    house, closed = house_and_closures(session, site_id, span)
    asked = {
        "here": [space.id for space in house.spaces],
        "earliest": span.starts_at - LONGEST,
        "begins": span.starts_at,
        "ends": span.ends_at,
        "latest": span.ends_at + timedelta(days=1),  # no margin is longer
    }
    ahead = {"begins": span.starts_at, "until": span.ends_at + PARKED_AHEAD}
    return Plan(
        site_id=site_id,
        first=first,
        last=last,
        spaces=house.spaces,
        uses=_uses(session, _IN_ROOMS, asked),
        parked=_uses(session, _PARKED, ahead),
        closed=closed,
        hours=house.hours.get(site_id),
    )


def day_list(session: Session, day: date, site_id: int | None = None) -> list[DayRow]:
    """Return what takes place in rooms on a day, by time and then by room; None: at all sites."""
    span = _days(day, day)
    found = (
        select(
            RoomUse.id,
            RoomBooking.number,
            Space.name,
            RoomUse.starts_at,
            RoomUse.ends_at,
            RoomBooking.title,
            RoomBooking.category,
            RoomBooking.status,
            RoomUse.layout,
            RoomUse.heads,
            Customer.name,
        )
        .select_from(RoomUse)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .join(Space, Space.id == RoomUse.space_id)
        .join(Customer, Customer.id == RoomBooking.customer_id, isouter=True)
        .where(RoomUse.holds_space, _touches(span))
        .order_by(RoomUse.starts_at, Space.sort_order, Space.name)
    )
    if site_id is not None:
        found = found.where(Space.site_id == site_id)
    return [_day_row(tuple(row)) for row in session.execute(found)]


def _days(first: date, last: date) -> Slot:
    return Slot(datetime.combine(first, time()), datetime.combine(last, time()) + timedelta(days=1))


def _in_diary() -> ColumnElement[bool]:
    """Return what the diary shows: what holds space, and what would like to."""
    return or_(RoomUse.holds_space, RoomBooking.status.in_([str(one) for one in WISHING]))


def _touches(span: Slot) -> ColumnElement[bool]:
    day = timedelta(days=1)  # no margin is longer
    return and_(
        RoomUse.starts_at >= span.starts_at - LONGEST,
        RoomUse.starts_at < span.ends_at + day,
        RoomUse.reserved_from < span.ends_at,
        RoomUse.reserved_to > span.starts_at,
    )


_HAS_CATERING = exists().where(CateringLine.room_use_id == RoomUse.id, CateringLine.quantity > 0)


def _found() -> Select[*tuple[Any, ...]]:
    return (
        select(
            RoomUse.id,
            RoomUse.version,
            RoomBooking.id,
            RoomBooking.version,
            RoomBooking.number,
            RoomUse.space_id,
            RoomBooking.title,
            RoomBooking.short_title,
            RoomBooking.category,
            RoomBooking.status,
            RoomUse.holds_space,
            RoomUse.layout,
            RoomUse.heads,
            RoomUse.is_estimate,
            RoomUse.starts_at,
            RoomUse.ends_at,
            RoomUse.reserved_from,
            RoomUse.reserved_to,
            RoomBooking.option_on,
            or_(RoomBooking.notes_customer != "", RoomBooking.notes_office != ""),
            RoomUse.is_pinned,
            RoomUse.over_capacity_reason,
            RoomBooking.source,
            Customer.name,
            Person.given_name,
            Person.family_name,
            _HAS_CATERING,
        )
        .select_from(RoomUse)
        .join(RoomBooking, RoomBooking.id == RoomUse.room_booking_id)
        .join(Customer, Customer.id == RoomBooking.customer_id, isouter=True)
        .join(Person, Person.id == RoomBooking.contact_id, isouter=True)
        .order_by(RoomUse.starts_at, RoomUse.id)
    )


# Asked at every change of any desk, so they are put together once: that takes as long as asking.
_IN_ROOMS = _found().where(
    RoomUse.space_id.in_(bindparam("here", expanding=True)),
    _in_diary(),
    RoomUse.starts_at >= bindparam("earliest"),
    RoomUse.starts_at < bindparam("latest"),
    RoomUse.reserved_from < bindparam("ends"),
    RoomUse.reserved_to > bindparam("begins"),
)
_PARKED = (
    _found()
    .where(
        RoomUse.space_id.is_(None),
        _in_diary(),
        RoomUse.starts_at >= bindparam("begins"),
        RoomUse.starts_at < bindparam("until"),
    )
    .limit(MOST_PARKED)
)


def _uses(
    session: Session, found: Select[*tuple[Any, ...]], asked: dict[str, Any]
) -> tuple[PlanUse, ...]:
    """Return the rows without the ORM, which has nothing to add to them."""
    return tuple(_use(row) for row in session.connection().execute(found, asked))


def _use(row: Row[*tuple[Any, ...]]) -> PlanUse:
    customer, given, family, has_catering = row[-4:]
    names = (customer or "", joined((given, family)))
    values: tuple[Any, ...] = (*row[:-4], *names, bool(has_catering))
    return PlanUse(*values)


def _day_row(row: tuple[Any, ...]) -> DayRow:
    values: tuple[Any, ...] = (*row[:-1], row[-1] or "")
    return DayRow(*values)


def joined(names: Iterable[object]) -> str:
    """Return the parts of a name that are there."""
    return " ".join(str(name) for name in names if name)
