from datetime import date, timedelta

from lle_desk.charges.actions import ChargeReason, hold_charge
from lle_desk.core.db import Database
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.courses.actions import book_places
from lle_desk.customers.rules import Band, Route, VatClass
from lle_desk.invoicing.actions import CreditInvoice, IssueNow, issue_for, propose_credit
from lle_desk.invoicing.documents import invoice_pdf
from lle_desk.invoicing.papers import PaperKind
from lle_desk.invoicing.queries import (
    Worksheet,
    paper_of,
    paper_rows,
    worksheet,
)
from lle_desk.invoicing.rules import Group
from tests.courses.people import a_course, a_school, an_event, booking_of
from tests.invoicing.billing import (
    ANN,
    DAY,
    ISSUED_ON,
    STANDARD,
    charge_for,
    customers_with_charges,
    press,
    recharge,
)
from tests.paper.pages import texts


def shown(sheet: Worksheet) -> dict[str, list[str]]:
    return {str(one.group): [row.customer for row in one.customers] for one in sheet.groups}


def test_what_waits_is_in_four_groups_by_customer(database: Database) -> None:
    bay, anytown = customers_with_charges(database, ["bay School", "Anytown College"])
    database.write(ANN, charge_for, anytown, **STANDARD)
    database.write(ANN, charge_for, bay, route="recharge")
    held = database.write(ANN, charge_for, bay, unit_price=Pence(100))
    database.write(ANN, hold_charge, ChargeReason(held, 1, "asks about the price"))
    sheet = database.read(worksheet, DAY)
    assert shown(sheet) == {
        "invoice": ["Anytown College", "bay School"],
        "recharge": ["bay School"],
        "held back": ["bay School"],
        "credit notes": [],
    }
    first = sheet.group(Group.INVOICE).customers[0]
    assert (first.lines, first.oldest_on, first.net, first.vat) == (
        2,
        date(2014, 2, 13),
        31_303,
        61,
    )
    assert first.why == "academy: invoice"
    assert sheet.group(Group.INVOICE).total == 31_364 + 31_000
    assert sheet.group(Group.RECHARGE).customers[0].why == "no cost centre yet"
    assert sheet.group(Group.HELD).customers[0].why == "asks about the price"


def test_charges_are_there_for_customers_that_are_open(database: Database) -> None:
    [customer] = customers_with_charges(database)
    assert database.read(worksheet, DAY).group(Group.INVOICE).customers[0].charges == ()
    [row] = (
        database.read(worksheet, DAY, {(Group.INVOICE, customer)}).group(Group.INVOICE).customers
    )
    [line] = row.charges
    assert line.description == "Course place: Phonics across Key Stage 1"
    assert (line.vat_code, line.vat_words, line.net) == ("E", "exempt", 31_000)
    assert (line.opens, line.opens_id, line.reference) == ("place", 7, "")


def test_later_charges_wait_for_a_later_day(database: Database) -> None:
    [customer] = customers_with_charges(database)
    later = DAY + timedelta(days=1)
    database.write(ANN, charge_for, customer, tax_point_on=later)
    sheet = database.read(worksheet, DAY)
    assert (sheet.group(Group.INVOICE).net, sheet.later, sheet.last_on) == (31_000, 1, later)
    assert database.read(worksheet, later).group(Group.INVOICE).net == 62_000


def test_missing_order_numbers_are_counted(database: Database) -> None:
    [customer] = customers_with_charges(database)
    database.write(ANN, charge_for, customer, order_number="")
    [row] = database.read(worksheet, DAY).group(Group.INVOICE).customers
    assert (row.lines, row.orders_missing) == (2, 1)


def test_what_was_issued_is_gone_and_numbers_move_on(database: Database) -> None:
    one, other = customers_with_charges(database, ["Anytown College", "Bay School"])
    database.write(ANN, issue_for, press(one))
    sheet = database.read(worksheet, DAY)
    assert shown(sheet)["invoice"] == ["Bay School"]
    assert (sheet.next_invoice, sheet.next_credit, sheet.due_days) == (2, 1, 28)
    assert other


def test_a_draft_credit_note_waits_in_its_own_group(database: Database) -> None:
    [customer] = customers_with_charges(database)
    [paper] = database.write(ANN, issue_for, press(customer)).papers
    ask = CreditInvoice(new_uuid(), paper.invoice_id, "Half the fee: Board", ISSUED_ON)
    draft = database.write(ANN, propose_credit, ask)
    [row] = database.read(worksheet, DAY).group(Group.CREDIT).customers
    assert (row.draft_id, row.why, row.net) == (draft, "credits INV-000001", -31_000)


def test_papers_are_found_by_number_name_and_order(database: Database) -> None:
    customers = customers_with_charges(database, ["Anytown College", "Bay 50% School"])
    database.write(ANN, issue_for, press(*customers))
    found = {
        typed: [row.number for row in database.read(paper_rows, typed)]
        for typed in (
            "",
            "2",
            "inv-000001",
            "INV 2",
            "crn1",
            "anytown",
            "0%",
            "%",
            "po demo-1",
            "x",
        )
    }
    assert found == {
        "": ["INV-000002", "INV-000001"],
        "2": ["INV-000002"],
        "inv-000001": ["INV-000001"],
        "INV 2": ["INV-000002"],
        "crn1": [],
        "anytown": ["INV-000001"],
        "0%": ["INV-000002"],
        "%": ["INV-000002"],
        "po demo-1": ["INV-000002", "INV-000001"],
        "x": [],
    }
    assert [row.number for row in database.read(paper_rows, "", 1, 1)] == ["INV-000001"]


def test_a_place_booked_is_billed_and_opens_its_booking(database: Database) -> None:
    event = an_event(database, a_course(database))
    school = a_school(database, "Demo Academy", Band.COUNTY, Route.INVOICE, VatClass.ELIGIBLE)
    booking = database.write(ANN, book_places, booking_of(event, school, "Delegate One", "Two"))
    last = date(2014, 4, 30)
    opened = {(Group.INVOICE, school)}
    [row] = database.read(worksheet, last, opened).group(Group.INVOICE).customers
    assert [(one.opens, one.opens_id, one.reference) for one in row.charges] == [
        ("course_booking", booking, "B-00001")
    ] * 2
    ask = IssueNow(new_uuid(), (school,), last, ISSUED_ON, row.total)
    [paper] = database.write(ANN, issue_for, ask).papers
    said = database.read(paper_of, paper.invoice_id)
    assert (said.net, said.vat, said.order_number) == (39_000, 0, "PO 55-0192")
    assert [(line.net, line.code) for line in said.lines] == [(19_500, "E")] * 2
    assert "Delegate One" in " ".join(f"{line.text} {line.detail}" for line in said.lines)


def test_a_recharge_note_says_that_nothing_is_to_be_paid(database: Database) -> None:
    [customer] = customers_with_charges(database, route="recharge", vat_code="O")

    paper = database.read(paper_of, database.write(ANN, recharge, customer))
    assert (paper.kind, paper.number, paper.due_on) == (PaperKind.RECHARGE, "RCH-000001", None)
    assert "nothing is to be paid" in paper.note
    assert "Recharge note" in texts(invoice_pdf(paper))[0]
