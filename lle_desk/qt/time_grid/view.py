"""The showing half of a time grid: what is shown, its layout, scroll, zoom and paint."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from lle_desk.qt.theme import theme
from lle_desk.qt.time_grid.cursor import Place
from lle_desk.qt.time_grid.layout import Layout, Plan, least_width
from lle_desk.qt.time_grid.look import Look
from lle_desk.qt.time_grid.paint import paint_scene
from lle_desk.qt.time_grid.paper import paint_on_paper
from lle_desk.qt.time_grid.scene import Scene
from lle_desk.qt.time_grid.values import (
    Area,
    Block,
    Ghost,
    Key,
    Lane,
    LaneGroup,
    PlanSpan,
    Slot,
    Verdict,
)

CLOCK_MS = 20_000
ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)


class GridView(QAbstractScrollArea):
    """Shows a plan. Selection, ghost and hovering are only painted here, not decided."""

    _is_held = False
    ghost: Ghost | None = None  # here, because Qt sends events while the widget is made

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.place = Place()
        self.hovered: Key = None
        self.verdicts: Mapping[Key, Verdict] = {}
        self._plan = Plan(PlanSpan(()))
        self._given: tuple[Block, ...] = ()
        self._pending: dict[Key, Slot] = {}
        self._codes: frozenset[str] | None = None
        self._now: datetime | None = None
        self._clock: Callable[[], datetime] | None = None
        self._zoom = 1.0
        self._layout: Layout | None = None
        self._look: Look | None = None
        self._tick = QTimer(self, interval=CLOCK_MS)
        self._tick.timeout.connect(self._look_at_clock)
        theme().changed.connect(self._restyle)

    # What is shown

    def show_span(self, span: PlanSpan) -> None:
        """Show other days; the zoom goes back when their number is another."""
        if len(span.days) != len(self._plan.span.days):
            self._zoom = 1.0
        self._change(replace(self._plan, span=span))

    def show_lanes(self, lanes: Iterable[Lane], groups: Iterable[LaneGroup] = ()) -> None:
        """Show these lanes in this order, under these headings."""
        self._change(replace(self._plan, lanes=tuple(lanes), groups=tuple(groups)))

    def show_blocks(self, blocks: Iterable[Block], areas: Iterable[Area] = ()) -> None:
        """Show exactly these; selection, scroll and zoom stay. Pending moves end."""
        self._given = tuple(blocks)
        self._pending.clear()
        self._change(replace(self._plan, areas=tuple(areas)))

    def show_plan(
        self,
        span: PlanSpan,
        lanes: tuple[Iterable[Lane], Iterable[LaneGroup]],
        blocks: Iterable[Block],
        areas: Iterable[Area] = (),
    ) -> None:
        """Show other days, lanes and blocks, laid out once."""
        self._is_held = True
        try:
            self.show_span(span)
            self.show_lanes(*lanes)
        finally:
            self._is_held = False
        self.show_blocks(blocks, areas)

    def show_corner(self, title: str, note: str = "") -> None:
        """Say at the top left what the plan is of."""
        self._change(replace(self._plan, title=title, note=note))

    def set_now(self, now: datetime | None) -> None:
        """Put the now-line there; None for a plan without one."""
        self._now = now
        self.viewport().update()

    def follow_clock(self, clock: Callable[[], datetime]) -> None:
        """Let the now-line follow `clock` (wall-clock time)."""
        self._clock = clock
        self._look_at_clock()
        self._tick.start()

    def set_filter(self, codes: frozenset[str] | None) -> None:
        """Fade the blocks of all other categories; None shows all."""
        self._codes = codes
        self.viewport().update()

    def set_collapsed(self, keys: Iterable[Key]) -> None:
        """Fold exactly these groups."""
        self._change(replace(self._plan, closed=frozenset(keys)))

    @property
    def collapsed(self) -> frozenset[Key]:
        return self._plan.closed

    def render_to(self, painter: QPainter, rect: QRect) -> None:
        """Paint the whole plan, all lanes, into `rect` for paper: light colours, no selection."""
        paint_on_paper(painter, rect, replace(self._plan, closed=frozenset()))

    # Scroll and zoom

    def scroll_to(self, when: datetime, lane: Key = None) -> None:
        """Bring a moment, and a lane, into sight."""
        layout = self.layout_now()
        bar = self.horizontalScrollBar()
        x = round(layout.axis.x(when))
        if not bar.value() <= x <= bar.value() + bar.pageStep() - 60:
            bar.setValue(x - 40)
        row = layout.rows.row(lane) if lane is not None else None
        if row:
            self.scroll_down_to(row.top, row.height)

    def scroll_down_to(self, top: float, height: float) -> None:
        """Bring a line into sight, scrolling no more than needed."""
        down = self.verticalScrollBar()
        least = round(top + height) - down.pageStep()
        down.setValue(min(round(top), max(least, down.value())))

    def zoom_in(self, at: float | None = None) -> None:
        """Show less, wider; what is `at` pixels from the left of the work stays there."""
        self._zoom_to(next((each for each in ZOOMS if each > self._zoom), ZOOMS[-1]), at)

    def zoom_out(self, at: float | None = None) -> None:
        """Show more, narrower."""
        self._zoom_to(next((each for each in reversed(ZOOMS) if each < self._zoom), ZOOMS[0]), at)

    def zoom_reset(self) -> None:
        """Show all days as wide as there is room."""
        self._zoom_to(1.0)

    @property
    def zoom(self) -> float:
        return self._zoom

    def _zoom_to(self, zoom: float, at: float | None = None) -> None:
        """Zoom round a place, or round the middle of what is in sight."""
        bar = self.horizontalScrollBar()
        held = bar.pageStep() / 2 if at is None else at
        when = self.layout_now().axis.time(bar.value() + held)
        self._zoom = zoom
        self._relay()
        bar.setValue(round(self.layout_now().axis.x(when) - held))

    # Layout and paint

    def layout_now(self) -> Layout:
        """Return the layout of what is shown at the present width."""
        look = self.look_now()
        if self._layout is None:
            room = self.viewport().width() - look.side
            wide = max(room, least_width(self._plan.span, look.unit)) * self._zoom
            self._layout = Layout(self._plan, look, wide)
        return self._layout

    def look_now(self) -> Look:
        """Return today's colours and fonts for this screen's fineness."""
        ratio = self.devicePixelRatioF()
        if self._look is None or self._look.ratio != ratio:
            self._look = Look(ratio)
            self._layout = None
        return self._look

    def to_work(self, point: QPointF) -> QPointF:
        """Return where a point of the viewport lies in the work."""
        return QPointF(
            point.x() - self.look_now().side + self.horizontalScrollBar().value(),
            point.y() - self.layout_now().top + self.verticalScrollBar().value(),
        )

    def scene(self) -> Scene:
        """Return the frame as it is to be painted now."""
        moving = {key: self.layout_now().block(key) for key in self._pending}
        return Scene(
            self.layout_now(),
            self.look_now(),
            self.viewport().width(),
            self.viewport().height(),
            self.horizontalScrollBar().value(),
            self.verticalScrollBar().value(),
            self._now,
            self.place.block,
            self.place.slot,
            self.place.group,
            self.hovered,
            self.ghost,
            self.verdicts,
            {key: block for key, block in moving.items() if block},
            self._codes,
            self.hasFocus(),
        )

    def _change(self, plan: Plan) -> None:
        if self._is_held:
            self._plan, self._layout = plan, None
            return
        blocks = tuple(self._as_wanted(block) for block in self._given)
        self._plan = replace(plan, blocks=blocks)
        self._relay()

    def _as_wanted(self, block: Block) -> Block:
        slot = self._pending.get(block.key)
        return block.at(slot) if slot else block

    def _relay(self) -> None:
        self._layout = None
        layout = self.layout_now()
        wide = round(self.viewport().width() - self.look_now().side)
        high = round(self.viewport().height() - layout.top)
        for bar, size, page in (
            (self.horizontalScrollBar(), layout.width, wide),
            (self.verticalScrollBar(), layout.height, high),
        ):
            bar.setPageStep(max(1, page))
            bar.setRange(0, max(0, round(size) - page))
            bar.setSingleStep(round(self.look_now().lane / 2))
        self.viewport().update()

    def _restyle(self) -> None:
        self._look = None
        self._relay()

    def _look_at_clock(self) -> None:
        if self._clock:
            self.set_now(self._clock())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        paint_scene(painter, self.scene())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relay()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 (Qt's name)
        self.viewport().update()
