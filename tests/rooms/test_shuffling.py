"""Bookings change places, are parked and kept, in the real tab, by keys and by mouse."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.core.errors import OfficerError, RecordChanged
from lle_desk.qt.desk import Desk
from lle_desk.qt.time_grid import parked_mime
from lle_desk.rooms.actions import hold_room, move_use
from lle_desk.rooms.actions.requests import PinUse, SwapUses
from lle_desk.rooms.actions.swapping import pin_use, swap_uses
from lle_desk.rooms.ui.plan_words import blocks_of
from lle_desk.rooms.ui.tab import RoomsTab
from tests.rooms.woodlands import Woodlands, at, card, move_of, wish

CTRL = Qt.KeyboardModifier.ControlModifier
BOB = By("bob", "desk-2")


def room(database: Database, use_id: int) -> str:
    use = card(database, use_id)
    return use.space.name if use.space else "parking"


def select(tab: RoomsTab, qtbot: QtBot, use_id: int) -> None:
    qtbot.waitUntil(lambda: use_id in {key for key, _said in tab.grid.spoken_blocks()})
    qtbot.waitUntil(lambda: not tab._desk.is_busy())
    tab.grid.setFocus()
    tab.grid.select(use_id)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use_id)
    qtbot.waitUntil(lambda: not tab._desk.is_busy())


def wait_for_parked(tab: RoomsTab, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(lambda: len(tab.parking.cards.spoken()) == count)


def spot(tab: RoomsTab, lane: int, clock: str) -> QPoint:
    """Return where a time in a lane is, in the viewport."""
    layout = tab.grid.layout_now()
    row = layout.rows.row(lane)
    assert row is not None
    x = tab.grid.look_now().side + layout.axis.x(at(clock))
    y = layout.top + row.top + row.height / 2
    return QPoint(
        round(x - tab.grid.horizontalScrollBar().value()),
        round(y - tab.grid.verticalScrollBar().value()),
    )


def two(database: Database, by: By, woodlands: Woodlands) -> tuple[int, int]:
    first = database.write(by, hold_room, wish(woodlands.elm))
    second = database.write(by, hold_room, wish(woodlands.ash, title="Spanish", heads=20))
    return first, second


def test_s_and_enter_swap_two_bookings_and_one_undo_swaps_them_back(
    tab: RoomsTab, desk: Desk, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    first, second = two(database, by, woodlands)
    select(tab, qtbot, second)
    select(tab, qtbot, first)
    qtbot.keyClick(tab.grid, Qt.Key.Key_S)
    assert tab.swap_bar.isVisible()
    qtbot.keyClick(tab.grid, Qt.Key.Key_Down)
    swap = tab.swap_bar.swap
    assert swap is not None
    assert (swap.first.verdict, swap.second.verdict) == (
        "fits, 8 of 32 seats",
        "fits, 20 of 30 seats",
    )
    qtbot.keyClick(tab.grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: (room(database, first), room(database, second)) == ("Ash", "Elm"))
    qtbot.waitUntil(lambda: bool(desk.undos.to_undo))
    assert desk.undos.to_undo == [
        "Swapped “Phonics in Key Stage 1” (now Ash) with “Spanish” (now Elm)"
    ]
    assert not tab.swap_bar.isVisible()
    desk.undos.undo()
    qtbot.waitUntil(lambda: (room(database, first), room(database, second)) == ("Elm", "Ash"))
    qtbot.waitUntil(lambda: not desk.is_busy())
    desk.undos.redo()
    qtbot.waitUntil(lambda: (room(database, first), room(database, second)) == ("Ash", "Elm"))


def test_ctrl_click_on_a_second_booking_offers_the_swap_and_the_mouse_does_it(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    first, second = two(database, by, woodlands)
    select(tab, qtbot, second)
    select(tab, qtbot, first)
    there = spot(tab, woodlands.ash, "10:30")
    QTest.mouseClick(tab.grid.viewport(), Qt.MouseButton.LeftButton, CTRL, there)
    assert tab.grid.selected == first
    assert tab.swap_bar.swap is not None
    qtbot.mouseClick(tab.swap_bar.do_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: (room(database, first), room(database, second)) == ("Ash", "Elm"))


def test_bookings_at_other_times_swap_rooms_and_times_or_rooms_only(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    first = database.write(by, hold_room, wish(woodlands.elm, "09:00", "10:00"))
    second = database.write(by, hold_room, wish(woodlands.ash, "13:00", "15:00", title="Spanish"))
    select(tab, qtbot, second)
    select(tab, qtbot, first)
    tab.shuffle.begin_swap(first)
    tab.shuffle.offer(second)
    swap = tab.swap_bar.swap
    assert swap is not None
    assert swap.first.where == "“Phonics in Key Stage 1” to Ash, Tue 4 Mar 13:00–14:00"
    qtbot.keyClick(tab, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    swap = tab.swap_bar.swap
    assert swap is not None
    assert swap.first.where == "“Phonics in Key Stage 1” to Ash, Tue 4 Mar 09:00–10:00"
    qtbot.keyClick(tab, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    tab.shuffle.confirm_swap()
    qtbot.waitUntil(lambda: card(database, first).starts_at == at("13:00"))
    assert card(database, second).starts_at == at("09:00")
    assert card(database, second).ends_at == at("11:00")


def test_a_swap_that_does_not_fit_says_who_is_in_the_way_and_is_not_done(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    first = database.write(by, hold_room, wish(woodlands.elm, "09:30", "14:00"))
    second = database.write(by, hold_room, wish(woodlands.ash, title="Spanish"))
    third = database.write(by, hold_room, wish(woodlands.ash, "13:00", "14:00", title="Maths"))
    select(tab, qtbot, third)
    select(tab, qtbot, first)
    tab.shuffle.begin_swap(first)
    tab.shuffle.offer(second)
    swap = tab.swap_bar.swap
    assert swap is not None
    assert swap.first.verdict == "taken 13:00–14:00 by “Maths”"
    assert swap.second.verdict.startswith("fits")
    assert not tab.swap_bar.do_button.isEnabled()
    qtbot.keyClick(tab.grid, Qt.Key.Key_Return)
    qtbot.keyClick(tab.grid, Qt.Key.Key_Escape)
    assert not tab.swap_bar.isVisible()
    assert room(database, first) == "Elm"


def test_a_swap_into_too_few_seats_asks_for_a_reason(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    first = database.write(by, hold_room, wish(woodlands.elm, heads=25))
    second = database.write(by, hold_room, wish(woodlands.oak_1, title="Spanish"))
    select(tab, qtbot, second)
    select(tab, qtbot, first)
    tab.shuffle.begin_swap(first)
    tab.shuffle.offer(second)
    qtbot.keyClick(tab.grid, Qt.Key.Key_Return)
    assert tab.swap_bar.reason.error == "Say why more heads than seats are fine here."
    qtbot.keyClicks(tab.swap_bar.reason.editor, "Chairs from Elm")
    tab.swap_bar.confirm()
    qtbot.waitUntil(lambda: room(database, first) == "Oak 1")
    assert card(database, first).over_capacity_reason == "Chairs from Elm"


def test_a_swap_is_done_wholly_or_not_at_all(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    first = database.write(by, hold_room, wish(woodlands.elm, "09:30", "14:00"))
    second = database.write(by, hold_room, wish(woodlands.ash))
    database.write(by, hold_room, wish(woodlands.ash, "13:00", "14:00", title="Maths"))
    ask = SwapUses(
        first=move_of(database, first, woodlands.ash, "09:30", "14:00"),
        second=move_of(database, second, woodlands.elm, "09:30", "12:00"),
    )
    with pytest.raises(OfficerError, match="Ash is taken 13:00–14:00 by “Maths”"):
        database.write(by, swap_uses, ask)
    assert (room(database, first), room(database, second)) == ("Elm", "Ash")
    assert card(database, first).use_version == card(database, second).use_version == 1


def test_a_swap_of_what_another_desk_moved_is_refused(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    first, second = two(database, by, woodlands)
    ask = SwapUses(
        first=move_of(database, first, woodlands.ash, "09:30", "12:00"),
        second=move_of(database, second, woodlands.elm, "09:30", "12:00"),
    )
    database.write(BOB, move_use, move_of(database, second, woodlands.oak_room, "09:30", "12:00"))
    with pytest.raises(RecordChanged):
        database.write(by, swap_uses, ask)
    assert room(database, first) == "Elm"


def test_a_swap_whose_answer_was_lost_is_not_done_twice(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    first, second = two(database, by, woodlands)
    ask = SwapUses(
        first=move_of(database, first, woodlands.ash, "09:30", "12:00"),
        second=move_of(database, second, woodlands.elm, "09:30", "12:00"),
    )
    assert database.write(by, swap_uses, ask) == database.write(by, swap_uses, ask)


def test_a_parked_booking_swaps_places_with_one_that_has_a_room(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    first = database.write(by, hold_room, wish(woodlands.elm))
    parked = database.write(by, hold_room, wish(None, title="Spanish"))
    select(tab, qtbot, first)
    qtbot.keyClick(tab.grid, Qt.Key.Key_S)
    tab.parking.cards.setFocus()
    qtbot.keyClick(tab.parking.cards, Qt.Key.Key_Home)
    assert tab.swap_bar.swap is not None
    qtbot.keyClick(tab.parking.cards, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room(database, parked) == "Elm")
    assert room(database, first) == "parking"


def test_p_parks_and_several_are_parked_while_shuffling(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    first, second = two(database, by, woodlands)
    for count, use in enumerate((first, second), start=1):
        select(tab, qtbot, use)
        qtbot.keyClick(tab.grid, Qt.Key.Key_P)
        wait_for_parked(tab, qtbot, count)
    assert room(database, first) == room(database, second) == "parking"
    assert card(database, first).holds_space


def test_a_booking_is_dragged_from_the_plan_to_the_parking(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    first, second = two(database, by, woodlands)
    select(tab, qtbot, second)
    select(tab, qtbot, first)
    port = tab.grid.viewport()
    start = spot(tab, woodlands.elm, "10:30")
    end = port.mapFromGlobal(tab.parking.mapToGlobal(QPoint(500, 12)))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(port, start + (end - start) * step / 8)
    assert tab.parking._count.text() == "Let go to park it here."
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
    qtbot.waitUntil(lambda: room(database, first) == "parking")
    qtbot.waitUntil(lambda: len(tab.parking.cards.spoken()) == 1)
    assert card(database, first).starts_at == at("09:30")
    _drop(tab, parked_mime(first), spot(tab, woodlands.elm, "13:30"))
    qtbot.waitUntil(lambda: room(database, first) == "Elm")
    assert card(database, first).starts_at >= at("13:00")


def _drop(tab: RoomsTab, data: QMimeData, there: QPoint) -> None:
    tab.grid.dropEvent(
        QDropEvent(
            QPointF(there),
            Qt.DropAction.MoveAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_k_keeps_a_booking_in_its_room_and_the_plan_shows_it(
    tab: RoomsTab, desk: Desk, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    first, _second = two(database, by, woodlands)
    select(tab, qtbot, first)
    qtbot.keyClick(tab.grid, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: card(database, first).is_pinned)
    qtbot.waitUntil(lambda: "kept in this room" in dict(tab.grid.spoken_blocks())[first])
    assert tab._plan is not None
    block = next(block for block in blocks_of(tab._plan) if block.key == first)
    assert block.icons == ("map-pin",)
    qtbot.waitUntil(lambda: bool(desk.undos.to_undo))
    desk.undos.undo()
    qtbot.waitUntil(lambda: not card(database, first).is_pinned)


def test_a_kept_booking_is_not_moved_by_an_allocation(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    from lle_desk.rooms.actions.allocating import allocation_question
    from lle_desk.rooms.rules.allocation import allocate

    use = database.write(by, hold_room, wish(woodlands.ash, heads=5))
    pin = PinUse(use_id=use, seen_version=1, is_pinned=True)
    database.write(by, pin_use, pin)
    day = date(2014, 3, 4)
    question = database.read(allocation_question, woodlands.site, day, day + timedelta(days=1))
    assert allocate(question).changed == ()


def test_what_has_no_room_cannot_be_kept_in_it(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(None))
    with pytest.raises(OfficerError, match="It has no room yet"):
        database.write(by, pin_use, PinUse(use_id=use, seen_version=1, is_pinned=True))
