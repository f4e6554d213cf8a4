"""Moving an event: rooms, trainers, catering and agreements go along, and who must be told."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from lle_desk.agreements.rules import DrawSource
from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.days import now_utc
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.courses.actions import (
    CancelBooking,
    NewSession,
    book_places,
    cancel_booking,
    edit_event,
)
from lle_desk.courses.actions.editing import edit_event_with_way
from lle_desk.courses.documents import confirmation_pdf
from lle_desk.courses.queries import SessionRow, booking_card, confirmation_of, event_card
from lle_desk.courses.queries.moving import WantedSession, move_preview
from lle_desk.courses.queries.telling import people_to_tell
from lle_desk.courses.ui.form_pages import EventFormPage
from lle_desk.courses.ui.letters_page import LettersPage
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.courses.ui.tell_page import TellPage
from lle_desk.letters.actions import queue_messages
from lle_desk.letters.exports.sending import send_waiting
from lle_desk.letters.rules import LetterKind
from lle_desk.paper.lists import list_csv, list_pdf
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions.closures import SetHours, set_hours
from lle_desk.rooms.queries.extras import extras_of
from tests.agreements.test_agreements import an_agreement, shown
from tests.courses.keyboard import CTRL, Keyboard
from tests.courses.people import (
    ANN,
    THURSDAY,
    a_course,
    a_school,
    an_event,
    at,
    booking_of,
    meeting,
)
from tests.courses.test_breaking_even import an_event_with_everything
from tests.courses.test_programme import editing
from tests.courses.test_rolling import taken
from tests.courses.test_session_rooms import a_room, give, sessions, woodlands
from tests.letters.post import a_mail, asked, mail_server, name_server
from tests.paper.pages import texts
from tests.qt.walk import assert_named, assert_plain, shown_texts

FRIDAY = THURSDAY + timedelta(days=1)
DAY = timedelta(days=1)
TOLD = [True, False]  # the other one cancelled meanwhile and gets no letter


def on(new: NewSession, day: date) -> NewSession:
    by = day - new.starts_at.date()
    return replace(new, starts_at=new.starts_at + by, ends_at=new.ends_at + by)


def wanted(row: SessionRow, day: date, number: int = 0) -> WantedSession:
    by = day - row.starts_at.date()
    ids = tuple(one.trainer_id for one in row.trainers)
    return WantedSession(number, row.id, row.starts_at + by, row.ends_at + by, "", ids)


def test_moving_an_event_moves_room_trainer_and_catering_at_once(database: Database) -> None:
    event = an_event_with_everything(database)
    ask = editing(database, event)
    moved = replace(ask, sessions=(on(ask.sessions[0], FRIDAY),))
    database.write(ANN, edit_event, moved)
    [row] = sessions(database, event)
    assert row.starts_at == at(FRIDAY, "09:30")
    assert (row.room, row.trainer_words) == ("Oak Room", "Anna Example")
    assert row.room_use_id is not None
    [line] = database.read(extras_of, [row.room_use_id])[row.room_use_id].catering
    assert line.served_at == at(FRIDAY, "12:00")


def test_moving_an_event_is_taken_back_and_done_again_with_all_that_went_along(
    database: Database,
) -> None:
    event = an_event_with_everything(database)
    ask = editing(database, event)
    made = database.write(
        ANN, edit_event_with_way, replace(ask, sessions=(on(ask.sessions[0], FRIDAY),))
    )
    assert made.way is not None
    assert made.way.forth is not None
    for step, day in ((made.way.back, THURSDAY), (made.way.forth, FRIDAY)):
        database.write(ANN, step)
        [row] = sessions(database, event)
        assert (row.starts_at, row.room, row.trainer_words) == (
            at(day, "09:30"),
            "Oak Room",
            "Anna Example",
        )
        assert row.room_use_id is not None
        [line] = database.read(extras_of, [row.room_use_id])[row.room_use_id].catering
        assert line.served_at == at(day, "12:00")
    ask = editing(database, event)
    elsewhere = replace(ask.sessions[0], outside_venue="Demo Hotel, Leeds")
    given_up = database.write(ANN, edit_event_with_way, replace(ask, sessions=(elsewhere,)))
    assert (given_up.answer, given_up.way) == (False, None)


def test_two_sessions_swap_their_times_and_their_one_room(database: Database) -> None:
    oak = a_room(database)
    event = an_event(database, a_course(database))
    for row in sessions(database, event):
        give(database, row, oak)
    ask = editing(database, event)
    first, second = ask.sessions
    later = second.starts_at.date()
    swapped = (on(first, later), on(second, THURSDAY))
    database.write(ANN, edit_event, replace(ask, sessions=swapped))
    rows = {row.id: row for row in sessions(database, event)}
    assert rows[first.session_id or 0].starts_at.date() == later
    assert rows[second.session_id or 0].starts_at.date() == THURSDAY
    assert {row.room for row in rows.values()} == {"Oak Room"}


def test_three_sessions_go_round_while_one_is_struck_out_and_one_is_new(
    database: Database,
) -> None:
    days = [date(2014, 3, number) for number in (13, 14, 17, 18)]
    event = an_event(database, a_course(database), [meeting(day) for day in days])
    ask = editing(database, event)
    one, two, three, _struck_out = ask.sessions
    round_ = (on(one, days[1]), on(two, days[2]), on(three, days[0]), meeting(days[3]))
    database.write(ANN, edit_event, replace(ask, sessions=round_))
    after = {row.id: row.starts_at.date() for row in sessions(database, event)}
    assert [after[new.session_id or 0] for new in (one, two, three)] == [days[1], days[2], days[0]]
    assert sorted(after.values()) == days


def test_when_a_room_is_taken_then_nothing_moves(database: Database) -> None:
    oak = a_room(database)
    event = an_event(database, a_course(database))
    for row in sessions(database, event):
        give(database, row, oak)
    taken(database, oak, date(2014, 3, 28))
    ask = editing(database, event)
    both = tuple(on(one, one.starts_at.date() + DAY) for one in ask.sessions)
    with pytest.raises(OfficerError, match="Oak Room is taken"):
        database.write(ANN, edit_event, replace(ask, sessions=both))
    assert [row.starts_at.date() for row in sessions(database, event)] == [
        THURSDAY,
        date(2014, 3, 27),
    ]


def test_an_agreement_follows_and_refuses_a_day_it_does_not_cover(database: Database) -> None:
    school = a_school(database)
    agreement = an_agreement(database, school)
    event = an_event(database, a_course(database), ())
    database.write(ANN, book_places, booking_of(event, school, "Ann One"))
    [place] = database.read(event_card, event).places
    ask = editing(database, event)
    days = tuple(on(one, one.starts_at.date() + DAY) for one in ask.sessions)
    database.write(ANN, edit_event, replace(ask, sessions=days))
    draws = shown(database, agreement).draws
    in_use = [(draw.source, draw.source_id) for draw in draws if not draw.is_returned]
    assert in_use == [(DrawSource.PLACE, place.id)]
    far = editing(database, event)
    late = tuple(on(one, one.starts_at.date() + 60 * DAY) for one in far.sessions)
    with pytest.raises(OfficerError, match="does not cover"):
        database.write(ANN, edit_event, replace(far, sessions=late))
    assert sessions(database, event)[0].starts_at.date() == FRIDAY


def test_what_is_not_billed_yet_names_the_new_days(database: Database) -> None:
    event = an_event(database, a_course(database))
    database.write(ANN, book_places, booking_of(event, a_school(database), "Ann One"))
    ask = editing(database, event)
    days = tuple(on(one, one.starts_at.date() + DAY) for one in ask.sessions)
    database.write(ANN, edit_event, replace(ask, sessions=days))
    [charge] = database.read(unbilled_charges)
    assert charge.detail == "Ann One · LPDS-0001, Fri 14 and Fri 28 Mar 2014"
    assert charge.tax_point_on == date(2014, 3, 28)


def test_the_preview_names_what_stands_in_the_way_and_whom_to_tell(database: Database) -> None:
    event = an_event_with_everything(database)
    database.write(ANN, book_places, booking_of(event, a_school(database), "Ann One"))
    [row] = sessions(database, event)
    assert row.space_id is not None
    taken(database, row.space_id, FRIDAY)
    found = database.read(move_preview, event, [wanted(row, FRIDAY)])
    assert found.clashes[0].words.startswith("Oak Room is taken 08:00")
    assert found.moves == (
        "Thu 13 Mar moves to Fri 14 Mar 2014, with Oak Room, Anna Example, its catering",
    )
    assert [person.customer for person in found.people] == ["Demo Primary School"]
    still = database.read(move_preview, event, [wanted(row, THURSDAY)])
    assert (still.clashes, still.moves, still.people) == ((), (), ())


def test_the_preview_knows_bank_holidays_own_sessions_and_busy_trainers(
    database: Database,
) -> None:
    event = an_event_with_everything(database)
    [row] = sessions(database, event)
    trainer = row.trainers[0].trainer_id
    holiday = WantedSession(
        0, None, at(date(2014, 5, 5), "09:30"), at(date(2014, 5, 5), "15:30"), "", ()
    )
    twice = replace(holiday, number=1)
    busy = WantedSession(2, None, row.starts_at, row.ends_at, "", (trainer,))
    found = database.read(move_preview, 0, [holiday, twice, busy])
    assert [clash.words for clash in found.clashes if clash.number < 2] == [
        "It overlaps with session 1 of this event.",
        "Mon 5 May 2014 is Early May bank holiday.",
        "Mon 5 May 2014 is Early May bank holiday.",
    ]
    assert any(clash.words.startswith("Anna Example has the course") for clash in found.clashes)


def test_an_event_is_moved_by_keyboard_and_the_list_of_whom_to_tell_follows(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = an_event_with_everything(database)
    database.write(ANN, book_places, booking_of(event, a_school(database), "Ann One"))
    side = tab.programme.side
    tab.programme.show_event(event)
    qtbot.waitUntil(lambda: side.shown_event is not None)
    keyboard.press(Qt.Key.Key_E)
    page = side.page
    assert isinstance(page, EventFormPage)
    page.fields.sessions.edits[0].day.line.setFocus()
    page.fields.sessions.edits[0].day.line.selectAll()
    keyboard.type("14/3/14")
    keyboard.press(Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: page.fields.look.people.isVisible())
    assert page.fields.look.people.text() == "To be told: 1 booking, of Demo Primary School."
    assert_plain(page)
    assert_named(page)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    moved = told(tab, qtbot)
    assert any("Now Fri 14 Mar 2014" in words for words in shown_texts(moved))
    assert "It was Thu 13 Mar 2014" in shown_texts(moved)
    assert moved.table.hasFocus()
    assert_plain(moved)
    assert_named(moved)
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: side.page is not moved)


def told(tab: CoursesTab, qtbot: QtBot) -> TellPage:
    """Return the list of whom to tell, once it is read."""
    qtbot.waitUntil(lambda: isinstance(tab.programme.side.page, TellPage))
    page = tab.programme.side.page
    assert isinstance(page, TellPage)
    qtbot.waitUntil(lambda: page.table.chosen() is not None)
    return page


def test_letters_to_all_who_must_be_told_of_a_move_tick_them_off(
    database: Database,
    tab: CoursesTab,
    keyboard: Keyboard,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event = an_event_with_everything(database)
    mine = database.write(ANN, book_places, booking_of(event, a_school(database), "Ann One"))
    left = database.write(ANN, book_places, booking_of(event, a_school(database, "Other"), ""))
    ask = editing(database, event)
    database.write(ANN, edit_event, replace(ask, sessions=(on(ask.sessions[0], FRIDAY),)))
    version = database.read(booking_card, left).version
    database.write(ANN, cancel_booking, CancelBooking(left, version, THURSDAY, "no cover"))
    qtbot.waitUntil(lambda: not tab._desk.is_busy())  # the programme has its first rows
    tab.programme.side.show_telling(event)
    paper = told(tab, qtbot)._paper()
    assert "Demo Primary School,B-00001,,,,1 place,Ann One" in list_csv(paper).decode("utf-8-sig")
    assert "Whom to tell: " in texts(list_pdf(paper))[0]
    keyboard.press(Qt.Key.Key_L)
    letters = tab._stack.currentWidget()
    assert isinstance(letters, LettersPage)
    qtbot.waitUntil(lambda: [one.customer for one in letters.chosen] == ["Demo Primary School"])
    assert letters.kind == LetterKind.CHANGE
    file = tmp_path / "letters.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(file), ""))
    keyboard.press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: [one.is_told for one in database.read(people_to_tell, event)] == TOLD)
    assert "Fri 14 Mar 2014" in " ".join(texts(file.read_bytes())[0].split())
    keyboard.press(Qt.Key.Key_Escape)
    assert tab._stack.currentWidget() is tab.programme
    fail_to_send(database, mine)
    page = told(tab, qtbot)  # who was told by a letter that did not go is marked again
    failed = "the letter failed: see the outbox"
    qtbot.waitUntil(lambda: any(failed in words for words in column(page, "Booking")))


def fail_to_send(database: Database, booking: int) -> None:
    """Let the server refuse a letter about a booking."""
    letter = replace(asked(a_mail("gone@demo.example")), record_id=booking)
    database.write(ANN, queue_messages, [letter], now_utc())
    with mail_server() as office:
        office.refused = {"gone@demo.example"}
        name_server(database, office.port)
        send_waiting(database, ANN)


def column(page: TellPage, heading: str) -> list[str]:
    """Return the second lines of a column."""
    [found] = [one.second for one in page._model.columns if one.heading == heading]
    return [found(row) for row in page._model.rows] if found is not None else []


def test_a_clash_is_said_below_its_session_while_typing(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = an_event_with_everything(database)
    [row] = sessions(database, event)
    assert row.space_id is not None
    taken(database, row.space_id, FRIDAY)
    side = tab.programme.side
    tab.programme.show_event(event)
    qtbot.waitUntil(lambda: side.shown_event is not None)
    keyboard.press(Qt.Key.Key_E)
    page = side.page
    assert isinstance(page, EventFormPage)
    edit = page.fields.sessions.edits[0]
    edit.day.show_value(FRIDAY)
    edit.changed.emit()
    qtbot.waitUntil(edit.clash.isVisible)
    assert edit.clash.text().startswith("Oak Room is taken")
    edit.ours.setFocus()
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(edit.day.line.hasFocus)
    assert edit.clash.text().startswith("Oak Room is taken")
    assert page.fields.refusal == ""
    assert sessions(database, event)[0].starts_at.date() == THURSDAY, "nothing is moved"
    page.fields.show_refusal(OfficerError("Ann One is on another event then.", "sessions"))
    qtbot.waitUntil(lambda: not edit.clash.visibleRegion().isEmpty())
    assert edit.clash.text() == "Ann One is on another event then."
    edit.show_clash("")
    page.fields.show_refusal(OfficerError("It is shut then.", "starts_at"))
    assert page.fields.refusal == "It is shut then."
    below = page.fields.findChildren(QLabel)
    [said] = [one for one in below if one.text() == "It is shut then."]
    qtbot.waitUntil(lambda: not said.visibleRegion().isEmpty())


def an_event_until_five(database: Database) -> int:
    """Return an event in a room of a site that is open from 08:00 to 17:00."""
    event = an_event(database, a_course(database), [meeting(THURSDAY)])
    give(database, sessions(database, event)[0], a_room(database))
    week = ((8 * 60, 17 * 60),) * 7
    database.write(ANN, set_hours, SetHours(site_id=database.read(woodlands), days=week))
    return event


def form_of(tab: CoursesTab, event: int, keyboard: Keyboard, qtbot: QtBot) -> EventFormPage:
    """Open the form of an event."""
    side = tab.programme.side
    tab.programme.show_event(event)
    qtbot.waitUntil(lambda: side.shown_event is not None and not side._desk.is_busy())
    keyboard.press(Qt.Key.Key_E)
    assert isinstance(side.page, EventFormPage)
    return side.page


def wait_for_end(database: Database, event: int, ends: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: sessions(database, event)[0].ends_at == at(THURSDAY, ends))


def test_a_session_outside_the_opening_hours_is_saved_with_a_reason_and_undone(
    database: Database, tab: CoursesTab, keyboard: Keyboard, desk: Desk, qtbot: QtBot
) -> None:
    event = an_event_until_five(database)
    page = form_of(tab, event, keyboard, qtbot)
    edit = page.fields.sessions.edits[0]
    assert edit.reason.isHidden()
    edit.ends.line.setFocus()
    edit.ends.line.selectAll()
    keyboard.type("1900")
    qtbot.waitUntil(edit.reason.isVisible)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: edit.reason.line.hasFocus() and not desk.is_busy())
    assert "or give a reason" in edit.clash.text()
    assert_plain(page)
    assert_named(page)
    keyboard.type("The caretaker stays")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: tab.programme.side.shown_event is not None and not desk.is_busy())
    [row] = sessions(database, event)
    assert (row.ends_at, row.room) == (at(THURSDAY, "19:00"), "Oak Room")
    for step, ends in ((desk.undos.undo, "15:30"), (desk.undos.redo, "19:00")):
        step()
        wait_for_end(database, event, ends, qtbot)
        qtbot.waitUntil(lambda: not desk.is_busy())


def test_a_copy_takes_lengths_prices_trainers_budget_and_materials(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = an_event_with_everything(database)
    ask = editing(database, event)
    database.write(ANN, edit_event, replace(ask, budgeted=10, materials="A laptop"))
    side = tab.programme.side
    tab.programme.show_event(event)
    qtbot.waitUntil(lambda: side.shown_event is not None and side.shown_event.budgeted == 10)
    side._copy_event()
    page = side.page
    assert isinstance(page, EventFormPage)
    edit = page.fields.sessions.edits[0]
    assert edit.day.line.hasFocus()
    assert [hit.name for hit in edit.ours.value()] == ["Anna Example"]
    keyboard.type("21/3/14")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: side.shown_event is not None)
    card = side.shown_event
    assert card is not None
    assert card.sessions[0].starts_at == at(date(2014, 3, 21), "09:30")
    assert card.sessions[0].ends_at == at(date(2014, 3, 21), "15:30")
    assert card.sessions[0].trainer_words == "Anna Example"
    assert (card.budgeted, card.materials) == (10, "A laptop")


def test_the_confirmation_says_what_to_bring(database: Database) -> None:
    event = an_event(database, a_course(database))
    booking = database.write(ANN, book_places, booking_of(event, a_school(database), "Ann One"))
    before = database.read(confirmation_of, booking, THURSDAY)
    assert "Bring" not in [step.lead for step in before.steps]
    ask = editing(database, event)
    database.write(ANN, edit_event, replace(ask, materials="A laptop, and R&D <b>."))
    after = database.read(confirmation_of, booking, THURSDAY)
    assert ("Bring", "A laptop, and R&D <b>.") in [(one.lead, one.words) for one in after.steps]
    assert confirmation_pdf(after).startswith(b"%PDF")
