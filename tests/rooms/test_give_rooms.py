"""Rooms given on the screen: asked, previewed, applied, undone, refused when stale."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from lle_desk.core.db import By, Database
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import hold_room, move_use
from lle_desk.rooms.models import Closure
from lle_desk.rooms.rules.terms import last_of_term
from lle_desk.rooms.ui.give_rooms import GiveRoomsPage
from lle_desk.rooms.ui.tab import RoomsTab
from tests.qt.walk import assert_named, assert_plain
from tests.rooms.buying import money, stock_up
from tests.rooms.woodlands import Woodlands, at, card, move_of, wish

BOB = By("bob", "desk-2")


@pytest.fixture
def page(desk: Desk, tab: RoomsTab, qtbot: QtBot) -> GiveRoomsPage:
    """The page in its tab, on Tuesday 4 March 2014 at Woodlands."""
    page = tab.show_page("give-rooms")
    assert isinstance(page, GiveRoomsPage)
    qtbot.waitUntil(lambda: not desk.is_busy())
    return page


def work(page: GiveRoomsPage, qtbot: QtBot) -> list[tuple[str, str, str]]:
    """Press F8 and return what would change: title, now, then."""
    qtbot.keyClick(page, Qt.Key.Key_F8)
    settle(page, qtbot)
    return shown(page)


def settle(page: GiveRoomsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.desk.is_busy() and not page.strip.is_running)


def shown(page: GiveRoomsPage) -> list[tuple[str, str, str]]:
    return [(row.use.title, row.now, row.then) for row in page.preview.rows if row.use]


def room(database: Database, use_id: int) -> str | None:
    space = card(database, use_id).space
    return space.name if space is not None else None


def test_a_parked_use_is_given_a_room_by_keyboard_and_undo_parks_it_again(
    page: GiveRoomsPage, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    parked = database.write(by, hold_room, wish(None, heads=9, title="Chess"))
    assert work(page, qtbot) == [("Chess", "no room", "Oak 1")]
    assert page.preview.proof.text() == (
        "1 of 1 have a room; 1 would change. Proved: no allocation is better."
    )
    assert room(database, parked) is None, "nothing is saved before Apply"
    assert_plain(page)
    assert_named(page)
    qtbot.keyClick(page, Qt.Key.Key_F9)
    settle(page, qtbot)
    assert room(database, parked) == "Oak 1"
    page.desk.undos.undo()
    qtbot.waitUntil(lambda: room(database, parked) is None)


def test_a_room_out_of_use_shows_what_moves_and_why_then_closes_it(
    page: GiveRoomsPage, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, heads=9))
    qtbot.mouseClick(page.ask.kind._buttons["closing"], Qt.MouseButton.LeftButton)
    assert work(page, qtbot) == [], "no room and no reason yet"
    assert page.ask.space.error == "Fill in: Room out of use."
    page.ask.space.show_value(woodlands.elm)
    QTest.keyClicks(page.ask.reason.line, "A burst pipe")
    [(_title, now, then)] = work(page, qtbot)
    assert now == "Elm"
    assert "A burst pipe" in next(row.why for row in page.preview.rows if row.use)
    qtbot.mouseClick(page.preview.apply, Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert room(database, use) == then != "Elm"
    assert closures(database) == 1
    page.desk.undos.undo()
    qtbot.waitUntil(lambda: room(database, use) == "Elm")
    assert closures(database) == 0


def test_a_preview_is_not_saved_when_another_desk_changed_those_days(
    page: GiveRoomsPage, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    parked = database.write(by, hold_room, wish(None, heads=9))
    work(page, qtbot)
    database.write(BOB, move_use, move_of(database, parked, None, "10:00", "11:00"))
    qtbot.keyClick(page, Qt.Key.Key_F9)
    settle(page, qtbot)
    assert page.preview.refusal.text() == (
        "Nothing was changed. The diary of these days changed while this was worked out."
        " Work it out again."
    )
    assert room(database, parked) is None
    assert work(page, qtbot) != []
    assert page.preview.refusal.text() == ""


def test_what_no_room_takes_is_listed_with_the_reason(
    page: GiveRoomsPage, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    database.write(by, hold_room, wish(None, heads=200, title="Rally"))
    assert work(page, qtbot) == [("Rally", "no room", "no room")]
    assert page.preview.detail.text() == (
        "No room takes 200 in classroom layout; the largest takes 32."
    )
    assert page.preview.apply.isHidden()


def test_a_course_keeps_one_room_over_its_days_when_it_is_given_one(
    page: GiveRoomsPage, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    first = database.write(by, hold_room, wish(None, heads=9, title="Course"))
    booking = card(database, first).booking_id
    second = database.write(
        by,
        hold_room,
        wish(
            None,
            heads=9,
            title="Course",
            room_booking_id=booking,
            starts_at=at("09:30", 5),
            ends_at=at("12:00", 5),
        ),
    )
    database.write(by, hold_room, wish(woodlands.elm, heads=20))  # the first day's best is taken
    page.ask.spans.choose("week")
    page.ask._span_chosen("week")
    assert len(work(page, qtbot)) == 2
    qtbot.keyClick(page, Qt.Key.Key_F9)
    settle(page, qtbot)
    assert room(database, first) == room(database, second)


def test_days_the_wrong_way_round_are_refused_beside_the_field(
    page: GiveRoomsPage, qtbot: QtBot
) -> None:
    page.ask.last.show_value(date(2014, 3, 3))
    work(page, qtbot)
    assert page.ask.last.error.startswith("Give a last day after the first")


def test_stop_ends_the_search_and_leaves_the_page_ready(
    page: GiveRoomsPage, database: Database, by: By, qtbot: QtBot
) -> None:
    database.write(by, hold_room, wish(None, heads=9))
    qtbot.keyClick(page, Qt.Key.Key_F8)
    page.strip.stop.click()
    settle(page, qtbot)
    assert work(page, qtbot) != []


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2013, 9, 2), date(2013, 12, 31)),
        (date(2014, 3, 4), date(2014, 4, 17)),  # Good Friday is the 18th
        (date(2014, 4, 22), date(2014, 8, 31)),
    ],
)
def test_the_rest_of_a_term_ends_with_the_year_at_easter_or_in_august(
    day: date, last: date
) -> None:
    assert last_of_term(day) == last


def closures(database: Database) -> int:
    return int(database.read(lambda s: s.scalar(select(func.count(Closure.id)))) or 0)


def test_the_hire_of_what_moves_goes_along_and_comes_back_with_undo(
    page: GiveRoomsPage, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    buying = stock_up(database, by, woodlands)
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy, heads=25))
    before = money(database, use)
    page.ask.kind.choose("closing")
    page.ask._show_kind("closing")
    page.ask.space.show_value(woodlands.elm)
    page.ask.reason.show_value("A burst pipe")
    work(page, qtbot)
    qtbot.keyClick(page, Qt.Key.Key_F9)
    settle(page, qtbot)
    assert room(database, use) == "Ash"
    assert [line[0] for line in money(database, use)] == ["Hire of Ash, half day"]
    page.desk.undos.undo()
    qtbot.waitUntil(lambda: room(database, use) == "Elm")
    assert money(database, use) == before
