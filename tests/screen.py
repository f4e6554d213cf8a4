"""A widget on the screen, as a test begins with it."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


def put_up(qtbot: QtBot, widget: QWidget, width: int = 0, height: int = 0) -> None:
    """Show a widget, of that size if one is given, and let it have the keyboard."""
    qtbot.addWidget(widget)
    if width:
        widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
