"""Paints a whole plan on paper: all lanes, light colours, fitted to the page."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from lle_desk.qt.time_grid.layout import Layout, Plan, least_width
from lle_desk.qt.time_grid.look import Look
from lle_desk.qt.time_grid.paint import paint_scene
from lle_desk.qt.time_grid.scene import Scene

WIDTH = 1280.0  # pixels that a page's width stands for


def paint_on_paper(painter: QPainter, rect: QRect, plan: Plan) -> None:
    """Paint `plan` into `rect` (the painter's units), as large as both directions allow."""
    look = Look(1.0, paper=True)
    width = max(WIDTH, look.side + least_width(plan.span, look.unit))
    layout = Layout(plan, look, width - look.side)
    height = layout.top + layout.height
    if height / width > rect.height() / rect.width():  # tall: widen what the page holds
        width = height * rect.width() / rect.height()
        layout = Layout(plan, look, width - look.side)
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / width, rect.width() / width)
    paint_scene(painter, Scene(layout, look, width, height))
    painter.restore()
