from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lle_desk.charges.actions import ChargeReason, hold_charge
from lle_desk.charges.models import Charge
from lle_desk.core.anchors import anchor_of
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.core.guards import rule_names
from lle_desk.core.models import Setting
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.core.refusals import explained
from lle_desk.customers.models import Customer
from lle_desk.invoicing.actions import (
    Issue,
    Propose,
    issue,
    issue_for,
    propose,
)
from lle_desk.invoicing.documents import invoice_pdf
from lle_desk.invoicing.models import Invoice, InvoiceSeries, PeriodLock
from lle_desk.invoicing.queries import (
    draft_preview,
    next_number,
    paper_of,
    paper_rows,
)
from tests.invoicing.billing import (
    ANN,
    BOB,
    DAY,
    ISSUED_ON,
    STANDARD,
    add_customer,
    charge_for,
    customers_with_charges,
    press,
)


def numbers(database: Database) -> list[str]:
    return sorted(row.number for row in database.read(paper_rows))


def states(session: Session) -> list[str]:
    return list(session.scalars(select(Charge.state).order_by(Charge.id)))


def test_a_draft_has_a_line_for_each_charge_and_no_number(database: Database) -> None:
    [customer] = customers_with_charges(database)
    database.write(ANN, charge_for, customer, **STANDARD)
    draft = database.write(ANN, propose, Propose(new_uuid(), customer, (), DAY))
    paper = database.read(paper_of, draft)
    assert paper.number is None
    assert [line.text for line in paper.lines] == [
        "Course place: Phonics across Key Stage 1",
        "Buffet lunch",
    ]
    assert (paper.net, paper.vat, paper.total) == (31_303, 61, 31_364)
    assert database.read(states) == ["unbilled", "unbilled"]


def test_what_is_previewed_is_what_is_issued(database: Database) -> None:
    [customer] = customers_with_charges(database)
    database.write(ANN, charge_for, customer, **STANDARD)
    preview = database.read(draft_preview, customer, DAY, ISSUED_ON)
    assert preview is not None
    [paper] = database.write(ANN, issue_for, press(customer)).papers
    issued = database.read(paper_of, paper.invoice_id)
    assert replace(preview, number="INV-000001", foot=issued.foot) == issued
    assert issued.due_on == ISSUED_ON + timedelta(days=28)
    assert database.read(states) == ["billed", "billed"]


def test_vat_is_by_line_and_by_code(database: Database) -> None:
    [customer] = customers_with_charges(database)
    for price in (2, 3):  # 20 % of 2p and of 3p are 0.4p and 0.6p: 0p and 1p, not 1p on 5p
        database.write(
            ANN, charge_for, customer, **(STANDARD | {"quantity": 1, "unit_price": Pence(price)})
        )
    paper = database.read(draft_preview, customer, DAY, ISSUED_ON)
    assert paper is not None
    assert [line.vat for line in paper.lines] == [0, 0, 1]
    assert [(row.code, row.name, row.net, row.vat) for row in paper.vat_rows] == [
        ("E", "exempt", 31_000, 0),
        ("S", "standard rate 20 %", 5, 1),
    ]
    assert [(why.code, why.words) for why in paper.reasons] == [
        ("E", "Education by a council is exempt."),
        ("S", "Catering carries VAT at the standard rate."),
    ]


def test_numbers_are_taken_in_order_and_without_gaps(database: Database) -> None:
    customers = customers_with_charges(database, ["Anytown College", "Bay School", "Coast Ltd"])
    issued = database.write(ANN, issue_for, press(*customers))
    assert [paper.number for paper in issued.papers] == ["INV-000001", "INV-000002", "INV-000003"]
    assert issued.words() == "INV-000001 to INV-000003, 3 papers, £930.00"
    assert database.read(next_number) == "INV-000004"


def test_a_second_press_issues_nothing_more(database: Database) -> None:
    customers = customers_with_charges(database, ["Anytown College", "Bay School"])
    once = press(*customers)
    first = database.write(ANN, issue_for, once)
    assert database.write(ANN, issue_for, once) == first
    assert numbers(database) == ["INV-000001", "INV-000002"]


def test_a_draft_issued_twice_keeps_its_number(database: Database) -> None:
    [customer] = customers_with_charges(database)
    draft = database.write(ANN, propose, Propose(new_uuid(), customer))
    ask = Issue(((draft, 1),), ISSUED_ON)
    assert database.write(ANN, issue, ask) == database.write(BOB, issue, ask)
    assert numbers(database) == ["INV-000001"]


def test_more_charges_do_not_hold_the_office_up_with_more_questions(database: Database) -> None:
    one, many = customers_with_charges(database, ["Demo Academy", "Demo College"])
    for _ in range(5):
        database.write(ANN, charge_for, many)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    database.write(ANN, issue_for, press(one))
    of_one = len(asked)
    database.write(ANN, issue_for, press(many))
    questions = [statement for statement in asked[of_one:] if statement.startswith("SELECT")]
    assert len(questions) == sum(statement.startswith("SELECT") for statement in asked[:of_one])


def test_another_press_finds_nothing_left_to_invoice(database: Database) -> None:
    [customer] = customers_with_charges(database)
    database.write(ANN, issue_for, press(customer))
    with pytest.raises(OfficerError, match="nothing to invoice"):
        database.write(BOB, issue_for, press(customer))
    assert numbers(database) == ["INV-000001"]


def test_what_is_refused_leaves_no_gap(database: Database) -> None:
    customers = customers_with_charges(database, ["Anytown College", "Bay School"])

    def issue_and_fail(session: Session) -> None:
        issue_for(session, press(customers[0]))
        raise OfficerError("The printer is on fire.")

    for _ in range(3):
        with pytest.raises(OfficerError, match="on fire"):
            database.write(ANN, issue_and_fail)
        with pytest.raises(OfficerError):  # the first of the two could be issued, the second not
            database.write(ANN, issue_for, press(customers[0], 999_999))
    database.write(ANN, issue_for, press(customers[1]))
    database.write(ANN, issue_for, press(customers[0]))
    assert numbers(database) == ["INV-000001", "INV-000002"]


def test_eleven_officers_issuing_at_once_leave_dense_numbers(database: Database) -> None:
    customers = customers_with_charges(database, [f"Demo School {n:02d}" for n in range(33)])

    def issue_three(at: int) -> int:
        own = [*customers[at * 3 : at * 3 + 3], customers[0]]  # all want the first one too
        done = 0
        for customer in own:
            try:
                done += len(database.write(ANN, issue_for, press(customer)).papers)
            except OfficerError:
                continue
        return done

    with ThreadPoolExecutor(11) as officers:
        assert sum(officers.map(issue_three, range(11))) == 33
    assert numbers(database) == [f"INV-{n:06d}" for n in range(1, 34)]


def test_a_paper_keeps_its_words_when_everything_else_changes(
    administrators_database: Database,
) -> None:
    database = administrators_database
    [customer] = customers_with_charges(database)
    [paper] = database.write(ANN, issue_for, press(customer)).papers
    before = invoice_pdf(database.read(paper_of, paper.invoice_id))

    def change_all(session: Session) -> None:
        moved = session.get_one(Customer, customer)
        moved.name, moved.street, moved.urn = "Renamed Academy", "9 Other Lane", 139_999
        for setting in session.scalars(select(Setting)):
            setting.value = '"Other words"' if setting.value.startswith('"') else "7"

    database.write(ANN, change_all)
    assert invoice_pdf(database.read(paper_of, paper.invoice_id)) == before
    assert b"%PDF" in before


def test_an_issued_paper_cannot_be_changed(database: Database) -> None:
    [customer] = customers_with_charges(database)
    [paper] = database.write(ANN, issue_for, press(customer)).papers

    def rename(session: Session) -> None:
        session.get_one(Invoice, paper.invoice_id).customer_name = "Someone Else"

    with pytest.raises(OfficerError, match="never changed"):
        database.write(ANN, rename)


def test_a_draft_that_was_changed_is_not_issued(database: Database) -> None:
    [customer] = customers_with_charges(database)
    draft = database.write(ANN, propose, Propose(new_uuid(), customer))
    with pytest.raises(RecordChanged):
        database.write(ANN, issue, Issue(((draft, 9),), ISSUED_ON))


def test_proposing_twice_makes_one_draft(database: Database) -> None:
    [customer] = customers_with_charges(database)
    ask = Propose(new_uuid(), customer)
    assert database.write(ANN, propose, ask) == database.write(ANN, propose, ask)
    with pytest.raises(OfficerError, match="nothing to invoice"):
        database.write(ANN, propose, Propose(new_uuid(), customer))


def test_a_proposed_draft_goes_into_the_one_invoice(database: Database) -> None:
    [customer] = customers_with_charges(database)
    database.write(ANN, propose, Propose(new_uuid(), customer))
    database.write(ANN, charge_for, customer, **STANDARD)
    [paper] = database.write(BOB, issue_for, press(customer)).papers
    assert paper.total == 31_364
    assert numbers(database) == ["INV-000001"]


def test_only_what_the_officer_saw_is_issued(database: Database) -> None:
    [customer] = customers_with_charges(database)
    seen = replace(press(customer), seen_total=Pence(31_000))
    database.write(BOB, charge_for, customer, **STANDARD)
    with pytest.raises(RecordChanged, match=r"come to £313\.64 now, not £310\.00"):
        database.write(ANN, issue_for, seen)
    assert numbers(database) == []


def test_charges_held_back_recharged_or_later_are_left_out(database: Database) -> None:
    [customer] = customers_with_charges(database)
    held = database.write(ANN, charge_for, customer, **STANDARD)
    database.write(ANN, hold_charge, ChargeReason(held, 1, "asks about the price"))
    inside = database.write(ANN, charge_for, customer, route="recharge")
    database.write(ANN, charge_for, customer, tax_point_on=DAY + timedelta(days=1))
    [paper] = database.write(ANN, issue_for, press(customer)).papers
    assert paper.total == 31_000
    assert database.read(states) == ["billed", "held back", "unbilled", "unbilled"]
    for charge_id, why in ((held, "held back: asks about the price"), (inside, "by journal")):
        with pytest.raises(OfficerError, match=why):
            database.write(ANN, propose, Propose(new_uuid(), customer, (charge_id,)))


def test_another_customers_charge_is_refused(database: Database) -> None:
    one, other = customers_with_charges(database, ["Anytown College", "Bay School"])
    with pytest.raises(OfficerError, match="is a charge of Anytown College"):
        database.write(ANN, propose, Propose(new_uuid(), other, (1,)))
    database.write(ANN, propose, Propose(new_uuid(), one))
    with pytest.raises(OfficerError, match="on another draft"):
        database.write(ANN, propose, Propose(new_uuid(), one, (1,)))


def test_an_invoice_below_nought_is_refused(database: Database) -> None:
    [customer] = customers_with_charges(database, unit_price=Pence(-5_000))
    with pytest.raises(OfficerError, match=r"comes to −£50\.00"):
        database.write(ANN, issue_for, press(customer))


def test_nothing_is_issued_into_closed_books(administrators_database: Database) -> None:
    database = administrators_database
    [customer] = customers_with_charges(database)

    def close_books(session: Session) -> None:
        session.merge(PeriodLock(id=1, locked_to=ISSUED_ON))

    database.write(ANN, close_books)
    with pytest.raises(OfficerError, match="closed up to Tue 4 Mar 2014") as refused:
        database.write(ANN, issue_for, press(customer))
    assert refused.value.field == "issued_on"
    later = replace(press(customer), issued_on=date(2014, 3, 5))
    assert len(database.write(ANN, issue_for, later).papers) == 1


def test_several_orders_are_named_on_their_lines(database: Database) -> None:
    [customer] = customers_with_charges(database)
    database.write(ANN, charge_for, customer, **(STANDARD | {"order_number": "PO 2"}))
    paper = database.read(draft_preview, customer, DAY, ISSUED_ON)
    assert paper is not None
    assert paper.order_number == "PO DEMO-1, PO 2"
    assert [line.detail for line in paper.lines] == [
        "Delegate Three · your order PO DEMO-1",
        "Your order PO 2",
    ]


def test_a_number_taken_by_other_hands_is_refused_with_a_sentence(database: Database) -> None:
    [customer] = customers_with_charges(database)

    def skip_a_number(session: Session) -> None:
        draft = propose(session, Propose(new_uuid(), customer))
        invoice = session.get_one(Invoice, draft)
        invoice.state, invoice.number = "issued", 9
        invoice.issued_on = invoice.due_on = ISSUED_ON
        invoice.issued_at = datetime(2014, 3, 4, 9, 30)
        session.flush()

    with pytest.raises(OfficerError, match="Another paper took this number"):
        database.write(ANN, skip_a_number)
    assert database.read(next_number) == "INV-000001"


def test_an_officer_cannot_move_the_series(database: Database) -> None:
    def move(session: Session) -> None:
        session.get_one(InvoiceSeries, "INV").next_number = 7
        session.flush()

    with pytest.raises((OfficerError, DBAPIError)):
        database.write(ANN, move)
    assert database.read(next_number) == "INV-000001"


def test_every_rule_about_papers_has_a_sentence() -> None:
    ours = ("invoice", "number_is", "period", "credit", "charge_", "series_")
    named = {
        rule
        for rule in rule_names()
        if rule.startswith(ours) and not rule.startswith("series_date")  # repeating bookings
    }
    assert named
    assert named <= explained()


def test_customers_are_charged_by_name(database: Database) -> None:
    customer = database.write(ANN, add_customer, "R&D <b> Tŷ Gŵyr", urn=123_456)
    database.write(ANN, charge_for, customer)
    paper = database.read(draft_preview, customer, DAY, ISSUED_ON)
    assert paper is not None
    assert paper.address == (
        "Finance office",
        "R&D <b> Tŷ Gŵyr",
        "2 Example Road",
        "EXAMPLETON",
        "ZZ99 9ZZ",
    )
    assert (paper.customer, paper.urn) == (f"C-{customer:05d}", "123456")


def test_an_issued_paper_carries_a_mark_of_the_audit_trail_and_a_draft_none(
    database: Database,
) -> None:
    [customer] = customers_with_charges(database)
    draft = database.read(draft_preview, customer, DAY, ISSUED_ON)
    assert draft is not None
    assert not draft.foot.startswith("Record ")
    [paper] = database.write(ANN, issue_for, press(customer)).papers
    printed = database.read(paper_of, paper.invoice_id)
    mark = database.read(anchor_of, paper.number)
    assert mark is not None
    assert printed.foot == f"Record {mark.words} · {draft.foot}"
    assert database.read(paper_of, paper.invoice_id) == printed
