"""A repeating booking as the inspector shows it, and the dates that a change is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.core.days import short_day
from lle_desk.rooms.models import BookingSeries, RoomBooking, RoomUse, SeriesDate, Space
from lle_desk.rooms.rules import Status
from lle_desk.rooms.rules.repeats import RepeatRule, Repeats, series_words


@dataclass(frozen=True, slots=True)
class SeriesDay:
    """One date of a repeating booking: its booking and first use, or why it has none.

    `on` is the date of the rule; `starts_at` is where it is now.
    """

    on: date
    booking_id: int | None = None
    use_id: int | None = None
    number: int = 0
    starts_at: datetime | None = None
    room: str = ""
    status: str = ""
    skipped_reason: str = ""

    @property
    def words(self) -> str:
        """Return what became of the date: "Elm", "moved to Wed 5 Mar, Ash", "left out: …"."""
        if self.skipped_reason:
            return f"left out: {self.skipped_reason}"
        if self.status == Status.CANCELLED:
            return "cancelled"
        room = self.room or "no room yet"
        if self.starts_at is not None and self.starts_at.date() != self.on:
            return f"moved to {short_day(self.starts_at.date())}, {room}"
        return room if self.status == Status.CONFIRMED else f"{room}, {self.status}"


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """A repeating booking seen from one of its dates. `at` counts from 1."""

    series_id: int
    rule: RepeatRule
    at: int
    days: tuple[SeriesDay, ...]

    @property
    def words(self) -> str:
        """Return "3 of 12, every Tuesday until 8 Apr"."""
        return f"{self.at} of {len(self.days)}, {series_words(self.rule, self.days[-1].on)}"

    def neighbour(self, step: int) -> SeriesDay | None:
        """Return the nearest booked date before (-1) or after (1) this one."""
        days = self.days[self.at :] if step > 0 else self.days[: self.at - 1][::-1]
        return next((day for day in days if day.use_id is not None), None)


def series_of_booking(session: Session, booking_id: int) -> SeriesCard | None:
    """Return the series that a booking is a date of, None when it does not repeat."""
    tie = session.scalars(
        select(SeriesDate).where(SeriesDate.room_booking_id == booking_id)
    ).first()
    if tie is None:
        return None
    series = session.get_one(BookingSeries, tie.series_id)
    days = _days(session, tie.series_id)
    at = next(at for at, day in enumerate(days, 1) if day.booking_id == booking_id)
    return SeriesCard(tie.series_id, rule_of(series), at, tuple(days))


def rule_of(series: BookingSeries) -> RepeatRule:
    """Return the rule of a series as a value."""
    return RepeatRule(
        kind=Repeats(series.repeats),
        starts_on=series.starts_on,
        every=series.every,
        weekdays=tuple(int(day) for day in series.weekdays.split(",") if day),
        nth=series.nth,
        until_on=series.until_on,
        times=series.times,
    )


def uses_of_dates(session: Session, booking_ids: Sequence[int]) -> dict[int, list[RoomUse]]:
    """Return the uses of some bookings, in the order in which they were made."""
    found: dict[int, list[RoomUse]] = {booking_id: [] for booking_id in booking_ids}
    uses = select(RoomUse).where(RoomUse.room_booking_id.in_(booking_ids)).order_by(RoomUse.id)
    for use in session.scalars(uses):
        found[use.room_booking_id].append(use)
    return found


def _days(session: Session, series_id: int) -> list[SeriesDay]:
    first = (
        select(func.min(RoomUse.id))
        .where(RoomUse.room_booking_id == RoomBooking.id)
        .correlate(RoomBooking)
        .scalar_subquery()
    )
    found = (
        select(
            SeriesDate.original_on,
            SeriesDate.room_booking_id,
            RoomUse.id,
            RoomBooking.number,
            RoomUse.starts_at,
            Space.name,
            RoomBooking.status,
            SeriesDate.skipped_reason,
        )
        .join(RoomBooking, RoomBooking.id == SeriesDate.room_booking_id, isouter=True)
        .join(RoomUse, RoomUse.id == first, isouter=True)
        .join(Space, Space.id == RoomUse.space_id, isouter=True)
        .where(SeriesDate.series_id == series_id)
        .order_by(SeriesDate.original_on)
    )
    return [
        SeriesDay(on, booking, use, number or 0, starts, room or "", status or "", skipped)
        for on, booking, use, number, starts, room, status, skipped in session.execute(found)
    ]
