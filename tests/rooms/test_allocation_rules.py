"""The allocation against trying everything, and what it says about its own proof."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lle_desk.rooms.rules import Closed, LayoutFacts, Slot, SpaceFacts
from lle_desk.rooms.rules.allocation import (
    Allocation,
    AllocationQuestion,
    Costs,
    TakenCell,
    UseToPlace,
    allocate,
)

MONDAY = datetime(2014, 3, 3)
HOUR = timedelta(hours=1)


def room(
    number: int, *cells: int, seats: int, set_up: int = 0, theatre: int | None = None
) -> SpaceFacts:
    layouts = [LayoutFacts("classroom", seats)]
    if theatre:
        layouts.append(LayoutFacts("theatre", theatre))
    name = f"Room {number}"
    return SpaceFacts(
        number, 1, "", name, name, "room", frozenset(cells or (number,)), tuple(layouts), set_up
    )


ROOMS = (
    room(1, seats=10),
    room(2, seats=8),
    room(3, 1, 2, seats=20, theatre=60),
    room(4, seats=12),
)


def use(
    number: int,
    start: int,
    hours: int,
    heads: int = 5,
    space: int | None = None,
    party: int | None = None,
    **more: object,
) -> UseToPlace:
    """Return a use from `start` hours after Monday began, without set-up."""
    starts, ends = MONDAY + start * HOUR, MONDAY + (start + hours) * HOUR
    made = UseToPlace(
        id=number,
        version=1,
        party=-number if party is None else party,
        number=number,
        title=f"Use {number}",
        starts_at=starts,
        ends_at=ends,
        reserved_from=starts,
        reserved_to=ends,
        heads=heads,
        layout="classroom",
        space_id=space,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def question(*uses: UseToPlace, **more: object) -> AllocationQuestion:
    asked = AllocationQuestion(1, date(2014, 3, 3), date(2014, 3, 9), ROOMS, uses)
    return replace(asked, **more)  # type: ignore[arg-type]


def rooms_of(answer: Allocation) -> dict[int, int | None]:
    return {one.use.id: one.space.id if one.space else None for one in answer.placements}


def every_costs(asked: AllocationQuestion) -> Iterator[Costs]:
    """Try every choice of rooms and return the costs of those that are allowed."""
    spaces = {space.id: space for space in asked.spaces}
    lists = [[None, *_allowed(asked, one)] for one in asked.uses]
    keeps = [
        one.space_id if one.space_id in listed else None
        for one, listed in zip(asked.uses, lists, strict=True)
    ]
    for chosen in itertools.product(*lists):
        if any(kept and not got for kept, got in zip(keeps, chosen, strict=True)):
            continue
        if not _clash(asked, chosen, spaces):
            yield _costs(asked, chosen, keeps, spaces)


def _allowed(asked: AllocationQuestion, one: UseToPlace) -> list[int]:
    found = []
    for space in asked.spaces:
        slot = Slot(one.reserved_from, one.reserved_to)
        if one.space_id is None and slot == Slot(one.starts_at, one.ends_at):
            slot = Slot(one.starts_at - timedelta(minutes=space.set_up), one.ends_at)
        small = (space.capacity(one.layout) or 0) < one.heads and space.id != one.space_id
        shut = any(
            slot.overlaps(closed) and (closed.cells is None or closed.cells & space.cells)
            for closed in asked.closed
        )
        full = any(
            held.cell in space.cells and slot.overlaps(Slot(held.starts_at, held.ends_at))
            for held in asked.taken
        )
        if not small and not shut and not full:
            found.append(space.id)
    return found


def _clash(
    asked: AllocationQuestion, chosen: tuple[int | None, ...], spaces: dict[int, SpaceFacts]
) -> bool:
    held = []
    for one, got in zip(asked.uses, chosen, strict=True):
        if got is None:
            continue
        slot = Slot(one.reserved_from, one.reserved_to)
        if one.space_id is None and slot == Slot(one.starts_at, one.ends_at):
            slot = Slot(one.starts_at - timedelta(minutes=spaces[got].set_up), one.ends_at)
        held.append((spaces[got].cells, slot))
    return any(a[0] & b[0] and a[1].overlaps(b[1]) for a, b in itertools.combinations(held, 2))


def _costs(
    asked: AllocationQuestion,
    chosen: tuple[int | None, ...],
    keeps: list[int | None],
    spaces: dict[int, SpaceFacts],
) -> Costs:
    changes, seats, pairs = 0, 0, set()
    sizes = [one.party for one in asked.uses] + [party for party, _ in asked.kept]
    for one, got, kept in zip(asked.uses, chosen, keeps, strict=True):
        lost = one.space_id is not None and kept is None
        changes += (kept is not None and got != kept) or (lost and got is None)
        if got is not None:
            seats += max(0, (spaces[got].capacity(one.layout) or 0) - one.heads)
            if sizes.count(one.party) > 1:
                pairs.add((one.party, got))
    return Costs(chosen.count(None), changes, len(pairs - set(asked.kept)), seats)


@st.composite
def questions(draw: st.DrawFn) -> AllocationQuestion:
    """Return a small diary that keeps the rules: some have rooms, some are parked."""
    spaces = tuple(replace(space, set_up=draw(st.sampled_from((0, 0, 30)))) for space in ROOMS)
    cells = {space.id: space.cells for space in spaces}
    uses: list[UseToPlace] = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        made = use(
            number,
            draw(st.integers(9, 13)) + 24 * draw(st.integers(0, 1)),
            draw(st.integers(1, 4)),
            draw(st.integers(1, 21)),
            draw(st.sampled_from((None, None, 1, 2, 3, 4))),
            draw(st.integers(1, 3)),
        )
        slot = Slot(made.starts_at, made.ends_at)
        for other in uses:
            if (
                made.space_id
                and other.space_id
                and cells[made.space_id] & cells[other.space_id]
                and slot.overlaps(Slot(other.starts_at, other.ends_at))
            ):
                made = replace(made, space_id=None)
        uses.append(made)
    closed = tuple(
        Closed(MONDAY + at * HOUR, MONDAY + (at + 3) * HOUR, 1, shut, "Painting")
        for at, shut in draw(
            st.lists(
                st.tuples(st.integers(8, 36), st.sampled_from((None, *(s.cells for s in ROOMS)))),
                max_size=2,
            )
        )
    )
    kept = draw(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4)), max_size=2, unique=True))
    taken = tuple(
        TakenCell(cell, MONDAY + at * HOUR, MONDAY + (at + 2) * HOUR)
        for cell, at in draw(
            st.lists(st.tuples(st.sampled_from((1, 2, 4)), st.integers(8, 16)), max_size=2)
        )
        if not any(
            one.space_id
            and cell in cells[one.space_id]
            and one.starts_at < MONDAY + (at + 2) * HOUR
            and one.ends_at > MONDAY + at * HOUR
            for one in uses
        )
    )
    return question(*uses, spaces=spaces, closed=closed, kept=tuple(kept), taken=taken)


@settings(max_examples=200, deadline=None)
@given(questions())
def test_nothing_that_can_be_tried_is_better(asked: AllocationQuestion) -> None:
    answer = allocate(asked)
    best = min(
        every_costs(asked),
        key=lambda one: (one.unplaced, one.changes, one.course_rooms, one.empty_seats),
    )
    assert answer.costs == best
    assert answer.bound == best
    assert answer.is_proved
    assert answer.gap == 0


@settings(max_examples=40, deadline=None)
@given(questions())
def test_the_same_question_has_the_same_answer(asked: AllocationQuestion) -> None:
    assert rooms_of(allocate(asked)) == rooms_of(allocate(asked))


@settings(max_examples=60, deadline=None)
@given(questions())
def test_without_time_nothing_is_promised_that_is_not_so(asked: AllocationQuestion) -> None:
    answer = allocate(asked, stopped=lambda: True)
    best = min(
        every_costs(asked),
        key=lambda one: (one.unplaced, one.changes, one.course_rooms, one.empty_seats),
    )
    assert answer.bound.unplaced <= best.unplaced <= answer.costs.unplaced
    assert answer.costs == best or not answer.is_proved
    assert answer.is_proved == (answer.proof_words == "Proved: no allocation is better.")


def test_a_search_stopped_half_way_keeps_what_it_has_and_states_the_gap() -> None:
    looks = iter(range(100))
    uses = [use(day, 9 + 24 * day, 3, 8) for day in range(6)]
    uses += [use(day + 10, 9 + 24 * day, 3, 8) for day in range(6)]
    answer = allocate(question(*uses), stopped=lambda: next(looks) > 2)
    assert not answer.is_proved
    assert 0 < answer.costs.unplaced < len(uses)
    assert answer.bound.unplaced == 0
    assert answer.gap == 1
    assert answer.proof_words.startswith("Not proved: ")
    assert all(one.why for one in answer.unplaced)


def test_most_have_a_room_and_nobody_loses_one() -> None:
    small, large = use(1, 9, 3, 5, space=3), use(2, 9, 3, 20)
    answer = allocate(question(small, large))
    assert rooms_of(answer)[2] == 3
    assert rooms_of(answer)[1] == 4
    words = [one.words for one in answer.changed]
    assert words[0].startswith("Mon 3 Mar 2014 09:00–12:00  WR-00001 “Use 1”: Room 3 → Room 4.")
    assert words[0].endswith("It makes way for “Use 2”, WR-00002.")
    assert words[1].endswith("It had no room.")


def test_who_lost_a_closed_room_comes_before_who_had_none() -> None:
    closed = (Closed(MONDAY, MONDAY + 24 * HOUR, 1, frozenset({4}), "Painting"),)
    had, had_none = use(1, 9, 3, 1, space=4), use(2, 9, 3, 20)
    answer = allocate(question(had, had_none, closed=closed))
    assert rooms_of(answer)[2] is None
    assert answer.costs.changes == 0


def test_what_fits_better_elsewhere_stays_where_it_is() -> None:
    answer = allocate(question(use(1, 9, 3, 8, space=4), use(2, 9, 3, 10)))
    assert rooms_of(answer) == {1: 4, 2: 1}
    assert answer.changed[0].use.id == 2


def test_a_course_keeps_one_room_over_its_days() -> None:
    days = [use(1, 9, 3, 8, party=7), use(2, 33, 3, 8, party=7)]
    taken = (TakenCell(2, MONDAY + 33 * HOUR, MONDAY + 35 * HOUR),)
    answer = allocate(question(*days, taken=taken))
    assert set(rooms_of(answer).values()) == {1}


def test_a_course_goes_where_its_other_days_are() -> None:
    answer = allocate(question(use(1, 9, 3, 8, party=7), kept=((7, 4),)))
    assert rooms_of(answer) == {1: 4}


def test_a_parked_use_gets_the_usual_set_up_of_its_room() -> None:
    spaces = tuple(replace(space, set_up=60) for space in ROOMS)
    answer = allocate(question(use(1, 9, 3, 8), spaces=spaces))
    assert answer.placements[0].reserved == Slot(MONDAY + 8 * HOUR, MONDAY + 12 * HOUR)


def test_what_no_room_takes_says_so() -> None:
    answer = allocate(question(use(1, 9, 3, 21), use(2, 9, 3, 5, layout="theatre")))
    assert [one.use.id for one in answer.unplaced] == [1]
    assert answer.unplaced[0].why == "No room takes 21 in classroom layout; the largest takes 20."
    assert answer.is_proved


def test_what_is_crowded_out_says_what_hinders() -> None:
    closed = (Closed(MONDAY, MONDAY + 24 * HOUR, 1, frozenset({4}), "Painting"),)
    answer = allocate(question(use(1, 9, 3, 11, space=3), use(2, 9, 3, 12), closed=closed))
    assert answer.unplaced[0].why == (
        "Of 2 rooms that take 12 in classroom layout, Room 4 is closed (Painting);"
        " others need the rest then."
    )


def test_what_only_others_hinder_says_so() -> None:
    answer = allocate(question(use(1, 9, 3, 20), use(2, 9, 3, 20), use(3, 9, 3, 11, space=4)))
    assert answer.unplaced[0].why == (
        "Only Room 3 takes 20 in classroom layout, and others need it then."
    )
    crowd = [use(number, 9, 3, 10) for number in range(1, 5)]
    assert allocate(question(*crowd)).unplaced[0].why == (
        "Others need all 3 rooms that take 10 in classroom layout then."
    )


def test_a_closed_room_is_left_for_the_nearest_that_fits() -> None:
    closed = (Closed(MONDAY, MONDAY + 24 * HOUR, 1, frozenset({2}), "A leak"),)
    answer = allocate(question(use(1, 9, 3, 8, space=2), use(2, 33, 3, 8, space=2), closed=closed))
    assert rooms_of(answer) == {1: 1, 2: 2}
    assert answer.costs.changes == 0
    assert answer.changed[0].why == ("Room 2 is closed Mon 3 Mar 00:00 – Tue 4 Mar 00:00: A leak.")


def test_a_use_too_large_for_its_room_may_stay() -> None:
    answer = allocate(question(use(1, 9, 3, 9, space=2), use(2, 9, 3, 3)))
    assert rooms_of(answer)[1] == 2


def test_an_empty_diary_is_placed_at_once() -> None:
    answer = allocate(question())
    assert answer.is_proved
    assert answer.seconds == 0


@pytest.mark.parametrize("hours", [1, 2])
def test_uses_that_only_touch_may_share_a_room(hours: int) -> None:
    only = (room(1, seats=10),)
    answer = allocate(question(use(1, 9, hours), use(2, 9 + hours, 1), spaces=only))
    assert rooms_of(answer) == {1: 1, 2: 1}
