"""Deciding, telling, the roll and the papers of the day, by keyboard in the Courses tab."""

from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.days import london_today
from lle_desk.core.db import Database
from lle_desk.courses.actions import CancelBooking, book_places, cancel_booking
from lle_desk.courses.queries import event_card
from lle_desk.courses.queries.attendance import roll_of
from lle_desk.courses.queries.day_papers import SheetColumn
from lle_desk.courses.queries.telling import people_to_tell
from lle_desk.courses.ui.attendance_page import OTHER, AttendancePage
from lle_desk.courses.ui.care_page import AskCarePage, CarePage
from lle_desk.courses.ui.day_section import DayPart
from lle_desk.courses.ui.decide_page import DecidePage
from lle_desk.courses.ui.evaluation_page import EvaluationPage
from lle_desk.courses.ui.event_page import EventPage
from lle_desk.courses.ui.judged_page import JudgedPage
from lle_desk.courses.ui.papers_page import PapersPage
from lle_desk.courses.ui.risk_page import RiskPage, days_left_words
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.courses.ui.tell_page import TellPage
from lle_desk.customers.actions.care import SaveCare, save_care
from lle_desk.customers.models import PersonCare
from lle_desk.customers.rules import CareWords
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from tests.courses.keyboard import CTRL, Keyboard, say, today
from tests.courses.people import ANN, a_school, booking_of
from tests.courses.test_attendance import type_all
from tests.courses.test_deciding import Office
from tests.customers.test_care import looks
from tests.paper.pages import texts
from tests.qt.walk import assert_named, assert_plain, shown_texts

Shown = TypeVar("Shown")


def shown(tab: CoursesTab, qtbot: QtBot, kind: type[Shown]) -> Shown:
    """Wait until the inspector shows a page of this kind, and return it."""
    side = tab.programme.side
    qtbot.waitUntil(lambda: isinstance(side.page, kind))
    page = side.page
    assert isinstance(page, kind)
    return page


def opened(tab: CoursesTab, qtbot: QtBot, event: int) -> EventPage:
    tab.open_record("event", event)
    side = tab.programme.side
    qtbot.waitUntil(lambda: isinstance(side.page, EventPage) and side.page.card.row.id == event)
    return shown(tab, qtbot, EventPage)


def test_an_event_that_has_its_minimum_is_confirmed_with_one_key_and_undone(
    database: Database, tab: CoursesTab, desk: Desk, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database)
    opened(tab, qtbot, office.event)
    keyboard.press(Qt.Key.Key_C)
    qtbot.waitUntil(lambda: database.read(event_card, office.event).row.state == "confirmed to run")
    desk.undos.undo()
    qtbot.waitUntil(lambda: database.read(event_card, office.event).row.state == "open")


def test_calling_off_shows_all_that_follows_and_then_whom_to_tell(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database, capacity=4)
    late = CancelBooking(office.second, 1, date(2014, 3, 12), "Unwell", until_resold=True)
    database.write(ANN, cancel_booking, late)
    opened(tab, qtbot, office.event).state_wanted.emit("cancelled")
    page = shown(tab, qtbot, DecidePage)
    told = shown_texts(page)
    for words in ("2 places cancelled, without a fee", "£390.00", "1 booking", "Call it off"):
        assert words in told, told
    assert "£195.00 falls" in told
    assert page.fees is not None
    [keep] = page.fees.keeps.values()
    assert keep.title == "Keep £195.00, Demo Other School, B-00002"
    qtbot.keyClick(keep.box, Qt.Key.Key_Space)
    kept = shown_texts(page)
    assert "all kept" in kept
    assert "Goes on the next paper." in kept
    assert_plain(tab.programme.side)
    assert_named(tab.programme.side)
    keyboard.type("Too few delegates")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    tell = shown(tab, qtbot, TellPage)
    qtbot.waitUntil(lambda: tell.table.chosen() is not None)
    keyboard.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: database.read(people_to_tell, office.event)[0].is_told)
    qtbot.waitUntil(lambda: "all are told" in shown_texts(tell))
    assert [(row.state, row.net) for row in database.read(unbilled_charges)] == [
        ("unbilled", 19_500)
    ]
    assert_plain(tab.programme.side)
    assert_named(tab.programme.side)


def test_below_the_minimum_what_is_short_is_seen_before_it_is_confirmed(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database, minimum=9, capacity=12)
    opened(tab, qtbot, office.event)
    keyboard.press(Qt.Key.Key_C)
    page = shown(tab, qtbot, DecidePage)
    assert "6 short" in shown_texts(page)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    shown(tab, qtbot, TellPage)
    assert database.read(event_card, office.event).row.state == "confirmed to run"


def test_the_roll_is_typed_straight_down_the_list(
    database: Database, tab: CoursesTab, desk: Desk, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database)
    opened(tab, qtbot, office.event)
    keyboard.press(Qt.Key.Key_A)
    page = shown(tab, qtbot, AttendancePage)
    assert page.table.hasFocus()
    for key in (Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_Space):
        keyboard.press(key)
    assert_plain(tab.programme.side)
    assert_named(tab.programme.side)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    shown(tab, qtbot, EventPage)
    rows = database.read(roll_of, office.event).rows
    assert [row.came for row in rows] == [True, False, True]
    assert database.read(event_card, office.event).row.state == "completed"
    desk.undos.undo()
    qtbot.waitUntil(lambda: database.read(roll_of, office.event).to_type == 3)
    assert database.read(event_card, office.event).row.state == "open"


def test_all_came_but_those_who_are_typed(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database)
    opened(tab, qtbot, office.event)
    keyboard.press(Qt.Key.Key_A)
    page = shown(tab, qtbot, AttendancePage)
    page.all_but.setFocus()
    say(keyboard, "delegate")
    assert "Type the number" in page.all_but.error
    page.all_but.show_value("")
    page.all_but.setFocus()
    say(keyboard, "1, three")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    shown(tab, qtbot, EventPage)
    roll = database.read(roll_of, office.event)
    assert [row.name for row in roll.rows if row.came] == ["Delegate Two"]


def test_who_came_unannounced_is_booked_from_the_roll_and_what_was_typed_stays(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database, capacity=12)
    opened(tab, qtbot, office.event)
    keyboard.press(Qt.Key.Key_A)
    page = shown(tab, qtbot, AttendancePage)
    keyboard.press(Qt.Key.Key_N)
    button = next(one for one in page.findChildren(Button) if one.accessibleName() == OTHER)
    button.click()
    assert tab.booking is not None
    ask = booking_of(office.event, a_school(database, name="Walk-in School"), "Delegate Aardvark")
    database.write(ANN, book_places, ask)
    tab.show_programme()
    qtbot.waitUntil(lambda: len(page.lines) == 4)
    assert [line.came for line in page.lines] == [None, False, None, None]
    assert tab.programme.side.page is page


def test_the_papers_of_the_day_open_with_a_key_and_are_saved(
    database: Database,
    tab: CoursesTab,
    keyboard: Keyboard,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = Office(database)
    opened(tab, qtbot, office.event)
    keyboard.press(Qt.Key.Key_P)
    page = shown(tab, qtbot, PapersPage)
    qtbot.waitUntil(lambda: page.data != b"")
    assert "Delegate One" in texts(page.data)[0]
    assert_plain(tab.programme.side)
    assert_named(tab.programme.side)
    file = tmp_path / "register.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(file), ""))
    keyboard.press(Qt.Key.Key_S, CTRL)
    assert file.read_bytes() == page.data


def test_a_diet_on_the_register_is_kept_as_a_look(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database)
    person = database.read(roll_of, office.event).rows[0].person_id or 0
    diet = SaveCare(person, CareWords(), CareWords("", "No nuts"), london_today(), "Booking")
    database.write(ANN, save_care, diet)
    opened(tab, qtbot, office.event)
    keyboard.press(Qt.Key.Key_P)
    page = shown(tab, qtbot, PapersPage)
    qtbot.waitUntil(lambda: page.data != b"")
    assert "No nuts" not in texts(page.data)[0]
    page.columns[SheetColumn.DIET].setFocus()
    keyboard.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.data != b"" and "No nuts" in texts(page.data)[0])
    purposes = {purpose for _, _, purpose in database.read(looks)}
    assert purposes == {"Booking", f"Register of {page._facts.roll.code}"}


def test_needs_are_opened_with_a_purpose_and_changed(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database)
    opened(tab, qtbot, office.event).day_wanted.emit(DayPart.CARE)
    shown(tab, qtbot, AskCarePage)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    assert database.read(looks) == []
    keyboard.type("To tell the caterer")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    page = shown(tab, qtbot, CarePage)
    page.diet.setFocus()
    keyboard.type("Vegan")
    assert_plain(tab.programme.side)
    assert_named(tab.programme.side)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "1 of 3" in shown_texts(page))
    assert "Delegate One: Vegan" in shown_texts(page)
    person = database.read(roll_of, office.event).rows[0].person_id or 0
    kept = database.read(lambda session: session.get(PersonCare, person))
    assert kept is not None
    assert (kept.diet, kept.retain_until) == ("Vegan", date(2014, 4, 26))


def test_certificates_wait_until_it_is_typed_who_came(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database)
    opened(tab, qtbot, office.event)
    keyboard.press(Qt.Key.Key_P)
    page = shown(tab, qtbot, PapersPage)
    page.kinds.choose("certificates")
    page.kinds.chosen.emit("certificates")
    assert page.data == b""
    type_all(database, office.event, True, True, False)
    tab.programme.side.show_event(office.event)
    opened(tab, qtbot, office.event)
    keyboard.press(Qt.Key.Key_P)
    qtbot.waitUntil(lambda: tab.programme.side.page is not page)
    page = shown(tab, qtbot, PapersPage)
    page.kinds.chosen.emit("certificates")
    qtbot.waitUntil(lambda: page.data != b"" and len(texts(page.data)) == 2)


def test_an_event_at_risk_is_called_off_from_the_list(
    database: Database, tab: CoursesTab, desk: Desk, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database, minimum=9, capacity=12)
    keyboard.press(Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    page = tab._screen
    assert isinstance(page, RiskPage)
    qtbot.waitUntil(lambda: page.table.chosen() is not None)
    [row] = page.model.rows
    assert (row.short, days_left_words(row)) == (6, "in 2 days")
    assert_plain(page)
    assert_named(page)
    keyboard.press(Qt.Key.Key_X)
    shown(tab, qtbot, DecidePage)
    keyboard.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(page.table.hasFocus)
    keyboard.press(Qt.Key.Key_X)
    shown(tab, qtbot, DecidePage)
    keyboard.type("Too few delegates")
    with qtbot.waitSignal(desk.lead_offered) as led:
        keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not page.model.rows)
    assert page.table.isVisible()
    [lead] = led.args
    assert (lead.said, lead.link) == ("2 bookings to tell.", "Whom to tell")
    tab.open_record(lead.kind, lead.record_id)
    shown(tab, qtbot, TellPage)
    assert database.read(event_card, office.event).row.state == "cancelled"


def test_the_list_of_events_at_risk_leads_back_to_the_programme(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database, minimum=9, capacity=12)
    keyboard.press(Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    page = tab._screen
    assert isinstance(page, RiskPage)
    qtbot.waitUntil(lambda: page.table.chosen() is not None)
    keyboard.press(Qt.Key.Key_Return)
    assert shown(tab, qtbot, EventPage).card.row.id == office.event
    keyboard.press(Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    keyboard.press(Qt.Key.Key_Escape)
    assert tab._screen is None


def test_sheets_are_typed_with_a_number_a_question_and_averaged(
    database: Database, tab: CoursesTab, desk: Desk, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = Office(database)
    opened(tab, qtbot, office.event).day_wanted.emit(DayPart.EVALUATION)
    page = shown(tab, qtbot, EvaluationPage)
    say(keyboard, "4", "3", "4", "2", "Very clear")
    qtbot.waitUntil(lambda: len(page.rows_model.rows) == 1)
    say(keyboard, "2", "", "2", "")
    say(keyboard, "")
    qtbot.waitUntil(lambda: len(page.rows_model.rows) == 2)
    assert "2 of 3 delegates, 2.8 on average" in shown_texts(page)
    assert_plain(tab.programme.side)
    assert_named(tab.programme.side)
    desk.undos.undo()
    qtbot.waitUntil(lambda: len(page.rows_model.rows) == 1)
    keyboard.press(Qt.Key.Key_V, CTRL | Qt.KeyboardModifier.ShiftModifier)
    judged = tab._screen
    assert isinstance(judged, JudgedPage)
    qtbot.waitUntil(lambda: len(judged.rows) == 1)
    assert (judged.rows[0].means, judged.rows[0].comments) == ((4, 3, 4, 2), ("Very clear",))
    judged.kinds.choose("trainers")
    judged.kinds.chosen.emit("trainers")
    assert [row.name for row in judged.rows] == ["No trainer named"]
    assert_plain(judged)
    assert_named(judged)
    keyboard.press(Qt.Key.Key_Escape)
    assert tab._screen is None


def test_needs_out_of_time_are_gone_when_the_tab_is_opened(
    database: Database, desk: Desk, qtbot: QtBot
) -> None:
    office = Office(database)
    person = database.read(roll_of, office.event).rows[0].person_id or 0
    old = SaveCare(person, CareWords(), CareWords("", "Vegan"), date(2014, 3, 13), "Booking")
    database.write(ANN, save_care, old)
    tab = CoursesTab(desk, today)
    qtbot.addWidget(tab)
    qtbot.waitUntil(lambda: database.read(lambda session: session.get(PersonCare, person)) is None)
    qtbot.waitUntil(lambda: not desk.is_busy())
