from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from lle_desk.qt.chooser import FindField
from lle_desk.qt.desk import Desk
from tests.screen import put_up

pytestmark = pytest.mark.parametrize("administrators_url", ["sqlite"], indirect=True)


@dataclass(frozen=True, slots=True)
class School:
    id: int
    name: str


SCHOOLS = [School(1, "Anytown Nursery School"), School(2, "Demo Primary"), School(3, "Demo High")]


def schools(_session: Session, typed: str) -> Sequence[School]:
    return [one for one in SCHOOLS if typed.casefold() in one.name.casefold()]


@pytest.fixture
def field(desk: Desk, qtbot: QtBot) -> FindField[School]:
    field = FindField(
        "&School",
        desk,
        schools,
        text=lambda school: school.name,
        detail=lambda school: f"URN {school.id}",
        key_of=lambda school: school.id,
        needed=True,
    )
    put_up(qtbot, field)
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    return field


def test_typing_finds_and_enter_takes(field: FindField[School], qtbot: QtBot) -> None:
    qtbot.keyClicks(field.line, "demo")
    qtbot.waitUntil(field._popup.isVisible)
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    with qtbot.waitSignal(field.chosen) as chosen:
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert chosen.args == [SCHOOLS[2]]
    assert field.value() == SCHOOLS[2]
    assert field.line.text() == "Demo High"
    assert not field._popup.isVisible()
    assert field.check()


def test_words_that_name_nothing_are_no_choice(field: FindField[School], qtbot: QtBot) -> None:
    qtbot.keyClicks(field.line, "zzz")
    qtbot.waitUntil(field._popup.isVisible)
    assert field.value() is None
    assert not field.check()
    assert field.error == "Choose one from the list for: School."


def test_escape_closes_the_list_and_keeps_the_words(field: FindField[School], qtbot: QtBot) -> None:
    qtbot.keyClicks(field.line, "demo")
    qtbot.waitUntil(field._popup.isVisible)
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert not field._popup.isVisible()
    assert field.line.text() == "demo"


def test_typing_on_after_a_choice_unchooses(field: FindField[School], qtbot: QtBot) -> None:
    field.set_value(SCHOOLS[0])
    assert not field.is_typed()
    qtbot.keyClicks(field.line, "x")
    assert field.value() is None
    assert field.is_typed()
