"""How far a long piece of work is, since when, and the button that stops it."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from lle_desk.qt.buttons import Button
from lle_desk.qt.chips import Meter
from lle_desk.qt.theme import px
from lle_desk.qt.words import label

LOOK_MS = 200
Share = Callable[[], tuple[int, int]]


class WorkStrip(QFrame):
    """Shown while something runs. It looks by itself how far it is.

    Signals:
        stop_wanted: the officer pressed Stop, or Esc on the button.
    """

    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "window")
        self.setProperty("line", "above")
        self._since = 0.0
        self._words = ""
        self._share: Share | None = None
        self.told = label("", "body")
        self.meter = Meter()
        self.meter.setMaximumWidth(px(260))
        self.stop = Button("Stop", "x", on_click=self._stop)
        line = QHBoxLayout(self)
        line.setContentsMargins(px(10), px(6), px(10), px(6))
        line.setSpacing(px(12))
        line.addWidget(self.told)
        line.addWidget(self.meter, 1)
        line.addStretch(1)
        line.addWidget(self.stop)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether something is under way."""
        return self._timer.isActive()

    def begin(self, words: str, share: Share | None = None, *, may_stop: bool = True) -> None:
        """Show that `words` is under way.

        `share` returns what is done and of how much; it is asked on this thread.
        """
        self._words, self._share = words, share
        self.stop.setVisible(may_stop)
        self._since = monotonic()
        self.stop.setEnabled(True)
        self.meter.setVisible(share is not None)
        self._look()
        self.show()
        self._timer.start()

    def end(self) -> None:
        """Show nothing any more, whatever came out."""
        self._timer.stop()
        self.hide()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.told.set("Stopping …")
        self.stop_wanted.emit()

    def _look(self) -> None:
        if not self.stop.isEnabled():
            return
        seconds = int(monotonic() - self._since)
        self.told.set(f"{self._words} … {seconds} s" if seconds else f"{self._words} …")
        if self._share is not None:
            self.meter.show_used(*self._share())
