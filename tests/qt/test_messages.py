from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lle_desk.qt.desk import Desk
from lle_desk.qt.messages import MessageBar
from tests.qt.walk import assert_named, assert_plain, shown_texts
from tests.screen import put_up

pytestmark = pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)


@pytest.fixture
def bar(desk: Desk, qtbot: QtBot) -> MessageBar:
    bar = MessageBar(desk)
    put_up(qtbot, bar)
    return bar


def test_it_says_who_is_here_and_on_what(bar: MessageBar) -> None:
    assert {"ann", "SQLite desk.db", "live"} <= set(shown_texts(bar))
    assert_plain(bar)
    assert_named(bar)


def test_control_z_takes_back_what_was_said_once(bar: MessageBar, desk: Desk, qtbot: QtBot) -> None:
    undone: list[int] = []
    desk.say("Booked: Oak Room.", undo=lambda: undone.append(1))
    assert "Undo" in shown_texts(bar)
    for _ in range(2):
        qtbot.keyClick(bar, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]
    assert "Undo" not in shown_texts(bar)


def test_control_y_does_again_what_was_taken_back(
    bar: MessageBar, desk: Desk, qtbot: QtBot
) -> None:
    done: list[str] = []
    desk.say("Taken back: Oak Room.", redo=lambda: done.append("again"))
    qtbot.keyClick(bar, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert done == ["again"]


def test_a_refusal_takes_the_undo_away(bar: MessageBar, desk: Desk) -> None:
    desk.say("Booked: Oak Room.", undo=print)
    desk.refused.emit("<b>Oak Room</b> is taken.")
    assert bar.text == "<b>Oak Room</b> is taken."
    assert "Undo" not in shown_texts(bar)


def test_offline_says_since_when(bar: MessageBar, desk: Desk) -> None:
    desk.live_changed.emit(False, "offline since 10:41: what is shown stays")
    assert "offline since 10:41: what is shown stays" in shown_texts(bar)


def test_the_list_of_what_can_be_undone_takes_back_down_to_the_one_chosen(
    bar: MessageBar, desk: Desk, qtbot: QtBot
) -> None:
    undone: list[str] = []
    for room in ("Oak", "Elm", "Ash"):
        desk.say(f"Booked: {room}.", undo=partial(undone.append, room))
    assert bar.undo_list.isVisible()
    entries = bar._entries()
    assert [words for words, _icon, _act in entries] == [
        "Booked: Ash",
        "Booked: Elm",
        "Booked: Oak",
    ]
    entries[1][2]()
    assert undone == ["Ash", "Elm"]
    assert desk.undos.to_undo == ["Booked: Oak"]
