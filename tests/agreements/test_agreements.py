"""Making, using and ending agreements, and what the database refuses by itself."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lle_desk.agreements.actions import (
    EditAgreement,
    EndAgreement,
    MakeAgreement,
    Use,
    edit_agreement,
    end_agreement,
    make_agreement,
    move_use_day,
    return_use,
    use_agreement,
)
from lle_desk.agreements.queries import (
    AgreementCard,
    AgreementFilter,
    agreement_card,
    agreement_list,
    covering,
)
from lle_desk.agreements.rules import Allowance, DrawSource, amount, usual_end
from lle_desk.charges.queries import unbilled_charges
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import CancelBooking, book_places, cancel_booking
from lle_desk.courses.queries import booking_card, cancellation_cost, confirmation_of, place_price
from tests.core.office import (
    add_course_booking,
    add_event,
    add_place,
    run,
)
from tests.courses.people import (
    ANN,
    THURSDAY,
    a_course,
    a_school,
    an_event,
    booking_of,
    service_id,
)

YEAR_START, YEAR_END = date(2013, 4, 1), date(2014, 3, 31)
IN_TIME, LATE = date(2014, 3, 6), date(2014, 3, 7)


def asked_for(database: Database, school: int, places: int = 3) -> MakeAgreement:
    return MakeAgreement(
        client_uuid=new_uuid(),
        customer_id=school,
        service_id=database.read(service_id),
        title="LPDS subscription 2013-14",
        starts_on=YEAR_START,
        ends_on=YEAR_END,
        price=Pence(120000),
        allowance=Allowance.PLACES,
        units=places,
    )


def an_agreement(database: Database, school: int, places: int = 3, **more: Any) -> int:
    ask = replace(asked_for(database, school, places), **more)
    return database.write(ANN, make_agreement, ask)


def shown(database: Database, agreement: int) -> AgreementCard:
    card = database.read(agreement_card, agreement)
    assert card is not None
    return card


def a_use(database: Database, school: int, place: int = 0, **more: Any) -> Use:
    use = Use(
        school,
        database.read(service_id),
        Allowance.PLACES,
        1,
        DrawSource.PLACE,
        place or places_of(database, school)[0],
        THURSDAY,
    )
    return replace(use, **more)


def places_of(database: Database, customer: int, count: int = 1) -> list[int]:
    """Return places that a customer booked, put in without asking an agreement."""
    event = add_event(database, count)
    booking = add_course_booking(database, event, customer)
    return [add_place(database, event, booking) for _ in range(count)]


def test_an_agreement_is_charged_once_with_its_days(database: Database) -> None:
    school = a_school(database)
    ask = MakeAgreement(
        new_uuid(),
        school,
        database.read(service_id),
        "LPDS subscription",
        YEAR_START,
        YEAR_END,
        Pence(120000),
    )
    first = database.write(ANN, make_agreement, ask)
    assert database.write(ANN, make_agreement, ask) == first
    (charge,) = database.read(unbilled_charges)
    assert (charge.net, charge.vat_code, charge.price_reason) == (120000, "O", "as agreed, A-00001")
    assert charge.detail == "Mon 1 Apr 2013 to Mon 31 Mar 2014"


def test_places_are_covered_first_and_what_is_over_is_priced(database: Database) -> None:
    school = a_school(database)
    agreement = an_agreement(database, school, places=2)
    event = an_event(database, a_course(database))
    before = database.read(place_price, event, school)
    assert [line.net for line in before.lines(3)] == [0, 0, 19500]
    booking = database.write(
        ANN, book_places, booking_of(event, school, "Delegate One", "Delegate Two", "")
    )
    card = database.read(booking_card, booking)
    assert [place.net for place in card.places] == [0, 0, 19500]
    assert shown(database, agreement).row.left == 0
    paper = database.read(confirmation_of, booking, date(2014, 2, 1))
    reasons = [row.price_why for row in paper.delegates]
    assert "A-00001: 1 of 2 places left" in reasons[0]
    assert "A-00001: 0 of 2 places left" in reasons[1]
    assert paper.delegates[2].net == 19500
    assert [row.net for row in database.read(unbilled_charges)] == [120000, 19500]


def test_the_agreement_that_ends_first_is_used_first(database: Database) -> None:
    school = a_school(database)
    later = an_agreement(database, school, ends_on=date(2014, 8, 31))
    sooner = an_agreement(database, school, ends_on=date(2014, 3, 31))
    database.write(ANN, use_agreement, a_use(database, school))
    assert shown(database, sooner).row.used == 1
    assert shown(database, later).row.used == 0


def test_another_school_another_service_and_another_day_are_not_covered(
    database: Database,
) -> None:
    school, other = a_school(database), a_school(database, "Demo High School")
    an_agreement(database, school)
    lpds = database.read(service_id)
    governors = database.read(service_id, "GOV") if _has(database, "GOV") else lpds + 1
    asked = Allowance.PLACES, THURSDAY
    assert len(database.read(covering, school, lpds, *asked)) == 1
    assert database.read(covering, other, lpds, *asked) == []
    assert database.read(covering, school, governors, *asked) == []
    assert database.read(covering, school, lpds, Allowance.DAYS, THURSDAY) == []
    assert database.read(covering, school, lpds, Allowance.PLACES, date(2014, 4, 1)) == []


def _has(database: Database, code: str) -> bool:
    return bool(run(database, "SELECT count(*) FROM service WHERE code = :code", code=code))


def test_cancelled_in_time_the_place_goes_back_to_the_allowance(database: Database) -> None:
    school = a_school(database)
    agreement = an_agreement(database, school)
    event = an_event(database, a_course(database))
    booking = database.write(ANN, book_places, booking_of(event, school, "Delegate One"))
    ask = CancelBooking(booking, 1, IN_TIME, "Unwell")
    database.write(ANN, cancel_booking, ask)
    assert shown(database, agreement).row.used == 0


def test_cancelled_late_a_covered_place_costs_fifty_pounds_and_stays_used(
    database: Database,
) -> None:
    school = a_school(database)
    agreement = an_agreement(database, school)
    event = an_event(database, a_course(database))
    booking = database.write(ANN, book_places, booking_of(event, school, "Delegate One"))
    assert database.read(cancellation_cost, booking, LATE).total == 5000
    database.write(ANN, cancel_booking, CancelBooking(booking, 1, LATE, "Unwell"))
    assert shown(database, agreement).row.used == 1
    assert 5000 in [row.net for row in database.read(unbilled_charges)]


def test_an_allowance_is_not_cut_below_what_is_used(database: Database) -> None:
    school = a_school(database)
    agreement = an_agreement(database, school, places=2)
    database.write(ANN, use_agreement, a_use(database, school))
    database.write(ANN, use_agreement, a_use(database, school))
    row = shown(database, agreement).row
    ask = EditAgreement(
        agreement, row.version, row.title, YEAR_START, YEAR_END, row.price, 1, "", ""
    )
    with pytest.raises(OfficerError, match="2 places are used already") as refused:
        database.write(ANN, edit_agreement, ask)
    assert refused.value.field == "units"
    with pytest.raises(OfficerError, match="outside its days"):
        database.write(ANN, edit_agreement, replace(ask, units=2, ends_on=date(2014, 3, 1)))


def test_a_new_price_is_charged_instead_of_the_old_one(database: Database) -> None:
    agreement = an_agreement(database, a_school(database))
    row = shown(database, agreement).row
    ask = EditAgreement(
        agreement, row.version, row.title, YEAR_START, YEAR_END, Pence(90000), 3, "PO 7", ""
    )
    database.write(ANN, edit_agreement, ask)
    assert [(row.net, row.order_number) for row in database.read(unbilled_charges)] == [
        (90000, "PO 7")
    ]
    with pytest.raises(RecordChanged):
        database.write(ANN, edit_agreement, ask)


def test_an_agreement_ends_early_but_not_before_what_uses_it(database: Database) -> None:
    school = a_school(database)
    agreement = an_agreement(database, school)
    database.write(ANN, use_agreement, a_use(database, school))
    version = shown(database, agreement).row.version
    ask = EndAgreement(agreement, version, date(2014, 3, 1), "The school closes")
    with pytest.raises(OfficerError, match="Thu 13 Mar 2014 uses this agreement"):
        database.write(ANN, end_agreement, ask)
    database.write(ANN, end_agreement, replace(ask, cancelled_on=date(2014, 3, 20)))
    lpds = database.read(service_id)
    assert database.read(covering, school, lpds, Allowance.PLACES, date(2014, 3, 20)) == []
    assert len(database.read(covering, school, lpds, Allowance.PLACES, THURSDAY)) == 1


def test_moved_to_a_day_that_is_not_covered_is_refused(database: Database) -> None:
    school = a_school(database)
    an_agreement(database, school)
    [place] = places_of(database, school)
    database.write(ANN, use_agreement, a_use(database, school, place))
    with pytest.raises(OfficerError, match="A-00001, which pays for this, does not cover"):
        database.write(ANN, move_use_day, DrawSource.PLACE, place, date(2014, 4, 2))
    database.write(ANN, move_use_day, DrawSource.PLACE, place, date(2014, 3, 20))
    assert database.write(ANN, return_use, DrawSource.PLACE, place)
    assert not database.write(ANN, return_use, DrawSource.PLACE, place)


def test_agreements_are_listed_by_words_day_and_service(database: Database) -> None:
    school, other = a_school(database), a_school(database, "Example Academy")
    an_agreement(database, school)
    an_agreement(database, other, starts_on=date(2014, 4, 1), ends_on=date(2015, 3, 31))

    def names(**wanted: Any) -> list[str]:
        rows = database.read(agreement_list, AgreementFilter(**wanted))
        return [row.customer for row in rows]

    assert names() == ["Demo Primary School", "Example Academy"]
    assert names(words="example") == ["Example Academy"]
    assert names(words="A-00001") == ["Demo Primary School"]
    assert names(running_on=THURSDAY) == ["Demo Primary School"]
    assert names(customer_id=other) == ["Example Academy"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ends_on": date(2013, 3, 31)}, "ends before it starts"),
        ({"ends_on": date(2033, 3, 31)}, "at most 6 years"),
        ({"units": 0}, "Allow between 1"),
        ({"allowance": Allowance.NONE}, "what the allowance is of"),
        ({"title": " "}, "title of 1 to 120"),
        ({"price": Pence(-1)}, "price is between"),
    ],
)
def test_a_faulty_agreement_is_refused_in_words(
    database: Database, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(OfficerError, match=words):
        an_agreement(database, a_school(database), **wrong)


def test_half_days_are_said_as_halves() -> None:
    assert amount(Allowance.DAYS, 7) == "3½ days"
    assert amount(Allowance.DAYS, 1) == "½ day"
    assert amount(Allowance.DAYS, 2) == "1 day"
    assert amount(Allowance.PLACES, 1) == "1 place"


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (date(2014, 4, 1), date(2015, 3, 31)),
        (date(2014, 1, 6), date(2014, 3, 31)),
        (date(2014, 9, 1), date(2015, 8, 31)),
    ],
)
def test_it_ends_with_the_financial_or_the_academic_year(starts: date, ends: date) -> None:
    assert usual_end(starts) == ends


# What the database refuses by itself
