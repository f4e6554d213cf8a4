"""Letters to the people of an event: from the inspector's menu to the school's mail server."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from lle_desk.core.db import Database
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import CancelBooking, book_places, cancel_booking
from lle_desk.courses.actions.costs import SetMaterials, set_materials
from lle_desk.courses.actions.deciding import DecideEvent, decide_event
from lle_desk.courses.documents import letters_pdf
from lle_desk.courses.models import CourseBooking
from lle_desk.courses.papers import Posted
from lle_desk.courses.queries import booking_card, event_card
from lle_desk.courses.queries.addressing import addressees
from lle_desk.courses.queries.posting import letters_to
from lle_desk.courses.queries.telling import people_to_tell
from lle_desk.courses.rules import EventState
from lle_desk.courses.ui.decide_page import DecidePage
from lle_desk.courses.ui.letters_page import LettersPage
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.courses.ui.tell_page import TellPage
from lle_desk.letters.actions import SaveTemplate, save_template
from lle_desk.letters.queries import outbox
from lle_desk.letters.rules import LetterKind, plain
from tests.courses.keyboard import CTRL, TODAY, Keyboard, say
from tests.courses.people import ANN, a_school, booking_of
from tests.letters.post import mail_server, name_server
from tests.qt.walk import assert_named, assert_plain, shown_texts


def _mail(session: Session, booking_id: int, address: str) -> None:
    session.get_one(CourseBooking, booking_id).confirmation_to = address
    session.flush()


def booked(database: Database, event: int, school: str, *names: str, to: str = "") -> int:
    ask = booking_of(event, a_school(database, school), *names)
    booking = database.write(ANN, book_places, ask)
    if to:
        database.write(ANN, _mail, booking, to)
    return booking


def said(page: LettersPage, heading: str) -> list[str]:
    """Return what a column says, line by line; an event's heading says nothing there."""
    [column] = [one for one in page.model.columns if one.heading == heading]
    return [column.text(row) for row in page.model.rows]


def written(database: Database, kind: LetterKind, event: int) -> list[Posted]:
    whom = database.read(addressees, kind, event)
    return list(database.read(letters_to, whom, TODAY))


def test_joining_instructions_are_one_letter_for_each_delegate(
    database: Database, event: int
) -> None:
    booked(database, event, "Demo Primary School", "Delegate One", "", to="office@demo.example")
    one, other = written(database, LetterKind.JOINING, event)
    assert (one.delegates, other.delegates) == ("Delegate One", "Name to come")
    assert plain(one.paper.opening).startswith("Dear Delegate One\n\nWe look forward")
    assert plain(other.paper.opening).startswith("Dear Colleague")
    assert "from 09:00: tea, coffee, signing in" in plain(one.paper.closing)
    assert one.subject == "Joining instructions: Phonics in Key Stage 1, Thu 13 and Thu 27 Mar 2014"
    assert one.email == "office@demo.example"


def test_a_cancelled_booking_is_told_why_and_what_it_costs(database: Database, event: int) -> None:
    booking = booked(database, event, "Demo Primary School", "Delegate One")
    version = database.read(booking_card, booking).version
    ask = CancelBooking(booking, version, date(2014, 3, 11), "the school is shut.")
    database.write(ANN, cancel_booking, ask)
    [letter] = written(database, LetterKind.CANCELLATION, event)
    assert "is cancelled: the school is shut." in plain(letter.paper.opening)
    assert "£195.00 is to pay" in plain(letter.paper.closing)


def test_the_offices_own_words_stand_in_the_next_confirmation(
    database: Database, event: int
) -> None:
    booked(database, event, "Demo Primary School", "Delegate One")
    own = "How good of you, {contact}. {standing} It costs {cost}.\n\n{facts}\n\nBring {materials}."
    ask = SaveTemplate(LetterKind.CONFIRMATION, "Booked: {booking}", own, 0)
    database.write(ANN, save_template, ask)
    assert [
        plain(one.paper.closing) for one in written(database, LetterKind.CONFIRMATION, event)
    ] == ["Bring nothing in particular."]
    database.write(ANN, set_materials, SetMaterials(event, "A laptop.\nR&D <b>."))
    [letter] = written(database, LetterKind.CONFIRMATION, event)
    said = plain(letter.paper.opening)
    assert said == "How good of you, Colleague. One place is confirmed. It costs £195.00."
    assert plain(letter.paper.closing) == "Bring A laptop. R&D <b>."
    assert letter.subject == "Booked: B-00001"
    assert letters_pdf([letter]).startswith(b"%PDF")


def open_letters(tab: CoursesTab, qtbot: QtBot, event: int, kind: LetterKind) -> LettersPage:
    tab.programme.show_event(event)
    qtbot.waitUntil(lambda: tab.programme.side.shown_event is not None)
    tab.programme.side.show_letters()
    page = shown_letters(tab)
    page.kinds.choose(str(kind))
    page.kinds.chosen.emit(str(kind))
    qtbot.waitUntil(lambda: bool(page.chosen))
    qtbot.waitUntil(lambda: not tab._desk.is_busy())
    return page


def shown_letters(tab: CoursesTab) -> LettersPage:
    page = tab._stack.currentWidget()
    assert isinstance(page, LettersPage)
    return page


def test_letters_are_sent_once_from_the_inspector(
    database: Database, event: int, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    booked(database, event, "Demo Primary School", "Delegate One", to="one@demo.example")
    booked(database, event, "Example Academy", "Delegate Two", to="two@demo.example")
    with mail_server() as office:
        name_server(database, office.port)
        page = open_letters(tab, qtbot, event, LetterKind.CONFIRMATION)
        assert_plain(page)
        assert_named(page)
        page.table.setFocus()
        keyboard.press(Qt.Key.Key_Space)  # not the first one
        assert [one.email for one in page.chosen] == ["two@demo.example"]
        keyboard.press(Qt.Key.Key_Space)
        keyboard.press(Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda: len(office.taken) == 2)
        qtbot.waitUntil(lambda: {row.state for row in database.read(outbox)} == {"sent"})
    assert office.to() == ["one@demo.example", "two@demo.example"]
    [letter] = office.mails()[0].iter_attachments()
    assert bytes(letter.get_content()).startswith(b"%PDF")
    qtbot.waitUntil(lambda: said(page, "Before")[1].startswith("Sent, "))
    assert page.chosen == ()  # nobody gets it twice unless it is ticked again


def test_a_letter_without_an_address_keeps_all_here_and_says_whose(
    database: Database, event: int, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    booked(database, event, "Demo Primary School", "Delegate One")
    page = open_letters(tab, qtbot, event, LetterKind.CONFIRMATION)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(page.told.text()))
    assert page.told.text().startswith("Demo Primary School, B-00001, has no e-mail address.")
    assert database.read(outbox) == []


def test_drafts_are_files_that_a_mail_program_opens(
    database: Database,
    event: int,
    tab: CoursesTab,
    keyboard: Keyboard,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    booked(database, event, "Demo Primary School", "Delegate One", "Delegate Two")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    open_letters(tab, qtbot, event, LetterKind.JOINING)
    keyboard.press(Qt.Key.Key_D, CTRL)
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.eml"))) == 2)
    names = sorted(file.name for file in tmp_path.glob("*.eml"))
    assert names[0] == "Joining instructions B-00001 Delegate One.eml"
    assert "X-Unsent: 1" in (tmp_path / names[0]).read_text()


def test_one_key_sends_the_confirmation_after_a_telephone_booking(
    database: Database, event: int, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    a_school(database)
    keyboard.press(Qt.Key.Key_N, CTRL)
    page = tab._booking
    assert page is not None
    say(keyboard, "demo", "", "phon", "1", "PO 1")
    page.form.send_to.show_value("head@demo.example")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.done_row.mail_button.isVisible())
    keyboard.press(Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: len(database.read(outbox)) == 1)
    [row] = database.read(outbox)
    assert (row.to_address, row.state, row.record_name) == (
        "head@demo.example",
        "queued",
        "B-00001",
    )
    qtbot.waitUntil(lambda: not page.done_row.mail_button.isEnabled())


def test_a_called_off_event_writes_to_those_it_takes_the_places_from(
    database: Database, event: int, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    before = booked(database, event, "Example Academy", "Delegate Two")
    version = database.read(booking_card, before).version
    cancel = CancelBooking(before, version, date(2014, 3, 4), "no cover")
    database.write(ANN, cancel_booking, cancel)
    booked(database, event, "Demo Primary School", "Delegate One")
    seen = database.read(event_card, event).row.version
    off = DecideEvent(new_uuid(), event, seen, EventState.CANCELLED, "too few places were booked")
    database.write(ANN, decide_event, off)
    keyboard.settle()
    tab.programme.side.show_telling(event)
    qtbot.waitUntil(lambda: isinstance(tab.programme.side.page, TellPage))
    keyboard.settle()
    keyboard.press(Qt.Key.Key_L)
    page = shown_letters(tab)
    assert page.kind == LetterKind.CANCELLATION
    qtbot.waitUntil(lambda: [one.customer for one in page.chosen] == ["Demo Primary School"])
    [letter] = written(database, LetterKind.CANCELLATION, event)
    said = plain(letter.paper.opening)
    assert said.endswith("Phonics in Key Stage 1 is cancelled: too few places were booked.")
    assert plain(letter.paper.closing).startswith("Nothing is to pay for it.")


def test_calling_off_and_telling_all_who_have_an_address_is_one_action(
    database: Database, event: int, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    booked(database, event, "Demo Primary School", "Delegate One", to="one@demo.example")
    booked(database, event, "Example Academy", "Delegate Two")
    with mail_server() as office:
        name_server(database, office.port)
        tab.programme.side.look_at_decision(event, EventState.CANCELLED)
        qtbot.waitUntil(lambda: isinstance(tab.programme.side.page, DecidePage))
        told_first = shown_texts(tab.programme.side)
        assert "Tell 1 booking without an e-mail address by telephone." in told_first
        keyboard.type("Too few delegates")
        keyboard.press(Qt.Key.Key_Tab)
        keyboard.press(Qt.Key.Key_Space)
        keyboard.press(Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda: office.to() == ["one@demo.example"])
        wanted = [("Demo Primary School", True), ("Example Academy", False)]
        qtbot.waitUntil(
            lambda: (
                [(one.customer, one.is_told) for one in database.read(people_to_tell, event)]
                == wanted
            )
        )
        qtbot.waitUntil(lambda: {row.state for row in database.read(outbox)} == {"sent"})
    assert isinstance(tab.programme.side.page, TellPage)
