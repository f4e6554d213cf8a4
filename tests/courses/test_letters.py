from datetime import date, datetime, time

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import SetEventState, book_places, set_event_state
from lle_desk.courses.documents import confirmation_pdf
from lle_desk.courses.models import CourseBooking
from lle_desk.courses.papers import Confirmation
from lle_desk.courses.queries import DraftLetter, confirmation_of, course_card, draft_confirmation
from lle_desk.customers.rules import Band, Route, VatClass
from lle_desk.offers.actions import SetPrice, set_price
from lle_desk.offers.models import Price
from tests.courses.people import ANN, a_course, a_person, a_school, an_event, booking_of

WRITTEN = date(2014, 3, 4)


def booked_on(session: Session, booking_id: int, day: date) -> None:
    row = session.get_one(CourseBooking, booking_id)
    row.taken_at = datetime.combine(day, time(10))
    session.flush()


def letter(
    database: Database, event: int, school: int, *names: str, day: date = WRITTEN
) -> Confirmation:
    booking = database.write(ANN, book_places, booking_of(event, school, *names))
    database.write(ANN, booked_on, booking, day)
    return database.read(confirmation_of, booking, WRITTEN)


def test_a_confirmation_says_who_what_when_and_how_much(database: Database, event: int) -> None:
    paper = letter(database, event, a_school(database), "Delegate One", "")
    assert paper.address == ("Demo Primary School", "1 Example Lane", "EXAMPLETON", "ZZ99 9ZZ")
    assert (paper.booking, paper.order_number) == ("B-00001", "PO 55-0192")
    assert paper.standing == "Two places are confirmed."
    assert [row.name for row in paper.delegates] == ["Delegate One", "Name to come"]
    assert paper.delegates[0].price_why == "County, from 1 Sep 2013"
    assert (paper.net, paper.vat, paper.total) == (39000, 0, 39000)
    assert paper.pay_words == "nothing now. Recharged to your cost centre 4217 after the course."
    assert [row.day_name for row in paper.sessions] == ["Day 1", "Day 2"]
    assert paper.event_words == "two days · both days together make one place"
    assert "Name 1 delegate" in " ".join(f"{step.lead} {step.words}" for step in paper.steps)


def test_cancelling_is_printed_as_this_bookings_days_and_pounds(
    database: Database, event: int
) -> None:
    paper = letter(database, event, a_school(database), "Delegate One", "Delegate Two")
    rows = [(row.when, row.amounts) for row in paper.cancellation_rows]
    assert rows == [
        ("by Thu 6 Mar 2014", (0, 0)),
        ("from Fri 7 Mar 2014", (19500, 19500)),
        ("A colleague takes the place", (0, 0)),
        ("We cancel the course", (0, 0)),
    ]
    assert paper.cancellation_rows[0].meaning == "5 working days or more"


def test_a_late_booking_prints_no_day_that_has_passed(database: Database, event: int) -> None:
    paper = letter(database, event, a_school(database), "", day=date(2014, 3, 10))
    assert paper.cancellation_rows[0].when == "from Fri 7 Mar 2014"


def test_a_free_place_prints_the_fee_that_replaces_it(database: Database) -> None:
    course = a_course(database)
    offer = database.read(course_card, course).offer_id
    ask = SetPrice(new_uuid(), offer, Band.COUNTY, Pence(0), date(2014, 1, 1))
    database.write(ANN, set_price, ask)
    paper = letter(database, an_event(database, course), a_school(database), "Delegate One")
    assert paper.cancellation_rows[1].amounts == (5000,)


def test_an_academy_is_told_of_its_invoice_and_the_vat(database: Database, event: int) -> None:
    academy = a_school(
        database, "Demo Academy", Band.OUT_OF_COUNTY, Route.INVOICE, VatClass.ELIGIBLE
    )
    paper = letter(database, event, academy, "Delegate One")
    assert paper.pay_words == "nothing now. An invoice follows the course, due in 28 days."
    assert [(code.code, code.words) for code in paper.vat_words] == [
        ("E", "exempt. Education by a council is exempt.")
    ]


def test_a_course_that_is_confirmed_says_that_it_will_run(database: Database, event: int) -> None:
    database.write(ANN, set_event_state, SetEventState(event, 1, "confirmed to run"))
    paper = letter(database, event, a_school(database), "Delegate One")
    assert paper.standing == "One place is confirmed, and the course will run."


def test_the_draft_says_what_the_letter_will_say(database: Database, event: int) -> None:
    school = a_school(database)
    contact = a_person(database, school, "Contact", "One")
    draft = DraftLetter(event, school, ("Delegate One",), contact, "PO 55-0192", "ann", WRITTEN)
    before = database.read(draft_confirmation, draft)
    after = letter(database, event, school, "Delegate One")
    assert before.status == "Not booked yet"
    assert before.is_draft
    assert not after.is_draft
    assert before.standing == "Nothing is booked yet."
    assert before.then == "Booked as it stands: one place is confirmed."
    assert before.address[0] == "Contact One"
    assert (before.delegates, before.total) == (after.delegates, after.total)
    assert before.cancellation_rows == after.cancellation_rows


def test_a_draft_without_a_price_says_why(database: Database, event: int) -> None:
    company = a_school(database, "Demo Ltd", Band.EXTERNAL, Route.INVOICE, VatClass.ANYONE)
    with pytest.raises(OfficerError, match="no price for external"):
        database.read(draft_confirmation, DraftLetter(event, company, (), None, "", "ann", WRITTEN))


def test_prices_that_change_later_leave_the_letter_as_it_was(
    database: Database, event: int
) -> None:
    school = a_school(database)
    booking = database.write(ANN, book_places, booking_of(event, school, "Delegate One"))
    before = database.read(confirmation_of, booking, WRITTEN)
    database.write(ANN, dearer)
    assert database.read(confirmation_of, booking, WRITTEN) == before


def dearer(session: Session) -> None:
    session.execute(update(Price).values(amount=99900, version=Price.version + 1))


def test_the_letter_prints_hostile_names_as_typed(database: Database) -> None:
    event = an_event(database, a_course(database, "RD", "R&D <b> for Tŷ Gŵyr"))
    paper = letter(database, event, a_school(database), "O'Neill <i>&amp;")
    assert confirmation_pdf(paper).startswith(b"%PDF")
