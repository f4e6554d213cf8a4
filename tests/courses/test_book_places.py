from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lle_desk.charges.queries import unbilled_charges
from lle_desk.charges.rules import Source
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import (
    AddEvent,
    Delegate,
    SetEventState,
    add_event,
    book_places,
    set_event_state,
)
from lle_desk.courses.models import BookingTerm, CourseBooking, Place
from lle_desk.courses.queries import booking_card, booking_of_place, event_card, place_price
from lle_desk.customers.models import Person
from lle_desk.customers.rules import Band, Route, VatClass
from lle_desk.offers.rules import BandPrice
from tests.courses.people import (
    ANN,
    a_course,
    a_person,
    a_school,
    an_event,
    booking_of,
    meeting,
    named,
)


@pytest.fixture
def school(database: Database) -> int:
    return a_school(database)


def counted(session: Session, table: type[Place | CourseBooking | Person | BookingTerm]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_two_places_are_booked_with_a_charge_each(
    database: Database, event: int, school: int
) -> None:
    ask = booking_of(event, school, "Delegate One", "Delegate Two")
    card = database.read(booking_card, database.write(ANN, book_places, ask))
    assert (card.words, card.order_number, card.taken_by) == ("B-00001", "PO 55-0192", "ann")
    assert [place.delegate for place in card.places] == ["Delegate One", "Delegate Two"]
    charges = database.read(unbilled_charges)
    assert [charge.net for charge in charges] == [19500, 19500]
    assert charges[0].description == "Course place: Phonics in Key Stage 1"
    assert charges[0].detail == "Delegate One · LPDS-0001, Thu 13 and Thu 27 Mar 2014"
    assert database.read(event_card, event).row.held == 2


def test_price_vat_and_route_are_frozen_with_their_reasons(database: Database, event: int) -> None:
    academy = a_school(
        database, "Demo Academy", Band.OUT_OF_COUNTY, Route.INVOICE, VatClass.ELIGIBLE
    )
    database.write(ANN, book_places, booking_of(event, academy, "Delegate One"))
    [charge] = database.read(unbilled_charges)
    assert (charge.net, charge.vat, charge.vat_code) == (24500, 0, "E")
    assert charge.price_reason == "out of county, from Sun 1 Sep 2013"
    assert charge.vat_reason == "Education by a council is exempt."
    assert (charge.route, charge.route_reason) == ("invoice", "Demo Academy for the test")
    assert (charge.band, charge.order_number) == ("out of county", "PO 55-0192")
    assert charge.tax_point_on == date(2014, 3, 27)


def test_a_charge_opens_its_booking(database: Database, event: int, school: int) -> None:
    booking_id = database.write(ANN, book_places, booking_of(event, school, "Delegate One"))
    [charge] = database.read(unbilled_charges)
    assert charge.source == Source.PLACE
    assert database.read(booking_of_place, charge.source_id) == booking_id


def test_the_scale_is_copied_onto_the_booking(database: Database, event: int, school: int) -> None:
    database.write(ANN, book_places, booking_of(event, school, ""))
    assert database.read(counted, BookingTerm) == 2


def test_saving_twice_books_once(database: Database, event: int, school: int) -> None:
    ask = booking_of(event, school, "Delegate One")
    assert database.write(ANN, book_places, ask) == database.write(ANN, book_places, ask)
    assert database.read(event_card, event).row.held == 1


def test_bookings_are_numbered_one_after_another(
    database: Database, event: int, school: int
) -> None:
    ids = [database.write(ANN, book_places, booking_of(event, school, "")) for _ in range(3)]
    assert [database.read(booking_card, one).number for one in ids] == [1, 2, 3]


def test_more_places_than_are_free_are_refused_and_nothing_is_kept(
    database: Database, school: int
) -> None:
    small = an_event(database, a_course(database), capacity=3, minimum=1)
    database.write(ANN, book_places, booking_of(small, school, ""))
    ask = booking_of(small, school, "Delegate One", "Delegate Two", "Delegate Three")
    with pytest.raises(OfficerError, match="No place is left for three; 2 are free") as refused:
        database.write(ANN, book_places, ask)
    assert refused.value.field == "delegates"
    assert database.read(counted, CourseBooking) == 1
    assert database.read(counted, Person) == 0


def test_a_full_event_says_so(database: Database, school: int) -> None:
    small = an_event(database, a_course(database), capacity=1, minimum=1)
    database.write(ANN, book_places, booking_of(small, school, ""))
    with pytest.raises(OfficerError, match="No place is left: all 1 are taken"):
        database.write(ANN, book_places, booking_of(small, school, ""))


@pytest.mark.parametrize("state", ["planned", "completed", "cancelled"])
def test_an_event_that_is_not_open_is_refused(
    database: Database, event: int, school: int, state: str
) -> None:
    database.write(ANN, set_event_state, SetEventState(event, 1, state))
    with pytest.raises(OfficerError, match=f"LPDS-0001 is {state}"):
        database.write(ANN, book_places, booking_of(event, school, ""))


def test_the_same_person_is_not_booked_twice_at_once(
    database: Database, event: int, school: int
) -> None:
    ask = booking_of(event, school, "Delegate One", "delegate one")
    with pytest.raises(OfficerError, match="on this booking twice"):
        database.write(ANN, book_places, ask)


def test_a_person_with_a_place_is_named_with_the_booking(
    database: Database, event: int, school: int
) -> None:
    database.write(ANN, book_places, booking_of(event, school, "Delegate One"))
    with pytest.raises(
        OfficerError, match="Delegate One has a place on this event already, B-00001"
    ):
        database.write(ANN, book_places, booking_of(event, school, "Delegate One"))


def test_a_typed_name_that_is_known_is_the_known_person(
    database: Database, event: int, school: int
) -> None:
    known = a_person(database, school, "Delegate", "One")
    booking_id = database.write(ANN, book_places, booking_of(event, school, "delegate ONE"))
    [place] = database.read(booking_card, booking_id).places
    assert place.person_id == known


def test_a_known_person_of_another_school_is_refused(
    database: Database, event: int, school: int
) -> None:
    stranger = a_person(database, a_school(database, "Sample Primary"), "Delegate", "Nine")
    ask = replace(booking_of(event, school), delegates=(Delegate(person_id=stranger),))
    with pytest.raises(OfficerError, match="not among the people of Demo Primary School"):
        database.write(ANN, book_places, ask)


def test_one_word_is_a_family_name(database: Database, event: int, school: int) -> None:
    booking_id = database.write(ANN, book_places, booking_of(event, school, "Nguyễn"))
    [place] = database.read(booking_card, booking_id).places
    assert place.delegate == "Nguyễn"


def test_a_booking_without_delegates_is_refused(
    database: Database, event: int, school: int
) -> None:
    with pytest.raises(OfficerError, match="at least one delegate"):
        database.write(ANN, book_places, booking_of(event, school))


def test_a_school_that_closed_before_the_event_is_refused(database: Database, event: int) -> None:
    closed = a_school(database, "Old Primary", closed_on=date(2013, 8, 31))
    with pytest.raises(OfficerError, match="Old Primary closed on Sat 31 Aug 2013"):
        database.write(ANN, book_places, booking_of(event, closed, ""))


def test_a_school_that_closes_later_may_still_book(database: Database, event: int) -> None:
    closing = a_school(database, "Old Primary", closed_on=date(2014, 8, 31))
    database.write(ANN, book_places, booking_of(event, closing, ""))
    assert database.read(event_card, event).row.held == 1


def test_a_band_without_a_price_is_refused_in_a_sentence(database: Database, event: int) -> None:
    company = a_school(database, "Demo Ltd", Band.EXTERNAL, Route.INVOICE, VatClass.ANYONE)
    with pytest.raises(OfficerError, match="has no price for external on Thu 13 Mar 2014"):
        database.write(ANN, book_places, booking_of(event, company, ""))
    with pytest.raises(OfficerError, match="has no price for external"):
        database.read(place_price, event, company)


def test_the_preview_is_what_is_then_charged(database: Database, event: int, school: int) -> None:
    seen = database.read(place_price, event, school)
    database.write(ANN, book_places, booking_of(event, school, ""))
    [charge] = database.read(unbilled_charges)
    assert (seen.net, seen.vat_amount, seen.price.reason) == (
        charge.net,
        charge.vat,
        charge.price_reason,
    )


def test_an_event_has_prices_of_its_own_if_they_differ(database: Database, school: int) -> None:
    ask = AddEvent(
        client_uuid=new_uuid(),
        course_id=a_course(database),
        sessions=(meeting(date(2014, 5, 8)),),
        capacity=20,
        prices=(BandPrice(Band.COUNTY, Pence(9900)),),
    )
    event = database.write(ANN, add_event, ask)
    assert database.read(place_price, event, school).net == 9900


def test_an_order_number_too_long_is_refused_beside_its_field(
    database: Database, event: int, school: int
) -> None:
    ask = replace(booking_of(event, school, ""), order_number="9" * 61)
    with pytest.raises(OfficerError, match="at most 60 letters") as refused:
        database.write(ANN, book_places, ask)
    assert refused.value.field == "order_number"


def test_words_with_markup_are_kept_as_typed(database: Database, event: int, school: int) -> None:
    booking_id = database.write(ANN, book_places, booking_of(event, school, "R&D <b> O'Neill"))
    [place] = database.read(booking_card, booking_id).places
    assert place.delegate == "R&D <b> O'Neill"


def test_eleven_desks_get_the_last_places_and_never_one_too_many(
    database: Database, school: int
) -> None:
    event = an_event(database, a_course(database), capacity=7, minimum=1)

    refused: list[str] = []

    def book(desk: int) -> int:
        taken = 0
        for turn in range(3):
            ask = replace(booking_of(event, school), delegates=named(f"D{desk}-{turn} Tester"))
            try:
                database.write(By(f"officer{desk}", f"desk-{desk}"), book_places, ask)
            except OfficerError as error:
                refused.append(str(error))
            else:
                taken += 1
        return taken

    with ThreadPoolExecutor(11) as desks:
        won = sum(desks.map(book, range(11)))
    card = database.read(event_card, event)
    assert len(refused) == 26
    assert all("No place is left" in words for words in refused)
    assert (won, card.row.held, len(card.places)) == (7, 7, 7)
    assert len(database.read(unbilled_charges)) == 7


def test_a_caller_who_is_a_new_delegate_as_well_is_one_person(
    database: Database, event: int, school: int
) -> None:
    ask = replace(booking_of(event, school, "Delegate One"), contact_name="Delegate One")
    database.write(ANN, book_places, ask)
    assert database.read(counted, Person) == 1
