"""How much the office did in a year: as the county's facts say, or near them.

The facts are the figures that Education Scrutiny received for 2012/13 and 2013/14. Where they
are silent the demo chooses, and says so here.
"""

from dataclasses import dataclass

from lle_desk.demo.dice import dice, share_out
from lle_desk.rooms.rules import Category

LAST_YEAR = 2013  # the years end with 2013-14
MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class CategorySize:
    """Room bookings of a category in a year, and the people (× days) they brought."""

    category: Category
    bookings: int
    people: int


@dataclass(frozen=True, slots=True)
class GroupSize:
    """Events of LPDS or of all other services: those called off are among `events`."""

    events: int
    called_off: int
    attended: int
    absent: int


@dataclass(frozen=True, slots=True)
class VisitSize:
    """Consultancies of LPDS and of all other services; those called off come on top."""

    lpds: int
    others: int


@dataclass(frozen=True, slots=True)
class YearSize:
    """One financial year, such as "2013-14"."""

    year: str
    rooms: tuple[CategorySize, ...]
    lpds: GroupSize
    others: GroupSize
    visits: VisitSize


ROOMS_2012 = (
    CategorySize(Category.EXTERNAL, 174, 4_355),
    CategorySize(Category.EDGE_HILL, 277, 5_141),
    CategorySize(Category.CONFERENCES, 357, 18_384),
    CategorySize(Category.SCHOOLS, 473, 10_934),
    CategorySize(Category.MEETINGS, 1_439, 21_812),
)
# Of 2013-14 only the sum of people is known. Chosen: every category grew alike, in bookings too.
PEOPLE_2013 = 68_900
# Of 25,111 places 22,700 were attended, 11,039 of them at LPDS, with 820 of 1,357 events. How many
# LPDS places were booked is not known (chosen: 12,200), nor how many events were called off.
LPDS_2013 = GroupSize(events=820, called_off=24, attended=11_039, absent=1_161)
OTHERS_2013 = GroupSize(events=537, called_off=14, attended=11_661, absent=1_250)
VISITS_2013 = VisitSize(lpds=1_233, others=522)  # 1,755 in all; whose the others were is chosen


def years_ending_2014(count: int) -> list[str]:
    """Return the last `count` financial years up to 2013-14, the oldest first."""
    starts = range(LAST_YEAR - count + 1, LAST_YEAR + 1)
    return [f"{start}-{(start + 1) % 100:02d}" for start in starts]


def size_of(year: str, share: float = 1.0) -> YearSize:
    """Return the size of a year, or of a `share` of it, for tests."""
    chance = dice("size", year)
    start = int(year[:4])
    rooms = 1.0 - 0.02 * (2012 - start) if start < 2012 else 1.0
    courses = chance.uniform(0.985, 1.015) if start < LAST_YEAR else 1.0
    if start == LAST_YEAR:
        sizes = _scaled(ROOMS_2012, PEOPLE_2013 / _people(ROOMS_2012), PEOPLE_2013)
    else:
        sizes = _scaled(ROOMS_2012, rooms, round(_people(ROOMS_2012) * rooms))
    if share != 1.0:
        sizes = _scaled(sizes, share, round(_people(sizes) * share))
    ours, others = (_group(size, courses * share) for size in (LPDS_2013, OTHERS_2013))
    return YearSize(year, sizes, ours, others, _visits(VISITS_2013, courses * share))


def _people(sizes: tuple[CategorySize, ...]) -> int:
    return sum(size.people for size in sizes)


def _scaled(
    sizes: tuple[CategorySize, ...], factor: float, people: int
) -> tuple[CategorySize, ...]:
    """Return all categories grown alike; the people sum to `people` exactly."""
    shares = share_out(people, [size.people for size in sizes])
    return tuple(
        CategorySize(size.category, max(1, round(size.bookings * factor)), share)
        for size, share in zip(sizes, shares, strict=True)
    )


def _group(size: GroupSize, factor: float) -> GroupSize:
    if factor == 1.0:
        return size
    return GroupSize(
        max(2, round(size.events * factor)),
        round(size.called_off * factor),
        round(size.attended * factor),
        round(size.absent * factor),
    )


def _visits(size: VisitSize, factor: float) -> VisitSize:
    return VisitSize(round(size.lpds * factor), round(size.others * factor))
