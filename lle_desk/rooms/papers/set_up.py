"""What the papers of the rooms say. Plain values, worked out before they get here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lle_desk.paper.sender import WOODLANDS, Sender


@dataclass(frozen=True, slots=True)
class SetUpRow:
    """One use of a room as those who set it up need it. No names of people."""

    set_up_from: datetime
    ready_by: datetime
    starts_at: datetime
    ends_at: datetime
    free_at: datetime  # after the clear-down
    room: str
    layout: str
    people: int
    is_estimate: bool
    title: str
    short_title: str
    category: str
    notes: str = ""
    warning: str = ""  # "16 people, 15 PCs"
    kit: str = ""  # what to put out: "Projector, Flip chart 2"
    servings: tuple[str, ...] = ()  # "10:30 Tea and coffee, 18"


@dataclass(frozen=True, slots=True)
class TurnRound:
    """A room that is used again on the same day: what changes between, and how long there is."""

    starts_at: datetime
    minutes: int
    room: str
    change: str  # "classroom to cabaret, close the partition"
    spare: int  # minutes beyond clear-down and set-up


@dataclass(frozen=True, slots=True)
class ChartLane:
    """A room in the chart of the day, with the times when it is part of a joined room."""

    room: str
    is_part: bool
    rows: tuple[SetUpRow, ...]
    joined: tuple[tuple[datetime, datetime, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KitRow:
    """Equipment of the day: how many are out at the same time, of how many there are."""

    name: str
    out: int
    stock: int


@dataclass(frozen=True, slots=True)
class SetUpSheet:
    """All that the sheet for one day at one site prints, in the order rooms must be ready."""

    site: str
    day: date
    rows: tuple[SetUpRow, ...]
    turn_rounds: tuple[TurnRound, ...]
    lanes: tuple[ChartLane, ...]
    printed_at: datetime
    sender: Sender = WOODLANDS
    kit: tuple[KitRow, ...] = ()

    @property
    def people(self) -> int:
        return sum(row.people for row in self.rows)

    @property
    def hours(self) -> tuple[int, int]:
        """Return the first and the last hour of the chart, 8 to 18 or as much as is needed."""
        midnight = datetime.combine(self.day, datetime.min.time())
        hour = timedelta(hours=1)
        first = min([8, *((row.set_up_from - midnight) // hour for row in self.rows)])
        last = max([18, *(-((midnight - row.free_at) // hour) for row in self.rows)])
        return max(0, first), min(24, last)
