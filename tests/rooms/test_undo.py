"""Every change of the diary is undone and done again, in the real tab, by its keys."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lle_desk.core.db import By, Database
from lle_desk.qt.desk import Desk
from lle_desk.qt.messages import MessageBar
from lle_desk.rooms.actions import (
    CancelBooking,
    ConfirmBooking,
    cancel_booking,
    confirm_booking,
    hold_room,
    move_use,
)
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.ui.booking_page import BookingPage
from lle_desk.rooms.ui.tab import RoomsTab
from tests.qt.walk import shown_texts
from tests.rooms.test_rooms_tab import cancel
from tests.rooms.woodlands import Woodlands, at, card, move_of, wish

CTRL = Qt.KeyboardModifier.ControlModifier
BOB = By("bob", "desk-2")


class Office(QWidget):
    """The Rooms tab above the line of messages, as in the window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.tab = RoomsTab(desk)
        self.messages = MessageBar(desk)
        column = QVBoxLayout(self)
        column.addWidget(self.tab, 1)
        column.addWidget(self.messages)
        self.resize(1400, 800)

    def select(self, qtbot: QtBot, use_id: int) -> None:
        plan = self.tab.grid
        qtbot.waitUntil(lambda: use_id in {key for key, _said in plan.spoken_blocks()})
        qtbot.waitUntil(lambda: not self.desk.is_busy())
        plan.setFocus()
        plan.select(use_id)
        qtbot.waitUntil(lambda: self.tab.inspector.use_id == use_id)
        qtbot.waitUntil(lambda: not self.desk.is_busy())

    def press(
        self, qtbot: QtBot, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        qtbot.keyClick(self.tab.grid, key, how)

    def wait_for(self, qtbot: QtBot, words: str) -> None:
        qtbot.waitUntil(lambda: self.messages.text == words)
        qtbot.waitUntil(lambda: not self.desk.is_busy())


@pytest.fixture
def office(desk: Desk, woodlands: Woodlands, qtbot: QtBot) -> Office:
    """The tab on Tuesday 4 March 2014."""
    office = Office(desk)
    qtbot.addWidget(office)
    office.tab.bar.stepper.set_day(date(2014, 3, 4))
    with qtbot.waitSignal(office.tab.plan_shown):
        office.show()
    office.activateWindow()
    qtbot.waitUntil(lambda: not desk.is_busy())
    return office


def place(database: Database, use_id: int) -> str:
    use = card(database, use_id)
    room = use.space.name if use.space else "parking"
    return f"{room} {use.starts_at:%H:%M}-{use.ends_at:%H:%M}"


def wait_for_place(database: Database, qtbot: QtBot, use: int, there: str) -> None:
    qtbot.waitUntil(lambda: place(database, use) == there)


def test_moved_and_lengthened_and_parked_are_undone_one_by_one_and_done_again(
    office: Office, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    office.select(qtbot, use)
    office.press(qtbot, Qt.Key.Key_Down, CTRL)
    office.press(qtbot, Qt.Key.Key_Return)
    office.wait_for(qtbot, "Moved “Phonics in Key Stage 1” to Ash.")
    office.press(qtbot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    office.press(qtbot, Qt.Key.Key_Return)
    office.wait_for(qtbot, "Made “Phonics in Key Stage 1” longer: Tue 4 Mar 09:30–12:15.")
    office.select(qtbot, use)
    page = office.tab.inspector.page
    assert isinstance(page, BookingPage)
    page.park_wanted.emit()
    office.wait_for(qtbot, "Parked “Phonics in Key Stage 1”, WR-00001: it has no room now.")
    was = ["parking 09:30-12:15", "Ash 09:30-12:15", "Ash 09:30-12:00", "Elm 09:30-12:00"]
    assert place(database, use) == was[0]
    for there in was[1:]:
        qtbot.keyClick(office, Qt.Key.Key_Z, CTRL)
        wait_for_place(database, qtbot, use, there)
    for there in reversed(was[:-1]):
        qtbot.keyClick(office, Qt.Key.Key_Y, CTRL)
        wait_for_place(database, qtbot, use, there)
    qtbot.waitUntil(lambda: "Undo" in shown_texts(office.messages))


def test_many_presses_of_undo_take_their_turns(
    office: Office, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    uses = [
        database.write(by, hold_room, wish(woodlands.elm, f"{hour}:00", f"{hour}:30"))
        for hour in (10, 11, 12)
    ]
    for use in uses:
        ask = move_of(database, use, woodlands.ash, *_clock(database, use))
        with qtbot.waitSignal(office.desk.undos.changed):
            office.desk.do(office, lambda _version: None, Keeping(move_use, f"Moved {use}"), ask)
    assert office.desk.undos.to_undo == [f"Moved {use}" for use in reversed(uses)]
    for _ in range(4):
        qtbot.keyClick(office, Qt.Key.Key_Z, CTRL)
    office.wait_for(qtbot, "There is nothing to undo.")
    assert {place(database, use)[:3] for use in uses} == {"Elm"}


def _clock(database: Database, use: int) -> tuple[str, str]:
    shown = card(database, use)
    return f"{shown.starts_at:%H:%M}", f"{shown.ends_at:%H:%M}"


def test_a_new_booking_is_undone_as_cancelled_and_comes_back(
    office: Office, database: Database, woodlands: Woodlands, qtbot: QtBot
) -> None:
    office.tab.grid.slot_chosen.emit(woodlands.elm, at("13:00"), at("15:00"))
    form = office.tab.inspector.booking_form
    assert form is not None
    form.title.show_value("Numeracy")
    form.heads.show_value(24)
    qtbot.keyClick(form.heads.editor, Qt.Key.Key_Return, CTRL)
    office.wait_for(qtbot, "Booked: Elm, Tue 4 Mar 13:00–15:00, Numeracy.")
    qtbot.keyClick(office, Qt.Key.Key_Z, CTRL)
    office.wait_for(qtbot, "Undone: Booked: Elm, Tue 4 Mar 13:00–15:00, Numeracy.")
    assert card(database, 1).status == "cancelled"
    assert not card(database, 1).holds_space
    qtbot.keyClick(office, Qt.Key.Key_Y, CTRL)
    qtbot.waitUntil(lambda: card(database, 1).status == "confirmed")
    assert card(database, 1).holds_space


def test_confirming_and_cancelling_are_undone(
    office: Office, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    option = date(2014, 3, 1)
    ask = wish(woodlands.elm, status="provisional", option_on=option)
    use = database.write(by, hold_room, ask)
    office.select(qtbot, use)
    office.press(qtbot, Qt.Key.Key_C)
    office.wait_for(qtbot, "Confirmed “Phonics in Key Stage 1”, WR-00001.")
    office.select(qtbot, use)
    cancel(office.tab, qtbot, "Nobody comes")
    office.wait_for(qtbot, "Cancelled “Phonics in Key Stage 1”, WR-00001.")
    qtbot.keyClick(office, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: card(database, use).status == "confirmed")
    assert card(database, use).holds_space
    qtbot.keyClick(office, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: card(database, use).status == "provisional")
    assert card(database, use).option_on == option


def test_an_edit_is_undone_with_all_its_fields(
    office: Office, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    office.select(qtbot, use)
    form = office.tab.inspector.booking_form
    assert form is not None
    form.title.show_value("Phonics, second day")
    form.heads.show_value(12)
    office.tab.inspector._save()
    qtbot.waitUntil(lambda: card(database, use).heads == 12)
    qtbot.waitUntil(lambda: bool(office.desk.undos.to_undo))
    qtbot.keyClick(office, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: card(database, use).heads == 8)
    assert card(database, use).title == "Phonics in Key Stage 1"


def test_what_another_desk_changed_since_is_not_undone_and_it_says_who(
    office: Office, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    spanish = database.write(by, hold_room, wish(woodlands.oak_1, title="Spanish"))
    use = database.write(by, hold_room, wish(woodlands.elm))
    for one, room in ((spanish, woodlands.oak_2), (use, woodlands.ash)):
        ask = move_of(database, one, room, "09:30", "12:00")
        with qtbot.waitSignal(office.desk.undos.changed):
            office.desk.do(office, lambda _version: None, Keeping(move_use, "Moved"), ask)
    database.write(BOB, move_use, move_of(database, use, woodlands.ash, "10:30", "12:00"))
    qtbot.keyClick(office, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: office.messages.text.startswith("Not undone"))
    said = office.messages.text
    assert said.startswith(
        "Not undone: bob (desk-2) has changed “Phonics in Key Stage 1”, WR-00002, since, "
    )
    assert place(database, use) == "Ash 10:30-12:00"
    qtbot.keyClick(office, Qt.Key.Key_Z, CTRL)  # that one is forgotten; the one before is undone
    qtbot.waitUntil(lambda: place(database, spanish) == "Oak 1 09:30-12:00")


def test_my_later_change_of_what_another_desk_changed_is_undone_but_no_earlier_one(
    office: Office, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))

    def mine(room: int, start: str) -> None:
        ask = move_of(database, use, room, start, "12:00")
        with qtbot.waitSignal(office.desk.undos.changed):
            office.desk.do(office, lambda _version: None, Keeping(move_use, "Moved"), ask)

    mine(woodlands.ash, "09:30")
    database.write(BOB, move_use, move_of(database, use, woodlands.ash, "10:30", "12:00"))
    mine(woodlands.elm, "10:30")
    qtbot.keyClick(office, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: place(database, use) == "Ash 10:30-12:00")
    qtbot.waitUntil(lambda: not office.desk.is_busy())
    qtbot.keyClick(office, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: office.messages.text.startswith("Not undone"))
    assert place(database, use) == "Ash 10:30-12:00"


def test_an_undo_into_a_room_that_was_taken_meanwhile_is_refused_with_who_has_it(
    office: Office, database: Database, by: By, woodlands: Woodlands, qtbot: QtBot
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm))
    ask = move_of(database, use, woodlands.ash, "09:30", "12:00")
    with qtbot.waitSignal(office.desk.undos.changed):
        office.desk.do(office, lambda _version: None, Keeping(move_use, "Moved"), ask)
    database.write(BOB, hold_room, wish(woodlands.elm, title="Spanish"))
    qtbot.keyClick(office, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: office.messages.text.startswith("Not undone"))
    assert "Elm is taken 09:30–12:00 by “Spanish”, WR-00002." in office.messages.text
    assert place(database, use) == "Ash 09:30-12:00"


def test_the_action_keeps_its_name_in_the_trail(
    database: Database, by: By, woodlands: Woodlands
) -> None:
    use = database.write(by, hold_room, wish(woodlands.elm, status="provisional"))
    shown = card(database, use)
    confirm = ConfirmBooking(booking_id=shown.booking_id, seen_version=1)
    done = database.write(by, Keeping(confirm_booking, "Confirmed"), confirm)
    assert done.answer == 2
    assert card(database, use).history[0].words == "Confirmed"
    cancel = CancelBooking(booking_id=shown.booking_id, seen_version=2, reason="Ill")
    database.write(by, Keeping(cancel_booking, "Cancelled"), cancel)
    assert card(database, use).history[0].words == "Cancelled: Ill"
