"""The same plan as a list of sentences, for those who read it rather than see it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from lle_desk.qt.time_grid.grid import TimeGrid

KEY = Qt.ItemDataRole.UserRole


class PlanList(QListWidget):
    """Each block of a time grid as one row: "Oak Room, Tuesday 4 March, 09:30 to 12:00, …".

    It shares the grid's selection, both ways, and Enter opens through the grid's own signal.
    While hidden it does nothing.
    """

    def __init__(self, grid: TimeGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.setAccessibleName(f"{grid.accessibleName()}, as a list")
        self.setUniformItemSizes(True)
        grid.plan_changed.connect(self._fill)
        grid.block_selected.connect(self._follow)
        self.currentItemChanged.connect(self._lead)
        self.itemActivated.connect(self._open)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        if not self.isVisible():
            return
        self.blockSignals(True)
        self.clear()
        for key, words in self._grid.spoken_blocks():
            item = QListWidgetItem(words)  # an item is plain text
            item.setData(KEY, key)
            self.addItem(item)
        self._follow(self._grid.selected)
        self.blockSignals(False)

    def _follow(self, key: object) -> None:
        """Stand on the block that the grid has selected."""
        for row in range(self.count()):
            if self.item(row).data(KEY) == key and self.isVisible():
                self.setCurrentRow(row)
                return

    def _lead(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(KEY) != self._grid.selected:
            self._grid.select(item.data(KEY))

    def _open(self, item: QListWidgetItem) -> None:
        self._grid.block_opened.emit(item.data(KEY))
