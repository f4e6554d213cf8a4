"""The right side: the paper that belongs to the chosen row, as it will print or was printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from lle_desk.invoicing.papers import InvoicePaper
from lle_desk.qt.chips import Badge
from lle_desk.qt.desk import Desk
from lle_desk.qt.pdf_view import PdfView, print_pdf, save_pdf
from lle_desk.qt.theme import px
from lle_desk.qt.words import label, short_label


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A paper with its PDF."""

    paper: InvoicePaper
    data: bytes


class PaperPanel(QFrame):
    """Draws one paper in the background and shows it; prints and saves what is shown.

    Signals:
        shown_changed: bool: whether there is a paper to print now.
    """

    shown_changed = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._drawn: _Drawn | None = None
        self._wanted: InvoicePaper | None = None
        self.setProperty("ground", "window")
        self.setProperty("line", "left")
        self.title = short_label("", "heading")
        self.badge = Badge("", "warning")
        self.note = label("", "quiet")
        self.view = PdfView("The paper")
        self._lay_out()
        self.show_nothing("Choose a customer: the paper is shown here as it will print.")

    @property
    def shown(self) -> InvoicePaper | None:
        """The paper that is shown, or None."""
        return self._drawn.paper if self._drawn is not None else None

    def show_paper(self, paper: InvoicePaper) -> None:
        """Draw this paper; the one before stays until it is there."""
        self._wanted = paper
        if self._drawn is not None and self._drawn.paper == paper:
            return
        self._desk.work(self, self._show, _draw, paper)

    def show_nothing(self, sentence: str) -> None:
        """Show no paper but say why there is none."""
        self._wanted = self._drawn = None
        self.title.set("")
        self.note.set("")
        self.badge.hide()
        self.view.show_empty(sentence)
        self.shown_changed.emit(False)

    def print_it(self) -> bool:
        """Print what is shown through the system's dialog; return whether it was sent."""
        return self._drawn is not None and print_pdf(self, self._drawn.data, self._name())

    def print_all(self, papers: Sequence[InvoicePaper]) -> None:
        """Draw these papers in the background and print them in one run."""
        self._desk.finish(self, self._print_drawn, _draw_all, papers)

    def save_it(self) -> Path | None:
        """Ask where to and write the PDF there."""
        return save_pdf(self, self._drawn.data, self._name()) if self._drawn is not None else None

    def _show(self, drawn: _Drawn) -> None:
        if drawn.paper != self._wanted:
            return  # another was asked for, or none
        self._drawn = drawn
        paper = drawn.paper
        self.title.set(f"{paper.number}  {paper.customer_name}".replace("None  ", ""))
        kind = paper.kind.value.capitalize()
        self.badge.show_badge(
            *((f"{kind}, issued", "fine") if paper.number else ("Draft", "warning"))
        )
        self.badge.show()
        self.note.set("" if paper.number else "as it will print")
        self.view.show_pdf(drawn.data)
        self.shown_changed.emit(True)
        self.view.setAccessibleName(f"{kind} {paper.number or 'draft'}, {paper.customer_name}")

    def _print_drawn(self, drawn: Sequence[_Drawn]) -> None:
        last = drawn[-1].paper.number or "draft"
        title = f"{drawn[0].paper.number or 'Draft'} to {last}"
        print_pdf(self, joined([one.data for one in drawn]), title)

    def _name(self) -> str:
        paper = self.shown
        if paper is None:
            return "paper"
        return f"{paper.number or 'Draft'} {paper.customer_name}"

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QFrame()
        head.setProperty("line", "below")
        head.setFixedHeight(px(36))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(12), 0, px(12), 0)
        row.setSpacing(px(8))
        row.addWidget(self.title)
        row.addWidget(self.badge)
        row.addStretch(1)
        row.addWidget(self.note)
        column.addWidget(head)
        column.addWidget(self.view, 1)


def joined(papers: Sequence[bytes]) -> bytes:
    """Return one PDF with the pages of all. On the GUI thread: PDFium works on one at a time."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for data in papers:
        part = pypdfium2.PdfDocument(data)
        whole.import_pages(part)
        part.close()
    kept = BytesIO()
    whole.save(kept)
    whole.close()
    return kept.getvalue()


def _draw_all(papers: Sequence[InvoicePaper]) -> list[_Drawn]:
    return [_draw(paper) for paper in papers]


def _draw(paper: InvoicePaper) -> _Drawn:
    from lle_desk.invoicing.documents import invoice_pdf

    return _Drawn(paper, invoice_pdf(paper))
