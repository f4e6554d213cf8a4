"""What a time grid paints at one moment: the layout, where it is scrolled, what is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QRectF

from lle_desk.qt.time_grid.layout import Layout
from lle_desk.qt.time_grid.look import Look
from lle_desk.qt.time_grid.values import Block, Ghost, Key, Slot, Verdict


@dataclass(frozen=True, slots=True)
class Scene:
    """One frame. `left` and `top` are how far the work is scrolled, in pixels."""

    layout: Layout
    look: Look
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    now: datetime | None = None
    chosen: Key = None
    slot: Slot | None = None
    group: Key = None
    hovered: Key = None
    ghost: Ghost | None = None
    verdicts: Mapping[Key, Verdict] = field(default_factory=dict)
    moving: Mapping[Key, Block] = field(default_factory=dict)  # waiting for the answer
    codes: frozenset[str] | None = None  # the filter
    focused: bool = False

    @property
    def side(self) -> float:
        return self.look.side

    @property
    def head(self) -> float:
        return self.layout.top

    @property
    def work(self) -> QRectF:
        """Return the work's place in the widget."""
        return QRectF(self.side, self.head, self.width - self.side, self.height - self.head)

    def filtered_out(self, block: Block) -> bool:
        return self.codes is not None and block.code not in self.codes
