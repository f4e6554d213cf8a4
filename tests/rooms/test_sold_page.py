"""Prices, menu and stock are kept in the program, by keyboard."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.core.db import Database
from lle_desk.qt.desk import Desk
from lle_desk.rooms.queries.extras import menu
from lle_desk.rooms.ui.sold_page import SoldPage
from tests.qt.walk import assert_named, assert_plain
from tests.rooms.buying import Buying
from tests.rooms.woodlands import Woodlands


@pytest.fixture
def page(desk: Desk, woodlands: Woodlands, buying: Buying, qtbot: QtBot) -> Iterator[SoldPage]:
    page = SoldPage(desk, lambda: date(2014, 3, 1))
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.open_at(woodlands.site, date(2014, 3, 4))
    page.show()
    qtbot.waitUntil(lambda: bool(page.rows))
    yield page
    qtbot.waitUntil(lambda: not desk.is_busy())


def price_of(page: SoldPage, kind: str, name: str, part: str = "") -> dict[str, int]:
    [row] = [one for one in page.rows if (one.kind, one.name, one.part) == (kind, name, part)]
    return {str(band): int(amount) for band, amount in row.prices}


def say(page: SoldPage, qtbot: QtBot, key: Qt.Key, words: str) -> None:
    qtbot.keyClick(page.table, key)
    page.answer.show_value(words)
    qtbot.keyClick(page.answer.editor, Qt.Key.Key_Return)


def test_a_room_is_given_its_hire_price_by_band(
    page: SoldPage, woodlands: Woodlands, qtbot: QtBot
) -> None:
    page.table.choose(("hire", woodlands.oak_1, "half day"))
    say(page, qtbot, Qt.Key.Key_P, "95 / 85.50 / 57")
    qtbot.waitUntil(lambda: bool(price_of(page, "hire", "Oak 1", "half day")))
    prices = price_of(page, "hire", "Oak 1", "half day")
    assert (prices["external"], prices["county"], prices["internal"]) == (9500, 8550, 5700)
    assert prices["out of county"] == 9500


def test_something_new_comes_on_the_menu_and_into_the_store(
    page: SoldPage, database: Database, qtbot: QtBot
) -> None:
    say(page, qtbot, Qt.Key.Key_M, "Soup and a roll 4.50")
    qtbot.waitUntil(lambda: any(one.name == "Soup and a roll" for one in page.rows))
    assert "Soup and a roll" in [one.name for one in database.read(menu)]
    assert price_of(page, "menu", "Soup and a roll")["county"] == 450
    say(page, qtbot, Qt.Key.Key_E, "Poster board 20 2")
    qtbot.waitUntil(lambda: any(one.name == "Poster board" for one in page.rows))
    [board] = [one for one in page.rows if one.name == "Poster board"]
    assert board.stock == 20


def test_stock_is_counted_and_nonsense_is_refused_beside_the_line(
    page: SoldPage, buying: Buying, qtbot: QtBot
) -> None:
    page.table.choose(("equipment", buying.projector, ""))
    say(page, qtbot, Qt.Key.Key_H, "many")
    assert page.answer.error == "Say how many there are: 0 or more."
    page.answer.show_value("7")
    qtbot.keyClick(page.answer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: 7 in [one.stock for one in page.rows])
    say(page, qtbot, Qt.Key.Key_P, "dear")
    assert page.answer.error == "Say 95 for all, or 95 / 85.50 / 57."
    assert_plain(page)
    assert_named(page)


def test_a_dish_is_sold_no_more_and_undo_sells_it_again(
    page: SoldPage, desk: Desk, database: Database, buying: Buying, qtbot: QtBot
) -> None:
    page.table.choose(("menu", buying.coffee, ""))
    qtbot.keyClick(page.table, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: buying.coffee not in [one.id for one in database.read(menu)])
    qtbot.waitUntil(lambda: bool(desk.undos.to_undo))
    assert desk.undos.to_undo == ["Coffee and biscuits is sold no more"]
    desk.undos.undo()
    qtbot.waitUntil(lambda: buying.coffee in [one.id for one in database.read(menu)])


def test_a_room_is_not_taken_off_the_list(
    page: SoldPage, woodlands: Woodlands, qtbot: QtBot
) -> None:
    page.table.choose(("hire", woodlands.oak_1, "half day"))
    qtbot.keyClick(page.table, Qt.Key.Key_O)
    assert page.refusal.text().startswith("A room stays on the list.")
