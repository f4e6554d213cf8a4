"""Letters across events: chosen in the programme, seen by event before they go, and stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.courses.actions import CancelBooking, JoinWaiting, cancel_booking, join_waiting_list
from lle_desk.courses.documents import letters_pdf
from lle_desk.courses.exports.mailing import (
    LetterRun,
    Stopped,
    drafts_in_folder,
    letters_in_one,
    letters_in_outbox,
)
from lle_desk.courses.queries import booking_card
from lle_desk.courses.queries.addressing import Addressee, Whom, addressees, letter_lines
from lle_desk.courses.queries.posting import letters_to
from lle_desk.courses.ui.letters_page import LettersPage
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.letters.queries import outbox
from lle_desk.letters.rules import LetterKind
from tests.courses.keyboard import CTRL, NONE, TODAY, Keyboard
from tests.courses.people import ANN, a_course, a_school, an_event, booking_of, meeting
from tests.courses.test_missed_sessions import type_sessions
from tests.courses.test_posting import booked, said
from tests.paper.pages import texts
from tests.qt.walk import assert_named, assert_plain

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass
class Office:
    """Two events: the first with all sorts of bookings, the second with one."""

    first: int
    second: int
    places: dict[str, int]


@pytest.fixture
def office(database: Database) -> Office:
    course = a_course(database)
    first = an_event(database, course, [meeting(date(2014, 3, 13))], capacity=3, minimum=1)
    second = an_event(database, course, [meeting(date(2014, 3, 20))])
    one = booked(database, first, "Demo Primary School", "Ann One", "Ben Two", to="a@demo.example")
    gone = booked(database, first, "Gone School", "Cat Three", to="gone@demo.example")
    version = database.read(booking_card, gone).version
    database.write(ANN, cancel_booking, CancelBooking(gone, version, date(2014, 3, 4), "shut"))
    booked(database, first, "Silent School", "Dan Four")
    ask = booking_of(first, a_school(database, "Waiting School"), "Eve Five")
    database.write(ANN, join_waiting_list, JoinWaiting(ask))
    other = booked(database, second, "Example Academy", "Fay Six", to="f@demo.example")
    cards = (database.read(booking_card, number) for number in (one, gone, other))
    return Office(first, second, {p.delegate: p.id for card in cards for p in card.places})


def told(database: Database, kind: LetterKind, whom: Whom) -> list[tuple[str, str, str, str]]:
    return [
        (
            event.code,
            line.customer,
            line.delegates,
            line.whom.email if line.whom else line.why,
        )
        for event in database.read(letter_lines, kind, whom)
        for line in event.lines
    ]


def test_who_gets_a_letter_and_who_does_not_and_why_by_event(
    database: Database, office: Office
) -> None:
    both = Whom(event_ids=(office.second, office.first))
    assert told(database, LetterKind.JOINING, both) == [
        ("LPDS-0001", "Demo Primary School", "Ann One", "a@demo.example"),
        ("LPDS-0001", "Demo Primary School", "Ben Two", "a@demo.example"),
        ("LPDS-0001", "Silent School", "Dan Four", ""),
        ("LPDS-0001", "Gone School", "Cat Three", "cancelled"),
        ("LPDS-0001", "Waiting School", "Eve Five", "waits for a place"),
        ("LPDS-0002", "Example Academy", "Fay Six", "f@demo.example"),
    ]
    some = Whom(place_ids=(office.places["Ben Two"], office.places["Cat Three"]))
    assert [line[2:] for line in told(database, LetterKind.JOINING, some)] == [
        ("Ben Two", "a@demo.example"),
        ("Cat Three", "cancelled"),
    ]
    assert told(database, LetterKind.CHANGE, some)[0][2] == "Ann One, Ben Two"


def test_certificates_go_to_who_was_there_and_say_the_days(
    database: Database, office: Office
) -> None:
    sessions = (meeting(date(2014, 3, 17)), meeting(date(2014, 3, 18)))
    event = an_event(database, a_course(database, "TWO", "Two days"), sessions)
    names = ("Ida One", "Joe Two", "Kim Three", "")
    booked(database, event, "Two Day School", *names, to="t@demo.example")
    kim, *others = (False, ()), (True, ()), (True, ())
    type_sessions(database, event, (True, (1,)), kim, *others)  # by family name
    whom = Whom(event_ids=(office.first, event))
    assert [line[2:] for line in told(database, LetterKind.CERTIFICATE, whom)] == [
        ("Ann One", "attendance not typed"),
        ("Ben Two", "attendance not typed"),
        ("Cat Three", "cancelled"),
        ("Dan Four", "attendance not typed"),
        ("Eve Five", "waits for a place"),
        ("Ida One", "t@demo.example"),
        ("Joe Two", "t@demo.example"),
        ("Kim Three", "did not attend"),
        ("Name to come", "to be named first"),
    ]
    get_one = database.read(addressees, LetterKind.CERTIFICATE, event)
    posted = database.read(letters_to, get_one, date(2014, 3, 20))
    ida, joe = texts(letters_pdf(posted))
    assert "6 hours: Tue 18 Mar 2014" in ida
    assert "2 days, 12 hours: Mon 17 and Tue 18 Mar 2014" in joe
    assert "Issued Thu 20 Mar 2014" in joe
    assert posted[0].words.startswith(
        "Dear Ida One\n\nThank you for coming to Two days, Tue 18 Mar 2014."
    )
    run = LetterRun(get_one, date(2014, 3, 20))
    assert letters_in_outbox(database, ANN, never, run, "1" * 32).new == 2
    paper = letters_in_one(database, ANN, never, LetterRun(get_one, date(2014, 3, 20))).pdf
    assert "Record " in texts(paper)[1]


def all_of(database: Database, office: Office) -> tuple[Addressee, ...]:
    both = Whom(event_ids=(office.first, office.second))
    events = database.read(letter_lines, LetterKind.JOINING, both)
    lines = [line.whom for event in events for line in event.lines]
    return tuple(one for one in lines if one is not None and one.email)


def never() -> bool:
    return False


def test_a_run_that_is_stopped_leaves_nothing_half_and_sends_nothing_twice(
    database: Database, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lle_desk.courses.exports.mailing.AT_ONCE", 1)
    whom = all_of(database, office)
    run = _StoppedAfter(whom, TODAY, steps=3)  # the first is in; the second was only read
    half = letters_in_outbox(database, ANN, never, run, "1" * 32)
    assert (half.new, half.is_stopped, half.whom) == (1, True, whom[:1])
    rest = letters_in_outbox(database, ANN, never, LetterRun(whom, TODAY), "1" * 32)
    assert (rest.new, rest.is_stopped) == (2, False)
    names = [row.to_name for row in database.read(outbox)]
    assert sorted(names) == ["Ann One", "Ben Two", "Fay Six"]
    with pytest.raises(Stopped, match="1 e-mail draft stand"):
        drafts_in_folder(database, ANN, never, _StoppedAfter(whom, TODAY, steps=3), tmp_path)
    with pytest.raises(Stopped):
        letters_in_one(database, ANN, never, _StoppedAfter(whom, TODAY, steps=5))


class _StoppedAfter(LetterRun):
    """A run whose officer presses Stop after so many steps."""

    def __init__(self, whom: Sequence[Addressee], on: date, *, steps: int) -> None:
        super().__init__(tuple(whom), on)
        self._left = steps

    def step(self) -> None:
        self._left -= 1
        self.is_stopped = self._left <= 0
        super().step()


def test_several_events_are_chosen_and_written_to_by_keyboard(
    database: Database,
    office: Office,
    tab: CoursesTab,
    keyboard: Keyboard,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = chosen_letters(office, tab, keyboard, qtbot)
    assert page.told.text() == "4 letters · 1 without an e-mail address: print those · 2 get none"
    assert page.send_button.words == "Send 3 by e-mail"
    keyboard.press(Qt.Key.Key_3, ALT)
    qtbot.waitUntil(lambda: [one.customer for one in page.chosen] == ["Waiting School"])
    keyboard.press(Qt.Key.Key_2, ALT)
    qtbot.waitUntil(lambda: len(page.chosen) == 4)
    keyboard.press(Qt.Key.Key_Space)
    assert len(page.chosen) == 3
    keyboard.press(Qt.Key.Key_T, CTRL)
    assert len(page.chosen) == 4
    file = tmp_path / "letters.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(file), ""))
    keyboard.press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: file.exists() and not page.post.is_busy)
    assert ["Dear Dan Four" in one for one in texts(file.read_bytes())].count(True) == 1
    assert len(texts(file.read_bytes())) == 4
    assert page.chosen == ()
    keyboard.press(Qt.Key.Key_T, CTRL)
    keyboard.press(Qt.Key.Key_Return, CTRL)  # no server is set: they wait in the outbox
    qtbot.waitUntil(lambda: len(database.read(outbox)) == 3)
    qtbot.waitUntil(lambda: sum("Waiting to go" in one for one in said(page, "Before")) == 3)
    keyboard.press(Qt.Key.Key_Escape, NONE)
    assert tab._stack.currentWidget() is tab.programme
    assert tab.programme.events.table.hasFocus()


def chosen_letters(
    office: Office, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> LettersPage:
    """Choose both events with Shift and return the letters to them."""
    events = tab.programme.events
    qtbot.waitUntil(lambda: events.choose(office.first))
    keyboard.press(Qt.Key.Key_Down, SHIFT)
    keyboard.press(Qt.Key.Key_Down, SHIFT)  # over the heading of the next week
    qtbot.waitUntil(lambda: events.chosen_ids == (office.first, office.second))
    keyboard.press(Qt.Key.Key_L, CTRL)
    page = tab._stack.currentWidget()
    assert isinstance(page, LettersPage)
    qtbot.waitUntil(lambda: len(page.chosen) == 4)
    assert page.table.hasFocus()
    assert_plain(page)
    assert_named(page)
    return page
