"""Waiting until a desk is quiet: asleep in between, since the other tests want the processor."""

from typing import Protocol

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

LOOK_MS = 5
LOOKS = 4  # in a row: an answer may ask the next question
PATIENCE_LOOKS = 3_000
LONGEST_PAUSE_MS = 300  # of those that begin at the last letter typed; undo stays longer


class Busy(Protocol):
    """A desk."""

    def is_busy(self) -> bool: ...


def until_quiet(desk: Busy, typed_in: QWidget | None = None) -> None:
    """Let the program go on until nothing is under way, nor about to begin in `typed_in`."""
    loop, quiet = QEventLoop(), 0
    for _ in range(PATIENCE_LOOKS):
        QTimer.singleShot(LOOK_MS, loop.quit)
        loop.exec()  # QTest.qWait would keep Python's other threads from their work
        is_quiet = not desk.is_busy() and not (typed_in and _pauses(typed_in))
        quiet = quiet + 1 if is_quiet else 0
        if quiet == LOOKS:
            return
    raise AssertionError("the desk is never quiet")


def _pauses(widget: QWidget) -> bool:
    """Return whether what was typed there is still to be looked at."""
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= LONGEST_PAUSE_MS
        for timer in widget.findChildren(QTimer)
    )
