"""One move on the plan, with its way back and forth again."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject

from lle_desk.core.days import short_day, span_words
from lle_desk.qt.desk import Desk
from lle_desk.rooms.actions import MoveUse, move_use
from lle_desk.rooms.queries import PlanUse
from lle_desk.rooms.rules import Wanted
from lle_desk.rooms.ui.judging import wanted_of


class Move:
    """A use moved to another room or time. It can be taken back, and done again.

    Each way needs the version the last one left; when another desk saved it since, the
    action refuses, and says so.
    """

    def __init__(
        self,
        desk: Desk,
        owner: QObject,
        use: PlanUse,
        space_id: int,
        starts_at: datetime,
        ends_at: datetime,
    ) -> None:
        self._desk = desk
        self._owner = owner
        self._title = use.title
        self.request = MoveUse(
            use_id=use.id,
            seen_version=use.version,
            space_id=space_id,
            starts_at=starts_at,
            ends_at=ends_at,
        )
        self._back = replace(
            self.request, space_id=use.space_id, starts_at=use.starts_at, ends_at=use.ends_at
        )
        self.wanted: Wanted = replace(wanted_of(use), starts_at=starts_at, ends_at=ends_at)
        self._version = use.version

    def done(self, version: int) -> None:
        """Say what was moved, and offer the way back."""
        self._version = version
        ask = self.request
        when = f"{short_day(ask.starts_at.date())} {span_words(ask.starts_at, ask.ends_at)}"
        self._desk.say(f"Moved: {self._title}, {when}.", undo=self.undo, redo=self.redo)

    def undo(self) -> None:
        """Move it back."""
        back = replace(self._back, seen_version=self._version)
        self._desk.act(self._owner, self._went, move_use, back)

    def redo(self) -> None:
        """Move it again."""
        again = replace(self.request, seen_version=self._version)
        self._desk.act(self._owner, self._went, move_use, again)

    def _went(self, version: int) -> None:
        self._version = version
