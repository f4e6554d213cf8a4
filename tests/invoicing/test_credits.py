from dataclasses import replace

import pytest

from lle_desk.charges.actions import ChargeReason, hold_charge
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.invoicing.actions import (
    CreditInvoice,
    CreditLine,
    Issue,
    credit,
    issue,
    issue_for,
    propose_credit,
)
from lle_desk.invoicing.documents import invoice_pdf
from lle_desk.invoicing.queries import (
    Creditable,
    creditable,
    customer_balance,
    next_number,
    paper_of,
    paper_rows,
)
from tests.invoicing.billing import (
    ANN,
    ISSUED_ON,
    STANDARD,
    charge_for,
    customers_with_charges,
    press,
    recharge,
)
from tests.paper.pages import texts


def issued_invoice(database: Database) -> tuple[int, Creditable]:
    """An invoice of a place and a lunch (£310.00 E, £3.03 S) and what may be credited of it."""
    [customer] = customers_with_charges(database)
    database.write(ANN, charge_for, customer, **STANDARD)
    [paper] = database.write(ANN, issue_for, press(customer)).papers
    return paper.invoice_id, database.read(creditable, paper.invoice_id)


def test_a_credit_note_mirrors_its_invoice(database: Database) -> None:
    invoice_id, _billed = issued_invoice(database)
    ask = CreditInvoice(new_uuid(), invoice_id, "The course was cancelled.", ISSUED_ON)
    issued = database.write(ANN, credit, ask)
    assert database.write(ANN, credit, ask) == issued
    assert issued.words() == "CRN-000001, Demo Academy, −£313.64"
    paper = database.read(paper_of, issued.papers[0].invoice_id)
    assert (paper.credits_number, paper.credits_on) == ("INV-000001", ISSUED_ON)
    assert paper.credit_reason == "The course was cancelled."
    assert [(line.quantity, line.unit, line.vat) for line in paper.lines] == [
        ("1", -31_000, 0),
        ("3", -101, -61),
    ]
    assert paper.due_on is None
    assert invoice_pdf(paper).startswith(b"%PDF")
    with pytest.raises(OfficerError, match="credited in full already"):
        database.write(ANN, credit, replace(ask, client_uuid=new_uuid()))


def test_a_credit_never_exceeds_what_is_left_of_a_line(database: Database) -> None:
    invoice_id, billed = issued_invoice(database)
    place, lunch = billed.lines

    def part(line_id: int, net: int) -> CreditInvoice:
        lines = (CreditLine(line_id, Pence(net)),)
        return CreditInvoice(new_uuid(), invoice_id, "Half the fee", ISSUED_ON, lines)

    database.write(ANN, credit, part(place.line_id, 20_000))
    for net in (11_001, 31_000, 0, -1):
        with pytest.raises(OfficerError, match=r"at most £110\.00"):
            database.write(ANN, credit, part(place.line_id, net))
    database.write(ANN, credit, part(place.line_id, 11_000))
    with pytest.raises(OfficerError, match="credited in full already"):
        database.write(ANN, credit, part(place.line_id, 1))
    with pytest.raises(OfficerError, match="no such line"):
        database.write(ANN, credit, part(999, 1))
    left = database.read(creditable, invoice_id)
    assert left.left == lunch.net + lunch.vat
    assert [row.number for row in database.read(paper_rows)] == [
        "CRN-000002",
        "CRN-000001",
        "INV-000001",
    ]


def test_a_line_credited_in_parts_comes_to_nought_with_its_vat(database: Database) -> None:
    [customer] = customers_with_charges(
        database, **(STANDARD | {"quantity": 1, "unit_price": Pence(96)})
    )
    [paper] = database.write(ANN, issue_for, press(customer)).papers
    [line] = database.read(creditable, paper.invoice_id).lines
    half = (CreditLine(line.line_id, Pence(48)),)  # 20 % of 96p is 19p, of 48p twice 10p
    ask = CreditInvoice(new_uuid(), paper.invoice_id, "Half", ISSUED_ON, half)
    database.write(ANN, credit, ask)
    database.write(ANN, credit, replace(ask, client_uuid=new_uuid(), lines=()))
    assert database.read(creditable, paper.invoice_id).left == 0
    assert database.read(customer_balance, customer).credited == -(96 + 19)


def test_two_draft_credits_cannot_both_be_issued(database: Database) -> None:
    invoice_id, _billed = issued_invoice(database)
    drafts = [
        database.write(
            ANN, propose_credit, CreditInvoice(new_uuid(), invoice_id, "Cancelled", ISSUED_ON)
        )
        for _ in range(2)
    ]
    database.write(ANN, issue, Issue(((drafts[0], 1),), ISSUED_ON))
    with pytest.raises(OfficerError, match="at most what is left"):
        database.write(ANN, issue, Issue(((drafts[1], 1),), ISSUED_ON))
    assert database.read(next_number, "CRN") == "CRN-000002"


def test_a_credit_note_says_why_and_names_an_issued_invoice(database: Database) -> None:
    invoice_id, _billed = issued_invoice(database)
    ask = CreditInvoice(new_uuid(), invoice_id, "  ", ISSUED_ON)
    with pytest.raises(OfficerError, match="Say why") as refused:
        database.write(ANN, credit, ask)
    assert refused.value.field == "reason"
    with pytest.raises(OfficerError, match="at most 400 letters"):
        database.write(ANN, credit, replace(ask, reason="x" * 5_000))
    issued = database.write(ANN, credit, replace(ask, reason="R&D <b>\x00"))
    assert database.read(paper_of, issued.papers[0].invoice_id).credit_reason == "R&D <b>"
    given = issued.papers[0].invoice_id
    with pytest.raises(OfficerError, match="is not given back itself"):
        database.write(ANN, credit, CreditInvoice(new_uuid(), given, "Again", ISSUED_ON))


def test_a_recharge_is_reversed_by_a_recharge_that_names_it(database: Database) -> None:
    [customer] = customers_with_charges(database, route="recharge", vat_code="O")
    billed = database.read(creditable, database.write(ANN, recharge, customer))
    [line] = billed.lines
    part = CreditInvoice(
        new_uuid(), billed.invoice_id, "Half", ISSUED_ON, (CreditLine(line.line_id, Pence(15_000)),)
    )
    assert database.write(ANN, credit, part).words() == "RCH-000002, Demo Academy, −£150.00"
    rest = CreditInvoice(new_uuid(), billed.invoice_id, "The visit was called off.", ISSUED_ON)
    assert database.write(ANN, credit, rest).words() == "RCH-000003, Demo Academy, −£160.00"
    with pytest.raises(OfficerError, match="RCH-000001 was credited in full already"):
        database.write(ANN, credit, replace(rest, client_uuid=new_uuid()))
    last, first, of_both = database.read(paper_rows)
    assert (last.credits_number, last.left, first.credits_number) == ("RCH-000001", 0, "RCH-000001")
    assert (of_both.credited, of_both.left) == (31_000, 0)
    with pytest.raises(OfficerError, match="is not given back itself"):
        database.read(creditable, last.id)
    paper = database.read(paper_of, last.id)
    said = " ".join(texts(invoice_pdf(paper))[0].split())
    assert "Reversing recharge" in said
    assert "Reverses recharge RCH-000001" in said
    assert "Why it is reversed: The visit was called off." in said
    assert paper.due_on is None
    assert paper.bank is None


def test_a_balance_tells_unbilled_from_invoiced(database: Database) -> None:
    invoice_id, _billed = issued_invoice(database)
    customer = database.read(paper_rows)[0].customer_id
    database.write(ANN, charge_for, customer)
    database.write(ANN, charge_for, customer, route="recharge", unit_price=Pence(100))
    held = database.write(ANN, charge_for, customer, unit_price=Pence(200))
    database.write(ANN, hold_charge, ChargeReason(held, 1, "complaint"))
    balance = database.read(customer_balance, customer)
    assert (balance.unbilled, balance.held_back, balance.to_recharge) == (31_000, 200, 100)
    assert (balance.invoiced, balance.credited) == (31_364, 0)
    assert invoice_id
