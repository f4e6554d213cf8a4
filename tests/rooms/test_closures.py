"""What is closed is closed to everybody but those who are allowed, whatever program writes."""

from typing import Any

import pytest

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.rooms.actions import CloseSpace, close_space, hold_room
from tests.core.office import add_booking, add_customer, add_use, assert_refused_by, insert, run
from tests.rooms.woodlands import Woodlands, at, wish

MORNING = ("2014-03-04 09:00:00", "2014-03-04 12:00:00")


def close(database: Database, woodlands: Woodlands, space: int | None, **more: Any) -> int:
    values = {
        "site_id": woodlands.site,
        "space_id": space,
        "starts_at": MORNING[0],
        "ends_at": MORNING[1],
        "reason": "New carpet",
    }
    return insert(database, "closure", **(values | more))


def test_plain_sql_cannot_book_into_a_closed_room(database: Database, woodlands: Woodlands) -> None:
    close(database, woodlands, woodlands.elm)
    with assert_refused_by("room_closed"):
        add_use(database, woodlands.elm, "2014-03-04 11:30:00", "2014-03-04 13:00:00")
    add_use(database, woodlands.elm, "2014-03-04 12:00:00", "2014-03-04 13:00:00")
    add_use(database, woodlands.ash, *MORNING)


def test_a_closed_half_closes_the_joined_room_and_a_closed_site_every_room(
    database: Database, woodlands: Woodlands
) -> None:
    close(database, woodlands, woodlands.oak_1)
    with assert_refused_by("room_closed"):
        add_use(database, woodlands.oak_room, *MORNING)
    add_use(database, woodlands.oak_2, *MORNING)
    close(
        database,
        woodlands,
        None,
        starts_at="2014-03-05 00:00:00",
        ends_at="2014-03-06 00:00:00",
    )
    with assert_refused_by("room_closed"):
        add_use(database, woodlands.ash, "2014-03-05 09:00:00", "2014-03-05 10:00:00")


def test_plain_sql_cannot_move_or_wake_a_booking_into_a_closed_room(
    database: Database, woodlands: Woodlands
) -> None:
    use = add_use(database, woodlands.ash, *MORNING)
    off = 0 if database.dialect == "sqlite" else False
    asleep = add_use(database, woodlands.elm, *MORNING, holds_space=off)
    close(database, woodlands, woodlands.elm)
    with assert_refused_by("room_closed"):
        run(
            database,
            "UPDATE room_use SET space_id = :space, version = version + 1 WHERE id = :id",
            space=woodlands.elm,
            id=use,
        )
    with assert_refused_by("room_closed"):
        run(
            database,
            "UPDATE room_use SET holds_space = NOT holds_space, version = version + 1"
            " WHERE id = :id",
            id=asleep,
        )


def test_what_was_there_before_stays_and_can_leave(
    database: Database, woodlands: Woodlands
) -> None:
    use = add_use(database, woodlands.elm, *MORNING)
    close(database, woodlands, woodlands.elm)
    change = "UPDATE room_use SET {}, version = version + 1 WHERE id = :id"
    run(database, change.format("heads = 11"), id=use)
    run(database, change.format("space_id = :space"), id=use, space=woodlands.ash)
    moved = run(database, "SELECT space_id FROM room_use WHERE id = :id AND heads = 11", id=use)
    assert moved == woodlands.ash


def test_an_allowed_customer_and_an_allowed_booking_get_in(
    database: Database, woodlands: Woodlands
) -> None:
    closure = close(database, woodlands, woodlands.elm)
    customer = add_customer(database)
    booking, other = add_booking(database, "Governors"), add_booking(database, "Choir")
    run(
        database,
        "UPDATE room_booking SET customer_id = :customer, version = version + 1 WHERE id = :id",
        customer=customer,
        id=booking,
    )
    insert(database, "closure_allowance", closure_id=closure, customer_id=customer)
    hour = ("2014-03-04 09:00:00", "2014-03-04 10:00:00")
    add_use(database, woodlands.elm, *hour, room_booking_id=booking)
    later = ("2014-03-04 10:00:00", "2014-03-04 11:00:00")
    with assert_refused_by("room_closed"):
        add_use(database, woodlands.elm, *later, room_booking_id=other)
    insert(database, "closure_allowance", closure_id=closure, room_booking_id=other)
    add_use(database, woodlands.elm, *later, room_booking_id=other)


def test_an_allowance_names_a_customer_or_a_booking_never_both_or_none(
    database: Database, woodlands: Woodlands
) -> None:
    closure = close(database, woodlands, woodlands.elm)
    with assert_refused_by("ck_closure_allowance_one_allowed"):
        insert(database, "closure_allowance", closure_id=closure)
    with assert_refused_by("ck_closure_allowance_one_allowed"):
        insert(
            database,
            "closure_allowance",
            closure_id=closure,
            customer_id=add_customer(database),
            room_booking_id=add_booking(database, "Choir"),
        )


@pytest.mark.parametrize(("opens", "closes"), [(600, 480), (480, 1441), (-1, 480)])
def test_hours_that_make_no_sense_are_refused(
    database: Database, woodlands: Woodlands, opens: int, closes: int
) -> None:
    with assert_refused_by("ck_opening_hours_hours_sensible"):
        run(
            database,
            "UPDATE opening_hours SET opens = :opens, closes = :closes, version = version + 1",
            opens=opens,
            closes=closes,
        )


def test_a_closed_room_is_refused_with_the_reason_and_what_is_free(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    ask = CloseSpace(
        client_uuid=new_uuid(),
        site_id=woodlands.site,
        space_id=woodlands.elm,
        starts_at=at("09:00"),
        ends_at=at("12:00"),
        reason="New carpet",
    )
    database.write(by, close_space, ask)
    with pytest.raises(
        OfficerError, match=r"Elm is closed 09:00–12:00: New carpet.*Free then: Oak"
    ):
        database.write(by, hold_room, wish(woodlands.elm))


def test_outside_the_opening_hours_a_booking_needs_a_reason(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    with pytest.raises(OfficerError, match=r"open 08:00–21:30 that day.*give a reason"):
        database.write(by, hold_room, wish(woodlands.elm, "20:00", "22:00"))
    saturday: dict[str, Any] = {"starts_at": at("10:00", 8), "ends_at": at("12:00", 8)}
    with pytest.raises(OfficerError, match="shut on Saturdays"):
        database.write(by, hold_room, wish(woodlands.elm, **saturday))
    allowed = wish(woodlands.elm, over_capacity_reason="The caretaker opens up", **saturday)
    assert database.write(by, hold_room, allowed)
