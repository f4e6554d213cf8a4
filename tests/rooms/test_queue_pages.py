"""The room manager's queue and the options running out, in the real tab, by keys and mouse."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.days import add_working_days
from lle_desk.core.db import By, Database
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import CancelBooking, cancel_booking, hold_room
from lle_desk.rooms.queries.asking import requests_queue
from lle_desk.rooms.rules import Status
from lle_desk.rooms.rules.options import days_left_words
from lle_desk.rooms.ui.options_page import OptionsPage
from lle_desk.rooms.ui.requests_page import RequestsPage
from lle_desk.rooms.ui.tab import RoomsTab
from tests.rooms.woodlands import Woodlands, card, wish

BOB = By("bob", "desk-2")
DAY = add_working_days(date.today() + timedelta(days=30), 1)  # noqa: DTZ011


def coming(clock: str) -> datetime:
    """Return that time of a working day a month from now: the lists show what is to come."""
    hour, minute = clock.split(":")
    return datetime.combine(DAY, time(int(hour), int(minute)))


@pytest.fixture
def tab(desk: Desk, woodlands: Woodlands, qtbot: QtBot) -> RoomsTab:
    tab = RoomsTab(desk)
    qtbot.addWidget(tab)
    tab.resize(1400, 800)
    tab.bar.stepper.set_day(DAY)
    with qtbot.waitSignal(tab.plan_shown):
        tab.show()
    tab.activateWindow()
    qtbot.waitUntil(lambda: not desk.is_busy())
    return tab


@pytest.fixture
def other_desk(qapp: object, database: Database) -> Iterator[Desk]:
    """Bob's running program on the same database."""
    other = Desk(database, BOB)
    yield other
    other.close()


def hold(database: Database, by: By, space: int | None, **more: object) -> int:
    values = {"starts_at": coming("09:30"), "ends_at": coming("12:00")} | more
    return database.write(by, hold_room, replace(wish(space), **values))  # type: ignore[arg-type]


def requests(tab: RoomsTab, qtbot: QtBot, count: int) -> RequestsPage:
    page = tab.show_page("requests")
    assert isinstance(page, RequestsPage)
    qtbot.waitUntil(lambda: len(page.rows) == count)
    page.table.setFocus()
    qtbot.waitUntil(lambda: not tab._desk.is_busy())
    return page


def options(tab: RoomsTab, qtbot: QtBot, count: int) -> OptionsPage:
    page = tab.show_page("options")
    assert isinstance(page, OptionsPage)
    qtbot.waitUntil(lambda: len(page.rows) == count)
    page.table.setFocus()
    qtbot.waitUntil(lambda: not tab._desk.is_busy())
    return page


def test_an_officer_asks_on_the_booking_form_and_a_approves_it(
    tab: RoomsTab, desk: Desk, database: Database, woodlands: Woodlands, qtbot: QtBot
) -> None:
    tab.grid.slot_chosen.emit(woodlands.elm, coming("13:00"), coming("15:00"))
    form = tab.inspector.booking_form
    assert form is not None
    form.title.show_value("Numeracy")
    form.heads.show_value(24)
    form.status.show_value(Status.WAITING)
    qtbot.keyClick(form.heads.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(tab.bar.requests.isVisible)
    assert tab.bar.requests.words == "Requests 1"
    qtbot.mouseClick(tab.bar.requests, Qt.MouseButton.LeftButton)
    page = requests(tab, qtbot, 1)
    [row] = page.rows
    assert (row.title, row.room, row.verdict) == ("Numeracy", "Elm", "free")
    qtbot.keyClick(page.table, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: card(database, row.use_id).status == "confirmed")
    qtbot.waitUntil(lambda: page.rows == [] or not page.rows)
    desk.undos.undo()
    qtbot.waitUntil(lambda: card(database, row.use_id).status == "waiting")
    qtbot.waitUntil(lambda: len(page.rows) == 1)


def test_r_refuses_with_the_reason_that_is_typed(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    hold(database, BOB, woodlands.elm, status="waiting")
    page = requests(tab, qtbot, 1)
    qtbot.keyClick(page.table, Qt.Key.Key_R)
    qtbot.keyClick(page.answer.line, Qt.Key.Key_Return)
    assert page.answer.error == "Say why: bob reads it."
    qtbot.keyClicks(page.answer.line, "Elm is being painted")
    qtbot.keyClick(page.answer.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.rows) and page.rows[0].state == "refused")
    assert page.rows[0].answer == "Elm is being painted"
    assert page.table.hasFocus()


def test_o_offers_another_room_and_time_and_t_takes_it(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = hold(database, BOB, woodlands.elm, status="waiting")
    page = requests(tab, qtbot, 1)
    qtbot.keyClick(page.table, Qt.Key.Key_O)
    qtbot.keyClicks(page.answer.line, "Ash 13:00-15:30")  # in the place of what is proposed
    qtbot.mouseClick(page.do_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.rows) and page.rows[0].offer is not None)
    qtbot.waitUntil(lambda: not tab._desk.is_busy())
    qtbot.keyClick(page.table, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: card(database, use).holds_space)
    taken = card(database, use)
    assert taken.space is not None
    assert (taken.space.name, taken.starts_at) == ("Ash", coming("13:00"))


def test_a_taken_room_is_approved_in_another_that_is_proposed(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    hold(database, BOB, woodlands.elm, title="Spanish")
    use = hold(database, BOB, woodlands.elm, status="waiting", heads=20)
    page = requests(tab, qtbot, 1)
    assert page.rows[0].verdict == "09:30–12:00 Spanish"
    qtbot.keyClick(page.table, Qt.Key.Key_A)
    assert page.answer.value() == "Oak Room"
    qtbot.keyClick(page.answer.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card(database, use).status == "confirmed")
    approved = card(database, use)
    assert approved.space is not None
    assert approved.space.name == "Oak Room"


def test_a_freed_slot_is_told_at_another_desk_within_a_second(
    tab: RoomsTab,
    desk: Desk,
    other_desk: Desk,
    database: Database,
    by: By,
    woodlands: Woodlands,
    qtbot: QtBot,
) -> None:
    taken = hold(database, by, woodlands.elm, title="Spanish")
    hold(database, by, woodlands.elm, status="waiting")
    qtbot.waitUntil(tab.bar.requests.isVisible)
    qtbot.waitUntil(lambda: not desk.is_busy())
    said: list[str] = []
    desk.said.connect(said.append)
    spanish = card(database, taken)
    cancel = CancelBooking(booking_id=spanish.booking_id, seen_version=1, reason="Ill")
    other_desk.act(other_desk, lambda _version: None, cancel_booking, cancel)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("Now free: Elm, ")
    assert said[0].endswith("which ann asked for, for “Phonics in Key Stage 1”.")
    assert tab.bar.requests.words == "Requests 1, 1 now free"
    page = requests(tab, qtbot, 1)
    assert page.rows[0].is_freed
    assert "1 free now that could not be had before" in page.told.text()


def test_a_parked_booking_asks_from_the_inspector(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = hold(database, by, None)
    tab.inspector.show_use(use)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    page = tab.inspector.page
    assert page is not None
    page.ask_wanted.emit()  # type: ignore[attr-defined]
    now = datetime.now()  # noqa: DTZ005
    qtbot.waitUntil(lambda: len(database.read(requests_queue, None, now)) == 1)


def test_the_options_stand_by_their_day_with_whom_to_ask(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    today = date.today()  # noqa: DTZ011
    late, soon = today - timedelta(days=2), today + timedelta(days=3)
    hold(database, by, woodlands.elm, status="provisional", option_on=soon)
    hold(database, by, woodlands.ash, status="provisional", option_on=late, title="Spanish")
    hold(database, by, woodlands.oak_1)
    page = options(tab, qtbot, 2)
    assert [row.title for row in page.rows] == ["Spanish", "Phonics in Key Stage 1"]
    assert [days_left_words(row.option_on, today) for row in page.rows] == [
        "2 days ago",
        "in 3 days",
    ]
    assert page.told.text() == "2 provisional, 1 past their day"


def test_an_option_is_chased_extended_confirmed_and_released_by_keys_and_undone(
    tab: RoomsTab, desk: Desk, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    today = date.today()  # noqa: DTZ011
    use = hold(database, by, woodlands.elm, status="provisional", option_on=today)
    page = options(tab, qtbot, 1)
    qtbot.keyClick(page.table, Qt.Key.Key_H)
    qtbot.keyClicks(page.answer.line, "They ring back")
    qtbot.keyClick(page.answer.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.rows[0].chased.endswith("by ann: They ring back"))
    wait(desk, qtbot)
    qtbot.keyClick(page.table, Qt.Key.Key_E)
    qtbot.keyClick(page.answer.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card(database, use).option_on == today + timedelta(days=14))
    wait(desk, qtbot)
    qtbot.keyClick(page.table, Qt.Key.Key_R)
    qtbot.keyClick(page.answer.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card(database, use).status == "cancelled")
    assert card(database, use).cancelled_reason.startswith("The option was not taken up")
    wait(desk, qtbot)
    desk.undos.undo()
    qtbot.waitUntil(lambda: len(page.rows) == 1)
    wait(desk, qtbot)
    qtbot.keyClick(page.table, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: card(database, use).status == "confirmed")
    wait(desk, qtbot)
    assert len(desk.undos.to_undo) == 3
    for _ in range(3):
        desk.undos.undo()
    qtbot.waitUntil(lambda: card(database, use).notes_office == "")
    assert card(database, use).option_on == today


def wait(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desk.is_busy())


def test_an_option_without_a_day_gets_the_office_setting(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = hold(database, by, woodlands.elm, status="provisional")
    today = date.today()  # noqa: DTZ011
    assert card(database, use).option_on == today + timedelta(days=14)


def test_esc_leaves_the_line_then_the_page(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    hold(database, BOB, woodlands.elm, status="waiting")
    page = requests(tab, qtbot, 1)
    qtbot.keyClick(page.table, Qt.Key.Key_R)
    qtbot.keyClick(page.answer.line, Qt.Key.Key_Escape)
    assert not page._asking.isVisible()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert tab.grid.isVisible()
