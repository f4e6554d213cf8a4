"""How long a frame of the list of all delegates takes, against an empty table widget's.

Run: python -m tests.benchmarks.delegates_frames sqlite:///office.db   (an office of some years)
A frame is everything from the key or the wheel until it is painted, with whatever answers came in
between. Wall time holds what other programs took; the thread's own time does not.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import count

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QTableWidget, QWidget

from lle_desk.app import make_application
from lle_desk.core.db import Database
from lle_desk.courses.queries.delegate_columns import SORTS as SORTED_BY
from lle_desk.courses.ui.delegates_page import DelegatesPage
from lle_desk.courses.ui.delegates_table import SORTS
from lle_desk.qt.desk import Desk
from lle_desk.qt.garbage import keep_garbage_on_gui_thread
from lle_desk.qt.theme import Scheme, theme
from tests.benchmarks.offices import BY

DAY = date(2014, 3, 4)
SIZES = ((1280, 720), (1920, 1080))
FRAMES = 400
TICK_S = 1 / 60
LIMIT_MS = 33.0
TYPED = ("j", "ja", "jane", "jane ph", "phonics", "primary", "")
Frames = list[tuple[float, float]]  # milliseconds on the wall, and of this thread


def frame(
    app: QApplication, act: Callable[[], object], tick: float = TICK_S
) -> tuple[float, float]:
    """Do one thing and paint; return how long that took, and wait for the next tick."""
    wall, own = time.perf_counter(), time.thread_time()
    act()
    app.processEvents()
    took = time.perf_counter() - wall, time.thread_time() - own
    time.sleep(max(0.0, tick - took[0]))
    return took[0] * 1000, took[1] * 1000


def nothing() -> None:
    """Let come what comes."""


def settled(app: QApplication, desk: Desk, frames: Frames) -> None:
    """Go on, frame by frame, until every answer is painted."""
    quiet = 0
    while quiet < 5:
        frames.append(frame(app, nothing))
        quiet = 0 if desk.is_busy() else quiet + 1


def said(name: str, frames: Frames, empty: float) -> None:
    """Print how long the frames took; every frame counts, the slowest first."""
    wall, own = sorted(one[0] for one in frames), sorted(one[1] for one in frames)
    at = min(len(wall) - 1, int(len(wall) * 0.99))
    over = sum(one > LIMIT_MS for one in wall), sum(one > LIMIT_MS for one in own)
    print(
        f"  {name:34} {len(wall):5} frames: slowest {wall[-1]:6.1f} ms ({own[-1]:5.1f} its own),"
        f" 99 % under {wall[at]:5.1f} ({own[at]:5.1f}), median {statistics.median(wall):4.1f},"
        f" {wall[at] / empty:4.1f} × empty, over 33 ms: {over[0]} ({over[1]} its own)",
        flush=True,
    )


class Bench:
    """The list in a window of one size, and what is done to it."""

    def __init__(self, app: QApplication, desk: Desk, size: tuple[int, int]) -> None:
        self.app, self.desk = app, desk
        self.page = DelegatesPage(desk, lambda: DAY)
        self.page.resize(*size)
        self.table = self.page.table
        self.empty = self._empty(size)

    def run(self, years: str) -> None:
        opened: Frames = []
        opened.append(frame(self.app, self.page.show))
        settled(self.app, self.desk, opened)
        box = self.page.filters.year
        box.setCurrentIndex(box.count() - 1)
        self.page.look_again()
        settled(self.app, self.desk, opened)
        rows = self.page.model.rowCount()
        print(f"{years}: {rows:,} rows at {self.page.width()} × {self.page.height()}")
        said("opened, all years read", opened, self.empty)
        bar = self.table.verticalScrollBar()
        self._measure("wheel", self._wheel)
        self._measure("PageDown held", lambda: self._press(Qt.Key.Key_PageDown))
        steps = count(1)
        self._measure(
            "dragged through all", lambda: bar.setValue(bar.maximum() * next(steps) // FRAMES)
        )
        self._measure(
            "dragged to and fro",
            lambda: bar.setValue(next(steps) * 7919 % 100 * bar.maximum() // 100),
        )
        self._sorts()
        self._filters()
        self.page.close()

    def _measure(self, name: str, act: Callable[[], object]) -> None:
        self._press(Qt.Key.Key_Home)
        frames: Frames = []
        settled(self.app, self.desk, [])
        frames = [frame(self.app, act) for _ in range(FRAMES)]
        settled(self.app, self.desk, frames)
        said(name, frames, self.empty)

    def _sorts(self) -> None:
        frames: Frames = []
        firsts = []
        for column in SORTS:
            for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
                firsts.append(
                    self._until_rows(frames, partial(self.table.sortByColumn, column, order))
                )
        said(f"sorted {2 * len(SORTED_BY)} ways", frames, self.empty)
        print(
            f"  first rows after a sort: median {statistics.median(firsts):.0f} ms,"
            f" slowest {max(firsts):.0f} ms"
        )

    def _filters(self) -> None:
        frames: Frames = []
        firsts = []
        for words in TYPED:
            firsts.append(self._until_rows(frames, partial(self._narrow, words)))
        said("narrowed by words", frames, self.empty)
        print(
            f"  first rows after a word: median {statistics.median(firsts):.0f} ms,"
            f" slowest {max(firsts):.0f} ms"
        )

    def _narrow(self, words: str) -> None:
        self.page.filters.typed.setText(words)
        self.page.look_again()  # the pause for the next letter is not counted

    def _until_rows(self, frames: Frames, act: Callable[[], object]) -> float:
        """Do it, and return the milliseconds until its first rows stand with their words."""
        start = time.perf_counter()
        frames.append(frame(self.app, act, tick=0.0))
        while self.page.is_looking or self.table.lacks_words():
            frames.append(frame(self.app, nothing, tick=0.001))
        first = (time.perf_counter() - start) * 1000
        settled(self.app, self.desk, frames)
        return first

    def _wheel(self) -> None:
        view = self.table.viewport()
        middle = QPointF(view.rect().center())
        event = QWheelEvent(
            middle,
            QPointF(view.mapToGlobal(view.rect().center())),
            QPoint(),
            QPoint(0, -360),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view, event)

    def _press(self, key: Qt.Key) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(self.table, event)

    def _empty(self, size: tuple[int, int]) -> float:
        """Return the milliseconds of the usual frame of a table widget that is empty."""
        table = QTableWidget(0, len(SORTS))
        table.resize(*size)
        table.show()
        self.app.processEvents()
        view: QWidget = table.viewport()
        spent = [frame(self.app, view.update)[0] for _ in range(100)]
        table.close()
        return statistics.median(spent)


def main(url: str, words: str) -> None:
    """Measure one office at both sizes of window."""
    app = make_application()
    keep_garbage_on_gui_thread(app)
    theme().install(Scheme.LIGHT)
    database = Database(url)
    desk = Desk(database, BY)
    for bench in [Bench(app, desk, size) for size in SIZES]:
        bench.run(words)
    desk.close()
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], " ".join(sys.argv[2:]))
