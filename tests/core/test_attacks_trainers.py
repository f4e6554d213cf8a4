"""Plain SQL against the rules for trainers and visits, by one who may do everything."""

from typing import Any

import pytest

from lle_desk.core.db import Database
from tests.core.office import (
    add_cell,
    add_customer,
    add_space,
    add_use,
    assert_refused_by,
    flag,
    insert,
    run,
)

NINE, TEN, ELEVEN, NOON = (f"2014-03-04 {hour:02d}:00:00" for hour in (9, 10, 11, 12))
CLAIM = (
    "INSERT INTO claim (resource_id, room_use_id, trainer_time_id, starts_at, ends_at, holds_space)"
    " VALUES (:resource, :use, :time, :starts, :ends, :held)"
)
HELD = "SELECT count(*) FROM claim WHERE trainer_time_id IS NOT NULL"


@pytest.fixture
def database(administrators_database: Database) -> Database:
    """Not an officer's rights: here the rules themselves are tried."""
    return administrators_database


@pytest.fixture
def anna(database: Database) -> int:
    return add_trainer(database, "Anna Example")


def add_trainer(database: Database, name: str) -> int:
    return insert(
        database,
        "trainer",
        resource_id=insert(database, "resource", kind="trainer", name="Trainer"),
        name=name,
        initials="AE",
        email="",
        telephone="",
        cost_per_day=0,
        is_active=flag(database, True),
        is_demo=flag(database, True),
    )


def add_time(database: Database, trainer: int, starts: str, ends: str, **more: Any) -> int:
    values = {
        "trainer_id": trainer,
        "starts_at": starts,
        "ends_at": ends,
        "reserved_from": starts,
        "reserved_to": ends,
        "purpose": "visit",
        "words": "",
        "holds_space": flag(database, True),
        "source": "",
    }
    return insert(database, "trainer_time", **(values | more))


def add_visit(database: Database, time: int, **more: Any) -> int:
    blank = "no_charge_reason order_number notes_office note cancelled_reason"
    values = {
        "number": time,
        "trainer_time_id": time,
        "customer_id": add_customer(database),
        "service_id": run(database, "SELECT id FROM service WHERE code = 'LPDS'"),
        "kind": "half day",
        "state": "planned",
        "topic": "Maths review",
        "paid": "price list",
        "taken_by": "ann",
        "taken_at": NINE,
        "is_demo": flag(database, True),
    }
    return insert(database, "visit", **(dict.fromkeys(blank.split(), "") | values | more))


def resource_of(database: Database, trainer: int) -> int:
    return int(run(database, "SELECT resource_id FROM trainer WHERE id = :id", id=trainer))


def test_nobody_is_in_two_places_at_once(database: Database, anna: int) -> None:
    add_time(database, anna, NINE, ELEVEN)
    with assert_refused_by("claim_no_overlap"):
        add_time(database, anna, TEN, NOON)
    add_time(database, anna, ELEVEN, NOON)
    add_time(database, add_trainer(database, "Ben Sample"), TEN, NOON)
    assert run(database, HELD) == 3


def test_travel_is_time_too(database: Database, anna: int) -> None:
    add_time(database, anna, NINE, TEN, reserved_to=ELEVEN)
    with assert_refused_by("claim_no_overlap"):
        add_time(database, anna, TEN, NOON)


@pytest.mark.parametrize(
    "change",
    [
        "reserved_from = '2014-03-04 09:30:00', starts_at = '2014-03-04 09:30:00'",
        "trainer_id = :anna",
    ],
)
def test_nothing_is_moved_onto_what_a_trainer_does(
    database: Database, anna: int, change: str
) -> None:
    add_time(database, anna, NINE, TEN)
    who = add_trainer(database, "Ben Sample") if "trainer" in change else anna
    starts = NINE if "trainer" in change else TEN
    late = add_time(database, who, starts, NOON)
    with assert_refused_by("claim_no_overlap"):
        run(
            database,
            f"UPDATE trainer_time SET {change}, version = 2 WHERE id = :id",
            anna=anna,
            id=late,
        )


def test_what_was_freed_cannot_come_back_over_something_else(database: Database, anna: int) -> None:
    freed = add_time(database, anna, NINE, TEN, holds_space=flag(database, False))
    add_time(database, anna, NINE, TEN)
    with assert_refused_by("claim_no_overlap"):
        run(
            database,
            "UPDATE trainer_time SET holds_space = :yes, version = 2 WHERE id = :id",
            yes=flag(database, True),
            id=freed,
        )


@pytest.mark.parametrize("owner", ["nobody", "time", "both", "again"])
def test_a_claim_on_a_trainer_is_made_by_their_time_alone(
    database: Database, anna: int, owner: str
) -> None:
    time = add_time(database, anna, NINE, TEN)
    space = add_space(database, "Oak", add_cell(database, "Oak 1"))
    use = add_use(database, space, NINE, TEN)
    again = owner == "again"
    with assert_refused_by("claim_follows_time", "claim_follows_use"):
        run(
            database,
            CLAIM,
            resource=resource_of(database, anna),
            use=use if owner == "both" else None,
            time=None if owner == "nobody" else time,
            starts=NINE if again else TEN,
            ends=TEN if again else ELEVEN,
            held=flag(database, not again),
        )


@pytest.mark.parametrize(
    "attack",
    [
        "DELETE FROM claim WHERE trainer_time_id = :time",
        "UPDATE claim SET holds_space = :no WHERE trainer_time_id = :time",
        "UPDATE claim SET trainer_time_id = NULL WHERE trainer_time_id = :time",
        "UPDATE claim SET starts_at = '2014-03-04 09:59:00' WHERE trainer_time_id = :time",
        "UPDATE claim SET trainer_time_id = :time WHERE room_use_id IS NOT NULL",
        "DELETE FROM trainer_time",
        "DELETE FROM trainer",
        "UPDATE resource SET kind = 'cell', version = 2 WHERE kind = 'trainer'",
        "UPDATE trainer SET version = 2, resource_id ="
        " (SELECT min(id) FROM resource WHERE kind = 'cell')",
        "UPDATE space_cell SET resource_id ="
        " (SELECT resource_id FROM trainer) WHERE space_id = :space",
    ],
)
def test_a_claim_stays_with_its_trainer(database: Database, anna: int, attack: str) -> None:
    time = add_time(database, anna, NINE, TEN)
    space = add_space(database, "Oak", add_cell(database, "Oak 1"))
    if "room_use" in attack:
        add_use(database, space, NINE, TEN)
    with assert_refused_by(
        "claim_follows_time",
        "claim_follows_use",
        "trainer_time_kept",
        "trainer_kept",
        "trainer_is_resource",
        "fk_trainer_time_trainer_id_trainer",
    ):
        run(database, attack, time=time, no=flag(database, False), space=space)
    assert run(database, HELD) == 1


def test_a_room_is_no_trainer(database: Database) -> None:
    cell = add_cell(database, "Oak 1")
    with assert_refused_by("trainer_is_resource"):
        insert(
            database,
            "trainer",
            resource_id=cell,
            name="Oak",
            initials="O",
            email="",
            telephone="",
            cost_per_day=0,
            is_active=flag(database, True),
            is_demo=flag(database, True),
        )


def test_no_row_is_longer_than_a_month(database: Database, anna: int) -> None:
    with assert_refused_by(
        "ck_trainer_time_starts_at_longest", "ck_trainer_time_reserved_from_longest"
    ):
        add_time(database, anna, NINE, "2014-04-20 09:00:00")


def test_a_cancelled_visit_frees_its_consultant_and_an_opened_one_holds_again(
    database: Database, anna: int
) -> None:
    time = add_time(database, anna, NINE, TEN)
    visit = add_visit(database, time)
    cancel = (
        "UPDATE visit SET state = 'cancelled', cancelled_at = :at, version = version + 1"
        " WHERE id = :id"
    )
    run(database, cancel, at=NINE, id=visit)
    other = add_time(database, anna, NINE, TEN)
    with assert_refused_by("claim_no_overlap"):
        run(database, "UPDATE visit SET state = 'planned', version = 3 WHERE id = :id", id=visit)
    run(
        database,
        "UPDATE trainer_time SET holds_space = :no, version = 2 WHERE id = :id",
        no=flag(database, False),
        id=other,
    )
    run(database, "UPDATE visit SET state = 'planned', version = 3 WHERE id = :id", id=visit)
    assert run(database, f"{HELD} AND holds_space") == 1


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE trainer_time SET holds_space = :no, version = 2 WHERE id = :time",
        "UPDATE trainer_time SET purpose = 'leave', version = 2 WHERE id = :time",
        "UPDATE visit SET trainer_time_id = :other, version = 2",
        "DELETE FROM visit",
    ],
)
def test_a_visit_keeps_its_time(database: Database, anna: int, attack: str) -> None:
    time, other = add_time(database, anna, NINE, TEN), add_time(database, anna, TEN, NOON)
    add_visit(database, time)
    with assert_refused_by("visit_holds_time", "visit_kept"):
        run(database, attack, time=time, other=other, no=flag(database, False))


@pytest.mark.parametrize("purpose", ["session", "leave"])
def test_a_visit_is_made_of_time_for_a_visit(database: Database, anna: int, purpose: str) -> None:
    time = add_time(database, anna, NINE, TEN, purpose=purpose)
    with assert_refused_by("visit_holds_time"):
        add_visit(database, time)


def test_a_visit_is_done_when_its_note_is_written(database: Database, anna: int) -> None:
    time = add_time(database, anna, NINE, TEN)
    with assert_refused_by("ck_visit_done_has_note"):
        add_visit(database, time, state="done")
    with assert_refused_by("ck_visit_note_dated"):
        add_visit(database, time, note="They agreed on three things.")
