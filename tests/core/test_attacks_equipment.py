"""Plain SQL against the stock of equipment, by one who may do everything."""

import threading
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from lle_desk.core.db import Database
from tests.core.office import (
    add_cell,
    add_customer,
    add_offer,
    add_space,
    add_use,
    assert_refused_by,
    flag,
    insert,
    run,
)

NINE, TEN, ELEVEN, NOON = (f"2134-03-04 {hour:02d}:00:00" for hour in (9, 10, 11, 12))
MOVE = (
    "UPDATE room_use SET starts_at = :starts, reserved_from = :starts, ends_at = :ends,"
    " reserved_to = :ends, version = version + 1 WHERE id = :id"
)


@pytest.fixture
def database(administrators_database: Database) -> Database:
    """Not an officer's rights: here the rules themselves are tried."""
    return administrators_database


def add_projectors(database: Database, stock: int) -> int:
    return insert(
        database,
        "equipment",
        name="Projector",
        stock=stock,
        sort_order=0,
        is_active=flag(database, True),
        is_demo=flag(database, True),
    )


def add_room_use(database: Database, starts: str, ends: str, **more: Any) -> int:
    name = f"Room {run(database, 'SELECT count(*) FROM space')}"
    space = add_space(database, name, add_cell(database, name))
    return add_use(database, space, starts, ends, **more)


def lend(database: Database, use: int, equipment: int, quantity: int = 1, **more: Any) -> int:
    held = run(database, f"SELECT holds_space FROM room_use WHERE id = {use}")
    values = {
        "room_use_id": use,
        "equipment_id": equipment,
        "quantity": quantity,
        "starts_at": str(run(database, f"SELECT reserved_from FROM room_use WHERE id = {use}")),
        "ends_at": str(run(database, f"SELECT reserved_to FROM room_use WHERE id = {use}")),
        "holds_space": held,
    }
    return insert(database, "equipment_line", **(values | more))


def test_more_than_there_is_cannot_be_lent_at_one_instant(database: Database) -> None:
    projectors = add_projectors(database, 2)
    lend(database, add_room_use(database, NINE, ELEVEN), projectors)
    lend(database, add_room_use(database, TEN, NOON), projectors)
    with assert_refused_by("equipment_stock"):
        lend(database, add_room_use(database, NINE, NOON), projectors)
    with assert_refused_by("equipment_stock"):
        lend(database, add_room_use(database, TEN, ELEVEN), projectors)
    lend(database, add_room_use(database, NINE, TEN), projectors)
    lend(database, add_room_use(database, ELEVEN, NOON), projectors)


def test_what_is_lent_before_and_after_does_not_add_up(database: Database) -> None:
    projectors = add_projectors(database, 1)
    lend(database, add_room_use(database, NINE, TEN), projectors)
    lend(database, add_room_use(database, TEN, ELEVEN), projectors)
    with assert_refused_by("equipment_stock"):
        lend(database, add_room_use(database, NINE, NOON), projectors)


def test_a_use_cannot_be_moved_or_lengthened_to_where_its_equipment_is_out(
    database: Database,
) -> None:
    projectors = add_projectors(database, 1)
    lend(database, add_room_use(database, NINE, TEN), projectors)
    late = add_room_use(database, ELEVEN, NOON)
    lend(database, late, projectors)
    with assert_refused_by("equipment_stock"):
        run(database, MOVE, starts=NINE, ends=TEN, id=late)
    with assert_refused_by("equipment_stock"):
        run(database, MOVE, starts="2134-03-04 09:59:00", ends=NOON, id=late)
    run(database, MOVE, starts=TEN, ends=NOON, id=late)
    line = "SELECT starts_at FROM equipment_line WHERE room_use_id = :id"
    assert str(run(database, line, id=late)) == TEN


def test_a_use_that_held_nothing_cannot_take_equipment_that_is_out(database: Database) -> None:
    projectors = add_projectors(database, 1)
    wish = add_room_use(database, NINE, TEN, holds_space=flag(database, False))
    lend(database, wish, projectors)
    lend(database, add_room_use(database, NINE, TEN), projectors)
    with assert_refused_by("equipment_stock"):
        run(
            database,
            "UPDATE room_use SET holds_space = :yes, version = 2 WHERE id = :id",
            yes=flag(database, True),
            id=wish,
        )


def test_more_cannot_be_written_into_a_line_nor_the_stock_lowered_under_it(
    database: Database,
) -> None:
    projectors = add_projectors(database, 2)
    line = lend(database, add_room_use(database, NINE, TEN), projectors, 2)
    with assert_refused_by("equipment_stock"):
        run(
            database,
            "UPDATE equipment_line SET quantity = 3, version = 2 WHERE id = :id",
            id=line,
        )
    with assert_refused_by("equipment_stock"):
        run(database, "UPDATE equipment SET stock = 1, version = 2")
    run(database, "UPDATE equipment_line SET quantity = 1, version = 2 WHERE id = :id", id=line)
    run(database, "UPDATE equipment SET stock = 1, version = 2")


def test_a_line_holds_exactly_as_its_use_does(database: Database) -> None:
    projectors = add_projectors(database, 1)
    use = add_room_use(database, NINE, TEN)
    with assert_refused_by("equipment_follows_use"):
        lend(database, use, projectors, ends_at="2134-03-04 09:30:00")
    with assert_refused_by("equipment_follows_use"):
        lend(database, use, projectors, holds_space=flag(database, False))
    line = lend(database, use, projectors)
    with assert_refused_by("equipment_follows_use"):
        run(
            database,
            "UPDATE equipment_line SET holds_space = :no WHERE id = :id",
            no=flag(database, False),
            id=line,
        )
    with assert_refused_by("equipment_line_kept"):
        run(database, "DELETE FROM equipment_line")


def test_one_line_holds_all_of_one_equipment_on_a_use(database: Database) -> None:
    projectors = add_projectors(database, 3)
    use = add_room_use(database, NINE, TEN)
    lend(database, use, projectors)
    with assert_refused_by("equipment_follows_use", "uq_equipment_line_room_use_id_equipment_id"):
        lend(database, use, projectors)


@pytest.mark.parametrize("stock", [1, 3])
def test_eleven_connections_at_once_get_the_last_projectors(database: Database, stock: int) -> None:
    """Without the office-wide lock, as a foreign program would write."""
    projectors = add_projectors(database, stock)
    uses = [add_room_use(database, NINE, TEN) for _ in range(11)]
    won: list[int] = []
    start = threading.Barrier(11)

    def take(use: int) -> None:
        start.wait()
        try:
            lend(database, use, projectors)
        except DBAPIError:
            return
        won.append(use)

    threads = [threading.Thread(target=take, args=(use,)) for use in uses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == stock
    assert run(database, "SELECT sum(quantity) FROM equipment_line") == stock


def add_coffee(database: Database, use: int) -> int:
    add_customer(database)
    item = insert(
        database,
        "catering_item",
        offer_id=add_offer(database),
        name="Coffee",
        is_per_head=flag(database, True),
        sort_order=0,
        is_active=flag(database, True),
        is_demo=flag(database, True),
    )
    diets = dict.fromkeys(("vegetarian", "vegan", "halal", "gluten_free", "other_diets"), 0)
    return insert(
        database,
        "catering_line",
        room_use_id=use,
        catering_item_id=item,
        served_at=TEN,
        quantity=12,
        note="",
        **diets,
    )


def test_catering_goes_along_when_its_use_moves_and_stays_when_it_only_grows(
    database: Database,
) -> None:
    use = add_room_use(database, NINE, ELEVEN)
    line = add_coffee(database, use)
    served = "SELECT served_at FROM catering_line WHERE id = :id"
    run(database, MOVE, starts=TEN, ends=NOON, id=use)
    assert str(run(database, served, id=line)) == ELEVEN
    run(database, MOVE, starts=NINE, ends=NOON, id=use)
    assert str(run(database, served, id=line)) == ELEVEN


def test_the_final_number_is_never_written_over(database: Database) -> None:
    line = add_coffee(database, add_room_use(database, NINE, ELEVEN))
    change = "UPDATE catering_line SET least_charged = :least, version = version + 1 WHERE id = :id"
    run(database, change, least=12, id=line)
    for lower in (11, None):
        with assert_refused_by("final_number_kept"):
            run(database, change, least=lower, id=line)
    with assert_refused_by("ck_catering_line_vegan_counted"):
        run(database, "UPDATE catering_line SET vegan = 13, version = version + 1")
    with assert_refused_by("catering_line_kept"):
        run(database, "DELETE FROM catering_line")
