"""Catering, equipment and cancelling in the inspector, as a room manager does it by keyboard."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.qt.buttons import Button, LinkButton
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import hold_room, save_catering, save_equipment
from lle_desk.rooms.ui.booking_page import BookingPage
from lle_desk.rooms.ui.cancel_booking import CancelRoomPage
from lle_desk.rooms.ui.extras_forms import CateringForm, EquipmentForm
from lle_desk.rooms.ui.extras_part import ExtrasPart
from lle_desk.rooms.ui.tab import RoomsTab
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.rooms.buying import Buying, lend, money, order
from tests.rooms.woodlands import Woodlands, card, wish

TODAY = date(2014, 2, 25)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tab(desk: Desk, buying: Buying, qtbot: QtBot) -> RoomsTab:
    """The tab on Tuesday 4 March 2014, seen on 25 February."""
    tab = RoomsTab(desk)
    tab.inspector._today = lambda: TODAY
    qtbot.addWidget(tab)
    tab.resize(1400, 1000)
    tab.bar.stepper.set_day(date(2014, 3, 4))
    with qtbot.waitExposed(tab):
        tab.show()
    tab.activateWindow()
    tab.grid.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.waitUntil(lambda: not desk.is_busy())
    return tab


def open_use(tab: RoomsTab, qtbot: QtBot, use: int) -> BookingPage:
    tab.inspector.show_use(use)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    page = tab.inspector.page
    assert isinstance(page, BookingPage)
    return page


def part_of(tab: RoomsTab) -> ExtrasPart:
    page = tab.inspector.page
    assert isinstance(page, BookingPage)
    return page.extras


def here() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def words_of(widget: QWidget) -> str:
    return " | ".join(shown_texts(widget))


def test_catering_is_ordered_by_keyboard_and_the_next_line_is_one_key_away(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, buying: Buying, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    page = open_use(tab, qtbot, use)
    page.focus_first()
    qtbot.keyClick(here(), Qt.Key.Key_I, ALT)
    form = part_of(tab).form
    assert isinstance(form, CateringForm)
    qtbot.waitUntil(lambda: form.item.box.count() == 2)
    qtbot.waitUntil(form.item.box.hasFocus)
    qtbot.keyClicks(form.item.box, "Coffee")
    qtbot.keyClick(here(), Qt.Key.Key_Tab)
    qtbot.keyClicks(here(), "1030")
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    assert form.quantity.value() == 8  # as many as come
    qtbot.keyClicks(here(), "12")
    qtbot.keyClick(here(), Qt.Key.Key_Return)
    qtbot.keyClicks(here(), "2")
    qtbot.keyClick(here(), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(card(database, use).extras.catering))
    [line] = card(database, use).extras.catering
    assert (line.item, line.quantity, line.diets.words) == (
        "Coffee and biscuits",
        12,
        "2 vegetarian",
    )
    qtbot.waitUntil(lambda: "10:30 Coffee and biscuits" in words_of(part_of(tab)))
    qtbot.waitUntil(lambda: here() is part_of(tab).catering_button)  # ready for the next one
    assert money(database, use)[1] == ("Coffee and biscuits", 12, 2340, "S")


def test_a_line_is_changed_in_place_and_esc_leaves_the_line_not_the_booking(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, buying: Buying, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    database.write(by, save_catering, order(use, buying.coffee, 12))
    page = open_use(tab, qtbot, use)
    line = next(one for one in page.findChildren(LinkButton) if "Coffee" in one.text())
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Space)
    form = part_of(tab).form
    assert isinstance(form, CateringForm)
    form.quantity.show_value(0)
    qtbot.keyClick(form.quantity.editor, Qt.Key.Key_Return, CTRL)
    assert form.quantity.error == "Not less than 1."
    qtbot.keyClick(form.quantity.editor, Qt.Key.Key_Escape)
    assert part_of(tab).form is None
    assert tab.inspector.use_id == use
    part_of(tab).open_catering(card(database, use).extras.catering[0])
    again = part_of(tab).form
    assert again is not None
    strike = next(one for one in again.findChildren(Button) if one.words == "Strike out")
    qtbot.keyClick(strike, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: card(database, use).extras.catering[0].quantity == 0)
    qtbot.waitUntil(lambda: "for 0, 12 charged" in words_of(part_of(tab)))  # it was too late


def test_equipment_says_what_is_free_and_who_has_the_rest(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, buying: Buying, qtbot: QtBot
) -> None:
    other = database.write(by, hold_room, wish(woodlands.ash, title="Budget meeting"))
    database.write(by, save_equipment, lend(other, buying.projector))
    use = database.write(by, hold_room, wish(woodlands.elm))
    page = open_use(tab, qtbot, use)
    page.focus_first()
    qtbot.keyClick(here(), Qt.Key.Key_V, ALT)
    form = part_of(tab).form
    assert isinstance(form, EquipmentForm)
    qtbot.waitUntil(lambda: form.equipment.box.count() == 2)
    assert form.equipment.box.itemText(0) == "Projector (1 of 2 free)"
    form.quantity.show_value(2)
    qtbot.keyClick(form.quantity.editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(form.quantity.error))
    assert "WR-00001 “Budget meeting” has 1, 09:30–12:00." in form.quantity.error
    form.quantity.show_value(1)
    qtbot.keyClick(form.quantity.editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(card(database, use).extras.equipment))


def test_a_line_that_was_ordered_is_undone(
    tab: RoomsTab,
    desk: Desk,
    database: Database,
    by: By,
    woodlands: Woodlands,
    buying: Buying,
    qtbot: QtBot,
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    open_use(tab, qtbot, use)
    part_of(tab).open_catering()
    form = part_of(tab).form
    assert isinstance(form, CateringForm)
    qtbot.waitUntil(lambda: form.item.box.count() == 2)
    form.save_button.click()
    qtbot.waitUntil(lambda: len(money(database, use)) == 2)
    qtbot.waitUntil(lambda: not desk.is_busy())
    desk.undos.undo()
    qtbot.waitUntil(lambda: len(money(database, use)) == 1)
    assert card(database, use).extras.catering == ()
    qtbot.waitUntil(lambda: not desk.is_busy())
    desk.undos.redo()
    qtbot.waitUntil(lambda: len(money(database, use)) == 2)
    [line] = card(database, use).extras.catering
    assert line.quantity == 8


def test_the_section_shows_lines_final_numbers_and_money_in_plain_words(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, buying: Buying, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    database.write(by, save_catering, order(use, buying.coffee, 12))
    database.write(by, save_equipment, lend(use, buying.projector))
    page = open_use(tab, qtbot, use)
    said = words_of(page)
    for words in (
        "10:30 Coffee and biscuits",
        "for 12",
        "2 vegetarian",
        "Projector",
        "Final numbers",
        "Sat 22 Feb",
        "What is charged no longer falls.",
        "12 × £1.95 · S",
        "£123.08",
    ):
        assert words in said, words
    assert_plain(page)
    assert_named(page)


def test_cancelling_shows_the_cost_for_the_day_of_notice_and_can_be_waived(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, buying: Buying, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, customer_id=buying.academy))
    database.write(by, save_catering, order(use, buying.coffee, 12))
    open_use(tab, qtbot, use)
    tab.inspector._ask_cancel()
    page = tab.inspector.page
    assert isinstance(page, CancelRoomPage)
    qtbot.waitUntil(lambda: page.cost is not None)
    assert page.reason.editor.hasFocus()
    assert "5 working days of notice: 100 % of £23.40" in words_of(page)
    assert "£103.40" in words_of(page)
    page.notice_on.show_value(date(2014, 2, 10))
    page.notice_on.changed.emit()
    qtbot.waitUntil(lambda: "50 % of £80.00" in words_of(page))
    page.by_us.show_value(True)
    page.by_us.changed.emit()
    assert "cancelled by us" in words_of(page)
    page.by_us.show_value(False)
    page.by_us.changed.emit()
    page.waive.show_value(True)
    page.waive.changed.emit()
    assert page.waived_because.isVisible()
    page.waived_because.show_value("snow")
    qtbot.keyClicks(page.reason.editor, "Roads closed")
    qtbot.keyClick(page.reason.editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: card(database, use).status == "cancelled")
    assert money(database, use) == []
    assert card(database, use).cancelled_reason == "Roads closed (charge waived: snow)"


def test_esc_goes_back_to_the_booking_that_is_not_cancelled_after_all(
    tab: RoomsTab, database: Database, by: By, woodlands: Woodlands, buying: Buying, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    open_use(tab, qtbot, use)
    tab.inspector._ask_cancel()
    page = tab.inspector.page
    assert isinstance(page, CancelRoomPage)
    qtbot.keyClick(page.reason.editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: tab.inspector.use_id == use)
    assert card(database, use).status == "confirmed"
