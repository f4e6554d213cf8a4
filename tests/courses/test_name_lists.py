"""Lists of delegates that schools send, pasted or in a spreadsheet."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.courses.actions import book_places
from lle_desk.courses.imports import MOST_LINES, ListedName, match_names, names_in, names_in_file
from lle_desk.courses.queries import booking_card, event_card
from lle_desk.courses.ui.booking_card_page import BookingCardPage
from lle_desk.courses.ui.names_page import NamesPage
from lle_desk.courses.ui.tab import CoursesTab
from tests.courses.keyboard import CTRL, Keyboard, say
from tests.courses.people import ANN, a_course, a_person, a_school, an_event, booking_of
from tests.courses.test_booking_form import open_page
from tests.qt.walk import assert_named, assert_plain

ANNA = ("Anna", "Sample", "Year 2 teacher", "anna@example.org")


def told(one: ListedName) -> tuple[str, str, str, str]:
    return one.given_name, one.family_name, one.job_title, one.email


@pytest.mark.parametrize(
    "line",
    [
        "Anna Sample; Year 2 teacher; anna@example.org",
        "Anna Sample, Year 2 teacher, anna@example.org",
        "Sample, Anna, Year 2 teacher, anna@example.org",
        "Sample, Anna; Year 2 teacher; anna@example.org",
        "anna@example.org; Anna Sample; Year 2 teacher",
        "Anna\tSample\tYear 2 teacher\tanna@example.org",
        "Anna Sample\tYear 2 teacher\tanna@example.org",
        "Mrs\tAnna\tSample\tYear 2 teacher\tanna@example.org",
        "Mrs Anna Sample <anna@example.org>; Year 2 teacher",
        "1. Anna Sample (Year 2 teacher), anna@example.org",
        "• Anna Sample – Year 2 teacher; anna@example.org",
        "Ms. Anna Sample | Year 2 teacher | mailto:anna@example.org",
        '"Sample, Anna", "Year 2 teacher" , anna@example.org,,,',
        'Anna Sample\tYear 2 teacher\t"anna@example.org"\t\t  ',
    ],
)
def test_a_line_is_understood_in_any_sensible_order(line: str) -> None:
    (one,) = names_in(line)
    assert (told(one), one.problem) == (ANNA, "")


@pytest.mark.parametrize(
    ("line", "given", "family"),
    [
        ("Jan van der Berg", "Jan", "van der Berg"),
        ("van der Berg, Jan", "Jan", "van der Berg"),
        ("Anna-Maria O'Sample", "Anna-Maria", "O'Sample"),
        ("Sample", "", "Sample"),
        ("Żaneta Müller", "Żaneta", "Müller"),
    ],
)
def test_names_of_all_sorts_are_split(line: str, given: str, family: str) -> None:
    (one,) = names_in(line)
    assert (one.given_name, one.family_name) == (given, family)


def test_headings_say_what_stands_where() -> None:
    text = "Surname\tForename\tE-mail\tRole\n\nSample\tAnna\tanna@example.org\tYear 2 teacher"
    (one,) = names_in(text)
    assert told(one) == ANNA
    assert one.line == 3
    below = 'First name,Surname,Role,E-mail\nBob,O\'Sample,"SENCo, deputy", bob@example.org'
    _anna, bob = names_in(f"{text}\n{below}")
    assert told(bob) == ("Bob", "O'Sample", "SENCo, deputy", "bob@example.org")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("anna@example.org", "There is no name in it."),
        ("12", "There is no name in it."),
        ("30 teachers", "“30 teachers” is no name: it has a number in it."),
        ("Anna Sample; anna@@example", "“anna@@example” is no e-mail address."),
        ("Anna Sample, anna@", "“anna@” is no e-mail address."),
        ("x" * 101, "The name has more than 100 letters."),
        ("Anna Sample; " + "y" * 101, "What Anna Sample does has more than 100 letters."),
    ],
)
def test_a_line_that_is_nobody_says_why(line: str, problem: str) -> None:
    (one,) = names_in(line)
    assert (one.text, one.problem) == (line, problem)


def test_a_name_that_stands_twice_is_taken_once() -> None:
    _first, again = names_in("Anna Sample\nSample, Anna")
    assert again.problem == "Anna Sample stands in line 1 already."


def test_a_whole_school_is_refused_in_one_sentence() -> None:
    with pytest.raises(OfficerError, match="more than 200 lines"):
        names_in("\n".join(f"Anna Sample{'x' * n}" for n in range(MOST_LINES + 1)))


def test_a_spreadsheet_is_read_as_if_it_were_pasted(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text('Name,Job\n"Sample, Anna",Year 2 teacher\n', encoding="utf-8")
    (one,) = names_in(names_in_file(file))
    assert told(one) == (*ANNA[:3], "")


def test_known_new_booked_and_bad_lines_are_told_apart(database: Database) -> None:
    school, event = a_school(database), an_event(database, a_course(database))
    known = a_person(database, school, "Delegate", "One")
    database.write(ANN, book_places, booking_of(event, school, "Delegate Two"))
    pasted = "One, Delegate\nDelegate Two\nAnna Sample; Teacher\n12\nDelegate Three"
    listed = names_in(pasted)
    there = frozenset({"Delegate Three"})
    listing = database.read(match_names, listed, school, event, there)
    assert [one.state for one in listing.lines] == ["known", "booked", "new", "bad", "booked"]
    assert [one.delegate.person_id for one in listing.good if one.delegate] == [known, None]
    assert listing.lines[1].words == "Delegate Two has a place on this event already, B-00001."
    assert listing.left_of(pasted) == "Delegate Two\n12\nDelegate Three"
    words = "2 to take: 1 known here, 1 new. 2 are booked already, 1 cannot be read."
    assert listing.words == words


def test_lines_pasted_into_the_booking_are_taken_at_once_and_the_rest_stays(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    an_event(database, a_course(database))
    school = a_school(database)
    a_person(database, school, "Delegate", "One")
    page = open_page(tab, keyboard)
    say(keyboard, "demo", "", "phon")
    QGuiApplication.clipboard().setText("Name\tJob\nDelegate One\nSample, Anna\tTeacher\n12\n")
    keyboard.press(Qt.Key.Key_V, CTRL)
    field = page.form.delegates
    qtbot.waitUntil(lambda: field.names == ("Delegate One", "Anna Sample"))
    assert field.names_box.isVisible()
    assert field.names_box.lines.value() == "Name\tJob\n12"  # headings explain what is left
    qtbot.waitUntil(lambda: field.names_box.words.text() == "0 to take. 1 cannot be read.")
    assert_plain(page)
    assert_named(page)
    field.names_box.lines.setFocus()
    keyboard.type("Late Comer; TA;")  # before the headings: a line of its own
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(field.names_box.listing.good) == 1)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    assert field.error == "Take the names of the list, or clear it."
    field.names_box.close_button.setFocus()
    keyboard.press(Qt.Key.Key_Space)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.is_booked)
    places = database.read(booking_card, 1).places
    assert [place.delegate for place in places] == ["Delegate One", "Anna Sample"]


def test_one_line_that_is_pasted_is_typed_as_ever(
    database: Database, tab: CoursesTab, keyboard: Keyboard
) -> None:
    a_school(database)
    page = open_page(tab, keyboard)
    say(keyboard, "demo", "")
    page.form.delegates.setFocus()
    QGuiApplication.clipboard().setText("Anna Sample")
    keyboard.press(Qt.Key.Key_V, CTRL)
    assert page.form.delegates.finder.line.text() == "Anna Sample"
    assert page.form.delegates.names == ()


def test_places_of_a_booking_are_named_from_a_list_and_names_beyond_stay(
    database: Database, tab: CoursesTab, qtbot: QtBot, tmp_path: Path
) -> None:
    school, event = a_school(database), an_event(database, a_course(database))
    booking = database.write(ANN, book_places, booking_of(event, school, "", ""))
    side = tab.programme.side
    tab.open_record("course_booking", booking)
    qtbot.waitUntil(lambda: isinstance(side.page, BookingCardPage))
    assert isinstance(side.page, BookingCardPage)
    side.page.names_wanted.emit()
    qtbot.waitUntil(lambda: isinstance(side.page, NamesPage))
    page = side.page
    assert isinstance(page, NamesPage)
    assert_plain(page)
    assert_named(page)
    file = tmp_path / "names.csv"
    file.write_text("First name,Surname\nAnna,One\nAnna,Two\nAnna,Three\n", encoding="utf-8")
    page.box.read_file(file)
    qtbot.waitUntil(page.box.take_button.isEnabled)
    page.box.take_button.click()
    qtbot.waitUntil(lambda: page.refusal.text() == "2 names taken; these lines are left.")
    assert page.box.lines.value() == "Anna Three"
    names = [place.delegate for place in database.read(booking_card, booking).places]
    assert names == ["Anna One", "Anna Two"]
    assert database.read(event_card, event).row.held == 2
