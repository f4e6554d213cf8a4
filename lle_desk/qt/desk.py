"""What every screen is handed: who is signed in, and the ways to the database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal
from shiboken6 import isValid

from lle_desk.core.changes import ChangeRow, changes_since, newest_position
from lle_desk.core.db import By, Database
from lle_desk.core.errors import DatabaseOutOfReach, OfficerError
from lle_desk.core.watch import Watch
from lle_desk.qt.background import Background
from lle_desk.qt.settings import Settings
from lle_desk.qt.undo import UndoStack

if TYPE_CHECKING:
    from lle_desk.core.undo import Lead, Undoable, Way

P = ParamSpec("P")
T = TypeVar("T")

POLL_MS = 250  # SQLite: asked so often, it costs 0.1 ms
SAFETY_POLL_MS = 10_000  # PostgreSQL: it tells by itself; this is the net below
RETRY_MS = 3_000  # while the database is out of reach


class Desk(QObject):
    """One officer's running application, without its windows. GUI thread only.

    Signals:
        changed: someone, here or at another desk, saved something.
            frozenset[str]: the tables touched, such as {"event", "place"}.
        refused: an officer error nobody else showed. str: its text.
        said: something was done. str: what, in the past tense.
        undo_offered: comes with `said`. object, object: undo and redo, callables or None.
        lead_offered: comes with `said`. object: the Lead to what follows from it.
        live_changed: the database went out of reach or came back.
            bool: whether it is live; str: words for the status bar.
        busy_changed: background work began or all of it ended. bool: busy now.
    """

    changed = Signal(object)
    refused = Signal(str)
    said = Signal(str)
    undo_offered = Signal(object, object)
    lead_offered = Signal(object)
    live_changed = Signal(bool, str)
    busy_changed = Signal(bool)

    def __init__(self, database: Database, by: By, poll_ms: int = POLL_MS) -> None:
        super().__init__()
        self.by = by
        self.settings = Settings(by.officer)
        self.undos = UndoStack(self)
        self.is_live = True
        self._database = database
        self._background = Background(parent=self)
        self._background.busy_changed.connect(self.busy_changed)
        self._watching = Background(threads=1, parent=self)  # never waits behind a long report
        self._seen = database.read(newest_position)
        self._watch: Watch | None = Watch(database)
        self._notifier: QSocketNotifier | None = None
        self._asking = False
        self._saving = 0  # own saves not yet answered
        self._is_closing = False
        self._poll_ms = poll_ms
        self._poll = QTimer(self)
        self._poll.timeout.connect(self._ask_watch)
        self._listen()

    @property
    def officer(self) -> str:
        """The officer's name as shown in the status bar."""
        return self.by.officer

    @property
    def database_name(self) -> str:
        """The database in words for the status bar."""
        return str(self._database.name)

    def load(
        self,
        owner: QObject,
        on_done: Callable[[T], object],
        query: Callable[Concatenate[Any, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Read in the background.

        Only the newest load of `query` by `owner` is answered, so `query` is a named function.
        """
        self._background.refresh(
            owner,
            lambda: self._database.read(query, *args, **kwargs),
            on_done,
            self._load_refused,
            subject=query,
        )

    def act(
        self,
        owner: QObject,
        on_done: Callable[[T], object],
        action: Callable[Concatenate[Any, P], T],
        *args: Any,
        on_refused: Callable[[OfficerError], object] | None = None,
        **kwargs: Any,
    ) -> None:
        """Save in the background as the signed-in officer, then let all screens know.

        The one who asked is answered before any screen hears of it, so no form takes its own
        save for another desk's.
        """
        self._saving += 1

        def attempt() -> T | _Failed:
            try:
                return self._database.write(self.by, action, *args, **kwargs)
            except Exception as error:  # raised again below, on the GUI thread
                return _Failed(error)

        def answered(outcome: T | _Failed) -> None:
            self._saving -= 1
            try:
                if isinstance(outcome, _Failed):
                    # who left the form hears of it all the same
                    outcome.tell(self._refusal(on_refused if isValid(owner) else None))
                elif isValid(owner):
                    on_done(outcome)
            finally:
                self.look_for_changes()

        self._background.run(self, attempt, answered, self._load_refused)

    def do(
        self,
        owner: QObject,
        on_done: Callable[[T], object],
        action: "Callable[..., Undoable[T]]",
        *args: Any,
        on_refused: Callable[[OfficerError], object] | None = None,
        **kwargs: Any,
    ) -> None:
        """Save like `act`, keep the way back, and say what was done with its Undo.

        `action` returns an Undoable; `on_done` is called with its answer.
        """

        def done(outcome: "Undoable[T]") -> None:
            if isValid(owner):
                on_done(outcome.answer)
            if outcome.way is not None:
                self._say_done(outcome.way, outcome.lead)
            elif outcome.said:
                self.say(outcome.said)
                self._offer(outcome.lead)

        def refused(error: OfficerError) -> None:
            if on_refused is None or not isValid(owner):
                self.refused.emit(str(error))
            else:
                on_refused(error)

        self.act(self, done, action, *args, on_refused=refused, **kwargs)

    def _say_done(self, way: "Way", lead: "Lead | None") -> None:
        self.undos.push(way)
        self.said.emit(f"{way.words}.{f' {lead.said}' if lead is not None else ''}")
        self.undo_offered.emit(self.undos.undo, None)
        self._offer(lead)

    def _offer(self, lead: "Lead | None") -> None:
        if lead is not None and lead.link:
            self.lead_offered.emit(lead)

    def work(
        self,
        owner: QObject,
        on_done: Callable[[T], object],
        function: Callable[..., T],
        *args: Any,
        on_refused: Callable[[OfficerError], object] | None = None,
        **kwargs: Any,
    ) -> None:
        """Do something slow without the database, such as drawing a letter.

        Only the newest work of `function` for `owner` is answered.
        """
        self._background.refresh(
            owner,
            lambda: function(*args, **kwargs),
            on_done,
            self._refusal(on_refused),
            subject=function,
        )

    def finish(
        self,
        owner: QObject,
        on_done: Callable[[T], object],
        function: Callable[..., T],
        *args: Any,
        on_refused: Callable[[OfficerError], object] | None = None,
    ) -> None:
        """Like `work`, but nothing later makes it void: for what will be printed or saved."""
        self._background.run(owner, lambda: function(*args), on_done, self._refusal(on_refused))

    def run(
        self,
        owner: QObject,
        on_done: Callable[[T], object],
        function: Callable[..., T],
        *args: Any,
        on_refused: Callable[[OfficerError], object] | None = None,
    ) -> None:
        """Do something long in the background that reads and saves by itself, such as sending mail.

        `function(database, by, is_over, ...)` ends soon after `is_over()`.
        """
        self._background.run(
            owner,
            lambda: function(self._database, self.by, lambda: self._is_closing, *args),
            on_done,
            self._refusal(on_refused),
        )

    def say(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        redo: Callable[[], object] | None = None,
    ) -> None:
        """Tell the officer what was done, at the bottom, with the way back if there is one."""
        self.undos.push_calls(text.rstrip("."), undo, redo)
        self.said.emit(text)
        self.undo_offered.emit(undo, redo)

    def look_for_changes(self) -> None:
        """Ask at once instead of at the next tick."""
        self._watching.refresh(
            self,
            lambda: self._database.read(_news, self._seen),
            self._hear,
            self._load_refused,
            subject="changes",
        )

    def is_busy(self) -> bool:
        """Return whether a load or a save is still under way."""
        return self._background.is_busy() or self._watching.is_busy()

    def close(self) -> None:
        """Stop watching and wait for saves under way."""
        self._is_closing = True
        self._poll.stop()
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        self._background.close()
        self._watching.close()
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    # Hearing of other desks

    def _listen(self) -> None:
        """Be woken by the database's socket, else ask it from time to time."""
        number = self._watch.fileno() if self._watch is not None else None
        if number is not None:
            self._notifier = QSocketNotifier(number, QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._ask_watch)
        self._poll.start(self._poll_ms if number is None else SAFETY_POLL_MS)

    def _ask_watch(self) -> None:
        """Ask, off the GUI thread and never twice at once, whether there may be news."""
        if self._asking:
            return
        self._asking = True
        if self._notifier is not None:
            self._notifier.setEnabled(False)  # it would fire until the socket is read
        self._watching.run(self, self._poll_watch, self._watch_answered, self._watch_failed)

    def _poll_watch(self) -> tuple[bool, int | None]:
        """Return whether something may have changed, and the socket. Runs in a worker."""
        watch = self._watch
        if watch is None:
            watch = self._watch = Watch(self._database)
            return True, watch.fileno()
        return watch.poll(), watch.fileno()

    def _watch_answered(self, answer: tuple[bool, int | None]) -> None:
        self._asking = False
        if self._is_closing:
            return  # its socket is closed: whoever listens to it now is told off by Qt
        news, number = answer
        if self._notifier is not None and int(self._notifier.socket()) == number:
            self._notifier.setEnabled(True)
        elif self._notifier is not None or number is not None:
            self._forget_notifier()
            self._listen()
        if not self.is_live:
            self._came_back()
        if news or self._poll.interval() == SAFETY_POLL_MS:
            self.look_for_changes()

    def _watch_failed(self, error: OfficerError) -> None:
        self._asking = False
        self._load_refused(error)

    def _hear(self, news: tuple[int, frozenset[str]]) -> None:
        if not self.is_live:
            self._came_back()
        if self._saving:
            return  # looked for again as soon as the save is answered
        self._seen, tables = news
        if tables:
            self.changed.emit(tables)

    # Out of reach and back

    def _refusal(
        self, on_refused: Callable[[OfficerError], object] | None
    ) -> Callable[[OfficerError], object]:
        def refused(error: OfficerError) -> None:
            if isinstance(error, DatabaseOutOfReach):
                self._went_away()
            if on_refused is not None:
                on_refused(error)
            else:
                self.refused.emit(str(error))

        return refused

    def _load_refused(self, error: OfficerError) -> None:
        if isinstance(error, DatabaseOutOfReach):
            self._went_away()
        else:
            self.refused.emit(str(error))

    def _went_away(self) -> None:
        """Say so once, let go of the old connection and try again quietly."""
        if not self.is_live:
            return
        self.is_live = False
        self._forget_notifier()
        watch, self._watch = self._watch, None
        if watch is not None:
            self._watching.run(self, watch.close, _nothing, _nothing)
        self._poll.start(min(RETRY_MS, max(self._poll_ms, 20) * 12))
        now = datetime.now()  # noqa: DTZ005 (the clock on the officer's wall)
        self.live_changed.emit(
            False, f"offline since {now:%H:%M}: what is shown stays, nothing can be saved"
        )

    def _came_back(self) -> None:
        self.is_live = True
        self._poll.start(SAFETY_POLL_MS if self._notifier is not None else self._poll_ms)
        self.live_changed.emit(True, "live")
        self.look_for_changes()

    def _forget_notifier(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None


@dataclass(frozen=True, slots=True)
class _Failed:
    """A save that did not go through, carried from the worker to the GUI thread."""

    error: Exception

    def tell(self, refused: Callable[[OfficerError], object]) -> None:
        """Refuse in words what an officer can put right; raise what is a bug."""
        if not isinstance(self.error, OfficerError):
            raise self.error
        refused(self.error)


def _news(session: Any, position: int) -> tuple[int, frozenset[str]]:
    """Return the newest position after `position` and the tables touched since.

    An import or a night's work may be many pages of changes: they are one piece of news.
    """
    tables: set[str] = set()
    while True:
        page: Sequence[ChangeRow] = changes_since(session, position)
        if not page:
            return position, frozenset(tables)
        tables.update(change.table for change in page)
        position = page[-1].position


def _nothing(_answer: object) -> None:
    """Nobody waits for this answer."""
