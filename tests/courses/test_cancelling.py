from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.courses.actions import CancelBooking, book_places, cancel_booking
from lle_desk.courses.queries import booking_card, cancellation_cost, event_card
from lle_desk.courses.ui.booking_card_page import BookingCardPage
from lle_desk.courses.ui.cancel_page import CancelPage
from lle_desk.courses.ui.tab import CoursesTab
from tests.courses.keyboard import CTRL, Keyboard
from tests.courses.people import ANN, a_course, a_school, an_event, booking_of

IN_TIME, LATE = date(2014, 3, 6), date(2014, 3, 7)


@pytest.fixture
def booking(database: Database) -> int:
    event = an_event(database, a_course(database))
    ask = booking_of(event, a_school(database), "Delegate One", "")
    return database.write(ANN, book_places, ask)


def cancelling(booking: int, day: date) -> CancelBooking:
    return CancelBooking(booking, 1, day, "School closed for snow")


def test_cancelled_in_time_costs_nothing_and_frees_the_places(
    database: Database, booking: int
) -> None:
    assert database.read(cancellation_cost, booking, IN_TIME).total == 0
    database.write(ANN, cancel_booking, cancelling(booking, IN_TIME))
    card = database.read(booking_card, booking)
    assert [place.state for place in card.places] == ["cancelled", "cancelled"]
    assert database.read(event_card, card.event_id).row.held == 0
    assert database.read(unbilled_charges) == []


def test_cancelled_late_the_fee_takes_the_place_of_the_price(
    database: Database, booking: int
) -> None:
    cost = database.read(cancellation_cost, booking, LATE)
    assert cost.total == 39000
    assert cost.lines[0].why == "4 working days of notice: 100 % of £195.00"
    database.write(ANN, cancel_booking, cancelling(booking, LATE))
    charges = database.read(unbilled_charges)
    assert [(row.net, row.supply, row.vat_code) for row in charges] == [
        (19500, "compensation", "O"),
        (19500, "compensation", "O"),
    ]
    assert charges[0].description == "Cancelled: Course place: Phonics in Key Stage 1"
    assert charges[0].price_reason == "4 working days of notice: 100 % of £195.00"


def test_a_fee_is_waived_with_a_reason_that_is_kept(database: Database, booking: int) -> None:
    ask = replace(cancelling(booking, LATE), waived_because="The heating failed")
    database.write(ANN, cancel_booking, ask)
    assert database.read(unbilled_charges) == []


def test_cancelling_needs_a_reason(database: Database, booking: int) -> None:
    with pytest.raises(OfficerError, match="Say why") as refused:
        database.write(ANN, cancel_booking, replace(cancelling(booking, LATE), reason=" "))
    assert refused.value.field == "reason"


def test_a_booking_is_cancelled_once(database: Database, booking: int) -> None:
    database.write(ANN, cancel_booking, cancelling(booking, IN_TIME))
    with pytest.raises(OfficerError, match="cancelled already"):
        database.write(ANN, cancel_booking, cancelling(booking, IN_TIME))


def test_the_cost_stands_there_before_it_is_done(
    database: Database, booking: int, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    tab.open_record("course_booking", booking)
    qtbot.waitUntil(lambda: isinstance(tab.programme.side.page, BookingCardPage))
    shown = tab.programme.side.page
    assert isinstance(shown, BookingCardPage)
    shown.cancel_wanted.emit()
    page = tab.programme.side.page
    assert isinstance(page, CancelPage)
    page.notice_on.line.selectAll()
    page.notice_on.line.setFocus()
    keyboard.type("7/3/14")
    keyboard.settle()
    words = " ".join(one.text() for one in page.cost.findChildren(type(page.fields._refusal)))
    assert "£390.00" in words
    page.reason.setFocus()
    keyboard.type("School closed for snow")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: isinstance(tab.programme.side.page, BookingCardPage))
    assert {place.state for place in database.read(booking_card, booking).places} == {"cancelled"}
