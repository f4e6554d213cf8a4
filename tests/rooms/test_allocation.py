"""Allocations of a diary: asked, worked out, applied in one transaction, refused when stale."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.rooms.actions import CloseSpace, MoveUse, close_space, hold_room, move_use
from lle_desk.rooms.actions.allocating import (
    allocation_question,
    apply_allocation,
    replace_question,
)
from lle_desk.rooms.models import Claim, Closure, RoomUse
from lle_desk.rooms.queries import use_card, use_version
from lle_desk.rooms.rules.allocation import Allocation, Placement, PlannedClosure, allocate
from tests.rooms.woodlands import DAY, Woodlands, at, wish

TODAY = date(2014, 3, DAY)


class Office:
    """One officer who allocates at Woodlands."""

    def __init__(self, database: Database, by: By, woodlands: Woodlands) -> None:
        self.database = database
        self.by = by
        self.rooms = woodlands

    def hold(self, space_id: int | None, *times: str, **more: Any) -> int:
        return self.database.write(self.by, hold_room, wish(space_id, *times, **more))

    def plan(self, first: date = TODAY, last: date = TODAY) -> Allocation:
        asked = self.database.read(allocation_question, self.rooms.site, first, last)
        return allocate(asked)

    def replace(self, space_id: int, starts_at: datetime, ends_at: datetime) -> Allocation:
        closing = PlannedClosure(new_uuid(), space_id, starts_at, ends_at, "A burst pipe")
        return allocate(self.database.read(replace_question, closing))

    def apply(self, plan: Allocation) -> int:
        return self.database.write(self.by, apply_allocation, plan)

    def room_of(self, use_id: int) -> int | None:
        return self.ask(lambda session: session.get_one(RoomUse, use_id).space_id)

    def ask(self, query: Callable[[Session], Any]) -> Any:
        return self.database.read(query)

    def run(self, statement: str) -> None:
        def change(session: Session) -> None:
            session.execute(text(statement))

        self.database.write(self.by, change)


@pytest.fixture
def office(database: Database, by: By, woodlands: Woodlands) -> Office:
    return Office(database, by, woodlands)


def test_parked_uses_get_rooms_and_nothing_else_moves(office: Office) -> None:
    stays = office.hold(office.rooms.oak_1)
    parked = office.hold(None, heads=9)
    plan = office.plan()
    assert [one.use.id for one in plan.changed] == [parked]
    assert plan.is_proved
    assert office.apply(plan) == 1
    assert office.room_of(stays) == office.rooms.oak_1
    assert office.room_of(parked) == office.rooms.elm
    assert office.ask(lambda session: session.scalar(select(func.count(Claim.id)))) == 2


def test_a_plan_saves_nothing_until_it_is_applied(office: Office) -> None:
    parked = office.hold(None)
    before = office.ask(lambda session: use_version(session, parked))
    office.plan()
    assert office.room_of(parked) is None
    assert office.ask(lambda session: use_version(session, parked)) == before


def test_a_use_that_only_one_room_takes_moves_another_out_of_it(office: Office) -> None:
    small = office.hold(office.rooms.ash, heads=5)
    large = office.hold(None, heads=32)
    office.apply(office.plan())
    assert office.room_of(large) == office.rooms.ash
    assert office.room_of(small) == office.rooms.oak_2


def test_a_pinned_use_stays_even_if_another_goes_without(office: Office) -> None:
    small = office.hold(office.rooms.ash, heads=5)
    office.run(f"update room_use set is_pinned = true, version = version + 1 where id = {small}")
    large = office.hold(None, heads=32)
    plan = office.plan()
    assert not plan.changed
    assert [one.use.id for one in plan.unplaced] == [large]
    assert plan.is_proved


def test_a_joined_room_needs_both_its_halves(office: Office) -> None:
    office.hold(office.rooms.elm, heads=30)
    office.hold(office.rooms.ash, heads=32)
    half = office.hold(None, heads=10)
    whole = office.hold(None, heads=20)
    plan = office.plan()
    assert len(plan.unplaced) == 1
    office.apply(plan)
    placed = {use: office.room_of(use) for use in (half, whole)}
    assert placed in (
        {half: office.rooms.oak_1, whole: None},
        {half: None, whole: office.rooms.oak_room},
    )


def test_a_closed_room_is_not_given(office: Office) -> None:
    for room in (office.rooms.ash, office.rooms.oak_room):
        ask = CloseSpace(
            client_uuid=new_uuid(),
            site_id=office.rooms.site,
            space_id=room,
            starts_at=at("08:00"),
            ends_at=at("10:00"),
            reason="Carpets",
        )
        office.database.write(office.by, close_space, ask)
    morning, noon = office.hold(None), office.hold(None, "10:00", "12:00")
    office.apply(office.plan())
    assert office.room_of(morning) == office.rooms.elm
    assert office.room_of(noon) == office.rooms.oak_2


def test_the_sessions_of_one_booking_keep_one_room(office: Office) -> None:
    first = office.hold(None, heads=10)
    booking = office.ask(lambda session: session.get_one(RoomUse, first).room_booking_id)
    office.hold(office.rooms.oak_1, starts_at=at("09:30", 5), ends_at=at("12:00", 5))
    second = office.hold(
        None,
        starts_at=at("09:30", 5),
        ends_at=at("12:00", 5),
        heads=10,
        room_booking_id=booking,
    )
    office.apply(office.plan(TODAY, date(2014, 3, 5)))
    assert office.room_of(first) == office.room_of(second) == office.rooms.elm


def test_a_later_day_follows_the_room_of_an_earlier_one(office: Office) -> None:
    first = office.hold(office.rooms.elm, heads=10)
    booking = office.ask(lambda session: session.get_one(RoomUse, first).room_booking_id)
    times = {"starts_at": at("09:30", 5), "ends_at": at("12:00", 5)}
    second = office.hold(None, heads=10, room_booking_id=booking, **times)
    office.apply(office.plan(date(2014, 3, 5), date(2014, 3, 5)))
    assert office.room_of(second) == office.rooms.elm


def test_a_room_out_of_use_is_emptied_with_the_fewest_moves(office: Office) -> None:
    there = office.hold(office.rooms.elm, heads=25)
    other_day = office.hold(
        office.rooms.elm, starts_at=at("09:30", 6), ends_at=at("12:00", 6), heads=25
    )
    stays = office.hold(office.rooms.oak_1, heads=8)
    plan = office.replace(office.rooms.elm, at("00:00"), at("00:00", 5))
    assert [one.use.id for one in plan.changed] == [there]
    assert plan.changed[0].why == "Elm is closed Tue 4 Mar 00:00 – Wed 5 Mar 00:00: A burst pipe."
    office.apply(plan)
    assert office.room_of(there) == office.rooms.ash
    assert office.room_of(other_day) == office.rooms.elm
    assert office.room_of(stays) == office.rooms.oak_1
    assert office.ask(lambda session: session.scalar(select(Closure.reason))) == "A burst pipe"


def test_what_had_no_room_waits_while_a_room_is_emptied(office: Office) -> None:
    there = office.hold(office.rooms.elm, heads=25)
    waits = office.hold(None, heads=25)
    office.apply(office.replace(office.rooms.elm, at("00:00"), at("00:00", 5)))
    assert office.room_of(there) == office.rooms.ash
    assert office.room_of(waits) is None


def test_what_finds_no_other_room_is_parked_and_says_why(office: Office) -> None:
    there = office.hold(office.rooms.ash, heads=32)
    plan = office.replace(office.rooms.ash, at("00:00"), at("00:00", 5))
    assert plan.unplaced[0].why == (
        "Only Ash takes 32 in classroom layout, and Ash is closed (A burst pipe)."
    )
    assert office.apply(plan) == 1
    card = office.ask(lambda session: use_card(session, there))
    assert card is not None
    assert card.space is None
    assert card.holds_space


def test_what_is_pinned_in_a_room_out_of_use_is_named(office: Office) -> None:
    there = office.hold(office.rooms.ash)
    office.run(f"update room_use set is_pinned = true, version = version + 1 where id = {there}")
    plan = office.replace(office.rooms.ash, at("00:00"), at("00:00", 5))
    assert [use.id for use in plan.question.stuck] == [there]
    assert not plan.changed


def test_rooms_are_exchanged_in_a_circle(office: Office) -> None:
    one = office.hold(office.rooms.elm, "09:00", "11:00", heads=30)
    two = office.hold(office.rooms.ash, "09:00", "11:00", heads=30)
    plan = office.plan()
    placements = []
    for placed in plan.placements:
        other = next(p for p in plan.placements if p is not placed)
        placements.append(_exchanged(placed, other))
    office.apply(_with(plan, tuple(placements)))
    assert office.room_of(one) == office.rooms.ash
    assert office.room_of(two) == office.rooms.elm


def test_a_chain_of_moves_is_written_from_its_free_end(office: Office) -> None:
    first = office.hold(office.rooms.oak_1, heads=8)
    second = office.hold(office.rooms.elm, heads=10)
    third = office.hold(office.rooms.ash, heads=30)
    last = office.hold(None, heads=32)
    plan = office.plan()
    assert plan.costs.unplaced == 0
    assert plan.costs.changes == 3
    office.apply(plan)
    got = [office.room_of(use) for use in (first, second, third, last)]
    rooms = office.rooms
    assert got == [rooms.oak_2, rooms.oak_1, rooms.elm, rooms.ash]


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda office, _use: office.hold(office.rooms.oak_2),
        lambda office, use: office.database.write(
            office.by,
            move_use,
            MoveUse(
                use_id=use,
                seen_version=1,
                space_id=None,
                starts_at=at("13:00"),
                ends_at=at("14:00"),
            ),
        ),
        lambda office, _use: office.run(
            "update space set is_active = false, version = version + 1 where name = 'Ash'"
        ),
    ],
    ids=["another booking", "another time", "a room given up"],
)
def test_a_plan_of_yesterday_is_refused_whole(
    office: Office, meanwhile: Callable[[Office, int], object], administrators_database: Database
) -> None:
    parked = office.hold(None)
    plan = office.plan()
    meanwhile(Office(administrators_database, office.by, office.rooms), parked)
    with pytest.raises(RecordChanged, match="changed while this was worked out"):
        office.apply(plan)
    assert office.room_of(parked) is None


def test_the_same_plan_twice_changes_nothing_more(office: Office) -> None:
    parked = office.hold(None)
    plan = office.plan()
    office.apply(plan)
    version = office.ask(lambda session: use_version(session, parked))
    assert office.apply(plan) == 1
    assert office.ask(lambda session: use_version(session, parked)) == version


def test_counted_and_released_uses_are_left_alone(office: Office) -> None:
    counted = office.hold(office.rooms.ash, heads=5)
    office.run(f"update room_use set actual_heads = 4, version = version + 1 where id = {counted}")
    wish_only = office.hold(None, status="enquiry")
    asked = office.ask(lambda s: allocation_question(s, office.rooms.site, TODAY, TODAY))
    assert asked.uses == ()
    assert len(asked.taken) == 1
    assert office.room_of(wish_only) is None


def test_days_the_wrong_way_round_are_refused(office: Office) -> None:
    with pytest.raises(OfficerError, match="first and a last day"):
        office.plan(date(2014, 3, 5), TODAY)
    with pytest.raises(OfficerError, match="must come after"):
        office.replace(office.rooms.elm, at("10:00"), at("10:00"))


def _exchanged(one: Placement, other: Placement) -> Placement:
    return replace(one, space=other.today, reserved=other.reserved, why="They exchange rooms.")


def _with(plan: Allocation, placements: tuple[Placement, ...]) -> Allocation:
    return replace(plan, placements=placements)
