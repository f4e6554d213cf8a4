"""Cancelled places that are wanted after all: what it costs is seen first, then one key."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.charges.queries import charges_of, unbilled_charges
from lle_desk.charges.rules import Source
from lle_desk.core.db import Database
from lle_desk.core.errors import RecordChanged
from lle_desk.core.money import Pence
from lle_desk.courses.actions import (
    CancelBooking,
    ReopenBooking,
    book_places,
    cancel_booking,
    reopen_booking,
)
from lle_desk.courses.actions.reopening import reopening
from lle_desk.courses.queries import booking_card, event_card
from lle_desk.courses.ui.booking_card_page import BookingCardPage
from lle_desk.courses.ui.reopen_page import ReopenPage
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.customers.rules import Route
from lle_desk.invoicing.queries import paper_rows
from tests.agreements.test_agreements import an_agreement
from tests.courses.keyboard import CTRL, Keyboard
from tests.courses.people import ANN, a_course, a_school, an_event, booking_of
from tests.courses.test_places_on_screen import shown_booking
from tests.courses.test_waiting import Office as FullEvent
from tests.invoicing.billing import bill
from tests.qt.walk import assert_named, assert_plain, shown_texts

LATE = date(2014, 3, 10)


def shown_page(tab: CoursesTab, qtbot: QtBot, booking: int, words: str) -> ReopenPage:
    """Open a booking's page for its cancelled places, and wait until it says `words`."""
    tab.open_record("course_booking", booking)
    shown_booking(tab, qtbot, booking).reopen_wanted.emit()
    side = tab.programme.side
    qtbot.waitUntil(lambda: isinstance(side.page, ReopenPage))
    page = side.page
    assert isinstance(page, ReopenPage)
    qtbot.waitUntil(lambda: any(words in text for text in shown_texts(page)))
    assert_plain(side)
    assert_named(side)
    return page


@pytest.mark.parametrize("route", Route)
def test_the_fee_that_goes_and_todays_price_are_seen_before_places_are_booked_again(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot, route: Route
) -> None:
    school = a_school(database, route=route)
    event = an_event(database, a_course(database), capacity=12)
    booking = database.write(ANN, book_places, booking_of(event, school, "Ann One", "Ben Two"))
    database.write(ANN, cancel_booking, CancelBooking(booking, 1, LATE, "Unwell"))
    bill(database, school, route)
    page = shown_page(tab, qtbot, booking, "12 places free")
    said = shown_texts(page)
    for words in ("To pay", "£390.00", "Fee, Ben Two", "−£195.00", "Difference", "£0.00"):
        assert words in said, said
    assert any("reversing recharge" in one or "is credited now" in one for one in said)
    box = page.places._boxes[database.read(booking_card, booking).places[1].id]
    qtbot.keyClick(box.box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Fee, Ben Two" not in shown_texts(page))
    assert page.save_button.text().startswith("Book 1 place again")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    side = tab.programme.side
    qtbot.waitUntil(lambda: isinstance(side.page, BookingCardPage))
    assert database.read(event_card, event).row.held == 1
    assert [row.net for row in database.read(unbilled_charges)] == [19_500]
    back = database.read(paper_rows)[0]
    assert (back.total, back.credits_number) == (-19_500, database.read(paper_rows)[1].number)


def test_who_finds_the_event_full_waits_for_it_with_the_same_key(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    office = FullEvent(database)
    office.free_places(1)
    other = booking_of(office.event, office.schools[1], "Delegate Nine")
    database.write(ANN, book_places, other)
    page = shown_page(tab, qtbot, office.booked, "No place is left: all 3 are taken.")
    assert page.save_button.text().startswith("Put 1 place on the waiting list")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    side = tab.programme.side
    qtbot.waitUntil(
        lambda: isinstance(side.page, BookingCardPage) and side.page.card.id != office.booked
    )
    assert isinstance(side.page, BookingCardPage)
    assert [(one.delegate, one.state) for one in side.page.card.places] == [
        ("Delegate One", "waiting")
    ]
    [party] = office.list().parties
    assert party.booking_id == side.page.card.id


def test_an_agreement_pays_first_for_what_is_booked_again_and_nothing_else_is_charged(
    database: Database,
) -> None:
    school = a_school(database)
    an_agreement(database, school, 1)
    event = an_event(database, a_course(database), capacity=2, minimum=1)
    booking = database.write(ANN, book_places, booking_of(event, school, "Ann One", "Ben Two"))
    late = CancelBooking(booking, 1, LATE, "Unwell", until_resold=True)
    database.write(ANN, cancel_booking, late)
    known = database.read(reopening, booking)
    assert [(line.net, line.is_covered) for line in known.lines] == [(0, True), (19_500, False)]
    assert known.lines[0].reason.startswith("Covered by ")
    assert {fee.falls for fee in known.fees} == {"It was held until resold, and falls"}
    version = database.read(booking_card, booking).version
    less = ReopenBooking(booking, version, (), Pence(0))
    with pytest.raises(RecordChanged, match="What the places cost changed"):
        database.write(ANN, reopen_booking, less)
    database.write(ANN, reopen_booking, ReopenBooking(booking, version, (), known.total))
    unbilled = database.read(unbilled_charges)
    assert [row.net for row in unbilled if row.source == Source.PLACE] == [19_500]


def test_a_place_booked_again_lets_the_fee_fall_that_waited_for_it_to_be_sold(
    database: Database,
) -> None:
    event = an_event(database, a_course(database), capacity=1, minimum=1)
    bookings = []
    for name in ("First", "Second"):
        school = a_school(database, f"{name} School")
        booking = database.write(ANN, book_places, booking_of(event, school, f"{name} Delegate"))
        late = CancelBooking(booking, 1, LATE, "Unwell", until_resold=True)
        database.write(ANN, cancel_booking, late)
        bookings.append(booking)
    first, second = bookings
    [place] = database.read(booking_card, second).places
    version = database.read(booking_card, first).version
    database.write(ANN, reopen_booking, ReopenBooking(first, version))
    charges = database.read(charges_of, Source.PLACE, [place.id])
    assert {charge.state for charge in charges} == {"void"}
