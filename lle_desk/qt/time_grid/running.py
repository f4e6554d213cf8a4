"""Words of a short block that run over into the free time beside it, as on a wall planner."""

from collections.abc import Sequence
from dataclasses import dataclass

from lle_desk.qt.time_grid.values import Block
from lle_desk.qt.time_grid.words import BOLD, GAP, SMALL, Fitted, Measure


@dataclass(frozen=True, slots=True)
class Room:
    """Pixels: the block's own words begin at `left`; what is free goes from `start` to `end`."""

    start: float
    left: float
    end: float


@dataclass(frozen=True, slots=True)
class Run:
    """Words over the edge of their block: where they start and end, in which font."""

    words: str
    font: int
    left: float
    right: float


def run_of(block: Block, own: Fitted, rooms: Sequence[Room], measure: Measure) -> Run | None:
    """Return the block's name as it fits beside it, None where its own words say it already.

    The first of the rooms that has it is taken: right of where the words begin rather than left
    of the block, and a larger font rather than either.
    """
    if not block.runs_over or _is_named(block, own):
        return None
    name = block.short or block.title
    for room in rooms:
        for font in (BOLD, SMALL):
            wide = measure(name, font)
            if room.left + wide + GAP <= room.end:
                return Run(name, font, room.left, room.left + wide)
            if room.start + wide + 2 * GAP <= room.left:
                right = room.left - 2 * GAP
                return Run(name, font, right - wide, right)
    return None


def _is_named(block: Block, own: Fitted) -> bool:
    named = " ".join(words for words, font in own.lines if font in (BOLD, SMALL))
    return bool(named) and named in (block.title, block.short)
