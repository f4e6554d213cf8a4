"""Courses and bookings of several uses, which should keep one room over their days."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from lle_desk.rooms.rules.allocation.options import Options
from lle_desk.rooms.rules.allocation.question import AllocationQuestion
from lle_desk.rooms.rules.allocation.solver import Model

Pair: TypeAlias = tuple[int, int]  # a party, and the place of a space in the question


class Parties:
    """Which options belong to a party of several uses, and the rooms such parties have.

    A room that a party has anyway costs it nothing: `free` has those, at first what it keeps
    at other times.
    """

    def __init__(self, question: AllocationQuestion, options: Options) -> None:
        place = {space.id: number for number, space in enumerate(question.spaces)}
        self._options = options
        self._party = [use.party for use in question.uses]
        kept = {(party, place[space]) for party, space in question.kept if space in place}
        counted = Counter(self._party)
        counted.update(party for party, _ in kept)
        self._several = {party for party, count in counted.items() if count > 1}
        self.free: set[Pair] = kept

    def pair(self, option: int) -> Pair | None:
        """Return the party and room of an option, None when nothing belongs to it."""
        party = self._party[self._options.use[option]]
        return (party, self._options.space[option]) if party in self._several else None

    def rooms_of(self, options: Iterable[int]) -> int:
        """Return how many rooms the options give to parties of several uses, without free ones."""
        return len(self._pairs(options) - self.free)

    def settle(self, options: Iterable[int]) -> None:
        """Let the rooms of these options be free from now on."""
        self.free |= self._pairs(options)

    def columns_of(self, options: Sequence[int]) -> Mapping[Pair, int]:
        """Return a column for each party and room, after those of the options."""
        columns: dict[Pair, int] = {}
        for option in options:
            pair = self.pair(option)
            if pair is not None:
                columns.setdefault(pair, len(options) + len(columns))
        return columns

    def add_rows(self, model: Model, options: Sequence[int], columns: Mapping[Pair, int]) -> None:
        """Let an option be taken only together with its party's room."""
        for number, option in enumerate(options):
            pair = self.pair(option)
            if pair is not None:
                model.add_row((columns[pair], number), 0.0, model.no_limit, (1.0, -1.0))

    def _pairs(self, options: Iterable[int]) -> set[Pair]:
        return {pair for option in options if (pair := self.pair(option)) is not None}
