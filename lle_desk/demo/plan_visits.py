"""Plans a year of consultancy: as many visits as the facts say, nobody in two places at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import accumulate
from random import Random

from lle_desk.consultancy.rules import VisitKind
from lle_desk.core.money import Pence
from lle_desk.demo.calendar import at, busyness, open_days, year_end, year_start
from lle_desk.demo.dice import dice, share_out
from lle_desk.demo.files import rows_of
from lle_desk.demo.people import person_name
from lle_desk.demo.sizes import YearSize
from lle_desk.reports.rules import LPDS

CALLED_OFF = 0.04  # on top of those that count
TRAVEL = 30  # minutes each way
PRICES = {
    VisitKind.HALF_DAY: Pence(24_000),
    VisitKind.DAY: Pence(45_000),
    VisitKind.TWILIGHT: Pence(21_000),
}
# Hours of a visit, the pieces of the day that it takes with its travel, and how often it is asked.
SHAPES = (
    (VisitKind.HALF_DAY, (9, 0), (12, 0), "a", 35),
    (VisitKind.HALF_DAY, (13, 0), (16, 0), "bc", 25),
    (VisitKind.DAY, (9, 0), (15, 30), "abc", 25),
    (VisitKind.TWILIGHT, (15, 45), (17, 30), "c", 15),
)


@dataclass(frozen=True, slots=True)
class DemoAdviser:
    """An invented adviser of a service; `place` counts within it."""

    service: str
    place: int
    name: str


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """One visit: who goes, when, and what for."""

    adviser: DemoAdviser
    kind: VisitKind
    starts_at: datetime
    ends_at: datetime
    topic: str
    is_called_off: bool


@cache
def advisers() -> tuple[DemoAdviser, ...]:
    """Return the invented advisers, by service."""
    counts = {row["service"]: int(row["advisers"]) for row in rows_of("visits.csv")}
    return tuple(
        DemoAdviser(service, place, " ".join(person_name(dice("adviser", service, place))))
        for service, count in counts.items()
        for place in range(count)
    )


def plan_visit_year(size: YearSize) -> list[PlannedVisit]:
    """Return the visits of a year by time: as many as the size says, and some called off."""
    chance = dice("visits", size.year)
    days = open_days(year_start(size.year), year_end(size.year))
    weights = list(accumulate(busyness(day) for day in days))
    ours = [one for one in advisers() if one.service == LPDS]
    rest = [one for one in advisers() if one.service != LPDS]
    planned: list[PlannedVisit] = []
    for people, count in ((ours, size.visits.lpds), (rest, size.visits.others)):
        for adviser, share in zip(people, share_out(count, [1.0] * len(people)), strict=True):
            called_off = round(share * CALLED_OFF)
            planned.extend(_of_adviser(adviser, share, called_off, days, weights, chance))
    return sorted(planned, key=lambda one: (one.starts_at, one.adviser.name))


def _of_adviser(
    adviser: DemoAdviser,
    count: int,
    called_off: int,
    days: Sequence[date],
    weights: Sequence[float],
    chance: Random,
) -> Iterator[PlannedVisit]:
    """Yield an adviser's visits, each where their day is still free."""
    taken: set[tuple[date, str]] = set()
    topics = [row["topic"] for row in rows_of("visits.csv") if row["service"] == adviser.service]
    shares = [shape[4] for shape in SHAPES]
    done = 0
    while done < count + called_off:
        day = chance.choices(days, cum_weights=weights)[0]
        kind, starts, ends, pieces, _ = chance.choices(SHAPES, shares)[0]
        if any((day, piece) in taken for piece in pieces):
            continue
        is_called_off = done >= count
        if not is_called_off:
            taken.update((day, piece) for piece in pieces)
        topic = chance.choice(topics)
        yield PlannedVisit(adviser, kind, at(day, *starts), at(day, *ends), topic, is_called_off)
        done += 1
