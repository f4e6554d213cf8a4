"""What courses tell of a customer on their screen."""

from datetime import date
from functools import partial

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from lle_desk.agreements.queries import agreement_card
from lle_desk.agreements.ui.page import STAYS_BEHIND, Opens, agreement_page
from lle_desk.agreements.ui.place import AgreementsPlace
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import book_places
from lle_desk.courses.queries import absences, booking_card
from lle_desk.courses.ui.customer_places import AbsencesPlace
from lle_desk.customers.models import CustomerLink
from lle_desk.customers.ui.complaints import NOT_YET, ComplaintsPlace
from lle_desk.qt.desk import Desk
from tests.agreements.test_agreements import an_agreement
from tests.core.office import run
from tests.courses.people import ANN, a_course, a_school, an_event, booking_of
from tests.qt.walk import shown_texts

AFTERWARDS = date(2014, 5, 1)


def test_a_year_s_absences_are_counted_and_the_last_one_opens(
    database: Database, desk: Desk, qtbot: QtBot
) -> None:
    school = a_school(database)
    event = an_event(database, a_course(database))
    booking = database.write(ANN, book_places, booking_of(event, school, "Delegate One", ""))
    assert database.read(absences, school, AFTERWARDS).absent == 0
    place = database.read(booking_card, booking).places[0]
    run(
        database,
        "UPDATE place SET state = 'did not attend', version = version + 1 WHERE id = :place",
        place=place.id,
    )
    found = database.read(absences, school, AFTERWARDS)
    assert (found.absent, found.booked, found.last_booking_id) == (1, 2, booking)
    assert database.read(absences, school, date(2016, 1, 1)).booked == 0
    shown = AbsencesPlace(desk, school, AFTERWARDS)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: "1 of 2 places not attended in a year" in shown_texts(shown))


def says(place: QWidget, words: str) -> bool:
    return words in shown_texts(place)


def test_an_agreement_asks_for_its_renewal_only_when_it_ends_soon(
    database: Database, desk: Desk, qtbot: QtBot
) -> None:
    school = a_school(database)
    an_agreement(database, school)
    asks = "Ends Mon 31 Mar 2014: ask whether they renew it."
    for day, is_soon in ((date(2013, 6, 3), False), (date(2014, 3, 13), True)):
        place = AgreementsPlace(desk, school, day)
        qtbot.addWidget(place)
        place.show()
        left = "3 of 3 places left, until Mon 31 Mar 2014"
        qtbot.waitUntil(partial(says, place, left))
        assert (asks in shown_texts(place)) is is_soon


def test_an_academy_is_told_of_the_agreement_that_stays_with_the_school_it_followed(
    database: Database, desk: Desk, qtbot: QtBot
) -> None:
    before, academy = a_school(database), a_school(database, "Demo Primary Academy")
    agreement = an_agreement(database, before)
    for number, school in ((100001, before), (100002, academy)):
        run(
            database,
            "UPDATE customer SET urn = :urn, version = version + 1 WHERE id = :id",
            urn=number,
            id=school,
        )
    run(
        database,
        "UPDATE customer SET closed_on = '2014-01-01', version = version + 1 WHERE id = :id",
        id=before,
    )
    database.write(ANN, _follow, 100001, 100002)
    place = AgreementsPlace(desk, academy, date(2014, 2, 3))
    qtbot.addWidget(place)
    place.show()
    qtbot.waitUntil(partial(says, place, "None covers this day."))
    behind = (
        "Made with Demo Primary School, which this school followed: it pays nothing here. "
        "3 of 3 places left, until Mon 31 Mar 2014."
    )
    assert behind in shown_texts(place)
    card = database.read(agreement_card, agreement)
    assert card is not None
    page = agreement_page(card, date(2014, 2, 3), Opens(list, list, print, print))
    qtbot.addWidget(page)
    assert f"Closed on Wed 1 Jan 2014. {STAYS_BEHIND}" in {
        one.text() for one in page.findChildren(QLabel)
    }
    with pytest.raises(OfficerError, match=r"closed on Wed 1 Jan 2014\. Choose the school that"):
        an_agreement(database, before, starts_on=date(2014, 2, 1))


def _follow(session: Session, before: int, after: int) -> None:
    session.add(
        CustomerLink(
            client_uuid=new_uuid(), predecessor_urn=before, successor_urn=after, link="became"
        )
    )


def test_the_place_of_complaints_says_that_it_is_empty_but_not_beside_a_booking(
    desk: Desk, qtbot: QtBot
) -> None:
    on_screen, beside_a_booking = (
        ComplaintsPlace(desk, 1, AFTERWARDS),
        ComplaintsPlace(desk, 1, AFTERWARDS),
    )
    beside_a_booking.has_links = False
    for place in (beside_a_booking, on_screen):
        qtbot.addWidget(place)
        place.show()
    qtbot.waitUntil(lambda: NOT_YET in shown_texts(on_screen))
    assert not shown_texts(beside_a_booking)
