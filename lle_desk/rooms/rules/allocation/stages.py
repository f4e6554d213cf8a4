"""The exact allocation, in two stages, in parts that have nothing to do with one another.

What counts, in this order; no amount of a later one is worth any of an earlier one:

1. as many uses as possible have a room, and none that could stay in one loses it;
2. as little as possible changes from today's rooms: moves that nothing forces, and uses that
   lose a closed room and get no other;
3. the days of one course or booking are in as few rooms as possible;
4. as few seats as possible stay empty.

First stage, for each part of the diary whose uses compete for rooms, often one day: least of
(uses + 1) x uses without a room + changes. Its two numbers are then held. Second stage, for the
parts that courses tie together: least of (1 + all seats at stake) x rooms of courses + empty
seats. Both weights are just large enough to keep the order above.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lle_desk.rooms.rules.allocation.options import Options
from lle_desk.rooms.rules.allocation.parties import Parties
from lle_desk.rooms.rules.allocation.question import AllocationQuestion
from lle_desk.rooms.rules.allocation.solver import Model, Solver


@dataclass(frozen=True, slots=True)
class Costs:
    """The four things that count, in their order."""

    unplaced: int
    changes: int
    course_rooms: int
    empty_seats: int

    def __add__(self, other: "Costs") -> "Costs":
        return Costs(
            self.unplaced + other.unplaced,
            self.changes + other.changes,
            self.course_rooms + other.course_rooms,
            self.empty_seats + other.empty_seats,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The option chosen for each use, None without a room.

    No answer costs less than `bound`; each number of it holds when those before it are equal.
    """

    chosen: tuple[int | None, ...]
    costs: Costs
    bound: Costs


@dataclass(slots=True)
class _Part:
    """Uses that compete for rooms, and what the first stage found out about them."""

    uses: list[int]
    cliques: list[list[int]]
    chosen: dict[int, int]
    unplaced: int = 0
    changes: int = 0
    unplaced_bound: int = 0
    changes_bound: int = 0
    settled: dict[int, int] = field(default_factory=dict)  # what stays in any best answer

    @property
    def open(self) -> list[int]:
        """Return the uses that the second stage is about."""
        return [use for use in self.uses if use not in self.settled]


def solve(question: AllocationQuestion, options: Options, solver: Solver) -> Answer:
    """Return the best choice of rooms. When the solver's time is over, the best so far."""
    parts = _parts(options)
    for part in parts:
        _first_stage(part, options, solver)
    parties = Parties(question, options)
    chosen = {use: stay for part in parts for use, stay in part.settled.items()}
    rooms, seats = parties.rooms_of(chosen.values()), _seats(chosen.values(), options)
    unplaced = sum(part.unplaced_bound for part in parts)
    bound = Costs(unplaced, sum(part.changes_bound for part in parts), rooms, seats)
    parties.settle(chosen.values())
    for tied in _tied(parts, question):
        picked, (least_rooms, least_seats) = _second_stage(tied, options, parties, solver)
        chosen.update(picked)
        bound += Costs(0, 0, least_rooms, least_seats)
    costs = Costs(
        len(question.uses) - len(chosen),
        _changes(chosen, options.displaced, options),
        Parties(question, options).rooms_of(chosen.values()),
        _seats(chosen.values(), options),
    )
    return Answer(tuple(chosen.get(use) for use in range(len(question.uses))), costs, bound)


def _parts(options: Options) -> list[_Part]:
    """Return the uses by those they compete with, directly or through others."""
    groups = _Groups(len(options.by_use))
    for clique in options.cliques:
        groups.join(options.use[option] for option in clique)
    parts = {root: _Part(uses, [], {}) for root, uses in groups.listed().items()}
    for clique in options.cliques:
        parts[groups.root(options.use[clique[0]])].cliques.append(clique)
    return list(parts.values())


def _tied(parts: Sequence[_Part], question: AllocationQuestion) -> list[list[_Part]]:
    """Return the parts with anything left to choose, by the courses that tie them together."""
    left = [part for part in parts if part.open]
    groups = _Groups(len(left))
    seen: dict[int, int] = {}
    for number, part in enumerate(left):
        for use in part.open:
            groups.join((number, seen.setdefault(question.uses[use].party, number)))
    return [[left[number] for number in listed] for listed in groups.listed().values()]


def _first_stage(part: _Part, options: Options, solver: Solver) -> None:
    """Find the fewest uses without a room, and then the fewest changes."""
    part.chosen = {use: stay for use in part.uses if (stay := options.stay[use]) is not None}
    stays = part.settled = dict(part.chosen)
    if len(stays) == len(part.uses):  # everybody stays: no answer is better
        return
    columns = [option for use in part.uses for option in options.by_use[use]]
    weight = len(part.uses) + 1
    least, is_proved = 0, True
    if len(part.uses) > 1 and columns:
        model = Model([options.change[option] - weight for option in columns], len(columns))
        _add_rows(model, [part], options, columns, are_held=False)
        solved = solver.solve(model)
        if solved.chosen is not None:
            picked = [columns[column] for column in solved.chosen]
            part.chosen = {options.use[option]: option for option in picked}
        is_proved = solved.is_proved
        lost = sum(use in options.displaced for use in part.uses)
        if solved.bound is not None:
            least = max(0, solved.bound + weight * len(part.uses) + lost)
    elif columns:  # alone, and without a room: any will do
        part.chosen = {part.uses[0]: columns[0]}
    part.unplaced = len(part.uses) - len(part.chosen)
    part.changes = _changes(part.chosen, part.uses, options)
    part.settled = stays if not part.changes else {}
    if is_proved:
        part.unplaced_bound, part.changes_bound = part.unplaced, part.changes
    else:
        part.unplaced_bound, changes = divmod(least, weight)
        part.changes_bound = changes if part.unplaced_bound == part.unplaced else 0


def _second_stage(
    tied: Sequence[_Part], options: Options, parties: Parties, solver: Solver
) -> tuple[Mapping[int, int], tuple[int, int]]:
    """Return the options chosen, and the bounds of rooms of courses and of empty seats."""
    chosen = {use: part.chosen[use] for part in tied for use in part.open if use in part.chosen}
    columns = [option for part in tied for option in _open_options(part, options)]
    if len(columns) == len(chosen):  # nothing is left to choose
        return chosen, (parties.rooms_of(columns), _seats(columns, options))
    if len({options.use[option] for option in columns}) == 1 and len(chosen) == 1:
        best = min(columns, key=lambda one: (parties.rooms_of([one]), options.waste[one]))
        return {options.use[best]: best}, (parties.rooms_of([best]), options.waste[best])
    rooms = parties.columns_of(columns)
    model = Model([options.waste[option] for option in columns], len(columns))
    _add_rows(model, tied, options, columns, are_held=True)
    parties.add_rows(model, columns, rooms)
    stake = 1 + _most_seats(columns, options)
    model.cost.extend(0 if pair in parties.free else stake for pair in rooms)
    solved = solver.solve(model)
    if solved.chosen is not None:
        picked = [columns[column] for column in solved.chosen]
        chosen = {options.use[option]: option for option in picked}
    if solved.bound is None:
        return chosen, (0, 0)
    least_rooms, least_seats = divmod(max(0, solved.bound), stake)
    is_least = least_rooms == parties.rooms_of(chosen.values())
    return chosen, (least_rooms, least_seats if is_least else 0)


def _open_options(part: _Part, options: Options) -> Iterable[int]:
    """Return the options that the second stage may still choose from."""
    settled = set(part.settled.values())
    shut = {
        option for clique in part.cliques if not settled.isdisjoint(clique) for option in clique
    }
    for use in part.open:
        yield from (option for option in options.by_use[use] if option not in shut)


def _most_seats(columns: Iterable[int], options: Options) -> int:
    """Return the seats that stay empty when each use has its most wasteful option."""
    most: dict[int, int] = {}
    for option in columns:
        use = options.use[option]
        most[use] = max(most.get(use, 0), options.waste[option])
    return sum(most.values())


def _seats(chosen: Iterable[int], options: Options) -> int:
    return sum(options.waste[option] for option in chosen)


def _add_rows(
    model: Model, parts: Sequence[_Part], options: Options, columns: Sequence[int], are_held: bool
) -> None:
    """Add what may not be: two rooms for one use, two uses of one cell at one moment.

    With `are_held`, as many have a room and as little changes as the first stage found.
    """
    column_of = {option: column for column, option in enumerate(columns)}
    for part in parts:
        every: list[int] = []
        for use in part.open if are_held else part.uses:
            mine = [column_of[option] for option in options.by_use[use] if option in column_of]
            has_room = options.stay[use] is not None or (are_held and not part.unplaced)
            model.add_row(mine, 1.0 if has_room else 0.0, 1.0)
            every += mine
        for clique in part.cliques:
            held = [column_of[option] for option in clique if option in column_of]
            if len(held) > 1:
                model.add_row(held, 0.0, 1.0)
        if are_held and part.unplaced:
            placed = float(len(part.chosen) - len(part.settled))
            model.add_row(every, placed, placed)
        if are_held and (part.changes or part.unplaced):
            _hold_changes(model, part, options, [(column, columns[column]) for column in every])


def _hold_changes(
    model: Model, part: _Part, options: Options, pairs: Sequence[tuple[int, int]]
) -> None:
    """Allow no more changes than the first stage found; who loses a room is one of them."""
    lost = sum(use in options.displaced for use in part.uses)
    changing = [(column, options.change[option]) for column, option in pairs]
    changing = [(column, change) for column, change in changing if change]
    model.add_row(
        [column for column, _ in changing],
        -model.no_limit,
        float(part.changes - lost),
        [float(change) for _, change in changing],
    )


def _changes(chosen: Mapping[int, int], uses: Iterable[int], options: Options) -> int:
    """Return the moves that nothing forced, and the `uses` that lost a room for good."""
    moved = sum(options.change[option] > 0 for option in chosen.values())
    return moved + sum(use in options.displaced and use not in chosen for use in uses)


class _Groups:
    """Numbers joined into groups; a group is known by its smallest number."""

    def __init__(self, count: int) -> None:
        self._up = list(range(count))

    def root(self, number: int) -> int:
        while self._up[number] != number:
            self._up[number] = self._up[self._up[number]]
            number = self._up[number]
        return number

    def join(self, numbers: Iterable[int]) -> None:
        roots = {self.root(number) for number in numbers}
        least = min(roots)
        for root in roots:
            self._up[root] = least

    def listed(self) -> dict[int, list[int]]:
        """Return the members of each group by its root, in order."""
        groups: dict[int, list[int]] = {}
        for number in range(len(self._up)):
            groups.setdefault(self.root(number), []).append(number)
        return groups
