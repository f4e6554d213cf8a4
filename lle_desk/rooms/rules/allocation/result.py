"""What came out: every use's room, what moves and why, what stays without and why, the proof."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lle_desk.core.days import day_words, span_words
from lle_desk.rooms.rules.allocation.options import Options
from lle_desk.rooms.rules.allocation.question import AllocationQuestion, UseToPlace
from lle_desk.rooms.rules.allocation.solver import Model, Solver
from lle_desk.rooms.rules.allocation.stages import Answer, Costs, solve
from lle_desk.rooms.rules.fit import Closed, SpaceFacts, closed_words, shortened
from lle_desk.rooms.rules.kinds import number_words
from lle_desk.rooms.rules.slots import Slot

PATIENCE = 120.0  # seconds, unless somebody says otherwise
MOST_SAID = 3  # closed rooms in one sentence


@dataclass(frozen=True, slots=True)
class Placement:
    """A use and the room it is to have; `space` None: it has none, and `why` says what hinders.

    `today` is the room it has now. `why` is "" when nothing changes.
    """

    use: UseToPlace
    today: SpaceFacts | None
    space: SpaceFacts | None
    reserved: Slot | None
    why: str = ""

    @property
    def is_changed(self) -> bool:
        return (self.space and self.space.id) != (self.today and self.today.id)

    @property
    def words(self) -> str:
        """Return a line: "Tue 4 Mar 2014 09:30–12:00  WR-02418 “Phonics”: Elm → Ash. Why …"."""
        use = self.use
        when = f"{day_words(use.starts_at.date())} {span_words(use.starts_at, use.ends_at)}"
        who = f"{number_words(use.number)} " if use.number else ""
        old = self.today.name if self.today else "no room"
        new = self.space.name if self.space else "no room"
        change = f"{old} → {new}" if self.is_changed else new
        return f"{when}  {who}“{shortened(use.title)}”: {change}. {self.why}".rstrip()


@dataclass(frozen=True, slots=True)
class Level:
    """One of the things that count: its number, the least it could be, and what it means."""

    words: str
    value: int
    bound: int

    @property
    def is_proved(self) -> bool:
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Allocation:
    """The answer to a question, before anything is saved.

    `levels` are the objective, most important first. `seconds` were spent in the solver.
    """

    question: AllocationQuestion
    placements: tuple[Placement, ...]
    costs: Costs
    bound: Costs
    seconds: float

    @property
    def changed(self) -> tuple[Placement, ...]:
        """Return what is given another room, or a first one, by time."""
        return tuple(one for one in self.placements if one.is_changed)

    @property
    def unplaced(self) -> tuple[Placement, ...]:
        """Return what is left without a room, by time."""
        return tuple(one for one in self.placements if one.space is None)

    @property
    def complaints(self) -> tuple[str, ...]:
        """Return a line for each use left without a room, or pinned in a closed one."""
        rooms = {space.id: space for space in self.question.spaces}
        pinned = "It is pinned there while the room is closed."
        stuck = (
            Placement(use, rooms[use.space_id], rooms[use.space_id], None, pinned)
            for use in self.question.stuck
            if use.space_id is not None
        )
        return tuple(one.words for one in (*self.unplaced, *stuck))

    @property
    def levels(self) -> tuple[Level, ...]:
        named = (
            ("without a room", self.costs.unplaced, self.bound.unplaced),
            ("changes beyond what closures force", self.costs.changes, self.bound.changes),
            ("rooms of courses of several days", self.costs.course_rooms, self.bound.course_rooms),
            ("empty seats", self.costs.empty_seats, self.bound.empty_seats),
        )
        return tuple(Level(*one) for one in named)

    @property
    def is_proved(self) -> bool:
        """Whether no allocation is better: on the first thing that differs."""
        return self.costs == self.bound

    @property
    def gap(self) -> float:
        """Return how far the first number that is not proved may be from the best, 0 to 1."""
        open_levels = (level for level in self.levels if not level.is_proved)
        worst = next(open_levels, None)
        return 0.0 if worst is None else (worst.value - worst.bound) / max(1, worst.value)

    @property
    def proof_words(self) -> str:
        """Return the proof, or the gap, in a sentence."""
        worst = next((level for level in self.levels if not level.is_proved), None)
        if worst is None:
            return "Proved: no allocation is better."
        return (
            f"Not proved: {worst.value} {worst.words}, and at best {worst.bound}"
            f" (gap {self.gap:.1%}). Give it more time, or fewer days."
        )


def report_lines(plan: Allocation, is_saved: bool) -> list[str]:
    """Return what a preview or a protocol says: what moves and why, the objective, the proof."""
    uses, changed = len(plan.placements), len(plan.changed)
    lines = [one.words for one in plan.changed if one.space is not None]
    lines += [f"{level.value:>9,}  {level.words}{_bound_words(level)}" for level in plan.levels]
    lines.append(plan.proof_words)
    done = "changed" if is_saved else "would change"
    lines.append(
        f"{uses - len(plan.unplaced):,} of {uses:,} have a room; {changed:,} {done};"
        f" {plan.seconds:.1f} s in the solver."
    )
    return lines


def _bound_words(level: Level) -> str:
    return "" if level.is_proved else f" (at best {level.bound:,})"


def allocate(
    question: AllocationQuestion,
    seconds: float = PATIENCE,
    stopped: Callable[[], bool] = lambda: False,
    asked: Callable[[Model], None] | None = None,
) -> Allocation:
    """Return the best allocation, with its proof; the best so far when time ran out.

    The same question has the same answer each time, unless time runs out. `stopped` is asked
    again and again and ends the search; `asked` is shown each model that the solver is given.
    """
    options = Options(question)
    solver = Solver(seconds, stopped, asked)
    answer = solve(question, options, solver)
    placements = _placements(question, options, answer)
    return Allocation(question, placements, answer.costs, answer.bound, solver.spent)


def _placements(
    question: AllocationQuestion, options: Options, answer: Answer
) -> tuple[Placement, ...]:
    spaces = {space.id: space for space in question.spaces}
    held: list[Placement] = []
    for use, option in zip(question.uses, answer.chosen, strict=True):
        today = None if use.space_id is None else spaces[use.space_id]
        if option is None:
            held.append(Placement(use, today, None, None, _unplaced_words(question, use)))
            continue
        space = question.spaces[options.space[option]]
        slot = Slot(use.reserved_from, use.reserved_to)
        if space is not today:
            slot = use.reserved_in(space)
        held.append(Placement(use, today, space, slot))
    return tuple(_with_reasons(question, held))


def _with_reasons(question: AllocationQuestion, held: Sequence[Placement]) -> Sequence[Placement]:
    newcomers: dict[int, list[Placement]] = {}
    for one in held:
        if one.is_changed and one.space is not None:
            for cell in one.space.cells:
                newcomers.setdefault(cell, []).append(one)
    return [
        Placement(one.use, one.today, one.space, one.reserved, _why(question, one, newcomers))
        if one.is_changed and one.space is not None
        else one
        for one in held
    ]


def _why(
    question: AllocationQuestion, one: Placement, newcomers: dict[int, list[Placement]]
) -> str:
    """Return why a use is given another room."""
    if one.today is None:
        return "It had no room."
    own = Slot(one.use.reserved_from, one.use.reserved_to)
    closed = _closure(question, one.today, own)
    if closed is not None:
        return f"{closed_words(one.today, closed)}."
    for cell in sorted(one.today.cells):
        for other in newcomers.get(cell, ()):
            if other is not one and other.reserved is not None and other.reserved.overlaps(own):
                return f"It makes way for {_named(other.use)}."
    return "So that more have a room."


def _unplaced_words(question: AllocationQuestion, use: UseToPlace) -> str:
    """Return what hinders a use that is left without a room."""
    large = [
        space
        for space in question.spaces
        if space.cells and (space.capacity(use.layout) or 0) >= use.heads
    ]
    if not large:
        most = max((space.capacity(use.layout) or 0 for space in question.spaces), default=0)
        least = f"; the largest takes {most}" if most else ""
        return f"No room takes {use.heads} in {use.layout} layout{least}."
    shut = [
        f"{space.name} is closed ({found.reason})"
        for space in large
        if (found := _closure(question, space, use.reserved_in(space))) is not None
    ]
    seats = f"{use.heads} in {use.layout} layout"
    if len(large) == 1:
        hindrance = shut[0] if shut else "others need it then"
        return f"Only {large[0].name} takes {seats}, and {hindrance}."
    if not shut:
        return f"Others need all {len(large)} rooms that take {seats} then."
    said = [*shut[:MOST_SAID], *([f"{len(shut) - MOST_SAID} more"] if shut[MOST_SAID:] else [])]
    rest = "; others need the rest then" if len(shut) < len(large) else ""
    return f"Of {len(large)} rooms that take {seats}, {', '.join(said)}{rest}."


def _closure(question: AllocationQuestion, space: SpaceFacts, slot: Slot) -> Closed | None:
    return next(
        (
            closed
            for closed in question.closed
            if (closed.cells is None or closed.cells & space.cells) and closed.overlaps(slot)
        ),
        None,
    )


def _named(use: UseToPlace) -> str:
    number = f", {number_words(use.number)}" if use.number else ""
    return f"“{shortened(use.title)}”{number}"
