"""Paints what surrounds the blocks of a time grid: the ground, the axis, the now-line."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from lle_desk.core.days import short_day
from lle_desk.qt.time_grid.axis import Column
from lle_desk.qt.time_grid.look import Look
from lle_desk.qt.time_grid.rows import Row
from lle_desk.qt.time_grid.scene import Scene

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MIDDLE = Qt.AlignmentFlag.AlignCenter
PLAIN, STRONG, CODE = 1, 2, 3


def columns_shown(scene: Scene) -> list[Column]:
    """Return the days that are in sight."""
    right = scene.left + scene.work.width()
    return [
        column
        for column in scene.layout.axis.columns
        if column.right > scene.left and column.left < right
    ]


def paint_ground(painter: QPainter, scene: Scene, rows: list[Row]) -> None:
    """Paint the ground of the work in work pixels: evenings, shut days, lines."""
    look, layout = scene.look, scene.layout
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # straight lines on pixels
    bottom = min(layout.height, scene.top + scene.work.height())
    top = scene.top
    for column in columns_shown(scene):
        _paint_column(painter, scene, column, QRectF(0, top, 0, bottom - top))
    painter.setPen(QPen(look.colour("hairline"), 1))
    left, right = scene.left, min(layout.width, scene.left + scene.work.width())
    for row in rows:
        y = look.snap(row.top + row.height) - 0.5
        painter.drawLine(QPointF(left, y), QPointF(right, y))
    for heading in layout.rows.headings:
        if heading.height and heading.top < bottom and heading.top + heading.height > top:
            band = QRectF(left, heading.top, right - left, heading.height - 1)
            painter.fillRect(band, look.colour("window"))
            y = heading.top + heading.height - 0.5
            painter.drawLine(QPointF(left, y), QPointF(right, y))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _paint_column(painter: QPainter, scene: Scene, column: Column, frame: QRectF) -> None:
    look, axis = scene.look, scene.layout.axis
    top, bottom = frame.top(), frame.bottom()
    evening = QRectF(column.evening, top, column.right - column.evening, frame.height())
    painter.fillRect(evening, look.mixed("window", "surface", 0.8))
    if _is_tinted(scene, column):
        whole = QRectF(column.left, top, column.right - column.left, frame.height())
        painter.fillRect(whole, look.colour("window"))
    one_day = scene.layout.plan.span.one_day
    wide = one_day or _has_hours(look, column)
    ticks = axis.ticks(column, _hour_width(look, one_day), half_hours=one_day) if wide else ()
    for tick in ticks:
        if tick.x > column.left + 1 and (one_day or tick.words):
            alpha = 0.75 if tick.full else 0.4
            painter.setPen(QPen(look.mixed("hairline", "surface", alpha), 1))
            x = look.snap(tick.x) - 0.5
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    painter.setPen(QPen(look.colour("hairline"), 1))
    if one_day:
        x = look.snap(column.evening) - 0.5
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    x = look.snap(column.right) - 0.5
    painter.setPen(QPen(look.mixed("field_edge", "surface", 0.55), 1))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))


def _is_tinted(scene: Scene, column: Column) -> bool:
    """Return whether the day is shut, or a weekend among other days."""
    weekend = column.plan.day.weekday() > 4 and not scene.layout.plan.span.one_day
    return weekend or bool(column.plan.shut)


def _hour_width(look: Look, one_day: bool) -> float:
    return look.width("00:00", STRONG) + 14 if one_day else look.width("00", PLAIN) + 16


def paint_now(painter: QPainter, scene: Scene) -> None:
    """Paint the now-line in work pixels; it goes behind blocks and areas."""
    x = _now_x(scene)
    if x is not None:
        look = scene.look
        bottom = min(scene.layout.height, scene.top + scene.work.height())
        painter.fillRect(
            QRectF(look.snap(x) - 1, scene.top, 2, bottom - scene.top), look.colour("now")
        )


def _now_x(scene: Scene) -> float | None:
    if scene.now is None:
        return None
    column = scene.layout.axis.column_of(scene.now)
    if column is None or not column.plan.start <= scene.now < column.plan.end:
        return None
    return scene.layout.axis.x(scene.now)


def paint_axis(painter: QPainter, scene: Scene) -> None:
    """Paint the frozen head in work pixels, its top at 0: dates or hours, then the band."""
    look, layout = scene.look, scene.layout
    left, wide = scene.left, scene.work.width()
    painter.fillRect(QRectF(left, 0, wide, look.axis), look.colour("surface"))
    if layout.top > look.axis:
        painter.fillRect(QRectF(left, look.axis, wide, look.band), look.colour("window"))
    one_day = layout.plan.span.one_day
    for column in columns_shown(scene):
        if one_day:
            _paint_hours(painter, scene, column)
        else:
            _paint_date(painter, scene, column)
            _paint_small_hours(painter, scene, column)
    for y in {look.axis, layout.top}:  # filling is faster than drawing a line
        painter.fillRect(QRectF(left, y - 1, wide, 1), look.colour("hairline"))
    _paint_now_chip(painter, scene)


def _paint_hours(painter: QPainter, scene: Scene, column: Column) -> None:
    """Paint one day's hours, large."""
    look, axis = scene.look, scene.layout.axis
    height = look.axis
    evening = QRectF(column.evening, 0, column.right - column.evening, scene.head - 1)
    painter.fillRect(evening, look.colour("window"))
    for tick in axis.ticks(column, _hour_width(look, True), half_hours=True):
        x = look.snap(tick.x) - 0.5
        painter.setPen(QPen(look.colour("hairline"), 1))
        if tick.x > column.left + 1:
            high = height * (0.4 if tick.full else 0.2)
            painter.drawLine(QPointF(x, height - high), QPointF(x, height))
        words = f"{tick.words}:00"
        number = PLAIN if tick.evening else STRONG
        if tick.words and x + 7 + look.width(words, number) <= column.right:
            painter.setFont(look.font(number))
            painter.setPen(look.colour("quiet" if tick.evening else "words"))
            painter.drawText(QRectF(x + 7, 0, 80 * look.unit, height), LEFT, words)
    painter.setPen(QPen(look.colour("hairline"), 1))
    x = look.snap(column.evening) - 0.5
    painter.drawLine(QPointF(x, 0), QPointF(x, scene.head))
    words = _first_fitting(look, ("Evening, half scale", "Evening"), PLAIN, evening.width() - 12)
    if words and scene.head > height and column.plan.evening_scale < 1:
        painter.setFont(look.font(PLAIN))
        painter.setPen(look.colour("quiet"))
        band = QRectF(evening.left() + 7, height, evening.width(), look.band - 1)
        painter.drawText(band, LEFT, words)


def _paint_date(painter: QPainter, scene: Scene, column: Column) -> None:
    look = scene.look
    plan = column.plan
    rect = QRectF(column.left, 0, column.right - column.left, look.axis)
    today = scene.now is not None and plan.day == scene.now.date()
    if today:
        painter.fillRect(rect, look.colour("accent_soft"))
        painter.fillRect(QRectF(rect.left(), 0, rect.width(), 3), look.colour("accent"))
    elif _is_tinted(scene, column):
        painter.fillRect(rect, look.colour("window"))
    inner = rect.adjusted(10 * look.unit, 2, -8 * look.unit, 0)
    if rect.width() < 90 * look.unit:
        inner = rect.adjusted(4, 2, -4, 0)
    words = _date_words(look, plan.day, inner.width())
    painter.setFont(look.font(STRONG))
    painter.setPen(look.colour("accent" if today else "words"))
    painter.drawText(inner, LEFT, words)
    _paint_date_notes(painter, scene, column, inner, look.width(words, STRONG))
    painter.setPen(QPen(look.mixed("field_edge", "surface", 0.55), 1))
    x = look.snap(column.right) - 0.5
    painter.drawLine(QPointF(x, 0), QPointF(x, scene.head))


def _paint_date_notes(
    painter: QPainter, scene: Scene, column: Column, inner: QRectF, taken: float
) -> None:
    """Paint the note at the right of the date, and "today" or why the day is shut beside it."""
    look, plan = scene.look, column.plan
    today = scene.now is not None and plan.day == scene.now.date()
    free = inner.width() - taken - 14
    room = free if _has_hours(look, column) else 0.0
    note = _first_fitting(look, (plan.note,), PLAIN, room)
    painter.setFont(look.font(PLAIN))
    painter.setPen(look.colour("quiet"))
    painter.drawText(inner, RIGHT, note)
    free -= look.width(note, PLAIN) + 8 if note else 0
    said = plan.shut or ("today" if today else "")
    if said and look.width(said, PLAIN) <= free:
        painter.setPen(look.colour("accent" if today else "quiet"))
        painter.drawText(inner.adjusted(taken + 8, 0, 0, 0), LEFT, said)


def _has_hours(look: Look, column: Column) -> bool:
    """Return whether a day among others is wide enough for its hours."""
    return column.right - column.left >= 100 * look.unit * column.plan.share


def _date_words(look: Look, day: date, room: float) -> str:
    """Return the date as long as it fits, alike for all columns of that width."""
    words = short_day(day)
    forms = {
        "Wed 28 Mar": words,
        "Wed 28": words.rsplit(" ", 1)[0],
        "We 28": f"{words[:2]} {day.day}",
    }
    if day.day == 1:  # where only numbers fit, the month begins here
        forms["1 Sep"] = words.split(" ", 1)[1]
    return next(
        (form for widest, form in forms.items() if look.width(widest, STRONG) <= room), f"{day.day}"
    )


def _paint_small_hours(painter: QPainter, scene: Scene, column: Column) -> None:
    look, axis = scene.look, scene.layout.axis
    painter.setFont(look.font(PLAIN))
    painter.setPen(look.colour("quiet"))
    if not _has_hours(look, column):  # too narrow for hours: the note instead
        band = QRectF(column.left, look.axis, column.right - column.left, look.band - 1)
        if look.width(column.plan.note, PLAIN) <= band.width():
            painter.drawText(band, MIDDLE, column.plan.note)
        return
    half = look.width("00", PLAIN) / 2
    now = _now_x(scene)
    for tick in axis.ticks(column, _hour_width(look, False), half_hours=False):
        hidden = now is not None and abs(tick.x - now) < 5 * half
        if not tick.words or tick.evening or hidden or tick.x + half > column.evening:
            continue
        x = max(tick.x - half, column.left + 2)
        painter.drawText(QRectF(x, look.axis, 4 * half, look.band - 1), LEFT, tick.words)
    room = column.right - column.evening
    if room >= look.icon_size + 2:
        x = column.evening + (room - look.icon_size) / 2
        look.icon(painter, x, look.axis + (look.band - look.icon_size) / 2, "moon", "quiet")


def _paint_now_chip(painter: QPainter, scene: Scene) -> None:
    x = _now_x(scene)
    if x is None or scene.now is None:
        return
    look = scene.look
    words = f"{scene.now:%H:%M}"
    wide = look.width(words, CODE) + 10
    banded = scene.head > look.axis
    middle = look.axis + look.band / 2 if banded else look.axis - 9
    chip = QRectF(look.snap(x - wide / 2), middle - 9 * look.unit, wide, 18 * look.unit)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("now"))
    painter.drawRoundedRect(chip, 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.fillRect(
        QRectF(look.snap(x) - 1, chip.bottom(), 2, scene.head - chip.bottom()), look.colour("now")
    )
    painter.setPen(look.colour("on_accent"))
    painter.setFont(look.font(CODE))
    painter.drawText(chip, MIDDLE, words)


def _first_fitting(look: Look, texts: tuple[str, ...], number: int, room: float) -> str:
    return next((text for text in texts if look.width(text, number) <= room), "")
