from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from lle_desk.charges.actions import ChargeReason, hold_charge
from lle_desk.core.db import Database
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.customers.models import Customer
from lle_desk.invoicing.actions import CreditInvoice, issue_for, propose_credit
from lle_desk.invoicing.documents import invoice_pdf
from lle_desk.invoicing.queries import paper_rows, papers_of
from lle_desk.invoicing.rules import Group
from lle_desk.invoicing.ui.paper_panel import joined
from lle_desk.invoicing.ui.sheet_rows import Kind
from lle_desk.invoicing.ui.tab import InvoicesTab
from lle_desk.qt.desk import Desk
from tests.invoicing.billing import (
    ANN,
    BOB,
    ISSUED_ON,
    STANDARD,
    charge_for,
    customers_with_charges,
    press,
)
from tests.qt.walk import assert_named, assert_plain
from tests.screen import put_up

Key, Mod = Qt.Key, Qt.KeyboardModifier
ISSUE = (Key.Key_Return, Mod.ControlModifier | Mod.ShiftModifier)
SAVE = (Key.Key_Return, Mod.ControlModifier)
HOSTILE = "R&D <b> <img src=//host/x.png> Ltd"


@pytest.fixture
def customers(database: Database) -> list[int]:
    """Three customers: the second without an order number, the third with a charge held back."""
    found = customers_with_charges(database, ["Anytown College", "Bay School", HOSTILE])
    database.write(ANN, charge_for, found[0], **STANDARD)
    database.write(ANN, charge_for, found[1], order_number="")
    database.write(ANN, charge_for, found[1], route="recharge")
    held = database.write(ANN, charge_for, found[2], unit_price=Pence(200))
    database.write(ANN, hold_charge, ChargeReason(held, 1, "asks about the price"))
    return found


@pytest.fixture
def tab(desk: Desk, customers: list[int], qtbot: QtBot) -> Iterator[InvoicesTab]:
    tab = InvoicesTab(desk, today=lambda: ISSUED_ON)
    put_up(qtbot, tab, 1280, 640)
    qtbot.waitUntil(lambda: bool(tab.worksheet.sheet))
    qtbot.waitUntil(lambda: not desk.is_busy())
    tab.worksheet.table.setFocus()
    yield tab
    qtbot.waitUntil(lambda: not desk.is_busy())


def names(tab: InvoicesTab) -> list[str]:
    rows = tab.worksheet.table.sheet_model.rows
    return [row.title for row in rows if row.kind is Kind.CUSTOMER]


def charges(tab: InvoicesTab) -> list[str]:
    rows = tab.worksheet.table.sheet_model.rows
    return [row.title for row in rows if row.kind is Kind.CHARGE]


def choose(tab: InvoicesTab, name: str, group: Group = Group.INVOICE) -> None:
    table = tab.worksheet.table
    rows = table.sheet_model.rows
    key = next(
        row.key
        for row in rows
        if row.kind is Kind.CUSTOMER and (row.title, row.group) == (name, group)
    )
    assert table.choose(key)


def press_key(
    qtbot: QtBot,
    widget: QWidget,
    key: Qt.Key,
    mods: Qt.KeyboardModifier = Mod.NoModifier,
) -> None:
    qtbot.keyClick(widget, key, mods)


def test_the_worksheet_shows_groups_totals_and_next_numbers(tab: InvoicesTab) -> None:
    assert names(tab) == ["Anytown College", "Bay School", HOSTILE, "Bay School", HOSTILE]
    assert [row.customer for row in tab.worksheet.chosen] == ["Anytown College", HOSTILE]
    assert tab.issue_button.words == "Issue 2 papers"
    assert (tab.held.accessibleName(), tab.no_order.accessibleName()) == (
        "Held back, 1",
        "No order number, 1",
    )
    assert_plain(tab)
    assert_named(tab)


def test_the_paper_is_shown_as_it_will_print(tab: InvoicesTab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: tab.panel.shown is not None)
    paper = tab.panel.shown
    assert paper is not None
    assert (paper.number, paper.customer_name, paper.total) == (None, "Anytown College", 31_364)
    assert tab.panel.badge.text == "Draft"
    assert tab.panel.view.page_count == 1


def test_space_chooses_a_customer_and_a_group(tab: InvoicesTab, qtbot: QtBot) -> None:
    table = tab.worksheet.table
    choose(tab, "Bay School")
    press_key(qtbot, table, Key.Key_Space)
    assert tab.issue_button.words == "Issue 3 papers"
    table.choose((Group.INVOICE,))
    press_key(qtbot, table, Key.Key_Space)
    assert not tab.issue_button.isEnabled()
    press_key(qtbot, table, Key.Key_Space)
    assert tab.issue_button.words == "Issue 3 papers"


def test_right_opens_a_customer_and_left_closes_it(tab: InvoicesTab, qtbot: QtBot) -> None:
    table = tab.worksheet.table
    choose(tab, "Anytown College")
    press_key(qtbot, table, Key.Key_Right)
    qtbot.waitUntil(lambda: len(charges(tab)) == 2)
    press_key(qtbot, table, Key.Key_Down)
    press_key(qtbot, table, Key.Key_Down)
    assert table.chosen().charge is not None
    with qtbot.waitSignal(tab.record_asked) as asked:
        press_key(qtbot, table, Key.Key_Return)
    assert asked.args == ["place", 7]
    press_key(qtbot, table, Key.Key_Left)
    assert table.chosen().title == "Anytown College"
    press_key(qtbot, table, Key.Key_Left)
    assert charges(tab) == []


def test_issuing_by_keyboard_shows_the_numbers_first(
    tab: InvoicesTab, database: Database, desk: Desk, qtbot: QtBot
) -> None:
    table, strip = tab.worksheet.table, tab.worksheet.confirm
    said: list[str] = []
    desk.said.connect(said.append)
    press_key(qtbot, table, *ISSUE)
    assert strip.isVisible()
    assert strip.question.text() == "Issue 2 invoices, £623.64, as INV-000001 to INV-000002?"
    assert "due Tue 1 Apr 2014" in strip.detail.text()
    assert database.read(paper_rows) == []
    press_key(qtbot, strip.agree, *SAVE)
    press_key(qtbot, strip.agree, *SAVE)
    qtbot.waitUntil(lambda: "Anytown College" not in names(tab))
    assert said == [
        "Issued: INV-000001 to INV-000002, 2 papers, £623.64. Corrections are credit notes."
    ]
    assert [row.number for row in database.read(paper_rows)] == ["INV-000002", "INV-000001"]
    qtbot.waitUntil(lambda: tab.panel.shown is not None and tab.panel.shown.number is not None)
    assert tab.panel.title.text() == "INV-000001  Anytown College"
    assert not strip.isVisible()
    press_key(qtbot, table, *ISSUE)  # a second press: nothing is chosen any more
    assert not strip.isVisible()


def test_escape_leaves_without_issuing(tab: InvoicesTab, database: Database, qtbot: QtBot) -> None:
    strip = tab.worksheet.confirm
    press_key(qtbot, tab.worksheet.table, *ISSUE)
    press_key(qtbot, strip.agree, Key.Key_Escape)
    assert not strip.isVisible()
    assert database.read(paper_rows) == []


def test_what_another_desk_added_meanwhile_is_not_issued_unseen(
    tab: InvoicesTab, database: Database, customers: list[int], qtbot: QtBot
) -> None:
    strip = tab.worksheet.confirm
    press_key(qtbot, tab.worksheet.table, *ISSUE)
    database.write(BOB, charge_for, customers[0])
    press_key(qtbot, strip.agree, *SAVE)
    qtbot.waitUntil(lambda: "now, not £623.64" in strip.refusal.text())
    assert not strip.agree.isEnabled()
    assert database.read(paper_rows) == []


def test_another_desk_s_charge_appears_and_the_row_stays_chosen(
    tab: InvoicesTab, database: Database, customers: list[int], qtbot: QtBot
) -> None:
    choose(tab, "Bay School")
    database.write(BOB, charge_for, customers[1])
    qtbot.waitUntil(lambda: tab.worksheet.table.chosen().customer.lines == 3)
    assert tab.worksheet.table.chosen().title == "Bay School"


def test_a_charge_is_held_back_with_a_reason_and_released(tab: InvoicesTab, qtbot: QtBot) -> None:
    table, strip = tab.worksheet.table, tab.worksheet.hold
    choose(tab, "Anytown College")
    press_key(qtbot, table, Key.Key_Right)
    qtbot.waitUntil(lambda: len(charges(tab)) == 2)
    for _ in range(3):
        press_key(qtbot, table, Key.Key_Down)
    assert table.chosen().title == "Buffet lunch"
    press_key(qtbot, table, Key.Key_H)
    assert strip.isVisible()
    assert strip.reason is not None
    press_key(qtbot, strip.reason.line, *SAVE)
    assert strip.reason.error
    qtbot.keyClicks(strip.reason.line, "who had lunch?")
    press_key(qtbot, strip.reason.line, *SAVE)
    qtbot.waitUntil(lambda: names(tab).count("Anytown College") == 2)
    choose(tab, "Anytown College", Group.HELD)
    press_key(qtbot, table, Key.Key_Right)
    qtbot.waitUntil(lambda: "Buffet lunch" in charges(tab))
    press_key(qtbot, table, Key.Key_Down)
    press_key(qtbot, table, Key.Key_Down)
    press_key(qtbot, table, Key.Key_H)
    qtbot.waitUntil(lambda: names(tab).count("Anytown College") == 1)


def test_the_chips_show_only_what_they_say(tab: InvoicesTab, qtbot: QtBot) -> None:
    tab.no_order.click()
    assert names(tab) == ["Bay School"]
    tab.held.click()
    assert names(tab) == ["Bay School", HOSTILE]


def test_a_recharged_customer_has_no_paper_and_is_told_why(tab: InvoicesTab, qtbot: QtBot) -> None:
    choose(tab, "Bay School", Group.RECHARGE)
    assert tab.panel.shown is None
    assert not tab.print_button.isEnabled()


def test_an_earlier_day_with_nothing_to_bill_says_so(tab: InvoicesTab, qtbot: QtBot) -> None:
    tab.up_to.set_day(date(2013, 1, 1))
    qtbot.waitUntil(lambda: names(tab) == [])
    assert not tab.issue_button.isEnabled()
    assert tab.later.words == "7 later"
    press_key(qtbot, tab.worksheet.table, Key.Key_L)
    qtbot.waitUntil(lambda: len(names(tab)) == 5)
    assert tab.up_to.day == date(2014, 2, 19)
    qtbot.waitUntil(lambda: not tab.later.isVisible())


def test_a_draft_credit_note_is_looked_at_and_issued(
    tab: InvoicesTab, database: Database, customers: list[int], qtbot: QtBot
) -> None:
    [paper] = database.write(ANN, issue_for, press(customers[0])).papers
    database.write(
        ANN, propose_credit, CreditInvoice(new_uuid(), paper.invoice_id, "Half", ISSUED_ON)
    )
    qtbot.waitUntil(lambda: names(tab)[-1] == "Anytown College")
    choose(tab, "Anytown College", Group.CREDIT)
    qtbot.waitUntil(lambda: tab.panel.shown is not None and bool(tab.panel.shown.credit_reason))
    press_key(qtbot, tab.worksheet.table, Key.Key_Space)
    press_key(qtbot, tab.worksheet.table, *ISSUE)
    assert "1 invoice and 1 credit note" in tab.worksheet.confirm.question.text()
    press_key(qtbot, tab.worksheet.confirm.agree, *SAVE)
    qtbot.waitUntil(lambda: len(database.read(paper_rows)) == 3)


def test_papers_are_listed_found_and_opened(
    tab: InvoicesTab, database: Database, customers: list[int], qtbot: QtBot
) -> None:
    issued = database.write(ANN, issue_for, press(*customers)).papers
    tab.open_record("invoice", issued[1].invoice_id)
    qtbot.waitUntil(lambda: tab.papers.chosen is not None)
    qtbot.waitUntil(lambda: tab.panel.shown is not None and tab.panel.shown.number == "INV-000002")
    qtbot.keyClicks(tab.finder, "img src")
    qtbot.waitUntil(lambda: len(tab.papers.table.model().rows) == 1)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: tab.panel.shown is not None and tab.panel.shown.number == "INV-000003")
    tab.finder.setText("nobody")
    qtbot.waitUntil(lambda: tab.papers.chosen is None)
    assert not tab.credit_button.isEnabled()
    tab.open_record("invoice", issued[0].invoice_id)
    qtbot.waitUntil(
        lambda: tab.papers.chosen is not None and tab.papers.chosen.number == "INV-000001"
    )
    assert_plain(tab)
    assert_named(tab)


def test_a_credit_note_is_made_from_its_invoice_by_keyboard(
    tab: InvoicesTab, database: Database, customers: list[int], qtbot: QtBot
) -> None:
    [paper] = database.write(ANN, issue_for, press(customers[0])).papers
    tab.open_record("invoice", paper.invoice_id)
    qtbot.waitUntil(lambda: tab.credit_button.isEnabled())
    press_key(qtbot, tab.papers.table, Key.Key_N, Mod.ControlModifier)
    qtbot.waitUntil(lambda: tab.credit_page is not None)
    page = tab.credit_page
    assert page is not None
    press_key(qtbot, page.reason.editor, *SAVE)
    assert page.reason.error
    qtbot.keyClicks(page.reason.editor, "The course was cancelled.")
    page.all.box.setChecked(False)
    page.amounts[0].line.setText("400")
    press_key(qtbot, page.amounts[0].line, *SAVE)
    assert "at most £310.00" in page.amounts[0].error
    page.amounts[0].line.setText("110")
    page.amounts[0].changed.emit()
    assert page.sum.text() == "Comes to −£110.00, of which VAT £0.00"
    press_key(qtbot, page.amounts[0].line, *SAVE)
    qtbot.waitUntil(lambda: tab.credit_page is None)
    qtbot.waitUntil(lambda: tab.panel.shown is not None and tab.panel.shown.number == "CRN-000001")
    assert [row.total for row in database.read(paper_rows)] == [-11_000, 31_364]
    assert not tab.credit_button.isEnabled()


def test_leaving_a_typed_credit_note_asks_first(
    tab: InvoicesTab, database: Database, customers: list[int], qtbot: QtBot
) -> None:
    [paper] = database.write(ANN, issue_for, press(customers[0])).papers
    tab.open_record("invoice", paper.invoice_id)
    qtbot.waitUntil(lambda: tab.credit_button.isEnabled())
    tab.credit_button.click()
    qtbot.waitUntil(lambda: tab.credit_page is not None)
    page = tab.credit_page
    assert page is not None
    qtbot.keyClicks(page.reason.editor, "x")
    press_key(qtbot, page, Key.Key_Escape)
    assert tab.credit_page is page
    page.reason.set_value("")
    page.left.emit()
    assert tab.credit_page is None


def test_a_renamed_customer_is_seen_at_once(
    tab: InvoicesTab, database: Database, customers: list[int], qtbot: QtBot
) -> None:
    def rename(session: Session) -> None:
        session.get_one(Customer, customers[0]).name = "Anytown Renamed"

    database.write(BOB, rename)
    qtbot.waitUntil(lambda: "Anytown Renamed" in names(tab))


def test_enter_on_a_paper_asks_for_its_customer_and_several_are_marked(
    tab: InvoicesTab, database: Database, customers: list[int], qtbot: QtBot
) -> None:
    issued = database.write(ANN, issue_for, press(*customers)).papers
    tab.open_record("invoice", issued[2].invoice_id)
    qtbot.waitUntil(lambda: tab.papers.chosen is not None)
    table = tab.papers.table
    press_key(qtbot, table, Key.Key_Down, Mod.ShiftModifier)
    assert tab.papers.marked == (issued[1].invoice_id, issued[2].invoice_id)
    with qtbot.waitSignal(tab.record_asked) as asked:
        press_key(qtbot, table, Key.Key_Return)
    assert asked.args == ["customer", customers[1]]


@pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
def test_several_papers_are_printed_as_one(database: Database, customers: list[int]) -> None:
    issued = database.write(ANN, issue_for, press(*customers)).papers
    papers = database.read(papers_of, [paper.invoice_id for paper in issued])
    assert [paper.number for paper in papers] == ["INV-000001", "INV-000002", "INV-000003"]
    whole = joined([invoice_pdf(paper) for paper in papers])
    assert len(PdfReader(BytesIO(whole)).pages) == 3
