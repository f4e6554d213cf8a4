"""What an allocation is asked: which uses need rooms, which rooms there are, what cannot move."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lle_desk.rooms.rules.fit import Closed, SpaceFacts
from lle_desk.rooms.rules.slots import Slot


@dataclass(frozen=True, slots=True)
class UseToPlace:
    """One use of a room that may be placed or moved, at its own time.

    `space_id` None has no room yet. `party` is shared by the uses that should keep one room
    over their days: those of one booking, the sessions of one course event. `wanted_by` is ""
    for a use in the diary; else a slice above, such as "course", and `id` and `version` are
    that slice's own.
    """

    id: int
    version: int
    party: int
    number: int
    title: str
    starts_at: datetime
    ends_at: datetime
    reserved_from: datetime
    reserved_to: datetime
    heads: int
    layout: str
    space_id: int | None = None
    wanted_by: str = ""

    def reserved_in(self, space: SpaceFacts) -> Slot:
        """Return the time it would reserve there.

        It keeps its own minutes of set-up and clear-down; without a room and without any, it
        takes those that are usual in the space.
        """
        before, after = self.starts_at - self.reserved_from, self.reserved_to - self.ends_at
        if self.space_id is None and not before and not after:
            usual_before, usual_after = space.margins(self.layout)
            before, after = timedelta(minutes=usual_before), timedelta(minutes=usual_after)
        return Slot(self.starts_at - before, self.ends_at + after)


@dataclass(frozen=True, slots=True)
class TakenCell:
    """A cell held for a time by something that stays where it is."""

    cell: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class PlannedClosure:
    """A room that is to be out of use from a time to another, and why.

    `client_uuid` is the closure's, made when the form opens.
    """

    client_uuid: str
    space_id: int
    starts_at: datetime
    ends_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class AllocationQuestion:
    """Everything an allocation depends on; two that are equal have the same answer.

    `uses` are those that may move and begin on the days from `first` to `last`. What is
    pinned, over, or begins on other days is in `taken`; `stuck` are those of them that are
    pinned in a room that is closed then. `kept` are rooms that a party has at other times, as
    (party, space). `closing` is a closure not made yet, and in `closed`.
    """

    site_id: int
    first: date
    last: date
    spaces: tuple[SpaceFacts, ...]
    uses: tuple[UseToPlace, ...]
    taken: tuple[TakenCell, ...] = ()
    closed: tuple[Closed, ...] = ()
    kept: tuple[tuple[int, int], ...] = ()
    stuck: tuple[UseToPlace, ...] = ()
    closing: PlannedClosure | None = None
