"""Bringing what is said into sight where a form is longer than the window."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from lle_desk.qt.theme import px

ROUND = 24  # pixels at 100 % kept round it


def bring_into_sight(widget: QWidget) -> None:
    """Scroll to `widget` as soon as it has its place; nothing where nothing scrolls."""

    def scroll() -> None:
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 0, px(ROUND))

    QTimer.singleShot(0, widget, scroll)
