"""Every room that every use could have, and which of them exclude one another."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import TypeAlias

from lle_desk.rooms.rules.allocation.question import AllocationQuestion, UseToPlace
from lle_desk.rooms.rules.fit import SpaceFacts

Span: TypeAlias = tuple[int, int]  # seconds, half-open
_EPOCH = datetime(2000, 1, 1)
_SECOND = timedelta(seconds=1)


class Options:
    """The options of a question, numbered from 0; each list has one entry an option.

    `use` and `space` are places in the question's tuples; `waste` counts empty seats. `by_use`
    lists each use's options; `stay` is the one that changes nothing, None when it has no room
    or its room is closed then. `change` is what the option adds to the changes: 1 when the use
    would leave a room it could keep, -1 when it has lost its room and gets another, else 0.
    `cliques` are largest sets of options that hold one cell at one moment: one may be taken.
    """

    def __init__(self, question: AllocationQuestion) -> None:
        self.use: list[int] = []
        self.space: list[int] = []
        self.change: list[int] = []
        self.waste: list[int] = []
        self.by_use: list[list[int]] = []
        self.stay: list[int | None] = []
        self.displaced: set[int] = set()
        self._spans: dict[int, list[tuple[int, int, int]]] = {}
        self._spaces = question.spaces
        self._closed, self._taken = _blocked(question)
        self._fitting: dict[tuple[str, int], list[tuple[int, int]]] = {}
        place = {space.id: number for number, space in enumerate(question.spaces)}
        for number, use in enumerate(question.uses):
            self._add(number, use, None if use.space_id is None else place[use.space_id])
        self.cliques = [
            clique
            for _, spans in sorted(self._spans.items())
            for clique in _cliques(spans)
            if len({self.use[option] for option in clique}) > 1
        ]

    def _add(self, number: int, use: UseToPlace, today: int | None) -> None:
        """Add the options of one use: its room of today, then all that are large enough."""
        mine: list[int] = []
        self.by_use.append(mine)
        own = (_seconds(use.reserved_from), _seconds(use.reserved_to))
        usual = today is None and use.reserved_from == use.starts_at
        usual = usual and use.reserved_to == use.ends_at
        stays = today is not None and not self._is_blocked(self._closed, today, own)
        if today is not None and stays:
            waste = max(0, (self._spaces[today].capacity(use.layout) or 0) - use.heads)
            mine.append(self._option(number, today, 0, waste, own))
        self.stay.append(mine[0] if stays else None)
        if today is not None and not stays:
            self.displaced.add(number)
        change = 1 if stays else 0 if today is None else -1
        for space, waste in self._large_enough(use):
            span = _usual(own, self._spaces[space], use.layout) if usual else own
            if space == today or self._is_blocked(self._closed, space, span):
                continue
            if not self._is_blocked(self._taken, space, span):
                mine.append(self._option(number, space, change, waste, span))

    def _option(self, use: int, space: int, change: int, waste: int, span: Span) -> int:
        option = len(self.use)
        self.use.append(use)
        self.space.append(space)
        self.change.append(change)
        self.waste.append(waste)
        for cell in self._spaces[space].cells:
            self._spans.setdefault(cell, []).append((*span, option))
        return option

    def _large_enough(self, use: UseToPlace) -> list[tuple[int, int]]:
        """Return the spaces that hold its heads laid out so, with their empty seats."""
        found = self._fitting.get((use.layout, use.heads))
        if found is None:
            found = self._fitting[use.layout, use.heads] = [
                (number, capacity - use.heads)
                for number, space in enumerate(self._spaces)
                if space.cells and (capacity := space.capacity(use.layout) or 0) >= use.heads
            ]
        return found

    def _is_blocked(self, blocked: "dict[int, _Spans]", space: int, span: Span) -> bool:
        for cell in self._spaces[space].cells:
            spans = blocked.get(cell)
            if spans is not None and spans.meets(span):
                return True
        return False


class _Spans:
    """Stretches of time on one cell, merged, that are asked about often."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[Span] = []
        for starts, ends in sorted(spans):
            if merged and starts <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
            else:
                merged.append((starts, ends))
        self._starts = [span[0] for span in merged]
        self._ends = [span[1] for span in merged]

    def meets(self, span: Span) -> bool:
        at = bisect_right(self._ends, span[0])
        return at < len(self._starts) and self._starts[at] < span[1]


def _blocked(question: AllocationQuestion) -> tuple[dict[int, _Spans], dict[int, _Spans]]:
    """Return when each cell is closed, and when it is taken by what stays."""
    cells = {cell for space in question.spaces for cell in space.cells}
    closed: dict[int, list[Span]] = {}
    for closure in question.closed:
        for cell in cells if closure.cells is None else closure.cells:
            span = (_seconds(closure.starts_at), _seconds(closure.ends_at))
            closed.setdefault(cell, []).append(span)
    taken: dict[int, list[Span]] = {}
    for held in question.taken:
        span = (_seconds(held.starts_at), _seconds(held.ends_at))
        taken.setdefault(held.cell, []).append(span)
    return _merged(closed), _merged(taken)


def _merged(spans: dict[int, list[Span]]) -> dict[int, _Spans]:
    return {cell: _Spans(listed) for cell, listed in spans.items()}


def _cliques(spans: Sequence[tuple[int, int, int]]) -> list[list[int]]:
    """Return the largest sets of options that overlap at one moment, by time.

    Spans that overlap pairwise share a moment, so these few rows say all that the many pairs
    would, and more tightly.
    """
    found: list[list[int]] = []
    running: list[tuple[int, int]] = []
    has_grown = False
    for starts, ends, option in sorted(spans):
        if running and running[0][0] <= starts:
            if has_grown:
                found.append(sorted(held for _, held in running))
                has_grown = False
            while running and running[0][0] <= starts:
                heappop(running)
        heappush(running, (ends, option))
        has_grown = True
    if has_grown:
        found.append(sorted(held for _, held in running))
    return found


def _usual(own: Span, space: SpaceFacts, layout: str) -> Span:
    before, after = space.margins(layout)
    return own[0] - before * 60, own[1] + after * 60


def _seconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _SECOND
