"""pytest-qt's robot with the patience of a busy machine.

A wait ends as soon as what is waited for is there, so patience costs nothing; how quick the
program is, the benchmarks measure.
"""

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

PATIENCE_MS = 30_000
WOKEN_MS = 8_000  # another desk's change: sooner than the net below looks (`SAFETY_POLL_MS`)


class PatientBot(QtBot):
    """Presses keys, clicks, and waits longer than pytest-qt's five seconds."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **more)
