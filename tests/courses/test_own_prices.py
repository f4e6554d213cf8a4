"""The prices of one event other than its course's: given, changed, taken back, refused."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.charges.models import Charge
from lle_desk.core.db import By, Database
from lle_desk.core.money import Pence
from lle_desk.courses.actions import book_places, edit_event
from lle_desk.courses.actions.editing import event_as_asked
from lle_desk.courses.queries import PlacePrice, priced
from lle_desk.courses.ui.form_pages import EventFormPage
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.customers.rules import Band
from lle_desk.offers.rules import BandPrice
from lle_desk.qt.desk import Desk
from tests.core.office import assert_refused_by, run
from tests.courses.keyboard import CTRL, Keyboard, focused
from tests.courses.people import ANN, FROM_SEPTEMBER, a_course, a_school, an_event, booking_of
from tests.qt.walk import shown_texts

BEN = By("ben", "desk-2")
COURSE_PRICE = (19500, "county, from Sun 1 Sep 2013")
OWN_PRICE = (15000, "county, the event's own price")


def charged(session: Session) -> Sequence[tuple[int, str]]:
    asked = select(Charge.unit_price, Charge.price_reason).order_by(Charge.id)
    return [(amount, reason) for amount, reason in session.execute(asked)]


def price_of(database: Database, event: int, school: int) -> tuple[int, str]:
    found = database.read(priced, event, school)
    assert isinstance(found, PlacePrice), found
    return found.price.amount, found.price.reason


def press(widget: object, words: str) -> None:
    """Press the one button of these words."""
    found = [one for one in tab_buttons(widget) if one.text() == words]
    assert len(found) == 1
    found[0].click()


def tab_buttons(widget: object) -> list[QAbstractButton]:
    assert isinstance(widget, CoursesTab)
    assert widget.programme.side.page is not None
    return widget.programme.side.page.findChildren(QAbstractButton)


def opened_prices(tab: CoursesTab, qtbot: QtBot) -> EventFormPage:
    """Go from the event that is shown to what it costs."""
    side = tab.programme.side
    qtbot.waitUntil(lambda: side.shown_event is not None)
    press(tab, "Change prices")
    assert isinstance(side.page, EventFormPage)
    return side.page


def shows(tab: CoursesTab, *texts: str) -> bool:
    side = tab.programme.side
    if side.page is None or side.shown_event is None:
        return False
    return set(texts) <= set(shown_texts(side.page))


def test_an_event_gets_prices_of_its_own_and_loses_them_and_what_is_booked_keeps_its_price(
    database: Database, tab: CoursesTab, keyboard: Keyboard, desk: Desk, qtbot: QtBot
) -> None:
    event, school = an_event(database, a_course(database)), a_school(database)
    database.write(ANN, book_places, booking_of(event, school, "Ann One"))
    desk.settings.set_flag("unfolded/event/money", True)
    tab.programme.show_event(event)
    form = opened_prices(tab, qtbot)
    assert "The course's prices hold. They are changed, for all its events, on the course." in (
        shown_texts(form)
    )
    keyboard.press(Qt.Key.Key_Space)  # prices of its own: those of the course to begin with
    paid = "Who books from now on pays these prices; 1 place booked before keeps its price."
    assert paid in shown_texts(form)
    county = form.fields.prices.amounts[Band.COUNTY].line
    assert county.text() == "£195.00"
    county.setFocus()
    county.selectAll()
    keyboard.type("150")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: shows(tab, "Prices of its own", "£150.00", "£245.00"))
    assert price_of(database, event, school) == OWN_PRICE
    assert desk.undos.to_undo[0] == (
        "Saved Phonics in Key Stage 1, LPDS-0001, with prices of its own; 1 place booked before"
        " keeps its price"
    )
    desk.undos.undo()
    qtbot.waitUntil(lambda: shows(tab, "Prices of the course", "£195.00"))
    assert price_of(database, event, school) == COURSE_PRICE
    desk.undos.redo()
    qtbot.waitUntil(lambda: shows(tab, "Prices of its own", "£150.00"))


def test_the_courses_prices_hold_again_in_one_step_and_what_was_sold_keeps_its_price(
    database: Database, tab: CoursesTab, keyboard: Keyboard, desk: Desk, qtbot: QtBot
) -> None:
    event, school = an_event(database, a_course(database)), a_school(database)
    database.write(ANN, book_places, booking_of(event, school, "Ann One"))
    ask = database.read(event_as_asked, event)
    own = replace(ask, prices=(BandPrice(Band.COUNTY, Pence(15000)),))
    database.write(ANN, edit_event, own)
    database.write(ANN, book_places, booking_of(event, school, "Ben Two"))
    desk.settings.set_flag("unfolded/event/money", True)
    tab.programme.show_event(event)
    form = opened_prices(tab, qtbot)
    assert focused().accessibleName() == "Price for county subscriber"
    form.fields.own_prices.box.setFocus()
    keyboard.press(Qt.Key.Key_Space)  # the course's again, in one step
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: shows(tab, "Prices of the course", "£195.00"))
    database.write(ANN, book_places, booking_of(event, school, "Cy Three"))
    assert database.read(charged) == [COURSE_PRICE, OWN_PRICE, COURSE_PRICE]
    with assert_refused_by("price_kept"):
        run(database, "DELETE FROM price WHERE amount = 15000")


def test_prices_that_another_desk_changed_and_prices_of_nobody_are_refused(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot, desk: Desk
) -> None:
    event, school = an_event(database, a_course(database)), a_school(database)
    ask = database.read(event_as_asked, event)
    dear = replace(ask, prices=(BandPrice(Band.COUNTY, Pence(30000)),))
    database.write(ANN, edit_event, dear)
    desk.settings.set_flag("unfolded/event/money", True)
    tab.programme.show_event(event)
    form = opened_prices(tab, qtbot)
    county = form.fields.prices.amounts[Band.COUNTY].line
    county.setFocus()
    county.selectAll()
    keyboard.press(Qt.Key.Key_Delete)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    none = "Give at least one band a price, or let the course's prices hold."
    assert none in shown_texts(form)
    external = form.fields.prices.amounts[Band.EXTERNAL].line
    external.setFocus()
    keyboard.type("400")
    cheap = replace(dear, seen_version=2, prices=(BandPrice(Band.COUNTY, Pence(100)),))
    database.write(BEN, edit_event, cheap)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "ben (desk-2) saved this event at" in form.fields.refusal)
    assert price_of(database, event, school) == (100, "county, the event's own price")
    unpriced = a_school(database, "Demo High School", Band.EXTERNAL)
    refused = database.read(priced, event, unpriced)
    assert "prices of its own, and none for external" in str(refused)
    codes = "SELECT count(*) FROM offer WHERE code IN ('LPDS-0001', 'LPDS-0001/2')"
    assert run(database, codes) == 2
    course_list = "SELECT count(*) FROM price WHERE valid_from = :day"
    assert run(database, course_list, day=FROM_SEPTEMBER.isoformat()) == 3
