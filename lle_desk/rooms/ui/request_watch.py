"""Hears, on any screen of the Rooms tab, of new requests and of those that are free now."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lle_desk.core.days import short_day, span_words
from lle_desk.qt.buttons import Button
from lle_desk.qt.desk import Desk
from lle_desk.qt.stale import Refresher
from lle_desk.rooms.queries.asking import RequestRow, requests_queue
from lle_desk.rooms.rules.asking import RequestState

TABLES = frozenset({"room_request", "room_answer", "room_use", "room_booking", "closure"})


class RequestWatch(Button):
    """The button of the bar that says how many requests wait; there while there are any.

    Signals:
        counted: how many wait for an answer, or are free now. int.
    """

    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Requests", "user-check", kind="quiet")
        self._desk = desk
        self._freed: frozenset[int] | None = None  # None: not looked at yet
        self.hide()

    def follow(self, tab: QWidget) -> None:
        """Look whenever something changed while `tab` is seen."""
        self._fresh = Refresher(tab, self._desk, TABLES, self._load)

    def _load(self) -> None:
        now = datetime.now().replace(microsecond=0)  # noqa: DTZ005  (the office's clock)
        self._desk.load(self, self._show, requests_queue, None, now)

    def _show(self, rows: Sequence[RequestRow]) -> None:
        waiting = sum(row.state == RequestState.WAITING or row.is_freed for row in rows)
        freed = frozenset(row.request_id for row in rows if row.is_freed)
        self.set_text(
            f"Requests {waiting}, {len(freed)} now free" if freed else f"Requests {waiting}"
        )
        self.set_kind("plain" if freed else "quiet")
        self.setVisible(bool(rows))
        self.counted.emit(waiting)
        if self._freed is not None:
            for row in rows:
                if row.request_id in freed - self._freed:
                    self._desk.said.emit(_freed_words(row))
        self._freed = freed


def _freed_words(row: RequestRow) -> str:
    when = f"{short_day(row.starts_at.date())} {span_words(row.starts_at, row.ends_at)}"
    room = row.room or "A room"
    return f"Now free: {room}, {when}, which {row.asked_by} asked for, for “{row.title}”."
