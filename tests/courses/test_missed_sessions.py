"""Who was at only some sessions of an event: kept, undone, and followed by what tells of it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

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
from lle_desk.courses.exports.delegates import cells_of
from lle_desk.courses.queries import absences, booking_card, event_card
from lle_desk.courses.queries.attendance import Came, roll_of, turnout, turnout_words
from lle_desk.courses.queries.delegate_rows import delegate_rows
from lle_desk.courses.ui.attendance_page import PARTLY, AttendancePage, came_words
from lle_desk.courses.ui.customer_places import AbsencesPlace
from lle_desk.courses.ui.event_page import EventPage
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.qt.desk import Desk
from tests.courses.keyboard import CTRL, Keyboard, say
from tests.courses.people import ANN, meeting
from tests.courses.test_day_on_screen import opened, shown
from tests.courses.test_deciding import Office
from tests.qt.walk import assert_named, assert_plain, shown_texts

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


def test_lists_and_the_customer_s_screen_say_how_many_sessions_were_attended(
    database: Database, desk: Desk, qtbot: QtBot
) -> None:
    office = Office(database)
    type_sessions(database, office.event, (True, (1,)), (True, ()), (True, ()))
    places = [row.place_id for row in database.read(roll_of, office.event).rows]
    one, *others = database.read(delegate_rows, places)
    assert (one.part, {other.part for other in others}) == ("1 of 2 sessions", {""})
    assert "1 of 2 sessions" in cells_of(one)
    card = database.read(booking_card, office.first)
    assert [place.state_words for place in card.places] == [
        "attended, 1 of 2 sessions",
        "attended",
    ]
    shown_place = AbsencesPlace(desk, office.school, date(2014, 5, 1))
    qtbot.addWidget(shown_place)
    shown_place.show()
    qtbot.waitUntil(lambda: "1 of 2 sessions" in shown_texts(shown_place))
    assert database.read(absences, office.other, date(2014, 5, 1)).in_part == ()


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


def test_the_number_of_a_session_says_who_was_at_that_one(
    database: Database, tab: CoursesTab, desk: Desk, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = Office(database).event
    opened(tab, qtbot, event)
    keyboard.press(Qt.Key.Key_A)
    page = shown(tab, qtbot, AttendancePage)
    for key in (Qt.Key.Key_Y, Qt.Key.Key_2, Qt.Key.Key_Return, Qt.Key.Key_N):
        keyboard.press(key)
    assert [came_words(line) for line in page.lines] == ["came", "missed 1", "did not come"]
    assert "2 came, 1 in part · 1 did not" in shown_texts(page)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_9):  # turned on, and off again
        keyboard.press(key)
    assert came_words(page.lines[2]) == "did not come"
    assert_plain(tab.programme.side)
    assert_named(tab.programme.side)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    shown(tab, qtbot, EventPage)
    assert came(database, event) == [(True, True), (False, True), (False, False)]
    desk.undos.undo()
    qtbot.waitUntil(lambda: not desk.is_busy() and not desk.undos.to_undo)
    assert came(database, event) == [(None, None)] * 3


def test_the_sheet_of_each_session_is_typed_by_itself(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = Office(database).event
    opened(tab, qtbot, event)
    keyboard.press(Qt.Key.Key_A)
    page = shown(tab, qtbot, AttendancePage)
    choose_sheet(page, keyboard, 1)
    page.all_but.setFocus()
    say(keyboard, "2, 3")
    assert [came_words(line) for line in page.lines] == ["came", "did not come", "did not come"]
    assert f"2 delegates {PARTLY}" in shown_texts(page)
    choose_sheet(page, keyboard, 2)
    page.table.setFocus()
    for key in (Qt.Key.Key_N, Qt.Key.Key_Y, Qt.Key.Key_N):
        keyboard.press(key)
    choose_sheet(page, keyboard, 0)
    assert [came_words(line) for line in page.lines] == ["missed 2", "missed 1", "did not come"]
    keyboard.press(Qt.Key.Key_Return, CTRL)
    shown(tab, qtbot, EventPage)
    assert came(database, event) == [(True, False), (False, True), (False, False)]


def choose_sheet(page: AttendancePage, keyboard: Keyboard, at: int) -> None:
    """Choose a line of the list of sheets with the arrow keys."""
    page.sheet.box.setFocus()
    keyboard.press(Qt.Key.Key_Home)
    for _ in range(at):
        keyboard.press(Qt.Key.Key_Down)
