from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import CountHeads, count_heads, hold_room
from lle_desk.rooms.ui.count_heads import CountHeadsPage
from tests.rooms.woodlands import Woodlands, at, card, wish

TUESDAY = date(2014, 3, 4)
BOB = By("bob", "desk-2")


@pytest.fixture
def uses(database: Database, by: By, woodlands: Woodlands) -> list[int]:
    """Three rooms used on Tuesday 4 March 2014, and one on the day before."""
    asked = (
        wish(woodlands.elm),
        wish(woodlands.ash, title="Spanish"),
        wish(woodlands.oak_room, start="13:00", end="15:00", title="Governors"),
        wish(woodlands.elm, title="Monday", starts_at=at("09:00", 3), ends_at=at("10:00", 3)),
    )
    return [database.write(by, hold_room, ask) for ask in asked]


@pytest.fixture
def page(desk: Desk, woodlands: Woodlands, uses: list[int], qtbot: QtBot) -> CountHeadsPage:
    """The list of that Tuesday."""
    page = CountHeadsPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    page.open_at(woodlands.site, TUESDAY)
    qtbot.waitUntil(lambda: len(page.rows) == 3)
    page.table.setFocus()
    return page


def type_in(page: CountHeadsPage, qtbot: QtBot, text: str, key: Qt.Key) -> None:
    qtbot.keyClicks(page.line, text)
    qtbot.keyClick(page.line, key)


def came(database: Database, use_id: int) -> int | None:
    return card(database, use_id).actual_heads


def test_heads_are_typed_straight_down_the_list_and_saved_line_by_line(
    page: CountHeadsPage, database: Database, uses: list[int], qtbot: QtBot
) -> None:
    elm, ash, oak, _monday = uses
    type_in(page, qtbot, "21", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: came(database, elm) == 21)
    type_in(page, qtbot, "", Qt.Key.Key_Down)
    type_in(page, qtbot, "0", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: came(database, oak) == 0)
    assert came(database, ash) is None
    qtbot.waitUntil(lambda: page.told.text() == "2 of 3 counted, 21 people")


def test_a_count_is_taken_back_and_made_again(
    page: CountHeadsPage, desk: Desk, database: Database, uses: list[int], qtbot: QtBot
) -> None:
    offered: list[object] = []
    desk.undo_offered.connect(lambda back, again: offered.extend((back, again)))
    type_in(page, qtbot, "21", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(offered))
    undo, redo = offered[:2]
    assert callable(undo)
    assert callable(redo)
    undo()
    qtbot.waitUntil(lambda: came(database, uses[0]) is None)
    redo()
    qtbot.waitUntil(lambda: came(database, uses[0]) == 21)


def test_a_count_can_be_emptied_again(
    page: CountHeadsPage, database: Database, uses: list[int], qtbot: QtBot
) -> None:
    type_in(page, qtbot, "21", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: came(database, uses[0]) == 21)
    qtbot.waitUntil(lambda: page.rows[0].counted == 21)
    qtbot.keyClick(page.line, Qt.Key.Key_Up)
    assert page.line.text() == "21"
    page.line.clear()
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: came(database, uses[0]) is None)


@pytest.mark.parametrize("typed", ["-3", "lots", "12.5", "1000000"])
def test_what_is_no_number_is_refused_in_words_and_nothing_is_saved(
    page: CountHeadsPage, database: Database, uses: list[int], qtbot: QtBot, typed: str
) -> None:
    type_in(page, qtbot, typed, Qt.Key.Key_Return)
    assert page.refusal.text() == (
        "Elm, Phonics in Key Stage 1: Type how many people came, 0 or more; leave it blank if"
        " nobody counted."
    )
    assert page.line.text() == typed
    qtbot.waitUntil(lambda: not page.desk.is_busy())
    assert came(database, uses[0]) is None


def test_another_desks_booking_and_its_count_appear_while_something_is_typed(
    page: CountHeadsPage, database: Database, woodlands: Woodlands, uses: list[int], qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.line, "1")
    database.write(BOB, hold_room, wish(woodlands.ict_1, title="SIMS", layout="ICT"))
    qtbot.waitUntil(lambda: len(page.rows) == 4)
    ask = CountHeads(use_id=uses[1], seen_version=1, heads=9)
    database.write(BOB, count_heads, ask)
    qtbot.waitUntil(lambda: any(row.counted == 9 for row in page.rows))
    assert page.line.text() == "1"


def test_one_already_counted_by_another_desk_is_never_overwritten_unseen(
    page: CountHeadsPage, database: Database, uses: list[int], qtbot: QtBot
) -> None:
    page.desk._poll.stop()
    page.desk.changed.disconnect()
    database.write(BOB, count_heads, CountHeads(use_id=uses[0], seen_version=1, heads=9))
    type_in(page, qtbot, "21", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.refusal.text()))
    assert page.refusal.text().startswith("Elm, Phonics in Key Stage 1: Another desk changed")
    assert came(database, uses[0]) == 9


def test_all_without_a_count_until_today_are_one_list_that_keeps_what_was_just_counted(
    page: CountHeadsPage, database: Database, uses: list[int], qtbot: QtBot
) -> None:
    everything = next(b for b in page.view.findChildren(Button) if b.words.startswith("All"))
    qtbot.mouseClick(everything, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.rows) == 4)
    assert page.rows[0].title == "Monday"
    page.table.setFocus()
    type_in(page, qtbot, "7", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: came(database, uses[3]) == 7)
    qtbot.waitUntil(lambda: page.told.text() == "3 without a count until yesterday")
    assert len(page.rows) == 4


def test_escape_goes_back_to_the_plan(page: CountHeadsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page.line, Qt.Key.Key_Escape)


def test_a_day_that_is_not_over_shows_the_working_day_before(
    desk: Desk, woodlands: Woodlands, qtbot: QtBot
) -> None:
    page = CountHeadsPage(desk)
    qtbot.addWidget(page)
    page.open_at(woodlands.site, date(2200, 1, 1))
    assert page.stepper.day < date.today()  # noqa: DTZ011
