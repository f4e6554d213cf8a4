import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lle_desk.qt.buttons import Button
from lle_desk.qt.words import label, tip
from tests.qt.walk import assert_named, assert_plain, shown_texts

HOSTILE = "<img src=//host/x.png> & <b>Ltd</b>"


def _holder(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    for widget in widgets:
        column.addWidget(widget)
    return holder


def test_a_label_that_would_guess_html_is_found(qtbot: QtBot) -> None:
    with pytest.raises(AssertionError):
        assert_plain(_holder(qtbot, QLabel(HOSTILE)))


def test_a_raw_tooltip_is_found(qtbot: QtBot) -> None:
    bad = QWidget()
    bad.setToolTip(HOSTILE)
    with pytest.raises(AssertionError):
        assert_plain(_holder(qtbot, bad))


def test_a_field_without_a_name_is_found(qtbot: QtBot) -> None:
    with pytest.raises(AssertionError):
        assert_named(_holder(qtbot, QLineEdit()))


def test_our_own_words_stay_as_typed(qtbot: QtBot) -> None:
    words, button = label(HOSTILE), Button("Open")
    tip(button, HOSTILE)
    holder = _holder(qtbot, words, button)
    assert_plain(holder)
    assert_named(holder)
    assert HOSTILE in shown_texts(holder)
    assert "&lt;img" in button.toolTip()
    assert button.accessibleDescription() == HOSTILE
