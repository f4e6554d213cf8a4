"""What an import of rooms or bookings did, and the lines it refused when it looked."""

from dataclasses import dataclass

from lle_desk.core.imports import ImportSummary, Problem


@dataclass(frozen=True, slots=True)
class RoomsOutcome:
    """`problems` are those found against the database; the file's own are in the file."""

    summary: ImportSummary
    problems: tuple[Problem, ...]
