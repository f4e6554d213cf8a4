"""Years are planned so that sums come out, without a database."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lle_desk.demo.calendar import open_days
from lle_desk.demo.dice import fit_to_sum, fixed_uuid, share_out
from lle_desk.demo.plan_courses import plan_course_year
from lle_desk.demo.plan_rooms import PlannedBooking, plan_room_year
from lle_desk.demo.sizes import size_of, years_ending_2014
from lle_desk.rooms.rules import LayoutFacts, SpaceFacts

BOUNDS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=40)


def space(number: int, capacity: int, *cells: int) -> SpaceFacts:
    layouts = (LayoutFacts("theatre", capacity), LayoutFacts("boardroom", capacity // 2))
    return SpaceFacts(number, 1, "", f"R{number}", "", "room", frozenset(cells), layouts)


WOODLANDS = [
    *(space(number, 14 + 2 * number, number) for number in range(1, 11)),
    space(11, 60, 1, 2),
    space(12, 90, 12),
]


@given(BOUNDS, st.data())
def test_numbers_fitted_to_a_sum_keep_their_bounds(
    bounds: list[tuple[int, int]], data: st.DataObject
) -> None:
    lows = [min(pair) for pair in bounds]
    highs = [max(pair) for pair in bounds]
    total = data.draw(st.integers(sum(lows), sum(highs)))
    fitted = fit_to_sum([1.0 + low for low in lows], lows, highs, total)
    assert sum(fitted) == total
    assert all(low <= value <= high for low, value, high in zip(lows, fitted, highs, strict=True))


def test_a_sum_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="not between"):
        fit_to_sum([1.0], [0], [5], 6)


@given(st.integers(0, 10_000), st.lists(st.floats(0.1, 100), min_size=1, max_size=20))
def test_shares_sum_to_what_is_shared(total: int, weights: list[float]) -> None:
    assert sum(share_out(total, weights)) == total


def test_a_demo_record_has_the_same_number_in_every_run() -> None:
    assert fixed_uuid("room", 1) == "7b7efae1-a8df-5729-91d4-803d5ca30f0f"


def test_woodlands_is_closed_at_weekends_bank_holidays_and_christmas() -> None:
    days = open_days(date(2013, 4, 1), date(2014, 3, 31))
    assert date(2013, 4, 1) not in days  # Easter Monday
    assert date(2013, 12, 27) not in days
    assert date(2013, 8, 26) not in days
    assert all(day.weekday() < 5 for day in days)
    assert date(2005, 8, 29) not in open_days(date(2005, 8, 1), date(2005, 8, 31))


def in_use(planned: list[PlannedBooking]) -> Counter[tuple[date, int, int]]:
    """Return how many hold each cell in each quarter of an hour, set-up and all."""
    cells = {one.id: one.cells for one in WOODLANDS}
    held: Counter[tuple[date, int, int]] = Counter()
    for use in (use for one in planned if not one.is_called_off for use in one.uses):
        begins, ends = use.starts_at - use.margin, use.ends_at + use.margin
        quarters = range(
            begins.hour * 4 + begins.minute // 15, ends.hour * 4 + -(-ends.minute // 15)
        )
        held.update(
            (use.starts_at.date(), cell, quarter)
            for cell in cells[use.space_id]
            for quarter in quarters
        )
    return held


def test_planned_bookings_never_share_a_cell() -> None:
    planned = plan_room_year(size_of("2012-13"), WOODLANDS)
    assert max(in_use(planned).values()) == 1


def test_nobody_is_planned_into_a_room_too_small() -> None:
    layouts = {
        (one.id, layout.layout): layout.capacity for one in WOODLANDS for layout in one.layouts
    }
    uses = [use for one in plan_room_year(size_of("2012-13"), WOODLANDS) for use in one.uses]
    assert all(use.heads <= layouts[use.space_id, use.layout] for use in uses)


@pytest.mark.parametrize("year", years_ending_2014(10))
def test_every_year_can_be_planned(year: str) -> None:
    size = size_of(year)
    rooms = plan_room_year(size, WOODLANDS)
    counted = [use.heads for one in rooms if not one.is_called_off for use in one.uses]
    assert sum(counted) == sum(one.people for one in size.rooms)
    events = plan_course_year(size, rooms)
    assert len(events) == size.lpds.events + size.others.events
    assert sum(event.attended for event in events) == size.lpds.attended + size.others.attended
    assert all(event.held <= event.capacity for event in events)


def test_august_is_thin() -> None:
    planned = plan_room_year(size_of("2012-13"), WOODLANDS)
    months = Counter(one.uses[0].starts_at.month for one in planned)
    assert months[8] * 2 < months[11]
