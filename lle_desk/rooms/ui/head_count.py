"""One count of heads as it is saved: in order, and with a way back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from lle_desk.core.days import short_day, span_words
from lle_desk.core.errors import OfficerError
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import CountHeads, count_heads
from lle_desk.rooms.queries.counting import HeadsRow

NOT_A_NUMBER = "Type how many people came, 0 or more; leave it blank if nobody counted."
MOST = 100_000


def read_count(typed: str) -> int | None:
    """Return the number that was typed, None for a blank.

    Raises:
        OfficerError: it is no number of people.
    """
    cleaned = typed.strip().replace(",", "")
    if not cleaned:
        return None
    if not (cleaned.isascii() and cleaned.isdecimal()) or len(cleaned) > 6 or int(cleaned) > MOST:
        raise OfficerError(NOT_A_NUMBER, "actual_heads")
    return int(cleaned)


def fault_of(typed: str) -> str:
    """Return what is wrong with a typed count, "" when nothing is."""
    try:
        read_count(typed)
    except OfficerError as error:
        return str(error)
    return ""


class HeadCounts:
    """Saves counts one after the other, each with a way back. Quick typing never overtakes.

    `on_refused(use_id, sentence)` follows each refusal; what was saved is heard of by itself.
    """

    def __init__(
        self,
        desk: Desk,
        owner: QObject,
        on_refused: Callable[[int, str], object],
    ) -> None:
        self._desk = desk
        self._owner = owner
        self._on_refused = on_refused
        self._known: dict[int, tuple[int, int | None]] = {}  # version and count of each use
        self._under_way: set[int] = set()
        self._waiting: dict[int, tuple[HeadsRow, int | None]] = {}

    def saw(self, rows: Sequence[HeadsRow]) -> None:
        """Take what was just read as known."""
        for row in rows:
            if row.use_id not in self._under_way:
                self._known[row.use_id] = (row.version, row.counted)

    def save(self, row: HeadsRow, heads: int | None) -> None:
        """Save a count; when one of the same use is being saved, after it."""
        self._put(row, heads, is_new=True)

    def _put(self, row: HeadsRow, heads: int | None, *, is_new: bool) -> None:
        use_id = row.use_id
        if use_id in self._under_way:
            self._waiting[use_id] = (row, heads)
            return
        version, before = self._known.get(use_id, (row.version, row.counted))
        self._under_way.add(use_id)

        def saved(version: int) -> None:
            self._under_way.discard(use_id)
            self._known[use_id] = (version, heads)
            if is_new:
                self._say(row, before, heads)
            self._go_on(use_id)

        def refused(error: OfficerError) -> None:
            self._under_way.discard(use_id)
            self._waiting.pop(use_id, None)
            self._on_refused(use_id, str(error))

        ask = CountHeads(use_id=use_id, seen_version=version, heads=heads)
        self._desk.act(self._owner, saved, count_heads, ask, on_refused=refused)

    def _go_on(self, use_id: int) -> None:
        waiting = self._waiting.pop(use_id, None)
        if waiting is not None:
            self.save(*waiting)

    def _say(self, row: HeadsRow, before: int | None, heads: int | None) -> None:
        came = "not counted" if heads is None else f"{heads} came"
        when = f"{short_day(row.starts_at.date())} {span_words(row.starts_at, row.ends_at)}"
        self._desk.say(
            f"Heads: {row.room}, {when}, {row.title}: {came}.",
            undo=partial(self._put, row, before, is_new=False),
            redo=partial(self._put, row, heads, is_new=False),
        )
