"""A report on paper in the place of the figures, to be printed or saved."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lle_desk.qt.buttons import Button
from lle_desk.qt.pdf_view import PdfView, print_pdf, save_pdf
from lle_desk.qt.theme import px
from lle_desk.qt.words import label


class ReportPaper(QWidget):
    """Shows one report as it will be printed.

    Signals:
        closed: the officer goes back to the figures.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = b""
        self._title = label("", "heading")
        self.view = PdfView("Report on paper")
        line = QHBoxLayout()
        line.setContentsMargins(px(10), px(6), px(10), px(6))
        line.setSpacing(px(8))
        line.addWidget(Button("Back to the figures", "arrow-left", on_click=self.closed.emit))
        line.addWidget(self._title)
        line.addStretch(1)
        line.addWidget(Button("Save as PDF", "download", on_click=self._save))
        line.addWidget(Button("Print", "printer", kind="primary", on_click=self._print))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.view, 1)

    def show_paper(self, title: str, data: bytes) -> None:
        """Show this report."""
        self._data = data
        self._title.set(title)
        self.view.show_pdf(data)
        self.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _print(self) -> None:
        print_pdf(self, self._data, self._title.text())

    def _save(self) -> None:
        save_pdf(self, self._data, f"{self._title.text()}.pdf")
