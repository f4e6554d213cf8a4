"""A paper on the screen: PDF bytes drawn page by page, printed and saved."""

import atexit
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakSet

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPageLayout,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFileDialog, QWidget

from lle_desk.qt.theme import colour, font, px, theme

GAP = 12  # pixels between pages and round them
POINTS_PER_INCH = 72


class _Paper:
    """The open PDF of a view, None when there is none. Closed with the view or the program."""

    def __init__(self) -> None:
        self.document: Any = None

    def open(self, data: bytes) -> Any:
        """Open a PDF in the place of what was open, and return it."""
        import pypdfium2

        self.close()
        self.document = pypdfium2.PdfDocument(data)
        _OPEN.add(self)
        _close_at_exit()
        return self.document

    def close(self) -> None:
        """Close it, if it is open."""
        if self.document is not None:
            self.document.close()
        self.document = None


_OPEN: WeakSet[_Paper] = WeakSet()


@cache
def _close_at_exit() -> None:
    """See to it that what is still open then is closed before the library complains of it."""
    atexit.register(_close_all)


def _close_all() -> None:
    for paper in list(_OPEN):
        paper.close()


class PdfView(QAbstractScrollArea):
    """Shows the pages of a PDF one below the other, as wide as the view.

    Only the pages in sight are drawn, at the resolution of the screen. The page is white in
    dark mode too: it is paper.
    """

    def __init__(self, name: str = "Paper") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self._paper = _Paper()
        self.destroyed.connect(self._paper.close)  # Python's object outlives the widget
        self._sizes: list[tuple[float, float]] = []  # points
        self._pictures: dict[tuple[int, int], QPixmap] = {}
        self._empty = "The paper will be shown here."
        self._zoom = 1.0
        self.verticalScrollBar().setSingleStep(px(40))
        theme().changed.connect(self.viewport().update)

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def show_pdf(self, data: bytes) -> None:
        """Show this PDF; the place scrolled to is kept."""
        self._close()
        document = self._paper.open(data)
        self._sizes = [document.get_page_size(at) for at in range(len(document))]
        self.setAccessibleDescription(f"{self.page_count} pages")
        self._lay_out()

    def show_empty(self, text: str) -> None:
        """Show no paper but say this."""
        self._close()
        self._empty = text
        self._lay_out()

    def fit_width(self) -> None:
        """Make the page as wide as the view again."""
        self.set_zoom(1.0)

    def set_zoom(self, zoom: float) -> None:
        """Show the page `zoom` times as wide as the view, from a half to four times."""
        self._zoom = min(4.0, max(0.5, zoom))
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_zoom(self._zoom * 1.2)
        elif event.key() == Qt.Key.Key_Minus:
            self.set_zoom(self._zoom / 1.2)
        elif event.key() == Qt.Key.Key_0:
            self.fit_width()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), colour("hairline" if not theme().is_dark else "window"))
        if not self._sizes:
            painter.setFont(font())
            painter.setPen(colour("words"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(20, 20, -20, -20), flags, self._empty)
        for at, box in enumerate(self._boxes()):
            if box.intersects(event.rect()):
                painter.drawPixmap(box, self._picture(at, box.width()))
                painter.setPen(colour("field_edge"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box)
        if self.hasFocus():
            painter.setPen(colour("accent"))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def _width(self) -> int:
        return max(80, round((self.viewport().width() - 2 * px(GAP)) * self._zoom))

    def _boxes(self) -> list[QRect]:
        """Return where each page is on the viewport now."""
        wide, top, boxes = self._width(), px(GAP) - self.verticalScrollBar().value(), []
        left = max(px(GAP), (self.viewport().width() - wide) // 2)
        left -= self.horizontalScrollBar().value()
        for width, height in self._sizes:
            tall = round(wide * height / width)
            boxes.append(QRect(QPoint(left, top), QSize(wide, tall)))
            top += tall + px(GAP)
        return boxes

    def _lay_out(self) -> None:
        wide = self._width()
        whole = sum(round(wide * height / width) + px(GAP) for width, height in self._sizes)
        view = self.viewport()
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setRange(0, max(0, whole + px(GAP) - view.height()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setRange(0, max(0, wide + 2 * px(GAP) - view.width()))
        view.update()

    def _picture(self, at: int, wide: int) -> QPixmap:
        """Return page `at` drawn `wide` logical pixels wide; a few are kept."""
        ratio = self.devicePixelRatioF()
        fine = round(wide * ratio)
        known = self._pictures.get((at, fine))
        if known is None:
            if len(self._pictures) > 8:
                self._pictures.clear()
            image = page_image(self._paper.document, at, fine / self._sizes[at][0])
            known = self._pictures[at, fine] = QPixmap.fromImage(image)
        return known

    def _close(self) -> None:
        self._paper.close()
        self._sizes = []
        self._pictures.clear()


def page_image(document: Any, at: int, scale: float) -> QImage:
    """Return page `at` drawn at `scale` pixels a point."""
    page = document[at]
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    image = QImage(
        bytes(bitmap.buffer),
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        QImage.Format.Format_RGBX8888,
    ).copy()
    page.close()
    return image


def print_pdf(parent: QWidget, data: bytes, title: str) -> bool:
    """Ask for a printer and print; return whether it was sent."""
    printer = ask_printer(parent, title)
    if printer is None:
        return False
    draw_on_printer(printer, data)
    return True


def ask_printer(parent: QWidget, title: str) -> Any:
    """Ask for a printer, and return it ready to be drawn on; None when nothing is to be printed."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"Print: {title}")
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def draw_on_printer(printer: Any, data: bytes) -> int:
    """Draw every page of the PDF on the printer, at 300 dots an inch; return how many.

    Each page lies across or stands as it is wide or high, and is made smaller when the printer's
    paper is smaller.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    first, last = printer.fromPage() or 1, printer.toPage() or len(document)
    pages = range(first - 1, min(last, len(document)))
    _turn(printer, *document.get_page_size(pages[0] if pages else 0))
    painter = QPainter(printer)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for at in pages:
        width, height = document.get_page_size(at)
        if at != pages[0]:
            _turn(printer, width, height)
            printer.newPage()
        paper = printer.paperRect(printer.Unit.Point)
        fits = min(1.0, paper.width() / width, paper.height() / height)
        dots = printer.resolution() / POINTS_PER_INCH * fits
        image = page_image(document, at, 300 / POINTS_PER_INCH)
        painter.drawImage(QRectF(0, 0, width * dots, height * dots), image)
    painter.end()
    document.close()
    return len(pages)


def _turn(printer: Any, width: float, height: float) -> None:
    """Lay the printer's next page as the paper lies."""
    across = QPageLayout.Orientation.Landscape
    printer.setPageOrientation(across if width > height else QPageLayout.Orientation.Portrait)


def save_pdf(parent: QWidget, data: bytes, file_name: str) -> Path | None:
    """Ask where to and write the PDF there; return the place, or None."""
    path = ask_place(parent, file_name)
    if path is not None:
        path.write_bytes(data)
    return path


def ask_place(parent: QWidget, file_name: str) -> Path | None:
    """Ask where to write a PDF; return the place, or None."""
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, "Save the paper", safe_name(file_name), "PDF (*.pdf)"
    )
    return Path(chosen) if chosen else None


def safe_name(wanted: str) -> str:
    """Return a file name no system stumbles over, ending in .pdf."""
    stem = wanted.removesuffix(".pdf")
    kept = "".join(letter if letter.isalnum() or letter in " -_." else "-" for letter in stem)
    trimmed = kept.strip(" .-")[:100] or "paper"
    reserved = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(10)}
    return f"{'_' if trimmed.casefold() in reserved else ''}{trimmed}.pdf"
