"""Agreements in the real window: the Services tab, Ctrl+K, and the worksheet."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from lle_desk.agreements.queries import agreement_card
from lle_desk.agreements.ui.view import AgreementsView
from lle_desk.app import find_anything, make_window
from lle_desk.consultancy.ui.tab import ServicesTab
from lle_desk.core.db import By, Database
from lle_desk.core.money import Pence
from lle_desk.courses.actions import book_places
from lle_desk.invoicing.queries import worksheet
from lle_desk.invoicing.rules import Group
from lle_desk.window import Window
from tests.agreements.test_agreements import an_agreement
from tests.agreements.test_view import made
from tests.courses.people import ANN, a_course, a_school, an_event, booking_of
from tests.qt.walk import shown_texts


@pytest.fixture
def window(database: Database, by: By, qtbot: QtBot) -> Iterator[Window]:
    window = make_window(database, by)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.desk.close()


def test_an_agreement_found_by_its_number_opens_in_the_services_tab(
    database: Database, window: Window, qtbot: QtBot
) -> None:
    agreement = made(database)
    (found,) = database.read(find_anything, "A-00001")
    assert (found.kind, found.record_id) == ("agreement", agreement)
    window.open_record(found.kind, found.record_id)

    def shown() -> list[str]:
        return shown_texts(window)

    qtbot.waitUntil(lambda: "10 of 10 places left" in shown())
    tab = next(one for one in window.findChildren(ServicesTab))
    assert isinstance(tab.view, AgreementsView)


def test_its_charge_stands_on_the_worksheet_under_its_number(database: Database) -> None:
    agreement = made(database)
    card = database.read(agreement_card, agreement)
    assert card is not None
    opened = {(group, card.row.customer_id) for group in Group}
    text = repr(database.read(worksheet, date(2014, 3, 31), opened))
    assert "A-00001" in text


def test_a_covered_place_asks_for_no_paper_and_names_who_used_it(database: Database) -> None:
    school = a_school(database)
    agreement = an_agreement(database, school, price=Pence(0))
    event = an_event(database, a_course(database))
    database.write(ANN, book_places, booking_of(event, school, "Delegate One"))
    sheet = database.read(worksheet, date(2014, 3, 31))
    assert [row.customer for group in sheet.groups for row in group.customers] == []
    assert database.read(worksheet, date(2014, 1, 1)).later == 0
    card = database.read(agreement_card, agreement)
    assert card is not None
    (draw,) = card.draws
    assert draw.charged_as.startswith("Delegate One · ")
