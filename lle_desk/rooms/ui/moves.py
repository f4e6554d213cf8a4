"""One move on the plan, with the words it is known by."""

from dataclasses import replace
from datetime import datetime

from lle_desk.core.days import short_day, span_words
from lle_desk.rooms.actions import MoveUse, move_use
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.queries import PlanUse
from lle_desk.rooms.rules import Wanted
from lle_desk.rooms.ui.judging import wanted_of


class Move:
    """A use to be moved to another room or time, or with `space_id` None to the parking."""

    def __init__(
        self,
        use: PlanUse,
        space_id: int | None,
        room: str,
        starts_at: datetime,
        ends_at: datetime,
    ) -> None:
        self._use = use
        self._room = room
        self.request = MoveUse(
            use_id=use.id,
            seen_version=use.version,
            space_id=space_id,
            starts_at=starts_at,
            ends_at=ends_at,
        )
        self.wanted: Wanted = replace(wanted_of(use), starts_at=starts_at, ends_at=ends_at)

    @property
    def action(self) -> Keeping[int]:
        """The move as it is done, so that it can be undone."""
        return Keeping(move_use, self.words)

    @property
    def words(self) -> str:
        """Return "Moved “Phonics” to Elm" or "Moved “Phonics” to Wed 5 Mar 09:30–12:00"."""
        ask, use = self.request, self._use
        if ask.space_id is None:
            return f"Parked “{use.title}”: it has no room now"
        when = f"{short_day(ask.starts_at.date())} {span_words(ask.starts_at, ask.ends_at)}"
        if (ask.starts_at, ask.ends_at) == (use.starts_at, use.ends_at):
            return f"Moved “{use.title}” to {self._room}"
        length = ask.ends_at - ask.starts_at
        if ask.space_id == use.space_id and length != use.ends_at - use.starts_at:
            is_longer = length > use.ends_at - use.starts_at
            return f"Made “{use.title}” {'longer' if is_longer else 'shorter'}: {when}"
        room = "" if ask.space_id == use.space_id else f"{self._room}, "
        return f"Moved “{use.title}” to {room}{when}"
