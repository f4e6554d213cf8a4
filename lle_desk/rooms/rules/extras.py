"""Catering and equipment in plain values: diets, final numbers, and what is still in stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lle_desk.core.days import span_words
from lle_desk.rooms.rules.kinds import number_words


@dataclass(frozen=True, slots=True)
class Diets:
    """How many of a catering line eat otherwise: people, never names."""

    vegetarian: int = 0
    vegan: int = 0
    halal: int = 0
    gluten_free: int = 0
    other: int = 0

    @property
    def words(self) -> str:
        """Return "2 vegetarian, 1 gluten free", "" when all eat everything."""
        named = (
            (self.vegetarian, "vegetarian"),
            (self.vegan, "vegan"),
            (self.halal, "halal"),
            (self.gluten_free, "gluten free"),
            (self.other, "other diets" if self.other != 1 else "other diet"),
        )
        return ", ".join(f"{count} {name}" for count, name in named if count)

    @property
    def most(self) -> int:
        """The largest of the numbers."""
        return max(self.vegetarian, self.vegan, self.halal, self.gluten_free, self.other)


@dataclass(frozen=True, slots=True)
class EquipmentWanted:
    """So many of one piece of equipment, to be lent with a room."""

    equipment_id: int
    quantity: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Lent:
    """So many of one piece of equipment that a use of a room holds, [starts_at, ends_at)."""

    use_id: int
    number: int
    title: str
    quantity: int
    starts_at: datetime
    ends_at: datetime


def final_day(event_on: date, days_before: int) -> date:
    """Return the day on which the final numbers for catering are due."""
    return event_on - timedelta(days=days_before)


def charged_quantity(quantity: int, least: int | None) -> int:
    """Return for how many catering is charged: never less than the final number."""
    return max(quantity, least or 0)


def least_charged(
    before: int, least: int | None, event_on: date, days_before: int, today: date
) -> int | None:
    """Return the final number of a line that is changed today: what it was when it was due.

    None while the final numbers are not due yet.
    """
    if least is not None or today <= final_day(event_on, days_before):
        return least
    return before


def most_lent(lent: Sequence[Lent], starts_at: datetime, ends_at: datetime) -> int:
    """Return the most that is out at one instant of [starts_at, ends_at)."""
    there = [one for one in lent if one.starts_at < ends_at and one.ends_at > starts_at]
    instants = {max(one.starts_at, starts_at) for one in there}
    out = (
        sum(one.quantity for one in there if one.starts_at <= at < one.ends_at) for at in instants
    )
    return max(out, default=0)


def short_words(
    name: str, stock: int, wanted: int, lent: Sequence[Lent], span: tuple[datetime, datetime]
) -> str:
    """Return who has the equipment: "Projector: 2 wanted, 1 of 4 is free 09:00–12:30. …"."""
    free = stock - most_lent(lent, *span)
    are = "is" if free == 1 else "are"
    who = "; ".join(
        f"{number_words(one.number)} “{one.title}” has {one.quantity},"
        f" {span_words(one.starts_at, one.ends_at)}"
        for one in sorted(lent, key=lambda one: (one.starts_at, one.number))[:3]
    )
    more = f"; and {len(lent) - 3} more" if len(lent) > 3 else ""
    has = f" {who}{more}." if who else ""
    return f"{name}: {wanted} wanted, {free} of {stock} {are} free {span_words(*span)}.{has}"
