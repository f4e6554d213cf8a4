"""Where the lanes of a time grid lie, from top to bottom."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from lle_desk.qt.time_grid.values import Area, Block, Key, Lane, LaneGroup


@dataclass(frozen=True, slots=True)
class Row:
    """A lane at its place; where bookings overlap it is as many storeys high as they need."""

    lane: Lane
    top: float
    height: float
    last_part: bool  # of a joined space: the tree line ends here


@dataclass(frozen=True, slots=True)
class Heading:
    """A group's line. The first one is not in the work: the frozen band shows it."""

    group: LaneGroup
    count: int
    is_open: bool
    top: float
    height: float


class Rows:
    """The lanes in view order, with their blocks. Pixels count from the top of the first."""

    def __init__(
        self,
        lanes: Sequence[Lane],
        groups: Sequence[LaneGroup],
        blocks: Iterable[Block],
        areas: Iterable[Area],
        closed: frozenset[Key],
        lane_height: float,
        band: float,
    ) -> None:
        self.rows: list[Row] = []
        self.headings: list[Heading] = []
        self.storey: dict[Key, int] = {}  # of a block
        self._blocks: dict[Key, list[Block]] = defaultdict(list)
        self._areas: dict[Key, list[Area]] = defaultdict(list)
        for block in blocks:
            self._blocks[block.lane].append(block)
        for area in areas:
            self._areas[area.lane].append(area)
        for held in self._blocks.values():
            held.sort(key=lambda block: block.start)
        self.height = self._place(_ordered(lanes, groups), closed, lane_height, band)
        self._row_of = {row.lane.key: row for row in self.rows}
        self._tops = [row.top for row in self.rows]

    def blocks(self, lane: Key) -> list[Block]:
        """Return the lane's blocks by start."""
        return self._blocks.get(lane, [])

    def areas(self, lane: Key) -> list[Area]:
        return self._areas.get(lane, [])

    def row(self, lane: Key) -> Row | None:
        """Return the lane's row, or None when it is folded away or unknown."""
        return self._row_of.get(lane)

    def row_at(self, y: float) -> Row | None:
        """Return the row under `y`, if any."""
        at = bisect_right(self._tops, y) - 1
        if at < 0 or y >= self.rows[at].top + self.rows[at].height:
            return None
        return self.rows[at]

    def nearest(self, y: float) -> Row | None:
        """Return the row under `y`, or the one closest to it."""
        if not self.rows:
            return None
        return self.rows[max(0, bisect_right(self._tops, y) - 1)]

    def between(self, top: float, bottom: float) -> list[Row]:
        """Return the rows that show between two heights."""
        first = max(0, bisect_right(self._tops, top) - 1)
        return self.rows[first : bisect_right(self._tops, bottom)]

    def heading_over(self, y: float) -> Heading | None:
        """Return the group that `y` belongs to: what the frozen band says."""
        found = None
        for heading in self.headings:
            if heading.top < y or heading.height == 0:
                found = heading
        return found

    def _place(
        self,
        ordered: Sequence[tuple[LaneGroup | None, list[Lane]]],
        closed: frozenset[Key],
        lane_height: float,
        band: float,
    ) -> float:
        top = 0.0
        for group, lanes in ordered:
            if group is not None:
                height = band if self.headings or top else 0.0
                is_open = group.key not in closed
                self.headings.append(Heading(group, len(lanes), is_open, top, height))
                top += height
                if not is_open:
                    continue
            for at, lane in enumerate(lanes):
                after = lanes[at + 1] if at + 1 < len(lanes) else None
                storeys = self._stack(self.blocks(lane.key))
                last = lane.part and not (after and after.part)
                self.rows.append(Row(lane, top, lane_height * storeys, last))
                top += lane_height * storeys
        return top

    def _stack(self, blocks: Sequence[Block]) -> int:
        """Give each block the first free storey; returns how many are needed, at least 1."""
        free: list[datetime] = []
        for block in sorted(blocks, key=lambda block: block.reserved_start):
            at = next((n for n, until in enumerate(free) if until <= block.reserved_start), None)
            if at is None:
                at = len(free)
                free.append(block.reserved_end)
            free[at] = block.reserved_end
            self.storey[block.key] = at
        return max(1, len(free))


def _ordered(
    lanes: Sequence[Lane], groups: Sequence[LaneGroup]
) -> list[tuple[LaneGroup | None, list[Lane]]]:
    """Return the lanes under their groups, in the groups' order; those without one first."""
    known = {group.key for group in groups}
    loose = [lane for lane in lanes if lane.group not in known]
    ordered: list[tuple[LaneGroup | None, list[Lane]]] = [(None, loose)] if loose else []
    for group in groups:
        ordered.append((group, [lane for lane in lanes if lane.group == group.key]))
    return ordered
