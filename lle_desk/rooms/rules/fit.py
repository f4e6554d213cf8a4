"""Which space fits, and what is wrong with the others. One judge for every screen and action."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lle_desk.core.days import span_words
from lle_desk.rooms.rules.kinds import Layout, number_words
from lle_desk.rooms.rules.slots import Slot


@dataclass(frozen=True, slots=True)
class LayoutFacts:
    """How many a space holds in one layout; margins are minutes, None: as the space."""

    layout: str
    capacity: int
    set_up: int | None = None
    clear_down: int | None = None


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """What can be booked: its cells, its layouts and its usual minutes before and after."""

    id: int
    site_id: int
    code: str
    name: str
    short_name: str
    kind: str
    cells: frozenset[int]
    layouts: tuple[LayoutFacts, ...]
    set_up: int = 0
    clear_down: int = 0
    fixed_pcs: int = 0
    sort_order: int = 0

    def layout(self, layout: str) -> LayoutFacts | None:
        """Return what is known of this layout here, None when the room is never laid out so."""
        for known in self.layouts:
            if known.layout == layout:
                return known
        return None

    def capacity(self, layout: str) -> int | None:
        known = self.layout(layout)
        return known.capacity if known else None

    def margins(self, layout: str) -> tuple[int, int]:
        """Return the usual minutes of set-up before and clear-down after."""
        known = self.layout(layout)
        before = known.set_up if known and known.set_up is not None else self.set_up
        after = known.clear_down if known and known.clear_down is not None else self.clear_down
        return before, after

    @property
    def usual_layout(self) -> str:
        """Return the layout that takes most, which a form offers first."""
        most = max(self.layouts, key=lambda known: known.capacity, default=None)
        return most.layout if most else Layout.CLASSROOM


@dataclass(frozen=True, slots=True)
class Held(Slot):
    """A cell held for a reserved time, and what an officer needs to hear about it."""

    cell: int
    use_id: int
    number: int
    title: str
    room: str
    event_starts: datetime
    event_ends: datetime


@dataclass(frozen=True, slots=True)
class Closed(Slot):
    """A time when cells cannot be used; `cells` None closes the whole site."""

    site_id: int
    cells: frozenset[int] | None
    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """An event that looks for a room. Minutes None: as the space and the layout say.

    `ignoring` is the use that is being moved: it is not in its own way.
    """

    starts_at: datetime
    ends_at: datetime
    heads: int
    layout: str
    before: int | None = None
    after: int | None = None
    ignoring: int | None = None

    def reserved_in(self, space: SpaceFacts) -> Slot:
        """Return the time the space would be reserved for."""
        before, after = self.before, self.after
        if before is None or after is None:
            usual_before, usual_after = space.margins(self.layout)
            before = usual_before if before is None else before
            after = usual_after if after is None else after
        if not before and not after:
            return Slot(self.starts_at, self.ends_at)
        return Slot(
            self.starts_at - timedelta(minutes=before), self.ends_at + timedelta(minutes=after)
        )


class Why(StrEnum):
    """Whether a space fits, or what is wrong with it."""

    FITS = "fits"
    TOO_SMALL = "too small"
    NO_LAYOUT = "no such layout"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Fit:
    """How one space answers. What is wrong is put in words only when somebody asks."""

    space: SpaceFacts
    why: Why
    reserved: Slot
    capacity: int | None
    wanted: Wanted
    held: Held | None = None
    closed: Closed | None = None

    @property
    def fits(self) -> bool:
        return self.why is Why.FITS

    @property
    def may_force(self) -> bool:
        """Whether it is free, so that an officer may take it with a reason."""
        return self.why is Why.TOO_SMALL or self.why is Why.NO_LAYOUT

    @property
    def words(self) -> str:
        """Return what stands beside the room's name: "fits", "taken", "16 seats"."""
        if self.why is Why.TOO_SMALL:
            return f"{self.capacity} seats"
        if self.why is Why.NO_LAYOUT:
            return _no_layout_words(self.space, self.wanted.layout)[0]
        return str(self.why)

    @property
    def reason(self) -> str:
        """Return what is wrong in a sentence, "" when it fits."""
        if self.closed is not None:
            return closed_words(self.space, self.closed)
        if self.held is not None:
            return taken_words(self.space, self.held, self.wanted)
        if self.why is Why.NO_LAYOUT:
            return _no_layout_words(self.space, self.wanted.layout)[1]
        return f"{self.space.name} {self.brief}." if self.why is Why.TOO_SMALL else ""

    @property
    def brief(self) -> str:
        """Return the reason without the room's name, for a narrow list."""
        if self.closed is not None:
            span = span_words(self.closed.starts_at, self.closed.ends_at)
            return f"closed {span}: {self.closed.reason}"
        if self.held is not None:
            return f"{span_words(self.held.starts_at, self.held.ends_at)} {self.held.title}"
        if self.why is Why.TOO_SMALL:
            wanted = self.wanted
            return f"takes {self.capacity} in {wanted.layout} layout, not {wanted.heads}"
        return self.words if self.why is Why.NO_LAYOUT else ""


class Diary:
    """What is held and closed in a time, ready to judge many spaces quickly."""

    def __init__(self, held: Iterable[Held], closed: Sequence[Closed]) -> None:
        self._held: dict[int, list[Held]] = {}
        for claim in held:
            self._held.setdefault(claim.cell, []).append(claim)
        self._closed = closed

    @property
    def closures(self) -> Sequence[Closed]:
        return self._closed

    def clash(self, space: SpaceFacts, reserved: Slot, ignoring: int | None = None) -> Held | None:
        """Return the earliest that holds a cell of the space in that time."""
        first: Held | None = None
        for cell in space.cells:
            for held in self._held.get(cell, ()):
                is_in_the_way = held.use_id != ignoring and held.overlaps(reserved)
                if is_in_the_way and (first is None or held.starts_at < first.starts_at):
                    first = held
        return first

    def closure(self, space: SpaceFacts, reserved: Slot) -> Closed | None:
        """Return the earliest closure of the space, or of one of its cells, in that time."""
        if not self._closed:
            return None
        found = [
            closed
            for closed in self._closed
            if closed.site_id == space.site_id
            and (closed.cells is None or closed.cells & space.cells)
            and closed.overlaps(reserved)
        ]
        return min(found, key=lambda closed: closed.starts_at, default=None)

    def judge(self, space: SpaceFacts, wanted: Wanted, reserved: Slot | None = None) -> Fit:
        """Return whether the space fits, and else the worst that is wrong with it.

        `reserved` saves working out the time again where the caller did.
        """
        reserved = reserved or wanted.reserved_in(space)
        capacity = space.capacity(wanted.layout)
        closed = self.closure(space, reserved)
        if closed is not None:
            return Fit(space, Why.CLOSED, reserved, capacity, wanted, closed=closed)
        held = self.clash(space, reserved, wanted.ignoring)
        if held is not None:
            return Fit(space, Why.TAKEN, reserved, capacity, wanted, held=held)
        if capacity is None:
            return Fit(space, Why.NO_LAYOUT, reserved, None, wanted)
        why = Why.TOO_SMALL if wanted.heads > capacity else Why.FITS
        return Fit(space, why, reserved, capacity, wanted)

    def is_free(self, space: SpaceFacts, reserved: Slot, ignoring: int | None = None) -> bool:
        """Return whether nothing holds or closes the space in that time."""
        return (
            self.closure(space, reserved) is None and self.clash(space, reserved, ignoring) is None
        )


def best_first(fits: Iterable[Fit], heads: int) -> list[Fit]:
    """Return what fits by least waste: fewest empty seats, then fewest partitions opened."""
    return sorted(
        (fit for fit in fits if fit.fits),
        key=lambda fit: (
            (fit.capacity or 0) - heads,
            len(fit.space.cells),
            fit.space.sort_order,
            fit.space.name,
        ),
    )


def near_misses(fits: Iterable[Fit], heads: int) -> list[Fit]:
    """Return what does not fit, nearest first: free but too small, then large enough but taken."""
    order = list(Why)
    return sorted(
        (fit for fit in fits if not fit.fits),
        key=lambda fit: (
            (fit.capacity or 0) < heads and not fit.may_force,
            order.index(fit.why),
            abs((fit.capacity or 0) - heads),
            fit.space.sort_order,
            fit.space.name,
        ),
    )


def taken_words(space: SpaceFacts, held: Held, wanted: Wanted | None = None) -> str:
    """Return who has the space: "Oak 1 is taken 09:00–12:30 (with set-up) by …, WR-02418."."""
    through = f" as part of {held.room}" if held.room != space.name else ""
    text = (
        f"{space.name} is taken {span_words(held.starts_at, held.ends_at)}{_margin_words(held)}"
        f"{through} by “{shortened(held.title)}”, {number_words(held.number)}."
    )
    if wanted is None or Slot(wanted.starts_at, wanted.ends_at).overlaps(held):
        return text
    need = wanted.reserved_in(space)
    return f"{text} With set-up and clear-down you need {span_words(need.starts_at, need.ends_at)}."


def closed_words(space: SpaceFacts, closed: Closed) -> str:
    """Return when and why the space is closed."""
    return f"{space.name} is closed {span_words(closed.starts_at, closed.ends_at)}: {closed.reason}"


def shortened(title: str, most: int = 60) -> str:
    """Return a title that fits into a sentence, cut between words."""
    if len(title) <= most:
        return title
    return title[:most].rsplit(" ", 1)[0].rstrip(" ,;:-")


def cells_in_common(spaces: Iterable[SpaceFacts]) -> Mapping[int, frozenset[int]]:
    """Return for each space the other spaces that share a cell with it."""
    listed = list(spaces)
    by_cell: dict[int, set[int]] = {}
    for space in listed:
        for cell in space.cells:
            by_cell.setdefault(cell, set()).add(space.id)
    return {
        space.id: frozenset(
            other for cell in space.cells for other in by_cell[cell] if other != space.id
        )
        for space in listed
    }


def _margin_words(held: Held) -> str:
    parts = []
    if held.starts_at < held.event_starts:
        parts.append("set-up")
    if held.ends_at > held.event_ends:
        parts.append("clear-down")
    return f" (with {' and '.join(parts)})" if parts else ""


def _no_layout_words(space: SpaceFacts, layout: str) -> tuple[str, str]:
    if space.layouts and all(known.layout == Layout.ICT for known in space.layouts):
        return "PCs only", f"{space.name} has fixed PCs and takes no {layout} layout."
    return f"no {layout}", f"{space.name} is not laid out as {layout}."
