"""The list of agreements, driven by keyboard as an officer would."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.agreements.actions import MakeAgreement, make_agreement
from lle_desk.agreements.queries import AgreementFilter, agreement_list
from lle_desk.agreements.rules import Allowance, units_typed
from lle_desk.agreements.ui.forms import AgreementForm, EndForm
from lle_desk.agreements.ui.view import AgreementsView
from lle_desk.core.db import Database
from lle_desk.core.money import Pence
from lle_desk.core.records import new_uuid
from lle_desk.qt.desk import Desk
from tests.courses.people import ANN, a_school, service_id
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.screen import put_up

CTRL = Qt.KeyboardModifier.ControlModifier


def today() -> date:
    return date(2014, 3, 4)


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> Iterator[AgreementsView]:
    view = AgreementsView(desk, today)
    put_up(qtbot, view, 1400, 800)
    qtbot.waitUntil(lambda: not desk.is_busy())
    yield view
    qtbot.waitUntil(lambda: not desk.is_busy())


def made(database: Database, name: str = "Demo Primary School") -> int:
    ask = MakeAgreement(
        new_uuid(),
        a_school(database, name),
        database.read(service_id),
        "LPDS subscription 2013-14",
        date(2013, 4, 1),
        date(2014, 3, 31),
        Pence(120000),
        Allowance.PLACES,
        10,
    )
    return database.write(ANN, make_agreement, ask)


def test_an_agreement_is_made_by_keyboard(
    database: Database, view: AgreementsView, qtbot: QtBot
) -> None:
    a_school(database)
    qtbot.keyClick(view.table, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: isinstance(view._form, AgreementForm))
    form = view._form
    assert isinstance(form, AgreementForm)
    qtbot.keyClicks(form.customer.line, "demo prim")
    qtbot.waitUntil(lambda: form.customer.is_open)
    qtbot.keyClick(form.customer.line, Qt.Key.Key_Return)
    assert form.service.value() is None
    qtbot.keyClicks(form.service.box, "LPDS")
    qtbot.keyClicks(form.title.line, "LPDS days")
    form.allowance.show_value(str(Allowance.DAYS))
    qtbot.keyClicks(form.amount.line, "3½")
    qtbot.keyClicks(form.price.line, "1,450")
    assert form.ends_on.value() == date(2014, 3, 31)
    qtbot.keyClick(form.title.line, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(view.model.rows) == 1)
    (row,) = database.read(agreement_list, AgreementFilter())
    assert (row.customer, row.units, row.price) == ("Demo Primary School", 7, 145000)
    qtbot.waitUntil(lambda: "3½ of 3½ days left" in shown_texts(view))
    qtbot.waitUntil(lambda: view.table.chosen() == row)
    assert view._desk.undos.to_undo == ["Made the agreement A-00001"]
    view._desk.undos.undo()
    qtbot.waitUntil(lambda: not view.model.rows)
    qtbot.waitUntil(lambda: "Taken back" in shown_texts(view) and "£0.00" in shown_texts(view))
    view._desk.undos.redo()
    qtbot.waitUntil(lambda: len(view.model.rows) == 1)
    qtbot.waitUntil(lambda: "3½ of 3½ days left" in shown_texts(view))
    assert_plain(view)
    assert_named(view)


def test_what_is_typed_wrong_is_said_beside_the_field_and_kept(
    database: Database, view: AgreementsView, qtbot: QtBot
) -> None:
    made(database)
    qtbot.waitUntil(lambda: len(view.model.rows) == 1)
    view.table.choose_first()
    qtbot.waitUntil(lambda: view._card is not None)
    view.edit()
    form = view._form
    assert isinstance(form, AgreementForm)
    form.amount.line.selectAll()
    qtbot.keyClicks(form.amount.line, "many")
    qtbot.keyClick(form.amount.line, Qt.Key.Key_Return, CTRL)
    assert form.amount.error == "Type how many, such as 10."
    assert form.amount.value() == "many"


def test_an_agreement_is_ended_early_with_a_reason(
    database: Database, view: AgreementsView, qtbot: QtBot
) -> None:
    agreement = made(database)
    qtbot.waitUntil(lambda: len(view.model.rows) == 1)
    view.open_agreement(agreement)
    qtbot.waitUntil(lambda: view._card is not None)
    view.end()
    form = view._form
    assert isinstance(form, EndForm)
    qtbot.keyClicks(form.reason.line, "The school closes")
    qtbot.keyClick(form.reason.line, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not view.model.rows)
    qtbot.waitUntil(lambda: "Ended early" in shown_texts(view))


def test_the_list_is_narrowed_while_typing(
    database: Database, view: AgreementsView, qtbot: QtBot
) -> None:
    made(database)
    made(database, "Example Academy")
    qtbot.waitUntil(lambda: len(view.model.rows) == 2)
    qtbot.keyClicks(view.find_line, "exam")
    qtbot.waitUntil(lambda: [row.customer for row in view.model.rows] == ["Example Academy"])


@pytest.mark.parametrize(
    ("allowance", "typed", "units"),
    [
        (Allowance.PLACES, "10", 10),
        (Allowance.PLACES, "3½", None),
        (Allowance.DAYS, "3½", 7),
        (Allowance.DAYS, ".5", 1),
        (Allowance.DAYS, "3.5", 7),
        (Allowance.DAYS, "3.25", None),
        (Allowance.PLACES, "-1", None),
        (Allowance.PLACES, "٣", None),
        (Allowance.PLACES, "", None),
    ],
)
def test_an_amount_is_read_as_officers_type_it(
    allowance: Allowance, typed: str, units: int | None
) -> None:
    assert units_typed(allowance, typed) == units
