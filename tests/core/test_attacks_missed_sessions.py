"""Which sessions somebody missed, attacked with plain SQL."""

from lle_desk.core.checks import check_database
from lle_desk.core.db import Database
from tests.core.office import (
    add_course_booking,
    add_event,
    add_place,
    assert_refused_by,
    flag,
    insert,
    run,
)

TIMES = (("09:00:00", "10:00:00"), ("11:00:00", "12:00:00"))


def add_session(database: Database, event: int, number: int) -> int:
    starts, ends = (f"2014-03-13 {clock}" for clock in TIMES[number])
    times = {"starts_at": starts, "ends_at": ends}
    words = {"outside_venue": "", "trainer_names": ""}
    return insert(database, "event_session", event_id=event, **times, **words)


def test_only_who_attended_misses_a_session_of_their_event_and_never_all_of_them(
    database: Database,
) -> None:
    event, other = add_event(database), add_event(database)
    first, second = (add_session(database, event, number) for number in (0, 1))
    elsewhere = add_session(database, other, 0)
    place = add_place(database, event, add_course_booking(database, event))

    def miss(session: int) -> int:
        return insert(database, "missed_session", place_id=place, event_session_id=session)

    with assert_refused_by("missed_session_attended"):
        miss(first)
    run(database, f"UPDATE place SET state = 'attended', version = 2 WHERE id = {place}")
    with assert_refused_by("missed_session_of_event"):
        miss(elsewhere)
    missed = miss(first)
    with assert_refused_by("uq_missed_session_place_id_event_session_id"):
        miss(first)
    with assert_refused_by("missed_session_not_all"):
        miss(second)
    with assert_refused_by("missed_session_kept"):
        run(
            database,
            f"UPDATE missed_session SET event_session_id = {second}, version = 2"
            f" WHERE id = {missed}",
        )
    for state, holds in (("booked", True), ("did not attend", True), ("cancelled", False)):
        with assert_refused_by("missed_session_attended"):
            run(
                database,
                f"UPDATE place SET state = '{state}', holds_place = :holds, version = 3,"
                f" cancelled_at = '2014-03-12 09:00:00' WHERE id = {place}",
                holds=flag(database, holds),
            )
    with assert_refused_by("missed_session_of_event"):
        run(
            database,
            f"UPDATE event_session SET event_id = {other}, starts_at = '2014-03-14 09:00:00',"
            f" ends_at = '2014-03-14 10:00:00', version = 2 WHERE id = {first}",
        )
    with assert_refused_by("missed_session_not_all"):
        run(
            database,
            f"UPDATE event_session SET event_id = {other}, version = 2 WHERE id = {second}",
        )
    with assert_refused_by("missed_session_not_all"):
        run(database, f"DELETE FROM event_session WHERE id = {second}")
    assert all(check.is_kept for check in check_database(database.engine))
    run(
        database,
        f"DELETE FROM missed_session WHERE id = {missed}",
        f"DELETE FROM event_session WHERE id = {first}",
        f"UPDATE place SET state = 'did not attend', version = 3 WHERE id = {place}",
    )
