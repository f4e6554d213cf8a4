"""Places after they were booked: named, given to a colleague, moved, booked again."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from lle_desk.agreements.queries import AgreementFilter, agreement_list
from lle_desk.charges.queries import ChargeRow, charges_of, unbilled_charges
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import (
    CancelBooking,
    Delegate,
    ReopenBooking,
    Substitute,
    TransferPlaces,
    book_places,
    cancel_booking,
    reopen_booking,
    substitute,
    transfer_places,
)
from lle_desk.courses.queries import BookingCard, booking_card, cancellation_cost, event_card
from lle_desk.courses.queries.breaking_even import break_even
from lle_desk.courses.queries.deciding import events_at_risk
from lle_desk.courses.queries.prices import place_price
from lle_desk.customers.models import Customer
from lle_desk.customers.rules import Route
from lle_desk.invoicing.queries import paper_rows
from lle_desk.reports.queries.income import events_money
from lle_desk.reports.rules import Year, YearKind
from tests.agreements.test_agreements import an_agreement
from tests.courses.people import (
    ANN,
    a_course,
    a_school,
    an_event,
    booking_of,
    meeting,
)
from tests.invoicing.billing import bill

IN_TIME = date(2014, 2, 3)
LATE = date(2014, 3, 10)
LATER = date(2014, 5, 15)


class Office:
    """A school with a booking of two on the first of two events."""

    def __init__(self, database: Database, route: Route = Route.RECHARGE, capacity: int = 12):
        self.database, self.route = database, route
        self.school = a_school(database, route=route)
        course = a_course(database)
        self.first = an_event(database, course, capacity=capacity, minimum=1)
        self.second = an_event(database, course, [meeting(LATER)], capacity=2, minimum=1)
        ask = booking_of(self.first, self.school, "Delegate One", "")
        self.booking = database.write(ANN, book_places, ask)

    def card(self, booking: int = 0) -> BookingCard:
        return self.database.read(booking_card, booking or self.booking)

    def charges(self, place: int) -> list[ChargeRow]:
        return self.database.read(charges_of, Source.PLACE, [place])

    def bill(self) -> None:
        bill(self.database, self.school, self.route)


def named(name: str) -> Delegate:
    given, _, family = name.partition(" ")
    return Delegate(given_name=given, family_name=family)


def test_a_place_is_named_and_given_to_a_colleague_and_the_money_stays(
    database: Database,
) -> None:
    office = Office(database)
    unnamed = next(place for place in office.card().places if not place.delegate)
    ask = Substitute(unnamed.id, unnamed.version, named("Delegate Two"))
    version = database.write(ANN, substitute, ask)
    database.write(ANN, substitute, Substitute(unnamed.id, version, named("Delegate Three")))
    assert {place.delegate for place in office.card().places} == {"Delegate One", "Delegate Three"}
    (charge,) = office.charges(unnamed.id)
    assert (charge.net, charge.state) == (19500, ChargeState.UNBILLED)
    assert charge.detail.startswith("Delegate Three")
    with pytest.raises(RecordChanged):
        database.write(ANN, substitute, ask)


def test_a_colleague_who_is_on_the_event_cannot_take_another_place(database: Database) -> None:
    office = Office(database)
    unnamed = next(place for place in office.card().places if not place.delegate)
    ask = Substitute(unnamed.id, unnamed.version, named("Delegate One"))
    with pytest.raises(OfficerError, match="Delegate One has a place on this event already"):
        database.write(ANN, substitute, ask)


def test_an_issued_invoice_does_not_change_when_a_colleague_comes(database: Database) -> None:
    office = Office(database, Route.INVOICE)
    office.bill()
    place = office.card().places[0]
    database.write(ANN, substitute, Substitute(place.id, place.version, named("Delegate Nine")))
    (charge,) = office.charges(place.id)
    assert charge.state == ChargeState.BILLED
    assert charge.detail.startswith("Delegate One")


def test_a_transfer_frees_the_seats_and_the_money_follows(database: Database) -> None:
    office = Office(database)
    ask = TransferPlaces(new_uuid(), office.booking, 1, office.second, "The date does not suit")
    new = database.write(ANN, transfer_places, ask)
    assert database.write(ANN, transfer_places, ask) == new
    assert database.read(event_card, office.first).row.held == 0
    assert database.read(event_card, office.second).row.held == 2
    assert [place.state for place in office.card().places] == ["cancelled", "cancelled"]
    moved = office.card(new)
    assert [place.delegate for place in moved.places] == ["Delegate One", ""]
    unbilled = database.read(unbilled_charges)
    assert {row.source_id for row in unbilled} == {place.id for place in moved.places}


def test_a_full_event_takes_no_transfer_and_nothing_changes(database: Database) -> None:
    office = Office(database)
    other = a_school(database, "Example Academy")
    database.write(ANN, book_places, booking_of(office.second, other, "Delegate Seven"))
    ask = TransferPlaces(new_uuid(), office.booking, 1, office.second, "Date")
    with pytest.raises(OfficerError, match="No place is left for two; 1 is free") as refused:
        database.write(ANN, transfer_places, ask)
    assert refused.value.field == "event"
    assert database.read(event_card, office.first).row.held == 2


@pytest.mark.parametrize("route", Route)
def test_a_billed_place_that_moves_is_given_back_at_once(database: Database, route: Route) -> None:
    office = Office(database, route)
    office.bill()
    ask = TransferPlaces(new_uuid(), office.booking, 1, office.second, "The date does not suit")
    new = database.write(ANN, transfer_places, ask)
    unbilled = database.read(unbilled_charges)
    assert {row.source_id for row in unbilled} == {place.id for place in office.card(new).places}
    given_back, billed = database.read(paper_rows)
    number = "CRN-000001" if route is Route.INVOICE else "RCH-000002"
    assert (given_back.number, given_back.credits_number) == (number, billed.number)
    assert (given_back.total, billed.left) == (-39_000, 0)


def test_a_place_billed_credited_and_booked_again_is_charged_once_when_it_is_cancelled_late(
    database: Database,
) -> None:
    office = Office(database, Route.INVOICE)
    office.bill()
    database.write(ANN, cancel_booking, CancelBooking(office.booking, 1, IN_TIME, "Unwell"))
    assert {place.charge_state for place in office.card().places} == {"credited"}
    version = office.card().version
    database.write(ANN, reopen_booking, ReopenBooking(office.booking, version))
    assert {place.charge_state for place in office.card().places} == {"unbilled"}
    cost = database.read(cancellation_cost, office.booking, LATE)
    assert [(line.fee, line.given_back()) for line in cost.lines] == [(19_500, "")] * 2
    version = office.card().version
    database.write(ANN, cancel_booking, CancelBooking(office.booking, version, LATE, "Unwell"))
    owed = database.read(unbilled_charges)
    assert [(row.net, row.supply) for row in owed] == [(19_500, "compensation")] * 2
    assert [place.owed for place in office.card().places] == [19_500, 19_500]


def test_a_place_billed_and_then_credited_brings_its_event_nothing_wherever_it_is_said(
    database: Database,
) -> None:
    office = Office(database, Route.INVOICE)
    office.bill()
    one = office.card().places[0]
    ask = TransferPlaces(
        new_uuid(), office.booking, 1, office.second, "The date does not suit", (one.id,)
    )
    database.write(ANN, transfer_places, ask)
    money = database.read(event_card, office.first).money
    assert (money.billed, money.credited, money.income) == (39000, -19500, 19500)
    owed = {place.id: place.owed for place in database.read(event_card, office.first).places}
    assert (owed.pop(one.id), list(owed.values())) == (0, [19500])
    assert database.read(break_even, office.first).income == 19500
    cancelled = CancelBooking(office.booking, office.card().version, IN_TIME, "Unwell")
    database.write(ANN, cancel_booking, cancelled)
    assert database.read(event_card, office.first).money.income == 0
    [at_risk] = [
        row
        for row in database.read(events_at_risk, date(2014, 3, 1))
        if row.event.id == office.first
    ]
    assert at_risk.money.income == 0
    income = {
        one.event.id: one.income
        for one in database.read(events_money, Year(YearKind.FINANCIAL, 2013))
    }
    assert income[office.first] == 0


def test_one_place_of_a_booking_is_cancelled_alone(database: Database) -> None:
    office = Office(database)
    one = office.card().places[0]
    cost = database.read(cancellation_cost, office.booking, LATE, (one.id,))
    assert len(cost.lines) == 1
    ask = CancelBooking(office.booking, 1, LATE, "Unwell", place_ids=(one.id,))
    database.write(ANN, cancel_booking, ask)
    assert sorted(place.state for place in office.card().places) == ["booked", "cancelled"]


def test_a_fee_is_struck_out_when_the_place_is_sold_again(database: Database) -> None:
    office = Office(database, capacity=2)
    place = office.card().places[0]
    ask = CancelBooking(office.booking, 1, LATE, "Unwell", place_ids=(place.id,), until_resold=True)
    database.write(ANN, cancel_booking, ask)
    fee = next(row for row in office.charges(place.id) if row.supply == "compensation")
    assert (fee.state, fee.hold_reason) == (ChargeState.HELD, "Waived if the place is sold again")
    other = a_school(database, "Example Academy")
    database.write(ANN, book_places, booking_of(office.first, other, "Delegate Seven"))
    fee = next(row for row in office.charges(place.id) if row.supply == "compensation")
    assert (fee.state, fee.hold_reason) == (
        ChargeState.VOID,
        "Waived: the place was sold again",
    )


def test_a_fee_stays_while_there_are_seats_anyway(database: Database) -> None:
    office = Office(database, capacity=12)
    place = office.card().places[0]
    ask = CancelBooking(office.booking, 1, LATE, "Unwell", place_ids=(place.id,), until_resold=True)
    database.write(ANN, cancel_booking, ask)
    other = a_school(database, "Example Academy")
    database.write(ANN, book_places, booking_of(office.first, other, "Delegate Seven"))
    fee = next(row for row in office.charges(place.id) if row.supply == "compensation")
    assert fee.state == ChargeState.HELD


def test_cancelled_places_are_booked_again_without_the_fee(database: Database) -> None:
    office = Office(database)
    database.write(ANN, cancel_booking, CancelBooking(office.booking, 1, LATE, "Unwell"))
    assert database.read(event_card, office.first).row.held == 0
    assert database.write(ANN, reopen_booking, ReopenBooking(office.booking, 1)) == 2
    assert database.read(event_card, office.first).row.held == 2
    assert [row.net for row in database.read(unbilled_charges)] == [19500, 19500]
    with pytest.raises(OfficerError, match="No place of this booking is cancelled"):
        database.write(ANN, reopen_booking, ReopenBooking(office.booking, 1))


def test_a_covered_place_that_is_booked_again_uses_the_agreement_once(
    database: Database,
) -> None:
    school = a_school(database)
    an_agreement(database, school)
    event = an_event(database, a_course(database))
    booking = database.write(ANN, book_places, booking_of(event, school, "Delegate One"))
    [line] = database.read(cancellation_cost, booking, LATE).lines
    assert line.given_back() == "The agreement’s place stays used"
    assert line.given_back(is_waived=True) == "The agreement gets it back"
    database.write(ANN, cancel_booking, CancelBooking(booking, 1, LATE, "Unwell"))
    database.write(ANN, reopen_booking, ReopenBooking(booking, 1))
    (row,) = database.read(agreement_list, AgreementFilter())
    assert row.used == 1


def test_what_a_covered_place_costs_elsewhere_is_said_with_what_its_agreement_gets_back(
    database: Database,
) -> None:
    school = a_school(database)
    an_agreement(database, school, 1)
    course = a_course(database)
    event = an_event(database, course)
    later = an_event(database, course, [meeting(date(2014, 3, 20))])
    booking = database.write(ANN, book_places, booking_of(event, school, "Delegate One"))
    [place] = database.read(booking_card, booking).places
    assert [line.net for line in database.read(place_price, later, school).lines(1)] == [19_500]
    price = database.read(place_price, later, school, (place.id,))
    assert [line.net for line in price.lines(2)] == [0, 19_500]
    ask = TransferPlaces(new_uuid(), booking, 1, later, "The date does not suit")
    new = database.write(ANN, transfer_places, ask)
    assert [place.owed for place in database.read(booking_card, new).places] == [0]


def test_what_went_to_another_event_is_not_booked_again_nor_for_a_school_that_closed(
    database: Database,
) -> None:
    office = Office(database)
    first, second = office.card().places
    ask = TransferPlaces(new_uuid(), office.booking, 1, office.second, "The date", (first.id,))
    database.write(ANN, transfer_places, ask)
    assert not any(place.can_be_reopened for place in office.card().places)
    again = ReopenBooking(office.booking, office.card().version)
    with pytest.raises(OfficerError, match="went to another event"):
        database.write(ANN, reopen_booking, again)
    cancelled = CancelBooking(office.booking, office.card().version, IN_TIME, "Moved to Leeds")
    database.write(ANN, cancel_booking, cancelled)
    assert [place.id for place in office.card().places if place.can_be_reopened] == [second.id]
    database.write(ANN, _close, office.school)
    with pytest.raises(OfficerError, match="closed on Sat 1 Feb 2014, before this event"):
        database.write(ANN, reopen_booking, again)


def _close(session: Session, school: int) -> None:
    session.get_one(Customer, school).closed_on = date(2014, 2, 1)
