"""New courses, events and prices taken back and made again, unless somebody relies on them."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.core.undo import Undoable, do_again, take_back
from lle_desk.courses.actions import AddCourse, AddEvent, EditCourse, book_places
from lle_desk.courses.actions.unrolling import add_event_with_way
from lle_desk.courses.actions.withdrawing import add_course_with_way, edit_course_with_way
from lle_desk.courses.queries import (
    CourseCard,
    PlacePrice,
    course_card,
    event_card,
    find_courses,
    priced,
)
from lle_desk.courses.ui.form_pages import EventFormPage
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.customers.rules import Band
from lle_desk.offers.rules import BandPrice
from lle_desk.qt.desk import Desk
from tests.core.office import assert_refused_by, run
from tests.courses.keyboard import CTRL, Keyboard, say
from tests.courses.people import (
    ANN,
    FROM_SEPTEMBER,
    PRICES,
    THURSDAY,
    a_course,
    a_school,
    an_event,
    booking_of,
    meeting,
    service_id,
)
from tests.courses.test_programme_tab import titles

SHIFT = Qt.KeyboardModifier.ShiftModifier
APRIL = date(2014, 4, 1)


def back_and_forth(database: Database, done: Undoable[int]) -> tuple[list[str], list[str]]:
    """Undo and redo, and return the course codes that are found after each."""
    assert done.way is not None
    assert done.way.forth is not None
    versions = database.write(ANN, take_back, done.way.back, done.way.after)
    gone = [hit.code for hit in database.read(find_courses, "phon")]
    database.write(ANN, do_again, done.way.forth, versions)
    return gone, [hit.code for hit in database.read(find_courses, "phon")]


def new_course(database: Database) -> AddCourse:
    return AddCourse(
        new_uuid(), "PHON", "Phonics", database.read(service_id), PRICES, FROM_SEPTEMBER
    )


def test_a_new_course_goes_without_a_trace_and_comes_again_unless_it_has_an_event(
    database: Database,
) -> None:
    done = database.write(ANN, add_course_with_way, new_course(database))
    assert back_and_forth(database, done) == ([], ["PHON"])
    assert done.way is not None
    again = database.read(find_courses, "phon")[0].id
    assert len(database.read(course_card, again).prices) == len(PRICES)
    database.write(ANN, done.way.back)
    twice = database.write(ANN, add_course_with_way, new_course(database))  # the code is free
    an_event(database, twice.answer)
    assert twice.way is not None
    with pytest.raises(OfficerError, match="Phonics has LPDS-0001 by now, so it stays"):
        database.write(ANN, take_back, twice.way.back, twice.way.after)


def dearer(card: CourseCard) -> EditCourse:
    prices = (BandPrice(Band.COUNTY, Pence(21000)),)
    return EditCourse(card.id, card.version, "Phonics anew", prices=prices, prices_from=APRIL)


def test_changed_prices_go_again_until_somebody_was_booked_at_them(database: Database) -> None:
    course = a_course(database)
    school = a_school(database)
    later = an_event(database, course, [meeting(date(2014, 5, 8))])
    done = database.write(ANN, edit_course_with_way, dearer(database.read(course_card, course)))
    assert done.way is not None
    assert done.way.forth is not None
    assert done.way.words == "Saved Phonics anew with 1 price from Tue 1 Apr 2014"
    versions = database.write(ANN, take_back, done.way.back, done.way.after)
    card = database.read(course_card, course)
    assert (card.title, len(card.prices)) == ("Phonics in Key Stage 1", len(PRICES))
    database.write(ANN, do_again, done.way.forth, versions)
    assert Pence(21000) in [one.amount for one in database.read(course_card, course).prices]
    booked = database.read(priced, later, school)
    assert isinstance(booked, PlacePrice)
    assert booked.price is not None
    assert booked.price.amount == Pence(21000)
    database.write(ANN, book_places, booking_of(later, school, "Ann One"))
    with pytest.raises(OfficerError, match="Somebody was booked at this price, so it stays"):
        database.write(ANN, done.way.back)
    with assert_refused_by("price_kept"):
        run(database, "DELETE FROM price WHERE amount = :amount", amount=21000)
    run(database, "DELETE FROM price WHERE amount = :amount", amount=24500)  # nobody paid it


def test_a_price_that_was_corrected_is_put_back_unless_it_was_corrected_again(
    database: Database,
) -> None:
    course = a_course(database)
    ask = replace(dearer(database.read(course_card, course)), prices_from=FROM_SEPTEMBER)
    done = database.write(ANN, edit_course_with_way, ask)
    assert done.way is not None
    other = replace(
        ask, seen_version=ask.seen_version + 1, prices=(BandPrice(Band.COUNTY, Pence(22000)),)
    )
    database.write(ANN, edit_course_with_way, other)
    with pytest.raises(OfficerError, match=r"PHON, county, is £220.00 by now"):
        database.write(ANN, done.way.back)


def test_a_new_event_with_its_own_prices_is_made_again_under_its_code(
    database: Database,
) -> None:
    course = a_course(database)
    ask = AddEvent(
        client_uuid=new_uuid(),
        course_id=course,
        sessions=(meeting(THURSDAY),),
        capacity=12,
        prices=(BandPrice(Band.COUNTY, Pence(9900)),),
    )
    done = database.write(ANN, add_event_with_way, ask)
    assert done.way is not None
    assert done.way.forth is not None
    said = "Added Phonics in Key Stage 1, LPDS-0001: Thu 13 Mar 2014, 09:30–15:30, 12 places"
    assert done.way.words == said
    versions = database.write(ANN, take_back, done.way.back, done.way.after)
    with pytest.raises(OfficerError, match="is not there"):
        database.read(event_card, done.answer)
    database.write(ANN, do_again, done.way.forth, versions)
    card = database.read(event_card, done.answer + 1)
    assert (card.row.code, [one.amount for one in card.prices]) == ("LPDS-0001", [9900])
    database.write(ANN, book_places, booking_of(card.row.id, a_school(database), "Ann One"))
    with pytest.raises(OfficerError, match="LPDS-0001 has a booking by now"):
        database.write(ANN, done.way.back)


def shown_code(tab: CoursesTab) -> str:
    shown = tab.programme.side.shown_event
    return shown.row.code if shown is not None else ""


def test_a_copied_event_is_undone_and_made_again_where_it_is_shown(
    database: Database, tab: CoursesTab, keyboard: Keyboard, desk: Desk, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database), [meeting(THURSDAY)])
    side = tab.programme.side
    tab.programme.show_event(event)
    qtbot.waitUntil(lambda: side.shown_event is not None and not desk.is_busy())
    side._copy_event()
    page = side.page
    assert isinstance(page, EventFormPage)
    say(keyboard, "21/3/14")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(titles(tab)) == 2 and not desk.is_busy())
    qtbot.waitUntil(lambda: shown_code(tab) == "LPDS-0002")
    desk.undos.undo()
    qtbot.waitUntil(lambda: len(titles(tab)) == 1 and shown_code(tab) in ("", "LPDS-0001"))
    desk.undos.redo()
    qtbot.waitUntil(lambda: len(titles(tab)) == 2 and not desk.is_busy())
