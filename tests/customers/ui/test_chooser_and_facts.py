from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.agreements.ui import place as _agreements  # noqa: F401  (fill their places)
from lle_desk.core.db import By, Database
from lle_desk.core.records import new_uuid
from lle_desk.courses.ui import customer_places as _courses  # noqa: F401
from lle_desk.customers.actions import AddPersonRequest, add_person
from lle_desk.customers.queries import CustomerHit
from lle_desk.customers.rules import PersonWords
from lle_desk.customers.ui.chooser import CustomerChooser
from lle_desk.customers.ui.facts import CustomerFacts
from lle_desk.invoicing.ui import customer_place as _money  # noqa: F401
from lle_desk.qt.desk import Desk
from tests.customers.register import HIGHFIELD, customer_id, take_in
from tests.qt.walk import assert_plain, shown_texts
from tests.screen import put_up

TODAY = date(2026, 9, 1)


@pytest.fixture
def highfield(database: Database, by: By) -> int:
    """The number of a school of the sample."""
    take_in(database, by)
    return customer_id(database, HIGHFIELD)


def test_a_customer_is_chosen_by_typing_and_enter(desk: Desk, highfield: int, qtbot: QtBot) -> None:
    chooser = CustomerChooser(desk)
    put_up(qtbot, chooser)
    chooser.line.setFocus()
    qtbot.waitUntil(chooser.line.hasFocus)
    qtbot.keyClicks(chooser.line, "chorley highf")
    qtbot.waitUntil(chooser._popup.isVisible)
    with qtbot.waitSignal(chooser.customer_chosen) as chosen:
        qtbot.keyClick(chooser.line, Qt.Key.Key_Return)
    assert chosen.args == [highfield]
    assert chooser.customer_id == highfield
    assert isinstance(chooser.value(), CustomerHit)


def test_a_known_customer_is_shown_in_the_field(desk: Desk, highfield: int, qtbot: QtBot) -> None:
    chooser = CustomerChooser(desk)
    qtbot.addWidget(chooser)
    with qtbot.waitSignal(chooser.customer_chosen):
        chooser.set_customer(highfield)
    assert chooser.line.text() == "Highfield Community Primary School"
    assert not chooser.is_typed()


def test_the_facts_say_what_they_pay_and_why_and_take_others_sections(
    desk: Desk, highfield: int, qtbot: QtBot
) -> None:
    facts = CustomerFacts(desk)
    qtbot.addWidget(facts)
    facts.show()
    with qtbot.waitSignal(facts.shown):
        facts.show_customer(highfield, TODAY)
    texts = shown_texts(facts)
    assert "Highfield Community Primary School" in texts
    assert "Recharge, no cost centre yet" in texts
    told = {
        "Nothing is charged or invoiced yet.",
        "None covers this day.",
        "Nothing booked yet.",
    }
    qtbot.waitUntil(lambda: told <= set(shown_texts(facts)))
    assert_plain(facts)


def test_the_facts_follow_what_other_desks_change(
    desk: Desk, database: Database, by: By, highfield: int, qtbot: QtBot
) -> None:
    facts = CustomerFacts(desk)
    qtbot.addWidget(facts)
    with qtbot.waitSignal(facts.shown):
        facts.show_customer(highfield, TODAY)
    ask = AddPersonRequest(new_uuid(), highfield, PersonWords("Contact", "One"))
    with qtbot.waitSignal(facts.shown):
        database.write(by, add_person, ask)
        desk.look_for_changes()
    assert "Contact One" in shown_texts(facts)
