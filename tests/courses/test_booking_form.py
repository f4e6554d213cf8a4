"""The telephone booking, by keyboard alone."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.db import Database
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import Delegate, book_places
from lle_desk.courses.queries import booking_card, delegate_choices, event_card
from lle_desk.courses.queries.choices import MOST_KNOWN
from lle_desk.courses.ui.booking import BookingPage
from lle_desk.courses.ui.tab import CoursesTab
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import Band, Kind, Route, VatClass
from lle_desk.qt.chooser import LINES
from lle_desk.qt.desk import Desk
from tests.courses.keyboard import CTRL, Keyboard, say
from tests.courses.people import (
    ANN,
    a_course,
    a_person,
    a_school,
    an_event,
    booking_of,
    meeting,
)
from tests.qt.walk import assert_named, assert_plain, shown_texts

ALT = Qt.KeyboardModifier.AltModifier


def open_page(tab: CoursesTab, keyboard: Keyboard) -> BookingPage:
    keyboard.press(Qt.Key.Key_N, CTRL)
    page = tab.findChild(BookingPage)
    assert isinstance(page, BookingPage)
    return page


def test_a_booking_is_taken_by_keyboard_in_twenty_five_keys(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database))
    school = a_school(database)
    known = a_person(database, school, "Delegate", "One")
    page = open_page(tab, keyboard)
    say(keyboard, "demo", "", "phon", "delegate one", "Ann Newcome", "")
    keyboard.type("PO 55-0192")
    assert page.form.read_back.words == (
        "Read back: two places, Phonics in Key Stage 1, Thu 13 and Thu 27 Mar 2014, "
        "09:30–15:30, No room yet. £390.00 by recharge. "
        "Free to cancel in writing until Thu 6 Mar 2014."
    )
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.is_booked)
    card = database.read(booking_card, 1)
    assert (card.customer, card.order_number) == ("Demo Primary School", "PO 55-0192")
    assert [place.delegate for place in card.places] == ["Delegate One", "Ann Newcome"]
    assert card.places[0].person_id == known
    assert database.read(event_card, event).row.held == 2
    assert len(database.read(unbilled_charges)) == 2
    assert keyboard.pressed <= 25


def test_the_letter_changes_as_is_typed_and_is_printed_after_booking(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    an_event(database, a_course(database))
    a_school(database)
    page = open_page(tab, keyboard)
    say(keyboard, "demo", "", "phon", "2")
    qtbot.waitUntil(lambda: page.letter.page_count > 0)
    assert not page._print.isEnabled()
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.is_booked and page._print.isEnabled())
    qtbot.waitUntil(lambda: "B-00001" in page.done_row._words.text())


def test_ctrl_n_takes_the_next_booking_with_an_empty_form(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    an_event(database, a_course(database))
    a_school(database)
    page = open_page(tab, keyboard)
    say(keyboard, "demo", "", "phon", "1")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.is_booked)
    keyboard.press(Qt.Key.Key_N, CTRL)
    following = tab._booking
    assert following is not None
    assert following is not page
    assert following.form.customer.value() is None


def test_the_event_chosen_in_the_list_is_taken_over(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    an_event(database, a_course(database))
    event = an_event(database, a_course(database, "MATH", "Maths leaders"))
    qtbot.waitUntil(lambda: tab.programme.events.choose(event))
    page = open_page(tab, keyboard)
    chosen = page.form.event_field.value()
    assert chosen is not None
    assert chosen.event_id == event
    keyboard.press(Qt.Key.Key_2, ALT)
    say(keyboard, "phon")
    chosen = page.form.event_field.value()
    assert chosen is not None
    assert chosen.title == "Phonics in Key Stage 1"


def test_an_event_that_nobody_chose_is_not_taken_over(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    an_event(database, a_course(database))
    qtbot.waitUntil(lambda: tab.programme.side.shown_event is not None)
    page = open_page(tab, keyboard)
    assert page.form.event_field.value() is None


def test_a_price_goes_when_its_event_is_typed_over(
    database: Database, tab: CoursesTab, keyboard: Keyboard
) -> None:
    an_event(database, a_course(database))
    a_school(database)
    page = open_page(tab, keyboard)
    say(keyboard, "demo", "", "phon", "1")
    assert page.form.read_back.words
    keyboard.press(Qt.Key.Key_2, ALT)
    keyboard.type("x")
    assert page.form.read_back.words == ""
    assert not page._free.isVisible()


def test_a_customer_who_is_on_screen_is_taken_over(
    database: Database, tab: CoursesTab, qtbot: QtBot
) -> None:
    school = a_school(database)
    tab.open_record("new_booking", school)
    page = tab._booking
    assert page is not None
    qtbot.waitUntil(lambda: page.form.customer.customer_id == school)
    qtbot.waitUntil(page.form.caller.line.hasFocus)


def test_an_event_is_found_by_its_day(
    database: Database, tab: CoursesTab, keyboard: Keyboard
) -> None:
    an_event(database, a_course(database))
    page = open_page(tab, keyboard)
    keyboard.press(Qt.Key.Key_2, ALT)
    say(keyboard, "27 mar")
    chosen = page.form.event_field.value()
    assert chosen is not None
    assert chosen.code == "LPDS-0001"


def test_what_is_missing_is_said_beside_its_field(
    tab: CoursesTab, keyboard: Keyboard, desk: Desk
) -> None:
    page = open_page(tab, keyboard)
    keyboard.press(Qt.Key.Key_Return, CTRL)
    assert page.form.customer.error == "Fill in: School or customer."
    assert page.form.event_field.error == "Fill in: Event."
    assert page.form.delegates.error.startswith("Add at least one delegate")
    assert page.form.customer.line.hasFocus()


def test_too_many_delegates_are_said_while_typing(
    database: Database, tab: CoursesTab, keyboard: Keyboard
) -> None:
    an_event(database, a_course(database), capacity=2, minimum=1)
    a_school(database)
    page = open_page(tab, keyboard)
    say(keyboard, "demo", "", "phon", "3")
    assert page.form.delegates.error.startswith("No place is left for three; 2 are free.")


def test_a_place_taken_meanwhile_is_refused_beside_the_delegates(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database), capacity=2, minimum=1)
    school = a_school(database)
    page = open_page(tab, keyboard)
    say(keyboard, "demo", "", "phon", "2")
    database.write(ANN, book_places, booking_of(event, school, ""))
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "No place is left for two; 1 is free" in page.form.delegates.error)
    assert not page.is_booked
    assert page.form.book_button.isEnabled()


def test_a_band_without_a_price_is_said_where_the_price_would_be(
    database: Database, tab: CoursesTab, keyboard: Keyboard
) -> None:
    an_event(database, a_course(database))
    a_school(database, "Demo Ltd", Band.EXTERNAL, Route.INVOICE, VatClass.ANYONE)
    page = open_page(tab, keyboard)
    say(keyboard, "demo", "", "phon")
    assert any("has no price for external" in one for one in shown_texts(page.form.price_box))


def test_backspace_on_the_empty_line_takes_the_last_delegate_off(
    database: Database, tab: CoursesTab, keyboard: Keyboard
) -> None:
    an_event(database, a_course(database))
    a_school(database)
    page = open_page(tab, keyboard)
    say(keyboard, "demo", "", "phon", "A Bee", "C Dee")
    keyboard.press(Qt.Key.Key_Backspace)
    assert page.form.delegates.names == ("A Bee",)


def test_places_without_names_are_added_by_one_key(
    database: Database, tab: CoursesTab, keyboard: Keyboard
) -> None:
    page = open_page(tab, keyboard)
    keyboard.press(Qt.Key.Key_U, ALT)
    assert page.form.delegates.names == ("",)


def test_a_caller_who_is_not_known_is_added_as_a_contact(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    an_event(database, a_course(database))
    a_school(database)
    page = open_page(tab, keyboard)
    say(keyboard, "demo")
    keyboard.type("Contact One")
    keyboard.press(Qt.Key.Key_2, ALT)
    say(keyboard, "phon", "1")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.is_booked)
    assert database.read(booking_card, 1).contact == "Contact One"


def test_escape_asks_once_before_it_leaves_what_was_typed(
    database: Database, tab: CoursesTab, keyboard: Keyboard
) -> None:
    a_school(database)
    page = open_page(tab, keyboard)
    say(keyboard, "demo")
    keyboard.press(Qt.Key.Key_Escape)
    assert page._leave_row.isVisible()
    keyboard.press(Qt.Key.Key_Escape)
    assert tab._booking is None
    assert tab.programme.isVisible()


def test_a_booking_being_taken_is_not_lost_to_a_find(
    database: Database, tab: CoursesTab, keyboard: Keyboard, desk: Desk, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database))
    page = open_page(tab, keyboard)
    say(keyboard, "demo")
    with qtbot.waitSignal(desk.refused) as refused:
        tab.open_record("event", event)
    assert refused.args == ["A booking is being taken. Book it, or leave it with Esc."]
    assert tab._booking is page


def test_escape_in_an_open_list_only_closes_the_list(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    a_school(database)
    page = open_page(tab, keyboard)
    keyboard.type("demo")
    qtbot.waitUntil(lambda: page.form.customer.is_open)
    keyboard.press(Qt.Key.Key_Escape)
    assert not page.form.customer.is_open
    assert not page._leave_row.isVisible()
    assert tab._booking is page


def test_the_letter_is_a_toggle_where_there_is_no_room_for_it(
    tab: CoursesTab, keyboard: Keyboard
) -> None:
    page = open_page(tab, keyboard)
    assert page._side.isVisible()
    tab.resize(1280, 720)
    keyboard.settle()
    assert not page._side.isVisible()
    keyboard.press(Qt.Key.Key_F3)
    assert page._side.isVisible()


def test_everything_in_the_form_has_a_name_and_plain_words(
    database: Database, tab: CoursesTab, keyboard: Keyboard
) -> None:
    an_event(database, a_course(database, title="R&D <b> for all"))
    a_school(database, "<img src=//host/x.png> School")
    page = open_page(tab, keyboard)
    say(keyboard, "school", "", "for all", "<i>Ann</i> O'Neill", "")
    assert page.form.delegates.names == ("<i>Ann</i> O'Neill",)
    assert_plain(page)
    assert_named(page)


def test_an_event_that_is_over_is_booked_only_for_late_paperwork(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event = an_event(database, a_course(database), [meeting(date(2014, 2, 27))])
    school = a_school(database)
    tab.take_booking(event, school)
    page = tab.booking
    assert page is not None
    qtbot.waitUntil(page.form.foot.late.isVisible)
    assert "it was on Thu 27 Feb 2014" in " ".join(shown_texts(page.form.foot))
    say(keyboard, "")
    page.form.delegates.setFocus()
    say(keyboard, "Delegate One", "")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    assert database.read(event_card, event).row.held == 0
    assert "Tick that it is late paperwork" in " ".join(shown_texts(page.form.foot))
    keyboard.press(Qt.Key.Key_Space)  # the keyboard is in the tick
    keyboard.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.is_booked)
    assert database.read(event_card, event).row.held == 1


def test_who_is_busy_at_that_time_stands_greyed_and_last(database: Database) -> None:
    school, course = a_school(database), a_course(database)
    busy = a_person(database, school, "Ann", "Busy")
    free = a_person(database, school, "Ann", "Free")
    on_it = a_person(database, school, "Ann", "There")
    event, same_days = an_event(database, course), an_event(database, course)
    for person, where in ((busy, same_days), (on_it, event)):
        ask = replace(booking_of(where, school), delegates=(Delegate(person_id=person),))
        database.write(ANN, book_places, ask)
    found = database.read(delegate_choices, "ann", school, event)
    assert [(one.person_id, one.is_busy, one.detail) for one in found[:3]] == [
        (free, False, "known at this school"),
        (on_it, True, "on this event already"),
        (busy, True, "on Phonics then"),
    ]
    assert not any(one.is_busy for one in database.read(delegate_choices, "ann", school))


def test_a_few_who_became_known_last_are_offered_and_the_others_by_typing_on(
    database: Database,
) -> None:
    school = a_school(database)
    people = [a_person(database, school, "Ann", f"Number{n:02d}") for n in range(MOST_KNOWN + 2)]
    *known, new = database.read(delegate_choices, "ann", school)
    assert [one.person_id for one in known] == people[:1:-1]
    assert (new.person_id, len(known) + 1) == (None, LINES)  # so a new name is never out of sight
    [oldest] = database.read(delegate_choices, "ann number00", school)
    assert oldest.person_id == people[0]


def test_a_name_among_many_is_taken_off_by_keyboard_and_nobody_is_taken_twice(
    database: Database, tab: CoursesTab, keyboard: Keyboard
) -> None:
    school = a_school(database)
    for name in ("Alpha", "Beta", "Gamma"):
        a_person(database, school, "Ann", name)
    delegates = open_page(tab, keyboard).form.delegates
    say(keyboard, "demo")
    keyboard.press(Qt.Key.Key_3, ALT)
    say(keyboard, "alpha", "beta", "gamma", "alpha")
    assert delegates.error == "Ann Alpha is in this booking already."
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Delete):
        keyboard.press(key)
    assert delegates.names == ("Ann Alpha", "Ann Gamma")
    assert delegates.finder.line.hasFocus()
    assert not delegates.error
    [left] = database.read(delegate_choices, "", school, None, delegates.taken)
    assert left.name == "Ann Beta"


def test_f2_goes_through_the_customers_facts_and_back(
    database: Database, tab: CoursesTab, keyboard: Keyboard
) -> None:
    a_school(database)
    page = open_page(tab, keyboard)
    say(keyboard, "demo")
    keyboard.press(Qt.Key.Key_F2)
    assert page.facts.has_keyboard
    keyboard.press(Qt.Key.Key_F2)
    assert page.form.caller.line.hasFocus()


def test_in_a_narrow_window_the_facts_fold_to_a_line_and_every_page_fits(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    an_event(database, a_course(database))
    a_school(database)
    page = open_page(tab, keyboard)
    tab.resize(853, 400)  # 1280 x 720 pixels at 150 %
    say(keyboard, "demo", "", "phon", "2")
    qtbot.waitUntil(lambda: page.facts_line.isVisible())
    assert page.facts_line.words == "County · recharge · VAT same legal body"
    assert not page.facts.isVisible()
    assert page.form.width() > 550
    keyboard.press(Qt.Key.Key_F2)
    assert page.facts.isVisible()
    assert page.facts.has_keyboard
    keyboard.press(Qt.Key.Key_F2)
    assert not page.facts.isVisible()
    keyboard.press(Qt.Key.Key_F3)
    assert page._side.isVisible()
    assert (tab.width(), tab.height()) == (853, 400)
    keyboard.press(Qt.Key.Key_F3)
    tab.resize(1280, 620)
    assert page.facts.isVisible()
    assert not page.facts_line.isVisible()


def test_a_customer_without_a_price_band_is_opened_by_a_key(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    school = database.write(ANN, _without_band)
    event = an_event(database, a_course(database))
    tab.take_booking(event, school)
    page = tab.booking
    assert page is not None
    said = "Give it one in Customers: Change from a day."
    qtbot.waitUntil(lambda: said in " ".join(shown_texts(page.form.price_box)))
    with qtbot.waitSignal(tab.record_asked) as asked:
        keyboard.press(Qt.Key.Key_F4)
    assert asked.args == ["customer", school]


def test_that_a_school_is_closed_by_then_is_said_where_its_price_would_stand(
    database: Database, tab: CoursesTab, keyboard: Keyboard, qtbot: QtBot
) -> None:
    event, school = an_event(database, a_course(database)), a_school(database)
    database.write(ANN, _close, school)
    tab.take_booking(event, school)
    page = tab.booking
    assert page is not None
    said = "Demo Primary School closed on Sat 1 Feb 2014, before this event."
    qtbot.waitUntil(lambda: said in " ".join(shown_texts(page.form.price_box)))
    page.form.delegates.setFocus()
    say(keyboard, "2")
    assert not page.form.read_back.words  # nothing is promised that is then refused


def _without_band(session: Session) -> int:
    school = Customer(client_uuid=new_uuid(), name="Demo Free School", kind=str(Kind.MAINTAINED))
    session.add(school)
    session.flush()
    return school.id


def _close(session: Session, school: int) -> None:
    session.get_one(Customer, school).closed_on = date(2014, 2, 1)
