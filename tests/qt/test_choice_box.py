"""A choice from a list, by keyboard."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from lle_desk.qt.buttons import Button
from lle_desk.qt.fields import ChoiceBox


def test_letters_typed_into_a_choice_are_no_keys_of_the_screen(qtbot: QtBot) -> None:
    holder, pressed = QWidget(), []
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    box = ChoiceBox()
    box.addItems(["Ash", "Oak 1", "Oak 2", "Projector"])
    column.addWidget(box)
    column.addWidget(Button("Park", key="P", on_click=lambda: pressed.append("P")))
    with qtbot.waitExposed(holder):
        holder.show()
    holder.activateWindow()
    box.setFocus()
    qtbot.keyClicks(box, "Oak 2")
    assert box.currentText() == "Oak 2"
    assert not box.view().isVisible()
    qtbot.wait(QApplication.keyboardInputInterval() + 50)  # another word
    qtbot.keyClicks(box, "P")
    assert box.currentText() == "Projector"
    assert pressed == []
