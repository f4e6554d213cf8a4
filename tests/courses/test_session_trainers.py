"""Trainers of sessions: held with the event, moved with it, freed with it, or nothing happens."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import (
    EditEvent,
    NewSession,
    SetEventState,
    SetSessionRoom,
    edit_event,
    set_event_state,
    set_session_room,
)
from lle_desk.courses.queries import EventCard, event_card
from lle_desk.courses.ui.form_pages import EventFormPage
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import MoveUse, move_use
from lle_desk.rooms.rules import Layout
from lle_desk.trainers.actions import HoldTime, hold_time
from lle_desk.trainers.queries import TimeRow, trainer_times
from lle_desk.trainers.rules import Purpose
from tests.courses.people import ANN, THURSDAY, a_course, an_event, meeting
from tests.courses.test_session_rooms import a_room
from tests.screen import put_up
from tests.trainers.people import a_trainer

LATER = date(2014, 3, 27)


def times(database: Database) -> list[TimeRow]:
    return database.read(trainer_times, date(2014, 1, 1), date(2014, 12, 31))


def typed(card: EventCard, **more: object) -> EditEvent:
    """Return the event as its form would save it, unchanged."""
    sessions = tuple(
        NewSession(row.starts_at, row.ends_at, "", "", row.id, row.version) for row in card.sessions
    )
    ask = EditEvent(card.row.id, card.row.version, sessions, card.row.capacity, card.row.minimum)
    return replace(ask, **more)  # type: ignore[arg-type]


def taught(database: Database, *trainers: int) -> int:
    sessions = [replace(meeting(day), trainer_ids=trainers) for day in (THURSDAY, LATER)]
    return an_event(database, a_course(database), sessions)


def test_an_event_holds_its_trainers_and_its_card_names_them(database: Database) -> None:
    anna, ben = a_trainer(database), a_trainer(database, "Ben Sample")
    event = taught(database, anna, ben)
    assert len(times(database)) == 4
    row = database.read(event_card, event).sessions[0]
    assert row.trainer_words == "Anna Example, Ben Sample"
    other = a_course(database, "MATH", "Maths")
    with pytest.raises(OfficerError, match="Anna Example has the course “Phonics in Key Stage 1”"):
        an_event(database, other, [replace(meeting(THURSDAY), trainer_ids=(anna,))])


def test_moving_an_event_moves_its_trainers(database: Database) -> None:
    anna = a_trainer(database)
    event = taught(database, anna)
    card = database.read(event_card, event)
    ask = typed(card)
    first = replace(
        ask.sessions[0],
        starts_at=ask.sessions[1].starts_at,
        ends_at=ask.sessions[1].ends_at,
    )
    friday = datetime(2014, 3, 28, 9, 30)
    second = replace(ask.sessions[1], starts_at=friday, ends_at=friday.replace(hour=15))
    database.write(ANN, edit_event, replace(ask, sessions=(first, second)))
    assert [row.starts_at for row in times(database)] == [first.starts_at, friday]


def test_an_event_is_not_moved_where_its_trainer_is_busy(database: Database) -> None:
    anna = a_trainer(database)
    event = taught(database, anna)
    busy = datetime(2014, 3, 14, 9)
    visit = HoldTime(new_uuid(), anna, busy, busy.replace(hour=12), Purpose.VISIT, "Maths review")
    database.write(ANN, hold_time, visit)
    card = database.read(event_card, event)
    ask = typed(card)
    moved = replace(ask.sessions[0], starts_at=busy, ends_at=busy.replace(hour=15))
    with pytest.raises(OfficerError, match="Anna Example has the visit “Maths review”"):
        database.write(ANN, edit_event, replace(ask, sessions=(moved, ask.sessions[1])))
    assert database.read(event_card, event).sessions == card.sessions


def test_others_may_teach_and_a_struck_out_session_frees_its_trainers(database: Database) -> None:
    anna, ben = a_trainer(database), a_trainer(database, "Ben Sample")
    event = taught(database, anna)
    ask = typed(database.read(event_card, event))
    changed = replace(ask.sessions[0], trainer_ids=(ben,))
    database.write(ANN, edit_event, replace(ask, sessions=(changed,)))
    assert [row.trainer_id for row in times(database)] == [ben]


def test_an_event_called_off_frees_its_trainers(database: Database) -> None:
    event = taught(database, a_trainer(database))
    version = database.read(event_card, event).row.version
    database.write(ANN, set_event_state, SetEventState(event, version, "cancelled"))
    assert times(database) == []


def test_a_room_moved_in_the_diary_takes_the_trainers_along_or_stays(database: Database) -> None:
    anna = a_trainer(database)
    event = taught(database, anna)
    row = database.read(event_card, event).sessions[0]
    space = a_room(database)
    ask = SetSessionRoom(new_uuid(), row.id, row.version, space, Layout.CABARET)
    use = database.write(ANN, set_session_room, ask)
    friday = datetime(2014, 3, 14, 10)
    move = MoveUse(
        use_id=use,
        seen_version=1,
        space_id=space,
        starts_at=friday,
        ends_at=friday.replace(hour=15),
    )
    database.write(ANN, move_use, move)
    assert times(database)[0].starts_at == friday
    second = datetime(2014, 3, 21, 10)
    busy = HoldTime(new_uuid(), anna, second, second.replace(hour=12), Purpose.OTHER, "Board")
    database.write(ANN, hold_time, busy)
    with pytest.raises(OfficerError, match="Anna Example has “Board”"):
        database.write(
            ANN,
            move_use,
            replace(move, seen_version=2, starts_at=second, ends_at=second.replace(hour=15)),
        )
    assert times(database)[0].starts_at == friday


def test_the_form_finds_trainers_and_says_beside_them_what_they_do_then(
    database: Database, desk: Desk, qtbot: QtBot
) -> None:
    anna, ben = a_trainer(database), a_trainer(database, "Ben Sample")
    event = taught(database, anna)
    busy = datetime(2014, 3, 14, 9)
    visit = HoldTime(new_uuid(), ben, busy, busy.replace(hour=12), Purpose.VISIT, "Maths review")
    database.write(ANN, hold_time, visit)
    page = EventFormPage(desk, lambda: THURSDAY, database.read(event_card, event))
    put_up(qtbot, page)
    edit = page.fields.sessions.edits[0]
    assert edit.ours.ids == (anna,)
    edit.ours.finder.line.setFocus()
    qtbot.keyClick(edit.ours.finder.line, Qt.Key.Key_Backspace)
    qtbot.keyClicks(edit.ours.finder.line, "sam")
    qtbot.keyClick(edit.ours.finder.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: edit.ours.ids == (ben,))
    edit.day.show_value(busy.date())
    edit.day.changed.emit()
    page.save()
    qtbot.waitUntil(lambda: bool(edit.ours.error))
    assert "Ben Sample has the visit “Maths review” on Fri 14 Mar 2014" in edit.ours.error
    assert [row.trainer_id for row in times(database)] == [anna, ben, anna]
    edit.day.show_value(THURSDAY)
    with qtbot.waitSignal(page.done):
        page.save()
    held = [row.trainer_id for row in times(database) if row.purpose == Purpose.SESSION]
    assert held == [ben, anna]
    qtbot.waitUntil(lambda: not desk.is_busy())
