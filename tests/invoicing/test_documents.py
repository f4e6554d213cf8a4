from dataclasses import replace
from datetime import date

import pytest

from lle_desk.core.money import Pence
from lle_desk.invoicing.documents import invoice_pdf
from lle_desk.invoicing.papers import (
    Bank,
    CodeReason,
    InvoicePaper,
    PaperKind,
    PaperLine,
    VatRow,
)
from tests.paper.hostile import HOSTILE
from tests.paper.pages import faults_of_layout, fonts, roles, texts

PLACE = PaperLine(
    tax_point=date(2014, 2, 13),
    text="Course place: Phonics across Key Stage 1",
    detail="Delegate Three · county price, from 1 Sep 2013",
    quantity="1",
    unit=Pence(31000),
    net=Pence(31000),
    code="E",
    vat=Pence(0),
)
LUNCH = PaperLine(
    tax_point=date(2014, 2, 19),
    text="Buffet lunch, 36 people for 2 days",
    detail="Final numbers agreed Sat 8 Feb 2014",
    quantity="72",
    unit=Pence(895),
    net=Pence(64440),
    code="S",
    vat=Pence(12888),
)
DEPOSIT = PaperLine(
    tax_point=date(2014, 1, 13),
    text="Less deposit, invoiced on INV-003988",
    detail="20 % of catering, with the VAT charged on it then",
    quantity="1",
    unit=Pence(-16272),
    net=Pence(-16272),
    code="S",
    vat=Pence(-3254),
    strong=True,
)
INVOICE = InvoicePaper(
    kind=PaperKind.INVOICE,
    number="INV-004127",
    issued_on=date(2014, 3, 4),
    due_on=date(2014, 4, 1),
    terms="28 days",
    address=("Finance Office", "Demo Academy", "2 Example Road", "Exampleton", "ZZ99 9ZZ"),
    order_number="PO DEMO-7719",
    customer="C-00522",
    customer_name="Demo Academy",
    urn="999902",
    lines=(PLACE, LUNCH, DEPOSIT),
    vat_rows=(
        VatRow("E", "exempt", Pence(31000), Pence(0)),
        VatRow("S", "standard rate 20 %", Pence(48168), Pence(9634)),
    ),
    reasons=(
        CodeReason("E", "Education is exempt for academies and outside customers."),
        CodeReason("S", "Catering carries VAT at the standard rate, 20 %."),
    ),
    net=Pence(79168),
    vat=Pence(9634),
    total=Pence(88802),
    seller="Lancashire County Council",
    vat_registration="GB 000 0000 00",
    bank=Bank("Lancashire County Council", "00-00-00", "00000000", "income@lle.example"),
)
CREDIT_NOTE = replace(
    INVOICE,
    kind=PaperKind.CREDIT_NOTE,
    number="CRN-000017",
    due_on=None,
    credits_number="INV-004127",
    credits_on=date(2014, 3, 4),
    credit_reason="The delegate was taken ill on the way.",
    lines=(replace(PLACE, unit=Pence(-31000), net=Pence(-31000)),),
    vat_rows=(VatRow("E", "exempt", Pence(-31000), Pence(0)),),
    net=Pence(-31000),
    vat=Pence(0),
    total=Pence(-31000),
)


def test_it_says_what_the_law_and_the_payer_need() -> None:
    [page] = texts(invoice_pdf(INVOICE))
    for words in (
        "VAT invoice",
        "INV-004127",
        "Tue 4 Mar 2014",
        "Lancashire County Council · VAT registration GB 000 0000 00",
        "Demo Academy",
        "PO DEMO-7719",
        "Tue 1 Apr 2014 (28 days)",
        "Buffet lunch, 36 people for 2 days",
        "72 8.95 644.40 S 128.88",
        "−162.72 S −32.54",
        "S standard rate 20 % 481.68 96.34",
        "To pay £888.02",
        "Why the codes differ",
        "Payment reference",
        "00-00-00 · 00000000",
    ):
        assert words in page, words


def test_a_draft_says_so_and_cannot_be_paid_from() -> None:
    [page] = texts(invoice_pdf(replace(INVOICE, number=None)))
    assert "DRAFT: no number until issued" in page
    assert "Remittance slip" not in page
    assert "Date of issue" not in page


def test_a_credit_note_names_its_invoice_and_asks_for_nothing() -> None:
    [page] = texts(invoice_pdf(CREDIT_NOTE))
    assert "VAT credit note" in page
    assert "Credits invoice INV-004127" in page
    assert "The delegate was taken ill on the way." in page
    assert "−£310.00" in page
    assert "Remittance slip" not in page
    assert "To pay" not in page


@pytest.mark.parametrize("count", [*range(1, 16), 40, 60, 61, 62, 63, 200])
def test_an_invoice_of_any_length_keeps_its_order(count: int) -> None:
    lines = tuple(replace(LUNCH, text=f"Lunch no. {number};") for number in range(count))
    paper = invoice_pdf(replace(INVOICE, lines=lines))
    assert faults_of_layout(paper, INVOICE.address) == []
    pages = texts(paper)
    for number in range(count):
        [page] = [page for page in pages if f"Lunch no. {number};" in page]
        assert "What was supplied" in page
    [with_totals] = [page for page in pages if "To pay" in page]
    assert f"Lunch no. {count - 1};" in with_totals
    assert "Remittance slip" in pages[-1]
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_the_same_invoice_gives_the_same_bytes() -> None:
    assert invoice_pdf(INVOICE) == invoice_pdf(replace(INVOICE))


def test_its_fonts_are_embedded_and_its_headings_are_said() -> None:
    paper = invoice_pdf(INVOICE)
    assert all(fonts(paper).values())
    said = roles(paper)
    assert said.index(("/H1", "VAT invoice")) < said.index(("/TH", "What was supplied"))
    assert ("/H2", "Remittance slip") in said


def test_the_largest_amounts_stay_in_their_columns() -> None:
    huge = Pence(-999_999_999_99)
    line = replace(LUNCH, quantity="1,000,000.25", unit=huge, net=huge, vat=huge)
    rows = (VatRow("S", "standard rate 20 %", huge, huge),)
    paper = invoice_pdf(
        replace(INVOICE, lines=(line,), vat_rows=rows, net=huge, vat=huge, total=huge)
    )
    assert faults_of_layout(paper, INVOICE.address) == []
    assert texts(paper)[0].count("−999,999,999.99") == 9


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_print_as_they_were_typed(typed: str) -> None:
    paper = invoice_pdf(
        replace(
            INVOICE,
            address=(typed, typed, typed),
            order_number=typed,
            customer_name=typed,
            lines=(replace(PLACE, text=typed, detail=typed), LUNCH),
            vat_rows=(VatRow("E", typed, Pence(0), Pence(0)),),
            reasons=(CodeReason("E", typed),),
            bank=Bank(typed, typed, typed, typed),
            foot=typed,
            note=typed,
        )
    )
    assert faults_of_layout(paper) == []
    assert all(fonts(paper).values())
    assert b"/URI" not in paper
    assert b"/XObject" not in paper
