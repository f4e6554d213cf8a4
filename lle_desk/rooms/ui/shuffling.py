"""Moving, parking and swapping bookings on the plan, by keys and by mouse."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from lle_desk.core.errors import OfficerError
from lle_desk.qt.desk import Desk
from lle_desk.qt.time_grid import TimeGrid, Verdict
from lle_desk.rooms.actions.agreeing import PaperStands
from lle_desk.rooms.queries import Plan, PlanUse
from lle_desk.rooms.ui.inspector import BookingInspector
from lle_desk.rooms.ui.judging import Judge
from lle_desk.rooms.ui.moves import Move
from lle_desk.rooms.ui.parking import ParkingStrip
from lle_desk.rooms.ui.swap_bar import SwapBar
from lle_desk.rooms.ui.swapping import Swap


class Shuffle(QObject):
    """What happens when a booking is to be elsewhere. Every change can be undone.

    Signals:
        ended: a swap was done or left; the plan has the keyboard again.
    """

    ended = Signal()

    def __init__(
        self,
        desk: Desk,
        grid: TimeGrid,
        parking: ParkingStrip,
        swap_bar: SwapBar,
        inspector: BookingInspector,
    ) -> None:
        super().__init__(grid)
        self._desk, self._grid, self._inspector = desk, grid, inspector
        self._plan: Plan | None = None
        self._judge: Judge | None = None
        self._swap_bar = swap_bar
        grid.set_taker(parking)
        grid.move_wanted.connect(self._move_wanted)
        grid.move_refused.connect(self._move_refused)
        grid.let_go.connect(self._park)
        grid.carried_over.connect(parking.show_taking)
        grid.block_paired.connect(self._pair)
        grid.escaped.connect(swap_bar.end)
        inspector.swap_asked.connect(self.begin_swap)
        swap_bar.swap_wanted.connect(self._swap)
        swap_bar.ended.connect(self._swap_ended)

    def show_plan(self, plan: Plan, judge: Judge) -> None:
        """Know the plan on the screen."""
        self._plan, self._judge = plan, judge
        self._swap_bar.look_again(judge)

    # Swapping

    @property
    def is_swapping(self) -> bool:
        """Whether the second of two bookings is looked for."""
        return self._swap_bar.first is not None

    def begin_swap(self, use_id: int) -> None:
        """Look for the booking to swap this one with."""
        use = self._judge.use(use_id) if self._judge else None
        if use is None or self._judge is None:
            self._desk.refused.emit("Show the day of this booking first; then swap it.")
            return
        self._swap_bar.begin(use, self._judge)
        self._grid.keeps_keys = True
        self._grid.setFocus()

    def offer(self, use_id: int) -> None:
        """Say what would come of swapping with this one."""
        self._swap_bar.offer(self._judge.use(use_id) if self._judge else None)

    def confirm_swap(self) -> None:
        """Swap, when it can be done."""
        self._swap_bar.confirm()

    def _pair(self, key: object) -> None:
        first = self._grid.selected
        if isinstance(first, int) and isinstance(key, int):
            if not self.is_swapping:
                self.begin_swap(first)
            self.offer(key)

    def _swap(self, swap: Swap, reason: str) -> None:
        self._desk.do(self, self._swapped, swap.action, swap.request(reason))

    def _swapped(self, _versions: tuple[int, int]) -> None:
        self._swap_bar.end()

    def _swap_ended(self) -> None:
        self._grid.keeps_keys = False
        self._grid.setFocus()
        self.ended.emit()

    # Moving and parking

    def _move_wanted(self, key: object, lane: object, start: datetime, end: datetime) -> None:
        use = self._use(key)
        if use is None or not isinstance(lane, int):
            self._grid.drop_pending(key)
            return
        room = self._judge.space(lane) if self._judge else None
        move = Move(use, lane, room.name if room else "", start, end)
        fit = self._judge.judge(lane, move.wanted) if self._judge else None
        if fit is not None and fit.may_force and not use.over_capacity_reason:
            self._grid.drop_pending(use.id)
            self._inspector.show_use(use.id)
            self._inspector.ask_reason(lane, start, end)
            return

        def refused(error: OfficerError) -> None:
            self._grid.drop_pending(use.id)
            if isinstance(error, PaperStands):
                self._inspector.ask_credit(move.request, error)
            else:
                self._desk.refused.emit(str(error))

        self._desk.do(self, _nothing, move.action, move.request, on_refused=refused)

    def _move_refused(self, _key: object, verdict: Verdict) -> None:
        told = " ".join(part for part in (f"{verdict.reason}.", verdict.instead) if part != ".")
        self._desk.refused.emit(f"Not moved. {told}")

    def _park(self, key: object) -> None:
        use = self._use(key)
        if use is not None:
            move = Move(use, None, "", use.starts_at, use.ends_at)
            self._desk.do(self, _nothing, move.action, move.request)

    def _use(self, key: object) -> PlanUse | None:
        return self._judge.use(key) if self._judge and isinstance(key, int) else None


def _nothing(_answer: object) -> None:
    """Leave it: the plan hears of the change by itself."""
