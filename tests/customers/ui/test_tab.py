from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from lle_desk.core.db import By, Database
from lle_desk.core.imports import ImportStopped
from lle_desk.core.records import new_uuid
from lle_desk.customers.imports import read_schools
from lle_desk.customers.models import Customer
from lle_desk.customers.queries import (
    count_customers,
    customer_card,
    find_customers,
    people_of,
    standings_on,
)
from lle_desk.customers.rules import Band, Kind
from lle_desk.customers.ui.forms import CustomerForm, PersonForm, StandingForm
from lle_desk.customers.ui.import_page import SCHOOLS, ImportPage
from lle_desk.customers.ui.tab import CustomersTab
from lle_desk.qt.desk import Desk
from tests.customers.register import (
    HIGHFIELD,
    LINKS_SAMPLE,
    SAMPLE,
    SOUTHLANDS,
    changed,
    customer_id,
    take_in,
    take_in_links,
)
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.screen import put_up

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def today() -> date:
    return date.today()  # noqa: DTZ011  (the tab's own; a run may go on past midnight)


@pytest.fixture
def empty_tab(desk: Desk, qtbot: QtBot) -> Iterator[CustomersTab]:
    """The tab on a database without customers."""
    tab = CustomersTab(desk)
    put_up(qtbot, tab, 1280, 700)
    qtbot.waitUntil(tab.isActiveWindow)
    qtbot.waitUntil(lambda: not desk.is_busy())
    yield tab
    qtbot.waitUntil(lambda: not desk.is_busy())


@pytest.fixture
def tab(database: Database, by: By, request: pytest.FixtureRequest) -> CustomersTab:
    """The tab with the sample's schools and links."""
    take_in(database, by)
    take_in_links(database, by)
    made: CustomersTab = request.getfixturevalue("empty_tab")
    return made


def press(qtbot: QtBot, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key wherever the keyboard is."""
    where = QApplication.focusWidget()
    assert where is not None
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.keyClick(where, key, held)


def type_words(qtbot: QtBot, words: str) -> None:
    """Type wherever the keyboard is."""
    where = QApplication.focusWidget()
    assert where is not None
    qtbot.keyClicks(where, words)


def titles(tab: CustomersTab) -> list[str]:
    page = tab.inspector.page
    return shown_texts(page) if isinstance(page, QWidget) else []


def find(tab: CustomersTab, qtbot: QtBot, words: str, name: str) -> None:
    """Find a customer by keyboard and wait until its screen is there."""
    press(qtbot, Qt.Key.Key_F, CTRL)
    type_words(qtbot, words)
    qtbot.waitUntil(lambda: name in titles(tab))


def test_the_empty_list_offers_the_import(empty_tab: CustomersTab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "Import schools …" in shown_texts(empty_tab))


def test_typing_finds_and_shows_the_first_at_once(tab: CustomersTab, qtbot: QtBot) -> None:
    assert len(tab.list.model.rows) > 20
    find(tab, qtbot, "888/2145", "Highfield Community Primary School")
    texts = titles(tab)
    assert "County" in texts
    assert "LCC-maintained school in Lancashire" in texts
    assert "VAT: same legal body, always outside the scope" in texts
    assert "888/2145" in texts


def test_down_and_enter_move_in_the_list_while_typing(tab: CustomersTab, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_F, CTRL)
    type_words(qtbot, "primary")
    qtbot.waitUntil(lambda: tab.list.table.chosen() is not None and len(tab.list.model.rows) < 30)
    press(qtbot, Qt.Key.Key_Down)
    second = tab.list.model.rows[1]
    assert tab.list.table.chosen() == second
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: second.name in titles(tab))
    assert tab.list.table.hasFocus()


def test_a_tab_that_stands_open_overnight_knows_the_new_day(
    database: Database, desk: Desk, by: By, qtbot: QtBot
) -> None:
    def add_school(session: Session) -> None:
        session.add(
            Customer(
                client_uuid=new_uuid(),
                kind=str(Kind.MAINTAINED),
                name="Demo Primary",
                closed_on=date(2014, 8, 31),
            )
        )

    database.write(by, add_school)
    days = [date(2014, 8, 30)]
    tab = CustomersTab(desk, lambda: days[-1])
    qtbot.addWidget(tab)
    with qtbot.waitExposed(tab):
        tab.show()
    tab.list.narrow("", with_closed=True)
    qtbot.waitUntil(lambda: tab.list.model.rowCount() == 1 and not desk.is_busy())
    sort = tab.list.model.index(0, 4)
    assert sort.data() == str(Kind.MAINTAINED)
    days.append(date(2014, 8, 31))
    tab.refresh()
    qtbot.waitUntil(lambda: not desk.is_busy())
    assert tab.list.model.index(0, 4).data() == f"closed · {Kind.MAINTAINED}"


def test_a_closed_school_says_so_and_names_who_followed(tab: CustomersTab, qtbot: QtBot) -> None:
    tab.open_record("customer", customer_id(tab._desk._database, SOUTHLANDS))
    qtbot.waitUntil(lambda: "Closed" in titles(tab))
    assert "Followed by Southlands High School" in titles(tab)


def test_a_customer_is_added_by_keyboard_alone(
    tab: CustomersTab, database: Database, qtbot: QtBot
) -> None:
    press(qtbot, Qt.Key.Key_N, CTRL)
    form = tab._form
    assert isinstance(form, CustomerForm)
    press(qtbot, Qt.Key.Key_Down)  # directorate -> other council
    press(qtbot, Qt.Key.Key_Down)  # -> company
    press(qtbot, Qt.Key.Key_Tab)
    type_words(qtbot, "Sample Training Ltd")
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(database.read(find_customers, "sample training")))
    (hit,) = database.read(find_customers, "sample training")
    assert hit.kind == Kind.COMPANY
    qtbot.waitUntil(lambda: "Sample Training Ltd" in titles(tab))


def test_a_name_left_out_is_said_beside_its_field(
    tab: CustomersTab, database: Database, qtbot: QtBot
) -> None:
    press(qtbot, Qt.Key.Key_N, CTRL)
    press(qtbot, Qt.Key.Key_Return, CTRL)
    form = tab._form
    assert isinstance(form, CustomerForm)
    assert form.name.error == "Fill in: Name, as invoiced."
    assert database.read(count_customers) == 30


def test_a_twin_is_refused_beside_the_name(tab: CustomersTab, qtbot: QtBot) -> None:
    tab.new_customer()
    form = tab._form
    assert isinstance(form, CustomerForm)
    hit = next(row for row in tab.list.model.rows if row.urn == 119205)
    form.name.show_value(hit.name)
    form.postcode.show_value(hit.postcode)
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "here already" in form.name.error)


def test_an_edit_is_saved_and_shown(tab: CustomersTab, database: Database, qtbot: QtBot) -> None:
    find(tab, qtbot, "119204", "Highfield Community Primary School")
    press(qtbot, Qt.Key.Key_E, CTRL)
    form = tab._form
    assert isinstance(form, CustomerForm)
    form.cost_centre.setFocus()
    type_words(qtbot, "4217")
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Recharge, cost centre 4217" in titles(tab))


def test_an_edit_is_undone_unless_someone_changed_it_since(
    tab: CustomersTab, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    find(tab, qtbot, "119204", "Highfield Community Primary School")
    press(qtbot, Qt.Key.Key_E, CTRL)
    form = tab._form
    assert isinstance(form, CustomerForm)
    form.cost_centre.set_value("4217")
    with qtbot.waitSignal(desk.undo_offered) as offered:
        press(qtbot, Qt.Key.Key_Return, CTRL)
    undo = offered.args[0]
    undo()
    key = customer_id(database, HIGHFIELD)
    qtbot.waitUntil(lambda: database.read(customer_card, key, today()).words.cost_centre == "")
    with qtbot.waitSignal(desk.refused):
        undo()


def test_another_desks_edit_is_marked_and_not_overwritten(
    tab: CustomersTab, database: Database, by: By, qtbot: QtBot, tmp_path: Path
) -> None:
    find(tab, qtbot, "119204", "Highfield Community Primary School")
    press(qtbot, Qt.Key.Key_E, CTRL)
    form = tab._form
    assert isinstance(form, CustomerForm)
    form.town.setFocus()
    press(qtbot, Qt.Key.Key_End)
    type_words(qtbot, " South")
    take_in(database, by, changed(tmp_path / "r.csv", {HIGHFIELD: {"Town": "Leyland"}}))
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: form.town.error == "Another desk made it “Leyland”.")
    key = customer_id(database, HIGHFIELD)
    assert database.read(customer_card, key, today()).words.town == "Leyland"
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(
        lambda: database.read(customer_card, key, today()).words.town == "Chorley South"
    )


def test_a_fact_is_dated_by_keyboard(tab: CustomersTab, database: Database, qtbot: QtBot) -> None:
    find(tab, qtbot, "119204", "Highfield Community Primary School")
    tab.date_fact()
    form = tab._form
    assert isinstance(form, StandingForm)
    form.value.set_value(str(Band.SUBSCRIBER))
    form.reason.setFocus()
    type_words(qtbot, "LPDS subscription")
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "County subscriber" in titles(tab))
    key = customer_id(database, HIGHFIELD)
    assert database.read(standings_on, key, today()).band.reason == "LPDS subscription"
    assert "Before" in titles(tab)


def test_a_person_is_added_and_opened_from_the_find_box(
    tab: CustomersTab, database: Database, qtbot: QtBot
) -> None:
    find(tab, qtbot, "119204", "Highfield Community Primary School")
    press(qtbot, Qt.Key.Key_P, CTRL, SHIFT)
    assert isinstance(tab._form, PersonForm)
    type_words(qtbot, "Contact")
    press(qtbot, Qt.Key.Key_Tab)
    type_words(qtbot, "One")
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Contact One" in titles(tab))
    (person,) = database.read(people_of, customer_id(database, HIGHFIELD))
    tab.open_record("person", person.person_id)
    qtbot.waitUntil(lambda: isinstance(tab._form, PersonForm))


def test_escape_leaves_and_asks_only_when_something_was_typed(
    tab: CustomersTab, qtbot: QtBot
) -> None:
    find(tab, qtbot, "119204", "Highfield Community Primary School")
    press(qtbot, Qt.Key.Key_E, CTRL)
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: tab._form is None)
    qtbot.waitUntil(lambda: "What they pay, and why" in titles(tab))
    press(qtbot, Qt.Key.Key_E, CTRL)
    form = tab._form
    assert isinstance(form, CustomerForm)
    form.name.setFocus()
    type_words(qtbot, "x")
    press(qtbot, Qt.Key.Key_Escape)
    assert "What you typed here is not saved." in shown_texts(tab.inspector)


class TestImport:
    def test_looks_first_and_imports_on_a_key(
        self, empty_tab: CustomersTab, database: Database, qtbot: QtBot, tmp_path: Path
    ) -> None:
        path = changed(tmp_path / "register.csv", {HIGHFIELD: {"OpenDate": "31-02-2014"}})
        page = empty_tab.start_import(SCHOOLS, path)
        qtbot.waitUntil(page.button.isEnabled)
        assert page.said == "30 schools: 29 new, 0 changed, 0 as they were, 1 line refused."
        refused = "Its OpenDate, “31-02-2014”, is not a day such as 31-08-2014."
        assert refused in shown_texts(page)
        assert database.read(count_customers) == 0
        press(qtbot, Qt.Key.Key_Return, CTRL)
        qtbot.waitUntil(lambda: page.said.startswith("Imported."))
        assert database.read(count_customers) == 29
        qtbot.waitUntil(lambda: len(empty_tab.list.model.rows) > 20)

    def test_says_when_there_is_nothing_to_do(self, tab: CustomersTab, qtbot: QtBot) -> None:
        page = tab.start_import(SCHOOLS, SAMPLE)
        qtbot.waitUntil(lambda: "nothing to import" in page.said)
        assert not page.button.isEnabled()

    def test_refuses_a_wrong_file_in_words(self, tab: CustomersTab, qtbot: QtBot) -> None:
        page = tab.start_import(SCHOOLS, LINKS_SAMPLE)
        qtbot.waitUntil(lambda: "lacks the columns" in page.said)
        assert not page.button.isEnabled()

    def test_is_stopped_and_leaves_nothing(
        self, empty_tab: CustomersTab, database: Database, qtbot: QtBot
    ) -> None:
        page = empty_tab.start_import(SCHOOLS, SAMPLE)
        qtbot.waitUntil(page.button.isEnabled)
        page._import()
        page.stop()
        qtbot.waitUntil(lambda: page.said.startswith(("Stopped", "Imported")))
        kept = 0 if page.said.startswith("Stopped") else 30
        assert database.read(count_customers) == kept

    def test_leaving_the_page_stops_it(self, empty_tab: CustomersTab, qtbot: QtBot) -> None:
        page = empty_tab.start_import(SCHOOLS, SAMPLE)
        progress = page._progress
        empty_tab.inspector.leave()
        assert not isinstance(empty_tab.inspector.page, ImportPage)
        with pytest.raises(ImportStopped):
            read_schools(SAMPLE, None, progress)


def test_every_control_has_a_name_and_no_word_is_markup(tab: CustomersTab, qtbot: QtBot) -> None:
    find(tab, qtbot, "119204", "Highfield Community Primary School")
    for open_page in (lambda: None, tab.edit, tab.new_person, tab.date_fact):
        open_page()
        assert_plain(tab)
        assert_named(tab)
