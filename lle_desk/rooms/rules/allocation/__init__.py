"""Which use has which room: placed exactly by a solver, with the proof. No database, no Qt."""

from lle_desk.rooms.rules.allocation.question import (
    AllocationQuestion,
    PlannedClosure,
    TakenCell,
    UseToPlace,
)
from lle_desk.rooms.rules.allocation.result import (
    Allocation,
    Level,
    Placement,
    allocate,
    report_lines,
)
from lle_desk.rooms.rules.allocation.stages import Costs

__all__ = [
    "Allocation",
    "AllocationQuestion",
    "Costs",
    "Level",
    "Placement",
    "PlannedClosure",
    "TakenCell",
    "UseToPlace",
    "allocate",
    "report_lines",
]
