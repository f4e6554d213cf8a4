"""Paints what is being moved over a time grid, and whether and where it fits."""

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from lle_desk.core.days import span_words
from lle_desk.qt.time_grid.look import Look
from lle_desk.qt.time_grid.scene import Scene
from lle_desk.qt.time_grid.values import Block, Ghost, Slot, Verdict
from lle_desk.qt.time_grid.words import fit_words

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter
PLAIN, STRONG, CODE = 1, 2, 3
RADIUS = 5.0


def length_words(start: datetime, end: datetime) -> str:
    """Return "2 h", "45 min" or "1 h 30 min"."""
    hours, minutes = divmod(int((end - start).total_seconds()) // 60, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join(parts + ([f"{minutes} min"] if minutes else []))


def paint_origin(painter: QPainter, look: Look, rect: QRectF) -> None:
    """Paint the outline of where the block came from."""
    pen = QPen(look.colour("accent"), 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(look.colour("surface", 0.85))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if look.width("moved from here", PLAIN) + 12 <= rect.width():
        painter.setFont(look.font(PLAIN))
        painter.setPen(look.colour("quiet"))
        painter.drawText(rect, MIDDLE, "moved from here")


def paint_fitting_slots(painter: QPainter, scene: Scene) -> None:
    """Paint the ghost's time green in the lanes where it fits."""
    look, ghost = scene.look, scene.ghost
    if ghost is None:
        return
    for lane, verdict in scene.verdicts.items():
        if not verdict.fits or lane == ghost.slot.lane:
            continue
        rect = scene.layout.slot_rect(Slot(lane, ghost.slot.start, ghost.slot.end))
        if rect is None:
            continue
        painter.setPen(QPen(look.colour("fine"), 1.2))
        painter.setBrush(look.colour("fine_fill"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        size = look.icon_size
        room = rect.width() - size - 22
        words = next(
            (
                each
                for each in (verdict.slot_words, verdict.words)
                if look.width(each, CODE) <= room
            ),
            "",
        )
        if rect.width() >= size + 6:
            x = rect.left() + (10 if words else (rect.width() - size) / 2)
            look.icon(painter, x, rect.center().y() - size / 2, "check", "fine")
        painter.setFont(look.font(CODE))
        painter.setPen(look.colour("fine"))
        painter.drawText(rect.adjusted(size + 15, 0, 0, 0), LEFT, words)


def ghost_place(scene: Scene) -> QRectF | None:
    """Return where the ghost is painted: half a lane lower than where it would go."""
    if scene.ghost is None:
        return None
    rect = scene.layout.ghost_rect(scene.ghost)
    if rect is None:
        return None
    drop = scene.look.lane * 0.5 if scene.ghost.kind == "move" else 0.0
    return rect.translated(0, round(drop))


def ghost_kind(scene: Scene) -> str:
    """Return the token that says how it stands: accent while nobody has judged."""
    verdict = aimed_verdict(scene)
    if verdict is None:
        return "accent"
    return "fine" if verdict.fits else "refusal"


def aimed_verdict(scene: Scene) -> Verdict | None:
    """Return the verdict on the lane the ghost is in."""
    return scene.verdicts.get(scene.ghost.slot.lane) if scene.ghost else None


def paint_ghost(painter: QPainter, scene: Scene) -> None:
    """Paint the ghost in work pixels, with the program's only shadow."""
    rect = ghost_place(scene)
    ghost, look = scene.ghost, scene.look
    if rect is None or ghost is None:
        return
    kind = ghost_kind(scene)
    _paint_shoulder_lines(painter, scene, ghost, rect)
    painter.setPen(Qt.PenStyle.NoPen)
    if ghost.kind == "move":
        for spread in range(4):
            shade = QColor(0, 0, 0, 22)
            painter.setBrush(shade)
            grown = rect.adjusted(-spread, -spread + 3, spread, spread + 4)
            painter.drawRoundedRect(grown, RADIUS + spread, RADIUS + spread)
    painter.setBrush(look.colour("surface"))
    painter.setPen(QPen(look.colour(kind), 2))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if ghost.code:
        bar = QRectF(rect.left() + 2.5, rect.top() + 2.5, 4, rect.height() - 5)
        painter.fillRect(bar, QColor(look.tint(ghost.code).edge))
    _paint_ghost_words(painter, look, ghost, rect, kind)


def _paint_shoulder_lines(painter: QPainter, scene: Scene, ghost: Ghost, rect: QRectF) -> None:
    axis, look = scene.layout.axis, scene.look
    before, after = axis.x(ghost.reserved_start), axis.x(ghost.reserved_end)
    pen = QPen(look.colour(ghost_kind(scene), 0.7), 1)
    pen.setDashPattern([1, 2])
    painter.setPen(pen)
    painter.setBrush(look.colour("surface", 0.7))
    for left, right in ((before, rect.left()), (rect.right(), after)):
        if right - left > 2:
            painter.drawRoundedRect(
                QRectF(left, rect.top() + 6, right - left, rect.height() - 12), 3, 3
            )
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_ghost_words(
    painter: QPainter, look: Look, ghost: Ghost, rect: QRectF, kind: str
) -> None:
    inner = rect.adjusted(11, 0, -6, 0)
    size = look.icon_size
    icon = {"fine": "check", "refusal": "ban"}.get(kind)
    if icon and inner.width() > size * 3:
        look.icon(painter, inner.right() - size, inner.center().y() - size / 2, icon, kind)
        inner.adjust(0, 0, -size - 4, 0)
    times = span_words(ghost.slot.start, ghost.slot.end)
    seen = Block(
        ghost.key,
        ghost.slot.lane,
        ghost.slot.start,
        ghost.slot.end,
        ghost.title or "New booking",
        ghost.short or ("New" if ghost.kind == "slot" else ""),
        ghost.words if ghost.kind == "move" else times,
        f"{ghost.slot.start:%H:%M}",
    )
    top = inner.top() + (inner.height() - 2 * look.line) / 2
    for words, number in fit_words(seen, inner.width(), 0, look.width).lines:
        painter.setFont(look.font(number))
        painter.setPen(look.colour("quiet" if number == PLAIN else "words"))
        painter.drawText(QRectF(inner.left(), top, inner.width(), look.line), LEFT, words)
        top += look.line


def paint_axis_chip(painter: QPainter, scene: Scene) -> None:
    """Paint the ghost's times on the axis, in work pixels, the axis' top at 0."""
    ghost, look = scene.ghost, scene.look
    rect = scene.layout.ghost_rect(ghost) if ghost else None
    if ghost is None or rect is None:
        return
    times = span_words(ghost.slot.start, ghost.slot.end)
    kind = ghost_kind(scene)
    length = length_words(ghost.slot.start, ghost.slot.end)
    words = f"{times}, {length}"
    wide = max(rect.width(), look.width(words, STRONG) + 16)
    left = min(
        max(rect.center().x() - wide / 2, scene.left + 2),
        scene.left + scene.work.width() - wide - 2,
    )
    chip = QRectF(left, 2.5, wide, look.axis - 6)
    painter.setBrush(look.colour("accent_soft" if kind == "accent" else f"{kind}_fill"))
    painter.setPen(QPen(look.colour(kind), 1.2))
    painter.drawRoundedRect(chip, RADIUS, RADIUS)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(look.font(STRONG))
    painter.drawText(chip, MIDDLE, words)


def paint_reason(painter: QPainter, scene: Scene) -> None:
    """Paint the reason and the way out beside the ghost, in widget pixels."""
    verdict, rect, look = aimed_verdict(scene), ghost_place(scene), scene.look
    if verdict is None or rect is None or verdict.fits or not verdict.reason:
        return
    lines = [(verdict.reason, STRONG, "tip_words", 1.0)]
    lines += [(verdict.detail, PLAIN, "tip_words", 0.8)] if verdict.detail else []
    lines += [(verdict.instead, CODE, "tip_words", 1.0)] if verdict.instead else []
    size = look.icon_size
    wide = max(look.width(words, number) for words, number, _, _ in lines) + size + 36
    high = len(lines) * (look.line + 4) + 20
    place = rect.translated(scene.side - scene.left, scene.head - scene.top)
    box = QRectF(place.right() + 12, place.center().y() - high / 2, wide, high)
    if box.right() > scene.width - 6:
        box.moveRight(place.left() - 12)
    if box.left() < scene.side:
        box.moveTopLeft(QPointF(max(scene.side + 6, place.left()), place.bottom() + 10))
    box.moveTop(min(max(box.top(), scene.head + 4), scene.height - high - 4))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("tip_fill"))
    painter.drawRoundedRect(box, 6, 6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    look.icon(painter, box.left() + 12, box.top() + 10, "ban", "#E5786E")
    y = box.top() + 10
    for words, number, shade, alpha in lines:
        painter.setFont(look.font(number))
        painter.setPen(look.colour(shade, alpha))
        painter.drawText(QRectF(box.left() + size + 20, y, wide, look.line + 2), LEFT, words)
        y += look.line + 4
