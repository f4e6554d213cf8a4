"""Two bookings that are to change places: what would come of it, before it is done."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lle_desk.core.days import short_day, span_words
from lle_desk.rooms.actions import MoveUse
from lle_desk.rooms.actions.keeping import Keeping
from lle_desk.rooms.actions.requests import SwapUses
from lle_desk.rooms.actions.swapping import swap_uses
from lle_desk.rooms.queries import PlanUse
from lle_desk.rooms.rules import Fit, SpaceFacts, Wanted, Why
from lle_desk.rooms.ui.judging import Judge, wanted_of


@dataclass(frozen=True, slots=True)
class Turn:
    """One of the two, where it would be."""

    use: PlanUse
    space: SpaceFacts | None
    starts_at: datetime
    ends_at: datetime
    fit: Fit | None

    @property
    def fits(self) -> bool:
        return self.fit is None or self.fit.fits

    @property
    def may_force(self) -> bool:
        """Whether it can be done with a reason."""
        return self.fit is not None and self.fit.may_force

    @property
    def where(self) -> str:
        """Return "“Phonics” to Elm, Tue 4 Mar 09:30–12:00"."""
        when = f"{short_day(self.starts_at.date())} {span_words(self.starts_at, self.ends_at)}"
        room = self.space.name if self.space else "the parking"
        return f"“{self.use.title}” to {room}, {when}"

    @property
    def verdict(self) -> str:
        """Return "fits, 30 seats", or what is wrong and who is in the way."""
        if self.fit is None:
            return "waits there for a room"
        if not self.fit.fits:
            held = self.fit.held
            if self.fit.why is Why.TAKEN and held is not None:
                return f"taken {span_words(held.starts_at, held.ends_at)} by “{held.title}”"
            return self.fit.brief
        return f"fits, {self.use.heads} of {self.fit.capacity} seats"

    def request(self, reason: str) -> MoveUse:
        """Return the move that is asked for."""
        return MoveUse(
            use_id=self.use.id,
            seen_version=self.use.version,
            space_id=self.space.id if self.space else None,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            over_capacity_reason=reason if self.may_force else "",
        )


@dataclass(frozen=True, slots=True)
class Swap:
    """Both ways of it, judged as if both moved at once."""

    first: Turn
    second: Turn

    @property
    def can_be(self) -> bool:
        """Whether both fit, perhaps with a reason."""
        return all(turn.fits or turn.may_force for turn in (self.first, self.second))

    @property
    def needs_reason(self) -> bool:
        return self.can_be and not (self.first.fits and self.second.fits)

    @property
    def words(self) -> str:
        """Return what is said when it was done."""
        one, other = self.first, self.second
        rooms = [turn.space.name if turn.space else "the parking" for turn in (one, other)]
        return (
            f"Swapped “{one.use.title}” (now {rooms[0]}) with “{other.use.title}” (now {rooms[1]})"
        )

    @property
    def action(self) -> Keeping[tuple[int, int]]:
        return Keeping(swap_uses, self.words)

    def request(self, reason: str = "") -> SwapUses:
        return SwapUses(first=self.first.request(reason), second=self.second.request(reason))


def swap_of(judge: Judge, first: PlanUse, second: PlanUse, with_times: bool) -> Swap:
    """Return the swap of two uses: of their rooms, or of their rooms and starting times.

    Each keeps how long it is, and its own set-up and clear-down.
    """
    goes = [
        (use, other.space_id, _moved(use, other, with_times))
        for use, other in ((first, second), (second, first))
    ]
    fits = judge.judge_both(goes[0], goes[1])
    turns = [
        Turn(use, judge.space(space_id), wanted.starts_at, wanted.ends_at, fit)
        for (use, space_id, wanted), fit in zip(goes, fits, strict=True)
    ]
    return Swap(turns[0], turns[1])


def swaps_times(first: PlanUse, second: PlanUse) -> bool:
    """Return whether times are meant as well: in one room, or at times that do not meet."""
    if first.space_id == second.space_id:
        return True
    return first.ends_at <= second.starts_at or second.ends_at <= first.starts_at


def _moved(use: PlanUse, other: PlanUse, with_times: bool) -> Wanted:
    wanted = wanted_of(use)
    if not with_times:
        return wanted
    length: timedelta = use.ends_at - use.starts_at
    return replace(wanted, starts_at=other.starts_at, ends_at=other.starts_at + length)
