"""An officer's hands: keys where the focus is, the mouse where something stands."""

import time
from datetime import datetime
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QScrollArea, QWidget

from lle_desk.qt.field import Field
from lle_desk.qt.table import Table
from lle_desk.qt.time_grid import TimeGrid
from lle_desk.window import Window
from tests.quiet import until_quiet

SHORT_MS = 40
LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


class Hands:
    """Presses, types, clicks and drags, and waits each time until the desk is quiet."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.presses = 0

    @property
    def focus(self) -> QWidget:
        """Where a key goes: to a menu that is open, else to what has the keyboard."""
        menu = QApplication.activePopupWidget()
        return menu or QApplication.focusWidget() or self.window

    def wait(self) -> None:
        """Wait until nothing is under way."""
        until_quiet(self.window.desk)

    # Keys

    def press(self, *keys: str) -> None:
        for key in keys:
            combination = QKeySequence(key)[0]  # type: ignore[index]
            QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())
            self.presses += 1
            self.wait()

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus, words)
        self.wait()

    def tab_to(self, name: str) -> None:
        """Press Tab until what is called so has the keyboard."""
        for _ in range(40):
            if self.focus.accessibleName().startswith(name):
                return
            self.press("Tab")
        raise AssertionError(f"Tab never came to {name}; last at {self.focus.accessibleName()}")

    # Mouse

    def click(
        self, widget: QWidget, at: QPoint | None = None, held: Qt.KeyboardModifier = NO_KEY
    ) -> None:
        assert widget.isVisible(), f"{widget.accessibleName()} is not to be seen"
        QTest.mouseClick(widget, LEFT, held, at or widget.rect().center())
        self.wait()

    def bring(self, widget: QWidget) -> None:
        """Scroll as the wheel does until a part of a form is in sight."""
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        assert above is not None
        above.ensureWidgetVisible(widget, 0, 20)
        self.wait()

    def fill(self, field: Field[Any], words: str) -> None:
        """Click into a field and type over what is there."""
        self.click(field.editor)
        self.press("Ctrl+A")
        self.type(words)

    def choose(self, box: QComboBox, words: str) -> None:
        """Open a choice by the mouse and click one of its lines."""
        usual = QApplication.doubleClickInterval()
        QApplication.setDoubleClickInterval(SHORT_MS)  # Qt ignores a click in the list before that
        try:
            self.click(box)
            time.sleep(2 * SHORT_MS / 1000)
        finally:
            QApplication.setDoubleClickInterval(usual)
        index = box.model().index(box.findText(words, Qt.MatchFlag.MatchStartsWith), 0)
        assert index.isValid(), f"{words} is not offered"
        list_of = box.view()
        list_of.scrollTo(index)
        spot = list_of.visualRect(index).center()
        QTest.mouseMove(list_of.viewport(), spot)
        QApplication.processEvents()
        QTest.mouseClick(list_of.viewport(), LEFT, NO_KEY, spot)
        self.wait()
        assert box.currentText().startswith(words)

    def choose_entry(self, button: QWidget, words: str) -> None:
        """Open a menu by the mouse and click the entry that begins so."""
        self.click(button)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        entries = {one.text().replace("&", ""): one for one in menu.actions()}
        entry = next(one for text, one in entries.items() if text.startswith(words))
        QTest.mouseClick(menu, LEFT, NO_KEY, menu.actionGeometry(entry).center())
        self.wait()

    def click_row(self, table: Table, row: int, *, twice: bool = False) -> None:
        index = table.model().index(row, 0)
        table.scrollTo(index)
        spot = table.visualRect(index).center()
        QTest.mouseClick(table.viewport(), LEFT, NO_KEY, spot)
        if twice:
            QTest.mouseDClick(table.viewport(), LEFT, NO_KEY, spot)
        self.wait()

    # The plan

    def spot(self, grid: TimeGrid, lane: int, when: datetime) -> QPoint:
        """Return where a time in a lane is, in the plan's viewport."""
        layout = grid.layout_now()
        row = layout.rows.row(lane)
        assert row is not None
        x = grid.look_now().side + layout.axis.x(when) - grid.horizontalScrollBar().value()
        y = layout.top + row.top + row.height / 2 - grid.verticalScrollBar().value()
        return QPoint(round(x), round(y))

    def drag(self, grid: TimeGrid, start: QPoint, end: QPoint) -> None:
        port = grid.viewport()
        QTest.mousePress(port, LEFT, NO_KEY, start)
        for step in range(1, 9):
            QTest.mouseMove(port, start + (end - start) * step / 8)
        QTest.mouseRelease(port, LEFT, NO_KEY, end)
        self.wait()
