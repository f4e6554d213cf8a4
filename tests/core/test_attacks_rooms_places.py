"""Plain SQL against the rules for rooms and places, by one who may do everything."""

import threading

import pytest
from sqlalchemy.exc import DBAPIError

from lle_desk.core.db import Database
from lle_desk.core.refusals import broken_rule
from tests.core.office import (
    add_booking,
    add_cell,
    add_course_booking,
    add_customer,
    add_event,
    add_place,
    add_space,
    add_use,
    assert_refused_by,
    flag,
    insert,
    run,
)

NINE, TEN, ELEVEN, NOON = (f"2014-03-04 {hour:02d}:00:00" for hour in (9, 10, 11, 12))
CLAIM = (
    "INSERT INTO claim (resource_id, starts_at, ends_at, holds_space)"
    " VALUES (:cell, :starts, :ends, :held)"
)


@pytest.fixture
def database(administrators_database: Database) -> Database:
    """Not an officer's rights: here the rules themselves are tried."""
    return administrators_database


@pytest.fixture
def oak(database: Database) -> tuple[int, int, int]:
    """Cell Oak 1, the space Oak Room of cells 1 and 2, and the space of cell 2 alone."""
    one, two = add_cell(database, "Oak 1"), add_cell(database, "Oak 2")
    return one, add_space(database, "Oak Room", one, two), add_space(database, "Oak 2", two)


def claims(database: Database) -> int:
    return int(run(database, "SELECT count(*) FROM claim"))


def test_two_uses_of_one_room_may_not_overlap(
    database: Database, oak: tuple[int, int, int]
) -> None:
    add_use(database, oak[1], NINE, ELEVEN)
    with assert_refused_by("claim_no_overlap"):
        add_use(database, oak[1], TEN, NOON)
    assert claims(database) == 2


def test_a_part_of_a_joined_room_is_taken_with_it(
    database: Database, oak: tuple[int, int, int]
) -> None:
    add_use(database, oak[1], NINE, ELEVEN)
    with assert_refused_by("claim_no_overlap"):
        add_use(database, oak[2], TEN, NOON)


def test_uses_that_touch_or_hold_no_space_do_not_clash(
    database: Database, oak: tuple[int, int, int]
) -> None:
    add_use(database, oak[1], NINE, TEN)
    add_use(database, oak[1], TEN, ELEVEN)
    add_use(database, oak[1], NINE, ELEVEN, holds_space=flag(database, False))
    assert claims(database) == 6


def test_moving_a_use_onto_another_is_refused(
    database: Database, oak: tuple[int, int, int]
) -> None:
    add_use(database, oak[1], NINE, TEN)
    late = add_use(database, oak[1], TEN, ELEVEN)
    with assert_refused_by("claim_no_overlap"):
        run(
            database,
            "UPDATE room_use SET starts_at = :at, reserved_from = :at, version = 2 WHERE id = :id",
            at=NINE,
            id=late,
        )


def test_a_use_that_was_released_cannot_come_back_over_another(
    database: Database, oak: tuple[int, int, int]
) -> None:
    first = add_use(database, oak[1], NINE, TEN)
    free, held = flag(database, False), flag(database, True)
    take = "UPDATE room_use SET holds_space = :held, version = version + 1 WHERE id = :id"
    run(database, take, held=free, id=first)
    add_use(database, oak[2], NINE, TEN)
    with assert_refused_by("claim_no_overlap"):
        run(database, take, held=held, id=first)


def test_claims_cannot_be_written_past_the_rule(
    database: Database, oak: tuple[int, int, int]
) -> None:
    add_use(database, oak[1], NINE, ELEVEN)
    held = flag(database, True)
    with assert_refused_by("claim_no_overlap"):
        run(database, CLAIM, cell=oak[0], starts=TEN, ends=NOON, held=held)
    run(database, CLAIM, cell=oak[0], starts=ELEVEN, ends=NOON, held=held)
    with assert_refused_by("claim_no_overlap"):
        run(
            database,
            "UPDATE claim SET starts_at = :at WHERE starts_at = :now",
            at=TEN,
            now=ELEVEN,
        )


def test_the_claims_of_a_use_cannot_be_taken_from_it(
    database: Database, oak: tuple[int, int, int]
) -> None:
    use = add_use(database, oak[1], NINE, ELEVEN)
    with assert_refused_by("claim_follows_use"):
        run(database, "DELETE FROM claim WHERE room_use_id = :use", use=use)
    with assert_refused_by("claim_follows_use"):
        run(
            database,
            "UPDATE claim SET holds_space = :no WHERE room_use_id = :use",
            use=use,
            no=flag(database, False),
        )
    with assert_refused_by("room_use_kept", "fk_claim_room_use_id"):
        run(database, "DELETE FROM room_use WHERE id = :use", use=use)
    with assert_refused_by("space_cells_fixed"):
        run(database, "DELETE FROM space_cell WHERE space_id = :space", space=oak[1])


@pytest.mark.parametrize(
    ("starts", "ends", "rule"),
    [
        (ELEVEN, NINE, "_after_"),
        (NINE, "2014-05-04 09:00:00", "_longest"),
        ("1999-03-04 09:00:00", "1999-03-04 10:00:00", "_age"),
    ],
)
def test_impossible_spans_are_refused(
    database: Database, oak: tuple[int, int, int], starts: str, ends: str, rule: str
) -> None:
    with pytest.raises(DBAPIError) as caught:
        add_use(database, oak[1], starts, ends)
    assert rule in broken_rule(caught.value)


@pytest.mark.parametrize("bad", ["2014-02-30 09:00:00", "2014-03-04T09:00:00", "infinity", "9"])
def test_text_that_is_no_moment_is_refused(
    database: Database, oak: tuple[int, int, int], bad: str
) -> None:
    if database.dialect == "postgresql" and "T" in bad:
        return  # a real timestamp there reads both spellings as one moment
    with pytest.raises(DBAPIError):
        run(database, CLAIM, cell=oak[0], starts=bad, ends=NOON, held=flag(database, True))


def test_eleven_connections_at_once_get_one_room(
    database: Database, oak: tuple[int, int, int]
) -> None:
    """Without the office-wide lock, as a foreign program would write."""
    bookings = [add_booking(database, f"Meeting {n}") for n in range(11)]
    won: list[int] = []
    start = threading.Barrier(11)

    def book(booking: int) -> None:
        start.wait()
        try:
            insert(
                database,
                "room_use",
                room_booking_id=booking,
                space_id=oak[1],
                layout="classroom",
                heads=1,
                starts_at=NINE,
                ends_at=TEN,
                reserved_from=NINE,
                reserved_to=TEN,
                holds_space=flag(database, True),
                is_pinned=flag(database, False),
                over_capacity_reason="",
            )
        except Exception:
            return
        won.append(booking)

    threads = [threading.Thread(target=book, args=(booking,)) for booking in bookings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert claims(database) == 2


def test_an_event_is_never_over_full(database: Database) -> None:
    event = add_event(database, capacity=2)
    booking = add_course_booking(database, event)
    add_place(database, event, booking)
    add_place(database, event, booking)
    with assert_refused_by("ck_event_not_over_capacity"):
        add_place(database, event, booking)
    add_place(database, event, booking, state="waiting", holds_place=flag(database, False))
    with assert_refused_by("ck_event_not_over_capacity"):
        run(
            database,
            "UPDATE place SET state = 'booked', holds_place = :yes, version = version + 1"
            " WHERE state = 'waiting'",
            yes=flag(database, True),
        )
    held = "SELECT places_held * 10 + places_waiting FROM event"
    assert run(database, held) == 21


def test_the_count_of_places_cannot_be_made_up(database: Database) -> None:
    event = add_event(database, capacity=2)
    add_place(database, event, add_course_booking(database, event))
    with assert_refused_by("places_held_counted"):
        run(database, "UPDATE event SET places_held = 0")
    with assert_refused_by("ck_event_not_over_capacity", "ck_event_minimum_sensible"):
        run(database, "UPDATE event SET capacity = 0, version = version + 1")
    with assert_refused_by("place_kept"):
        run(database, "DELETE FROM place")


def test_a_place_counts_only_as_its_state_says(database: Database) -> None:
    event = add_event(database)
    booking = add_course_booking(database, event)
    with assert_refused_by("ck_place_holds_as_state"):
        add_place(database, event, booking, holds_place=flag(database, False))


def test_a_place_belongs_to_the_event_of_its_booking(database: Database) -> None:
    booking = add_course_booking(database, add_event(database))
    with assert_refused_by("place_of_booking"):
        add_place(database, add_event(database), booking)


def test_nobody_has_two_places_on_one_event(database: Database) -> None:
    event = add_event(database)
    booking = add_course_booking(database, event)
    customer = add_customer(database)
    person = insert(
        database,
        "person",
        customer_id=customer,
        given_name="Delegate",
        family_name="One",
        job_title="",
        email="",
        telephone="",
        is_contact=flag(database, False),
        is_demo=flag(database, True),
        basis="contract",
    )
    add_place(database, event, booking, person_id=person)
    with assert_refused_by("uq_place_person_once", "uq_place_event_id_person_id"):
        add_place(database, event, booking, person_id=person)


def test_eleven_connections_fill_an_event_exactly(database: Database) -> None:
    event = add_event(database, capacity=5)
    bookings = [add_course_booking(database, event) for _ in range(11)]

    def book(booking: int) -> None:
        try:
            add_place(database, event, booking)
        except Exception:
            return

    threads = [threading.Thread(target=book, args=(booking,)) for booking in bookings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert run(database, "SELECT count(*) FROM place") == 5
    assert run(database, "SELECT places_held FROM event") == 5


def add_person(database: Database) -> int:
    words = ("given_name", "family_name", "job_title", "email", "telephone", "basis")
    flags = dict.fromkeys(("is_contact", "is_demo"), flag(database, False))
    values = dict.fromkeys(words, "Ann") | flags
    return insert(database, "person", customer_id=add_customer(database), **values)


def add_event_from(database: Database, starts: str, ends: str) -> tuple[int, int]:
    """Add an event with one session; return it and the session."""
    event = add_event(database)
    words = {"outside_venue": "", "trainer_names": ""}
    times = {"starts_at": starts, "ends_at": ends}
    return event, insert(database, "event_session", event_id=event, **times, **words)


def test_the_sessions_of_an_event_do_not_overlap(database: Database) -> None:
    event, first = add_event_from(database, NINE, TEN)
    add_event_from(database, NINE, NOON)  # another event's are not in the way
    row = {"event_id": event, "outside_venue": "", "trainer_names": ""}
    with assert_refused_by("event_sessions_apart"):
        insert(database, "event_session", starts_at=NINE, ends_at=NOON, **row)
    insert(database, "event_session", starts_at=TEN, ends_at=ELEVEN, **row)
    with assert_refused_by("event_sessions_apart"):
        run(
            database,
            f"UPDATE event_session SET ends_at = '{ELEVEN}', version = 2 WHERE id = {first}",
        )
    with assert_refused_by("event_sessions_apart"):
        run(database, f"UPDATE event_session SET event_id = {event}, version = 2")


def test_a_delegate_is_in_one_place_at_a_time(database: Database) -> None:
    ann = add_person(database)
    first, _ = add_event_from(database, NINE, ELEVEN)
    second, session = add_event_from(database, TEN, NOON)
    later, _ = add_event_from(database, ELEVEN, NOON)
    bookings = {event: add_course_booking(database, event) for event in (first, second, later)}
    held = add_place(database, first, bookings[first], person_id=ann)
    with assert_refused_by("delegate_no_overlap"):
        add_place(database, second, bookings[second], person_id=ann)
    unnamed = add_place(database, second, bookings[second])
    with assert_refused_by("delegate_no_overlap"):
        run(database, f"UPDATE place SET person_id = {ann}, version = 2 WHERE id = {unnamed}")
    run(
        database,
        f"UPDATE event_session SET starts_at = '{ELEVEN}', version = 2 WHERE id = {session}",
        f"UPDATE place SET person_id = {ann}, version = 2 WHERE id = {unnamed}",
    )
    with assert_refused_by("delegate_no_overlap"):
        run(
            database,
            f"UPDATE event_session SET starts_at = '{TEN}', version = 3 WHERE id = {session}",
        )
    with assert_refused_by("delegate_no_overlap"):
        add_place(database, later, bookings[later], person_id=ann)
    run(database, f"UPDATE place SET state = 'did not attend', version = 2 WHERE id = {held}")
    run(database, f"UPDATE event_session SET starts_at = '{TEN}', version = 3 WHERE id = {session}")
    with assert_refused_by("delegate_no_overlap"):
        run(database, f"UPDATE place SET state = 'attended', version = 3 WHERE id = {held}")
