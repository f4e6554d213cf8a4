"""The adviser's diary as officers use it: by keyboard, and from the plan to the worksheet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lle_desk.consultancy.actions import MoveVisit, move_visit
from lle_desk.consultancy.queries import diary, visit_card
from lle_desk.consultancy.rules import VisitState
from lle_desk.consultancy.ui.diary import DiaryView
from lle_desk.consultancy.ui.diary_words import blocks_of, span_of_diary
from lle_desk.consultancy.ui.ending_pages import CancelVisitPage, NotePage
from lle_desk.consultancy.ui.people_pages import LeavePage, PricesPage, TimePage, TrainerPage
from lle_desk.consultancy.ui.tab import ServicesTab
from lle_desk.consultancy.ui.visit_form import VisitFormPage
from lle_desk.core.db import Database
from lle_desk.core.errors import OfficerError
from lle_desk.customers.queries import customer_hit
from lle_desk.customers.rules import Route
from lle_desk.invoicing.queries import paper_rows, worksheet
from lle_desk.invoicing.rules import Group
from lle_desk.qt.desk import Desk
from lle_desk.qt.time_grid import Slot
from lle_desk.reports.queries.consultancy import visits_of
from lle_desk.trainers.queries import trainers
from tests.consultancy.office import DAY, Office, a_visit, an_office, at
from tests.courses.people import ANN, a_course, a_school, an_event, meeting
from tests.invoicing.billing import bill
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.quiet import until_quiet

SAID_BEFORE = {
    Route.INVOICE: "saving credits £240.00 before VAT at once",
    Route.RECHARGE: "issues a reversing recharge of £240.00 before VAT at once",
}
NUMBERED = {Route.INVOICE: "CRN-000001", Route.RECHARGE: "RCH-000002"}


@pytest.fixture
def office(database: Database) -> Office:
    return an_office(database)


@pytest.fixture
def view(desk: Desk, office: Office, qtbot: QtBot) -> Iterator[DiaryView]:
    view = DiaryView(desk, lambda: DAY)
    qtbot.addWidget(view)
    view.resize(1500, 800)
    with qtbot.waitExposed(view), qtbot.waitSignal(view.diary_shown):
        view.show()
    view.activateWindow()
    view.grid.setFocus()
    yield view
    qtbot.waitUntil(lambda: not desk.is_busy())


def shown(view: DiaryView, kind: type[QWidget]) -> bool:
    return isinstance(view.inspector.page, kind)


def fill(view: DiaryView, desk: Desk, qtbot: QtBot, office: Office) -> VisitFormPage:
    """Plan a visit in Anna's free morning, as the slot says, up to the save."""
    view.grid.select_slot(Slot(office.anna, at(DAY, "09:00"), at(DAY, "12:00")))
    qtbot.keyClick(view.grid, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown(view, VisitFormPage))
    page = view.inspector.page
    assert isinstance(page, VisitFormPage)
    fields = page.fields
    desk.load(view, fields.customer.show_value, customer_hit, office.school)
    until_quiet(desk, view)
    fields.customer.changed.emit()
    fields.topic.line.setFocus()
    qtbot.keyClicks(fields.topic.line, "Maths review")
    until_quiet(desk, view)
    return page


def press_and_send(
    view: DiaryView, desk: Desk, qtbot: QtBot, key: Qt.Key, *, with_shift: bool = False
) -> None:
    """Move what is selected by a press with Ctrl, and send it."""
    keys = Qt.KeyboardModifier.ControlModifier
    if with_shift:
        keys |= Qt.KeyboardModifier.ShiftModifier
    view.grid.setFocus()
    qtbot.keyClick(view.grid, key, keys)
    qtbot.keyClick(view.grid, Qt.Key.Key_Return)
    until_quiet(desk, view)


def write_note_of(view: DiaryView, desk: Desk, qtbot: QtBot) -> None:
    """Write the note of the visit that is shown."""
    view.side.note()
    page = view.inspector.page
    assert isinstance(page, NotePage)
    page.note.show_value("Three things were agreed.")
    page.save()
    until_quiet(desk, view)


def on_worksheet(database: Database) -> list[tuple[str, str, int]]:
    """Return what the worksheet of March says: the printed number, what it opens, before VAT."""
    march = date(2014, 3, 31)
    sums = [row for one in database.read(worksheet, march).groups for row in one.customers]
    opened = [(row.group, row.customer_id) for row in sums]
    groups = database.read(worksheet, march, opened).groups
    lines = [line for one in groups for row in one.customers for line in row.charges]
    return [(line.reference, line.opens, line.net) for line in lines]


def test_a_visit_is_planned_refused_for_a_course_moved_noted_and_on_the_worksheet(
    view: DiaryView, desk: Desk, qtbot: QtBot, office: Office, database: Database
) -> None:
    taught = replace(meeting(DAY), trainer_ids=(office.anna,))
    an_event(database, a_course(database), [taught])
    page = fill(view, desk, qtbot, office)
    fields = page.fields
    hit = fields.trainer.value()
    assert hit is not None
    assert hit.id == office.anna
    assert "£240.00 before VAT" in fields.price.text()
    qtbot.keyClick(fields.topic.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until_quiet(desk, view)
    assert "has the course “Phonics in Key Stage 1”" in fields.trainer.error
    friday = DAY + timedelta(days=1)
    fields.day.show_value(friday)
    fields.day.changed.emit()
    qtbot.keyClick(fields.topic.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until_quiet(desk, view)
    [visit] = database.read(diary, friday, friday).visits.values()
    assert (visit.state, visit.kind) == (VisitState.PLANNED, "half day")
    qtbot.waitUntil(lambda: view.grid.selected == visit.time_id)

    press_and_send(view, desk, qtbot, Qt.Key.Key_Left, with_shift=True)
    assert database.read(visit_card, visit.id).starts_at == at(friday, "09:00"), "Anna teaches"
    press_and_send(view, desk, qtbot, Qt.Key.Key_Right)
    moved = database.read(visit_card, visit.id)
    assert (moved.starts_at, moved.travel_before) == (at(friday, "09:15"), 30)
    write_note_of(view, desk, qtbot)
    assert database.read(visit_card, visit.id).state == VisitState.DONE
    assert on_worksheet(database) == [("V-00001", "visit", 24_000)]


def test_what_else_an_adviser_does_is_there_and_opens_its_course(
    view: DiaryView, desk: Desk, qtbot: QtBot, office: Office, database: Database
) -> None:
    taught = replace(meeting(DAY), trainer_ids=(office.anna,))
    an_event(database, a_course(database), [taught])
    with qtbot.waitSignal(view.diary_shown):
        view.refresh()
    [row] = database.read(diary, DAY, DAY).times
    view.grid.select(row.id)
    until_quiet(desk, view)
    page = view.inspector.page
    assert isinstance(page, TimePage)
    with qtbot.waitSignal(view.record_asked) as asked:
        page._open()
    assert asked.args == ["event_session", row.source_id]


def test_leave_is_entered_shown_and_given_back(
    view: DiaryView, desk: Desk, qtbot: QtBot, office: Office, database: Database
) -> None:
    view.grid.select_slot(Slot(office.anna, at(DAY, "09:00"), at(DAY, "12:00")))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view.grid, Qt.Key.Key_L, keys)
    page = view.inspector.page
    assert isinstance(page, LeavePage)
    page.save()
    until_quiet(desk, view)
    read = database.read(diary, DAY, DAY)
    [row] = read.times
    assert row.purpose == "leave"
    span = span_of_diary(read)
    assert span.covering(blocks_of(read, DAY)) == span, "a day of leave is no wider than others"
    view.bar.stepper.set_day(DAY + timedelta(days=60))
    until_quiet(desk, view)
    view.open_record("trainer_time", row.id)  # as from the report of a year rolled forward
    until_quiet(desk, view)
    assert view.bar.stepper.day == DAY
    back = view.inspector.page
    assert isinstance(back, TimePage)
    back._give_back()
    until_quiet(desk, view)
    assert database.read(diary, DAY, DAY).times == ()


def test_cancelling_shows_the_cost_first(
    view: DiaryView, desk: Desk, qtbot: QtBot, office: Office, database: Database
) -> None:
    number = a_visit(database, office.asked())
    view.open_record("visit", number)
    until_quiet(desk, view)
    view.side.cancel()
    until_quiet(desk, view)
    page = view.inspector.page
    assert isinstance(page, CancelVisitPage)
    assert "To pay in place of the price £240.00" in page.cost.words
    assert "0 working days of notice: 100 % of £240.00" in page.cost.words
    page.by_us.show_value(True)
    page.by_us.changed.emit()
    until_quiet(desk, view)
    assert "To pay we cancel it £0.00" in page.cost.words
    page.reason.show_value("Snow")
    page.save()
    until_quiet(desk, view)
    assert database.read(visit_card, number).state == VisitState.CANCELLED
    assert database.read(diary, DAY, DAY).times == ()
    desk.undos.undo()
    until_quiet(desk, view)
    assert database.read(visit_card, number).state == VisitState.PLANNED


@pytest.mark.parametrize("route", Route)
def test_a_billed_visit_that_costs_another_price_is_given_back_as_its_form_says(
    view: DiaryView, desk: Desk, qtbot: QtBot, office: Office, database: Database, route: Route
) -> None:
    payer = a_school(database, "Example Academy", route=route)
    number = a_visit(database, office.asked(customer_id=payer, contact_id=None))
    bill(database, payer, route)
    longer = MoveVisit(number, 2, office.anna, at(DAY, "09:00"), at(DAY, "15:30"))
    with pytest.raises(OfficerError, match="Open it with E: the form says what is credited"):
        database.write(ANN, move_visit, longer)
    view.open_record("visit", number)
    until_quiet(desk, view)
    view.side.edit()
    until_quiet(desk, view)
    page = view.inspector.page
    assert isinstance(page, VisitFormPage)
    assert page.fields.credited.isHidden()
    page.fields.ends.show_value(time(15, 30))
    page.fields.ends.changed.emit()
    until_quiet(desk, view)
    assert SAID_BEFORE[route] in page.fields.credited.text()
    page.save()
    until_quiet(desk, view)
    assert [one.net for one in database.read(visits_of, DAY, DAY)] == [45_000], "not both prices"
    card = database.read(visit_card, number)
    assert [(row.net, row.state) for row in card.counting] == [(45_000, "unbilled")]
    assert "09:00–15:30, day, Anna Example" in card.counting[0].detail
    given_back, billed = database.read(paper_rows)
    assert (given_back.number, given_back.credits_number) == (NUMBERED[route], billed.number)
    assert (given_back.total, billed.left) == (-billed.total, 0)
    back = "credited" if route is Route.INVOICE else "reversed"
    assert f"Billed, {back} since" in " ".join(shown_texts(view.inspector))
    sheet = database.read(worksheet, date(2014, 12, 31))
    assert [(one.customer_id, one.net) for one in sheet.group(Group(route)).customers] == [
        (payer, 45_000)
    ]


def test_an_adviser_is_added_and_prices_are_set(
    view: DiaryView, desk: Desk, qtbot: QtBot, office: Office, database: Database
) -> None:
    view._new_adviser()
    until_quiet(desk, view)
    page = view.inspector.page
    assert isinstance(page, TrainerPage)
    page.name.show_value("Cara Demo")
    page.save()
    until_quiet(desk, view)
    assert "Cara Demo" in [row.name for row in database.read(trainers)]
    view._prices()
    until_quiet(desk, view)
    prices = view.inspector.page
    assert isinstance(prices, PricesPage)
    prices.service.show_value(office.service)
    prices.kind.show_value("day")
    prices.kind.changed.emit()
    assert {field.value() for field in prices.bands.values()} == {45_000}


def test_the_tab_opens_a_visit_and_everything_in_it_has_a_name(
    desk: Desk, office: Office, qtbot: QtBot, database: Database
) -> None:
    number = a_visit(database, office.asked())
    tab = ServicesTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1400, 800)
    with qtbot.waitExposed(tab):
        tab.show()
    tab.open_record("visit", number)
    until_quiet(desk, tab)
    view = tab.view
    assert isinstance(view, DiaryView)
    qtbot.waitUntil(lambda: view.bar.stepper.day == DAY)
    assert tab.keys()
    assert_plain(tab)
    assert_named(tab)
