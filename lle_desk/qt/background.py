"""Work off the GUI thread, answered on it."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from lle_desk.core.errors import OfficerError

T = TypeVar("T")


class _Job(NamedTuple):
    owner: QObject
    on_done: Callable[[Any], object]
    on_error: Callable[[OfficerError], object]
    subject: Hashable  # what is refreshed
    turn: int | None  # set for a refresh: only the owner's newest of a subject is answered


class Background(QObject):
    """Runs functions in a few threads and calls back in the thread it lives in.

    The work must not touch a widget. When the owner has been deleted meanwhile,
    the answer is dropped. An `OfficerError` goes to `on_error`; anything else is a
    bug and is raised here, where `sys.excepthook` reports it.

    Signals:
        busy_changed: the first job was taken or the last one answered. bool: busy now.
    """

    busy_changed = Signal(bool)
    _finished = Signal(int, object)  # job number, Future; crosses from worker to GUI thread

    def __init__(self, threads: int = 4, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="desk")
        self._turns: WeakKeyDictionary[QObject, dict[Hashable, int]] = WeakKeyDictionary()
        self._numbers = count(1)
        self._jobs: dict[int, _Job] = {}  # kept here: no worker may hold a widget last
        self._closed = False
        # A bound method runs in this object's thread; queued, so that work done at once never
        # answers before `run` has returned.
        self._finished.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[OfficerError], object],
    ) -> None:
        """Do `work` and answer its owner."""
        self._submit(work, _Job(owner, on_done, on_error, None, turn=None))

    def refresh(
        self,
        owner: QObject,
        work: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[OfficerError], object],
        subject: Hashable = None,
    ) -> None:
        """Like `run`, but a newer refresh of this subject by this owner makes older ones void."""
        turns = self._turns.setdefault(owner, {})
        turn = turns[subject] = turns.get(subject, 0) + 1
        self._submit(work, _Job(owner, on_done, on_error, subject, turn))

    def is_busy(self) -> bool:
        """Return whether any answer is still to come."""
        return bool(self._jobs)

    def close(self) -> None:
        """Wait for work under way and drop the rest. Call before the application ends."""
        self._closed = True
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _submit(self, work: Callable[[], Any], job: _Job) -> None:
        if self._closed:
            return
        number = next(self._numbers)
        self._jobs[number] = job
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
        future = self._executor.submit(work)
        future.add_done_callback(lambda done: self._hand_over(number, done))

    def _hand_over(self, number: int, done: Future[Any]) -> None:
        """Bring the answer to the GUI thread; runs in the worker."""
        if not self._closed or isValid(self):
            self._finished.emit(number, done)

    @Slot(int, object)
    def _answer(self, number: int, future: Future[Any]) -> None:
        job = self._jobs.pop(number)
        if not self._jobs:
            self.busy_changed.emit(False)
        if future.cancelled() or not isValid(job.owner) or self._is_void(job):
            return
        error = future.exception()
        if error is None:
            job.on_done(future.result())
        elif isinstance(error, OfficerError):
            job.on_error(error)
        else:
            raise error

    def _is_void(self, job: _Job) -> bool:
        if job.turn is None:
            return False
        return self._turns.get(job.owner, {}).get(job.subject) != job.turn
