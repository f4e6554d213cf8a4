"""Which rooms are free: one question, judged by the same rule that refuses a booking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from lle_desk.core.days import bank_holidays
from lle_desk.rooms.queries.house import diary_of, house_and_diary
from lle_desk.rooms.queries.spaces import space_facts
from lle_desk.rooms.rules import (
    Diary,
    Fit,
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
DAY = timedelta(days=1)
OTHER_DAYS = 5
LOOK_AHEAD = 28  # days in which other days are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeRoomsQuestion:
    """Who asks for a room: when, how many, laid out how. Site None asks all sites.

    Minutes None: as each space and layout say. `ignoring_use_id` is not in its own way. `pcs`
    must stand in the room. The customer or booking may be let in where it is closed to others.
    """

    starts_at: datetime
    ends_at: datetime
    heads: int
    layout: str
    site_id: int | None = None
    before_minutes: int | None = None
    after_minutes: int | None = None
    ignoring_use_id: int | None = None
    pcs: int = 0
    customer_id: int | None = None
    booking_id: int | None = None

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
            self.pcs,
            self.customer_id,
            self.booking_id,
        )


@dataclass(frozen=True, slots=True)
class FreeRooms:
    """The rooms that fit, best first, and the others with what is wrong, nearest first.

    When no room fits at the time asked for, `later` has other times that day, and `days` other
    days at that time.
    """

    fits: tuple[Fit, ...]
    near: tuple[Fit, ...]
    later: tuple[OtherTime, ...] = ()
    days: tuple["OtherDay", ...] = ()


@dataclass(frozen=True, slots=True)
class OtherDay:
    """Another day on which rooms fit at the time asked for: how many, and the best of them."""

    best: Fit
    count: int

    @property
    def starts_at(self) -> datetime:
        return self.best.wanted.starts_at


@dataclass(frozen=True, slots=True)
class RoomOverDays:
    """How one space answers for several days: one Fit a day, in the order of the days."""

    fits: tuple[Fit, ...]

    @property
    def space(self) -> SpaceFacts:
        return self.fits[0].space

    @property
    def missing(self) -> tuple[Fit, ...]:
        """The days on which it does not fit, each with what is wrong."""
        return tuple(fit for fit in self.fits if not fit.fits)

    @property
    def works(self) -> bool:
        return not self.missing


def free_spaces(session: Session, question: FreeRoomsQuestion) -> FreeRooms:
    """Return how each room of the site answers the question."""
    wanted = question.wanted
    house, diary = house_and_diary(session, question.site_id, wanted)
    judged = diary.judge_all(house.spaces, wanted)
    fits = tuple(best_first(judged, question.heads))
    near = tuple(near_misses(judged, question.heads))
    if fits or not house.spaces:
        return FreeRooms(fits, near)
    whole_day = diary_of(session, house.spaces, _widened(day_of(wanted)))
    later = tuple(other_times(house.spaces, wanted, whole_day))
    return FreeRooms(fits, near, later, _days_that_work(session, house.spaces, wanted))


def free_over_days(
    session: Session, question: FreeRoomsQuestion, days: Sequence[date]
) -> list[RoomOverDays]:
    """Return how each room answers for all of the days, at the time of day of the question.

    First those that fit on all days, then those that miss fewest, each by least waste.
    """
    spaces = space_facts(session, question.site_id)
    asked = [_on(question.wanted, day) for day in sorted(set(days))]
    if not spaces or not asked:
        return []
    diary = diary_of(session, spaces, _widened(Slot(asked[0].starts_at, asked[-1].ends_at)))
    found = [RoomOverDays(tuple(diary.judge(space, one) for one in asked)) for space in spaces]
    return sorted(found, key=_fewest_missing)


def _fewest_missing(room: RoomOverDays) -> tuple[int, int, int, int, int]:
    first = room.fits[0]
    waste = (first.capacity or 0) - first.wanted.heads
    hopeless = first.capacity is None or waste < 0
    space = room.space
    return hopeless, len(room.missing), abs(waste), len(space.cells), space.sort_order


def _days_that_work(
    session: Session, spaces: Sequence[SpaceFacts], wanted: Wanted
) -> tuple[OtherDay, ...]:
    """Return the days around the one that was asked for, from Monday to Friday."""
    day, today = wanted.starts_at.date(), date.today()  # noqa: DTZ011  (the office's day)
    earliest = today if day >= today else date.min  # nobody books a day that is past
    span = Slot(wanted.starts_at - OTHER_DAYS * DAY, wanted.ends_at + LOOK_AHEAD * DAY)
    diary = diary_of(session, spaces, _widened(span))
    found: list[OtherDay] = []
    for shift in sorted(range(-OTHER_DAYS, LOOK_AHEAD + 1), key=lambda days: (abs(days), -days)):
        on = day + shift * DAY
        if (
            shift
            and on >= earliest
            and on.weekday() < 5
            and on not in bank_holidays()
            and len(found) < OTHER_DAYS
        ):
            found += _day_that_works(spaces, _on(wanted, on), diary)
    return tuple(sorted(found, key=lambda one: one.starts_at))


def _day_that_works(spaces: Iterable[SpaceFacts], wanted: Wanted, diary: Diary) -> list[OtherDay]:
    fits = best_first(diary.judge_all(spaces, wanted), wanted.heads)
    return [OtherDay(fits[0], len(fits))] if fits else []


def _on(wanted: Wanted, day: date) -> Wanted:
    """Return the same on another day."""
    shift = day - wanted.starts_at.date()
    return replace(wanted, starts_at=wanted.starts_at + shift, ends_at=wanted.ends_at + shift)


def _widened(span: Slot) -> Slot:
    margin = timedelta(hours=8)  # no set-up or clear-down is longer
    return span.with_margins(margin, margin)


def widest(reserved: Sequence[Slot]) -> Slot:
    """Return the time from the first start to the last end."""
    return Slot(min(slot.starts_at for slot in reserved), max(slot.ends_at for slot in reserved))
