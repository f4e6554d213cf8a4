"""What the database itself refuses of repeating bookings, attacked with plain SQL."""

from typing import Any

import pytest

from lle_desk.core.db import Database
from tests.core.office import add_booking, assert_refused_by, insert, run


def add_series(database: Database, **more: Any) -> int:
    values = {
        "repeats": "week",
        "every": 1,
        "weekdays": "",
        "nth": 0,
        "starts_on": "2014-03-04",
        "until_on": "2015-03-31",
        "times": None,
    }
    return insert(database, "booking_series", **(values | more))


def add_date(database: Database, series: int, on: str, **more: Any) -> int:
    values = {
        "series_id": series,
        "original_on": on,
        "room_booking_id": None,
        "skipped_reason": "half-term",
    }
    return insert(database, "series_date", **(values | more))


def booked(database: Database, series: int, on: str) -> tuple[int, int]:
    booking = add_booking(database, "Spanish")
    date = add_date(database, series, on, room_booking_id=booking, skipped_reason="")
    return date, booking


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"times": 3}, "ck_booking_series_ends_once"),
        ({"until_on": None}, "ck_booking_series_ends_once"),
        ({"until_on": None, "times": 10_000}, "ck_booking_series_times_sensible"),
        ({"until_on": "2014-03-01"}, "ck_booking_series_ends_after_start"),
        ({"every": 0}, "ck_booking_series_every_sensible"),
        ({"repeats": "sometimes"}, "ck_booking_series_repeats_known"),
        ({"nth": 5}, "ck_booking_series_nth_known"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    administrators_database: Database, values: dict[str, Any], rule: str
) -> None:
    with assert_refused_by(rule):
        add_series(administrators_database, **values)


def test_a_rule_never_changes_and_is_never_deleted(administrators_database: Database) -> None:
    database = administrators_database
    series = add_series(database)
    with assert_refused_by("booking_series_fixed"):
        run(
            database,
            "UPDATE booking_series SET every = 2, version = version + 1 WHERE id = :id",
            id=series,
        )
    with assert_refused_by("booking_series_kept"):
        run(database, "DELETE FROM booking_series WHERE id = :id", id=series)


def test_a_date_is_either_booked_or_says_why_it_is_not(administrators_database: Database) -> None:
    database = administrators_database
    series = add_series(database)
    with assert_refused_by("ck_series_date_booked_or_skipped"):
        add_date(database, series, "2014-03-04", skipped_reason="")
    booking = add_booking(database, "Spanish")
    with assert_refused_by("ck_series_date_booked_or_skipped"):
        add_date(database, series, "2014-03-04", room_booking_id=booking)


def test_no_date_twice_and_no_booking_in_two_series(administrators_database: Database) -> None:
    database = administrators_database
    series = add_series(database)
    _date, booking = booked(database, series, "2014-03-04")
    with assert_refused_by("uq_series_date_series_id_original_on"):
        add_date(database, series, "2014-03-04")
    with assert_refused_by("uq_series_date_room_booking_id"):
        add_date(
            database,
            add_series(database),
            "2014-03-11",
            room_booking_id=booking,
            skipped_reason="",
        )


def test_a_date_lies_within_its_rule(administrators_database: Database) -> None:
    database = administrators_database
    series = add_series(database)
    for on in ("2014-03-03", "2015-04-01"):
        with assert_refused_by("series_date_in_rule"):
            add_date(database, series, on)


def test_a_date_keeps_its_booking_its_day_and_its_series(
    administrators_database: Database,
) -> None:
    database = administrators_database
    series = add_series(database)
    date, _booking = booked(database, series, "2014-03-04")
    other = add_booking(database, "French")
    for change in (
        f"room_booking_id = {other}",
        "room_booking_id = NULL, skipped_reason = 'gone'",
        "original_on = '2014-03-11'",
        f"series_id = {add_series(database)}",
    ):
        with assert_refused_by("series_date_fixed"):
            run(
                database,
                f"UPDATE series_date SET {change}, version = version + 1 WHERE id = :id",
                id=date,
            )
    with assert_refused_by("series_date_kept"):
        run(database, "DELETE FROM series_date WHERE id = :id", id=date)


def test_the_367th_date_is_refused(administrators_database: Database) -> None:
    database = administrators_database
    series = add_series(database)
    numbers = (
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
        " INSERT INTO series_date (client_uuid, version, series_id, original_on, skipped_reason)"
    )
    day = {
        "sqlite": "date('2014-03-04', i || ' days')",
        "postgresql": "date '2014-03-04' + i",
    }[database.dialect]
    key = {
        "sqlite": "printf('%036d', i)",
        "postgresql": "lpad(i::text, 36, '0')",
    }[database.dialect]
    statement = f"{numbers} SELECT {key}, 1, :series, {day}, 'full' FROM n"
    with assert_refused_by("series_date_limit"):
        run(database, statement, series=series, last=366)
    run(database, statement, series=series, last=365)
    with assert_refused_by("series_date_limit"):
        add_date(database, series, "2015-03-31")
