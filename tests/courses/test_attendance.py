"""Who came is kept for a whole event at once; not coming is charged by the frozen terms."""

from datetime import date

import pytest

from lle_desk.charges.queries import ChargeRow, charges_of
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import book_places
from lle_desk.courses.actions.attending import Mark, RecordAttendance, record_attendance
from lle_desk.courses.queries import event_card
from lle_desk.courses.queries.attendance import roll_of
from lle_desk.courses.rules import Called, absent_typed
from lle_desk.customers.rules import Route
from lle_desk.invoicing.actions import IssueNow, issue_for
from lle_desk.offers.rules import Supply
from tests.core.office import assert_refused_by, run
from tests.courses.people import ANN, a_course, a_school, an_event, booking_of, meeting
from tests.courses.test_deciding import Office


def type_all(database: Database, event: int, *came: bool | None) -> object:
    rows = database.read(roll_of, event).rows
    marks = [Mark(row.place_id, row.version, one) for row, one in zip(rows, came, strict=True)]
    return database.write(ANN, record_attendance, RecordAttendance(event, tuple(marks)))


def fees(database: Database, event: int) -> list[ChargeRow]:
    places = [row.place_id for row in database.read(roll_of, event).rows]
    charges = database.read(charges_of, Source.PLACE, places)
    return [
        one
        for one in charges
        if one.supply == Supply.COMPENSATION and one.state != ChargeState.VOID
    ]


def free_event(database: Database) -> int:
    """Return an event on which a school has one place that costs nothing."""
    office = Office(database)
    make_free(database, office.event)
    return office.event


def make_free(database: Database, event: int) -> None:
    places = database.read(roll_of, event).rows
    for row in places:  # as an agreement or a package covers them
        run(
            database,
            "UPDATE charge SET unit_price = 0, net = 0, vat = 0, version = version + 1"
            " WHERE source = 'place' AND source_id = :place",
            place=row.place_id,
        )


def test_a_price_that_was_charged_stands_when_the_delegate_does_not_come(
    database: Database,
) -> None:
    office = Office(database)
    type_all(database, office.event, True, False, True)
    roll = database.read(roll_of, office.event)
    assert (roll.came, roll.absent) == (2, 1)
    assert roll.rows[1].price == Pence(19500)
    assert fees(database, office.event) == []
    assert roll.state == "completed"


def test_a_free_place_pays_the_fixed_fee_once_and_not_after_a_correction(
    database: Database,
) -> None:
    event = free_event(database)
    type_all(database, event, True, False, None)
    type_all(database, event, True, False, True)
    [fee] = fees(database, event)
    assert (fee.net, fee.supply) == (Pence(5000), Supply.COMPENSATION)
    assert fee.description.startswith("Did not attend: Course place")
    assert database.read(event_card, event).money.income == 5000
    type_all(database, event, True, True, True)
    assert fees(database, event) == []
    type_all(database, event, True, False, True)
    assert len(fees(database, event)) == 1


def test_a_fee_that_was_billed_is_credited_by_a_correction_and_due_again_by_the_next(
    database: Database,
) -> None:
    school = a_school(database, route=Route.INVOICE)
    event = an_event(database, a_course(database))
    database.write(ANN, book_places, booking_of(event, school, "Delegate One", "Delegate Two"))
    make_free(database, event)
    type_all(database, event, True, False)
    ask = IssueNow(new_uuid(), (school,), date(2014, 12, 31), date(2014, 6, 1))
    database.write(ANN, issue_for, ask)
    type_all(database, event, True, True)
    assert database.read(roll_of, event).rows[1].fee == 0
    assert database.read(event_card, event).money.income == 0
    type_all(database, event, True, False)
    assert database.read(roll_of, event).rows[1].fee == Pence(5000)
    assert database.read(event_card, event).money.income == 5000


def test_the_event_is_completed_when_all_is_in_and_open_again_when_it_is_not(
    database: Database,
) -> None:
    office = Office(database)
    type_all(database, office.event, True, True, None)
    assert database.read(event_card, office.event).row.state == "open"
    type_all(database, office.event, True, True, True)
    assert database.read(event_card, office.event).row.state == "completed"
    type_all(database, office.event, True, True, None)
    assert database.read(event_card, office.event).row.state == "confirmed to run"


def test_attendance_is_undone_and_done_again_with_its_fee(database: Database) -> None:
    event = free_event(database)
    rows = database.read(roll_of, event).rows
    marks = tuple(Mark(row.place_id, row.version, False) for row in rows)
    done = database.write(ANN, record_attendance, RecordAttendance(event, marks))
    assert done.way is not None
    assert done.way.forth is not None
    database.write(ANN, done.way.back)
    assert (database.read(roll_of, event).to_type, fees(database, event)) == (3, [])
    database.write(ANN, done.way.forth)
    assert database.read(roll_of, event).absent == 3
    assert len(fees(database, event)) == 3
    assert database.read(event_card, event).row.state == "completed"


def test_nobody_can_have_come_to_an_event_that_has_not_begun(database: Database) -> None:
    event = an_event(database, a_course(database), [meeting(date(2090, 3, 16))])
    school = a_school(database)
    database.write(ANN, book_places, booking_of(event, school, "Delegate One"))
    with pytest.raises(OfficerError, match="begins on Thu 16 Mar 2090"):
        type_all(database, event, True)


def test_what_two_desks_type_at_once_is_not_lost(database: Database) -> None:
    office = Office(database)
    rows = database.read(roll_of, office.event).rows
    type_all(database, office.event, True, True, True)
    stale = RecordAttendance(office.event, (Mark(rows[0].place_id, rows[0].version, False),))
    with pytest.raises(RecordChanged, match="while you typed"):
        database.write(ANN, record_attendance, stale)


def test_an_attended_place_still_counts_as_held_for_plain_sql(database: Database) -> None:
    office = Office(database)
    type_all(database, office.event, True, True, True)
    with assert_refused_by("ck_place_holds_as_state"):
        run(
            database,
            "UPDATE place SET holds_place = NOT holds_place, version = version + 1"
            " WHERE state = 'attended'",
        )


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", set()),
        ("2", {2}),
        ("1, 3", {1, 3}),
        ("smith", {3}),
        ("a two and 3", {2, 3}),
        ("ann-marie o", {1}),
    ],
)
def test_those_who_did_not_come_are_typed_by_number_or_name(typed: str, numbers: set[int]) -> None:
    called = (Called(1, "Ann-Marie One"), Called(2, "Ann Two"), Called(3, "Sam Smith"))
    assert absent_typed(typed, called).numbers == numbers


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("9", "There is no number 9 on the register."),
        ("ann", "“ann” may be 1 Ann-Marie One, 2 Ann Two. Type the number."),
        ("zed", "Nobody on the register is called “zed”."),
    ],
)
def test_a_name_that_fits_nobody_or_several_is_asked_about(typed: str, sentence: str) -> None:
    called = (Called(1, "Ann-Marie One"), Called(2, "Ann Two"))
    assert absent_typed(typed, called).faults == (sentence,)
