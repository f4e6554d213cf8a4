"""Paints the frozen left side of a time grid: lanes' headings, groups, verdicts, the corner."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from lle_desk.qt.time_grid.look import Look
from lle_desk.qt.time_grid.rows import Heading, Row
from lle_desk.qt.time_grid.scene import Scene
from lle_desk.qt.time_grid.values import Lane, Verdict

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
PLAIN, STRONG, CODE = 1, 2, 3
INSET = 12.0
PART_INSET = 34.0


def paint_side(painter: QPainter, scene: Scene, rows: list[Row]) -> None:
    """Paint the lanes' headings; the top of the first lane is at 0."""
    look = scene.look
    bottom = scene.top + scene.work.height()
    painter.fillRect(QRectF(0, scene.top, look.side, bottom - scene.top), look.colour("surface"))
    aimed = scene.ghost.slot.lane if scene.ghost else None
    for row in rows:
        verdict = scene.verdicts.get(row.lane.key)
        _put_lane(painter, scene, row, verdict, row.lane.key == aimed)
    for heading in scene.layout.rows.headings:
        if heading.height and heading.top < bottom and heading.top + heading.height > scene.top:
            rect = QRectF(0, heading.top, look.side, heading.height)
            paint_heading(painter, scene, heading, rect)


def _put_lane(
    painter: QPainter, scene: Scene, row: Row, verdict: Verdict | None, aimed: bool
) -> None:
    """Put down a lane's heading, painted once: its words hardly ever change."""
    look, judged = scene.look, bool(scene.verdicts)
    chosen = scene.focused and scene.slot is not None and scene.slot.lane == row.lane.key
    ground = look.colour("hover" if chosen else "surface")

    def paint(onto: QPainter, rect: QRectF) -> None:
        onto.fillRect(rect, ground)  # on paper there are no tiles
        _paint_lane(onto, look, replace(row, top=rect.top()), verdict, aimed, judged)

    key = (row.lane, row.height, row.last_part, verdict, aimed, judged, chosen)
    look.tile(painter, key, QRectF(0, row.top, look.side, row.height), paint, ground)


def _paint_lane(
    painter: QPainter, look: Look, row: Row, verdict: Verdict | None, aimed: bool, judged: bool
) -> None:
    if row.lane.part:
        _paint_tree(painter, look, row)
    left = (PART_INSET if row.lane.part else INSET) * look.unit
    free = look.side - left - _badge(painter, look, row, verdict, aimed) - 6
    if not judged:
        free -= _paint_kit(painter, look, row, free)
    _paint_names(painter, look, row.lane, QRectF(left, row.top, free, look.lane))
    painter.setPen(QPen(look.colour("hairline"), 1))
    y = look.snap(row.top + row.height) - 0.5
    start = PART_INSET * look.unit if row.lane.part and not row.last_part else 0.0
    painter.drawLine(QPointF(start, y), QPointF(look.side, y))


def _paint_names(painter: QPainter, look: Look, lane: Lane, rect: QRectF) -> None:
    middle = rect.top() + look.lane / 2
    line = look.line
    painter.setFont(look.font(STRONG))
    painter.setPen(look.colour("words"))
    upper = QRectF(rect.left(), middle - line - 1, look.side - rect.left(), line + 2)
    if not lane.words:
        upper.moveCenter(QPointF(upper.center().x(), middle))
    painter.save()
    painter.setClipRect(upper.adjusted(0, -2, rect.width() - upper.width(), 2))
    painter.drawText(upper, LEFT, lane.name)
    painter.restore()
    painter.setFont(look.font(PLAIN))
    painter.setPen(look.colour("quiet"))
    words = fitting_parts(look, lane.words, look.side - rect.left() - 6)
    lower = QRectF(rect.left(), middle, look.side - rect.left(), line)
    painter.drawText(lower, LEFT, words)


def fitting_parts(look: Look, words: str, room: float) -> str:
    """Return as many of the parts of "20 classroom · 60 theatre" as fit, whole."""
    parts = words.split(" · ")
    while len(parts) > 1 and look.width(" · ".join(parts), PLAIN) > room:
        parts.pop()
    return " · ".join(parts)


def _paint_tree(painter: QPainter, look: Look, row: Row) -> None:
    """Paint the line that hangs a part under its joined space."""
    x = look.snap(20 * look.unit) - 0.5
    middle = look.snap(row.top + look.lane / 2) - 0.5
    painter.setPen(QPen(look.colour("field_edge", 0.6), 1))
    painter.drawLine(
        QPointF(x, row.top), QPointF(x, middle if row.last_part else row.top + row.height)
    )
    painter.drawLine(QPointF(x, middle), QPointF(x + 8 * look.unit, middle))


def _paint_kit(painter: QPainter, look: Look, row: Row, free: float) -> float:
    """Paint the lane's icons at the right of its first line; returns the room they take."""
    step = look.icon_size + 3
    name = look.width(row.lane.name, STRONG)
    shown = row.lane.icons[: max(0, int((free - name - 8) // step))]
    y = row.top + look.lane / 2 - look.line + (look.line - look.icon_size) / 2
    x = look.side - 10 * look.unit - look.icon_size
    for each in reversed(shown):
        look.icon(painter, x, y, each, "quiet")
        x -= step
    return len(shown) * step


def _badge(painter: QPainter, look: Look, row: Row, verdict: Verdict | None, aimed: bool) -> float:
    """Paint a lane's verdict and return the room it takes."""
    if verdict is None:
        return 0.0
    kind = "fine" if verdict.fits else "refusal"
    tinted = aimed or verdict.fits
    words = verdict.words
    wide = look.width(words, CODE if tinted else PLAIN) + look.icon_size + 14
    middle = row.top + look.lane / 2 - look.line / 2
    chip = QRectF(look.side - wide - 4, middle - 10 * look.unit, wide, 20 * look.unit)
    if tinted:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(f"{kind}_fill"))
        painter.drawRoundedRect(chip, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    shade = kind if tinted else "quiet"
    icon = "check" if verdict.fits else "x"
    look.icon(painter, chip.left() + 4, chip.center().y() - look.icon_size / 2, icon, shade)
    painter.setFont(look.font(CODE if tinted else PLAIN))
    painter.setPen(look.colour(shade))
    painter.drawText(chip.adjusted(0, 0, -6, 0), RIGHT, words)
    return wide


def paint_heading(painter: QPainter, scene: Scene, heading: Heading, rect: QRectF) -> None:
    """Paint a group's line at the side."""
    look = scene.look
    painter.fillRect(rect, look.colour("window"))
    chosen = scene.group == heading.group.key and scene.group is not None
    if chosen:
        painter.setPen(QPen(look.colour("accent"), 2 if scene.focused else 1))
        painter.drawRoundedRect(rect.adjusted(2, 2, -2, -3), 3, 3)
    icon = "chevron-down" if heading.is_open else "chevron-right"
    y = rect.top() + (rect.height() - look.icon_size) / 2
    look.icon(painter, 8 * look.unit, y, icon, "quiet")
    left = 8 * look.unit + look.icon_size + 4
    painter.setFont(look.font(CODE))
    painter.setPen(look.colour("quiet"))
    name = heading.group.name
    painter.drawText(rect.adjusted(left, 0, 0, -1), LEFT, name)
    left += look.width(name, CODE) + 8
    painter.setFont(look.font(PLAIN))
    note = heading.group.note or str(heading.count)
    painter.drawText(rect.adjusted(left, 0, 0, -1), LEFT, note)
    painter.setPen(QPen(look.colour("hairline"), 1))
    y = rect.bottom() - 0.5
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))


def paint_corner(painter: QPainter, scene: Scene) -> None:
    """Paint the top left: what the plan is of, and the group of the topmost lane."""
    look, layout = scene.look, scene.layout
    corner = QRectF(0, 0, look.side, look.axis)
    painter.fillRect(corner, look.colour("surface"))
    painter.setFont(look.font(STRONG))
    painter.setPen(look.colour("words"))
    title, note = layout.plan.title, layout.plan.note
    painter.drawText(corner.adjusted(INSET * look.unit, 0, 0, 0), LEFT, title)
    free = look.side - INSET * look.unit - look.width(title, STRONG) - 18
    if look.width(note, PLAIN) <= free:
        painter.setFont(look.font(PLAIN))
        painter.setPen(look.colour("quiet"))
        painter.drawText(corner.adjusted(0, 0, -10, 0), RIGHT, note)
    if layout.top > look.axis:
        band = QRectF(0, look.axis, look.side, look.band)
        heading = layout.rows.heading_over(scene.top)
        if heading:
            paint_heading(painter, scene, heading, band)
        else:
            painter.fillRect(band, look.colour("window"))
    for y in {look.axis, layout.top}:
        painter.fillRect(QRectF(0, y - 1, look.side, 1), look.colour("hairline"))
