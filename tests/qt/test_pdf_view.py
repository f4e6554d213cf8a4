import io
from pathlib import Path

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from lle_desk.qt.pdf_view import PdfView, draw_on_printer, safe_name

A4 = (595.28, 841.89)


def paper(pages: int) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4)
    for _ in range(pages):
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, A4[0], A4[1], stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@pytest.fixture
def view(qtbot: QtBot) -> PdfView:
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(400, 500)
    with qtbot.waitExposed(view):
        view.show()
    return view


def test_pages_are_drawn_as_wide_as_the_view(view: PdfView) -> None:
    view.show_pdf(paper(3))
    assert view.page_count == 3
    assert view.grab().toImage().pixelColor(200, 250).red() == 255
    assert view.grab().toImage().pixelColor(200, 250).green() == 0
    assert view.verticalScrollBar().maximum() > 500
    assert view.horizontalScrollBar().maximum() == 0


def test_only_pages_in_sight_are_drawn(view: PdfView) -> None:
    view.show_pdf(paper(40))
    view.grab()
    assert len(view._pictures) <= 2


def test_no_paper_is_said_in_words(view: PdfView) -> None:
    view.show_pdf(paper(1))
    view.show_empty("Choose a customer: the letter will be shown here.")
    assert view.page_count == 0
    view.grab()


def test_zoom_stays_within_bounds(view: PdfView) -> None:
    view.show_pdf(paper(1))
    view.set_zoom(100)
    assert view.horizontalScrollBar().maximum() > 0
    view.fit_width()
    assert view.horizontalScrollBar().maximum() == 0


def test_every_page_goes_to_the_printer(qapp: object, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    assert draw_on_printer(printer, paper(2)) == 2
    from pypdf import PdfReader

    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 2


def test_pages_lie_on_the_paper_as_they_lie_in_the_file(qtbot: QtBot, tmp_path: Path) -> None:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4)
    a3 = (A4[1], A4[0] * 2)
    for size in (A4, (A4[1], A4[0]), a3, A4):
        canvas.setPageSize(size)
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, size[0], size[1], stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    draw_on_printer(printer, written.getvalue())
    from pypdf import PdfReader

    pages = PdfReader(tmp_path / "printed.pdf").pages
    across = [page.mediabox.width > page.mediabox.height for page in pages]
    assert across == [False, True, False, False]


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("INV 014210", "INV 014210.pdf"),
        ("letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("CON", "_CON.pdf"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b:c", "a-b-c.pdf"),
        ("", "paper.pdf"),
    ],
)
def test_a_file_name_hurts_no_system(wanted: str, kept: str) -> None:
    assert safe_name(wanted) == kept
