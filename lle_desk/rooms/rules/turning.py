"""What has to be changed in a room between two uses on one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lle_desk.rooms.rules.slots import minutes_of


@dataclass(frozen=True, slots=True)
class UseInRoom:
    """A use as the room sees it: its cells, how it is laid out, and its times."""

    use_id: int
    room: str
    cells: frozenset[int]
    layout: str
    reserved_from: datetime
    starts_at: datetime
    ends_at: datetime
    reserved_to: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """From one use to the next of the same cells. `spare` minutes are beyond both margins."""

    before: UseInRoom
    after: UseInRoom
    minutes: int
    spare: int

    @property
    def change(self) -> str:
        """Return what changes: "classroom to cabaret, close the partition"."""
        parts = []
        if self.before.layout != self.after.layout:
            parts.append(f"{self.before.layout} to {self.after.layout}")
        if self.after.cells < self.before.cells:
            parts.append("close the partition")
        elif self.before.cells < self.after.cells:
            parts.append("open the partition")
        return ", ".join(parts) or f"tidy, stays {self.after.layout}"


def turns(uses: Iterable[UseInRoom]) -> list[Turn]:
    """Return for each use that follows another in its cells that day what must change.

    The latest use before it counts; in the order in which the changes can begin.
    """
    listed = sorted(uses, key=lambda use: use.starts_at)
    found = []
    for at, after in enumerate(listed):
        earlier = [
            before
            for before in listed[:at]
            if before.cells & after.cells
            and before.ends_at <= after.starts_at
            and before.ends_at.date() == after.starts_at.date()
        ]
        if not earlier:
            continue
        before = max(earlier, key=lambda use: use.ends_at)
        minutes = minutes_of(before.ends_at, after.starts_at)
        spare = minutes_of(before.reserved_to, after.reserved_from)
        found.append(Turn(before, after, minutes, spare))
    return sorted(found, key=lambda turn: (turn.before.ends_at, turn.after.starts_at))
