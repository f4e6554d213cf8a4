"""A visit planned on several days at once: looked at first, all or none, and taken back."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.agreements.rules import Allowance
from lle_desk.consultancy.actions import PlanVisits, plan_visits
from lle_desk.consultancy.rules import repeated_days
from lle_desk.consultancy.ui.visit_form import VisitFormPage
from lle_desk.consultancy.ui.visits_view import VisitsView
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.core.records import new_uuid
from lle_desk.qt.desk import Desk
from lle_desk.trainers.actions import TakeLeave, take_leave
from tests.agreements.test_agreements import an_agreement, shown
from tests.consultancy.office import DAY, Office, a_visit, an_office
from tests.courses.people import ANN
from tests.quiet import until_quiet

CTRL = Qt.KeyboardModifier.ControlModifier
AWAY = "Thu 10 Apr 2014: Anna Example is away"
FORTNIGHTS = [date(2014, 3, 27), date(2014, 4, 10), date(2014, 4, 24)]


@pytest.fixture
def office(database: Database) -> Office:
    return an_office(database)


@pytest.fixture
def view(desk: Desk, office: Office, qtbot: QtBot) -> Iterator[VisitsView]:
    view = VisitsView(desk, lambda: DAY)
    qtbot.addWidget(view)
    view.resize(1400, 800)
    with qtbot.waitExposed(view), qtbot.waitSignal(view.list_shown):
        view.show()
    view.activateWindow()
    yield view
    qtbot.waitUntil(lambda: not desk.is_busy())


def three_half_days_of(database: Database, office: Office) -> int:
    """Return an agreement of three half days."""
    return an_agreement(
        database,
        office.school,
        allowance=Allowance.DAYS,
        units=3,
        starts_on=date(2013, 9, 1),
        ends_on=date(2014, 8, 31),
    )


def test_days_are_so_many_weeks_apart_and_no_bank_holidays() -> None:
    assert repeated_days(DAY, 2, 4) == FORTNIGHTS
    easter = date(2014, 4, 7)
    assert repeated_days(easter, 2, 3) == [date(2014, 5, 19), date(2014, 6, 2)]


def begin(view: VisitsView, desk: Desk, qtbot: QtBot, office: Office) -> VisitFormPage:
    """Begin a visit of Anna to the school of the chosen line by keys, up to its days."""
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: isinstance(view.inspector.page, VisitFormPage))
    page = view.inspector.page
    assert isinstance(page, VisitFormPage)
    fields = page.fields
    qtbot.waitUntil(lambda: fields.customer.customer_id == office.school)
    assert fields.topic.line.hasFocus()
    qtbot.keyClicks(fields.topic.line, "Maths review")
    qtbot.keyClicks(fields.trainer.line, "Anna")
    until_quiet(desk, view)
    qtbot.keyClick(fields.trainer.line, Qt.Key.Key_Return)
    fields.service.show_value(office.service)
    return page


def test_half_days_are_planned_by_keys_with_what_the_agreement_pays_shown_first(
    view: VisitsView, desk: Desk, qtbot: QtBot, office: Office, database: Database
) -> None:
    agreement = three_half_days_of(database, office)
    away = TakeLeave(new_uuid(), office.anna, FORTNIGHTS[1], FORTNIGHTS[1])
    database.write(ANN, take_leave, away)
    first = a_visit(database, office.asked("13:00", "16:00"))
    qtbot.waitUntil(lambda: view.table.chosen() is not None)
    page = begin(view, desk, qtbot, office)
    repeat = page.fields.repeat
    for _ in range(2):
        qtbot.keyClick(repeat.every.box, Qt.Key.Key_Down)
    repeat.count.line.selectAll()
    qtbot.keyClicks(repeat.count.line, "4")
    assert repeat.days.value() == tuple(FORTNIGHTS)
    qtbot.waitUntil(lambda: AWAY in repeat.against.text())
    assert repeat.said.text().startswith("4 visits: £480.00 before VAT. A-00001 pays 1 day; 0 of")
    qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: repeat.days.error.startswith(AWAY))
    assert len(view.model.rows) == 1
    repeat.leave_out.click()
    qtbot.waitUntil(lambda: repeat.said.text().startswith("3 visits, all free: £240.00"))
    qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    until_rows(view, qtbot, 4)
    money = [row.money for row in view.model.rows if row.id != first]
    assert money == ["by agreement", "by agreement", "not billed"]
    desk.undos.undo()
    until_rows(view, qtbot, 1)
    assert shown(database, agreement).row.used == 1
    desk.undos.redo()
    until_rows(view, qtbot, 4)


def until_rows(view: VisitsView, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(lambda: len(view.model.rows) == count)


def test_a_day_that_is_there_twice_or_too_many_days_are_refused(
    database: Database, office: Office
) -> None:
    for others, said in (
        ((FORTNIGHTS[0], FORTNIGHTS[0]), "A day is there twice"),
        (tuple(DAY + timedelta(days=n) for n in range(1, 61)), "At most 60 visits"),
    ):
        with pytest.raises(OfficerError, match=said):
            database.write(ANN, plan_visits, PlanVisits(new_uuid(), office.asked(), others))
