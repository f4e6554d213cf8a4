"""Which space fits, and what is wrong with the others. One judge for every screen and action."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lle_desk.core.days import span_words
from lle_desk.rooms.rules.hours import OpenTimes
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
    """A time when cells cannot be used; `cells` None closes the whole site.

    `customers` and `bookings` may use them all the same.
    """

    site_id: int
    cells: frozenset[int] | None
    reason: str
    customers: frozenset[int] = frozenset()
    bookings: frozenset[int] = frozenset()
    id: int | None = None

    def allows(self, wanted: "Wanted") -> bool:
        """Return whether what is wanted may be there although it is closed."""
        return wanted.customer in self.customers or wanted.booking in self.bookings


@dataclass(frozen=True, slots=True)
class Wanted:
    """An event that looks for a room. Minutes None: as the space and the layout say.

    `ignoring` is the use that is being moved: it is not in its own way. `pcs` must stand in the
    room. `customer` and `booking` say who asks, for what is closed to others only.
    """

    starts_at: datetime
    ends_at: datetime
    heads: int
    layout: str
    before: int | None = None
    after: int | None = None
    ignoring: int | None = None
    pcs: int = 0
    customer: int | None = None
    booking: int | None = None

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
    OUT_OF_HOURS = "outside opening hours"
    FEW_PCS = "too few PCs"
    TOO_SMALL = "too small"
    NO_LAYOUT = "no such layout"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Fit:
    """How one space answers. What is wrong is put in words only when somebody asks.

    `outside` says how the time lies outside the opening hours, "" when it does not.
    """

    space: SpaceFacts
    why: Why
    reserved: Slot
    capacity: int | None
    wanted: Wanted
    held: Held | None = None
    closed: Closed | None = None
    outside: str = ""

    @property
    def fits(self) -> bool:
        return self.why is Why.FITS

    @property
    def may_force(self) -> bool:
        """Whether it is free, so that an officer may take it with a reason."""
        return self.why in MAY_FORCE

    @property
    def words(self) -> str:
        """Return what stands beside the room's name: "fits", "taken", "16 seats"."""
        if self.why is Why.TOO_SMALL:
            return f"{self.capacity} seats"
        if self.why is Why.FEW_PCS:
            return f"{self.space.fixed_pcs} PCs"
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
        if self.why is Why.OUT_OF_HOURS and self.outside.startswith("shut"):
            return f"{self.space.name} is {self.outside}."
        if self.why is Why.OUT_OF_HOURS:
            return f"{self.space.name} is outside its opening hours then: {self.outside}."
        return "" if self.fits else f"{self.space.name} {self.brief}."

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
        if self.why is Why.FEW_PCS:
            return f"has {self.space.fixed_pcs or 'no'} PCs, not {self.wanted.pcs}"
        if self.why is Why.OUT_OF_HOURS:
            return self.outside
        return self.words if self.why is Why.NO_LAYOUT else ""


MOST_OF_A_TITLE = 60  # letters in a sentence
MAY_FORCE = frozenset({Why.TOO_SMALL, Why.NO_LAYOUT, Why.FEW_PCS, Why.OUT_OF_HOURS})


class Diary:
    """What is held and closed in a time, ready to judge many spaces quickly."""

    def __init__(
        self,
        held: Iterable[Held],
        closed: Sequence[Closed],
        hours: Mapping[int, OpenTimes] | None = None,
    ) -> None:
        self._held: dict[int, list[Held]] = {}
        for claim in held:
            self._held.setdefault(claim.cell, []).append(claim)
        self._closed = closed
        self._hours = hours or {}
        self._outside: dict[tuple[int, datetime, datetime], str] = {}  # as told before

    @property
    def closures(self) -> Sequence[Closed]:
        return self._closed

    def hold(self, space: SpaceFacts, held: Held) -> None:
        """Take in what is about to be held of a space, before it is saved."""
        for cell in space.cells:
            self._held.setdefault(cell, []).append(held)

    def clash(self, space: SpaceFacts, reserved: Slot, ignoring: int | None = None) -> Held | None:
        """Return the earliest that holds a cell of the space in that time."""
        first: Held | None = None
        starts_at, ends_at = reserved.starts_at, reserved.ends_at
        for cell in space.cells:
            for held in self._held.get(cell, ()):
                is_in_the_way = held.starts_at < ends_at and starts_at < held.ends_at
                is_earlier = first is None or held.starts_at < first.starts_at
                if is_in_the_way and is_earlier and held.use_id != ignoring:
                    first = held
        return first

    def outside(self, space: SpaceFacts, wanted: Wanted) -> str:
        """Return how the event lies outside the site's opening hours, "" when it does not."""
        hours = self._hours.get(space.site_id)
        if hours is None:
            return ""
        asked = (space.site_id, wanted.starts_at, wanted.ends_at)
        told = self._outside.get(asked)
        if told is None:
            told = self._outside[asked] = hours.complaint(wanted.starts_at, wanted.ends_at)
        return told

    def hours_of(self, space: SpaceFacts) -> OpenTimes | None:
        """Return when the site of a space is open, None where nobody said."""
        return self._hours.get(space.site_id)

    def closure(
        self, space: SpaceFacts, reserved: Slot, wanted: Wanted | None = None
    ) -> Closed | None:
        """Return the earliest closure of the space, or of one of its cells, in that time.

        What is open to `wanted` all the same is left out.
        """
        if not self._closed:
            return None
        found = [
            closed
            for closed in self._closed
            if closed.site_id == space.site_id
            and (closed.cells is None or closed.cells & space.cells)
            and closed.overlaps(reserved)
            and not (wanted and closed.allows(wanted))
        ]
        return min(found, key=lambda closed: closed.starts_at, default=None)

    def judge_all(self, spaces: Iterable[SpaceFacts], wanted: Wanted) -> list[Fit]:
        """Return how each of the spaces answers. Most have the same minutes of set-up."""
        slots: dict[tuple[int, int], Slot] = {}
        found = []
        for space in spaces:
            margins = space.margins(wanted.layout)
            slot = slots.get(margins)
            if slot is None:
                slot = slots[margins] = wanted.reserved_in(space)
            found.append(self.judge(space, wanted, slot))
        return found

    def judge(self, space: SpaceFacts, wanted: Wanted, reserved: Slot | None = None) -> Fit:
        """Return whether the space fits, and else the worst that is wrong with it.

        `reserved` saves working out the time again where the caller did.
        """
        reserved = reserved or wanted.reserved_in(space)
        capacity = space.capacity(wanted.layout)
        closed = self.closure(space, reserved, wanted) if self._closed else None
        if closed is not None:
            return Fit(space, Why.CLOSED, reserved, capacity, wanted, closed=closed)
        held = self.clash(space, reserved, wanted.ignoring)
        if held is not None:
            return Fit(space, Why.TAKEN, reserved, capacity, wanted, held=held)
        if capacity is None:
            return Fit(space, Why.NO_LAYOUT, reserved, None, wanted)
        outside = self.outside(space, wanted) if self._hours else ""
        if wanted.heads > capacity:
            why = Why.TOO_SMALL
        elif wanted.pcs > space.fixed_pcs:
            why = Why.FEW_PCS
        else:
            why = Why.OUT_OF_HOURS if outside else Why.FITS
        return Fit(space, why, reserved, capacity, wanted, outside=outside)

    def is_free(self, space: SpaceFacts, reserved: Slot, wanted: Wanted) -> bool:
        """Return whether nothing holds the space in that time, or closes it to who asks."""
        return (
            self.closure(space, reserved, wanted) is None
            and self.clash(space, reserved, wanted.ignoring) is None
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


def shortened(title: str) -> str:
    """Return a title that fits into a sentence, cut between words."""
    if len(title) <= MOST_OF_A_TITLE:
        return title
    return title[:MOST_OF_A_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:-")


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
