"""A paper in the place of the work, to be printed or saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from lle_desk.qt.buttons import Button
from lle_desk.qt.leaving import LeavesOnEsc
from lle_desk.qt.pdf_view import PdfView, print_pdf, save_pdf
from lle_desk.qt.theme import px
from lle_desk.qt.words import label


class PaperPane(LeavesOnEsc):
    """Shows one PDF with the ways to print and keep it; `back` is the way out, in words.

    Signals:
        closed: the officer goes back to the work.
    """

    closed = Signal()

    def __init__(self, back: str, name: str = "Paper") -> None:
        super().__init__()
        self._data = b""
        self._title = label("", "heading")
        self.view = PdfView(name)
        line = QHBoxLayout()
        line.setContentsMargins(px(10), px(6), px(10), px(6))
        line.setSpacing(px(8))
        line.addWidget(Button(back, "arrow-left", on_click=self.closed.emit))
        line.addWidget(self._title)
        line.addStretch(1)
        line.addWidget(Button("Save as PDF", "download", on_click=self._save))
        line.addWidget(Button("Print", "printer", kind="primary", on_click=self._print))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    @property
    def title(self) -> str:
        """What the paper is called."""
        return self._title.text()

    def show_paper(self, title: str, data: bytes) -> None:
        """Show this paper."""
        self._data = data
        self._title.set(title)
        self.view.show_pdf(data)
        self.view.setFocus()

    def leave(self) -> None:
        """Go back to the work."""
        self.closed.emit()

    def _print(self) -> None:
        print_pdf(self, self._data, self.title)

    def _save(self) -> None:
        save_pdf(self, self._data, f"{self.title}.pdf")
