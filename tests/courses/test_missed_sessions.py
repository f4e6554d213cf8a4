"""Who was at only some sessions of an event: kept, undone, and followed by what tells of it."""

from datetime import date

import pytest

from lle_desk.core.checks import check_database
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.undo import ChangedSince, Undoable, do_again, take_back
from lle_desk.courses.actions import EditEvent, NewSession, edit_event
from lle_desk.courses.actions.attending import (
    Attendance,
    Mark,
    RecordAttendance,
    record_attendance,
)
from lle_desk.courses.queries import event_card
from lle_desk.courses.queries.attendance import Came, roll_of, turnout, turnout_words
from tests.courses.people import ANN, meeting
from tests.courses.test_deciding import Office

Marked = tuple[bool | None, tuple[int, ...]]  # whether they came, and the sessions missed, from 1


def type_sessions(database: Database, event: int, *marked: Marked) -> Undoable[Attendance]:
    """Keep who came and who missed which session, in the order of the register."""
    roll = database.read(roll_of, event)
    ids = {one.number: one.id for one in roll.sessions}
    marks = tuple(
        Mark(row.place_id, row.version, came, frozenset(ids[number] for number in missed))
        for row, (came, missed) in zip(roll.rows, marked, strict=True)
    )
    return database.write(ANN, record_attendance, RecordAttendance(event, marks))


def came(database: Database, event: int) -> list[Came]:
    roll = database.read(roll_of, event)
    return [row.came_to(roll.sessions) for row in roll.rows]


def keep_sessions(database: Database, event: int, *kept: int, added: tuple[date, ...] = ()) -> None:
    """Save the event with these of its sessions, by number, and new ones."""
    card = database.read(event_card, event)
    rows = [card.sessions[number - 1] for number in kept]
    old = [
        NewSession(row.starts_at, row.ends_at, session_id=row.id, seen_version=row.version)
        for row in rows
    ]
    ask = EditEvent(
        event_id=event,
        seen_version=card.row.version,
        sessions=(*old, *(meeting(day) for day in added)),
        capacity=card.row.capacity,
        minimum=card.row.minimum,
        decision_on=None,
        budgeted=None,
        arrival_words="",
        notes="",
    )
    database.write(ANN, edit_event, ask)


def test_who_missed_a_session_attended_and_it_is_kept_undone_and_done_again(
    database: Database,
) -> None:
    event = Office(database).event
    done = type_sessions(database, event, (True, ()), (True, (1,)), (False, ()))
    assert (done.answer.came, done.answer.absent) == (2, 1)
    kept = [(True, True), (False, True), (False, False)]
    assert came(database, event) == kept
    assert database.read(event_card, event).row.state == "completed"
    again = type_sessions(database, event, (True, ()), (True, (2,)), (False, ()))
    assert came(database, event)[1] == (True, False)
    assert again.way is not None
    assert done.way is not None
    with pytest.raises(ChangedSince, match="you have changed"):
        database.write(ANN, take_back, done.way.back, done.way.after)
    versions = database.write(ANN, take_back, again.way.back, again.way.after)
    assert came(database, event) == kept
    assert again.way.forth is not None
    database.write(ANN, do_again, again.way.forth, versions)
    assert came(database, event)[1] == (True, False)
    type_sessions(database, event, (None, ()), (False, ()), (True, ()))
    assert came(database, event) == [(None, None), (False, False), (True, True)]
    assert all(check.is_kept for check in check_database(database.engine))


def test_a_missed_session_that_changed_meanwhile_is_not_overwritten(database: Database) -> None:
    event = Office(database).event
    type_sessions(database, event, (True, ()), (True, ()), (True, ()))
    row = database.read(roll_of, event).rows[0]
    type_sessions(database, event, (True, (1,)), (True, ()), (True, ()))
    stale = RecordAttendance(event, (Mark(row.place_id, row.version, came=False),))
    with pytest.raises(RecordChanged, match="while you typed"):
        database.write(ANN, record_attendance, stale)
    row = database.read(roll_of, event).rows[0]
    other = Mark(row.place_id, row.version, came=True, missed=frozenset({999_999}))
    with pytest.raises(RecordChanged, match="while you typed"):
        database.write(ANN, record_attendance, RecordAttendance(event, (other,)))
    with pytest.raises(OfficerError, match="none of the sessions"):
        type_sessions(database, event, (True, (1, 2)), (True, ()), (True, ()))


def test_a_session_that_is_struck_out_leaves_the_attendance_and_a_moved_one_stays(
    database: Database,
) -> None:
    event = Office(database).event
    done = type_sessions(database, event, (True, (1,)), (True, ()), (False, ()))
    assert done.way is not None
    with pytest.raises(OfficerError, match="none of the sessions that are left"):
        keep_sessions(database, event, 1)
    keep_sessions(database, event, 1, 2, added=(date(2014, 3, 6),))
    assert came(database, event)[0] == (True, False, True)  # the same one, now the second
    keep_sessions(database, event, 1, 3)
    assert came(database, event) == [(True, True), (True, True), (False, False)]
    with pytest.raises(ChangedSince):
        database.write(ANN, take_back, done.way.back, done.way.after)


@pytest.mark.parametrize(
    ("typed", "attended", "words"),
    [
        ((True,), True, "came"),
        ((True, True), True, "came"),
        ((True, None), True, "came"),
        ((False, True), True, "missed 1"),
        ((True, False, False), True, "only 1"),
        ((False, False), False, "did not come"),
        ((False, None), None, "not at 1"),
        ((None, None), None, "not typed"),
        ((), None, "not typed"),
    ],
)
def test_who_was_at_one_session_attended_and_it_is_said_in_words(
    typed: Came, attended: bool | None, words: str
) -> None:
    assert (turnout(typed), turnout_words(typed)) == (attended, words)
