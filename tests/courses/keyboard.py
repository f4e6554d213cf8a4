"""A keyboard that types into the window as an officer does."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lle_desk.qt.desk import Desk

TODAY = date(2014, 3, 4)
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Keyboard:
    """Types into whatever has the keyboard and counts the keys that are no names."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self._qtbot = qtbot
        self._desk = desk
        self.pressed = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.pressed += 1
        QTest.keyClick(focused(), key, modifiers)
        self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(focused(), text)
        self.settle()

    def settle(self) -> None:
        self._qtbot.wait(5)
        self._qtbot.waitUntil(lambda: not self._desk.is_busy())


def focused() -> QWidget:
    """Return what has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def today() -> date:
    """Return the day on which these tests take place."""
    return TODAY


def say(keyboard: Keyboard, *answers: str) -> None:
    """Type each answer and press Enter after it; "" only presses Enter."""
    for answer in answers:
        keyboard.type(answer)
        keyboard.press(Qt.Key.Key_Return)
