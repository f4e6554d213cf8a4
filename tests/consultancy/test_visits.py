"""Visits: planned, moved, done with a note, cancelled; their charges and their agreement days."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lle_desk.agreements.actions import MakeAgreement, make_agreement
from lle_desk.agreements.queries import AgreementFilter, agreement_list
from lle_desk.agreements.rules import Allowance
from lle_desk.consultancy.actions import (
    CancelVisit,
    EditVisit,
    MoveVisit,
    PlanVisit,
    SetVisitState,
    VisitAsked,
    WriteNote,
    cancel_visit,
    edit_visit,
    move_visit,
    plan_visit,
    set_visit_state,
    undoing,
    write_note,
)
from lle_desk.consultancy.models import Visit
from lle_desk.consultancy.queries import (
    NoPrice,
    VisitCard,
    VisitPrice,
    VisitWanted,
    diary,
    priced,
    visit_card,
    visit_cost,
    visit_prices,
)
from lle_desk.consultancy.rules import VisitKind, VisitState, kind_of
from lle_desk.core import undo
from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.core.undo import Undoable, Way
from lle_desk.customers.rules import Route
from lle_desk.invoicing.queries import paper_rows
from lle_desk.offers.rules import Supply
from lle_desk.trainers.actions import HoldTime, TakeLeave, free_time, hold_time
from lle_desk.trainers.rules import Purpose
from tests.consultancy.office import DAY, Office, a_visit, an_office, at
from tests.courses.people import ANN, a_course, a_school, an_event, meeting
from tests.invoicing.billing import bill


@pytest.fixture
def office(database: Database) -> Office:
    return an_office(database)


def visits(session: Session) -> list[int]:
    return list(session.scalars(select(Visit.id).order_by(Visit.id)))


def day_of(office: Office, day: date) -> VisitAsked:
    return office.asked(
        kind=VisitKind.DAY, starts_at=at(day, "09:00"), ends_at=at(day, "15:30"), travel_after=0
    )


def card(database: Database, visit_id: int) -> VisitCard:
    return database.read(visit_card, visit_id)


def live(shown: VisitCard) -> list[tuple[int, str]]:
    return [(row.net, row.price_reason) for row in shown.charges if row.state != "void"]


def test_a_visit_holds_its_consultant_with_the_travel_and_is_charged(
    database: Database, office: Office
) -> None:
    ask = PlanVisit(new_uuid(), office.asked())
    number = database.write(ANN, plan_visit, ask)
    assert database.write(ANN, plan_visit, ask) == number
    shown = card(database, number)
    assert shown.words == "V-00001"
    assert (shown.reserved_from, shown.reserved_to) == (at(DAY, "08:30"), at(DAY, "12:30"))
    [charge] = shown.charges
    assert (charge.net, charge.supply) == (24_000, Supply.CONSULTANCY)
    assert charge.description == "Consultancy: Maths review"
    assert "V-00001, Thu 13 Mar, 09:00–12:00, half day, Anna Example" in charge.detail


def test_a_charge_says_the_hours_the_visit_has_now(database: Database, office: Office) -> None:
    number = a_visit(database, office.asked())
    first = card(database, number)
    later = office.asked("09:30", "12:30", topic="Reading", trainer_id=office.ben)
    database.write(ANN, edit_visit, EditVisit(number, first.version, later))
    second = card(database, number)
    [charge] = second.charges
    assert charge.description == "Consultancy: Reading"
    assert charge.detail == "V-00001, Thu 13 Mar, 09:30–12:30, half day, Ben Sample"
    whole = office.asked("09:00", "15:30", kind=VisitKind.DAY)
    database.write(ANN, edit_visit, EditVisit(number, second.version, whole))
    [charge] = card(database, number).counting
    assert charge.net == 45_000
    assert charge.detail == "V-00001, Thu 13 Mar, 09:00–15:30, day, Anna Example"


def test_who_saved_a_visit_first_is_named_to_the_second_desk(
    database: Database, office: Office
) -> None:
    number = a_visit(database, office.asked())
    seen = card(database, number).version
    later = EditVisit(number, seen, office.asked("10:00", "13:00"))
    database.write(By("bob", "desk-9"), edit_visit, later)
    mine = replace(later, asked=office.asked(topic="Reading"))
    with pytest.raises(RecordChanged, match=r"^bob \(desk-9\) saved this visit at \d\d:\d\d, "):
        database.write(ANN, edit_visit, mine)
    assert card(database, number).topic == "Maths review"


def test_a_visit_is_refused_while_the_same_person_has_a_course(
    database: Database, office: Office
) -> None:
    taught = replace(meeting(DAY), trainer_ids=(office.anna,))
    an_event(database, a_course(database), [taught])
    with pytest.raises(OfficerError) as caught:
        a_visit(database, office.asked())
    assert str(caught.value) == (
        "Anna Example has the course “Phonics in Key Stage 1” on Thu 13 Mar 2014, 09:30–15:30. "
        "Choose another time, or somebody else."
    )
    assert a_visit(database, office.asked(trainer_id=office.ben))
    with pytest.raises(OfficerError, match="Ben Sample has the visit"):
        an_event(
            database,
            a_course(database, "MATH", "Maths"),
            [replace(meeting(DAY), trainer_ids=(office.ben,))],
        )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"topic": "  "}, "what the visit is about"),
        ({"ends_at": at(DAY, "08:00")}, "ends after it starts"),
        ({"ends_at": at(DAY + timedelta(days=1), "08:00")}, "ends on its day"),
        ({"customer_id": 0}, "Choose the school"),
        ({"trainer_id": 0}, "Choose who goes"),
        ({"kind": "week"}, "half day, a day or a twilight"),
        ({"travel_before": 999}, "Travel"),
        ({"contact_id": 999}, "not among the people"),
    ],
)
def test_a_visit_that_makes_no_sense_is_refused(
    database: Database, office: Office, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(OfficerError, match=words):
        a_visit(database, office.asked(**more))
    assert database.read(diary, DAY, DAY).times == ()


def test_a_visit_moves_to_another_day_and_another_consultant(
    database: Database, office: Office
) -> None:
    number = a_visit(database, office.asked())
    version = card(database, number).version
    friday = DAY + timedelta(days=1)
    move = MoveVisit(number, version, office.ben, at(friday, "09:00"), at(friday, "12:00"))
    again = database.write(ANN, move_visit, move)
    shown = card(database, number)
    assert (shown.trainer, shown.starts_at, shown.version) == (
        "Ben Sample",
        at(friday, "09:00"),
        again,
    )
    with pytest.raises(RecordChanged):
        database.write(ANN, move_visit, move)
    longer = replace(move, seen_version=again, ends_at=at(friday, "15:30"))
    database.write(ANN, move_visit, longer)
    shown = card(database, number)
    assert (shown.kind, live(shown)[0][0]) == (VisitKind.DAY, 45_000)


def test_an_edited_visit_is_priced_again_and_keeps_one_charge(
    database: Database, office: Office
) -> None:
    number = a_visit(database, office.asked())
    asked = office.asked(kind=VisitKind.DAY, ends_at=at(DAY, "15:30"), order_number="PO 7")
    database.write(ANN, edit_visit, EditVisit(number, card(database, number).version, asked))
    assert [net for net, _ in live(card(database, number))] == [45_000]
    free = replace(asked, no_charge_reason="Follow-up of an inspection")
    database.write(ANN, edit_visit, EditVisit(number, card(database, number).version, free))
    assert live(card(database, number)) == []


def test_days_of_an_agreement_pay_first_and_over_use_is_priced(
    database: Database, office: Office
) -> None:
    ask = MakeAgreement(
        new_uuid(),
        office.school,
        office.service,
        "Consultancy days",
        date(2013, 4, 1),
        date(2014, 3, 31),
        Pence(0),
        Allowance.DAYS,
        3,
    )
    database.write(ANN, make_agreement, ask)
    day = office.asked(kind=VisitKind.DAY, ends_at=at(DAY, "15:30"), travel_after=0)
    first = a_visit(database, day)
    assert live(card(database, first))[0][0] == 0
    assert "½ of 1½ days left" in live(card(database, first))[0][1]
    second = a_visit(database, replace(day, trainer_id=office.ben))
    # The half day that is left pays for half of it; the other half is priced.
    assert live(card(database, second)) == [
        (
            22_500,
            "½ day by A-00001: 0 of 1½ days left, until Mon 31 Mar 2014; over-use of £450.00",
        )
    ]
    anew = VisitWanted(office.service, VisitKind.DAY, office.school, DAY)
    price = database.read(priced, anew)
    assert isinstance(price, VisitPrice)
    assert price.net == 45_000
    of_first = database.read(priced, replace(anew, changed_id=first))  # its own day is left for it
    assert isinstance(of_first, VisitPrice)
    assert of_first.net == 0
    version = card(database, first).version
    early = CancelVisit(first, version, date(2014, 2, 1), "The head is ill")
    database.write(ANN, cancel_visit, early)
    half = office.asked()
    assert live(card(database, a_visit(database, half)))[0][0] == 0
    april = day_of(office, date(2014, 4, 2))  # the agreement ended with the financial year
    assert live(card(database, a_visit(database, april)))[0][0] == 45_000
    shown = card(database, second)
    late = CancelVisit(second, shown.version, DAY, "Snow")
    assert database.read(visit_cost, second, DAY).fee == 22_500
    database.write(ANN, cancel_visit, late)
    assert [row.used for row in database.read(agreement_list, AgreementFilter())] == [2]


def done(database: Database, action: Any, ask: object) -> Way:
    """Do it, and return its way back."""
    made: Undoable[Any] = database.write(ANN, action, ask)
    assert made.way is not None
    return made.way


def standing_visit(database: Database) -> tuple[str, str, datetime, list[int]]:
    [number] = database.read(visits)
    one = card(database, number)
    return one.state, one.trainer, one.starts_at, [net for net, _ in live(one)]


def test_what_is_done_with_a_visit_is_taken_back_and_done_again(
    database: Database, office: Office
) -> None:
    done(database, undoing.plan, PlanVisit(new_uuid(), office.asked()))
    [number] = database.read(visits)
    friday = DAY + timedelta(days=1)
    steps = [
        (undoing.move, MoveVisit, (office.ben, at(friday, "09:00"), at(friday, "15:30"))),
        (undoing.edit, EditVisit, (office.asked(topic="Reading", trainer_id=office.ben),)),
        (undoing.confirm, SetVisitState, (VisitState.CONFIRMED,)),
        (undoing.note, WriteNote, ("Agreed", DAY)),
    ]
    states, ways = [standing_visit(database)], []
    for action, ask, values in steps:
        seen = card(database, number).version
        ways.append(done(database, action, ask(number, seen, *values)))
        states.append(standing_visit(database))
    for was, way in zip(reversed(states[:-1]), reversed(ways), strict=True):
        database.write(ANN, way.back)
        assert standing_visit(database) == was
    for then, way in zip(states[1:], ways, strict=True):
        assert way.forth is not None
        database.write(ANN, way.forth)
        assert standing_visit(database) == then


def test_a_cancelled_visit_stands_again_when_its_consultant_is_still_free(
    database: Database, office: Office
) -> None:
    planned = done(database, undoing.plan, PlanVisit(new_uuid(), office.asked()))
    [number] = database.read(visits)
    before = standing_visit(database)
    late = CancelVisit(number, card(database, number).version, DAY, "Snow")
    cancelled = done(database, undoing.cancel, late)
    assert standing_visit(database)[0] == VisitState.CANCELLED
    meeting_of_anna = HoldTime(
        new_uuid(), office.anna, at(DAY, "09:00"), at(DAY, "10:00"), Purpose.OTHER
    )
    busy = database.write(ANN, hold_time, meeting_of_anna)
    with pytest.raises(OfficerError, match="Anna Example is busy"):
        database.write(ANN, undo.take_back, cancelled.back, cancelled.after)
    database.write(ANN, free_time, busy)
    database.write(ANN, undo.take_back, cancelled.back, cancelled.after)
    assert standing_visit(database) == before
    with pytest.raises(undo.ChangedSince):
        database.write(ANN, undo.take_back, planned.back, planned.after)
    away = done(database, undoing.leave, TakeLeave(new_uuid(), office.ben, DAY, DAY))
    assert away.words == "Ben Sample is away on Thu 13 Mar 2014"
    database.write(ANN, undo.take_back, away.back, away.after)
    assert a_visit(database, office.asked(trainer_id=office.ben))


def test_a_note_makes_a_visit_done_and_may_be_mended(database: Database, office: Office) -> None:
    number = a_visit(database, office.asked())
    version = card(database, number).version
    database.write(ANN, set_visit_state, SetVisitState(number, version, VisitState.CONFIRMED))
    with pytest.raises(OfficerError, match="comes after"):
        database.write(
            ANN, write_note, WriteNote(number, version + 1, "Early", DAY - timedelta(days=1))
        )
    with pytest.raises(OfficerError, match="Write what was done"):
        database.write(ANN, write_note, WriteNote(number, version + 1, " ", DAY))
    database.write(ANN, write_note, WriteNote(number, version + 1, "Three things agreed.", DAY))
    shown = card(database, number)
    assert (shown.state, shown.note, shown.note_on) == (
        VisitState.DONE,
        "Three things agreed.",
        DAY,
    )
    with pytest.raises(OfficerError, match="is done"):
        database.write(
            ANN, edit_visit, EditVisit(number, shown.version, office.asked(topic="Another"))
        )


def test_cancelling_costs_by_the_frozen_scale_and_frees_the_consultant(
    database: Database, office: Office
) -> None:
    number = a_visit(database, office.asked())
    version = card(database, number).version
    assert database.read(visit_cost, number, date(2014, 2, 1)).fee == 0
    cost = database.read(visit_cost, number, date(2014, 3, 12))
    assert (cost.fee, cost.why) == (24_000, "1 working day of notice: 100 % of £240.00")
    late = CancelVisit(number, version, date(2014, 3, 12), "The head is ill")
    with pytest.raises(OfficerError, match="Say why"):
        database.write(ANN, cancel_visit, replace(late, reason=""))
    database.write(ANN, cancel_visit, late)
    shown = card(database, number)
    assert shown.state == VisitState.CANCELLED
    [fee] = [row for row in shown.charges if row.state != "void"]
    assert (fee.net, fee.supply) == (24_000, Supply.COMPENSATION)
    assert a_visit(database, office.asked())


@pytest.mark.parametrize("route", Route)
def test_a_billed_visit_that_is_cancelled_is_given_back_at_once(
    database: Database, office: Office, route: Route
) -> None:
    payer = a_school(database, "Example Academy", route=route)
    number = a_visit(database, replace(office.asked(), customer_id=payer, contact_id=None))
    bill(database, payer, route)
    said = database.read(visit_cost, number, date(2014, 3, 12)).given_back
    version = card(database, number).version
    ask = CancelVisit(number, version, date(2014, 3, 12), "Snow", by_us=True)
    database.write(ANN, cancel_visit, ask)
    given_back, _billed = database.read(paper_rows)
    assert given_back.total == -24_000
    if route is Route.INVOICE:
        assert said == "It is on an issued paper and is credited now"
        assert (given_back.number, given_back.credits_number) == ("CRN-000001", "INV-000001")
    else:
        assert said == "It was recharged by journal, and a reversing recharge is issued now"
        assert (given_back.number, given_back.credits_number) == ("RCH-000002", "RCH-000001")
    assert card(database, number).counting == ()


@pytest.mark.parametrize("by_us", [True, False])
def test_a_fee_is_waived_with_a_reason_and_our_own_cancelling_is_free(
    database: Database, office: Office, by_us: bool
) -> None:
    number = a_visit(database, office.asked())
    version = card(database, number).version
    why = "" if by_us else "The school is flooded"
    ask = CancelVisit(number, version, date(2014, 3, 12), "Snow", why, by_us=by_us)
    database.write(ANN, cancel_visit, ask)
    assert live(card(database, number)) == []


def test_a_service_without_prices_says_so(database: Database, office: Office) -> None:
    assert len(database.read(visit_prices)) == 3
    answer = database.read(
        priced, VisitWanted(office.service + 1, VisitKind.DAY, office.school, DAY)
    )
    assert isinstance(answer, NoPrice)
    assert "has no price for a day yet" in answer.why


@pytest.mark.parametrize(
    ("starts", "ends", "kind"),
    [
        ("09:00", "12:00", VisitKind.HALF_DAY),
        ("09:00", "15:30", VisitKind.DAY),
        ("15:45", "17:30", VisitKind.TWILIGHT),
    ],
)
def test_hours_are_of_a_kind(starts: str, ends: str, kind: VisitKind) -> None:
    assert kind_of(at(DAY, starts), at(DAY, ends)) is kind
