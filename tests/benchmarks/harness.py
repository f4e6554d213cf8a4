"""What every benchmark is made of: ours and the comparison in turns, and a table of ratios."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Work = Callable[[], object]
Measured = Callable[[], float]  # does the work and returns its seconds
MARK = {True: "kept", False: "MISSED"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: medians in seconds, and how many times the other's ours may be."""

    what: str
    ours: float
    other: float
    limit: float

    @property
    def ratio(self) -> float:
        return self.ours / self.other

    @property
    def kept(self) -> bool:
        return self.ratio <= self.limit


def timed(work: Work) -> Measured:
    """Return what does the work and says how many seconds it took."""

    def measured() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return measured


def compared(
    what: str, ours: Measured, other: Measured, limit: float, rounds: int = 30, warm: int = 2
) -> Row:
    """Return the medians of both, measured in turns so that both meet the same machine.

    The first `warm` turns are not counted. Who goes first changes with each turn.
    """
    spent: tuple[list[float], list[float]] = ([], [])
    pair = ((ours, spent[0]), (other, spent[1]))
    for turn in range(warm + rounds):
        gc.collect()
        for measured, kept in pair if turn % 2 else reversed(pair):
            seconds = measured()
            if turn >= warm:
                kept.append(seconds)
    return Row(what, statistics.median(spent[0]), statistics.median(spent[1]), limit)


def table(title: str, rows: Iterable[Row]) -> str:
    """Return a table of the rows under its title."""
    listed = list(rows)
    width = max((len(row.what) for row in listed), default=0)
    lines = [title, f"  {'':{width}}  {'ours':>10}  {'compared':>10}  {'ratio':>6}  limit"]
    lines += [
        f"  {row.what:{width}}  {_ms(row.ours)}  {_ms(row.other)}  {row.ratio:6.2f}"
        f"  {row.limit:5.2f}  {MARK[row.kept]}"
        for row in listed
    ]
    return "\n".join(lines)


def _ms(seconds: float) -> str:
    digits = 3 if seconds < 0.01 else 1
    return f"{seconds * 1000:7.{digits}f} ms"
