"""The verdicts while a booking is moved, from the rows that are on the screen. Quick: no query."""

from collections.abc import Iterator
from dataclasses import replace

from lle_desk.core.days import span_words
from lle_desk.qt.time_grid import Ghost, Verdict
from lle_desk.rooms.queries import Plan, PlanUse
from lle_desk.rooms.rules import (
    CATEGORY_CODES,
    Category,
    Diary,
    Fit,
    Held,
    Layout,
    Slot,
    SpaceFacts,
    Wanted,
    Why,
    best_first,
    minutes_of,
)


class Judge:
    """Says of every room on the plan whether what is being moved would fit."""

    def __init__(self, plan: Plan) -> None:
        self.spaces = plan.spaces
        self._by_id = {space.id: space for space in plan.spaces}
        self._uses = {use.id: use for use in (*plan.uses, *plan.parked)}
        self._held = list(_held(plan, self._by_id))
        self._hours = {plan.site_id: plan.hours} if plan.hours else {}
        self._diary = Diary(self._held, plan.closed, self._hours)

    def verdicts(self, ghost: Ghost) -> dict[object, Verdict]:
        """Return the verdict of each lane at the ghost's time."""
        use = self._uses.get(ghost.key) if isinstance(ghost.key, int) else None
        wanted = _wanted(ghost, use)
        fits = self.judge_all(wanted)
        instead = self._instead(fits, wanted)
        return {fit.space.id: self._verdict(fit, wanted, instead, use is None) for fit in fits}

    def judge_all(self, wanted: Wanted) -> list[Fit]:
        """Return how each room answers, in the order of the plan."""
        return [self._diary.judge(space, wanted) for space in self.spaces]

    def judge(self, space_id: int, wanted: Wanted) -> Fit | None:
        """Return how one room answers, None when it is not on the plan."""
        space = self._by_id.get(space_id)
        return self._diary.judge(space, wanted) if space else None

    def space(self, space_id: int | None) -> SpaceFacts | None:
        """Return a room of the plan."""
        return self._by_id.get(space_id) if space_id is not None else None

    def use(self, use_id: int) -> PlanUse | None:
        """Return a use of the plan or of the parking."""
        return self._uses.get(use_id)

    def judge_both(
        self, one: tuple[PlanUse, int | None, Wanted], other: tuple[PlanUse, int | None, Wanted]
    ) -> tuple[Fit | None, Fit | None]:
        """Return how each answers in its new room when both move at once; None for the parking."""
        gone = {one[0].id, other[0].id}
        left = [held for held in self._held if held.use_id not in gone]
        answers: list[Fit | None] = []
        for use, space_id, wanted in (one, other):
            space = self.space(space_id)
            diary = Diary(left, self._diary.closures, self._hours)
            fit = diary.judge(space, wanted) if space else None
            answers.append(fit)
            if space is not None and fit is not None and use.holds_space:
                left.extend(_held_by(use, space, wanted))
        return answers[0], answers[1]

    def count_fits(self, use: PlanUse) -> int:
        """Return how many rooms would fit a use at its own time."""
        return sum(fit.fits for fit in self.judge_all(wanted_of(use)))

    def _verdict(self, fit: Fit, wanted: Wanted, instead: str, is_new: bool) -> Verdict:
        if is_new and fit.may_force:
            return Verdict(True, "free", slot_words="New booking")
        if fit.fits:
            seats = "PCs" if wanted.layout == Layout.ICT else "seats"
            words = "New booking" if is_new else f"Fits here: {fit.capacity} {seats}"
            return Verdict(True, "free" if is_new else "fits", slot_words=words)
        return Verdict(
            False,
            fit.words,
            reason=self._reason(fit, wanted),
            detail=self._detail(fit, wanted),
            instead=self._later(fit, wanted, instead),
            may_force=fit.may_force,
        )

    def _reason(self, fit: Fit, wanted: Wanted) -> str:
        held = self._diary.clash(fit.space, fit.reserved, wanted.ignoring)
        if fit.why is Why.TAKEN and held:
            return f"{fit.space.name} is taken {span_words(held.starts_at, held.ends_at)}"
        return fit.reason.partition(": ")[0].rstrip(".")

    def _detail(self, fit: Fit, wanted: Wanted) -> str:
        if fit.why is Why.CLOSED:
            return fit.reason.partition(": ")[2]
        held = self._diary.clash(fit.space, fit.reserved, wanted.ignoring)
        if fit.why is not Why.TAKEN or held is None:
            return "It can stay there with a reason." if fit.may_force else ""
        margins = (held.starts_at, held.ends_at) != (held.event_starts, held.event_ends)
        through = f", as {held.room}" if held.room != fit.space.name else ""
        return f"{held.title}{through}{', with set-up and clear-down' if margins else ''}."

    def _later(self, fit: Fit, wanted: Wanted, instead: str) -> str:
        """Return another room now, and this room as soon as it is free."""
        held = self._diary.clash(fit.space, fit.reserved, wanted.ignoring)
        later = ""
        if fit.why is Why.TAKEN and held:
            start = held.ends_at + (wanted.starts_at - fit.reserved.starts_at)
            moved = replace(
                wanted, starts_at=start, ends_at=start + (wanted.ends_at - wanted.starts_at)
            )
            if start.date() == wanted.starts_at.date() and (
                self._diary.judge(fit.space, moved).fits
            ):
                later = f"{fit.space.name} from {start:%H:%M}"
        told = " or ".join(part for part in (instead, later) if part)
        return f"Fits: {told}." if told else ""

    def _instead(self, fits: list[Fit], wanted: Wanted) -> str:
        found = best_first(fits, wanted.heads)
        return f"{found[0].space.name} at {wanted.starts_at:%H:%M}" if found else ""


def wanted_of(use: PlanUse) -> Wanted:
    """Return what a use looks for, at its own time; parked without minutes, the room's usual."""
    before = minutes_of(use.reserved_from, use.starts_at)
    after = minutes_of(use.ends_at, use.reserved_to)
    is_bare = use.space_id is None and not before and not after
    return Wanted(
        use.starts_at,
        use.ends_at,
        use.heads,
        use.layout,
        None if is_bare else before,
        None if is_bare else after,
        use.id,
    )


def category_code(category: str) -> str:
    """Return the two letters of a category."""
    return CATEGORY_CODES[Category(category)]


def _wanted(ghost: Ghost, use: PlanUse | None) -> Wanted:
    start, end = ghost.slot.start, ghost.slot.end
    if use is None:
        return Wanted(start, end, 1, Layout.CLASSROOM, 0, 0)
    return replace(wanted_of(use), starts_at=start, ends_at=end)


def _held(plan: Plan, spaces: dict[int, SpaceFacts]) -> Iterator[Held]:
    for use in plan.uses:
        space = spaces.get(use.space_id or 0)
        if space is None or not use.holds_space:
            continue
        yield from _held_by(use, space)


def _held_by(use: PlanUse, space: SpaceFacts, wanted: Wanted | None = None) -> Iterator[Held]:
    """Yield what a use holds in a space, now or at the time that is wanted."""
    reserved = wanted.reserved_in(space) if wanted else Slot(use.reserved_from, use.reserved_to)
    for cell in space.cells:
        yield Held(
            reserved.starts_at,
            reserved.ends_at,
            cell,
            use.id,
            use.number,
            use.title,
            space.name,
            wanted.starts_at if wanted else use.starts_at,
            wanted.ends_at if wanted else use.ends_at,
        )
