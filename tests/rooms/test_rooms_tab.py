from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.core.records import new_uuid
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.time_grid import Slot
from lle_desk.rooms.actions import CloseSpace, MoveUse, close_space, hold_room, move_use
from lle_desk.rooms.queries import day_list
from lle_desk.rooms.ui.cancel_booking import CancelRoomPage
from lle_desk.rooms.ui.plan_words import areas_of, shared_prefix
from lle_desk.rooms.ui.tab import RoomsTab
from tests.patient import WOKEN_MS
from tests.rooms.woodlands import Woodlands, at, card, wish

TUESDAY = date(2014, 3, 4)
CTRL = Qt.KeyboardModifier.ControlModifier
BOB = By("bob", "desk-2")


def blocks(tab: RoomsTab) -> list[str]:
    return [said for _key, said in tab.grid.spoken_blocks()]


def wait_for_plan(tab: RoomsTab, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(lambda: len(tab.grid.spoken_blocks()) == count)
    qtbot.waitUntil(lambda: not tab._desk.is_busy())


def press(tab: RoomsTab, qtbot: QtBot, key: Qt.Key, how: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(tab.grid, key, how or Qt.KeyboardModifier.NoModifier)


def test_another_desks_booking_appears_by_itself(
    tab: RoomsTab, database: Database, woodlands: Woodlands, qtbot: QtBot
) -> None:
    database.write(BOB, hold_room, wish(woodlands.elm))
    qtbot.waitUntil(lambda: len(tab.grid.spoken_blocks()) == 1, timeout=WOKEN_MS)
    [said] = blocks(tab)
    assert "Elm" in said
    assert "Phonics in Key Stage 1" in said
    assert "8 of 30 classroom" in said


def test_a_room_is_booked_by_keyboard_alone(
    tab: RoomsTab, database: Database, woodlands: Woodlands, qtbot: QtBot
) -> None:
    tab.grid.setFocus()
    tab.grid.select_slot(Slot(woodlands.elm, at("13:00"), at("15:00")))
    press(tab, qtbot, Qt.Key.Key_N)
    form = tab.inspector.booking_form
    assert form is not None
    qtbot.waitUntil(lambda: form.title.editor.hasFocus())
    qtbot.keyClicks(form.title.editor, "Numeracy network")
    qtbot.keyClicks(form.heads.editor, "24")
    qtbot.keyClick(form.heads.editor, Qt.Key.Key_Return, CTRL)
    wait_for_plan(tab, qtbot, 1)
    [row] = database.read(day_list, TUESDAY)
    assert (row.room, row.title, row.heads) == ("Elm", "Numeracy network", 24)
    assert (row.starts_at, row.ends_at) == (at("13:00"), at("15:00"))


def test_a_taken_room_is_refused_beside_the_field_with_who_has_it(
    tab: RoomsTab, database: Database, woodlands: Woodlands, qtbot: QtBot
) -> None:
    tab.grid.slot_chosen.emit(woodlands.elm, at("10:00"), at("11:00"))
    form = tab.inspector.booking_form
    assert form is not None
    form.title.show_value("Spanish")
    form.heads.show_value(10)
    tab.hide()  # so that the plan does not say it first
    database.write(BOB, hold_room, wish(woodlands.elm))
    tab.inspector._save()
    qtbot.waitUntil(lambda: bool(form.room.error))
    assert form.room.error == (
        "Elm is taken 09:30–12:00 by “Phonics in Key Stage 1”, WR-00001."
        " Free then: Oak 1, Oak Room, Ash."
    )
    assert form.title.value() == "Spanish"


def test_the_form_says_at_once_that_a_room_is_taken_or_too_small(
    tab: RoomsTab, database: Database, woodlands: Woodlands, qtbot: QtBot
) -> None:
    database.write(BOB, hold_room, wish(woodlands.elm))
    wait_for_plan(tab, qtbot, 1)
    tab.grid.slot_chosen.emit(woodlands.elm, at("10:00"), at("11:00"))
    form = tab.inspector.booking_form
    assert form is not None
    assert form.fit_words.text().startswith("Elm is taken 09:30–12:00 by")
    assert form.fit_words.text().endswith("fits.")
    form.room.show_value(woodlands.oak_1)
    form.heads.show_value(14)
    form.look()
    assert form.fit_words.text() == (
        "Oak 1 takes 10 in classroom layout, not 14. Oak Room fits, or give a reason."
    )
    assert form.reason.isVisible()
    form.heads.show_value(9)
    form.look()
    assert form.fit_words.isHidden()


def test_ctrl_and_arrows_move_a_booking_and_undo_puts_it_back(
    tab: RoomsTab, desk: Desk, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    wait_for_plan(tab, qtbot, 1)
    undo: list[object] = []
    desk.undo_offered.connect(lambda back, _again: undo.append(back))
    tab.grid.setFocus()
    tab.grid.select(use)
    press(tab, qtbot, Qt.Key.Key_Right, CTRL)
    press(tab, qtbot, Qt.Key.Key_Right, CTRL)
    press(tab, qtbot, Qt.Key.Key_Down, CTRL)
    press(tab, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card(database, use).starts_at == at("10:00"))
    moved = card(database, use)
    assert moved.space is not None
    assert (moved.space.name, moved.ends_at, moved.use_version) == ("Ash", at("12:30"), 2)
    qtbot.waitUntil(lambda: bool(undo))
    assert callable(undo[-1])
    undo[-1]()
    qtbot.waitUntil(lambda: card(database, use).starts_at == at("09:30"))
    back = card(database, use)
    assert back.space is not None
    assert back.space.name == "Elm"


def test_a_booking_is_dragged_to_another_room(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    wait_for_plan(tab, qtbot, 1)
    tab.grid.select(use)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    _drag(tab, _spot(tab, woodlands.elm, "10:30"), _spot(tab, woodlands.ash, "10:30"))
    qtbot.waitUntil(lambda: card(database, use).use_version == 2)
    moved = card(database, use)
    assert moved.space is not None
    assert moved.space.name == "Ash"
    assert moved.starts_at == at("09:30")


def _drag(tab: RoomsTab, start: QPoint, end: QPoint) -> None:
    port = tab.grid.viewport()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(port, start + (end - start) * step / 8)
    QTest.mouseRelease(port, left, pos=end)


def _spot(tab: RoomsTab, lane: int, clock: str) -> QPoint:
    """Return where a time in a lane is, in the viewport."""
    layout = tab.grid.layout_now()
    row = layout.rows.row(lane)
    assert row is not None
    side = tab.grid.look_now().side
    x = side + layout.axis.x(at(clock)) - tab.grid.horizontalScrollBar().value()
    y = layout.top + row.top + row.height / 2 - tab.grid.verticalScrollBar().value()
    return QPoint(round(x), round(y))


def test_a_move_onto_another_booking_is_not_asked_for(
    tab: RoomsTab, desk: Desk, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    database.write(by, hold_room, wish(woodlands.ash, title="Spanish"))
    use = database.write(by, hold_room, wish(woodlands.elm))
    wait_for_plan(tab, qtbot, 2)
    tab.grid.setFocus()
    tab.grid.select(use)
    with qtbot.waitSignal(desk.refused) as refused:
        press(tab, qtbot, Qt.Key.Key_Down, CTRL)
        press(tab, qtbot, Qt.Key.Key_Return)
    assert refused.args[0].startswith("Not moved. Ash is taken 09:30–12:00.")
    assert card(database, use).use_version == 1


def test_c_confirms_a_provisional_booking(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, status="provisional"))
    wait_for_plan(tab, qtbot, 1)
    tab.grid.setFocus()
    tab.grid.select(use)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    qtbot.keyClick(tab.grid, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: card(database, use).status == "confirmed")


def test_another_desks_change_is_marked_and_never_overwritten(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    wait_for_plan(tab, qtbot, 1)
    tab.grid.select(use)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    form = tab.inspector.booking_form
    assert form is not None
    qtbot.keyClicks(form.start.editor, "0")
    form.start.show_value(at("11:00").time())
    move = MoveUse(
        use_id=use,
        seen_version=1,
        space_id=woodlands.ash,
        starts_at=at("10:00"),
        ends_at=at("12:00"),
    )
    database.write(BOB, move_use, move)
    qtbot.waitUntil(lambda: form.room.value() == woodlands.ash)
    assert form.start.value() == at("11:00").time()
    assert form.start.error == "bob changed this meanwhile."


def test_a_parked_booking_gets_a_room_that_fits(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(None, heads=31))
    qtbot.waitUntil(lambda: bool(tab.parking.cards.spoken()))
    [said] = tab.parking.cards.spoken()
    assert said.endswith("31 heads, classroom, no room yet, 1 room fits")
    tab.parking.cards.setFocus()
    qtbot.keyClick(tab.parking.cards, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    form = tab.inspector.booking_form
    assert form is not None
    qtbot.waitUntil(lambda: len(form.free_rooms.fits) == 1)
    qtbot.keyClick(form.free_rooms.table, Qt.Key.Key_Return)
    assert form.room.value() == woodlands.ash
    tab.inspector._save()
    wait_for_plan(tab, qtbot, 1)
    assert tab.parking.cards.spoken() == []


def test_a_joined_room_shades_its_halves_and_a_closure_its_room(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    database.write(by, hold_room, wish(woodlands.oak_room))
    ask = CloseSpace(
        client_uuid=new_uuid(),
        site_id=woodlands.site,
        space_id=woodlands.ash,
        starts_at=at("08:00"),
        ends_at=at("12:00"),
        reason="new carpet",
    )
    database.write(by, close_space, ask)
    wait_for_plan(tab, qtbot, 1)
    qtbot.waitUntil(lambda: tab._plan is not None and bool(tab._plan.closed))
    assert tab._plan is not None
    assert {(area.lane, area.words) for area in areas_of(tab._plan)} == {
        (woodlands.oak_1, "part of Oak Room"),
        (woodlands.oak_2, "part of Oak Room"),
        (woodlands.ash, "Closed until 12:00: new carpet"),
    }


def cancel(tab: RoomsTab, qtbot: QtBot, reason: str) -> None:
    """Cancel what is shown by keyboard, with the cost in sight."""
    page = tab.inspector.page
    assert page is not None
    danger = next(one for one in page.findChildren(Button) if one.words.startswith("Cancel book"))
    qtbot.keyClick(danger, Qt.Key.Key_Space)
    asked = tab.inspector.page
    assert isinstance(asked, CancelRoomPage)
    qtbot.waitUntil(lambda: asked.cost is not None)
    qtbot.keyClicks(asked.reason.editor, reason)
    qtbot.keyClick(asked.reason.editor, Qt.Key.Key_Return, CTRL)


def test_a_cancelled_booking_leaves_the_plan_and_can_be_taken_back(
    tab: RoomsTab, desk: Desk, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    wait_for_plan(tab, qtbot, 1)
    undo: list[object] = []
    desk.undo_offered.connect(lambda back, _again: undo.append(back))
    tab.grid.select(use)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    cancel(tab, qtbot, "by telephone")
    qtbot.waitUntil(lambda: card(database, use).status == "cancelled")
    wait_for_plan(tab, qtbot, 0)
    assert callable(undo[-1])
    undo[-1]()
    wait_for_plan(tab, qtbot, 1)
    assert card(database, use).status == "confirmed"


def test_a_booking_is_opened_from_elsewhere_on_its_day(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(
        by, hold_room, wish(woodlands.elm, starts_at=at("09:30", 20), ends_at=at("12:00", 20))
    )
    tab.open_record("room_booking", card(database, use).booking_id)
    wait_for_plan(tab, qtbot, 1)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    assert tab.bar.stepper.day == date(2014, 3, 20)
    assert tab.grid.selected == use


def test_what_all_rooms_of_a_site_begin_with_is_left_out_beside_the_plan() -> None:
    assert shared_prefix(["Bedford Way (20) - 770", "Bedford Way (20) - 777"]) == (
        "Bedford Way (20) - "
    )
    assert shared_prefix(["Oak 1", "Oak 2", "Oak Room"]) == ""
    assert shared_prefix(["Bedford Way (20) - 770"]) == ""
    assert shared_prefix([]) == ""


def test_without_rooms_the_tab_says_what_would_be_here(desk: Desk, qtbot: QtBot) -> None:
    tab = RoomsTab(desk)
    qtbot.addWidget(tab)
    tab.show()
    qtbot.waitUntil(tab.no_rooms.isVisible)
    assert not tab.grid.isVisible()


def test_enter_goes_into_the_form_and_escape_back_to_the_plan(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    wait_for_plan(tab, qtbot, 1)
    tab.grid.setFocus()
    tab.grid.select(use)
    press(tab, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    form = tab.inspector.booking_form
    assert form is not None
    qtbot.waitUntil(lambda: form.title.editor.hasFocus())
    qtbot.keyClick(form.title.editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(tab.grid.hasFocus)
    assert tab.inspector.page is None
