"""What an agreement allows, in which units, and how it is said. Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from lle_desk.core.days import day_words
from lle_desk.offers.rules import Supply


class Allowance(StrEnum):
    """What an agreement lets its customer use without paying again."""

    NONE = "none"
    PLACES = "course places"
    DAYS = "consultancy days"
    MEETINGS = "clerked meetings"


class DrawSource(StrEnum):
    """The sorts of record that use an allowance; the words are the tables' names."""

    PLACE = "place"
    VISIT = "visit"
    MEETING = "meeting"


# Days are counted in halves, so that a half day is a whole number.
UNITS_OF_ONE = {
    Allowance.NONE: 1,
    Allowance.PLACES: 1,
    Allowance.DAYS: 2,
    Allowance.MEETINGS: 1,
}
SUPPLIES = {
    Allowance.NONE: Supply.CONSULTANCY,
    Allowance.PLACES: Supply.EDUCATION,
    Allowance.DAYS: Supply.CONSULTANCY,
    Allowance.MEETINGS: Supply.CONSULTANCY,
}
ONE_OF = {
    Allowance.PLACES: ("place", "places"),
    Allowance.DAYS: ("day", "days"),
    Allowance.MEETINGS: ("meeting", "meetings"),
}


NEARLY_USED = 5  # a fifth or less is left
TAKEN_BACK = "Taken back by the officer who made it"


@dataclass(frozen=True, slots=True)
class Cover:
    """An agreement that covers something: how many units are left, and until when.

    `units` and `left` are in the units of the allowance: half days for consultancy.
    """

    agreement_id: int
    number: int
    title: str
    allowance: str
    units: int
    left: int
    ends_on: date
    drawn: int = 0  # what was used of it just now

    @property
    def words(self) -> str:
        """What is left, to be read out: "A-00012: 3 of 10 places left, until 31 Mar 2015"."""
        left = f"{figure(self.allowance, self.left)} of {amount(self.allowance, self.units)} left"
        return f"{number_words(self.number)}: {left}, until {day_words(self.ends_on)}"


def paid_by(covers: Sequence[Cover], units: int, *, in_part: bool = False) -> Cover | None:
    """Return the first agreement with so much left; `in_part`, else the first with anything.

    Its `drawn` says how much of `units` it pays for.
    """
    found = next((cover for cover in covers if cover.left >= units), None)
    if found is None and in_part:
        found = next((cover for cover in covers if cover.left > 0), None)
    return replace(found, drawn=min(found.left, units)) if found else None


def number_words(number: int) -> str:
    """Return an agreement's number as it is printed: "A-00012"."""
    return f"A-{number:05d}"


def figure(allowance: str, units: int) -> str:
    """Return units as a number of what is allowed: 7 half days are "3½"."""
    whole, rest = divmod(units, UNITS_OF_ONE[Allowance(allowance)])
    return f"{whole or ''}½" if rest else str(whole)


def amount(allowance: str, units: int) -> str:
    """Return units in words: "10 places", "3½ days", "1 day"."""
    one, many = ONE_OF.get(Allowance(allowance), ("", ""))
    said = figure(allowance, units)
    return f"{said} {one if said in ('1', '½') else many}".strip()


def usual_end(starts_on: date) -> date:
    """Return the day an agreement that starts then usually ends: 31 August or 31 March.

    From September to November it follows the academic year, else the financial year.
    """
    if starts_on.month >= 9:
        return date(starts_on.year + 1, 8, 31)
    return date(starts_on.year + (starts_on.month >= 4), 3, 31)


def units_typed(allowance: str, typed: str) -> int | None:
    """Return the units that "10", "3.5", "3½" or "½" means, None when it is no such number.

    Halves are for days only.
    """
    said = typed.strip().replace(",", "")
    for half in ("½", ".5"):
        if said.endswith(half):
            whole = said.removesuffix(half).strip() or "0"
            if not whole.isascii() or not whole.isdigit() or len(whole) > 6:
                return None
            per_one = UNITS_OF_ONE[Allowance(allowance)]
            return int(whole) * per_one + 1 if per_one == 2 else None
    said = said.removesuffix(".0")
    if not said.isascii() or not said.isdigit() or len(said) > 6:
        return None
    return int(said) * UNITS_OF_ONE[Allowance(allowance)]
