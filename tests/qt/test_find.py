from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from lle_desk.qt.desk import Desk
from lle_desk.qt.find import FindBox
from tests.screen import put_up

pytestmark = pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)
KINDS = {"customer": ("Customers", "building"), "event": ("Events", "calendar-event")}


@dataclass(frozen=True, slots=True)
class Found:
    kind: str
    record_id: int
    title: str
    subtitle: str


def search(_session: Session, typed: str) -> Sequence[Found]:
    if typed == "zzz":
        return []
    return [
        Found("customer", 1, "<b>Demo</b> Primary", "Anytown AB1 2CD"),
        Found("event", 7, "Demo Phonics", "LPDS-0417"),
        Found("customer", 2, "Demo High", "Anytown"),
    ]


@pytest.fixture
def box(desk: Desk, qtbot: QtBot) -> FindBox:
    box = FindBox(desk, search, KINDS)
    put_up(qtbot, box)
    box.start()
    qtbot.waitUntil(box.hasFocus)
    return box


def test_what_is_found_stands_by_kind_and_enter_opens(box: FindBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "demo")
    qtbot.waitUntil(box.list.isVisible)
    titles = [line.title for line in box.list.model.rows]
    assert titles == ["Customers", "<b>Demo</b> Primary", "Demo High", "Events", "Demo Phonics"]
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Down)  # over the heading
    with qtbot.waitSignal(box.opened) as opened:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert opened.args == ["event", 7]
    assert box.text() == ""


def test_nothing_found_is_said(box: FindBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "zzz")
    qtbot.waitUntil(box.list.isVisible)
    assert box.list.model.rowCount() == 0
    assert "zzz" in box.list._none.text()


def test_escape_closes_the_list_then_leaves_the_box(box: FindBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "demo")
    qtbot.waitUntil(box.list.isVisible)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.list.isVisible()
    assert box.text() == "demo"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
