"""A whole-number model and the HiGHS solver that answers it. Only here is the solver known."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import ceil, inf
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    import highspy
    from highspy.highs import HighsCallbackEvent

ALMOST_ONE = 0.99  # all costs are whole: a better answer would be better by 1
SAFE = 1e-5  # what the solver's tolerances may add to a bound; of large ones, a little more
SAFE_SHARE = 1e-9


@dataclass(slots=True)
class Model:
    """Least cost of columns from 0 to 1 under rows; costs are whole numbers.

    The first `whole` columns are 0 or 1, the others follow them.
    """

    cost: list[int]
    whole: int
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    no_limit: ClassVar[float] = inf

    def add_row(
        self, columns: Sequence[int], low: float, high: float, values: Sequence[float] = ()
    ) -> None:
        """Hold the sum of the columns (times `values`, else 1) from `low` to `high`."""
        self.columns.extend(columns)
        self.values.extend(values or [1.0] * len(columns))
        self.starts.append(len(self.columns))
        self.low.append(low)
        self.high.append(high)


@dataclass(frozen=True, slots=True)
class Solved:
    """What the solver found: columns chosen, None when nothing; no answer costs under `bound`."""

    chosen: tuple[int, ...] | None
    bound: int | None
    is_proved: bool


class Solver:
    """HiGHS with one time for all that it is asked; `stopped` is looked at while it works.

    It works on one thread and gives the same answer each time, unless time runs out. `spent`
    are the seconds in HiGHS itself; `asked` is called with each model before it is solved.
    """

    def __init__(
        self,
        seconds: float,
        stopped: Callable[[], bool],
        asked: Callable[[Model], None] | None = None,
    ) -> None:
        self.spent = 0.0
        self._until = time.monotonic() + seconds
        self._stopped = stopped
        self._asked = asked
        self._solver: highspy.Highs | None = None

    @property
    def is_over(self) -> bool:
        """Whether time has run out or somebody stopped it."""
        return self._stopped() or time.monotonic() >= self._until

    def solve(self, model: Model) -> Solved:
        """Return the best answer that could be found. Other threads go on meanwhile."""
        if self.is_over:
            return Solved(None, None, is_proved=False)
        if self._asked is not None:
            self._asked(model)
        start = time.perf_counter()
        solver = self._solver = self._solver or self._made()
        _hand_over(solver, model)
        left = max(self._until - time.monotonic(), 0.01)
        solver.setOptionValue("time_limit", solver.getRunTime() + left)
        solver.run()
        solved = _answer(solver, model)
        self.spent += time.perf_counter() - start
        return solved

    def _made(self) -> "highspy.Highs":
        solver = _quiet()()
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", ALMOST_ONE)
        solver.cbMipInterrupt += self._look
        return solver

    def _look(self, event: "HighsCallbackEvent") -> None:
        if self._stopped():
            event.interrupt()


@cache
def _quiet() -> "type[highspy.Highs]":
    """Return HiGHS without the line it prints as soon as it is made."""
    import highspy

    class Quiet(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802  (its first act, and what prints)
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    return Quiet


def _hand_over(solver: "highspy.Highs", model: Model) -> None:
    import highspy
    import numpy as np

    width, height = len(model.cost), len(model.low)
    kinds = np.zeros(width, dtype=np.int32)
    kinds[: model.whole] = 1
    solver.passModel(
        width,
        height,
        len(model.columns),
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        np.array(model.cost, dtype=np.float64),
        np.zeros(width),
        np.ones(width),
        np.array(model.low, dtype=np.float64),
        np.array(model.high, dtype=np.float64),
        np.array(model.starts, dtype=np.int32),
        np.array(model.columns, dtype=np.int32),
        np.array(model.values, dtype=np.float64),
        kinds,
    )


def _answer(solver: "highspy.Highs", model: Model) -> Solved:
    import highspy

    info = solver.getInfo()
    bound = _whole(info.mip_dual_bound)
    if info.primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
        return Solved(None, bound, is_proved=False)
    values = solver.getSolution().col_value[: model.whole]
    chosen = tuple(column for column, value in enumerate(values) if value > 0.5)
    is_optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return Solved(chosen, bound, is_proved=is_optimal)


def _whole(bound: float) -> int | None:
    """Return the least whole cost that the bound allows, None when there is no bound yet."""
    if abs(bound) == inf:
        return None
    return ceil(bound - max(SAFE, SAFE_SHARE * abs(bound)))
