"""Paints one frame of a time grid: the work, then what is frozen over it, then what floats."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from lle_desk.qt.time_grid.blocks import (
    FADED,
    Shape,
    paint_area,
    paint_block,
    paint_body,
    paint_chosen,
    wanted_width,
)
from lle_desk.qt.time_grid.frame import paint_axis, paint_ground, paint_now
from lle_desk.qt.time_grid.ghost import (
    paint_axis_chip,
    paint_fitting_slots,
    paint_ghost,
    paint_origin,
    paint_reason,
)
from lle_desk.qt.time_grid.rows import Row
from lle_desk.qt.time_grid.scene import Scene
from lle_desk.qt.time_grid.side import paint_corner, paint_side
from lle_desk.qt.time_grid.values import Block

WIDEST = 340.0  # a short block grows to this under the mouse


def paint_scene(painter: QPainter, scene: Scene) -> None:
    """Paint the whole frame, its top left at 0, 0."""
    rows = scene.layout.rows.between(scene.top, scene.top + scene.work.height())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, scene.width, scene.height), scene.look.colour("surface"))
    _paint_work(painter, scene, rows)
    _paint_frozen(painter, scene, rows)
    paint_reason(painter, scene)
    if scene.focused and (scene.chosen, scene.slot, scene.group) == (None, None, None):
        painter.setPen(QPen(scene.look.colour("accent"), 2))  # the keys are here
        painter.drawRect(scene.work.adjusted(1, 1, -1, -1))


def _paint_work(painter: QPainter, scene: Scene, rows: list[Row]) -> None:
    painter.save()
    painter.setClipRect(scene.work)
    painter.translate(scene.side - scene.left, scene.head - scene.top)
    paint_ground(painter, scene, rows)
    paint_now(painter, scene)
    left, right = scene.left, scene.left + scene.work.width()
    for row in rows:
        for area in scene.layout.rows.areas(row.lane.key):
            rect = scene.layout.area_rect(area, row)
            if rect.right() > left and rect.left() < right and rect.width() > 1:
                paint_area(painter, scene.look, area, rect)
    paint_fitting_slots(painter, scene)
    for row in rows:
        _paint_row(painter, scene, row)
    _paint_selection(painter, scene)
    for block in scene.moving.values():
        _paint_waiting(painter, scene, scene.layout.shape(block))
    paint_ghost(painter, scene)
    painter.restore()


def _paint_row(painter: QPainter, scene: Scene, row: Row) -> None:
    left, right = scene.left, scene.left + scene.work.width()
    ghost = scene.ghost.key if scene.ghost else None
    for block, shape in scene.layout.shown(row, left, right):
        if ghost is not None and block.key == ghost:
            paint_origin(painter, scene.look, shape.rect)
        elif scene.filtered_out(block):
            painter.setOpacity(FADED)
            paint_block(painter, scene.look, block, shape)
            painter.setOpacity(1.0)
        elif block.key in (scene.chosen, scene.hovered):
            continue  # painted last, over its neighbours
        else:
            paint_block(painter, scene.look, block, shape)


def _paint_selection(painter: QPainter, scene: Scene) -> None:
    if scene.slot is not None and scene.ghost is None:
        rect = scene.layout.slot_rect(scene.slot)
        if rect is not None:
            painter.setBrush(scene.look.colour("accent", 0.10))
            painter.setPen(QPen(scene.look.colour("accent"), 2 if scene.focused else 1))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
    for key in (scene.chosen, scene.hovered):
        block = scene.layout.block(key) if key is not None else None
        if block is None or (scene.ghost is not None and scene.ghost.key == key):
            continue
        shape = scene.layout.shape(block)
        if shape is not None and not (scene.filtered_out(block) and key != scene.chosen):
            _paint_raised(painter, scene, block, shape)


def _paint_raised(painter: QPainter, scene: Scene, block: Block, shape: Shape) -> None:
    """Paint a selected or hovered block over the others, grown when its words did not fit."""
    grown, run = _grown(scene, block, shape), None
    if grown is None:
        paint_block(painter, scene.look, block, shape)
        grown, run = shape.rect, shape.run
    if block.key == scene.chosen:
        paint_chosen(painter, scene.look, grown, scene.focused)
        paint_body(painter, scene.look, block, grown, run)
    elif grown is not shape.rect and grown.width() > shape.rect.width():
        paint_body(painter, scene.look, block, grown)


def _grown(scene: Scene, block: Block, shape: Shape) -> QRectF | None:
    wide = min(WIDEST * scene.look.unit, wanted_width(scene.look, block))
    raised = block.key == scene.hovered or (block.key == scene.chosen and scene.focused)
    if not raised or wide <= shape.right - shape.left or scene.ghost is not None:
        return None
    rect = QRectF(shape.left, shape.top, wide, shape.height)
    if shape.left >= scene.left + scene.work.width():
        return None  # its own place is out of sight
    over = rect.right() - (scene.left + scene.work.width() - 6)
    if over > 0:
        rect.translate(-min(over, wide - (shape.right - shape.left)), 0)
    return rect


def _paint_waiting(painter: QPainter, scene: Scene, shape: Shape | None) -> None:
    """Mark a block whose move is being saved."""
    if shape is None:
        return
    pen = QPen(scene.look.colour("accent"), 2)
    pen.setDashPattern([2, 2])
    painter.setPen(pen)
    painter.drawRoundedRect(shape.rect.adjusted(-1, -1, 1, 1), 5, 5)


def _paint_frozen(painter: QPainter, scene: Scene, rows: list[Row]) -> None:
    look, work = scene.look, scene.work
    painter.save()
    painter.setClipRect(QRectF(scene.side, 0, work.width(), scene.head))
    painter.translate(scene.side - scene.left, 0)
    paint_axis(painter, scene)
    paint_axis_chip(painter, scene)
    painter.restore()
    painter.save()
    painter.setClipRect(QRectF(0, scene.head, scene.side, work.height()))
    painter.translate(0, scene.head - scene.top)
    paint_side(painter, scene, rows)
    painter.restore()
    paint_corner(painter, scene)
    edge = QRectF(scene.side - 1, 0, 1, scene.height)  # filling is faster than drawing a line
    painter.fillRect(edge, look.colour("field_edge", 0.55))
