"""Confirming an event or calling it off in one action, with a list of whom to tell."""

from datetime import date

import pytest

from lle_desk.charges.queries import charge, charges_of
from lle_desk.charges.rules import ChargeState, Source
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import (
    CancelBooking,
    JoinWaiting,
    book_places,
    cancel_booking,
    join_waiting_list,
)
from lle_desk.courses.actions.deciding import DecideEvent, Tick, decide_event, tick_told
from lle_desk.courses.queries import booking_card, event_card
from lle_desk.courses.queries.deciding import decision_effect, events_at_risk
from lle_desk.courses.queries.telling import last_decision, people_to_tell
from lle_desk.courses.rules import EventState
from lle_desk.customers.rules import Route
from lle_desk.invoicing.queries import paper_rows
from tests.agreements.test_agreements import an_agreement, shown
from tests.core.office import assert_refused_by, run
from tests.courses.people import ANN, a_course, a_school, an_event, booking_of
from tests.invoicing.billing import bill

TODAY = date(2014, 3, 4)


class Office:
    """An event with two bookings."""

    def __init__(self, database: Database, minimum: int = 3, capacity: int = 3) -> None:
        self.database = database
        self.school = a_school(database)
        self.other = a_school(database, "Demo Other School")
        self.event = an_event(database, a_course(database), capacity=capacity, minimum=minimum)
        one = booking_of(self.event, self.school, "Delegate One", "Delegate Two")
        self.first = database.write(ANN, book_places, one)
        two = booking_of(self.event, self.other, "Delegate Three")
        self.second = database.write(ANN, book_places, two)

    def decide(self, decided: EventState, reason: str = "") -> int:
        version = self.database.read(event_card, self.event).row.version
        ask = DecideEvent(new_uuid(), self.event, version, decided, reason)
        return self.database.write(ANN, decide_event, ask).answer


def test_calling_an_event_off_frees_every_place_without_a_fee(database: Database) -> None:
    office = Office(database)
    waiting = JoinWaiting(booking_of(office.event, office.other, "Delegate Four"))
    party = database.write(ANN, join_waiting_list, waiting)
    office.decide(EventState.CANCELLED, "Too few delegates")
    card = database.read(event_card, office.event)
    assert (card.row.state, card.row.held, card.row.waiting) == ("cancelled", 0, 0)
    places = [place.id for place in card.places]
    charges = database.read(charges_of, Source.PLACE, places)
    assert {charge.state for charge in charges} == {ChargeState.VOID}
    assert database.read(booking_card, party).places[0].state == "cancelled"


def test_everybody_with_a_booking_is_on_the_list_of_whom_to_tell(database: Database) -> None:
    office = Office(database)
    office.decide(EventState.CANCELLED, "Too few delegates")
    people = database.read(people_to_tell, office.event)
    assert [(one.customer, one.places, one.struck_out) for one in people] == [
        ("Demo Other School", 1, Pence(19500)),
        ("Demo Primary School", 2, Pence(39000)),
    ]
    assert people[1].delegates == ("Delegate One", "Delegate Two")
    assert not people[0].is_told


def test_ticks_after_those_who_were_told_stay_and_can_be_taken_back(database: Database) -> None:
    office = Office(database)
    office.decide(EventState.CANCELLED, "Too few delegates")
    first = database.read(people_to_tell, office.event)[0]
    database.write(ANN, tick_told, Tick(first.telling_id or 0, first.version, is_told=True))
    told = database.read(people_to_tell, office.event)[0]
    assert told.is_told
    assert told.told_by == "ann"
    with pytest.raises(RecordChanged):
        database.write(ANN, tick_told, Tick(first.telling_id or 0, first.version, is_told=False))
    database.write(ANN, tick_told, Tick(told.telling_id or 0, told.version, is_told=False))
    assert not database.read(people_to_tell, office.event)[0].is_told


def test_confirming_lists_whom_to_tell_and_can_be_undone(database: Database) -> None:
    office = Office(database)
    version = database.read(event_card, office.event).row.version
    ask = DecideEvent(new_uuid(), office.event, version, EventState.CONFIRMED)
    done = database.write(ANN, decide_event, ask)
    assert database.read(event_card, office.event).row.state == "confirmed to run"
    assert len(database.read(people_to_tell, office.event)) == 2
    assert done.way is not None
    database.write(ANN, done.way.back)
    assert database.read(event_card, office.event).row.state == "open"
    assert database.read(last_decision, office.event) is None
    assert database.write(ANN, decide_event, ask).answer == done.answer


def test_calling_off_needs_a_reason_and_the_newest_version(database: Database) -> None:
    office = Office(database)
    with pytest.raises(OfficerError, match="Say why"):
        office.decide(EventState.CANCELLED)
    stale = DecideEvent(new_uuid(), office.event, 99, EventState.CANCELLED, "Too few")
    with pytest.raises(RecordChanged):
        database.write(ANN, decide_event, stale)
    assert database.read(event_card, office.event).row.held == 3


def test_an_event_with_places_is_not_called_off_by_plain_sql(database: Database) -> None:
    office = Office(database)
    with assert_refused_by("event_called_off_empty"):
        run(
            database,
            "UPDATE event SET state = 'cancelled', version = version + 1 WHERE id = :id",
            id=office.event,
        )
    office.decide(EventState.CANCELLED, "Too few delegates")
    with assert_refused_by("event_called_off_empty"):
        run(
            database,
            "UPDATE place SET state = 'waiting', version = version + 1 WHERE event_id = :id",
            id=office.event,
        )


@pytest.mark.parametrize(
    ("rule", "attack"),
    [
        ("event_decision_kept", "UPDATE event_decision SET reason = 'Another', version = 2"),
        ("telling_kept", "UPDATE telling SET credited = 1, version = 2"),
        ("ck_telling_told_by_whom", "UPDATE telling SET told_by = 'mallory', version = 2"),
    ],
)
def test_what_was_decided_is_not_rewritten_by_plain_sql(
    database: Database, rule: str, attack: str
) -> None:
    office = Office(database)
    office.decide(EventState.CANCELLED, "Too few delegates")
    with assert_refused_by(rule):
        run(database, attack)


def test_an_event_below_its_minimum_is_at_risk_with_the_days_left(database: Database) -> None:
    office = Office(database)
    event = an_event(database, a_course(database, "MATH", "Maths"), minimum=5)
    booking = booking_of(event, office.school, "Delegate Nine")
    database.write(ANN, book_places, booking)
    [risk] = [row for row in database.read(events_at_risk, TODAY) if row.event.id == event]
    assert (risk.days_left, risk.short, risk.money.income) == (2, 4, Pence(19500))
    later = database.read(events_at_risk, date(2014, 4, 1))
    assert event not in [row.event.id for row in later]


def test_the_consequences_are_known_before_anything_is_done(database: Database) -> None:
    office = Office(database)
    effect = database.read(decision_effect, office.event)
    assert (effect.places, effect.struck_out, effect.credited) == (3, Pence(58500), Pence(0))
    assert len(effect.people) == 2


def test_fees_for_cancelling_late_fall_when_the_event_is_called_off_unless_kept(
    database: Database,
) -> None:
    event = an_event(database, a_course(database), capacity=9)
    routes = {"Held": None, "Kept": None, "Unbilled": None, **{str(one): one for one in Route}}
    for name, route in routes.items():
        school = a_school(database, name, route=route or Route.INVOICE)
        booking = database.write(ANN, book_places, booking_of(event, school, f"{name} Delegate"))
        waits = name in ("Held", "Kept")
        late = CancelBooking(booking, 1, date(2014, 3, 12), "Unwell", until_resold=waits)
        database.write(ANN, cancel_booking, late)
        if route is not None:
            bill(database, school, route)
    effect = database.read(decision_effect, event)
    fees = {fee.customer: fee for fee in effect.fees}
    assert [(fee.customer, fee.net) for fee in effect.fees] == [(name, 19_500) for name in routes]
    assert [fee.falls for fee in effect.fees] == [
        "It was held until resold, and falls",
        "It was held until resold, and falls",
        "It is struck out",
        "It was recharged by journal, and a reversing recharge is issued now",
        "It is on an issued paper and is credited now",
    ]
    version = database.read(event_card, event).row.version
    kept = (fees["Kept"].charge_id,)
    off = DecideEvent(new_uuid(), event, version, EventState.CANCELLED, "Snow", kept)
    database.write(ANN, decide_event, off)
    [left] = database.read(decision_effect, event).fees
    assert (left.customer, left.state) == ("Kept", ChargeState.UNBILLED)
    for name in ("Held", "Unbilled"):
        struck = database.read(charge, fees[name].charge_id)
        assert (struck.state, struck.hold_reason) == ("void", "Waived: the event was called off")
    papers = database.read(paper_rows)[:2]
    assert [(row.number, row.total, row.credits_number) for row in papers] == [
        ("CRN-000001", -19_500, "INV-000001"),
        ("RCH-000002", -19_500, "RCH-000001"),
    ]
    assert database.read(event_card, event).money.income == 19_500


def test_an_agreements_place_used_up_by_a_late_notice_goes_back_when_the_event_is_called_off(
    database: Database,
) -> None:
    school = a_school(database)
    agreement = an_agreement(database, school)
    event = an_event(database, a_course(database))
    booking = database.write(ANN, book_places, booking_of(event, school, "Ann One", "Ben Two"))
    [first, _second] = database.read(booking_card, booking).places
    late = CancelBooking(booking, 1, date(2014, 3, 12), "Unwell", place_ids=(first.id,))
    database.write(ANN, cancel_booking, late)
    assert shown(database, agreement).row.used == 2
    effect = database.read(decision_effect, event)
    assert (effect.from_agreements, effect.used_up) == (1, 1)
    version = database.read(event_card, event).row.version
    ask = DecideEvent(new_uuid(), event, version, EventState.CANCELLED, "Snow")
    database.write(ANN, decide_event, ask)
    assert shown(database, agreement).row.used == 0
    after = database.read(decision_effect, event)
    assert (after.from_agreements, after.used_up) == (0, 0)
