"""The plan on paper: as it stands, on one page across."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPaintDevice, QPainter
from PySide6.QtWidgets import QWidget

from lle_desk.qt.theme import font
from lle_desk.qt.time_grid import TimeGrid

WIDTH = 1600  # the plan is painted this many pixels wide, then fitted to the page
HEAD = 44


def print_plan(parent: QWidget, grid: TimeGrid, title: str) -> bool:
    """Ask for a printer and print the plan; return whether it was sent."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"Print: {title}")
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    page = printer.pageRect(QPrinter.Unit.DevicePixel).toRect().size()
    draw_plan(printer, grid, title, page)
    return True


def draw_plan(device: QPaintDevice, grid: TimeGrid, title: str, page: QSize) -> None:
    """Paint title and plan over one page of `device`, which is `page` pixels large."""
    painter = QPainter(device)
    scale = page.width() / WIDTH
    painter.scale(scale, scale)
    height = round(page.height() / scale)
    painter.setFont(font(18, bold=True))
    painter.drawText(QRect(0, 0, WIDTH, HEAD), 0, title)
    grid.render_to(painter, QRect(0, HEAD, WIDTH, height - HEAD))
    painter.end()
