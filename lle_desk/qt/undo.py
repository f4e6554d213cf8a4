"""What this desk did in this session, so that it can be undone and done again."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from lle_desk.core.errors import DatabaseBusy, DatabaseOutOfReach, OfficerError

if TYPE_CHECKING:
    from lle_desk.core.undo import Record, Way
    from lle_desk.qt.desk import Desk

MOST_KEPT = 200
MOST_LISTED = 20
Call = Callable[[], object]


@dataclass(slots=True)
class Entry:
    """One thing done: either a way through the database, or plain calls of a screen."""

    words: str
    way: "Way | None" = None
    undo: Call | None = None
    redo: Call | None = None
    before: dict["Record", int] = field(default_factory=dict)
    after: dict["Record", int] = field(default_factory=dict)

    def renumber(self, record: "Record", old: int, new: int) -> None:
        """Know a state of a row by the version it has now."""
        for versions in (self.before, self.after):
            if versions.get(record) == old:
                versions[record] = new


class UndoStack(QObject):
    """The changes of this session, newest last, and those that were undone.

    A step is an action in the background; a press of the key while one is under way waits its
    turn. What somebody else has changed since is refused, and forgotten here.

    Signals:
        changed: other things can be undone or done again now.
    """

    changed = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._done: list[Entry] = []
        self._undone: list[Entry] = []
        self._wishes: deque[bool] = deque()  # true: back
        self._going = False

    def push(self, way: "Way") -> None:
        """Keep the way of something that was done just now."""
        self._keep(Entry(way.words, way, before=dict(way.before), after=dict(way.after)))

    def push_calls(self, words: str, undo: Call | None, redo: Call | None) -> None:
        """Keep calls of a screen that does its own undoing."""
        if undo is not None:
            self._keep(Entry(words, undo=undo, redo=redo))
        elif redo is not None:
            self._undone.append(Entry(words, redo=redo))
            self.changed.emit()

    @property
    def to_undo(self) -> list[str]:
        """What can be undone, newest first, at most twenty."""
        return [entry.words for entry in self._done[: -MOST_LISTED - 1 : -1]]

    def undo(self) -> None:
        """Take back the newest of what was done."""
        self._wish(True)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._wish(False)

    def undo_until(self, count: int) -> None:
        """Take back the newest `count`, one after the other."""
        for _ in range(min(count, len(self._done))):
            self._wish(True)

    def _keep(self, entry: Entry) -> None:
        self._done.append(entry)
        del self._done[:-MOST_KEPT]
        self._undone.clear()
        self.changed.emit()

    def _wish(self, back: bool) -> None:
        self._wishes.append(back)
        self._next()

    def _next(self) -> None:
        if self._going or not self._wishes:
            return
        back = self._wishes.popleft()
        source = self._done if back else self._undone
        if not source:
            self._wishes.clear()
            self._desk.say(f"There is nothing to {'undo' if back else 'do again'}.")
            return
        entry = source.pop()
        self.changed.emit()
        if entry.way is None:
            self._call(entry, back)
        else:
            self._act(entry, entry.way, back)

    def _call(self, entry: Entry, back: bool) -> None:
        call = entry.undo if back else entry.redo
        if back and entry.redo is not None:
            self._undone.append(entry)
        elif not back and entry.undo is not None:
            self._done.append(entry)
        self.changed.emit()
        if call is not None:
            call()
        self._next()

    def _act(self, entry: Entry, way: "Way", back: bool) -> None:
        from lle_desk.core.undo import do_again, take_back

        step = way.back if back else way.forth
        if step is None:
            self._next()
            return

        def went(versions: "dict[Record, int]") -> None:
            self._went(entry, back, versions)

        def refused(error: OfficerError) -> None:
            self._refused(entry, back, error)

        self._going = True
        action, seen = (take_back, entry.after) if back else (do_again, entry.before)
        self._desk.act(self, went, action, step, dict(seen), on_refused=refused)

    def _went(self, entry: Entry, back: bool, versions: "dict[Record, int]") -> None:
        """Put the entry on the other pile; its rows are known by their new versions everywhere."""
        reached = dict(entry.before if back else entry.after)
        for record, version in versions.items():
            for one in (entry, *self._done, *self._undone):
                one.renumber(record, reached[record], version)
        if not back:
            self._done.append(entry)
        elif entry.way is not None and entry.way.forth is not None:
            self._undone.append(entry)
        rest = f" {entry.way.still_to_do}" if back and entry.way and entry.way.still_to_do else ""
        self._desk.said.emit(f"{'Undone' if back else 'Done again'}: {entry.words}.{rest}")
        self._desk.undo_offered.emit(None if back else self.undo, self.redo if back else None)
        self._over()

    def _refused(self, entry: Entry, back: bool, error: OfficerError) -> None:
        if isinstance(error, (DatabaseBusy, DatabaseOutOfReach)):
            (self._done if back else self._undone).append(entry)
        self._wishes.clear()
        refused = "Not undone" if back else "Not done again"
        text = str(error)
        self._desk.refused.emit(text if text.startswith(refused) else f"{refused}: {text}")
        self._over()

    def _over(self) -> None:
        self._going = False
        self.changed.emit()
        self._next()
