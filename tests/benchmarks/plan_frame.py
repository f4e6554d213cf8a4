"""How long a frame of the plan takes, against the same many rectangles and texts drawn raw.

Run: python -m tests.benchmarks.plan_frame   (set QT_QPA_PLATFORM=offscreen without a screen)
"""

import statistics
import time
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from lle_desk.qt.theme import Scheme, font, theme
from lle_desk.qt.time_grid import Slot, TimeGrid, days_plan
from lle_desk.qt.time_grid.drag import ghost_of
from lle_desk.qt.time_grid.paint import paint_scene
from tests.qt.plan_demo import DAY, GROUPS, NOW, ROOMS, at, judge, many_blocks

MONDAY = date(2014, 3, 3)
SIZE = (1280, 760)
FRAMES = 1000
clock = time.thread_time  # painting is this thread's alone; other programs are not counted
FRAME_MS = 16.7  # of a screen that shows sixty a second


def week_grid(count: int = 120) -> TimeGrid:
    """Return a week of 14 lanes with `count` blocks, laid out."""
    grid = TimeGrid("Woodlands")
    grid.resize(*SIZE)
    grid.show_span(days_plan(MONDAY, 7))
    grid.show_lanes(ROOMS, GROUPS)
    grid.show_blocks(many_blocks(MONDAY, 7, count))
    grid.set_now(NOW)
    return grid


def frames(paint: Callable[[QPainter], None], count: int = FRAMES) -> list[float]:
    """Return the milliseconds of each of `count` paintings on a picture in memory."""
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    spent = []
    for _ in range(count):
        painter = QPainter(image)
        start = clock()
        paint(painter)
        painter.end()
        spent.append((clock() - start) * 1000)
    return spent


def raw_frame(painter: QPainter, count: int = 120) -> None:
    """Draw as many rectangles and texts as a week of `count` holds, and nothing cleverer."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(12.5, bold=True))
    painter.fillRect(QRectF(0, 0, *SIZE), QColor("white"))
    fill, edge, words = QColor("#D5E7F6"), QColor("#0B6AAE"), QColor("#0C3B5E")
    for at_ in range(count):
        x, y = 180 + at_ % 14 * 78, 60 + at_ // 14 * 70
        for rect in (
            QRectF(x, y, 60, 39),
            QRectF(x - 8, y + 6, 8, 27),
            QRectF(x + 60, y + 6, 8, 27),
        ):
            painter.setPen(edge)
            painter.setBrush(fill)
            painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(words)
        painter.drawText(QPointF(x + 8, y + 16), "Phonics")
        painter.drawText(QPointF(x + 8, y + 32), "09:30")


def drag_frames(grid: TimeGrid) -> list[float]:
    """Return the milliseconds of judging and painting while a block is dragged."""
    grid.set_judge(judge)
    block = many_blocks(MONDAY, 7, 120)[0]
    lanes = [lane.key for lane in ROOMS]
    spent = []
    for step in range(FRAMES):
        start = clock()
        hour = f"{8 + step % 8:02d}:00"
        grid.show_ghost(ghost_of(block, Slot(lanes[step % 14], at(DAY, hour), at(DAY, "17:00"))))
        judged = (clock() - start) * 1000
        spent.append(judged + frames(lambda painter: paint_scene(painter, grid.scene()), 1)[0])
    grid.show_ghost(None)
    return spent


def cold_frame(grid: TimeGrid) -> list[float]:
    """Return the milliseconds of frames with nothing kept, as after a change of theme."""
    spent = []
    for _ in range(20):
        grid.show_span(days_plan(MONDAY, 7))
        theme().changed.emit()
        spent += frames(lambda painter: paint_scene(painter, grid.scene()), 1)
    return spent


def scroll_frames(grid: TimeGrid) -> list[float]:
    """Return the milliseconds of frames scrolled in both directions, zoomed in."""
    grid.zoom_in()
    spent = []
    for step in range(FRAMES):
        grid.horizontalScrollBar().setValue(step * 3)
        grid.verticalScrollBar().setValue(step % 60)
        spent += frames(lambda painter: paint_scene(painter, grid.scene()), 1)
    grid.zoom_reset()
    return spent


def main() -> None:
    """Print the medians, the slowest of twenty, and the ratio to the raw frame."""
    app = QApplication.instance() or QApplication([])
    theme().install(Scheme.LIGHT)
    grid = week_grid()
    grid.show()
    app.processEvents()
    raw = statistics.median(frames(raw_frame))
    print(f"raw frame, 360 rectangles and 240 texts: {raw:.2f} ms")
    kinds = {
        "week, 14 lanes, 120 blocks": frames(lambda painter: paint_scene(painter, grid.scene())),
        "scrolling, zoomed": scroll_frames(grid),
        "dragging, with verdicts": drag_frames(grid),
        "nothing kept": cold_frame(grid),
    }
    for name, spent in kinds.items():
        middle, slow = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
        over = sum(one > FRAME_MS for one in spent)
        print(
            f"{name}: {middle:.2f} ms, 95 % under {slow:.2f} ms, {middle / raw:.2f} of raw,"
            f" slowest of {len(spent):,} {max(spent):.2f} ms, {over} over {FRAME_MS} ms"
        )


if __name__ == "__main__":
    main()
