"""What the Rooms tab asks, says and offers, beside the plan itself."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.qt.buttons import Button
from lle_desk.rooms.actions import hold_room
from lle_desk.rooms.queries import day_list
from lle_desk.rooms.ui.tab import RoomsTab
from tests.rooms.test_rooms_tab import blocks, wait_for_plan
from tests.rooms.woodlands import Woodlands, at, card, wish

TUESDAY = date(2014, 3, 4)


def test_what_is_typed_is_asked_about_before_another_booking_is_shown(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    first = database.write(by, hold_room, wish(woodlands.elm))
    second = database.write(by, hold_room, wish(woodlands.ash, title="Spanish"))
    wait_for_plan(tab, qtbot, 2)
    tab.grid.select(first)
    qtbot.waitUntil(lambda: tab.inspector.use_id == first)
    form = tab.inspector.booking_form
    assert form is not None
    qtbot.keyClicks(form.title.editor, "!")
    tab.grid.select(second)
    assert tab.inspector.use_id == first
    leave = next(
        button for button in tab.inspector.findChildren(Button) if button.words == "Leave it"
    )
    qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.inspector.use_id == second)
    assert card(database, first).title == "Phonics in Key Stage 1"


def test_every_booking_is_a_sentence_and_every_control_has_a_name(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, status="provisional"))
    wait_for_plan(tab, qtbot, 1)
    assert blocks(tab) == [
        "Elm, Tuesday 4 March, 09:30 to 12:00, Phonics in Key Stage 1, provisional,"
        " 8 of 30 classroom"
    ]
    tab.grid.select(use)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    unnamed = [
        widget
        for widget in tab.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", lambda: "")())
    ]
    assert unnamed == []


def test_another_time_that_day_is_taken_into_the_form(
    tab: RoomsTab, woodlands: Woodlands, qtbot: QtBot
) -> None:
    tab.grid.slot_chosen.emit(woodlands.elm, at("10:00"), at("11:30"))
    form = tab.inspector.booking_form
    assert form is not None
    form.show_rooms_that_fit()
    form.free_rooms.time_chosen.emit(woodlands.ash, at("13:15"))
    assert form.room.value() == woodlands.ash
    assert (form.start.value(), form.end.value()) == (at("13:15").time(), at("14:45").time())
    assert form.free_rooms.isHidden()


def test_a_booking_is_copied_a_week_later(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, heads=21, order_number="PO 7"))
    wait_for_plan(tab, qtbot, 1)
    tab.grid.select(use)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    copy = next(one for one in tab.inspector.findChildren(Button) if one.words == "Copy")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    form = tab.inspector.booking_form
    assert form is not None
    assert form.title.value() == "Phonics in Key Stage 1"
    tab.inspector._save()
    qtbot.waitUntil(lambda: bool(database.read(day_list, date(2014, 3, 11))))
    [row] = database.read(day_list, date(2014, 3, 11))
    assert (row.room, row.heads, row.number) == ("Elm", 21, 2)
    assert len(database.read(day_list, TUESDAY)) == 1
