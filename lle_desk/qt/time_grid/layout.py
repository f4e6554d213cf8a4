"""The place of everything in a time grid, for one width; and what lies at a place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QRectF

from lle_desk.qt.time_grid.axis import axis_of
from lle_desk.qt.time_grid.blocks import Shape, icons_width, inner_of
from lle_desk.qt.time_grid.look import Look
from lle_desk.qt.time_grid.rows import Heading, Row, Rows
from lle_desk.qt.time_grid.running import Room, run_of
from lle_desk.qt.time_grid.values import (
    Area,
    Block,
    Ghost,
    Key,
    Lane,
    LaneGroup,
    PlanSpan,
    Slot,
)
from lle_desk.qt.time_grid.words import fit_words

Part = Literal["body", "end"]
HANDLE = 6.0  # pixels at a block's right edge that lengthen it
LEAST = 8.0  # no block is narrower
DAY_LEAST = ((1, 600.0), (7, 112.0), (14, 84.0), (31, 44.0))  # pixels a day needs, by days shown


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is shown, as values."""

    span: PlanSpan
    lanes: tuple[Lane, ...] = ()
    groups: tuple[LaneGroup, ...] = ()
    blocks: tuple[Block, ...] = ()
    areas: tuple[Area, ...] = ()
    closed: frozenset[Key] = frozenset()
    title: str = ""
    note: str = ""


class Layout:
    """Axis and rows of a plan at one width. Pixels count from the first day and lane."""

    def __init__(self, plan: Plan, look: Look, width: float) -> None:
        self.plan = plan
        self.look = look
        self.axis = axis_of(plan.span.covering(plan.blocks), width)
        blocks = [
            each for each in plan.blocks if self.axis.shows(each.reserved_start, each.reserved_end)
        ]
        self.rows = Rows(
            plan.lanes, plan.groups, blocks, plan.areas, plan.closed, look.lane, look.band
        )
        self.width = width
        self.height = self.rows.height
        banded = bool(plan.groups) or not plan.span.one_day
        self.top = look.axis + (look.band if banded else 0.0)
        self._by_key = {block.key: block for block in blocks}
        self._shapes: dict[Key, Shape] = {}

    def block(self, key: Key) -> Block | None:
        """Return the block with that key."""
        return self._by_key.get(key)

    def shape(self, block: Block) -> Shape | None:
        """Return where a block of the plan lies; None while its lane is folded away."""
        found = self._shapes.get(block.key)
        if found is None:
            row = self.rows.row(block.lane)
            if row is None:
                return None
            if block.runs_over:
                self._shape_row(row)
                return self._shapes[block.key]
            found = self._shaped(block, row, self.rows.storey.get(block.key, 0))
            self._shapes[block.key] = found
        return found

    def _shape_row(self, row: Row) -> None:
        """Place the blocks of a row from left to right, each with the words that run over."""
        storeys: dict[int, list[tuple[Block, Shape]]] = {}
        for block in self.rows.blocks(row.lane.key):
            at = self.rows.storey.get(block.key, 0)
            storeys.setdefault(at, []).append((block, self._shaped(block, row, at)))
        for held in storeys.values():
            taken = 0.0
            for at, (block, shape) in enumerate(held):
                until = held[at + 1][1].reserved_left if at + 1 < len(held) else self.width
                found = self._with_run(block, shape, taken, until)
                self._shapes[block.key] = found
                taken = found.far_right

    def _with_run(self, block: Block, shape: Shape, since: float, until: float) -> Shape:
        """Return the shape with the words that run over, within their day where they can."""
        inner = inner_of(self.look, shape.rect)
        own = fit_words(block, inner.width(), icons_width(self.look, block), self.look.width)
        rooms = [Room(since, inner.left(), until)]
        day = self.axis.column_of(block.start)
        if day is not None:
            rooms.insert(0, Room(max(since, day.left), inner.left(), min(until, day.right)))
        return replace(shape, run=run_of(block, own, rooms, self.look.width))

    def _shaped(self, block: Block, row: Row, storey: int) -> Shape:
        look, axis = self.look, self.axis
        left = look.snap(axis.x(block.start))
        right = max(look.snap(axis.x(block.end)), left + LEAST)
        top = row.top + storey * look.lane + (look.lane - look.block) // 2
        before = look.snap(axis.x(block.reserved_start)) if block.set_up else left
        after = look.snap(axis.x(block.reserved_end)) if block.clear_down else right
        return Shape(before, left, right, max(after, right), look.snap(top), look.block)

    def ghost_rect(self, ghost: Ghost) -> QRectF | None:
        """Return where the ghost's event would lie."""
        return self.slot_rect(ghost.slot)

    def slot_rect(self, slot: Slot) -> QRectF | None:
        """Return where a slot lies, as high as a block."""
        row = self.rows.row(slot.lane)
        if row is None:
            return None
        left = self.look.snap(self.axis.x(slot.start))
        right = max(self.look.snap(self.axis.x(slot.end)), left + LEAST)
        top = row.top + (self.look.lane - self.look.block) // 2
        return QRectF(left, top, right - left, self.look.block)

    def area_rect(self, area: Area, row: Row) -> QRectF:
        """Return where a hatched area lies."""
        left = self.look.snap(self.axis.x(area.start))
        right = self.look.snap(self.axis.x(area.end))
        top = row.top + (self.look.lane - self.look.block) // 2
        return QRectF(left, top, right - left, row.height - (self.look.lane - self.look.block))

    def shown(self, row: Row, left: float, right: float) -> Iterator[tuple[Block, Shape]]:
        """Yield the row's blocks that lie between two places."""
        for block in self.rows.blocks(row.lane.key):
            shape = self.shape(block)
            if shape and shape.far_right > left and shape.far_left < right:
                yield block, shape

    def hit(self, x: float, y: float) -> tuple[Block, Part] | None:
        """Return the block at a place and which part of it."""
        row = self.rows.row_at(y)
        if row is None:
            return None
        for block, shape in self.shown(row, x - HANDLE, x + HANDLE):
            if not shape.top <= y < shape.top + shape.height:
                continue
            if shape.left <= x < shape.right + 1:
                wide = shape.right - shape.left > 3 * HANDLE
                return block, "end" if wide and x >= shape.right - HANDLE else "body"
        return None

    def heading_at(self, y: float) -> Heading | None:
        """Return the group whose line is at `y`."""
        for heading in self.rows.headings:
            if heading.height and heading.top <= y < heading.top + heading.height:
                return heading
        return None


def least_width(span: PlanSpan, unit: float) -> float:
    """Return the pixels below which a span is scrolled sideways instead of squeezed."""
    days = len(span.days)
    least = next((least for count, least in DAY_LEAST if days <= count), 44.0)
    return least * unit * sum(day.share for day in span.days)
